"""Who said what, as tables: a text and what a reader makes of it. All texts are ours, all people invented."""

from __future__ import annotations

import pytest

# The text, and for each quotation in it the speaker a reader would name, in reading order.
WHO = [
    # a name or pronoun after the quotation
    ("“The ferry sails,” said Ada Brink.", ["Ada Brink"]),
    ("“The ferry sails,” Ada Brink said.", ["Ada Brink"]),
    ("“The ferry sails,” Mayor Ada Brink told the council.", ["Ada Brink"]),
    ("Ada Brink came late. “The ferry sails,” she said.", ["Ada Brink"]),
    ("“The ferry sails,” according to Ada Brink.", ["Ada Brink"]),
    ("“Will it sail?” Ada Brink pressed.", ["Ada Brink"]),
    ("“The ferry sails,” Ada Brink, who has run it since 1998, said on Monday.", ["Ada Brink"]),
    ("“The ferry sails,” the harbour master, Ada Brink, said.", ["Ada Brink"]),
    ("“The ferry sails,” said the harbour's captain, Ada Brink.", ["Ada Brink"]),
    ("“The ferry sails,” Tarn Radio host Ada Brink said.", ["Ada Brink"]),
    ("“The ferry sails” for the islands, said Ada Brink.", ["Ada Brink"]),
    # before it
    ("Ada Brink said: “The ferry sails.”", ["Ada Brink"]),
    ("Ada Brink said, “The ferry sails.”", ["Ada Brink"]),
    ("Ada Brink called the timetable “a work of fiction”.", ["Ada Brink"]),
    ("Ada Brink attacked the council, calling its timetable “a work of fiction”.", ["Ada Brink"]),
    ("According to Ada Brink, the ferry “sails when it sails”.", ["Ada Brink"]),
    ("In the words of Ada Brink, it was “a wet sort of day”.", ["Ada Brink"]),
    ("Ada Brink was asked about the tide. Her answer was: “Ask the tide.”", ["Ada Brink"]),
    ("The plan was dismissed by Ada Brink as “a wet sort of plan”.", ["Ada Brink"]),
    ("Ada Brink met Piotr Nowak and told him the ferry was “as good as sold”.", ["Ada Brink"]),
    # split, and going on
    ("“The ferry,” said Ada Brink, “sails at nine.”", ["Ada Brink", "Ada Brink"]),
    ("“The ferry sails,” Ada Brink said. “Nobody will stop it. Never.”", ["Ada Brink", "Ada Brink"]),
    ("“No,” Ada Brink said. “Never.”", ["Ada Brink", "Ada Brink"]),
    ("“One.\n\n“Two of them.\n\n“Three of them,” Ada Brink said.", ["Ada Brink"] * 3),
    ("Ada Brink said: “One of them.\n\n“Two of them.\n\n“Three of them.”", ["Ada Brink"] * 3),
    ("“Yes\n\n“and no,” said Ada Brink.", ["Ada Brink"] * 2),
    # from the paragraph before
    ("The room went quiet. Then Ada Brink said.\n\n“The ferry sails tonight.”", ["Ada Brink"]),
    ("Ada Brink went on, and said this:\n\n“The ferry sails tonight.”\n\n“It sails tomorrow too.”", ["Ada Brink"] * 2),
    ("“The ferry sails,” Ada Brink said.\n\n“It sails at nine.”\n\n“It sails at ten.”", ["Ada Brink"] * 3),
    # a signature, a label
    ("“The ferry sails.” — Ada Brink", ["Ada Brink"]),
    ("“The ferry sails at nine sharp.”\n\n— Ada Brink", ["Ada Brink"]),
    ("BRINK: “Did it sail?”\n\nNOWAK: “It did not sail.”\n\nAda Brink met Piotr Nowak.", ["Ada Brink", "Piotr Nowak"]),
    # others than persons
    ("The Tarn Constitution is short. It states: “The ferry belongs to all.”", ["Tarn Constitution"]),
    ("The Tarn Ferry Company said it was “sorry for the wait”.", ["Tarn Ferry Company"]),
    ("“The ferry sails,” a senior aide said.", ["a senior aide"]),
    # the author
    ("I wrote in June that the ferry was “a floating excuse”.", ["AUTHOR"]),
    ("The British Tea Board met. “No tea,” the BTB said.", ["British Tea Board"]),
    # two people
    ("Ada Brink met Piotr Nowak. “It sails,” Brink said. “It sinks,” Nowak said.", ["Ada Brink", "Piotr Nowak"]),
    ("Mr. Brink and Mrs. Nowak spoke. “It sails,” she said. “It sinks,” he said.", ["Nowak", "Brink"]),
    ("“It sails,” Xi Longwei said. Mr Xi smiled. “It sails well,” he added.", ["Xi Longwei", "Xi Longwei"]),
    ("Xi Longwei met Paul Holm. Holm laughed. Mr Xi prefers tea. “It is hot,” he said.", ["Xi Longwei"]),
    ("Paul Holm came from Zarn. Zarn is small. “It is cold,” he said.", ["Paul Holm"]),
    # a quotation inside a quotation
    (
        "“My mother told me, ‘Never sell the boat,’ and I never did,” said Ada Brink.",
        ["Ada Brink", "My mother"],
    ),
    # nobody
    ("“The ferry sails at nine on every day but Sunday.”", [None]),
]


@pytest.mark.parametrize(("text", "speakers"), WHO)
def test_the_speaker_is_who_a_reader_would_name(read, text, speakers):
    assert [item.speaker for item in read(text) if item.kind != "term"] == speakers


FULLY = [
    ("“The ferry sails,” said a deckhand who would not be named.", "a deckhand who would not be named"),
    ("“The ferry sails,” a spokeswoman for the ferry company said.", "a spokeswoman for the ferry company"),
    ("A union official familiar with the talks said the ferry was “late”.", "A union official familiar with the talks"),
    ("A deckhand, who gave no name, said the ferry was “late”.", "A deckhand"),
]
"""Who is not named, with what tells which one it is: by the parse."""


@pytest.mark.parametrize(("text", "fully"), FULLY)
def test_who_is_not_named_has_the_fullest_description(read, analyser, text, fully):
    (item,) = read(text)
    if analyser.nlp.has_pipe("syntax"):
        assert (item.speaker, item.speaker_type) == (fully, "unnamed")
    else:
        assert fully.startswith(item.speaker)
        assert item.speaker_type == "unnamed"


NAMED = [
    ("The Ministry of Rivers and Forests stated: “The figures are false.”", "Ministry of Rivers and Forests"),
    ("The Committee on Fish and Fowl said the ferry was “late”.", "Committee on Fish and Fowl"),
    ("Secretary of Fisheries Walter Brink said the ferry was “late”.", "Walter Brink"),
    ("The Office of Boats and Ada Brink were there. “It is late,” said Brink.", "Ada Brink"),
    ("“It is late,” tweeted @ferrydad, whose picture is a raft.", "@ferrydad"),
    ("Said Ada Brink: “It is late.”", "Ada Brink"),
    ("“It is late,” said Citizens for Clean Ferries.", "Citizens for Clean Ferries"),
    ("“It is late,” said Del. Ada Brink.", "Ada Brink"),
    ("The daily Oliver Star said the ferry was “late”.", "Oliver Star"),
]


@pytest.mark.parametrize(("text", "speaker"), NAMED)
def test_offices_handles_and_papers_have_their_whole_name(read, text, speaker):
    (item,) = read(text)
    assert item.speaker == speaker


def test_a_paper_is_no_minister(read):
    text = "The minister, Rita Roe, left. The daily Arno Szo reported that the minister had said the ferry was “late”."
    (item,) = read(text)
    assert (item.speaker, item.speaker_type) == ("Rita Roe", "person")


@pytest.mark.parametrize(
    "text",
    [
        "I picture him leaning over the desk to say, “Take an earlier ferry.”",
        "Imagine a harbour master who says “never”.",
        "Suppose Ada Brink rang and said, “The ferry is late.”",
    ],
)
def test_what_somebody_imagines_was_not_said(read, text):
    (item,) = read(text)
    assert (item.kind, item.speaker) == ("term", None)


def test_he_is_who_is_named_beside_the_noun_that_is_the_subject(read, analyser):
    text = (
        "Walter Prynne kept the clock. He never missed a day.\n\nIn May the council paid for a report. The leader of "
        "the day, Councillor Roland Aske, announced the end of what he called the “wind-up era”."
    )
    (item,) = read(text)
    assert item.speaker == "Roland Aske"


def test_a_document_that_is_new_has_its_full_description(read, analyser):
    (item,) = read("A letter from the harbour office says the ferry is “late”.")
    assert item.speaker_type == "document"
    assert item.speaker == "A letter" + " from the harbour office" * analyser.nlp.has_pipe("syntax")


RELAYS = [
    ("Tarn Radio reported that Ada Brink said the ferry was “as good as sold”.", "Ada Brink", "Tarn Radio"),
    ("“It is as good as sold,” Ada Brink said, according to Rita Roe.", "Ada Brink", "Rita Roe"),
    ("According to Rita Roe, Ada Brink said the ferry was “as good as sold”.", "Ada Brink", "Rita Roe"),
    ("The ferry is “as good as sold”, according to Rita Roe.", "Rita Roe", None),
    ("“It is as good as sold,” said Ada Brink, who once told Rita Roe so.", "Ada Brink", None),
    ("Ada Brink told Rita Roe that the ferry was “as good as sold”.", "Ada Brink", None),
]


@pytest.mark.parametrize(("text", "speaker", "via"), RELAYS)
def test_relayed_words_have_a_speaker_and_a_relay(read, text, speaker, via):
    (item,) = read(text)
    assert (item.speaker, item.via) == (speaker, via)


def test_who_speaks_a_quotation_relays_those_inside_it(read):
    outer, inner = read("“My mother told me, ‘Never sell the boat,’ and I never did,” said Ada Brink.")
    assert (outer.speaker, outer.via) == ("Ada Brink", None)
    assert (inner.speaker, inner.via) == ("My mother", "Ada Brink")


def test_what_goes_on_is_relayed_by_the_same(read):
    first, second = read("“It is sold,” Ada Brink said, according to Rita Roe. “I signed it.”")
    assert first.speaker == second.speaker == "Ada Brink"
    assert first.via == second.via == "Rita Roe"


# The text, and the kinds of its marked spans, in reading order.
KINDS = [
    ("“The ferry sails,” said Ada Brink.", ["direct"]),
    ("Ada Brink said: “The ferry sails.”", ["direct"]),
    ("“The ferry sails”, said Ada Brink.", ["direct"]),
    ("Ada Brink called the timetable “a work of fiction”.", ["mixed"]),
    ("The so-called “welcome” was short.", ["term"]),
    ("He read “The Wind in the Ropes” on the boat.", ["term"]),
    ("Nils “Skipper” Holm came aboard.", ["term"]),
    ("Their word “skel” means “bad week” on the island.", ["term", "term"]),
    ("A reader might ask: “Why a ferry at all?”", ["term"]),
    ("If a captain rang and said “turn the light on”, nobody would hear.", ["term"]),
    ("Ferry Boss Says ‘Never Again’ To Council Offer\n\nThe ferry did not sail.", ["term"]),
    ("Ada Brink told “Tarn Tonight” that the ferry “sails when it sails”.", ["term", "mixed"]),
]


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_quotations_are_told_from_terms(read, text, kinds):
    assert [item.kind for item in read(text)] == kinds


def test_cue_mention_and_offsets_are_exact(read):
    text = "“The ferry sails,” said Ada Brink."
    (item,) = read(text)
    assert (item.text, item.cue.text, item.mention.text, item.mention.kind) == (
        "The ferry sails,",
        "said",
        "Ada Brink",
        "name",
    )
    assert text[item.cue.start : item.cue.end] == "said"
    assert text[item.mention.start : item.mention.end] == "Ada Brink"


def test_words_glued_to_marks_and_dashes_are_still_exact(read):
    text = "It was late.“The ferry sails,”Ada Brink said—twice."
    (item,) = read(text)
    assert (item.text, item.mention.text, item.cue.text) == ("The ferry sails,", "Ada Brink", "said")


def test_one_stretch_of_speech_has_one_number(read):
    text = "“The ferry,” said Ada Brink, “sails at nine.”\n\n“It sinks,” said Piotr Nowak."
    assert [item.utterance for item in read(text)] == [0, 0, 1]


def test_a_quotation_inside_another_names_it(read):
    outer, inner = read("“My mother told me, ‘Never sell the boat,’” said Ada Brink.")
    assert outer.nested_in is None
    assert inner.nested_in == (outer.start, outer.end)


def test_the_author_is_named_where_the_document_names_one(read):
    (item,) = read("I wrote in June that the ferry was “a floating excuse”.", author="Ada Brink")
    assert (item.speaker, item.speaker_type, item.mention.kind) == ("Ada Brink", "author", "author")


TYPES = [
    ("“It sails,” said Ada Brink.", "person"),
    ("“It sails,” said the Tarn Ferry Company.", "organization"),
    ("“It sails,” the report said.", "document"),
    ("“It sails,” an official said.", "unnamed"),
]


@pytest.mark.parametrize(("text", "kind"), TYPES)
def test_the_kind_of_speaker_is_told(read, text, kind):
    (item,) = read(text)
    assert item.speaker_type == kind


def test_the_evidence_is_a_sentence_for_people(read):
    (item,) = read("Ada Brink came late. “The ferry sails,” she said.")
    assert item.evidence == "‘she’ and then ‘said’ follow the quotation; ‘she’ is Ada Brink"


def test_confidence_is_higher_where_the_rule_is_surer(read):
    (sure,) = read("“The ferry sails,” said Ada Brink.")
    (unsure,) = read("Ada Brink sells what Rita Roe calls, to Paul Holm at least, a “ferry for the ages and the rest”.")
    assert sure.tier == "certain"
    assert unsure.tier != "certain"
    assert 0 < unsure.confidence < sure.confidence < 1


def test_wrapped_lines_are_read_as_one_paragraph(read):
    text = (
        "The council met on Monday and heard the harbour\nmaster at length. “The ferry sails at nine, whatever\n"
        "the council thinks of it,” said Ada Brink, who\nhad come with her own chair."
    )
    (item,) = read(text)
    assert item.speaker == "Ada Brink"


def test_a_line_break_inside_a_quotation_does_not_lose_the_speaker(read):
    (item,) = read("“First line,\nsecond line,” said Ada Brink.")
    assert item.speaker == "Ada Brink"
