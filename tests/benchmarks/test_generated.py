"""The generated documents are what the benchmarks take them for."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from statistics import median

import pytest

from indexer.store.reader import Reader
from tests.benchmarks.generated import SHAPES, build, generate
from tests.benchmarks.vocabulary import PEOPLE, PUBLISHERS, WORDS, Vocabulary, common_words

COUNT = 4_000


@pytest.fixture(scope="module")
def documents():
    return list(generate(COUNT))


@pytest.fixture(scope="module")
def attributions(documents):
    return [attribution for _, found in documents for attribution in found]


def test_there_are_as_many_as_asked_for(attributions):
    assert len(attributions) == COUNT
    assert sum(len(found) for _, found in generate(1)) == 1


def test_every_offset_is_exact(documents):
    for document, found in documents:
        for attribution in found:
            passages = filter(None, (attribution.quotation, attribution.cue, attribution.mention))
            assert all(document.text[passage.start : passage.end] == passage.text for passage in passages)


def test_the_same_seed_gives_the_same_documents_and_another_gives_others(documents):
    assert list(islice(generate(COUNT), 50)) == documents[:50]
    assert next(generate(COUNT, seed=1)) != documents[0]


def test_quotations_are_as_long_as_in_news(attributions):
    lengths = [len(attribution.text.split()) for attribution in attributions if attribution.kind != "term"]
    assert 13 <= median(lengths) <= 17
    assert min(lengths) == 1
    assert 100 < max(lengths) <= 120


def test_each_shape_has_its_share(attributions):
    alone = sum(a.kind != "term" and a.speaker is None for a in attributions) / COUNT
    terms = sum(a.kind == "term" for a in attributions) / COUNT
    words = Counter(a.text for a in attributions if a.kind == "direct")
    again = sum(count - 1 for count in words.values()) / COUNT
    assert alone == pytest.approx(SHAPES["alone"], abs=0.015)
    assert terms == pytest.approx(SHAPES["term"], abs=0.02)
    assert again == pytest.approx(SHAPES["again"], abs=0.02)


def test_somebody_is_named_in_full_first(documents):
    for _, found in documents:
        first = {a.speaker: a.mention.text for a in reversed(found) if a.mention}
        assert all(speaker == mention for speaker, mention in first.items())


def test_names_and_words_are_as_many_as_promised():
    vocabulary = Vocabulary()
    counts = [len(set(names)) for names in (vocabulary.words, vocabulary.people, vocabulary.publishers)]
    assert counts == [WORDS, PEOPLE, PUBLISHERS]
    assert len(set(common_words())) == len(common_words()) > 300


def test_an_index_of_them_holds_them_all(tmp_path, documents):
    build(tmp_path / "quotes.db", 500)
    with Reader(tmp_path / "quotes.db") as reader:
        assert reader.count().count + reader.count(kind="term").count == 500
        document, found = documents[0]
        assert [hit.text for hit in reader.document(document.id).hits] == [attribution.text for attribution in found]
