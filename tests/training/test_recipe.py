"""From corpora to a pipeline: a training as a whole, the same twice, interrupted, refused."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from indexer import extract
from indexer.errors import CorpusError, UsageError
from indexer.nlp import model
from indexer.nlp.model_files import damage
from indexer.training import corpora, recipe
from indexer.training.evaluating import evaluate


def digests(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def changed(folder: Path, into: Path, old: str, new: str) -> str:
    """The path of a recipe like the tiny one but for one line."""
    shutil.copytree(folder, into)
    text = (into / "tiny.toml").read_text("utf-8")
    assert old in text
    (into / "tiny.toml").write_text(text.replace(old, new), "utf-8")
    return str(into / "tiny.toml")


# --- what comes out ---


def test_it_knows_its_sentences_by_heart(tiny: Path) -> None:
    nlp = spacy.load(tiny)
    doc = nlp(Doc(nlp.vocab, words="“ The bridge is old , ” said Piotr Nowak .".split()))
    assert [(token.tag_, token.dep_, token.head.i, token.lemma_) for token in doc[6:10]] == [
        ("''", "punct", 4, "”"),
        ("VBD", "parataxis", 4, "say"),
        ("NNP", "nsubj", 7, "Piotr"),
        ("NNP", "flat", 8, "Nowak"),
    ]
    assert [(name.text, name.label_) for name in doc.ents] == [("Piotr Nowak", "PERSON")]


def test_its_scores_on_them_are_full(tiny: Path, own_corpora: Path) -> None:
    for name, scores in evaluate(spacy.load(tiny), own_corpora, own_corpora / "corpora.tsv"):
        assert min(scores.tag, scores.uas, scores.las, scores.sentences, scores.names) > 95, name
        assert scores.lemma == 100, name


def test_it_says_how_it_was_made(tiny: Path, own_corpora: Path) -> None:
    training = json.loads((tiny / "meta.json").read_text("utf-8"))["training"]
    assert (
        training["recipe"]["fit"] | {"seed": 7, "steps": 60, "rate": 0.01, "final_rate": 0.0}
        == (training["recipe"]["fit"])
    ), "settings the recipe names, and those it leaves to their defaults"
    fitted_and_steered = [each for each in corpora.manifest(own_corpora / "corpora.tsv") if each.use != "measure"]
    assert training["corpora"] == {each.path: each.sha256 for each in fitted_and_steered}
    assert training["libraries"]["spacy"] == spacy.__version__
    assert {"thinc", "numpy", "conllu"} <= set(training["libraries"])


def test_nothing_in_it_tells_where_it_was_made(tiny: Path, own_corpora: Path) -> None:
    places = [str(tiny.parent).encode(), str(own_corpora).encode()]
    assert [path for path in tiny.rglob("*") if path.is_file() and any(p in path.read_bytes() for p in places)] == []


def test_its_digests_are_those_of_its_files(tiny: Path) -> None:
    assert damage(tiny, must_have_sums=True) == ""


def test_it_is_a_language_model_that_articles_are_read_with(tiny: Path) -> None:
    loaded = model.load(str(tiny))
    assert loaded is not None
    assert loaded.identity.startswith("en_tiny-0.0.1-")
    (found,) = extract("“The ferry is slow,” said Ana Lund.", model=str(tiny))
    assert (found.text, found.speaker) == ("The ferry is slow,", "Ana Lund")


def test_the_same_recipe_makes_the_same_files(tiny: Path, own_corpora: Path, tmp_path: Path) -> None:
    again = recipe.train(own_corpora, tmp_path / "again", recipe=str(own_corpora / "tiny.toml"))
    assert digests(again) == digests(tiny)


def test_another_seed_makes_other_weights(tiny: Path, own_corpora: Path, tmp_path: Path) -> None:
    other = changed(own_corpora, tmp_path / "corpora", "steps = 60", "steps = 3\nseed = 8")
    made = recipe.train(own_corpora, tmp_path / "other", recipe=other)
    assert digests(made)["parser/model"] != digests(tiny)["parser/model"]


# --- interrupted ---


class Training:
    """`quotes model train` with the tiny recipe, as a process that is stopped at its next checkpoint."""

    def __init__(self, folder: Path, corpora: Path) -> None:
        self.out = folder / "model"
        self.command = [sys.executable, "-m", "indexer", "model", "train", "--corpora", str(corpora)]
        self.command += ["--out", str(self.out), "--recipe", str(corpora / "tiny.toml")]

    def start(self, *more: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen([*self.command, *more], stdout=pipe, stderr=pipe, encoding="utf-8", env={**os.environ})

    def stopped(self, how: signal.Signals, *more: str) -> tuple[int, str]:
        """The exit code, and what it said on stderr."""
        before = self.step()
        with self.start(*more) as process:
            while self.step() == before and process.poll() is None:
                time.sleep(0.01)
            process.send_signal(how)
            _, said = process.communicate(timeout=300)
        return process.returncode, said

    def step(self) -> int:
        """That of the newest checkpoint."""
        try:
            return json.loads((self.out.parent / "model.parts/fit/last/progress.json").read_text("utf-8"))["step"]
        except FileNotFoundError:
            return 0


def test_a_training_that_is_stopped_goes_on_where_it_was(own_corpora: Path, tmp_path: Path) -> None:
    training = Training(tmp_path, own_corpora)
    code, said = training.stopped(signal.SIGINT)
    assert code == 130
    assert said.endswith(f"Error: Interrupted. What is done is kept in {training.out}.parts: go on with --resume\n")
    first = training.step()
    assert 0 < first < 60

    code, said = training.stopped(signal.SIGKILL, "--resume")
    assert code == -signal.SIGKILL
    assert f"goes on from step {first} of 60" in said
    second = training.step()
    assert first < second < 60
    assert not training.out.exists()

    with training.start("--resume") as process:
        printed, said = process.communicate(timeout=300)
    assert (process.returncode, printed) == (0, f"{training.out}\n"), said
    assert f"goes on from step {second} of 60" in said
    assert "step 20:" not in said
    assert model.load(str(training.out)) is not None
    assert damage(training.out, must_have_sums=True) == ""


def test_a_training_that_is_done_is_not_done_again(tiny: Path, own_corpora: Path) -> None:
    before = digests(tiny.parent)
    said: list[str] = []
    recipe.train(own_corpora, tiny, recipe=str(own_corpora / "tiny.toml"), resume=True, report=said.append)
    assert [line.split(":")[0] for line in said] == ["written"]
    assert digests(tiny.parent) == before


def test_a_training_does_not_go_on_with_another_recipe(own_corpora: Path, tmp_path: Path, tiny: Path) -> None:
    parts = shutil.copytree(f"{tiny}.parts", tmp_path / "model.parts")
    other = changed(own_corpora, tmp_path / "corpora", "rate = 0.01", "rate = 0.02")
    with pytest.raises(UsageError, match="begun with another recipe or other corpora"):
        recipe.train(own_corpora, tmp_path / "model", recipe=other, resume=True)
    assert digests(parts) == digests(Path(f"{tiny}.parts"))


# --- refused, before anything is computed ---


@pytest.mark.parametrize("name", ["model", "model.parts"])
def test_a_folder_with_something_in_it_is_left_alone(own_corpora: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match=f"{name}: not empty") as error:
        recipe.train(own_corpora, tmp_path / "model", recipe=str(own_corpora / "tiny.toml"))
    assert error.value.hint == "Name another folder, or go on with --resume."
    assert list(tmp_path.rglob("*.*")) == sorted({tmp_path / name, tmp_path / name / "mine.txt"} - {tmp_path / "model"})


def test_not_even_to_resume(own_corpora: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="not empty"):
        recipe.train(own_corpora, tmp_path, recipe=str(own_corpora / "tiny.toml"), resume=True)


def test_a_file_in_the_place_of_the_folder(own_corpora: Path, tmp_path: Path) -> None:
    (tmp_path / "model").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        recipe.train(own_corpora, tmp_path / "model", recipe=str(own_corpora / "tiny.toml"))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[fit]", "[fit", "no recipe"),
        ("steps = 60", "stpes = 60", "unexpected keyword argument 'stpes'"),
        ("mask = 0.1", "masks = 0.1", "unexpected keyword argument 'masks'"),
        ('name = "tiny"', "", "missing 1 required positional argument: 'name'"),
        ('name = "tiny"', 'name = "tiny"\nhome = "x"', "no recipe"),
        ("tiny.cfg", "huge.cfg", "its pipeline huge.cfg is missing"),
    ],
)
def test_a_recipe_that_is_none(own_corpora: Path, tmp_path: Path, old: str, new: str, problem: str) -> None:
    path = changed(own_corpora, tmp_path / "corpora", old, new)
    with pytest.raises(UsageError, match=problem):
        recipe.train(own_corpora, tmp_path / "model", recipe=path)
    assert not (tmp_path / "model.parts").exists()


def test_a_recipe_that_is_not_there(own_corpora: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no_such: no such recipe"):
        recipe.train(own_corpora, tmp_path / "model", recipe="no_such")


def test_corpora_that_are_not_the_ones_meant(own_corpora: Path, tmp_path: Path) -> None:
    shutil.copytree(own_corpora, tmp_path / "corpora")
    (tmp_path / "corpora/gum/train.conllu").unlink()
    with pytest.raises(CorpusError, match=r"gum/train\.conllu: missing"):
        recipe.train(tmp_path / "corpora", tmp_path / "model", recipe=str(own_corpora / "tiny.toml"))
    assert not (tmp_path / "model.parts").exists()
