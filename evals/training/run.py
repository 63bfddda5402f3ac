"""A training run: the rate by the clock, averaged weights, checkpoints.

The learning rate follows the clock, not the step: a run takes the minutes it was given, on
whatever machine. Checkpoints of the averaged weights are written on the way.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import torch
from torch import Tensor, nn

AVERAGE = 0.998  # of the weights, step by step; the average generalises better than the last
HEAD_RATE = 5.0  # the heads start from nothing and learn so many times faster
CHECKPOINT_MINUTES = 10.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How long, and how fast.

    Attributes:
        minutes: Of the whole run.
        rate: Of the encoder; the heads' is HEAD_RATE times that.
        decay: The last part of the time, in which the rate falls to nothing.
        warm: Steps of warming up.
    """

    minutes: float
    rate: float
    decay: float
    warm: int


class Tokens(Protocol):
    """Whatever has been turned into tokens."""

    @property
    def ids(self) -> list[int]:
        """Its tokens."""


E = TypeVar("E")
P = TypeVar("P", bound=Tokens)


class Run:
    """The loop.

    Args:
        network: Has the base model's encoder as `encoder`; the rest are its heads.
        out: Where checkpoints and the log go.
        pace: How long, and how fast.
    """

    def __init__(self, network: nn.Module, out: Path, pace: Pace) -> None:
        self._network, self._out, self._pace = network, out, pace
        heads = [p for n, p in self._trained() if not n.startswith("encoder.")]
        body = [p for n, p in self._trained() if n.startswith("encoder.")]
        self._rates = (pace.rate, pace.rate * HEAD_RATE)
        self._optimizer = torch.optim.AdamW(
            [{"params": body}, {"params": heads}], lr=0.0, weight_decay=0.01, fused=True
        )
        self._average = {n: p.detach().clone() for n, p in self._trained()}

    def _trained(self) -> list[tuple[str, nn.Parameter]]:
        return [(n, p) for n, p in self._network.named_parameters() if p.requires_grad]

    def go(
        self,
        batches: Iterator[tuple[list[E], list[P]]],
        loss: Callable[[list[E], list[P]], Tensor],
        figures: Callable[[], Mapping[str, float]],
    ) -> None:
        """Train until the minutes are over.

        Args:
            batches: Examples and their tokens, without end.
            loss: Of a batch.
            figures: What the network scores on what is held out.
        """
        total = self._pace.minutes * 60
        begun = last_save = last_log = time.monotonic()
        step = seen = tokens = 0
        running = 0.0
        for examples, packed in batches:
            now = time.monotonic()
            part = (now - begun) / total
            if part >= 1:
                break
            self._set_rate(part, step)
            running = 0.98 * running + 0.02 * self._step(loss(examples, packed), step)
            step, seen = step + 1, seen + len(examples)
            tokens += sum(len(p.ids) for p in packed)
            if now - last_log > 60:
                last_log = now
                rate = tokens / (now - begun)
                self.log({"minute": (now - begun) / 60, "step": step, "seen": seen,
                          "loss": running / (1 - 0.98**step), "tokens/s": rate})  # fmt: skip
            if now - last_save > CHECKPOINT_MINUTES * 60:
                self._save(figures, step)
                last_save = time.monotonic()
                begun += last_save - now
        self._save(figures, step)

    def log(self, facts: Mapping[str, float]) -> None:
        """Print facts, and keep them."""
        rounded = {k: round(v, 4) if isinstance(v, float) else v for k, v in facts.items()}
        line = json.dumps(rounded)
        print(line, flush=True)  # noqa: T201
        with (self._out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(line + "\n")

    def _set_rate(self, part: float, step: int) -> None:
        warm = min(1.0, (step + 1) / self._pace.warm)
        # Flat, then down to nothing over the last part: checkpoints before it lose little.
        decay = min(1.0, (1 - part) / self._pace.decay)
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
            group["lr"] = rate * warm * max(decay, 0.02)

    def _step(self, loss: Tensor, step: int) -> float:
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_((p for _, p in self._trained()), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad()
        keep = min(AVERAGE, (step + 1) / (step + 10))
        with torch.no_grad():
            for name, parameter in self._trained():
                self._average[name].lerp_(parameter, 1 - keep)
        return loss.item()

    def _save(self, figures: Callable[[], Mapping[str, float]], step: int) -> None:
        """Write the averaged weights and what they score."""
        current = {n: p.detach().clone() for n, p in self._trained()}
        self._load(self._average)
        torch.save(self._network.state_dict(), self._out / "network.pt")
        torch.save(self._network.state_dict(), self._out / f"network-{step}.pt")
        self.log({"step": step, **figures()})
        self._load(current)

    def _load(self, weights: Mapping[str, Tensor]) -> None:
        with torch.no_grad():
            for name, parameter in self._trained():
                parameter.copy_(weights[name])
