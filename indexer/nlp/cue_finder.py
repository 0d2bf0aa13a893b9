"""The component that finds reporting words: fills `doc.spans["cues"]`, labelled say, call, noun or phrase."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from . import lexicon
from .annotations import CUES, register


@Language.factory("cue_finder", assigns=["doc.spans"])
def make_cue_finder(nlp: Language, name: str) -> CueFinder:
    """The factory that spaCy calls for `nlp.add_pipe("cue_finder")`."""
    register()
    return CueFinder()


class CueFinder:
    """Finds the words of the cue lexicon, each as a span of the tokens that make it up."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc."""
        doc.spans[CUES] = SpanGroup(doc, name=CUES, spans=list(_cues(doc)))
        return doc


def _cues(doc: Doc) -> Iterator[Span]:
    words = lexicon.load()
    lower = [token.lower_ for token in doc]
    first = {phrase[0]: phrase for phrase in words.phrases}
    for i, word in enumerate(lower):
        phrase = first.get(word)
        if phrase and tuple(lower[i : i + len(phrase)]) == phrase:
            yield Span(doc, i, i + len(phrase), label="phrase")
        elif word in words.cues:
            yield Span(doc, i, i + 1, label=words.cues[word])
