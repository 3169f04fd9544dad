"""Request bodies: bytes in, a checked model out. Every failure is told without repeating what was sent."""

from __future__ import annotations

import json
import re
from typing import NoReturn, TypeVar

from flask import current_app, request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from server.errors import ApiError

Asked = TypeVar("Asked", bound=BaseModel)
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
_LONE_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def read_json() -> dict[str, object]:
    """The request's JSON object. Raises :class:`ApiError`."""
    if request.mimetype != "application/json":
        raise ApiError(
            415, "wrong-content-type", "The request is not sent as JSON.", hint="Send 'Content-Type: application/json'."
        )
    raw = request.get_data(cache=False)
    if request.content_length is None and len(raw) == current_app.config["MAX_CONTENT_LENGTH"]:
        # A body without a length is cut at the limit in silence; asking for more raises 413.
        request.stream.read(1)
    if not raw.strip():
        raise ApiError(400, "empty-body", "The request has no body.", hint="Send a JSON object.")
    value = _parse(_decode(raw))
    if not isinstance(value, dict):
        raise ApiError(422, "bad-request", "The body is JSON, but not an object.", hint="Send a JSON object: {…}.")
    return value


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ApiError(
            400, "not-utf-8", f"The body is not UTF-8: byte {error.start} cannot be read.", hint="Send JSON in UTF-8."
        ) from None


def _parse(text: str) -> object:
    try:
        return json.loads(_ESCAPE.sub(_pair_or_replace, text), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        message = f"The body is not JSON: reading stopped at line {error.lineno}, column {error.colno}."
        raise ApiError(400, "not-json", message, hint="Send one JSON object in UTF-8.") from None
    except RecursionError:
        raise ApiError(400, "not-json", "The body nests brackets too deeply.", hint="Send flat JSON.") from None
    except ValueError:
        # The only other refusal of the parser: an integer of thousands of digits.
        raise ApiError(400, "not-json", "The body holds a number that is too long.", hint="Shorten it.") from None


def _pair_or_replace(escape: re.Match[str]) -> str:
    """A lone surrogate counts as U+FFFD; everything else stays as it is written."""
    return "\\ufffd" if _LONE_SURROGATE.fullmatch(escape[0]) else escape[0]


def _refuse_constant(_name: str) -> NoReturn:
    raise ApiError(400, "not-json", "The body holds NaN or Infinity, which are not JSON.", hint="Send null instead.")


def validate(model: type[Asked], value: object) -> Asked:
    """The value as a model. Raises :class:`ApiError` that names places and rules, never values."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_input=False, include_url=False, include_context=False)
        more = f" And {len(details) - 1} more." if len(details) > 1 else ""
        raise ApiError(
            422, "bad-request", f"{_tell(details[0])}{more}", hint="The shape of a request is told at /docs."
        ) from None


def _tell(detail: ErrorDetails) -> str:
    if detail["type"] == "extra_forbidden":
        return f"There is an unknown key in {_place(detail['loc'][:-1])}."
    return f"{_place(detail['loc'])}: {detail['msg']}."


def _place(path: tuple[int | str, ...]) -> str:
    """``blocks[3].links[0].start``. Made only of keys that the models name, and of numbers."""
    written = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return written.lstrip(".") or "the request"
