"""Spoiled texts: what is spoiled, that gold still points at the same words, and how little it may cost."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from indexer import samples
from indexer.domain import Document
from indexer.evaluation.corruptions import LIMITS, NAMES, corrupt
from indexer.evaluation.gold import GoldDocument, GoldQuotation, read_gold
from indexer.evaluation.metrics import Prediction, score
from indexer.nlp.analysis import load

TEXT = "“It’s ‘dead calm’ out,” said Ada Brink.\n\nOn Monday she called it «a gift» and 6'2\" Roe left."
SPOILED = {
    "straight": '"It\'s \'dead calm\' out," said Ada Brink.\n\nOn Monday she called it "a gift" and 6\'2" Roe left.',
    "single": '‘It’s “dead calm” out,’ said Ada Brink.\n\nOn Monday she called it ‘a gift’ and 6’2" Roe left.',
    "doubled": "''It's 'dead calm' out,'' said Ada Brink.\n\nOn Monday she called it ''a gift'' and 6'2\" Roe left.",
    "paragraphs": "“It’s ‘dead calm’ out,” said Ada Brink. On Monday she called it «a gift» and 6'2\" Roe left.",
    "capitals": "“IT’S ‘DEAD CALM’ OUT,” SAID ADA BRINK.\n\nON MONDAY SHE CALLED IT «A GIFT» AND 6'2\" ROE LEFT.",
}
TOO_MUCH = {
    "paragraphs": "14 points on 123 quotations: ten are set off as paragraphs, without marks, and most of the others "
    "are in the paragraph after the one that names their speaker (3 points on train.gold)",
}
"""What costs more than it may on our own articles, and why."""


def at(text, words):
    start = text.index(words)
    return start, start + len(words)


def decided(text):
    """A document of our own, with two quotations, a mention of each speaker, and when one was said."""
    direct = GoldQuotation(
        *at(text, "It’s ‘dead calm’ out,"), "quotation", "direct", "Ada Brink", (), (at(text, "Ada Brink"),)
    )
    mixed = GoldQuotation(*at(text, "a gift"), "quotation", "mixed", "Ada Brink", (), (at(text, "she"),))
    inner = GoldQuotation(*at(text, "dead calm"), "term", "direct", None, (), ())
    return GoldDocument(Document("d", text), (direct, inner, replace(mixed, when=at(text, "Monday"))))


def letters(words):
    """The words without marks, spaces and capitals: what no corruption changes."""
    return re.sub(r"[\W_]", "", words).casefold()


def pointed_at(gold):
    """The words that every offset of gold points at."""
    spans = [(item.start, item.end) for item in gold.quotations]
    spans += [span for item in gold.quotations for span in (*item.mentions, *([item.when] if item.when else []))]
    return [letters(gold.document.text[start:end]) for start, end in spans]


@pytest.mark.parametrize("name", SPOILED)
def test_what_each_does_to_a_text(name):
    (spoiled,) = corrupt([decided(TEXT)], name)
    assert spoiled.document.text == SPOILED[name]
    assert pointed_at(spoiled) == ["itsdeadcalmout", "deadcalm", "agift", "adabrink", "she", "monday"]
    (direct, inner, mixed) = spoiled.quotations
    assert spoiled.document.text[mixed.start : mixed.end].lower() == "a gift"
    assert spoiled.document.text[inner.start : inner.end].lower() == "dead calm"
    assert spoiled.document.text[direct.end - 1] == ","


def test_a_letter_without_a_capital_of_its_own_stays():
    (spoiled,) = corrupt([GoldDocument(Document("d", "The ﬁre in Große Straße."), ())], "capitals")
    assert spoiled.document.text == "THE ﬁRE IN GROßE STRAßE."


def test_a_tenth_of_the_closing_marks_is_dropped():
    text = "“So it is,” said Ada Brink. " * 400
    spans = [match.span() for match in re.finditer("So it is,", text)]
    gold = GoldDocument(
        Document("d", text), tuple(GoldQuotation(*span, "quotation", "direct", "Ada Brink", (), ()) for span in spans)
    )
    (once,), (again,), (other,) = corrupt([gold], "dropped"), corrupt([gold], "dropped"), corrupt([gold], "dropped", 1)
    assert once == again != other
    assert 25 <= 400 - once.document.text.count("”") <= 55
    assert once.document.text.count("“") == 400
    assert set(pointed_at(once)) == {"soitis"}


@pytest.fixture(scope="module")
def ours():
    return read_gold(samples.gold())


@pytest.mark.parametrize("name", NAMES)
def test_gold_points_at_the_same_words_of_our_articles(ours, name):
    spoiled = corrupt(ours, name)
    assert [pointed_at(item) for item in spoiled] == [pointed_at(item) for item in ours]
    assert sum(one.document.text != other.document.text for one, other in zip(ours, spoiled, strict=True)) >= 6


def test_an_unknown_name_is_refused(ours):
    with pytest.raises(KeyError):
        corrupt(ours, "backwards")


@pytest.fixture(scope="module")
def points():
    """A function that gives the end-to-end F1 of documents in hundredths."""
    analyser = load()

    def measured(gold):
        found = {item.document.id: analyser.analyse(item.document) for item in gold}
        told = {id: [Prediction.of(a) for a in items if a.is_attributed_quotation] for id, items in found.items()}
        return 100 * score(gold, told).end_to_end.f1

    return measured


@pytest.fixture(scope="module")
def clean(ours, points):
    return points(ours)


def limited(name):
    marks = [pytest.mark.xfail(strict=True, reason=TOO_MUCH[name])] if name in TOO_MUCH else []
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", [limited(name) for name in NAMES])
def test_what_a_corruption_costs_stays_within_its_limit(ours, points, clean, name):
    assert clean - points(corrupt(ours, name)) <= LIMITS[name]
