"""Claims written for training: what a careful writer, or a careless one, makes of a sentence.

The files are `written/claims-*.txt`. A block begins with `= ` and the title of a written briefing.
Then come claims: `+` and the numbers of the sentences that together bear it, all of them needed;
or `-`, the numbers of the sentences that a careless writer would cite for it, and in what it goes
wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.training import written
from evals.training.written import CLAIMS, Written, blocks

KINDS = frozenset("hedge done swap actor general cause amount time negation attribution".split())

_CLAIM = re.compile(
    r"(?:\+|-(?P<kind>[a-z]+))\s+(?P<cited>\d+(?:,\d+)*)\s+(?P<text>\S.*)"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim about a written briefing.

    Attributes:
        text: As written.
        briefing: Any question's view of the briefing: its title, date and sentences.
        cited: Numbers of the sentences that are said to bear it.
        kind: In what it goes wrong, one of KINDS; "" where the sentences bear it.
    """

    text: str
    briefing: Written
    cited: tuple[int, ...]
    kind: str

    @property
    def supported(self) -> bool:
        """Whether the cited sentences bear it."""
        return not self.kind


def claims(briefings: Sequence[Written]) -> list[Claim]:
    """All written claims.

    Args:
        briefings: Questions whose briefings the claims are about.

    Raises:
        ValueError: A line is not of the form, names a sentence that is not there or a kind of
            error that is not known; or a title is no briefing's.
    """
    known = {one.title: one for one in briefings if one.title}
    found: list[Claim] = []
    for path in sorted(written.FOLDER.glob(f"{CLAIMS}*.txt")):
        for at, block in blocks(path):
            try:
                found += _read(block, known)
            except ValueError as error:
                raise ValueError(f"{path.name}, block at line {at}: {error}") from error
    return found


def _read(block: list[str], known: dict[str, Written]) -> Iterator[Claim]:
    head, *lines = block
    title = head.removeprefix("= ")
    if title not in known:
        raise ValueError(f"no briefing is titled {title!r}")
    briefing = known[title]
    for line in lines:
        match = _CLAIM.fullmatch(line)
        if match is None or (match["kind"] or "hedge") not in KINDS:
            raise ValueError(f"no claim: {line[:60]!r}")
        cited = tuple(int(number) for number in match["cited"].split(","))
        if max(cited) >= len(briefing.sentences):
            raise ValueError(f"there is no sentence {max(cited)}: {line[:60]!r}")
        yield Claim(match["text"], briefing, cited, match["kind"] or "")
