from __future__ import annotations

import numpy as np
import pytest

from indexer.nlp.network import Network, load, parse


def network(**linear):
    """A network without hidden units: each feature has its own weight."""
    names = {name: at for at, name in enumerate(linear)}
    weights = np.array(list(linear.values()), dtype=np.float32)
    nothing = np.zeros((len(names), 0), dtype=np.float32)
    return Network(names, weights, nothing, np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32))


def test_the_shares_of_a_choice_are_those_of_its_scores_and_sum_to_one():
    shares = network(near=2.0, far=-1.0).shares([{"near": 1.0}, {"far": 1.0}, {"unknown": 5.0}])
    assert sum(shares) == pytest.approx(1)
    assert shares[0] == pytest.approx(np.exp(2) / (np.exp(2) + np.exp(-1) + 1))
    assert shares[0] > shares[2] > shares[1]


def test_no_rows_have_no_shares():
    assert network(near=2.0).shares([]) == []


def test_a_probability_is_even_where_nothing_speaks_for_it():
    assert network(near=2.0).probability({}) == 0.5
    assert network(near=2.0).probability({"near": 1.0}) == pytest.approx(1 / (1 + np.exp(-2)))


def test_scores_too_large_for_a_power_are_certain_and_no_error():
    assert network(near=4_000.0).shares([{"near": 1.0}, {}]) == [1.0, 0.0]


def test_a_hidden_unit_counts_only_above_zero():
    net = Network(
        {"a": 0, "b": 1},
        np.zeros(2, dtype=np.float32),
        np.array([[1.0], [1.0]], dtype=np.float32),
        np.array([-1.5], dtype=np.float32),
        np.array([4.0], dtype=np.float32),
    )
    assert net.scores([{"a": 1.0}, {"b": 1.0}, {"a": 1.0, "b": 1.0}]).tolist() == [0.0, 0.0, 2.0]


def test_what_is_written_as_text_is_read_again():
    net = network(near=2.0, far=-1.0)
    again = parse(net.text("first line\nsecond line"))
    rows = [{"near": 1.0}, {"far": 0.5}]
    assert again.scores(rows).tolist() == net.scores(rows).tolist()


def test_other_text_is_no_network():
    with pytest.raises(ValueError, match="not the weights of a network"):
        parse("near\t1\n")


@pytest.mark.parametrize("name", ["mentions", "confidence"])
def test_the_networks_ship_with_the_package(name):
    net = load(name)
    assert len(net.names) > 50
    assert np.isfinite(net.hidden).all()


def test_there_is_no_other_network():
    with pytest.raises(KeyError):
        load("nothing")
