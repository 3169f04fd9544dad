"""The forms of decisions: what they hold, read and checked. No words of them are ever repeated in an error."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from typing import Annotated, Literal

from flask import request
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from server.errors import ApiError
from server.moderation.decisions import Correction, NewDecision
from server.moderation.refusals import Seen
from server.moderation.states import OUTCOMES, VERDICTS, Outcome, Verdict
from server.web.queue_choice import LARGEST_NUMBER

NOTE_LIMIT = 2000
MOST_AT_ONCE = 100
VERDICT_FIELD = "verdict-"
_REQUEST = re.compile(r"[A-Za-z0-9-]{8,48}")
_SEEN = re.compile(r"(?:[0-9]{1,10}\.)?([0-9]{1,16})\.([0-9]{1,10})")


class _Correction(BaseModel):
    """One correction as the page's script writes it down."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    flag: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    verdict: Literal["missing", "wrong"]


_CORRECTIONS = TypeAdapter(Annotated[list[_Correction], Field(max_length=50)])


def new_request_id() -> str:
    """An id for a form: however often it is sent, it is one decision for each post."""
    return secrets.token_hex(16)


def request_id(number: int) -> str:
    """The id of this form for one post. Raises :class:`ApiError`."""
    given = request.values.get("request_id", "")
    if not _REQUEST.fullmatch(given):
        raise _unreadable()
    return f"{given}.{number}"


def batch_id() -> str:
    """The id of this form for all its posts. Raises :class:`ApiError`."""
    return request_id(0).removesuffix(".0")


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
    note = request.form.get("note", "").replace("\r\n", "\n").replace("\0", "\ufffd").strip()
    if len(note) > NOTE_LIMIT:
        raise ApiError(
            422, "bad-note", f"The note is {len(note)} characters long.", hint=f"Write at most {NOTE_LIMIT} characters."
        )
    return note or None


def read_decision(number: int) -> NewDecision:
    """The decision on one post. Raises :class:`ApiError`."""
    return NewDecision(
        number=number,
        seen=read_seen(),
        outcome=read_outcome(),
        request_id=request_id(number),
        verdicts=dict(_verdicts()),
        corrections=_corrections(request.form.get("corrections", "")),
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


def _corrections(sent: str) -> tuple[Correction, ...]:
    try:
        rows = _CORRECTIONS.validate_json(sent or "[]")
    except ValidationError:
        raise _unreadable() from None
    return tuple(Correction(row.flag, row.start, row.end, row.verdict) for row in rows)


def _unreadable() -> ApiError:
    return ApiError(
        422, "bad-request", "The form does not say what to decide, or of which post.", hint="Load the page again."
    )
