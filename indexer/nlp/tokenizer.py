"""A tokenizer whose time is linear in the text, whatever the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.tokens import Doc
from spacy.vocab import Vocab

_LONG_RUN = re.compile(r"(?<!\S)\S{60,}")
"""Characters; no English word is as long, and spaCy takes no time to speak of for shorter runs."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_PIECES = re.compile(r"\w+(?:[.'’-]\w+)*|''|[^\w\s]")


class LinearTokenizer:
    """Hands ordinary text to spaCy's tokenizer, and splits long runs without white space by itself.

    spaCy strips marks off a run one by one and copies the rest each time: twenty thousand quotation marks
    in a row take it forty seconds.
    """

    def __init__(self, base: Callable[[str], Doc], vocab: Vocab) -> None:
        self.base = base
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A Doc of the text; `doc.text == text`. A lone surrogate raises UnicodeEncodeError, as in spaCy."""
        if _LONG_RUN.search(text) is None:
            return self.base(text)
        tokens = list(self._tokens(text))
        return Doc(self.vocab, words=[word for word, _ in tokens], spaces=[spaced for _, spaced in tokens])

    def _tokens(self, text: str) -> Iterator[tuple[str, bool]]:
        """Every token with whether a space follows it."""
        at = 0
        for run in _LONG_RUN.finditer(text):
            yield from ((token.text, bool(token.whitespace_)) for token in self.base(text[at : run.start()]))
            at = run.end()
            spaced = text.startswith(" ", at)
            pieces = [run.group()] if _ADDRESS.fullmatch(run.group()) else _PIECES.findall(run.group())
            yield from ((piece, False) for piece in pieces[:-1])
            yield pieces[-1], spaced
            at += spaced
        yield from ((token.text, bool(token.whitespace_)) for token in self.base(text[at:]))
