"""Each change of a paragraph keeps its annotation in step with its words."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import spacy

from indexer.training import augment, dataset, record
from indexer.training.record import Record

NONE = augment.Rates(0, 0, 0, 0, 0, 0, 0, 0)


@pytest.fixture
def quoted(trees: Path) -> Record:
    return record.from_doc(dataset.treebank(trees, spacy.blank("en").vocab, gum=True)[0])


def text(of: Record) -> str:
    return record.to_doc(of, spacy.blank("en").vocab).text


def arcs(of: Record) -> set[tuple[str, str]]:
    return {(token.text, token.head.text) for token in record.to_doc(of, spacy.blank("en").vocab)}


def test_a_record_is_the_doc_it_came_from(quoted: Record) -> None:
    doc = record.to_doc(quoted, spacy.blank("en").vocab)
    assert record.from_doc(doc) == quoted


def test_a_masked_quotation_is_one_token_and_the_narrative_still_hangs_on_it() -> None:
    words = "“ We will not pay , ” she said .".split()
    heads, tags = [4, 4, 4, 4, 4, 8, 4, 8, 4, 4], ["``", "PRP", "MD", "RB", "VB", ",", "''", "PRP", "VBD", "."]
    whole = Record(words, [True] * 10, tags, heads, ["punct"] * 4 + ["ROOT"] + ["punct"] * 5, [(7, 8, "PERSON")])
    masked = augment.masked(whole, random.Random(1))
    assert masked.words == ["“", "QUOTATION", ",", "”", "she", "said", "."]
    assert masked.heads == [1, 1, 5, 1, 5, 1, 1]
    assert masked.names == [(4, 5, "PERSON")]


def test_a_quotation_that_the_narrative_holds_in_two_places_is_left() -> None:
    words = "He hates “ all of the boats ” there .".split()
    tags = ["PRP", "VBZ", "``", "DT", "IN", "DT", "NNS", "''", "RB", "."]
    whole = Record(words, [True] * 10, tags, [1, 1, 3, 1, 6, 6, 1, 6, 1, 1], ["dep"] * 10, None)
    assert augment.masked(whole, random.Random(1)) is whole


def test_a_quotation_interrupted_by_the_words_it_hangs_on_is_left() -> None:
    words = "“ We will not ever pay ” he said now".split()
    heads = [5, 5, 5, 5, 8, 5, 5, 8, 3, 8]
    whole = Record(words, [True] * 10, ["``", *["NN"] * 5, "''", "PRP", "VBD", "RB"], heads, ["dep"] * 10, None)
    assert augment.masked(whole, random.Random(1)) is whole


def test_a_short_quotation_is_left(quoted: Record) -> None:
    assert augment.masked(quoted, random.Random(1)).words == quoted.words


@pytest.mark.parametrize("seed", range(12))
def test_other_marks_stay_a_pair_and_nothing_else_changes(quoted: Record, seed: int) -> None:
    changed = augment.other_marks(quoted.copy(), random.Random(seed))
    opening, closing = changed.words[0], changed.words[5]
    assert (opening, closing) in augment.STYLES
    assert changed.words[1:5] == quoted.words[1:5]
    assert changed.heads == quoted.heads


def test_capitals_and_accents_change_words_only(quoted: Record) -> None:
    quoted.words[8] = "Łundé"
    rng = random.Random(1)
    assert augment.upper_case(quoted.copy(), rng).words[7] == "ANA"
    assert augment.lower_case(quoted.copy(), rng).words[7] == "ana"
    assert augment.without_accents(quoted.copy(), rng).words[8] == "Łunde"
    assert augment.title_case(quoted.copy(), rng).words[6] == "Said"


def test_a_full_stop_left_out_takes_no_arc_with_it(quoted: Record) -> None:
    changed = augment.without_end(quoted, random.Random(1))
    assert text(changed).rstrip() == "“Bread is dear,” said Ana Lund"
    assert arcs(changed) == arcs(quoted) - {(".", "dear")}


def test_no_rates_no_change_and_the_original_is_never_edited(quoted: Record) -> None:
    before = quoted.copy()
    assert augment.augmented(quoted, NONE, random.Random(1)) is quoted
    for seed in range(50):
        augment.augmented(quoted, augment.Rates(*[0.5] * 8), random.Random(seed))
    assert quoted == before
