"""The pace of a fit, and its checkpoints, which are whole whatever happens."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from indexer.training import checkpoints
from indexer.training.fitting import Settings, learn_rate

PACE = Settings(steps=100, rate=0.01, final_rate=0.001, warmup=20)


@pytest.mark.parametrize(
    ("step", "rate"), [(1, 0.0005), (10, 0.005), (20, 0.01), (60, 0.0055), (80, 0.00325), (100, 0.001)]
)
def test_the_rate_rises_and_falls_in_straight_lines(step: int, rate: float) -> None:
    assert learn_rate(step, PACE) == pytest.approx(rate)


def test_a_fit_that_is_all_warm_up() -> None:
    assert learn_rate(5, Settings(steps=5, warmup=5, rate=0.01)) == pytest.approx(0.01)


@pytest.fixture
def nlp() -> Language:
    return named("one")


def named(label: str) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": "Ana"}])
    return nlp


def label_in(where: Path) -> str:
    nlp = named("none")
    checkpoints.restore(nlp, where)
    return nlp("Ana").ents[0].label_


def test_a_checkpoint_has_its_step_and_value(nlp: Language, tmp_path: Path) -> None:
    where = tmp_path / "fit" / "last"
    assert (checkpoints.restore(nlp, where), checkpoints.value_of(where)) == (0, -1.0)
    checkpoints.save(nlp, where, 40, 81.5)
    assert (checkpoints.restore(nlp, where), checkpoints.value_of(where)) == (40, 81.5)


def test_the_next_checkpoint_takes_its_place(nlp: Language, tmp_path: Path) -> None:
    checkpoints.save(nlp, tmp_path / "last", 1, 0.0)
    checkpoints.save(named("two"), tmp_path / "last", 2, 0.0)
    assert label_in(tmp_path / "last") == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["last"]


def test_killed_while_a_checkpoint_is_written_the_one_before_counts(nlp: Language, tmp_path: Path) -> None:
    checkpoints.save(nlp, tmp_path / "last", 1, 0.0)
    named("two").to_disk(tmp_path / "last.new")
    assert checkpoints.restore(named("none"), tmp_path / "last") == 1
    assert label_in(tmp_path / "last") == "one"


@pytest.mark.parametrize("written", [True, False])
def test_killed_while_one_takes_the_place_of_the_other(nlp: Language, tmp_path: Path, written: bool) -> None:
    checkpoints.save(nlp, tmp_path / "last", 1, 0.0)
    (tmp_path / "last").rename(tmp_path / "last.old")
    if written:
        checkpoints.save(named("two"), tmp_path / "other", 2, 0.0)
        (tmp_path / "other").rename(tmp_path / "last.new")
    assert checkpoints.restore(named("none"), tmp_path / "last") == (2 if written else 1)
    assert label_in(tmp_path / "last") == ("two" if written else "one")
    checkpoints.save(named("three"), tmp_path / "last", 3, 0.0)
    assert label_in(tmp_path / "last") == "three"
    assert [path.name for path in tmp_path.iterdir()] == ["last"]


def test_what_a_kill_left_of_two_is_not_in_the_way(nlp: Language, tmp_path: Path) -> None:
    checkpoints.save(nlp, tmp_path / "last", 1, 0.0)
    shutil.copytree(tmp_path / "last", tmp_path / "last.old")
    (tmp_path / "last.new").mkdir()
    checkpoints.save(named("two"), tmp_path / "last", 2, 0.0)
    assert label_in(tmp_path / "last") == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["last"]
