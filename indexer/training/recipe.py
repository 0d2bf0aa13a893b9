"""The recipe: from the corpora to a pipeline, stage by stage; what a stage leaves on disk need not be made twice."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_config, load_model_from_config
from spacy.vocab import Vocab

from indexer.errors import UsageError

from . import corpora, dataset, fitting, packing
from .augment import Rates
from .lemmas import add_tables
from .reader import Source, example, stream
from .record import Record, from_doc, to_doc

Report = Callable[[str], None]
_HERE = Path(__file__).parent / "recipes"


@dataclass(frozen=True)
class Recipe:
    """What a `.toml` file under `recipes/` says. Without an `encoder` there is no teacher, and gold alone is fitted.

    `shares` says how often an epoch goes through each corpus, by its name in `dataset.fitted`, and through what the
    teacher read (`silver`).
    """

    name: str
    version: str
    pipeline: str
    encoder: str = ""
    shares: dict[str, float] = field(default_factory=dict)
    augment: dict[str, float] = field(default_factory=dict)
    teacher: dict[str, Any] = field(default_factory=dict)
    vectors: dict[str, int] = field(default_factory=dict)
    distil: dict[str, Any] = field(default_factory=dict)
    fit: dict[str, Any] = field(default_factory=dict)

    @property
    def rates(self) -> Rates:
        """How often each augmentation is made; none where the recipe names none."""
        return Rates(**self.augment) if self.augment else Rates(0, 0, 0, 0, 0, 0, 0, 0)


def load(name: str) -> Recipe:
    """A recipe by its name, or by the path of a `.toml` file. Raises UsageError where it is none."""
    path = Path(name) if name.endswith(".toml") else _HERE / f"{name}.toml"
    try:
        return Recipe(**tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        known = ", ".join(sorted(each.stem for each in _HERE.glob("*.toml")))
        raise UsageError(f"{name}: no such recipe", f"Those there are: {known}.") from error
    except (tomllib.TOMLDecodeError, TypeError) as error:
        hint = "Compare it with the ones in indexer/training/recipes."
        raise UsageError(f"{name}: no recipe ({error})", hint) from error


def train(
    folder: Path, out: Path, *, recipe: str = "en_quotes", resume: bool = False, report: Report = lambda line: None
) -> Path:
    """Make a pipeline of the corpora in a folder; what each stage leaves lies in `OUT.parts` beside it.

    With `resume`, a stage that is done is not run again, and a fit that was interrupted goes on from its newest
    checkpoint. Raises CorpusError for a missing or altered file, before anything is computed.
    """
    plan = load(recipe)
    digests = corpora.check(folder, ("fit", "steer", "read") if plan.encoder else ("fit", "steer"))
    parts = Path(f"{out}.parts")
    _demand_free(out, parts, resume)
    parts.mkdir(parents=True, exist_ok=True)
    gold = dataset.fitted(folder, spacy.blank("en").vocab)
    report("read: " + ", ".join(f"{name} {sum(map(len, docs)):,} words" for name, docs in gold.items()))
    nlp = _fitted(plan, gold, folder, parts, resume, report)
    add_tables(nlp, [doc for docs in gold.values() for doc in docs])
    packing.describe(nlp, name=plan.name, number=plan.version, notes={"recipe": asdict(plan), "corpora": digests})
    packing.pack(nlp, out)
    report(f"written: {out}, {packing.size(out) / 1e6:.1f} MB")
    return out


def _demand_free(out: Path, parts: Path, resume: bool) -> None:
    if resume:
        return
    for path in (out, parts):
        if path.exists() and any(path.iterdir()):
            raise UsageError(f"{path}: not empty", "Name another folder, or go on with --resume.")


def _fitted(
    plan: Recipe, gold: dict[str, list[Doc]], folder: Path, parts: Path, resume: bool, report: Report
) -> Language:
    """The pipeline after its last stage, with the weights of the best checkpoint."""
    nlp = load_model_from_config(load_config(_HERE / plan.pipeline), auto_fill=True)
    records = {name: [from_doc(doc) for doc in docs] for name, docs in gold.items()}
    if plan.encoder:
        from .taught import learn  # torch, which a recipe without a teacher does not need

        records = learn(plan, nlp, gold, folder, parts, resume=resume, report=report)
    initialize(nlp, records)
    if plan.encoder:
        cast(TrainablePipe, nlp.get_pipe("tok2vec")).model.from_disk(parts / "tok2vec")
    used = [Source(rows, plan.shares.get(name, 1.0)) for name, rows in records.items()]
    examples = partial(_examples, used, plan.rates, nlp.vocab)
    steer = dataset.steering(folder, nlp.vocab)
    fitting.fit(nlp, examples, steer, fitting.Settings(**plan.fit), parts / "fit", report, resume=resume)
    return spacy.load(parts / "fit" / "best")


def initialize(nlp: Language, records: dict[str, list[Record]]) -> None:
    """Give every component its labels and random weights."""
    seen = [example(to_doc(record, nlp.vocab)) for rows in records.values() for record in rows[:4000]]
    nlp.initialize(lambda: seen)


def _examples(used: list[Source], rates: Rates, vocab: Vocab, seed: int) -> Iterator[Example]:
    return stream(used, rates, vocab, seed)
