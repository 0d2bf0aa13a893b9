"""`quotes correct`: what a person says of one quotation, from then on."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from indexer.cli.messages import printable, say
from indexer.cli.options import AnyCommand, db_option
from indexer.domain import KINDS
from indexer.errors import UsageError

if TYPE_CHECKING:
    from indexer.domain import Attribution
    from indexer.store.corrections.applying import Decision
    from indexer.store.corrections.deciding import Said
    from indexer.store.rows import Hit

TYPES = ("person", "organization", "document", "unnamed", "author")


def who_option(command: AnyCommand) -> Callable[..., Any] | click.Command:
    """`--who`: who decides."""
    return click.option(
        "--who",
        envvar="QUOTES_USER",
        show_envvar=True,
        metavar="NAME",
        help="Who decides; else the name you are logged in as.",
    )(command)


@click.command()
@click.argument("key", metavar="ID")
@db_option
@click.option("--speaker", metavar="NAME", help="Who said it, by the fullest name the document gives.")
@click.option(
    "--type", "speaker_type", type=click.Choice(TYPES), help="What the speaker is; else a person, or as known."
)
@click.option("--nobody", is_flag=True, help="It is a quotation, and the text does not say whose.")
@click.option("--not-a-quotation", "no_quotation", is_flag=True, help="Marks that quote nobody: a term.")
@click.option("--kind", type=click.Choice(KINDS), help="What kind it is.")
@click.option("--span", metavar="WORDS|START:END", help="Which words are quoted, marks left out; or their offsets.")
@click.option("--confirm", is_flag=True, help="It is right as it is, and is to stay so.")
@click.option("--note", default="", metavar="TEXT", help="Why.")
@who_option
def correct(key: str, db: str, note: str, who: str | None, **said: Any) -> None:
    """Correct a quotation, or confirm it.

    The decision holds from now on: when the article changes elsewhere, when it is indexed again, and with
    another model. `quotes corrections` lists such decisions and takes them back.

    ID is the id that `quotes search` prints, or its first letters where they are enough.
    """
    from indexer.store.corrections.reader import CorrectionReader
    from indexer.store.writer import Writer

    decider = name_of(who)
    with CorrectionReader(db) as reader:
        hit = reader.quotation(key).hit
        decision = decision_on(reader.attribution(hit.key), said, reader.known_type)  # type: ignore[arg-type]
    with Writer(db, command=f"correct {hit.key}") as writer:
        number = writer.correct(hit.key, decision, note=note, who=decider)
    with CorrectionReader(db) as reader:
        say(f"Correction {number}: {in_words(reader.quotation(hit.key).hit)}")
        if rest := reader.rest_of_stretch(hit.key):
            say(f"The same stretch of speech goes on in {', '.join(rest)}, which keep their speaker.")


def decision_on(quotation: tuple[str, Attribution], said: Said, known_type: Callable[[str], Any]) -> Decision:
    """The decision about a quotation of a text, from what was said. Raises UsageError."""
    from indexer.store.corrections.deciding import decide

    name = said.get("speaker")
    return decide(*quotation, said, known_type(name) if name else None)


def name_of(who: str | None) -> str:
    """The name that a decision is signed with. Raises UsageError where nobody knows one."""
    if who is not None and who.strip():
        return who.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise UsageError("it is not known who decides", "say --who NAME, or set QUOTES_USER") from None


def in_words(hit: Hit) -> str:
    """What the quotation now is, in one line."""
    if hit.kind == "term":
        whose = "no quotation"
    else:
        whose = f"{hit.kind}, {hit.speaker} ({hit.speaker_type})" if hit.speaker else f"{hit.kind}, nobody is named"
    return printable(f"“{hit.text}” {hit.key}: {whose}")
