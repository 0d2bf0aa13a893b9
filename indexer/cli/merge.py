"""`quotes merge`: join other indexes into one."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from indexer.cli.guard import OK, SOME_FAILED
from indexer.cli.index import check_folder
from indexer.cli.messages import counted, say, say_backup
from indexer.cli.options import db_option, is_default_db

if TYPE_CHECKING:
    from indexer.store.joining import Joined


@click.command()
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@db_option
@click.option(
    "--prefer-other", is_flag=True, help="Of a document that both have and that differs, take the one of OTHER."
)
@click.option("-q", "--quiet", is_flag=True, help="No summary; what was left out is still named.")
def merge(others: tuple[str, ...], db: str, prefer_other: bool, quiet: bool) -> None:
    """Join other indexes into one.

    OTHER is an index, as `quotes index` makes it; it is left as it is, and may be of an older version. The index that
    --db names is made where there is none.

    All documents of OTHER are taken that this index does not have. Of one that both have, with another text or read
    by another model, this index keeps its own, unless --prefer-other is given. What people decided is taken in any
    case; of two decisions about one quotation or speaker the newer one counts, and both stay in the log. Where an
    entry of OTHER's authority contradicts this one, it is left out and named, and the exit code is 1. Merging twice
    changes nothing.
    """
    from indexer.store.joining import check, join
    from indexer.store.writer import Writer

    for other in others:
        check(other, db)
    if not is_default_db():
        check_folder(db)
    options = ["--prefer-other"] if prefer_other else []
    with Writer(db, command=shlex.join(["merge", *others, *options])) as writer:
        if writer.backup:
            say_backup(writer.backup)
        joined = [join(writer, other, prefer_other=prefer_other) for other in others]
    if not quiet:
        say(in_words(joined, db))
    click.get_current_context().exit(name_clashes(others, joined))


def name_clashes(others: Sequence[str], joined: Sequence[Joined]) -> int:
    """Name on stderr what was left out; the exit code."""
    for other, one in zip(others, joined, strict=True):
        for clash in one.clashes:
            say(f"quotes: {other}: the authority's entry {clash} contradicts this index's own, which stays.")
    return SOME_FAILED if any(one.clashes for one in joined) else OK


def in_words(joined: Sequence[Joined], db: str) -> str:
    """One line: what was done, and what the index holds now."""
    from indexer.store.corrections.reader import CorrectionReader

    with CorrectionReader(db) as reader:
        stats, orphaned = reader.stats(), reader.orphaned()
    total = {name: sum(getattr(one, name) for one in joined) for name in SAID}
    did = [f"{total[name]:,} {words}" for name, words in SAID.items() if total[name]]
    quotations = f"{counted(stats['quotations'], 'quotation')} ({stats['attributed']:,} attributed)"
    lost = f" {counted(orphaned, 'correction')} orphaned: see `quotes corrections list --orphaned`." if orphaned else ""
    holds = f"{db} now holds {counted(stats['documents'], 'document')}, {quotations}."
    return f"Documents: {', '.join(did) or 'none'}.{decided(joined)} {holds}{lost}"


SAID = {"added": "added", "changed": "changed", "unchanged": "unchanged", "kept": "different and left alone"}


def decided(joined: Sequence[Joined]) -> str:
    """How many decisions of people were new."""
    corrections = sum(one.corrections for one in joined)
    of_speakers = sum(one.of_speakers for one in joined)
    parts = [counted(corrections, "correction")] if corrections else []
    parts += [counted(of_speakers, "decision") + " about speakers"] if of_speakers else []
    return f" New: {' and '.join(parts)}." if parts else ""
