"""Long texts in parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.publish import parts


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Parts of ten characters."""
    monkeypatch.setattr(parts, "PART", 10)


def cut(text):
    return [text[slice(*parts.bounds(text, number))] for number in range(parts.count(text))]


CUTS = [
    ("", [""]),
    ("short", ["short"]),
    ("0123456789", ["0123456789"]),
    ("01234567\n\n012\n\n45", ["01234567\n\n012\n\n", "45"]),
    ("0123456789a\nb c d", ["0123456789a\n", "b c d"]),
    ("0123456789a bcd", ["0123456789a ", "bcd"]),
    ("0123456789abcdefghijklmn", ["0123456789", "abcdefghij", "klmn"]),
    ("0123456789ab\n", ["0123456789ab\n"]),
]


@pytest.mark.parametrize(("text", "expected"), CUTS, ids=[repr(text) for text, _ in CUTS])
def test_a_part_ends_at_the_next_break(text, expected):
    assert cut(text) == expected


@given(st.text(alphabet="ab \n", max_size=80))
def test_parts_are_the_whole_text_and_each_place_is_in_its_part(text):
    assert "".join(cut(text)) == text
    assert all(cut(text)) or text == ""
    for place in range(len(text)):
        start, end = parts.bounds(text, parts.part_of(text, place))
        assert start <= place < end
        assert parts.may_be_later(place) or parts.part_of(text, place) == 0


def test_a_part_that_is_not_there_is_the_nearest_that_is():
    text = "0123456789 0123456789 01"
    assert parts.bounds(text, 99) == parts.bounds(text, parts.count(text) - 1)
    assert parts.bounds(text, -3) == parts.bounds(text, 0)
    assert parts.part_of(text, 10**9) == parts.count(text) - 1
