"""Feedback as labelled sentences: the rows that ``pinch evaluate`` reads (docs/labelling.md, "Rows for measuring").

A reader speaks of one flag. Nothing is known of the others, so they are ``contested``: left out of scoring, not taken
for absent. Each sentence is a page of its own, because readers do not send what stood around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from classifier.taxonomy import flag_ids
from server.store import KeptFeedback

_Row = dict[str, object]


def label_rows(kept: Iterable[KeptFeedback]) -> Iterator[_Row]:
    """One row a sentence of a page, with all that was said of it.

    ``wrong`` makes a near miss: the flag is known to be absent. ``right`` and ``missing`` make a flagged sentence.
    Where readers disagree about a flag it stays contested.
    """
    sentences: dict[tuple[str | None, str], list[KeptFeedback]] = {}
    for one in kept:
        text = " ".join(one.feedback.text.split())
        sentences.setdefault((one.feedback.url, text.casefold()), []).append(one)
    for said in sentences.values():
        yield _row(said)


def _row(said: list[KeptFeedback]) -> _Row:
    first = said[-1].feedback
    denied = {one.feedback.flag for one in said if one.feedback.verdict == "wrong"}
    given = {one.feedback.flag for one in said if one.feedback.verdict != "wrong"}
    return {
        "page": f"feedback-{first.id}",
        "text": " ".join(first.text.split()),
        "flags": [flag for flag in flag_ids() if flag in given - denied],
        "contested": [flag for flag in flag_ids() if flag not in given ^ denied],
        "near_misses": [flag for flag in flag_ids() if flag in denied - given],
        "kind": "p",
        "url": first.url,
        "feedback": [_provenance(one) for one in said],
    }


def _provenance(one: KeptFeedback) -> _Row:
    """Where a label comes from: the sender by id, not by name, since labels are passed on."""
    told = ("id", "verdict", "flag", "fingerprint", "confidence", "setting", "model", "note")
    about = {name: getattr(one.feedback, name) for name in told}
    return {**about, "sent_on": one.sent_on.isoformat(), "client": one.client_id}
