"""Examples as tokens, in batches of like length."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice

from assistant.ranker_network import Packed, Packer
from evals.training.examples import Example

TOKENS = 3_600  # of a batch with its padding: larger ones leave the processor's cache
LONGEST_TOKENS = 448
POOL = 400  # examples sorted by length before they are cut into batches


class Batches:
    """Examples packed and cut into batches of like length."""

    def __init__(self, packer: Packer, rng: random.Random) -> None:
        self._packer = packer
        self._rng = rng

    def packed(self, example: Example) -> Packed:
        """An example's tokens."""
        question, header, *sentences = self._packer.encode(
            [example.question, example.header, *example.sentences]
        )
        return self._packer.pack(question, header, sentences)

    def of(self, examples: Iterator[Example]) -> Iterator[tuple[list[Example], list[Packed]]]:
        """Batches of like length, in random order within a pool."""
        while pool := list(islice(examples, POOL)):
            packed = [(example, self.packed(example)) for example in pool]
            # Text of many rare signs makes more tokens than the encoder has positions for.
            fitting = [item for item in packed if len(item[1].ids) <= LONGEST_TOKENS]
            items = sorted(fitting, key=lambda item: len(item[1].ids))
            batches = []
            while items:
                count = max(1, min(len(items), TOKENS // len(items[-1][1].ids)))
                batches.append(items[-count:])
                del items[-count:]
            self._rng.shuffle(batches)
            for batch in batches:
                yield [e for e, _ in batch], [p for _, p in batch]
