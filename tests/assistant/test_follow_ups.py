"""Follow-ups on things, persons and lists; and changes of topic, which take nothing over."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Statement
from assistant.question import understand


def said(question: str, *answer: str) -> Answer:
    """A turn, answered with sentences."""
    return Answer(
        question=question,
        standalone=question,
        text="",
        statements=tuple(Statement(text, (1,)) for text in answer),
    )


CANCER = said("What are the symptoms of throat cancer?")
COPPER = said("What is the price of copper?")
PUMPS = said("How do heat pumps work?")
TARIFFS = said(
    "Which countries raised tariffs?", "Chile, Brazil and Mexico raised tariffs on Chinese steel."
)
GROUPS = said("What is the difference between the ELN and the FARC?")
PERU = said("What did Peru ask the US for?", "President Pedro Castillo asked for fertilisers.")
MEETING = said("Did Gustavo Petro meet Javier Milei?")
NEW_YORK = said("Where was New York founded?")


@pytest.mark.parametrize(
    ("turn", "asked", "standalone"),
    [
        (CANCER, "Is it treatable?", "Is throat cancer treatable?"),
        (CANCER, "What causes it?", "What causes throat cancer?"),
        (COPPER, "Who mines it?", "Who mines copper?"),
        (PUMPS, "How much do they cost?", "How much do heat pumps cost?"),
    ],
)
def test_a_pronoun_stands_for_the_thing_that_was_talked_of(
    turn: Answer, asked: str, standalone: str
) -> None:
    """Also where that is a common noun."""
    assert understand(asked, [turn]).text == standalone


@pytest.mark.parametrize(
    ("turn", "asked", "topic"),
    [
        (PUMPS, "What are the drawbacks?", "heat pumps"),
        (CANCER, "What are the usual treatments?", "throat cancer"),
    ],
)
def test_a_question_that_lacks_its_topic_gets_it_in_brackets(
    turn: Answer, asked: str, topic: str
) -> None:
    """The topic, not the whole question before."""
    assert understand(asked, [turn]).text == f"{asked.rstrip('?')} ({topic})?"


@pytest.mark.parametrize(
    ("turn", "asked", "item"),
    [
        (TARIFFS, "What about the second?", "Brazil"),
        (TARIFFS, "What about the third one?", "Mexico"),
        (TARIFFS, "What did the first country say?", "Chile"),
        (GROUPS, "How large is the former?", "ELN"),
        (GROUPS, "How large is the latter?", "FARC"),
        (GROUPS, "And the latter?", "FARC"),
    ],
)
def test_an_item_of_a_list_is_named_by_its_place(turn: Answer, asked: str, item: str) -> None:
    """In the last answer, or in the last question."""
    query = understand(asked, [turn])
    assert item in query.text.split(" (")[0]
    assert not re.search(r"\b(?:former|latter|second|third)\b", query.text)


def test_the_other_one_is_the_one_not_talked_of() -> None:
    """Of two that an earlier question put side by side."""
    turns = [GROUPS, said("Who founded the ELN?")]
    assert "FARC" in understand("How large is the other one?", turns).text


def test_an_ordinal_of_its_own_is_no_item() -> None:
    """Nobody listed "the first president"."""
    assert "Chile" not in understand("Who was the first president of Ghana?", [TARIFFS]).text


def test_another_item_of_the_same_kind() -> None:
    """An ordinal is exchanged for that of the question before."""
    turn = said("When did Chile reject the second draft?")
    assert understand("And the first?", [turn]).text == "When did Chile reject the first draft?"


def test_he_is_a_person() -> None:
    """A city is not, however its name is written."""
    query = understand("Was he married?", [NEW_YORK])
    assert query.unresolved == "he"
    assert "Was New York" not in query.text


def test_he_may_be_either_of_two() -> None:
    """Then nobody is guessed."""
    query = understand("What did he say?", [MEETING])
    assert query.unresolved == "he"
    assert query.text == "What did he say?"


def test_he_is_the_one_of_two_that_the_answer_names() -> None:
    """The answer has decided between them."""
    turn = said("Did Gustavo Petro or Javier Milei sign?", "Mr Petro signed in May.")
    assert understand("What did he say?", [turn]).text == "What did Gustavo Petro say?"


def test_she_is_not_a_man() -> None:
    """A title of the other sex rules a person out."""
    turn = said("Who spoke?", "Mr Gabriel Boric spoke after Mrs Xiomara Castro.")
    assert understand("What did she say?", [turn]).text == "What did Xiomara Castro say?"


@pytest.mark.parametrize("asked", ["Should there be an age limit for presidents?"])
def test_there_that_points_nowhere(asked: str) -> None:
    """Of "there be" nobody makes "in Peru be"."""
    assert "in Peru" not in understand(asked, [PERU]).text


SUBJECTS = ["Honduras", "Ecuador", "Bolivia", "Ghana", "Norway", "Javier Milei", "Dina Boluarte"]
FORMS = [
    "Who leads {}?",
    "What is the population of {}?",
    "What happened to {} last year?",
    "Has {} signed a trade agreement with Japan?",
    "Why did {} devalue its currency?",
]


@given(
    turn=st.sampled_from([CANCER, COPPER, PUMPS, TARIFFS, PERU, MEETING]),
    subject=st.sampled_from(SUBJECTS),
    form=st.sampled_from(FORMS),
)
def test_a_change_of_topic_takes_nothing_over(turn: Answer, subject: str, form: str) -> None:
    """A question that names what nobody spoke of is left as it is, whatever came before."""
    if subject.split()[-1] in turn.standalone:
        return
    asked = form.format(subject)
    query = understand(asked, [turn])
    assert query.text == asked
    assert not query.unresolved


@pytest.mark.parametrize(
    "asked",
    [
        "How do I bake bread at home?",
        "Which films won prizes at festivals?",
        "How many people live on islands?",
    ],
)
def test_a_change_of_topic_without_names_takes_nothing_over(asked: str) -> None:
    """Nor does one that names nothing, but points back to nothing."""
    assert understand(asked, [COPPER]).text == asked


@given(st.sampled_from([*FORMS, "What is it?", "And the second?", "What did she say there?"]))
def test_a_first_question_is_never_rewritten(form: str) -> None:
    """Without a conversation there is nothing to take from."""
    asked = form.format("Peru")
    assert understand(asked).text == asked


@given(
    turns=st.lists(st.sampled_from([CANCER, COPPER, PUMPS, TARIFFS, GROUPS, PERU]), min_size=1),
    asked=st.sampled_from(["What about it?", "Why?", "How do they compare?", "And the other one?"]),
)
def test_only_what_was_said_is_carried_over(turns: list[Answer], asked: str) -> None:
    """Every word of the question as searched was asked, or said in the conversation."""
    spoken = " ".join(
        [asked, *(t.standalone + " ".join(s.text for s in t.statements) for t in turns)]
    )
    words = {w.casefold() for w in re.findall(r"\w+", spoken)} | {"s", "and"}
    text = understand(asked, turns).text
    assert {w.casefold() for w in re.findall(r"\w+", text)} <= words
