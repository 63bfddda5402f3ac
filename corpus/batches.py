"""Long sequences in short pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """`items` in order, in lists of `size`, the last one shorter; read only as needed."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
