"""`quotes publish`: the site and a copy of the index as a folder for the world."""

from __future__ import annotations

import click

from indexer.cli.messages import counted, say
from indexer.cli.options import db_option


@click.command()
@click.argument("folder", metavar="DIR")
@db_option
@click.option("--title", metavar="TEXT", help="What the site is called.")
@click.option("--url", metavar="URL", default="", help="Where it will be, such as https://quotes.example.org/press/")
@click.option(
    "--no-full-text", is_flag=True, help="Of each article only its quotations, with 300 characters around each at most."
)
@click.option("--robots/--no-robots", default=True, show_default=True, help="Whether search engines may list it.")
@click.option("--names", is_flag=True, help="Tell who corrected what; without it, names of editors are left out.")
def publish(folder: str, db: str, title: str | None, url: str, no_full_text: bool, robots: bool, names: bool) -> None:
    """Make the site as a folder that can be served anywhere.

    DIR holds a copy of the index that never changes, the pages, a start script, a Dockerfile and a README for whoever
    runs it; `datasette DIR` serves it with the libraries of its requirements.txt. An earlier publication in DIR is
    replaced at once when the new one is whole; a folder with anything else in it is refused.

    Never published: failures, commands, paths of this machine, notes, decisions that were undone, and what the program
    had found before somebody corrected it.
    """
    from indexer.publish.publishing.making import publish as publish_site
    from indexer.publish.publishing.plan import Publication

    plan = Publication(title=title, url=url, full_text=not no_full_text, robots=robots, names=names)
    published = publish_site(db, folder, plan)
    holds = f"{counted(published.documents, 'document')} and {counted(published.quotations, 'quotation')}"
    say(f"{folder} holds the site over {holds}. To look at it: {folder.rstrip('/')}/serve.sh")
