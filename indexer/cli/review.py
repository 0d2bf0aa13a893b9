"""`quotes review`: a walk through the least certain quotations, one key per decision."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from indexer.cli import keys
from indexer.cli.correct import decision_on, name_of, who_option
from indexer.cli.messages import complain, counted, printable, say, without_controls
from indexer.cli.options import db_option
from indexer.cli.tables import new_console
from indexer.domain import Kind
from indexer.errors import NotFound, QuotesError, UsageError

if TYPE_CHECKING:
    from rich.text import Text

    from indexer.store.corrections.deciding import Said
    from indexer.store.rows import Hit, QuotationPage

KEYS = "y right · n no quotation · s other speaker · 0 nobody · k kind · space skip · u undo · q quit"
KINDS: dict[str, Kind] = {"d": "direct", "m": "mixed", "t": "term"}
NEAR = 1500
"""How many characters before the paragraph are shown at most, to reach its cue and its mention."""
STYLES = {
    "words": ("bold yellow", ">>", "<<"),
    "cue": ("underline cyan", "_", "_"),
    "mention": ("bold green", "*", "*"),
}
"""How each is marked: in colour, or between signs where there is none."""


@dataclass
class Walk:
    """Where the reviewer is: the keys of the quotations, the position, and what was decided (position, number)."""

    db: str
    who: str
    keys: Sequence[str]
    at: int = 0
    decided: list[tuple[int, int]] = field(default_factory=list)
    skipped: int = 0

    def decide(self, said: Said) -> None:
        """Save a decision about the quotation the reviewer is at, and go on."""
        from indexer.store.corrections.reader import CorrectionReader
        from indexer.store.writer import Writer

        key = self.keys[self.at]
        with CorrectionReader(self.db) as reader:
            decision = decision_on(reader.attribution(key), said, reader.known_type)
        with Writer(self.db, command=f"review {key}") as writer:
            number = writer.correct(key, decision, who=self.who)
        self.decided.append((self.at, number))
        self.at += 1

    def skip(self) -> None:
        """Go on without a decision."""
        self.skipped += 1
        self.at += 1

    def undo(self) -> None:
        """Take the last decision back, and go back to its quotation. Raises UsageError where there is none."""
        from indexer.store.writer import Writer

        if not self.decided:
            raise UsageError("nothing was decided yet", "u takes back what was decided in this walk")
        at, number = self.decided[-1]
        with Writer(self.db, command=f"corrections undo {number}") as writer:
            writer.undo(number, who=self.who)
        self.decided.pop()
        self.at = at


@click.command()
@db_option
@click.option("--tier", type=click.Choice(["certain", "probable", "uncertain"]), help="Only those of this tier.")
@click.option("--speaker", metavar="NAME", help="Only those of this speaker: a name or an alias.")
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", default=20, show_default=True, help="At most so many."
)
@who_option
def review(db: str, tier: str | None, speaker: str | None, limit: int, who: str | None) -> None:
    """Walk through the least certain quotations and decide with one key.

    Those that somebody decided about already are left out; quotations without a speaker come last. Every decision
    is saved at once.
    """
    from indexer.store.corrections.reader import CorrectionReader

    if not sys.stdin.isatty():
        raise UsageError("The review asks for keys, and standard input is no terminal", "Use `quotes correct` instead.")
    with CorrectionReader(db) as reader:
        found = reader.least_certain(tier=tier, speaker=speaker, limit=limit)
    if not found:
        say("Nothing to review.")
        return
    walk = Walk(db, name_of(who), found)
    try:
        while walk.at < len(found) and step(walk):
            pass
    except KeyboardInterrupt:
        raise KeyboardInterrupt("What was decided is saved.") from None
    say(f"{counted(len(walk.decided), 'decision')}, {walk.skipped:,} skipped. `quotes corrections` lists them.")


def step(walk: Walk) -> bool:
    """Show a quotation and do what one key asks for; False to leave. What cannot be done is said, and asked again."""
    from indexer.store.corrections.reader import CorrectionReader

    try:
        with CorrectionReader(walk.db) as reader:
            page = reader.quotation(walk.keys[walk.at])
            names = reader.names_in(page.hit.document)
    except NotFound as error:  # indexed again meanwhile
        complain(error)
        walk.skip()
        return True
    show(page, f"{walk.at + 1} of {len(walk.keys)}")
    try:
        return act(walk, key_pressed(KEYS), names)
    except QuotesError as error:
        complain(error)
        return True


def act(walk: Walk, key: str, names: Sequence[str]) -> bool:
    """Do what a key stands for; False for a key to leave."""
    plain: dict[str, Said] = {"y": {"confirm": True}, "n": {"no_quotation": True}, "0": {"nobody": True}}
    if key in plain:
        walk.decide(plain[key])
    elif key == "s" and (name := other_speaker(names)):
        walk.decide({"speaker": name})
    elif key == "k" and (kind := other_kind()):
        walk.decide({"kind": kind})
    elif key == " ":
        walk.skip()
    elif key == "u":
        walk.undo()
    return key not in keys.LEAVE


def key_pressed(choices: str) -> str:
    """One key of these choices, in lower case; the end of the input is the key to leave."""
    click.echo(choices)
    return keys.pressed(sys.stdin.fileno()).lower()


def other_speaker(names: Sequence[str]) -> str:
    """Ask for a name, or the number of one of these; "" to go back."""
    for number, name in enumerate(names, 1):
        click.echo(printable(f"  {number} {name}"))
    click.echo("Number or name (nothing: back): ", nl=False)
    answer = sys.stdin.readline().strip()
    if answer.isdecimal() and 0 < int(answer) <= len(names):
        return names[int(answer) - 1]
    return answer


def other_kind() -> Kind | None:
    """Ask for a kind; None to go back."""
    return KINDS.get(key_pressed("d direct · m mixed · t term · any other key: back"))


def show(page: QuotationPage, place: str) -> None:
    """Print a quotation in its paragraph, the words, the cue and the mention marked, and what is said of it."""
    from rich.text import Text

    hit, console = page.hit, new_console()
    source = " · ".join(filter(None, (place, hit.title or hit.document, hit.publisher, hit.published)))
    console.print()
    console.print(Text(printable(source), style="dim"))
    console.print(marked(page, in_colour=console.color_system is not None and not console.no_color))
    console.print()
    for name, value in facts(hit):
        console.print(Text.assemble((f"{name:<12}", "dim"), printable(value)))


def facts(hit: Hit) -> Iterator[tuple[str, str]]:
    """What the program says of the quotation, by name."""
    yield "speaker", f"{hit.speaker} ({hit.speaker_type})" if hit.speaker else "nobody is named"
    yield "kind", hit.kind
    yield "confidence", f"{hit.confidence:.2f}, {hit.tier}"
    yield from (
        (name, value) for name, value in (("cue", hit.cue), ("mention", hit.mention), ("via", hit.via)) if value
    )
    yield "evidence", hit.evidence


def marked(page: QuotationPage, *, in_colour: bool) -> Text:
    """The paragraph, from the one with the cue and the mention where that is near; these and the words are marked."""
    from rich.text import Text

    hit, document = page.hit, page.document.text
    spans = {
        "words": (hit.start, hit.end),
        "cue": (hit.cue_start, hit.cue_end),
        "mention": (hit.mention_start, hit.mention_end),
    }
    first, end = hit.start - len(page.before), hit.end + len(page.after)
    first = min([first, *(_line(document, start) for start, _ in spans.values() if start is not None)])
    first = max(first, hit.start - len(page.before) - NEAR)
    shown, last = Text(), first
    for name, begin, stop in sorted(_inside(spans, first, end), key=lambda each: each[1]):
        if begin >= last:
            style, opening, closing = STYLES[name]
            words = without_controls(document[begin:stop])
            shown.append(without_controls(document[last:begin]))
            shown.append(words if in_colour else f"{opening}{words}{closing}", style=style)
            last = stop
    return shown.append(without_controls(document[last:end]))


def _line(text: str, offset: int) -> int:
    """Where the line with this offset begins."""
    return text.rfind("\n", 0, offset) + 1


def _inside(spans: Mapping[str, tuple[int | None, int | None]], first: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Those spans that lie between two offsets."""
    for name, (start, stop) in spans.items():
        if start is not None and stop is not None and first <= start and stop <= end:
            yield name, start, stop
