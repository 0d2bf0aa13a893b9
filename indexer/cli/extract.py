"""`quotes extract`: read and print, with no database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from indexer.cli.formats import Format, Record, write
from indexer.cli.guard import NOTHING_DONE, OK, SOME_FAILED
from indexer.cli.messages import counted, say, warn
from indexer.cli.options import format_option, model_option
from indexer.cli.tables import Column, columns_printer

FIELDS = (
    *("document", "start", "end", "text", "kind", "cue_start", "cue_end", "cue_text"),
    *("mention_start", "mention_end", "mention_text", "mention_kind", "speaker", "speaker_type", "via", "said_on"),
    *("confidence", "tier", "utterance", "nested_in_start", "nested_in_end", "evidence"),
)
"""The columns of csv: the output contract with its nested objects flattened."""

COLUMNS = (
    Column("speaker", lambda record: record["speaker"] or "-", "cyan"),
    Column("kind", lambda record: record["kind"]),
    Column("tier", lambda record: record["tier"]),
    Column("words", lambda record: f"“{record['text']}”"),
)


@dataclass(slots=True)
class Tally:
    """How many documents were read, and how many inputs failed."""

    documents: int = 0
    failed: int = 0


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@format_option("jsonl")
@click.option(
    "--all", "everything", is_flag=True, help="Every pair of marks: also terms, and words nobody is named for."
)
@model_option
def extract(paths: tuple[str, ...], fmt: Format, everything: bool, model: str | None) -> None:
    """Print the quotations in articles; needs no index.

    PATH is a file, a folder, a .jsonl corpus or - for standard input. Each quotation comes as soon as its
    document is read, in reading order.
    """
    tally = Tally()
    found = found_in(paths, everything, tally, model)
    count = write(found, fmt, FIELDS, columns_printer(COLUMNS, heading="document"))
    if tally.documents and not count:
        say(f"No quotations found in {counted(tally.documents, 'document')}.")
    click.get_current_context().exit(exit_code(tally))


def found_in(paths: Sequence[str], everything: bool, tally: Tally, model: str | None) -> Iterator[list[Record]]:
    """The records of each document; inputs that fail are named on stderr on the way."""
    from indexer.domain import Failure
    from indexer.indexing import read_and_analyse

    for item in read_and_analyse(paths, model=model):
        if isinstance(item, Failure):
            tally.failed += 1
            warn(item)
            continue
        tally.documents += 1
        document, found = item
        yield [each.as_record(document.id) for each in found if everything or each.is_attributed_quotation]


def exit_code(tally: Tally) -> int:
    """0 all read; 1 some inputs failed; 2 nothing could be read."""
    if not tally.documents:
        return NOTHING_DONE
    return SOME_FAILED if tally.failed else OK
