"""Where things are: the checkout, the sample articles, and the corpora that only some machines have."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: once started, the browser keeps an event loop running, where asyncio.run is refused."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """indexer/samples: `articles/` and `gold.jsonl`."""
    return ROOT / "indexer" / "samples"


def beside(name: str):
    """A module of these tests that several of them use."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tests" / f"{name}.py")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def toy_models():
    """The module that makes two small language models (tests/toy_models.py)."""
    return beside("toy_models")


@pytest.fixture(scope="session")
def versions():
    """The module that invents quotations and what newspapers make of them (tests/versions.py)."""
    return beside("versions")


@pytest.fixture(scope="session")
def toys(toy_models, tmp_path_factory):
    """A folder with two small language models, `ud` and `clearnlp`; tests only read it."""
    folder = tmp_path_factory.mktemp("models")
    for scheme in toy_models.SENTENCES:
        toy_models.make(scheme, folder / scheme)
    return folder


@pytest.fixture(scope="session")
def own_corpora(tmp_path_factory):
    """A folder laid out as the corpora, of sentences of our own, with `corpora.tsv` and the recipe `tiny.toml`."""
    return beside("own_corpora").write(tmp_path_factory.mktemp("corpora"))


@pytest.fixture(scope="session")
def tiny(own_corpora, tmp_path_factory):
    """The language model that the tiny recipe makes of them: a second or two; tests only read it."""
    from indexer.training.recipe import train

    return train(own_corpora, tmp_path_factory.mktemp("tiny") / "model", recipe=str(own_corpora / "tiny.toml"))


@pytest.fixture(scope="session")
def shipped_model() -> Path:
    """The folder of the language model that ships; skips in a tree that has none, and does without by default."""
    from indexer.nlp import model as models

    folder = ROOT / "indexer" / "models" / models.SHIPPED
    if models.DEFAULT == models.NONE and not folder.is_dir():
        pytest.skip("no language model in this tree yet")
    return folder


@pytest.fixture(scope="session", autouse=True)
def no_model_from_outside():
    """The tests say themselves which language model they use."""
    os.environ.pop("QUOTES_MODEL", None)


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of corpora that are never part of this project; skips where it is absent."""
    folder = ROOT / os.environ.get("QUOTES_CORPORA", "../shared/corpora")
    if not folder.is_dir():
        pytest.skip(f"no corpora at {folder}: set QUOTES_CORPORA to their folder")
    return folder


@pytest.fixture(scope="session")
def shipped_scores(shipped_model, corpora):
    """The table of scores of the language model that ships, measured once in a session (a quarter of a minute)."""
    from indexer.nlp import model as models
    from indexer.training import evaluating

    return evaluating.evaluate(models.load(models.SHIPPED).nlp, corpora)


@pytest.fixture(scope="session")
def report_of():
    """The report of the analysis on a gold file, by its path, worked out once in a session."""

    @cache
    def report(path: Path):
        from indexer.evaluation.report import evaluate

        return evaluate(path)

    return report


@pytest.fixture(scope="session")
def scores_of(report_of):
    """The scores of the analysis on a gold file, by its path."""
    return lambda path: report_of(path).scores


@pytest.fixture(scope="session", autouse=True)
def interruptible():
    """Commands under test can be interrupted, also where the suite was started with interrupts ignored (`… &`)."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
