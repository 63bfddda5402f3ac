"""Train the evidence ranker: `python -m evals.training.train --data DIR --out DIR --minutes N`.

The learning rate follows the clock, and checkpoints of the averaged weights are written on the
way: `run.py`.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Callable
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertModel
from transformers.utils import logging as transformers_logging

from assistant.ranker_network import EvidenceNetwork, Packed, Packer, collate
from evals.training.articles import Vectors2D
from evals.training.batching import Batches
from evals.training.evidence import TrainingEvidence
from evals.training.examples import Example
from evals.training.held import Held
from evals.training.losses import loss_of
from evals.training.near_misses import Vector, Vectors
from evals.training.run import Pace, Run
from index.embedding import SentenceTransformerEmbedder, embedded_directory


def open_network(dropout: float = 0.0) -> EvidenceNetwork:
    """The base encoder with fresh heads; its word and position vectors stay as they are."""
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    encoder = BertModel.from_pretrained(
        embedded_directory(),
        add_pooling_layer=False,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=0.0,
    )
    encoder.embeddings.word_embeddings.requires_grad_(False)
    encoder.embeddings.position_embeddings.requires_grad_(False)
    return EvidenceNetwork(encoder)


def static_vectors(network: EvidenceNetwork, tokenizer: Tokenizer) -> Vectors:
    """Words' vectors before any layer: near for words of a kind."""
    tokenizer.no_padding()
    tokenizer.no_truncation()
    table = network.encoder.embeddings.word_embeddings.weight.detach().numpy()
    centre = table.mean(0)

    @cache
    def vector(text: str) -> Vector:
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        found = (table[ids] - centre).mean(0)
        unit: Vector = (found / (np.linalg.norm(found) + 1e-9)).astype(np.float32)
        return unit

    return vector


def train(arguments: argparse.Namespace) -> None:
    """One run, from data to checkpoint."""
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    network = open_network(arguments.dropout)
    if arguments.start:
        network.load_state_dict(torch.load(arguments.start))
    tokenizer = Tokenizer.from_file(str(embedded_directory() / "tokenizer.json"))
    batches = Batches(Packer(tokenizer), random.Random(arguments.seed))
    vectors = static_vectors(open_network(), tokenizer)
    embed = embedding(out)
    held_data = TrainingEvidence(arguments.data, embed, vectors, arguments.seed, held_out=True)
    held = Held(list(islice(held_data.draw(), arguments.held)), batches)
    data = TrainingEvidence(arguments.data, embed, vectors, arguments.seed)

    def loss(examples: list[Example], packed: list[Packed]) -> Tensor:
        batch = collate(packed)
        with torch.autocast("cpu", torch.bfloat16):
            hidden = network.encoder(
                input_ids=batch.ids, token_type_ids=batch.types, attention_mask=batch.mask
            ).last_hidden_state
        return loss_of(network.heads(hidden.float(), batch.sentence), batch, examples, packed)

    pace = Pace(arguments.minutes, arguments.rate, arguments.decay, arguments.warm)
    run = Run(network, out, pace)
    run.log({"ready": True, "held": len(held.examples), **_counts(data)})
    run.go(batches.of(data.draw()), loss, lambda: held.figures(network))


def _counts(data: TrainingEvidence) -> dict[str, int]:
    return {"asked": len(data.squad.asked), "paragraphs": len(data.squad.paragraphs)}


def embedding(out: Path) -> Callable[[list[str]], Vectors2D]:
    """The base model's vectors of texts, kept between runs in `out`."""
    opened: list[SentenceTransformerEmbedder] = []

    def embed(texts: list[str]) -> Vectors2D:
        name = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
        kept = out.parent / f"vectors-{name}.npy"
        if kept.is_file():
            loaded: npt.NDArray[np.float32] = np.load(kept)
            return loaded
        if not opened:
            opened.append(SentenceTransformerEmbedder.open())
        with torch.autocast("cpu", torch.bfloat16):
            made = opened[0].embed(texts)
        np.save(kept, made)
        return made

    return embed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.training.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training sets")
    parser.add_argument("--out", type=Path, required=True, help="where checkpoints go")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--decay", type=float, default=0.5, help="last part in which rate falls")
    parser.add_argument("--warm", type=int, default=150, help="steps of warming up")
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--held", type=int, default=1200)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    return parser


if __name__ == "__main__":
    train(_parser().parse_args())
