"""Dates of publication: read when they can be read in one way only."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.dates import iso_date

READ = [
    ("2016", "2016"),
    ("2016-09", "2016-09"),
    ("2016-09-12", "2016-09-12"),
    ("2016-9-2", "2016-09-02"),
    ("2016/09/12", "2016-09-12"),
    ("20160912", "2016-09-12"),
    ("2016-09-12T23:30:00Z", "2016-09-12"),
    ("2016-09-12T23:30:00.123-05:00", "2016-09-12"),
    ("2016-09-12 08:15", "2016-09-12"),
    ("September 12, 2016", "2016-09-12"),
    ("Sept. 12, 2016", "2016-09-12"),
    ("12 September 2016", "2016-09-12"),
    ("Monday, 12 September 2016", "2016-09-12"),
    ("Sept. 12, 2016 11:30 pm EDT", "2016-09-12"),
    ("Mon, 12 Sep 2016 23:00:00 GMT", "2016-09-12"),
    ("March 3rd, 2017", "2017-03-03"),
    ("September 2016", "2016-09"),
    ("13/09/2016", "2016-09-13"),
    ("09/13/2016", "2016-09-13"),
    ("09/09/2016", "2016-09-09"),
]
NOT_READ = [
    None,
    "",
    "yesterday",
    "2 days ago",
    "Sept 12",
    "02/09/2025",
    "2.9.2025",
    "12 Sep '16",
    "2016-13-01",
    "2016-02-30",
    "0000-01-01",
    "May 45, 2016",
    "spring 2016",
    "1473638400",
    "some words of 2016",
    "September 12, 2016 – September 14, 2016",
    "12 septembre 2016",
    "x" * 10_000 + " 2016",
]


@pytest.mark.parametrize(("printed", "iso"), READ)
def test_a_date_as_printed(printed, iso):
    assert iso_date(printed) == iso


@pytest.mark.parametrize("printed", NOT_READ, ids=lambda printed: repr(printed)[:30])
def test_nothing_rather_than_a_guess(printed):
    assert iso_date(printed) is None


def test_the_language_of_the_document_is_tried_after_english():
    assert iso_date("12 septembre 2016", "fr") == "2016-09-12"
    assert iso_date("12 septembre 2016", "xx") is None


@given(st.text(max_size=30) | st.from_regex(r"\d{1,4}[-/ .]\d{1,2}[-/ .]\d{1,4}", fullmatch=True))
def test_any_string_is_a_date_or_none(printed):
    found = iso_date(printed)
    assert found is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", found)
