"""The forms of decisions: what they hold, read and checked. No words of them are ever repeated in an error."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import request

from server.errors import ApiError
from server.moderation.corrections import selected_corrections, typed_correction
from server.moderation.decisions import Correction, NewDecision
from server.moderation.queue import QueuedPost
from server.moderation.refusals import Seen
from server.moderation.states import OUTCOMES, VERDICTS, Outcome, Verdict
from server.web.forms import read_request_id, typed
from server.web.queue_choice import LARGEST_NUMBER

NOTE_LIMIT = 2000
MOST_AT_ONCE = 100
VERDICT_FIELD = "verdict-"
_SEEN = re.compile(r"(?:[0-9]{1,10}\.)?([0-9]{1,16})\.([0-9]{1,10})")


def request_id(number: int) -> str:
    """The id of this form for one post. Raises :class:`ApiError`."""
    return f"{read_request_id()}.{number}"


def read_seen() -> Seen:
    """What of the post the form's page showed: ``seen=<version>.<revision>``. Raises :class:`ApiError`."""
    return _seen(request.values.get("seen", ""))


def read_outcome(field: str = "outcome") -> Outcome:
    """Which button was pressed. Raises :class:`ApiError`."""
    given = request.values.get(field, "")
    if given not in OUTCOMES:
        raise _unreadable()
    return given


def read_note() -> str | None:
    """What the moderator wrote beside the decision. Raises :class:`ApiError`."""
    note = typed(request.form.get("note", ""))
    if len(note) > NOTE_LIMIT:
        raise ApiError(
            422, "bad-note", f"The note is {len(note)} characters long.", hint=f"Write at most {NOTE_LIMIT} characters."
        )
    return note or None


def read_decision(post: QueuedPost) -> NewDecision:
    """The decision on one post. Raises :class:`ApiError`.

    Corrections of words are looked for only in the version that was seen; a stale view is refused anyway.
    """
    seen = read_seen()
    is_same = seen == Seen(post.version, post.revision)
    return NewDecision(
        number=post.number,
        seen=seen,
        outcome=read_outcome(),
        request_id=request_id(post.number),
        verdicts=dict(_verdicts()),
        corrections=_corrections(post) if is_same else (),
        note=read_note(),
    )


def read_selected() -> dict[int, Seen]:
    """The posts of a list that were selected, each as it was seen: ``post=<number>.<version>.<revision>``."""
    given = request.form.getlist("post")
    if len(given) > MOST_AT_ONCE:
        raise ApiError(
            422, "too-many-posts", f"{len(given)} posts were selected.", hint=f"Decide at most {MOST_AT_ONCE} at once."
        )
    selected = {}
    for item in given:
        number, _, _ = item.partition(".")
        seen = _seen(item)
        if item.count(".") != 2 or not 0 < int(number) <= LARGEST_NUMBER:
            raise _unreadable()
        selected[int(number)] = seen
    return selected


def _seen(given: str) -> Seen:
    match = _SEEN.fullmatch(given)
    if not match or int(match[2]) > LARGEST_NUMBER:
        raise _unreadable()
    return Seen(int(match[1]), int(match[2]))


def _verdicts() -> Iterator[tuple[str, Verdict]]:
    for name, value in request.form.items():
        if name.startswith(VERDICT_FIELD) and value:
            if value not in VERDICTS:
                raise _unreadable()
            yield name.removeprefix(VERDICT_FIELD), value


def _corrections(post: QueuedPost) -> tuple[Correction, ...]:
    form, text = request.form, post.text
    by_hand = typed_correction(
        form.get("correction_words", ""),
        nth=form.get("correction_nth", ""),
        flag=form.get("correction_flag", ""),
        verdict=form.get("correction_verdict", ""),
        text=text,
    )
    return (*selected_corrections(form.get("corrections", ""), text), *([by_hand] if by_hand else []))


def _unreadable() -> ApiError:
    return ApiError(
        422, "bad-request", "The form does not say what to decide, or of which post.", hint="Load the page again."
    )
