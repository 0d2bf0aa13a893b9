"""What people decided, laid over what the program found: a table of cases, without an index."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain import Attribution, Mention, Passage, Quotation
from indexer.store.corrections.anchors import anchor
from indexer.store.corrections.applying import Applied, Correction, Decision, Entry, apply, restored

TEXT = (
    "The council met.\n\n"
    "“We waited nine years,” said Maria Lindqvist, the mayor. “Now ‘the quay’ is ours.”\n\n"
    "Post reporters said Tomas Berg called it “a burden for all of us”.\n\n"
    "The so-called “welcome party” was short.\n"
)
WAITED, OURS, QUAY = "We waited nine years,", "Now ‘the quay’ is ours.", "the quay"
BURDEN, WELCOME = "a burden for all of us", "welcome party"


def passage(words: str, text: str = TEXT) -> Passage:
    """The first place of these words."""
    at = text.index(words)
    return Passage(at, at + len(words), words)


def said(words: str, speaker: str | None, text: str = TEXT, **others: Any) -> Attribution:
    """What a program finds: these words, and who says them."""
    at = text.index(words)
    kind, number, nested = (others.pop(name, None) for name in ("kind", "utterance", "nested_in"))
    quotation = Quotation(at, at + len(words), words, kind or "direct", number or 0, nested)
    return Attribution(
        quotation, speaker=speaker, speaker_type="person" if speaker else None, confidence=0.5, evidence="x", **others
    )


def machine(text: str = TEXT) -> list[Attribution]:
    """What the program finds in the article."""
    ours = passage(OURS, text)
    name = passage("Maria Lindqvist", text)
    lindqvist = {
        "cue": passage("said", text),
        "mention": Mention(name.start, name.end, name.text, "name"),
        "utterance": 0,
    }
    return [
        said(WAITED, "Maria Lindqvist", text, **lindqvist),
        said(OURS, "Maria Lindqvist", text, **lindqvist),
        said(QUAY, None, text, kind="term", utterance=1, nested_in=(ours.start, ours.end)),
        said(BURDEN, "Tomas Berg", text, kind="mixed", utterance=2, via="Post", cue=passage("called", text)),
        said(WELCOME, None, text, kind="term", utterance=3),
    ]


def correction(words: str, id: int = 1, text: str = TEXT, **decided: Any) -> Correction:
    """A decision about these words; its key is made from them."""
    found = {each.text: each for each in machine(text)}.get(words)
    was = (
        {name: getattr(found, name) for name in ("kind", "speaker", "speaker_type", "via", "said_on")} if found else {}
    )
    at = text.index(words)
    others = {name: decided.pop(name) for name in ("note", "who", "made", "undone") if name in decided}
    place = anchor(text, at, at + len(words))
    return Correction(id, f"key of {words}", "a", place, Decision(**decided), was, **others)


def entry(applied: Applied, words: str) -> Entry:
    """The quotation with these words."""
    (found,) = (each for each in applied.entries if each.attribution.text == words)
    return found


def test_without_corrections_nothing_is_different() -> None:
    assert apply(TEXT, machine(), []) == Applied([Entry(each) for each in machine()], [])


def test_another_speaker_drops_the_cue_and_the_mention_of_the_wrong_one() -> None:
    made = correction(WAITED, speaker="Tomas Berg", speaker_type="person", who="Ines", made="2026-11-23T10:00:00+00:00")
    applied = apply(TEXT, machine(), [made])
    found = entry(applied, WAITED)
    assert (found.attribution.speaker, found.attribution.cue, found.attribution.mention) == ("Tomas Berg", None, None)
    assert (found.attribution.confidence, found.attribution.tier) == (1.0, "certain")
    assert found.attribution.evidence == "Corrected by Ines on 2026-11-23"
    assert (found.key, found.correction, found.machine) == (made.key, 1, (machine()[0],))
    assert found.attribution.utterance == 4, "no longer one stretch with the words after it"
    assert entry(applied, OURS).attribution == machine()[1]


def test_the_same_speaker_keeps_them() -> None:
    applied = apply(TEXT, machine(), [correction(WAITED, speaker="maria lindqvist", speaker_type="person")])
    found = entry(applied, WAITED).attribution
    assert (found.speaker, found.cue, found.utterance) == ("maria lindqvist", passage("said"), 0)
    assert found.mention is not None


def test_both_parts_of_a_stretch_stay_one_when_both_are_corrected() -> None:
    both = [correction(WAITED, speaker="Tomas Berg"), correction(OURS, 2, speaker="Tomas Berg")]
    applied = apply(TEXT, machine(), both)
    assert entry(applied, WAITED).attribution.utterance == entry(applied, OURS).attribution.utterance


def test_who_relays_the_words_is_not_their_speaker_too() -> None:
    other = apply(TEXT, machine(), [correction(BURDEN, speaker="Ada Holm")])
    assert entry(other, BURDEN).attribution.via == "Post"
    same = apply(TEXT, machine(), [correction(BURDEN, speaker="Post", speaker_type="organization")])
    assert (entry(same, BURDEN).attribution.via, entry(same, BURDEN).attribution.speaker_type) == (None, "organization")


def test_nobody_is_named() -> None:
    found = entry(apply(TEXT, machine(), [correction(BURDEN, nobody=True)]), BURDEN).attribution
    assert (found.kind, found.speaker, found.speaker_type, found.via, found.cue) == ("mixed", None, None, None, None)
    assert found.confidence == 1.0


def test_no_quotation() -> None:
    found = entry(apply(TEXT, machine(), [correction(WAITED, kind="term")]), WAITED).attribution
    assert (found.kind, found.speaker, found.cue, found.mention) == ("term", None, None, None)


def test_a_quotation_after_all() -> None:
    made = correction(WELCOME, kind="mixed", speaker="Tomas Berg", speaker_type="person")
    found = entry(apply(TEXT, machine(), [made]), WELCOME).attribution
    assert (found.kind, found.speaker) == ("mixed", "Tomas Berg")


def test_words_with_a_speaker_do_not_become_a_term_when_a_newer_model_says_so() -> None:
    newer = [replace(each, quotation=replace(each.quotation, kind="term"), speaker=None) for each in machine()]
    found = entry(apply(TEXT, newer, [correction(BURDEN, speaker="Ada Holm")]), BURDEN).attribution
    assert (found.kind, found.speaker) == ("mixed", "Ada Holm")


def test_another_span_keeps_the_key_and_what_it_does_not_touch() -> None:
    short = "We waited nine"
    span = anchor(TEXT, TEXT.index(short), TEXT.index(short) + len(short))
    applied = apply(TEXT, machine(), [correction(WAITED, span=span)])
    found = entry(applied, short)
    assert found.attribution.quotation.end == span.end
    assert (found.key, found.attribution.speaker) == (f"key of {WAITED}", "Maria Lindqvist")
    assert len(applied.entries) == len(machine())


def test_nobody_is_certain_of_a_speaker_whom_nobody_saw() -> None:
    """Only the kind was decided, and then another model names another speaker."""
    made = correction(BURDEN, kind="direct", who="Ines")
    same = entry(apply(TEXT, machine(), [made]), BURDEN).attribution
    assert (same.speaker, same.confidence, same.evidence) == ("Tomas Berg", 1.0, "Corrected by Ines")
    newer = [replace(each, speaker="Ada Holm") for each in machine()]
    other = entry(apply(TEXT, newer, [made]), BURDEN).attribution
    assert (other.kind, other.speaker, other.confidence) == ("direct", "Ada Holm", 0.5)
    assert other.evidence == "Corrected by Ines; x"


def test_a_wider_span_drops_a_cue_that_it_covers_and_what_shares_its_edge() -> None:
    start, end = TEXT.index(WAITED), TEXT.index(OURS) + len(OURS)
    applied = apply(TEXT, machine(), [correction(WAITED, span=anchor(TEXT, start, end))])
    found, quay, *_ = applied.entries
    assert (found.attribution.start, found.attribution.end, found.attribution.cue) == (start, end, None)
    assert found.machine == (machine()[0], machine()[1])
    assert quay.attribution.nested_in == (start, end)
    assert restored(applied.entries) == machine()


def test_a_confirmation_says_so() -> None:
    made = correction(WAITED, speaker="Maria Lindqvist", kind="direct", confirmed=True, who="Ines", note="I was there")
    found = entry(apply(TEXT, machine(), [made]), WAITED).attribution
    assert found.evidence == "Confirmed by Ines: I was there"
    assert found.cue == passage("said")


def test_words_that_the_program_does_not_find_are_made_from_the_anchor() -> None:
    made = correction(BURDEN, speaker="Ada Holm", speaker_type="person")
    found = entry(apply(TEXT, machine()[:3], [made]), BURDEN)
    assert (found.attribution.kind, found.attribution.speaker, found.attribution.via) == ("mixed", "Ada Holm", "Post")
    assert found.machine == ()
    assert found.attribution.utterance == 2
    assert TEXT[found.attribution.start : found.attribution.end] == BURDEN


def test_what_a_newer_model_finds_of_the_same_words_gives_way() -> None:
    crossing = [said("called it “a burden", "Tomas Berg"), said("for all of us", None, utterance=1)]
    applied = apply(TEXT, crossing, [correction(BURDEN, speaker="Ada Holm")])
    assert [each.attribution.text for each in applied.entries] == [BURDEN]
    assert applied.entries[0].machine is not None
    assert {each.text for each in applied.entries[0].machine} == {"called it “a burden", "for all of us"}
    assert restored(applied.entries) == crossing


def test_quotations_within_and_around_stay() -> None:
    applied = apply(TEXT, machine(), [correction(OURS, speaker="Tomas Berg")])
    assert entry(applied, QUAY) == Entry(machine()[2])
    inner = apply(TEXT, machine(), [correction(QUAY, kind="mixed", speaker="Tomas Berg")])
    assert entry(inner, OURS) == Entry(machine()[1])


def test_the_newest_decision_wins_and_others_stay_in_what_it_does_not_touch() -> None:
    log = [
        correction(WAITED, 1, speaker="Ada Holm", kind="mixed"),
        correction(WAITED, 2, speaker="Tomas Berg", who="Ines"),
        correction(WAITED, 3, nobody=True, undone="2026-11-23"),
    ]
    found = entry(apply(TEXT, machine(), log), WAITED)
    assert (found.attribution.kind, found.attribution.speaker, found.correction) == ("mixed", "Tomas Berg", 2)
    assert found.attribution.evidence == "Corrected by Ines"
    again = entry(apply(TEXT, machine(), [*log, correction(WAITED, 4, kind="term")]), WAITED)
    assert (again.attribution.kind, again.attribution.speaker) == ("term", None)
    back = [*log, correction(WAITED, 4, kind="term"), correction(WAITED, 5, kind="direct")]
    assert entry(apply(TEXT, machine(), back), WAITED).attribution.speaker == "Tomas Berg"


def test_words_that_are_gone_leave_an_orphan() -> None:
    edited = TEXT.replace("a burden for all of us", "a burden")
    found = machine(TEXT)[:3]
    made = [correction(BURDEN, speaker="Ada Holm"), correction(WAITED, 2, nobody=True)]
    applied = apply(edited, found, made)
    assert applied.orphans == [made[0]]
    assert [each.attribution.text for each in applied.entries] == [WAITED, OURS, QUAY]


def test_a_span_whose_words_are_gone_leaves_the_other_decisions() -> None:
    start = TEXT.index(WAITED)
    wide = anchor(TEXT, start, TEXT.index(OURS) + len(OURS))
    edited = TEXT.replace("the mayor", "who runs the town")
    made = correction(WAITED, span=wide, speaker="Ada Holm")
    found = entry(apply(edited, machine(edited), [made]), WAITED).attribution
    assert found.speaker == "Ada Holm"


def test_two_decisions_that_come_to_the_same_words_leave_the_one_that_belongs_there() -> None:
    twice = "The hall sang:\n\n“We will build it here and now.”\n\nThen Berg:\n\n“We will build it here and now.”\n"
    words = "We will build it here and now."
    second = twice.rindex(words)
    one = Correction(1, "one", "a", anchor(twice, 17, 17 + len(words)), Decision(speaker="The hall"))
    two = Correction(2, "two", "a", anchor(twice, second, second + len(words)), Decision(speaker="Tomas Berg"))
    edited = twice[second - len("Then Berg:\n\n“") - 1 :]
    applied = apply(edited, [said(words, None, edited)], [one, two])
    assert [each.attribution.speaker for each in applied.entries] == ["Tomas Berg"]
    assert applied.orphans == [one]
    kept = apply("The hall sang:\n\n“We will build it here and now.”\n", [], [two, one])
    assert [each.attribution.speaker for each in kept.entries] == ["The hall"]
    assert kept.orphans == [two]


@pytest.mark.parametrize("words", [WAITED, OURS, QUAY, BURDEN, WELCOME])
@pytest.mark.parametrize("decided", [{"speaker": "Ada Holm"}, {"nobody": True}, {"kind": "term"}, {"kind": "mixed"}])
def test_everything_can_be_taken_back(words: str, decided: dict[str, Any]) -> None:
    assert restored(apply(TEXT, machine(), [correction(words, **decided)]).entries) == machine()


ALL = "“Alpha beta ‘gamma delta’ epsilon,” said Ada. “Zeta eta theta,” she said, “iota kappa.” The “lambda” stood. " * 2
SPANS = st.tuples(st.integers(0, len(ALL) - 1), st.integers(1, 40)).map(lambda at: (at[0], min(len(ALL), sum(at))))
NAMES = st.sampled_from([None, "Ada Holm", "Tomas Berg"])
DECISIONS = st.one_of(
    NAMES.map(lambda name: Decision(speaker=name) if name else Decision(nobody=True)),
    st.sampled_from([Decision(kind="term"), Decision(kind="mixed"), Decision(confirmed=True, nobody=True)]),
    SPANS.map(lambda span: Decision(span=anchor(ALL, *span))),
)


@st.composite
def found_by_a_machine(draw: st.DrawFn) -> list[Attribution]:
    """Any spans of the text, with any speakers."""
    spans = draw(st.lists(SPANS, max_size=8, unique=True))
    found = [
        Attribution(Quotation(*span, ALL[slice(*span)], "direct", number), speaker=draw(NAMES), confidence=0.5)
        for number, span in enumerate(spans)
    ]
    return restored(Entry(each) for each in found)


@given(found_by_a_machine(), st.lists(st.tuples(SPANS, DECISIONS), max_size=5))
def test_whatever_is_decided_the_words_are_exact_spans_differ_and_all_can_be_taken_back(
    found: list[Attribution], decided: list[tuple[tuple[int, int], Decision]]
) -> None:
    log = [Correction(id, f"{span}", "a", anchor(ALL, *span), each) for id, (span, each) in enumerate(decided, 1)]
    applied = apply(ALL, found, log)
    spans = [(entry.attribution.start, entry.attribution.end) for entry in applied.entries]
    assert len(set(spans)) == len(spans)
    assert spans == sorted(spans, key=lambda span: (span[0], -span[1]))
    assert all(entry.attribution.text == ALL[slice(*span)] for entry, span in zip(applied.entries, spans, strict=True))
    assert restored(applied.entries) == found
    decided_now = {entry.correction for entry in applied.entries} - {None}
    assert {correction.key for correction in log} == {log[id - 1].key for id in decided_now if id} | {
        orphan.key for orphan in applied.orphans
    }
    assert apply(ALL, restored(applied.entries), log) == applied
