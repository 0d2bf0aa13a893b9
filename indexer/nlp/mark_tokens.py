"""Scanning a text for quotation marks.

Pure functions over a string. `scan` gives every character sequence that may be a quotation mark, with
the kind of character on either side of it, and every break between lines and paragraphs. Nothing is
paired here: that is `mark_pairing`; what a document means by its marks is read by `mark_habits`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

DOUBLE, SINGLE, GUILLEMET, ANGLE, SOFT_BREAK, HARD_BREAK = range(6)
"""The families of marks, and the two kinds of break. Marks of one family can close each other."""

EITHER, LEFT, RIGHT, LOW, APOSTROPHE = range(5)
"""The shapes: undirected (" '), opening (“ ‘ ``), closing (”), low-9 („ ‚), and ’, which is also an apostrophe."""

SPACE, OPENER, DASH, STOP, WORD, DOTS = range(6)
"""What may stand beside a mark: space or an edge, an opening bracket, a dash, punctuation, a word, an ellipsis."""


NONE, MAYBE, LIKELY = range(3)
"""How well a single mark may be an apostrophe."""


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """All that matters of a mark but where it is. Equal ones are the same object within one scan."""

    family: int
    shape: int
    left: int
    right: int
    is_measure: bool
    """A digit stands before it: it may mean inches."""
    elision: int
    """How well it may stand for left-out letters: NONE, MAYBE (goin', a 'gator) or LIKELY ('90s, 'em, workers')."""

    @property
    def opens_by_place(self) -> bool:
        """Its neighbours are those of an opening mark: nothing before it, words after it."""
        return self.left <= DASH and self.right >= WORD

    @property
    def closes_by_place(self) -> bool:
        """Its neighbours are those of a closing mark: words before it, none after it."""
        return self.left >= STOP and self.right <= STOP


class Token(NamedTuple):
    """A possible mark or a break: its offsets in code points, and its sense."""

    start: int
    end: int
    sense: Sense


_MARKS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(('"', "＂", "″", "''", "´´"), (DOUBLE, EITHER)),
    **dict.fromkeys(("“", "‟", "❝", "\x93", "``", "‘‘"), (DOUBLE, LEFT)),
    **dict.fromkeys(("”", "❞", "\x94", "’’"), (DOUBLE, RIGHT)),
    **dict.fromkeys(("„", "\x84"), (DOUBLE, LOW)),
    **dict.fromkeys(("'", "＇", "´"), (SINGLE, EITHER)),
    **dict.fromkeys(("‘", "‛", "\x91", "`"), (SINGLE, LEFT)),
    **dict.fromkeys(("’", "\x92"), (SINGLE, APOSTROPHE)),
    **dict.fromkeys(("‚", "\x82"), (SINGLE, LOW)),
    "«": (GUILLEMET, LEFT),
    "»": (GUILLEMET, RIGHT),
    "‹": (ANGLE, LEFT),
    "›": (ANGLE, RIGHT),
}
"""Every mark. U+0082 to U+0094 are those of Windows-1252 that were decoded as Latin-1."""

_MARK_CHARS = "".join(mark for mark in _MARKS if len(mark) == 1)
_SINGLE_CHARS = frozenset(mark for mark, (family, _) in _MARKS.items() if family == SINGLE)
_DOUBLE_CHARS = frozenset(mark for mark, (family, _) in _MARKS.items() if family == DOUBLE and len(mark) == 1)
_BREAKS = "\n\r\u2028\u2029\f\v"
_RUNS = re.compile(
    f"[{_BREAKS}{_MARK_CHARS}](?:(?<=[{_BREAKS}])((?:[ \t\u00a0>]*+[{_BREAKS}])*+))?[{_MARK_CHARS}]*+",
)
"""Marks; or a break with the blank lines after it (those of a block, “>”, too) and the marks that follow."""
_LONGEST_RUN = 6
"""More marks than this in a row are an ornament."""
_MARKS_OF_RUN = re.compile(r"''|``|‘‘|’’|´´|.")
_FEET = re.compile(r"\d['’′]\s?\d{1,2}\Z")
_ELISION = re.compile(
    r"['’‘](?:\d0s?\b|\d\ds?\b|n\b|(?:em|im|er|e|tis|twas|twere|twill|twould|til|till|cause|cos|coz|cuz|bout|round|"
    r"neath|gainst|tween|cross|fraid|nother|appen|ad|alf|ave|ere|ow|ome|ouse|ell|ole?|nuff|kay|sup|burbs|hood)"
    r"\b(?!['’](?:\W|\Z)))",
    re.I,
)
"""Years and words that have lost their start; but a whole word between two marks is quoted, save for 'n'."""
_CHAR_CLASSES: dict[str, int] = {
    **dict.fromkeys(" \t\u00a0\u2009\u202f\u200b\ufeff" + _BREAKS, SPACE),
    **dict.fromkeys("([{<¡¿", OPENER),
    **dict.fromkeys("-–—―‐‑/|*_=>~•·", DASH),
    **dict.fromkeys(".,;:!?)]}%", STOP),
    "…": DOTS,
    "\x85": DOTS,
}


def class_of(char: str) -> int:
    """What a character is beside a mark: SPACE to DOTS."""
    found = _CHAR_CLASSES.get(char)
    if found is None:
        found = SPACE if char.isspace() else WORD
    return found


def is_elided(text: str, at: int) -> bool:
    """True when the mark at an offset stands before a word that is known to have lost its start: '90s, 'em, 'tis."""
    return _ELISION.match(text, at) is not None


def scan(text: str, pairs: bool = True) -> list[Token]:
    """Every possible mark and every break of `text`, in order; linear in its length.

    An apostrophe between two letters is none, nor are feet and inches (6'3"), ditto marks, nor a long run
    of marks. `pairs`: two single marks in a row are one doubled mark.
    """
    return _Scanner(text, pairs).run()


class _Scanner:
    """One pass over a text."""

    def __init__(self, text: str, pairs: bool) -> None:
        self.text = text
        self.pairs = pairs
        self.tokens: list[Token] = []
        self.senses: dict[tuple[int, int, int, int, bool, int], Sense] = {}
        self.soft = Sense(SOFT_BREAK, 0, 0, 0, False, NONE)
        self.hard = Sense(HARD_BREAK, 0, 0, 0, False, NONE)
        self.look = Sense(SINGLE, 0, 0, 0, False, NONE)
        """Stands for: the characters beside a mark do not settle what it is."""
        self.breaks = {"\n": self.soft, "\r\n": self.soft, "\n\n": self.hard}
        self.around: dict[str, Sense | None] = {}
        """What a lone mark is, by itself and the characters next to it; None where it is no mark."""

    def run(self) -> list[Token]:
        for match in _RUNS.finditer(self.text):
            start, end = match.span()
            marks = match.end(1)
            if marks >= 0:
                breaks = self.text[start:marks]
                self.tokens.append(Token(start, marks, self.breaks.get(breaks) or self._break(breaks)))
                start = marks
            if start + 1 == end:
                self._add_lone(start, end)
            elif start < end <= start + _LONGEST_RUN:
                self._add_marks(start, end)
        return self.tokens

    def _add_lone(self, start: int, end: int) -> None:
        """A mark with no other beside it: looked up where it has stood between the same characters before."""
        around = self.text[start - 1 : end + 1]
        if len(around) < 3 or ".." in self.text[start - 2 : end + 2]:
            self._add_marks(start, end)
            return
        sense = self.around.get(around, self.soft)
        if sense is self.soft:
            sense = self.around[around] = self._learn(*around)
        if sense is self.look:
            self._add_marks(start, end)
        elif sense is not None:
            self.tokens.append(Token(start, end, sense))

    def _learn(self, before: str, mark: str, after: str) -> Sense | None:
        if _is_apostrophe(mark, before, after):
            return None
        left, right = class_of(before), class_of(after)
        family, shape = _MARKS[mark]
        open_question = (left != WORD or before in "sSnN") if family == SINGLE else left == right == SPACE
        if open_question or before.isdigit():
            return self.look
        return self._sense(family, shape, left, right, False, NONE)

    def _sense(self, *key: Any) -> Sense:
        found = self.senses.get(key)
        if found is None:
            found = self.senses[key] = Sense(*key)
        return found

    def _break(self, breaks: str) -> Sense:
        """One line's end is a soft break; a blank line or the end of a paragraph or a page a hard one."""
        ends = len(breaks) - breaks.count("\r\n") - sum(map(breaks.count, " \t\u00a0>"))
        return self.hard if ends > 1 or breaks in "\u2029\f" else self.soft

    def _add_marks(self, start: int, end: int) -> None:
        """The marks of a run. They see past each other: in “‘So,’ he said…” both openers have a word to their right."""
        text = self.text
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if self._is_none(start, end, before, after):
            return
        left, right = class_of(before), class_of(after)
        if before == "." and text.endswith("...", 0, start):
            left = DOTS
        if after == "." and text.startswith("...", end):
            right = DOTS
        at, measure = start, before.isdigit()
        for characters in self._split(text[start:end], right):
            family, shape = _MARKS[characters]
            elision = self._elision(at, start, left, right) if family == SINGLE else NONE
            self.tokens.append(
                Token(at, at + len(characters), self._sense(family, shape, left, right, measure, elision))
            )
            at += len(characters)

    def _elision(self, at: int, start: int, left: int, right: int) -> int:
        """How well a single mark may be an apostrophe, at the start of a word or at its end."""
        if left != WORD:
            return LIKELY if is_elided(self.text, at) else self._elision_of_unknown_word(start)
        last, one_before = self.text[start - 1], self.text[start - 2 : start - 1]
        if right not in (SPACE, STOP) or at > start:
            return NONE
        if one_before in _SINGLE_CHARS:
            return LIKELY if last in "nN" else NONE
        if last in "nN":
            return MAYBE if one_before in ("i", "I") else NONE
        return LIKELY if last in "sS" else NONE

    def _elision_of_unknown_word(self, start: int) -> int:
        """A straight mark before a small letter in mid-sentence may be that of a word we do not know: a 'gator."""
        text = self.text
        in_sentence = text[start - 1 : start] == " " and text[start - 2 : start - 1].isalnum()
        return MAYBE if in_sentence and text[start] == "'" and text[start + 1 : start + 2].islower() else NONE

    def _is_none(self, start: int, end: int, before: str, after: str) -> bool:
        """True for marks that quote nothing: an apostrophe, inches after feet, a ditto mark."""
        text = self.text
        if end == start + 1:
            if _is_apostrophe(text[start], before, after):
                return True
            if text[start] in _DOUBLE_CHARS and self._is_ditto(start, end):
                return True
        return before.isdigit() and _FEET.search(text, max(0, start - 5), start) is not None

    def _is_ditto(self, start: int, end: int) -> bool:
        """True for a mark in a column of its own: white space or a line's start before it, a gap after it."""
        before = self.text[max(0, start - 2) : start]
        return self.text.startswith(("  ", "\t"), end) and (not before or before.isspace() or before[-1] in _BREAKS)

    def _split(self, run: str, right: int) -> list[str]:
        """The marks of a run: two single marks of a kind make one doubled mark, at the outer side of three."""
        if not self.pairs or len(run) == 1:
            return list(run)
        if run in _THREE_SINGLES and right != WORD:
            return [run[0], run[1:]]
        return _MARKS_OF_RUN.findall(run)


_THREE_SINGLES = ("'''", "’’’", "´´´", "```", "‘‘‘")


def _is_apostrophe(mark: str, before: str, after: str) -> bool:
    """True for a lone single mark inside a word, or with white space on both sides."""
    if mark not in _SINGLE_CHARS:
        return False
    return (before.isalnum() and after.isalnum()) or (before.isspace() and after.isspace())
