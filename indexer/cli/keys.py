"""Single keys from a terminal, without the Enter key; what is typed ahead is not lost."""

from __future__ import annotations

import os
import termios
import tty

END = "\x04"
"""What Ctrl-D sends, and what stands for the end of the input."""
LEAVE = ("q", END)


def pressed(terminal: int) -> str:
    """The next key on the terminal with this descriptor; "" for one that is no letter, digit or sign.

    Ctrl-C interrupts as anywhere. The terminal is left as it was.
    """
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSANOW)
        return _read(terminal)
    except OSError:  # the terminal was closed
        return END
    finally:
        _restore(terminal, before)


def _read(terminal: int) -> str:
    key = os.read(terminal, 1)
    if key == b"\x1b":  # an arrow or a function key: more bytes follow at once
        termios.tcflush(terminal, termios.TCIFLUSH)
        return ""
    if key in (b"", b"\0"):  # what Linux makes of a Ctrl-D that was typed ahead
        return END
    return key.decode("ascii", "ignore")


def _restore(terminal: int, before: list[int | list[bytes | int]]) -> None:
    try:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
    except termios.error:
        return
