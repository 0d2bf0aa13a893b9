from __future__ import annotations

import re
import subprocess
import sys

import click
import pytest

import indexer
from indexer.cli.group import quotes as group

HEAVY = (
    "spacy",
    "sqlite_utils",
    "datasette",
    "trafilatura",
    "rich",
    "lxml",
    "markdown_it",
    "yaml",
    "numpy",
    "uvicorn",
    "conllu",
    "pyarrow",
)
COMMANDS = [["extract"], ["index"], ["search"], ["speakers"], ["speakers", "list"], ["speakers", "show"]]
COMMANDS += [
    ["show"],
    ["export"],
    ["merge"],
    ["serve"],
    ["publish"],
    ["evaluate"],
    ["model"],
    ["model", "info"],
    ["model", "train"],
]
COMMANDS += [["model", "evaluate"], ["model", "attribution"]]
COMMANDS += [
    ["same"],
    ["count"],
    ["correct"],
    ["review"],
    ["corrections"],
    *(["corrections", verb] for verb in ("list", "show", "undo", "export")),
]
COMMANDS += [["users"], *(["users", verb] for verb in ("list", "add", "remove"))]
DECISIONS = ("why", "suggest", "merge", "split", "rename", "link", "import", "export", "log", "undo")
COMMANDS += [["speakers", verb] for verb in DECISIONS]


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
def test_help_imports_nothing_heavy(command):
    args = [sys.executable, "-X", "importtime", "-m", "indexer", *command, "--help"]
    done = subprocess.run(args, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert "click" in imported
    assert not imported & set(HEAVY)


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_of_every_command(invoke, command, option):
    result = invoke(*command, option)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: quotes")
    assert result.stderr == ""


def test_every_command_is_in_the_list_above():
    assert {tuple(path) for path in COMMANDS} == set(paths_of(group))


def test_every_option_says_what_it_does():
    for path, command in commands_of(group):
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{' '.join(path)} {option.opts}"


def test_version(invoke):
    assert invoke("--version").stdout == f"quotes, version {indexer.__version__}\n"


def test_version_agrees_with_the_package_metadata(root):
    declared = re.search(r'^version = "(.+)"', (root / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert declared is not None
    assert declared[1] == indexer.__version__


def test_no_command_shows_the_help(invoke):
    result = invoke()
    assert result.exit_code == 2
    assert "Usage: quotes" in result.stderr


@pytest.mark.parametrize(
    "args",
    [["frobnicate"], ["extract"], ["index"], ["search", "x", "--sepaker", "y"], ["extract", "x", "--format", "xml"]],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_two_and_says_how_to_get_help(invoke, args):
    result = invoke(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr
    assert "--help" in result.stderr or "-h" in result.stderr


def commands_of(command, path=()):
    if path:
        yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands_of(inner, (*path, name))


def paths_of(command):
    return [path for path, _ in commands_of(command)]
