"""What people install: the wheel, built from the sdist, used outside the checkout."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
import zipfile

import pytest


@pytest.fixture(scope="session")
def wheel(root, tmp_path_factory):
    """The path of the wheel, made by way of the sdist and without the network."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, root]
    subprocess.run(build, check=True, capture_output=True)
    (path,) = folder.glob("quote_indexer-*.whl")
    return path


@pytest.fixture(scope="session")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="session")
def outside(wheel, tmp_path_factory):
    """Starts Python with the wheel's package, in a folder of its own that has a copy of the samples."""
    folder = tmp_path_factory.mktemp("outside")
    installed = folder / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONWARNINGS": "error"}
    for variable in ("QUOTES_DB", "QUOTES_MODEL"):
        environment.pop(variable, None)

    def start(*arguments):
        command = [sys.executable, *map(str, arguments)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, encoding="utf-8")

    start.articles = installed / "indexer" / "samples" / "articles"
    return start


def finished(process):
    stdout, stderr = process.communicate(timeout=120)
    assert process.returncode == 0, stderr
    return stdout


def test_the_wheel_holds_the_site_and_no_database(root, names):
    tracked = [path for path in (root / "db").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    site = {path.relative_to(root / "db").as_posix() for path in tracked if not path.name.startswith("quotes.db")}
    assert {name.removeprefix("indexer/_site/") for name in names if name.startswith("indexer/_site/")} == site


def test_the_wheel_holds_every_file_of_the_package(root, names):
    files = [path for path in (root / "indexer").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {path.relative_to(root).as_posix() for path in files} - set(names) == set()


def test_the_wheel_holds_nothing_else(names):
    others = {name.split("/")[0] for name in names} - {"indexer"}
    assert [name for name in others if not name.endswith(".dist-info")] == []


def test_the_wheel_is_small_enough_to_send(wheel):
    assert wheel.stat().st_size < 25_000_000


def test_the_wheel_holds_the_language_model_with_its_card_and_licence(shipped_model, wheel, names):
    files = [path for path in shipped_model.rglob("*") if path.is_file() and not path.name.startswith(".")]
    expected = {f"indexer/models/en_quotes/{path.relative_to(shipped_model).as_posix()}" for path in files}
    assert expected | {"indexer/models/MODEL_CARD.md", "indexer/models/LICENSE"} <= set(names)
    assert {f"indexer/models/en_quotes/{name}" for name in ("SHA256SUMS", "meta.json", "parser/model")} <= expected
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (archive.read(name).decode() for name in names if name.endswith(".dist-info/METADATA"))
    assert "License-Expression: MIT AND CC-BY-SA-4.0" in metadata
    assert {name.partition("/licenses/")[2] for name in names} >= {"LICENSE", "indexer/models/LICENSE"}


def test_the_language_model_is_read_outside_the_checkout(shipped_model, outside):
    card = finished(outside("-m", "indexer", "model", "info", "--model", "en_quotes"))
    assert "CC BY-SA 4.0" in card
    article = next(outside.articles.iterdir())
    printed = finished(outside("-m", "indexer", "extract", article, "--model", "en_quotes"))
    assert all(json.loads(line)["speaker"] for line in printed.splitlines())
    assert printed


def test_the_installed_package_is_the_wheel(outside):
    printed = finished(outside("-c", "import indexer; print(indexer.__file__)"))
    assert "installed" in printed


def test_extract_works_outside_the_checkout(outside):
    printed = finished(outside("-m", "indexer", "extract", outside.articles))
    assert all(json.loads(line)["speaker"] for line in printed.splitlines())
    assert printed


def test_spacy_finds_the_components_by_name(outside):
    code = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('quote_attribution'); doc = nlp('“Yes,” said Ada Roe.')"
    printed = finished(outside("-c", f"{code}; print(len(doc.spans['quotations']), doc._.attributions[0].speaker)"))
    assert printed == "1 Ada Roe\n"


def test_index_and_serve_work_outside_the_checkout(outside):
    finished(outside("-m", "indexer", "index", outside.articles))
    with outside("-m", "indexer", "serve", "--port", "0") as server:
        try:
            announced = server.stderr.readline()
            address = next(word for word in announced.split() if word.startswith("http"))
            with urllib.request.urlopen(address, timeout=30) as response:
                assert b"<h1" in response.read()
        finally:
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=30)
