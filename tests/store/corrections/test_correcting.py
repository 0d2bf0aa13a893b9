"""A correction in an index: at once, under the same key, and after whatever happens to the article and the model."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.domain import Attribution, Document, Quotation
from indexer.errors import IndexBusy, NotFound, UsageError
from indexer.store.corrections.anchors import anchor
from indexer.store.corrections.applying import Decision
from indexer.store.corrections.reader import CorrectionReader
from indexer.store.rows import Hit
from indexer.store.writer import Writer

ITO = "Ms Ito | said | Trade between the two of us is slow. | Aiko Ito | person"
LUND = "Mr Lund | answered | It will be faster when the bridge is there. | Per Lund | person"
YES = "Ms Ito | replied | Perhaps. | Aiko Ito | person"
TERM = "The so-called | | bridge to nowhere | | term"
HOLM = Decision(speaker="Ada Holm", speaker_type="person")


@pytest.fixture
def index(article: Callable[..., Any], fill: Callable[..., Path]) -> Path:
    """An index of one document with four quotations, and another document."""
    return fill(article("a", ITO, LUND, YES, TERM), article("b", ITO))


def hits(db: Path, document: str = "a") -> dict[str, Hit]:
    """The quotations of a document by their words."""
    with CorrectionReader(db) as reader:
        return {hit.text: hit for hit in reader.document(document).hits}


def hit(db: Path, words: str, document: str = "a") -> Hit:
    """The quotation that begins with these words."""
    (found,) = (each for text, each in hits(db, document).items() if text.startswith(words))
    return found


def text_of(db: Path) -> str:
    """The text of the first document."""
    with CorrectionReader(db) as reader:
        return reader.document("a").document.text


def correct(db: Path, words: str, decision: Decision, **others: str) -> tuple[str, int]:
    """Correct the quotation that begins so; its key, and the number of the correction."""
    key = hit(db, words).key
    with Writer(db) as writer:
        return key, writer.correct(key, decision, **others)


def index_again(db: Path, found: tuple[Document, list[Attribution]], analyser: str = "2") -> None:
    """Another model reads the document."""
    with Writer(db) as writer:
        assert writer.needs(found[0], analyser)
        writer.write(*found, analyser)


def test_it_counts_at_once(index: Path, sound: Callable[[Path], None]) -> None:
    key, number = correct(index, "Trade", HOLM, note="she told me", who="Ines")
    sound(index)
    found = hit(index, "Trade")
    assert (found.key, found.speaker, found.tier, found.cue, found.mention) == (key, "Ada Holm", "certain", None, None)
    assert found.evidence.startswith("Corrected by Ines on 2")
    assert found.evidence.endswith(": she told me")
    with CorrectionReader(index) as reader:
        (logged,) = reader.corrections()
        assert reader.speaker("Ada Holm").speaker.quotations == 1
        assert reader.speaker("Aiko Ito").speaker.quotations == 2
    assert (logged.correction.id, logged.correction.key, logged.state) == (number, key, "standing")
    assert logged.correction.was["speaker"] == "Aiko Ito"


def test_what_the_program_said_is_kept(index: Path) -> None:
    before = hit(index, "Trade")
    key, _ = correct(index, "Trade", HOLM)
    with closing(sqlite3.connect(index)) as connection:
        rows = connection.execute(
            "SELECT key, correction_id, machine FROM quotations WHERE machine NOT NULL"
        ).fetchall()
    ((kept, number, machine),) = rows
    (said,) = json.loads(machine)
    assert (kept, number, said["speaker"], said["cue"]["text"]) == (key, 1, "Aiko Ito", "said")
    assert (said["confidence"], said["evidence"]) == (before.confidence, before.evidence)


@pytest.mark.parametrize(
    "decision",
    [
        HOLM,
        Decision(nobody=True),
        Decision(kind="term"),
        Decision(kind="mixed"),
        Decision(span=anchor("Ms Ito said “Trade between", 13, 18)),
    ],
)
def test_an_undone_correction_leaves_no_trace_but_in_the_log(
    index: Path, dump: Callable[[Path], Any], decision: Decision
) -> None:
    before = dump(index)
    _, number = correct(index, "Trade", decision)
    assert dump(index)["quotations"] != before["quotations"]
    with Writer(index) as writer:
        writer.undo(number, who="Ines")
    after = dump(index)
    for table in ("documents", "quotations", "failures"):
        assert after[table] == before[table]
    assert [row[1:] for row in after["speakers"]] == [row[1:] for row in before["speakers"]]
    with CorrectionReader(index) as reader:
        (logged,) = reader.corrections()
    assert (logged.state, logged.correction.undone_by) == ("undone", "Ines")
    assert logged.correction.undone.startswith("2")


def test_undoing_twice_and_undoing_nothing_are_refused(index: Path) -> None:
    _, number = correct(index, "Trade", HOLM)
    with Writer(index) as writer:
        writer.undo(number)
        with pytest.raises(UsageError, match="undone already"):
            writer.undo(number)
        with pytest.raises(NotFound, match="no correction 9"):
            writer.undo(9)


def test_a_quotation_that_is_not_there_cannot_be_corrected(index: Path, dump: Callable[[Path], Any]) -> None:
    before = dump(index)
    with Writer(index) as writer, pytest.raises(NotFound, match="0123456789ab"):
        writer.correct("0123456789ab", HOLM)
    assert dump(index) == before


def test_quotations_that_are_not_corrected_keep_their_rows(index: Path, dump: Callable[[Path], Any]) -> None:
    before = {row[1]: row for row in dump(index)["quotations"]}
    key, _ = correct(index, "Trade", HOLM)
    after = {row[1]: row for row in dump(index)["quotations"]}
    assert {each: row for each, row in after.items() if each != key} == {
        each: row for each, row in before.items() if each != key
    }
    assert after[key][0] == before[key][0], "nor does its own row id change"


def test_it_stands_after_the_article_was_edited_and_another_model_read_it(
    index: Path, article: Callable[..., Any], sound: Callable[[Path], None]
) -> None:
    key, _ = correct(index, "Trade", HOLM)
    new = "Mr Sand | wrote | A paragraph that was not there before. | Ole Sand | person"
    index_again(index, article("a", new, ITO.replace("Ms Ito", "The minister Ms Ito"), LUND, YES, TERM))
    sound(index)
    found = hit(index, "Trade")
    assert (found.key, found.speaker, found.confidence) == (key, "Ada Holm", 1.0)
    assert found.start > 60
    assert len(hits(index)) == 5


def test_short_words_are_found_again_too(index: Path, article: Callable[..., Any]) -> None:
    key, _ = correct(index, "Perhaps", HOLM)
    index_again(index, article("a", "x | said | Perhaps. | Ole Sand | person", ITO, LUND, YES, TERM))
    with CorrectionReader(index) as reader:
        found = reader.quotation(key).hit
        speakers = [each.speaker for each in reader.document("a").hits if each.text == "Perhaps."]
    assert (found.speaker, speakers) == ("Ada Holm", ["Ole Sand", "Ada Holm"])


@pytest.mark.parametrize("found", ["nothing", "less", "more", "as a term"])
def test_it_stands_whatever_another_model_finds(index: Path, article: Callable[..., Any], found: str) -> None:
    key, number = correct(index, "Trade", HOLM)
    document, (ito, *others) = article("a", ITO, LUND, YES, TERM)
    start, end = ito.start, ito.end
    spans = {"nothing": None, "less": (start, end - 8), "more": (start - 5, end - 2), "as a term": (start, end)}
    span = spans[found]
    other: list[Attribution] = []
    if span:
        kind = "term" if found == "as a term" else "direct"
        other = [replace(ito, quotation=Quotation(*span, document.text[slice(*span)], kind), cue=None, mention=None)]
    index_again(index, (document, [*other, *others]))
    now = hit(index, "Trade")
    assert (now.key, now.speaker, now.start, now.end, now.kind) == (key, "Ada Holm", start, end, "direct")
    assert len(hits(index)) == 4
    with Writer(index) as writer:
        writer.undo(number)
    assert len(hits(index)) == (4 if other else 3)


def test_words_that_are_gone_leave_an_orphan_that_is_found_again_when_they_come_back(
    index: Path, article: Callable[..., Any], sound: Callable[[Path], None]
) -> None:
    key, _ = correct(index, "Trade", HOLM)
    original = article("a", ITO, LUND, YES, TERM)
    index_again(index, article("a", ITO.replace("slow", "rapid"), LUND, YES, TERM))
    sound(index)
    assert hit(index, "Trade").speaker == "Aiko Ito"
    with CorrectionReader(index) as reader:
        assert reader.orphaned() == 1
        assert [logged.state for logged in reader.corrections(state="orphaned")] == ["orphaned"]
        with pytest.raises(NotFound, match="its words are not in a now"):
            reader.quotation(key)
    index_again(index, original, "3")
    assert hit(index, "Trade").speaker == "Ada Holm"
    with CorrectionReader(index) as reader:
        assert (reader.orphaned(), reader.quotation(key).hit.speaker) == (0, "Ada Holm")


def test_a_pruned_document_leaves_its_corrections(index: Path, article: Callable[..., Any]) -> None:
    key, number = correct(index, "Trade", HOLM)
    with Writer(index) as writer:
        assert writer.prune({"b"}) == 1
    with CorrectionReader(index) as reader:
        assert reader.orphaned() == 1
    with Writer(index) as writer:
        writer.undo(number)
    with CorrectionReader(index) as reader:
        assert reader.orphaned() == 0
    with Writer(index) as writer:
        writer.write(*article("a", ITO, LUND, YES, TERM), "1")
        writer.correct(key, HOLM)
        writer.prune({"b"})
        writer.write(*article("a", ITO, LUND, YES, TERM), "1")
    assert hit(index, "Trade").speaker == "Ada Holm"


def test_links_stay_with_the_corrected_quotation_when_its_old_place_is_taken(
    index: Path, article: Callable[..., Any]
) -> None:
    """The very words now stand earlier in the document, where the corrected ones stood before."""
    key, _ = correct(index, "Perhaps", HOLM)
    document, found = article("a", ITO, LUND, YES, TERM)
    first, place = document.text.split("Ms Ito replied")[0], hit(index, "Perhaps").start
    filler = "“Perhaps.” was what the child in the first row kept on saying to the dog.\n\n".rjust(
        74 + place - len(first)
    )
    text = first[: place - 1] + filler + document.text[len(first) :]
    shift = len(text) - len(document.text)
    moved = [move(each, shift if each.start >= place else 0) for each in found]
    twin = Attribution(Quotation(place, place + 8, "Perhaps.", "direct", 9), speaker="A child", speaker_type="unnamed")
    assert text[place : place + 8] == "Perhaps."
    assert all(text[each.start : each.end] == each.text for each in moved)
    index_again(index, (Document("a", text), [*moved, twin]))
    with CorrectionReader(index) as reader:
        assert reader.quotation(key).hit.start == place + shift
        assert {len(each.key) for each in reader.document("a").hits if each.text == "Perhaps."} == {12, 20}


def move(found: Attribution, by: int) -> Attribution:
    """The attribution so many characters further on, without cue and mention."""
    quotation = replace(found.quotation, start=found.start + by, end=found.end + by)
    return replace(found, quotation=quotation, cue=None, mention=None)


def test_two_corrections_cannot_hold_the_same_words(index: Path, dump: Callable[[Path], Any]) -> None:
    correct(index, "Trade", HOLM)
    text = text_of(index)
    start = text.index("Trade")
    before = dump(index)
    with pytest.raises(UsageError, match="those of another corrected quotation"):
        correct(index, "It will", Decision(span=anchor(text, start + 6, text.index("It will") + 20)))
    assert dump(index) == before


def test_a_second_correction_keeps_the_span_of_the_first(index: Path) -> None:
    text = text_of(index)
    start = text.index("Trade")
    correct(index, "Trade", Decision(span=anchor(text, start, start + 25)))
    key, number = correct(index, "Trade", HOLM)
    assert (hit(index, "Trade").text, hit(index, "Trade").speaker) == ("Trade between the two of ", "Ada Holm")
    with Writer(index) as writer:
        writer.undo(1)
    assert (hit(index, "Trade").end - start, hit(index, "Trade").speaker) == (
        len("Trade between the two of us is slow."),
        "Ada Holm",
    )
    assert (hit(index, "Trade").key, number) == (key, 2)


def test_another_writer_is_named(index: Path) -> None:
    key = hit(index, "Trade").key
    with Writer(index), pytest.raises(IndexBusy):
        Writer(index).correct(key, HOLM)


CHOICES = st.lists(
    st.tuples(
        st.sampled_from(["Trade", "It will", "Perhaps", "bridge"]),
        st.sampled_from(
            [HOLM, Decision(nobody=True), Decision(kind="term"), Decision(kind="mixed"), Decision(kind="direct")]
        ),
        st.booleans(),
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHOICES)
def test_the_log_alone_decides_however_the_index_came_to_it(
    tmp_path_factory: pytest.TempPathFactory,
    article: Callable[..., Any],
    sound: Callable[[Path], None],
    choices: list[tuple[str, Decision, bool]],
) -> None:
    """Correcting and undoing step by step gives the rows that indexing again with the same log gives."""
    db = tmp_path_factory.mktemp("log") / "q.db"
    found = article("a", ITO, LUND, YES, TERM)
    with Writer(db) as writer:
        writer.write(*found, "1")
    for words, decision, undone in choices:
        _, number = correct(db, words, decision)
        if undone:
            with Writer(db) as writer:
                writer.undo(number)
    sound(db)
    stepwise = rows(db)
    index_again(db, found)
    sound(db)
    assert rows(db) == stepwise


def rows(db: Path) -> list[Any]:
    """The quotations without row ids."""
    with closing(sqlite3.connect(db)) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute("SELECT q.*, s.slug FROM quotations q LEFT JOIN speakers s ON s.id = q.speaker_id")
        return sorted(tuple(row[name] for name in row.keys() if name not in ("id", "speaker_id")) for row in found)  # noqa: SIM118
