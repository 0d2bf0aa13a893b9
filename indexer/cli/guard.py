"""The one place where errors become a line on stderr and an exit code."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from typing import Any

import click

from indexer.cli.messages import complain
from indexer.errors import QuotesError

OK, SOME_FAILED, NOTHING_DONE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: all done; done but some inputs failed; usage or nothing could be done; stopped by Ctrl-C."""


class GuardedGroup(click.Group):
    """A group whose commands never end in a traceback, unless `--debug` asks for one."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever it raises that is not click's own ends in one line and an exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except (click.ClickException, click.exceptions.Exit):
            raise
        except (Exception, KeyboardInterrupt) as error:
            if ctx.params.get("debug") and not isinstance(error, BrokenPipeError):
                traceback.print_exc()
            ctx.exit(code_of(error))


def code_of(error: BaseException) -> int:
    """Say what the error is in one line on stderr (a closed pipe says nothing), and give the exit code.

    A KeyboardInterrupt may carry a hint: how to go on.
    """
    if isinstance(error, BrokenPipeError) or (isinstance(error, OSError) and error.errno == errno.EPIPE):
        abandon_stdout()
        return OK
    if isinstance(error, KeyboardInterrupt):
        complain(QuotesError("Interrupted", str(error)))
        return INTERRUPTED
    ours = error if isinstance(error, QuotesError) else unexpected(error)
    complain(ours)
    return ours.exit_code


def unexpected(error: BaseException) -> QuotesError:
    """A foreign exception in our words: the disk that is full, or a fault of ours."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        abandon_stdout()
        return QuotesError("The output cannot be written: no space left", "Free some space and run the command again.")
    problem = f"Unexpected {type(error).__name__}: {error}"
    return QuotesError(problem, "Run it again as `quotes --debug ...` to see where, and please report it.")


def abandon_stdout() -> None:
    """Point standard output at nothing, so that what is still buffered cannot fail again on the way out."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
