"""A question that can mean two things is asked back, where the briefings answer both."""

from __future__ import annotations

from assistant.answer import Answer, Reason, from_json
from tests.assistant.conftest import OpenLibrary, briefing

ALBERTO = briefing(
    "Rosario speech",
    "2022-05-02",
    "President Alberto Fernández of Argentina spoke in Rosario. Mr Fernández said that prices "
    "would fall by winter.",
)
CRISTINA = briefing(
    "La Plata speech",
    "2022-05-09",
    "Vice-President Cristina Fernández de Kirchner spoke in La Plata. Ms Fernández said that the "
    "debt could not be paid.",
)
DEBT = "What did Fernández say?"
KINSHASA = briefing(
    "Cobalt quota",
    "2023-03-01",
    "The Democratic Republic of the Congo limited exports of cobalt to 90,000 tonnes a year.",
)
BRAZZAVILLE = briefing(
    "Brazzaville's metals",
    "2023-04-01",
    "The Republic of the Congo limited exports of cobalt to small mines with a licence.",
)


def choices(answer: Answer) -> list[str]:
    assert answer.refusal is not None
    assert answer.refusal.reason is Reason.UNCLEAR
    assert not answer.citations
    return sorted(answer.refusal.choices)


def test_a_surname_of_two_persons(open_library: OpenLibrary) -> None:
    """Each choice is a whole question; chosen, it is answered on that person, as it stands."""
    desk = open_library(a=ALBERTO, b=CRISTINA)
    answer = desk.assistant.ask(DEBT)
    assert choices(answer) == [
        "What did Alberto Fernández say?",
        "What did Cristina Fernández de Kirchner say?",
    ]
    assert "“Fernández”" in answer.text
    assert from_json(answer.to_json()) == answer
    titles = ("Rosario speech", "La Plata speech")
    for choice, title in zip(choices(answer), titles, strict=True):
        chosen = desk.assistant.ask(choice, answer.conversation_id)
        assert chosen.standalone == choice
        assert [c.title for c in chosen.citations] == [title]


def test_a_surname_of_two_is_clear_where_one_alone_answers(open_library: OpenLibrary) -> None:
    """The other is in the library, too, but not on what is asked."""
    desk = open_library(a=ALBERTO, b=CRISTINA)
    answer = desk.assistant.ask("Who did Fernández say would pay when the debt could not be paid?")
    assert answer.refusal is None or not answer.refusal.choices
    answer = desk.assistant.ask("Did Fernández say that the debt could not be paid?")
    assert answer.refusal is None
    assert "debt" in answer.statements[0].text


def test_a_surname_is_clear_in_a_conversation_on_its_bearer(open_library: OpenLibrary) -> None:
    """Who was spoken of last is meant."""
    desk = open_library(a=ALBERTO, b=CRISTINA)
    first = desk.assistant.ask("Where did Alberto Fernández speak?")
    answer = desk.assistant.ask(DEBT, first.conversation_id)
    assert answer.refusal is None or not answer.refusal.choices


def test_a_name_that_two_countries_share(open_library: OpenLibrary) -> None:
    """Congo, where both are answered; where one alone is, it is the answer."""
    asked = "What exports did Congo limit?"
    both = open_library(a=KINSHASA, b=BRAZZAVILLE).assistant
    assert choices(both.ask(asked)) == [
        "What exports did the Democratic Republic of the Congo limit?",
        "What exports did the Republic of the Congo limit?",
    ]


def test_a_name_that_two_countries_share_is_clear_with_one(open_library: OpenLibrary) -> None:
    """Nothing is asked back that the library cannot answer."""
    answer = open_library(a=KINSHASA).assistant.ask("What exports did Congo limit?")
    assert answer.refusal is None
    assert "90,000" in answer.text


def test_georgia_and_georgia(open_library: OpenLibrary) -> None:
    """The country and the state of the US; a choice is not asked back again."""
    desk = open_library(
        a=briefing(
            "Tbilisi's law",
            "2024-05-14",
            "Georgia passed a law on foreign agents on 14 May. Protesters filled Tbilisi.",
        ),
        b=briefing(
            "Atlanta's law",
            "2024-04-02",
            "The state of Georgia in the United States passed a law on voting in Atlanta.",
        ),
    )
    answer = desk.assistant.ask("Which law did Georgia pass?")
    assert choices(answer) == [
        "Which law did the US state of Georgia pass?",
        "Which law did the country of Georgia pass?",
    ]
    of_the_country = desk.assistant.ask("Which law did the country of Georgia pass?")
    assert "foreign agents" in of_the_country.text


def test_a_pronoun_for_two(open_library: OpenLibrary) -> None:
    """Two were asked about alike, and both did what is asked."""
    desk = open_library(
        a=briefing(
            "Two presidents",
            "2023-02-01",
            "William Ruto and Yoweri Museveni met in Entebbe on 30 January.",
            "William Ruto promised a road to the border.",
            "Yoweri Museveni promised cheaper oil.",
        )
    )
    first = desk.assistant.ask("Where did William Ruto and Yoweri Museveni meet?")
    answer = desk.assistant.ask("What did he promise?", first.conversation_id)
    assert choices(answer) == [
        "What did William Ruto promise?",
        "What did Yoweri Museveni promise?",
    ]


def test_names_in_neighbouring_lines_make_no_person(open_library: OpenLibrary) -> None:
    """A headline that ends in a name and a paragraph that begins with one name two people."""
    desk = open_library(
        a=briefing(
            "Brasília receives Maduro",
            "2023-06-02",
            "Lula spoke of a narrative against Venezuela.",
            "Luiz Inácio Lula da Silva is president of Brazil.",
        )
    )
    answer = desk.assistant.ask("What did Lula speak of?")
    assert "narrative" in answer.text
