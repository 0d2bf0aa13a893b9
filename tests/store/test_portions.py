"""All that a search finds, a portion at a time."""

from __future__ import annotations

from contextlib import closing

import pytest

from indexer.errors import UsageError
from indexer.store.reader import Reader
from indexer.store.writer import Writer
from tests.benchmarks.generated import build, generate

COUNT = 1_500


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """An index of several portions; tests only read it."""
    path = tmp_path_factory.mktemp("large") / "quotes.db"
    build(path, COUNT)
    return path


def of_all(reader, *args, **filters):
    return [hit for hits in reader.portions(*args, **filters) for hit in hits]


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("", {}),
        ("", {"kind": "term"}),
        ("", {"since": "2018", "until": "2020-06"}),
        ("the", {}),
        ("the -of", {"kind": "direct"}),
        ('"of the"', {"since": "2019"}),
        ("-the", {}),
        ("wordthatisnotthere", {}),
    ],
)
def test_it_is_what_a_search_finds_each_once(large, text, filters):
    with Reader(large) as reader:
        found = [hit.key for hit in of_all(reader, text, **filters)]
        assert sorted(found) == sorted(hit.key for hit in reader.search(text, **filters, limit=None))
        assert len(found) == len(set(found)) == reader.count(text, **filters).count


def test_a_speaker_and_a_document(large):
    (document, found), *_ = generate(COUNT)
    with Reader(large) as reader:
        hits = of_all(reader, document=document.id)
        said = [one for one in found if one.kind != "term"]
        newest_first = sorted(said, key=lambda one: one.said_on or document.published or "", reverse=True)
        assert [hit.text for hit in hits] == [one.text for one in newest_first]
        speaker = reader.top_speakers(1)[0]
        assert len(of_all(reader, speaker=speaker.slug)) == speaker.quotations


def test_portions_are_small_and_come_as_they_are_read(large):
    with Reader(large) as reader, closing(reader.portions()) as portions:
        assert len(next(portions)) == 500


def test_a_bad_filter_is_an_error(large):
    with Reader(large) as reader, pytest.raises(UsageError):
        next(reader.portions(since="yesterday"))


def test_what_is_written_meanwhile_is_not_among_them(tmp_path):
    build(tmp_path / "quotes.db", COUNT)
    documents = list(generate(COUNT + 20))
    with Writer(tmp_path / "quotes.db") as writer, Reader(tmp_path / "quotes.db") as reader:
        before = reader.count().count
        portions = reader.portions()
        seen = len(next(portions))
        writer.write(*documents[-1], "generated-1")
        assert seen + sum(len(hits) for hits in portions) == before
        assert reader.count().count > before
