"""What several parties said, on one timeline."""

from __future__ import annotations

import pytest

from indexer.errors import UsageError
from indexer.store.reader import Reader
from indexer.store.rows import Total
from indexer.store.search import comparing
from tests.benchmarks.generated import build


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """An index of many speakers and publishers; tests only read it."""
    path = tmp_path_factory.mktemp("comparing") / "quotes.db"
    build(path, 1_500)
    with Reader(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def pairs(reader):
    """Two speakers, and two publishers."""
    speakers = [{"speaker": speaker.slug} for speaker in reader.top_speakers(2)]
    return [speakers, [{"publisher": tally.value} for tally in reader.tallies("publisher", limit=2)]]


@pytest.mark.parametrize("text", ["", "the", "the of", "-the", "nothing-like-this"])
@pytest.mark.parametrize("capped", [False, True])
def test_page_after_page_all_that_each_party_said_comes_once_in_order(reader, pairs, text, capped, monkeypatch):
    if capped:
        monkeypatch.setattr(comparing, "COMPARED", 10)
    for parties in pairs:
        wanted = [{hit.key for hit in reader.search(text, limit=None, sort="date", **party)} for party in parties]
        found, after = [], None
        while page := reader.compare(text, parties, limit=7, after=after):
            found += [(number, hit.key) for number, hit in page.said]
            if not page.has_older:
                break
            after = found[-1][1]
        assert len(found) == len(set(found))
        assert [{key for number, key in found if number == party} for party in (0, 1)] == wanted


def test_counts_are_those_of_each_search(reader, pairs):
    for parties in pairs:
        sides = reader.compare("the", parties).sides
        assert [side.total for side in sides] == [reader.count("the", **party) for party in parties]
        assert all(sum(side.months.values()) == side.total.count and side.back_to is None for side in sides)


def test_counting_stops_and_says_how_far_back_it_went(reader, pairs, monkeypatch):
    monkeypatch.setattr(comparing, "COMPARED", 5)
    side = reader.compare("", pairs[0]).sides[0]
    newest = reader.search(limit=5, **pairs[0][0])
    assert side.total == Total(5, is_exact=False)
    assert side.back_to == (newest[-1].said_on or newest[-1].published)[:7]


def test_a_bad_date_and_a_key_of_nobody_are_told(reader, pairs):
    with pytest.raises(UsageError, match="not a date"):
        reader.compare("", [{**pairs[0][0], "since": "yesterday"}])
    with pytest.raises(UsageError, match="no quotation"):
        reader.compare("", pairs[0], after="ffffffffffff")
