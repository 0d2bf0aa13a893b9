"""The table of a model's scores: every test set, and its genres."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Span
from spacy.training import Example

from indexer.nlp.labels import entity_kind
from indexer.nlp.model import one_core

from . import corpora, dataset, scoring
from .scoring import Scores

Table = list[tuple[str, Scores]]
"""Name of a test set, or of a genre within one (“gum news”), and its scores."""
_RELATIONS = frozenset(
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl "
    "fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative "
    "xcomp".split()
)
"""The relations of Universal Dependencies, version 2, without what follows a colon."""


def evaluate(nlp: Language, folder: Path, listed: Path | None = None) -> Table:
    """The scores of a pipeline on the test sets in a folder. Raises CorpusError for a missing or altered file.

    `listed` is the list of the files that are meant (see `corpora.manifest`).
    """
    check(folder, listed)
    return [row for name, examples in _read(nlp, folder) for row in _rows(name, examples)]


def check(folder: Path, listed: Path | None = None) -> None:
    """Raise CorpusError for a test set that is missing or altered: cheap, before a model is loaded."""
    corpora.check(folder, ("measure",), listed)


def is_universal(nlp: Language) -> bool:
    """True where all relations of a pipeline's parser are those of Universal Dependencies, as in the test sets."""
    labels = {label for name, of in nlp.pipe_labels.items() if "parser" in name for label in of}
    return {label.partition(":")[0].lower() for label in labels} <= _RELATIONS


def _read(nlp: Language, folder: Path) -> Iterator[tuple[str, list[Example]]]:
    for name, docs in dataset.measured(folder, nlp.vocab).items():
        with one_core():
            examples = scoring.read(nlp, docs)
        for each in examples:
            spans = [Span(each.predicted, s.start, s.end, entity_kind(s.label_)) for s in each.predicted.ents]
            each.predicted.set_ents([span for span in spans if span.label_])
        yield name, examples


def _rows(name: str, examples: list[Example]) -> Table:
    genres: dict[str, list[Example]] = defaultdict(list)
    for each in examples:
        genres[each.reference.user_data["genre"]].append(each)
    parts = [(f"{name} {genre}", scoring.score(some)) for genre, some in sorted(genres.items())]
    return [(name, scoring.score(examples)), *(parts if len(parts) > 1 else [])]
