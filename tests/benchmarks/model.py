"""How fast the language model is: `python -m tests.benchmarks.model [--model NAME|PATH]`, from the project's root.

Words per second on one core, part by part, in turn with a pipeline of the plain recipe (`recipes/plain.toml`) on the
same text: as spaCy runs it, and multiplying matrices through numpy as ours does. Then how much of a document is not
read at all, and what that gains. The text is that of the sample articles, and of the corpora where they are at hand.
Prints the tables of docs/benchmarks.md, medians all; exits with 1 when the model is slower than two thirds of the
plain one. Nothing here is collected by pytest.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import cast

import spacy
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.util import load_config, load_model_from_config

import indexer
from indexer.domain import Document
from indexer.nlp import model as models
from indexer.nlp import pipeline
from indexer.nlp.analysis import Analyser
from indexer.nlp.marks import read_marks
from indexer.nlp.model import LanguageModel
from indexer.nlp.paragraphs import paragraph_bounds
from indexer.nlp.pieces import Coverage, Settings
from indexer.nlp.syntax import Syntax
from indexer.sources import read
from indexer.training import fitting, recipe
from indexer.training.reader import Source, stream
from indexer.training.record import from_doc

LEAST = 2 / 3
"""Of the plain recipe's words per second."""
ENOUGH = 20_000
"""The words of the text that is read in each run."""
FAR = 1_000
"""More paragraphs than an article has."""
PACKAGE = Path(indexer.__file__).parent
CORPORA = PACKAGE.parent / os.environ.get("QUOTES_CORPORA", "../shared/corpora")
PARTS = {
    "tok2vec alone": ("tok2vec",),
    "with names": ("tok2vec", "ner"),
    "with the parser": ("tok2vec", "parser"),
    "tagger, parser, names": ("tok2vec", "tagger", "parser", "ner"),
    "the whole pipeline": (),
}
"""Components that run together; none: all there are, as the plain pipeline has no lemmas."""

Task = Callable[[], Callable[[], object]]
"""Prepares something, and returns what is to be timed."""


def samples() -> list[Document]:
    """The sample articles."""
    return [each for each in read([str(PACKAGE / "samples" / "articles")]) if isinstance(each, Document)]


def news() -> list[Document]:
    """The newspaper articles of the corpora; none where there are no corpora."""
    path = CORPORA / "polnear" / "dev.gold.jsonl"
    return [each for each in read([str(path)]) if isinstance(each, Document)] if path.is_file() else []


def paragraphs(documents: list[Document]) -> list[str]:
    """Their paragraphs, as the product gives them to the model but for line breaks."""
    return [
        " ".join(document.text[start:end].split())
        for document in documents
        for start, end in paragraph_bounds(document.text)
    ]


def in_turn(*tasks: Task, runs: int) -> list[list[float]]:
    """Seconds of the processor that each task takes, in turn, `runs` times after one that does not count."""
    times: list[list[float]] = [[] for _ in tasks]
    for run in range(runs + 1):
        for task, own in zip(tasks, times, strict=True):
            timed = task()
            begin = time.process_time()
            timed()
            if run:
                own.append(time.process_time() - begin)
    return times


def ratio(ones: list[float], others: list[float]) -> float:
    """The median of the ratios of times that were taken one after the other."""
    return statistics.median(one / other for one, other in zip(ones, others, strict=True))


# --- words per second ---


def plain_like(model: Language, texts: list[str], steps: int, folder: Path) -> Path:
    """The plain recipe's pipeline with the labels of a model, fitted to how that model reads some texts, on disk.

    How fast it is does not depend on its weights, but on which transitions they choose: a few hundred steps settle it.
    """
    gold = list(model.pipe(texts))
    records = [from_doc(doc) for doc in gold]
    nlp = load_model_from_config(load_config(Path(recipe.__file__).parent / "recipes" / "plain.cfg"), auto_fill=True)
    settings = fitting.Settings(steps=steps, warmup=50, every=steps)
    examples = partial(stream, [Source(records)], recipe.Recipe("plain", "", "").rates, nlp.vocab)
    give_labels(model, nlp, folder)
    recipe.initialize(nlp, {"own": records})
    fitting.fit(nlp, examples, {"own": gold[:40]}, settings, folder, lambda line: None)
    return folder / "best"


def give_labels(model: Language, nlp: Language, folder: Path) -> None:
    """Have a pipeline initialised with the labels of another, which are written to a folder."""
    for name in set(nlp.pipe_names) & set(model.pipe_names) - {"tok2vec"}:
        path = folder / f"{name}.json"
        path.write_text(json.dumps(cast(TrainablePipe, model.get_pipe(name)).label_data), "utf-8")
        labels = {"@readers": "spacy.read_labels.v1", "path": str(path)}
        nlp.config["initialize"]["components"][name] = {"labels": labels}


def running(nlp: Language, texts: list[str], components: tuple[str, ...]) -> Callable[[], object]:
    """What runs some of a pipeline's components (none: all) over texts, which are tokenized before."""
    docs = [nlp.make_doc(text) for text in texts]

    def run() -> None:
        with nlp.select_pipes(enable=[each for each in components or nlp.pipe_names if each in nlp.pipe_names]):
            for _ in nlp.pipe(docs, batch_size=64):
                pass

    return run


def tokenizing(nlp: Language, texts: list[str]) -> Callable[[], object]:
    """What runs the tokenizer alone."""
    return lambda: [nlp.make_doc(text) for text in texts]


def speeds(pipelines: list[Language], texts: list[str], runs: int) -> Iterator[tuple[str, list[list[float]]]]:
    """For each part its name, and the seconds that each pipeline takes for it."""
    tasks: dict[str, Callable[[Language], Task]] = {"tokenizer alone": lambda nlp: partial(tokenizing, nlp, texts)}
    for name, components in PARTS.items():
        tasks[name] = partial(_task, texts, components)
    for name, task in tasks.items():
        yield name, in_turn(*map(task, pipelines), runs=runs)


def speed_table(ours: Language, plain: Path, texts: list[str], runs: int) -> Iterator[str | float]:
    """The table of words per second, line by line; at last the ratio of the whole pipeline's to the plain one's."""
    same = models.load(str(plain))
    assert same is not None
    words, share = sum(map(len, map(ours.make_doc, texts))), 0.0
    yield "| words per second on one core | shipped | plain recipe | ratio | plain, through numpy | ratio |"
    yield "|---|---|---|---|---|---|"
    for name, (own, other, through_numpy) in speeds([ours, spacy.load(plain), same.nlp], texts, runs):
        share = ratio(other, own)
        speed, base, base_numpy = (f"{words / statistics.median(each):,.0f}" for each in (own, other, through_numpy))
        yield f"| {name} | {speed} | {base} | {share:.2f} | {base_numpy} | {ratio(through_numpy, own):.2f} |"
    yield share


def _task(texts: list[str], components: tuple[str, ...], nlp: Language) -> Task:
    return partial(running, nlp, texts, components)


# --- what is not read ---


def everything(model: LanguageModel) -> Analyser:
    """The product with every paragraph of a document with marks parsed, and nothing masked."""
    nlp = pipeline.build(model)
    component = nlp.get_pipe("syntax")
    assert isinstance(component, Syntax)
    component.settings, component.mask = Settings(before=FAR, after=FAR), False
    return Analyser(nlp)


def analyse(analyser: Analyser, documents: list[Document]) -> None:
    """Have all documents analysed."""
    for document in documents:
        analyser.analyse(document)


def analyse_everything(analyser: Analyser, model: LanguageModel, documents: list[Document]) -> None:
    """The same, with documents without marks read by the language model too."""
    analyse(analyser, documents)
    for _ in model.nlp.pipe(paragraphs([each for each in documents if not read_marks(each.text)])):
        pass


@dataclass(frozen=True)
class Skipped:
    """What of some documents the model reads, in words, and the seconds that it takes; `all_seconds`: to read all."""

    documents: int
    unmarked: int
    count: Coverage
    unread: int
    seconds: list[float]
    all_seconds: list[float]

    def cells(self) -> Iterator[tuple[str, str]]:
        """The rows of the table: what, and how much of it."""
        count = self.count
        parts = (count.parsed_words, count.masked_words, count.named_words, self.unread)
        names = ("parsed", "masked: one word is parsed for all of a quotation", "searched for names only", "not read")
        yield "documents", f"{self.documents:,}"
        yield "of them without marks, which the model never sees", f"{self.unmarked:,}"
        yield "words", f"{sum(parts):,}"
        yield from ((name, f"{part / sum(parts):.1%}") for name, part in zip(names, parts, strict=True))
        yield "the whole analysis, in seconds", f"{statistics.median(self.seconds):.2f}"
        yield "the same with every word parsed", f"{statistics.median(self.all_seconds):.2f}"
        yield "times as fast", f"{ratio(self.all_seconds, self.seconds):.2f}"


def skipped(model: LanguageModel, documents: list[Document], runs: int) -> Skipped:
    """How many words are not parsed, and not read, and what that gains."""
    unmarked = [each for each in documents if not read_marks(each.text)]
    unread = sum(map(len, map(model.nlp.make_doc, paragraphs(unmarked))))
    configured, whole = Analyser(pipeline.build(model)), everything(model)
    analyse(configured, documents)
    count = coverage(configured)
    as_it_is = partial(analyse, configured, documents)
    all_of_it = partial(analyse_everything, whole, model, documents)
    counted = Coverage()
    counted.add(count)
    times = in_turn(lambda: as_it_is, lambda: all_of_it, runs=runs)
    return Skipped(len(documents), len(unmarked), counted, unread + counted.skipped_words, *times)


def skipped_table(found: dict[str, Skipped]) -> Iterator[str]:
    """The table of what is not read, a column for each collection of documents."""
    yield f"| | {' | '.join(found)} |"
    yield "|---" * (len(found) + 1) + "|"
    for cells in zip(*(each.cells() for each in found.values()), strict=True):
        yield f"| {cells[0][0]} | {' | '.join(value for _, value in cells)} |"


def coverage(analyser: Analyser) -> Coverage:
    """What the language model has read since it was loaded."""
    component = analyser.nlp.get_pipe("syntax")
    assert isinstance(component, Syntax)
    return component.coverage


# --- the command ---


def main() -> int:
    """Measure everything, print it, and say whether the model is fast enough."""
    options = _options()
    _on_one_core()
    begin = time.perf_counter()
    model = models.load(options.model)
    if model is None:
        sys.stderr.write("No language model: name one with --model.\n")
        return 2
    _say(f"{model.identity}, loaded and checked in {time.perf_counter() - begin:.2f} seconds. {_machine()}\n")
    texts = paragraphs(samples())
    with tempfile.TemporaryDirectory() as folder:
        plain = options.plain or plain_like(model.nlp, texts, options.steps, Path(folder))
        whose = (
            "trained before" if options.plain else f"fitted here, {options.steps} steps, to how ours reads the samples"
        )
        _say(f"The pipeline of the plain recipe: {whose}.\n")
        text = list(chain.from_iterable([texts] * (ENOUGH // sum(len(each.split()) for each in texts) + 1)))
        *lines, share = speed_table(model.nlp, plain, text, options.runs)
    _say("\n".join(map(str, lines)) + "\n")
    read_ = {"the samples": samples(), "84 news articles": news()}
    found = {name: skipped(model, documents, options.runs) for name, documents in read_.items() if documents}
    _say("\n".join(skipped_table(found)))
    sys.stderr.write(f"{share:.2f} of the plain recipe's words per second; at least {LEAST:.2f} is promised.\n")
    return int(float(share) < LEAST)


def _on_one_core() -> None:
    """Start anew on one core, where there are more: libraries ask when they are loaded how many there are."""
    if hasattr(os, "sched_setaffinity") and len(os.sched_getaffinity(0)) > 1:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        os.execv(sys.executable, [sys.executable, "-m", "tests.benchmarks.model", *sys.argv[1:]])


def _machine() -> str:
    """What it is measured on."""
    told = Path("/proc/cpuinfo").read_text("utf-8") if Path("/proc/cpuinfo").is_file() else ""
    names = [line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name")]
    return f"Python {platform.python_version()}, one core of {names[0] if names else platform.machine()}."


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", help="the language model (default: the one that `quotes` uses)")
    parser.add_argument("--plain", type=Path, help="a trained pipeline of the plain recipe (default: one made here)")
    parser.add_argument("--steps", type=int, default=200, help="for how many steps that is fitted (default: 200)")
    parser.add_argument("--runs", type=int, default=5, help="how often each thing is measured (default: 5)")
    return parser.parse_args()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
