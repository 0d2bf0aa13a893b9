"""What a reporter asks the index, and what it answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.domain import Attribution, Document, Quotation
from indexer.errors import NotFound, StoreError, UsageError
from indexer.store.keys import quotation_key
from indexer.store.reader import Reader
from indexer.store.rows import MARK_END, MARK_START, Hit
from indexer.store.writer import Writer

PUTIN, XI = "Vladimir Putin | person", "Xi Jinping | person"


@pytest.fixture
def path(article: Callable[..., Any], fill: Callable[..., Path]) -> Path:
    """An index of five documents, four of them with a date."""
    dated_words, found = article("told.txt", f"Putin | said | Our pipeline is finished. | {PUTIN}", published="2019-07")
    told = dated_words, [replace(found[0], said_on="2014")]
    return fill(
        article(
            "old.txt",
            f"Vladimir Putin | said | Relations with China have never been better. | {PUTIN}",
            f"he | added | We trade gas and oil. | {PUTIN}",
            published="2016-05-09",
            title="Two neighbours",
            publisher="Daily",
        ),
        article(
            "new.txt",
            f"President Xi | said | Our alliance is a treasure. | {XI}",
            "Rosatom | said | The alliances of Müller cost more. | Rosatom | organization",
            "x | | alliance of scare marks | | term",
            "x | | An alliance that nobody claims. | | ",
            published="2023-03-21",
        ),
        article("undated.txt", f"Xi | said | Gas is cheap. | {XI}", "Xi Yun | said | Gas is dear. | Xi Yun | person"),
        article("year.txt", "An aide | said | The gas talks failed. | an aide | unnamed", published="2016"),
        told,
    )


@pytest.fixture
def reader(path: Path) -> Iterator[Reader]:
    """A reader of that index."""
    with Reader(path) as opened:
        yield opened


def first_words(hits: list[Hit]) -> list[str]:
    """Hits by the first two words of each."""
    return [" ".join(hit.text.split()[:2]) for hit in hits]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("gas", {"We trade", "Gas is", "The gas"}),
        ("gas oil", {"We trade"}),
        ("treasure OR pipelines", {"Our alliance", "Our pipeline"}),
        ("gas -oil", {"Gas is", "The gas"}),
        ('"gas and oil"', {"We trade"}),
        ("“and gas”", set()),
        ("alliances", {"Our alliance", "The alliances", "An alliance"}),
        ("MULLER", {"The alliances"}),
        ("treas*", {"Our alliance"}),
        ('treasure"', {"Our alliance"}),
        ("-gas -alliance", {"Relations with", "Our pipeline"}),
        ("nowhere", set()),
    ],
)
def test_search(reader: Reader, typed: str, expected: set[str]) -> None:
    hits = reader.search(typed)
    assert set(first_words(hits)) == expected
    assert reader.count(typed).count == len(hits)


@pytest.mark.parametrize("typed", ["", "  ", "?!", '"', "-"])
def test_without_words_the_newest_come_first(reader: Reader, typed: str) -> None:
    assert first_words(reader.search(typed)) == [
        "Our alliance", "The alliances", "An alliance", "Relations with", "We trade", "The gas", "Our pipeline",
        "Gas is", "Gas is",
    ]  # fmt: skip
    assert reader.search(typed) == reader.newest()


def test_the_best_match_comes_first(article: Callable[..., Any], fill: Callable[..., Path]) -> None:
    long = "Trade is one of the many things that were talked about at length on that day. | Ito | person"
    path = fill(
        article("a", f"Ito | said | {long}", published="2024"),
        article("b", "Ito | said | Trade! | Ito | person", published="2010"),
    )
    with Reader(path) as reader:
        assert [hit.document for hit in reader.search("trade")] == ["b", "a"]


def test_terms_are_left_out_unless_asked_for(reader: Reader) -> None:
    assert first_words(reader.search("alliance", kind="term")) == ["alliance of"]
    assert first_words(reader.search(kind="term")) == ["alliance of"]
    assert reader.search("scare") == []
    assert reader.count(kind="direct").count == reader.count().count == 9
    assert reader.count(kind="mixed").count == 0


@pytest.mark.parametrize(
    ("speaker", "count"),
    [
        ("Vladimir Putin", 3),
        ("vladimir putin", 3),
        ("vladimir-putin", 3),
        ("PUTIN", 3),
        ("president xi", 2),
        ("Xi", 2),
        ("xi", 2),
        ("Jinping", 2),
        ("yun", 1),
        ("rosatom-org", 1),
        ("an aide", 1),
        ("ping", 0),
        ("%", 0),
        ("…", 0),
        ("nobody", 0),
    ],
)
def test_the_speaker_filter_takes_names_aliases_slugs_and_parts(reader: Reader, speaker: str, count: int) -> None:
    assert reader.count(speaker=speaker).count == len(reader.search(speaker=speaker)) == count


def test_filters_narrow_a_search(reader: Reader) -> None:
    assert first_words(reader.search("gas", speaker="putin")) == ["We trade"]
    assert first_words(reader.search("gas", document="undated.txt", speaker="Xi Jinping")) == ["Gas is"]
    slug = reader.search("treasure")[0].document_slug
    assert reader.count(document=slug).count == reader.count(document="new.txt").count == 3
    assert reader.count(document="nowhere").count == 0
    assert reader.count("-oil", speaker="putin").count == 2
    assert reader.search("", speaker="", kind="", document="", since="", until="") == reader.newest()


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2023", None, {"new.txt"}),
        ("2016-05-09", "2016-05-09", {"old.txt", "year.txt"}),
        ("2016", "2016", {"old.txt", "year.txt"}),
        ("2016-05-10", "2016-05-31", {"year.txt"}),
        (None, "2016-05", {"old.txt", "year.txt", "told.txt"}),
        (None, "2016-04", {"year.txt", "told.txt"}),
        (None, "2013-12-31", set()),
        ("2014", "2014-01", {"told.txt"}),
        ("2019", "2019", set()),
        ("2016-05-09", None, {"old.txt", "year.txt", "new.txt"}),
        (" 2023-03-21 ", "2023-03", {"new.txt"}),
        ("2024", "2023", set()),
    ],
)
def test_dates_are_inclusive_and_as_exact_as_they_are(
    reader: Reader, since: str | None, until: str | None, expected: set[str]
) -> None:
    """The date the words were said counts, else the date of publication; without either, a quotation is left out."""
    assert {hit.document for hit in reader.search(since=since, until=until)} == expected


@pytest.mark.parametrize(
    "bad", ["yesterday", "2016-13", "2016-02-30", "16", "2016-5", "2016/05/09", "0000", "٢٠١٦", "\ud800"]
)
@pytest.mark.parametrize("name", ["since", "until"])
def test_a_bad_date_is_a_usage_error(reader: Reader, name: str, bad: str) -> None:
    with pytest.raises(UsageError) as caught:
        reader.search(**{name: bad})  # type: ignore[arg-type]
    assert str(caught.value).startswith(f"{name}: ")
    assert "2016-05-31" in caught.value.hint


def test_a_bad_kind_is_a_usage_error(reader: Reader) -> None:
    with pytest.raises(UsageError, match="scare") as caught:
        reader.count(kind="scare")
    assert "direct, mixed, term" in caught.value.hint


def test_limit_and_offset(reader: Reader) -> None:
    everything = reader.search(limit=None)
    assert len(everything) == 9
    assert [hit for start in range(0, 9, 2) for hit in reader.search(limit=2, offset=start)] == everything
    assert reader.search(limit=0) == reader.search(limit=-3) == []


def test_more_hits_than_one_query_takes(article: Callable[..., Any], fill: Callable[..., Path]) -> None:
    lines = [f"Ito | said | Trade number {number}. | Ito | person" for number in range(1201)]
    with Reader(fill(article("a", *lines))) as reader:
        assert [hit.utterance for hit in reader.search(limit=None)] == list(range(1201))
        assert len(reader.search("trade", limit=None)) == 1201
        assert all(MARK_START in hit.snippet for hit in reader.search("trade", limit=None))


def test_a_snippet_marks_the_words(reader: Reader) -> None:
    (hit,) = reader.search("allianc* muller cost")
    marked = hit.snippet.replace(MARK_START, "[").replace(MARK_END, "]")
    assert marked == "The [alliances] of [Müller] [cost] more."
    assert reader.newest()[0].snippet == reader.newest()[0].text


def test_a_snippet_of_a_long_quotation_is_a_part_of_it(article: Callable[..., Any], fill: Callable[..., Path]) -> None:
    words = " ".join(f"w{number}" for number in range(300))
    with Reader(fill(article("a", f"Ito | said | {words} | Ito | person"))) as reader:
        assert f"{MARK_START}w200{MARK_END}" in reader.search("w200")[0].snippet
        assert len(reader.search("w200")[0].snippet.split()) < 60
        assert reader.newest()[0].snippet.startswith("w0 w1 ")
        assert reader.newest()[0].snippet.endswith("…")
        assert reader.newest()[0].text == words


def test_marks_in_the_text_itself_are_not_in_its_snippet(db: Path) -> None:
    text = f"a {MARK_END}trade{MARK_START} b"
    with Writer(db) as writer:
        writer.write(Document("a", text), [Attribution(Quotation(0, len(text), text, "direct"))], "1")
    with Reader(db) as reader:
        assert reader.newest()[0].text == text
        assert reader.newest()[0].snippet == "a trade b"


def test_speakers(reader: Reader) -> None:
    rows = reader.speakers()
    assert [(row.name, row.quotations) for row in rows] == [
        ("Vladimir Putin", 3), ("Xi Jinping", 2), ("Rosatom", 1), ("Xi Yun", 1), ("an aide", 1)
    ]  # fmt: skip
    assert rows[0].aliases == ("Putin",)
    assert (rows[0].documents, rows[0].first, rows[0].last) == (2, "2014", "2016-05-09")
    assert [row.name for row in reader.top_speakers(2)] == ["Vladimir Putin", "Xi Jinping"]
    assert "an aide" not in {row.name for row in reader.top_speakers(10)}
    assert [row.name for row in reader.speakers("xi")] == ["Xi Jinping", "Xi Yun"]
    assert [row.name for row in reader.speakers("XI", limit=1)] == ["Xi Jinping"]
    assert reader.speakers("%") == reader.speakers("?") == []


def test_a_speaker_page(reader: Reader) -> None:
    page = reader.speaker("vladimir-putin")
    assert page.speaker == reader.speakers()[0]
    assert first_words(page.hits) == ["Relations with", "We trade", "Our pipeline"]
    assert reader.speaker("Putin") == reader.speaker("vladimir PUTIN") == page
    assert reader.speaker("xi").speaker.name == "Xi Jinping"
    assert len(reader.speaker("putin", limit=1).hits) == 1


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("Vladimr Putni", "Vladimir Putin"), ("Xi Jingping", "Xi Jinping"), ("", "list"), ("Zzz", "list")],
)
def test_an_unknown_speaker_is_told_the_nearest_names(reader: Reader, typed: str, hint: str) -> None:
    with pytest.raises(NotFound) as caught:
        reader.speaker(typed)
    assert repr(typed) in str(caught.value)
    assert hint in caught.value.hint


def test_a_quotation_by_its_key_or_the_beginning_of_it(reader: Reader) -> None:
    hit = reader.search("oil")[0]
    page = reader.quotation(hit.key)
    assert page == reader.quotation(hit.key[:9].upper()) == reader.quotation(f" {hit.key} ")
    assert page.hit.text == "We trade gas and oil."
    assert (page.before, page.after) == ("he added “", "”")
    assert page.document.id == "old.txt"
    assert page.document.text[page.hit.start : page.hit.end] == page.hit.text


@pytest.mark.parametrize("key", ["", "zz", "ffffffffffff", "'; drop table", "%", "\ud800"])
def test_no_such_quotation(reader: Reader, key: str) -> None:
    with pytest.raises(NotFound) as caught:
        reader.quotation(key)
    assert "key" in caught.value.hint


def test_a_key_that_is_too_short(article: Callable[..., Any], fill: Callable[..., Path]) -> None:
    lines = [f"Ito | said | Number {number}. | Ito | person" for number in range(40)]
    with Reader(fill(article("a", *lines))) as reader:
        keys = sorted(hit.key[:1] for hit in reader.search(limit=None))
        shared = next(key for key in keys if keys.count(key) > 1)
        with pytest.raises(NotFound, match="several") as caught:
            reader.quotation(shared)
    assert "give more of the key" in caught.value.hint


def test_a_document_page_holds_everything_in_reading_order(reader: Reader) -> None:
    page = reader.document("new.txt")
    assert first_words(page.hits) == ["Our alliance", "The alliances", "alliance of", "An alliance"]
    assert [hit.kind for hit in page.hits] == ["direct", "direct", "term", "direct"]
    assert page.document.quotations == 3
    assert page == reader.document(page.document.slug)
    for hit in page.hits:
        assert page.document.text[hit.start : hit.end] == hit.text
        if hit.mention_start is not None:
            assert page.document.text[hit.mention_start : hit.mention_end] == hit.mention


@pytest.mark.parametrize("key", ["", "nowhere.txt", "\ud800"])
def test_no_such_document(reader: Reader, key: str) -> None:
    with pytest.raises(NotFound):
        reader.document(key)


def test_stats(reader: Reader) -> None:
    assert reader.stats() == {"documents": 5, "quotations": 9, "attributed": 8, "speakers": 5, "failures": 0}


def test_an_empty_index(fill: Callable[..., Path]) -> None:
    with Reader(fill()) as reader:
        assert reader.search("x") == reader.newest() == []
        assert reader.speakers() == reader.top_speakers() == []
        assert reader.count().count == 0
        with pytest.raises(NotFound):
            reader.speaker("x")


def test_over_a_connection_of_somebody_else(path: Path, reader: Reader) -> None:
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
        connection.row_factory = factory = sqlite3.Row
        with Reader.over(connection) as over:
            assert over.search("gas", speaker="putin") == reader.search("gas", speaker="putin")
            assert over.speaker("putin") == reader.speaker("putin")
        assert connection.row_factory is factory
        assert not connection.in_transaction
        assert connection.execute("SELECT count(*) FROM documents").fetchone()[0] == 5


def test_a_search_that_is_cut_short(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        over = Reader.over(connection)
        connection.set_progress_handler(lambda: 1, 10)
        with pytest.raises(StoreError, match="took too long"):
            over.search("gas")
        connection.set_progress_handler(None, 0)
        assert over.count("gas").count == 4


def test_two_quotations_that_share_a_short_key(article: Callable[..., Any], fill: Callable[..., Path]) -> None:
    """Once in a great many quotations it happens; then the later one has a longer key, and both are found."""
    document, found = article("b", "Ito | said | Second. | Ito | person")
    key = quotation_key("b", found[0].start, found[0].end, "Second.")
    path = fill(article("a", "Ito | said | First. | Ito | person"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE quotations SET key = ?", [key])
    with Reader(fill((document, found))) as reader:
        assert reader.quotation(key).hit.text == "First."
        second = reader.search("second")[0].key
        assert second.startswith(key)
        assert len(second) > len(key)
        assert reader.quotation(second).hit.text == "Second."


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(alphabet=st.characters(exclude_categories=())))
def test_no_text_is_an_error(reader: Reader, typed: str) -> None:
    assert len(reader.search(typed, limit=None)) == reader.count(typed).count
    reader.search(speaker=typed)
    reader.search(document=typed)
    reader.speakers(typed)
    for look_up in (reader.speaker, reader.document, reader.quotation):
        with suppress(NotFound):
            look_up(typed)
