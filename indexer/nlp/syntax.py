"""The component that has a language model read a document: tags, lemmas, the parse, sentences, names.

It reads what lies near quotations: paragraphs with marks and those beside them are parsed, the others are only
searched for names, and a document without marks is not read at all. What was not parsed has no `token.dep_`:
ask `parsed(token)` before you look at a head.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Token

from . import model as models
from .annotations import register
from .model import ENCODERS, NAMERS, LanguageModel
from .pieces import Coverage, Piece, Plan, Settings, batches, plan

ATTRIBUTES: list[int | str] = ["TAG", "POS", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE"]
_TAG, _POS, _LEMMA, _DEP, _HEAD, _ENT_IOB, _ENT_TYPE = range(len(ATTRIBUTES))
_INSIDE, _OUTSIDE = 1, 2
_SPACE = {"tag": "_SP", "pos": "SPACE", "dep": "dep"}
"""What spaCy's own pipelines say of white space."""
Values = NDArray[np.int64]


@Language.factory(
    "syntax",
    assigns=["token.tag", "token.pos", "token.lemma", "token.dep", "token.head", "token.is_sent_start", "doc.ents"],
    requires=["doc._.marks"],
    default_config={
        "model": None,
        "before": 1,
        "after": 1,
        "names_elsewhere": True,
        "mask": None,
        "mask_words": 4,
        "longest": 400,
        "batch_words": 8_000,
    },
)
def make_syntax(
    nlp: Language,
    name: str,
    model: str | None,
    before: int,
    after: int,
    names_elsewhere: bool,
    mask: bool | None,
    mask_words: int,
    longest: int,
    batch_words: int,
) -> Syntax:
    """The factory that spaCy calls for `nlp.add_pipe("syntax")`, after "quotation_finder". Raises ModelError.

    `model` is the name or path of a language model, None for the default; the other settings: `pieces.Settings`.
    """
    register()
    settings = Settings(before, after, names_elsewhere, mask_words, longest, batch_words)
    return Syntax(models.load(model), settings, mask)


@dataclass(slots=True)
class Reading:
    """What the language model says of a doc: a row of `ATTRIBUTES` for each token, and what it was planned to read."""

    values: Values
    plan: Plan
    coverage: Coverage


class Syntax:
    """Has `model` read documents as `settings` say; does nothing where there is no model.

    `mask`: one word stands for the words of direct quotations while the text is parsed; None: as the model was
    trained. `coverage` counts over all documents. A doc that is parsed already is left as it is.
    """

    def __init__(
        self, model: LanguageModel | None = None, settings: Settings | None = None, mask: bool | None = None
    ) -> None:
        self.model = model
        self.settings = settings or Settings()
        self.mask = mask
        self.coverage = Coverage()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc."""
        if self.model is None or not doc._.marks or doc.has_annotation("DEP"):
            return doc
        self.set_annotations(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> Reading:
        """Read a doc; it stays as it is. Linear in its length, with memory for one batch and one row a token."""
        reader = _Reader(doc, self._loaded(), self._masks())
        made = plan(doc, self.settings, bool(reader.mask), reader.has_names)
        for batch in batches(made.parsed, self.settings.batch_words):
            reader.read(batch, [])
        for batch in batches(made.named, self.settings.batch_words):
            reader.read(batch, reader.not_for_names)
        reader.hang_masked(made.masked)
        reader.hang_spaces()
        return Reading(reader.values, made, _coverage(doc, made))

    def set_annotations(self, doc: Doc, reading: Reading) -> None:
        """Store a reading on the doc."""
        ours, theirs = doc.vocab.strings, self._loaded().nlp.vocab.strings
        if ours is not theirs:
            for value in np.unique(reading.values.view(np.uint64)[:, [_TAG, _LEMMA, _DEP, _ENT_TYPE]]).tolist():
                ours.add(theirs[value])
        doc.from_array(ATTRIBUTES, _as_taken(reading.values))
        starts = doc.to_array(["SENT_START"]).view(np.int64)
        starts[reading.plan.first_tokens] = 1
        doc.from_array(["SENT_START"], _as_taken(starts))
        doc._.syntax, doc._.masked = reading.coverage, reading.plan.masked
        self.coverage.add(reading.coverage)

    def _loaded(self) -> LanguageModel:
        if self.model is None:
            raise ValueError("the component syntax has no language model: give its factory one")
        return self.model

    def _masks(self) -> str:
        return "" if self.mask is False else self._loaded().mask


class _Reader:
    """Reads the pieces of one doc into one array."""

    def __init__(self, doc: Doc, model: LanguageModel, mask: str) -> None:
        self.doc, self.model, self.mask = doc, model, mask
        self.has_names = bool(model.components(NAMERS))
        self.not_for_names = _not_for_names(model)
        self.values: Values = np.zeros((len(doc), len(ATTRIBUTES)), dtype=np.int64)

    def read(self, pieces: list[Piece], disable: list[str]) -> None:
        """Run the pipeline, without some of its components, over some pieces at once."""
        docs = [piece.as_doc(self.doc, self.model.nlp.vocab, self.mask) for piece in pieces]
        for piece, found in zip(pieces, self.model.read(docs, disable), strict=True):
            tokens = np.array(piece.tokens)
            rows = found.to_array(ATTRIBUTES).view(np.int64)
            rows[:, _HEAD] = tokens[np.arange(len(tokens)) + rows[:, _HEAD]] - tokens
            self._keep_names(found, rows, piece.masks)
            self.values[tokens] = rows

    def _keep_names(self, found: Doc, rows: Values, masks: list[int]) -> None:
        """The names that hold no mask; the word after a name that is not kept is in none."""
        if not self.has_names:
            rows[:, [_ENT_IOB, _ENT_TYPE]] = 0
        for name in found.ents if masks else ():
            if any(name.start <= place < name.end for place in masks):
                rows[name.start : name.end, [_ENT_IOB, _ENT_TYPE]] = (_OUTSIDE, 0)

    def hang_masked(self, masked: list[tuple[int, int]]) -> None:
        """Masked words hang on the first of theirs in the paragraph, which has what was said of the mask.

        They have no relation, so spaCy shows them as heads of their own, but as part of the first one's subtree.
        """
        for start, end in masked:
            first = start
            for i in range(start, end):
                if self.values[i, _DEP]:
                    first = i
                else:
                    self.values[i, _HEAD] = first - i

    def hang_spaces(self) -> None:
        """White space hangs on the word before it, and is part of a name that goes on after it."""
        strings = self.model.nlp.vocab.strings
        tag, dep = (np.uint64(strings.add(_SPACE[key])).astype(np.int64) for key in ("tag", "dep"))
        for start, end in _runs_of_space(self.doc):
            before = start - 1
            if before < 0:
                continue
            word = before if self.values[before, _DEP] else before + self.values[before, _HEAD]
            if self.values[word, _DEP]:
                self.values[start:end, [_TAG, _POS, _DEP]] = (tag, strings[_SPACE["pos"]], dep)
                self.values[start:end, _HEAD] = word - np.arange(start, end)
            if self.values[before, _ENT_IOB]:
                goes_on = end < len(self.doc) and self.values[end, _ENT_IOB] == _INSIDE
                name = (_INSIDE, self.values[before, _ENT_TYPE]) if goes_on else (_OUTSIDE, 0)
                self.values[start:end, [_ENT_IOB, _ENT_TYPE]] = name


def parsed(token: Token) -> bool:
    """True for a token that a parser has read: only then do its head, its tag and its sentence say anything."""
    return token.dep != 0


def is_masked(token: Token) -> bool:
    """True for a word that the parser did not see because one word stood for all of its quotation.

    The first of them in each paragraph has what the parser said of that one word.
    """
    masked = token.doc._.masked
    at = bisect_right(masked, token.i, key=itemgetter(0)) - 1
    return at >= 0 and bool(token.i < masked[at][1])


def _runs_of_space(doc: Doc) -> Iterator[tuple[int, int]]:
    """The token ranges (start, end) of white space."""
    start = -1
    for token in doc:
        if token.is_space and start < 0:
            start = token.i
        elif start >= 0 and not token.is_space:
            yield start, token.i
            start = -1
    if start >= 0:
        yield start, len(doc)


def _not_for_names(model: LanguageModel) -> list[str]:
    """The components that finding names can do without."""
    namers = model.components(NAMERS)
    nodes = [node.name for name in namers for node in cast(TrainablePipe, model.nlp.get_pipe(name)).model.walk()]
    needed = {*namers, *(model.components(ENCODERS) if any("listener" in node for node in nodes) else ())}
    return [name for name in model.nlp.pipe_names if name not in needed]


def _as_taken(values: Values) -> Any:
    """The numbers as spaCy takes them (it declares arrays of its own type)."""
    return values.view(np.uint64)


def _coverage(doc: Doc, made: Plan) -> Coverage:
    parsed, named, skipped = (sum(len(p.tokens) for p in pieces) for pieces in (made.parsed, made.named, made.skipped))
    masked = sum(not doc[i].is_space for start, end in made.masked for i in range(start, end))
    return Coverage(*made.paragraphs, parsed, named, skipped, masked)
