"""Each kind of mistake, made on purpose in texts where everything else is right."""

from __future__ import annotations

import json

import pytest

from indexer.evaluation.mistakes import NOBODY, causes, confusions, mistakes

ROE = (27, 35)
"""“Jane Roe”, and below “She”, in the text `pier`."""
SHE = (83, 86)


def made(case):
    return list(mistakes(case.scores().judged))


def the_one(case):
    (mistake,) = made(case)
    return mistake


def test_nothing_wrong_is_no_mistake(case):
    assert made(case) == []
    assert (causes([]), confusions([])) == ({}, [])


def test_a_quotation_taken_for_a_term(case):
    case.withhold("beyond repair", kind="term", evidence="marks without a speaker")
    mistake = the_one(case)
    assert (mistake.what, mistake.cause) == ("missed", "quotation taken for a term")
    assert (mistake.predicted, mistake.gold, mistake.gold_mention) == (None, "Tides and Tempers", "The survey")
    assert mistake.evidence == "marks without a speaker"


def test_a_quotation_whose_speaker_is_not_named(case):
    case.withhold("They never do.", kind="direct")
    assert the_one(case).cause == "speaker not named"


def test_a_quotation_that_nothing_was_made_of(case):
    del case.predictions["They never do."]
    assert (the_one(case).cause, the_one(case).text) == ("no span", "They never do.")


def test_other_bounds_are_missed_and_spurious(case):
    del case.predictions["Nobody asked the boats,"]
    case.put("pier", "asked the boats,” a deckhand said", "a deckhand")
    assert [(m.what, m.cause, m.text) for m in made(case)] == [
        ("spurious", "other bounds", "asked the boats,” a deckhand said"),
        ("missed", "other bounds", "Nobody asked the boats,"),
    ]
    assert [(m.predicted, m.gold, m.gold_mention) for m in made(case)] == [
        ("a deckhand", None, None),
        (None, "a deckhand", "a deckhand"),
    ]


def test_a_term_taken_for_a_quotation(case):
    case.put("pier", "Tides and Tempers", "Jane Roe")
    mistake = the_one(case)
    assert (mistake.what, mistake.cause) == ("term", "term taken for a quotation")
    assert (mistake.predicted, mistake.gold) == ("Jane Roe", None)


def test_a_span_that_gold_does_not_know(case):
    case.put("board", "over the radio", "Ada Brink")
    assert (the_one(case).what, the_one(case).cause) == ("spurious", "spurious span")


@pytest.mark.parametrize(
    ("speaker", "mention", "chosen", "cause"),
    [
        ("Tom Ash", SHE, "pronoun", "right mention, wrong speaker: pronoun"),
        ("the storm", ROE, "nominal", "wrong mention, chosen: nominal"),
        ("Tom Ash", None, None, "wrong mention, chosen: none"),
        (None, None, None, "speaker not named"),
        ("Jane", SHE, "pronoun", "right speaker, another name"),
        ("Jane Q. Roe", ROE, "name", "right speaker, another name"),
        ("Anna Roe", SHE, "pronoun", "right mention, wrong speaker: pronoun"),
    ],
)
def test_why_a_quotation_has_another_speaker(case, speaker, mention, chosen, cause):
    case.put("pier", "a long argument", speaker, mention=mention, mention_kind=chosen)
    mistake = the_one(case)
    assert (mistake.what, mistake.cause) == ("speaker", cause)


def test_an_organisation_named_for_a_person_is_another_speaker(case):
    case.put("pier", "a long argument", "the Jane Roe campaign", mention=SHE, speaker_type="organization")
    assert the_one(case).cause == "right mention, wrong speaker: none"


def test_a_name_left_as_printed_is_the_right_speaker_under_another_name(case):
    with_title = (27, 55)
    case.put("pier", "a long argument", "master Roe", mention=with_title, mention_kind="name")
    assert the_one(case).cause == "right speaker, another name"
    case.put("pier", "a long argument", "master Roe", mention=ROE, mention_kind="name")
    assert the_one(case).cause == "wrong mention, chosen: name"


def test_where_gold_names_no_mention(case):
    case.put("pier", "They never do.", "Jane Roe", mention=ROE, mention_kind="name")
    assert the_one(case).cause == "no mention in gold, chosen: name"


def test_a_mistake_says_where_it_is_and_why(case):
    case.put(
        "pier",
        "a long argument",
        "Tom Ash",
        mention=SHE,
        mention_kind="pronoun",
        confidence=0.7,
        evidence="‘She’ is the subject of ‘called’",
    )
    mistake = the_one(case)
    assert mistake.place == "pier:105"
    assert case.gold[0].document.text[105:].startswith("a long argument")
    assert (mistake.mention, mistake.gold_mention) == ("She", "She")
    assert json.loads(json.dumps(mistake.as_record())) == {
        "what": "speaker",
        "cause": "right mention, wrong speaker: pronoun",
        "document": "pier",
        "start": 105,
        "end": 120,
        "text": "a long argument",
        "predicted": "Tom Ash",
        "gold": "Jane Roe",
        "mention": "She",
        "gold_mention": "She",
        "confidence": 0.7,
        "tier": "probable",
        "evidence": "‘She’ is the subject of ‘called’",
    }


@pytest.fixture
def many(case):
    """Two wrong speakers, one not named, one missed, a term and a spurious span."""
    case.put("pier", "a long argument", "Tom Ash", mention=SHE, mention_kind="pronoun")
    case.put("pier", "It opens again in May.", "Tom Ash", mention=SHE, mention_kind="pronoun")
    case.withhold("They never do.", kind="direct")
    del case.predictions["Pay by June."]
    case.put("pier", "Tides and Tempers", "Jane Roe")
    case.put("board", "over the radio", "Ada Brink")
    return case


def test_causes_add_up_to_what_the_headline_loses(many):
    counts = causes(made(many))
    assert {cause: (count["missed"], count["spurious"]) for cause, count in counts.items()} == {
        "right mention, wrong speaker: pronoun": (1, 1),
        "wrong mention, chosen: pronoun": (1, 1),
        "no span": (1, 0),
        "speaker not named": (1, 0),
        "spurious span": (0, 1),
        "term taken for a quotation": (0, 1),
    }
    headline = many.scores().end_to_end
    sums = [sum(count[column] for count in counts.values()) for column in ("missed", "spurious")]
    assert sums == [headline.missed, headline.spurious] == [4, 4]


def test_who_is_taken_for_whom_the_commonest_first(many):
    assert confusions(made(many)) == [("Tom Ash", "Jane Roe", 2), (NOBODY, "a deckhand", 1)]
