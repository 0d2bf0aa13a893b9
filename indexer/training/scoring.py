"""How good a pipeline is: tags, trees, names and sentences on gold words, by test set and by genre."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.language import Language
from spacy.scorer import Scorer, get_ner_prf
from spacy.tokens import Doc
from spacy.training import Example

from .reader import example


@dataclass(frozen=True)
class Scores:
    """Percentages; None where the set has no such annotation, or the pipeline gives no lemmas.

    Punctuation is left out of UAS and LAS, as in spaCy.
    """

    words: int
    tag: float | None
    uas: float | None
    las: float | None
    lemma: float | None
    sentences: float | None
    names: float | None
    person: float | None
    org: float | None
    place: float | None


def read(nlp: Language, docs: Iterable[Doc]) -> list[Example]:
    """The pipeline's own reading of every Doc beside the gold one. A paragraph is one Doc, its words are given."""
    examples = [example(doc) for doc in docs]
    for each, predicted in zip(examples, nlp.pipe([each.predicted for each in examples], batch_size=64), strict=True):
        each.predicted = predicted
    return examples


def score(examples: list[Example]) -> Scores:
    """The scores over some examples."""
    trees = [each for each in examples if each.reference.has_annotation("DEP")]
    named = [each for each in examples if each.reference.has_annotation("ENT_IOB")]
    found: dict[str, float | None] = dict.fromkeys(("tag", "uas", "las", "lemma", "sentences"))
    if trees:
        parse = Scorer.score_deps(trees, "dep", getter=lambda token, _: token.dep_, ignore_labels=("p", "punct"))
        found["uas"], found["las"] = parse["dep_uas"], parse["dep_las"]
        found["tag"] = Scorer.score_token_attr(trees, "tag")["tag_acc"]
        if any(each.predicted.has_annotation("LEMMA") for each in trees):
            found["lemma"] = Scorer.score_token_attr(trees, "lemma")["lemma_acc"]
        found["sentences"] = Scorer.score_spans(trees, "sents", has_annotation=lambda doc: True)["sents_f"]
    by_label = get_ner_prf(named) if named else {}
    kinds = by_label.get("ents_per_type") or {}
    found["names"] = by_label.get("ents_f")
    for key in ("person", "org", "place"):
        found[key] = kinds[key.upper()]["f"] if key.upper() in kinds else None
    percent = {key: None if value is None else 100 * value for key, value in found.items()}
    return Scores(words=sum(len(each.reference) for each in examples), **percent)
