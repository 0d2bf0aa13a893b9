"""The measures on examples counted by hand."""

from __future__ import annotations

import pytest

from indexer.domain import Document
from indexer.evaluation.breakdown import by_kind
from indexer.evaluation.gold import GoldDocument, GoldQuotation
from indexer.evaluation.metrics import Prediction, Ratio, normal, overlap, score, trimmed
from indexer.evaluation.mistakes import mistakes

#       0         1         2         3         4         5         6
#       0123456789012345678901234567890123456789012345678901234567890123456789
TEXT = "Ada Roe said “ten whole words”. “Maybe so”, she said of “the Song” now."
WORDS, MAYBE, SONG = (14, 29), (33, 41), (57, 65)
ADA, SHE = (0, 7), (44, 47)


def gold(*quotations):
    return [GoldDocument(Document("a", TEXT), quotations)]


def quotation(span=WORDS, decision="quotation", speaker="Ada Roe", aliases=(), mentions=(), kind="direct"):
    return GoldQuotation(*span, decision, kind, speaker, tuple(aliases), tuple(mentions))


def scored(quotations, *predictions):
    return score(gold(*quotations), {"a": predictions})


def counts(scores):
    return scores.found, scores.spurious, scores.missed


def test_the_text_of_the_examples():
    spans = [TEXT[start:end] for start, end in (WORDS, MAYBE, SONG, ADA, SHE)]
    assert spans == ["ten whole words", "Maybe so", "the Song", "Ada Roe", "she"]


def test_three_of_four_found_two_speakers_right():
    items = [quotation(), quotation(MAYBE), quotation(SONG, kind="mixed"), quotation(ADA)]
    scores = scored(
        items,
        Prediction(*WORDS, "Ada Roe"),
        Prediction(*MAYBE, "Ms Roe"),
        Prediction(*SONG, "ADA ROE’s"),
        Prediction(67, 70, "Ada Roe"),
    )
    assert counts(scores) == (3, 1, 1)
    assert scores.quotation == Ratio(3, 1, 1)
    assert (scores.quotation.precision, scores.quotation.recall, scores.quotation.f1) == (0.75, 0.75, 0.75)
    assert scores.end_to_end == Ratio(2, 2, 2)
    assert scores.end_to_end.f1 == 0.5
    assert scores.speaker == pytest.approx(2 / 3)
    assert {kind: (c.n, c.found, c.speaker_right) for kind, c in by_kind(scores).items()} == {
        "direct": (3, 2, 1),
        "mixed": (1, 1, 1),
    }
    assert [(m.what, m.text) for m in mistakes(scores.judged)] == [
        ("spurious", "now"),
        ("speaker", "Maybe so"),
        ("missed", "Ada Roe"),
    ]


def test_marks_and_punctuation_at_the_ends_do_not_count():
    assert counts(scored([quotation()], Prediction(13, 32))) == (1, 0, 0)


@pytest.mark.parametrize(("end", "found"), [(26, 1), (25, 0)])
def test_twelve_of_fifteen_characters_are_the_same_quotation_eleven_are_not(end, found):
    assert scored([quotation()], Prediction(14, end)).found == found


def test_of_two_predictions_on_one_quotation_the_other_is_nested_and_ignored():
    assert counts(scored([quotation()], Prediction(*WORDS), Prediction(18, 29))) == (1, 0, 0)


def test_a_prediction_that_sticks_out_by_three_is_spurious():
    assert counts(scored([quotation(MAYBE)], Prediction(30, 37))) == (0, 1, 1)


def test_a_prediction_on_a_term_is_spurious():
    scores = scored([quotation(SONG, "term", None)], Prediction(*SONG, "Ada Roe"))
    assert counts(scores) == (0, 1, 0)
    assert [judged.verdict for judged in scores.judged] == ["term"]


def test_a_term_that_is_not_predicted_is_right():
    assert counts(scored([quotation(SONG, "term", None)])) == (0, 0, 0)


@pytest.mark.parametrize("span", [SONG, (50, 65)])
def test_a_prediction_on_an_ambiguous_span_counts_neither_way(span):
    assert counts(scored([quotation(SONG, "ambiguous", None)], Prediction(*span))) == (0, 0, 0)


def test_an_alias_is_right_but_only_the_fullest_name_is_full():
    items = [quotation(aliases=["Roe"])]
    short, full = scored(items, Prediction(*WORDS, "Roe")), scored(items, Prediction(*WORDS, "Ada Roe"))
    assert (short.speaker, short.full_name) == (1.0, 0.0)
    assert (full.speaker, full.full_name) == (1.0, 1.0)


def test_an_alias_of_as_many_words_is_a_full_name():
    scores = scored([quotation(aliases=["Countess Lovelace"])], Prediction(*WORDS, "Countess Lovelace"))
    assert scores.full_name == 1.0


@pytest.mark.parametrize("speaker", [None, ""])
def test_nobody_is_never_right(speaker):
    assert scored([quotation(speaker=None)], Prediction(*WORDS, speaker)).speaker == 0.0


def test_mentions_are_counted_where_gold_has_them():
    items = [quotation(mentions=[ADA]), quotation(MAYBE, mentions=[ADA, SHE]), quotation(SONG)]
    predictions = (Prediction(*WORDS, mention=(4, 7)), Prediction(*MAYBE, mention=(47, 51)), Prediction(*SONG))
    assert scored(items, *predictions).mention == 0.5
    assert scored([quotation()], Prediction(*WORDS)).mention is None


@pytest.mark.parametrize("span", [(-1, 4), (66, 999), (69, 66)])
def test_bad_offsets_are_counted_and_spurious(span):
    scores = scored([quotation()], Prediction(*span))
    assert (scores.bad_offsets, *counts(scores)) == (1, 0, 1, 1)


def test_predictions_for_a_document_that_gold_does_not_have():
    scores = score(gold(quotation()), {"a": [Prediction(*WORDS)], "b": [Prediction(1, 2)], "c": []})
    assert (scores.unknown_documents, *counts(scores)) == (1, 1, 0, 0)


def test_terms_among_the_predictions_are_not_scored():
    scores = scored([quotation()], Prediction(*WORDS, kind="term"), Prediction(*SONG, kind="term"))
    assert counts(scores) == (0, 0, 1)


def test_what_was_withheld_changes_no_figure():
    predictions = {"a": [Prediction(*MAYBE, "Ada Roe")]}
    withheld = {"a": [Prediction(*WORDS), Prediction(*SONG, kind="term")]}
    items = gold(quotation(), quotation(SONG, "term", None))
    assert counts(score(items, predictions, withheld)) == counts(score(items, predictions)) == (0, 1, 1)


def test_nothing_at_all_is_zero_and_never_an_error():
    scores = score([], {})
    assert (scores.quotation.f1, scores.end_to_end.f1, scores.speaker, scores.mention) == (0.0, 0.0, 0.0, None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vladimir Putin", "vladimir putin"),
        ("President Vladimir Putin", "vladimir putin"),
        ("the former Vice President Dick Cheney", "dick cheney"),
        ("Mr. Müller’s", "muller"),
        ("Vice President", "vice president"),
        ("The President", "president"),
        ("Jean-Luc  O'Neil", "jean luc o neil"),
        ("", ""),
        ("…", ""),
    ],
)
def test_names_are_compared_in_normal_form(name, expected):
    assert normal(name) == expected


def test_trimming_and_overlap():
    assert trimmed("“Yes,” ", (0, 7)) == (1, 4)
    assert trimmed("“…”", (0, 3)) == (3, 3)
    assert overlap((0, 4), (2, 6)) == pytest.approx(2 / 6)
    assert overlap((0, 4), (4, 6)) == overlap((3, 3), (0, 9)) == 0.0
