"""The pinned floors: how right the attribution must at least be, and that no floor is ever lowered."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

FLOORS_FILE = Path(__file__).with_name("floors.json")
FLOORS = json.loads(FLOORS_FILE.read_text(encoding="utf-8"))


GOLD = {
    "samples": ["samples/gold.jsonl"],
    "styles": [f"styles/{name}.jsonl" for name in ("styles", "plain", "unseen", "unseen-2")],
    "corpora": ["corpora/polnear/dev.gold.jsonl"],
}


@pytest.fixture
def styles(root):
    """Articles of our own in styles that the samples lack."""
    return root / "tests" / "gold"


@pytest.fixture(params=[(folder, name) for folder, names in GOLD.items() for name in names], ids=lambda gold: gold[1])
def gold_file(request):
    """The name in floors.json and the path of a gold file; skips where that is absent."""
    folder, name = request.param
    return name, request.getfixturevalue(folder) / name.partition("/")[2]


def test_every_floor_is_tested():
    assert sorted(FLOORS) == sorted(name for names in GOLD.values() for name in names)


def test_no_figure_is_below_its_floor(gold_file, scores_of):
    name, path = gold_file
    floor = FLOORS[name]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest == floor["sha256"], f"{path} is not the file that the floors were measured on"
    scores = scores_of(path)
    figures = {"quotation_f1": scores.quotation.f1, "end_to_end_f1": scores.end_to_end.f1}
    below = {figure: value for figure, value in figures.items() if value < floor[figure]}
    assert below == {}, f"below the floor of {floor}"


def lowered(before, now):
    """The floors that are lower now than they were before, or gone."""
    return [
        f"{name} {figure}: {floors[figure]} before, {now.get(name, {}).get(figure)} now"
        for name, floors in before.items()
        for figure in ("quotation_f1", "end_to_end_f1")
        if now.get(name, {}).get(figure, 0) < floors[figure]
    ]


def test_a_floor_may_only_rise(root):
    problems = [problem for before in earlier_floors(root) for problem in lowered(before, FLOORS)]
    assert problems == []


def test_lowering_and_removing_are_seen():
    before = {"gold": {"quotation_f1": 0.9, "end_to_end_f1": 0.5}}
    assert lowered(before, before) == []
    assert lowered(before, {"gold": {"quotation_f1": 0.95, "end_to_end_f1": 0.5}}) == []
    assert lowered(before, {"gold": {"quotation_f1": 0.9, "end_to_end_f1": 0.49}})
    assert len(lowered(before, {})) == 2


def earlier_floors(root):
    """Every version of the floors that git knows."""
    if not (root / ".git").exists() or shutil.which("git") is None:
        pytest.skip("no git history here to compare the floors with")
    path = FLOORS_FILE.relative_to(root).as_posix()
    commits = git(root, "log", "--format=%H", "--", path).split()
    return [json.loads(git(root, "show", f"{commit}:{path}")) for commit in commits]


def git(root, *arguments):
    return subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True, check=True).stdout
