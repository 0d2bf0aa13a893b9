"""The table of scores: what it counts, and the rows it has."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example

from indexer.errors import CorpusError
from indexer.training import evaluating, scoring

LISTED = "corpora.tsv"


@pytest.fixture
def example() -> Example:
    """Four words: one tag, one head and one relation of them wrong, one name of two."""
    vocab = spacy.blank("en").vocab
    words = ["Ana", "left", "Oslo", "."]
    gold = {"tags": ["NNP", "VBD", "NNP", "."], "heads": [1, 1, 1, 1], "deps": ["nsubj", "ROOT", "obj", "punct"]}
    read = {"tags": ["NNP", "VBN", "NNP", "."], "heads": [2, 1, 1, 0], "deps": ["nsubj", "ROOT", "obl", "punct"]}
    reference = Doc(vocab, words, ents=["B-PERSON", "O", "B-PLACE", "O"], sent_starts=None, **gold)
    return Example(Doc(vocab, words, ents=["B-PERSON", "O", "B-ORG", "O"], **read), reference)


def test_punctuation_does_not_count_in_trees(example: Example) -> None:
    scores = scoring.score([example])
    assert (scores.words, scores.tag) == (4, 75.0)
    assert scores.uas == pytest.approx(100 * 2 / 3)
    assert scores.las == pytest.approx(100 * 1 / 3)


def test_names_by_kind(example: Example) -> None:
    scores = scoring.score([example])
    assert (scores.names, scores.person, scores.place, scores.org) == (50.0, 100.0, 0.0, 0.0)


def test_what_a_set_does_not_annotate_has_no_score(example: Example) -> None:
    words = [token.text for token in example.reference]
    bare = Example(example.predicted, Doc(example.reference.vocab, words))
    scores = scoring.score([bare])
    assert scores.words == 4
    assert {scores.tag, scores.uas, scores.las, scores.lemma, scores.sentences, scores.names, scores.org} == {None}


def test_a_pipeline_without_lemmas_has_no_score_for_them(example: Example) -> None:
    assert scoring.score([example]).lemma is None


def test_the_table_has_a_row_for_every_test_set_and_genre(tiny: Path, own_corpora: Path) -> None:
    table = evaluating.evaluate(spacy.load(tiny), own_corpora, own_corpora / LISTED)
    assert [name for name, _ in table] == ["ewt", "gum", "gum court", "gum news", "pud"], "no row for an only genre"
    words = {name: scores.words for name, scores in table}
    assert words["ewt"] == words["gum"] == words["pud"] == words["gum court"] + words["gum news"] == 235


def test_names_of_foreign_kinds_are_compared_as_ours(toys: Path, own_corpora: Path) -> None:
    nlp = spacy.load(toys / "clearnlp")
    for _, examples in evaluating._read(nlp, own_corpora):
        assert {name.label_ for each in examples for name in each.predicted.ents} <= {"PERSON", "ORG", "PLACE"}


@pytest.mark.parametrize(("scheme", "universal"), [("ud", True), ("clearnlp", False)])
def test_other_labels_are_recognised(toys: Path, scheme: str, universal: bool) -> None:
    assert evaluating.is_universal(spacy.load(toys / scheme)) is universal


def test_the_tiny_model_speaks_universal_dependencies(tiny: Path) -> None:
    assert evaluating.is_universal(spacy.load(tiny))


def test_test_sets_that_are_not_the_ones_meant(own_corpora: Path) -> None:
    with pytest.raises(CorpusError, match=r"ud-ewt/test\.conllu: altered"):
        evaluating.evaluate(spacy.blank("en"), own_corpora)
