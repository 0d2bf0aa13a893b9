"""What one document says of its speakers, from its attributions. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.domain import Attribution, SpeakerType
from indexer.store.keys import normal_form, one_line, storable
from indexer.store.speakers.identity import normal_name

Key = tuple[str, SpeakerType]
"""What tells the speakers of one document apart: normal form of the name, and type."""

_PRONOUNS: Mapping[str, str] = {
    **dict.fromkeys(("he", "him", "his", "mr", "sir", "lord"), "he"),
    **dict.fromkeys(("she", "her", "hers", "mrs", "ms", "miss", "dame", "lady"), "she"),
}
"""Words of a mention that tell he from she."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A speaker in one document: see `identity.Evidence` for the fields."""

    name: str
    normal: str
    type: SpeakerType
    role: str | None
    pronoun: str | None
    also: tuple[str, ...]


def key_of(attribution: Attribution) -> Key | None:
    """Who speaks, within the document; None for a term and where the text names nobody."""
    if not attribution.is_attributed_quotation or attribution.speaker is None:
        return None
    kind = attribution.speaker_type or "person"
    return normal_name(attribution.speaker, kind), kind


def appearances(attributions: Iterable[Attribution], keys: Iterable[Key | None]) -> dict[Key, Appearance]:
    """The speakers of a document, in the order they first speak; `keys` say of each attribution who speaks."""
    spoken: dict[Key, list[Attribution]] = defaultdict(list)
    for attribution, key in zip(attributions, keys, strict=True):
        if key is not None:
            spoken[key].append(attribution)
    return {key: _appearance(key, group) for key, group in spoken.items()}


def _appearance(key: Key, spoken: list[Attribution]) -> Appearance:
    names = Counter(one_line(storable(one.speaker or "")) for one in spoken)
    role = next((one_line(storable(one.role)) for one in spoken if one.role), None)
    return Appearance(
        name=min(names, key=lambda name: (-names[name], name)),
        normal=key[0],
        type=key[1],
        role=role,
        pronoun=_pronoun(spoken),
        also=tuple(sorted(_other_names(key, spoken))),
    )


def _other_names(key: Key, spoken: Iterable[Attribution]) -> set[str]:
    mentions = [one.mention for one in spoken if one.mention is not None and one.mention.kind == "name"]
    names = {normal_name(mention.text, key[1]) for mention in mentions if normal_form(mention.text)}
    return names - {key[0]}


def _pronoun(spoken: Iterable[Attribution]) -> str | None:
    """He or she, where mentions tell the one more often than the other."""
    mentions = (normal_form(one.mention.text) for one in spoken if one.mention is not None)
    told = [_PRONOUNS.get(mention.partition("-")[0]) for mention in mentions]
    he, she = told.count("he"), told.count("she")
    return None if he == she else "he" if he > she else "she"
