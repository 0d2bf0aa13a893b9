"""Bytes to text: plain text files, and the decoding that every other kind of source shares."""

from __future__ import annotations

import codecs

from indexer.domain import Document
from indexer.errors import SourceError
from indexer.sources.metadata import document

MIB = 1024 * 1024
MAX_BYTES = 32 * MIB
"""The most bytes one document may have, as a file or as a line of a corpus."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3\x00", "a database"),
)
_CONTROLS = bytes(sorted(set(range(0x20)) - set(b"\t\n\v\f\r\x1b")))
_CONTROLS_PER_BYTE = 0.02
_HINT = "give a text, Markdown, HTML or .jsonl file; save other formats as UTF-8 text first"


def read(source: str, raw: bytes) -> Document:
    """A plain text document: its text is the decoded bytes, newlines and all.

    Raises SourceError where the bytes are no text or hold nothing but white space.
    """
    return document(source, source, decode(source, raw), {})


def decode(source: str, raw: bytes, declared: str | None = None) -> str:
    """The text of `raw`: by its byte order mark (which is dropped), else UTF-8, else `declared`, else cp1252.

    UTF-8 that is damaged in a few places keeps its text; each damaged place becomes one or more U+FFFD.
    Raises SourceError (naming `source`) for bytes that are no text.
    """
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            raise SourceError(source, f"{what}, not text", _HINT)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _strictly(source, raw[len(mark) :], encoding)
    if looks_binary(raw):
        raise SourceError(source, "bytes that are no text", _HINT)
    return _unmarked(source, raw, declared)


def looks_binary(raw: bytes) -> bool:
    """True for bytes with a NUL or with more control characters than text has."""
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    return b"\x00" in raw or controls > len(raw) * _CONTROLS_PER_BYTE


def _unmarked(source: str, raw: bytes, declared: str | None) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        mended = _mended(raw)
    if mended is not None:
        return mended
    if declared:
        try:
            return raw.decode(declared)
        except (UnicodeDecodeError, LookupError):
            pass  # the page lies about itself, as many do
    return _strictly(source, raw, "cp1252")


def _mended(raw: bytes) -> str | None:
    """UTF-8 with damage, where more of its non-ASCII characters are whole than broken; else None."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text if foreign > 2 * broken else None


def _strictly(source: str, raw: bytes, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(source, "bytes that are no text", _HINT) from error
    if "\x00" in text:
        raise SourceError(source, "bytes that are no text", _HINT)
    return text
