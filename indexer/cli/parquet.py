"""Quotations as Parquet: typed columns in groups of rows, compressed. pyarrow comes with the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import NoneType
from typing import IO, TYPE_CHECKING, Any, get_args, get_type_hints

from indexer.cli.formats import Batches
from indexer.errors import UsageError

if TYPE_CHECKING:
    import pyarrow

GROUP = 20_000
"""How many rows a group has, the last one aside; so many are held in memory, 20 MB of usual ones."""


def check_installed() -> None:
    """UsageError where there is no pyarrow."""
    try:
        import pyarrow.parquet  # noqa: F401 - whether it is there is the question
    except ImportError as error:
        raise UsageError(
            "Parquet needs the library pyarrow, which is not installed", "run `pip install 'quote-indexer[parquet]'`"
        ) from error


def write_parquet(batches: Batches, fields: Sequence[str], stream: IO[bytes]) -> int:
    """Write the records as a Parquet file and return how many they were; also without any record a whole file."""
    from pyarrow import RecordBatch, Table
    from pyarrow.parquet import ParquetWriter

    schema = columns(fields)
    count = 0
    with ParquetWriter(stream, schema, compression="zstd") as writer:
        packed = (RecordBatch.from_pylist(batch, schema=schema) for batch in batches)
        for group in grouped(packed, GROUP):
            table = Table.from_batches(group, schema=schema)
            writer.write_table(table)
            count += table.num_rows
    return count


def columns(fields: Sequence[str]) -> pyarrow.Schema:
    """A column for each field, of the type that it has in a `Hit`; `id` is the hit's key."""
    import pyarrow

    from indexer.store.rows import Hit

    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    hints: dict[str, Any] = get_type_hints(Hit)
    hints["id"] = hints["key"]
    kinds = {name: set(get_args(hints[name]) or [hints[name]]) for name in fields}
    return pyarrow.schema(
        pyarrow.field(name, types[(kind - {NoneType}).pop()], nullable=NoneType in kind) for name, kind in kinds.items()
    )


def grouped(batches: Iterable[pyarrow.RecordBatch], size: int) -> Iterator[list[pyarrow.RecordBatch]]:
    """Batches that make so many rows together, or some more; the last ones fewer."""
    group: list[pyarrow.RecordBatch] = []
    for batch in batches:
        group.append(batch)
        if sum(one.num_rows for one in group) >= size:
            yield group
            group = []
    if group:
        yield group
