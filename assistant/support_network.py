"""The support network: reads a claim with the text that is said to bear it.

One encoder over both, so that every word of the claim sees every word of the text. A claim is
borne only if each of its words is: a logit a word, the weakest of which counts, stands beside the
logit of the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn
from transformers import BertModel

_NEVER = -1e4
_HIDDEN = 128


@dataclass(frozen=True, slots=True)
class PackedPair:
    """A claim and a text as tokens.

    Attributes:
        ids: `[CLS] claim [SEP] text [SEP]`.
        claim: How many tokens the claim has; they are `ids[1 : claim + 1]`.
    """

    ids: list[int]
    claim: int


class PairBatch(NamedTuple):
    """Packed pairs, padded to the longest.

    Attributes:
        ids: pairs x tokens.
        types: 0 for the claim, 1 for the text.
        mask: 1 for tokens, 0 for padding.
        claim: Whether a token is one of the claim's own.
    """

    ids: Tensor
    types: Tensor
    mask: Tensor
    claim: Tensor


class SupportLogits(NamedTuple):
    """What the network says of a batch.

    Attributes:
        words: pairs x tokens: that this token of the claim is borne; elsewhere without meaning.
        pair: That the text bears the claim.
    """

    words: Tensor
    pair: Tensor


class PairPacker:
    """Claims and texts to tokens."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._cls, self._sep = tokenizer.encode("").ids

    def encode(self, texts: Sequence[str]) -> list[Encoding]:
        """Each text's tokens, nothing added."""
        return list(self._tokenizer.encode_batch(list(texts), add_special_tokens=False))

    def pack(self, claim: Sequence[int], text: Sequence[int]) -> PackedPair:
        """Put a pair together; nothing is cut."""
        return PackedPair([self._cls, *claim, self._sep, *text, self._sep], len(claim))


def collate_pairs(pairs: Sequence[PackedPair]) -> PairBatch:
    """Pad packed pairs to one length."""
    longest = max(len(pair.ids) for pair in pairs)
    at = torch.arange(longest)
    sizes = torch.tensor([len(pair.ids) for pair in pairs]).unsqueeze(1)
    claims = torch.tensor([pair.claim for pair in pairs]).unsqueeze(1)
    mask = at < sizes
    return PairBatch(
        ids=torch.tensor([pair.ids + [0] * (longest - len(pair.ids)) for pair in pairs]),
        types=((at > claims + 1) & mask).long(),
        mask=mask.long(),
        claim=(at >= 1) & (at <= claims),
    )


class SupportNetwork(nn.Module):
    """The encoder with its heads.

    Args:
        encoder: A BERT encoder without its pooling layer.
    """

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.word = nn.Linear(width, 1)
        self.whole = nn.Sequential(nn.Linear(2 * width, _HIDDEN), nn.GELU(), nn.Linear(_HIDDEN, 1))
        self.mix = nn.Parameter(torch.tensor([0.5]))  # how much the weakest word counts

    def forward(self, batch: PairBatch) -> SupportLogits:
        """Score every pair."""
        hidden = self.encoder(
            input_ids=batch.ids, token_type_ids=batch.types, attention_mask=batch.mask
        ).last_hidden_state
        # In 16 bits pairs would tie: a logit of 5 has neighbours .03 away.
        with torch.autocast("cpu", enabled=False):
            return self.heads(hidden.float(), batch.claim)

    def heads(self, hidden: Tensor, claim: Tensor) -> SupportLogits:
        """From token states to logits; always in 32 bits."""
        words = self.word(hidden).squeeze(-1)
        weakest = -(-words).masked_fill(~claim, _NEVER).logsumexp(-1)
        share = claim.float() / claim.sum(-1, keepdim=True).clamp(min=1)
        mean = (share.unsqueeze(1) @ hidden).squeeze(1)
        whole = self.whole(torch.cat([hidden[:, 0], mean], -1)).squeeze(-1)
        return SupportLogits(words, whole + self.mix * weakest)
