"""Only the files that are meant are read."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest

from indexer.errors import CorpusError
from indexer.training import corpora


@pytest.fixture
def folder(own_corpora: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(own_corpora, tmp_path / "own"))


def check(folder: Path, *uses: str) -> dict[str, str]:
    return corpora.check(folder, uses or ("fit", "steer", "measure"), folder / "corpora.tsv")


def test_the_digests_are_those_of_the_files(folder: Path) -> None:
    digests = check(folder, "measure")
    assert sorted(digests) == [
        *("gum/test.conllu", "ud-ewt/test.conllu", "ud-pud/pud.conllu", "ud-pud/pud.iob2", "uner-ewt/test.iob2"),
    ]
    path = folder / "gum/test.conllu"
    assert digests["gum/test.conllu"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_missing_file_is_named_with_its_digest(folder: Path) -> None:
    expected = check(folder)["ud-ewt/train.conllu"]
    (folder / "ud-ewt/train.conllu").unlink()
    with pytest.raises(CorpusError) as error:
        check(folder)
    assert error.value.problem == f"{folder}/ud-ewt/train.conllu: missing"
    assert error.value.hint == f"The file that is meant has the SHA-256 {expected}"


def test_an_altered_file_is_named_with_both_digests(folder: Path) -> None:
    expected = check(folder)["wikigold/wikigold.conll"]
    with (folder / "wikigold/wikigold.conll").open("a", encoding="utf-8") as file:
        file.write("\n")
    found = corpora.digest(folder / "wikigold/wikigold.conll")
    with pytest.raises(CorpusError) as error:
        check(folder)
    assert error.value.problem == f"{folder}/wikigold/wikigold.conll: altered, its SHA-256 is {found}"
    assert error.value.hint == f"The file that is meant has the SHA-256 {expected}"


def test_a_folder_in_the_place_of_a_file(folder: Path) -> None:
    (folder / "ud-pud/pud.conllu").unlink()
    (folder / "ud-pud/pud.conllu").mkdir()
    with pytest.raises(CorpusError, match="cannot be read"):
        check(folder)


def test_a_file_for_another_use_may_be_missing(folder: Path) -> None:
    (folder / "gum/test.conllu").unlink()
    assert len(check(folder, "fit", "steer")) == 6


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="nowhere: no such folder"):
        corpora.check(tmp_path / "nowhere")


@pytest.mark.parametrize("text", [b"path\tsha\na\tb\n", b"\xff\xfe", None])
def test_a_list_that_is_none(tmp_path: Path, text: bytes | None) -> None:
    if text is not None:
        (tmp_path / "list.tsv").write_bytes(text)
    with pytest.raises(CorpusError, match="no list of corpora"):
        corpora.check(tmp_path, ("fit",), tmp_path / "list.tsv")


def test_the_released_corpora_have_a_use_and_a_digest_each() -> None:
    listed = corpora.manifest()
    assert {each.use for each in listed} <= {"fit", "read", "steer", "measure"}
    assert [each for each in listed if not re.fullmatch("[0-9a-f]{64}", each.sha256)] == []
    assert len({each.path for each in listed}) == len(listed)
    assert [each.path for each in listed if "test" in each.path and each.use != "measure"] == []


def test_the_corpora_at_hand_are_the_released_ones(corpora: Path) -> None:
    from indexer.training import corpora as own

    assert len(own.check(corpora)) == len(own.manifest())
