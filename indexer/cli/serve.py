"""`quotes serve`: the site over an index."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.cli.messages import say
from indexer.cli.options import db_option
from indexer.cli.users import users_file, users_option
from indexer.errors import UsageError

HERE = ("127.0.0.1", "localhost", "::1")


@click.command()
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="N", default=8001, show_default=True, help="0 takes any free one."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    default=1,
    show_default=True,
    help="Processes that serve, one for each core to be used.",
)
@click.option("--review", is_flag=True, help="Let people sign in and correct what was found; see `quotes users`.")
@users_option
def serve(db: str, host: str, port: int, open_browser: bool, workers: int, review: bool, users: Path | None) -> None:
    """Start the site and serve it until Ctrl-C.

    Search, speakers and documents in the browser. With --review, those whom `quotes users` lets in confirm and
    correct quotations there; everybody else reads.
    """
    from indexer.publish import serve as serve_site

    if users is not None and not review and was_given("users"):
        raise UsageError("--users names those who review, and nobody does", "add --review")
    reviewers = (users or users_file()) if review else None
    if review and host not in HERE:
        say("Passwords travel as they are typed: put a server with HTTPS in front of this one.")

    def ready(address: str) -> None:
        say(f"{db} is served at {address} (Ctrl-C stops it)")

    serve_site(db, host, port, open_browser, ready, reviewers, workers)


def was_given(name: str) -> bool:
    """Whether an option stands on the command line, and not only in the environment."""
    source = click.get_current_context().get_parameter_source(name)
    return source is click.core.ParameterSource.COMMANDLINE
