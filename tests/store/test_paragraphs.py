"""The paragraph around a passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.paragraphs import LONGEST, around


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nShe said: “[words]” again.\n\nTwo.", ("She said: “", "” again.")),
        ("One.\n\nShe\nsaid: “[words]”\nagain.\n \nTwo.", ("She\nsaid: “", "”\nagain.")),
        ("One.\r\n\r\nShe: “[words]”\r\n\r\nTwo.", ("She: “", "”")),
        ("One.\nShe said: “[words]” again.\nTwo.", ("She said: “", "” again.")),
        ("[words]", ("", "")),
        ("“[words]\n\nwords]”", ("“", "")),
    ],
)
def test_paragraph(text: str, expected: tuple[str, str]) -> None:
    start, end = text.index("["), text.index("]") + 1
    assert around(text, start, end) == expected


def test_a_quotation_over_two_paragraphs_has_what_is_around_both() -> None:
    text = "x\n\nShe: “one\n\ntwo” again.\n\ny"
    assert around(text, text.index("one"), text.index("”")) == ("She: “", "” again.")


def test_one_endless_line_is_cut() -> None:
    before, after = around("a" * 10**6, 500_000, 500_010)
    assert len(before) == len(after) == LONGEST


@given(st.text(alphabet="a \n\r“"), st.integers(0, 50), st.integers(0, 50))
def test_what_is_around_stands_in_the_text(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    start = min(start, end)
    before, after = around(text, start, end)
    assert before + text[start:end] + after in text
