"""What the site needs of this package, found by following its imports, and the libraries that this needs."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions, version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
_ROOT = PACKAGE.name
_NOT_DATA = frozenset({".py", ".pyc", ".pyi"})


def needed_files(plugin: Path) -> tuple[set[Path], set[str]]:
    """The files that a plugin of the site needs, relative to the folder of this package, and the libraries' names.

    Those are its modules, as far as imports reach, and the data files in their folders.
    """
    modules, libraries = _follow(plugin)
    folders = {path.parent for path in modules.values()} - {PACKAGE}
    found = {*modules.values(), *(data for folder in folders for data in _data(folder))}
    return {path.relative_to(PACKAGE) for path in found}, libraries


def pinned(libraries: Iterable[str]) -> list[str]:
    """A line `name==version` for the installed distribution of each library."""
    by_module = packages_distributions()
    names = {by_module[library][0] for library in libraries}
    return [f"{name}=={version(name)}" for name in sorted(names, key=str.lower)]


def _follow(plugin: Path) -> tuple[dict[str, Path], set[str]]:
    """Modules of ours by name, and the top-level names of all that is neither ours nor Python's."""
    modules, libraries = dict[str, Path](), set[str]()
    waiting = list(_imported(plugin))
    while waiting:
        name = waiting.pop()
        if name.split(".")[0] != _ROOT:
            libraries.add(name.split(".")[0])
        elif name not in modules and (path := _file(name)) is not None:
            modules[name] = path
            waiting += [name.rpartition(".")[0]] if "." in name else []
            waiting += _imported(path) if name != _ROOT else []  # what the package itself imports, it does when asked
    return modules, libraries - sys.stdlib_module_names


def _imported(path: Path) -> Iterator[str]:
    """The dotted names that a file imports; of `from package import name` that of a module `name`, too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            if node.module.split(".")[0] == _ROOT:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _file(name: str) -> Path | None:
    """The file of a module of ours; None for what is no module but something in one."""
    place = PACKAGE.joinpath(*name.split(".")[1:])
    candidates = (place / "__init__.py", place.with_suffix(".py"))
    return next((path for path in candidates if path.is_file() and path.is_relative_to(PACKAGE)), None)


def _data(folder: Path) -> Iterator[Path]:
    """The data files of a package: beside its modules, and in folders that hold no modules."""
    for path in folder.iterdir():
        if path.is_file() and path.suffix not in _NOT_DATA:
            yield path
        elif path.is_dir() and path.name != "__pycache__" and not (path / "__init__.py").is_file():
            yield from (data for data in path.rglob("*") if data.is_file() and data.suffix not in _NOT_DATA)
