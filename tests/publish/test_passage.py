"""The paragraphs that are shown with a quotation."""

from __future__ import annotations

from dataclasses import fields, replace

from indexer.publish.pages.passage import passage
from indexer.store.rows import Hit

NOTHING = Hit(**{field.name: None for field in fields(Hit)})


def hit(text, words, cue=None, mention=None):
    """A quotation of these words, its cue and its mention the first such words of the text."""
    found = replace(NOTHING, key="0" * 12, text=words, start=text.index(words), end=text.index(words) + len(words))
    if cue:
        found = replace(found, cue=cue, cue_start=text.index(cue), cue_end=text.index(cue) + len(cue))
    if mention:
        at = text.index(mention)
        found = replace(found, mention=mention, mention_start=at, mention_end=at + len(mention))
    return found


def shown(text, *args, **kwargs):
    """Each paragraph: its words, with "[" for a gap before it and "…" where it is cut; the quotation's in capitals."""
    lines = []
    for part in passage(text, hit(text, *args, **kwargs)):
        words = "".join(each.text.upper() if each.quotation is not None else each.text for each in part.segments)
        lines.append(f"{'[' * part.gap}{'…' * part.cut_before}{words}{'…' * part.cut_after}")
    return lines


def test_the_paragraph_and_those_beside_it_are_shown():
    text = "One.\n\nTwo.\n\n“Three,” she said.\n\nFour.\n\nFive."
    assert shown(text, "Three,") == ["Two.", "“THREE,” she said.", "Four."]
    assert shown("“Alone.”", "Alone.") == ["“ALONE.”"]


def test_the_paragraph_that_names_the_speaker_is_shown_too_behind_a_gap():
    text = "Ms Ito spoke last.\n\nOne.\n\nTwo.\n\n“Three.”\n\nFour."
    assert shown(text, "Three.", mention="Ms Ito") == ["Ms Ito spoke last.", "[Two.", "“THREE.”", "Four."]
    marked = [part.text for each in passage(text, hit(text, "Three.", mention="Ms Ito")) for part in each.segments]
    assert "Ms Ito" in marked


def test_a_mention_far_away_is_shown_with_some_words_around_it():
    far = "Ms Ito spoke. " + "Much else happened then. " * 2_000
    parts = shown(f"{far}\n\n“Three.”\n\nFour.", "Three.", mention="Ms Ito")
    assert parts[0].startswith("Ms Ito spoke. Much else")
    assert parts[0].endswith("…")
    assert len(parts[0]) < 600
    assert parts[1].startswith("[…")
    assert parts[2:] == ["“THREE.”", "Four."]


def test_long_paragraphs_are_cut_between_words():
    long = "word " * 400
    parts = shown(f"{long}\n\n{long}“Three.” {long}\n\n{long}", "Three.")
    assert [len(part) < limit for part, limit in zip(parts, (600, 3_200, 600), strict=True)] == [True] * 3
    assert all(part.strip("… ").startswith("word") and part.strip("… ").endswith("word") for part in parts)
    assert [part.startswith("…") for part in parts] == [True, True, False]
    assert [part.endswith("…") for part in parts] == [False, True, True]


def test_of_a_paragraph_that_fills_pages_some_lines_are_shown():
    (part,) = shown(f"First.\n\n{'word ' * 5_000}“Three.” {'word ' * 5_000}\n\nLast.", "Three.")
    assert part.startswith("…word")
    assert part.endswith("word…")
    assert len(part) < 3_200


def test_a_quotation_over_paragraphs_is_shown_whole():
    text = "Before.\n\n“One.\n\n“Two.”\n\nAfter.\n\nLast."
    assert shown(text, "One.\n\n“Two.") == ["Before.", "“ONE.", "“TWO.”", "After."]


def test_block_quotations_lose_their_marks():
    text = "He wrote:\n\n> The pumps are in the cellar.\n\nSo they are."
    found = passage(text, hit(text, "The pumps are in the cellar."))
    assert [part.kind for part in found] == ["paragraph", "blockquote", "paragraph"]
    assert [part.has_quotation for part in found] == [False, True, False]
