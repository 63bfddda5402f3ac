"""Suites: questions to a library and what a right answer must hold, in files people write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.answer import Reason
from corpus.errors import AttacheError

Split = Literal["dev", "test"]


class SuiteError(AttacheError):
    """A suite that cannot be read, or that asks what its library cannot bear out."""

    exit_code = 2


class Part(BaseModel):
    """A part of a suite's file: nothing in it that is not known, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Quote(Part):
    """A sentence that rightly answers, by the stem of its briefing's file."""

    briefing: str
    quote: str


class Turn(Part):
    """A question, and either the facts and evidence of its answer or the refusal it deserves.

    Attributes:
        ask: As a person would type it.
        standalone: What a follow-up means; "" for questions that stand alone.
        facts: Of each group, at least one alternative must be in the answer, whatever its case.
        evidence: The sentences that rightly answer.
        refusal: The kind of refusal it deserves, if it cannot be answered.
    """

    ask: str
    standalone: str = ""
    facts: tuple[Annotated[tuple[str, ...], Field(min_length=1)], ...] = ()
    evidence: tuple[Quote, ...] = ()
    refusal: Reason | None = None

    @model_validator(mode="after")
    def _answer_or_refusal(self) -> Turn:
        if self.refusal is None and not (self.facts and self.evidence):
            raise ValueError(f"{self.ask!r} has neither facts with evidence nor a refusal")
        if self.refusal is not None and (self.facts or self.evidence):
            raise ValueError(f"{self.ask!r} has both a refusal and an answer")
        return self

    @property
    def meant(self) -> str:
        """The question as it is meant, without the conversation."""
        return self.standalone or self.ask


class Conversation(Part):
    """Turns that follow each other."""

    id: str
    tags: Annotated[tuple[str, ...], Field(min_length=1)]
    split: Split
    turns: Annotated[tuple[Turn, ...], Field(min_length=1)]


class _SuiteFile(Part):
    name: str
    library: Path
    about: str = ""
    conversations: Annotated[tuple[Conversation, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite, read and checked; `library` is the folder of its briefings."""

    name: str
    library: Path
    conversations: tuple[Conversation, ...]

    @classmethod
    def read(cls, path: Path) -> Suite:
        """Read the suite in the YAML file `path`.

        The library's folder is looked for beside the file, then in its parents.

        Raises:
            SuiteError: The file cannot be read or does not have the form of a suite.
        """
        try:
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
            file = _SuiteFile.model_validate(data)
        except OSError as error:
            raise SuiteError(
                f"The suite {path} cannot be read ({error.strerror})", "Check its path."
            ) from error
        except yaml.YAMLError as error:
            raise SuiteError(f"The suite {path} is no YAML: {error}", "Mend that line.") from error
        except ValidationError as error:
            first = error.errors()[0]
            where = _where(data, first["loc"])
            raise SuiteError(
                f"The suite {path} is not as it should be: {where}: {first['msg']}",
                "evals/suites/README.md shows the form.",
            ) from error
        _check_ids(path, file.conversations)
        return cls(file.name, library_of(path, file.library), file.conversations)

    def of(self, split: Split | None) -> tuple[Conversation, ...]:
        """The conversations of one half, or all of them."""
        return tuple(c for c in self.conversations if split is None or c.split == split)


def _check_ids(path: Path, conversations: tuple[Conversation, ...]) -> None:
    seen: set[str] = set()
    for conversation in conversations:
        if conversation.id in seen:
            raise SuiteError(
                f"The suite {path} has two conversations called {conversation.id!r}",
                "Give one of them another id.",
            )
        seen.add(conversation.id)


def library_of(path: Path, library: Path) -> Path:
    """The folder `library` beside the suite `path`, or in a folder above.

    Raises:
        SuiteError: There is none.
    """
    for parent in path.resolve().parents:
        if (parent / library).is_dir():
            return parent / library
    raise SuiteError(
        f"The library {library} of the suite {path} is not beside it or in a folder above",
        "Correct `library` in the suite.",
    )


def _where(data: object, location: tuple[int | str, ...]) -> str:
    """A place in the file in words: the conversation's id, then the field."""
    match location:
        case ("conversations", int(at), *rest) if isinstance(data, dict):
            name = data["conversations"][at].get("id", f"number {at + 1}")
            return f"conversation {name!r}, {'.'.join(map(str, rest)) or 'itself'}"
    return ".".join(map(str, location)) or "the file"
