"""Text that stands in a page outside of any paragraph: put into one, because what looks for articles drops it."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

from lxml.html import HtmlElement

_HOLDERS = ("body", "article", "main", "section", "div", "center", "td", "li", "dd", "p")
_ONLY_IF_MIXED = frozenset({"td", "li", "dd", "p"})
"""What keeps its text anyway, unless paragraphs stand between it."""
_QUOTATION_MARK = re.compile("[\"“”„«»‘‹›]|''|``")
_LONG = 40
"""Characters from which loose text is no label or button, but something to read."""


@dataclass
class _Run:
    """A block, or else text with the inline elements that follow it up to the next block or empty line."""

    lead: str = ""
    nodes: list[HtmlElement] = field(default_factory=list)
    block: HtmlElement | None = None
    is_line: bool = False

    @property
    def words(self) -> str:
        if self.block is not None:
            return ""
        return (self.lead + "".join(_shown(node) + (node.tail or "") for node in self.nodes)).strip()

    @property
    def is_paragraph(self) -> bool:
        words = self.words
        return bool(words) and (self.is_line or len(words) >= _LONG or bool(_QUOTATION_MARK.search(words)))


def wrap(tree: HtmlElement, blocks: Container[object]) -> None:
    """Puts each piece of loose text that is worth reading into a <p>, and what two <br> part into two.

    `blocks` are the tags of block elements. White space in the tree has been evened out.
    """
    found = [(holder, _runs(holder, blocks)) for holder in tree.iter(*_HOLDERS)]
    leaves = [(holder, runs[0]) for holder, runs in found if holder.tag == "div" and len(runs) == 1]
    kin = {_kin(holder) for holder, run in leaves if run.is_paragraph}
    for holder, run in leaves:
        run.is_line = _kin(holder) in kin
    for holder, runs in found:
        if holder.tag in _ONLY_IF_MIXED and not any(run.block is not None or run.is_line for run in runs):
            continue
        if any(run.is_paragraph for run in runs):
            _refill(holder, runs)


def _kin(holder: HtmlElement) -> tuple[HtmlElement | None, str | None]:
    """What a <div> shares with those that some pages write for <p>: where one is a paragraph, all are."""
    return holder.getparent(), holder.get("class")


def _shown(node: HtmlElement) -> str:
    """The text of an inline element; nothing for comments and scripts."""
    is_shown = isinstance(node.tag, str) and node.tag not in ("script", "style", "template", "noscript")
    return str(node.text_content()) if is_shown else ""


def _runs(holder: HtmlElement, blocks: Container[object]) -> list[_Run]:
    runs = [_Run(holder.text or "")]
    after_break = False
    for child in holder:
        tail = child.tail or ""
        if child.tag == "br" and after_break:
            runs[-1].is_line = True
            runs.append(_Run(tail, is_line=True))
        elif _is_block(child, blocks):
            runs += [_Run(block=child), _Run(tail)]
        else:
            runs[-1].nodes.append(child)
        after_break = child.tag == "br" and not tail.strip()
    return runs


def _is_block(node: HtmlElement, blocks: Container[object]) -> bool:
    return any(inner.tag in blocks for inner in node.iter())


def _refill(holder: HtmlElement, runs: list[_Run]) -> None:
    del holder[:]
    holder.text = None
    if holder.tag == "p":
        holder.tag = "div"
    for run in runs:
        if run.block is not None:
            run.block.tail = None
            holder.append(run.block)
        elif run.words or run.nodes:
            wrapper = holder.makeelement("p" if run.is_paragraph else "span")
            wrapper.text = run.lead
            wrapper.extend(run.nodes)
            holder.append(wrapper)
