"""A part of a document, where a quotation stands in it, and the same words in other places."""

from __future__ import annotations

import runpy
from types import SimpleNamespace

import pytest

from indexer.errors import NotFound
from indexer.store.clusters import versions as cluster_versions
from indexer.store.reader import Reader


@pytest.fixture(scope="module")
def newsroom(root):
    return SimpleNamespace(**runpy.run_path(str(root / "tests" / "publish" / "newsroom.py")))


@pytest.fixture(scope="module")
def reader(newsroom, tmp_path_factory):
    with Reader(newsroom.build(tmp_path_factory.mktemp("index") / "quotes.db")) as reader:
        yield reader


@pytest.fixture(scope="module")
def chorus(root, tmp_path_factory):
    """A reader of three articles with the same words."""
    build = runpy.run_path(str(root / "tests" / "publish" / "chorus.py"))["build"]
    with Reader(build(tmp_path_factory.mktemp("chorus") / "quotes.db")) as reader:
        yield reader


def test_a_part_has_every_quotation_that_reaches_into_it(reader, newsroom):
    whole = reader.document(newsroom.FLOOD.id)
    second = whole.hits[1]
    part = reader.part(newsroom.FLOOD.id, lambda text: (second.start + 3, second.end + 200))
    assert part.hits[0].key == second.key
    assert all(hit.start < part.end and hit.end > part.start for hit in part.hits)
    assert len(part.hits) < len(whole.hits)
    assert reader.part(newsroom.FLOOD.id, lambda text: (second.end, second.end)).hits == []


def test_a_part_counts_in_the_whole_document(reader, newsroom):
    part = reader.part(newsroom.FLOOD.id, lambda text: (0, 10))
    assert (part.tiers, part.terms) == ({"certain": 7, "probable": 3, "uncertain": 1}, 1)
    assert reader.part(newsroom.BUDGET.id, lambda text: (0, 10)).tiers == {"certain": 2}


def test_a_part_knows_what_people_decided(chorus):
    key = chorus.document("a/first.txt").hits[0].key
    assert chorus.part("a/first.txt", lambda text: (0, len(text))).corrected == {key}
    assert chorus.part("b/second.txt", lambda text: (0, len(text))).corrected == set()


def test_a_quotation_has_an_offset_in_its_document(reader):
    hit = reader.search("lit window")[0]
    assert reader.offset(hit.key) == hit.start
    assert reader.offset(hit.key[:6]) is None


def test_surroundings_count_quotations_and_not_terms(reader, newsroom):
    hits = reader.document(newsroom.FLOOD.id).hits
    said, term = [hit.key for hit in hits if hit.kind != "term"], next(hit for hit in hits if hit.kind == "term")
    found = [reader.surroundings(key) for key in said]
    assert [one.number for one in found] == list(range(1, len(said) + 1))
    assert {one.count for one in found} == {len(said)}
    assert [one.next for one in found] == [*said[1:], None]
    assert [one.previous for one in found] == [None, *said[:-1]]
    beside = reader.surroundings(term.key)
    assert (beside.number, beside.count) == (0, len(said))
    assert said.index(beside.next) == said.index(beside.previous) + 1


def test_surroundings_have_the_newest_decision(chorus):
    decided = chorus.surroundings(chorus.document("a/first.txt").hits[0].key).correction
    assert decided.decision.speaker == "Perpetua Quayle-Ng"
    assert chorus.surroundings(chorus.document("b/second.txt").hits[0].key).correction is None


def test_other_versions_come_in_order_of_time_with_their_differences(chorus):
    found = chorus.versions(chorus.document("c/third.txt").hits[0].key, 20)
    assert (found.quotations, found.documents, found.publishers, found.more) == (3, 3, 2, 0)
    assert [version.hit.document for version in found.shown] == ["a/first.txt", "b/second.txt"]
    assert [version.is_same for version in found.shown] == [True, False]
    assert [name for _, name in found.speakers] == ["Anselm Birdwhistle", "Perpetua Quayle-Ng"]


def test_no_more_versions_are_given_than_asked_for(chorus):
    found = chorus.versions(chorus.document("a/first.txt").hits[0].key, 1)
    assert [version.hit.document for version in found.shown] == ["b/second.txt"]
    assert found.more == 1


def test_very_long_words_are_not_compared(chorus, monkeypatch):
    monkeypatch.setattr(cluster_versions, "COMPARED_WORDS", 5)
    found = chorus.versions(chorus.document("a/first.txt").hits[0].key, 20)
    assert [(version.segments, version.is_same) for version in found.shown] == [((), False)] * 2


def test_words_that_stand_alone_have_no_versions(reader):
    assert reader.versions(reader.search("lit window")[0].key, 20) is None


def test_nothing_is_known_of_a_key_that_never_was(reader):
    assert reader.lost("f" * 12) is None
    for ask in (reader.surroundings, lambda key: reader.versions(key, 1)):
        with pytest.raises(NotFound):
            ask("f" * 12)
