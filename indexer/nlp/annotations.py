"""What the components leave on a spaCy Doc, and where: the one place that registers the extensions.

`doc._.marks`         the tree of marked spans (`marks.MarkedSpan`), by quotation_finder
`doc.spans["quotations"]`, `doc.spans["cues"]`, `doc.spans["mentions"]`   spaCy spans, widened to whole tokens
`doc.spans["names"]`  every name, also those that are part of a longer mention (“the *Clinton* campaign”)
`doc._.attributions`  the attributions (`indexer.domain.Attribution`), exact to the character, by attributor
`doc._.syntax`        how much was parsed (`pieces.Coverage`), by syntax; None where nothing was
`doc._.masked`        the token ranges that one word stood for while the doc was parsed, by syntax
`doc._.metadata`      the `indexer.domain.Document` the text came from, where there is one

All of it is kept in `doc.user_data` as lists of plain values, and made anew at each look: so `Doc.to_bytes`, `DocBin`
and the processes of `nlp.pipe(texts, n_process=2)` can pass it on. What is got is a copy: to change it, set it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import partial
from typing import Any

from spacy.tokens import Doc

from indexer.domain import Attribution, Document, Mention, Passage, Quotation

from .marks import MarkedSpan
from .pieces import Coverage

QUOTATIONS, CUES, MENTIONS, NAMES = "quotations", "cues", "mentions", "names"
GROUPS = (QUOTATIONS, CUES, MENTIONS, NAMES)

Plain = Sequence[Any]


def register() -> None:
    """Register the extensions, once."""
    if not Doc.has_extension("attributions"):
        Doc.set_extension("masked", default=())  # plain already
        for name, (read, default) in _EXTENSIONS.items():
            Doc.set_extension(name, getter=partial(_get, name, read, default), setter=partial(_set, name))


def _get(name: str, read: Callable[[Plain], Any], default: Any, doc: Doc) -> Any:
    plain = _kept(doc).get(_key(name))
    return default if plain is None else read(plain)


def _set(name: str, doc: Doc, value: Any) -> None:
    _kept(doc)[_key(name)] = _plain(value)


def _kept(doc: Doc) -> dict[Any, Any]:
    return doc.user_data


def _key(name: str) -> tuple[str, str, None, None]:
    """Where spaCy itself keeps the value of an extension."""
    return ("._.", name, None, None)


def _plain(value: Any) -> Any:
    """Dataclasses as lists of the values of their fields, in order; what is plain already as it is."""
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def _attributions(plain: Plain) -> tuple[Attribution, ...]:
    return tuple(_attribution(*item) for item in plain)


def _attribution(quotation: Plain, cue: Plain | None, mention: Plain | None, *others: Any) -> Attribution:
    start, end, text, kind, utterance, nested_in = quotation
    return Attribution(
        Quotation(start, end, text, kind, utterance, _pair(nested_in)),
        None if cue is None else Passage(*cue),
        None if mention is None else Mention(*mention),
        *others,
    )


def _marks(plain: Plain) -> list[MarkedSpan]:
    return [_mark(*item) for item in plain]


def _mark(
    start: int,
    end: int,
    style: Any,
    opening: Plain | None,
    closing: Plain | None,
    runs_on: bool,
    continues: bool,
    children: Plain,
) -> MarkedSpan:
    return MarkedSpan(start, end, style, _pair(opening), _pair(closing), runs_on, continues, _marks(children))


def _pair(plain: Plain | None) -> tuple[int, int] | None:
    return None if plain is None else (plain[0], plain[1])


def _document(plain: Plain) -> Document:
    return Document(*plain)


def _coverage(plain: Plain) -> Coverage:
    return Coverage(*plain)


_EXTENSIONS: dict[str, tuple[Callable[[Plain], Any], Any]] = {
    "attributions": (_attributions, ()),
    "marks": (_marks, None),
    "metadata": (_document, None),
    "syntax": (_coverage, None),
}
"""For each extension what is made of its plain values, and what it is before it is set."""
