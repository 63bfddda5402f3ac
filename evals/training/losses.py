"""What the evidence ranker is trained to do."""

from __future__ import annotations

import torch
from torch import Tensor

from assistant.ranker_network import Batch, Packed, Scores
from evals.training.examples import Example


def loss_of(scores: Scores, batch: Batch, examples: list[Example], packed: list[Packed]) -> Tensor:
    """Span, choice among sentences, each sentence alone, and the window: added up."""
    count = scores.sentences.size(1)
    gold = torch.zeros(len(examples), count + 1)
    for row, example in enumerate(examples):
        if not example.gold:
            gold[row, 0] = 1
        for sentence in example.gold:
            gold[row, sentence + 1] = 1
    null = torch.zeros(len(examples), 1)
    choice = _marginal(torch.cat([null, scores.sentences], 1), gold)
    present = scores.sentences > -5_000
    alone = torch.nn.functional.binary_cross_entropy_with_logits(
        scores.sentences[present], gold[:, 1:][present]
    )
    answerable = 1 - gold[:, 0]
    whole = torch.nn.functional.binary_cross_entropy_with_logits(scores.answer, answerable)
    return _span_loss(scores, examples, packed) + choice.mean() + alone + whole


def _span_loss(scores: Scores, examples: list[Example], packed: list[Packed]) -> Tensor:
    starts, ends = torch.zeros_like(scores.start), torch.zeros_like(scores.end)
    known = []
    for row, (example, tokens) in enumerate(zip(examples, packed, strict=True)):
        if not example.gold:
            starts[row, 0] = ends[row, 0] = 1
            known.append(row)
            continue
        for sentence, begin, stop in example.spans:
            inside = [
                place
                for place, (number, (a, b)) in enumerate(
                    zip(tokens.sentence, tokens.offsets, strict=True)
                )
                if number == sentence and a < stop and b > begin
            ]
            if inside:
                starts[row, inside[0]] = ends[row, inside[-1]] = 1
        if starts[row].any():
            known.append(row)
    if not known:
        return torch.zeros(())
    both = _marginal(scores.start[known], starts[known]) + _marginal(scores.end[known], ends[known])
    return both.mean() / 2


def _marginal(logits: Tensor, gold: Tensor) -> Tensor:
    """Minus the log of the probability that all the right choices have together."""
    right = logits.masked_fill(gold.eq(0), -1e4).logsumexp(-1)
    return logits.logsumexp(-1) - right
