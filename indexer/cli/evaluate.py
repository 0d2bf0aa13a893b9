"""`quotes evaluate`: how right the attributions are, against a gold file."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from indexer.cli.messages import without_controls
from indexer.cli.options import model_option


@click.command()
@click.argument("gold", metavar="GOLD")
@click.option(
    "--errors",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Also show what goes wrong, and the first N mistakes.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@model_option
def evaluate(gold: str, errors: int, as_json: bool, model: str | None) -> None:
    """Score the attributions against a gold file.

    Finds the quotations of its texts and prints how many are right in span and speaker, beside a plain baseline;
    the same by kind, mention and type of speaker; and whether the confidence can be believed.
    """
    from indexer.evaluation.report import evaluate as score

    with progress_bar() as advance:
        report = score(gold, errors, advance, model)
    click.echo(
        json.dumps(report.as_dict(), ensure_ascii=False, indent=2) if as_json else without_controls(report.as_text())
    )


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None] | None]:
    """What is called with (done, of) after each document; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Evaluating")
        yield lambda done, total: bar.update(task, completed=done, total=total)
