"""What people type becomes a search, and never an error."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.store.migrations.first_schema import TOKENIZER
from indexer.store.search.text import SearchText, parse_search


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("alliance", '("alliance")'),
        ("  our  alliance ", '("our" "alliance")'),
        ('"our alliance"', '("our alliance")'),
        ("“our alliance”", '("our alliance")'),
        ("«our alliance»", '("our alliance")'),
        ("trade OR tariffs", '("trade") OR ("tariffs")'),
        ("cheap trade OR tariffs", '("cheap" "trade") OR ("tariffs")'),
        ("trade or tariffs", '("trade" "or" "tariffs")'),
        ("trade AND tariffs", '("trade" "tariffs")'),
        ("OR trade OR OR tariffs OR", '("trade") OR ("tariffs")'),
        ('"OR"', '("OR")'),
        ("trade -tariffs", '(("trade")) NOT ("tariffs")'),
        ("trade -tariffs -steel", '(("trade")) NOT ("tariffs" OR "steel")'),
        ('trade -"steel tariffs"', '(("trade")) NOT ("steel tariffs")'),
        ("a OR b -c", '(("a") OR ("b")) NOT ("c")'),
        ("unprec*", '("unprec" *)'),
        ('"our allian*"', '("our allian" *)'),
        ('"our allian"*', '("our allian" *)'),
        ("don’t", '("don’t")'),
        ("text:trade", '("text:trade")'),
        ("NEAR(a b)", '(NEAR("a" "b"))'),
        ("NEAR(a b, 5) c", '(NEAR("a" "b", 5) "c")'),
        ('x OR NEAR("our alliance" trade,12)', '("x") OR (NEAR("our alliance" "trade", 12))'),
        ("a -NEAR(b c)", '(("a")) NOT (NEAR("b" "c"))'),
        ("NEAR(a)", '("a")'),
        ("NEAR(a b", '("NEAR(a" "b")'),
        ("near(a b)", '("near(a" "b)")'),
        ('"trade', '("trade")'),
        ('trade" tariffs', '("trade" "tariffs")'),
        ("trade — tariffs", '("trade" "tariffs")'),
        ("e-mail", '("e-mail")'),
    ],
)
def test_search(typed: str, match: str) -> None:
    assert parse_search(typed) == SearchText(match=match)


@pytest.mark.parametrize("typed", ["", "  ", '"', '""', "?!", "- --", "* ()", "OR", "-OR-", "\x00", "\ud800"])
def test_nothing_to_search_for(typed: str) -> None:
    assert parse_search(typed).match is None


def test_only_words_to_leave_out() -> None:
    assert parse_search('-trade -"steel tariffs"') == SearchText(exclude='"trade" OR "steel tariffs"')


@pytest.fixture(scope="module")
def fts() -> Iterator[sqlite3.Connection]:
    """Full-text search as the index has it, over one sentence."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE f USING fts5 (text, tokenize = '{TOKENIZER}')")
        connection.execute("INSERT INTO f VALUES ('Don’t panic: the “U.S.” alliances of Mr Müller cost 5% more.')")
        yield connection


TYPED = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=())),
    st.lists(
        st.sampled_from(["a", '"', "“", "”", "-", "*", "(", ")", ":", "^", "+", "{", "}", ",", " ", "'", "\x00", "—",
                         "OR", "AND", "NOT", "NEAR", "NEAR/2", "text", "\ue000", "\ud800", "𞤀", "é", "\n"])
    ).map("".join),
)  # fmt: skip


@settings(deadline=None)
@given(TYPED)
@example('trade" OR -"')
@example("-" * 5000 + "a")
@example("a " * 20000)
@example(" OR ".join("abc" for _ in range(3000)))
@example('"' + "a " * 20000 + '"')
def test_no_text_is_an_error(fts: sqlite3.Connection, typed: str) -> None:
    query = parse_search(typed)
    for expression in (query.match, query.exclude):
        if expression is not None:
            fts.execute("SELECT count(*) FROM f WHERE f MATCH ?", [expression]).fetchall()


@pytest.mark.parametrize(
    "typed",
    [
        "muller", "MÜLLER", "alliance", "u.s.", "US OR u.s.", "don't", "“u.s. alliance”", "allian*", "5%",
        "mr — müller", "panic -war", "cost's OR costs", "5% more!",
    ],
)  # fmt: skip
def test_found(fts: sqlite3.Connection, typed: str) -> None:
    assert fts.execute("SELECT count(*) FROM f WHERE f MATCH ?", [parse_search(typed).match]).fetchone() == (1,)
