from __future__ import annotations

import pytest

from indexer.domain import Document
from indexer.nlp import rules
from indexer.nlp.candidates import Candidates
from indexer.nlp.context import Context, Previous
from indexer.nlp.features import Describer
from indexer.nlp.narrative import Narrative


@pytest.fixture
def look(analyser):
    """The candidates of the last quotation of a text, and their features."""

    def candidates(text, previous=None):
        document = Document("d", text)
        narrative = Narrative(analyser.read(document))
        place = narrative.places[-1]
        found = Candidates(narrative, Context(narrative, document)).of(place, rules.find(narrative, place))
        return found, Describer(narrative).features(place, found, previous and Previous(narrative.places[0], None))

    return candidates


def words(candidates):
    return [candidate.mention.text for candidate in candidates]


def test_everybody_around_a_quotation_may_speak_it(look):
    found, _ = look("Rita Roe ran the quay.\n\nPaul Holm met Ada Brink. “It sails,” she said.\n\nThe mayor left.")
    assert {"Rita Roe", "Paul Holm", "Ada Brink", "she", "The mayor"} <= set(words(found))


def test_whoever_is_far_away_does_not(look):
    found, _ = look("Rita Roe ran the quay.\n\n" + "It rained.\n\n" * 5 + "“It sails,” said Ada Brink.")
    assert "Rita Roe" not in words(found)
    assert "Ada Brink" in words(found)


def test_a_long_text_gives_no_more_candidates_than_a_short_one(look):
    name = "Ada Brink met Rita Roe. "
    few, many = (len(look(name * count + "“It sails,” said Paul Holm.")[0]) for count in (100, 1_000))
    assert few == many < 100


def test_rules_point_at_candidates_and_features_say_so(look):
    found, features = look("“It sails,” said Ada Brink.")
    (at,) = [k for k, text in enumerate(words(found)) if text == "Ada Brink"]
    assert "ruled cue, then speaker, after it" in found[at].routes
    assert features[at]["route ruled cue, then speaker, after it"] == 1
    assert features[at]["m name"] == 1
    assert features[at]["at after near"] == 1


def test_features_that_are_nought_are_left_out_and_all_are_numbers(look):
    _, features = look("Paul Holm met Ada Brink. “It sails,” she said. “It always did.”", previous=True)
    assert features
    for row in features:
        assert all(isinstance(value, float | int) and value for value in row.values())
        assert row["previous in paragraph"] == 1
