"""`quotes users`: who may sign in on the site to review."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from indexer.cli.messages import say
from indexer.cli.options import AnyCommand
from indexer.cli.speakers import ListByDefault
from indexer.errors import UsageError


def users_file() -> Path:
    """Where the file of reviewers is unless somebody says otherwise: in the user's own configuration."""
    return Path(click.get_app_dir("quotes")) / "reviewers"


def users_option(command: AnyCommand) -> Callable[..., Any] | click.Command:
    """`--users`: the file of those who may review."""
    return click.option(
        "--users",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        envvar="QUOTES_USERS",
        show_envvar=True,
        help="Who may review, with hashed passwords; else a file in your own configuration.",
    )(command)


@click.group(cls=ListByDefault)
def users() -> None:
    """Say who may sign in on the site to review. Without a command: list.

    Needs the extra `review`: pip install 'quote-indexer[review]'.
    """


@users.command("list")
@users_option
def list_users(users: Path | None) -> None:
    """List the names of those who may review."""
    from indexer.publish.review.users import read_users

    path = users or users_file()
    names = sorted(read_users(path))
    for name in names:
        click.echo(name)
    if not names:
        say(f"{path}: nobody may review yet.")


@users.command("add")
@click.argument("name")
@users_option
def add_user(name: str, users: Path | None) -> None:
    """Let somebody review, or change a password.

    The password is asked for, or read from standard input where that is no terminal; only its hash is kept. Whoever
    changes a password ends the sessions begun with the old one.
    """
    from indexer.publish.review.users import check_installed, checked_name, put_user

    check_installed()
    name, path = checked_name(name), users or users_file()
    is_new = put_user(path, name, password_for(name))
    say(f"{name} may review: {path}" if is_new else f"{name} has a new password: {path}")


@users.command("remove")
@click.argument("name")
@users_option
def remove_user(name: str, users: Path | None) -> None:
    """Let somebody review no longer; a session that is open ends at once."""
    from indexer.publish.review import users as reviewers

    path = users or users_file()
    reviewers.remove_user(path, name)
    say(f"{name} may review no longer: {path}")


def password_for(name: str) -> str:
    """A password, asked for twice on a terminal and shown to nobody, else a line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt(f"Password of {name}", hide_input=True, confirmation_prompt=True, err=True))
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise UsageError("there is no password on standard input", "give it as one line, or run this on a terminal")
    return password
