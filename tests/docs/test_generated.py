"""What the documentation shows of the program is what the program prints."""

from __future__ import annotations

import pytest

from indexer.cli.model import as_record
from indexer.nlp import model as models

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


def test_the_tour_has_eleven_commands(generate, text_of):
    tour = text_of("README.md").split("## A tour in eleven commands")[1].split("\n## ")[0]
    assert len(generate.STEP.findall(tour)) == 11


def test_readme_shows_what_each_command_prints(steps):
    for command, shown, printed in steps:
        assert printed == shown, f"{command}: if this is what it should print, run {RUN}"


def test_every_command_in_readme_prints_something_and_none_fails(steps):
    for command, _, printed in steps:
        assert printed.strip(), command
        assert "Error" not in printed, command


def test_the_figures_on_news_are_those_measured(generate, text_of, corpora, report_of):
    report = report_of(corpora / "polnear" / "dev.gold.jsonl")
    readme = text_of("README.md")
    assert len(generate.FIGURES.findall(readme)) == 2
    assert readme == generate.with_figures(readme, report), f"run {RUN}"


def test_the_model_card_has_the_scores_that_are_measured(generate, shipped_scores):
    """To three tenths of a point: other processors round otherwise."""
    if models.DEFAULT != models.SHIPPED:
        pytest.skip("no language model ships yet")
    (shown,) = generate.SCORES.findall(generate.CARD.read_text(encoding="utf-8"))
    rows = {" ".join(cells[:-10]): cells[-10:] for line in shown.splitlines()[2:] if (cells := line.split())}
    measured = {name: as_cells(as_record(name, scores)) for name, scores in shipped_scores}
    assert rows.keys() == measured.keys(), f"run {RUN}"
    pairs = [(name, *pair) for name in rows for pair in zip(map(number, rows[name]), measured[name], strict=True)]
    assert [each for each in pairs if abs(each[1] - each[2]) > 0.3] == [], f"run {RUN}"


def as_cells(record):
    """The numbers of a row of the table, -1 where there is none."""
    return [-1.0 if value is None else float(value) for key, value in record.items() if key not in {"set", "genre"}]


def number(cell):
    return -1.0 if cell == "–" else float(cell.replace(",", ""))
