"""Two indexes joined are the index of all their documents, with all that people decided in either."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.domain import Attribution, Document, Failure, Quotation
from indexer.errors import IndexBusy, NewerIndex, NotAnIndex, StoreError, UsageError
from indexer.store.corrections.applying import Decision
from indexer.store.corrections.reader import CorrectionReader
from indexer.store.joining import Joined, check, join
from indexer.store.reader import Reader
from indexer.store.writer import Writer

PUTIN = "Vladimir Putin | person"
ITO = "Ms Ito | said | Trade is slow. | Aiko Ito | person"
NOTHING = Joined(0, 0, 0, 0, 0, 0, ())
SPEAKER_DECISION = (
    "INSERT INTO speaker_decisions (action, slug, value, alias, document_key, note, who, made, undone)"
    " VALUES (?, ?, ?, NULL, NULL, '', 'Ines', ?, ?)"
)


@pytest.fixture
def corpus(article: Callable[..., Any]) -> list[Any]:
    """Documents that print the same people in different ways, and different people in the same way."""
    paper = {"publisher": "Tarn Post", "published": "2016-05-01"}
    found = [
        article("1", f"Vladimir Putin | said | One. | {PUTIN}", f"he | said | Two. | {PUTIN}"),
        article("2", "VLADIMIR PUTIN | said | Three. | VLADIMIR PUTIN | person", "x | | scare | | term"),
        article("3", f"Mr Putin | said | Four. | {PUTIN}", "Putin | said | Five. | Putin | person"),
        article("4", "An aide | said | Six. | an aide | unnamed", "I | wrote | Seven. | AUTHOR | author"),
        article("5", "Rosatom | said | Eleven. | Rosatom | organization", "nobody | said | Zero. | | "),
        article("6", "Ada Brink | said | Ten. | Ada Brink | person", **paper),
        article("7", "Brink | said | Ten. | Brink | person", **paper),
        article("8", "Ada J. Brink | said | Ten. | Ada J. Brink | person", publisher="Ulm Times"),
        article("9", "Otto Brink | said | No. | Otto Brink | person", **(paper | {"published": "2016-06"})),
    ]  # fmt: skip
    roles = {"6": "mayor", "8": "goalkeeper"}
    return [
        (document, [replace(one, role=roles.get(document.id)) for one in attributions])
        for document, attributions in found
    ]


class Clock:
    """Says what time it is, a minute later after each step."""

    def __init__(self) -> None:
        self.minutes = 0

    def __call__(self) -> str:
        return f"2026-11-01T{self.minutes // 60:02}:{self.minutes % 60:02}"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock by which decisions are made: it stands still between steps."""
    clock = Clock()
    monkeypatch.setattr("indexer.store.writer.now", clock)
    return clock


def built(path: Path, *found: Any) -> Path:
    """An index of these documents."""
    with Writer(path) as writer:
        for document, attributions in found:
            writer.write(document, attributions, "1")
    return path


def joined(path: Path, *others: Path, **options: bool) -> list[Joined]:
    """Join the others into the index at `path`, one after the other."""
    with Writer(path) as writer:
        return [join(writer, str(other), **options) for other in others]


def decide(path: Path, words: str, decision: Decision, **told: str) -> int:
    """Correct the quotation with these words; the number of the correction."""
    with Reader(path) as reader:
        (key,) = {hit.key for hit in reader.search(f'"{words}"', limit=1)}
    with Writer(path) as writer:
        return writer.correct(key, decision, **{"who": "Ines", **told})


def log_of(path: Path) -> list[Any]:
    """The log of corrections by quotation, without numbers."""
    with CorrectionReader(path) as reader:
        log = [(replace(each.correction, id=0), each.state, each.speaker) for each in reader.corrections()]
    return sorted(log, key=lambda each: each[0].key)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_either_way_two_indexes_become_the_index_of_all(
    corpus: list[Any],
    tmp_path_factory: pytest.TempPathFactory,
    contents: Callable[[Path], Any],
    sound: Callable[[Path], None],
    clock: Clock,
    seed: int,
) -> None:
    folder, chance = tmp_path_factory.mktemp("joined"), random.Random(seed)
    parts = [chance.sample(corpus, chance.randrange(1, len(corpus) + 1)) for _ in "ab"]
    a, b = (built(folder / name, *part) for name, part in zip("ab", parts, strict=True))
    both = {document.id: (document, found) for part in parts for document, found in part}
    every = built(folder / "all", *both.values())
    for _ in range(4):
        index = chance.choice([0, 1])
        words = chance.choice(chance.choice(parts[index])[1]).text
        decision = chance.choice([Decision(speaker="Otto Brink", speaker_type="person"), Decision(kind="term")])
        with Reader((a, b)[index]) as reader:
            keys = [hit.key for kind in (None, "term") for hit in reader.search(f'"{words}"', kind=kind)]
        key, clock.minutes = chance.choice(keys), clock.minutes + 1
        for path in ((a, b)[index], every):
            with Writer(path) as writer:
                writer.correct(key, decision, who="Ines", note="heard")
    into_a, into_b = shutil.copy(a, folder / "into a"), shutil.copy(b, folder / "into b")
    joined(into_a, b)
    joined(into_b, a)
    assert contents(into_a) == contents(into_b) == contents(every)
    assert log_of(into_a) == log_of(into_b) == log_of(every)
    sound(into_a)
    sound(into_b)


def test_merging_twice_changes_nothing(corpus: list[Any], tmp_path: Path, dump: Callable[[Path], Any]) -> None:
    a, b = built(tmp_path / "a", *corpus[:6]), built(tmp_path / "b", *corpus[3:])
    decide(b, "Zero", Decision(speaker="Ada Brink", speaker_type="person"))
    decide(b, "Zero", Decision(nobody=True))
    with closing(sqlite3.connect(b)) as connection:
        connection.execute(SPEAKER_DECISION, ["rename", "vladimir-putin", "V. V. Putin", "2026", None])
        connection.execute("INSERT INTO authority VALUES ('rosatom-org', 'Rosatom', 'organization', '', NULL, 'Q1')")
        connection.commit()
    before = dump(b)
    assert joined(a, b) == [Joined(3, 0, 3, 0, 2, 2, ())]
    once = dump(a)
    assert joined(a, b, b) == [replace(NOTHING, unchanged=6)] * 2
    assert dump(a) == once
    assert dump(b) == before


def test_what_people_decided_of_speakers_holds_in_both(corpus: list[Any], tmp_path: Path) -> None:
    a, b = built(tmp_path / "a", *corpus[:5]), built(tmp_path / "b", *corpus[5:])
    with closing(sqlite3.connect(b)) as connection:
        connection.execute(SPEAKER_DECISION, ["rename", "vladimir-putin", "V. V. Putin", "2026-02", None])
        connection.execute(SPEAKER_DECISION, ["merge", "otto-brink", "ada-brink", "2026-01", None])
        connection.execute("INSERT INTO authority VALUES ('rosatom-org', 'The Rosatom', 'organization', '', 'x', 'Q1')")
        connection.commit()
    with closing(sqlite3.connect(a)) as connection:
        connection.execute(SPEAKER_DECISION, ["rename", "vladimir-putin", "Mr Putin", "2026-03", None])
        connection.commit()
    assert joined(a, b)[0].of_speakers == 3
    with Reader(a) as reader:
        names = {row.slug: row.name for row in reader.speakers()}
    assert (names["vladimir-putin"], names["rosatom-org"]) == ("Mr Putin", "The Rosatom")
    assert "otto-brink" not in names
    with closing(sqlite3.connect(a)) as connection:
        made = connection.execute("SELECT made FROM speaker_decisions ORDER BY id").fetchall()
    assert made == [("2026-02",), ("2026-01",), ("2026-03",)]


def test_a_decision_that_is_taken_back_in_one_is_taken_back_in_both(corpus: list[Any], tmp_path: Path) -> None:
    a = built(tmp_path / "a", *corpus)
    number = decide(a, "Zero", Decision(speaker="Ada Brink", speaker_type="person"))
    b = shutil.copy(a, tmp_path / "b")
    with Writer(b) as writer:
        writer.undo(number, who="Boris")
    assert joined(a, b)[0] == replace(NOTHING, unchanged=9, corrections=1)
    with CorrectionReader(a) as reader:
        (one,) = reader.corrections()
        assert (one.state, one.correction.undone_by, one.speaker) == ("undone", "Boris", None)
    assert joined(b, a)[0] == replace(NOTHING, unchanged=9)


@pytest.mark.parametrize("ours_is_newer", [False, True])
def test_of_two_decisions_the_newer_counts_and_both_stay(
    corpus: list[Any], tmp_path: Path, sound: Callable[[Path], None], clock: Clock, ours_is_newer: bool
) -> None:
    a, b = (built(tmp_path / name, *corpus) for name in "ab")
    order = [(b, "Ada Brink"), (a, "Otto Brink")]
    for path, name in order if ours_is_newer else reversed(order):
        clock.minutes += 1
        decide(path, "Zero", Decision(speaker=name, speaker_type="person"))
    decide(a, "Four", Decision(nobody=True))
    joined(a, b)
    sound(a)
    newer = "Otto Brink" if ours_is_newer else "Ada Brink"
    with CorrectionReader(a) as reader:
        (hit,) = reader.search('"Zero"')
        assert hit.speaker == newer
        assert [each.speaker for each in reader.corrections()].count(newer) == 2
        assert len(reader.corrections()) == 3


@pytest.mark.parametrize("prefer_other", [False, True])
def test_a_document_that_differs(
    article: Callable[..., Any], tmp_path: Path, sound: Callable[[Path], None], prefer_other: bool
) -> None:
    a = built(tmp_path / "a", article("a.txt", ITO), article("same", ITO.replace("slow", "fast")))
    edited = article("a.txt", "New | | words | | term", ITO)
    b = built(tmp_path / "b", edited, article("same", ITO.replace("slow", "fast")))
    decide(a, "slow", Decision(speaker="Ada Brink", speaker_type="person"), note="heard")
    (done,) = joined(a, b, prefer_other=prefer_other)
    assert (done.changed, done.kept, done.unchanged) == (int(prefer_other), int(not prefer_other), 1)
    sound(a)
    with CorrectionReader(a) as reader:
        assert len(reader.search("words", kind="term")) == int(prefer_other)
        assert [hit.speaker for hit in reader.search("slow", document="a.txt")] == ["Ada Brink"]
        assert reader.orphaned() == 0


def test_failures_of_what_nobody_could_read(article: Callable[..., Any], tmp_path: Path) -> None:
    a, b = built(tmp_path / "a", article("read here", ITO)), built(tmp_path / "b", article("read there", ITO))
    for path, sources in ((a, ("read there", "both")), (b, ("read here", "both", "neither"))):
        with Writer(path) as writer:
            for source in sources:
                writer.fail(Failure(source, f"failed in {path.name}"))
    joined(a, b)
    with Reader(a) as reader:
        assert {each.source: each.problem for each in reader.failures()} == {
            "both": "failed in a",
            "neither": "failed in b",
        }


def test_an_entry_of_the_authority_that_contradicts_ours_is_left_out(tmp_path: Path) -> None:
    a, b = (built(tmp_path / name) for name in "ab")
    rows = {
        a: [("ada-brink", "Ada Brink", "person", "A. Brink", None, "Q1"), ("same", "Same", "person", "", None, None)],
        b: [
            ("ada-brink", "Ada Brink", "person", "A. Brink", None, "Q2"),
            ("a-brink", "Anna Brink", "person", "A. Brink", None, None),
            ("same", "Same", "person", "", None, None),
            ("new", "New", "person", "", None, None),
        ],
    }
    for path, entries in rows.items():
        with closing(sqlite3.connect(path)) as connection:
            connection.executemany("INSERT INTO authority VALUES (?, ?, ?, ?, ?, ?)", entries)
            connection.commit()
    (done,) = joined(a, b)
    assert done == replace(NOTHING, of_speakers=1, clashes=("Anna Brink (a-brink)", "Ada Brink (ada-brink)"))
    with closing(sqlite3.connect(a)) as connection:
        assert connection.execute("SELECT * FROM authority ORDER BY slug").fetchall() == [
            rows[a][0],
            rows[b][3],
            rows[a][1],
        ]


def test_a_text_with_half_surrogates_is_the_same_document_in_both(tmp_path: Path, dump: Callable[[Path], Any]) -> None:
    text = "Ito said “Slow \ud83d.”"
    found = (
        Document("odd \udcff", text),
        [Attribution(Quotation(10, 17, text[10:17], "direct"), speaker="Ito", speaker_type="person", confidence=0.9)],
    )
    a, b = built(tmp_path / "a", found), built(tmp_path / "b")
    joined(b, a)
    assert joined(a, b) == [replace(NOTHING, unchanged=1)]
    with Writer(b) as writer:
        assert not writer.needs(found[0], "1")
    assert dump(a)["quotations"] == dump(b)["quotations"]


OLD = """
INSERT INTO documents (id, key, slug, text, digest, analyser) VALUES (7, 'a.txt', 'a-txt-1', 'Ms Ito said “Slow.”', 'd',
 '0');
INSERT INTO speakers (id, slug, name, type, quotations, documents) VALUES (3, 'aiko-ito', 'Aiko Ito', 'person', 1, 1);
INSERT INTO quotations (id, key, document_id, "start", "end", text, kind, speaker, speaker_id, speaker_type, confidence,
 tier, utterance, evidence)
 VALUES (5, '0123456789ab', 7, 13, 18, 'Slow.', 'direct', 'Aiko Ito', 3, 'person', 0.95, 'certain', 0, 'x');
"""


def test_an_index_of_an_older_schema_is_joined_and_left_as_it_is(
    tmp_path: Path, old_index: Callable[[Path, int, str], None], sound: Callable[[Path], None]
) -> None:
    old = tmp_path / "old.db"
    old_index(old, 1, OLD)
    before = old.read_bytes()
    new = built(tmp_path / "new.db")
    assert joined(new, old) == [replace(NOTHING, added=1)]
    assert old.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.db", "old.db"]
    sound(new)
    with Reader(new) as reader:
        assert [(hit.speaker, hit.text) for hit in reader.search("slow")] == [("Aiko Ito", "Slow.")]


def test_indexes_that_cannot_be_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = str(built(tmp_path / "quotes.db"))
    (tmp_path / "text").write_text("Dear reader")
    (tmp_path / "link").symlink_to(db)
    newer, busy = built(tmp_path / "newer"), built(tmp_path / "busy")
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 99")
    kinds: dict[str, type[Exception]] = {
        "none": StoreError,
        "text": NotAnIndex,
        "newer": NewerIndex,
        "busy": IndexBusy,
        "quotes.db": UsageError,
        "link": UsageError,
    }
    with Writer(busy, command="index a folder"):
        for name, kind in kinds.items():
            with pytest.raises(kind) as caught:
                check(str(tmp_path / name), db)
            assert str(tmp_path / name) in str(caught.value)
            assert "--db" not in caught.value.hint  # type: ignore[attr-defined]
    check(str(busy), db)


def test_a_damaged_index_is_named_and_not_the_one_that_is_written(
    article: Callable[..., Any], tmp_path: Path, sound: Callable[[Path], None]
) -> None:
    a, b = built(tmp_path / "a.db"), built(tmp_path / "b.db", *(article(str(number), ITO) for number in range(50)))
    whole = b.read_bytes()
    b.write_bytes(whole[: len(whole) // 2] + b"\xff" * (len(whole) // 2))
    with pytest.raises(StoreError, match="damaged") as caught:
        joined(a, b)
    assert str(b) in str(caught.value)
    sound(a)
