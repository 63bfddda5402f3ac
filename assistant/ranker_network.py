"""The evidence ranker's network: one encoder, read once a window, with heads for three questions.

Where in the window the answer begins and ends, which sentence holds it, and whether any does.
The first head teaches the other two what an answer looks like; they take its word as a feature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn
from transformers import BertModel

QUESTION_TOKENS = 64
HEADER_TOKENS = 40
SENTENCE_TOKENS = 200
NO_SENTENCE = -1
_NEVER = -1e4  # a logit low enough to be no choice, and still finite in bfloat16
_HIDDEN = 128


@dataclass(frozen=True, slots=True)
class Packed:
    """A question and a window as tokens.

    Attributes:
        ids: `[CLS] question [SEP] header sentences [SEP]`.
        types: 0 for the question, 1 for the window.
        sentence: Which of the window's sentences each token is of; NO_SENTENCE for the rest.
        offsets: Each token's place in its sentence, in code points.
    """

    ids: list[int]
    types: list[int]
    sentence: list[int]
    offsets: list[tuple[int, int]]


class Batch(NamedTuple):
    """Packed windows, padded to the longest."""

    ids: Tensor
    types: Tensor
    mask: Tensor
    sentence: Tensor


class Scores(NamedTuple):
    """What the network says of a batch: logits, those of padding very low.

    Attributes:
        start: windows x tokens; the first token stands for "no answer here".
        end: As `start`, for the answer's last token.
        sentences: windows x sentences.
        answer: windows.
    """

    start: Tensor
    end: Tensor
    sentences: Tensor
    answer: Tensor


class Packer:
    """Questions, headers and sentences to tokens."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._cls, self._sep = tokenizer.encode("").ids

    def encode(self, texts: Sequence[str]) -> list[Encoding]:
        """Each text's tokens, nothing added."""
        return list(self._tokenizer.encode_batch(list(texts), add_special_tokens=False))

    def pack(self, question: Encoding, header: Encoding, sentences: Sequence[Encoding]) -> Packed:
        """Put a window together; parts beyond their limit are cut."""
        asked = question.ids[:QUESTION_TOKENS]
        head = header.ids[:HEADER_TOKENS]
        ids = [self._cls, *asked, self._sep, *head]
        types = [0] * (len(asked) + 2) + [1] * len(head)
        places = [NO_SENTENCE] * len(ids)
        offsets = [(0, 0)] * len(ids)
        for number, sentence in enumerate(sentences):
            kept = sentence.ids[:SENTENCE_TOKENS]
            ids += kept
            places += [number] * len(kept)
            offsets += sentence.offsets[:SENTENCE_TOKENS]
        types += [1] * (len(ids) + 1 - len(types))
        return Packed([*ids, self._sep], types, [*places, NO_SENTENCE], [*offsets, (0, 0)])


def collate(windows: Sequence[Packed]) -> Batch:
    """Pad packed windows to one length."""
    longest = max(len(window.ids) for window in windows)

    def padded(rows: list[list[int]], value: int) -> Tensor:
        return torch.tensor([row + [value] * (longest - len(row)) for row in rows])

    return Batch(
        ids=padded([w.ids for w in windows], 0),
        types=padded([w.types for w in windows], 0),
        mask=padded([[1] * len(w.ids) for w in windows], 0),
        sentence=padded([w.sentence for w in windows], NO_SENTENCE),
    )


class EvidenceNetwork(nn.Module):
    """The encoder with its heads.

    Args:
        encoder: A BERT encoder without its pooling layer.
    """

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.span = nn.Linear(width, 2)
        self.attention = nn.Linear(width, 1)
        self.sentence = nn.Sequential(
            nn.Linear(3 * width, _HIDDEN), nn.GELU(), nn.Linear(_HIDDEN, 1)
        )
        self.answer = nn.Sequential(nn.Linear(width, _HIDDEN), nn.GELU(), nn.Linear(_HIDDEN, 1))
        # How much the span counts for a sentence, and span and best sentence for the window.
        self.mix = nn.Parameter(torch.tensor([0.3, 0.3, 0.3]))

    def forward(self, batch: Batch) -> Scores:
        """Score every sentence of every window."""
        hidden = self.encoder(
            input_ids=batch.ids, token_type_ids=batch.types, attention_mask=batch.mask
        ).last_hidden_state
        # In 16 bits sentences would tie: a logit of 5 has neighbours .03 away.
        with torch.autocast("cpu", enabled=False):
            return self.heads(hidden.float(), batch.sentence)

    def heads(self, hidden: Tensor, sentence: Tensor) -> Scores:
        """From token states to scores; always in 32 bits."""
        outside = sentence.eq(NO_SENTENCE)
        outside[:, 0] = False
        start, end = self.span(hidden).masked_fill(outside.unsqueeze(-1), _NEVER).unbind(-1)
        count = int(sentence.max()) + 1
        member = sentence.unsqueeze(1).eq(torch.arange(count).view(1, -1, 1))
        margin = _log_sum(start, member) + _log_sum(end, member) - (start[:, :1] + end[:, :1])
        logits = self.sentence(self._pooled(hidden, member)).squeeze(-1) + self.mix[0] * margin
        absent = ~member.any(-1)
        logits = logits.masked_fill(absent, _NEVER)
        best = margin.masked_fill(absent, _NEVER).amax(-1)
        answer = (
            self.answer(hidden[:, 0]).squeeze(-1)
            + self.mix[1] * best
            + self.mix[2] * logits.logsumexp(-1)
        )
        return Scores(start, end, logits, answer)

    def _pooled(self, hidden: Tensor, member: Tensor) -> Tensor:
        """Per sentence: the tokens that matter, all tokens' mean, and the window's first state."""
        weights = self.attention(hidden).squeeze(-1).unsqueeze(1)
        weights = weights.masked_fill(~member, _NEVER).softmax(-1)
        even = member.float() / member.sum(-1, keepdim=True).clamp(min=1)
        first = hidden[:, :1].expand(-1, member.size(1), -1)
        return torch.cat([weights @ hidden, even @ hidden, first], -1)


def _log_sum(logits: Tensor, member: Tensor) -> Tensor:
    return logits.unsqueeze(1).masked_fill(~member, _NEVER).logsumexp(-1)
