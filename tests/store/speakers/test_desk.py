"""What people decide of speakers: it counts at once, it outlives indexing again, and it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import NotFound, UsageError
from indexer.store.reader import Reader
from indexer.store.speakers import authority
from indexer.store.speakers.desk import Deciding, SpeakerDesk
from indexer.store.speakers.reader import SpeakerReader
from indexer.store.writer import Writer

INES = Deciding("Ines", "I know them")


@pytest.fixture
def corpus(article: Callable[..., Any]) -> list[Any]:
    """People that a reader of the paper would tell apart, and some that the rules do not join."""
    return [
        article("1", "Ada Brink | said | One. | Ada Brink | person", "An aide | said | Two. | an aide | unnamed"),
        article("2", "Brink | said | Three. | Brink | person"),
        article("3", "Adda Brinck | said | Four. | Adda Brinck | person"),
        article("4", "Ada J. Brink | said | Five. | Ada J. Brink | person", "TFC | said | Six. | TFC | organization"),
        article("5", "Otto Tarn | said | Seven. | Otto Tarn | person"),
        article("6", "Otto Tarn | said | Eight. | Otto Tarn | person"),
    ]  # fmt: skip


@pytest.fixture
def index(corpus: list[Any], fill: Callable[..., Path]) -> Path:
    """An index of them."""
    return fill(*corpus)


def index_again(db: Path, corpus: list[Any]) -> None:
    """Another model reads everything, in another order."""
    with Writer(db) as writer:
        for document, found in reversed(corpus):
            writer.write(document, found, "2")


def said(db: Path) -> dict[str, list[str]]:
    """What each speaker said, by slug."""
    with Reader(db) as reader:
        return {row.slug: sorted(hit.text for hit in reader.speaker(row.slug).hits) for row in reader.speakers()}


def names(db: Path) -> dict[str, str]:
    """The name that each speaker goes by."""
    with Reader(db) as reader:
        return {row.slug: row.name for row in reader.speakers()}


def anonymous(db: Path) -> str:
    """The slug of the aide without a name."""
    return next(slug for slug in said(db) if slug.startswith("an-aide"))


DECISIONS: list[tuple[Any, dict[str, list[str] | None]]] = [
    (lambda desk, db: desk.merge("Adda Brinck", "Ada Brink", INES),
     {"ada-brink": ["Five.", "Four.", "One.", "Three."]}),
    (lambda desk, db: desk.merge(anonymous(db), "otto-tarn", INES), {"otto-tarn": ["Eight.", "Seven.", "Two."]}),
    (lambda desk, db: desk.split("Ada Brink", INES, alias="Ada J. Brink", to="Ada Jolanthe Brink"),
     {"ada-jolanthe-brink": ["Five."], "ada-brink": ["One.", "Three."]}),
    (lambda desk, db: desk.split("Ada Brink", INES, document="2", to="Otto Brink"), {"otto-brink": ["Three."]}),
    (lambda desk, db: desk.split("Otto Tarn", INES, document="6"), {"otto-tarn": ["Seven."]}),
    (lambda desk, db: desk.split("Ada Brink", INES, alias="Brink", to="Otto Tarn"),
     {"otto-tarn": ["Eight.", "Seven.", "Three."], "ada-brink": ["Five.", "One."]}),
]  # fmt: skip


@pytest.mark.parametrize(("decide", "expected"), DECISIONS, ids=range(len(DECISIONS)))
def test_a_decision_counts_at_once_holds_and_can_be_taken_back(
    index: Path, corpus: list[Any], sound: Callable[[Path], None], decide: Any, expected: dict[str, list[str]]
) -> None:
    before = said(index), names(index)
    with SpeakerDesk(index) as desk:
        number = decide(desk, index)
    decided = said(index)
    assert {slug: decided[slug] for slug in expected} == expected
    sound(index)
    index_again(index, corpus)
    assert said(index) == decided
    sound(index)
    with SpeakerDesk(index) as desk:
        desk.undo_decision(number, INES)
    assert (said(index), names(index) | before[1]) == (before[0], before[1])
    sound(index)


def test_a_merge_holds_when_a_shorter_name_turns_up(
    index: Path, corpus: list[Any], article: Callable[..., Any]
) -> None:
    with SpeakerDesk(index) as desk:
        desk.merge("Adda Brinck", "Ada Brink", INES)
    later = article("7", "Adda K. Brinck | said | Nine. | Adda K. Brinck | person")
    index_again(index, [*corpus, later])
    assert said(index)["ada-brink"] == ["Five.", "Four.", "Nine.", "One.", "Three."]


def test_a_merge_can_be_split_and_merged_back(index: Path) -> None:
    with SpeakerDesk(index) as desk:
        desk.merge("adda-brinck", "ada-brink", INES)
        desk.split("ada-brink", INES, alias="Adda Brinck", to="Adda Brinck")
    assert said(index)["adda-brinck"] == ["Four."]
    with SpeakerDesk(index) as desk:
        desk.merge("ada-brink", "adda-brinck", INES)
    assert said(index)["adda-brinck"] == ["Five.", "Four.", "One.", "Three."]
    assert "ada-brink" not in said(index)


def test_a_new_name_and_a_link_show_and_stay(index: Path, corpus: list[Any]) -> None:
    with SpeakerDesk(index) as desk:
        desk.rename("otto-tarn", "Otto von  Tarn", INES)
        number = desk.link("otto-tarn", "https://www.wikidata.org/wiki/Q42", INES)
    index_again(index, corpus)
    with Reader(index) as reader:
        row = reader.speaker("otto-tarn").speaker
        assert (row.name, row.wikidata, row.aliases) == ("Otto von Tarn", "Q42", ("Otto Tarn",))
        assert {hit.speaker_wikidata for hit in reader.search(speaker="otto-tarn")} == {"Q42"}
    with SpeakerDesk(index) as desk:
        desk.undo_decision(number, INES)
    with Reader(index) as reader:
        assert reader.speaker("otto-tarn").speaker.wikidata is None


def test_the_log_says_who_when_and_why(index: Path) -> None:
    with SpeakerDesk(index) as desk:
        number = desk.merge("Adda Brinck", "Ada Brink", INES)
        desk.undo_decision(number, Deciding("Odo"))
    with SpeakerReader(index) as reader:
        (logged,) = reader.decisions()
    assert (logged.action, logged.slug, logged.value) == ("merge", "adda-brinck", "ada-brink")
    assert (logged.who, logged.note, logged.undone_by) == ("Ines", "I know them", "Odo")
    assert logged.made.startswith("2")
    assert (logged.undone or "").startswith("2")


def test_every_name_has_its_reason(index: Path) -> None:
    with SpeakerDesk(index) as desk:
        desk.merge("Adda Brinck", "Ada Brink", INES)
    with SpeakerReader(index) as reader:
        reasons = {naming.name: naming.reason for naming in reader.namings("ada-brink")}
    assert reasons["Brink"] == "the one Brink whom this source names in full then: Ada Brink"
    assert reasons["Ada J. Brink"] == "one name with Ada Brink"
    assert reasons["Adda Brinck"].startswith("merged by Ines on 2")


AUTHORITY = """name,aliases,description,wikidata,type
Ada Brink,Adda Brinck; A. Brink,Senator of Tarn,Q42,
Tarn Ferry Company,TFC,,,organization
"""


def test_an_authority_file_has_the_last_word(index: Path, corpus: list[Any], sound: Callable[[Path], None]) -> None:
    before = said(index), names(index)
    with SpeakerDesk(index) as desk:
        number = desk.import_authority(authority.read(AUTHORITY.splitlines(), "a.csv"), "a.csv", INES)
    sound(index)
    index_again(index, corpus)
    assert said(index)["ada-brink"] == ["Five.", "Four.", "One.", "Three."]
    assert said(index)["tarn-ferry-company-org"] == ["Six."]
    with Reader(index) as reader:
        row = reader.speaker("Adda Brinck").speaker
    assert (row.slug, row.description, row.wikidata) == ("ada-brink", "Senator of Tarn", "Q42")
    with SpeakerDesk(index) as desk:
        desk.undo_decision(number, INES)
    assert (said(index), names(index)) == before
    sound(index)


def test_an_authority_file_has_the_last_word_over_a_merge_of_names(index: Path, corpus: list[Any]) -> None:
    with SpeakerDesk(index) as desk:
        desk.merge("Adda Brinck", "Otto Tarn", INES)
        assert "Four." in said(index)["otto-tarn"]
        desk.import_authority(authority.read(["name,aliases", "Ada Brink,Adda Brinck"], "a.csv"), "a.csv", INES)
    index_again(index, corpus)
    assert "Four." in said(index)["ada-brink"]


def test_an_authority_file_knows_somebody_unnamed_too(index: Path, corpus: list[Any]) -> None:
    with SpeakerDesk(index) as desk:
        desk.import_authority(authority.read(["name,aliases", "Ada Brink,an aide"], "a.csv"), "a.csv", INES)
    assert "Two." in said(index)["ada-brink"]
    index_again(index, corpus)
    assert "Two." in said(index)["ada-brink"]


def test_words_for_somebody_unnamed_are_the_last_that_a_name_means(
    article: Callable[..., Any], fill: Callable[..., Path]
) -> None:
    path = fill(
        article("1", "Brink | said | One. | Ada Brink | person"),
        article("2", "Brink | said | Two. | Brink | unnamed"),
    )
    with SpeakerDesk(path) as desk:
        desk.rename("Brink", "Ada Brink the Elder", INES)
    assert names(path)["ada-brink"] == "Ada Brink the Elder"


def test_an_import_takes_the_place_of_the_one_before_and_gives_it_back(index: Path) -> None:
    with SpeakerDesk(index) as desk:
        first = desk.import_authority(authority.read(AUTHORITY.splitlines(), "a.csv"), "a.csv", INES)
        second = desk.import_authority(authority.read(["name,description", "Otto Tarn,Poet"], "b.csv"), "b.csv", INES)
        with pytest.raises(UsageError, match=f"undo decision {second} first|not the last"):
            desk.undo_decision(first, INES)
    assert "adda-brinck" in said(index)
    with SpeakerDesk(index) as desk:
        desk.undo_decision(second, INES)
    assert "adda-brinck" not in said(index)


def test_the_registry_that_is_printed_can_be_read_and_changes_nothing(index: Path) -> None:
    before = said(index), names(index)
    with SpeakerReader(index) as reader:
        entries = reader.registry()
    assert ("Ada Brink", ("Ada J. Brink",)) in [(entry.name, entry.aliases) for entry in entries]
    with SpeakerDesk(index) as desk:
        desk.import_authority(entries, "own.csv", INES)
    assert (said(index), names(index)) == before


WRONG: list[tuple[Any, type[Exception], str]] = [
    (lambda desk: desk.merge("Ada Brink", "ada-brink", INES), UsageError, "one speaker already"),
    (lambda desk: desk.merge("Ada Brink", "Zoe Zorn", INES), NotFound, "no speaker 'Zoe Zorn'"),
    (lambda desk: desk.merge("Otto Tran", "Ada Brink", INES), NotFound, "no speaker 'Otto Tran'"),
    (lambda desk: desk.split("Ada Brink", INES, alias="Zoe"), NotFound, "not named 'Zoe'"),
    (lambda desk: desk.split("Ada Brink", INES, document="5"), NotFound, "not quoted in 5"),
    (lambda desk: desk.split("Ada Brink", INES, document="99"), NotFound, "no document '99'"),
    (lambda desk: desk.split("Otto Tarn", INES, alias="Otto Tarn"), UsageError, "no other name"),
    (lambda desk: desk.rename("Ada Brink", "  ", INES), UsageError, "an empty name"),
    (lambda desk: desk.link("Ada Brink", "42", INES), UsageError, "'42' is no Wikidata id"),
    (lambda desk: desk.undo_decision(9, INES), NotFound, "no decision 9"),
]


@pytest.mark.parametrize(("decide", "error", "problem"), WRONG, ids=[problem for *_, problem in WRONG])
def test_what_makes_no_sense_changes_nothing(
    index: Path, dump: Callable[[Path], Any], decide: Any, error: type[Exception], problem: str
) -> None:
    before = dump(index)
    with SpeakerDesk(index) as desk, pytest.raises(error, match=problem) as caught:
        decide(desk)
    assert caught.value.hint  # type: ignore[attr-defined]
    assert dump(index) == before


BAD_FILES = [
    ("alias\nx", "no column ‘name’"),
    ("", "no column ‘name’"),
    ("name,aliases\nAda Brink,A. Brink\nOtto Tarn,a brink", "x.csv:3: 'a brink' is a name in line 2 too"),
    ("name\nAda Brink\nada brink", "x.csv:3: 'ada brink' is a name in line 2 too"),
    ("name,wikidata\nAda Brink,42", "x.csv:2: '42' is no Wikidata id"),
    ("name,type\nAda Brink,horse", "x.csv:2: there is no type 'horse'"),
    ("name,aliases\n,A. Brink", "x.csv:2: no name"),
    ('name\n"Ada Brink', "unexpected end of data"),
]


@pytest.mark.parametrize(("text", "problem"), BAD_FILES, ids=[problem for _, problem in BAD_FILES])
def test_an_authority_file_that_makes_no_sense_is_refused_whole(text: str, problem: str) -> None:
    with pytest.raises(UsageError) as caught:
        authority.read(text.splitlines(), "x.csv")
    assert problem in str(caught.value)
    assert caught.value.hint
