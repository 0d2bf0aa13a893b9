"""The pipeline's parts that are tables: parts of speech from tags, lemmas by rule with the treebanks' exceptions."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.resources import files
from typing import Any, cast

from spacy.language import Language
from spacy.lookups import Lookups
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

_RULES = {
    pos: [[ending, lemma.rstrip("-")] for ending, lemma in (rule.split(":") for rule in rules.split())]
    for pos, rules in {
        "verb": "ies:y es:e es:- s:- ied:y ed:e ed:- ing:e ing:-",
        "noun": "ies:y sses:ss ches:ch shes:sh xes:x men:man s:-",
        "adj": "ier:y iest:y er:- est:- er:e est:e",
        "adv": "er:- est:-",
    }.items()
}
"""Endings and what stands for them in the lemma (- nothing), by part of speech."""
_LISTED = frozenset(("adp", "adv", "aux", "cconj", "det", "intj", "part", "pron", "verb"))
"""Parts of speech whose every form is listed, also those that are their own lemma (spaCy leaves capitals otherwise)."""


def add_tables(nlp: Language, docs: Iterable[Doc]) -> None:
    """Add an attribute ruler and a rule lemmatizer, their tables drawn from annotated Docs."""
    ruler = cast(AttributeRuler, nlp.add_pipe("attribute_ruler"))
    for tag, pos, morph in _tag_map():
        ruler.add([[{"TAG": tag}]], {"POS": pos, "MORPH": morph} if morph else {"POS": pos})
    lemmatizer = cast(Lemmatizer, nlp.add_pipe("lemmatizer", config={"mode": "rule"}))
    lemmatizer.initialize(lambda: [], nlp=nlp, lookups=_lookups(docs))


def _tag_map() -> list[tuple[str, str, str]]:
    text = files("indexer.training").joinpath("tag_map.tsv").read_text("utf-8")
    rows = csv.reader(text.splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(row[0], row[1], row[2] if len(row) > 2 else "") for row in rows]


def _lookups(docs: Iterable[Doc]) -> Lookups:
    """Exceptions are the forms that the rules do not lead to the treebanks' lemma."""
    pos_of = {tag: pos.lower() for tag, pos, _ in _tag_map()}
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for doc in docs:
        for token in doc:
            pos = pos_of.get(token.tag_, "")
            if pos and token.lemma_ and token.lemma_ != "_" and pos not in ("punct", "propn", "num", "x", "sym"):
                lemma = token.lemma_ if pos == "pron" else token.lemma_.lower()
                counts[pos, token.lower_][lemma] += 1
    index: dict[str, set[str]] = defaultdict(set)
    exceptions: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for (pos, _), lemmas in counts.items():
        index[pos].add(lemmas.most_common(1)[0][0])
    for (pos, form), lemmas in counts.items():
        lemma = lemmas.most_common(1)[0][0]
        if pos in _LISTED or _by_rule(form, pos, index[pos]) != lemma:
            exceptions[pos][form] = [lemma]
    lookups = Lookups()
    lookups.add_table("lemma_rules", cast(dict[str, Any], {**_RULES, "aux": _RULES["verb"]}))
    lookups.add_table("lemma_index", {pos: sorted(words) for pos, words in index.items()})
    lookups.add_table("lemma_exc", {pos: dict(sorted(forms.items())) for pos, forms in exceptions.items()})
    return lookups


def _by_rule(form: str, pos: str, index: set[str]) -> str:
    """The lemma that the rules alone lead to, as spaCy's rule lemmatizer applies them."""
    candidates = [form[: -len(old)] + new for old, new in _RULES.get(pos, []) if form.endswith(old)]
    return next((word for word in candidates if word in index), candidates[0] if candidates else form)
