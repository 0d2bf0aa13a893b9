"""The tokenizer: nothing of the text is lost, marks are tokens of their own, long runs cost no more than short ones."""

from __future__ import annotations

import re

import pytest
import spacy
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indexer.nlp.pipeline import build
from indexer.nlp.tokenizer import LinearTokenizer

LONG = ["x" * 70, ".,“”" * 20, "日本" * 40, "e\u0301" * 40]
SHORT = "said|Mr.|can't|Ada-Brink|https://a.org/x?y=1|“|”|\"|''|’s|—|…|😀| | |  |\n|\n\n|\t|\u00a0|\u2028|\ufeff"
PIECES = st.sampled_from([*LONG, *SHORT.split("|")])
texts = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join))
thorough = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def tokenize():
    return build().tokenizer


@thorough
@given(text=texts)
@example(text=" " + "x" * 60 + "  ")
@example(text="x" * 60 + "\n" + "y" * 60)
def test_the_text_comes_back_character_by_character(tokenize, text):
    assert tokenize(text).text == text


@thorough
@given(text=texts)
def test_every_token_stands_where_it_says(tokenize, text):
    for token in tokenize(text):
        assert text[token.idx : token.idx + len(token)] == token.text
        assert token.text


SPLIT = [
    ("“We won,” she said.", "“ We won , ” she said ."),
    ("''We won,'' she said.", "'' We won , '' she said ."),
    ("``We won,'' she said.", "` ` We won , '' she said ."),
    ("won”—she said—“again", "won ” — she said — “ again"),
    ("“We won.”“We lost.”", "“ We won . ” “ We lost . ”"),
    ("O’Brien’s 6'3\" guard", "O’Brien ’s 6'3 \" guard"),
]


@pytest.mark.parametrize(("text", "expected"), SPLIT)
def test_marks_are_tokens_of_their_own(tokenize, text, expected):
    assert [token.text for token in tokenize(text)] == expected.split()


def test_a_run_without_spaces_is_split_like_words(tokenize):
    run = "“So,”she said—“it’s the well-known U.S. man.”".replace(" ", "") + "“a”" * 20
    found = [token.text for token in tokenize(f"Then {run} and out.")]
    assert found[:10] == ["Then", "“", "So", ",", "”", "shesaid", "—", "“", "it’sthewell-knownU.S.man", "."]
    assert found[-3:] == ["and", "out", "."]


def test_a_long_address_stays_whole(tokenize):
    address = "https://example.org/" + "a/b-c.d?e=f&" * 10
    assert [token.text for token in tokenize(f"See {address} now")] == ["See", address, "now"]


@pytest.mark.parametrize("text", ['"' * 50_000, "“a”," * 20_000, "a" * 50_000, ("x" * 60 + " so\n") * 1_000])
def test_spacy_never_sees_a_long_run(text):
    seen = []
    nlp = spacy.blank("en")
    base = nlp.tokenizer

    def recorded(part):
        seen.append(part)
        return base(part)

    assert LinearTokenizer(recorded, nlp.vocab)(text).text == text
    assert max(map(len, re.findall(r"\S+", " ".join(seen))), default=0) < 60
    assert sum(map(len, seen)) <= len(text)
