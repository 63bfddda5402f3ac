"""From a checkpoint to what ships: `python -m evals.training.export --checkpoint FILE --data DIR`.

Other checkpoints can be averaged in first (`--average FILE SHARE`, once for each). Each trained
matrix's difference from the base is kept in `--rank` dimensions, 16 bits a number; vectors and
heads are kept whole. The shipped form, not the checkpoint, is then calibrated on
held-out examples.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer
from torch import Tensor

from assistant.encoder import ADAPTER, CARD, DOWN, UP
from assistant.ranker import WEIGHTS, LearnedRanker
from assistant.ranker_network import Packer
from evals.training.batching import Batches
from evals.training.evidence import TrainingEvidence
from evals.training.held import Held
from evals.training.train import embedding, open_network, static_vectors
from index.embedding import embedded_directory


def factored(difference: Tensor, rank: int) -> tuple[Tensor, Tensor]:
    """The best two factors of a difference, of `rank` columns and rows, alike in size."""
    left, sizes, right = torch.linalg.svd(difference.float(), full_matrices=False)
    root = sizes[:rank].sqrt()
    up = left[:, :rank] * root
    down = root.unsqueeze(1) * right[:rank]
    return up.half().contiguous(), down.half().contiguous()


def averaged(
    one: dict[str, Tensor], others: Sequence[tuple[dict[str, Tensor], float]]
) -> dict[str, Tensor]:
    """Checkpoints of one line of training, weight by weight; what the others leave is the first's.

    Wortsman et al., "Model soups: averaging weights of multiple fine-tuned models improves
    accuracy without increasing inference time", ICML 2022.
    """
    return {
        # What none has changed stays as it is, without rounding.
        name: value
        if all(torch.equal(value, other[name]) for other, _ in others)
        else value * (1 - sum(share for _, share in others))
        + sum((other[name] * share for other, share in others), torch.zeros_like(value))
        for name, value in one.items()
    }


def adapter_of(trained: dict[str, Tensor], base: dict[str, Tensor], rank: int) -> dict[str, Tensor]:
    """What was learned, in the form that ships."""
    found: dict[str, Tensor] = {}
    for name, value in trained.items():
        before = base.get(name.removeprefix("encoder."))
        if before is None:
            found[name] = value.half() if value.dim() > 1 else value.float()
        elif torch.equal(before, value):
            continue
        elif value.dim() > 1 and min(value.shape) > 2 * rank:
            found[name + UP], found[name + DOWN] = factored(value - before, rank)
        else:
            found[name] = value.float()
    return {name: value.contiguous() for name, value in found.items()}


def write(out: Path, adapter: dict[str, Tensor], card: dict[str, object]) -> None:
    """The adapter, and its card with its checksum."""
    out.mkdir(parents=True, exist_ok=True)
    content = save(adapter)
    (out / ADAPTER).write_bytes(content)
    whole = {"sha256": hashlib.sha256(content).hexdigest(), **card}
    (out / CARD).write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


def fitted(held: Held, ranker: LearnedRanker) -> tuple[dict[str, float], dict[str, float]]:
    """The calibration, and the figures of the shipped form on the held-out examples."""
    sentences, answers = held.scores(ranker.network)
    features = np.array([[a, max(s)] for a, s in zip(answers, sentences, strict=True)])
    labels = np.array([bool(example.gold) for example in held.examples])
    model = LogisticRegression().fit(features, labels)
    weights = {
        "answer": round(float(model.coef_[0, 0]), 4),
        "sentence": round(float(model.coef_[0, 1]), 4),
        "bias": round(float(model.intercept_[0]), 4),
    }
    return weights, held.figures(ranker.network)


def main() -> None:
    """Factor, calibrate, write."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.export", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training sets")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument(
        "--average", nargs=2, action="append", default=[], metavar=("FILE", "SHARE"),
        help="a checkpoint to average in, and how much it counts; can be given again",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--rank", type=int, default=64)
    parser.add_argument("--held", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    base = load_file(embedded_directory() / "model.safetensors")
    trained = torch.load(arguments.checkpoint)
    others = [(torch.load(file), float(share)) for file, share in arguments.average]
    trained = averaged(trained, others)
    adapter = adapter_of(trained, base, arguments.rank)
    neutral = {"answer": 1.0, "sentence": 0.0, "bias": 0.0}
    write(arguments.out, adapter, {"rank": arguments.rank, "calibration": neutral})
    ranker = LearnedRanker.open(embedded_directory(), arguments.out)
    tokenizer = Tokenizer.from_file(str(embedded_directory() / "tokenizer.json"))
    vectors = static_vectors(open_network(), tokenizer)
    data = TrainingEvidence(
        arguments.data, embedding(arguments.checkpoint.parent), vectors, arguments.seed,
        held_out=True,
    )  # fmt: skip
    batches = Batches(Packer(tokenizer), random.Random(arguments.seed))
    held = Held(list(islice(data.draw(), arguments.held)), batches)
    weights, figures = fitted(held, ranker)
    card = {"rank": arguments.rank, "calibration": weights, "held_out": figures}
    write(arguments.out, adapter, card)
    print(json.dumps(card, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
