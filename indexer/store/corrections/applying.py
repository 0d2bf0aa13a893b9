"""What people decided about quotations, laid over what the program found: pure functions, no tables.

A correction is anchored to the words and what stands around them (see anchors), so it holds when the article is edited
elsewhere, and when another model finds other spans or none at all. The decisions about one quotation are a log: the
newest one wins, and what it does not touch stays as earlier ones left it. What the program itself had found is kept
beside each corrected quotation, so that everything can be taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from indexer.domain import Attribution, Kind, Mention, Passage, Quotation, SpeakerType
from indexer.store.corrections.anchors import Anchor, agreement, find
from indexer.store.keys import normal_form, one_line

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided; what is None or False was not decided.

    `speaker` comes with its type; `nobody`: the text names no speaker; `span`: where the words really start and end;
    `confirmed`: all of it is as it was found.
    """

    kind: Kind | None = None
    speaker: str | None = None
    speaker_type: SpeakerType | None = None
    nobody: bool = False
    span: Anchor | None = None
    confirmed: bool = False

    @property
    def in_words(self) -> str:
        """What was decided, in a few words for people."""
        if self.confirmed:
            return "right as it is"
        speaker = "nobody is named" if self.nobody else f"said by {self.speaker}" if self.speaker else ""
        kind = "no quotation" if self.kind == "term" else self.kind or ""
        return ", ".join(filter(None, (kind, speaker, f"the words “{self.span.words}”" if self.span else "")))


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the log: a decision about the quotation `key` of a document, who made it, when (UTC) and why.

    `anchor` is where the quotation stood as the program had it, `was` what was said of it (`kind`, `speaker`,
    `speaker_type`, `via`, `said_on`). `id` orders the log. `undone` is when it was taken back, by whom; "" while it
    stands.
    """

    id: int
    key: str
    document: str
    anchor: Anchor
    decision: Decision
    was: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    who: str = ""
    made: str = ""
    undone: str = ""
    undone_by: str = ""

    @property
    def evidence(self) -> str:
        """Why a quotation is as it is, in a short sentence for people."""
        parts = ["Confirmed" if self.decision.confirmed else "Corrected"]
        parts += [f"by {self.who}"] if self.who else []
        parts += [f"on {self.made[:10]}"] if self.made else []
        return one_line(" ".join(parts) + (f": {self.note}" if self.note else ""))


@dataclass(frozen=True, slots=True)
class Entry:
    """One quotation as it goes into the index.

    `machine` is what the program itself found of these words: None where nobody decided anything, empty where it
    found nothing. `key` and `correction` (the newest decision's id) are those of a decided one.
    """

    attribution: Attribution
    key: str | None = None
    correction: int | None = None
    machine: tuple[Attribution, ...] | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """The quotations of a document in reading order, and the corrections whose words are not to be found in it."""

    entries: list[Entry]
    orphans: list[Correction]


@dataclass(frozen=True, slots=True)
class _Standing:
    """All that stands about one quotation, oldest first, and where that is in the text now.

    `base` is where the words of the quotation are, `place` where the decided span is.
    """

    log: Sequence[Correction]
    decision: Decision
    base: Place
    place: Place
    agreement: float


def apply(text: str, attributions: Iterable[Attribution], corrections: Iterable[Correction]) -> Applied:
    """The attributions of a text with the decisions of people in the place of what the program found.

    A decided span stands. What the program found that crosses it or shares an edge with it is another reading of the
    same words and gives way; what lies wholly within or around it is another quotation and stays. A decided quotation
    that the program does not find is made from its anchor.
    """
    found, logs = list(attributions), _logs(corrections)
    if not logs:
        return Applied([Entry(each) for each in found], [])
    standing = _without_clashes([placed for log in logs if (placed := _placed(text, log)) is not None])
    claims = _claims(standing, found)
    claimed = {each.quotation for finds in claims for each in finds}
    untouched = [Entry(each) for each in found if each.quotation not in claimed]
    decided = [_entry(text, each, finds) for each, finds in zip(standing, claims, strict=True)]
    kept = {each.log[0].key for each in standing}
    orphans = [correction for log in logs for correction in log if correction.key not in kept]
    return Applied(_in_order(_numbered(untouched, decided)), orphans)


def restored(entries: Iterable[Entry]) -> list[Attribution]:
    """What the program itself had found, before anything was decided."""
    found: list[Entry] = []
    for entry in entries:
        found += [entry] if entry.machine is None else map(Entry, entry.machine)
    return [entry.attribution for entry in _in_order(found)]


def decided(log: Iterable[Correction]) -> Decision:
    """What standing decisions about one quotation, oldest first, come to."""
    total = Decision()
    for correction in log:
        new = correction.decision
        if new.speaker is not None or new.nobody:
            total = replace(total, speaker=new.speaker, speaker_type=new.speaker_type, nobody=new.nobody)
        total = replace(total, kind=new.kind or total.kind, span=new.span or total.span, confirmed=new.confirmed)
    return total


def _logs(corrections: Iterable[Correction]) -> list[list[Correction]]:
    """The standing decisions by quotation, oldest first."""
    logs: dict[str, list[Correction]] = defaultdict(list)
    for correction in sorted(corrections, key=lambda correction: correction.id):
        if not correction.undone:
            logs[correction.key].append(correction)
    return list(logs.values())


def _placed(text: str, log: Sequence[Correction]) -> _Standing | None:
    """Where a quotation is now: by its newest anchor that is found; None where the words are gone."""
    decision = decided(log)
    span = find(decision.span, text) if decision.span is not None else None
    for correction in reversed(log):
        base = find(correction.anchor, text)
        if base is not None:
            share = agreement(correction.anchor, text, base)
            return _Standing(log, decision, base, span or base, share)
    if span is None or decision.span is None:
        return None
    return _Standing(log, decision, span, span, agreement(decision.span, text, span))


def _without_clashes(standing: Sequence[_Standing]) -> list[_Standing]:
    """Of two decisions on the same words the one stays whose surroundings agree best, of equals the newer one."""
    kept: list[_Standing] = []
    newest_first = sorted(standing, key=lambda each: (each.log[-1].made, each.log[-1].id), reverse=True)
    for each in sorted(newest_first, key=lambda each: -each.agreement):
        if not any(_same_words(each.place, other.place) for other in kept):
            kept.append(each)
    return kept


def _claims(standing: Sequence[_Standing], found: Sequence[Attribution]) -> list[list[Attribution]]:
    """For each decided quotation what the program found of the same words, the nearest to its own span first."""
    bases = {each.base for each in standing}
    claims: list[list[Attribution]] = [[] for _ in standing]
    for attribution in found:
        mine = (attribution.start, attribution.end)
        for each, claim in zip(standing, claims, strict=True):
            is_other = mine in bases and mine != each.base
            if not is_other and (_same_words(mine, each.base) or _same_words(mine, each.place)):
                claim.append(attribution)
                break
    for each, claim in zip(standing, claims, strict=True):
        claim.sort(key=lambda attribution: abs(attribution.start - each.base[0]) + abs(attribution.end - each.base[1]))
    return claims


def _same_words(one: Place, other: Place) -> bool:
    """Whether two spans cross or share an edge; one that lies wholly within the other is a quotation of its own."""
    if one == other:
        return True
    first, second = sorted((one, other))
    within = first[0] < second[0] and second[1] < first[1]
    return second[0] < first[1] and not within


def _entry(text: str, standing: _Standing, finds: Sequence[Attribution]) -> Entry:
    newest = standing.log[-1]
    base = finds[0] if finds else _made(standing.log[0].was, standing.base)
    attribution = _corrected(text, standing, base)
    if _is_as_seen(standing, attribution):
        attribution = replace(attribution, confidence=1.0, evidence=newest.evidence)
    else:
        attribution = replace(attribution, confidence=base.confidence, evidence=f"{newest.evidence}; {base.evidence}")
    return Entry(attribution, newest.key, newest.id, tuple(finds))


def _is_as_seen(standing: _Standing, attribution: Attribution) -> bool:
    """False where nobody decided who speaks, and another model now says somebody else than the person saw."""
    decision, seen = standing.decision, standing.log[-1].was.get("speaker")
    undecided = decision.speaker is None and not decision.nobody and attribution.kind != "term"
    return not undecided or normal_form(seen or "") == normal_form(attribution.speaker or "")


def _made(was: Mapping[str, Any], place: Place) -> Attribution:
    """A quotation that the program does not find, as it was when somebody decided about it."""
    return Attribution(
        Quotation(*place, "", was.get("kind") or "direct", utterance=-1),
        speaker=was.get("speaker"),
        speaker_type=was.get("speaker_type"),
        via=was.get("via"),
        said_on=was.get("said_on"),
    )


def _corrected(text: str, standing: _Standing, base: Attribution) -> Attribution:
    """The base with what was decided; cue and mention stay only where they still hold, the relay as people saw it."""
    decision, (start, end) = standing.decision, standing.place
    quotation = Quotation(start, end, text[start:end], _kind(standing, base.kind), base.utterance)
    if quotation.kind == "term":
        return Attribution(quotation)
    base = replace(base, quotation=quotation, cue=_outside(base.cue, quotation))
    base = base if _outside(base.mention, quotation) else replace(base, mention=None)
    if decision.nobody:
        return replace(base, cue=None, mention=None, speaker=None, speaker_type=None, via=None)
    if decision.speaker is None:
        return base
    if not _same_name(base.speaker, decision.speaker):
        base = replace(base, cue=None, mention=None)
    seen = standing.log[-1].was.get("via")
    via = None if _same_name(seen, decision.speaker) else seen
    return replace(base, speaker=decision.speaker, speaker_type=decision.speaker_type or "person", via=via)


def _kind(standing: _Standing, found: Kind) -> Kind:
    """The kind decided, else the one found; words that somebody gave a speaker do not become a term by themselves."""
    decision = standing.decision
    if decision.kind is None and found == "term" and (decision.nobody or decision.speaker is not None):
        was: Kind = standing.log[0].was.get("kind") or "direct"
        return "direct" if was == "term" else was
    return decision.kind or found


def _outside(passage: Passage | Mention | None, quotation: Quotation) -> Passage | None:
    """The passage, unless it stands within the quoted words: a cue or a mention is never quoted."""
    if passage is None or (quotation.start < passage.end and passage.start < quotation.end):
        return None
    return passage


def _same_name(one: str | None, other: str) -> bool:
    return one is not None and normal_form(one) == normal_form(other)


def _numbered(untouched: Sequence[Entry], decided: Sequence[Entry]) -> Iterator[Entry]:
    """A decided quotation whose speaker differs from that of its stretch of speech is a stretch of its own."""
    yield from untouched
    holders = {entry.attribution.utterance: _name(entry) for entry in untouched}
    numbers = [each.utterance for entry in decided for each in entry.machine or ()]
    free = max([*holders, *numbers], default=-1) + 1
    given: dict[tuple[int, str], int] = {}
    for entry in decided:
        number, name = entry.attribution.utterance, _name(entry)
        if number < 0 or holders.setdefault(number, name) != name:
            new = given.setdefault((number, (entry.key or "") if number < 0 else name), free)
            free = max(free, new + 1)
            quotation = replace(entry.attribution.quotation, utterance=new)
            entry = replace(entry, attribution=replace(entry.attribution, quotation=quotation))
        yield entry


def _name(entry: Entry) -> str:
    return normal_form(entry.attribution.speaker or "")


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    """In reading order, each nested in the innermost quotation around it."""
    ordered = sorted(entries, key=lambda entry: (entry.attribution.start, -entry.attribution.end))
    around: list[Place] = []
    done = []
    for entry in ordered:
        mine = (entry.attribution.start, entry.attribution.end)
        while around and around[-1][1] <= mine[0]:
            around.pop()
        parent = next((place for place in reversed(around) if mine[1] <= place[1]), None)
        quotation = replace(entry.attribution.quotation, nested_in=parent)
        done.append(replace(entry, attribution=replace(entry.attribution, quotation=quotation)))
        around.append(mine)
    return done
