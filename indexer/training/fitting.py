"""One fit of a pipeline: batches in, the averaged weights of the best checkpoint out, resumable."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Optimizer, fix_random_seed

from . import checkpoints, scoring
from .reader import batches


@dataclass(frozen=True)
class Settings:
    """How long and how fast. `batch` is in words, `rate` is Adam's, `every` the steps between two checkpoints."""

    steps: int = 7000
    batch: int = 1000
    rate: float = 0.001
    final_rate: float = 0.0
    warmup: int = 250
    dropout: float = 0.1
    every: int = 1000
    averages: bool = True
    seed: int = 7


Report = Callable[[str], None]


def fit(
    nlp: Language,
    examples: Callable[[int], Iterator[Example]],
    steer: dict[str, list[Doc]],
    settings: Settings,
    out: Path,
    report: Report,
    *,
    resume: bool = False,
) -> None:
    """Fit an initialised pipeline; `out/best` holds the best checkpoint, `out/last` the newest.

    `examples(seed)` gives an endless stream. A resumed fit goes on from `out/last` with Adam's moments at zero.
    """
    done = checkpoints.restore(nlp, out / "last") if resume else 0
    best = checkpoints.value_of(out / "best") if resume else -1.0
    if done:
        report(f"goes on from step {done} of {settings.steps}")
    fix_random_seed(settings.seed + done)
    random.seed(settings.seed + done)
    optimizer = _optimizer(settings)
    since = _Since()
    feed = batches(examples(settings.seed + done), settings.batch)
    for step, batch in enumerate(islice(feed, max(0, settings.steps - done)), start=done + 1):
        optimizer.learn_rate = learn_rate(step, settings)
        nlp.update(batch, sgd=optimizer, drop=settings.dropout, losses=since.losses)
        since.count(batch)
        if step % settings.every == 0 or step == settings.steps:
            with nlp.use_params(optimizer.averages if settings.averages else {}):
                value, line = _steered(nlp, steer)
                best = _saved(nlp, out, step, value, best)
            report(f"step {step}: {line} | {since.in_words()}")
            since = _Since()


def learn_rate(step: int, settings: Settings) -> float:
    """Linear warm-up, then linear down to the final rate."""
    if step <= settings.warmup:
        return settings.rate * step / settings.warmup
    left = (settings.steps - step) / max(1, settings.steps - settings.warmup)
    return settings.final_rate + (settings.rate - settings.final_rate) * left


@dataclass
class _Since:
    """What happened since the last checkpoint."""

    losses: dict[str, float] = field(default_factory=dict)
    words: int = 0
    steps: int = 0
    started: float = field(default_factory=time.perf_counter)

    def count(self, batch: list[Example]) -> None:
        """One more step."""
        self.steps += 1
        self.words += sum(len(each.reference) for each in batch)

    def in_words(self) -> str:
        """The mean loss of each component, and the speed."""
        shown = " ".join(f"{key} {loss / self.steps:.0f}" for key, loss in self.losses.items() if loss)
        return f"loss {shown} | {self.words / (time.perf_counter() - self.started):.0f} words/s"


def _optimizer(settings: Settings) -> Optimizer:
    return Optimizer(
        settings.rate,
        beta1=0.9,
        beta2=0.999,
        eps=1e-8,
        L2=0.01,
        grad_clip=1.0,
        L2_is_weight_decay=True,
        use_averages=settings.averages,
    )


def _steered(nlp: Language, steer: dict[str, list[Doc]]) -> tuple[float, str]:
    """One number to choose a checkpoint by (the mean of all LAS and names scores), and a line that shows them."""
    numbers, parts = [], []
    for name, docs in steer.items():
        scores = scoring.score(scoring.read(nlp, docs))
        shown = {"tag": scores.tag, "uas": scores.uas, "las": scores.las, "names": scores.names}
        parts.append(name + " " + " ".join(f"{key} {value:.1f}" for key, value in shown.items() if value is not None))
        numbers += [value for value in (scores.las, scores.names) if value is not None]
    return float(numpy.mean(numbers)), ", ".join(parts)


def _saved(nlp: Language, out: Path, step: int, value: float, best: float) -> float:
    """Write the checkpoint, also as the best where it is; the best value so far."""
    if value > best:
        checkpoints.save(nlp, out / "best", step, value)
    checkpoints.save(nlp, out / "last", step, value)
    return max(best, value)
