"""The benchmarks by name."""

from __future__ import annotations

from collections.abc import Mapping

from evals.benchmarks.answer_sentence import trecqa, wikiqa
from evals.benchmarks.cast import cast
from evals.benchmarks.clapnq import clapnq
from evals.benchmarks.figures import Benchmark
from evals.benchmarks.grounding import grounding
from evals.benchmarks.latency import latency
from evals.benchmarks.news import news
from evals.benchmarks.scifact import scifact
from evals.benchmarks.squad import squad, squad_all

BENCHMARKS: Mapping[str, Benchmark] = {
    "squad": squad,
    "squad-all": squad_all,
    "wikiqa": wikiqa,
    "trecqa": trecqa,
    "clapnq": clapnq,
    "cast": cast,
    "scifact": scifact,
    "news": news,
    "grounding": grounding,
    "latency": latency,
}
