"""When a sentence works against the words it uses: denied, debunked, warned of, reported with distance, hedged,
sourced.

Cues find, these predicates forgive. Each is a plain question about one :class:`~classifier.views.SentenceView`; the
model weighs the answers.
Negation reaches from a negating word to the end of its clause, as in NegEx (Chapman and others 2001).
"""

from __future__ import annotations

import re

from classifier.phrases import PhraseMatch
from classifier.sourcing import Carry, best_carry
from classifier.views import SentenceView

# NegEx stops a negation's scope at conjunctions and after about six words; longer gaps were seldom true negations
# there.
NEGATION_REACH_WORDS = 6

_CLAUSE_END = re.compile(r"[;:!?]|\bbut\b|\bhowever\b|\balthough\b|\bwhich\b|, (?:and|so|yet)\b|\bbecause\b")
_NOT_ONLY = re.compile(r"(?:not|n't) (?:only|just|merely|simply)\b")
_FAMILIAR_SENSE = re.compile(
    r"""magic[ ]mushroom|magic-mushroom|magic[ ]bullet[ ]blender
    |breakthrough[ ](?:bleeding|pain|seizure|infection|therapy|cases?|designation|cancer[ ]pain)
    |quantum[ ](?:mechanics|physics|computing|theory|chemistry|dots?)
    |alchemist's|history[ ]of[ ](?:alchemy|chemistry)|alchemical[ ](?:texts?|manuscripts?|symbols?)
    |sacred[ ](?:sites?|music|heart)|heavy[ ]metal[ ]band
    |toxic[ ](?:shock|dose)|toxicity|botulinum[ ]toxin|detox(?:ification)?[ ](?:unit|ward|from[ ]alcohol|program(?:me)?)
    |stem[ ]cell[ ]transplant|wound[ ]healing|healing[ ](?:wound|time|of[ ](?:the[ ])?(?:wound|fracture|bone|ulcer))
    """,
    re.VERBOSE,
)


def is_denied(view: SentenceView, cue: PhraseMatch) -> bool:
    """Whether a negating word stands before the cue in its clause, within NegEx's reach."""
    for match in view.matches:
        if match.name == "negator" and match.end <= cue.start:
            between = view.plain[match.end : cue.start]
            is_near = between.count(" ") <= NEGATION_REACH_WORDS and not _CLAUSE_END.search(between)
            if is_near and not _NOT_ONLY.match(view.plain, max(match.end - 3, 0)):
                return True
    return False


def is_debunked(view: SentenceView) -> bool:
    """Whether the sentence calls a claim wrong or unproven."""
    return view.has("debunk")


def is_warned_of(view: SentenceView) -> bool:
    """Whether the sentence warns of harm, sellers or mixing."""
    return view.has("warn")


def is_reported_with_distance(view: SentenceView) -> bool:
    """Whether the claim is put into other people's mouths with distance ("so-called", "sellers say")."""
    return view.has("distance")


def is_hedged(view: SentenceView) -> bool:
    """Whether "may", "some people", "in mice" and the like soften the sentence."""
    return view.has("hedge")


def is_sourced(view: SentenceView) -> bool:
    """Whether a source that can carry a claim stands in the sentence."""
    return carry_in_sentence(view) >= Carry.REPORT


def is_other_sense(view: SentenceView) -> bool:
    """Whether the words are a name or a term ("magic mushrooms", "breakthrough bleeding")."""
    return bool(_FAMILIAR_SENSE.search(view.plain))


def carry_in_sentence(view: SentenceView) -> Carry:
    """The strongest source that touches the sentence."""
    return best_carry(view.sources, view.sentence.start, view.sentence.end)


def carry_in_block(view: SentenceView) -> Carry:
    """The strongest source anywhere in the sentence's block."""
    return view.around.carry


def is_under_myths(view: SentenceView) -> bool:
    """Whether the heading or introducing line above announces myths or false claims."""
    above = " ".join((*view.around.trail[-1:], view.around.intro)).lower()
    return bool(re.search(r"\b(?:myth|false claim|debunk|misconception|misleading|not true|fiction|red flag)", above))
