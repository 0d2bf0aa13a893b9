"""`quotes serve`: the site over an index."""

from __future__ import annotations

import click

from indexer.cli.messages import say
from indexer.cli.options import db_option


@click.command()
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="N", default=8001, show_default=True, help="0 takes any free one."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
def serve(db: str, host: str, port: int, open_browser: bool) -> None:
    """Start the site and serve it until Ctrl-C.

    Search, speakers and documents in the browser.
    """
    from indexer.publish import serve as serve_site

    serve_site(db, host, port, open_browser, lambda address: say(f"{db} is served at {address} (Ctrl-C stops it)"))
