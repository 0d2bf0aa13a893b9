"""The measured confidence of each rule, and that the table in the package is the one measured."""

from __future__ import annotations

import pytest

from indexer.evaluation.confidence import HEADER, rules_table


@pytest.fixture
def rows(samples):
    """(rule, kind of mention) -> (share, count) on the samples."""
    lines = rules_table(samples / "gold.jsonl").splitlines()[HEADER.count("\n") + 1 :]
    return {(rule, kind): (float(share), int(n)) for rule, kind, share, n in (line.split("\t") for line in lines)}


def test_shares_are_smoothed_and_never_certain(rows):
    for share, n in rows.values():
        assert 1 / (n + 2) - 0.001 <= share <= (n + 1) / (n + 2) + 0.001


def test_any_kind_of_mention_is_the_sum_of_all(rows):
    for rule in {rule for rule, _ in rows}:
        kinds = [n for (name, kind), (_, n) in rows.items() if name == rule and kind != "any"]
        assert sum(kinds) == rows[rule, "any"][1]


def test_the_table_of_the_package_is_the_one_measured(root, corpora):
    shipped = (root / "indexer" / "nlp" / "lexicon" / "confidence.tsv").read_text(encoding="utf-8")
    measured = rules_table(corpora / "polnear" / "train.gold.jsonl")
    assert shipped == f"{measured}\n", "run quotes evaluate polnear/train.gold.jsonl --rules"
