"""The component that finds the words that may refer to a speaker: fills `doc.spans["mentions"]`.

Labels: NAME (capitalised names with the titles before them), PRONOUN, NOMINAL (“a senior aide”,
“the campaign”, “Others”). Rules and word lists only. `doc.spans["names"]` keeps every name, also those
that are part of a longer mention.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from . import grammar, labels, lexicon
from .annotations import MENTIONS, NAMES, register
from .lexicon import small_words
from .paragraphs import headlines

NAME, PRONOUN, NOMINAL = "NAME", "PRONOUN", "NOMINAL"
_MAX_MODIFIERS = 5
"""Words between the determiner and the noun of a nominal, at most."""


@Language.factory("mention_finder", assigns=["doc.spans"])
def make_mention_finder(nlp: Language, name: str) -> MentionFinder:
    """The factory that spaCy calls for `nlp.add_pipe("mention_finder")`."""
    register()
    return MentionFinder()


class MentionFinder:
    """Finds names, pronouns and nominals, in the order of the text, without overlaps."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc."""
        texts = [token.text for token in doc]
        names = _outside_headlines(doc, [Span(doc, start, end, label=NAME) for start, end in _names(doc, texts)])
        nominals = [Span(doc, start, end, label=NOMINAL) for start, end in _nominals(doc, texts, names)]
        within = _tokens(nominals)
        free = [span for span in _without_modifiers(doc, names) if not within.issuperset(range(span.start, span.end))]
        pronouns = _pronouns(doc, texts, within | _tokens(names))
        mentions = sorted([*free, *_longest(nominals, free), *pronouns], key=lambda span: span.start)
        doc.spans[NAMES] = SpanGroup(doc, name=NAMES, spans=names)
        doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=mentions)
        return doc


def _tokens(spans: list[Span]) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end)}


def _longest(nominals: list[Span], names: list[Span]) -> list[Span]:
    """The nominals that overlap no name and no nominal before them."""
    taken = _tokens(names)
    kept = []
    for span in nominals:
        if taken.isdisjoint(range(span.start, span.end)):
            kept.append(span)
            taken.update(range(span.start, span.end))
    return kept


# --- pronouns ----------------------------------------------------------------------------------------


def _pronouns(doc: Doc, texts: list[str], taken: set[int]) -> list[Span]:
    person = small_words("person")
    return [
        Span(doc, i, i + 1, label=PRONOUN)
        for i, text in enumerate(texts)
        if i not in taken and text.lower() in person and not (text == "I" and _is_numeral(texts, i))
    ]


def _is_numeral(texts: list[str], i: int) -> bool:
    """True for the I of “World War I” and “Elizabeth I”."""
    return i > 1 and texts[i - 1].istitle() and texts[i - 1].isalpha() and texts[i - 2].isalpha()


# --- names -------------------------------------------------------------------------------------------


def _is_capital(word: str) -> bool:
    if word[0] == "@":
        return len(word) > 1
    return word[0].isupper() and (len(word) > 1 or word == "O") and any(char.isalpha() for char in word)


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[0].isupper() and word[1] == "."


def _names(doc: Doc, texts: list[str]) -> Iterator[tuple[int, int]]:
    """The token offsets of every name, titles included."""
    words = lexicon.load()
    proper = _proper_words(texts, words)
    i = 0
    while i < len(texts):
        if not _may_start(texts, i, words, proper):
            i += 1
            continue
        j = i + 1
        while j < len(texts) and (step := _step(doc, texts, j, words)):
            j += step
        start, end = _trimmed(doc, texts, i, j, words)
        if start < end:
            yield start, end
        i = j


def _step(doc: Doc, texts: list[str], j: int, words: lexicon.Lexicon) -> int:
    """By how many tokens a name goes on at token `j`; 0 where it ends."""
    if _is_capital(texts[j]) or _is_initial(texts[j]):
        return 1
    follows = j + 1 < len(texts) and _is_capital(texts[j + 1])
    if _is_article_of_name(texts, j):
        return 3
    if texts[j : j + 2] == ["at", "Large"]:
        return 2
    joined = texts[j] == "-" and not doc[j - 1].whitespace_ and not doc[j].whitespace_
    if joined and j + 1 < len(texts) and texts[j + 1].isalpha() and (follows or texts[j - 1][0].isupper()):
        return 2
    if texts[j] == "&" and follows:
        return 2
    if texts[j] in ("and", "for", "on") and (_is_in_an_office(texts, j, words) or _is_in_a_body(texts, j, words)):
        return 1
    if texts[j] in small_words("possessive_mark"):
        return int(follows and texts[j - 1] in small_words("owner_in_name"))
    if texts[j] == "of" and _kind(doc[j - 1]) == "PERSON" != _kind(doc[j]):
        return 0
    return int(texts[j] in small_words("small_in_name") and _continues(texts, j, words))


def _is_in_an_office(texts: list[str], j: int, words: lexicon.Lexicon) -> bool:
    """True for the small word in the name of an office: Ministry of Rivers *and* Forests, Committee *on* Fish."""
    offices = words.before_of & words.organization_words
    following = texts[j + 1 : j + 3]
    if not following or not _is_capital(following[0]) or following[0] in words.titles:
        return False
    if texts[j] != "and":
        return texts[j - 1] in offices
    k = next((k for k in range(j - 1, max(0, j - 5), -1) if texts[k] in ("of", "for", "on")), 0)
    is_full_name = following[0] in words.given_names and len(following) > 1 and _is_capital(following[1])
    return k > 0 and texts[k - 1] in offices and not is_full_name


def _is_article_of_name(texts: list[str], j: int) -> bool:
    """True for the article of an Arabic name: Yusuf *al*-Khatib."""
    return (
        texts[j].lower() in small_words("name_article") and texts[j + 1 : j + 2] == ["-"] and _are_capital(texts, j + 2)
    )


def _are_capital(texts: list[str], j: int) -> bool:
    return j < len(texts) and _is_capital(texts[j])


def _is_in_a_body(texts: list[str], j: int, words: lexicon.Lexicon) -> bool:
    """True for the “and” in the name of a body of common words: Food *and* Drug Administration."""
    named = texts[j + 1 : j + 4]
    if (
        texts[j] != "and"
        or not named
        or not (texts[j - 1].lower() in words.common and named[0].lower() in words.common)
    ):
        return False
    last = next((k for k, word in enumerate(named) if not _is_capital(word)), len(named))
    return last > 1 and named[last - 1] in words.organization_words


def _continues(texts: list[str], j: int, words: lexicon.Lexicon) -> bool:
    """True when a small word belongs inside a name: Ministry *of* Defence, Ursula *von der* Leyen."""
    k = j
    while k < len(texts) and k < j + 2 and texts[k] in small_words("small_in_name"):
        k += 1
    if k >= len(texts) or not _is_capital(texts[k]):
        return False
    if texts[j] == "the":
        return texts[j - 1] == "of"
    if texts[j] in small_words("particle"):
        return texts[j - 1].lower() in words.nominals or texts[j - 1] in words.before_of
    return texts[k] not in words.not_names


def _proper_words(texts: list[str], words: lexicon.Lexicon) -> set[str]:
    """Words this text writes with a capital where no sentence starts, and never small: names wherever they stand."""
    proper = {
        word
        for before, word in pairwise(texts)
        if word[0].isupper() and before[-1].isalnum() and word not in words.not_names
    }
    return proper - {word.capitalize() for word in texts if word.islower()}


def _may_start(texts: list[str], i: int, words: lexicon.Lexicon, proper: set[str]) -> bool:
    """True where a name can begin: at a capital that a sentence does not explain."""
    word, lower = texts[i], texts[i].lower()
    follows = i + 1 < len(texts) and _is_capital(texts[i + 1])
    if _is_article_of_name(texts, i):
        return True
    if not _is_capital(word) and not (_is_initial(word) and follows):
        return False
    if texts[i + 1 : i + 2] == [":"] and ((word.isupper() and len(word) > 2) or _begins_paragraph(texts, i)):
        return True
    if word not in proper and lower in small_words("said"):  # Said Ada Brink: “…”
        return False
    if word in words.titles or word in words.given_names:
        return follows or lower not in words.common or word in proper
    starts_sentence = i == 0 or not (texts[i - 1][-1].isalnum() or texts[i - 1] == ",")
    if starts_sentence and not follows and lower.endswith("ing") and word not in proper:
        return False
    if starts_sentence and (lower in words.common or lower in words.cues):
        return word in proper and lower not in small_words("determiner") and lower not in small_words("person")
    return lower not in small_words("person")


def _begins_paragraph(texts: list[str], i: int) -> bool:
    return i == 0 or "\n" in texts[i - 1]


def _trimmed(doc: Doc, texts: list[str], i: int, j: int, words: lexicon.Lexicon) -> tuple[int, int]:
    """A name without what is no part of one at its ends: days, demonyms, a bare title."""
    i = _person_start(doc, i, j, words)
    i = max((k + 2 for k in range(i + 1, j - 2) if texts[k] == "-" and texts[k + 1].islower()), default=i)
    while i < j and texts[i] in words.not_names and words.organization_words.isdisjoint(texts[i + 1 : j]):
        i += 1
    while j > i and texts[j - 1] in small_words("small_in_name"):
        j -= 1
    while j > i and ((texts[j - 1] in words.not_names and not _ends_person(doc, j)) or texts[j - 1] in ("-", "&")):
        j -= 1
    if j - i == 1 and texts[i] in words.titles and texts[i].endswith("."):
        return i, i
    return i, j


def _kind(token: Token) -> str:
    """What the language model takes the name for that a word is in: PERSON, ORG, PLACE, or ""."""
    return labels.entity_kind(token.ent_type_)


def _ends_person(doc: Doc, j: int) -> bool:
    """True where the language model sees the name of a person, of several words, end: Ada *English*."""
    return j > 1 and _kind(doc[j - 1]) == _kind(doc[j - 2]) == "PERSON"


def _person_start(doc: Doc, i: int, j: int, words: lexicon.Lexicon) -> int:
    """Where the person's name that ends at `j` starts by the model, if no title comes before: Filmmaker *Ada Brink*."""
    start = j
    while start > i and (
        _kind(doc[start - 1]) == "PERSON" or "-" in (doc[start - 1].text, doc[min(start, j - 1)].text)
    ):
        start -= 1
    before = [token.text for token in doc[i:start]]
    is_named = any(word in words.titles or word in words.given_names for word in before)
    is_office = len(before) > 1 and before[-1] in ("of", "and", "for", "on")
    return i if start == j or is_named or is_office else start


def _outside_headlines(doc: Doc, names: list[Span]) -> list[Span]:
    """Leave out what stands in headlines, where every word has a capital."""
    kept = []
    lines = iter(headlines(doc.text))
    line = next(lines, None)
    for span in names:
        while line is not None and line[1] <= span.start_char:
            line = next(lines, None)
        if line is None or span.start_char < line[0]:
            kept.append(span)
    return kept


def _without_modifiers(doc: Doc, names: list[Span]) -> list[Span]:
    """Leave out a name that only describes the next one: *Fox News* host Sean Hannity."""
    describing = {span.start for span, following in pairwise(names) if _describes(doc, span, following)}
    return [span for span in names if span.start not in describing]


def _describes(doc: Doc, span: Span, following: Span) -> bool:
    if not 1 <= following.start - span.end <= 4:
        return False
    between = [token.lower_ for token in doc[span.end : following.start]]
    entry = lexicon.load().nominals.get(between[-1])
    plain = all(word.isalpha() and word not in small_words("break") for word in between)
    return plain and entry is not None and entry.type == "person"


# --- nominals ----------------------------------------------------------------------------------------


def _nominals(doc: Doc, texts: list[str], names: list[Span]) -> Iterator[tuple[int, int]]:
    """Noun phrases around the nouns of the lexicon: a determiner or an owner, up to five modifiers, the noun."""
    words = lexicon.load()
    lower = [text.lower() for text in texts]
    starts = {span.end: span.start for span in names}
    named = _tokens(names)
    owners = {
        end: start for end, start in starts.items() if end < len(texts) and texts[end] in small_words("possessive_mark")
    }
    for i, word in enumerate(lower):
        entry = words.nominals.get(word)
        if entry is None or _is_part_of_name(texts, i) or (not entry.plural and _goes_on(lower, i, words)):
            continue
        if _owns_a_nominal(doc, i) or (
            word == "another" and doc[min(i + 1, len(doc) - 1)].tag_ not in grammar.FINITE_OR_MODAL
        ):
            continue
        if i in starts and word in words.cues and entry.type == "document":
            continue
        start = _phrase_start(lower, texts, i, owners)
        if start is None:
            start = _parsed_start(doc, i)
        if start is None and entry.plural:
            start = i
        if start is None and entry.type == "organization":
            start = starts.get(i)
        titles_a_name = entry.type == "person" and i + 1 < len(texts) and _is_capital(texts[i + 1])
        head = _head(doc, i)
        if start is not None and not titles_a_name and (head == i or head not in named):
            yield start, head + 1


def _is_part_of_name(texts: list[str], i: int) -> bool:
    return texts[i][0].isupper() and i > 0 and texts[i - 1][0].isupper()


def _goes_on(lower: list[str], i: int, words: lexicon.Lexicon) -> bool:
    """True when another noun follows: the *campaign* manager."""
    return i + 1 < len(lower) and lower[i + 1] in words.nominals


def _head(doc: Doc, noun: int) -> int:
    """The noun that a noun describes by the parse: the Republican *nominee*; else the noun itself."""
    at, last = noun, noun + _MAX_MODIFIERS
    while grammar.relation(doc[at]) in ("compound", "adjective") and at < doc[at].head.i <= last:
        if doc[at].head.tag_[:1] == "V":  # the *poster* promises: no compound, whatever the parser says
            break
        at = doc[at].head.i
    return at if all(token.text[-1].isalnum() or token.text == "-" for token in doc[noun : at + 1]) else noun


def _owns_a_nominal(doc: Doc, noun: int) -> bool:
    """True for a noun that is part of a longer nominal by the parse: the *mayor's* spokesman."""
    owned = doc[noun].head
    entry = lexicon.load().nominals.get(owned.lower_) if grammar.relation(doc[noun]) == "possessive" else None
    return entry is not None and entry.type == "person" and noun < owned.i <= noun + _MAX_MODIFIERS


def _parsed_start(doc: Doc, noun: int) -> int | None:
    """Where the noun phrase starts by the parse, if with a determiner: *a* 29-year-old Tarn woman."""
    start, _ = grammar.noun_phrase(doc[noun])
    return start if start < noun and doc[start].lower_ in small_words("determiner") else None


def _phrase_start(lower: list[str], texts: list[str], head: int, owners: dict[int, int]) -> int | None:
    """Where the noun phrase of a head noun starts: at its determiner or owner, or None where it has neither."""
    for k in range(head - 1, max(-1, head - 2 - _MAX_MODIFIERS), -1):
        if k in owners:
            return owners[k]
        if lower[k] in small_words("determiner"):
            return k
        ends = lower[k] in small_words("break") and texts[k] != "-"
        if ends or lower[k] in small_words("person") or not (texts[k][-1].isalnum() or texts[k] in ("-", ".")):
            return None
    return None
