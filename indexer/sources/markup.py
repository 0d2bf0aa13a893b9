"""Trees of HTML elements: what must be mended before an article is taken out of one, and paragraphs out of it."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from indexer.sources import loose, paragraphs

_WHITE = re.compile("[\x00-\x20\ud800-\udfff\ufffe\uffff]+")
"""White space, with what no XML text may hold and character references can still bring in."""
_INVISIBLE = frozenset({"script", "style", "template", "noscript"})
_PARTS = frozenset(
    "address article aside blockquote body caption center cell dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hgroup hr item li list main nav ol p pre quote row section summary "
    "table tbody td tfoot th thead tr ul".split()
)
_LINE_ENDS = frozenset({"br", "lb"})
_FORMATTING = "em i b strong u s small big tt font mark ins abbr cite dfn wbr time data".split()


def even_out(tree: HtmlElement) -> None:
    """Makes each run of white space one space, after <pre> has become paragraphs: done first, before all else.

    From here on a newline is a break between paragraphs.
    """
    for element in tree.xpath("//pre"):
        _preformatted(element)
    for node in tree.iter():
        if node.text:
            node.text = _WHITE.sub(" ", node.text)
        if node.tail:
            node.tail = _WHITE.sub(" ", node.tail)


def mend(tree: HtmlElement) -> None:
    """Writes into the tree, as text and as <p>, what would be lost of a page when its article is taken out.

    These are the marks of <q>, block quotations, text outside of paragraphs, and lines ended by <br>.
    """
    _quotation_marks(tree)
    for element in tree.xpath("//figure[.//blockquote]"):
        for caption in element.xpath(".//figcaption[not(ancestor::blockquote)]"):
            caption.tag = "p"
        element.tag = "div"
    for element in tree.xpath("//blockquote[not(ancestor::blockquote)]"):
        _block_quotation(element)
    for element in tree.xpath("//span[br]"):
        element.tag = "font"
    etree.strip_tags(tree, *_FORMATTING)
    loose.wrap(tree, _PARTS)
    for element in tree.iter("br"):
        element.tail = " " + (element.tail or "")
    etree.strip_tags(tree, "br")


def lines_of(element: etree._Element, without: frozenset[str] = frozenset()) -> list[list[str]]:
    """The paragraphs under an element, each as its lines; a newline in its text starts a paragraph.

    What a browser does not show, and elements with the tags `without`, are left out.
    """
    left_out = _INVISIBLE | without
    pieces: list[str] = []
    hidden = 0
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            hidden += node.tag in left_out
            pieces.append(_edge(node) + ("" if hidden else _own(node.text)))
            continue
        hidden -= event == "end" and node.tag in left_out
        tail = "" if hidden or node is element else _own(node.tail)
        pieces.append((_edge(node) if event == "end" and node.tag not in _LINE_ENDS else "") + tail)
    return paragraphs.split("".join(pieces))


def _own(text: str | None) -> str:
    return (text or "").replace("\n", "\n\n")


def _edge(node: etree._Element) -> str:
    if node.tag in _LINE_ENDS:
        return "\n"
    return "\n\n" if node.tag in _PARTS else ""


def _quotation_marks(tree: HtmlElement) -> None:
    """Puts the marks that a browser shows around <q> into the text, double outside and single inside."""
    found = [(node, len(list(node.iterancestors("q"))) % 2) for node in tree.iter("q")]
    for node, inner in found:
        opening, closing = "‘’" if inner else "“”"
        node.text = opening + (node.text or "")
        if len(node):
            node[-1].tail = (node[-1].tail or "") + closing
        else:
            node.text += closing
    etree.strip_tags(tree, "q")


def _preformatted(element: HtmlElement) -> None:
    """Turns <pre> into paragraphs: it holds typed text more often than anything that must keep its shape."""
    found = paragraphs.plain(paragraphs.split(element.text_content()))
    element.tag = "div"
    _refill(element, found)


def _block_quotation(element: HtmlElement) -> None:
    """Refills a <blockquote> with its paragraphs behind "> ", the attribution moved out after it."""
    for node in element.xpath(".//footer | .//figcaption | .//cite[not(ancestor::footer or ancestor::figcaption)]"):
        words = " ".join(paragraphs.plain(lines_of(node)))
        _refill(node, [])
        node.text = paragraphs.BY + words + paragraphs.END_BY
    quoted, closing = paragraphs.block_quotation(lines_of(element))
    _refill(element, quoted)
    for line in reversed(closing):
        element.addnext(_paragraph(element, line))


def _refill(element: HtmlElement, lines: list[str]) -> None:
    """Replaces all that is in an element by paragraphs."""
    for child in list(element):
        element.remove(child)
    element.text = None
    element.extend(_paragraph(element, line) for line in lines)


def _paragraph(element: HtmlElement, line: str) -> HtmlElement:
    paragraph: HtmlElement = element.makeelement("p")
    paragraph.text = _WHITE.sub(" ", line)
    return paragraph
