"""`quotes export`: the whole index or a search, as a file for other programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import IO, TYPE_CHECKING, Any, Literal, get_args

import click

from indexer.cli.formats import Batches, Record, as_json, write_csv, write_jsonl
from indexer.cli.messages import counted, say
from indexer.cli.options import db_option, filter_options
from indexer.cli.output import STDOUT, check_is_not, opened
from indexer.cli.parquet import check_installed, write_parquet
from indexer.cli.search import WordsCommand
from indexer.errors import UsageError

if TYPE_CHECKING:
    from indexer.store.rows import Hit

ExportFormat = Literal["csv", "jsonl", "parquet", "jsonld"]
FORMATS_HELP = (
    "csv: one row a quotation; jsonl: one object a line; parquet: typed columns; jsonld: a graph of schema.org's."
)


@click.command(cls=WordsCommand)
@click.argument("text", nargs=-1, metavar="[TEXT]...")
@db_option
@filter_options
@click.option(
    "--format",
    "fmt",
    type=click.Choice(get_args(ExportFormat)),
    default="csv",
    show_default=True,
    help=FORMATS_HELP,
)
@click.option(
    "--output",
    metavar="FILE",
    default=STDOUT,
    help="The file to write, which is there only when it is whole. Without it, or as -: standard output.",
)
@click.option("--excel-safe", is_flag=True, help="csv: put ' before cells that a spreadsheet would take for a formula.")
def export(
    text: tuple[str, ...], db: str, fmt: ExportFormat, output: str, excel_safe: bool, **filters: str | None
) -> None:
    """Write quotations out for other programs.

    Without TEXT and filters: all of the index. TEXT and filters are those of `quotes search`. Quotations that the
    text gives to nobody are there, without a speaker; terms only with --kind term. However many there are, they take
    no more memory.
    """
    from indexer.store.reader import Reader

    check(db, fmt, output, excel_safe)
    with (
        Reader(db) as reader,
        closing(reader.portions(" ".join(text), **filters)) as portions,
        opened(output, binary=fmt == "parquet") as stream,
    ):
        count = writer(fmt, excel_safe)(map(as_records, portions), stream)
    if not count:
        say("No quotations found.")
    elif output != STDOUT:
        say(f"{counted(count, 'quotation')} in {output}.")


def check(db: str, fmt: ExportFormat, output: str, excel_safe: bool) -> None:
    """UsageError for what does not go together."""
    if excel_safe and fmt != "csv":
        raise UsageError(f"--excel-safe: has no meaning with --format {fmt}", "leave it out, or choose --format csv")
    if fmt == "parquet":
        check_installed()
        if output == STDOUT and sys.stdout.isatty():
            raise UsageError("--format parquet: not for a terminal", "name a file with --output")
    check_is_not(output, db)


def as_records(hits: Sequence[Hit]) -> list[Record]:
    """The fields of each hit."""
    from indexer.store.records import as_exported

    return [as_exported(hit) for hit in hits]


def writer(fmt: ExportFormat, excel_safe: bool) -> Callable[[Batches, IO[Any]], int]:
    """What writes this format, and says how many records there were."""
    from indexer.store.records import EXPORTED

    if fmt == "jsonl":
        return write_jsonl
    if fmt == "jsonld":
        return write_jsonld
    if fmt == "parquet":
        return lambda batches, stream: write_parquet(batches, EXPORTED, stream)
    return lambda batches, stream: write_csv(harmless(batches) if excel_safe else batches, EXPORTED, stream)


def write_jsonld(batches: Batches, stream: IO[str]) -> int:
    """One JSON document with a `@graph`, a node a line; it is closed also where an error cuts it short."""
    from indexer.store.schema_org import CONTEXT, quotation_node

    count = 0
    stream.write(f'{{"@context": {as_json(CONTEXT)}, "@graph": [')
    try:
        for batch in batches:
            for record in batch:
                stream.write(f"{',' if count else ''}\n{as_json(quotation_node(record))}")
                count += 1
    finally:
        stream.write("\n]}\n")
    return count


def harmless(batches: Batches) -> Iterator[list[Record]]:
    """The records with an apostrophe before each text that begins like a formula."""
    for batch in batches:
        yield [{name: no_formula(cell) for name, cell in record.items()} for record in batch]


def no_formula(cell: Any) -> Any:
    """The cell; a text that begins with = + - @, a tab or a carriage return behind an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
