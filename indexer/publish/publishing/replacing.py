"""A folder that takes the place of another at once: whoever looks finds the old one or the new one, never half."""

from __future__ import annotations

import ctypes
import os
import shutil
from contextlib import suppress
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def replace_folder(new: Path, place: Path) -> None:
    """Rename `new` to `place`; what is there goes when the new one has its name. Raises OSError."""
    _to_disk(new)
    if not place.exists():
        new.rename(place)
    elif _exchange(new, place):
        shutil.rmtree(new, ignore_errors=True)
    else:
        _by_turns(new, place)


def _exchange(one: Path, other: Path) -> bool:
    """Have two folders change names in one step; False where the system cannot do that."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    names = (os.fsencode(one), os.fsencode(other))
    return rename is not None and rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0


def _by_turns(new: Path, place: Path) -> None:
    """Two steps, between which there is no folder for a moment; back again where the second fails."""
    old = place.with_name(f"{place.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    place.rename(old)
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _to_disk(folder: Path) -> None:
    """Have the system write out what is in a folder, so that a power cut after the renaming finds it whole."""
    for path in [*folder.rglob("*"), folder]:
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
