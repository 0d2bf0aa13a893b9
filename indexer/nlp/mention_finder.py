"""The component that finds the words that may refer to a speaker: fills `doc.spans["mentions"]`.

Labels: NAME (capitalised names with the titles before them), PRONOUN, NOMINAL (“a senior aide”,
“the campaign”, “Others”). Rules and word lists only; overlaps are resolved towards names.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from . import lexicon
from .annotations import MENTIONS, NAMES, register
from .paragraphs import headlines

NAME, PRONOUN, NOMINAL = "NAME", "PRONOUN", "NOMINAL"
PRONOUNS = frozenset(
    "he she they it i we him them his her hers their its my our himself herself themselves who one you".split()
)
_PARTICLES = frozenset("de la le du da dos del della der den di van von bin ibn al el ten ter y of the".split())
_INNER_PARTICLES = frozenset("of the and for &".split())
_DETERMINERS = frozenset(
    "the a an this that these those one another some many several two three four five six both other his her their its "
    "my our few most no each every".split()
)
_STOPS = frozenset(".,;:!?()[]{}\"“”‘’«»„—–-―…/|'".split()) | {
    ",", ".", "--", "''", "``", "\n", "(", ")", '"', "said", "and", "or", "but", "to", "who", "that", "which", "is",
    "was", "were", "are", "in", "on", "at", "with", "by", "from", "than", "as",
}  # fmt: skip
_MAX_MODIFIERS = 5


@Language.factory("mention_finder", assigns=["doc.spans"])
def make_mention_finder(nlp: Language, name: str) -> MentionFinder:
    """The factory that spaCy calls for `nlp.add_pipe("mention_finder")`."""
    register()
    return MentionFinder()


class MentionFinder:
    """Finds names, pronouns and nominals, in the order of the text, without overlaps."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc."""
        names = _outside_headlines(doc, list(_names(doc)))
        doc.spans[NAMES] = SpanGroup(doc, name=NAMES, spans=names)
        names = _without_modifiers(doc, names)
        taken = {i for span in names for i in range(span.start, span.end)}
        nominals = [span for span in _nominals(doc, names) if not taken.intersection(range(span.start, span.end))]
        absorbed = [span for span in _nominals(doc, names) if taken.intersection(range(span.start, span.end))]
        inside = {i for span in absorbed for i in range(span.start, span.end)}
        names = [span for span in names if not inside.issuperset(range(span.start, span.end))]
        covered = {i for span in (*names, *nominals, *absorbed) for i in range(span.start, span.end)}
        pronouns = [
            Span(doc, token.i, token.i + 1, label=PRONOUN)
            for token in doc
            if token.i not in covered
            and token.lower_ in PRONOUNS
            and not (token.text == "I" and _is_numeral(doc, token.i))
        ]
        spans = sorted([*names, *nominals, *absorbed, *pronouns], key=lambda span: span.start)
        doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=spans)
        return doc


def _outside_headlines(doc: Doc, names: list[Span]) -> list[Span]:
    """Leave out what stands in headlines, where every word has a capital."""
    lines = headlines(doc.text)
    return [span for span in names if not any(start <= span.start_char < end for start, end in lines)]


def _without_modifiers(doc: Doc, names: list[Span]) -> list[Span]:
    """Leave out a name that only describes the next one: *Fox News* host Sean Hannity."""
    words = lexicon.load()
    kept = []
    for span, following in zip(names, [*names[1:], None], strict=True):
        between = [] if following is None else [token.lower_ for token in doc[span.end : following.start]]
        nominal = between and between[-1] in words.nominals and words.nominals[between[-1]].type == "person"
        if not (nominal and len(between) <= 4 and all(word.isalpha() and word not in _STOPS for word in between)):
            kept.append(span)
    return kept


def _is_numeral(doc: Doc, i: int) -> bool:
    """True for the I of “World War I” and “Elizabeth I”."""
    return i > 0 and doc[i - 1].is_title and not doc[i - 1].is_punct and bool(doc[i - 1].whitespace_) and i > 1


def _is_capital(word: str) -> bool:
    return word[0].isupper() and (len(word) > 1 or word == "O") and any(char.isalpha() for char in word)


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[0].isupper() and word[1] == "."


def _names(doc: Doc) -> Iterator[Span]:
    words = lexicon.load()
    texts = [token.text for token in doc]
    spaced = [bool(token.whitespace_) for token in doc]
    proper = _proper_words(texts, words)
    i, end = 0, len(texts)
    while i < end:
        if not _may_start(texts, i, words, proper):
            i += 1
            continue
        j = i + 1
        while j < end:
            if _is_capital(texts[j]) or _is_initial(texts[j]):
                j += 1
            elif texts[j] == "-" and j + 1 < end and _is_capital(texts[j + 1]) and not spaced[j - 1] and not spaced[j]:
                j += 2
            elif texts[j].lower() in _PARTICLES and _continues(texts, j, words):
                j += 1
            elif texts[j] == "&" and j + 1 < end and _is_capital(texts[j + 1]):
                j += 2
            else:
                break
        start, stop = _trimmed(texts, i, j, words)
        if start < stop:
            yield Span(doc, start, stop, label=NAME)
        i = j


def _continues(texts: list[str], j: int, words: lexicon.Lexicon) -> bool:
    """True when a small word belongs inside a name: Ministry *of* Defence, Ursula *von der* Leyen."""
    k = j
    while k < len(texts) and k < j + 2 and texts[k].lower() in _PARTICLES:
        k += 1
    if k >= len(texts) or not _is_capital(texts[k]):
        return False
    if texts[j].lower() in _INNER_PARTICLES:
        head = texts[j - 1]
        return texts[j].lower() != "the" and (head.lower() in words.nominals or head in _OF_HEADS)
    return texts[k] not in words.not_names


_OF_HEADS = frozenset(
    "Bank Board Bureau Center Centre Chamber College Commission Committee Council Court Daughters Department Federation "
    "Friends House Institute Institutes League Ministry Museum Office Republic School Secretary Society Sons State Union "
    "University Sisters Church Army Museum Association Academy Voice Speaker Minister Coalition Alliance Duke".split()
)


def _proper_words(texts: list[str], words: lexicon.Lexicon) -> set[str]:
    """Words this text writes with a capital where no sentence starts, and never small: names wherever they stand."""
    proper = {
        word
        for before, word in pairwise(texts)
        if word[0].isupper() and before[-1].isalnum() and word not in words.not_names
    }
    return proper - {word.capitalize() for word in texts if word.islower()}


def _may_start(texts: list[str], i: int, words: lexicon.Lexicon, proper: set[str]) -> bool:
    word = texts[i]
    if not (_is_capital(word) or (_is_initial(word) and i + 1 < len(texts) and _is_capital(texts[i + 1]))):
        return False
    if word in words.titles or word in words.given_names:
        follows = i + 1 < len(texts) and _is_capital(texts[i + 1])
        return follows or word.lower() not in words.common or word in proper
    starts = i == 0 or not texts[i - 1][-1].isalnum()
    if starts and (word.lower() in words.common or word.lower() in PRONOUNS or word.lower() in words.cues):
        return word in proper and word.lower() not in _DETERMINERS and word.lower() not in PRONOUNS
    return True


def _trimmed(texts: list[str], i: int, j: int, words: lexicon.Lexicon) -> tuple[int, int]:
    """Drop words that are no part of a name from either end: days, demonyms, nouns alone."""
    while i < j and (texts[i] in words.not_names or (texts[i].lower() in words.common and texts[i] not in words.titles
                     and j - i == 1 and texts[i] not in words.given_names and texts[i].lower() in PRONOUNS)):  # fmt: skip
        i += 1
    while j > i and (texts[j - 1] in words.not_names or texts[j - 1] in "-&"):
        j -= 1
    if i < j and all(text in words.titles for text in texts[i:j]) and j - i == 1 and texts[i].endswith("."):
        return i, i
    return i, j


def _nominals(doc: Doc, names: list[Span]) -> Iterator[Span]:
    """Noun phrases around the nouns of the lexicon: a determiner, up to five modifiers, the noun."""
    words = lexicon.load()
    texts = [token.text for token in doc]
    lower = [text.lower() for text in texts]
    ends_name = {span.end: span.start for span in names}
    owners = {
        span.end: span.start for span in names if span.end < len(doc) and lower[span.end] in ("'s", "’s", "'", "’")
    }
    for i, word in enumerate(lower):
        entry = words.nominals.get(word)
        if entry is None or (texts[i][0].isupper() and texts[i - 1 : i] and texts[i - 1][0].isupper()):
            continue
        if i + 1 < len(lower) and lower[i + 1] in words.nominals and not entry.plural:
            continue
        start = _phrase_start(lower, texts, i, owners)
        if start is None and entry.plural:
            start = i
        if start is None and i in ends_name and entry.type == "organization":
            start = ends_name[i]
        if start is not None and i + 1 < len(texts) and _is_capital(texts[i + 1]) and entry.type == "person":
            continue
        if start is not None:
            yield Span(doc, start, i + 1, label=NOMINAL)


def _phrase_start(lower: list[str], texts: list[str], head: int, owners: dict[int, int]) -> int | None:
    """Where the noun phrase of a head noun starts: at its determiner or owner, or None where it has none."""
    for k in range(head - 1, max(-1, head - 2 - _MAX_MODIFIERS), -1):
        if k in owners:
            return owners[k]
        if lower[k] in _DETERMINERS:
            return k
        if (
            lower[k] in _STOPS
            or lower[k] in PRONOUNS
            or not (texts[k][-1].isalnum() or texts[k] in ("-", "'s", "’s", "."))
        ):
            return None
    return None
