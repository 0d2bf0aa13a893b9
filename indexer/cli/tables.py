"""The format table: in colour and as wide as the terminal; in a pipe one plain line a row, nothing cut off."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from indexer.cli.formats import Record
from indexer.cli.messages import printable

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

GAP = "  "
MARKS = ("\ue000", "\ue001")
"""What stands around the words of a snippet that were searched for."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, how to get its cell from a record, and its style on a terminal.

    A `detail` has no column of its own on a terminal: it stands in a quiet line below the row's last cell.
    """

    heading: str
    cell: Callable[[Record], Any]
    style: str = ""
    detail: bool = False
    right: bool = False

    def text(self, record: Record) -> str:
        """The cell as one line; nothing where there is no value."""
        value = self.cell(record)
        return "" if value is None else printable(f"{value:,}" if isinstance(value, int) else str(value))


def columns_printer(columns: Sequence[Column], heading: str = "") -> Callable[[Sequence[Record]], None]:
    """A function that prints one batch of records; `heading` is the key of what a batch has in common."""

    def show(records: Sequence[Record]) -> None:
        title = printable(str(records[0][heading])) if heading else ""
        print_table(records, columns, title)

    return show


def print_table(records: Sequence[Record], columns: Sequence[Column], title: str = "") -> None:
    """Print the records aligned; on a terminal, or where COLUMNS gives a width, folded to fit."""
    console = new_console()
    if folds(console):
        echo_rich(console, *([_literal(title, "bold")] if title else []), folded(records, columns))
    else:
        for line in plain(records, columns, title):
            click.echo(line)
    if title:
        click.echo()


def new_console() -> Console:
    """A console for standard output that takes every text as it is."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def folds(console: Console) -> bool:
    """True where there is a width to fold lines to: a terminal's, or the one in COLUMNS."""
    return console.is_terminal or bool(os.environ.get("COLUMNS"))


def echo_rich(console: Console, *parts: RenderableType) -> None:
    """Print through click: rich leaves the process by itself when the pipe is closed."""
    with console.capture() as capture:
        for part in parts:
            console.print(part, soft_wrap=not folds(console))
    lines = (line.rstrip() for line in capture.get().splitlines())
    click.echo("\n".join(lines), color=True)


def plain(records: Sequence[Record], columns: Sequence[Column], title: str = "") -> Iterable[str]:
    """One line a row, padded to the widest cell of each column but the last, details among the columns."""
    from rich.cells import cell_len, set_cell_size

    *padded, last = [column for column in columns if not column.detail]
    columns = [*padded, *(column for column in columns if column.detail), last]
    rows = [[column.heading for column in columns], *([c.text(record) for c in columns] for record in records)]
    widths = [max(map(cell_len, cells)) for cells in list(zip(*rows, strict=True))[:-1]]
    if title:
        yield title
    for row in rows:
        cells = [set_cell_size(cell, width) for cell, width in zip(row, widths, strict=False)]
        yield GAP.join([*cells, row[-1]]).rstrip()


def folded(records: Sequence[Record], columns: Sequence[Column]) -> Table:
    """A table that folds long cells, with the details below the last cell of each row."""
    from rich.table import Table

    shown = [column for column in columns if not column.detail]
    details = [column for column in columns if column.detail]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", expand=False)
    for column in shown:
        width = None if column is shown[-1] else 22
        table.add_column(
            column.heading,
            style=column.style,
            max_width=width,
            overflow="fold",
            justify="right" if column.right else "left",
        )
    for record in records:
        *cells, last = [column.text(record) for column in shown]
        table.add_row(*map(_literal, cells), _with_details(last, details, record))
    return table


def _literal(cell: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(cell, style=style)


def _with_details(cell: str, details: Sequence[Column], record: Record) -> Text:
    text = _literal(cell)
    text.highlight_words(searched(str(record.get("snippet") or "")), "bold yellow")
    below = " · ".join(filter(None, (column.text(record) for column in details)))
    return text.append(f"\n{below}", style="dim") if below else text


def searched(snippet: str) -> list[str]:
    """The words of a snippet that were searched for."""
    start, end = MARKS
    return [printable(part.split(end)[0]) for part in snippet.split(start)[1:] if part.split(end)[0].strip()]
