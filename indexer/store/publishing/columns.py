"""What of an index is published: these columns and no others. Whatever is not named here stays at home.

A column of the schema is here, or in LEFT_OUT with the reason; a test sees to that.
"""

from __future__ import annotations

from collections.abc import Mapping

DOCUMENTS = "id, key, slug, title, author, published, publisher, url, language, text, digest, analyser"
"""`key` and `slug` are those of `names`, `text` may be an excerpt, `digest`, a hash of it all, is empty."""

QUOTATIONS = (
    'id, key, document_id, "start", "end", text, kind, cue_start, cue_end, cue, mention_start, mention_end, mention,'
    " mention_kind, speaker, speaker_id, speaker_type, via, said_on, confidence, tier, utterance, nested_start,"
    " nested_end, evidence, cluster_id, appearance_id, correction_id"
)

WHOLE: Mapping[str, str] = {
    "speakers": "id, slug, name, type, quotations, documents, normal, description, wikidata",
    "speaker_aliases": "id, speaker_id, name, normal, as_name, as_mention",
    "speaker_months": "speaker_id, month, quotations",
    "speaker_publishers": "speaker_id, publisher, quotations",
    "totals": "facet, value, quotations",
    "clusters": "id, key, quotations, documents, publishers, first, last",
}
"""Tables that are copied as they are."""

SELECTED: Mapping[str, tuple[str, str]] = {
    "appearances": (
        "id, document_id, name, normal, type, role, pronoun, also, speaker_id, reason",
        "SELECT id, document_id, name, normal, type, role, pronoun, '', speaker_id, reason FROM appearances",
    ),
    "corrections": (
        'id, quotation_key, kind, speaker, speaker_type, nobody, confirmed, who, made, document_key, "start", "end",'
        ' words, "before", "after"',
        "SELECT c.id, q.key, c.kind, c.speaker, c.speaker_type, c.nobody, c.confirmed, c.who, c.made, '', 0, 0,"
        " '', '', '' FROM corrections c JOIN quotations q ON q.correction_id = c.id ORDER BY c.id",
    ),
    "runs": (
        "command, started, finished",
        "SELECT 'publish', max(finished), max(finished) FROM runs HAVING max(finished) IS NOT NULL",
    ),
}
"""Tables of which less is copied: the columns, and the query that gives them."""

LEFT_OUT: Mapping[str, str] = {
    "failures": "paths of this machine",
    "runs": "commands with paths of this machine; when people worked",
    "speaker_decisions": "who decided what, and why; what came of it is in speakers and appearances",
    "authority": "names that may not occur in any document",
    "appearance_blocks": "bookkeeping of the writer",
    "unsettled_blocks": "bookkeeping of the writer",
    "cluster_changes": "bookkeeping of the writer",
    "quotations": "machine: what the program had found before somebody corrected it",
    "corrections": "notes, what was undone, what was before, and the text around the words",
}
"""Why the rest is not: by table, for all of its columns that are not named above."""
