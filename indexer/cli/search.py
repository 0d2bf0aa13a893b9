"""`quotes search`: quotations by their words, speaker, kind, document and date."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from indexer.cli.formats import Format, write
from indexer.cli.messages import counted, say
from indexer.cli.options import db_option, filter_options, format_option
from indexer.cli.tables import MARKS, Column, columns_printer
from indexer.errors import UsageError

if TYPE_CHECKING:
    from indexer.store.rows import Hit

FIELDS = (
    *("id", "text", "snippet", "kind", "speaker", "speaker_slug", "speaker_type", "via", "said_on"),
    *("confidence", "tier", "utterance", "evidence", "start", "end", "cue", "cue_start", "cue_end"),
    *("mention", "mention_start", "mention_end", "mention_kind", "nested_start", "nested_end"),
    *("document", "document_slug", "title", "author", "publisher", "published", "url"),
)

COLUMNS = (
    Column("id", lambda record: record["id"], "dim"),
    Column("speaker", lambda record: record["speaker"] or "-", "cyan"),
    Column("date", lambda record: record["said_on"] or record["published"], detail=True),
    Column("document", lambda record: record["title"] or record["document"], detail=True),
    Column("words", lambda record: f"“{record['text']}”"),
)


class WordsCommand(click.Command):
    """A command that takes `-word` as text: it leaves a word out, and is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Move such words behind `--`; where they stand among the others makes no difference."""
        stop = args.index("--") if "--" in args else len(args)
        left_out = [arg for arg in args[:stop] if re.match(r"-[^-]", arg) and arg != "-h"]
        others = [arg for arg in args[:stop] if arg not in left_out]
        return super().parse_args(ctx, [*others, "--", *left_out, *args[stop + 1 :]])


@click.command(cls=WordsCommand)
@click.argument("text", nargs=-1, metavar="[TEXT]...")
@db_option
@filter_options
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", default=20, show_default=True, help="At most so many."
)
@format_option("table")
def search(text: tuple[str, ...], db: str, limit: int, fmt: Format, **filters: Any) -> None:
    """Search the index for quotations.

    TEXT is words as you would type them anywhere: all of them must be there, `"words in quotation marks"`
    stand together, `this OR that`, `-word` leaves a word out. With a filter, TEXT may be left out.
    """
    from indexer.store.reader import Reader

    words = " ".join(text)
    if not text and not any(filters.values()):
        raise UsageError("Nothing to search for", "Give some words, or a filter such as --speaker NAME.")
    with Reader(db) as reader:
        hits = reader.search(words, **filters, limit=limit)
        total = reader.count(words, **filters) if len(hits) == limit else len(hits)
    write([[as_record(hit, marks=fmt == "table") for hit in hits]], fmt, FIELDS, columns_printer(COLUMNS))
    tell(len(hits), total)


def as_record(hit: Hit, *, marks: bool = False) -> dict[str, Any]:
    """The fields of the hit, its key named `id`; `marks` keeps the private ones around the words searched for."""
    record = asdict(hit)
    if not marks:
        record["snippet"] = hit.snippet.translate(dict.fromkeys(map(ord, MARKS)))
    return {"id": record.pop("key"), **record}


def tell(shown: int, total: int) -> None:
    """Say on stderr when nothing was found, or when there is more than was asked for."""
    if not shown:
        say("No quotations found.")
    elif total > shown:
        say(f"{counted(shown, 'quotation')} of {total:,}; a higher --limit shows more.")
