"""Invented quotations, look-alikes of them, and the versions of each that newspapers would print: with known truth.

Every quotation is made of sentences from patterns, so that thousands share openings, formulae and whole clauses;
a look-alike is another statement that differs in one number, place, noun, or by a "not". Same seed, same quotations.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

NOUNS = """families workers farmers nurses teachers veterans students patients drivers miners fishermen tenants
pensioners bridges railways harbours hospitals schools libraries clinics prisons airports orchards reservoirs
turbines ferries wages pensions taxes tariffs rents subsidies budgets grants loans mortgages contracts permits
licences ballots treaties police courts judges mayors ministers unions councils regulators auditors inspectors
refugees neighbours partners rivers forests coastlines glaciers wetlands quarries vineyards markets factories
shipyards foundries laboratories satellites vaccines antibiotics batteries pipelines sewers streetlights
sirens uniforms archives museums theatres traditions freedoms promises warnings mistakes lessons sacrifices
rumours headlines forecasts surveys""".split()
VERBS = """protect defend rebuild modernise expand abolish privatise nationalise subsidise regulate inspect restore
finance replace repair reopen shut postpone accelerate investigate celebrate abandon support oppose
renegotiate simplify harmonise welcome recruit train honour reward punish deport resettle vaccinate digitise
insulate dismantle auction measure publish ratify veto double halve""".split()
ADJECTIVES = """reckless courageous shameful historic sensible ruinous modest ambitious careless generous cynical honest
outdated transparent corrupt brilliant clumsy humane brutal pragmatic naive bold timid unlawful irreversible
overdue laughable tragic splendid dangerous expensive fragile stubborn""".split()
PLACES = """Westhaven Norvik Tarnbridge Ostermoor Calder Linmouth Harrowgate Velden Marisol Brackwater Eastmere Kirkholm
Sandvik Torrewald Quillan Dunmarsh Pellworth Aldersey Mirefield Rosenau Stavely Oakhampton Lundby Carrow
Fenwick""".split()
PEOPLE = """Lindqvist Berg Osei Kovac Okafor Nowak Lund Marchetti Duval Tanaka Brandt Moreau Haddad Silva Petrov Abara
Quist Rahman Weiss Ferro""".split()
UNITS = "percent|million crowns|thousand jobs|votes|hectares|kilometres|days|families|patients".split("|")
SMALL = "two three four five six seven eight nine ten eleven twelve".split()
OPENINGS = """I think that we will|I think that we will have to|Let me be very clear:|What I can tell you is that|
At the end of the day,|We have said from the beginning that|The people of this country know that|There is no doubt that|
I have always believed that|As I said last week,|With all due respect,|To be honest with you,|Make no mistake:|
The fact of the matter is that|Nobody should be surprised that|My message tonight is simple:""".replace("\n", "").split(
    "|"
)
CLOSINGS = """and that is what we are going to do|and everybody in this room knows it|and I will never apologise for it|
and we will not rest until it is done|because that is who we are|and that is a promise|whatever it takes|
and history will judge us for it|and the time for excuses is over""".replace("\n", "").split("|")
SLOGANS = (
    "Forward together with courage.",
    "Jobs, homes and hope.",
    "Put {place} first again.",
    "A fair deal for everybody.",
)
PATTERNS = (
    "{opening} we must {verb} the {noun} of {place}, {closing}.",
    "{opening} the {noun} are {adjective} and the {noun} don't trust {person}.",
    "We will {verb} our {noun} and {verb} our {noun} before the {noun} of {place} lose {number} {unit}.",
    "The {noun} in {place} have lost {number} {unit} since Mr {person} took office.",
    "I'm proud of the {adjective} {noun} of {place}, {closing}.",
    "If {person} wants to {verb} the {noun}, he should explain why the {noun} were {adjective} for {number} years.",
    "You can't {verb} the {noun} without the {noun}, and it's {adjective} to pretend otherwise.",
    "It is {adjective} that {person} has decided to {verb} the {noun} instead of the {noun}.",
    "She told the {noun} of {place} that she would {verb} {number} {noun}.",
    "We are spending {number} {unit} on {noun} and hardly anything on {noun}.",
    "{opening} {person} is {adjective} about the {noun}, {closing}.",
    "This is a {adjective} day for the {noun}, a {adjective} day for the {noun} and a {adjective} day for {place}.",
    "My favourite {noun} in {place} were built by {noun} who organised themselves.",
    "The colour of the {noun} doesn't matter, the labour of the {noun} does.",
    "When I was young in {place}, {number} {noun} had to {verb} the {noun}.",
    "They want to {verb} the {noun}; we want to {verb} the {noun}.",
    "{opening} the {noun} will {verb} {number} {noun} in {place} by {number} {unit}, {closing}.",
    "Nobody asked the {noun} whether {person} could {verb} the {adjective} {noun} near {place}.",
)
WEIGHTS = (4, 4, 2, 3, 2, 2, 2, 2, 1, 3, 3, 1, 1, 1, 2, 2, 2, 2)
FUNCTION = set(
    """a an the and or but of in on at by for to from with without is are was were be been has have had do does did will
would should could can can't don't doesn't i i'm we you he she it it's they them our my your his her their that this
there what who why when if because as not no nobody never hardly instead whatever until before since mr let me very
clear think am going""".split()
)

Words = list[tuple[str, int | None]]
"""Words as printed, each with its place in the original, or None for a word that a newspaper put in."""


@dataclass(frozen=True)
class Version:
    """One printed version: which original, what was done to it, its text, and which words of the original it has."""

    original: int
    edit: str
    text: str
    places: frozenset[int]


def same(one: Version, other: Version) -> bool:
    """True for two versions of one original, if half of the shorter one's words are in the other one too."""
    shared = len(one.places & other.places)
    return one.original == other.original and shared >= 0.5 * min(len(one.places), len(other.places))


class Speeches:
    """Originals that differ, about every second one with a look-alike."""

    def __init__(self, seed: int, count: int) -> None:
        self.random = random.Random(seed)
        self.originals: list[str] = []
        self.said: set[str] = set()
        while len(self.originals) < count:
            text = " ".join(
                [*self.slogan(), *(self.sentence() for _ in range(self.random.choice((1, 1, 1, 2, 2, 3, 4))))]
            )
            self.originals.append(text)
            if self.random.random() < 0.5 and (other := self.look_alike(text)) != text:
                self.originals.append(other)
        self.originals = list(dict.fromkeys(self.originals))

    def sentence(self) -> str:
        """One sentence from a pattern that nobody has said yet."""
        while True:
            (pattern,) = self.random.choices(PATTERNS, WEIGHTS)
            text = re.sub(r"\{(\w+)\}", lambda slot: self.filled(slot[1]), pattern)
            if text not in self.said:
                self.said.add(text)
                return text[0].upper() + text[1:]

    def slogan(self) -> list[str]:
        """In one quotation of eight, a slogan that many have."""
        some = self.random.choice(SLOGANS).format(place=self.random.choice(PLACES))
        return [some] if self.random.random() < 0.12 else []

    def filled(self, slot: str) -> str:
        """A word for a slot: the first of a list much more often than the last."""
        lists = {
            "noun": NOUNS, "verb": VERBS, "adjective": ADJECTIVES, "place": PLACES, "person": PEOPLE, "unit": UNITS,
            "opening": OPENINGS, "closing": CLOSINGS,
        }  # fmt: skip
        if slot == "number":
            return self.random.choice(
                [*SMALL, str(self.random.randrange(13, 99)), f"{self.random.randrange(1, 99)},000"]
            )
        words = lists[slot]
        return words[
            min(int(self.random.paretovariate(0.6)) - 1 + self.random.randrange(len(words) // 3), len(words) - 1)
        ]

    def look_alike(self, text: str) -> str:
        """Another statement that looks like this one: one thing in each sentence, or in the only one, is another."""
        change = self.random.choice(
            (self.other_number, self.negated, self.other_name, self.other_noun, self.other_rest)
        )
        changed = [(sentence, change(sentence)) for sentence in re.split(r"(?<=\.) ", text)]
        return " ".join(new if new != old else self.other_noun(old) for old, new in changed)

    def other_number(self, text: str) -> str:
        """Other numbers; another place where there are none."""
        changed = re.sub(
            r"\d[\d,]*|\b(?:" + "|".join(SMALL) + r")\b", lambda _: str(self.random.randrange(13, 99)), text
        )
        return changed if changed != text else self.other_name(text)

    def negated(self, text: str) -> str:
        """The opposite."""
        for old, new in NEGATED.items():
            if old in text:
                return text.replace(old, new)
        return self.other_noun(text)

    def other_name(self, text: str) -> str:
        """Other places and people."""
        return re.sub(
            r"\w+", lambda word: self.random.choice([name for names in (PLACES, PEOPLE) if word[0] in names
            for name in names if name != word[0]] or [word[0]]), text,
        )  # fmt: skip

    def other_noun(self, text: str) -> str:
        """Every noun another one."""
        return re.sub(r"\w+", lambda word: self.random.choice(NOUNS) if word[0] in NOUNS else word[0], text)

    def other_rest(self, text: str) -> str:
        """The same first half, another second half."""
        words = text.split()
        return " ".join([*words[: len(words) // 2], *self.sentence().split()[2:]])

    def versions(self, original: int, edits: int) -> Iterator[Version]:
        """The original itself, and so many versions of it, each of another kind of edit; one in four has two edits."""
        text = self.originals[original]
        words: Words = [(word, place) for place, word in enumerate(text.split())]
        yield _version(original, "identical", words)
        for kind in self.random.sample(list(EDITS), min(edits, len(EDITS))):
            edited = EDITS[kind](self.random, words)
            if edited is None or edited == words:
                continue
            if self.random.random() < 0.25:
                second = self.random.choice(("marks", "capital", "bracketed", "spelling"))
                edited, kind = EDITS[second](self.random, edited) or edited, f"{kind}+{second}"
            if len({p for _, p in edited if p is not None}) >= len(words) or self.is_its_own(original, edited):
                yield _version(original, kind, edited)

    def is_its_own(self, original: int, words: Words) -> bool:
        """True where these words could be cut from this original only: from others nobody could tell them apart."""
        content = {re.sub(r"\W", "", w.lower()) for w, p in words if p is not None} - FUNCTION
        if len(content) < 3:
            return False
        rows = [set(self._words(number)) for number in self._holding(content)]
        return sum(1 for row in rows if len(content & row) >= 0.8 * len(content)) <= 1

    def _words(self, number: int) -> frozenset[str]:
        return frozenset(re.sub(r"\W", "", word.lower()) for word in self.originals[number].split())

    def _holding(self, content: set[str]) -> set[int]:
        if not hasattr(self, "_index"):
            self._index: dict[str, set[int]] = {}
            for number in range(len(self.originals)):
                for word in self._words(number):
                    self._index.setdefault(word, set()).add(number)
        lists = sorted((self._index.get(word, set()) for word in content), key=len)
        return lists[0] | lists[1]


def _version(original: int, edit: str, words: Words) -> Version:
    places = frozenset(place for _, place in words if place is not None)
    return Version(original, edit, " ".join(word for word, _ in words), places)


def cut_start(r: random.Random, words: Words) -> Words | None:
    """Without the first words, a capital put on."""
    at = r.randrange(1, max(2, len(words) // 2))
    return words[at:]


def cut_end(r: random.Random, words: Words) -> Words | None:
    """Without the last words."""
    return words[: -r.randrange(1, max(2, len(words) // 2))]


def fragment(r: random.Random, words: Words) -> Words | None:
    """A few words from the middle, as they are woven into a sentence."""
    sentence = r.choice(_sentences(words))
    length = r.randrange(4, 10)
    start = r.randrange(max(1, len(sentence) - length))
    return sentence[start : start + length]


def ellipsis(r: random.Random, words: Words) -> Words | None:
    """Three dots for some words in the middle."""
    if len(words) < 12:
        return None
    start = r.randrange(4, len(words) - 6)
    end = min(start + r.randrange(1, 15), len(words) - 4)
    sign = r.choice(("...", "…", ". . .", "[...]"))
    return [*words[:start], (sign, None), *words[end:]]


def replaced(table: dict[str, str], share: float = 1.0) -> Callable[[random.Random, Words], Words | None]:
    """An edit that prints other words for some."""

    def edit(r: random.Random, words: Words) -> Words | None:
        return [(_as_case(word, table) if r.random() < share else word, place) for word, place in words]

    return edit


def _as_case(word: str, table: dict[str, str]) -> str:
    bare = word.strip(".,;:")
    new = table.get(bare.lower())
    if new is None:
        return word
    return word.replace(bare, new.capitalize() if bare[0].isupper() and bare != "I" else new)


def bracketed(r: random.Random, words: Words) -> Words | None:
    """Words of the newspaper's own in brackets."""
    at = r.randrange(1, len(words)) if len(words) > 1 else 1
    added = r.choice(("[the mayor]", "[in the capital]", "(of the council)", "[sic]", "[Mr Berg and his deputies]"))
    return [*words[:at], *((word, None) for word in added.split()), *words[at:]]


def bracket_replacement(r: random.Random, words: Words) -> Words | None:
    """A pronoun or name made clear in brackets."""
    places = [i for i, (word, _) in enumerate(words) if word.strip(".,;:").lower() in {"he", "she", "they", "we", "it"}]
    places = places or [i for i, (word, _) in enumerate(words) if word.strip(".,") in PEOPLE + PLACES]
    if not places:
        return None
    at = r.choice(places)
    return [
        *words[:at],
        (r.choice(("[Brandt]", "[the two parties]", "[the minister of works]")), None),
        *words[at + 1 :],
    ]


def third_person(r: random.Random, words: Words) -> Words | None:
    """First person to third person in brackets."""
    table = {
        "i": "[she]",
        "i'm": "[she is]",
        "we": "[they]",
        "our": "[their]",
        "my": "[her]",
        "me": "[her]",
        "us": "[them]",
    }
    return [(table.get(word.lower(), word), None if word.lower() in table else place) for word, place in words]


def capital(r: random.Random, words: Words) -> Words | None:
    """Starts in the middle of its sentence with a capital: “[T]he …” or “The …”."""
    start = words[r.randrange(1, 4) :] if len(words) > 10 else words
    (first, place), *rest = start
    if not first[0].isalpha():
        return None
    letter = first[:1].upper()
    return [(f"[{letter}]{first[1:]}" if r.random() < 0.5 and len(first) > 1 else letter + first[1:], place), *rest]


def marks(r: random.Random, words: Words) -> Words | None:
    """Curly marks, other dashes, another sign at the end."""
    curly = [(word.replace("'", "’").replace(";", " —"), place) for word, place in words]
    last, place = curly[-1]
    return [*curly[:-1], (last.rstrip(".") + r.choice((",", "!", "", "?")), place)]


def dropped(r: random.Random, words: Words) -> Words | None:
    """One small word is lost."""
    places = [
        i
        for i, (word, _) in enumerate(words)
        if word.lower() in FUNCTION - {"not", "no", "never", "hardly", "nobody", "can't", "don't", "doesn't", "without"}
    ]
    if len(words) < 8 or not places:
        return None
    at = r.choice(places)
    return words[:at] + words[at + 1 :]


def swapped(r: random.Random, words: Words) -> Words | None:
    """Two sentences change places."""
    sentences = _sentences(words)
    if len(sentences) < 2:
        return None
    at = r.randrange(len(sentences) - 1)
    sentences[at], sentences[at + 1] = sentences[at + 1], sentences[at]
    return [word for sentence in sentences for word in sentence]


def sentence_dropped(r: random.Random, words: Words) -> Words | None:
    """One of several sentences is left out without a sign."""
    sentences = _sentences(words)
    if len(sentences) < 2:
        return None
    del sentences[r.randrange(len(sentences))]
    return [word for sentence in sentences for word in sentence]


def _sentences(words: Sequence[tuple[str, int | None]]) -> list[Words]:
    found: list[Words] = [[]]
    for word in words:
        found[-1].append(word)
        if word[0].endswith("."):
            found.append([])
    return [sentence for sentence in found if sentence]


NEGATED = {
    " will ": " will never ",
    " are ": " are not ",
    " is ": " is not ",
    " have ": " have not ",
    " wants ": " no longer wants ",
    " want ": " never want ",
}
AMERICAN = {
    "modernise": "modernize", "privatise": "privatize", "nationalise": "nationalize", "subsidise": "subsidize",
    "harmonise": "harmonize", "digitise": "digitize", "honour": "honor", "harbours": "harbors", "licences": "licenses",
    "neighbours": "neighbors", "theatres": "theaters", "rumours": "rumors", "favourite": "favorite", "colour": "color",
    "labour": "labor", "organised": "organized", "apologise": "apologize", "kilometres": "kilometers",
}  # fmt: skip
PAST = {
    "are": "were", "is": "was", "will": "would", "have": "had", "has": "had", "wants": "wanted", "want": "wanted",
    "think": "thought", "don't": "didn't", "doesn't": "didn't", "can't": "couldn't", "it's": "it was", "know": "knew",
    "knows": "knew", "lose": "lost", "believe": "believed", "can": "could", "does": "did",
}  # fmt: skip
EXPANDED = {"don't": "do not", "can't": "cannot", "it's": "it is", "i'm": "I am", "doesn't": "does not"}
DIGITS = {word: str(value) for value, word in enumerate(SMALL, start=2)} | {"percent": "per cent"}
EDITS: dict[str, Callable[[random.Random, Words], Words | None]] = {
    "cut start": cut_start,
    "cut end": cut_end,
    "fragment": fragment,
    "ellipsis": ellipsis,
    "tense": replaced(PAST),
    "bracketed": bracketed,
    "bracket replacement": bracket_replacement,
    "third person": third_person,
    "spelling": replaced(AMERICAN),
    "marks": marks,
    "capital": capital,
    "dropped": dropped,
    "contraction": replaced(EXPANDED),
    "numbers": replaced(DIGITS),
    "swapped": swapped,
    "sentence dropped": sentence_dropped,
}
