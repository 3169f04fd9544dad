"""Readers' feedback as rows of labels: each sentence a page of its own, because readers send no more than that.

The last word of each browser on a flag counts. The note, which may hold anything, and the page's address stay here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from server.learning.labelled import Said, label_row
from server.learning.pseudonyms import Pseudonyms
from server.store import KeptFeedback

_SAYS = {"wrong": "absent", "right": "present", "missing": "present"}


def feedback_rows(kept: Iterable[KeptFeedback], names: Pseudonyms) -> Iterator[dict[str, Any]]:
    """One row a sentence of a page, from feedback that comes newest first."""
    sentences: dict[tuple[str | None, str], list[KeptFeedback]] = {}
    for one in kept:
        text = " ".join(one.feedback.text.split())
        sentences.setdefault((one.feedback.url, text.casefold()), []).append(one)
    for (url, _), said in sentences.items():
        first = said[-1].feedback
        text = " ".join(first.text.split())
        thread = names.thread("page", url or first.id)
        about = {"page": f"feedback-{first.id}", "thread": thread, "register": "other", "topic": "feedback"}
        newest = {(one.client_id, one.feedback.flag): one for one in reversed(said)}
        told = [_said(one, names) for one in newest.values()]
        yield label_row({**about, "i": 0, "block": 0, "kind": "p", "text": text, "context": text}, told)


def _said(one: KeptFeedback, names: Pseudonyms) -> Said:
    given = one.feedback
    person, on = names.reader(one.client_id), one.sent_on.isoformat()
    told = (given.flag, _SAYS[given.verdict], person, "feedback", f"feedback-{given.id}", on)
    return Said(*told, confidence=given.confidence, model=given.model)
