"""`quotes model train` and `quotes model evaluate`."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys

import pytest

from indexer.training import corpora as lists

ADVICE = "Install what training needs: pip install 'quote-indexer[train]'"


@pytest.fixture
def own_list(own_corpora, monkeypatch):
    """Our own sentences take the place of the released corpora."""
    listed = lists.manifest(own_corpora / "corpora.tsv")
    monkeypatch.setattr(lists, "manifest", lambda path=None: listed)


def without(library, *args):
    """`quotes` as a process in which a library cannot be imported."""
    code = f"import sys; sys.modules[{library!r}] = None; from indexer.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *map(str, args)], capture_output=True, encoding="utf-8")


def train(corpora, out, recipe=None):
    return ["model", "train", "--corpora", corpora, "--out", out, "--recipe", recipe or corpora / "tiny.toml"]


def test_train_prints_the_folder_and_says_how_it_goes(invoke, own_corpora, tmp_path):
    result = invoke(*train(own_corpora, tmp_path / "a b" / "model"))
    assert (result.exit_code, result.stdout) == (0, f"{tmp_path / 'a b' / 'model'}\n")
    said = [line.split(":")[0] for line in result.stderr.splitlines()]
    assert said == ["read", "step 20", "step 40", "step 60", "written"]
    assert "las 100.0" in result.stderr


def test_a_model_that_was_trained_is_one_that_articles_are_read_with(invoke, tiny, articles):
    result = invoke("extract", articles, "--model", tiny)
    assert result.exit_code == 0, result.stderr
    assert "Maria Lindqvist" in result.stdout


def test_evaluate_prints_a_row_for_each_set_and_genre(invoke, own_corpora, own_list, tiny):
    result = invoke("model", "evaluate", "--corpora", own_corpora, "--model", tiny)
    assert (result.exit_code, result.stderr) == (0, "")
    rows = [line.split() for line in result.stdout.splitlines()]
    assert rows[0] == "test set words tag UAS LAS lemma sentences names PERSON ORG PLACE".split()
    assert rows[1] == ["ewt", "235", *["100.0"] * 9]
    assert [row[:-10] for row in rows[1:]] == [["ewt"], ["gum"], ["gum", "court"], ["gum", "news"], ["pud"]]


def test_evaluate_for_programs(invoke, own_corpora, own_list, tiny):
    result = invoke("model", "evaluate", "--corpora", own_corpora, "--model", tiny, "--format", "json")
    first, _, third, *_ = json.loads(result.stdout)
    assert first == {
        **{"set": "ewt", "genre": None, "words": 235, "tag": 100.0, "uas": 100.0, "las": 100.0, "lemma": 100.0},
        **{"sentences": 100.0, "names": 100.0, "person": 100.0, "org": 100.0, "place": 100.0},
    }
    assert (third["set"], third["genre"]) == ("gum", "court")
    printed = invoke("model", "evaluate", "--corpora", own_corpora, "--model", tiny, "--format", "csv").stdout
    assert list(next(csv.DictReader(io.StringIO(printed)))) == list(first)


def test_evaluate_says_where_the_labels_are_foreign(invoke, own_corpora, own_list, toys):
    result = invoke("model", "evaluate", "--corpora", own_corpora, "--model", toys / "clearnlp")
    assert result.exit_code == 0
    assert result.stderr == (
        "Its parser's labels are not those of Universal Dependencies: tag, UAS and LAS say nothing of this model.\n"
    )
    assert " – " in result.stdout, "it has no lemmatizer that knows these words"


def test_evaluate_needs_a_model(invoke, own_corpora, own_list):
    result = invoke("model", "evaluate", "--corpora", own_corpora, "--model", "none")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: No language model to measure. Name one with --model.\n"


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_a_file_that_is_not_the_one_meant_is_named_with_its_digest(invoke, own_corpora, own_list, tmp_path, command):
    folder = shutil.copytree(own_corpora, tmp_path / "corpora")
    path, use = ("ud-ewt/train.conllu", "fit") if command == "train" else ("gum/test.conllu", "measure")
    expected = next(each.sha256 for each in lists.manifest() if each.path == path and each.use == use)
    (folder / path).unlink()
    args = train(folder, tmp_path / "out") if command == "train" else ["model", "evaluate", "--corpora", folder]
    result = invoke(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Error: {folder / path}: missing. The file that is meant has the SHA-256 {expected}\n"


def test_no_folder_of_corpora(invoke, own_corpora, tmp_path):
    tiny = own_corpora / "tiny.toml"
    for args in (["model", "evaluate", "--corpora", tmp_path / "no"], train(tmp_path / "no", tmp_path / "out", tiny)):
        result = invoke(*args)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"Error: {tmp_path / 'no'}: no such folder. ")


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_without_the_extra_it_says_what_to_install(own_corpora, tmp_path, command):
    args = train(own_corpora, tmp_path / "out") if command == "train" else ["model", command, "--corpora", own_corpora]
    done = without("conllu", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"Error: conllu is not installed. {ADVICE}\n"


def test_a_recipe_with_a_teacher_says_at_once_that_it_needs_torch(own_corpora, tmp_path):
    folder = shutil.copytree(own_corpora, tmp_path / "corpora")
    taught = 'encoder = "some_encoder"\n' + (folder / "tiny.toml").read_text("utf-8")
    (folder / "tiny.toml").write_text(taught, "utf-8")
    done = without("torch", *train(folder, tmp_path / "out"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"Error: torch is not installed. {ADVICE}\n"
    assert not (tmp_path / "out.parts").exists()


def test_the_scores_of_the_test_sets_at_hand(invoke, corpora, tiny):
    """Only that the real files are read; the figures of the model that ships are in its card."""
    result = invoke("model", "evaluate", "--corpora", corpora, "--model", tiny, "--format", "json")
    assert result.exit_code == 0, result.stderr
    words = {row["set"]: row["words"] for row in json.loads(result.stdout) if row["genre"] is None}
    assert words == {"ewt": 25_094, "gum": 14_772, "pud": 21_180}
