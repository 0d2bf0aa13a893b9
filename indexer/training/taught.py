"""The stages that need torch: fit the teacher, let it read, draw word vectors from it, distil it into the encoder."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

import numpy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from indexer.errors import UsageError

from . import distil, silver, vectors
from .augment import Rates, augmented, pool_of
from .recipe import Recipe, initialize
from .record import Record, from_doc, to_doc
from .teacher import Settings, Teacher

Report = Callable[[str], None]
_KEPT = ("ORTH", "SPACY", "TAG", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE")
_LEAST_SURE = 0.8
"""Paragraphs whose arcs the teacher chose with a lower mean probability teach nothing."""


def learn(
    plan: Recipe, nlp: Language, gold: dict[str, list[Doc]], folder: Path, parts: Path, *, resume: bool, report: Report
) -> dict[str, list[Record]]:
    """All that the pipeline is fitted on, completed by a teacher that is fitted first.

    Leaves the word vectors in the vocabulary of `nlp` and the distilled encoder in `parts/tok2vec`.
    """
    kept = parts / "read"
    if resume and (parts / "tok2vec").is_file():
        _read_vectors(nlp, parts)
        return {path.stem: _read(path, nlp) for path in sorted(kept.glob("*.spacy"))}
    teacher = fitted_teacher(plan, [doc for docs in gold.values() for doc in docs], parts, report)
    namers = fitted_namers(plan, gold, teacher, parts, report)
    records = {name: completed(teacher, namers, docs) for name, docs in gold.items()}
    plain = list(silver.paragraphs(silver.texts_of(folder / "polnear/train.jsonl"), nlp))
    records["news"] = [from_doc(doc) for doc, sure in teacher.read(plain, namers) if sure >= _LEAST_SURE]
    report("the teacher read: " + ", ".join(f"{name} {len(rows):,} paragraphs" for name, rows in records.items()))
    if plan.vectors:
        words, data = word_vectors(teacher, [*chain.from_iterable(gold.values()), *plain], **plan.vectors)
        numpy.savez_compressed(parts / "vectors.npz", words=numpy.array(words), data=data)
        _read_vectors(nlp, parts)
    kept.mkdir(exist_ok=True)
    for name, rows in records.items():
        DocBin(attrs=_KEPT, docs=[to_doc(record, nlp.vocab) for record in rows]).to_disk(kept / f"{name}.spacy")
    initialize(nlp, records)
    every = list(chain.from_iterable(records.values()))
    distil.distil(nlp, teacher, every, distil.Settings(**plan.distil), plan.rates, report)
    nlp.get_pipe("tok2vec").model.to_disk(parts / "tok2vec")  # type: ignore[attr-defined]
    return records


def _read(path: Path, nlp: Language) -> list[Record]:
    return [from_doc(doc) for doc in DocBin().from_disk(path).get_docs(nlp.vocab)]


def _read_vectors(nlp: Language, parts: Path) -> None:
    if (parts / "vectors.npz").is_file():
        kept = numpy.load(parts / "vectors.npz")
        vectors.add_vectors(nlp, [str(word) for word in kept["words"]], kept["data"])


def fitted_teacher(plan: Recipe, docs: list[Doc], parts: Path, report: Report) -> Teacher:
    """The teacher, fitted to gold Docs going on from the epoch in `parts/teacher.pt`."""
    tags = sorted({token.tag_ for doc in docs for token in doc if token.tag_})
    relations = sorted({token.dep_ for doc in docs for token in doc if token.dep_})
    teacher = Teacher(_encoder(plan.encoder), tags, relations, Settings(**plan.teacher))
    teacher.fit(docs, report, parts / "teacher.pt")
    return teacher


def fitted_namers(
    plan: Recipe, gold: dict[str, list[Doc]], teacher: Teacher, parts: Path, report: Report
) -> list[Teacher]:
    """Teachers of names only, one for each seed of the recipe, fitted to the name corpora with augmentation."""
    settings = dict(plan.namers)
    rows = _shared(gold, settings.pop("shares", {}))
    rates = Rates(**settings.pop("augment", {}))
    namers = []
    for seed in settings.pop("seeds", []):
        own = Settings(**settings, only_names=True, seed=seed)
        namer = Teacher(_encoder(plan.encoder), teacher.tags, teacher.relations, own)
        namer.fit(rows, report, parts / f"namer-{seed}.pt", partial(_augmented, rows, rates))
        namers.append(namer)
    return namers


def _shared(gold: dict[str, list[Doc]], shares: dict[str, int]) -> list[Doc]:
    """The Docs of some corpora, each so many times."""
    return [doc for name, share in shares.items() for doc in gold[name] * share]


def _augmented(docs: list[Doc], rates: Rates, seed: int) -> list[Doc]:
    """The Docs as augmentation has them in the epoch of a seed."""
    rng = random.Random(seed)
    records = [from_doc(doc) for doc in docs]
    pool = pool_of(records)
    changed = [to_doc(augmented(each, rates, rng, pool), docs[0].vocab) for each in records]
    for new, old in zip(changed, docs, strict=True):
        new.user_data.update(old.user_data)
    return changed


def _encoder(name: str) -> Path:
    """The folder of a pretrained encoder: a path, or a Python package that carries one and tells where."""
    if Path(name).is_dir():
        return Path(name)
    try:
        return Path(importlib.import_module(name).get_model_path())
    except (ImportError, AttributeError) as error:
        hint = "Install the extra `train`, or name the folder of a BERT-like encoder in the recipe."
        raise UsageError(f"{name}: no pretrained encoder", hint) from error


def completed(teacher: Teacher, namers: Sequence[Teacher], docs: Iterable[Doc]) -> list[Record]:
    """Gold Docs with the layers that people did not annotate as the teachers read them."""
    gold: dict[str, Doc] = {}
    for doc in docs:
        gold.setdefault(doc.text, doc)
    records = []
    for read, sure in teacher.read(list(gold.values()), namers):
        whole = gold[read.text]
        if whole.has_annotation("DEP") or sure >= _LEAST_SURE:
            records.append(silver.completed(whole, read))
    return records


def word_vectors(teacher: Teacher, docs: Iterable[Doc], count: int, width: int) -> tuple[list[str], vectors.Matrix]:
    """The frequent words of some Docs, then the encoder's own, `count` in all, and a row of `width` for each."""
    words = vectors.frequent_words(docs, least=2)[: int(0.7 * count)]
    known = set(words)
    words += [word for word in teacher.vocabulary() if word not in known][: count - len(words)]
    return words, vectors.reduced(teacher.states_of(words), width)
