"""Whether a fact-check is about a claim: a rule that can be read.

A fact-check that is not about the claim costs a reader's trust, so what differs in kind ends the comparison: another
number, another illness, the opposite effect, a denial, another thing that is spoken of. What is left is scored by how
much of the reviewed claim the page's claim says: common words, weighted by how rare they are among the fact-checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from server.factchecks.meaning import Meaning

# Set on tests/data/factchecks/tune.jsonl.
LEAST_SCORE = 0.7
CONDITION_WEIGHT, LIGHT_WEIGHT = 1.5, 0.2
# What is said counts as much as one word.
EFFECT_WEIGHT = 1.0
# How much of the score is the share of the page's own words that the fact-check has, and the least that it must be: a
# long sentence of many claims may hold all words of a short one.
BACKWARD, LEAST_BACKWARD = 0.15, 0.4
# A claim that gives no number where the fact-check does may be the same, told loosely.
NO_NUMBER = 0.1
# Of the words before what is said, and of those behind it, this share must be the page's.
LEAST_SUBJECT, LEAST_REST = 0.6, 0.5

Rarity = Callable[[str], float]


def score(claim: Meaning, review: Meaning, rarity: Rarity) -> float:
    """How surely a fact-check is about a claim, from 0 to 1. Zero when they differ in kind."""
    if not _agree(claim, review):
        return 0.0

    def weigh(words: Iterable[str]) -> float:
        return sum(_weight(word, claim, review, rarity) for word in words)

    shared = claim.words & review.words
    if not shared - review.light:
        return 0.0
    for part, least in ((review.subject, LEAST_SUBJECT), (review.rest, LEAST_REST)):
        telling = part - review.light
        if weigh(telling & shared) < least * weigh(telling):
            return 0.0
    said = EFFECT_WEIGHT if review.effects & claim.effects else 0.0
    forward = (weigh(shared) + said) / (weigh(review.words) + (EFFECT_WEIGHT if review.effects else 0.0))
    backward = weigh(shared) / weigh(claim.words)
    if backward < LEAST_BACKWARD:
        return 0.0
    missing = NO_NUMBER if review.numbers and not claim.numbers else 0.0
    return max(0.0, (1 - BACKWARD) * forward + BACKWARD * backward - missing)


def _agree(claim: Meaning, review: Meaning) -> bool:
    """Whether nothing differs in kind."""
    if claim.is_asked or claim.is_denied != review.is_denied:
        return False
    if review.numbers and claim.numbers and not review.numbers <= claim.numbers:
        return False
    if review.times and claim.times and not review.times & claim.times:
        return False
    if review.effects and claim.effects and not review.effects & claim.effects:
        return False
    return review.conditions <= claim.conditions


def _weight(word: str, claim: Meaning, review: Meaning, rarity: Rarity) -> float:
    if word in review.light or word in claim.light:
        return LIGHT_WEIGHT
    return (CONDITION_WEIGHT if word in review.conditions else 1.0) * rarity(word)
