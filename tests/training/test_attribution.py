from __future__ import annotations

import pytest

from indexer.nlp.analysis import load
from indexer.nlp.attributor import Attributor
from indexer.nlp.model import NONE
from indexer.training import examples
from indexer.training.attribution import fit_attribution


@pytest.fixture(scope="module")
def gold(samples):
    return examples.decided(samples / "gold.jsonl")


@pytest.fixture(scope="module")
def analyser():
    return load(NONE)


@pytest.fixture(scope="module")
def fitted(gold, analyser):
    """Networks fitted on our own articles and sentences alone."""
    return fit_attribution(gold, [], [analyser])


def test_what_was_learned_attributes_most_of_the_articles(fitted, gold, analyser):
    right = found = 0
    for example in gold:
        doc = analyser.read(example.document)
        for item in Attributor(networks=fitted.networks).predict(doc):
            answer = example.answer(item.start, item.end)
            if answer is not None and answer.is_quotation and item.speaker is not None:
                found += 1
                right += item.speaker.casefold() in answer.names
    assert found > 80
    assert right / found > 0.7


def test_the_confidence_is_judged_on_articles_left_out(fitted, gold):
    parts = {part for part, _, _ in fitted.seen}
    assert parts == {example.fold(10) for example in gold}
    assert len(fitted.judged) == len(fitted.seen) > 80
    sure = [right for confidence, right in fitted.judged if confidence > 0.8]
    unsure = [right for confidence, right in fitted.judged if confidence <= 0.8]
    assert sum(sure) / len(sure) > sum(unsure) / len(unsure)


def test_the_same_articles_give_the_same_weights(fitted, gold, analyser):
    again = fit_attribution(gold, [], [analyser])
    assert {name: network.text("") for name, network in again.networks.items()} == {
        name: network.text("") for name, network in fitted.networks.items()
    }
