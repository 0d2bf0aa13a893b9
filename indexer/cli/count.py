"""`quotes count`: how many quotations by speaker, month, publisher, kind or tier."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from indexer.cli.formats import Format, write
from indexer.cli.messages import say
from indexer.cli.options import db_option, format_option
from indexer.cli.tables import Column, columns_printer

if TYPE_CHECKING:
    from indexer.store.search.tallies import By

FIELDS = ("value", "quotations", "slug")
BY = ("speaker", "month", "publisher", "kind", "tier")


@click.command()
@click.option("--by", type=click.Choice(BY), default="speaker", show_default=True, help="What to count by.")
@db_option
@click.option("--speaker", metavar="NAME", help="Only this speaker's: by month or by publisher.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.")
@format_option("table")
def count(by: By, db: str, speaker: str | None, limit: int | None, fmt: Format) -> None:
    """Count the quotations of the index, terms left out.

    The counts are kept ready, so they are there at once however large the index is. A month is that of the words where
    the article tells it, else that of the article; less where less is known. Tiers count what has a speaker.
    """
    from indexer.store.reader import Reader

    with Reader(db) as reader:
        records = [asdict(tally) for tally in reader.tallies(by, speaker, limit)]
    columns = (
        Column("quotations", lambda record: f"{record['quotations']:,}", right=True),
        Column(by, lambda record: record["value"] or "unknown", "cyan"),
    )
    if not write([records], fmt, FIELDS, columns_printer(columns)):
        say("No quotations found.")
