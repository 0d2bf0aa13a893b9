"""Who speaks by the parse: the subject of a reporting verb as a mention, and the verb that a quotation hangs on.

Where a text was not parsed there is no answer here, and the rules that read the words in their order decide.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from . import grammar, labels, lexicon
from .lexicon import small_words
from .mention_finder import NAME, NOMINAL
from .narrative import Narrative, Place
from .syntax import parsed

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN", "NUM"})
_NAMING = ("flat", "apposition", "compound")
"""How a name hangs on the noun before it: spokesman *Ada Brink*; the mayor, *Ada Brink*."""
_BESIDE = frozenset({*_NAMING, "conjunct"})
_SUBJECTS = ("subject", "passive subject")
_ONWARD = frozenset({"conjunct", "parataxis", "open complement"})
"""How a verb hangs on the first verb of its clause."""
_INNER = frozenset({"complement", "clausal subject", "noun clause", "oblique", "object", "nominal modifier"})
"""How what somebody says hangs on the verb of saying."""
_AFTERTHOUGHTS = frozenset({"adverbial clause", "noun clause", "conjunct", "parataxis"})
"""How a participle that ends a sentence hangs on the words before it."""
_TELLS_WHICH = frozenset({"nominal modifier", "noun clause", "relative clause", "adjective", "preposition"})
"""How what tells which one is meant hangs on a noun: a source *in the room*, *who was there*, *familiar with it*."""
_BOUNDS = frozenset({",", ".", ":", ";", "(", "—", "–", "-"})
_LEADS_ON = frozenset({"that", "who", "which", "whose", "of", "to", "for", "from", "in", "and"})
"""What a description does not end in."""
_LONGEST_DESCRIPTION = 24
"""Words."""
_CLIMBED = 6
"""So many words up the parse are looked at."""


def is_verb(token: Token) -> bool:
    """True for a word that the language model has read as a verb."""
    return token.pos_ in _VERBS or token.tag_[:1] in ("V", "M")


def speaker_of(narrative: Narrative, verb: Token) -> Span | None:
    """The mention of who does what a verb says, or by whom it is done; None without a parse or a subject."""
    head = _subject(narrative, verb) if parsed(verb) else None
    if head is None:
        return None
    antecedent = grammar.antecedent(head)
    mention = mention_of(narrative, antecedent or head, verb)
    if antecedent is not None and mention is not None and mention.label_ == NOMINAL:
        mention = name_before(narrative, mention) or mention
    if mention is None or mention.root.lower_ in small_words("nobodies"):
        return None
    return mention if _is_ing(verb) or _is_nominative(mention) else None


def mention_of(narrative: Narrative, head: Token, verb: Token) -> Span | None:
    """The mention with this head, or the name beside it, else its noun phrase.

    None where head and verb do not stand in the same quotation, or both in none.
    """
    if narrative.inside.get(head.i) != narrative.inside.get(verb.i):
        return None
    described = _name_at(narrative, head.head) if grammar.relation(head) == "apposition" else None
    mention = described or narrative.mention_at.get(head.i)
    if mention is not None and is_in_brackets(mention):
        mention = None
    if mention is not None and mention.label_ != NOMINAL:
        return mention
    names = (_name_at(narrative, name) for name in grammar.children(head, *_NAMING) if name.i > head.i)
    mention = next((name for name in names if name is not None), None) or mention or _phrase(narrative, head)
    if mention is None or mention.end == len(head.doc):
        return mention
    return _name_at(narrative, head.doc[mention.end]) or mention


def is_in_brackets(mention: Span) -> bool:
    """True for the agency of a dateline, which does not speak: *(NNC)* — Ada Brink said …"""
    doc = mention.doc
    before = doc[mention.start - 1].text if mention.start else ""
    return before == "(" and doc[mention.end : mention.end + 1].text == ")"


def name_before(narrative: Narrative, mention: Span) -> Span | None:
    """The name that a noun phrase stands beside by the parse: *Ada Brink*, the town's chief net mender, who …"""
    doc, at = mention.doc, mention.start - 1
    if not narrative.is_parsed:
        return None
    while at > 0 and doc[at].text != "," and mention.start - at < _CLIMBED and doc[at].tag_[:1] in ("N", "D", "J", "P"):
        at -= 1
    return _name_at(narrative, doc[at - 1]) if at > 0 and doc[at].text == "," else None


def described_fully(narrative: Narrative, mention: Span) -> Span:
    """The mention with what tells by the parse which one is meant: *a source* who was in the room.

    No further than to a comma, a quotation or a reporting word.
    """
    doc, end = mention.doc, mention.end
    if not parsed(mention.root):
        return mention
    for child in mention.root.children:
        if child.left_edge.i == end and grammar.relation(child) in _TELLS_WHICH:
            end = child.right_edge.i + 1
    end = min(end, mention.end + _LONGEST_DESCRIPTION)
    end = next((at for at in range(mention.end, end) if _ends_description(narrative, at)), end)
    if (
        end > mention.end
        and doc[mention.end].lower_ in small_words("relative")
        and not _has_verb(doc, mention.end, end)
    ):
        end = mention.end
    while end > mention.end and doc[end - 1].lower_ in _LEADS_ON:
        end -= 1
    if end == mention.end + 1 and doc[mention.end].tag_ == "RB":
        end = mention.end
    return Span(doc, mention.start, end, label=mention.label_)


def _ends_description(narrative: Narrative, at: int) -> bool:
    """True for a comma, a dash between words, a reporting word, the words of a quotation."""
    token = narrative.doc[at]
    is_hyphen = token.text == "-" and not token.whitespace_
    return (token.text in _BOUNDS and not is_hyphen) or at in narrative.cues or at in narrative.inside


def _has_verb(doc: Doc, start: int, end: int) -> bool:
    return any(token.tag_[:2] == "VB" for token in doc[start:end])


def is_verb_of(verb: Token, mention: Span) -> bool:
    """True for a verb in the past or the present that has this mention as its subject: Ms Ito *went* on."""
    if not parsed(verb) or verb.tag_ not in ("VBD", "VBZ"):
        return False
    return any(mention.start <= subject.i < mention.end for subject in grammar.children(verb, "subject"))


def organization_after(narrative: Narrative, mention: Span) -> Span | None:
    """The name right after a noun for organisations, by the language model: the campaign group *Ferries First*."""
    if mention.end == len(mention.doc):
        return None
    name, entry = _name_at(narrative, mention.doc[mention.end]), lexicon.load().nominals.get(mention[-1].lower_)
    is_one = name is not None and entry is not None and entry.type == "organization"
    return name if is_one and labels.entity_kind(mention.doc[mention.end].ent_type_) == "ORG" else None


def is_subject(noun: Token) -> bool:
    """True for a subject, of an active or a passive verb, and what stands beside it: appositions, joined names."""
    return grammar.relation(_first_of(noun)) in _SUBJECTS


def names_a_thing(name: Span) -> bool:
    """True for a name beside a noun that is no person's: the *vessel*, the Marigold; the *novel*, Kontoret."""
    noun = name.root.head
    if grammar.relation(name.root) != "apposition" or noun.tag_ != "NN":
        return False
    entry = lexicon.load().nominals.get(noun.lower_)
    return noun.lower_ in small_words("things") if entry is None else entry.type != "person"


def is_main_subject(noun: Token) -> bool:
    """True for the subject of a sentence's main clause."""
    first = _first_of(noun)
    if grammar.relation(first) not in _SUBJECTS:
        return False
    verb = first.head
    for _ in range(_CLIMBED):
        if grammar.relation(verb) not in _ONWARD or verb.head.i > verb.i:
            break
        verb = verb.head
    return grammar.relation(verb) == "root"


def governor_of(narrative: Narrative, place: Place) -> Token | None:
    """The nearest reporting verb that a quotation hangs on: “said” in “She said that he was “late” for it”."""
    token = root_of(narrative, place)
    for _ in range(_CLIMBED if token is not None else 0):
        if token is None or token.head.i == token.i:
            return None
        token = token.head
        cue = narrative.cues.get(token.i)
        if cue is not None and cue.label_ in ("say", "call") and is_verb(token):
            return _open_one(narrative, place, token) or token
    return None


def _open_one(narrative: Narrative, place: Place, verb: Token) -> Token | None:
    """The last reporting verb in what another one says that has no content yet: he said that she had *told* them: “…”.

    A parser often hangs a quotation after a colon on the verb that began the sentence.
    """
    content = next(iter(grammar.children(verb, "complement")), None)
    if content is None or content.idx >= place.start or content.i in narrative.inside:
        return None
    for token in reversed(list(content.subtree)):
        cue = narrative.cues.get(token.i)
        is_open = cue is not None and cue.label_ == "say" and is_verb(token) and grammar.content_of(token) is None
        if is_open and token.idx < place.start and token.i not in narrative.inside:
            return token if grammar.subject_of(token) is not None else None
    return None


def noun_over(narrative: Narrative, place: Place) -> Token | None:
    """The noun of saying before a quotation that it hangs on: “claim” in “her claim that the ferry was “late””."""
    token = root_of(narrative, place)
    for _ in range(_CLIMBED if token is not None else 0):
        if token is None or token.head.i == token.i:
            return None
        token = token.head
        if token.i in narrative.inside:
            return None
        is_noun = token.lower_ in lexicon.load().cue_nouns or token.lower_ in small_words("claims")
        if is_noun and token.tag_[:2] == "NN" and token.idx < place.start:
            return token
    return None


def owner_of(narrative: Narrative, noun: Token) -> Span | None:
    """Whose a claim is: *her* claim, the claim of *Ada Brink*, a claim by *the mayor*."""
    for owner in grammar.children(noun, "possessive"):
        return narrative.mention_at.get(owner.i)
    for owner in grammar.children(noun, "nominal modifier"):
        preposition = grammar.preposition_of(owner)
        if preposition is not None and preposition.lower_ in ("by", "of", "from"):
            mention = narrative.mention_at.get(owner.i)
            if mention is not None:
                return mention
    return None


def _subject(narrative: Narrative, verb: Token) -> Token | None:
    if _is_ing(verb) and (quoted := quoted_as(verb)) is not None:
        return quoted
    if _is_ing(verb) and (outer := _main_verb(verb)) is not None:
        return grammar.subject_of(outer)
    if _is_ing(verb) and grammar.relation(verb) == "noun clause":
        return _subject_of_participle(narrative, verb)
    if grammar.is_passive(verb):
        return grammar.agent_of(verb)
    return grammar.subject_of(_outer(narrative, verb))


def quoted_as(participle: Token) -> Token | None:
    """Whom somebody quotes as saying something: the paper quoted *a sailor* as saying …"""
    if not participle.i or participle.doc[participle.i - 1].lower_ != "as" or not is_verb(participle.head):
        return None
    return next(iter(grammar.children(participle.head, "object", "passive subject")), None)


def _main_verb(participle: Token) -> Token | None:
    """The verb of the sentence that a participle after a comma goes on with: she *said* his plan is bad, calling it …

    A parser often hangs the participle on the verb or noun right before it. None where it hangs on the main verb.
    """
    if grammar.relation(participle) not in _AFTERTHOUGHTS or not _is_set_off(participle):
        return None
    inner = found = participle.head
    if _is_ing(inner) and grammar.relation(inner) == "noun clause":
        return None
    for _ in range(_CLIMBED):
        if grammar.relation(found) not in _INNER or found.head.i >= found.i:
            break
        found = found.head
    return found if found is not inner and is_verb(found) and not _relays(found) else None


def _is_set_off(participle: Token) -> bool:
    before = participle.doc[participle.i - 1].text if participle.i else ""
    return before in (",", "-", "—", "–", "--")


def _relays(verb: Token) -> bool:
    """True where a paper or a document says what somebody else says: the Post *reported* that he left, saying …"""
    subject = grammar.subject_of(verb)
    return subject is not None and is_outlet(subject)


def is_outlet(noun: Token) -> bool:
    """True for a noun that stands for an organisation or a document."""
    entry = lexicon.load().nominals.get(noun.lower_)
    return labels.entity_kind(noun.ent_type_) == "ORG" or (entry is not None and entry.type != "person")


def _subject_of_participle(narrative: Narrative, verb: Token) -> Token | None:
    """The noun before it (footage of the *mayor* saying), or the subject of the sentence (*she* left, saying)."""
    noun = verb.head
    known = noun if noun.i in narrative.mention_at else None
    after_comma = verb.i > 0 and verb.doc[verb.i - 1].text == ","
    if known is not None and not after_comma and noun.lower_ not in lexicon.load().cue_nouns:
        return noun
    higher = next((token for token in noun.ancestors if is_verb(token)), None)
    subject = grammar.subject_of(higher) if higher is not None else None
    return subject or known


def _outer(narrative: Narrative, verb: Token) -> Token:
    """The reporting verb that this one goes on with: she *said* he is late, and accused him of it.

    A parser often joins the second to the verb between them; the tense tells.
    """
    between = verb.head
    if grammar.relation(verb) != "conjunct" or grammar.relation(between) != "complement":
        return verb
    first = between.head
    is_perfect = between.tag_ == "VBN" and bool(grammar.children(between, "auxiliary"))
    goes_on = first.i in narrative.cues and first.tag_ == verb.tag_ != between.tag_ and not is_perfect
    return first if goes_on and not grammar.children(verb, *_SUBJECTS) else verb


def _first_of(noun: Token) -> Token:
    """The noun that a name or noun stands beside: “mayor” for Brink in “the mayor, Ada Brink”.

    Not the one that it describes: Tarn, in “the Tarn mayor”, does nothing.
    """
    for _ in range(_CLIMBED):
        kind = grammar.relation(noun)
        if kind not in _BESIDE or (kind == "compound" and noun.head.i > noun.i):
            return noun
        noun = noun.head
    return noun


def _is_nominative(mention: Span) -> bool:
    """False after a preposition: no subject stands there, whatever the parse says."""
    before = mention.doc[mention.start - 1].lower_ if mention.start else ""
    return before not in small_words("preposition")


def _is_ing(verb: Token) -> bool:
    return verb.lower_.endswith("ing")


def _name_at(narrative: Narrative, token: Token) -> Span | None:
    mention = narrative.mention_at.get(token.i)
    return mention if mention is not None and mention.label_ == NAME else None


def _is_person(name: Span) -> bool:
    """True for the name of a person, by the language model, that no preposition stands before."""
    before = name.doc[name.start - 1].lower_
    return labels.entity_kind(name[-1].ent_type_) == "PERSON" and before not in small_words("preposition")


def _phrase(narrative: Narrative, head: Token) -> Span | None:
    """The noun phrase of a noun that is in no list."""
    if head.tag_[:2] not in ("NN", "CD") and head.pos_ not in _NOUNS:
        return None
    start, end = grammar.noun_phrase(head)
    name = narrative.mention_at.get(end - 1)
    if name is not None and name.label_ == NAME and start < name.start and name.end == end and _is_person(name):
        return name
    return Span(head.doc, start, end, label=NOMINAL)


def root_of(narrative: Narrative, place: Place) -> Token | None:
    """The first word of a quotation that hangs on a word outside it."""
    tokens = [narrative.doc[item.token] for item in narrative.inner_row(place) if item.place is None]
    if not tokens or not parsed(tokens[0]):
        return None
    first, last = tokens[0].i, tokens[-1].i
    outward = (token for token in tokens if not first <= token.head.i <= last and not token.is_punct)
    return next(outward, None)
