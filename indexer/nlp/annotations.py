"""What the components leave on a spaCy Doc, and where: the one place that registers the extensions.

`doc._.marks`         the tree of marked spans (`marks.MarkedSpan`), by quotation_finder
`doc.spans["quotations"]`, `doc.spans["cues"]`, `doc.spans["mentions"]`   spaCy spans, widened to whole tokens
`doc.spans["names"]`  every name, also those that are part of a longer mention (“the *Clinton* campaign”)
`doc._.attributions`  the attributions (`indexer.domain.Attribution`), exact to the character, by attributor
`doc._.syntax`        how much was parsed (`syntax.Coverage`), by syntax; None where nothing was
`doc._.masked`        the token ranges that one word stood for while the doc was parsed, by syntax
`doc._.metadata`      the `indexer.domain.Document` the text came from, where there is one
"""

from __future__ import annotations

from spacy.tokens import Doc

QUOTATIONS, CUES, MENTIONS, NAMES = "quotations", "cues", "mentions", "names"


def register() -> None:
    """Register the extensions, once."""
    if not Doc.has_extension("attributions"):
        Doc.set_extension("marks", default=None)
        Doc.set_extension("attributions", default=())
        Doc.set_extension("metadata", default=None)
        Doc.set_extension("syntax", default=None)
        Doc.set_extension("masked", default=())
