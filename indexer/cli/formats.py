"""The four formats of standard output: table for people; jsonl, json and csv for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any, Literal, get_args

import click

Format = Literal["table", "jsonl", "json", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)
Record = Mapping[str, Any]
Batches = Iterable[Sequence[Record]]
"""Records in the portions in which they become ready (for example, those of one document)."""

LINE_BREAKS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"}
"""JSON allows these inside a string as they are, but some programs end a line at them."""


def write(batches: Batches, fmt: Format, fields: Sequence[str], table: Callable[[Sequence[Record]], None]) -> int:
    """Print the records and return how many they were; each batch is out before the next is asked for.

    `fields` are the columns of csv, where a nested object's keys are joined by an underscore (`cue_text`);
    `table` prints one batch for people.
    """
    if fmt == "table":
        return sum(_tell(table, batch) for batch in batches)
    if fmt == "csv":
        return write_csv(batches, fields)
    return write_json(batches) if fmt == "json" else write_jsonl(batches)


def _tell(table: Callable[[Sequence[Record]], None], batch: Sequence[Record]) -> int:
    if batch:
        table(batch)
    return len(batch)


def write_jsonl(batches: Batches, stream: IO[str] | None = None) -> int:
    """One JSON object a line, to the stream or to standard output."""
    count = 0
    for record in chain.from_iterable(batches):
        click.echo(as_json(record), file=stream)
        count += 1
    return count


def write_json(batches: Batches) -> int:
    """One JSON array, one object a line."""
    count = 0
    click.echo("[", nl=False)
    for record in chain.from_iterable(batches):
        click.echo(f"{',' if count else ''}\n{as_json(record)}", nl=False)
        count += 1
    click.echo("\n]" if count else "]")
    return count


def write_csv(batches: Batches, fields: Sequence[str], stream: IO[str] | None = None) -> int:
    """A header and one row a record, to the stream or to standard output; texts are kept character by character."""
    count = 0
    stream = stream or sys.stdout
    writer = csv.DictWriter(CsvLines(stream), fields, restval="", lineterminator="\r\n")
    writer.writeheader()
    for batch in batches:
        for record in batch:
            writer.writerow(flat(record, fields))
            count += 1
        stream.flush()
    return count


@dataclass(frozen=True, slots=True)
class CsvLines:
    """Takes csv's rows and ends each in a line feed alone. csv must not know: before Python 3.13 it puts a cell with
    a carriage return into marks only where its own rows end in one.
    """

    stream: IO[str]

    def write(self, row: str) -> int:
        """One row, as csv writes it."""
        return self.stream.write(row.removesuffix("\r\n") + "\n")


def as_json(record: Record | str) -> str:
    """The record on one line, as UTF-8 rather than escapes."""
    return json.dumps(record, ensure_ascii=False).translate(LINE_BREAKS)


def flat(record: Record, fields: Sequence[str]) -> dict[str, Any]:
    """The record with nested objects as `outer_inner`, lists joined by semicolons, and None as an empty cell."""
    row: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, Mapping):
            row |= {f"{key}_{inner}": cell for inner, cell in value.items()}
        elif value is not None or key in fields:
            row[key] = "; ".join(value) if isinstance(value, list | tuple) else value
    return row
