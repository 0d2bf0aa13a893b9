"""Who is who across documents: which names join, which stay apart, and why. No tables, only the rules."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pytest

from indexer.store.speakers.identity import Evidence, blocks
from indexer.store.speakers.resolving import Listed, resolve


def told(*lines: str, **common: Any) -> list[Evidence]:
    """`document: name (other names) [role]`, of a person; a name before `/org` or `/doc` is of that type."""
    return [one(number, line, **common) for number, line in enumerate(lines)]


def one(number: int, line: str, **common: Any) -> Evidence:
    document, _, rest = line.partition(": ")
    rest, _, role = rest.rstrip("]").partition(" [")
    rest, _, also = rest.rstrip(")").partition(" (")
    name, _, kind = rest.partition("/")
    types: Any = {"org": "organization", "doc": "document", "": "person"}
    names = tuple(other.strip() for other in also.split(",") if other)
    return Evidence(number, document, name, types[kind], names, role or None, **common)


def slugs(evidence: Iterable[Evidence], authority: Any = None) -> list[str]:
    """The slugs in the order of the evidence."""
    found = resolve(list(evidence), authority)
    return [found[number].slug for number in sorted(found)]


ONE = [
    ("a: Ada Brink", "b: ADA BRINK"),
    ("a: Ada Brink", "b: Ada J. Brink"),
    ("a: Ada J. Brink", "b: Ada Jane Brink", "c: Ada Brink"),
    ("a: José Muñoz", "b: Jose Munoz"),
    ("a: Ada Brink", "b: Brink"),
    ("a: Bill de Vries", "b: de Vries"),
    ("a: Xi Jinping (xi)", "b: Xi"),
    ("a: Ada Brink (ada)", "b: Brink"),
    ('a: Robert "Bobby" Tarn', "b: Bobby Tarn"),
    ("a: Robert Tarn (bobby-tarn)", "b: Bobby Tarn"),
    ("a: Tarn Ferry Company/org (tfc)", "b: TFC/org"),
    ("a: The Tarn Post/org", "b: Tarn Post/org"),
    ("a: Rosatom/org", "b: Rosatom"),
    ("a: Tarn Partners/org", "b: Tarn Partners/org", "c: Tarn Partners"),
    ("a: Ada Brink [senator]", "b: Ada Brink [the governor of Tarn]"),
    ("a: Ada Brink [a baker]", "b: Ada Brink"),
    ("a: Brink", "b: Brink"),
]
"""Speakers of several documents that are one."""


@pytest.mark.parametrize("lines", ONE, ids="; ".join)
def test_one_speaker(lines: tuple[str, ...]) -> None:
    assert len(set(slugs(told(*lines)))) == 1


APART = [
    ("a: Ada Brink", "b: Ada Brink Jr."),
    ("a: Ada Brink", "b: Otto Brink"),
    ("a: Ada J. Brink", "b: Ada K. Brink"),
    ("a: Ada Brink", "b: Adda Brink"),
    ("a: Ada Brink", "a: Brink"),
    ("a: Ada Brink", "a: Ada J. Brink"),
    ("a: Ada Brink [senator]", "b: Ada Brink [a baker from Ulm]"),
    ("a: Ada Brink", "b: Ada"),
    ("a: Tarn Party/org", "b: Tarn Party campaign/org"),
    ("a: the report/doc", "b: the report/doc"),
    ("a: the company/org", "b: the company/org"),
    ("a: Tarn Ferry Company/org", "b: TFC/org"),
    ("a: Ford Works/org (ford)", "b: Ada Ford"),
    ("a: Ada Ford", "b: Ford/org"),
]
"""Speakers that are two."""


@pytest.mark.parametrize("lines", APART, ids="; ".join)
def test_two_speakers(lines: tuple[str, ...]) -> None:
    assert len(set(slugs(told(*lines)))) == 2


def test_with_two_middle_names_the_name_without_one_is_neither() -> None:
    assert len(set(slugs(told("a: George W. Tarn", "b: George H. W. Tarn", "c: George Tarn")))) == 3


def test_a_surname_that_two_people_bear_is_nobody_else() -> None:
    found = slugs(told("a: Ada Brink", "b: Otto Brink", "c: Brink", "d: Brink"))
    assert len(set(found)) == 4


def test_a_surname_is_the_one_that_nearly_all_documents_of_the_source_mean() -> None:
    known = [f"{number}: Ada Brink" for number in range(9)]
    found = slugs(told(*known, "x: Brink", "y: Otto Brink"))
    assert found[9] == "ada-brink"
    assert slugs(told(*known[:8], "x: Brink", "y: Otto Brink"))[8] != "ada-brink", "eight of nine are too few"


@pytest.mark.parametrize(
    ("source", "joins"),
    [
        ({"publisher": "Tarn Post", "published": "2016-11-30"}, True),
        ({"publisher": "Tarn Post", "published": "2017"}, True),
        ({"publisher": "Tarn Post", "published": "2019-01-01"}, False),
        ({"publisher": "Tarn Post", "published": None}, True),
        ({"publisher": "Ulm Times", "published": "2016-11-30"}, False),
        ({"publisher": None, "published": "2016-11-30"}, False),
    ],
)
def test_a_surname_is_told_by_its_own_source_and_period(source: Any, joins: bool) -> None:
    full = one(0, "a: Ada Brink", publisher="Tarn Post", published="2016-05-01")
    bare = one(1, "b: Brink", **source)
    assert (slugs([full, bare])[1] == "ada-brink") is joins


def test_a_surname_with_the_other_pronoun_is_somebody_else() -> None:
    full, bare = one(0, "a: Ada Brink", pronoun="she"), one(1, "b: Brink", pronoun="he")
    assert len(set(slugs([full, bare]))) == 2


def test_two_of_one_name_are_joined_by_whom_they_are_quoted_with() -> None:
    apart = told("a: Ada Brink [senator]", "b: Ada Brink [singer]")
    joined = told(*("a: Ada Brink [senator]", "b: Ada Brink [singer]"), companions=frozenset({"otto-tarn"}))
    assert len(set(slugs(apart))) == 2
    assert len(set(slugs(joined))) == 1


def test_an_acronym_that_two_bodies_bear_stays_by_itself() -> None:
    lines = ("a: Tarn Ferry Company/org (tfc)", "b: Tarn Fire Corps/org (tfc)", "c: TFC/org")
    assert len(set(slugs(told(*lines)))) == 3


def test_the_authority_file_has_the_last_word() -> None:
    ito = Listed("aiko-ito", "Aiko Ito", "person")
    entries = {"aiko-ito": ito, "a-ito": ito, "ito": ito, "tarn-ferry": Listed("tf-org", "Tarn Ferry", "organization")}
    lines = (
        "a: A. Ito",
        "b: Ito",
        "c: Aiko Ito [a baker]",
        "d: Aiko Ito [senator]",
        "e: Otto Ito",
        "f: Tarn Ferry/org",
    )
    found = slugs(told(*lines), entries)
    assert found[:3] == ["aiko-ito"] * 3
    assert found[4:] == ["otto-ito", "tf-org"]


REASONS = [
    (("a: Ada Brink", "b: Ada Brink"), "the same name"),
    (("a: Ada Brink", "b: Ada J. Brink"), "one name with Ada Brink"),
    (("a: Ada Brink", "b: Brink"), "the one Brink whom this source names in full then: Ada Brink"),
    (("a: Tarn Ferry Company/org (tfc)", "b: TFC/org"), "one name with Tarn Ferry Company"),
    (("a: Ada Brink", "b: Otto Tarn"), "named in this document only"),
]


@pytest.mark.parametrize(("lines", "reason"), REASONS, ids=lambda value: str(value)[:40])
def test_each_merge_keeps_its_reason(lines: tuple[str, ...], reason: str) -> None:
    found = resolve(told(*lines))
    assert found[len(lines) - 1].reason == reason


def test_the_order_of_the_evidence_does_not_matter() -> None:
    lines = [line for group in (*ONE, *APART) for line in group]
    evidence = [one(number, f"{number}{line}") for number, line in enumerate(lines)]
    straight = resolve(evidence)
    for seed in range(20):
        assert resolve(random.Random(seed).sample(evidence, len(evidence))) == straight


@pytest.mark.parametrize("lines", ONE, ids="; ".join)
def test_what_may_join_shares_a_block(lines: tuple[str, ...]) -> None:
    """Only what hangs together over shared blocks is ever looked at together."""
    evidence = told(*lines)
    reached, waiting = set[int](), [evidence[0]]
    while waiting:
        member = waiting.pop()
        reached.add(member.id)
        waiting += [other for other in evidence if other.id not in reached and blocks(other) & blocks(member)]
    assert len(reached) == len(evidence)
