"""Which quotations are the same words: identical, cut, contained in one another, or slightly reworded.

Wordings that share a seed are candidates (`seeds`), and each two of these are compared word by word (`alignment`).
Twins make a family. What is surely a part of a longer one joins it, so two parts of one speech come together through
the speech. A fragment ("make it great again") joins only where all that have it are one family, or the nearest of a
few by its own speaker: what stands in many that have nothing else in common is a formula, and keeps to itself. So does
what stands in two that contradict each other. A light fragment, and words that anybody may say (`light`), need
`evidence` beside the words.

MinHash (datasketch, 128 permutations over pairs of words) was measured for the candidates: at a threshold of 0.3 it
brings more pairs to compare than the suffix array and three in eight of the fragments, of which seeds bring 97 in 100;
what it finds are sets that are alike as a whole, and newspapers cut ten words out of sixty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import itemgetter
from typing import Literal, NamedTuple

from indexer.store.clusters.alignment import How, Likeness, likeness, tells
from indexer.store.clusters.evidence import ENOUGH, Around, Document, Evidence, Spoken, one_name, place_of, weight_of
from indexer.store.clusters.light import kin_of_light, worth_it
from indexer.store.clusters.seeds import candidates
from indexer.store.clusters.wording import Wording, wording
from indexer.store.keys import normal_form

LEAST_FRAGMENT = 2000
"""What a fragment weighs at least, in hundredths of a bit, unless its speaker is the same."""
FEW = 3
"""A fragment that more families of one speaker have is a formula."""
AT_ONCE = 1
"""Where two documents name different speakers for a fragment, so many days at most lie between."""
WEEK = 7
"""Where different speakers are named for the same light words, so many days at most lie between."""
LONG_AGO = 1_000_000
_SHORT = 3
Beside = Callable[[int, int], float | None]
"""The evidence beside the words for two wordings, the lighter one first; None where it is not known."""
Voice = tuple[str, int | None]
"""Who is said to have spoken, by surname, and on which day."""
Voices = frozenset[Voice]
Heaviness = tuple[int, tuple[str, ...]]
"""What orders wordings: the weight, and the words where that is equal."""


class Item(NamedTuple):
    """A quotation: its id, its text, its document and, where they are known, the name of its speaker and the day.

    One speaker has one name. The day on which it was said, or else published, is the number that `date.toordinal`
    gives; it is dated where the text itself tells it.
    """

    id: int
    text: str
    document: Document
    speaker: str | None = None
    day: int | None = None
    dated: bool = False


class _Member(NamedTuple):
    """A quotation without its text; its speaker is "" where nobody is named."""

    id: int
    document: Document
    speaker: str
    day: int | None
    dated: bool
    title: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Quotations that are the same words: their ids, sorted, and the heaviest wording among them, in normal form.

    `said` is "" but for light words: it tells groups of the same words apart, by speaker and first day.
    """

    ids: tuple[int, ...]
    words: tuple[str, ...]
    said: str = ""


class Tie(NamedTuple):
    """What ties a part to a longer family: the kind, what weighs that is common; of how many voices the speaker is in
    both, and how many days lie between."""

    kind: Literal["sure", "speaker", "words"]
    common: int
    voices: int
    days: int
    heavy: int


class Edge(NamedTuple):
    """Two places in a list of wordings, and how alike these are."""

    one: int
    other: int
    likeness: Likeness


def groups(items: Iterable[Item], around: Around = lambda _: "") -> list[Group]:
    """The groups of quotations that are the same words, by their first id.

    Only groups of two documents or more; two quotations of one document may be in one group. The result depends on
    the texts, documents, speakers and days alone, not on the order of the items.
    """
    members: dict[Wording, list[_Member]] = defaultdict(list)
    light: list[Spoken] = []
    for item in items:
        words, title = wording(item.text), _is_title(item.text)
        member = _Member(item.id, item.document, item.speaker or "", item.day, item.dated, title)
        if tells(words):
            members[words].append(member)
        elif item.day is not None and worth_it(words.words):
            light.append(_spoken(words, member))
    for words in [words for words, having in members.items() if words.weight < LEAST_FRAGMENT and _a_formula(having)]:
        light += [_spoken(words, one) for one in members.pop(words) if one.day is not None]
    wordings = list(members)
    spoken = [_spoken_on_days(words, members[words]) for words in wordings]
    evidence = Evidence(chain(light, *spoken), around)
    voices = [frozenset((surname(one.speaker), one.day) for one in members[words] if one.speaker) for words in wordings]
    found = families(wordings, voices, edges(wordings), lambda one, other: evidence.best(spoken[one], spoken[other]))
    together: dict[int, list[_Member | Spoken]] = defaultdict(list)
    for words, family in zip(wordings, found, strict=True):
        together[family] += members[words]
    evidence.tell({family: {one.document for one in having} for family, having in together.items()})
    said = ((one, family) for having, family in zip(spoken, found, strict=True) for one in having)
    alone: dict[int, list[Spoken]] = defaultdict(list)
    for one, family in zip(light, kin_of_light(light, said, evidence), strict=True):
        (alone if family < 0 else together)[family].append(one)
    made = [
        Group(_ids(all_of_it), wordings[family].words) for family, all_of_it in together.items() if _many(all_of_it)
    ]
    return sorted([*made, *_light_groups(filter(_many, alone.values()))], key=lambda group: group.ids)


def _a_formula(members: Sequence[_Member]) -> bool:
    """True for words that somebody said long before or after all others who said them, unless they are a name.

    What is said of a statement by others is said in its days.
    """
    said = sorted({(one.day, one.speaker) for one in members if one.speaker and one.day is not None})
    apart = dict.fromkeys((speaker for _, speaker in said), LONG_AGO)
    for (day, speaker), (later, other) in pairwise(said):
        if not one_name(speaker, other):
            apart[speaker] = min(apart[speaker], later - day)
            apart[other] = min(apart[other], later - day)
    return any(WEEK < days < LONG_AGO for days in apart.values()) and not any(one.title for one in members)


def _is_title(text: str) -> bool:
    """True for words that are printed as a name: "Make It Great Again"."""
    long = [word for word in text.split() if len(word) > _SHORT]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _spoken_on_days(words: Wording, members: Iterable[_Member]) -> list[Spoken]:
    """Those of known days, the first ones first."""
    return sorted((_spoken(words, one) for one in members if one.day is not None), key=place_of)


def _spoken(words: Wording, member: _Member) -> Spoken:
    assert member.day is not None
    return Spoken(member.id, words.words, member.speaker, member.day, member.document, member.dated)


def _light_groups(found: Iterable[Sequence[Spoken]]) -> Iterator[Group]:
    """Groups of light words. Those of equal words, speaker and first day are told apart by the first document."""
    taken = set()
    for members, first in sorted(((members, min(map(place_of, members))) for members in found), key=itemgetter(1)):
        words = max((weight_of(one.words), one.words) for one in members)[1]
        said = f"{min(one.speaker for one in members)} {first[0]}"
        while (words, said) in taken:
            said += f" {first[1]}"
        taken.add((words, said))
        yield Group(_ids(members), words, said)


def _many(members: Sequence[_Member | Spoken]) -> bool:
    return len({one.document for one in members}) > 1


def _ids(members: Sequence[_Member | Spoken]) -> tuple[int, ...]:
    return tuple(sorted(one.id for one in members))


def surname(name: str) -> str:
    """The last word of a name in normal form: what its shorter and its longer form have in common."""
    return normal_form(name).rpartition("-")[2]


def edges(wordings: Sequence[Wording]) -> Iterator[Edge]:
    """Each two wordings that are alike."""
    for one, other in candidates(wordings).tolist():
        found = likeness(wordings[one], wordings[other])
        if found.how != "different":
            yield Edge(one, other, found)


def families(wordings: Sequence[Wording], voices: Sequence[Voices], found: Iterable[Edge], beside: Beside) -> list[int]:
    """For each wording the number of its family: what is the same words has the same number.

    `voices` are those who are said to have spoken each, `beside` tells the evidence beside the words.
    """
    kin = _Kin(wordings)
    by_kind: dict[How, list[Edge]] = defaultdict(list)
    for edge in found:
        by_kind[edge.likeness.how].append(edge)
    for edge in by_kind["contrary"]:
        kin.part(edge.one, edge.other)
    for edge in sorted(by_kind["twin"], key=kin.nearest_first):
        kin.join({kin.family(edge.one), kin.family(edge.other)})
    _join_parts(kin, voices, beside, [*by_kind["part"], *by_kind["fragment"]])
    return [kin.family(place) for place in range(len(wordings))]


def _join_parts(kin: _Kin, voices: Sequence[Voices], beside: Beside, found: Iterable[Edge]) -> None:
    """Join each family, from the heaviest on, with those that it is a part of.

    What is surely a part joins all that have it, and so joins them, unless two of them are contrary: then nobody can
    tell which of them it was cut from. A fragment joins where one family has it, or that of a few by its own speaker
    that has most of it, by most documents and nearest in time.
    """
    around: dict[int, list[Tie]] = defaultdict(list)
    for edge in found:
        one, other = sorted((edge.one, edge.other), key=kin.heaviness)
        light, heavy = sorted((kin.family(one), kin.family(other)), key=kin.heaviness)
        if light != heavy and (tie := _tie(edge.likeness, (one, other), heavy, voices, beside)):
            around[light].append(tie)
    for light in sorted(around, key=kin.heaviness, reverse=True):
        kin.join({kin.family(light), *_joined(around[light], kin)})


def _tie(alike: Likeness, places: tuple[int, int], heavy: int, voices: Sequence[Voices], beside: Beside) -> Tie | None:
    """What ties a part to the longer one; None where it is light, or days differ, and nothing else speaks for it."""
    common, (one, other) = alike.common, (voices[place] for place in places)
    if alike.how == "part":
        return Tie("sure", common, 0, 0, heavy)
    names = {name for name, _ in one} & {name for name, _ in other}
    ours, theirs = ({voice for voice in side if voice[0] in names} for side in (one, other))
    days = _days_between(ours, theirs)
    if common < LEAST_FRAGMENT:
        evidence = beside(*places)
        if common + evidence < ENOUGH if evidence is not None else not names or days < LONG_AGO:
            return None
    elif not names and one and other and _days_between(one, other) > AT_ONCE:
        return None
    return Tie("speaker" if names else "words", common, len(ours) + len(theirs), days, heavy)


def _days_between(one: Iterable[Voice], other: Iterable[Voice]) -> int:
    """How many days lie between the nearest two."""
    days, days_of_other = ({day for _, day in side if day is not None} for side in (one, other))
    return min((abs(a - b) for a in days for b in days_of_other), default=LONG_AGO)


def _joined(around: Sequence[Tie], kin: _Kin) -> set[int]:
    """Those of the families around it that a family joins."""
    if sure := {kin.family(tie.heavy) for tie in around if tie.kind == "sure"}:
        return sure
    having = {kin.family(tie.heavy) for tie in around}
    if len(having) == 1:
        return having
    own = [tie for tie in around if tie.kind == "speaker"]
    nearest = min(own, key=lambda tie: (-tie.common, -tie.voices, tie.days, kin.heaviness(tie.heavy)), default=None)
    few = len({kin.family(tie.heavy) for tie in own}) <= FEW
    return {kin.family(nearest.heavy)} if nearest and few else set()


class _Kin:
    """Families of wordings, each known by its heaviest member; which of them are contrary and never join."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._wordings = wordings
        self._family = list(range(len(wordings)))
        self._members: dict[int, list[int]] = {}
        self._contrary: dict[int, set[int]] = {}
        first: dict[tuple[str, ...], int] = {}
        for place, one in enumerate(wordings):
            self.join({first.setdefault(one.words, place), place})

    def family(self, place: int) -> int:
        """The family of a wording, or of what was a family."""
        return self._family[place]

    def heaviness(self, place: int) -> Heaviness:
        """What orders families."""
        return self._wordings[place].weight, self._wordings[place].words

    def nearest_first(self, edge: Edge) -> tuple[float, Heaviness, Heaviness]:
        """What orders twins: those that have most in common first."""
        heavy, light = sorted((self.heaviness(edge.one), self.heaviness(edge.other)), reverse=True)
        return -edge.likeness.common / heavy[0], heavy, light

    def part(self, one: int, other: int) -> None:
        """Keep the families of two contrary wordings apart."""
        one, other = self.family(one), self.family(other)
        if one != other:
            self._contrary.setdefault(one, set()).add(other)
            self._contrary.setdefault(other, set()).add(one)

    def join(self, together: set[int]) -> None:
        """Make these families one, unless two of them are contrary."""
        if len(together) < 2 or any(self._contrary.get(one, set()) & together for one in together):
            return
        target = max(together, key=self.heaviness)
        for gone in together - {target}:
            for place in self._members.pop(gone, [gone]):
                self._family[place] = target
                self._members.setdefault(target, [target]).append(place)
            for other in self._contrary.pop(gone, set()):
                self._contrary[other].remove(gone)
                self.part(target, other)
