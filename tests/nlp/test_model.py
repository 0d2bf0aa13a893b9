"""Which language model is used, and what happens with one that cannot be."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest
import spacy
from spacy.about import __version__ as spacy_version
from thinc.api import NumpyOps, get_current_ops, set_current_ops
from threadpoolctl import threadpool_info

from indexer.errors import ModelError
from indexer.nlp import model as models
from indexer.nlp.analysis import load as load_analyser
from indexer.nlp.model_files import SUMS, write_sums

ANOTHER = "Name an installed spaCy pipeline for English or its folder, or `none`."
AGAIN = "Install it again."


@pytest.fixture
def toy(toys, tmp_path):
    """A copy of a small model that a test may harm."""
    return shutil.copytree(toys / "ud", tmp_path / "toy")


@pytest.fixture
def package(toys, tmp_path, monkeypatch):
    """The name of a small model that is installed as spaCy packages one."""
    inside = tmp_path / "site" / "en_toy_packaged"
    shutil.copytree(toys / "ud", inside / "en_toy_ud-0.1.0")
    shutil.copy(toys / "ud" / "meta.json", inside)
    (inside / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.delitem(sys.modules, inside.name, raising=False)
    return inside.name


@contextmanager
def use_ops_of(ops):
    before = get_current_ops()
    set_current_ops(ops)
    try:
        yield ops
    finally:
        set_current_ops(before)


def refusal(name):
    """The message and the hint with which a model is refused, the same whether it is only found or loaded."""
    with pytest.raises(ModelError) as found:
        models.find(str(name))
    with pytest.raises(ModelError) as loaded:
        models.load(str(name))
    assert (found.value.problem, found.value.hint) == (loaded.value.problem, loaded.value.hint)
    assert "\n" not in found.value.problem
    return found.value.problem, found.value.hint


def change_meta(folder, **changes):
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    (folder / "meta.json").write_text(json.dumps({**meta, **changes}), encoding="utf-8")


def test_a_folder_is_loaded_with_what_is_of_use(toy):
    loaded = models.load(str(toy))
    assert loaded.nlp.pipe_names == ["tok2vec", "tagger", "parser", "ner", "attribute_ruler"]
    assert loaded.identity.startswith("en_toy_ud-0.1.0-")
    assert models.find(str(toy)).unused == ("sentencizer",)


def test_matrices_are_multiplied_by_numpy_and_nothing_else_changes(toy):
    before = get_current_ops()
    encoder = models.load(str(toy)).nlp.get_pipe("tok2vec").model
    assert {node.ops.use_blis for node in encoder.walk()} == {False}
    assert get_current_ops() is before


def test_operations_that_somebody_chose_are_kept(toy):
    class Others(NumpyOps):
        pass

    with use_ops_of(Others()) as others:
        loaded = models.load(str(toy))
    assert {type(node.ops) for node in loaded.nlp.get_pipe("tok2vec").model.walk()} == {type(others)}


def test_one_core_at_a_time():
    with models.one_core():
        cores = [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
    assert cores
    assert set(cores) == {1}


def test_an_installed_package_is_loaded_by_its_name(package, toys):
    for name in (package, package.replace("_", "-")):
        assert models.load(name).identity == models.load(str(toys / "ud")).identity


def test_a_component_nobody_knows_is_no_obstacle_where_it_is_not_needed(toy):
    config = (toy / "config.cfg").read_text(encoding="utf-8")
    config = config.replace('factory = "sentencizer"', 'factory = "nobody_has_this"')
    (toy / "config.cfg").write_text(config, encoding="utf-8")
    assert "parser" in models.load(str(toy)).nlp.pipe_names


def test_none_is_none(monkeypatch):
    assert models.load("none") is None
    monkeypatch.setenv("QUOTES_MODEL", "none")
    assert models.load() is None


def test_the_name_given_counts_more_than_the_variable_and_that_more_than_the_default(monkeypatch):
    assert models.chosen() == models.DEFAULT
    monkeypatch.setenv("QUOTES_MODEL", "from_outside")
    assert models.chosen() == "from_outside"
    assert models.chosen("given") == "given"
    monkeypatch.setenv("QUOTES_MODEL", "")
    assert models.chosen() == models.DEFAULT


def test_the_identity_is_that_of_the_files(toy, toys, tmp_path):
    before = models.find(str(toy)).identity
    assert before == models.find(str(toys / "ud")).identity
    write_sums(toy)
    assert models.find(str(toy)).identity == before
    (toy / SUMS).unlink()
    weights = bytearray((toy / "parser" / "model").read_bytes())
    weights[-1] ^= 1
    (toy / "parser" / "model").write_bytes(weights)
    assert models.find(str(toy)).identity != before


def test_the_version_of_the_analysis_tells_the_model(toy):
    assert load_analyser(str(toy)).version == f"{load_analyser('none').version}+{models.find(str(toy)).identity}"


@pytest.mark.parametrize(
    "name", ["no_such_package", "no/such/folder", "README.md", "spacy", "click", "os", "__main__", "x" * 5000]
)
def test_a_model_that_is_not_there(name):
    assert refusal(name) == (f"{name}: no such language model", ANOTHER)


def test_the_one_that_ships_is_demanded_where_it_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(models, "_models", lambda: tmp_path)
    assert refusal("en_quotes") == ("en_quotes: no such language model", AGAIN)


def test_the_one_that_ships_must_have_its_digests(toy, tmp_path, monkeypatch):
    monkeypatch.setattr(models, "_models", lambda: tmp_path)
    toy.rename(tmp_path / "en_quotes")
    assert refusal("en_quotes") == ("en_quotes: damaged: SHA256SUMS is missing", AGAIN)
    write_sums(tmp_path / "en_quotes")
    assert models.load("en_quotes") is not None


def alter(folder):
    content = bytearray((folder / "parser" / "model").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "parser" / "model").write_bytes(content)


DAMAGE = {
    "a byte is another": (alter, "parser/model was altered"),
    "a file is gone": (lambda folder: (folder / "vocab" / "strings.json").unlink(), "vocab/strings.json is missing"),
    "a folder is gone": (lambda folder: shutil.rmtree(folder / "ner"), "ner/cfg is missing"),
    "a file is empty": (lambda folder: (folder / "config.cfg").write_bytes(b""), "config.cfg was altered"),
    "a file too many": (lambda folder: (folder / "ner" / "key2row").touch(), "ner/key2row does not belong there"),
    "no digests": (lambda folder: (folder / SUMS).write_bytes(b"\xff\x00 so\n"), "SHA256SUMS is no list of digests"),
    "empty digests": (lambda folder: (folder / SUMS).write_bytes(b""), "SHA256SUMS is no list of digests"),
}


@pytest.mark.parametrize(("harm", "said"), DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_told_by_the_digests(toy, harm, said):
    write_sums(toy)
    harm(toy)
    assert refusal(toy) == (f"{toy}: damaged: {said}", AGAIN)


def test_the_digests_are_those_of_sha256sum(toy):
    with (toy / SUMS).open("wb") as file:
        names = sorted(str(path.relative_to(toy)) for path in toy.rglob("*") if path.is_file() and path.name != SUMS)
        subprocess.run(["sha256sum", *names], cwd=toy, stdout=file, check=True)
    by_tool = (toy / SUMS).read_bytes()
    assert models.load(str(toy)) is not None
    (toy / SUMS).unlink()
    write_sums(toy)
    assert (toy / SUMS).read_bytes() == by_tool


def test_hidden_files_do_no_harm(toy):
    write_sums(toy)
    (toy / ".directory").write_text("view=list", encoding="utf-8")
    assert models.load(str(toy)) is not None


HARM_WITHOUT_SUMS = {
    "no meta": (lambda folder: (folder / "meta.json").unlink(), "no spaCy pipeline, or damaged: meta.json is missing"),
    "no config": (
        lambda folder: (folder / "config.cfg").unlink(),
        "no spaCy pipeline, or damaged: config.cfg is missing",
    ),
    "nothing": (
        lambda folder: (shutil.rmtree(folder), folder.mkdir()),
        "no spaCy pipeline, or damaged: meta.json is missing",
    ),
}


@pytest.mark.parametrize(("harm", "said"), HARM_WITHOUT_SUMS.values(), ids=HARM_WITHOUT_SUMS.keys())
def test_a_folder_that_is_no_pipeline(toy, harm, said):
    harm(toy)
    assert refusal(toy) == (f"{toy}: {said}", ANOTHER)


@pytest.mark.parametrize("meta", [b"{oops", b"[]", b"\xff\xff", b""])
def test_a_meta_that_cannot_be_read(toy, meta):
    (toy / "meta.json").write_bytes(meta)
    assert refusal(toy) == (f"{toy}: damaged: meta.json is no JSON object", AGAIN)


@pytest.mark.parametrize("wanted", [">=2.3.0,<2.4.0", ">=4,<5", "3.0.0", "newest", ["3.8"]])
def test_made_for_another_spacy(toy, wanted):
    change_meta(toy, spacy_version=wanted)
    fitting = "Get the release of it that was made for this spaCy."
    assert refusal(toy) == (f"{toy}: made for spaCy {wanted}, and this is {spacy_version}", fitting)


def test_not_english(tmp_path):
    spacy.blank("de").to_disk(tmp_path / "de")
    assert refusal(tmp_path / "de") == (f"{tmp_path / 'de'}: not a pipeline for English but for 'de'", ANOTHER)


def test_not_english_behind_an_english_meta(toy):
    config = (toy / "config.cfg").read_text(encoding="utf-8").replace('lang = "en"', 'lang = "de"')
    (toy / "config.cfg").write_text(config, encoding="utf-8")
    with pytest.raises(ModelError, match="not a pipeline for English but for 'de'"):
        models.load(str(toy))


def test_no_parser(tmp_path):
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "flat")
    assert refusal(tmp_path / "flat") == (f"{tmp_path / 'flat'}: a pipeline without a parser", ANOTHER)


NOT_LOADED = {
    "cut weights": ("parser/model", lambda content: content[:1000]),
    "no weights": ("parser/model", lambda content: b""),
    "no words": ("vocab/strings.json", lambda content: b"{"),
    "no transitions": ("parser/moves", lambda content: b"\xc1"),
    "no architecture": ("config.cfg", lambda content: content.replace(b"HashEmbedCNN", b"NobodyHasThis")),
    "another width": ("config.cfg", lambda content: content.replace(b"width = 48", b"width = 32")),
    "no config": ("config.cfg", lambda content: content.replace(b"[nlp]", b"[nlp")),
}


@pytest.mark.parametrize(("name", "harm"), NOT_LOADED.values(), ids=NOT_LOADED.keys())
def test_what_fails_while_loading_is_one_line(toy, name, harm):
    (toy / name).write_bytes(harm((toy / name).read_bytes()))
    with pytest.raises(ModelError) as refused:
        models.load(str(toy))
    assert refused.value.problem.startswith(f"{toy}: cannot be loaded (")
    assert "\n" not in refused.value.problem
    assert refused.value.hint == "It may be damaged: install it again."


def test_a_package_that_fails_on_import_is_one_line(package, tmp_path):
    (tmp_path / "site" / package / "__init__.py").write_text("1 / 0", encoding="utf-8")
    with pytest.raises(ModelError, match=r"cannot be loaded \(ZeroDivisionError: division by zero\)"):
        models.load(package)


MASKS = [
    ({"quotations": {"mask": "QUOTE"}}, "QUOTE"),
    ({"quotations": {"mask": "two words"}}, ""),
    ({"quotations": {"mask": 1}}, ""),
    ({"quotations": {}}, ""),
    ({"quotations": "yes"}, ""),
    ({}, ""),
]


@pytest.mark.parametrize(("meta", "mask"), MASKS)
def test_the_mask_is_a_word_of_the_meta(meta, mask):
    assert models.mask_of(meta) == mask
