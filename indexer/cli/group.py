"""The group `quotes` and its entry point."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import click

from indexer import __version__
from indexer.cli.clusters import same
from indexer.cli.correct import correct
from indexer.cli.corrections import corrections
from indexer.cli.count import count
from indexer.cli.evaluate import evaluate
from indexer.cli.export import export
from indexer.cli.extract import extract
from indexer.cli.guard import GuardedGroup
from indexer.cli.index import index
from indexer.cli.merge import merge
from indexer.cli.model import model
from indexer.cli.publish import publish
from indexer.cli.review import review
from indexer.cli.search import search
from indexer.cli.serve import serve
from indexer.cli.show import show
from indexer.cli.speakers import speakers
from indexer.cli.users import users


@click.group(cls=GuardedGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quotes")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def quotes(debug: bool) -> None:
    """Who said what: find the quotations in articles, who spoke them, and search them.

    Data goes to standard output, messages to standard error. Exit codes: 0 all done; 1 done, but some
    inputs failed (each is named); 2 wrong usage, or nothing could be done.
    """


quotes.add_command(extract)
quotes.add_command(index)
quotes.add_command(search)
quotes.add_command(speakers)
quotes.add_command(show)
quotes.add_command(count)
quotes.add_command(export)
quotes.add_command(merge)
quotes.add_command(correct)
quotes.add_command(corrections)
quotes.add_command(review)
quotes.add_command(same)
quotes.add_command(serve)
quotes.add_command(users)
quotes.add_command(publish)
quotes.add_command(evaluate)
quotes.add_command(model)


def main() -> None:
    """Run the command line; leaves the process with the command's exit code.

    Output is UTF-8 whatever the locale, with half surrogates escaped the way JSON does.
    """
    open_closed_streams()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    quotes(prog_name="quotes")


def open_closed_streams() -> None:
    """Put the null device where the process was started without a standard stream (`>&-`)."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end
