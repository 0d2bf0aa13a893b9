"""`quotes model`: the language model that reads the articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from indexer.cli.messages import counted, printable
from indexer.cli.options import model_option

if TYPE_CHECKING:
    from indexer.nlp.model import ModelFolder


@click.group()
def model() -> None:
    """Show the language model that reads the articles."""


@model.command()
@model_option
def info(model: str | None) -> None:
    """Say what the language model is, and that it can be used.

    Of the one that ships with the package: its model card. Of another: its name, version and labels, and which of its
    components are of use.
    """
    from indexer.nlp import model as models

    if models.chosen(model) == models.NONE:
        click.echo("No language model: the articles are read by rules and word lists alone.")
        return
    folder = models.find(model)
    models.load(model)
    if folder.name == models.SHIPPED:
        show_card(models.card())
    else:
        for line in in_words(folder):
            click.echo(line)


def show_card(card: str) -> None:
    """Print Markdown: laid out on a terminal, as it is in a pipe."""
    from rich.markdown import Markdown

    from indexer.cli.tables import echo_rich, folds, new_console

    console = new_console()
    if folds(console):
        echo_rich(console, Markdown(card))
    else:
        click.echo(card.rstrip())


def in_words(folder: ModelFolder) -> Iterator[str]:
    """What there is to know of a model that is not ours, a line each: what it is, then its components' labels."""
    meta = folder.meta
    yield line("name", f"en_{meta.get('name')}")
    yield from (line(key, meta[key]) for key in ("version", "description", "author", "license", "url") if meta.get(key))
    yield line("language", "English")
    yield line("identity", folder.identity)
    yield line("used", ", ".join(folder.used))
    if folder.unused:
        yield line("not used", ", ".join(folder.unused))
    for name, labels in labels_of(folder).items():
        yield line(name, f"{counted(len(labels), 'label')}: {', '.join(labels)}")


def line(what: str, value: object) -> str:
    """What it is, in a column of its own, and the value."""
    return f"{printable(what):<12} {printable(str(value))}"


def labels_of(folder: ModelFolder) -> dict[str, list[str]]:
    """The labels of each component that is used and has any, as its meta.json tells them."""
    told = folder.meta.get("labels")
    lists = told.items() if isinstance(told, dict) else ()
    return {name: list(map(str, of)) for name, of in lists if name in folder.used and isinstance(of, list) and of}
