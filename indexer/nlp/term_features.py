"""What a reader would look at to tell a term from a quotation: the marked words, and the words right beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log2

from spacy.tokens import Span, Token

from . import clauses, grammar
from .found import Found
from .lexicon import small_words
from .mention_finder import NAME, PRONOUN
from .narrative import Item, Narrative, Place

_MANY_WORDS = 9
"""From so many words on the number of words tells no more."""
_LOOKED_BACK = 20_000
"""So many characters back the same words are looked for."""
_PERSONAL = frozenset({"i", "we", "you", "my", "our", "your", "me", "us", "he", "she", "they"})


def first_marked(narrative: Narrative) -> dict[str, int]:
    """The number of the first span with the same words, by these words."""
    first: dict[str, int] = {}
    for place in narrative.places:
        first.setdefault(_bare(narrative, place), place.index)
    return first


def of(narrative: Narrative, place: Place, first: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    """The features of a marked span; `first`: see `first_marked`."""
    text = narrative.text[place.start : place.end]
    words = text.split()
    yield "bias", 1.0
    yield f"{min(len(words), _MANY_WORDS)} words", 1.0
    yield "length", min(8.0, log2(1 + len(words)))
    yield "all capitals", all(word[:1].isupper() for word in words)
    yield "first capital", text[:1].isupper()
    yield f"ends {text[-1] if text[-1] in ',.?!—' else 'bare'}", 1.0
    yield f"marks {place.mark.style}", 1.0
    yield "nested", place.parent is not None
    yield "only item", len(place.row) == 1
    bare = _bare(narrative, place)
    yield "marked before", first[bare] < place.index
    yield "printed before", bare in narrative.text[max(0, place.start - _LOOKED_BACK) : place.start].lower()
    yield from _beside(narrative, place)
    yield from _inside(narrative, place)
    yield from _in_the_parse(narrative, place)


def of_found(found: Found | None) -> Iterator[tuple[str, float]]:
    """The features of what the rules found in the sentence of a span."""
    if found is not None:
        yield "found", 1.0
        yield f"found {found.rule}", 1.0
        yield f"found cue {found.cue.label_ if found.cue is not None else 'no'}", 1.0
        yield f"spoken by {_kind(found.mention)}", 1.0
        if found.cue is not None:
            yield f"cue {found.cue[0].lower_}", 1.0
            yield f"cue {found.cue[0].tag_} of {_kind(found.mention)}", 1.0


def _kind(mention: Span) -> str:
    """A pronoun as it is; a name; a nominal by its first word and its number."""
    if mention.label_ == PRONOUN:
        return mention.text.lower()
    if mention.label_ == NAME:
        return "a name"
    first = mention[0].lower_
    determined = first if first in small_words("determiner") else "bare"
    return f"{determined} {'plural' if mention[-1].tag_ == 'NNS' else 'singular'}"


def _bare(narrative: Narrative, place: Place) -> str:
    return narrative.text[place.start : place.end].lower().strip(" .,")


def _beside(narrative: Narrative, place: Place) -> Iterator[tuple[str, float]]:
    """The words right before and after, and how many reporting words the sentence has."""
    before, after = narrative.before(place), narrative.after(place)
    one, two = _words(before[-1:]), _words(before[-2:-1])
    yield f"after {one}", 1.0
    yield f"after {two} {one}", 1.0
    yield f"before {_words(after[:1])}", 1.0
    left, right = _tag(narrative, before[-1:]), _tag(narrative, after[:1])
    yield f"tag before {left}", 1.0
    yield f"tag after {right}", 1.0
    yield f"between tags {left} {right}", 1.0
    yield "cues in its sentence", min(3, sum(item.token in narrative.cues for item in [*before, *after]))
    row, at = place.row, place.position
    yield "quotation before", at > 0 and row[at - 1].place is not None
    yield "quotation after", at + 1 < len(row) and row[at + 1].place is not None


def _inside(narrative: Narrative, place: Place) -> Iterator[tuple[str, float]]:
    """The marked words."""
    tokens = [narrative.doc[item.token] for item in narrative.inner_row(place) if item.token >= 0]
    if not tokens:
        return
    yield f"first tag {tokens[0].tag_}", 1.0
    yield f"last tag {tokens[-1].tag_}", 1.0
    yield f"first word {tokens[0].lower_}", 1.0
    yield "somebody inside", any(token.lower_ in _PERSONAL for token in tokens)
    yield "verb inside", any(_is_verb(token) for token in tokens)


def _in_the_parse(narrative: Narrative, place: Place) -> Iterator[tuple[str, float]]:
    """What the words are to the word outside that they hang on."""
    root = clauses.root_of(narrative, place)
    if root is not None:
        yield f"is {grammar.relation(root) or 'other'}", 1.0
        yield f"of a {root.head.tag_}", 1.0
        yield "of a cue", root.head.i in narrative.cues


def _is_verb(token: Token) -> bool:
    return token.tag_[:2] == "VB" or token.tag_ == "MD"


def _words(items: list[Item]) -> str:
    return " ".join("“”" if item.place is not None else item.lower for item in items) or "nothing"


def _tag(narrative: Narrative, items: list[Item]) -> str:
    return next((narrative.doc[item.token].tag_ for item in items if item.token >= 0), "“”" if items else "nothing")
