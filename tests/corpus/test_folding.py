"""Texts made comparable."""

from __future__ import annotations

from corpus.folding import folded


def test_typography_is_folded() -> None:
    """Quote marks, dashes, spaces, case and the last full stop do not tell texts apart."""
    assert folded("“The  Lakes’ end — soon.”") == folded("the lakes end - soon")


def test_accents_are_kept() -> None:
    """Accents tell words apart."""
    assert folded("año") != folded("ano")
