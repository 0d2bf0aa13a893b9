"""Every kind of speaker and of document in schema.org's words, and that a JSON-LD processor understands them."""

from __future__ import annotations

from typing import Any

import pytest
from pyld import jsonld

from indexer.store.schema_org import CONTEXT, quotation_node

SCHEMA = "http://schema.org/"
RECORD: dict[str, Any] = {
    "id": "0123456789ab",
    "text": "Trade is “slow”.",
    "speaker": "Aiko Ito",
    "speaker_slug": "aiko-ito",
    "speaker_type": "person",
    "said_on": "2024-05",
    "document": "articles/trade.txt",
    "document_slug": "articles-trade-txt-1234abcd",
    "title": "A slow year",
    "author": "Lena Brandt",
    "publisher": "The Westhaven Post",
    "published": "2024-05-16",
    "url": "https://post.example/trade",
}


def node(**changes: Any) -> dict[str, Any]:
    return quotation_node({**RECORD, **changes})


def test_every_property():
    assert node(speaker_description="minister of trade", speaker_wikidata="Q42") == {
        "@type": "Quotation",
        "identifier": "0123456789ab",
        "text": "Trade is “slow”.",
        "spokenByCharacter": {
            "@type": "Person",
            "@id": "_:speaker-aiko-ito",
            "identifier": "aiko-ito",
            "name": "Aiko Ito",
            "description": "minister of trade",
            "sameAs": "https://www.wikidata.org/wiki/Q42",
        },
        "creator": {"@id": "_:speaker-aiko-ito"},
        "dateCreated": "2024-05",
        "isPartOf": {
            "@type": "Article",
            "@id": "_:document-articles-trade-txt-1234abcd",
            "identifier": "articles/trade.txt",
            "headline": "A slow year",
            "author": {"@type": "Person", "name": "Lena Brandt"},
            "datePublished": "2024-05-16",
            "publisher": {"@type": "Organization", "name": "The Westhaven Post"},
            "url": "https://post.example/trade",
        },
    }


@pytest.mark.parametrize(
    ("speaker_type", "properties", "kind"),
    [
        ("person", ("spokenByCharacter", "creator"), "Person"),
        ("organization", ("spokenByCharacter", "creator"), "Organization"),
        ("document", ("isBasedOn",), "CreativeWork"),
        ("unnamed", ("spokenByCharacter",), "Person"),
        ("author", ("spokenByCharacter",), "Person"),
    ],
)
def test_who_speaks_by_the_type_of_speaker(speaker_type, properties, kind):
    found = node(speaker_type=speaker_type)
    assert tuple(name for name in ("spokenByCharacter", "creator", "isBasedOn") if name in found) == properties
    assert found[properties[0]]["@type"] == kind
    assert found[properties[0]]["name"] == "Aiko Ito"


def test_nobody_speaks_where_the_text_names_nobody():
    found = node(speaker=None, speaker_slug=None, speaker_type=None)
    assert not {"spokenByCharacter", "creator", "isBasedOn"} & set(found)


def test_what_is_not_known_is_left_out():
    unknown = dict.fromkeys(("title", "author", "publisher", "published", "url", "said_on"))
    found = node(**unknown, speaker_wikidata=None, speaker_description="")
    assert set(found) == {"@type", "identifier", "text", "spokenByCharacter", "creator", "isPartOf"}
    assert set(found["isPartOf"]) == {"@type", "@id", "identifier"}
    assert set(found["spokenByCharacter"]) == {"@type", "@id", "identifier", "name"}


def test_several_authors_are_several_people():
    names = [{"@type": "Person", "name": "Lena Brandt"}, {"@type": "Person", "name": "Tomas Berg"}]
    assert node(author="Lena Brandt; Tomas Berg")["isPartOf"]["author"] == names


def test_a_processor_expands_it_to_schema_org_and_joins_what_is_the_same():
    """The context is schema.org's in short: this test fetches nothing."""
    short = {"@vocab": SCHEMA, "sameAs": {"@type": "@id"}, "url": {"@type": "@id"}}
    graph = [node(), node(id="ba9876543210", text="It is.")]
    (first, *_) = jsonld.expand({"@context": short, "@graph": graph})
    assert first["@type"] == [f"{SCHEMA}Quotation"]
    assert first[f"{SCHEMA}text"] == [{"@value": "Trade is “slow”."}]
    assert first[f"{SCHEMA}isPartOf"][0][f"{SCHEMA}url"] == [{"@id": "https://post.example/trade"}]
    joined = jsonld.flatten({"@context": short, "@graph": graph})
    kinds = [kind for one in joined for kind in one["@type"]]
    assert kinds.count(f"{SCHEMA}Quotation") == 2
    assert kinds.count(f"{SCHEMA}Article") == 1
    assert sum(f"{SCHEMA}identifier" in one and one["@type"] == [f"{SCHEMA}Person"] for one in joined) == 1


def test_the_context_is_the_one_that_readers_of_json_ld_know():
    assert CONTEXT == "https://schema.org"
