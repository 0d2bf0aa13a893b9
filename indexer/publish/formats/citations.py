"""A quotation as people and programs cite it: plain text, Markdown, BibTeX, CSL-JSON. Pure.

What is cited is the article; the quoted words, their speaker and the permalink of the quotation go with it as a note.

BibTeX is written here: pybtex 0.26 refuses a lone brace and leaves backslashes as they are, bibtexparser 2.1 writes a
lone brace that breaks the file, and both spoil addresses.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from indexer.publish.formats.author_names import AuthorName, author_names
from indexer.publish.words import citation, date_words, speaker_words, web_link
from indexer.store.rows import Hit

LONGEST = 4000
"""How many characters of a quotation are cited."""
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_IN_LATEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
_IN_MARKDOWN = re.compile(r"([\\`*_\[\]<>&#|~])")
_IN_ADDRESS = "!#$%&'*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class Cited:
    """A quotation to cite: its `permalink` as the reader's browser reaches it, and the day it was looked at."""

    hit: Hit
    permalink: str
    accessed: datetime.date

    @property
    def title(self) -> str:
        """The title of the article, or its id where it has none."""
        return _line(self.hit.title or self.hit.document)

    @property
    def quoted(self) -> str:
        """The words in quotation marks on one line, and who said them."""
        via = f", via {_line(self.hit.via)}" if self.hit.via else ""
        said = f" ({date_words(self.hit.said_on)})" if self.hit.said_on else ""
        return f"“{_line(self.hit.text)}” — {_line(speaker_words(self.hit.speaker))}{said}{via}"

    @property
    def address(self) -> str:
        """Where the article is on the web, else where the quotation is here."""
        return web_link(self.hit.url) or self.permalink


@dataclass(frozen=True, slots=True)
class Format:
    """A way to cite: the ending of its address, its name for people, its media type, and how it is written."""

    ending: str
    name: str
    media_type: str
    write: Callable[[Cited], str]


def quotable(hit: Hit) -> Hit:
    """The quotation with as many of its words as anybody cites; “[…]” says where there are more."""
    return hit if len(hit.text) <= LONGEST else replace(hit, text=f"{hit.text[:LONGEST].rstrip()} […]")


def as_text(cited: Cited) -> str:
    """One line of plain text, and the permalink on the next."""
    return f"{citation(cited.hit)}\n{cited.permalink} (seen {_day_words(cited.accessed)})\n"


def as_markdown(cited: Cited) -> str:
    """A block quotation, and its source with links below it."""
    hit = cited.hit
    via = f", via {_md(hit.via)}" if hit.via else ""
    said = f", {_md(date_words(hit.said_on))}" if hit.said_on else ""
    title = _md(cited.title)
    link = web_link(hit.url)
    source = [
        f"[{title}]({_target(link)})" if link else f"*{title}*",
        _md(hit.publisher),
        _md(date_words(hit.published)),
    ]
    found = f"[quotation]({_target(cited.permalink)})"
    who = f"**{_md(speaker_words(hit.speaker))}**{via}{said}"
    return f"> “{_md(hit.text)}”\n>\n> — {who}. In: {', '.join(filter(None, source))} ({found})\n"


def as_bibtex(cited: Cited) -> str:
    """One entry: @article where title, newspaper and year are known, else @misc."""
    hit = cited.hit
    date = _DATE.fullmatch(hit.published or "")
    year, month, day = date.groups() if date else (None, None, None)
    known = hit.title and hit.publisher and year
    fields = {
        "author": " and ".join(map(_bibtex_name, author_names(hit.author))),
        "title": f"{{{_latex(cited.title)}}}",
        "journal" if known else "howpublished": _latex(hit.publisher),
        "year": year or _latex(hit.published),
        "day": str(int(day)) if day else "",
        "url": _target(cited.address),
        "urldate": cited.accessed.isoformat(),
        "note": f"{_latex(cited.quoted)}. Quotation: {_latex(cited.permalink)}",
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    if month and 1 <= int(month) <= len(_MONTHS):
        lines.append(f"  month = {_MONTHS[int(month) - 1]},\n")
    return f"@{'article' if known else 'misc'}{{quotation-{hit.key},\n{''.join(lines)}}}\n"


def as_csl_json(cited: Cited) -> str:
    """A list of one item, by the JSON schema of the Citation Style Language 1.0.2."""
    hit = cited.hit
    item: dict[str, Any] = {
        "id": f"quotation-{hit.key}",
        "type": "article-newspaper" if hit.publisher else "webpage" if web_link(hit.url) else "document",
        "title": cited.title,
        "author": list(map(_csl_name, author_names(hit.author))),
        "container-title": _line(hit.publisher),
        "issued": _csl_date(hit.published),
        "accessed": _csl_date(cited.accessed.isoformat()),
        "URL": cited.address,
        "note": f"{cited.quoted}. Quotation: {cited.permalink}",
    }
    known = {name: value for name, value in item.items() if value}
    return json.dumps([known], ensure_ascii=False, indent=2) + "\n"


FORMATS = (
    Format("txt", "Plain text", "text/plain; charset=utf-8", as_text),
    Format("md", "Markdown", "text/markdown; charset=utf-8", as_markdown),
    Format("bib", "BibTeX", "application/x-bibtex; charset=utf-8", as_bibtex),
    Format("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", as_csl_json),
)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _day_words(day: datetime.date) -> str:
    return date_words(day.isoformat())


def _md(text: str | None) -> str:
    return _IN_MARKDOWN.sub(r"\\\1", _line(text))


def _target(address: str) -> str:
    """An address without what ends one in Markdown or LaTeX: spaces, braces, brackets; what is escaped stays so."""
    return quote(address, safe=_IN_ADDRESS)


def _latex(text: str | None) -> str:
    return "".join(_IN_LATEX.get(character, character) for character in _line(text))


def _bibtex_name(name: AuthorName) -> str:
    if not name.family:
        return f"{{{_latex(name.printed)}}}"
    return f"{_latex(f'{name.particle} {name.family}'.strip())}, {_latex(name.given)}"


def _csl_name(name: AuthorName) -> dict[str, str]:
    if not name.family:
        return {"literal": name.printed}
    parts = {"family": name.family, "given": name.given, "non-dropping-particle": name.particle}
    return {part: value for part, value in parts.items() if value}


def _csl_date(date: str | None) -> dict[str, Any] | None:
    """An ISO date of any precision; what is none is given as it is."""
    match = _DATE.fullmatch(date or "")
    if match is None:
        return {"literal": _line(date)} if date else None
    return {"date-parts": [[int(part) for part in match.groups() if part]]}
