"""Descriptions beside names: Marek Sikorski, 59, *a bus driver*; *a fisherman* identified only as Mang Doro."""

from __future__ import annotations

from spacy.tokens import Span

from . import grammar, labels, lexicon
from .lexicon import small_words
from .mention_finder import NAME, NOMINAL
from .narrative import Narrative

_REACH = 8
"""So many words before a description or after it a name is looked for."""


def name_of(narrative: Narrative, mention: Span) -> Span | None:
    """The name that a description of one person stands beside; None for one without."""
    found = _before(narrative, mention) or _after(narrative, mention) or _after_more(narrative, mention)
    return found or _by_parse(narrative, mention)


def is_for_one(mention: Span) -> bool:
    """True for a description of one person: a senior aide, his wife."""
    entry = lexicon.load().nominals.get(mention[-1].lower_) if mention.label_ == NOMINAL else None
    return entry is not None and entry.type == "person" and not entry.plural


def _before(narrative: Narrative, mention: Span) -> Span | None:
    """*Marek Sikorski*, 59, a bus driver: nothing but commas and an age between."""
    doc, at = mention.doc, mention.start - 1
    if at < 0 or doc[at].text not in (",", "("):
        return None
    while at > 0 and mention.start - at < _REACH and (doc[at].text in (",", "(") or doc[at].like_num):
        at -= 1
    return _name(narrative, at)


def _after(narrative: Narrative, mention: Span) -> Span | None:
    """A woman named *Efua*, a fisherman identified only as *Mang Doro*; his brother, *Nikola*, said."""
    doc, at = mention.doc, mention.end
    while at < min(len(doc), mention.end + _REACH) and doc[at].lower_ in small_words("named"):
        at += 1
    if at == mention.end or at >= len(doc):
        return None
    name = _name(narrative, at)
    if name is None or name.start != at:
        return None
    is_joined = doc[mention.end].text != ","
    return name if is_joined or _closes(name) else None


def _after_more(narrative: Narrative, mention: Span) -> Span | None:
    """The secretary of the regional union, *Ada Brink*, denied it: what tells which one stands between."""
    doc, at = mention.doc, mention.end
    is_told = doc[at : at + 1].text in ("who", "whose")
    while at < min(len(doc), mention.end + (2 * _REACH if is_told else _REACH)) and doc[at].text != ",":
        if (doc[at].tag_[:2] == "VB" and not is_told) or doc[at].is_punct or at in narrative.inside:
            return None
        at += 1
    name = _name(narrative, at + 1) if at > mention.end and doc[at : at + 1].text == "," else None
    return name if name is not None and name.start == at + 1 and _closes(name) else None


def _closes(name: Span) -> bool:
    """True where a comma or a verb follows a name."""
    following = name.doc[name.end : name.end + 1]
    return following.text in (",", ".", ")") or any(token.tag_ in grammar.FINITE_OR_MODAL for token in following)


def _by_parse(narrative: Narrative, mention: Span) -> Span | None:
    """The person's name that the parser has put beside it: one pastor, *Ada Brink*, said."""
    names = (_name(narrative, noun.i) for noun in grammar.appositions(mention.root))
    return next(
        (name for name in names if name is not None and labels.entity_kind(name.root.ent_type_) == "PERSON"), None
    )


def _name(narrative: Narrative, token: int) -> Span | None:
    mention = narrative.mention_at.get(token)
    return mention if mention is not None and mention.label_ == NAME else None
