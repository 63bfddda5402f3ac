"""Figures on examples that are kept from training."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from assistant.ranker_network import EvidenceNetwork, collate
from evals.training.batching import Batches
from evals.training.examples import Example


class Held:
    """Held-out examples, fixed, and the figures on them."""

    def __init__(self, examples: list[Example], batches: Batches) -> None:
        self.examples = examples
        order = sorted(range(len(examples)), key=lambda n: len(batches.packed(examples[n]).ids))
        self._order = order
        self._packed = [batches.packed(examples[n]) for n in order]

    def scores(self, network: EvidenceNetwork) -> tuple[list[list[float]], list[float]]:
        """Every example's sentence logits and answer logit."""
        sentences: list[list[float]] = [[] for _ in self.examples]
        answers = [0.0] * len(self.examples)
        network.eval()
        for at in range(0, len(self._packed), 16):
            batch = collate(self._packed[at : at + 16])
            with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
                scores = network(batch)
            for row, number in enumerate(self._order[at : at + 16]):
                count = len(self.examples[number].sentences)
                sentences[number] = scores.sentences[row, :count].tolist()
                answers[number] = float(scores.answer[row])
        network.train()
        return sentences, answers

    def figures(self, network: EvidenceNetwork) -> dict[str, float]:
        """First sentence right, and how well answerable ones stand above each kind of miss."""
        sentences, answers = self.scores(network)
        right: list[float] = []
        by_kind: dict[str, list[float]] = defaultdict(list)
        good = []
        for example, logits, answer in zip(self.examples, sentences, answers, strict=True):
            if example.gold:
                right.append(float(int(np.argmax(logits)) in example.gold))
                good.append(answer)
            else:
                by_kind[example.kind].append(answer)
        found = {"first": float(np.mean(right))}
        bad = [score for scores in by_kind.values() for score in scores]
        found["auroc"] = _auroc(good, bad)
        for kind, scores in sorted(by_kind.items()):
            if len(scores) >= 10:
                found[f"auroc {kind}"] = _auroc(good, scores)
        return found


def _auroc(good: list[float], bad: list[float]) -> float:
    return float(roc_auc_score([1] * len(good) + [0] * len(bad), good + bad))
