"""The component that finds reporting words: fills `doc.spans["cues"]`, labelled say, call, noun or phrase."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from . import grammar, lexicon
from .annotations import CUES, register
from .lexicon import small_words


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
        elif not _is_name(doc, i, words):
            label = _label(lower, i, words, doc[i].tag_ in grammar.FINITE)
            if label:
                yield Span(doc, i, i + 1, label=label)


_NEVER_NOUNS = ("ed", "ing", "said", "told", "wrote", "says", "tells", "writes", "thought", "swore", "sang", "saw")


def _label(lower: list[str], i: int, words: lexicon.Lexicon, is_verb: bool) -> str:
    """The class of a reporting word, "" for none: “report” after “the” is a noun, and only some nouns report.

    `is_verb`: the language model has read a verb.
    """
    word = lower[i]
    verb = words.cues.get(word, "")
    if verb and (
        (is_verb and verb == "say")
        or word.endswith(_NEVER_NOUNS)
        or i == 0
        or lower[i - 1] not in small_words("before_noun")
    ):
        return verb
    return "noun" if word in words.cue_nouns else ""


def _is_name(doc: Doc, i: int, words: lexicon.Lexicon) -> bool:
    """True for a capitalised word that belongs to a name, not to a sentence: *Hope* Hicks, the Washington *Post*."""
    if not doc[i].text[0].isupper():
        return False
    inside = i > 0 and doc[i - 1].text[-1].isalnum()
    before_name = i + 1 < len(doc) and doc[i + 1].text[0].isupper() and doc[i].lower_ not in small_words("said")
    return inside or (before_name and doc[i].text in words.given_names)
