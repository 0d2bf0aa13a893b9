"""Parts of speech and lemmas, of words that the treebanks have and of words they have not."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from indexer.training import dataset
from indexer.training.lemmas import add_tables


@pytest.fixture(scope="module")
def nlp(own_corpora: Path) -> Language:
    nlp = spacy.blank("en")
    add_tables(nlp, dataset.treebank(own_corpora / "ud-ewt/train.conllu", nlp.vocab))
    return nlp


def lemma(nlp: Language, word: str, tag: str) -> str:
    return nlp(Doc(nlp.vocab, words=["It", word], tags=["PRP", tag]))[1].lemma_


@pytest.mark.parametrize(
    ("word", "tag", "expected"),
    [
        ("said", "VBD", "say"),
        ("Said", "VBD", "say"),
        ("SAID", "VBD", "say"),
        ("was", "VBD", "be"),
        ("is", "VBZ", "be"),
        ("n't", "RB", "not"),
        ("bought", "VBD", "buy"),
        ("children", "NNS", "child"),
        ("She", "PRP", "she"),
        ("ferry", "NN", "ferry"),
    ],
)
def test_words_of_the_treebanks(nlp: Language, word: str, tag: str, expected: str) -> None:
    assert lemma(nlp, word, tag) == expected


@pytest.mark.parametrize(
    ("word", "tag", "expected"),
    [
        ("women", "NNS", "woman"),
        ("bosses", "NNS", "boss"),
        ("cities", "NNS", "city"),
        ("boats", "NNS", "boat"),
        ("carries", "VBZ", "carry"),
        ("denied", "VBD", "deny"),
        ("liest", "JJS", "ly"),
        ("Brightco", "NNP", "Brightco"),
        ("17", "CD", "17"),
    ],
)
def test_words_they_have_not_go_by_rule(nlp: Language, word: str, tag: str, expected: str) -> None:
    assert lemma(nlp, word, tag) == expected


@pytest.mark.parametrize(("tag", "pos"), [("VBD", "VERB"), ("NNPS", "PROPN"), ("MD", "AUX"), ("``", "PUNCT")])
def test_parts_of_speech_follow_from_tags(nlp: Language, tag: str, pos: str) -> None:
    assert nlp(Doc(nlp.vocab, words=["x"], tags=[tag]))[0].pos_ == pos


def test_a_regular_verb_is_itself_once_the_treebanks_have_it(own_corpora: Path) -> None:
    nlp = spacy.blank("en")
    docs = dataset.treebank(own_corpora / "ud-ewt/train.conllu", nlp.vocab)
    add_tables(nlp, [*docs, Doc(nlp.vocab, words=["praise"], tags=["VB"], lemmas=["praise"])])
    assert [lemma(nlp, word, tag) for word, tag in (("praised", "VBD"), ("praises", "VBZ"), ("praising", "VBG"))] == [
        "praise",
        "praise",
        "praise",
    ]
