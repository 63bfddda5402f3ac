"""`attache eval`: a suite asked, and the figures printed."""

from __future__ import annotations

import json
import tempfile
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from assistant.thresholds import Thresholds

if TYPE_CHECKING:
    from evals.outcome import Outcome

SAMPLES = Path(str(files("evals") / "suites" / "samples.yaml"))

# The public benchmarks (evals/benchmarks/registry.py), and what stands for all of them.
PUBLIC = (
    "squad", "squad-all", "wikiqa", "trecqa", "clapnq", "cast", "scifact", "news", "grounding",
    "latency",
)  # fmt: skip
EVERY = "public"

# What a language model must not get by with: hostile briefings, and every way of behaving badly.
ATTACKS, BEHAVIOURS = "attacks", "behaviours"
ATTACK_SUITE = Path(str(files("evals") / "suites" / "attacks.yaml"))

# Values of a threshold that --sweep tries.
SWEEP = tuple(n / 20 for n in range(1, 20))


def evaluate(
    suite: Annotated[
        str,
        typer.Argument(
            metavar="[SUITE|BENCHMARK]",
            help="A suite, a YAML file (the sample suite if left out); a public benchmark: "
            f"{', '.join(PUBLIC)}, or public for all of them; attacks, hostile briefings that a "
            "model obeys; or behaviours, a model that spoils what it is given.",
        ),
    ] = str(SAMPLES),
    split: Annotated[
        str, typer.Option(help="Which half of the questions: dev, test or all.")
    ] = "all",
    sweep: Annotated[
        str,
        typer.Option(
            metavar="THRESHOLD",
            help="Instead, print what each value of this bar (assistant/thresholds.py) would "
            "cost: enough, also, other_parties, unrelated or same_sentence.",
        ),
    ] = "",
    data: Annotated[
        Path | None,
        typer.Option(help="For a benchmark: the folder of the public data sets.", metavar="DIR"),
    ] = None,
    work: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="For a benchmark: where its indexes are kept for the next run; a temporary "
            "folder if left out.",
        ),
    ] = None,
    sample: Annotated[
        int, typer.Option(help="For a benchmark: so many questions at most; 0 for all.", min=0)
    ] = 0,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the measures and every question as JSON.")
    ] = False,
) -> None:
    """Measure how right the answers are.

    A suite of questions is asked, and what comes back is judged against what it expects.

    The suite's library is indexed into a temporary home; yours is not touched. Write a suite
    on your own briefings to measure them: evals/suites/README.md shows how.

    A public benchmark asks a published data set and prints our figures beside those of simpler
    ways in the same run: lexical (BM25), dense (likeness of embeddings), and both fused.
    evals/benchmarks/README.md says where the data sets come from and how they are laid out.

    Attacks and behaviours need no language model: one that obeys every briefing, or spoils every
    sentence, is played. The command ends with 1 if anything gets by; docs/verification.md has more.

    Examples: attache eval --split test; attache eval wikiqa --data ~/datasets; attache eval attacks
    """
    if suite in (*PUBLIC, EVERY):
        _benchmark(suite, data, work, sample, as_json)
        return
    halves = {"dev": "dev", "test": "test", "all": None}
    if split not in halves:
        raise typer.BadParameter("takes dev, test or all", param_hint="--split")
    if suite == ATTACKS:
        raise typer.Exit(_attacks())
    if suite == BEHAVIOURS:
        raise typer.Exit(_behaviours(halves[split]))
    # Imported here: they take seconds, and `attache --help` lists this command.
    from evals.runner import desk_for, run
    from evals.suite import Suite
    from evals.sweep import sweep as sweep_one

    bars = [field.name for field in fields(Thresholds)]
    if sweep and sweep not in bars:
        raise typer.BadParameter(f"takes one of {', '.join(bars)}", param_hint="--sweep")
    read = Suite.read(Path(suite))
    conversations = read.of(halves[split])  # type: ignore[arg-type]
    console = Console()
    turns = sum(len(c.turns) for c in conversations)
    with _progress() as progress, desk_for(read) as desk:
        if sweep:
            table = sweep_one(desk, conversations, sweep, SWEEP)
            console.print(table, highlight=False, soft_wrap=True)
            return
        task = progress.add_task("Asking", total=turns)
        outcomes = run(desk, conversations, lambda n: progress.advance(task, n))
    if as_json:
        typer.echo(json.dumps(_to_json(outcomes), ensure_ascii=False, indent=2))
        return
    _print(console, f"{read.name}, {split}: {turns} questions", outcomes)


def _benchmark(name: str, data: Path | None, work: Path | None, sample: int, as_json: bool) -> None:
    from evals.benchmarks import show
    from evals.benchmarks.figures import Bench, Figure
    from evals.benchmarks.registry import BENCHMARKS

    if data is None:
        raise typer.BadParameter("a benchmark needs it", param_hint="--data")
    figures: list[Figure] = []
    with (
        tempfile.TemporaryDirectory(prefix="attache-benchmark-") as folder,
        _progress() as progress,
    ):
        task = progress.add_task("Reading", total=None)

        def note(what: str, done: int, total: int) -> None:
            progress.update(task, description=what, completed=done, total=total)

        bench = Bench(data, work or Path(folder), sample, note)
        for one in BENCHMARKS if name == EVERY else (name,):
            for figure in BENCHMARKS[one](bench):
                figures.append(figure)
                if not as_json:
                    Console().print(show.line(figure), highlight=False, soft_wrap=True)
    if as_json:
        typer.echo(json.dumps([show.as_json(f) for f in figures], ensure_ascii=False, indent=2))
    elif name == EVERY:
        Console().print(f"\n{show.markdown(figures)}", highlight=False, soft_wrap=True)


def _attacks() -> int:
    from evals.attacks import AttackSuite, table, withstand
    from evals.runner import home_with

    suite = AttackSuite.read(ATTACK_SUITE)
    with _progress() as progress, home_with(suite.library) as (desk, _):
        task = progress.add_task("Attacking", total=len(suite.attacks))
        found = withstand(desk, suite, lambda n: progress.advance(task, n))
    Console().print(table(found), highlight=False, markup=False, soft_wrap=True)
    return int(any(one.got_by for one in found))


def _behaviours(half: str | None) -> int:
    from evals.behaving import behave, table
    from evals.behaviours import LEFT_TO_THE_SCORE, RULED_OUT, SOUND
    from evals.runner import desk_for
    from evals.suite import Suite

    suite = Suite.read(SAMPLES)
    conversations = suite.of(half)  # type: ignore[arg-type]
    with _progress() as progress, desk_for(suite) as desk:
        task = progress.add_task("Asking", total=sum(len(c.turns) for c in conversations))
        behaviours = {**SOUND, **RULED_OUT, **LEFT_TO_THE_SCORE}
        tallies = behave(desk, conversations, behaviours, lambda n: progress.advance(task, n))
    Console().print(table(tallies), highlight=False, markup=False, soft_wrap=True)
    return int(any(tallies[name].wrong for name in (*SOUND, *RULED_OUT)))


def _progress() -> Progress:
    errors = Console(stderr=True)
    return Progress(console=errors, transient=True, disable=not errors.is_terminal)


def _print(console: Console, title: str, outcomes: list[Outcome]) -> None:
    from evals.summary import by_tag, summarise

    console.print(f"{title}\n", highlight=False)
    for measure in summarise(outcomes):
        console.print(
            f"  {measure.name:<20} {measure.share!s:<28} {measure.meaning}",
            highlight=False,
            soft_wrap=True,
        )
    console.print("\nRight by tag\n", highlight=False)
    for tag, share in by_tag(outcomes).items():
        console.print(f"  {tag:<20} {share}", highlight=False)
    wrong = [o for o in outcomes if not o.right]
    console.print(f"\n{len(wrong)} wrong\n", highlight=False)
    for outcome in wrong:
        searched = (
            f" (searched: {outcome.answer.standalone})"
            if outcome.answer.standalone != outcome.turn.ask
            else ""
        )
        console.print(
            f"  {outcome.conversation}: {outcome.turn.ask}{searched}\n    {outcome.why_wrong}",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )


def _to_json(outcomes: list[Outcome]) -> dict[str, Any]:
    from evals.summary import summarise

    return {
        "measures": {
            m.name: {"hits": m.share.hits, "total": m.share.total, "value": m.share.value}
            for m in summarise(outcomes)
        },
        "questions": [
            {
                "conversation": o.conversation,
                "tags": o.tags,
                "right": o.right,
                "why_wrong": o.why_wrong,
                "evidence_rank": o.rank,
                "answer": o.answer.to_json(),
            }
            for o in outcomes
        ],
    }
