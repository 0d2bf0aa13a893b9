"""What is written is what is there: added, changed, dropped, and never half."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.domain import Attribution, Document, Failure, Passage, Quotation
from indexer.errors import StoreError
from indexer.store.reader import Reader
from indexer.store.writer import Writer

ITO = "Ms Ito | said | Trade is slow. | Aiko Ito | person"
PUTIN = "Vladimir Putin | said | We are friends. | Vladimir Putin | person"
TERM = "x | | scare | | term"


def runs(path: Path) -> list[sqlite3.Row]:
    """The table of runs."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute("SELECT * FROM runs ORDER BY id").fetchall()


def test_a_document_is_added_then_changed_then_left_alone(db: Path, article: Callable[..., Any]) -> None:
    document, found = article("a.txt", ITO)
    with Writer(db) as writer:
        assert writer.needs(document, "1")
        assert writer.write(document, found, "1") == "added"
        assert not writer.needs(document, "1")
        assert writer.needs(document, "2")
        assert writer.needs(replace(document, title="New"), "1")
        assert writer.needs(replace(document, id="b.txt"), "1")
        assert writer.write(replace(document, title="New"), found, "1") == "changed"
        assert not writer.needs(replace(document, title="New"), "1")


def test_every_field_is_kept(db: Path) -> None:
    text = "Rosatom reported on Monday that she said: “It is ‘big’.”"
    document = Document("a", text, "T", "Jane Roe", "2016-05-01", "Daily", "https://example.org/a", "en")
    at = text.index
    found = Attribution(
        quotation=Quotation(at("big"), at("big") + 3, "big", "mixed", 4, (at("It is"), at("It is") + 12)),
        cue=Passage(at("said"), at("said") + 4, "said"),
        speaker="Aiko Ito",
        speaker_type="person",
        via="Rosatom",
        said_on="2016-04-30",
        confidence=0.654321,
        evidence="“said” stands before it",
    )
    with Writer(db) as writer:
        writer.write(document, [found], "1")
    with Reader(db) as reader:
        page = reader.document("a")
        hit = page.hits[0]
    row = page.document
    assert (row.id, row.text, row.title, row.author, row.published) == ("a", text, "T", "Jane Roe", "2016-05-01")
    assert (row.publisher, row.url, row.language, row.quotations) == ("Daily", "https://example.org/a", "en", 1)
    assert (hit.text, hit.kind, hit.utterance, text[hit.start : hit.end]) == ("big", "mixed", 4, "big")
    assert (hit.nested_start, hit.nested_end) == found.nested_in
    assert (hit.cue, hit.cue_start, hit.cue_end) == ("said", at("said"), at("said") + 4)
    assert (hit.mention, hit.mention_start, hit.mention_kind) == (None, None, None)
    assert (hit.speaker, hit.speaker_slug, hit.speaker_type) == ("Aiko Ito", "aiko-ito", "person")
    assert (hit.via, hit.said_on, hit.confidence, hit.tier) == ("Rosatom", "2016-04-30", 0.654321, "probable")
    assert (hit.evidence, hit.document, hit.document_slug) == (found.evidence, "a", row.slug)


def test_indexing_again_changes_nothing_but_the_runs(
    article: Callable[..., Any], fill: Callable[..., Path], dump: Callable[[Path], Any]
) -> None:
    articles = [article("a", ITO, TERM), article("b", PUTIN, ITO), article("c")]
    before = dump(fill(*articles))
    assert dump(fill(*articles)) == before
    path = fill(*articles)
    assert [(run["added"], run["unchanged"]) for run in runs(path)] == [(3, 0), (0, 3), (0, 3)]


def test_a_changed_document_replaces_its_quotations_and_speakers(
    article: Callable[..., Any], fill: Callable[..., Path], sound: Callable[[Path], None]
) -> None:
    fill(article("a", ITO, "Ito | said | Old words. | Aiko Ito | person"), article("b", PUTIN))
    path = fill(article("a", "Ms Ito | said | New words. | Aiko Ito | person", PUTIN))
    sound(path)
    with Reader(path) as reader:
        assert reader.search("old") == []
        assert [hit.text for hit in reader.search("new")] == ["New words."]
        assert reader.speaker("aiko-ito").speaker.aliases == ("Ms Ito",)
        assert reader.speaker("vladimir-putin").speaker.documents == 2
    path = fill(article("a", PUTIN))
    sound(path)
    with Reader(path) as reader:
        assert [row.slug for row in reader.speakers()] == ["vladimir-putin"]


def test_a_term_has_no_speaker(article: Callable[..., Any], fill: Callable[..., Path]) -> None:
    document, (quotation,) = article("a", PUTIN)
    term = replace(quotation, quotation=replace(quotation.quotation, kind="term"))
    with Reader(fill((document, [term]))) as reader:
        assert reader.stats() == {"documents": 1, "quotations": 0, "attributed": 0, "speakers": 0, "failures": 0}
        assert reader.document("a").hits[0].speaker is None


def test_prune_drops_the_documents_that_are_gone(
    db: Path, article: Callable[..., Any], fill: Callable[..., Path], sound: Callable[[Path], None]
) -> None:
    fill(article("a", ITO), article("b", PUTIN), article("c", PUTIN))
    with Writer(db) as writer:
        assert writer.prune({"a", "b", "never there"}) == 1
    sound(db)
    with Reader(db) as reader:
        assert reader.speaker("vladimir-putin").speaker.quotations == 1
    with Writer(db) as writer:
        assert writer.prune([]) == 2
    sound(db)
    with Reader(db) as reader:
        assert set(reader.stats().values()) == {0}
    assert [run["pruned"] for run in runs(db)] == [0, 1, 2]


def test_failures_are_kept_by_source_until_it_can_be_read(db: Path, article: Callable[..., Any]) -> None:
    document, found = article("a.txt", ITO)
    with Writer(db) as writer:
        writer.write(document, found, "1")
        for source in ("a.txt", "b.txt", "c.jsonl:17", "d/e.txt", "dd/e.txt"):
            writer.fail(Failure(source, "broken", "mend it"))
        writer.fail(Failure("a.txt", "still broken", "mend it"))
    with Reader(db) as reader:
        assert reader.failures()[0] == Failure("a.txt", "still broken", "mend it")
        assert reader.stats()["failures"] == 5
    with Writer(db) as writer:
        assert not writer.needs(document, "1")
        writer.write(replace(document, id="b.txt"), found, "1")
        writer.fail(Failure("d/f.txt", "broken"))
        assert writer.forget_failures(["c.jsonl", "d/", "a"]) == 2
    with Reader(db) as reader:
        assert [failure.source for failure in reader.failures()] == ["d/f.txt", "dd/e.txt"]
    with Writer(db) as writer:
        writer.fail(Failure("d/f.txt", "broken"))
        writer.prune([])
    with Reader(db) as reader:
        assert [failure.source for failure in reader.failures()] == ["d/f.txt"]


def test_a_run_says_what_was_run_and_whether_it_was_finished(db: Path, article: Callable[..., Any]) -> None:
    document, found = article("a", ITO)
    with Writer(db, command="quotes index a") as writer:
        writer.write(document, found, "1")
        writer.fail(Failure("b", "broken"))

    def interrupted() -> None:
        with Writer(db, command="again") as writer:
            writer.write(document, found, "2")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    first, second = runs(db)
    assert (first["command"], first["added"], first["changed"], first["failed"]) == ("quotes index a", 1, 0, 1)
    assert first["started"] <= first["finished"]
    assert (second["command"], second["changed"], second["finished"]) == ("again", 1, None)


def test_a_document_that_does_not_fit_leaves_no_trace(
    db: Path, article: Callable[..., Any], fill: Callable[..., Path], dump: Callable[[Path], Any]
) -> None:
    document, found = article("a", ITO, PUTIN)
    before = dump(fill((document, found)))
    with Writer(db) as writer:
        with pytest.raises(StoreError, match="UNIQUE"):
            writer.write(replace(document, text="other"), [found[1], found[1]], "2")
        assert not writer.needs(document, "1")
    assert dump(db) == before


def test_text_that_utf8_cannot_hold_is_kept_with_its_offsets(db: Path) -> None:
    text = "\ud800 “a\udfffb” \x00 said Ito\udc80"
    document = Document("\udcff.txt", text, title="\ud800")
    found = Attribution(Quotation(3, 6, text[3:6], "direct"), speaker="Ito\udc80", speaker_type="person")
    with Writer(db) as writer:
        writer.write(document, [found], "1")
        assert not writer.needs(document, "1")
        writer.fail(Failure("\udcfe", "broken"))
        assert writer.prune(["\udcff.txt"]) == 0
    with Reader(db) as reader:
        page = reader.document("\udcff.txt")
        assert page.document.text[3:6] == page.hits[0].text == "a\ufffdb"
        assert reader.search("\ud800", speaker="ito\udc80")[0].speaker == "Ito\ufffd"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(alphabet=st.characters(exclude_categories=()), max_size=20), min_size=1, max_size=4))
def test_any_text_can_be_written(texts: list[str], db: Path, sound: Callable[[Path], None]) -> None:
    with Writer(db) as writer:
        for text in texts:
            found = Attribution(Quotation(0, len(text), text, "direct"), speaker=text or "?", speaker_type="unnamed")
            writer.write(Document(text, text, title=text), [found], "1")
            assert not writer.needs(Document(text, text, title=text), "1")
    with Reader(db) as reader:
        assert all(reader.document(text).hits[0].start == 0 for text in texts)


KILLED = """
import sys
from indexer.domain import Attribution, Document, Quotation
from indexer.store.writer import Writer
with Writer(sys.argv[1]) as writer:
    print("open", flush=True)
    for number in range(200):
        text = f"words number {number}"
        quotation = Quotation(0, len(text), text, "direct")
        document = Document(str(number), text)
        if writer.needs(document, "1"):
            found = Attribution(quotation, speaker=f"Speaker {number % 7}", speaker_type="person")
            writer.write(document, [found], "1")
"""


def test_killed_at_any_moment_the_next_run_completes_the_work(
    tmp_path: Path, dump: Callable[[Path], Any], sound: Callable[[Path], None], root: Path
) -> None:
    whole, killed = tmp_path / "whole.db", tmp_path / "killed.db"
    subprocess.run([sys.executable, "-c", KILLED, str(whole)], check=True, cwd=root, stdout=subprocess.DEVNULL)
    for _ in range(5):
        with subprocess.Popen([sys.executable, "-c", KILLED, str(killed)], cwd=root, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(random.uniform(0, 0.05))
            os.kill(process.pid, signal.SIGKILL)
        with Reader(killed) as reader:
            seen = reader.stats()["documents"]
        sound(killed)
        with Reader(killed) as reader:
            assert reader.stats()["documents"] == seen
    subprocess.run([sys.executable, "-c", KILLED, str(killed)], check=True, cwd=root, stdout=subprocess.DEVNULL)
    logical = [name for name in dump(whole) if not name.startswith("quotations_fts")]
    assert {name: dump(killed)[name] for name in logical} == {name: dump(whole)[name] for name in logical}
    assert dump(killed)["unsettled_blocks"] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["killed.db", "whole.db"]
