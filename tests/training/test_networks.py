from __future__ import annotations

import random

import pytest

from indexer.training.networks import Choice, Settings, fit, true_or_false

SETTINGS = Settings(hidden=4, epochs=40, rare=1, rate=2e-2)


def choices(count=200, seed=1):
    """The near one is right, unless it is quoted."""
    chance = random.Random(seed)
    for _ in range(count):
        quoted = chance.random() < 0.5
        near = {"near": 1.0, "quoted": float(quoted)}
        yield Choice([near, {"far": 1.0}], [not quoted, quoted])


def test_what_is_right_becomes_likely():
    network = fit(list(choices()), SETTINGS)
    assert network.shares([{"near": 1.0}, {"far": 1.0}])[0] > 0.85
    assert network.shares([{"near": 1.0, "quoted": 1.0}, {"far": 1.0}])[0] < 0.15


def test_either_of_two_right_rows_will_do():
    both = [Choice([{"a": 1.0}, {"b": 1.0}, {"c": 1.0}], [True, True, False])] * 100
    shares = fit(both, SETTINGS).shares([{"a": 1.0}, {"b": 1.0}, {"c": 1.0}])
    assert shares[0] + shares[1] > 0.85


def test_the_same_choices_give_the_same_weights():
    one, other = (fit(list(choices()), SETTINGS).text("") for _ in range(2))
    assert one == other
    assert one != fit(list(choices()), Settings(hidden=4, epochs=20, rare=1, rate=2e-2, seed=1)).text("")


def test_a_probability_comes_near_the_share_that_is_true():
    chance = random.Random(2)
    outcomes = [true_or_false({"always": 1.0}, chance.random() < 0.8) for _ in range(2_000)]
    assert fit(outcomes, SETTINGS).probability({"always": 1.0}) == pytest.approx(0.8, abs=0.04)


def test_weights_say_how_much_a_choice_counts():
    says_a = Choice([{"a": 1.0}, {"b": 1.0}], [True, False], weight=3.0)
    says_b = Choice([{"a": 1.0}, {"b": 1.0}], [False, True], weight=0.3)
    assert fit([says_a, says_b] * 100, SETTINGS).shares([{"a": 1.0}, {"b": 1.0}])[0] > 0.8


def test_rare_features_are_left_out():
    network = fit([*choices(), Choice([{"odd": 1.0}, {"far": 1.0}], [True, False])], Settings(rare=3, epochs=1))
    assert "odd" not in network.names
    assert "near" in network.names


def test_without_a_right_answer_there_is_nothing_to_learn():
    with pytest.raises(ValueError, match="nothing to learn from"):
        fit([Choice([{"a": 1.0}], [False])])
