"""What the hits of a search are: the same counts wherever they are read, and how far back they go."""

from __future__ import annotations

from collections import Counter

import pytest

from indexer.store.reader import Reader
from indexer.store.rows import Total
from indexer.store.search import facets, plan
from tests.benchmarks.generated import build

COUNT = 1_500
SEARCHES = [
    ("", {}),
    ("the", {}),
    ("the", {"kind": "mixed"}),
    ("-the", {}),
    ("", {"kind": "term"}),
    ("", {"kind": "mixed"}),
    ("", {"tier": "probable"}),
    ("", {"since": "2018-03", "until": "2019"}),
    ("of", {"tier": "certain", "since": "2017"}),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """An index with all kinds of quotations; tests only read it."""
    path = tmp_path_factory.mktemp("facets") / "quotes.db"
    build(path, COUNT)
    with Reader(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def searches(reader):
    """Those above, and some with a speaker or a publisher that is there."""
    named = {"speaker": reader.top_speakers(1)[0].slug, "publisher": reader.tallies("publisher")[0].value}
    return [
        *SEARCHES,
        *(("", {name: value}) for name, value in named.items()),
        *(("the", {name: value}) for name, value in named.items()),
        ("", named),
        ("", {"publisher": named["publisher"], "tier": "certain"}),
    ]


def counted(reader, text, asked):
    """The hits one by one, as the facets should count them."""
    hits = reader.search(text, **asked, sort="date", limit=None)
    named = [hit for hit in hits if hit.speaker_slug]
    return hits, {
        "kind": Counter(hit.kind for hit in hits),
        "tier": Counter(hit.tier for hit in named),
        "publisher": Counter(hit.publisher for hit in hits if hit.publisher),
        "speaker": Counter(hit.speaker for hit in named if hit.speaker_type != "unnamed"),
        "month": Counter((hit.said_on or hit.published or "")[:7] for hit in hits),
    }


@pytest.mark.parametrize("is_gathered", [True, False])
def test_every_facet_counts_what_the_search_finds(reader, searches, monkeypatch, is_gathered):
    if not is_gathered:
        monkeypatch.setattr(plan, "_FEW", 0)
    for text, asked in searches:
        hits, expected = counted(reader, text, asked)
        overview = reader.overview(text, **asked)
        assert overview.total == reader.total(text, **asked) == Total(len(hits)), (text, asked)
        for by, facet in overview.facets.items():
            assert facet.back_to is None
            assert all(expected[by][tally.value] == tally.quotations for tally in facet.tallies), (text, asked, by)
            assert by == "month" or len(facet.tallies) == min(len(expected[by]), facets.LISTED), (text, asked, by)
        assert sum(tally.quotations for tally in overview.facets["month"].tallies) == len(hits)


def test_a_speaker_of_a_facet_can_be_asked_for_by_its_slug(reader):
    first = reader.overview("the").facets["speaker"].tallies[0]
    assert reader.total("the", speaker=first.slug) == Total(first.quotations)


@pytest.mark.parametrize(("text", "asked"), [("the", {}), ("the", {"kind": "mixed"}), ("", {"tier": "certain"})])
def test_where_not_all_is_looked_at_the_counts_say_back_to_when(reader, monkeypatch, text, asked):
    monkeypatch.setattr(facets, "LOOKED_AT", 150)
    monkeypatch.setattr(facets, "SAMPLED", 10)
    hits, _ = counted(reader, text, asked)
    overview = reader.overview(text, **asked)
    month, kind = overview.facets["month"], overview.facets["kind"]
    total = sum(tally.quotations for tally in month.tallies)
    assert 10 < total < len(hits)
    for facet, last in ((month, hits[total - 1]), (kind, hits[min(total, 10) - 1])):
        assert facet.back_to == (last.said_on or last.published)
    assert sum(tally.quotations for tally in kind.tallies) == min(total, 10)
    assert overview.total == (Total(total, is_exact=False) if text else Total(len(hits))), "a tier's total is kept"


def test_counting_stops_and_says_so(reader, monkeypatch):
    monkeypatch.setattr(facets, "COUNTED", 100)
    overview = reader.overview("the")
    assert overview.total == reader.total("the") == Total(100, is_exact=False)
    assert overview.facets["month"].back_to


def test_a_search_that_finds_nothing_has_empty_facets(reader):
    overview = reader.overview("nowhere", tier="certain")
    assert overview.total == Total(0)
    assert not any(facet.tallies for facet in overview.facets.values())


def test_months_are_in_order(reader):
    months = [tally.value for tally in reader.overview("of").facets["month"].tallies]
    assert months == sorted(months)
