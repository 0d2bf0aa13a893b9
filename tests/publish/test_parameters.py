"""Reading a search out of an address."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.publish.parameters import read_query


def query(**given):
    return read_query(given.get)


def test_nothing_asked_is_an_empty_search():
    assert query().is_empty
    assert query(q="  ", kind="", since="").is_empty
    assert not query(kind="mixed").is_empty


def test_white_space_and_control_characters_become_spaces():
    assert query(q=" one\x00two\t\nthree\ue000 ").text == "one two three"


@pytest.mark.parametrize("date", ["2024", "2024-02", "2024-02-29"])
def test_dates_of_any_precision_are_dates(date):
    assert query(since=date, until=date).problems == ()


@pytest.mark.parametrize(
    "date", ["24", "2024-13", "2023-02-29", "0000", "2024-2-1", "yesterday", "２０２４", "2024-01-01T00"]
)
def test_other_dates_are_named_in_the_problem(date):
    (problem,) = query(since=date).problems
    assert date in problem


def test_an_unknown_kind_is_a_problem():
    assert "no kind" in query(kind="loud").problems[0]


def test_a_very_long_search_is_a_problem_and_is_cut():
    found = query(q="x" * 100_000)
    assert found.problems
    assert len(found.text) == 300


@pytest.mark.parametrize("name", ["tier", "sort"])
def test_an_unknown_tier_or_order_is_a_problem(name):
    assert "“loud” is no" in query(**{name: "loud"}).problems[0]


def test_a_year_is_short_for_both_dates():
    found = query(year="2024", since="2001")
    assert (found.since, found.until) == ("2024", "2024")
    assert query(year="last").problems == ("“last” is not a date: write 2025, 2025-03 or 2025-03-14.",)


def test_an_order_alone_is_a_search():
    assert not query(sort="date").is_empty


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"q": "wall"}, "relevance"),
        ({"q": "wall", "sort": "date"}, "date"),
        ({"kind": "mixed"}, "date"),
        ({"kind": "mixed", "sort": "relevance"}, "date"),
    ],
)
def test_the_best_match_comes_first_where_there_are_words(given, expected):
    assert query(**given).order == expected


def test_numbers_of_pages_which_addresses_had_once_count_for_nothing():
    assert query(q="wall", page="7") == query(q="wall")


def test_the_address_of_a_search_gives_the_search():
    first = query(q='a "b c" & d', speaker="Ms Ito", since="2024", tier="certain", publisher="A & B", sort="date")
    followed = replace(first, after="0123456789ab")
    address = {name: values[0] for name, values in parse_qs(followed.as_address()).items()}
    assert query(**address) == followed


def test_a_search_that_is_changed_starts_from_its_first_page():
    assert query(q="wall", after="0123456789ab").changed(kind="mixed") == query(q="wall", kind="mixed")


NAMES = ("q", "speaker", "kind", "tier", "publisher", "since", "until", "year", "sort", "after", "before", "page")


@given(st.dictionaries(st.sampled_from(NAMES), st.text()))
def test_no_value_fails(given):
    read_query(given.get).as_address()
