"""The words of a sentence as the model knows them."""

from __future__ import annotations

import re

from classifier.views import SentenceView

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[!?%$£€]")
_CLAUSE_END = re.compile(r"[.;:!?]|\bbut\b")


def words_of(view: SentenceView) -> list[tuple[str, int, int]]:
    """Words with their span in the sentence. Numbers become ``0``; words under a negation end in ``~`` up to the
    clause's end.
    """
    reach_end = -1
    negators = {match.start: match.end for match in view.matches if match.name == "negator"}
    words = []
    for match in WORD.finditer(view.plain):
        start, end = match.span()
        word = "0" if match.group()[0].isdigit() else match.group()
        words.append((f"{word}~" if start < reach_end else word, start, end))
        if start in negators:
            clause = _CLAUSE_END.search(view.plain, negators[start])
            reach_end = clause.start() if clause else len(view.plain)
    return words
