"""What the visitors of a site ask for, drawn from the index that it serves: for `tests.benchmarks.load`."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from indexer.publish.views.routes import ROUTES

SEED = 20261124
DRAWN = 300
"""How many words, quotations and speakers of each class are known to the visitors."""
COMMON, RARE = 30, (20, 200)
"""Common words are the most frequent ones; rare ones stand in so many quotations (least, most)."""
SHARES = {
    "home": 10,
    "rare word": 12,
    "common word": 8,
    "phrase": 8,
    "words and dates": 8,
    "words and speaker": 8,
    "next page": 10,
    "well-known speaker": 8,
    "any speaker": 6,
    "quotation": 10,
    "document": 8,
    "compare": 4,
    "CSV": 1,
    "JSON": 1,
    "Atom": 2,
    "table": 2,
}
"""How many of a hundred requests are of each kind. “next page” follows the link of a page before."""

Draw = Callable[[random.Random], str]


@dataclass(frozen=True, slots=True)
class Known:
    """What of an index the visitors know."""

    common: Sequence[str]
    rare: Sequence[str]
    phrases: Sequence[str]
    months: Sequence[str]
    famous: Sequence[tuple[str, str]]
    speakers: Sequence[tuple[str, str]]
    keys: Sequence[str]
    documents: Sequence[str]


def known(db: Path) -> Known:
    """A sample of what is in this index; the same one each time."""
    draw = random.Random(SEED)
    with closing(sqlite3.connect(f"file:{quote(str(db.resolve()))}?mode=ro", uri=True)) as connection:

        def rows(sql: str) -> list[tuple[str, ...]]:
            return connection.execute(sql).fetchall()

        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, quotations_fts, row)")
        rare = rows(
            f"SELECT term FROM words WHERE doc BETWEEN {RARE[0]} AND {RARE[1]} AND term GLOB '[a-z]*' ORDER BY 1"
        )
        places = any_of(connection, draw, "quotations", "key, text")
        return Known(
            common=[word for (word,) in rows(f"SELECT term FROM words ORDER BY doc DESC LIMIT {COMMON}")],
            rare=[word for (word,) in draw.sample(rare, min(DRAWN, len(rare)))],
            phrases=[phrase for _, text in places for phrase in re.findall(r"\b[a-z]+ [a-z]+ [a-z]+\b", text)[:1]],
            months=[month for (month,) in rows("SELECT value FROM totals WHERE facet = 'month' AND value <> ''")],
            famous=rows("SELECT slug, name FROM speakers ORDER BY quotations DESC LIMIT 100"),
            speakers=any_of(connection, draw, "speakers", "slug, name"),
            keys=[key for key, _ in places],
            documents=[slug for (slug,) in any_of(connection, draw, "documents", "slug")],
        )


def any_of(connection: sqlite3.Connection, draw: random.Random, table: str, columns: str) -> list[tuple[str, ...]]:
    """Rows at random places of a table."""
    (last,) = connection.execute(f"SELECT max(id) FROM {table}").fetchone()
    sql = f"SELECT {columns} FROM {table} WHERE id >= ? ORDER BY id LIMIT 1"
    return [connection.execute(sql, (draw.randint(1, last),)).fetchone() for _ in range(DRAWN)]


def kinds(seen: Known) -> dict[str, Draw]:
    """A way to draw an address for each kind of request that this site answers, but for the next page."""
    drawn: dict[str, Draw] = {
        "home": lambda draw: "/",
        "rare word": lambda draw: search(q=draw.choice(seen.rare)),
        "common word": lambda draw: search(q=draw.choice(seen.common)),
        "phrase": lambda draw: search(q=f'"{draw.choice(seen.phrases)}"'),
        "words and dates": lambda draw: search(q=draw.choice([*seen.rare, *seen.common]), **span(seen, draw)),
        "words and speaker": lambda draw: search(q=draw.choice(seen.common), speaker=draw.choice(seen.famous)[1]),
        "well-known speaker": lambda draw: f"/speaker/{quote(draw.choice(seen.famous)[0])}",
        "any speaker": lambda draw: f"/speaker/{quote(draw.choice(seen.speakers)[0])}",
        "quotation": lambda draw: f"/q/{draw.choice(seen.keys)}",
        "document": lambda draw: f"/document/{quote(draw.choice(seen.documents))}",
        "compare": lambda draw: compare(seen, draw),
        "CSV": lambda draw: search("/search.csv", q=draw.choice(seen.rare)),
        "JSON": lambda draw: search("/search.json", q=draw.choice(seen.rare)),
        "Atom": lambda draw: search("/search.atom", q=draw.choice(seen.rare)),
        "table": lambda draw: "/quotes/quotations",
    }
    chance = random.Random(SEED)
    return {name: ask for name, ask in drawn.items() if is_answered(ask(chance))}


def search(path: str = "/", **values: str) -> str:
    """The address of a search."""
    return f"{path}?{urlencode(values)}"


def span(seen: Known, draw: random.Random) -> dict[str, str]:
    """A stretch of months."""
    since, until = sorted(draw.choices(seen.months, k=2))
    return {"since": since, "until": until}


def compare(seen: Known, draw: random.Random) -> str:
    """Two of the most quoted, on a word or on everything."""
    (one, _), (other, _) = draw.sample(seen.famous, 2)
    return search("/compare", a=one, b=other, q=draw.choice([*seen.common, *seen.rare, ""]))


def is_answered(address: str) -> bool:
    """True where the site has a route for this address."""
    path = address.partition("?")[0]
    return path.startswith("/quotes/") or any(re.match(pattern, path) for pattern, _ in ROUTES)
