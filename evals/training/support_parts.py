"""What the support network is trained to do, and how well it does it on what is held out."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor

from assistant.support import CLAIM_TOKENS, PAIR_TOKENS
from assistant.support_network import (
    PackedPair,
    PairPacker,
    SupportLogits,
    SupportNetwork,
    collate_pairs,
)
from evals.training.pairs import Pair

TOKENS = 1_800  # of a batch with its padding: some twenty pairs
POOL = 600  # pairs sorted by length before they are cut into batches
WORDS_COUNT = 0.5  # how much the words' loss counts beside the pair's
SMOOTH = 0.03  # no label is quite sure: some are wrong


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair and its tokens.

    Attributes:
        pair: The pair.
        packed: Its tokens.
        borne: For each token of the claim 1 if it is borne and 0 if not; empty where not known.
    """

    pair: Pair
    packed: PackedPair
    borne: tuple[int, ...]


def labelled(pairs: Sequence[Pair], packer: PairPacker) -> list[Labelled]:
    """Pairs that fit, as tokens."""
    claims = packer.encode([pair.claim for pair in pairs])
    premises = packer.encode([pair.premise for pair in pairs])
    found = []
    for pair, claim, premise in zip(pairs, claims, premises, strict=True):
        if len(claim.ids) > CLAIM_TOKENS or len(claim.ids) + len(premise.ids) + 3 > PAIR_TOKENS:
            continue
        packed = packer.pack(claim.ids, premise.ids)
        found.append(Labelled(pair, packed, _borne(pair, claim.offsets)))
    return found


def _borne(pair: Pair, offsets: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    if pair.supported:
        return (1,) * len(offsets)
    begin = pair.claim.find(pair.changed) if pair.changed else -1
    if begin < 0:
        return ()
    stop = begin + len(pair.changed)
    return tuple(int(not (a < stop and b > begin)) for a, b in offsets)


def batches(
    pairs: Iterator[Pair], packer: PairPacker, rng: random.Random
) -> Iterator[tuple[list[Labelled], list[PackedPair]]]:
    """Batches of like length, in random order within a pool."""
    while pool := labelled(list(islice(pairs, POOL)), packer):
        pool.sort(key=lambda item: len(item.packed.ids))
        made = []
        while pool:
            count = max(1, min(len(pool), TOKENS // len(pool[-1].packed.ids)))
            made.append(pool[-count:])
            del pool[-count:]
        rng.shuffle(made)
        for batch in made:
            yield batch, [item.packed for item in batch]


def loss_of(logits: SupportLogits, batch: Sequence[Labelled]) -> Tensor:
    """The pair's loss, and its words' where it is known which of them are borne."""
    labels = torch.tensor([float(item.pair.supported) for item in batch])
    whole = torch.nn.functional.binary_cross_entropy_with_logits(
        logits.pair, labels * (1 - 2 * SMOOTH) + SMOOTH
    )
    rows = [n for n, item in enumerate(batch) if item.borne]
    if not rows:
        return whole
    said = torch.cat([logits.words[n, 1 : len(batch[n].borne) + 1] for n in rows])
    true = torch.tensor([float(b) for n in rows for b in batch[n].borne])
    # The few words that are not borne count as much as the many that are.
    weight = torch.where(true.bool(), 1.0, 6.0)
    words = torch.nn.functional.binary_cross_entropy_with_logits(said, true, weight)
    return whole + WORDS_COUNT * words


class HeldPairs:
    """Held-out pairs, fixed, and the figures on them.

    Args:
        pairs: The pairs.
        packer: Turns them into tokens.
    """

    def __init__(self, pairs: Sequence[Pair], packer: PairPacker) -> None:
        self.items = sorted(labelled(pairs, packer), key=lambda item: len(item.packed.ids))

    def logits(self, network: SupportNetwork) -> list[float]:
        """Every item's logit."""
        network.eval()
        found: list[float] = []
        for at in range(0, len(self.items), 24):
            batch = collate_pairs([item.packed for item in self.items[at : at + 24]])
            with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
                found += network(batch).pair.tolist()
        network.train()
        return found

    def figures(self, logits: Sequence[float]) -> dict[str, float]:
        """How well pairs that are supported stand above the others, in all and by kind."""
        by_kind: dict[str, list[tuple[bool, float]]] = defaultdict(list)
        for item, logit in zip(self.items, logits, strict=True):
            one = (item.pair.supported, logit)
            for kind in {"all", item.pair.kind, item.pair.kind.split()[0]}:
                by_kind[kind].append(one)
        figures = {}
        good = [one for one in by_kind["all"] if one[0]]
        written = [one for one in by_kind["claims"] if one[0]]
        for kind, found in sorted(by_kind.items()):
            labels = {label for label, _ in found}
            if len(found) < 10:
                continue
            if labels == {False}:
                found = found + (written if kind.startswith("claims") and written else good)
            elif labels == {True}:
                continue
            figures[f"auroc {kind}"] = float(
                roc_auc_score([label for label, _ in found], [logit for _, logit in found])
            )
        return figures
