"""What all forms have in common: words that are typed, and an id, so that a form that is sent twice counts once."""

from __future__ import annotations

import re
import secrets

from flask import request

from server.errors import ApiError

_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,48}")


def typed(words: str) -> str:
    """Words as both databases take them: one kind of line end, no NUL, and no blanks around them."""
    return words.replace("\r\n", "\n").replace("\0", "\ufffd").strip()


def new_request_id() -> str:
    """An id for a form: however often it is sent, it is one deed, or one decision for each post."""
    return secrets.token_hex(16)


def is_request_id(given: str) -> bool:
    """Whether it may be the id of a form."""
    return _REQUEST_ID.fullmatch(given) is not None


def read_request_id(field: str = "request_id") -> str:
    """The id of the form that was sent, or of one that was sent before. Raises :class:`ApiError`."""
    given = request.values.get(field, "")
    if not is_request_id(given):
        raise ApiError(422, "bad-request", "The form has no id of its own.", hint="Load the page again.")
    return given
