"""Quotations as files that citation programs read: each is read back by such a program."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import fields, replace

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pybtex.database import parse_string

from indexer.publish.formats.author_names import author_name, author_names
from indexer.publish.formats.citations import (
    FORMATS,
    LONGEST,
    Cited,
    as_bibtex,
    as_csl_json,
    as_markdown,
    as_text,
    quotable,
)
from indexer.store.rows import Hit

DAY = datetime.date(2026, 5, 4)
PERMALINK = "https://desk.example/q/0123456789ab"
HIT = replace(
    Hit(**{field.name: None for field in fields(Hit)}),
    key="0123456789ab",
    text="The tide stood\nat two metres,",
    speaker="Odalys Ferreira",
    said_on="2025-03",
    via="The Eastport Herald",
    document="diary.txt",
    title="A harbour diary",
    author="Ludvig van der Meer; The Coast Desk",
    publisher="The Eastport Courier",
    published="2025-03-14",
    url="https://courier.example/diary",
)
HOSTILE = [
    "50% of A & B_C #1 costs $5 ~ 10^2",
    r"\input{secrets} {",
    "} closes what is not open",
    "Zoë’s “größte” 田中 שלום 🧱",
    "a\nb\tc\u2028d",
    "*bold* _it_ [link](javascript:x) `code` <b>&amp;</b> | # 1. > -",
    '"quoted" @misc{x, y}',
]
CSL = {"id", "type", "title", "author", "container-title", "issued", "accessed", "URL", "note"}
"""The properties that are written; all are in the JSON schema of CSL 1.0.2, which allows no others."""


def cited(**changes):
    return Cited(replace(HIT, **changes), PERMALINK, DAY)


def bibtex(**changes):
    """The one entry of the file, as pybtex reads it."""
    database = parse_string(as_bibtex(cited(**changes)), "bibtex")
    assert list(database.entries) == ["quotation-0123456789ab"]
    return database.entries["quotation-0123456789ab"]


def unescaped(latex):
    names = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^"}
    return re.sub(r"\{\\text(\w+)\}|\\([#$%&_])", lambda found: names.get(found[1]) or found[2], latex)


def csl(**changes):
    """The one item of the file."""
    (item,) = json.loads(as_csl_json(cited(**changes)))
    assert set(item) <= CSL
    return item


def printed(item):
    """What a citation program makes of an item."""
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    return str(bibliography.bibliography()[0])


def test_as_text_it_is_a_line_and_the_permalink():
    assert as_text(cited()) == (
        "“The tide stood at two metres,” — Odalys Ferreira (March 2025), via The Eastport Herald. In:"
        " “A harbour diary”, The Eastport Courier, 14 March 2025, https://courier.example/diary\n"
        "https://desk.example/q/0123456789ab (seen 4 May 2026)\n"
    )


def test_as_bibtex_it_is_an_article_with_the_quotation_as_its_note():
    entry = bibtex()
    assert entry.type == "article"
    assert dict(entry.fields) == {
        "title": "{A harbour diary}",
        "journal": "The Eastport Courier",
        "year": "2025",
        "month": "March",
        "day": "14",
        "url": "https://courier.example/diary",
        "urldate": "2026-05-04",
        "note": "“The tide stood at two metres,” — Odalys Ferreira (March 2025), via The Eastport Herald."
        " Quotation: https://desk.example/q/0123456789ab",
    }
    meer, desk = entry.persons["author"]
    assert (meer.first_names, meer.prelast_names, meer.last_names) == (["Ludvig"], ["van", "der"], ["Meer"])
    assert desk.last_names == ["{The Coast Desk}"]


@pytest.mark.parametrize(
    ("published", "known"),
    [("2025", ["year"]), ("2025-03", ["month", "year"]), ("2025-13-40", ["day", "year"]), (None, [])],
)
def test_bibtex_has_as_much_of_the_date_as_is_known(published, known):
    assert sorted({"year", "month", "day"} & set(bibtex(published=published).fields)) == known


def test_what_is_in_no_newspaper_is_misc_and_leads_to_the_permalink():
    entry = bibtex(publisher=None, url="javascript:alert(1)", published="last spring", author=None, title=None)
    assert entry.type == "misc"
    assert (entry.fields["title"], entry.fields["url"], entry.fields["year"]) == (
        "{diary.txt}",
        PERMALINK,
        "last spring",
    )
    assert "author" not in entry.persons


@pytest.mark.parametrize("text", HOSTILE)
def test_bibtex_gives_back_any_words(text):
    entry = bibtex(title=text, text=text, author=text, publisher=text, via=text)
    line = " ".join(text.split())
    assert unescaped(entry.fields["title"][1:-1]) == line
    assert unescaped(entry.fields["journal"]) == line
    assert unescaped(entry.fields["note"]).startswith(f"“{line}”")


@given(st.text(max_size=40))
def test_any_text_is_a_bibtex_file_that_can_be_read(text):
    entry = bibtex(title=text, text=text, author=text, publisher=text, url=f"https://a.example/{text}")
    assert {"title", "url", "urldate", "note"} <= set(entry.fields)


def test_as_csl_json_it_is_a_newspaper_article():
    assert csl() == {
        "id": "quotation-0123456789ab",
        "type": "article-newspaper",
        "title": "A harbour diary",
        "author": [
            {"family": "Meer", "given": "Ludvig", "non-dropping-particle": "van der"},
            {"literal": "The Coast Desk"},
        ],
        "container-title": "The Eastport Courier",
        "issued": {"date-parts": [[2025, 3, 14]]},
        "accessed": {"date-parts": [[2026, 5, 4]]},
        "URL": "https://courier.example/diary",
        "note": "“The tide stood at two metres,” — Odalys Ferreira (March 2025), via The Eastport Herald."
        " Quotation: https://desk.example/q/0123456789ab",
    }


DATES = [
    ("2025-03-14", {"date-parts": [[2025, 3, 14]]}, "(2025)"),
    ("2025-03", {"date-parts": [[2025, 3]]}, "(2025)"),
    ("2025", {"date-parts": [[2025]]}, "(2025)"),
    ("last spring", {"literal": "last spring"}, "(last spring)"),
    (None, None, "(no date)"),
]


@pytest.mark.parametrize(("published", "issued", "shown"), DATES)
def test_a_citation_program_prints_a_date_of_any_precision(published, issued, shown):
    item = csl(published=published)
    assert item.get("issued") == issued
    assert f"van der Meer, L. and The Coast Desk {shown} “A harbour diary”" in printed(item)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_citation_program_prints_any_words(text):
    line = " ".join(text.split())
    item = csl(title=text, publisher=text)
    assert item["title"] == line
    assert "van der Meer, L." in printed(item)


def test_the_type_says_what_is_known_of_the_source():
    assert csl(publisher=None)["type"] == "webpage"
    assert csl(publisher=None, url=None)["type"] == "document"


def test_markdown_is_a_block_quotation_with_links():
    html = MarkdownIt().render(as_markdown(cited()))
    assert html.startswith(
        "<blockquote>\n<p>“The tide stood at two metres,”</p>\n<p>— <strong>Odalys Ferreira</strong>"
    )
    assert '<a href="https://courier.example/diary">A harbour diary</a>, The Eastport Courier, 14 March 2025' in html
    assert f'(<a href="{PERMALINK}">quotation</a>)' in html


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_any_words_as_they_are(text):
    tokens = MarkdownIt().parse(as_markdown(cited(text=text, title=text, speaker=text, publisher=text)))
    words, line = [token.children for token in tokens if token.type == "inline"], " ".join(text.split())
    assert "".join(part.content for part in words[0]) == f"“{line}”"
    assert "".join(part.content for part in words[1]).count(line) == 3
    assert {part.type for part in words[0]} <= {"text", "text_special"}


def test_a_speech_of_many_pages_is_cited_in_part():
    assert quotable(HIT) is HIT
    words = quotable(replace(HIT, text="word " * 20_000)).text
    assert words.endswith("word […]")
    assert len(words) < LONGEST + 5


@pytest.mark.parametrize("form", FORMATS[1:], ids=lambda form: form.ending)
def test_what_is_no_web_address_is_never_a_link(form):
    assert "javascript" not in form.write(cited(url="javascript:alert(1)"))


NAMES = [
    ("Ingrid Solheim", ("Ingrid", "", "Solheim")),
    ("Mary Ann O’Neill-Smith", ("Mary Ann", "", "O’Neill-Smith")),
    ("J. P. de la Cruz", ("J. P.", "de la", "Cruz")),
    ("Reuters", ("", "", "")),
    ("Staff Reporter", ("", "", "")),
    ("The Associated Press", ("", "", "")),
    ("Sam Reyes and Jo Park", ("", "", "")),
    ("Brannagh & Daughters", ("", "", "")),
    ("Reyes, Sam", ("", "", "")),
    ("4 Horsemen", ("", "", "")),
    ("sam reyes", ("", "", "")),
]


@pytest.mark.parametrize(("name", "parts"), NAMES, ids=[name for name, _ in NAMES])
def test_only_what_is_surely_a_name_is_taken_apart(name, parts):
    found = author_name(name)
    assert (found.given, found.particle, found.family) == parts
    assert found.printed == name


def test_authors_are_separated_by_semicolons():
    assert [name.printed for name in author_names(" Ann  Lee ;; Bo Ek;")] == ["Ann Lee", "Bo Ek"]
    assert author_names(None) == []
