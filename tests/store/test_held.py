"""Documents that come fast are written together, as if one by one: seen by what comes next, none lost with another."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.domain import Attribution, Document, Failure, Quotation
from indexer.errors import StoreError
from indexer.store.corrections.applying import Decision
from indexer.store.reader import Reader
from indexer.store.writer import Writer

ITO = "Ms Ito | said | Trade is slow. | Aiko Ito | person"
PUTIN = "Vladimir Putin | said | We are friends. | Vladimir Putin | person"
NAMES = ("Ada Brink", "Otto Brink", "Brink", "Aiko Ito", "the Harbour Board", "an aide")
TYPES = {"the Harbour Board": "organization", "an aide": "unnamed"}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first one, documents are held until there are enough of them."""
    monkeypatch.setattr("indexer.store.writer.HELD_SECONDS", 1e9)


@pytest.fixture
def comings(article: Callable[..., Any]) -> list[Any]:
    """Documents of random dates and speakers, some of them twice with other words: each with its analyser."""
    chance = random.Random(4)

    def line(number: int) -> str:
        name = chance.choice(NAMES)
        return f"{name} | said | Word{number} {chance.randrange(99)}. | {name} | {TYPES.get(name, 'person')}"

    def one(key: int, analyser: str) -> Any:
        published = f"2016-0{chance.randrange(1, 4)}-0{chance.randrange(1, 4)}"
        lines = (line(number) for number in range(chance.randrange(4)))
        return (*article(f"{key}.txt", *lines, published=published, publisher=f"Paper {key % 3}"), analyser)

    return [*(one(key, "1") for key in range(30)), *(one(chance.randrange(40), "2") for _ in range(30))]


def rows(path: Path, dump: Callable[[Path], Any]) -> dict[str, Any]:
    """All rows but those in which the full-text index keeps its words, whose pieces are of no account."""
    return {name: rows for name, rows in dump(path).items() if "_fts" not in name}


def write_all(path: Path, comings: list[Any]) -> None:
    """All in two runs, with failures on the way; some documents go at last."""
    for part in (comings[:20], comings[20:]):
        with Writer(path) as writer:
            for document, found, analyser in part:
                if document.id.endswith("7.txt"):
                    writer.fail(Failure(document.id, "broken"))
                if writer.needs(document, analyser):
                    writer.write(document, found, analyser)
    with Writer(path) as writer:
        writer.prune({f"{key}.txt" for key in range(3, 40)})


@pytest.mark.parametrize("together", [2, 7, 1000])
def test_the_rows_are_those_of_documents_that_come_one_by_one(
    tmp_path: Path,
    comings: list[Any],
    dump: Callable[[Path], Any],
    sound: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
    together: int,
) -> None:
    written = []
    for most in (1, together):
        monkeypatch.setattr("indexer.store.held.MOST_DOCUMENTS", most)
        path = tmp_path / f"{most}.db"
        write_all(path, comings)
        sound(path)
        written.append(rows(path, dump))
    assert written[0] == written[1]


def documents_on_the_disk(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])


def test_the_first_is_on_the_disk_at_once_and_no_more_are_held_than_may_be(
    db: Path, article: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.store.held.MOST_DOCUMENTS", 3)
    monkeypatch.setattr("indexer.store.held.MOST_CHARACTERS", 500)
    seen = []
    with Writer(db) as writer:
        for number in range(6):
            writer.write(*article(f"{number}", ITO), "1")
            seen.append(documents_on_the_disk(db))
        writer.write(Document("long", "x" * 501), [], "1")
        seen.append(documents_on_the_disk(db))
    assert seen == [1, 1, 1, 4, 4, 4, 7]


def test_what_is_held_is_there_for_whatever_comes_next(
    db: Path, article: Callable[..., Any], sound: Callable[[Path], None]
) -> None:
    one, two = article("a", ITO), article("b", PUTIN)
    with Writer(db) as writer:
        writer.write(*article("first", ITO), "1")
        writer.fail(Failure("b", "broken"))
        assert [writer.write(*one, "1"), writer.write(*two, "1")] == ["added", "added"]
        assert [writer.has(key) for key in "abc"] == [True, True, False]
        assert [writer.needs(one[0], analyser) for analyser in "12"] == [False, True]
        assert writer.write(*one, "2") == "changed"
        assert writer.write(replace(one[0], title="new"), one[1], "2") == "changed"
        assert writer.forget_failures(["b"]) == 0
        assert writer.write(*article("c", PUTIN), "1") == "added"
        assert writer.prune({"first", "a", "b"}) == 1
    with Reader(db) as reader:
        assert [failure.source for failure in reader.failures()] == []
        assert reader.document("a").document.title == "new"
        assert reader.stats()["documents"] == 3
    sound(db)


def test_a_quotation_that_is_held_can_be_corrected(
    db: Path, tmp_path: Path, article: Callable[..., Any], sound: Callable[[Path], None]
) -> None:
    document, found = article("a", ITO, PUTIN)
    with Writer(tmp_path / "known.db") as writer:
        writer.write(document, found, "1")
    with Reader(tmp_path / "known.db") as reader:
        key = reader.document("a").hits[0].key
    with Writer(db) as writer:
        writer.write(*article("first", ITO), "1")
        writer.write(document, found, "1")
        writer.correct(key, Decision(nobody=True))
    with Reader(db) as reader:
        assert reader.quotation(key).hit.speaker is None
    sound(db)


@pytest.mark.parametrize("place", [0, 1, 3])
def test_one_that_does_not_fit_is_named_and_costs_no_other(
    db: Path, article: Callable[..., Any], sound: Callable[[Path], None], place: int
) -> None:
    """It is named at the latest when the index is closed, which is then a plain file of all others."""
    comings = [article(f"{number}.txt", ITO, PUTIN) for number in range(4)]
    document, found = comings[place]
    comings[place] = (document, [found[1], found[1]])

    def write() -> None:
        with Writer(db) as writer:
            for coming in [article("first", ITO), *comings]:
                writer.write(*coming, "1")

    with pytest.raises(StoreError, match=rf"quotes\.db: {place}\.txt: UNIQUE"):
        write()
    sound(db)
    with Reader(db) as reader:
        assert all(reader.document(f"{number}.txt").hits for number in {0, 1, 2, 3} - {place})
        assert reader.stats()["documents"] == 4
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT added, finished FROM runs").fetchall() == [(4, None)]
    assert [path.name for path in db.parent.iterdir()] == ["quotes.db"]


def test_the_rows_after_one_that_did_not_fit_are_as_if_it_had_never_come(
    tmp_path: Path, comings: list[Any], dump: Callable[[Path], Any]
) -> None:
    new, (document, found, _) = comings[:12], comings[3]
    misfit = (replace(document, id="misfit"), [*found, *found], "1")
    for name, given in {"without": new, "with": [*new[:6], misfit, *new[6:]]}.items():
        with Writer(tmp_path / name) as writer:
            for coming in given:
                writer.write(*coming)
            if name == "with":
                with pytest.raises(StoreError, match="misfit"):
                    writer.prune([f"{key}.txt" for key in range(40)])
    assert found
    assert rows(tmp_path / "with", dump) == rows(tmp_path / "without", dump)


def test_what_was_held_when_a_run_is_interrupted_is_kept(db: Path, article: Callable[..., Any]) -> None:
    def interrupted() -> None:
        with Writer(db) as writer:
            for number in range(5):
                writer.write(*article(f"{number}", ITO), "1")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert documents_on_the_disk(db) == 5


def test_a_document_with_very_many_quotations(db: Path) -> None:
    """More than SQLite takes values in one statement."""
    text = "x" * 33_000
    found = [Attribution(Quotation(place, place + 1, "x", "term")) for place in range(33_000)]
    with Writer(db) as writer:
        writer.write(Document("a", text), found, "1")
    with Reader(db) as reader:
        assert len(reader.document("a").hits) == 33_000
