"""Plain text: the decoded file, untouched; bytes that are no text are refused."""

from __future__ import annotations

import codecs
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain import Document
from indexer.errors import SourceError
from indexer.sources import text

WORDS = "“We’ll go – naïvely,” said Zoë Müller.\r\n\r\n\t‘No’ …\n"
HINT = "UTF-8"


def test_the_text_is_the_file_untouched(write, document):
    assert document(write("a.txt", WORDS)) == Document(id="a.txt", text=WORDS)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "cp1252"),
    ],
)
def test_encodings_of_newsrooms(write, document, mark, encoding):
    assert document(write("a.txt", mark + WORDS.encode(encoding))).text == WORDS


def test_damaged_utf8_keeps_its_quotation_marks(write, document):
    raw = "“One,” she said. “Two,” he said. caf".encode() + b"\xc3"
    assert document(write("cut.txt", raw)).text == "“One,” she said. “Two,” he said. caf\ufffd"


@pytest.mark.parametrize(
    "raw",
    [
        bytes(range(256)),
        b"words with a \x00 in them",
        b"\x81\x8d\x8f\x90\x9d",
        b"\x01\x02\x03 some words",
        codecs.BOM_UTF16_LE + b"\x00\xd8",
        codecs.BOM_UTF16_LE + "a\x00b".encode("utf-16-le"),
    ],
)
def test_bytes_that_are_no_text(write, failure, raw):
    found = failure(write("a.txt", raw))
    assert (found.source, found.problem) == ("a.txt", "bytes that are no text")
    assert HINT in found.hint


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"%PDF-1.7\n%words", "a PDF file, not text"),
        (b"PK\x03\x04words", "a zip archive or an office file, not text"),
        (b"\x1f\x8bwords", "a gzip archive, not text"),
        (b"{\\rtf1 words}", "an RTF file, not text"),
        (b"\x89PNG words", "a picture, not text"),
    ],
)
def test_files_of_other_kinds_are_called_by_their_name(write, failure, raw, problem):
    assert failure(write("a.txt", raw)).problem == problem


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        (b" \r\n\t\n", "holds nothing but white space"),
        ("\u00a0\u2003\n".encode(), "holds nothing but white space"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_file_without_a_word(write, failure, name, raw, problem):
    found = failure(write(name, raw))
    assert found.source == name
    assert found.problem in (problem, "is empty")


def test_a_file_over_the_limit(write, failure):
    path = write("big.txt", b"word " * 100)
    os.truncate(path, text.MAX_BYTES + 1)
    assert failure(path).problem == "over 32 MiB, the most a document may have"


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs", "Cc"])))
def test_utf8_comes_back_as_it_was(words):
    if not words.startswith(("%PDF-", "\ufeff", "{\\rtf")):
        assert text.decode("x", words.encode()) == words


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), st.sampled_from(["16", "32"]))
def test_marked_utf16_and_utf32_come_back_as_they_were(words, bits):
    assert text.decode("x", words.encode(f"utf-{bits}")) == words


@given(st.binary())
def test_any_bytes_are_text_or_our_error(raw):
    try:
        decoded = text.decode("x", raw)
    except SourceError:
        return
    decoded.encode()
    assert "\x00" not in decoded
