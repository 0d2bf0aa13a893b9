"""One fit of a pipeline: batches in, the averaged weights of the best checkpoint out, resumable."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Optimizer, fix_random_seed

from . import scoring
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
    done, best = _resumed(nlp, out) if resume else (0, -1.0)
    fix_random_seed(settings.seed + done)
    random.seed(settings.seed + done)
    optimizer = Optimizer(
        settings.rate,
        beta1=0.9,
        beta2=0.999,
        eps=1e-8,
        L2=0.01,
        grad_clip=1.0,
        L2_is_weight_decay=True,
        use_averages=settings.averages,
    )
    started, words = time.perf_counter(), 0
    losses: dict[str, float] = {}
    feed = batches(examples(settings.seed + done), settings.batch)
    for step, batch in enumerate(islice(feed, settings.steps - done), start=done + 1):
        optimizer.learn_rate = _rate(step, settings)
        nlp.update(batch, sgd=optimizer, drop=settings.dropout, losses=losses)
        words += sum(len(each.reference) for each in batch)
        if step % settings.every == 0 or step == settings.steps:
            with nlp.use_params(optimizer.averages if settings.averages else {}):
                value, line = _steered(nlp, steer)
                _save(nlp, out / "last", step, max(best, value))
                if value > best:
                    best = value
                    _save(nlp, out / "best", step, best)
            rate = words / (time.perf_counter() - started)
            shown = " ".join(f"{key} {loss / settings.every:.0f}" for key, loss in losses.items() if loss)
            report(f"step {step}: {line} | loss {shown} | {rate:.0f} words/s")
            losses = {}


def _rate(step: int, settings: Settings) -> float:
    """Linear warm-up, then linear down to the final rate."""
    if step <= settings.warmup:
        return settings.rate * step / settings.warmup
    left = (settings.steps - step) / max(1, settings.steps - settings.warmup)
    return settings.final_rate + (settings.rate - settings.final_rate) * left


def _steered(nlp: Language, steer: dict[str, list[Doc]]) -> tuple[float, str]:
    """One number to choose a checkpoint by (the mean of all LAS and names scores), and a line that shows them."""
    numbers, parts = [], []
    for name, docs in steer.items():
        scores = scoring.score(scoring.read(nlp, docs))
        shown = {"tag": scores.tag, "uas": scores.uas, "las": scores.las, "names": scores.names}
        parts.append(name + " " + " ".join(f"{key} {value:.1f}" for key, value in shown.items() if value is not None))
        numbers += [value for value in (scores.las, scores.names) if value is not None]
    return float(numpy.mean(numbers)), ", ".join(parts)


def _save(nlp: Language, where: Path, step: int, best: float) -> None:
    nlp.to_disk(where)
    (where / "progress.json").write_text(json.dumps({"step": step, "best": best}), "utf-8")


def _resumed(nlp: Language, out: Path) -> tuple[int, float]:
    progress = out / "last" / "progress.json"
    if not progress.is_file():
        return 0, -1.0
    state = json.loads(progress.read_text("utf-8"))
    nlp.from_disk(out / "last", exclude=["tokenizer", "meta"])
    return state["step"], state["best"]
