"""`quotes index`: build or update the index."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.cli.guard import INTERRUPTED, NOTHING_DONE, OK, SOME_FAILED
from indexer.cli.messages import counted, say, say_backup, warn
from indexer.cli.options import db_option, is_default_db, model_option
from indexer.errors import StoreError

if TYPE_CHECKING:
    from indexer.domain import Document, Failure
    from indexer.indexing import Summary

Advance = Callable[["Document | Failure"], None]


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@db_option
@click.option("--prune", is_flag=True, help="Drop the documents that are in the index but not in PATH...")
@click.option("-q", "--quiet", is_flag=True, help="No progress bar and no summary; failed inputs are still named.")
@model_option
def index(paths: tuple[str, ...], db: str, prune: bool, quiet: bool, model: str | None) -> None:
    """Build or update the index from articles.

    PATH is a file, a folder, a .jsonl corpus or - for standard input.
    What is in the index already is not done again, so a run that was stopped goes on where it was; another
    --model reads all of it again.
    """
    from indexer.indexing import index as build

    if not is_default_db():
        check_folder(db)
    try:
        with progress_bar(paths, quiet) as advance:
            summary = build(paths, db, prune=prune, progress=advance, model=model, backed_up=say_backup)
    except KeyboardInterrupt:
        say("Interrupted. The finished documents are in the index; run the command again to go on.")
        click.get_current_context().exit(INTERRUPTED)
    if summary.prune_refused:
        say("quotes: nothing was dropped. Documents may be behind the inputs that failed: mend them or leave them out.")
    if not quiet:
        say(in_words(summary, db))
    click.get_current_context().exit(exit_code(summary))


def check_folder(db: str) -> None:
    """Only the default index may have its folder made: elsewhere a missing one is more likely a slip of the pen."""
    folder = Path(db).parent
    if not folder.is_dir():
        raise StoreError(f"{db}: there is no folder {folder}", "Make it first, or choose another place with --db.")


@contextmanager
def progress_bar(paths: Sequence[str], quiet: bool) -> Iterator[Advance]:
    """Give what is called after each input: it names failures, and moves a bar where stderr is a terminal."""
    from indexer.domain import Failure

    def name(item: Document | Failure) -> None:
        if isinstance(item, Failure):
            warn(item)

    if quiet or not sys.stderr.isatty():
        yield name
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from indexer.sources import count

    columns = (TextColumn("Indexing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=count(paths))

        def advance(item: Document | Failure) -> None:
            name(item)
            bar.advance(task)

        yield advance


def in_words(summary: Summary, db: str) -> str:
    """One line: what this run did, and what the index holds now."""
    outcomes = ("added", "changed", "unchanged", "pruned", "failed")
    did = ", ".join(f"{getattr(summary, name):,} {name}" for name in outcomes if getattr(summary, name))
    quotations = f"{counted(summary.quotations, 'quotation')} ({summary.attributed:,} attributed)"
    orphans = counted(summary.orphaned, "correction")
    lost = f" {orphans} orphaned: see `quotes corrections list --orphaned`." if summary.orphaned else ""
    return f"Documents: {did or 'none'}. {db} now holds {counted(summary.documents, 'document')}, {quotations}.{lost}"


def exit_code(summary: Summary) -> int:
    """0 all indexed; 1 some inputs failed; 2 nothing could be indexed."""
    if not summary.added + summary.changed + summary.unchanged:
        return NOTHING_DONE
    return SOME_FAILED if summary.failed else OK
