"""What requests hold, and how much of it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from assistant.filtering import filters_of
from assistant.question import LONGEST_QUESTION
from corpus.library import Filters

LONGEST_WORD = 100
LONGEST_COMMENT = 2000

Name = Annotated[str, Field(max_length=LONGEST_WORD)]
Day = Annotated[
    str,
    Field(
        max_length=10,
        description="A day, month or year: 2022-10-03, 2022-10 or 2022.",
        examples=["2022-10"],
    ),
]


class FilterRequest(BaseModel):
    """Which briefings count; what is left out lets everything through."""

    model_config = ConfigDict(extra="forbid")

    since: Day = ""
    until: Day = ""
    places: Annotated[list[Name], Field(max_length=20, examples=[["Peru"]])] = []
    section: Name = ""
    briefing_ids: Annotated[list[Name], Field(max_length=100)] = []

    def filters(self) -> Filters:
        """The filters that these words mean.

        Raises:
            QuestionError: A date is none.
        """
        return filters_of(self.since, self.until, self.places, self.section, self.briefing_ids)


class AskRequest(BaseModel):
    """A question."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST_QUESTION,
            examples=["What did Peru ask the US for?"],
        ),
    ]
    conversation_id: Annotated[
        Name, Field(description="The conversation it continues; empty begins a new one.")
    ] = ""
    filters: FilterRequest = FilterRequest()
    without: Annotated[
        list[Name],
        Field(
            max_length=20,
            description="What in the question is not to narrow the search: period, place, region, "
            "or its words, as an answer's filters name them.",
            examples=[["period"]],
        ),
    ] = []
    stream: Annotated[
        bool, Field(description="Whether to answer step by step, as server-sent events.")
    ] = False


class FeedbackRequest(BaseModel):
    """What a reader thinks of an answer."""

    model_config = ConfigDict(extra="forbid")

    answer_id: Name
    verdict: Literal["helpful", "unhelpful"]
    comment: Annotated[str, Field(max_length=LONGEST_COMMENT)] = ""


def _from_query(
    since: Annotated[Day, Query()] = "",
    until: Annotated[Day, Query()] = "",
    place: Annotated[list[Name], Query(max_length=20)] = [],  # noqa: B006 - FastAPI copies it
    section: Annotated[Name, Query()] = "",
) -> Filters:
    return filters_of(since, until, place, section)


QueryFilters = Annotated[Filters, Depends(_from_query)]
