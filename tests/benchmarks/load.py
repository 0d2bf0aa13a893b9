"""How the site answers many at once: `python -m tests.benchmarks.load --db FILE [--clients 8] [--seconds 60]`.

Starts a real `quotes serve` over the index and lets so many visitors ask it, each over a connection of its own that
is kept, one request after another without a pause (`--pause` gives each a rest after every answer, as people take).
What they ask is in `tests.benchmarks.visits`. Prints for each kind of request how many there were, the median and the
higher percentiles of the time until all of it was there, and how many answers were not 200; then what a page weighs,
and what the server needed. Visitors and server share the machine. Exits with 1 when the 95th percentile of all
requests is over the limit, or one failed. From the project's root; nothing here is collected by pytest.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import random
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

from tests.benchmarks.visits import SEED, SHARES, Draw, kinds, known

MOST_MS = 150
"""What the 95th percentile of all requests may come to."""
FIRST_BYTES = 65_536
"""Of a file, a visitor waits for so much and then goes away."""
FILES = frozenset({"CSV", "JSON", "Atom"})
NEXT = re.compile(r'<a\b[^>]*\brel="next"[^>]*>')
HREF = re.compile(r'href="([^"]+)"')
LOADED = re.compile(r'(?:href|src)="(/static/(?!vendor/)[^"?]+\.(?:css|js))')


@dataclass
class Answers:
    """What came back for one kind of request."""

    taken: list[float] = field(default_factory=list)
    """In seconds."""
    failed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Other statuses than 200, and connections that broke: what it was -> how often."""
    largest: str = ""
    """The longest page."""
    sent: int = 0
    """The most bytes of one answer."""


class Visitor(threading.Thread):
    """Asks one thing after another until told to stop; what came back until `since` is not counted."""

    def __init__(self, number: int, address: str, drawn: dict[str, Draw], pause: float, since: float, until: float):
        super().__init__(daemon=True)
        self.draw, self.drawn, self.pause, self.since, self.until = (
            random.Random(SEED + number),
            drawn,
            pause,
            since,
            until,
        )
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.answers: dict[str, Answers] = defaultdict(Answers)
        self.next = ""

    def run(self) -> None:
        """Until it is time to stop."""
        names = [name for name in SHARES if name in self.drawn or name == "next page"]
        weights = [SHARES[name] for name in names]
        while time.perf_counter() < self.until:
            (name,) = self.draw.choices(names, weights)
            if name != "next page":
                self.ask(name, self.drawn[name](self.draw))
            elif self.next:
                self.ask(name, self.next)
            time.sleep(self.pause * self.draw.uniform(0.5, 1.5))

    def ask(self, name: str, path: str) -> None:
        """One request, and what came of it."""
        start = time.perf_counter()
        try:
            self.connection.request("GET", path)
            response = self.connection.getresponse()
            body = response.read(FIRST_BYTES) if name in FILES else response.read()
            status = str(response.status) if response.status != 200 else ""
        except (OSError, http.client.HTTPException) as error:
            body, status = b"", type(error).__name__
        taken = time.perf_counter() - start
        if name in FILES or not body:
            self.connection.close()
        if start > self.since:
            self.count(self.answers[name], path, taken, status, body)
        if name in FILES:
            return
        text = body.decode(errors="replace")
        following = NEXT.search(text)
        if following and (link := HREF.search(following[0])):
            self.next = unescape(link[1]).partition("#")[0]
        if len(text) > len(self.answers[name].largest):
            self.answers[name].largest = text

    @staticmethod
    def count(answers: Answers, path: str, taken: float, status: str, body: bytes) -> None:
        """Keep what came back."""
        answers.taken.append(taken)
        answers.sent = max(answers.sent, len(body))
        if status:
            answers.failed[f"{status} for {path[:100]}"] += 1


@contextmanager
def served(db: Path, workers: int) -> Iterator[tuple[str, int]]:
    """A server process over this index on a free port: its address and its number."""
    command = [sys.executable, "-m", "indexer", "serve", "--db", str(db), "--port", "0", "--workers", str(workers)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            announced = process.stderr.readline()
            yield next(word for word in announced.split() if word.startswith("http")), process.pid
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)


def processor_seconds(process: int) -> float:
    """How long a process and those it started have been at work, on Linux."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return _of_one(process) + sum(_of_one(int(child)) for child in children)


def _of_one(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def visited(address: str, drawn: dict[str, Draw], arguments: argparse.Namespace) -> dict[str, Answers]:
    """The answers that all visitors had, by kind of request."""
    since = time.perf_counter() + arguments.warm
    until = since + arguments.seconds
    visitors = [Visitor(number, address, drawn, arguments.pause, since, until) for number in range(arguments.clients)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    together: dict[str, Answers] = {name: Answers() for name in SHARES}
    for name, answers in ((name, answers) for visitor in visitors for name, answers in visitor.answers.items()):
        merge(together[name], answers)
    return {name: answers for name, answers in together.items() if answers.taken}


def merge(into: Answers, other: Answers) -> None:
    """Add what another visitor had."""
    into.taken += other.taken
    into.sent, into.largest = max(into.sent, other.sent), max(into.largest, other.largest, key=len)
    for what, times in other.failed.items():
        into.failed[what] += times


def line(name: str, answers: Answers) -> str:
    """A line of the report."""
    cuts = (
        [1000 * cut for cut in quantiles(answers.taken, n=100, method="inclusive")] if answers.taken[1:] else [0.0] * 99
    )
    numbers = f"{1000 * median(answers.taken):>9.0f}{cuts[94]:>9.0f}{cuts[98]:>9.0f}{1000 * max(answers.taken):>9.0f}"
    return f"{name:<20}{len(answers.taken):>9}{numbers}{sum(answers.failed.values()):>9}\n"


def weights(address: str, answered: dict[str, Answers]) -> Iterator[str]:
    """What the largest page of each kind weighs, with its own styles and scripts: lines of the report."""
    known: dict[str, int] = {}
    yield f"\n{'kB, at most':<20}{'HTML':>9}{'gzipped':>9}{'css, js':>9}\n"
    for name, answers in answered.items():
        files = set(LOADED.findall(answers.largest))
        for file in files - known.keys():
            known[file] = loaded(address, file)
        if answers.largest:
            page = answers.largest.encode()
            ours = sum(known[file] for file in files)
            yield f"{name:<20}{len(page) / 1000:>9.1f}{len(gzip.compress(page)) / 1000:>9.1f}{ours / 1000:>9.1f}\n"


def loaded(address: str, path: str) -> int:
    """How many bytes a file has."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", path)
    size = len(connection.getresponse().read())
    connection.close()
    return size


def report(answered: dict[str, Answers], seconds: float) -> bool:
    """Print what the visitors saw; True when all is within its limit and nothing failed."""
    everything = Answers()
    sys.stdout.write(f"{'milliseconds':<20}{'asked':>9}{'median':>9}{'p95':>9}{'p99':>9}{'most':>9}{'failed':>9}\n")
    for name, answers in answered.items():
        sys.stdout.write(line(name, answers))
        merge(everything, answers)
    sys.stdout.write(line("all", everything))
    p95 = 1000 * quantiles(everything.taken, n=20, method="inclusive")[-1]
    sys.stdout.write(f"{len(everything.taken) / seconds:.0f} requests a second; p95 {p95:.0f} ms, {MOST_MS} allowed\n")
    for what, times in sorted(everything.failed.items(), key=lambda item: -item[1])[:20]:
        sys.stdout.write(f"failed {times} times: {what}\n")
    return p95 <= MOST_MS and not everything.failed


def main() -> int:
    """Serve, visit, report; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--db", type=Path, required=True, metavar="FILE", help="the index")
    parser.add_argument("--clients", type=int, default=8, metavar="N", help="at once (default: 8)")
    parser.add_argument("--seconds", type=float, default=60, metavar="N", help="counted (default: 60)")
    parser.add_argument("--warm", type=float, default=5, metavar="N", help="seconds before, not counted (default: 5)")
    parser.add_argument("--pause", type=float, default=0, metavar="N", help="seconds between two requests (default: 0)")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes that serve (default: 1)")
    parser.add_argument("--only", metavar="KIND", help=f"one kind of request: {', '.join(SHARES)}")
    arguments = parser.parse_args()
    drawn = {name: ask for name, ask in kinds(known(arguments.db)).items() if arguments.only in (None, name)}
    with served(arguments.db, arguments.workers) as (address, process):
        before = processor_seconds(process)
        answered = visited(address, drawn, arguments)
        used = processor_seconds(process) - before
        kept = report(answered, arguments.seconds)
        sys.stdout.writelines(weights(address, answered))
    cores, memory = used / (arguments.seconds + arguments.warm), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    each = 1000 * cores * arguments.seconds / sum(len(answers.taken) for answers in answered.values())
    sys.stdout.write(f"\nthe server used {cores:.2f} cores, {each:.1f} ms an answer, {memory / 1024:.0f} MB at most\n")
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
