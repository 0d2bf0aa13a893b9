"""`quotes corrections`: the log of what people decided, taking back, and the gold file made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from indexer.cli.correct import name_of, who_option
from indexer.cli.formats import Format, write, write_jsonl
from indexer.cli.messages import printable, say
from indexer.cli.options import db_option, format_option
from indexer.cli.show import lines
from indexer.cli.speakers import ListByDefault
from indexer.cli.tables import Column, columns_printer, echo_rich, new_console
from indexer.errors import UsageError

if TYPE_CHECKING:
    from indexer.store.corrections.log import Logged

FIELDS = (
    *("id", "state", "quotation", "document", "decision", "kind", "speaker", "speaker_type", "nobody", "confirmed"),
    *("span", "span_start", "span_end", "was_kind", "was_speaker", "was_speaker_type", "words", "start", "end"),
    *("before", "after", "note", "who", "made", "undone", "undone_by"),
)
COLUMNS = (
    Column("id", lambda record: str(record["id"]), "dim", right=True),
    Column("state", lambda record: record["state"]),
    Column("quotation", lambda record: record["quotation"], "dim"),
    Column("decision", lambda record: record["decision"], "cyan"),
    Column("who", lambda record: f"{record['who']} {record['made'][:10]}".strip(), detail=True),
    Column("note", lambda record: record["note"], detail=True),
    Column("words", lambda record: f"“{record['words']}”"),
)


@click.group(cls=ListByDefault)
def corrections() -> None:
    """Show what people decided about quotations, or take it back. Without a command: list."""


@corrections.command("list")
@db_option
@click.option("--orphaned", is_flag=True, help="Only those whose words are no longer in their document.")
@click.option("--undone", is_flag=True, help="Only those that were taken back.")
@click.option("--document", metavar="ID", help="Only those in this document.")
@format_option("table")
def list_corrections(db: str, orphaned: bool, undone: bool, document: str | None, fmt: Format) -> None:
    """List the corrections, the oldest first.

    A correction is standing, orphaned (its words are not in the document now; it counts again when they are) or
    undone.
    """
    from indexer.store.corrections.reader import CorrectionReader

    if orphaned and undone:
        raise UsageError("A correction is orphaned or undone, not both", "Choose --orphaned or --undone.")
    state: Any = "orphaned" if orphaned else "undone" if undone else None
    with CorrectionReader(db) as reader:
        found = reader.corrections(state=state, document=document)
    if not write([[as_record(logged) for logged in found]], fmt, FIELDS, columns_printer(COLUMNS)):
        say("No corrections found.")


@corrections.command("show")
@click.argument("number", type=int, metavar="ID")
@db_option
@format_option("table")
def show_correction(number: int, db: str, fmt: Format) -> None:
    """Show one correction with its words and what the program says of them.

    ID is the number that `quotes corrections list` prints.
    """
    from indexer.store.corrections.reader import CorrectionReader

    with CorrectionReader(db) as reader:
        record = as_record(reader.correction(number))
    write([[record]], fmt, FIELDS, lambda _: print_card(record))


@corrections.command("undo")
@click.argument("number", type=int, metavar="ID")
@db_option
@who_option
def undo_correction(number: int, db: str, who: str | None) -> None:
    """Take a correction back: what was decided before it, or what the program found, counts again.

    It stays in the log. ID is the number that `quotes corrections list` prints.
    """
    from indexer.store.corrections.reader import CorrectionReader
    from indexer.store.writer import Writer

    with CorrectionReader(db) as reader:
        words = reader.correction(number).correction.anchor.words
    with Writer(db, command=f"corrections undo {number}") as writer:
        writer.undo(number, who=name_of(who))
    say(f"Correction {number} of “{words}” is undone.")


@corrections.command("export")
@db_option
def export_corrections(db: str) -> None:
    """Print the corrected quotations as a gold file, for `quotes evaluate` and `quotes model attribution`.

    One document a line. What nobody decided about is ambiguous there: it counts neither for nor against.
    """
    from indexer.store.corrections.reader import CorrectionReader

    with CorrectionReader(db) as reader:
        count = write_jsonl([record] for record in reader.gold())
    if not count:
        say("No corrections to export.")


def as_record(logged: Logged) -> dict[str, Any]:
    """The correction as one flat record; what was not decided is null."""
    made, decision = logged.correction, logged.correction.decision
    span, anchor = decision.span, made.anchor
    return {
        "id": made.id,
        "state": logged.state,
        "quotation": made.key,
        "document": made.document,
        "decision": decision.in_words,
        "kind": decision.kind,
        "speaker": decision.speaker,
        "speaker_type": decision.speaker_type,
        "nobody": decision.nobody,
        "confirmed": decision.confirmed,
        "span": None if span is None else span.words,
        "span_start": None if span is None else span.start,
        "span_end": None if span is None else span.end,
        **{f"was_{name}": made.was.get(name) for name in ("kind", "speaker", "speaker_type")},
        **{name: getattr(anchor, name) for name in ("words", "start", "end", "before", "after")},
        **{name: getattr(made, name) for name in ("note", "who", "made", "undone", "undone_by")},
    }


def print_card(record: Mapping[str, Any]) -> None:
    """Print the correction for people: the words in their surroundings, then the facts by name."""
    from rich.text import Text

    words = Text.assemble(lines(record["before"]), (lines(record["words"]), "bold yellow"), lines(record["after"]))
    known = (Text.assemble((f"{name:<12}", "dim"), printable(value)) for name, value in facts(record))
    echo_rich(new_console(), words, "", *known)


def facts(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is known about the correction, by name; what is not known is left out."""
    was = record["was_speaker"] or (
        "a term" if record["was_kind"] == "term" else "nobody" if record["was_kind"] else ""
    )
    known = {
        "decision": record["decision"],
        "was": was,
        "note": record["note"],
        "made": f"{record['made']} by {record['who']}" if record["made"] else record["who"],
        "undone": f"{record['undone']} by {record['undone_by']}" if record["undone"] else "",
        "state": record["state"],
        "document": f"{record['document']}, characters {record['start']} to {record['end']}",
        "quotation": record["quotation"],
    }
    return ((name, value) for name, value in known.items() if value)
