"""Which cue and which mention go with a quotation: the patterns of reported speech, as rules.

Each rule looks at the words around one quotation (`narrative.Narrative`) and gives what it found with
the rule's name, or None. `rules_before` and `rules_after` hold the patterns, this file chooses between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from . import rules_after, rules_before
from .found import Found
from .narrative import Item, Narrative, Place
from .subjects import first_subject

_CLOSING = " \u00a0’'”\"»›“"
"""What may close a quotation that ends inside another."""
_UNSURE = frozenset({"clause", "participle", "subject"})
"""The ways to find a subject before the quotation that give way to the verb that it hangs on by the parse."""


def find(narrative: Narrative, place: Place) -> Found | None:
    """The best reading of the quotation's own sentence, or None where it names no speaker."""
    before, after = narrative.before(place), narrative.after(place)
    label = rules_before.label(narrative, before) or rules_before.inner_label(narrative, place)
    if label is not None:
        return label
    last = _last_letter(narrative, place)
    is_open = last in ",?!—-–" or not (after and after[0].text[:1].isupper())
    leads_on = narrative.leads_to_quotation(place, len(after))
    followed = rules_after.followed(narrative, after, is_open) if is_open or not leads_on else None
    preceded = rules_before.done_by(narrative, before, after) or rules_before.preceded(narrative, before)
    if followed is None and (preceded is None or preceded.rule.split()[0] in _UNSURE):
        preceded = rules_before.governed(narrative, place, before) or preceded
    if followed is not None and narrative.is_parsed:
        is_other = rules_after.says_something_else(narrative, followed, before)
        followed = None if is_other else rules_after.quoted_source(narrative, followed, after)
    if followed and preceded and narrative.is_parsed and rules_after.begins_anew(followed, after):
        return preceded
    introduced = bool(before) and before[-1].lower in (":", ",", "that")
    if followed and preceded:
        if introduced and preceded.rule.endswith("near") and preceded.mention.start != followed.mention.start:
            return replace(preceded, via=followed.mention)
        return followed if last == "," else preceded
    found = followed or preceded or rules_after.signed(narrative, after) or rules_after.at_the_end(narrative, place)
    return found or rules_before.owned(narrative, place) or rules_before.other_verb(narrative, before)


def proposals(narrative: Narrative, place: Place) -> Iterator[tuple[str, Found]]:
    """What each way of looking at the quotation's sentence points at, each with its name."""
    before, after = narrative.before(place), narrative.after(place)
    found = {
        "label": rules_before.label(narrative, before) or rules_before.inner_label(narrative, place),
        "followed": rules_after.followed(narrative, after, is_open=True),
        "preceded": rules_before.done_by(narrative, before, after) or rules_before.preceded(narrative, before),
        "governed": rules_before.governed(narrative, place, before),
        "signed": rules_after.signed(narrative, after),
        "at the end": rules_after.at_the_end(narrative, place),
        "owned": rules_before.owned(narrative, place),
        "other verb": rules_before.other_verb(narrative, before),
    }
    yield from ((name, proposal) for name, proposal in found.items() if proposal is not None)


def in_paragraph_before(narrative: Narrative, sentence: list[Item]) -> Found | None:
    """Who speaks by a sentence that introduces a quotation of the next paragraph."""
    found = rules_before.preceded(narrative, sentence)
    subject = found.mention if found else first_subject(narrative, sentence)
    if subject is None:
        return None
    return Found("introduced in the paragraph before", subject, found.cue if found else None)


def signature(narrative: Narrative, row: list[Item]) -> Found | None:
    """A paragraph that is only “— Christina Lastra”, below a quotation."""
    return rules_after.signed(narrative, row) if len(row) <= 12 and all(item.place is None for item in row) else None


def _last_letter(narrative: Narrative, place: Place) -> str:
    """The character that a quotation ends in; in a parsed text quotations inside it may end with it."""
    words = narrative.text[place.start : place.end]
    return (words.rstrip(_CLOSING)[-1:] if narrative.is_parsed else "") or words[-1]
