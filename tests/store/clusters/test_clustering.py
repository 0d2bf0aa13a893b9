"""Clusters in the index: which there are, that only the quotations decide it, and what a reader shows of one."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from indexer.errors import NotFound
from indexer.store.clusters.clustering import recluster
from indexer.store.clusters.pages import Segment, differences
from indexer.store.reader import Reader
from indexer.store.writer import Writer

FULL = "We waited nine years for this harbour, and nobody in the capital lifted a finger."
CUT = "nobody in the capital lifted a finger"
OTHER = "The oysters of the lagoon will pay for a new school."


def line(words: str, name: str = "Aiko Ito", kind: str = "person") -> str:
    return f"{name} | said | {words} | {name} | {kind}"


TERM = f" | said | {FULL} | | term"


@pytest.fixture
def articles(article: Callable[..., Any]) -> list[Any]:
    """Four articles: three with the same words, two with other ones; one has a term."""
    return [
        article("a", line(FULL), published="2024-05-02", publisher="Post"),
        article("b", line(CUT), line(OTHER), published="2024-05-01", publisher="Mail"),
        article("c", line(FULL, "Tomas Berg"), published="2024-05-03", publisher="Post"),
        article("d", line(OTHER), TERM, published="2024-06"),
    ]


def clusters(path: Path) -> list[tuple[Any, ...]]:
    """Every cluster with its members, without row ids."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT c.key, c.quotations, c.documents, c.publishers, c.first, c.last, group_concat(q.key, ' ')"
            " FROM clusters c JOIN (SELECT * FROM quotations ORDER BY key) q ON q.cluster_id = c.id"
            " GROUP BY c.id ORDER BY c.key"
        ).fetchall()


def test_the_same_words_are_joined_when_the_index_is_closed(fill: Callable[..., Path], articles: list[Any]) -> None:
    found = sorted(row[1:6] for row in clusters(fill(*articles)))
    assert found == [(2, 2, 1, "2024-05-01", "2024-06"), (3, 3, 2, "2024-05-01", "2024-05-03")]


def test_terms_are_in_no_cluster(fill: Callable[..., Path], article: Callable[..., Any]) -> None:
    titles = [article(name, TERM) for name in "ab"]
    assert clusters(fill(*titles)) == []


def test_the_order_of_indexing_makes_no_difference(
    tmp_path: Path, fill: Callable[..., Path], articles: list[Any]
) -> None:
    together = clusters(fill(*articles))
    for seed in range(4):
        random.Random(seed).shuffle(articles)
        path = tmp_path / f"{seed}.db"
        for document, found in articles:
            with Writer(path) as writer:
                writer.write(document, found, "1")
        assert clusters(path) == together


def test_what_changes_leaves_its_cluster(
    fill: Callable[..., Path], article: Callable[..., Any], articles: list[Any], sound: Callable[[Path], None]
) -> None:
    keys = {row[0] for row in clusters(fill(*articles))}
    path = fill(article("b", line(CUT)))
    sound(path)
    assert [row[1] for row in clusters(path)] == [3]
    assert {row[0] for row in clusters(path)} < keys
    with Writer(path) as writer:
        writer.prune(["d"])
    sound(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM clusters").fetchone() == (0,)


def test_nothing_is_worked_out_again_where_nothing_changed(fill: Callable[..., Path], articles: list[Any]) -> None:
    path = fill(*articles)
    with closing(sqlite3.connect(path)) as connection:
        db = Database(connection)
        before = connection.total_changes
        assert recluster(db) is False
        assert connection.total_changes == before
        db.execute("UPDATE quotations SET kind = 'term' WHERE text = ?", [CUT])
        assert recluster(db) is True
        assert recluster(db) is False
    assert sorted(row[1] for row in clusters(path)) == [2, 2]


def test_another_speaker_is_a_reason_to_work_clusters_out_again(fill: Callable[..., Path], articles: list[Any]) -> None:
    noted = "SELECT count(*) FROM cluster_changes"
    with closing(sqlite3.connect(fill(*articles))) as connection:
        for change in ("UPDATE quotations SET speaker_id = NULL", "UPDATE speakers SET name = 'Somebody'"):
            assert connection.execute(noted).fetchone() == (0,)
            connection.execute(change)
            assert connection.execute(noted).fetchone() == (1,)
            connection.rollback()


def test_everyday_words_of_one_speaker_are_joined_by_the_days(
    fill: Callable[..., Path], article: Callable[..., Any]
) -> None:
    words = "They say we can, and we do not."
    days = {"a": "2024-05-01", "b": "2024-05-02T08:00", "c": "2026-07-01", "d": "2026-07-03", "e": "2026-07"}
    found = clusters(fill(*(article(key, line(words), published=day) for key, day in days.items())))
    assert sorted(row[1:6] for row in found) == [
        (2, 2, 0, "2024-05-01", "2024-05-02T08:00"),
        (2, 2, 0, "2026-07-01", "2026-07-03"),
    ]


def test_everyday_words_are_told_by_what_stands_around_them(
    fill: Callable[..., Path], article: Callable[..., Any]
) -> None:
    around = "Insurers refused to pay for flooded trawlers in the harbour.", "The oysters of the lagoon are lost."
    articles = [
        article("a", line(around[0]), line("She knows where it is, and they do not."), published="2024-05-01"),
        article("b", line("she knows where"), line(around[1]), published="2024-05-01"),
    ]
    assert clusters(fill(*articles)) == []
    articles[1] = article("b", line("she knows where"), line(f"{around[0]} They will."), published="2024-05-01")
    assert [row[1] for row in clusters(fill(*articles))] == [2, 2]


def test_joining_a_cluster_leaves_the_full_text_index_alone(fill: Callable[..., Path], articles: list[Any]) -> None:
    with closing(sqlite3.connect(fill(*articles))) as connection:
        size = "SELECT sum(length(block)) FROM quotations_fts_data"
        before = connection.execute(size).fetchone()
        connection.execute("UPDATE quotations SET cluster_id = NULL")
        assert connection.execute(size).fetchone() == before
        connection.execute("UPDATE quotations SET text = 'an entirely new wording' WHERE text = ?", [CUT])
        found = connection.execute("SELECT count(*) FROM quotations_fts WHERE quotations_fts MATCH 'entirely'")
        assert found.fetchone() == (1,)


def test_the_page_of_a_cluster(fill: Callable[..., Path], articles: list[Any]) -> None:
    with Reader(fill(*articles)) as reader:
        row, other = reader.clusters()
        page = reader.cluster(row.key)
        assert reader.cluster(page.earliest.key) == page
        assert reader.clusters(limit=1) == [row]
        assert (other.text, other.publishers) == (OTHER, 1)
    assert (row.text, row.quotations, row.documents, row.publishers) == (FULL, 3, 3, 2)
    assert (row.first, row.last, page.earliest.document) == ("2024-05-01", "2024-05-03", "b")
    assert [(wording.text, len(wording.hits)) for wording in page.wordings] == [(FULL, 2), (CUT, 1)]
    assert page.attributions_differ
    assert page.speakers == ("Aiko Ito", "Tomas Berg")
    assert page.publishers == ("Mail", "Post")


def test_who_names_nobody_does_not_differ(fill: Callable[..., Path], article: Callable[..., Any]) -> None:
    named = article("a", line(FULL))
    nobody = article("b", f"x | said | {FULL} | | ", line(FULL.upper(), "a senior aide", "unnamed"))
    with Reader(fill(named, nobody)) as reader:
        page = reader.cluster(reader.clusters()[0].key)
    assert (page.speakers, page.attributions_differ) == (("Aiko Ito",), False)
    assert len(page.wordings) == 2


@pytest.mark.parametrize("key", ["", "xyz", "0123456789ab", "ffff"])
def test_there_is_no_such_cluster(fill: Callable[..., Path], articles: list[Any], key: str) -> None:
    with Reader(fill(*articles)) as reader, pytest.raises(NotFound, match="no cluster or quotation"):
        reader.cluster(key)


def test_a_quotation_that_stands_alone_has_no_cluster(fill: Callable[..., Path], article: Callable[..., Any]) -> None:
    with Reader(fill(article("a", line(FULL)))) as reader:
        key = reader.document("a").hits[0].key
        with pytest.raises(NotFound, match="stand in no other document"):
            reader.cluster(key)


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        (FULL.lower(), [("same", FULL.lower())]),
        (
            "we waited 9 years … and nobody lifted a finger",
            [("same", "we waited"), ("removed", "nine"), ("added", "9"), ("same", "years"),
             ("removed", "for this harbour,"), ("added", "…"), ("same", "and nobody"), ("removed", "in the capital"),
             ("same", "lifted a finger")],
        ),
        ("", [("removed", FULL)]),
    ],
)  # fmt: skip
def test_differences_are_stretches_of_words(text: str, segments: list[tuple[Any, str]]) -> None:
    assert differences(text, FULL) == tuple(Segment(*segment) for segment in segments)
