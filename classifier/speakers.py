"""Who is quoted: the speaker and the reporting verb before, behind or inside a split quotation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifier.document import Span

# How far from the marks a speaker is looked for, in code points.
REACH = 160

# Reporting verbs with and without distance, after Hyland (1999); the choice is our own.
_VERB = (
    r"(?:sa(?:ys?|id|ying)|t(?:ells?|old)|writes?|wrote|writing|add(?:s|ed)|explain(?:s|ed)?|claim(?:s|ed)?|insist(?:s|ed)?"
    r"|not(?:es|ed)|argue[sd]?|warn(?:s|ed)?|recall(?:s|ed)?|remember(?:s|ed)|repl(?:ies|ied)|answer(?:s|ed)?|shout(?:s|ed)?"
    r"|whisper(?:s|ed)?|laugh(?:s|ed)?|admit(?:s|ted)?|conced(?:es|ed)|teach(?:es)?|taught|promis(?:es|ed)|asks?|asked"
    r"|put(?:s|ting)?|confid(?:es|ed)|testif(?:ies|ied)|stat(?:es|ed)|declar(?:es|ed)|report(?:s|ed)|conclud(?:es|ed)"
    r"|comment(?:s|ed)|continu(?:es|ed)|jok(?:es|ed)|grin(?:s|ned)|smil(?:es|ed)|shrug(?:s|ged)|sigh(?:s|ed)|post(?:s|ed)"
    r"|swear(?:s)?|swore|remark(?:s|ed)|observ(?:es|ed)|gush(?:es|ed)|beam(?:s|ed)|quip(?:s|ped)|reads?|describe[sd]"
    r"|tweet(?:s|ed)|murmur(?:s|ed)|mutter(?:s|ed)|call(?:s|ed)|agree[sd]|announce[sd]|goes on|went on|assure[sd]"
    r"|message[sd]|advis(?:es|ed)|preach(?:es|ed)|reckon(?:s|ed)|think(?:s)?|thought|maintain(?:s|ed)|boast(?:s|ed)|confess(?:es|ed)"
    r"|cr(?:ies|ied)|go(?:es)?(?=,? like|,)|begs?|begged|enthus(?:es|ed)|guess(?:es|ed)|counter(?:s|ed))"
)
_TITLE = r"(?:(?:Dr|Prof|Professor|Sir|Dame|Mrs?|Ms|Nurse|Sister|Father|Coach|Mayor|Major|Judge|Justice|Baba)\.? )"
_SURNAME = r"(?: (?:(?:de|van|von|der|la|al|bin) )?[A-Z][\w'’.-]+)"
_NAMED = rf"(?:(?:[a-z][\w-]*,? ){{0,4}}?{_TITLE}?[A-ZÀ-Þ][\w'’.-]+{_SURNAME}{{0,3}})"
_COMMON = r"(?:(?:the|a|an|one|her|his|their|our|my|your|its|another|some)(?: [\w’'-]+){1,4}?)"
_PRONOUN = r"(?:he|she|they|I|we|it)"
_SAYING = r"(?:answer|reply|verdict|motto|words|advice|rule|view|line|promise|comment|slogan)"
_WHO = rf"(?P<who>{_PRONOUN}\b|{_NAMED}|(?i:{_COMMON}))"
_ASIDE = r"(?:,? [^.!?“”\"„«»]{0,90}?,?)?"

_BEHIND = (
    re.compile(rf"[\s,]*(?P<verb>{_VERB})\b(?: (?:my|me|us|our|the|a)\b)?[ ,:]*{_WHO}"),
    re.compile(rf"[\s,]*{_WHO}{_ASIDE} (?P<verb>{_VERB})\b"),
    re.compile(rf"\s*[-–—―~]{{1,2}}\s*(?P<who>{_NAMED})"),
    re.compile(rf"[\s,]*according to {_WHO}"),
    re.compile(rf"[\s,]*(?:is|was|were|are) (?:what|how) {_WHO}{_ASIDE} (?P<verb>{_VERB})\b"),
    re.compile(rf"[\s,]*(?:is|was|were|are) (?P<who>(?:his|her|their|my|our|{_NAMED}['’]s)) (?:\w+ )?{_SAYING}\b"),
    re.compile(rf"\s*\((?P<who>{_NAMED}|(?:a|an|the|one) \w+(?: from)?(?: \w+)?)(?:,[^()]{{0,40}})?\)"),
)
_BEFORE = (
    re.compile(
        rf"(?:^|[\s(]){_WHO}{_ASIDE} (?:(?:has|have|had|likes? to|is fond of|will) )?(?P<verb>{_VERB})\b"
        r"[^.!?“”\"]{0,80}$"
    ),
    re.compile(rf"(?:[Aa]ccording to|[Ii]n the words of|^As) {_WHO}[^.!?“”\"]{{0,80}}$"),
    re.compile(rf"(?:^|\W)(?P<verb>{_VERB}) {_WHO}[^.!?“”\"]{{0,40}}[:,]\s*$"),
    re.compile(rf"^{_WHO}\b[^.!?:“”\"]{{0,110}}:\s*$"),
)
_SENTENCE_START = re.compile(r"[.!?…][”\"’'»)]*\s")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Where in the block the speaker is named and the verb stands; ``words`` are the speaker's."""

    who: Span
    verb: Span | None
    words: str

    @property
    def is_named(self) -> bool:
        """Whether the speaker has a name, rather than being "she" or "the owner"."""
        return any(map(str.isupper, self.words)) and self.words not in ("I", "He", "She", "They", "We", "It", "The")


def find_speaker(text: str, start: int, end: int, *, floor: int = 0, ceiling: int | None = None) -> Speaker | None:
    """The speaker of the quotation ``text[start:end]``, looked for between its neighbours at floor and ceiling."""
    until = min(end + REACH, len(text) if ceiling is None else ceiling)
    behind = text[end:until]
    for pattern in _BEHIND:
        if found := pattern.match(behind):
            return _speaker(found, end)
    since = max(start - REACH, floor)
    before = text[since:start]
    last = 0
    for match in _SENTENCE_START.finditer(before):
        last = match.end()
    for pattern in _BEFORE:
        if found := pattern.search(before[last:]):
            return _speaker(found, since + last)
    return None


def _speaker(found: re.Match[str], shift: int) -> Speaker:
    groups = found.groupdict()
    verb = Span(found.start("verb") + shift, found.end("verb") + shift) if groups.get("verb") else None
    words = found["who"].rstrip(".,")
    start = found.start("who") + shift
    return Speaker(Span(start, start + len(words)), verb, words)
