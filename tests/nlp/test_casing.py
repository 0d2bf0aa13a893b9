"""Texts that are all in capitals are read as if they had small letters, and quoted as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.nlp.casing import is_all_capitals, truecased

WRITTEN = [
    "The mayor of Tarn said on Tuesday that Ada Brink would leave the council in June.",
    "The ferry was late. It had lost its rudder, and the crew asked the harbour master for help.",
    "Mr. Brown told the FBI and the U.S. Senate that he had seen nothing of the kind.",
    "“We will win,” she said. “They will not.” Then Senator Okafor left for Washington.",
    '"We will win," he said. "I know it."',
    "He called it “a disaster” and went home to New York with Governor Sean O’Neill.",
    "BRINK: Nobody asked us about the bridge, and nobody will.",
    "“I don’t think it’s fair,” said Ada Brink’s brother, Tom.",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_sentence_gets_its_capitals_back(text):
    assert truecased(text.upper()) == text


def test_lines_with_small_letters_are_left_alone():
    text = "THE FERRY WAS LATE.\n\nPosted by NEWSROOM tom in tarn\n\nIT SAID NOTHING."
    assert truecased(text) == "The ferry was late.\n\nPosted by NEWSROOM tom in tarn\n\nIt said nothing."


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("THE COUNCIL MET ON MONDAY AND WENT HOME WITHOUT A VOTE.", True),
        ("The council met on Monday and went home without a vote.", False),
        ("THE COUNCIL MET.", False),
        ("COUNCIL HALTS BRIDGE WORK\n\nThe council met on Monday and went home without a vote.", False),
        ("", False),
        ("12.5 – 13.7 – 15.9 – 18.2 – 21.0 – 25.4 – 29.3 – 31.8", False),
    ],
)
def test_which_texts_are_all_in_capitals(text, capitals):
    assert is_all_capitals(text) is capitals


@given(st.text(st.sampled_from("AÉßŒİŉ'’“”\"-:. \n\tBcD12ﬁΣ"), max_size=60))
def test_no_character_moves(text):
    written = truecased(text)
    assert len(written) == len(text)
    assert [char.upper() for char in written] == [char.upper() for char in text]


def test_it_is_read_like_any_other_and_quoted_as_printed(read):
    text = (
        "“THE FERRY SAILS AT NINE,” SAID ADA BRINK, THE HARBOUR MASTER. SHE DID NOT WAIT FOR QUESTIONS.\n\n"
        "“COME BACK IN MARCH,” SHE SAID."
    )
    first, second = read(text)
    assert (first.text, first.mention.text, first.cue.text) == ("THE FERRY SAILS AT NINE,", "ADA BRINK", "SAID")
    assert (first.speaker, first.speaker_type) == ("Ada Brink", "person")
    assert (second.text, second.speaker) == ("COME BACK IN MARCH,", "Ada Brink")
