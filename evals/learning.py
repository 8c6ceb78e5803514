"""Learning: what the ways of learning from training material do alike."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from evals.lora import Learner
from evals.material import Matter

MATTERS = 6  # a batch
LONGEST = 1.0  # of the gradient of a batch


def warming_up(optimiser: Any, warm_up: int, steps: int) -> Any:
    """A schedule of so many steps: the rates rise over the first `warm_up`, and fall to nothing along a cosine."""
    import torch

    return torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / warm_up) * (0.5 + 0.5 * math.cos(math.pi * min(1, step / steps)))
    )


def go_through(
    learner: Learner,
    matters: Sequence[Matter],
    optimiser: Any,
    schedule: Any,
    epoch: int,
    report: Callable[[str], None],
) -> None:
    """Learn from the matters once, `MATTERS` at a time, in their order."""
    import torch

    for start in range(0, len(matters), MATTERS):
        optimiser.zero_grad()
        loss = learner.loss(matters[start : start + MATTERS])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learner.parameters, LONGEST)
        optimiser.step()
        schedule.step()
        report(f"epoch {epoch}, {start + MATTERS} of {len(matters)} matters: loss {loss.item():.3f}")
