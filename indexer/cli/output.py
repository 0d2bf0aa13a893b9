"""Where a command's data goes: to standard output, or to a file that has its name only when it is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import IO, Any

from indexer.errors import OutputError, UsageError

STDOUT = "-"
_HINT = "choose another place with --output, or mend this one"


@contextmanager
def opened(output: str, *, binary: bool = False) -> Iterator[IO[Any]]:
    """A stream of text (UTF-8, line ends untouched) or bytes to the file `output`, or to standard output for "-".

    The file is written under another name in its folder and renamed at the end, in the place of an earlier one;
    after an exception there is nothing of it, and what a killed process left of it goes with the next one. A device or
    a pipe is written to as it is. Raises OutputError.
    """
    if output == STDOUT:
        yield sys.stdout.buffer if binary else sys.stdout
        return
    with _our_errors(output):
        path = Path(os.path.realpath(output))
        is_special = path.exists() and not path.is_file()
        unfinished = path if is_special else path.with_name(f"{path.name}.{os.getpid()}.unfinished")
        _remove_leftovers(path)
        try:
            with _open(unfinished, binary) as stream:
                yield stream
            unfinished.replace(path)
        except BaseException:
            if not is_special:
                unfinished.unlink(missing_ok=True)
            raise


def check_is_not(output: str, db: str) -> None:
    """UsageError when the output would take the place of the index it is made from."""
    if output != STDOUT and os.path.realpath(output) == os.path.realpath(db):
        raise UsageError(f"{output}: this is the index itself", "choose another file with --output")


def _open(path: Path, binary: bool) -> IO[Any]:
    return path.open("wb") if binary else path.open("w", encoding="utf-8", newline="")


def _remove_leftovers(path: Path) -> None:
    """Remove what processes that are gone left of this file; one that lives is still writing its own."""
    for leftover in path.parent.glob(f"{escape(path.name)}.*.unfinished"):
        pid = leftover.name[len(path.name) + 1 : -len(".unfinished")]
        if pid.isdecimal() and not _is_alive(int(pid)):
            with suppress(OSError):
                leftover.unlink()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def _our_errors(output: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{output}: cannot be written ({error.strerror or error})", _HINT) from error
