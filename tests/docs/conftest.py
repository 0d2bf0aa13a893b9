"""The script that writes the generated parts of the documentation, as a module."""

from __future__ import annotations

import importlib.util

import pytest


@pytest.fixture(scope="session")
def generate(root):
    spec = importlib.util.spec_from_file_location("docs_generate", root / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def text_of(root):
    """The text of a page of the documentation by its path."""
    return lambda path: (root / path).read_text(encoding="utf-8")
