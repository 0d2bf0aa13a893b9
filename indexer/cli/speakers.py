"""`quotes speakers`: who is quoted, one speaker with what they said, and who is who."""

from __future__ import annotations

from dataclasses import asdict

import click

from indexer.cli import speaker_decisions as decisions
from indexer.cli.formats import Format, write
from indexer.cli.messages import printable, say
from indexer.cli.options import db_option, format_option
from indexer.cli.search import COLUMNS as HIT_COLUMNS
from indexer.cli.search import FIELDS as HIT_FIELDS
from indexer.cli.search import tell
from indexer.cli.tables import Column, columns_printer

FIELDS = ("slug", "name", "type", "aliases", "quotations", "documents", "first", "last", "description", "wikidata")
COLUMNS = (
    Column("quotations", lambda record: record["quotations"], right=True),
    Column("documents", lambda record: record["documents"], right=True),
    Column("first", lambda record: record["first"]),
    Column("last", lambda record: record["last"]),
    Column("type", lambda record: record["type"]),
    Column("speaker", lambda record: record["name"], "cyan"),
)


class ListByDefault(click.Group):
    """A group that runs `list` when no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `list` before options that are not the group's own."""
        if not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=ListByDefault)
def speakers() -> None:
    """Show who is quoted, and say who is who. Without a command: list."""


speakers.add_command(decisions.why)
speakers.add_command(decisions.suggest)
speakers.add_command(decisions.merge)
speakers.add_command(decisions.split)
speakers.add_command(decisions.rename)
speakers.add_command(decisions.link)
speakers.add_command(decisions.import_authority)
speakers.add_command(decisions.export_registry)
speakers.add_command(decisions.log)
speakers.add_command(decisions.undo)


@speakers.command("list")
@click.argument("text", required=False)
@db_option
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.")
@format_option("table")
def list_speakers(text: str | None, db: str, limit: int | None, fmt: Format) -> None:
    """List the speakers, the most quoted first.

    With TEXT: those whose name or alias holds it.
    """
    from indexer.store.reader import Reader

    with Reader(db) as reader:
        rows = reader.speakers(text, limit)
    if not write([[asdict(row) for row in rows]], fmt, FIELDS, columns_printer(COLUMNS)):
        say("No speakers found.")


@speakers.command("show")
@click.argument("name", nargs=-1, required=True)
@db_option
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    default=20,
    show_default=True,
    help="At most so many quotations.",
)
@format_option("table")
def show_speaker(name: tuple[str, ...], db: str, limit: int, fmt: Format) -> None:
    """Show one speaker with what they said, newest first.

    NAME is a name, an alias or the short name that the list gives as `slug` in jsonl, json and csv.
    """
    from indexer.store.reader import Reader
    from indexer.store.records import as_record
    from indexer.store.rows import Total

    with Reader(db) as reader:
        page = reader.speaker(" ".join(name), limit=limit)
    row = page.speaker
    if fmt == "table":
        aliases = f", also {', '.join(row.aliases)}" if row.aliases else ""
        told = "".join(f"; {each}" for each in (row.description, row.wikidata) if each)
        click.echo(printable(f"{row.name} ({row.type}){told}{aliases}"))
    write([[as_record(hit, marks=fmt == "table") for hit in page.hits]], fmt, HIT_FIELDS, columns_printer(HIT_COLUMNS))
    tell(page.hits, Total(row.quotations), has_pages=False)
