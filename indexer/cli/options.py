"""Options that several commands share."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from indexer.cli.formats import FORMATS, Format
from indexer.domain import KINDS

DEFAULT_DB = "db/quotes.db"
FORMATS_HELP = "table: for people; jsonl: one object a line; json: one array; csv: flat columns."
AnyCommand = TypeVar("AnyCommand", bound=Callable[..., Any] | click.Command)

db_option = click.option(
    "--db",
    default=DEFAULT_DB,
    show_default=True,
    envvar="QUOTES_DB",
    show_envvar=True,
    metavar="FILE",
    help="The index.",
)

model_option = click.option(
    "--model",
    envvar="QUOTES_MODEL",
    show_envvar=True,
    metavar="NAME|PATH",
    help="The language model: an installed spaCy pipeline, its folder, or none.",
)


def format_option(default: Format) -> Callable[[AnyCommand], AnyCommand]:
    """`--format`, with the command's own default."""
    return click.option(
        "--format", "fmt", type=click.Choice(FORMATS), default=default, show_default=True, help=FORMATS_HELP
    )


def is_default_db() -> bool:
    """True when neither `--db` nor QUOTES_DB names the index of the command that runs."""
    return click.get_current_context().get_parameter_source("db") == ParameterSource.DEFAULT


class Day(click.ParamType[str]):
    """A date as YYYY, YYYY-MM or YYYY-MM-DD that exists."""

    name = "date"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """What the help prints."""
        return "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The date as typed; fails with click's usage error."""
        text = str(value).strip()
        padded = text + "-01-01"[len(text) - 4 :] if re.fullmatch(r"\d{4}(-\d\d){0,2}", text) else ""
        try:
            datetime.date.fromisoformat(padded)
        except ValueError:
            self.fail(f"{text!r} is no date: write 2024, 2024-05 or 2024-05-16.", param, ctx)
        return text


KIND_HELP = "Only this kind. Terms are found by `--kind term` alone."
SINCE_HELP = "Said (or, if that is unknown, published) on DATE or later: YYYY[-MM[-DD]]."
FILTERS = (
    click.option("--speaker", metavar="NAME", help="Only this speaker: a name or an alias."),
    click.option("--kind", type=click.Choice(KINDS), help=KIND_HELP),
    click.option("--document", metavar="ID", help="Only this document."),
    click.option("--publisher", metavar="NAME", help="Only documents of this publisher."),
    click.option("--since", type=Day(), help=SINCE_HELP),
    click.option("--until", type=Day(), help="Said (or, if that is unknown, published) on DATE or earlier."),
)


def filter_options(command: AnyCommand) -> AnyCommand:
    """The filters of a search, which come to the command as speaker, kind, document, publisher, since and until."""
    for option in reversed(FILTERS):
        command = option(command)
    return command
