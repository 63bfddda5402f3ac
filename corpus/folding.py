"""Texts made comparable: case, accents of typography, quote marks and spaces folded away."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = re.compile("[\"'“”„‟‘’‚‛«»‹›`´]")
_SPACES = re.compile(r"\s+")
_DASHES = re.compile("[‐‑‒–—―]")


def folded(text: str) -> str:
    """The text for comparing only: lower case, no quote marks, single spaces, plain dashes.

    Accents are kept: "año" and "ano" are two words.
    """
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    return _SPACES.sub(" ", _QUOTES.sub("", plain)).strip(" .,;:!?…-").casefold()
