"""How values read on a page."""

from __future__ import annotations

import pytest

from indexer.publish.words import (
    count_words,
    date_words,
    language_tag,
    search_parts,
    speaker_words,
    web_link,
)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2025-05-03", "3 May 2025"),
        ("2025-05", "May 2025"),
        ("2025", "2025"),
        ("2025-05-03T10:00", "3 May 2025"),
        ("2025-19", "2025-19"),
        ("20250503", "20250503"),
        ("spring", "spring"),
        (None, ""),
    ],
)
def test_dates_read_as_people_write_them(date, words):
    assert date_words(date) == words


@pytest.mark.parametrize(
    ("snippet", "parts"),
    [
        ("a \ue000b\ue001 c", [("a ", False), ("b", True), (" c", False)]),
        ("\ue000a\ue001\ue000b\ue001", [("a", True), ("b", True)]),
        ("a \ue000b", [("a b", False)]),
        ("a\ue001 \ue000\ue000b\ue001", [("a ", False), ("b", True)]),
        ("", []),
    ],
)
def test_search_marks_become_pieces_and_stray_ones_are_dropped(snippet, parts):
    assert search_parts(snippet) == parts


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//host/x", "http://", "ftp://h/x", "http://[", "", None, " x"]
)
def test_only_web_addresses_are_links(url):
    assert web_link(url) is None


def test_web_addresses_are_links():
    assert web_link("https://example.org/a?b=c") == "https://example.org/a?b=c"


def test_numbers_agree_with_their_nouns():
    assert [count_words(number, "quotation") for number in (0, 1, 1204)] == [
        "0 quotations",
        "1 quotation",
        "1,204 quotations",
    ]


def test_nobody_and_the_unknown_author_are_said_in_words():
    assert [speaker_words(name) for name in (None, "AUTHOR", "Ito")] == ["Speaker not named", "The author", "Ito"]


def test_a_language_that_is_no_code_is_taken_for_english():
    assert [language_tag(code) for code in ("de", 'en" onload="x', None)] == ["de", "en", "en"]
