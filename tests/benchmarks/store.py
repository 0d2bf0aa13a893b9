"""What searching a large index costs, and writing one, and its size: `python -m tests.benchmarks.store --db FILE`.

Builds the index with `tests.benchmarks.generated` if it is not there, asks many different questions of each class
(all of them once to warm up, then each timed), and writes a smaller one in turns with SQLite's bare `executemany`
of the same rows. Exits with 1 when a limit is passed. From the project's root; nothing here is collected by pytest.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from indexer.store.opening import finish, open_for_writing
from indexer.store.reader import Reader
from indexer.store.writer import Writer
from tests.benchmarks.generated import ANALYSER, Found, generate
from tests.benchmarks.vocabulary import Vocabulary

PAGE = 20
MOST_MS = {"rare word": 50, "phrase": 50, "common word and speaker": 50, "common word": 50}
"""What the 95th percentile of a class may come to."""
MONTHS = [f"{year}-{month:02}" for year in range(2015, 2025) for month in range(1, 13)]
MOST_SIZE, LEAST_SPEED = 2.5, 0.5
NOT_BARE = frozenset({"runs", "_sqlite_migrations", "cluster_changes"})
"""Tables whose rows are there in an empty index, or come by triggers."""

Question = Callable[[Reader], object]
Rows = dict[str, list[tuple[object, ...]]]


Times = tuple[float, float]
"""Seconds of the clock and of the processor."""


class Turn(NamedTuple):
    """How long it took until all documents were in the file, and until it was closed, with all that is told then."""

    written: Times
    closed: Times


def words(text: str, **filters: str) -> Question:
    """The first page of a search."""
    return lambda reader: reader.search(text, limit=PAGE, **filters)


def later_page(text: str, number: int) -> Question:
    """The page of this number, from 1, of a search."""
    return lambda reader: reader.search(text, limit=PAGE, offset=(number - 1) * PAGE)


def speaker_page(name: str) -> Question:
    """A speaker's page with the newest quotations."""
    return lambda reader: reader.speaker(name, limit=50)


def questions(count: int) -> dict[str, list[Question]]:
    """So many different questions of each class."""
    draw, known = random.Random(1), Vocabulary()
    rare = draw.sample(known.words[20_000:45_000], count)
    common = (known.words[:50] * count)[:count]
    people = draw.sample(known.people[: 5 * count : 5], count)
    dates = [{"since": month, "until": month} for month in draw.choices(MONTHS, k=count)]
    return {
        "rare word": [words(word) for word in rare],
        "phrase": [words(f'"{phrase}"') for phrase in phrases(count)],
        "common word and speaker": [words(word, speaker=name) for word, name in zip(common, people, strict=True)],
        "rare word and speaker": [words(word, speaker=name) for word, name in zip(rare, people, strict=True)],
        "common word": [words(word) for word in common],
        "common word and month": [words(word, **month) for word, month in zip(common, dates, strict=True)],
        "common word, page 2": [later_page(word, 2) for word in common],
        "common word, page 10": [later_page(word, 10) for word in common],
        "speaker": [speaker_page(name) for name in people],
    }


def phrases(count: int) -> list[str]:
    """Three words that stand together in a quotation of the index."""
    attributions = (attribution for _, found in generate(20 * count) for attribution in found)
    split = (attribution.text.lower().split() for attribution in attributions if attribution.kind == "direct")
    return [" ".join(parts[4:7]) for parts in split if len(parts) > 8][:count]


def milliseconds(reader: Reader, asked: Sequence[Question]) -> list[float]:
    """How long each question takes when all have been asked before."""
    for question in asked:
        question(reader)
    return [1000 * seconds(question, reader) for question in asked]


def seconds(work: Callable[..., object], *arguments: object) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def search_speed(db: Path, count: int) -> bool:
    """Print the median and the 95th percentile of each class; True when all are within their limits."""
    kept = True
    sys.stdout.write(f"{'milliseconds, warm':<26}{'p50':>10}{'p95':>10}{'allowed':>10}\n")
    with Reader(db) as reader:
        for name, asked in questions(count).items():
            taken = milliseconds(reader, asked)
            p95, allowed = quantiles(taken, n=20, method="inclusive")[-1], MOST_MS.get(name)
            kept = kept and p95 <= (allowed or p95)
            sys.stdout.write(f"{name:<26}{median(taken):>10.1f}{p95:>10.1f}{allowed or '':>10}\n")
            sys.stdout.flush()
    return kept


def size(db: Path) -> bool:
    """Print the size of the file against that of the documents' text; True when it is within the limit."""
    with closing(sqlite3.connect(db)) as connection:
        (text,) = connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM documents").fetchone()
    ratio = db.stat().st_size / text
    sys.stdout.write(f"size {db.stat().st_size / 1e6:.0f} MB, text {text / 1e6:.0f} MB: ratio {ratio:.2f}, ")
    sys.stdout.write(f"allowed {MOST_SIZE}\n")
    return ratio <= MOST_SIZE


def now() -> Times:
    """What the clocks show."""
    return time.perf_counter(), time.process_time()


def write_ours(path: Path, documents: Sequence[Found]) -> Times:
    """An index the way `quotes index` writes it; what the clocks show when all documents are in the file."""
    with Writer(path, command="tests.benchmarks.store") as writer:
        for document, attributions in documents:
            writer.write(document, attributions, ANALYSER)
        writer.needs(documents[-1][0], ANALYSER)  # so that none is held back any more
        return now()


def write_bare(path: Path, rows: Rows) -> Times:
    """The same rows into the same tables, with the same triggers and checks, in one transaction; the clocks then."""
    with closing(open_for_writing(str(path))[0].conn) as connection:
        connection.execute("BEGIN")
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for table, values in rows.items():
            if values:
                connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)
        connection.commit()
        written = now()
        finish(connection)
    return written


def read_rows(path: Path) -> Rows:
    """The rows of every ordinary table, in the order of their ids; the tables as they were made, referred to first."""
    ordinary = "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
    with closing(sqlite3.connect(path)) as connection:
        listed = connection.execute(f"SELECT name FROM sqlite_master WHERE name IN ({ordinary}) ORDER BY rowid")
        names = [name for (name,) in listed if name not in NOT_BARE and not name.startswith("sqlite_")]
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names}


def pairs(count: int, documents: Sequence[Found]) -> Iterator[tuple[Turn, Turn]]:
    """The seconds of the writer and of bare SQLite, in turns; what it writes in the first turn warms both up."""
    rows: Rows = {}
    for turn in range(count + 1):
        with tempfile.TemporaryDirectory() as folder:
            ours = timed(write_ours, Path(folder, "ours.db"), documents)
            rows = rows or read_rows(Path(folder, "ours.db"))
            bare = timed(write_bare, Path(folder, "bare.db"), rows)
        if turn:
            yield ours, bare


def timed(work: Callable[..., Times], *arguments: object) -> Turn:
    """How long until all was written, and until the index was closed."""
    start = now()
    written, closed = work(*arguments), now()
    return Turn(*((times[0] - start[0], times[1] - start[1]) for times in (written, closed)))


def writing_speed(quotations: int, count: int) -> bool:
    """Print how fast the writer is beside bare SQLite, by both clocks; True when writing alone is fast enough."""
    documents = list(generate(quotations))
    gc.freeze()  # a run of `quotes index` never has all documents in memory, so Python is not to look through them
    taken = list(pairs(count, documents))
    speed = _compared(f"writing {quotations} quotations", [(ours.written, bare.written) for ours, bare in taken])
    _compared("with who is who, the same words, tidying", [(ours.closed, bare.closed) for ours, bare in taken])
    sys.stdout.write(f"of the speed of writing at least {LEAST_SPEED} is wanted\n")
    return speed >= LEAST_SPEED


def _compared(what: str, taken: Sequence[tuple[Times, Times]]) -> float:
    """Print the medians of ours and of bare SQLite; how fast ours is beside it, by the clock."""
    (ours, _), (bare, _) = ([median(times) for times in zip(*side, strict=True)] for side in zip(*taken, strict=True))
    by_clock, by_processor = (median(bare[clock] / ours[clock] for ours, bare in taken) for clock in (0, 1))
    sys.stdout.write(f"{what}: {ours:.2f} s, bare {bare:.2f} s: {by_clock:.2f} of its speed, ")
    sys.stdout.write(f"{by_processor:.2f} by the time of the processor\n")
    return by_clock


def build(db: Path, quotations: int) -> None:
    """Let another process write the index, and print the most memory that it took."""
    command = [sys.executable, "-m", "tests.benchmarks.generated", "--quotations", str(quotations), "--db", str(db)]
    subprocess.run(command, check=True)


def main() -> int:
    """Measure everything; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--db", type=Path, required=True, metavar="FILE", help="the index; built if it is not there")
    parser.add_argument("--quotations", type=int, default=1_000_000, metavar="N", help="default: 1000000")
    parser.add_argument("--questions", type=int, default=40, metavar="N", help="of each class (default: 40)")
    parser.add_argument("--written", type=int, default=50_000, metavar="N", help="in turns (default: 50000)")
    parser.add_argument("--pairs", type=int, default=5, metavar="N", help="turns (default: 5; 0 for none)")
    arguments = parser.parse_args()
    if not arguments.db.exists():
        build(arguments.db, arguments.quotations)
    kept = [size(arguments.db), search_speed(arguments.db, arguments.questions)]
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"searching took {megabytes:.0f} MB of memory at most\n")
    if arguments.pairs:
        kept.append(writing_speed(arguments.written, arguments.pairs))
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
