"""`quotes show`: one quotation with who said it, why we think so, and the paragraph around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from indexer.cli.formats import Format, write
from indexer.cli.messages import printable
from indexer.cli.options import db_option, format_option
from indexer.cli.search import FIELDS as HIT_FIELDS
from indexer.cli.tables import echo_rich, new_console

if TYPE_CHECKING:
    from indexer.domain import Attribution
    from indexer.store.rows import QuotationPage

FIELDS = (*HIT_FIELDS, "before", "after")


@click.command()
@click.argument("key", metavar="ID")
@db_option
@format_option("table")
def show(key: str, db: str, fmt: Format) -> None:
    """Show one quotation and why it is whose.

    Its words, who said them and what in the text says so, and the paragraph around it.

    ID is the id that `quotes search` prints, or its first letters where they are enough.
    """
    from indexer.store.corrections.reader import CorrectionReader
    from indexer.store.records import as_record

    with CorrectionReader(db) as reader:
        page = reader.quotation(key)
        machine = reader.machine(page.hit.key)
    record = {**as_record(page.hit), "before": page.before, "after": page.after}
    write([[record]], fmt, FIELDS, lambda _: print_card(page, machine))


def print_card(page: QuotationPage, machine: Sequence[Attribution] | None = None) -> None:
    """Print the quotation for people: words, facts by name, paragraph; in colour on a terminal.

    `machine` is what the program itself found of a corrected quotation.
    """
    from rich.text import Text

    from indexer.store.records import as_record

    words = Text(f"“{printable(page.hit.text)}”", style="bold")
    known = (
        Text.assemble((f"{name:<12}", "dim"), printable(value))
        for name, value in (*facts(as_record(page.hit)), *found(machine))
    )
    paragraph = Text.assemble(lines(page.before), (lines(page.hit.text), "bold yellow"), lines(page.after))
    echo_rich(new_console(), words, "", *known, "", paragraph)


def facts(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is known about the quotation, by name; what is not known is left out."""
    speaker, title = record["speaker"], record["title"]
    source = " · ".join(filter(None, (title, record["author"], record["publisher"], record["published"])))
    place = f"{record['document']}, characters {record['start']} to {record['end']}"
    known = {
        "speaker": f"{speaker} ({record['speaker_type']})" if speaker else "nobody is named",
        "via": record["via"],
        "said on": record["said_on"],
        "kind": record["kind"],
        "confidence": f"{record['confidence']:.2f}, {record['tier']}",
        "evidence": record["evidence"],
        "cue": record["cue"],
        "mention": record["mention"],
        "article": source,
        "link": record["url"],
        "document": place,
        "id": record["id"],
    }
    return ((name, value) for name, value in known.items() if value)


def found(machine: Sequence[Attribution] | None) -> Iterator[tuple[str, str]]:
    """What the program itself found of a corrected quotation; nothing where it was not corrected."""
    if machine is not None and not machine:
        yield "program", "finds no quotation here"
    for each in machine or ():
        yield "program", f"“{each.text}” {each.kind}, {each.speaker or 'nobody is named'} ({each.confidence:.2f})"


def lines(text: str) -> str:
    """The text with its line breaks, safe for a terminal."""
    return "\n".join(_keep_edges(line) for line in text.splitlines()) + ("\n" if text.endswith("\n") else "")


def _keep_edges(line: str) -> str:
    words = printable(line)
    before = " " if line[:1].isspace() and words else ""
    after = " " if line[-1:].isspace() and words else ""
    return f"{before}{words}{after}"
