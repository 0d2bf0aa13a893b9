"""Markdown articles: YAML front matter for the metadata, the body as the paragraphs a reader sees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from indexer.domain import Document
from indexer.errors import SourceError
from indexer.sources import paragraphs
from indexer.sources.html import fragment
from indexer.sources.metadata import as_line, document
from indexer.sources.text import decode

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY_FIRST = re.compile(r"---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[\"']?\w[\w -]*[\"']?[ \t]*:(?:\s|$)")
_TAGS = {"<q": "“", "</q": "”", "<br": "\n"}
_TAG_NAME = re.compile(r"</?[a-z]+", re.IGNORECASE)
_HINT = 'put values that hold a colon or start with a mark in quotes (title: "One: two") and end with a line of ---'


def read(source: str, raw: bytes) -> Document:
    """The document in a Markdown file.

    Front matter gives title, author, published (or date), publisher, url and language; without a title there,
    the first heading of level 1 is the title. Raises SourceError for broken front matter, a file without a
    text, and bytes that are no text.
    """
    body, values = front_matter(source, decode(source, raw).replace("\r\n", "\n").replace("\r", "\n"))
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    text = paragraphs.join(_lines(tokens))
    if values and not text.strip():
        raise SourceError(source, "has front matter but no text below it", "add the article below the second ---")
    values.setdefault("published", values.get("date"))
    if not as_line(values.get("title")):
        values["title"] = _first_heading(tokens)
    return document(source, source, text, values)


def front_matter(source: str, text: str) -> tuple[str, dict[str, Any]]:
    """The body and the front matter (keys in small letters, values as written) of a text with "\\n" newlines.

    A line of --- at the top that starts no front matter is a rule, and belongs to the body.
    Raises SourceError where front matter is not closed, or is no YAML.
    """
    found = _FRONT_MATTER.match(text)
    if not found:
        if _KEY_FIRST.match(text):
            raise SourceError(source, "front matter that is not closed", _HINT)
        return text, {}
    try:
        values = yaml.load(found[1], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        if _KEY_FIRST.match(text):
            raise SourceError(source, f"broken front matter ({_reason(error)})", _HINT) from error
        return text, {}
    if values and not isinstance(values, dict):
        return text, {}
    return text[found.end() :], {str(key).lower(): value for key, value in (values or {}).items()}


def _reason(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "no YAML"
    return f"line {mark.line + 2}: {problem}" if mark else str(problem)


def _lines(tokens: Sequence[Token]) -> list[str]:
    """The lines of the text: a block quotation behind "> ", everything else as plain paragraphs."""
    lines: list[str] = []
    quoted: list[list[str]] = []
    depth = 0
    for token in tokens:
        depth += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if depth:
            quoted += _block(token)
        elif quoted:
            lines += [line for part in paragraphs.block_quotation(quoted) for line in part]
            quoted = []
        else:
            lines += paragraphs.plain(_block(token))
    return lines


def _block(token: Token) -> list[list[str]]:
    """The paragraphs of one block as lists of lines; nothing for a token that only opens or closes one."""
    if token.type == "inline":
        return paragraphs.split(_inline(token.children or []))
    if token.type in ("fence", "code_block"):
        return paragraphs.split(token.content)
    if token.type == "html_block":
        return [[line] for line in fragment(token.content)]
    return []


def _inline(tokens: Sequence[Token]) -> str:
    """The characters a reader sees: marks of emphasis and links gone, typographic characters as written."""
    return "".join(_characters(token) for token in tokens)


def _characters(token: Token) -> str:
    if token.type in ("text", "code_inline", "text_special"):
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline" and (name := _TAG_NAME.match(token.content)):
        return _TAGS.get(name[0].lower(), "")
    return ""


def _first_heading(tokens: Sequence[Token]) -> str | None:
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h1":
            return _inline(content.children or [])
    return None
