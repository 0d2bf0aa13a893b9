"""A fitted pipeline on disk as it goes: whole at every moment, whenever the process is killed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from spacy.language import Language

from . import vectors

_PROGRESS = "progress.json"


def save(nlp: Language, where: Path, step: int, value: float) -> None:
    """Put a pipeline with its step, and what the steering sets say of it, in the place of the one that is there."""
    new, old = _beside(where)
    shutil.rmtree(new, ignore_errors=True)
    new.parent.mkdir(parents=True, exist_ok=True)
    vectors.save(nlp, new)
    (new / _PROGRESS).write_text(json.dumps({"step": step, "value": value}), "utf-8")
    _replace(new, where, old)


def restore(nlp: Language, where: Path) -> int:
    """Give an initialised pipeline the weights of a checkpoint; its step, or 0 where there is none."""
    progress = _progress(where)
    if progress:
        nlp.from_disk(where, exclude=["tokenizer", "meta"])
    return int(progress.get("step", 0))


def value_of(where: Path) -> float:
    """What the steering sets said of a checkpoint; -1 where there is none."""
    return float(_progress(where).get("value", -1.0))


def _progress(where: Path) -> dict[str, Any]:
    """What is noted of a checkpoint; one that was being put in its place when the process was killed is first."""
    new, old = _beside(where)
    if not where.exists():
        whole = next((path for path in (new, old) if (path / _PROGRESS).is_file()), None)
        if whole is None:
            return {}
        _replace(whole, where, old)
    progress: dict[str, Any] = json.loads((where / _PROGRESS).read_text("utf-8"))
    return progress


def _beside(where: Path) -> tuple[Path, Path]:
    """Where a checkpoint is written, and where the one before it waits until it is there."""
    return where.with_name(f"{where.name}.new"), where.with_name(f"{where.name}.old")


def _replace(new: Path, where: Path, old: Path) -> None:
    if where.exists():
        shutil.rmtree(old, ignore_errors=True)
        where.rename(old)
    new.rename(where)
    shutil.rmtree(old, ignore_errors=True)
