"""Public benchmarks over small files of the same form, through the command line."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.benchmarks.measures import (
    average_precision,
    balanced_accuracy,
    ndcg,
    normal,
    reciprocal_rank,
    set_f1,
    token_f1,
)
from evals.benchmarks.registry import BENCHMARKS
from evals.benchmarks.reliability import curve, draw
from evals.cli import PUBLIC

PARAGRAPH = (
    "Panama closed the copper mine at Donoso in November 2023. The Supreme Court had found its "
    "contract unconstitutional. Unions celebrated in the capital."
)
RIVER = "The river Lempa rises in Guatemala. It flows into the Pacific after 422 kilometres."

Run = Callable[..., list[dict[str, Any]]]
Attache = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, attache: Attache) -> Run:
    """Write the sets' files and run a benchmark over them."""

    def write(name: str, rows: Sequence[dict[str, Any]]) -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(json.dumps(row) + "\n" for row in rows)
        if path.suffix == ".xz":
            path.write_bytes(lzma.compress(text.encode()))
        else:
            path.write_text(text, "utf-8")

    def question(text: str, answer: str | None, paragraph: str) -> dict[str, Any]:
        answers = [] if answer is None else [{"answer_start": paragraph.index(answer)}]
        return {"question": text, "answers": answers, "is_impossible": answer is None}

    def sentences(name: str, *groups: tuple[str, str, str]) -> None:
        rows = [
            {"group": asked, "question": asked, "title": "Panama", "sentence": text, "label": label}
            for asked, right, wrong in groups
            for text, label in ((wrong, 0), (right, 1))
            if text
        ]
        write(name, rows)

    write(
        "squad2-dev-half/dev.jsonl.xz",
        [
            {"title": "Panama", "context": PARAGRAPH, "qas": [
                question("Which mine did Panama close?", "copper mine", PARAGRAPH),
                question("Which mine did Peru open?", None, PARAGRAPH)]},
            {"title": "Lempa", "context": RIVER, "qas": [
                question("Where does the Lempa rise?", "Guatemala", RIVER)]},
        ],
    )  # fmt: skip
    pairs = (
        ("Which mine did Panama close?", "Panama closed the copper mine.", "Unions celebrated."),
        ("Where does the Lempa rise?", "The Lempa rises in Guatemala.", "It is long."),
        ("Who owned the canal?", "", "Ships pass through locks."),
    )
    sentences("answer-sentence/wikiqa_test.jsonl.xz", *pairs)
    sentences("answer-sentence/trecqa_test.jsonl.xz", *pairs)
    passage = {"title": "Panama", "sentences": [s + "." for s in PARAGRAPH.rstrip(".").split(". ")]}
    for name, chosen in (("dev_answerable", passage["sentences"][:1]), ("dev_unanswerable", [])):
        asked = "which mine did panama close" if chosen else "who won the cup"
        row = {"input": asked, "passages": [passage], "output": [{"selected_sentences": chosen}]}
        write(f"clapnq/{name}.jsonl.xz", [row])
    write(
        "conv-rewrite/pairs.jsonl.xz",
        [
            {"source": "CAsT-2021", "question": "And Chile?", "rewrite": "What did Chile ask for?",
             "history": ["What did Peru ask for?", "A: Peru asked for urea."]},
            {"source": "CAsT-2019", "question": "Why?", "rewrite": "Why?", "history": ["What?"]},
        ],
    )  # fmt: skip
    write("scifact/corpus.jsonl.xz", [
        {"_id": "1", "title": "Copper", "text": PARAGRAPH},
        {"_id": "2", "title": "Rivers", "text": RIVER}])  # fmt: skip
    write("scifact/queries_validation.jsonl", [{"_id": "9", "text": "The Lempa is a river."}])
    (tmp_path / "scifact" / "qrels_validation.tsv").write_text("q\tc\ts\n9\t2\t1\n", "utf-8")
    write("news/corpus.jsonl.xz", [
        {"id": "a", "title": "Mine shut", "date": "2023/11/29", "text": PARAGRAPH},
        {"id": "b", "title": "A river", "date": "2022/01/02", "text": RIVER}])  # fmt: skip
    write("news/questions.jsonl.xz", [
        {"question": "Which mine did Panama close this month?", "answer": ["the copper mine"],
         "date": "2023/11/30", "gold_doc_ids": ["a"]},
        {"question": "Of an article that is not there?", "answer": ["x"], "date": "2022/01/01",
         "gold_doc_ids": ["z"]},
    ])  # fmt: skip

    sources = (("wice", "dev"), ("qags-cnndm", "test"), ("qags-xsum", "test"), ("fm2", "test"),
               ("summedits-samsum", "test"))  # fmt: skip
    write(
        "grounding/pairs.jsonl.xz",
        [
            {"source": source, "split": split, "premise": PARAGRAPH, "claim": claim, "label": label}
            for source, split in sources
            for claim, label in (
                ("Panama closed the copper mine at Donoso.", 1),
                ("The river Lempa rises in Guatemala.", 0),
            )
        ],
    )

    def go(name: str, *options: str) -> list[dict[str, Any]]:
        found = attache("eval", name, "--data", tmp_path, "--json", *options)
        assert found.code == 0, found.err
        figures: list[dict[str, Any]] = json.loads(found.out)
        return figures

    return go


@pytest.mark.parametrize(
    ("name", "what", "ours"),
    [
        ("squad", "SQuAD 2.0 half-dev: sentence first", 1.0),
        ("squad-all", "SQuAD 2.0 half-dev, all 2 paragraphs: sentence first", 1.0),
        ("wikiqa", "WikiQA test: MAP", 1.0),
        ("trecqa", "TREC-QA test: MRR", 1.0),
        ("clapnq", "ClapNQ dev: refusal, AUROC", 1.0),
        ("cast", "CAsT 2021: words shared with the human rewrite, F1", 1.0),
        ("scifact", "SciFact test: nDCG@10, retriever as shipped", 1.0),
        ("news", "RealTimeQA news: answer among cited sentences", 1.0),
        ("grounding", "SummEdits test: borne or not, AUROC", 1.0),
    ],
)
def test_a_set_is_asked_and_every_figure_has_its_baselines(
    run: Run, name: str, what: str, ours: float
) -> None:
    """So easy that ours is right; what is not of the set (other years, other articles) is out."""
    figures = {figure["what"]: figure for figure in run(name)}
    assert figures[what]["figures"]["ours"] == ours
    for figure in figures.values():
        assert figure["cases"] >= 1
        assert all(0 <= value <= 1 for value in figure["figures"].values())
    assert any(len(figure["figures"]) > 1 for figure in figures.values())


def test_indexes_are_kept_for_the_next_run(run: Run, tmp_path: Path) -> None:
    """With --work the second run finds the library of the first."""
    work = tmp_path / "work"
    first = run("scifact", "--work", str(work))
    database = work / "scifact" / "attache.db"
    written = database.stat().st_mtime_ns
    assert run("scifact", "--work", str(work)) == first
    assert database.stat().st_mtime_ns == written


def test_every_benchmark_can_be_named() -> None:
    """The command's help lists what there is."""
    assert set(PUBLIC) == set(BENCHMARKS)


@pytest.mark.parametrize(
    ("options", "said"),
    [((), "--data"), (("--data", "/nowhere"), "cannot be read")],
)
def test_says_what_is_missing(attache: Attache, options: tuple[str, ...], said: str) -> None:
    """No folder, or one without the set."""
    found = attache("eval", "wikiqa", *options)
    assert found.code == 2
    assert said in found.err


def test_measures_by_hand() -> None:
    """Worked examples."""
    scores = np.array([0.1, 0.9, 0.5, 0.3])
    assert average_precision(scores, {1, 3}) == pytest.approx((1 + 2 / 3) / 2)
    assert reciprocal_rank(scores, {2, 3}) == 0.5
    assert ndcg(["x", "a", "b"], {"a"}) == pytest.approx(1 / np.log2(3))
    assert ndcg(["a", "b"], {"a", "b", "c"}) == pytest.approx((1 + 1 / np.log2(3)) / 2.1309297536)
    assert set_f1([1, 2], [2, 3, 4]) == pytest.approx(0.4)
    assert token_f1("What did Peru want?", "what did Chile want") == 0.75
    assert balanced_accuracy([0.9, 0.2, 0.7, 0.1], [True, True, False, False], 0.5) == 0.5
    assert normal("The “Squid Game”!") == "squid game"


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_every_prediction_is_in_one_bin(pairs: list[tuple[float, bool]]) -> None:
    """And the diagram has a point a bin."""
    made = curve("set", [p for p, _ in pairs], [t for _, t in pairs])
    assert sum(b.count for b in made.bins) == len(pairs)
    assert 0 <= made.error <= 1
    assert draw([made]).count("<circle") == len(made.bins)


def test_calibration_error_by_hand() -> None:
    """Said .95 and true half the time is .45 off."""
    made = curve("set", [0.95, 0.95, 0.05], [True, False, False])
    assert made.error == pytest.approx((2 * 0.45 + 0.05) / 3)
