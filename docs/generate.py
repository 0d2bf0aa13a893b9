"""Write what the documentation takes from the program: `python docs/generate.py`.

docs/commands.md is the help of every command; the outputs of README's tour are those of its commands,
run one after the other on the sample articles; its figures on news are measured where the corpora are at hand.
The model card has the scores of the model that ships. The tests fail where any of it is not as the program has it.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from indexer.evaluation.report import Report, evaluate

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
COMMANDS = ROOT / "docs" / "commands.md"
CARD = ROOT / "indexer" / "models" / "MODEL_CARD.md"
WIDTH = 100
STEP = re.compile(r"^```console\n\$ (?P<command>.+)\n(?P<output>(?:.*\n)*?)```$", re.MULTILINE)
FIGURES = re.compile(r"^\| (quotation|end to end) \| [\d.]+ \|.*$", re.MULTILINE)
SCORES = re.compile(r"^    \$ quotes model evaluate .*\n(?:    .*\n)*", re.MULTILINE)
INTRODUCTION = """\
# Commands

Made from the program's own help by `python docs/generate.py`; a test compares the two.
"""


def commands_page() -> str:
    """The page of all commands, each with what its `--help` prints."""
    from indexer.cli.group import quotes

    pages = (
        f"\n## {context.command_path}\n\n```\n{context.get_help()}\n```\n" for context in contexts(quotes, "quotes")
    )
    return INTRODUCTION + "".join(pages)


def contexts(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[click.Context]:
    """The context of a command and of all below it, in the order of the help."""
    settings = {**command.context_settings, "max_content_width": WIDTH, "terminal_width": WIDTH}
    with click.Context(command, info_name=name, parent=parent, **settings) as context:
        yield context
        if isinstance(command, click.Group):
            for below in command.list_commands(context):
                found = command.get_command(context, below)
                if found is not None:
                    yield from contexts(found, below, context)


def tour(readme: str) -> Iterator[tuple[str, str, str]]:
    """Each command of the tour, the output shown, and the output it has now. They share one folder."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "indexer" / "samples", Path(folder, "indexer", "samples"))
        for step in STEP.finditer(readme):
            yield step["command"], step["output"], run(step["command"], Path(folder))


def run(command: str, folder: Path) -> str:
    """What the command prints on stdout and stderr together; a server is stopped after its first line."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "COLUMNS": str(WIDTH), "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
    for variable in ("QUOTES_DB", "QUOTES_MODEL"):
        environment.pop(variable, None)
    serves = command.startswith("quotes serve")
    process = subprocess.Popen(
        ["bash", "-c", f"exec {command} --port 0" if serves else command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    with process, stopped(process):
        assert process.stdout is not None
        if serves:
            return re.sub(r"(127\.0\.0\.1:)\d+", r"\g<1>8001", process.stdout.readline())
        return tidy(process.stdout.read())


@contextlib.contextmanager
def stopped(process: subprocess.Popen[str]) -> Iterator[None]:
    """Interrupt the process at the end, as Ctrl-C does, if it still runs."""
    try:
        yield
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)


def tidy(output: str) -> str:
    """The output without blanks at the ends of its lines and empty lines at its end."""
    return "".join(f"{line.rstrip()}\n" for line in output.rstrip().splitlines())


def with_figures(readme: str, report: Report) -> str:
    """README with the precisions, recalls and F1s of a report in its table of figures on news."""
    scores, plain = report.scores, report.baseline
    rows = {
        "quotation": (scores.quotation, plain.quotation),
        "end to end": (scores.end_to_end, plain.end_to_end),
    }

    def row(found: re.Match[str]) -> str:
        ratio, baseline = rows[found[1]]
        figures = (ratio.precision, ratio.recall, ratio.f1, baseline.f1)
        return f"| {found[1]} | {' | '.join(f'{figure:.3f}' for figure in figures)} |"

    return FIGURES.sub(row, readme)


def with_scores(card: str, corpora: Path) -> str:
    """The model card with the table of scores as it is measured now (a quarter of a minute)."""
    done = subprocess.run(
        [sys.executable, "-m", "indexer", "model", "evaluate", "--corpora", str(corpora), "--model", "en_quotes"],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": str(WIDTH), "NO_COLOR": "1"},
    )
    table = "".join(f"    {line}\n" for line in tidy(done.stdout).splitlines())
    return SCORES.sub("    $ quotes model evaluate --corpora DIR\n" + table, card)


def main() -> None:
    """Write all of it."""
    COMMANDS.write_text(commands_page(), encoding="utf-8")
    readme = README.read_text(encoding="utf-8")
    steps = tour(readme)
    readme = STEP.sub(lambda _: as_block(*next(steps)), readme)
    corpora = ROOT / os.environ.get("QUOTES_CORPORA", "../shared/corpora")
    if corpora.exists():
        readme = with_figures(readme, evaluate(corpora / "polnear" / "dev.gold.jsonl"))
    if corpora.exists() and (CARD.parent / "en_quotes").exists():
        CARD.write_text(with_scores(CARD.read_text(encoding="utf-8"), corpora), encoding="utf-8")
    README.write_text(readme, encoding="utf-8")


def as_block(command: str, _: str, output: str) -> str:
    """A command of the tour with the output it has now."""
    return f"```console\n$ {command}\n{output}```"


if __name__ == "__main__":
    main()
