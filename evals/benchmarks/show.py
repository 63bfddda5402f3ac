"""A benchmark's figures for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evals.benchmarks.figures import METHODS, Figure


def line(figure: Figure) -> str:
    """One line: what, each method's figure, what is to be reached."""
    parts = [f"{method} {_value(figure, method)}" for method in _methods(figure)]
    if figure.reach is not None:
        parts.append(f"(reach {figure.reach:.3g})")
    return f"{figure.what}, {figure.cases} cases\n    {'   '.join(parts)}"


def markdown(figures: Sequence[Figure]) -> str:
    """The table as the README has it."""
    methods = list(dict.fromkeys(m for figure in figures for m in _methods(figure)))
    rows = [["what", "cases", *methods, "reach"]]
    for figure in figures:
        reach = "" if figure.reach is None else f"{figure.reach:.3g}"
        values = [_value(figure, m) if m in figure.by_method else "" for m in methods]
        rows.append([figure.what, str(figure.cases), *values, reach])
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines)


def as_json(figure: Figure) -> dict[str, Any]:
    """The figure as plain JSON types."""
    return {
        "what": figure.what,
        "cases": figure.cases,
        "figures": {method: round(value, 4) for method, value in figure.by_method.items()},
        "reach": figure.reach,
        "unit": figure.unit,
    }


def _methods(figure: Figure) -> list[str]:
    usual = [m for m in METHODS if m in figure.by_method]
    return [m for m in figure.by_method if m not in METHODS] + usual


def _value(figure: Figure, method: str) -> str:
    value = figure.by_method[method]
    return f"{value:.0f} {figure.unit}" if figure.unit else f"{value:.3f}"
