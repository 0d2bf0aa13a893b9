"""HTML pages: the article and what the page says about it, taken out by trafilatura."""

from __future__ import annotations

import logging
import re
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring
from trafilatura import bare_extraction
from trafilatura.metadata import extract_metadata
from trafilatura.utils import load_html

from indexer.domain import Document
from indexer.errors import SourceError
from indexer.sources import markup, paragraphs
from indexer.sources.metadata import document
from indexer.sources.text import decode

_HEAD = 4096
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_WESTERN = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii"})
_LOOKS_LIKE_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_FURNITURE = (
    "//body//nav | //body//noscript | //body//aside | //body//*[@id='comments']"
    " | //body//*[contains(concat(' ', normalize-space(@class), ' '), ' comments ')]"
    " | //body//header[not(.//h1 or ancestor::article or ancestor::main)]"
    " | //body//footer[not(ancestor::article or ancestor::main)]"
)
_LINKS = frozenset({"a", "button", "select"})
_SHORT_PAGE = 500
_HUGE_PAGE = 30_000
_NO_ARTICLE = "no article text found in the page"
_HINT = "save the page of the article itself, as it looks once it has loaded; or save its text as .txt"


def read(source: str, raw: bytes) -> Document:
    """The article in a page, with title, author, date, link, site name and language where the page tells them.

    Menus, reader comments and the like are left out. Raises SourceError for bytes that are no text and for
    a page without an article.
    """
    page = decode(source, raw, declared_charset(raw))
    if not page.strip():
        return document(source, source, page, {})
    _silence()
    try:
        text, values = _extract(page)
    except Exception as error:  # whatever a hostile page brings out of two libraries costs this page alone
        raise SourceError(source, f"a page that cannot be taken apart ({type(error).__name__})", _HINT) from error
    if not text.strip():
        raise SourceError(source, _NO_ARTICLE, _HINT)
    return document(source, source, text, values)


def looks_like_html(raw: bytes) -> bool:
    """True where the first 4096 bytes hold what only the top of an HTML page holds."""
    return bool(_LOOKS_LIKE_HTML.search(raw[:_HEAD].replace(b"\x00", b"")))


def declared_charset(raw: bytes) -> str | None:
    """The encoding a page names in its first 4096 bytes, read as browsers do: Latin-1 means cp1252."""
    found = _CHARSET.search(raw[:_HEAD])
    name = found[1].decode("ascii", "replace").lower() if found else None
    return "cp1252" if name in _WESTERN else name


def fragment(markup_text: str) -> list[str]:
    """The paragraphs in a piece of HTML (as Markdown files hold), nothing left out but its tags."""
    try:
        tree = fragment_fromstring(markup_text, create_parent="div")
    except (etree.LxmlError, ValueError):
        return []
    markup.even_out(tree)
    markup.mend(tree)
    return paragraphs.plain(markup.lines_of(tree))


def _extract(page: str) -> tuple[str, dict[str, Any]]:
    """The text of the article, and the metadata of the page."""
    tree = load_html(page)
    if tree is None or tree.find(".//body") is None:  # a piece of a page
        tree = load_html(f"<html><body><div>{page}</div></body></html>")
    if tree is None:
        return "", {}
    markup.even_out(tree)
    values = _metadata(tree)
    for element in tree.xpath(_FURNITURE):
        element.drop_tree()
    markup.mend(tree)
    if not markup.lines_of(tree.body, without=_LINKS):  # a page of links; its scripts may still hold the article
        etree.strip_elements(tree.body, *_LINKS, with_tail=False)
    return paragraphs.join(_article(tree)), values


def _article(tree: HtmlElement) -> list[str]:
    """The paragraphs of the article.

    They are all that is in the body of a page of under 500 characters, where trafilatura would lose paragraphs
    and lists, and of one of over 30,000 elements, where it might take minutes.
    """
    lines = paragraphs.plain(markup.lines_of(tree.body))
    if 0 < sum(map(len, lines)) < _SHORT_PAGE or sum(1 for _ in tree.iter()) > _HUGE_PAGE:
        return lines
    found = bare_extraction(tree, include_comments=False, include_tables=True)
    if found is None or isinstance(found, dict):
        return []
    return paragraphs.plain(markup.lines_of(found.body))


def _metadata(tree: HtmlElement) -> dict[str, Any]:
    """What the page says about itself; no date is guessed out of its text."""
    found = extract_metadata(tree, date_config={"original_date": True, "extensive_search": False})
    return {
        "title": found.title,
        "author": found.author,
        "published": found.date,
        "publisher": found.sitename,
        "url": found.url,
        "language": tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang"),
    }


def _silence() -> None:
    """Keeps the libraries' own messages off stderr: what matters of them becomes a failure with a hint."""
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
