"""A served index and a browser to look at it with: for the tests here and for `screenshots.py`."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

START = """
import sys
from indexer.publish import serve
serve(sys.argv[1], port=0, ready=lambda at: print(at, flush=True), reviewers=(sys.argv[2:] or [None])[0])
"""


def chromium() -> str | None:
    """Where Chromium is, None where there is none."""
    names = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
    return next((found for found in map(shutil.which, names) if found), None)


def launch_arguments() -> dict[str, Any]:
    """How to start the Chromium that is there: without a download, and calling nobody."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-quic"]
    return {"executable_path": chromium(), "args": quiet}


@contextlib.contextmanager
def served(index: Path, *reviewers: Path) -> Iterator[str]:
    """A server process over this index on a free port: its address, without a slash at the end.

    `reviewers`: the file of those who may review, or none.
    """
    command = [sys.executable, "-c", START, str(index), *map(str, reviewers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip().rstrip("/")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)
