"""The recipe: from the corpora to a pipeline, stage by stage; what a stage leaves on disk need not be made twice."""

from __future__ import annotations

import json
import shutil
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
from thinc.api import fix_random_seed

from indexer.errors import UsageError
from indexer.nlp.model import numpys_products
from indexer.nlp.model_files import SUMS, damage

from . import corpora, dataset, fitting, packing
from .augment import Rates
from .lemmas import add_tables
from .reader import Source, example, stream
from .record import Record, from_doc, to_doc

Report = Callable[[str], None]
_HERE = Path(__file__).parent / "recipes"
_BEGUN = "recipe.json"
"""What a training was begun with, in the folder of its parts."""


@dataclass(frozen=True)
class Recipe:
    """What a `.toml` file under `recipes/` says. Without an `encoder` there is no teacher, and gold alone is fitted.

    `pipeline` (spaCy's configuration of the components) and `corpora` (the list of the files that are read, see
    `corpora.manifest`; by default the package's own) are files beside it, in the folder `home`. `shares` says how
    often an epoch goes through each corpus, by its name in `dataset.fitted`, and through what the teacher read.
    """

    name: str
    version: str
    pipeline: str
    encoder: str = ""
    corpora: str = ""
    shares: dict[str, float] = field(default_factory=dict)
    augment: dict[str, float] = field(default_factory=dict)
    teacher: dict[str, Any] = field(default_factory=dict)
    namers: dict[str, Any] = field(default_factory=dict)
    vectors: dict[str, int] = field(default_factory=dict)
    distil: dict[str, Any] = field(default_factory=dict)
    fit: dict[str, Any] = field(default_factory=dict)
    home: Path = _HERE

    @property
    def rates(self) -> Rates:
        """How often each augmentation is made; none where the recipe names none."""
        return Rates(**self.augment) if self.augment else Rates(0, 0, 0, 0, 0, 0, 0, 0)

    @property
    def settings(self) -> fitting.Settings:
        """How the pipeline is fitted."""
        return fitting.Settings(**self.fit)

    def check(self, folder: Path) -> dict[str, str]:
        """The digests of all files that are read. Raises CorpusError for one that is missing or altered."""
        uses = ("fit", "steer", "read") if self.encoder else ("fit", "steer")
        return corpora.check(folder, uses, self.home / self.corpora if self.corpora else None)

    def notes(self, digests: dict[str, str]) -> dict[str, Any]:
        """What `meta.json` tells of a training besides versions: the recipe, what it leaves to defaults, corpora."""
        told = {key: value for key, value in asdict(self).items() if key != "home"}
        told |= {"encoder": Path(self.encoder).name, "fit": asdict(self.settings), "augment": asdict(self.rates)}
        return {"recipe": told, "corpora": digests}


def load(name: str) -> Recipe:
    """A recipe by its name, or by the path of a `.toml` file. Raises UsageError where it is none."""
    path = Path(name) if name.endswith(".toml") else _HERE / f"{name}.toml"
    hint = "Compare it with the ones in indexer/training/recipes."
    try:
        recipe = Recipe(**tomllib.loads(path.read_text("utf-8")), home=path.parent)
        recipe.notes({})
    except OSError as error:
        known = ", ".join(sorted(each.stem for each in _HERE.glob("*.toml")))
        raise UsageError(f"{name}: no such recipe", f"Those there are: {known}.") from error
    except (ValueError, TypeError) as error:
        raise UsageError(f"{name}: no recipe ({error})", hint) from error
    if not (recipe.home / recipe.pipeline).is_file():
        raise UsageError(f"{name}: its pipeline {recipe.pipeline} is missing", hint)
    return recipe


def train(
    folder: Path, out: Path, *, recipe: str = "en_quotes", resume: bool = False, report: Report = lambda line: None
) -> Path:
    """Make a pipeline of the corpora in a folder; what each stage leaves lies in `OUT.parts` beside it.

    With `resume`, a stage that is done is not run again, and a fit that was interrupted goes on from its newest
    checkpoint. Raises CorpusError for a missing or altered file, and UsageError for a recipe or folder that will not
    do, before anything is computed.
    """
    plan = load(recipe)
    if plan.encoder:
        from . import taught as taught  # what is not installed is missed before anything is computed
    notes = plan.notes(plan.check(folder))
    parts = Path(f"{out}.parts")
    if _begun(out, parts, notes, resume):
        gold = dataset.fitted(folder, spacy.blank("en").vocab)
        report("read: " + ", ".join(f"{name} {sum(map(len, docs)):,} words" for name, docs in gold.items()))
        with numpys_products():
            nlp = _fitted(plan, gold, folder, parts, resume, report)
        add_tables(nlp, [doc for docs in gold.values() for doc in docs])
        packing.describe(nlp, name=plan.name, number=plan.version, notes=notes)
        _packed(nlp, parts / "pipeline", out)
    report(f"written: {out}, {packing.size(out) / 1e6:.1f} MB")
    return out


def initialize(nlp: Language, records: dict[str, list[Record]], seed: int = fitting.Settings.seed) -> None:
    """Give every component its labels and random weights."""
    fix_random_seed(seed)
    seen = [example(to_doc(record, nlp.vocab)) for rows in records.values() for record in rows[:4000]]
    nlp.initialize(lambda: seen)


def _begun(out: Path, parts: Path, notes: dict[str, Any], resume: bool) -> bool:
    """True where there is something left to do, which is noted. Raises UsageError where something is in the way."""
    kept = parts / _BEGUN
    told = json.dumps(notes, indent=1, sort_keys=True)
    try:
        if resume and kept.is_file() and kept.read_text("utf-8") != told:
            hint = "Go on with those it was begun with, or name another folder."
            raise UsageError(f"{parts}: begun with another recipe or other corpora", hint)
        if resume and (out / SUMS).is_file() and not damage(out):
            return False
        for path in (out,) if resume else (out, parts):
            if path.exists() and any(path.iterdir()):
                hint = "Name another folder" + (", or go on with --resume." if not resume else ".")
                raise UsageError(f"{path}: not empty", hint)
        parts.mkdir(parents=True, exist_ok=True)
        kept.write_text(told, "utf-8")
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror})", "Name a folder that can be made.") from error
    return True


def _fitted(
    plan: Recipe, gold: dict[str, list[Doc]], folder: Path, parts: Path, resume: bool, report: Report
) -> Language:
    """The pipeline after its last stage, with the weights of the best checkpoint."""
    nlp = load_model_from_config(load_config(plan.home / plan.pipeline), auto_fill=True)
    records = {name: [from_doc(doc) for doc in docs] for name, docs in gold.items()}
    if plan.encoder:
        from .taught import learn  # torch, which a recipe without a teacher does not need

        records = learn(plan, nlp, gold, folder, parts, resume=resume, report=report)
    initialize(nlp, records, plan.settings.seed)
    if plan.encoder:
        cast(TrainablePipe, nlp.get_pipe("tok2vec")).model.from_disk(parts / "tok2vec")
    used = [Source(rows, plan.shares.get(name, 1.0)) for name, rows in records.items()]
    examples = partial(_examples, used, plan.rates, nlp.vocab)
    steer = dataset.steering(folder, nlp.vocab)
    fitting.fit(nlp, examples, steer, plan.settings, parts / "fit", report, resume=resume)
    return spacy.load(parts / "fit" / "best")


def _examples(used: list[Source], rates: Rates, vocab: Vocab, seed: int) -> Iterator[Example]:
    return stream(used, rates, vocab, seed)


def _packed(nlp: Language, here: Path, out: Path) -> None:
    """Write the pipeline to one folder, and put that in the place of another: nobody ever sees half of it."""
    shutil.rmtree(here, ignore_errors=True)
    packing.pack(nlp, here)
    here.rename(out)
