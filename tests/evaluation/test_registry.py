"""How right the speakers across documents are: the measure on examples, and the floor on the gold list of speakers."""

from __future__ import annotations

import importlib.util
import random

import pytest

from indexer.domain import Attribution, Quotation
from indexer.evaluation.gold import read_gold
from indexer.evaluation.gold_speakers import GoldSpeaker, problems
from indexer.evaluation.registry import Confusion, end_to_end, gold_attributions, registry_alone

FLOORS = {"dev": 0.985, "train": 0.985}
"""The least B-cubed F1 of the registry alone: on the samples with polnear/dev.gold.jsonl, and on train.gold.jsonl.

They may only rise. Promised is 0.97 on the first.
"""
MIXED_UP = 0.999
"""The least precision: hardly ever are two people one."""
NAMES = {
    "Jane Roe": [("pier", "Jane Roe"), ("board", "Ada Brink")],
    "a deckhand": [("pier", "a deckhand")],
    "Tides and Tempers": [("pier", "Tides and Tempers")],
    "Harbour Board": [("board", "Harbour Board")],
    "Tom Ash": [("board", "Tom Ash"), ("column", "Lund")],
    "Ida Crane": [("column", "Ida Crane")],
}
SPEAKERS = [GoldSpeaker(name, "person", tuple(appearances)) for name, appearances in NAMES.items()]


@pytest.fixture(scope="session")
def benchmark(root):
    """The script that joins the measure with an index, as a module."""
    path = root / "tests" / "benchmarks" / "registry.py"
    spec = importlib.util.spec_from_file_location("benchmarks_registry", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def gold(gold_path):
    return read_gold(gold_path)


def by_name(analysed):
    """The simplest index: one name, one speaker."""
    return {
        (document.id, each.start, each.end): each.speaker
        for document, attributions in analysed
        for each in attributions
        if each.speaker
    }


def all_one(analysed):
    return dict.fromkeys(by_name(analysed), "everybody")


def test_gold_says_what_a_perfect_analysis_would(gold):
    pier, _, column = gold
    first, *_, last = gold_attributions(pier)
    assert (first.speaker, first.speaker_type, first.text) == ("Jane Roe", "person", "The pier is closed,")
    assert (first.mention.text, first.mention.kind, last.mention.kind) == ("Jane Roe", "name", "nominal")
    assert [each.utterance for each in gold_attributions(pier)] == [0, 1, 2, 3, 4, 5]
    assert [each.mention.kind for each in gold_attributions(column)] == ["author", "name"]
    assert gold_attributions(pier)[4].mention is None
    assert gold_attributions(column)[1].via == "Averley Courier"


def test_two_speakers_under_two_names_each(gold):
    result = registry_alone(SPEAKERS, gold, by_name)
    assert (result.total, result.bcubed.items, result.bcubed.precision) == (11, 11, 1)
    # Jane Roe has 3 quotations and 1, Tom Ash 1 and 1.
    assert result.bcubed.recall == pytest.approx((9 / 4 + 1 / 4 + 2 / 2 + 5) / 11)
    assert result.split == [
        Confusion("Jane Roe", (("Jane Roe", 3), ("Ada Brink", 1)), 1.5),
        Confusion("Tom Ash", (("Tom Ash", 1), ("Lund", 1)), 1),
    ]
    assert result.mixed == []


def test_what_the_confusions_lose_is_what_the_figures_lack(gold):
    result = registry_alone(SPEAKERS, gold, all_one)
    assert result.split == []
    assert sum(each.lost for each in result.mixed) / 11 == pytest.approx(1 - result.bcubed.precision)


def test_a_quotation_without_a_speaker_is_a_speaker_of_its_own(gold):
    result = registry_alone(SPEAKERS, gold, lambda _: {})
    assert result.bcubed.precision == 1
    assert len(set(result.predicted.values())) == 11


def test_from_end_to_end_only_what_was_found_and_named_counts(gold):
    def analyse(document):
        """Misses the first quotation, names nobody in the second, shifts the third by one, names a wrong person."""
        mine = next(each for each in gold if each.document == document)
        found = gold_attributions(mine)[1:] if document.id == "pier" else gold_attributions(mine)
        wrong = [Attribution(each.quotation, speaker="Jane Roe") for each in found]
        if document.id == "pier":
            wrong[0] = Attribution(found[0].quotation)
            third = found[1].quotation
            shifted = Quotation(third.start + 1, third.end, third.text[1:], third.kind)
            wrong[1] = Attribution(shifted, speaker="Jane Roe")
        return wrong

    result = end_to_end(SPEAKERS, gold, analyse, by_name)
    assert (result.total, result.bcubed.items) == (11, 9)
    assert set(result.predicted.values()) == {"Jane Roe"}
    assert result.bcubed.recall == 1


def test_a_perfect_analysis_measures_as_the_registry_alone(gold, benchmark):
    perfect = {each.document.id: gold_attributions(each) for each in gold}
    alone = registry_alone(SPEAKERS, gold, benchmark.resolved)
    whole = end_to_end(SPEAKERS, gold, lambda document: perfect[document.id], benchmark.resolved)
    assert alone.predicted == whole.predicted
    assert "nobody" not in {slug.partition(",")[0] for slug in alone.predicted.values()}


@pytest.fixture(params=["dev", "train"])
def listed(request, root, corpora, benchmark):
    """A list of speakers with the gold documents that it is of."""
    return benchmark.read(root / "tests" / "gold", corpora, [request.param])


def test_the_lists_name_each_speaker_of_gold_once(listed):
    assert problems(*listed) == []


@pytest.mark.parametrize("texts", FLOORS)
def test_the_registry_alone_reaches_its_floor(root, corpora, benchmark, texts):
    result = registry_alone(*benchmark.read(root / "tests" / "gold", corpora, [texts]), benchmark.resolved)
    assert result.bcubed.f1 >= FLOORS[texts]
    assert result.bcubed.precision >= MIXED_UP


def test_in_any_order_the_speakers_are_the_same(root, corpora, benchmark):
    _, documents = benchmark.read(root / "tests" / "gold", corpora, ["dev", "train"])
    analysed = [(each.document, gold_attributions(each)) for each in documents]
    straight = benchmark.resolved(analysed)
    assert len(straight) > 2500
    for seed in range(2):
        assert benchmark.resolved(random.Random(seed).sample(analysed, len(analysed))) == straight
