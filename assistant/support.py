"""Whether a quoted text bears a statement, by a trained network.

Rules compare names, numbers, dates and negation; what is left is whether the text says what the
statement says. The network is the embedding model's encoder with what training changed in it,
kept in `support_weights/` (`assistant/encoder.py`). How it was trained, and what it scores,
stands in `evals/training/SUPPORT.md`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from tokenizers import Tokenizer

from assistant.encoder import computes_in_half, halve, open_trained
from assistant.support_network import PackedPair, PairPacker, SupportNetwork, collate_pairs
from index.sentences import split

WEIGHTS = Path(__file__).parent / "support_weights"

# A claim longer than this is read in parts, each of which must be borne.
CLAIM_TOKENS = 120
# A premise longer than what is left beside the claim is read in windows of sentences, of the
# length that most premises had in training.
PAIR_TOKENS = 384
WINDOW_TOKENS = 160
BATCH_TOKENS = 1_600


class Support(Protocol):
    """Whatever says how surely a text bears a statement."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """For each (premise, claim) the probability that the premise fully bears the claim."""


@dataclass(frozen=True, slots=True)
class SupportCalibration:
    """From the network's logit to a probability, fitted on texts kept from training."""

    scale: float
    bias: float

    def probability(self, logit: float) -> float:
        """The probability that a text bears a claim."""
        calibrated = self.scale * logit + self.bias
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, calibrated))))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One part of a claim beside one window of its premise."""

    pair: int
    part: int
    packed: PackedPair


class LearnedSupport:
    """Scores pairs with the trained network.

    Args:
        network: The trained network.
        packer: Turns texts into its tokens.
        calibration: Makes probabilities of its logits.
        half: Compute in bfloat16, where the processor has instructions for it.
    """

    def __init__(
        self,
        network: SupportNetwork,
        packer: PairPacker,
        calibration: SupportCalibration,
        *,
        half: bool,
    ) -> None:
        self._network = network.eval()
        if half:
            halve(network.encoder)
        self._packer = packer
        self._calibration = calibration
        self._half = half

    @classmethod
    def open(cls, base_directory: Path, weights: Path = WEIGHTS) -> LearnedSupport:
        """Load the base encoder and put in what was learned.

        Args:
            base_directory: The folder of the all-MiniLM-L6-v2 model.
            weights: The folder of the adapter and its card.

        Raises:
            ModelError: The base or the adapter is missing, damaged, or does not fit.
        """
        network, card = open_trained(SupportNetwork, base_directory, weights)
        tokenizer = Tokenizer.from_file(str(base_directory / "tokenizer.json"))
        calibration = SupportCalibration(**card["calibration"])
        return cls(network, PairPacker(tokenizer), calibration, half=computes_in_half())

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """For each (premise, claim) the probability that the premise fully bears the claim.

        A premise of several sentences that is too long is read in overlapping windows, of which
        the best counts; a claim that is too long in parts, of which the worst counts. An empty
        premise bears nothing.
        """
        return [self._calibration.probability(logit) for logit in self.logits(pairs)]

    def logits(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """The network's own scores, before calibration; minus infinity where nothing is read."""
        best: dict[tuple[int, int], float] = {}
        for batch in _batches(self._readings(pairs)):
            for reading, logit in zip(batch, self._run(batch), strict=True):
                at = reading.pair, reading.part
                best[at] = max(best.get(at, -math.inf), logit)
        worst = [math.inf] * len(pairs)
        for (pair, _), logit in best.items():
            worst[pair] = min(worst[pair], logit)
        return [-math.inf if logit == math.inf else logit for logit in worst]

    def _readings(self, pairs: Sequence[tuple[str, str]]) -> Iterator[_Reading]:
        claims = self._packer.encode([claim for _, claim in pairs])
        for number, ((premise, _), claim) in enumerate(zip(pairs, claims, strict=True)):
            for part, tokens in enumerate(_parts(claim.ids)):
                for window in self._windows(premise, PAIR_TOKENS - len(tokens) - 3):
                    yield _Reading(number, part, self._packer.pack(tokens, window))

    def _windows(self, premise: str, room: int) -> Iterator[list[int]]:
        """The whole where it fits; else windows of sentences, each beginning within the last."""
        spans = split(premise)
        sentences = [s.ids for s in self._packer.encode([span.of(premise) for span in spans])]
        if 0 < sum(map(len, sentences)) <= room:
            yield [token for sentence in sentences for token in sentence]
            return
        most = min(room, WINDOW_TOKENS)
        pieces = [ids[at : at + most] for ids in sentences for at in range(0, len(ids), most)]
        first = 0
        while first < len(pieces):
            stop, size = first, 0
            while stop < len(pieces) and size + len(pieces[stop]) <= most:
                size += len(pieces[stop])
                stop += 1
            yield [token for piece in pieces[first:stop] for token in piece]
            if stop == len(pieces):
                return
            first = max(first + 1, (first + stop + 1) // 2)

    def _run(self, readings: Sequence[_Reading]) -> list[float]:
        batch = collate_pairs([reading.packed for reading in readings])
        with (
            torch.inference_mode(),
            torch.autocast("cpu", torch.bfloat16, enabled=self._half),
        ):
            found: list[float] = self._network(batch).pair.tolist()
        return found


def _parts(claim: list[int]) -> list[list[int]]:
    """A claim's tokens, in as few parts alike in size as fit."""
    if not claim:
        return []
    count = math.ceil(len(claim) / CLAIM_TOKENS)
    size = math.ceil(len(claim) / count)
    return [claim[at : at + size] for at in range(0, len(claim), size)]


def _batches(readings: Iterator[_Reading]) -> Iterator[list[_Reading]]:
    """Batches of like length; ordered by content, so that the caller's order changes nothing."""
    batch: list[_Reading] = []
    for reading in sorted(readings, key=lambda r: (len(r.packed.ids), r.packed.ids)):
        if batch and (len(batch) + 1) * len(reading.packed.ids) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(reading)
    if batch:
        yield batch
