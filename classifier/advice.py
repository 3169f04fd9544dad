"""Advice that can do grave harm: stop a medicine, keep away from care, take too much, cure a grave illness at home,
give what is not for babies or in pregnancy.

Most of it is told kindly, as one's own good story, without a word that a flag knows. It is found by words that have to
meet (lists and their sources: ``advice.toml``): surest in one sentence, less in two that follow one another, least
anywhere in the post or its title. It is surer when the post tells how well it went and puts it to others to do. Words
that send people to care, and questions, speak against it. It orders a moderator's queue; nothing is marked by it, and
no reader sees it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from classifier.document import Document, Sentence
from classifier.needs import own_sentences
from classifier.phrases import PhraseIndex, plain

_FILE = Path(__file__).with_name("advice.toml")
# What has to meet for each kind of advice, and the topic that it brings up where nothing else does.
_KINDS: tuple[tuple[str, frozenset[str], frozenset[str], str], ...] = (
    ("stop-medicine", frozenset({"stop"}), frozenset({"medicine"}), "medicines"),
    ("skip-care", frozenset({"avoid"}), frozenset({"care"}), "emergency"),
    ("home-cure", frozenset({"remedy"}), frozenset({"grave"}), "serious-illness"),
    ("unsafe-child", frozenset({"unsafe"}), frozenset({"child", "pregnancy"}), "children"),
    ("dangerous-dose", frozenset({"dose"}), frozenset({"drug"}), "medicines"),
)
# From here on advice is sure enough to bring its topic up.
_BRINGS_UP = 0.5
_TOPICS = {"medicine": "medicines", "grave": "serious-illness", "child": "children", "pregnancy": "pregnancy"}
# Words that meet in neighbouring sentences are less surely about each other; still less those that stand anywhere else
# in the post, or of which one stands only in the title.
_NEXT, _ELSEWHERE = 0.6, 0.5
# How sure advice is by how it is told: only named, either told well of or put to others, or both.
_TOLD = (0.3, 0.65, 1.0)
# What is left of it where the post quotes another: most who quote such advice speak against it.
_ANSWERS = 0.6
# What each sentence that sends people to care leaves of it, for at most two of them.
_SOBER = 0.55


@dataclass(frozen=True, slots=True)
class Advice:
    """One kind of dangerous advice. ``surety`` is in 0..1; ``place``: block id, start and end of the sentence."""

    kind: str
    surety: float
    place: tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Advised:
    """What dangerous advice a text holds, the surest first, and which vulnerable topics it speaks of."""

    advice: tuple[Advice, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    sentence: Sentence
    names: frozenset[str]


def find_advice(document: Document) -> Advised:
    """Read a text for advice that can do grave harm. One pass; what another wrote and is quoted is passed over."""
    read = [_Read(one, _names(one.text)) for one in own_sentences(document)]
    stated = [_Read(one.sentence, frozenset()) if _is_question(one) else one for one in read]
    above = _names(document.title or "")
    told = sum(any(name in one.names for one in stated) for name in ("outcome", "advise"))
    sober = min(sum("sober" in one.names for one in read), 2)
    answers = any(block.is_quoted for block in document.blocks)
    factor = _TOLD[told] * _SOBER**sober * (_ANSWERS if answers else 1)
    found = []
    for kind, first, second, _ in _KINDS:
        nearness, at = _meeting(stated, first, second, above)
        if nearness and at:
            place = (document.blocks[at.block].id, at.start, at.end)
            found.append(Advice(kind, round(nearness * factor, 4), place))
    named = above.union(*(one.names for one in read))
    brought = {one.kind for one in found if one.surety >= _BRINGS_UP}
    topics = [topic for name, topic in _TOPICS.items() if name in named]
    topics += [topic for kind, _, _, topic in _KINDS if kind in brought]
    return Advised(tuple(sorted(found, key=lambda advice: -advice.surety)), tuple(dict.fromkeys(topics)))


def _meeting(
    read: Sequence[_Read], first: frozenset[str], second: frozenset[str], above: frozenset[str]
) -> tuple[float, Sentence | None]:
    """How near words of both lists come to each other, and the sentence that holds one of the first.

    1 in one sentence, ``_NEXT`` in neighbours, ``_ELSEWHERE`` where the second stands in any other or in the title.
    """
    is_named = bool(above & second) or any(one.names & second for one in read)
    best: tuple[float, Sentence | None] = (0.0, None)
    for number, one in enumerate(read):
        if not one.names & first:
            continue
        beside = read[max(0, number - 1) : number + 2]
        if one.names & second:
            return 1.0, one.sentence
        if any(other.names & second for other in beside):
            best = max(best, (_NEXT, one.sentence), key=lambda pair: pair[0])
        elif is_named:
            best = max(best, (_ELSEWHERE, one.sentence), key=lambda pair: pair[0])
    return best


def _is_question(one: _Read) -> bool:
    return one.sentence.text.rstrip().endswith("?")


def _names(text: str) -> frozenset[str]:
    """The lists that a text holds words of."""
    index, endings = _lists()
    text = plain(text)
    found = {match.name for match in index.find(text)}
    return frozenset(found | {"medicine"} if endings.search(text) else found)


@cache
def _lists() -> tuple[PhraseIndex, re.Pattern[str]]:
    tables = tomllib.loads(_FILE.read_text("utf-8"))
    lists = {name: table["phrases"] for name, table in tables.items()}
    endings = "|".join(tables["medicine"]["endings"])
    return PhraseIndex({**lists, "drug": tables["dose"]["drugs"]}), re.compile(rf"\b[a-z]{{3,20}}(?:{endings})s?\b")
