"""What the documentation shows of the program is what the program prints."""

from __future__ import annotations

import pytest

RUN = "python docs/generate.py"


@pytest.fixture(scope="module")
def steps(generate, text_of):
    return list(generate.tour(text_of("README.md")))


def test_the_command_reference_is_the_help(generate, text_of):
    assert text_of("docs/commands.md") == generate.commands_page(), f"run {RUN}"


def test_every_command_and_option_says_what_it_is_for(generate):
    from indexer.cli.group import quotes

    mute = []
    for context in generate.contexts(quotes, "quotes"):
        mute += [context.command_path] if not context.command.help else []
        options = [p for p in context.command.params if p.param_type_name == "option" and not p.help]
        mute += [f"{context.command_path} {option.opts[-1]}" for option in options]
    assert mute == []


def test_every_command_is_in_the_guide(generate, text_of):
    from indexer.cli.group import quotes

    paths = [context.command_path for context in generate.contexts(quotes, "quotes")]
    guide = text_of("docs/guide.md")
    assert [path for path in paths if f"`{path}" not in guide] == []


def test_the_tour_has_ten_commands(generate, text_of):
    tour = text_of("README.md").split("## A tour in ten commands")[1].split("\n## ")[0]
    assert len(generate.STEP.findall(tour)) == 10


def test_readme_shows_what_each_command_prints(steps):
    for command, shown, printed in steps:
        assert printed == shown, f"{command}: if this is what it should print, run {RUN}"


def test_every_command_in_readme_prints_something_and_none_fails(steps):
    for command, _, printed in steps:
        assert printed.strip(), command
        assert "Error" not in printed, command


def test_the_figures_on_news_are_those_measured(generate, text_of, corpora, scores_of):
    scores = scores_of(corpora / "polnear" / "dev.gold.jsonl")
    readme = text_of("README.md")
    assert len(generate.FIGURES.findall(readme)) == 2
    assert readme == generate.with_figures(readme, scores), f"run {RUN}"
