"""Block quotations: paragraphs that are set off instead of put in marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .mark_tree import MarkedSpan, trim

_BLOCK_LINES = re.compile(r"(?:^>(?!\d)[> \t\u00a0]*[^\s>][^\n]*(?:\n|\Z))+", re.MULTILINE)
_INDENTED = re.compile(r"(?:^(?=    |\t)[ \t]*+\S[^\n]*+(?:\n|\Z))+", re.MULTILINE)
_BLOCK_EDGE = re.compile(r"[>\s]*")
_LONGEST_LOOK_BACK = 200


def with_blocks(text: str, roots: list[MarkedSpan]) -> list[MarkedSpan]:
    """The tree with block quotations added around the spans inside them."""
    merged: list[MarkedSpan] = []
    at = 0
    for begin, end in _blocks(text):
        edge = _BLOCK_EDGE.match(text, begin, end)
        block = MarkedSpan(edge.end() if edge else begin, end, "block")
        trim(text, block)
        while at < len(roots) and roots[at].outer[1] <= block.start:
            merged.append(roots[at])
            at += 1
        first = at
        while at < len(roots) and roots[at].outer[0] < block.end:
            at += 1
        inside = roots[first:at]
        is_free = not merged or merged[-1].outer[1] <= block.start
        if is_free and _is_set_off(text, block, inside):
            block.children = inside
            merged.append(block)
        else:
            merged.extend(inside)
    return merged + roots[at:]


def _blocks(text: str) -> list[tuple[int, int]]:
    """The paragraphs that are set off as quotations: by “>”, or by an indent after a line that ends in a colon."""
    found = []
    if text.startswith(">") or "\n>" in text:
        found = [match.span() for match in _BLOCK_LINES.finditer(text)]
    if "\n    " in text or "\n\t" in text:
        found = sorted(found + list(_indented_blocks(text)))
    return found


def _indented_blocks(text: str) -> Iterator[tuple[int, int]]:
    last = -1
    for match in _INDENTED.finditer(text):
        begin = match.start()
        before = text[max(0, begin - _LONGEST_LOOK_BACK) : begin]
        gap = before[len(before.rstrip()) :]
        if gap.count("\n") < 2:
            continue
        follows_block = last == begin - len(gap)
        if follows_block or (before.rstrip().endswith(":") and not _is_indented(before.rstrip())):
            yield match.span()
            last = begin + len(match.group().rstrip())


def _is_indented(before: str) -> bool:
    return before.rpartition("\n")[2].startswith(("    ", "\t"))


def _is_set_off(text: str, block: MarkedSpan, inside: list[MarkedSpan]) -> bool:
    """True for a block that stands as a quotation by itself: not empty, no byline, not in marks of its own."""
    if block.start >= block.end or text[block.start] in "—–-":
        return False
    if not inside:
        return True
    first, last = inside[0].outer, inside[-1].outer
    within = block.start <= first[0] and last[1] <= block.end
    return within and not (first[0] == block.start and last[1] == block.end)
