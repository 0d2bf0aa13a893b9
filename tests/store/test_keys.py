"""Names in normal form, slugs and keys."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain import Document
from indexer.store.keys import document_digest, document_slug, normal_form, quotation_key, storable

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vladimir Putin", "vladimir-putin"),
        ("VLADIMIR  PUTIN", "vladimir-putin"),
        ("Angela  MÜLLER-Ito", "angela-muller-ito"),
        ("J.K. Rowling", "j-k-rowling"),
        ("O’Brien", "o-brien"),
        ("O'Brien", "o-brien"),
        ("Straße", "strasse"),
        ("习近平", "习近平"),
        ("नरेन्द्र मोदी", "नरेन्द्र-मोदी"),
        ("Владимир Путин", "владимир-путин"),
        ("ガンダム", "ガンダム"),
        ("@realDonaldTrump", "realdonaldtrump"),
        ("…", ""),
        ("", ""),
    ],
)
def test_normal_form(name: str, expected: str) -> None:
    assert normal_form(name) == expected


def test_vowel_signs_are_not_accents() -> None:
    assert normal_form("मोदी") != normal_form("मादा")


@given(ANY_TEXT)
def test_a_normal_form_is_its_own(name: str) -> None:
    assert normal_form(normal_form(name)) == normal_form(name)


@pytest.mark.parametrize(
    "key", ["articles/putin-xi.html", "a/../b", "习近平.txt", "", "x" * 500, "\udcff.txt", "Ünal?#.md"]
)
def test_a_document_slug_is_safe_in_a_url(key: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", document_slug(key))
    assert len(document_slug(key)) <= 100


def test_a_document_slug_can_be_read_and_does_not_collide() -> None:
    assert document_slug("articles/putin-xi.html").startswith("articles-putin-xi-html-")
    assert len({document_slug(key) for key in ("a/b", "a-b", "A/b", "a//b", "习", "近")}) == 6


def test_a_quotation_key_is_twelve_hexadecimal_digits_of_document_place_and_words() -> None:
    keys = {
        quotation_key(*place)
        for place in [("a", 1, 4, "yes"), ("b", 1, 4, "yes"), ("a", 2, 5, "yes"), ("a", 1, 4, "no!")]
    }
    assert len(keys) == 4
    assert all(re.fullmatch("[0-9a-f]{12}", key) for key in keys)


@given(ANY_TEXT, st.integers(0, 10**9), ANY_TEXT)
def test_keys_and_digests_stay_what_they_were_in_every_version(key: str, start: int, text: str) -> None:
    """They are of JSON, whichever way that is made: links and what is known to be in an index hang on them."""
    place = json.dumps([storable(key), start, start + 1, storable(text)])
    assert quotation_key(key, start, start + 1, text) == hashlib.sha256(place.encode()).hexdigest()[:12]
    fields = {name: value and storable(value) for name, value in asdict(Document(key, text, title=text)).items()}
    stored = json.dumps(fields, sort_keys=True)
    assert document_digest(Document(key, text, title=text)) == hashlib.sha256(stored.encode()).hexdigest()


def test_a_digest_differs_when_any_field_does() -> None:
    documents = [Document("a", "b"), Document("a", "b", title="t"), Document("a", "b", author="t"), Document("a", "c")]
    assert len({document_digest(document) for document in documents}) == 4
    assert document_digest(documents[0]) == document_digest(Document("a", "b"))


@given(ANY_TEXT)
def test_storable_text_is_utf8_and_keeps_offsets(text: str) -> None:
    assert len(storable(text)) == len(text)
    storable(text).encode()
