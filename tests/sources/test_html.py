"""HTML pages: the article with every quotation mark in it, and what the page says about itself."""

from __future__ import annotations

import logging
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain import Document
from indexer.errors import SourceError
from indexer.sources import html

FILLING = (
    "<p>The harbour council met on Monday evening to hear what becomes of the ferry, and of its crew of nine.</p>" * 6
)
PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>The last ferry | The Coast</title>
<link rel="canonical" href="https://coast.example/ferry"><meta property="og:site_name" content="The Coast">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "The last ferry", "datePublished": "2016-09-12T10:00:00Z",
"author": [{{"@type": "Person", "name": "Ruth Amsel"}}, {{"@type": "Person", "name": "Li Wei"}}]}}</script></head>
<body><header><a href="/">The Coast</a></header>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>The last ferry</h1>
<p>“We are <em>done</em>,” said
   <a href="/ito">Ruth Ito</a>.<br>“It’s – well … over.”</p>
{FILLING}
<blockquote><p>The boats stay.</p><p>All of them.</p><footer>— <cite>Harbour office</cite></footer></blockquote>
<p>The minister called it <q>a <q>real</q> pity</q>.</p>
<figure><blockquote>Nobody asked us.</blockquote><figcaption>Maria Lopez, captain</figcaption></figure>
<figure><img src="a.jpg"><figcaption>The harbour in May</figcaption></figure>
<ul><li>“One,” she said.</li><li>“Two.”</li></ul>
<p>That is «all» of it.</p></article>
<section id="comments"><h3>Comments</h3><p>“I disagree,” said a reader who wrote a long comment.</p></section>
<footer>Copyright 2016 The Coast</footer></body></html>"""


def lines(page: str | bytes) -> list[str]:
    return html.read("a.html", page.encode() if isinstance(page, str) else page).text.split("\n\n")


def outcome(page: str) -> str | SourceError:
    try:
        return html.read("a.html", page.encode("utf-8", "replace")).text
    except SourceError as error:
        return error


def article(words: str) -> list[str]:
    """The paragraphs of a page with these words in the middle of a longer article."""
    page = f"<html><head><title>T</title></head><body><article>{FILLING}{words}{FILLING}</article></body></html>"
    return [line for line in lines(page) if not line.startswith("The harbour council")]


def test_a_whole_page(write, document):
    found = document(write("ferry.html", PAGE))
    texts = [line for line in found.text.split("\n\n") if not line.startswith("The harbour council")]
    assert texts == [
        "The last ferry",
        "“We are done,” said Ruth Ito. “It’s – well … over.”",
        "> The boats stay.",
        "> All of them.",
        "— Harbour office",
        "The minister called it “a ‘real’ pity”.",
        "> Nobody asked us.",
        "Maria Lopez, captain",
        "“One,” she said.",
        "“Two.”",
        "That is «all» of it.",
    ]
    assert found == Document(
        id="ferry.html",
        text=found.text,
        title="The last ferry",
        author="Ruth Amsel; Li Wei",
        published="2016-09-12",
        publisher="The Coast",
        url="https://coast.example/ferry",
        language="en",
    )


BLOCK_QUOTATIONS = [
    ("<blockquote>Words.</blockquote>", ["> Words."]),
    ("<blockquote>One.<br>Two.<br><br>Three.</blockquote>", ["> One. Two.", "> Three."]),
    ("<blockquote><p>Words.</p>— <cite>Ann Lee</cite></blockquote>", ["> Words.", "— Ann Lee"]),
    ("<blockquote><p>Words. — <cite>Ann Lee</cite></p></blockquote>", ["> Words.", "— Ann Lee"]),
    ("<blockquote><p>Words.</p><cite>Ann <b>Lee</b></cite></blockquote>", ["> Words.", "Ann Lee"]),
    ("<blockquote><p>As <cite>The Coast</cite> says.</p></blockquote>", ["> As The Coast says."]),
    ("<blockquote><p>Words.</p><p>– Ann Lee</p></blockquote>", ["> Words.", "– Ann Lee"]),
    ("<blockquote>Words.<footer><p>Ann Lee</p><p>captain</p></footer></blockquote>", ["> Words.", "Ann Lee captain"]),
    ("<blockquote>Outer.<blockquote>Inner.</blockquote></blockquote>", ["> Outer.", "> Inner."]),
    ("<blockquote><ul><li>One</li><li>Two</li></ul></blockquote>", ["> One", "> Two"]),
    (
        '<blockquote class="tweet"><p>Great day!</p>&mdash; Ann Lee (@ann) <a href="/t">May 1, 2016</a></blockquote>',
        ["> Great day!", "— Ann Lee (@ann) May 1, 2016"],
    ),
]


@pytest.mark.parametrize(("words", "read"), BLOCK_QUOTATIONS)
def test_block_quotations_keep_their_paragraphs_and_their_speaker(words, read):
    assert article(words) == read


PARAGRAPHS = [
    ("<p>“One”</p><p>“Two”</p>", ["“One”", "“Two”"]),
    ("<p>one<br>two<br><br>three</p>", ["one two", "three"]),
    ("<p><b>one<br/>two<br/> <br/>three</b></p>", ["one two", "three"]),
    ("<div>“One,” <a href='/i'>she</a> said.<br><br>“Two.”</div>", ["“One,” she said.", "“Two.”"]),
    (
        "<div>“One,” <b>she</b> said.<p>“Two.”</p>“Three,” he said.</div>",
        ["“One,” she said.", "“Two.”", "“Three,” he said."],
    ),
    ("<div>“One.”</div><div>Two</div>", ["“One.”", "Two"]),
    ("<div class='a'>“One.”</div><div class='a'>She added:</div><div class='b'>Share</div>", ["“One.”", "She added:"]),
    ("<ul><li>“One,”<br>she said.<br><br>“Two.”</li></ul>", ["“One,” she said.", "“Two.”"]),
    ("<p>On <time>Monday</time> <abbr>Ms</abbr> Ito <small>spoke</small>.</p>", ["On Monday Ms Ito spoke."]),
    ("<p><q>One <b>two</b></q> and <q></q>.</p>", ["“One two” and “”."]),
    ("<pre>“Typed,” he\nsaid.\n\n“Again.”</pre>", ["“Typed,” he said.", "“Again.”"]),
    ("<p>5 &lt; 6 &amp; &ldquo;so&rdquo;</p>", ["5 < 6 & “so”"]),
    ("<p>''Doubled'' and \"straight\" -- ...</p>", ["''Doubled'' and \"straight\" -- ..."]),
    ("<table><tr><td>Ito</td><td>“No.”</td></tr></table>", ["Ito", "“No.”"]),
    ("<p>seen<script>var unseen = 1</script><!-- unseen --></p>", ["seen"]),
]


@pytest.mark.parametrize(("words", "read"), PARAGRAPHS)
def test_paragraphs_and_marks(words, read):
    assert article(words) == read


SHORT = [
    ("<p>“No,” he <b>said</b>.</p>", ["“No,” he said."]),
    ("<h1>Head</h1><p>“No,” he <i>said</i>.</p><ul><li>one</li></ul>", ["Head", "“No,” he said.", "one"]),
    ("<html><body><nav><a href='/'>Home</a></nav><p>“No.”</p><footer>Copyright</footer></body></html>", ["“No.”"]),
    ("<!-- saved --><html><body>one<br><br>two</body></html>", ["one", "two"]),
    ("<html><body><p>“No.”</p><div class='comments'><p>“Yes!”</p></div></body></html>", ["“No.”"]),
]


@pytest.mark.parametrize(("written", "read"), SHORT)
def test_short_pages_are_read_whole(written, read):
    assert lines(written) == read


WESTERN = "<p>“Señor Müller’s façade,” said Zoë – naïvely.</p>"


@pytest.mark.parametrize(
    "declared", ["", '<meta charset="iso-8859-1">', '<meta charset="windows-1252">', "<meta charset=utf-8>"]
)
def test_western_bytes_are_read_as_cp1252(declared):
    page = f"<html><head>{declared}</head><body>{WESTERN}</body></html>"
    assert lines(page.encode("cp1252")) == ["“Señor Müller’s façade,” said Zoë – naïvely."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_needs_no_declaration_and_believes_no_wrong_one(encoding):
    page = f'<html><head><meta charset="iso-8859-1"></head><body>{WESTERN}</body></html>'
    assert lines(page.encode(encoding)) == ["“Señor Müller’s façade,” said Zoë – naïvely."]


def test_a_declared_encoding_is_used():
    page = '<?xml version="1.0" encoding="windows-1251"?><html><body><p>«Готовы», — заявил он.</p></body></html>'
    assert lines(page.encode("windows-1251")) == ["«Готовы», — заявил он."]


def test_a_date_is_not_guessed_from_a_copyright_line():
    page = f"<html><head><title>T</title></head><body>{FILLING}<p>Copyright 2016 The Coast</p></body></html>"
    assert html.read("a.html", page.encode()).published is None


NO_ARTICLE = [
    "<html><body></body></html>",
    "<html><head><title>T</title></head><body><nav><a href='/'>Home</a></nav><footer>Copyright</footer></body></html>",
    "<html><body><ul><li><a href='/'>Home</a></li><li><a href='/n'>News</a></li></ul></body></html>",
    "<html><body><div></div><noscript>Please enable JavaScript.</noscript><script>go()</script></body></html>",
    "<!-- nothing -->",
]


@pytest.mark.parametrize("written", NO_ARTICLE)
def test_a_page_without_an_article(write, failure, written):
    found = failure(write("a.html", written))
    assert (found.source, found.problem) == ("a.html", "no article text found in the page")


def test_a_picture_called_a_page(write, failure):
    assert failure(write("a.html", b"\x89PNG\r\n\x1a\n\x00")).problem == "a picture, not text"


def test_the_libraries_stay_silent(write, failure, caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        failure(write("a.html", "<html><body></body></html>"))
    assert [record for record in caplog.records if record.name.startswith(("trafilatura", "htmldate"))] == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "written",
    [
        "<div>" * 20_000 + "words",
        "<blockquote>" * 20_000 + "words",
        "<p>" + "<q>words here</q> " * 8_000,
        "<blockquote>words <cite>Ann</cite></blockquote> more " * 16_000,
        "<figure>a<blockquote>words <cite>Ann</cite></blockquote><figcaption>B</figcaption></figure> more " * 6_000,
    ],
    ids=["deep", "deep quotations", "marks", "quotations", "figures"],
)
def test_pages_that_want_to_hang_us(written):
    started = time.monotonic()
    found = outcome(written)
    assert found.problem == "no article text found in the page" if isinstance(found, SourceError) else "words" in found
    assert time.monotonic() - started < 20


TAGS = (
    "<p> </p> <q> </q> <blockquote> </blockquote> <cite> </cite> <footer> </footer> <br> <pre> </pre> <figure> "
    "</figure> <figcaption> </figcaption> <div> </div> <li> <table> <td> <a> </a> <b> <html> <body> <head> <title> "
    "<!-- --> &#1; &#xFFFE; <svg> <template> <script> </script> <nav> <header> <article> “a” — words <?xml <select>"
)


@given(st.lists(st.sampled_from(TAGS.split()) | st.text(max_size=3), max_size=40).map(" ".join))
def test_any_page_is_a_document_or_our_error(written):
    found = outcome(written)
    if isinstance(found, SourceError):
        assert "taken apart" not in found.problem
    else:
        assert all(line and line == line.strip() and "\n" not in line for line in found.split("\n\n"))
