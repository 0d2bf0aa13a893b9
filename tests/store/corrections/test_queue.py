"""The queue of what to review: its order, what narrows it, its places, and how far people are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.errors import UsageError
from indexer.store.corrections import queue
from indexer.store.corrections.applying import Decision
from indexer.store.corrections.queue import START, Place, Wanted
from indexer.store.corrections.reader import CorrectionReader
from indexer.store.writer import Writer

LINES = {
    "a.txt": ("Ito | said | Sure words. | Ito | person", "Ito | said | Doubtful words. | Ito | person"),
    "b.txt": ("Berg | said | Middling words. | Berg | person", "- | - | Nobody's words. | |"),
    "c.txt": ("Ito | said | More doubtful words. | Ito | person",),
}
CONFIDENCE = {"Sure": 0.97, "Doubtful": 0.3, "Middling": 0.6000000000000001, "Nobody's": 0.2, "More": 0.1}


@pytest.fixture
def reader(article, db):
    """Five quotations of these confidences in three documents of two publishers."""
    with Writer(db) as writer:
        for name, lines in LINES.items():
            document, found = article(name, *lines)
            document = replace(document, publisher="The Post" if name == "a.txt" else "The Wire")
            sure = [replace(each, confidence=CONFIDENCE[each.quotation.text.split()[0]]) for each in found]
            writer.write(document, sure, "1")
    with CorrectionReader(db) as reader:
        yield reader


def words(reader, keys):
    return [reader.quotation(key).hit.text.split()[0] for key in keys]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), "More Doubtful Middling Sure Nobody's"),
        (Wanted(speaker="ito"), "More Doubtful Sure"),
        (Wanted(speaker="it"), ""),
        (Wanted(speaker="Berg", tier="probable"), "Middling"),
        (Wanted(document="b.txt"), "Middling Nobody's"),
        (Wanted(publisher="The Wire"), "More Middling Nobody's"),
        (Wanted(publisher="The Wire", speaker="Ito"), "More"),
        (Wanted(kind="direct"), "More Doubtful Middling Sure Nobody's"),
        (Wanted(kind="mixed"), ""),
        (Wanted(tier="uncertain"), "More Doubtful Nobody's"),
        (Wanted(speaker="'; DROP TABLE quotations; --"), ""),
        (Wanted(document="none", publisher="\x00"), ""),
    ],
)
@pytest.mark.parametrize("few", [0, queue.FEW])
def test_what_is_wanted_comes_in_order_however_it_is_looked_for(reader, monkeypatch, wanted, expected, few):
    monkeypatch.setattr(queue, "FEW", few)
    for most in (None, 1000):
        found = reader.to_review(wanted, limit=10, most=most)
        assert words(reader, found.keys) == expected.split()
        assert found.on is None


def test_a_part_of_a_name_and_a_tier_together(reader):
    assert words(reader, reader.least_certain(speaker="Ito", tier="uncertain")) == ["More", "Doubtful"]


def test_one_by_one_from_place_to_place_each_is_met_once(reader):
    met, place = [], START
    while place is not None:
        found = reader.to_review(Wanted(), place, limit=1)
        met += found.keys
        place = found.on and Place.read(str(found.on))
    assert met == reader.least_certain()


def test_no_more_are_looked_at_than_asked_for(reader, monkeypatch):
    monkeypatch.setattr(queue, "FEW", 0)
    found = reader.to_review(Wanted(speaker="Berg"), limit=1, most=2)
    assert found.keys == []
    assert words(reader, reader.to_review(Wanted(speaker="Berg"), found.on, limit=1, most=2).keys) == ["Middling"]


def test_what_is_decided_leaves_the_queue_and_counts(reader, db):
    first, second, *rest = reader.least_certain()
    with Writer(db) as writer:
        writer.correct(first, Decision(speaker="Ada Moor", speaker_type="person"), who="Ines")
        number = writer.correct(second, Decision(confirmed=True), who="Olu")
    assert reader.least_certain() == rest
    assert reader.progress("Ines", "2000") == queue.Progress(uncertain=0, probable=1, decided=2, own=1)
    assert reader.progress("Ines", "9999").own == 0
    with Writer(db) as writer:
        writer.undo(number, who="Olu")
    assert reader.least_certain() == [second, *rest]
    assert reader.place(second).confidence == CONFIDENCE["Doubtful"]
    assert reader.place("0" * 12) is None


def test_the_first_of_the_queue_is_found_without_a_sort(reader):
    sql = []
    reader._connection.set_trace_callback(sql.append)
    reader.to_review(Wanted(), limit=1, most=10)
    reader._connection.set_trace_callback(None)
    (query,) = {each for each in sql if "INDEXED BY" in each and "IS NULL) = 0" in each}
    plan = [row[3] for row in reader._connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert plan[0].startswith("SEARCH q USING INDEX quotations_to_review (<expr>=? AND confidence>?)")
    assert not any("TEMP B-TREE" in step for step in plan)


@pytest.mark.parametrize(
    "text", ["", "1", "0_0.5", "0_.5_1", "2_0.5_1", "0_0.5_-1", "0_1.2.3_4", "0_nan_1", "0_0.5_1 "]
)
def test_what_is_no_place_is_said(text):
    with pytest.raises(UsageError, match="is no place in the queue"):
        Place.read(text)


def test_a_bad_kind_is_said(reader):
    with pytest.raises(UsageError, match="there is no kind 'loud'"):
        reader.to_review(Wanted(kind="loud"), limit=1)


def test_the_log_newest_first_by_person_and_by_quotation(reader, db):
    key = reader.least_certain()[0]
    with Writer(db) as writer:
        numbers = [
            writer.correct(key, Decision(speaker=name, speaker_type="person"), who=who)
            for name, who in (("Ada Moor", "Ines"), ("Bo Lund", "Olu"), ("Cy Ash", "Ines"))
        ]
    listed = reader.newest_corrections(limit=2)
    assert [each.correction.id for each in listed] == numbers[:0:-1]
    assert [each.correction.id for each in reader.newest_corrections(limit=2, before=numbers[1])] == numbers[:1]
    assert [each.correction.id for each in reader.newest_corrections(limit=9, who="Ines")] == [numbers[2], numbers[0]]
    assert [each.correction.decision.in_words for each in reader.decisions_on(key)] == [
        "said by Cy Ash",
        "said by Bo Lund",
        "said by Ada Moor",
    ]
