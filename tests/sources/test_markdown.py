"""Markdown: front matter is metadata, the body is read as its reader sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain import Document
from indexer.errors import SourceError
from indexer.sources import markdown

ARTICLE = """---
title: "Harbour: the last ferry"
author: Ruth Amsel
date: 12 September 2016
publisher: The Coast
url: https://coast.example/ferry
language: en-GB
tags: [ferries]
---
# The last ferry

“We are *done*,” said
[Ruth Ito](https://coast.example/ito). “It’s – well … over.”

> The **boats** stay
> in the harbour.
>
> All of them.
>
> — Harbour office

- “One,” she said.
- “Two.”

The end.
"""


def body(words: str) -> list[str]:
    return markdown.read("a.md", words.encode()).text.split("\n\n")


def test_a_whole_article(write, document):
    assert document(write("ferry.md", ARTICLE)) == Document(
        id="ferry.md",
        text="The last ferry\n\n“We are done,” said Ruth Ito. “It’s – well … over.”\n\n> The boats stay in the harbour."
        "\n\n> All of them.\n\n— Harbour office\n\n“One,” she said.\n\n“Two.”\n\nThe end.",
        title="Harbour: the last ferry",
        author="Ruth Amsel",
        published="2016-09-12",
        publisher="The Coast",
        url="https://coast.example/ferry",
        language="en",
    )


def test_windows_newlines_and_a_byte_order_mark_change_nothing(write, document):
    plain = document(write("a.md", ARTICLE))
    windows = document(write("b.md", b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n").encode()))
    assert (windows.text, windows.title, windows.published) == (plain.text, plain.title, plain.published)


BODIES = [
    ("“Quoted” and \"straight\" -- ''doubled'' ...", ["“Quoted” and \"straight\" -- ''doubled'' ..."]),
    ("*He* said **no** to `code` and ~~this~~", ["He said no to code and ~~this~~"]),
    (r"not \*emphasis\* &amp; &ldquo;marks&rdquo;", ["not *emphasis* & “marks”"]),
    ("![a picture](a.png) and <https://a.example>", ["and https://a.example"]),
    ("one\\\ntwo  \nthree<br>four", ["one two three four"]),
    ("<q>One,</q> she <b>said</b>.", ["“One,” she said."]),
    ("Heading\n=======\ntext", ["Heading", "text"]),
    ("one\n\n---\n\ntwo", ["one", "two"]),
    ("1. one\n2. two\n\n   more", ["one", "two", "more"]),
    ("    “typed,”\n    he said", ["“typed,” he said"]),
    ("```\n“typed”\n```", ["“typed”"]),
    ("| Who | Said |\n|---|---|\n| Ito | “no” |", ["Who", "Said", "Ito", "“no”"]),
    ("<div><p>“Raw,” he said.</p><!-- not this --></div>", ["“Raw,” he said."]),
    ("<blockquote>Raw words.<footer>— Ann</footer></blockquote>", ["> Raw words.", "— Ann"]),
    ("non\u00a0breaking\u2009spaces", ["non\u00a0breaking\u2009spaces"]),
]


@pytest.mark.parametrize(("written", "read"), BODIES)
def test_the_body_as_a_reader_sees_it(written, read):
    assert body(written) == read


BLOCK_QUOTATIONS = [
    ("> one\n> two", ["> one two"]),
    ("> one\n\ntext\n\n> two", ["> one", "text", "> two"]),
    ("> one\n> — Ann Lee", ["> one", "— Ann Lee"]),
    ("> one\n>\n> -- Ann Lee", ["> one", "-- Ann Lee"]),
    ("> — one\n> — two", ["> — one — two"]),
    ("> — Ann Lee", ["> — Ann Lee"]),
    ("> one - two\n> -5 degrees", ["> one - two -5 degrees"]),
    ("> > inner\n>\n> outer", ["> inner", "> outer"]),
    ("> - item\n> - other", ["> item", "> other"]),
    ("> one\n> — " + "long " * 60, ["> one — " + ("long " * 60).strip()]),
]


@pytest.mark.parametrize(("written", "read"), BLOCK_QUOTATIONS)
def test_block_quotations_are_marked_and_their_speaker_is_not(written, read):
    assert body(written) == read


def test_the_first_heading_is_the_title_where_front_matter_gives_none():
    assert markdown.read("a.md", b"intro\n\n## Two\n\n# One *more*\n\n# Last").title == "One more"
    assert markdown.read("a.md", b"---\ntitle:\n---\n# One").title == "One"
    assert markdown.read("a.md", b"no heading").title is None


def test_front_matter_values_are_taken_as_written(write, document):
    found = document(write("a.md", "---\nTitle: Yes\nauthor: [Ann Lee, Bo]\npublished: 2016-09\nlanguage: no\n---\nx"))
    assert (found.title, found.author, found.published, found.language) == ("Yes", "Ann Lee; Bo", "2016-09", "no")


@pytest.mark.parametrize(
    "words", ["---\n\ntext", "---\nJust words\n---\ntext", "---\n- a\n---\ntext", "--- \n“He: said: no”\n---\ntext"]
)
def test_a_rule_at_the_top_is_no_front_matter(words):
    assert body(words)[-1] == "text"


def test_empty_front_matter():
    assert body("---\n---\ntext") == ["text"]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("---\ntitle: Putin: we go\n---\ntext", "broken front matter (line 2: mapping values are not allowed here)"),
        ("---\ntitle: [one\nauthor: Ann\n---\ntext", "broken front matter (line 3: "),
        ('---\ntitle: "one\n---\ntext', "broken front matter (line "),
        ("---\ntitle: one\n\ntext", "front matter that is not closed"),
        ("---\ntitle: one\n---\n\n", "has front matter but no text below it"),
        ("---\na: " + "[" * 1000 + "\n---\ntext", "broken front matter ("),
    ],
)
def test_broken_front_matter(write, failure, words, problem):
    found = failure(write("a.md", words))
    assert found.source == "a.md"
    assert found.problem.startswith(problem)


def test_the_samples_are_read_whole(samples: Path):
    for path in sorted(samples.glob("articles/*.md")):
        found = markdown.read(str(path), path.read_bytes())
        assert found.title
        assert found.published
        assert "---" not in found.text


@given(st.text(st.sampled_from("ab“”\"'*_`[]()<>!#-=~|\\&;:>. \n\t—q/")))
def test_any_markdown_is_a_document_or_our_error(words):
    try:
        found = markdown.read("a.md", words.encode())
    except SourceError:
        return
    assert found.text.strip()
    assert all("\n" not in line for line in found.text.split("\n\n"))
