"""How far a probability can be believed: `python -m evals.benchmarks.reliability --data DIR`.

Of all windows that the ranker gives about 70 %, about 70 % should answer. Prints, for each set,
what was said and what was true in ten bins, and the expected calibration error; `--svg FILE`
draws the reliability diagram. The last curve is the whole product's: how sure it is of the
sentence it would put first, and how often that sentence is one that answers, over a suite.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant import offline
from assistant.ranker import LearnedRanker
from evals.benchmarks.answer_sentence import wikiqa_cases
from evals.benchmarks.clapnq import cases as clapnq_cases
from evals.benchmarks.squad import cases as squad_cases
from evals.benchmarks.windows import Case, sampled, scored
from evals.outcome import quotes_evidence_at
from evals.runner import desk_for
from evals.suite import Suite
from index.embedding import embedded_directory

BINS = 10
SIDE, EDGE = 420, 46  # of the diagram, in pixels
COLOURS = ("#1f6feb", "#b35900", "#1a7f37", "#8250df")


@dataclass(frozen=True, slots=True)
class Bin:
    """What was said and what was true of the predictions that fall together.

    Attributes:
        said: Their mean probability.
        true: The share that came true.
        count: How many they are.
    """

    said: float
    true: float
    count: int


@dataclass(frozen=True, slots=True)
class Curve:
    """The bins of one set."""

    name: str
    bins: tuple[Bin, ...]

    @property
    def error(self) -> float:
        """Expected calibration error: the mean distance of said and true, weighted by count.

        Naeini, Cooper, Hauskrecht, "Obtaining well calibrated probabilities using Bayesian
        binning", AAAI 2015.
        """
        total = sum(b.count for b in self.bins)
        return sum(b.count * abs(b.said - b.true) for b in self.bins) / total


def curve(name: str, probabilities: Sequence[float], labels: Sequence[bool]) -> Curve:
    """Ten bins of equal width; empty ones left out."""
    said, true = np.array(probabilities), np.array(labels, dtype=float)
    places = np.minimum((said * BINS).astype(int), BINS - 1)
    bins = [
        Bin(float(said[at].mean()), float(true[at].mean()), int(at.sum()))
        for n in range(BINS)
        if (at := places == n).any()
    ]
    return Curve(name, tuple(bins))


def draw(curves: Sequence[Curve]) -> str:
    """The reliability diagram as SVG: said to the right, true upwards, the diagonal is right."""
    low, high = EDGE, SIDE - 14

    def x(value: float) -> float:
        return low + value * (high - low)

    def y(value: float) -> float:
        return high - value * (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE + 40}" '
        'font-family="system-ui, sans-serif" font-size="12" role="img" '
        'aria-label="Reliability diagram: probability said against share that was true">',
        f'<rect width="{SIDE}" height="{SIDE + 40}" fill="#fff"/>',
        f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#999" stroke-dasharray="4 4"/>',
    ]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts += [
            f'<text x="{x(tick)}" y="{high + 18}" text-anchor="middle">{tick:.2g}</text>',
            f'<text x="{low - 8}" y="{y(tick) + 4}" text-anchor="end">{tick:.2g}</text>',
            f'<path d="M{x(0)} {y(tick)}H{x(1)}" stroke="#eee"/>',
        ]
    parts.append(f'<text x="{x(0.5)}" y="{high + 36}" text-anchor="middle">said</text>')
    parts.append(
        f'<text x="12" y="{y(0.5)}" text-anchor="middle" '
        f'transform="rotate(-90 12 {y(0.5)})">true</text>'
    )
    for number, (one, colour) in enumerate(zip(curves, COLOURS, strict=False)):
        points = " ".join(f"{x(b.said):.1f},{y(b.true):.1f}" for b in one.bins)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}"/>')
        most = max(b.count for b in one.bins)
        parts += [
            f'<circle cx="{x(b.said):.1f}" cy="{y(b.true):.1f}" '
            f'r="{2 + 5 * (b.count / most) ** 0.5:.1f}" fill="{colour}" fill-opacity=".7"/>'
            for b in one.bins
        ]
        parts.append(
            f'<text x="{low + 8}" y="{22 + 16 * number}" fill="{colour}">'
            f"{one.name} (error {one.error:.3f})</text>"
        )
    return "\n".join([*parts, "</svg>", ""])


def of_windows(data: Path, sample: int) -> Iterator[Curve]:
    """The ranker's probability that a window answers, on sets it never saw."""
    ranker = LearnedRanker.open(embedded_directory())
    sets = {"SQuAD 2.0": squad_cases, "WikiQA": wikiqa_cases, "ClapNQ": clapnq_cases}
    for name, cases in sets.items():
        chosen: list[Case] = sampled(cases(data), sample)
        scores = scored(chosen, ranker, lambda *_: None)
        yield curve(name, [s.answerable for s in scores], [bool(c.gold) for c in chosen])


def of_suite(suite: Suite) -> Curve:
    """The product's probability for the sentence it puts first."""
    said, true = [], []
    with desk_for(suite) as desk:
        for turn in (t for c in suite.conversations for t in c.turns):
            weighing = desk.assistant.evidence(turn.meant)
            if weighing.evidence:
                best = weighing.evidence[0]
                said.append(weighing.answerable)
                true.append(quotes_evidence_at(best.sentence, best.briefing, turn))
    return curve(f"answers, suite “{suite.name}”", said, true)


def main() -> None:
    """Print the bins; draw them where asked to."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.benchmarks.reliability", description=__doc__
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data sets")
    parser.add_argument("--suite", type=Path, default=Path("evals/suites/blind.yaml"))
    parser.add_argument("--sample", type=int, default=0, help="so many windows a set at most")
    parser.add_argument("--svg", type=Path, help="write the diagram here")
    arguments = parser.parse_args()
    offline.stay_offline()
    curves = [*of_windows(arguments.data, arguments.sample)]
    curves.append(of_suite(Suite.read(arguments.suite)))
    for one in curves:
        sys.stdout.write(f"{one.name}: expected calibration error {one.error:.3f}\n")
        for b in one.bins:
            sys.stdout.write(f"  said {b.said:.2f}  true {b.true:.2f}  ({b.count})\n")
    if arguments.svg:
        arguments.svg.write_text(draw(curves), "utf-8")


if __name__ == "__main__":
    main()
