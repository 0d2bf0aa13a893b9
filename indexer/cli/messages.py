"""What goes to stderr: one line per message, whatever the names and texts in it hold."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import click

from indexer.domain import Failure
from indexer.errors import QuotesError


def say(line: str) -> None:
    """Print one line on stderr; control characters cannot reach the terminal."""
    click.echo(printable(line), err=True)


def warn(failure: Failure) -> None:
    """Name an input that failed: `quotes: PATH: problem. hint`."""
    say(f"quotes: {sentence(f'{failure.source}: {failure.problem}', failure.hint)}")


def say_backup(backup: Path) -> None:
    """Name the copy of an index of an older version, which is now brought up to date."""
    say(f"The index was of an older version and is now up to date. As it was before: {backup}")


def complain(error: QuotesError) -> None:
    """Say why the command stops: `Error: problem. hint`."""
    say(f"Error: {sentence(error.problem, error.hint)}")


def sentence(problem: str, hint: str) -> str:
    """The problem with its hint behind it, as two sentences."""
    hint = hint.strip()
    return f"{problem.strip().removesuffix('.')}. {hint[:1].upper()}{hint[1:]}".rstrip()


def printable(text: str) -> str:
    """The text as one line: runs of white space are one space, other control characters show as U+FFFD."""
    return without_controls(" ".join(text.split()))


def without_controls(text: str) -> str:
    """The text with its lines and blanks as they are; other control characters show as U+FFFD."""
    return "".join("\ufffd" if _is_control(letter) else letter for letter in text)


def _is_control(letter: str) -> bool:
    return letter != "\n" and unicodedata.category(letter) in ("Cc", "Cs")


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 document`, `2 documents`, `1,204 quotations`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
