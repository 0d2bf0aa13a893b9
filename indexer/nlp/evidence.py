"""Why a quotation was given to its speaker, in one short sentence for people."""

from __future__ import annotations

_SENTENCES = {
    "cue, then speaker, after it": "‘{cue}’ and then ‘{mention}’ follow the quotation",
    "speaker, then cue, after it": "‘{mention}’ and then ‘{cue}’ follow the quotation",
    "speaker described, then cue, after it": "‘{mention}’, a description and then ‘{cue}’ follow the quotation",
    "speaker, then another verb, after it": "‘{mention} {cue}’ follows the quotation",
    "speaker, then another verb, before it": "‘{mention} {cue}’ comes before the quotation",
    "cue clause at the sentence's end": "‘{mention}’ with ‘{cue}’ ends the sentence",
    "signed after a dash": "‘{mention}’ signs the quotation after a dash",
    "source in brackets after it": "brackets after the quotation name ‘{mention}’ as its source",
    "label of a transcript": "‘{mention}’ stands before the quotation as in a transcript",
    "phrase before it": "‘{cue} {mention}’ comes before the quotation",
    "noun before it": "‘{cue}’ of ‘{mention}’ comes before the quotation",
    "passive before it": "‘{cue}’ by ‘{mention}’ comes before the quotation",
    "cue, then speaker, before it": "‘{cue}’ and then ‘{mention}’ come before the quotation",
    "introduced in the paragraph before": "‘{mention}’ with ‘{cue}’ introduces it in the paragraph before",
    "subject of its sentence": "‘{mention}’ is the subject of its sentence",
    "subject of the sentence before it": "‘{mention}’ is the subject of the sentence before it",
    "subject near it": "‘{mention}’ is the subject of ‘{cue}’ near the quotation",
    "same speech as the one before it": "it goes on with the speech of the quotation before it",
    "answer to the one before it": "it answers the quotation before it, as who spoke before that",
    "paragraph of its own after a quotation": "it stands in a paragraph of its own after a quotation",
}
_BY_VERB = {
    "adjacent": "‘{mention}’ is the subject of ‘{cue}’ before the quotation",
    "subject": "‘{mention}’ is the subject of ‘{cue}’ before the quotation",
    "clause": "‘{mention}’ is the subject of the clause with ‘{cue}’ before the quotation",
    "participle": "‘{mention}’ is the subject of the sentence with ‘{cue}’ before the quotation",
}


def sentence(rule: str, mention: str, cue: str, how: str) -> str:
    """The sentence for a rule, the words it found, and how the mention was resolved ("" for nothing to say)."""
    pattern = _SENTENCES.get(rule) or _BY_VERB[rule.split()[0]]
    text = pattern.format(mention=mention, cue=cue).replace(" with ‘’", "")
    return f"{text}; {how}" if how else text
