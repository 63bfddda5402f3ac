"""Questions understood: follow-ups made to stand alone, and what they name."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.answer import Answer, Statement
from assistant.periods import find_period
from assistant.question import LONGEST_QUESTION, Shape, understand
from corpus.errors import QuestionError

PERU = Answer(
    question="What did Peru ask the US for?",
    standalone="What did Peru ask the US for?",
    text="",
    statements=(Statement("President Pedro Castillo asked for fertilisers.", (1,)),),
)
BLINKEN = Answer(
    question="Who visited Colombia?",
    standalone="Who visited Colombia in October 2022?",
    text="",
    statements=(Statement("Mr Antony Blinken visited Colombia on 3 October.", (1,)),),
)
AMAZON = Answer(
    question="",
    standalone="How much did Biden promise the Amazon Fund?",
    text="",
    statements=(Statement("He promised $500m.", (1,)),),
)


@pytest.mark.parametrize(
    ("turn", "asked", "standalone"),
    [
        (PERU, "And Chile?", "What did Chile ask the US for?"),
        (PERU, "what about Colombia", "What did Colombia ask the US for?"),
        (PERU, "And why?", "Why did Peru ask the US for?"),
        (PERU, "What did he want?", "What did Pedro Castillo want?"),
        (PERU, "What was his reason?", "What was Pedro Castillo's reason?"),
        (BLINKEN, "And in 2023?", "Who visited Colombia in 2023?"),
        (BLINKEN, "When was that?", "When visited Colombia in October 2022?"),
        (BLINKEN, "What did he say there?", "What did Antony Blinken say in Colombia?"),
        (AMAZON, "And Trump?", "How much did Trump promise the Amazon Fund?"),
        (AMAZON, "What is it for?", "What is it for (Amazon Fund, Biden)?"),
    ],
)
def test_a_follow_up_is_searched_as_a_whole_question(
    turn: Answer, asked: str, standalone: str
) -> None:
    """Ellipsis, pronouns and bare question words take what they lack from the conversation."""
    assert understand(asked, [turn]).text == standalone


@pytest.mark.parametrize(
    "question",
    [
        "And Chile?",
        "What did he want?",
        "Who said so?",
        "When was that?",
        "What did Peru ask the US for?",
    ],
)
def test_a_first_question_is_never_rewritten(question: str) -> None:
    """Without a conversation there is nothing to take from."""
    assert understand(question).text == question


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("And Chile?", "And Chile?"),
        ("Who said so?", "Who said so?"),
        ("When was that?", "When was that?"),
        ("Why?", "Why?"),
        ("What did he want?", "he"),
        ("What did Petro say of his reform?", ""),
        ("What did Peru ask the US for?", ""),
        ("How many jobs will it create?", ""),
        ("where was castillo going when he was arrested?", ""),
        ("what did he ask when he came?", "he"),
    ],
)
def test_a_first_question_that_leans_on_nothing_said(question: str, word: str) -> None:
    """It cannot be answered, only asked back; what names its own things can."""
    assert understand(question).unresolved == word


@pytest.mark.parametrize(
    "question",
    [
        "Which parties won seats in Argentina's lower house in 2023?",
        "Who leads Ecuador?",
        "Is there any sign that Brazil will join the Belt and Road?",
        "What did Gustavo Petro say about his own health reform?",
    ],
)
def test_a_new_topic_takes_nothing_over(question: str) -> None:
    """A question that names its own things stands alone, also in mid-conversation."""
    assert understand(question, [PERU]).text == question


def test_a_question_too_short_to_search_gets_the_topic() -> None:
    """What it is on is put behind it, and what the answer must bear stays its own."""
    query = understand("Who signed?", [BLINKEN])
    assert query.text == "Who signed (Colombia in October 2022)?"
    assert query.period is None
    assert query.places == ()


def test_the_topic_is_carried_on_once() -> None:
    """A chain of short questions keeps the first topic and does not pile up brackets."""
    first = understand("Who signed?", [BLINKEN])
    turn = Answer(question="Who signed?", standalone=first.text, text="")
    assert understand("Why?", [BLINKEN, turn]).text == ("Why signed (Colombia in October 2022)?")


def test_a_pronoun_that_means_nobody_is_told() -> None:
    """Nobody was spoken of: the word is named, no person is made up."""
    nobody = Answer(question="", standalone="What is the price of copper?", text="")
    assert understand("What did she say?", [nobody]).unresolved == "she"


def test_who_said_so_asks_about_what_was_answered() -> None:
    """The speaker of the first statement of the last answer is asked for."""
    query = understand("Who said so?", [PERU])
    assert query.shape is Shape.SPEAKER
    assert query.text == "Who says that President Pedro Castillo asked for fertilisers?"


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("in October 2022", dt.date(2022, 10, 1), dt.date(2022, 10, 31)),
        ("in 2023", dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
        ("since March 2024", dt.date(2024, 3, 1), None),
        ("before 2023", None, dt.date(2023, 1, 1)),
        ("on 7 December 2022", dt.date(2022, 12, 7), dt.date(2022, 12, 7)),
        ("on Dec. 7, 2022", dt.date(2022, 12, 7), dt.date(2022, 12, 7)),
        ("between May 2023 and 2024", dt.date(2023, 5, 1), dt.date(2024, 12, 31)),
        ("by the end of November 2023", dt.date(2023, 11, 1), dt.date(2023, 11, 30)),
    ],
)
def test_periods(text: str, since: dt.date | None, until: dt.date | None) -> None:
    """Years, months and days, and whether since, before or in them."""
    period = find_period(f"What happened {text}?")
    assert period is not None
    assert (period.since, period.until) == (since, until)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("last month", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("this month", dt.date(2024, 3, 1), dt.date(2024, 3, 31)),
        ("last year", dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
        ("last week", dt.date(2024, 3, 4), dt.date(2024, 3, 10)),
        ("in the past three weeks", dt.date(2024, 2, 22), dt.date(2024, 3, 14)),
        ("yesterday", dt.date(2024, 3, 13), dt.date(2024, 3, 13)),
    ],
)
def test_periods_reckoned_from_today(text: str, since: dt.date, until: dt.date) -> None:
    """Words that mean another time every day."""
    period = find_period(f"What happened {text}?", dt.date(2024, 3, 14))
    assert period is not None
    assert (period.since, period.until) == (since, until)
    assert find_period(f"What happened {text}?") is None


def test_figures_are_no_years() -> None:
    """Amounts that a question names are kept apart from the time it names."""
    query = understand("Did Biden promise $500m in 2023?")
    assert query.numbers == ("500",) or query.numbers == ("500m",)
    assert query.period is not None


def test_typed_without_capitals() -> None:
    """Places are seen in lower case; only "us" behind an article is a country."""
    assert understand("what did peru ask the us for?").text == "what did Peru ask the US for?"
    assert understand("can you tell us about chile?").places == ("Chile",)


@pytest.mark.parametrize(
    ("question", "shape"),
    [
        ("Who broke the tie?", Shape.ONE),
        ("Why did Chile raise tariffs?", Shape.ONE),
        ("Which countries raised tariffs?", Shape.SEVERAL),
        ("Compare Chile's and Peru's position", Shape.SEVERAL),
        ("What happened since the vote?", Shape.TIMELINE),
        ("latest on the truce", Shape.LATEST),
        ("Who says that the truce holds?", Shape.SPEAKER),
    ],
)
def test_what_form_the_answer_takes(question: str, shape: Shape) -> None:
    """One sentence, several, in order, the newest, or who said it."""
    assert understand(question).shape is shape


@pytest.mark.parametrize("question", ["", "   ", "?!", "…"])
def test_no_question(question: str) -> None:
    """Nothing asked is said to be nothing."""
    with pytest.raises(QuestionError, match="There is no question"):
        understand(question)


def test_a_pasted_document_is_no_question() -> None:
    """Too long a text is refused with its length."""
    with pytest.raises(QuestionError, match="2,001"):
        understand("a" * (LONGEST_QUESTION + 1))
