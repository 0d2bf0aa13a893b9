"""Questions to a parse: who does it, who is it done by, what is said, which words are one noun phrase.

The answers are the same for a parser trained on Universal Dependencies and for one with ClearNLP's labels.
A token that was not parsed (see `syntax.parsed`) has no subject, no apposition, and is a phrase of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from . import labels
from .lexicon import small_words

_FARTHEST = 8
"""So many verbs are looked through: who got up, went, saw, and said."""
_SAME_VERB = frozenset({"auxiliary", "passive auxiliary", "copula"})
_OF_A_NAME = frozenset({"determiner", "adjective", "number", "compound", "flat", "fixed", "possessive"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
"""The tags of verbs that have a subject of their own."""
FINITE_OR_MODAL = FINITE | {"MD"}
"""The same and the tag of will, may, must."""
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP"})
_AFTER_A_NOUN = frozenset({"nominal modifier", "preposition"})
_APART = frozenset(
    {"apposition", "relative clause", "noun clause", "adverbial clause", "complement", "clausal subject", "parataxis"}
)
"""What a noun phrase is without: appositions and clauses."""


def relation(token: Token) -> str:
    """What a token is to its head, in our words (lexicon/labels.tsv); empty for what has none or was not parsed."""
    return labels.relation(token.dep_)


def children(token: Token, *relations: str) -> list[Token]:
    """The tokens that hang on this one in one of these relations, in the order of the text.

    In a doc that was never parsed spaCy's tokenizer leaves edges behind that point outside it, where asking crashes.
    """
    return [child for child in token.children if relation(child) in relations] if token.dep else []


def subject_of(verb: Token) -> Token | None:
    """The head of the subject of an active verb: in “the mayor got up and said no”, “mayor” for both verbs.

    Found through auxiliaries, conjoined verbs (got up *and said*), open complements (refused *to say*; asked him
    *to say*: him) and participles (left, *saying*; a statement *saying*). None for a passive verb: see `agent_of`.
    """
    if is_passive(verb):
        return None
    kinds = ["subject"]
    for _ in range(_FARTHEST):
        found = children(verb, *kinds) or _mistaken_subject(verb)
        if found:
            return found[0]
        shared = _shared_subject(verb)
        if shared is not None:
            return shared
        higher = _same_subject(verb)
        if higher is None:
            return None
        verb, kinds = higher, ["subject", "passive subject"]
    return None


def passive_subject_of(verb: Token) -> Token | None:
    """The head of what a passive verb is done to: in “the plan was praised”, “plan”."""
    verb = _main(verb)
    return next(iter(children(verb, "passive subject")), None)


def agent_of(verb: Token) -> Token | None:
    """The head of who does what a passive verb says: in “words spoken by the mayor”, “mayor”."""
    verb = _main(verb)
    if not is_passive(verb):
        return None
    for child in children(verb, "agent", "oblique", "preposition"):
        noun = next(iter(children(child, "prepositional object")), child)
        preposition = preposition_of(noun)
        if noun is not preposition and preposition is not None and preposition.lower_ == "by":
            return noun
    return None


def is_passive(verb: Token) -> bool:
    """True for a passive verb (was praised) and a participle that says what was done to a noun (words spoken by)."""
    verb = _main(verb)
    if children(verb, "passive subject", "passive auxiliary"):
        return True
    infinitive = children(verb, "marker", "auxiliary")
    return relation(verb) == "noun clause" and not _is_ing(verb) and not infinitive


def content_of(verb: Token) -> Token | None:
    """The head of the clause that a verb of saying reports: in “She said the ferry sails”, “sails”."""
    verb = _main(verb)
    if found := children(verb, "complement"):
        return found[0]
    if relation(verb) == "parataxis":
        return verb.head
    return next(iter(children(verb, "parataxis")), None)


def appositions(token: Token) -> list[Token]:
    """The heads of what stands beside a noun as another name for it: in “Ada Brink, the mayor”, “mayor”."""
    return children(token, "apposition")


def conjuncts(token: Token) -> list[Token]:
    """The heads of what is joined to this word by “and” or “or”, in the order of the text, itself left out."""
    found: list[Token] = []
    waiting = children(token, "conjunct")
    while waiting:
        found.append(waiting.pop())
        waiting += children(found[-1], "conjunct")
    return sorted(found, key=lambda conjunct: conjunct.i)


def antecedent(token: Token) -> Token | None:
    """The head of what a relative pronoun stands for: in “the man who got up and said no”, “man” for “who”."""
    if token.lower_ not in small_words("relative"):
        return None
    verb = token.head
    for _ in range(_FARTHEST):
        if relation(verb) == "relative clause":
            return verb.head
        if verb.head == verb:
            return None
        verb = verb.head
    return None


def preposition_of(noun: Token) -> Token | None:
    """The preposition before a noun phrase, by the head of the phrase: “by”, “for”; of “according to”, “according”."""
    if relation(noun) != "prepositional object":
        return next((child for child in children(noun, "case") if child.i < noun.i), None)
    found = noun.head
    while relation(found.head) in ("preposition", "agent") and found.head.i == found.i - 1:
        found = found.head
    return found


def noun_phrase(token: Token) -> tuple[int, int]:
    """The tokens (start, end) of the noun phrase with this head: its subtree without preposition, clauses, appositions.

    What is joined by “and” is a phrase of its own (see `conjuncts`); punctuation at either end is left out.
    """
    kept = _phrase(token)
    doc, start, end = token.doc, token.i, token.i + 1
    while start > 0 and (start - 1 in kept or doc[start - 1].is_space):
        start -= 1
    while end < len(doc) and (end in kept or doc[end].is_space):
        end += 1
    while start < token.i and (doc[start].is_space or doc[start].is_punct):
        start += 1
    while end > token.i + 1 and (doc[end - 1].is_space or doc[end - 1].is_punct):
        end -= 1
    return start, end


def _phrase(head: Token) -> set[int]:
    """The tokens of a noun phrase, and the punctuation among them."""
    kept = {head.i}
    for child in head.children if head.dep else ():
        kind = relation(child)
        if kind in _OF_A_NAME or (kind in _AFTER_A_NOUN and child.i > head.i) or _is_inner_mark(child, head):
            part = set(_part(child))
            if min(part) < head.i or not head.doc[min(part)].is_punct:
                kept |= part
    return kept


def _part(token: Token) -> Iterator[int]:
    """The tokens of a part of a noun phrase, without the clauses and appositions in it."""
    waiting = [token]
    while waiting:
        token = waiting.pop()
        yield token.i
        waiting += [child for child in token.children if relation(child) not in _APART]


def _is_inner_mark(child: Token, head: Token) -> bool:
    return relation(child) == "punctuation" and child.i < head.i


def _main(verb: Token) -> Token:
    """The verb that an auxiliary helps; any other word is itself."""
    return verb.head if relation(verb) in _SAME_VERB else verb


def _is_ing(verb: Token) -> bool:
    return verb.lower_.endswith("ing")


def _mistaken_subject(verb: Token) -> list[Token]:
    """The subject of a finite verb where a parser has taken it for something else.

    For a part of a compound (The *poster* promises …), or for a noun joined to the verb before it (Shares fell, and
    *Ada Brink*, the mayor, called it …).
    """
    if verb.tag_ not in FINITE:
        return []
    nouns = [child for child in children(verb, "compound") if child.i < verb.i and child.tag_ in _NOUNS]
    if nouns or relation(verb) != "conjunct" or verb.head.tag_[:1] != "V":
        return nouns[-1:]
    before = [joined for joined in children(verb.head, "conjunct") if joined.i < verb.i][-1:]
    return [joined for joined in before if joined.tag_ in _NOUNS and joined.i > verb.head.i]


def _shared_subject(verb: Token) -> Token | None:
    """A noun outside a verb's clause that is its subject: asked *him* to say, a *statement* saying."""
    if relation(verb) == "noun clause" and _is_ing(verb):
        return verb.head
    if relation(verb) == "open complement":
        return next(iter(children(verb.head, "object", "indirect object")), None)
    return None


def _same_subject(verb: Token) -> Token | None:
    """The verb whose subject is also this one's."""
    kind = relation(verb)
    if kind in _SAME_VERB or kind in ("conjunct", "open complement"):
        return verb.head
    return verb.head if kind == "adverbial clause" and _is_ing(verb) else None
