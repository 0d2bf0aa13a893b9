"""The word lists of the language rooms, read from the data files in this folder (each names its origin)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.domain import SpeakerType


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun that can stand for a speaker: what kind of speaker, and whether it is a plural."""

    type: SpeakerType
    plural: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every list. Words of `cues`, `nominals` and `common` are in lower case; names are as printed.

    `cues` maps the form of a verb to its class (say, call), `cue_nouns` are nouns (“her answer”), `phrases` cues of
    several words;
    `titles`, `given_names` and `rare_names` map to a sex: "M", "F" or "-"; `before_titles` only stand before a title.
    """

    cues: dict[str, str]
    cue_nouns: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    titles: dict[str, str]
    before_titles: frozenset[str]
    nominals: dict[str, Nominal]
    given_names: dict[str, str]
    rare_names: dict[str, str]
    common: frozenset[str]
    places: frozenset[str]
    bodies: frozenset[str]
    not_names: frozenset[str]
    organization_words: frozenset[str]
    document_words: frozenset[str]
    before_of: frozenset[str]


def _rows(name: str) -> Iterator[list[str]]:
    for line in files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _words(name: str) -> frozenset[str]:
    return frozenset(word for row in _rows(name) for word in row[0].split())


def _by_word(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, words in _rows(name):
        for word in words.split():
            found.setdefault(word, kind)
    return found


def _class(name: str, kind: str) -> frozenset[str]:
    return frozenset(word for row in _rows(name) if row[0] == kind for word in row[1].split())


def _nominals() -> dict[str, Nominal]:
    kinds: dict[str, SpeakerType] = {"person": "person", "organization": "organization", "document": "document"}
    return {
        word.lower(): Nominal(kinds[kind], number == "p")
        for kind, number, words in _rows("nominals.tsv")
        for word in words.split()
    }


@cache
def load() -> Lexicon:
    """The lists, read once."""
    cue_rows = list(_rows("cues.tsv"))
    cues: dict[str, str] = {}
    for kind, forms in (row[:2] for row in cue_rows):
        if kind in ("say", "call"):
            for form in forms.split():
                cues.setdefault(form, kind)
    return Lexicon(
        cues=cues,
        cue_nouns=frozenset(
            form for kind, forms in (row[:2] for row in cue_rows) if kind == "noun" for form in forms.split()
        ),
        phrases=tuple(tuple(forms.split()) for kind, forms in cue_rows if kind == "phrase"),
        titles={word: sex for word, sex in _by_word("titles.tsv").items() if sex != "+"},
        before_titles=frozenset(word for kind, words in _rows("titles.tsv") if kind == "+" for word in words.split()),
        nominals=_nominals(),
        given_names=_by_word("given_names.tsv"),
        rare_names=_by_word("rare_names.tsv"),
        common=_words("common_words.txt"),
        places=frozenset(row[0] for row in _rows("places.txt")),
        bodies=frozenset(row[0] for row in _rows("bodies.txt")),
        not_names=_words("not_names.txt"),
        organization_words=_class("organizations.tsv", "organization"),
        document_words=_class("organizations.tsv", "document"),
        before_of=_class("organizations.tsv", "of"),
    )


@cache
def small_words(kind: str) -> frozenset[str]:
    """The function words of a class (determiner, preposition, …), in lower case. Raises KeyError for no class."""
    found = _class("function_words.tsv", kind)
    if not found:
        raise KeyError(kind)
    return found


@cache
def time_words(kind: str, lower: bool = True) -> frozenset[str]:
    """The words of time of a class (weekday, …), in lower case or as in the table. Raises KeyError for no class."""
    found = frozenset(word.replace("_", " ") for word in _class("times.tsv", kind))
    if not found:
        raise KeyError(kind)
    return frozenset(word.lower() for word in found) if lower else found


@cache
def date_weights() -> dict[str, float]:
    """How much each feature of `date_features` counts."""
    return {row[0]: float(row[1]) for row in _rows("date_weights.tsv")}


@cache
def labels(table: str) -> dict[str, str]:
    """Our word for each label of a table of labels.tsv: `relation` or `entity`."""
    return {label: ours for kind, ours, theirs in _rows("labels.tsv") if kind == table for label in theirs.split()}
