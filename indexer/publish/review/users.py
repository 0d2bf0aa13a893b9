"""Who may review: a file of names and hashed passwords, one `name:hash` a line, that its owner alone can read.

The hashes are those of the Datasette plugin datasette-auth-passwords, which comes with the extra `review`.
"""

from __future__ import annotations

import importlib.util
import os
import re
import secrets
import stat
from pathlib import Path

from indexer.errors import NotFound, OutputError, ServeError, UsageError

SHORTEST = 8
"""Characters of the shortest password."""
_NAME = re.compile(r"[^\W_][\w .@'’-]{0,59}")
_HASH = re.compile(r"pbkdf2_sha256\$\d{1,9}\$[^$:]+\$[A-Za-z0-9+/=]+")
_LINE = re.compile(rf"({_NAME.pattern}):({_HASH.pattern})")


def check_installed() -> None:
    """UsageError where the plugin is not installed."""
    if importlib.util.find_spec("datasette_auth_passwords") is None:
        raise UsageError(
            "Reviewing needs the plugin datasette-auth-passwords, which is not installed",
            "run `pip install 'quote-indexer[review]'`",
        )


def read_users(path: Path) -> dict[str, str]:
    """The hash of each reviewer's password by name; none where there is no file.

    Raises ServeError for a file that cannot be read, that others can read, or that holds anything else.
    """
    text = _own_text(path)
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    users = {}
    for number, line in enumerate(lines, 1):
        if (match := _LINE.fullmatch(line.strip())) is None:
            raise ServeError(
                f"{path}: entry {number} is no name with a hash", "add people with `quotes users add NAME`"
            )
        users[match[1]] = match[2]
    return users


def put_user(path: Path, name: str, password: str) -> bool:
    """Add a reviewer, or change the password of one; True for a new one. Raises UsageError, ServeError, OutputError."""
    name = checked_name(name)
    if len(password) < SHORTEST:
        raise UsageError(f"the password of {name} is too short", f"choose one of {SHORTEST} characters or more")
    users = read_users(path)
    _write(path, {**users, name: hash_of(password)})
    return name not in users


def remove_user(path: Path, name: str) -> None:
    """Take a reviewer out, who is signed out at once. Raises NotFound, ServeError, OutputError."""
    users = read_users(path)
    if name not in users:
        raise NotFound(f"no reviewer {name!r} in {path}", "see `quotes users list`")
    _write(path, {other: hashed for other, hashed in users.items() if other != name})


def checked_name(name: str) -> str:
    """The name, if a reviewer may bear it. Raises UsageError."""
    name = " ".join(name.split())
    if not _NAME.fullmatch(name) or name == "root":
        hint = "use letters, digits, spaces and . @ ' - only; root has a meaning of its own in Datasette"
        raise UsageError(f"{name!r} is no name for a reviewer", hint)
    return name


def hash_of(password: str) -> str:
    """The hash of a password, each time another one; takes as long as `is_password`."""
    from datasette_auth_passwords.utils import hash_password

    return str(hash_password(password))


def is_password(password: str, hashed: str) -> bool:
    """Whether this is the password of the hash; takes some tenths of a second, on purpose."""
    from datasette_auth_passwords.utils import verify_password

    return bool(verify_password(password, hashed))


def signing_secret(path: Path) -> str:
    """The secret that signs the sessions, kept beside the users (name + ".secret"), made when it is missing.

    Raises ServeError where others can read it, OutputError where it cannot be made.
    """
    file = path.with_name(f"{path.name}.secret")
    if not file.exists():
        _write_private(file, secrets.token_hex(32) + "\n")
    secret = _own_text(file).strip()
    if len(secret) < 32:
        raise ServeError(f"{file}: not a secret for signing", "delete it: a new one is made, and all sign in again")
    return secret


def _own_text(path: Path) -> str:
    """The text of a file of its owner's; "" where it is missing."""
    try:
        with path.open(encoding="utf-8") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise ServeError(f"{path}: others can read or change it", f"run `chmod 600 {path}`")
            return file.read()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeError) as error:
        raise ServeError(f"{path}: cannot be read ({_reason(error)})", "name another file with --users") from error


def _write(path: Path, users: dict[str, str]) -> None:
    _write_private(path, "".join(f"{name}:{hashed}\n" for name, hashed in sorted(users.items())))


def _write_private(path: Path, text: str) -> None:
    """Put a file in its place in one step; its owner alone can read it."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        unfinished.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({_reason(error)})", "name another file with --users") from error


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
