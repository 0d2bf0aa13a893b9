"""Reading a search out of an address."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.publish.parameters import LAST_PAGE, PAGE_SIZE, read_query


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


@pytest.mark.parametrize(
    ("page", "expected"), [("3", 3), ("0", 1), ("-1", 1), ("x", 1), ("9" * 50, 1), ("99999", LAST_PAGE)]
)
def test_pages_are_within_bounds(page, expected):
    assert query(page=page).page == expected


def test_the_address_of_the_next_page_gives_the_next_page():
    first = query(q='a "b c" & d', speaker="Ms Ito", since="2024")
    address = {name: values[0] for name, values in parse_qs(first.turned(1).as_address()).items()}
    second = query(**address)
    assert second == first.turned(1)
    assert second.offset == PAGE_SIZE


@given(st.dictionaries(st.sampled_from(["q", "speaker", "kind", "since", "until", "page"]), st.text()))
def test_no_value_fails(given):
    read_query(given.get).as_address()
