"""From a checkpoint to what ships: `python -m evals.training.support_export --checkpoint FILE`.

As `export.py` does it for the ranker: differences from the base in `--rank` dimensions, then the
shipped form is calibrated on held-out pairs.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer

from assistant.encoder import open_trained
from assistant.support import WEIGHTS
from assistant.support_network import SupportNetwork
from evals.training.export import adapter_of, write
from evals.training.support import held_pairs
from evals.training.support_parts import HeldPairs
from index.embedding import embedded_directory

HELD = 700


def fitted(held: HeldPairs, logits: Sequence[float]) -> dict[str, float]:
    """The calibration: Platt, "Probabilistic outputs for support vector machines", 1999.

    Pairs that are supported and pairs that are not count the same in all, and so do written
    claims and all other pairs: neither share is that of the product.
    """
    labels = [item.pair.supported for item in held.items]
    is_claim = [item.pair.kind.startswith("claims") for item in held.items]
    cells = list(zip(labels, is_claim, strict=True))
    weights = [1 / cells.count(cell) for cell in cells]
    signs = [[logit] for logit in logits]
    model = LogisticRegression(C=1e4).fit(signs, labels, sample_weight=weights)
    return {
        "scale": round(float(model.coef_[0, 0]), 4),
        "bias": round(float(model.intercept_[0]), 4),
    }


def main() -> None:
    """Factor, calibrate, write."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.training.support_export", description=__doc__
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--rank", type=int, default=88)
    parser.add_argument("--seed", type=int, default=13)
    arguments = parser.parse_args()
    base = load_file(embedded_directory() / "model.safetensors")
    adapter = adapter_of(torch.load(arguments.checkpoint), base, arguments.rank)
    neutral = {"scale": 1.0, "bias": 0.0}
    write(arguments.out, adapter, {"rank": arguments.rank, "calibration": neutral})
    network, _ = open_trained(SupportNetwork, embedded_directory(), arguments.out)
    tokenizer = Tokenizer.from_file(str(embedded_directory() / "tokenizer.json"))
    held = held_pairs(arguments.data, tokenizer, arguments.seed, HELD)
    logits = held.logits(network)
    card = {
        "rank": arguments.rank,
        "calibration": fitted(held, logits),
        "held_out": held.figures(logits),
    }
    write(arguments.out, adapter, card)
    print(json.dumps(card, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
