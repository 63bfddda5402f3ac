"""Which sentences answer a question, by the trained evidence ranker.

The ranker is the embedding model's encoder with what training changed in it: low-rank
differences and the heads, kept in `ranker_weights/` (`assistant/encoder.py`).
How they were trained, and what they score, stands in `evals/training/LOG.md`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Encoding, Tokenizer

from assistant.encoder import computes_in_half, halve, open_trained
from assistant.ranker_network import (
    HEADER_TOKENS,
    QUESTION_TOKENS,
    SENTENCE_TOKENS,
    EvidenceNetwork,
    Packed,
    Packer,
    collate,
)
from corpus.briefing import Span

WEIGHTS = Path(__file__).parent / "ranker_weights"

# A window longer than this is read in parts: training windows had at most about 300 tokens.
PART_TOKENS = 320
# Of a batch with its padding: 1,200 took 36 ms a window, 2,400 41 and 4,800 52 (one busy core).
BATCH_TOKENS = 1_200


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a briefing that is judged as one.

    Attributes:
        header: What the reader knows before it: title, date.
        text: The stretch.
        sentences: Its sentences, as spans into `text`.
    """

    header: str
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class WindowScore:
    """What the ranker thinks of a window.

    Attributes:
        sentences: For each sentence the logit that it answers; 0 is as likely as not.
        answerable: The probability that the window answers at all.
    """

    sentences: tuple[float, ...]
    answerable: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """From the network's logits to a probability, fitted on articles kept from training."""

    answer: float
    sentence: float
    bias: float

    def probability(self, answer: float, best: float) -> float:
        """The probability that a window answers, of its own logit and its best sentence's."""
        logit = self.answer * answer + self.sentence * best + self.bias
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True, slots=True)
class _Part:
    """As much of a window as is read at once: its sentences from `first`, the rest context."""

    window: int
    first: int
    context: int
    packed: Packed


class LearnedRanker:
    """Scores sentences in their windows.

    Args:
        network: The trained network.
        packer: Turns texts into its tokens.
        calibration: Makes probabilities of its logits.
        half: Compute in bfloat16, where the processor has instructions for it.
    """

    def __init__(
        self, network: EvidenceNetwork, packer: Packer, calibration: Calibration, *, half: bool
    ) -> None:
        self.network = network.eval()
        if half:
            halve(network.encoder)
        self._packer = packer
        self._calibration = calibration
        self._half = half

    @classmethod
    def open(cls, base_directory: Path, weights: Path = WEIGHTS) -> LearnedRanker:
        """Load the base encoder and put in what was learned.

        Args:
            base_directory: The folder of the all-MiniLM-L6-v2 model.
            weights: The folder of the adapter and its card.

        Raises:
            ModelError: The base or the adapter is missing, damaged, or does not fit.
        """
        network, card = open_trained(EvidenceNetwork, base_directory, weights)
        tokenizer = Tokenizer.from_file(str(base_directory / "tokenizer.json"))
        calibration = Calibration(**card["calibration"])
        return cls(network, Packer(tokenizer), calibration, half=computes_in_half())

    def score(self, question: str, windows: Sequence[Window]) -> list[WindowScore]:
        """Score every sentence of every window; a window's score does not depend on its place."""
        sentences = [[math.nan] * len(window.sentences) for window in windows]
        answerable = [0.0] * len(windows)
        for batch in _batches(self._parts(question, windows)):
            for part, logits, answer in self._run(batch):
                kept = logits[part.context :]
                sentences[part.window][part.first : part.first + len(kept)] = kept
                probability = self._calibration.probability(answer, max(logits))
                answerable[part.window] = max(answerable[part.window], probability)
        return [WindowScore(tuple(s), p) for s, p in zip(sentences, answerable, strict=True)]

    def _parts(self, question: str, windows: Sequence[Window]) -> list[_Part]:
        asked, *headers = self._packer.encode([question, *(w.header for w in windows)])
        texts = [span.of(window.text) for window in windows for span in window.sentences]
        encoded = iter(self._packer.encode(texts))
        parts: list[_Part] = []
        for number, (window, header) in enumerate(zip(windows, headers, strict=True)):
            own = [next(encoded) for _ in window.sentences]
            for first, context, chosen in _divided(own, _room(asked, header)):
                packed = self._packer.pack(asked, header, chosen)
                parts.append(_Part(number, first, context, packed))
        return parts

    def _run(self, parts: Sequence[_Part]) -> Iterator[tuple[_Part, list[float], float]]:
        batch = collate([part.packed for part in parts])
        with (
            torch.inference_mode(),
            torch.autocast("cpu", torch.bfloat16, enabled=self._half),
        ):
            scores = self.network(batch)
        logits, answers = scores.sentences.tolist(), scores.answer.tolist()
        for part, row, answer in zip(parts, logits, answers, strict=True):
            yield part, row[: max(part.packed.sentence) + 1], answer


def _room(question: Encoding, header: Encoding) -> int:
    """How many tokens are left for sentences."""
    taken = min(len(question.ids), QUESTION_TOKENS) + min(len(header.ids), HEADER_TOKENS)
    return PART_TOKENS - taken - 3


def _divided(
    sentences: Sequence[Encoding], room: int
) -> Iterator[tuple[int, int, Sequence[Encoding]]]:
    """Cut a window into parts that fit; each after the first sees the sentence before it."""
    sizes = [min(len(sentence.ids), SENTENCE_TOKENS) for sentence in sentences]
    first = 0
    while first < len(sentences):
        context = int(first > 0 and sizes[first - 1] + sizes[first] <= room)
        stop, size = first + 1, sum(sizes[first - context : first + 1])
        while stop < len(sentences) and size + sizes[stop] <= room:
            size += sizes[stop]
            stop += 1
        yield first, context, sentences[first - context : stop]
        first = stop


def _batches(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Batches of like length; ordered by content, so that the caller's order changes nothing."""
    batch: list[_Part] = []
    for part in sorted(parts, key=lambda p: (len(p.packed.ids), p.packed.ids)):
        if batch and (len(batch) + 1) * len(part.packed.ids) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(part)
    if batch:
        yield batch
