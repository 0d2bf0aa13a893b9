"""`quotes speakers suggest|merge|split|rename|link|import|export|log|undo|why`: who is who, as people decide it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, Any

import click

from indexer.cli.correct import name_of, who_option
from indexer.cli.formats import Format, write, write_csv
from indexer.cli.messages import counted, say
from indexer.cli.options import AnyCommand, db_option, format_option
from indexer.cli.output import STDOUT, opened
from indexer.cli.tables import Column, columns_printer
from indexer.errors import UsageError

if TYPE_CHECKING:
    from indexer.store.speakers.desk import Deciding, SpeakerDesk

WHY_FIELDS = ("name", "reason", "roles", "documents", "document")
WHY_COLUMNS = (
    Column("documents", lambda record: record["documents"], right=True),
    Column("name", lambda record: record["name"], "cyan"),
    Column("reason", lambda record: record["reason"]),
    Column("roles", lambda record: "; ".join(record["roles"]), detail=True),
)
SUGGEST_FIELDS = (
    *("one_slug", "one_name", "one_quotations", "other_slug", "other_name", "other_quotations", "reason"),
)
SUGGEST_COLUMNS = (
    Column("quotations", lambda record: record["one"]["quotations"], right=True),
    Column("one", lambda record: record["one"]["slug"], "cyan"),
    Column("other", lambda record: record["other"]["slug"], "cyan"),
    Column("reason", lambda record: record["reason"]),
)
LOG_FIELDS = ("id", "action", "slug", "value", "alias", "document", "note", "who", "made", "undone", "undone_by")
LOG_COLUMNS = (
    Column("id", lambda record: record["id"], right=True),
    Column("when", lambda record: record["made"][:10]),
    Column("who", lambda record: record["who"]),
    Column("decision", lambda record: in_words(record), "cyan"),
    Column("note", lambda record: record["note"], detail=True),
)


def decides(command: AnyCommand) -> Any:
    """The options of every decision: `--note`, `--who`, `--db`."""
    return db_option(click.option("--note", default="", metavar="TEXT", help="Why.")(who_option(command)))


@contextmanager
def desk(db: str, command: str, who: str | None, note: str) -> Iterator[tuple[SpeakerDesk, Deciding]]:
    """The index open for a decision, and who makes it."""
    from indexer.store.reader import Reader
    from indexer.store.speakers.desk import Deciding, SpeakerDesk

    Reader(db).close()
    by = Deciding(name_of(who), note)
    with SpeakerDesk(db, command=f"speakers {command}") as opened_desk:
        yield opened_desk, by


@click.command()
@click.argument("name")
@click.argument("into")
@decides
def merge(name: str, into: str, db: str, who: str | None, note: str) -> None:
    """Make two speakers one: all that NAME said is INTO's.

    Both are a slug, or a name that one speaker bears. INTO keeps its name and its address.
    """
    with desk(db, f"merge {name}", who, note) as (speakers, by):
        number = speakers.merge(name, into, by)
    tell(number, f"{name} is {into}.")


@click.command()
@click.argument("name")
@click.option("--alias", metavar="NAME", help="What stands under this name.")
@click.option("--document", metavar="ID", help="What stands in this document.")
@click.option("--to", metavar="NAME", help="What the other one is called; one who is there already gets the words.")
@decides
def split(
    name: str, alias: str | None, document: str | None, to: str | None, db: str, who: str | None, note: str
) -> None:
    """Set apart what somebody else said.

    NAME is a slug, or a name that one speaker bears. `quotes speakers why NAME` shows the names and the documents.
    """
    if alias is None and document is None:
        raise UsageError("Nothing says what to set apart", "give --alias NAME, --document ID, or both")
    with desk(db, f"split {name}", who, note) as (speakers, by):
        number = speakers.split(name, by, alias=alias, document=document, to=to)
    what = " ".join(filter(None, (alias and f"‘{alias}’", document and f"in {document}")))
    tell(number, f"{name} {what} is {to or 'somebody else'}.")


@click.command()
@click.argument("name")
@click.argument("to", metavar="NEW_NAME")
@decides
def rename(name: str, to: str, db: str, who: str | None, note: str) -> None:
    """Give a speaker another name to go by; the address stays.

    NAME is a slug, or a name that one speaker bears.
    """
    with desk(db, f"rename {name}", who, note) as (speakers, by):
        number = speakers.rename(name, to, by)
    tell(number, f"{name} is called {to}.")


@click.command()
@click.argument("name")
@click.argument("wikidata", metavar="Q_ID")
@decides
def link(name: str, wikidata: str, db: str, who: str | None, note: str) -> None:
    """Say who a speaker is in Wikidata.

    Q_ID is such as Q7747; an empty one ("") takes the link away. Pages and exports carry it.
    """
    with desk(db, f"link {name}", who, note) as (speakers, by):
        number = speakers.link(name, wikidata, by)
    tell(number, f"{name} is {wikidata or 'nobody'} in Wikidata.")


@click.command("import")
@click.argument("file", metavar="FILE.csv")
@decides
def import_authority(file: str, db: str, who: str | None, note: str) -> None:
    """Read an authority file: it has the last word on who is who.

    Its columns are name, aliases (separated by semicolons), type, description and wikidata; only the name must be
    there. It takes the place of the one that was read before. A file in which two lines claim one name is refused.
    """
    from indexer.store.speakers.authority import read

    with text_of(file) as lines:
        entries = read(lines, file)
    with desk(db, f"import {file}", who, note) as (speakers, by):
        number = speakers.import_authority(entries, file, by)
    tell(number, f"{counted(len(entries), 'speaker')} from {file}.")


@click.command("export")
@db_option
@click.option(
    "--output", metavar="FILE", default=STDOUT, help="The file to write. Without it, or as -: standard output."
)
def export_registry(db: str, output: str) -> None:
    """Print the registry as an authority file, to be edited and imported."""
    from indexer.store.speakers.authority import COLUMNS, as_rows
    from indexer.store.speakers.reader import SpeakerReader

    with SpeakerReader(db) as reader:
        entries = reader.registry()
    with opened(output, binary=False) as stream:
        count = write_csv([list(as_rows(entries))], COLUMNS, stream)
    if output != STDOUT or not count:
        say(f"{counted(count, 'speaker')}{f' in {output}' if output != STDOUT else ''}.")


@click.command()
@db_option
@format_option("table")
def log(db: str, fmt: Format) -> None:
    """List what people decided about speakers, the oldest first."""
    from indexer.store.speakers.reader import SpeakerReader

    with SpeakerReader(db) as reader:
        records = [asdict(decision) for decision in reader.decisions()]
    if not write([records], fmt, LOG_FIELDS, columns_printer(LOG_COLUMNS)):
        say("No decisions about speakers.")


@click.command()
@db_option
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", default=20, show_default=True, help="At most so many."
)
@format_option("table")
def suggest(db: str, limit: int, fmt: Format) -> None:
    """List pairs of speakers that may be one.

    Names that look alike, initials, and surnames alone: nothing of this joins by itself, `quotes speakers merge` does.
    """
    from indexer.store.speakers.reader import SpeakerReader

    with SpeakerReader(db) as reader:
        records = [asdict(suggestion) for suggestion in reader.suggestions(limit)]
    if not write([records], fmt, SUGGEST_FIELDS, columns_printer(SUGGEST_COLUMNS)):
        say("No two speakers look like one.")


@click.command()
@click.argument("number", type=int, metavar="ID")
@db_option
@who_option
def undo(number: int, db: str, who: str | None) -> None:
    """Take a decision back; it stays in the log.

    ID is the number that `quotes speakers log` prints.
    """
    with desk(db, f"undo {number}", who, "") as (speakers, by):
        speakers.undo_decision(number, by)
    say(f"Decision {number} is undone.")


@click.command()
@click.argument("name", nargs=-1, required=True)
@db_option
@format_option("table")
def why(name: tuple[str, ...], db: str, fmt: Format) -> None:
    """Show under which names a speaker stands, and why each is this one.

    NAME is a slug, or a name that one speaker bears.
    """
    from indexer.store.speakers.reader import SpeakerReader

    with SpeakerReader(db) as reader:
        records = [asdict(naming) for naming in reader.namings(" ".join(name))]
    write([records], fmt, WHY_FIELDS, columns_printer(WHY_COLUMNS))


def tell(number: int, decision: str) -> None:
    """Say what was decided, and how to take it back."""
    say(f"Decision {number}: {decision} `quotes speakers undo {number}` takes it back.")


@contextmanager
def text_of(file: str) -> Iterator[IO[str]]:
    """The lines of a file in UTF-8, with or without its mark. Raises UsageError."""
    try:
        with open(file, encoding="utf-8-sig", newline="") as lines:  # noqa: PTH123 - "-" is no path here either
            yield lines
    except UnicodeDecodeError:
        raise UsageError(f"{file}: is not UTF-8", "save it as CSV in UTF-8") from None
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}", "name a CSV file") from None


def in_words(record: Mapping[str, Any]) -> str:
    """The decision in one line."""
    told: dict[str, Callable[[], str]] = {
        "merge": lambda: f"{record['slug']} is {record['value']}",
        "split": lambda: f"{record['slug']}: {_what(record)} is {record['value']}",
        "rename": lambda: f"{record['slug']} is called {record['value']}",
        "link": lambda: f"{record['slug']} is {record['value'] or 'nobody'} in Wikidata",
        "import": lambda: f"imported {record['slug']}",
    }
    return told[record["action"]]() + (f" (undone by {record['undone_by']})" if record["undone"] else "")


def _what(record: Mapping[str, Any]) -> str:
    alias, document = record["alias"], record["document"]
    return " ".join(filter(None, (alias and f"‘{alias}’", document and f"in {document}")))
