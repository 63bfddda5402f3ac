"""Train the evidence ranker: `python -m evals.training.train --data DIR --out DIR --minutes N`.

The learning rate follows the clock, not the step: a run takes the minutes it was given, on
whatever machine. Checkpoints of the averaged weights are written on the way.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections.abc import Callable, Iterator
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
from index.embedding import SentenceTransformerEmbedder, embedded_directory

AVERAGE = 0.998  # of the weights, step by step; the average generalises better than the last
HEAD_RATE = 5.0  # the heads start from nothing and learn so many times faster
CHECKPOINT_MINUTES = 10.0


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
    _log(out, {"ready": True, "held": len(held.examples), **_counts(data)})
    _Run(network, out, arguments).go(batches.of(data.draw()), held)


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


class _Run:
    """The loop: rate by the clock, averaged weights, checkpoints."""

    def __init__(self, network: EvidenceNetwork, out: Path, arguments: argparse.Namespace) -> None:
        self._network, self._out, self._arguments = network, out, arguments
        heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
        body = [p for p in network.encoder.parameters() if p.requires_grad]
        self._rates = (arguments.rate, arguments.rate * HEAD_RATE)
        self._optimizer = torch.optim.AdamW(
            [{"params": body}, {"params": heads}], lr=0.0, weight_decay=0.01, fused=True
        )
        self._average = {n: p.detach().clone() for n, p in self._trained()}

    def _trained(self) -> list[tuple[str, torch.nn.Parameter]]:
        return [(n, p) for n, p in self._network.named_parameters() if p.requires_grad]

    def go(self, batches: Iterator[tuple[list[Example], list[Packed]]], held: Held) -> None:
        """Train until the minutes are over."""
        total = self._arguments.minutes * 60
        begun = last_save = last_log = time.monotonic()
        step = seen = tokens = 0
        running = 0.0
        for examples, packed in batches:
            now = time.monotonic()
            part = (now - begun) / total
            if part >= 1:
                break
            self._set_rate(part, step)
            running = 0.98 * running + 0.02 * self._step(examples, packed, step)
            step, seen = step + 1, seen + len(examples)
            tokens += sum(len(p.ids) for p in packed)
            if now - last_log > 60:
                last_log = now
                rate = tokens / (now - begun)
                _log(self._out, {"minute": (now - begun) / 60, "step": step, "seen": seen,
                                 "loss": running / (1 - 0.98**step), "tokens/s": rate})  # fmt: skip
            if now - last_save > CHECKPOINT_MINUTES * 60:
                self._save(held, step)
                last_save = time.monotonic()
                begun += last_save - now
        self._save(held, step)

    def _set_rate(self, part: float, step: int) -> None:
        warm = min(1.0, (step + 1) / self._arguments.warm)
        # Flat, then down to nothing over the last part: checkpoints before it lose little.
        decay = min(1.0, (1 - part) / self._arguments.decay)
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
            group["lr"] = rate * warm * max(decay, 0.02)

    def _step(self, examples: list[Example], packed: list[Packed], step: int) -> float:
        batch = collate(packed)
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self._network.encoder(
                input_ids=batch.ids, token_type_ids=batch.types, attention_mask=batch.mask
            ).last_hidden_state
        loss = loss_of(self._network.heads(hidden.float(), batch.sentence), batch, examples, packed)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_((p for _, p in self._trained()), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad()
        keep = min(AVERAGE, (step + 1) / (step + 10))
        with torch.no_grad():
            for name, parameter in self._trained():
                self._average[name].lerp_(parameter, 1 - keep)
        return loss.item()

    def _save(self, held: Held, step: int) -> None:
        """Write the averaged weights and what they score."""
        current = {n: p.detach().clone() for n, p in self._trained()}
        self._load(self._average)
        torch.save(self._network.state_dict(), self._out / "network.pt")
        torch.save(self._network.state_dict(), self._out / f"network-{step}.pt")
        _log(self._out, {"step": step, **held.figures(self._network)})
        self._load(current)

    def _load(self, weights: dict[str, Tensor]) -> None:
        with torch.no_grad():
            for name, parameter in self._trained():
                parameter.copy_(weights[name])


def _log(out: Path, facts: dict[str, float]) -> None:
    rounded = {k: round(v, 4) if isinstance(v, float) else v for k, v in facts.items()}
    line = json.dumps(rounded)
    print(line, flush=True)  # noqa: T201
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(line + "\n")


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
