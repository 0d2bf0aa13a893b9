from __future__ import annotations

import json
import shutil

import pytest

from indexer.nlp import model as models
from indexer.nlp.model_files import write_sums

COMMANDS = (["extract"], ["index", "--db", "mine.db"], ["evaluate"])


@pytest.fixture
def here(tmp_path, monkeypatch, articles):
    """An empty folder to work in, with the three articles and a gold file."""
    monkeypatch.chdir(tmp_path)
    record = {"id": "a", "text": "“It rained,” said Piotr Nowak.", "quotations": []}
    (tmp_path / "gold.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def shipped(toys, tmp_path, monkeypatch):
    """A small model in the place of the one that ships, with a card."""
    folder = tmp_path / "models"
    shutil.copytree(toys / "ud", folder / "en_quotes")
    write_sums(folder / "en_quotes")
    (folder / "MODEL_CARD.md").write_text("# The card\n\nIt knows *three* sentences.\n", encoding="utf-8")
    monkeypatch.setattr(models, "_models", lambda: folder)
    return folder


def inputs(command):
    return "gold.jsonl" if command[0] == "evaluate" else "articles"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_that_reads_articles_takes_a_model(invoke, here, toys, command):
    result = invoke(*command, inputs(command), "--model", toys / "ud")
    assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_model_that_cannot_be_used_is_one_line_and_nothing_is_done(invoke, here, command):
    result = invoke(*command, inputs(command), "--model", "no_such_model")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Error: no_such_model: no such language model. "
        "Name an installed spaCy pipeline for English or its folder, or `none`.\n"
    )
    assert not (here / "mine.db").exists()


def test_the_option_counts_more_than_the_variable(invoke, here, toys):
    outside = {"QUOTES_MODEL": "no_such_model"}
    assert invoke("extract", "articles", env=outside).exit_code == 2
    assert invoke("extract", "articles", "--model", "none", env=outside).exit_code == 0
    assert invoke("extract", "articles", "--model", toys / "ud", env=outside).exit_code == 0
    assert invoke("extract", "articles", "--model", "no_such_model", env={"QUOTES_MODEL": "none"}).exit_code == 2


def test_the_variable_counts_for_the_library_too(monkeypatch):
    import indexer
    from indexer.errors import ModelError

    monkeypatch.setenv("QUOTES_MODEL", "no_such_model")
    with pytest.raises(ModelError, match="no_such_model"):
        indexer.extract("“Yes,” said Ada Roe.")
    assert indexer.extract("“Yes,” said Ada Roe.", model="none")


def test_documents_that_another_model_read_are_read_again(invoke, here, toys):
    def summary(*args):
        return invoke("index", "articles", "--db", "mine.db", *args).stderr.split(".")[0]

    assert summary("--model", "none") == "Documents: 3 added"
    assert summary("--model", toys / "ud") == "Documents: 3 changed"
    assert summary("--model", toys / "ud") == "Documents: 3 unchanged"
    assert summary("--model", toys / "clearnlp") == "Documents: 3 changed"


def test_info_tells_of_any_model_what_it_is_and_what_of_it_is_used(invoke, toys):
    result = invoke("model", "info", "--model", toys / "clearnlp")
    assert result.exit_code == 0
    told = dict(line.split(maxsplit=1) for line in result.stdout.replace("not used", "unused").splitlines())
    assert told["name"] == "en_toy_clearnlp"
    assert told["version"] == "0.1.0"
    assert told["language"] == "English"
    assert told["used"] == "tok2vec, tagger, parser, ner, attribute_ruler"
    assert told["unused"] == "sentencizer"
    assert told["ner"] == "2 labels: GPE, PERSON"
    assert "nsubjpass" in told["parser"]


def test_info_without_a_model_says_so(invoke):
    result = invoke("model", "info", "--model", "none")
    assert result.stdout == "No language model: the articles are read by rules and word lists alone.\n"


def test_info_prints_the_card_of_the_one_that_ships(invoke, shipped):
    result = invoke("model", "info", "--model", "en_quotes")
    assert (result.exit_code, result.stdout) == (0, "# The card\n\nIt knows *three* sentences.\n")
    laid_out = invoke("model", "info", "--model", "en_quotes", env={"COLUMNS": "60"}).stdout
    assert "The card" in laid_out
    assert "# " not in laid_out
    assert "*" not in laid_out


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "MODEL_CARD.md",
            "Error: en_quotes: MODEL_CARD.md cannot be read (No such file or directory). Install it again.",
        ),
        ("en_quotes/parser/model", "Error: en_quotes: damaged: parser/model is missing. Install it again."),
    ],
)
def test_info_tells_of_damage_in_one_line(invoke, shipped, path, said):
    (shipped / path).unlink()
    result = invoke("model", "info", "--model", "en_quotes")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{said}\n")


def test_fitting_the_attribution_names_a_file_that_is_no_gold(invoke, here):
    result = invoke("model", "attribution", "nothing.jsonl")
    assert result.exit_code == 2
    assert "nothing.jsonl: no such file or directory" in result.stderr


def test_fitting_the_attribution_names_articles_without_annotations(invoke, here):
    (here / "articles.jsonl").write_text("{", encoding="utf-8")
    result = invoke("model", "attribution", "gold.jsonl", "--annotated", "articles.jsonl")
    assert result.exit_code == 2
    assert "articles.jsonl: no annotated articles" in result.stderr
