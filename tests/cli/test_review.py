"""`quotes review` on a real pseudo-terminal: one key, one decision, saved at once."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing

import pytest

from indexer.store.corrections.reader import CorrectionReader
from indexer.store.writer import Writer

ASKING = "q quit"
SECONDS = 30
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Terminal:
    """The command on a terminal of its own; `shown` is all that stood on it."""

    def __init__(self, folder, *options, **environment):
        self.ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "indexer", "review", "--db", "own.db", "--who", "Ines", *options]
        settings = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "300", **environment}
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=settings, start_new_session=True
        )
        os.close(theirs)
        self.shown = ""

    def read(self, until=None):
        """What is shown from now on, until these words or the end."""
        part, end = "", time.monotonic() + SECONDS
        while until is None or until not in part:
            ready, _, _ = select.select([self.ours], [], [], max(0, end - time.monotonic()))
            if not ready:
                pytest.fail(f"{until!r} was not shown in {SECONDS} s, but {part!r}")
            try:
                more = os.read(self.ours, 65536).decode()
            except OSError:  # Linux says so when the other side is closed
                more = ""
            if not more:
                assert until is None, part
                break
            part += more
        self.shown += part
        return COLOURS.sub("", part)

    def press(self, keys):
        os.write(self.ours, keys.encode())

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.ours)


@pytest.fixture
def db(small_index, tmp_path):
    return shutil.copy(small_index, tmp_path / "own.db")


@pytest.fixture
def review(db, tmp_path):
    """Start a review; it is stopped at the end of the test if it still runs."""
    started = []

    def start(*options, **environment):
        started.append(Terminal(tmp_path, *options, **environment))
        return started[-1]

    yield start
    for terminal in started:
        terminal.close()


def log(db):
    """The decisions so far: state, decision and words."""
    with CorrectionReader(db) as reader:
        return [(each.state, each.correction.decision, each.correction.anchor.words) for each in reader.corrections()]


def test_each_key_is_one_decision_and_saved_at_once(review, db):
    walk = review()
    assert "1 of 6" in walk.read(ASKING)
    for key, check in (
        ("y", lambda made: made.confirmed and made.speaker),
        ("n", lambda made: made.kind == "term"),
        ("0", lambda made: made.nobody),
    ):
        walk.press(key)
        walk.read(ASKING)
        state, decision, _ = log(db)[-1]
        assert state == "standing"
        assert check(decision)
    assert len(log(db)) == 3
    walk.press("q")
    assert "3 decisions, 0 skipped. `quotes corrections` lists them." in walk.read()
    assert walk.process.wait(SECONDS) == 0


def test_another_speaker_by_number_by_name_and_not_after_all(review, db):
    walk = review("--speaker", "Maria Lindqvist")
    walk.read(ASKING)
    walk.press("s")
    names = walk.read("(nothing: back): ")
    number = re.search(r"(\d) Tomas Berg", names)
    walk.press(f"{number[1] if number else 'Tomas Berg'}\n")
    walk.read(ASKING)
    assert log(db)[-1][1].speaker == "Tomas Berg"
    walk.press("s")
    walk.read("(nothing: back): ")
    walk.press("\n")
    assert "2 of 3" in walk.read(ASKING)
    walk.press("s")
    walk.read("(nothing: back): ")
    walk.press("Zoë Åkesson\n")
    assert "3 of 3" in walk.read(ASKING)
    assert (log(db)[-1][1].speaker, log(db)[-1][1].speaker_type) == ("Zoë Åkesson", "person")
    walk.press("y")
    walk.read()
    assert walk.process.wait(SECONDS) == 0
    assert len(log(db)) == 3


def test_kind_skip_and_undo(review, db):
    walk = review()
    first = walk.read(ASKING)
    walk.press("k")
    walk.read("back")
    walk.press("m")
    assert "2 of 6" in walk.read(ASKING)
    assert log(db)[-1][1].kind == "mixed"
    walk.press(" ")
    assert "3 of 6" in walk.read(ASKING)
    walk.press("u")
    assert first.strip() in walk.read(ASKING)
    assert [state for state, *_ in log(db)] == ["undone"]
    walk.press("u")
    assert "Error: nothing was decided yet" in walk.read(ASKING)
    walk.press("k")
    walk.read("back")
    walk.press("x")
    assert "1 of 6" in walk.read(ASKING)
    walk.press("\x1b[A")
    assert "1 of 6" in walk.read(ASKING)
    walk.press("\x04")
    assert "0 decisions, 1 skipped" in walk.read()
    assert walk.process.wait(SECONDS) == 0


def test_what_is_typed_ahead_is_not_lost(review, db):
    walk = review()
    walk.press("y yq")
    walk.read()
    assert walk.process.wait(SECONDS) == 0
    assert len(log(db)) == 2


def test_decided_quotations_are_not_asked_again(review, db):
    walk = review("--limit", "2")
    walk.read(ASKING)
    walk.press("yy")
    walk.read()
    again = review()
    assert "1 of 4" in again.read(ASKING)
    again.press("q")
    again.read()


def test_words_cue_and_mention_are_marked(review):
    colour = review("--speaker", "Tomas Berg", "--limit", "1")
    colour.read(ASKING)
    assert "\x1b[1;33m" in colour.shown
    colour.press("q")
    plain = review("--speaker", "Tomas Berg", "--limit", "2", NO_COLOR="1", TERM="dumb")
    screen = plain.read(ASKING)
    plain.press(" ")
    screen += plain.read(ASKING)
    assert "*Tomas Berg* _said_: “>>The harbour money should have bought wood.<<”" in screen
    plain.press("q")
    plain.read()


def test_ctrl_c_keeps_what_is_decided_and_leaves_the_terminal_as_it_was(review, db):
    walk = review()
    walk.read(ASKING)
    walk.press("y")
    walk.read(ASKING)
    time.sleep(0.2)
    walk.process.send_signal(signal.SIGINT)
    assert "What was decided is saved." in walk.read()
    assert walk.process.wait(SECONDS) == 130
    assert len(log(db)) == 1


def test_killed_between_two_keys_the_decisions_are_there(review, db):
    walk = review()
    walk.read(ASKING)
    walk.press("y")
    walk.read(ASKING)
    walk.process.kill()
    walk.process.wait()
    assert len(log(db)) == 1


def test_an_index_that_is_busy_is_said_and_the_walk_goes_on(review, db):
    walk = review()
    walk.read(ASKING)
    with closing(Writer(db)):
        walk.press("y")
        screen = walk.read(ASKING)
    assert "is writing to this index" in screen
    assert "1 of 6" in screen
    walk.press("y")
    walk.read(ASKING)
    assert len(log(db)) == 1


def test_without_a_terminal_it_says_so(quotes, db):
    done = quotes("review", "--db", db)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Error: The review asks for keys, and standard input is no terminal. Use `quotes correct` instead.\n"
    )


def test_nothing_to_review(review):
    walk = review("--speaker", "Nobody Known")
    assert "Nothing to review." in walk.read()
    assert walk.process.wait(SECONDS) == 0
