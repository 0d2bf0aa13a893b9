"""`quotes search`: quotations by their words, speaker, kind, document and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

import click

from indexer.cli.formats import Format, write
from indexer.cli.messages import counted, say
from indexer.cli.options import db_option, filter_options, format_option
from indexer.cli.tables import Column, columns_printer
from indexer.errors import UsageError

if TYPE_CHECKING:
    from indexer.store.rows import Hit, Total

Sort = Literal["relevance", "date"]

FIELDS = (
    *(
        "id",
        "text",
        "snippet",
        "kind",
        "speaker",
        "speaker_slug",
        "speaker_type",
        "speaker_description",
        "speaker_wikidata",
    ),
    *("role", "via", "said_on"),
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
@click.option(
    "--sort",
    type=click.Choice(get_args(Sort)),
    help="date: the newest first; relevance: the best match first, of the newest 5,000 hits.  [default: relevance "
    "with TEXT, else date]",
)
@click.option("--after", metavar="ID", help="Go on behind this quotation, the last one of a page of the same search.")
@format_option("table")
def search(
    text: tuple[str, ...], db: str, sort: Sort | None, after: str | None, limit: int, fmt: Format, **filters: Any
) -> None:
    """Search the index for quotations.

    TEXT is words as you would type them anywhere: all of them must be there, `"words in quotation marks"`
    stand together, `NEAR(these words, 5)` stand at most 5 words apart, `begin*` is the beginning of a word, `this OR
    that`, `-word` leaves a word out. With a filter, TEXT may be left out.
    """
    from indexer.store.reader import Reader
    from indexer.store.records import as_record
    from indexer.store.rows import Total

    words = " ".join(text)
    if not text and not any(filters.values()):
        raise UsageError("Nothing to search for", "Give some words, or a filter such as --speaker NAME.")
    with Reader(db) as reader:
        hits = reader.search(words, **filters, sort=sort, after=after, limit=limit)
        total = reader.count(words, **filters) if len(hits) == limit or after else Total(len(hits))
    write([[as_record(hit, marks=fmt == "table") for hit in hits]], fmt, FIELDS, columns_printer(COLUMNS))
    tell(hits, total)


def tell(hits: Sequence[Hit], total: Total, *, has_pages: bool = True) -> None:
    """Say on stderr when nothing was found, or when there is more than was asked for, and how to get it."""
    if not hits:
        say("No quotations found.")
    elif total.count > len(hits) or not total.is_exact:
        after = f"--after {hits[-1].key} or " if has_pages else ""
        say(f"{counted(len(hits), 'quotation')} of {total}; {after}a higher --limit shows more.")
