"""The language model: which one it is, whether it can be used, and loading it.

A language model is a spaCy pipeline for English that says of each word what it is (tag, lemma), what it hangs
on (parser) and where the names are. One ships with the package; any other that is installed can be named.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import is_compatible_version, load_config, load_model_from_path
from thinc.api import NumpyOps, get_current_ops, set_current_ops
from threadpoolctl import threadpool_limits

from indexer.errors import ModelError

from .model_files import damage, digest_of

NONE = "none"
"""The name for doing without a language model."""
SHIPPED = "en_quotes"
"""The name of the one that ships with the package."""
DEFAULT = SHIPPED
"""The one that is used where nobody names another."""
VARIABLE = "QUOTES_MODEL"
"""The environment variable that names another."""

PARSERS = frozenset({"parser", "beam_parser"})
NAMERS = frozenset({"ner", "beam_ner"})
ENCODERS = frozenset({"tok2vec", "transformer", "curated_transformer"})
TAGGERS = frozenset({"tagger", "attribute_ruler", "lemmatizer", "trainable_lemmatizer", "morphologizer"})
USEFUL = PARSERS | NAMERS | ENCODERS | TAGGERS
"""The factories of the components that are of use here; all others of a pipeline are left out."""

_ANOTHER = "Name an installed spaCy pipeline for English or its folder, or `none`."
_AGAIN = "Install it again."
_FITTING = "Get the release of it that was made for this spaCy."


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A language model that was found and checked, but not loaded.

    `name` is what was asked for, `used` and `unused` are its components (the names they have in the pipeline),
    `identity` changes whenever any of its files does.
    """

    name: str
    path: Path
    meta: dict[str, Any]
    used: tuple[str, ...]
    unused: tuple[str, ...]
    package: str = ""

    @property
    def identity(self) -> str:
        """Language, name, version and the first twelve digits of the digest of all files. Raises ModelError."""
        try:
            digest = digest_of(self.path)
        except OSError as error:
            raise _unreadable(self.name, error) from error
        return f"{self.meta['lang']}_{self.meta.get('name')}-{self.meta.get('version')}-{digest[:12]}"


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A language model that is ready for use: `nlp` has the useful components only."""

    nlp: Language
    identity: str
    mask: str = ""
    """The word that stands for a quotation's words where it was trained on masked quotations; else empty."""

    def components(self, factories: frozenset[str]) -> list[str]:
        """The names of the components that these factories made, in the order of the pipeline."""
        return [name for name in self.nlp.pipe_names if self.nlp.get_pipe_meta(name).factory in factories]

    def read(self, docs: list[Doc], without: list[str]) -> list[Doc]:
        """Have the pipeline, without some of its components, annotate docs, all at once and on one core."""
        with one_core():
            return list(self.nlp.pipe(docs, batch_size=max(1, len(docs)), disable=without))


def chosen(name: str | None = None) -> str:
    """The name or path that counts: the one given, else that of QUOTES_MODEL, else the default."""
    return name or os.environ.get(VARIABLE) or DEFAULT


def load(name: str | None = None) -> LanguageModel | None:
    """Load a language model by its name or path (see `chosen`); None where it is `none`. Raises ModelError."""
    if chosen(name) == NONE:
        return None
    folder = find(name)
    identity = folder.identity
    try:
        nlp = _load(folder)
    except Exception as error:  # whatever a pipeline of any origin may raise
        raise _refused(folder.name, error) from error
    _demand(nlp.lang == "en", folder.name, f"not a pipeline for English but for {nlp.lang!r}", _ANOTHER)
    return LanguageModel(nlp, identity, mask_of(folder.meta))


def find(name: str | None = None) -> ModelFolder:
    """Find a language model (see `chosen`) and check all that can be checked without loading it.

    Raises ModelError: there is none of that name, it is damaged, of another spaCy, not English, without a parser.
    """
    asked = chosen(name)
    _demand(asked != NONE, asked, "no language model", _ANOTHER)
    path, package = _located(asked)
    try:
        return _checked(asked, path, package)
    except OSError as error:
        raise _unreadable(asked, error) from error


def card() -> str:
    """The model card of the model that ships with the package, in Markdown. Raises ModelError."""
    try:
        return _models().joinpath("MODEL_CARD.md").read_text(encoding="utf-8")
    except OSError as error:
        raise _unreadable(SHIPPED, error) from error


@contextmanager
def numpys_products() -> Iterator[None]:
    """A pipeline made in here multiplies matrices through numpy, which makes it about twice as fast.

    Whoever has chosen a graphics processor, or other operations than thinc's usual ones, keeps them.
    """
    before = get_current_ops()
    if type(before) is NumpyOps:
        set_current_ops(NumpyOps(use_blis=False))
    try:
        yield
    finally:
        set_current_ops(before)


def one_core() -> AbstractContextManager[object]:
    """In here numpy multiplies matrices on one core: more are no faster, and wait for each other on a busy machine."""
    limits: AbstractContextManager[object] = threadpool_limits(limits=1, user_api="blas")
    return limits


def mask_of(meta: dict[str, Any]) -> str:
    """What a model's meta.json says under `quotations.mask`: the word that stands for a quotation's words."""
    quotations = meta.get("quotations")
    mask = quotations.get("mask") if isinstance(quotations, dict) else None
    return mask if isinstance(mask, str) and not any(letter.isspace() for letter in mask) else ""


def _models() -> Path:
    return Path(str(files("indexer") / "models"))


def _located(asked: str) -> tuple[Path, str]:
    """The folder with the config.cfg of a model, and the package that it is, if it is one."""
    if asked == SHIPPED:
        path, package = _models() / SHIPPED, ""
    elif _is_folder(asked):
        path, package = Path(asked), ""
    else:
        path, package = _package(asked)
    _demand(path.is_dir(), asked, "no such language model", _AGAIN if asked == SHIPPED else _ANOTHER)
    return _inner(path), package


def _is_folder(asked: str) -> bool:
    try:
        return Path(asked).is_dir()
    except OSError:  # longer than any path
        return False


def _package(asked: str) -> tuple[Path, str]:
    """The folder of an installed package, which is not imported for this, and its name."""
    module = asked.replace("-", "_")
    try:
        spec = importlib.util.find_spec(module) if module.isidentifier() else None
    except ValueError:  # a module of this process that was loaded from nowhere
        spec = None
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    found = places and (Path(places[0]) / "meta.json").is_file()
    _demand(bool(found), asked, "no such language model", _ANOTHER)
    return Path(places[0]), module


def _inner(path: Path) -> Path:
    """The folder itself, or the one within it where a package of spaCy's keeps the pipeline."""
    if (path / "config.cfg").exists():
        return path
    return next((inner.parent for inner in sorted(path.glob("*/config.cfg"))), path)


def _checked(asked: str, path: Path, package: str) -> ModelFolder:
    harm = damage(path, must_have_sums=asked == SHIPPED)
    _demand(not harm, asked, f"damaged: {harm}", _AGAIN)
    for name in ("meta.json", "config.cfg"):
        _demand((path / name).is_file(), asked, f"no spaCy pipeline, or damaged: {name} is missing", _ANOTHER)
    meta = _meta(asked, path / "meta.json")
    _check_meta(asked, meta)
    used, unused = _components(asked, path / "config.cfg")
    return ModelFolder(asked, path, meta, used, unused, package)


def _meta(asked: str, path: Path) -> dict[str, Any]:
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        meta = None
    _demand(isinstance(meta, dict), asked, "damaged: meta.json is no JSON object", _AGAIN)
    return dict(meta)


def _check_meta(asked: str, meta: dict[str, Any]) -> None:
    wanted, lang = meta.get("spacy_version") or "", meta.get("lang")
    fits = not wanted or (isinstance(wanted, str) and is_compatible_version(spacy_version, wanted))
    _demand(bool(fits), asked, f"made for spaCy {wanted}, and this is {spacy_version}", _FITTING)
    _demand(lang == "en", asked, f"not a pipeline for English but for {lang!r}", _ANOTHER)


def _components(asked: str, path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The components that are of use and those that are not."""
    try:
        config = load_config(path)
        factories = {name: str(config["components"][name]["factory"]) for name in config["nlp"]["pipeline"]}
        resting = set(config["nlp"].get("disabled", []))
    except Exception as error:  # what reads the file raises all kinds
        raise _refused(asked, error) from error
    used = tuple(name for name, factory in factories.items() if factory in USEFUL and name not in resting)
    parses = any(factories[name] in PARSERS for name in used)
    _demand(parses, asked, "a pipeline without a parser", _ANOTHER)
    return used, tuple(name for name in factories if name not in used)


def _load(folder: ModelFolder) -> Language:
    with warnings.catch_warnings(), numpys_products():
        warnings.simplefilter("ignore")
        if folder.package:
            importlib.import_module(folder.package)  # it may register functions of its own
        return load_model_from_path(folder.path, meta=folder.meta, exclude=folder.unused)


def _demand(holds: bool, asked: str, problem: str, hint: str) -> None:
    if not holds:
        raise ModelError(f"{asked}: {problem}", hint)


def _unreadable(asked: str, error: OSError) -> ModelError:
    return ModelError(f"{asked}: {Path(error.filename or '').name} cannot be read ({error.strerror})", _AGAIN)


def _refused(asked: str, error: Exception) -> ModelError:
    why = " ".join(str(error).split())[:200]
    return ModelError(
        f"{asked}: cannot be loaded ({type(error).__name__}: {why})", "It may be damaged: install it again."
    )
