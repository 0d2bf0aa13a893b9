"""What the newest quotations of a speaker tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.errors import NotFound
from indexer.store.reader import Reader
from indexer.store.speakers import profile as profiles


@pytest.fixture
def documents(article):
    """Articles on Ada Quill: the date, what she is called there, the name."""

    def documents(*told: tuple[str, str | None, str]):
        for number, (date, role, name) in enumerate(told):
            line = f"{name} | said | The tide of {date} was number {number}. | {name} | person"
            document, attributions = article(f"{number}.txt", line, published=date)
            yield document, [replace(one, role=role) for one in attributions]

    return documents


def test_roles_come_with_their_documents_and_from_when_to_when(fill, documents):
    told = [
        ("2023-01", "deputy mayor", "Ada Quill"),
        ("2024-05-01", "Mayor", "Ada Quill"),
        ("2025", "mayor", "Ada Quill"),
    ]
    with Reader(fill(*documents(*told, ("2024-06-02", "Mayor", "Ada Quill"), ("2022", None, "Ada Quill")))) as reader:
        roles = reader.profile("ada-quill").roles
    assert [(role.role, role.documents, role.first, role.last) for role in roles] == [
        ("Mayor", 3, "2024-05-01", "2025"),
        ("deputy mayor", 1, "2023-01", "2023-01"),
    ]


def test_names_come_with_the_reason_why_they_are_one_speaker(fill, documents):
    told = [("2024-01", None, "Ada Quill"), ("2024-02", None, "Ada Quill"), ("2024-03", None, "Ada B. Quill")]
    with Reader(fill(*documents(*told))) as reader:
        names = reader.profile("ada-quill").names
    assert [(name.name, name.reason, name.documents) for name in names] == [
        ("Ada Quill", "the same name", 2),
        ("Ada B. Quill", "one name with Ada Quill", 1),
    ]


def test_only_the_newest_quotations_are_looked_at_and_it_is_said(fill, documents, monkeypatch):
    monkeypatch.setattr(profiles, "SAMPLED", 2)
    path = fill(
        *documents(("2023", "clerk", "Ada Quill"), ("2024", "Mayor", "Ada Quill"), ("2025", "Mayor", "Ada Quill"))
    )
    with Reader(path) as reader:
        found = reader.profile("ada-quill")
        assert [role.role for role in found.roles] == ["Mayor"]
        assert (found.sampled, found.is_whole) == (2, False)
        monkeypatch.setattr(profiles, "SAMPLED", 3)
        assert (reader.profile("ada-quill").sampled, reader.profile("ada-quill").is_whole) == (3, True)


def test_first_and_last_are_the_ends_of_what_is_dated(fill, documents, article):
    undated = article("z.txt", "Ada Quill | said | Nobody knows when. | Ada Quill | person")
    with Reader(fill(*documents(("2024", None, "Ada Quill"), ("2023", None, "Ada Quill")), undated)) as reader:
        assert [hit.published for hit in reader.first_and_last("ada-quill")] == ["2023", "2024"]


def test_of_one_quotation_there_is_no_first_and_last(fill, documents):
    with Reader(fill(*documents(("2024", None, "Ada Quill")))) as reader:
        assert len(reader.first_and_last("ada-quill")) == 1


def test_a_speaker_that_is_not_there_is_named_with_the_nearest(fill, documents):
    with Reader(fill(*documents(("2024", None, "Ada Quill")))) as reader:
        with pytest.raises(NotFound, match="Ada Quil") as caught:
            reader.profile("Ada Quil")
        assert "Ada Quill" in caught.value.hint
        assert [speaker.slug for speaker in reader.near_speakers("Ada Quil")] == ["ada-quill"]


def test_the_slug_of_one_of_two_namesakes_means_that_one_alone(fill, article):
    """As the page of a speaker asks for quotations; the name means both."""
    told = {"a.txt": "a senator", "b.txt": "a baker"}
    found = []
    for key, role in told.items():
        document, attributions = article(key, f"Ada Quill | said | I am {role}. | Ada Quill | person")
        found.append((document, [replace(one, role=role) for one in attributions]))
    with Reader(fill(*found)) as reader:
        slugs = {row.slug for row in reader.speakers("Ada Quill")}
        assert len(slugs) == 2
        assert "ada-quill" in slugs
        assert all(len(reader.search(speaker=slug)) == 1 for slug in slugs)
        assert len(reader.search(speaker="Ada Quill")) == 2
