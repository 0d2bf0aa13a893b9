"""`quotes same`: the same words in several documents, and all versions of one quotation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from indexer.cli.formats import Format, write
from indexer.cli.messages import counted, printable, say
from indexer.cli.options import db_option, format_option
from indexer.cli.tables import Column, columns_printer, echo_rich, new_console

if TYPE_CHECKING:
    from rich.text import Text

    from indexer.store.clusters.pages import ClusterPage, WordingRow

LIST_FIELDS = ("key", "quotations", "documents", "publishers", "first", "last", "text")
LIST_COLUMNS = (
    Column("id", lambda record: record["key"], "dim"),
    Column("documents", lambda record: record["documents"], right=True),
    Column("publishers", lambda record: record["publishers"], right=True),
    Column("first", lambda record: record["first"]),
    Column("last", lambda record: record["last"]),
    Column("words", lambda record: f"“{record['text']}”"),
)
FIELDS = (
    *("cluster", "id", "text", "speaker", "via", "said_on", "published", "publisher", "document", "start", "end"),
    *("earliest", "attributions_differ"),
)
STYLES = {"same": "", "added": "green", "removed": "strike dim"}
SHOWN = 12
"""So many words that a wording leaves out are shown; of more only that they are missing."""


@click.command()
@click.argument("key", metavar="[ID]", required=False)
@db_option
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    default=20,
    show_default=True,
    help="Without ID: at most so many.",
)
@format_option("table")
def same(key: str | None, db: str, limit: int, fmt: Format) -> None:
    """Show the same words in several documents.

    With ID, the id of a quotation or of a cluster: every version of its words, cut, contained or reworded, who is
    said to have spoken them, and where they were printed first. Without: the words that most documents have.
    """
    from indexer.store.reader import Reader

    with Reader(db) as reader:
        if key is None:
            rows = [asdict(row) for row in reader.clusters(limit)]
            if not write([rows], fmt, LIST_FIELDS, columns_printer(LIST_COLUMNS)):
                say("No words stand in several documents.")
            return
        page = reader.cluster(key)
    write([list(records(page))], fmt, FIELDS, lambda _: print_page(page))


def records(page: ClusterPage) -> Iterator[dict[str, Any]]:
    """One record for each quotation of the cluster: those of the fullest wording first."""
    for row in page.wordings:
        for hit in row.hits:
            yield {
                "cluster": page.cluster.key,
                "id": hit.key,
                "text": hit.text,
                "speaker": hit.speaker,
                "via": hit.via,
                "said_on": hit.said_on,
                "published": hit.published,
                "publisher": hit.publisher,
                "document": hit.document,
                "start": hit.start,
                "end": hit.end,
                "earliest": hit.key == page.earliest.key,
                "attributions_differ": page.attributions_differ,
            }


def print_page(page: ClusterPage) -> None:
    """Print the cluster for people: the fullest wording, the facts, and each wording with its differences."""
    from rich.text import Text

    words = Text(f"“{printable(page.cluster.text)}”", style="bold")
    known = (Text.assemble((f"{name:<12}", "dim"), printable(value)) for name, value in facts(page))
    versions = [line for row in page.wordings for line in (Text(), *wording_lines(row))]
    echo_rich(new_console(), words, "", *known, *versions)


def facts(page: ClusterPage) -> Iterator[tuple[str, str]]:
    """What is known about the cluster, by name; what is not known is left out."""
    row, first = page.cluster, page.earliest
    known = {
        "speaker": attribution(page.speakers),
        "earliest": " · ".join(filter(None, (first.said_on or first.published, first.publisher, first.title))),
        "printed": f"{counted(row.quotations, 'time')} in {counted(row.documents, 'document')}",
        "publishers": ", ".join(page.publishers),
        "id": row.key,
    }
    return ((name, value) for name, value in known.items() if value)


def attribution(names: Sequence[str]) -> str:
    """Who is said to have spoken; more than one name is a difference between the documents."""
    if len(names) < 2:
        return "".join(names) or "nobody is named"
    both = "both " if len(names) == 2 else ""
    return f"attributed to {both}{', '.join(names[:-1])} and {names[-1]}"


def wording_lines(row: WordingRow) -> Iterator[Text]:
    """A wording, what it adds and leaves out marked, and below it where it stands."""
    from rich.text import Text

    yield Text(" ").join(
        Text(shown(segment.kind, segment.text), style=STYLES[segment.kind]) for segment in row.segments
    )
    for hit in row.hits:
        via = f"via {hit.via}" if hit.via else None
        place = (
            hit.key,
            hit.said_on or hit.published,
            hit.publisher,
            hit.speaker or "nobody is named",
            via,
            hit.document,
        )
        yield Text(printable("  " + " · ".join(filter(None, place))), style="dim")


def shown(kind: str, text: str) -> str:
    """A stretch of words for people; marks say without colours what was added and left out."""
    text = printable(text)
    if kind == "removed":
        return f"[-{text}-]" if len(text.split()) <= SHOWN else "[…]"
    return f"[+{text}+]" if kind == "added" else text
