"""Whatever leads a search, and wherever it stops, it finds the same."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.errors import UsageError
from indexer.store.reader import Reader
from indexer.store.rows import Total
from indexer.store.search import plan, searching
from tests.benchmarks.generated import build

COUNT = 1_500
TEXTS = ("the", "the of", '"of the"', "NEAR(the of, 1)", "the -of", "a* OR in", "-the", "")


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """An index with all kinds of quotations; tests only read it."""
    path = tmp_path_factory.mktemp("search") / "quotes.db"
    build(path, COUNT)
    with Reader(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def filters(reader) -> list[dict[str, Any]]:
    """Filters that let something through, alone and together, and some that let nothing through."""
    speaker, publisher = reader.top_speakers(1)[0].name, reader.tallies("publisher")[0].value
    document = reader.newest(1)[0].document
    return [
        {},
        {"speaker": speaker},
        {"publisher": publisher.upper()},
        {"speaker": speaker, "publisher": publisher, "since": "2016", "until": "2021-06"},
        {"document": document},
        {"kind": "term", "publisher": publisher},
        {"speaker": speaker, "kind": "mixed"},
        {"tier": "probable", "publisher": publisher},
        {"tier": "certain"},
        {"since": "2018-03"},
        {"publisher": "nobody at all"},
        {"speaker": "Nobody At All"},
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_it_finds_the_same_whatever_leads(reader, filters, text, monkeypatch):
    """Common words or rare ones, large publishers or small ones: the plan is another, the answer is not."""
    plans = [{}, {"_RARE": 0}, {"_RARE": 0, "_SMALL": 0, "_FEW": 0}]
    found = 0
    for asked in filters:
        answers = []
        for limits in plans:
            with monkeypatch.context() as patch:
                for name, value in limits.items():
                    patch.setattr(plan, name, value)
                newest = [hit.key for hit in reader.search(text, **asked, sort="date", limit=None)]
                best = [hit.key for hit in reader.search(text, **asked, limit=None)]
            assert sorted(newest) == sorted(best)
            answers.append((newest, best, reader.count(text, **asked)))
        assert answers[0] == answers[1] == answers[2], asked
        found += len(answers[0][0])
    assert found > 0


def test_filters_that_let_nothing_through(reader, filters):
    assert [reader.search("the", **asked) for asked in filters[-2:]] == [[], []]
    assert all(reader.search(**asked) for asked in filters[:4])


def test_relevance_ranks_the_newest_hits_only(reader, monkeypatch):
    newest = [hit.key for hit in reader.search("the", sort="date", limit=None)]
    monkeypatch.setattr(searching, "RANKED", 50)
    best = [hit.key for hit in reader.search("the", limit=None)]
    assert best != newest[:50]
    assert sorted(best) == sorted(newest[:50])
    assert [hit.key for hit in reader.search("the", limit=20, after=best[19])] == best[20:40]
    assert reader.search("the", after=newest[60]) == [], "it is not among those that are ranked"


def test_counting_stops(reader, monkeypatch):
    assert reader.count("the").is_exact
    whole = reader.count("the").count
    monkeypatch.setattr("indexer.store.reader.COUNTED", 100)
    monkeypatch.setattr(searching, "COUNTED", 100)
    assert reader.count("the") == Total(100, is_exact=False)
    assert str(reader.count("the")) == "100+"
    assert whole > 100


@pytest.mark.parametrize("sort", ["date", "relevance"])
def test_pages_hold_everything_once(reader, sort):
    whole = [hit.key for hit in reader.search("the", sort=sort, limit=None)]
    pages, after = [], None
    while page := [hit.key for hit in reader.search("the", sort=sort, limit=70, after=after)]:
        pages += page
        after = page[-1]
    assert pages == whole


@pytest.mark.parametrize("sort", ["date", "relevance"])
def test_pages_lead_back(reader, sort):
    whole = [hit.key for hit in reader.search("the", sort=sort, limit=None)]
    assert [hit.key for hit in reader.search("the", sort=sort, limit=30, before=whole[100])] == whole[70:100]
    assert [hit.key for hit in reader.search("the", sort=sort, limit=30, before=whole[10])] == whole[:10]
    assert reader.search("the", sort=sort, limit=30, before=whole[0]) == []


def test_pages_by_date_lose_and_repeat_nothing_while_the_index_grows(article, fill):
    lines = [f"Ito | said | Trade {number} | Ito | person" for number in range(30)]
    path = fill(article("m", *lines, published="2024-05-05"))
    with Reader(path) as reader:
        first = [hit.key for hit in reader.search("trade", sort="date", limit=10)]
    fill(article("z", *lines, published="2024-05-05"), article("a", *lines, published="2024-05-05"))
    with Reader(path) as reader:
        found, after = list(first), first[-1]
        while page := [hit.key for hit in reader.search("trade", sort="date", limit=10, after=after)]:
            found += page
            after = page[-1]
        older = [hit.key for hit in reader.document("m").hits]
    assert len(found) == len(set(found))
    assert set(older) <= set(found)


def test_a_tier_lets_in_what_has_a_speaker(reader):
    counted = {tally.value: tally.quotations for tally in reader.tallies("tier")}
    for tier, count in counted.items():
        hits = reader.search(tier=tier, limit=None)
        assert len(hits) == count
        assert all(hit.tier == tier and hit.speaker for hit in hits)
    with pytest.raises(UsageError, match="no tier 'sure'"):
        reader.search(tier="sure")
