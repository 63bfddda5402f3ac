"""Train support: `python -m evals.training.support --data DIR --out DIR --minutes N`.

The encoder goes on from the evidence ranker's, which already compares one text with another; the
heads are new. The rate follows the clock: `run.py`.
"""

from __future__ import annotations

import argparse
import random
from itertools import islice
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from assistant.encoder import open_trained
from assistant.ranker import WEIGHTS as RANKER
from assistant.ranker_network import EvidenceNetwork
from assistant.support_network import PackedPair, PairPacker, SupportNetwork, collate_pairs
from evals.training.pairs import SupportPairs
from evals.training.run import Pace, Run
from evals.training.support_parts import HeldPairs, Labelled, batches, loss_of
from evals.training.train import open_network, static_vectors
from index.embedding import embedded_directory

FROZEN_LAYERS = 3  # the lowest; a step takes a third less time without them
HELD = 300
WARM = 40  # steps


def support_network() -> SupportNetwork:
    """The ranker's encoder with fresh heads; its vectors and lowest layers stay as they are."""
    ranker, _ = open_trained(EvidenceNetwork, embedded_directory(), RANKER)
    encoder = ranker.encoder
    encoder.embeddings.requires_grad_(False)
    for layer in encoder.encoder.layer[:FROZEN_LAYERS]:
        layer.requires_grad_(False)
    for module in encoder.modules():
        # Attention without dropout has a fused kernel.
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    return SupportNetwork(encoder)


def held_pairs(data: Path, tokenizer: Tokenizer, seed: int, drawn: int) -> HeldPairs:
    """The held-out pairs: every written claim once, and the others of so many drawn."""
    vectors = static_vectors(open_network(), tokenizer)
    pairs = SupportPairs(data, vectors, seed, held_out=True)
    others = [pair for pair in islice(pairs.draw(), drawn) if not pair.kind.startswith("claims")]
    return HeldPairs([*pairs.of_claims(), *others], PairPacker(tokenizer))


def train(arguments: argparse.Namespace) -> None:
    """One run, from data to checkpoint."""
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    network = support_network()
    if arguments.start:
        network.load_state_dict(torch.load(arguments.start))
    tokenizer = Tokenizer.from_file(str(embedded_directory() / "tokenizer.json"))
    packer = PairPacker(tokenizer)
    held = held_pairs(arguments.data, tokenizer, arguments.seed, HELD)
    vectors = static_vectors(open_network(), tokenizer)
    pairs = SupportPairs(arguments.data, vectors, arguments.seed)

    def loss(items: list[Labelled], packed: list[PackedPair]) -> Tensor:
        batch = collate_pairs(packed)
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(batch)
        return loss_of(logits, items)

    run = Run(network, out, Pace(arguments.minutes, arguments.rate, arguments.decay, WARM))
    run.log({"ready": True, "held": len(held.items)})
    drawn = batches(pairs.draw(), packer, random.Random(arguments.seed))
    run.go(drawn, loss, lambda: held.figures(held.logits(network)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.training.support", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, required=True, help="where checkpoints go")
    parser.add_argument("--minutes", type=float, default=22.0)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--decay", type=float, default=0.5, help="last part in which rate falls")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    return parser


if __name__ == "__main__":
    train(_parser().parse_args())
