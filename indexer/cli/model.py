"""`quotes model`: the language model that reads the articles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer.cli.formats import Format, Record, write
from indexer.cli.messages import counted, printable, say
from indexer.cli.options import format_option, model_option
from indexer.cli.tables import Column, columns_printer
from indexer.errors import UsageError

if TYPE_CHECKING:
    from indexer.nlp.model import ModelFolder
    from indexer.training.scoring import Scores

SCORES = {
    **{"tag": "tag", "uas": "UAS", "las": "LAS", "lemma": "lemma", "sentences": "sentences"},
    **{"names": "names", "person": "PERSON", "org": "ORG", "place": "PLACE"},
}
"""The fields of `Scores` that are percentages, and their headings."""
FIELDS = ("set", "genre", "words", *SCORES)
EXTRA = frozenset({"conllu", "torch", "transformers"})
"""The libraries that come with the extra `train`."""
FOREIGN = "Its parser's labels are not those of Universal Dependencies: tag, UAS and LAS say nothing of this model."

corpora_option = click.option(
    "--corpora",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="The folder of the open corpora: ud-ewt/, gum/, ud-pud/, uner-ewt/, wikigold/ and so on.",
)


@click.group()
def model() -> None:
    """Show, measure and train the language model that reads the articles."""


@model.command()
@model_option
def info(model: str | None) -> None:
    """Say what the language model is, and that it can be used.

    Of the one that ships with the package: its model card. Of another: its name, version and labels, and which of its
    components are of use.
    """
    from indexer.nlp import model as models

    if models.chosen(model) == models.NONE:
        click.echo("No language model: the articles are read by rules and word lists alone.")
        return
    folder = models.find(model)
    models.load(model)
    if folder.name == models.SHIPPED:
        show_card(models.card())
    else:
        for line in in_words(folder):
            click.echo(line)


@model.command()
@corpora_option
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="The folder it is put in.")
@click.option(
    "--recipe", default="en_quotes", show_default=True, metavar="NAME|FILE.toml", help="How it is made, and of what."
)
@click.option("--resume", is_flag=True, help="Go on with a training that was interrupted.")
def train(corpora: Path, out: Path, recipe: str, resume: bool) -> None:
    """Train a language model from open corpora.

    The same recipe and the same files give the same model. What is done so far is kept in DIR.parts, beside the
    folder, from which --resume goes on. Prints the folder. Needs the extra: pip install 'quote-indexer[train]'.
    """
    with training_extra():
        from indexer.training.recipe import train as make

        try:
            click.echo(make(corpora, out, recipe=recipe, resume=resume, report=say))
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"What is done is kept in {out}.parts: go on with --resume") from None


@model.command()
@corpora_option
@model_option
@format_option("table")
def evaluate(corpora: Path, model: str | None, fmt: Format) -> None:
    """Measure a language model on the test sets of open corpora.

    Prints percentages for each test set and genre: right tags, heads (UAS) and relations (LAS), lemmas, and the F1 of
    sentences and names. Needs the extra: pip install 'quote-indexer[train]'.
    """
    with training_extra():
        from indexer.training import evaluating
    from indexer.nlp import model as models

    evaluating.check(corpora)
    loaded = models.load(model)
    if loaded is None:
        raise UsageError("No language model to measure", "Name one with --model.")
    rows = [as_record(name, scores) for name, scores in evaluating.evaluate(loaded.nlp, corpora)]
    write([rows], fmt, FIELDS, columns_printer(COLUMNS))
    if not evaluating.is_universal(loaded.nlp):
        say(FOREIGN)


@model.command()
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD")
@click.option(
    "--annotated",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Articles with sources and contents as PolNeAR marks them, which count less.",
)
def attribution(gold: Path, annotated: Path | None) -> None:
    """Fit what chooses the speakers and says how sure that is.

    Learns from the articles of a gold file and from those of our own that the package holds, and writes the weights
    into the package: about five minutes. Prints how well the confidence fits articles that were left out.
    """
    from indexer.evaluation.reliability import Reliability
    from indexer.training import attribution as fitting
    from indexer.training.dates import write as write_dates

    found = Reliability(tuple(fitting.train(gold, annotated, say).judged))
    write_dates(gold)
    certain = found.tiers["certain"]
    click.echo(f"attributions {len(found.outcomes):,}  ECE {found.ece:.3f}  Brier {found.brier:.3f}")
    click.echo(f"certain: {certain.right:.1%} right, {certain.n / len(found.outcomes):.1%} of all")


@contextmanager
def training_extra() -> Iterator[None]:
    """Say in one line that the extra `train` is not installed, where one of its libraries is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in EXTRA:
            raise
        hint = "Install what training needs: pip install 'quote-indexer[train]'"
        raise UsageError(f"{error.name} is not installed", hint) from error


def as_record(name: str, scores: Scores) -> dict[str, Any]:
    """One row of the table for programs: percentages with one decimal, None where a set has no such annotation."""
    known, _, genre = name.partition(" ")
    values = {key: getattr(scores, key) for key in SCORES}
    rounded = {key: None if value is None else round(value, 1) for key, value in values.items()}
    return {"set": known, "genre": genre or None, "words": scores.words, **rounded}


def in_full(record: Record) -> str:
    """The name of a test set, or of a genre in it."""
    return " ".join(filter(None, (record["set"], record["genre"])))


def percentage(key: str, heading: str) -> Column:
    """A column of percentages; a dash where there is none."""
    return Column(heading, lambda record: "–" if record[key] is None else f"{record[key]:.1f}", right=True)


COLUMNS = (
    Column("test set", in_full, "cyan"),
    Column("words", lambda record: record["words"], right=True),
    *(percentage(key, heading) for key, heading in SCORES.items()),
)


def show_card(card: str) -> None:
    """Print Markdown: laid out on a terminal, as it is in a pipe."""
    from rich.markdown import Markdown

    from indexer.cli.tables import echo_rich, folds, new_console

    console = new_console()
    if folds(console):
        echo_rich(console, Markdown(card))
    else:
        click.echo(card.rstrip())


def in_words(folder: ModelFolder) -> Iterator[str]:
    """What there is to know of a model that is not ours, a line each: what it is, then its components' labels."""
    meta = folder.meta
    yield line("name", f"en_{meta.get('name')}")
    yield from (line(key, meta[key]) for key in ("version", "description", "author", "license", "url") if meta.get(key))
    yield line("language", "English")
    yield line("identity", folder.identity)
    yield line("used", ", ".join(folder.used))
    if folder.unused:
        yield line("not used", ", ".join(folder.unused))
    for name, labels in labels_of(folder).items():
        yield line(name, f"{counted(len(labels), 'label')}: {', '.join(labels)}")


def line(what: str, value: object) -> str:
    """What it is, in a column of its own, and the value."""
    return f"{printable(what):<12} {printable(str(value))}"


def labels_of(folder: ModelFolder) -> dict[str, list[str]]:
    """The labels of each component that is used and has any, as its meta.json tells them."""
    told = folder.meta.get("labels")
    lists = told.items() if isinstance(told, dict) else ()
    return {name: list(map(str, of)) for name, of in lists if name in folder.used and isinstance(of, list) and of}
