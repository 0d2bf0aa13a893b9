"""The weights that tell when something was said: fitted again they are the same, and they tell what they saw."""

from __future__ import annotations

import json
import re

import pytest

from indexer.evaluation.gold import read_gold
from indexer.evaluation.when import read
from indexer.nlp.analysis import load
from indexer.nlp.model import NONE
from indexer.training.dates import Example, cross_validate, fit, table, train

NAMES = ["Ada Brink", "Tom Ash", "Jane Roe", "Bob Lund", "Eva Marsh", "Ian Peat", "Ruth Fell", "Max Dale"]


@pytest.fixture
def gold_file(tmp_path):
    """Articles of our own in which a day after the quotation is when it was said, and one in the lead is not."""
    lines = []
    for n, name in enumerate(NAMES):
        text = f"The ferry sank on Monday.\n\n“It was late,” {name} told reporters on Tuesday.\n\n“Very late,” he said."
        start, when = text.index("It was"), text.index("on Tuesday")
        second = text.index("Very late,")
        quotation = {"decision": "quotation", "kind": "direct", "speaker": name, "when": [when, when + 10]}
        items = [{**quotation, "start": at, "end": at + n} for at, n in ((start, 12), (second, 10))]
        lines.append(json.dumps({"id": str(n), "text": text, "published": "2024-05-08", "quotations": items}))
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_what_speaks_for_the_right_answer_weighs_more():
    examples = [Example([["none"], ["near"], ["far"]], 1) for _ in range(20)]
    weights = fit(examples + [Example([["none"], ["far"]], 0) for _ in range(40)])
    assert weights["near"] > weights["none"] > weights["far"]


def test_what_is_seen_rarely_has_no_weight():
    examples = [Example([["none"], ["near"]], 1) for _ in range(20)]
    weights = fit([*examples, Example([["none"], ["near", "once"]], 1)])
    assert "once" not in weights


def test_nothing_to_learn_from_is_an_error():
    with pytest.raises(ValueError, match="nothing to learn from"):
        fit([])


def test_training_twice_gives_the_same_table(gold_file):
    one = train(gold_file, [NONE])
    assert one == train(gold_file, [NONE])
    assert all(re.fullmatch(r"#.*|[^\t]+\t-?\d+\.\d\d", line) for line in one.splitlines())


def test_weights_tell_what_they_were_fitted_on(gold_file):
    weights = dict(line.split("\t") for line in train(gold_file, [NONE]).splitlines() if not line.startswith("#"))
    values = {name: float(weight) for name, weight in weights.items()}
    analyser = load(NONE)
    for gold in read_gold(gold_file):
        reading = read(gold, analyser)
        told = reading.dates.of(reading.quotations, values)
        assert [when.said_on for when in told] == ["2024-05-07", "2024-05-07"]


def test_each_fold_is_told_by_weights_that_did_not_see_it(gold_file):
    (figures,) = cross_validate(gold_file, [NONE], folds=4)
    assert (figures.words.right, figures.words.spurious, figures.words.missed) == (16, 0, 0)


def test_a_table_is_read_as_it_was_written():
    assert table({"b": -0.5, "a": 1.0}).splitlines()[-2:] == ["a\t1.00", "b\t-0.50"]


def test_the_words_that_say_when_in_the_corpus(corpora):
    """By cross-validation on the part of PolNeAR train that was decided by hand; the figures are in the changelog."""
    (figures,) = cross_validate(corpora / "polnear" / "train.gold.jsonl", [None], folds=5)
    assert figures.words.f1 >= 0.62
    assert figures.dates.f1 >= 0.70
