"""The files the site serves as they are."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest


@pytest.fixture
def static(root: Path) -> Path:
    return root / "db" / "static"


def test_the_files_of_others_are_the_published_ones_and_have_their_licence(static):
    table = (static / "vendor" / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `(\S+)` .* `([0-9a-f]{64})` \|$", table, re.MULTILINE))
    scripts = sorted(path for path in (static / "vendor").rglob("*") if path.suffix in (".js", ".css"))
    assert sorted(listed) == [str(path.relative_to(static / "vendor")) for path in scripts]
    for path in scripts:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == listed[str(path.relative_to(static / "vendor"))]
        assert list(path.parent.glob("LICENSE*"))


def test_our_styles_and_scripts_name_no_other_host(static):
    for path in [*static.glob("*.css"), *static.glob("*.js")]:
        assert not re.search(r"https?:|@import|url\(|//[a-z]+\.", path.read_text(encoding="utf-8")), path.name
