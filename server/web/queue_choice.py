"""The filters of the queue as they stand in an address, in both directions."""

from __future__ import annotations

import math
from typing import Any, get_args

from flask import request, url_for

from classifier.taxonomy import flag_ids
from server.errors import ApiError
from server.moderation.actor import actor
from server.moderation.choice import Choice, Place
from server.moderation.refusals import no_such_post
from server.moderation.states import OUTCOMES, State
from server.web.forms import typed

ANY = "any"
LARGEST_NUMBER = 2**31 - 1  # what every database holds in an integer
_TEXTS = {"source": "source", "board": "board", "author": "author", "thread": "thread", "words": "q"}


def read_choice() -> Choice:
    """What the address chooses; an empty field chooses nothing. Raises :class:`ApiError`."""
    texts: dict[str, Any] = {name: _text(field) for name, field in _TEXTS.items()}
    state: Any = _one_of("state", (*get_args(State), ANY)) or "open"
    outcome: Any = _one_of("outcome", OUTCOMES)
    return Choice(
        state=None if state == ANY else state,
        outcome=outcome,
        flag=_one_of("flag", flag_ids()),
        held_by=actor() if _one_of("mine", ("1",)) else None,
        **texts,
    )


def choice_arguments(choice: Choice) -> dict[str, str]:
    """The address's arguments for a choice; what stands by default is left out."""
    found = {field: getattr(choice, name) for name, field in _TEXTS.items()}
    found |= {"outcome": choice.outcome, "flag": choice.flag, "mine": "1" if choice.held_by else None}
    found["state"] = None if choice.state == "open" else choice.state or ANY
    return {name: value for name, value in found.items() if value is not None}


def address(endpoint: str, choice: Choice, **more: Any) -> str:
    """An address that keeps the choice."""
    arguments: dict[str, Any] = {**choice_arguments(choice), **more}
    return url_for(endpoint, **arguments)


def read_place() -> Place | None:
    """Where the page goes on: ``after=<in need>_<rank>_<number>``."""
    given = request.args.get("after")
    if not given:
        return None
    try:
        needy, rank, number = given.split("_")
        place = Place({"0": False, "1": True}[needy], float(rank), int(number))
    except (ValueError, KeyError):
        raise _bad("after") from None
    if not math.isfinite(place.rank) or not 0 <= place.number <= LARGEST_NUMBER:
        raise _bad("after")
    return place


def place_argument(place: Place) -> str:
    """A place as it stands in an address."""
    return f"{int(place.needs_person)}_{place.rank!r}_{place.number}"


def check_number(number: int) -> int:
    """A number that a post may have. Raises :class:`ApiError` for any other."""
    if not 0 < number <= LARGEST_NUMBER:
        raise no_such_post()
    return number


def _text(field: str) -> str | None:
    return typed(request.args.get(field, ""))[:200] or None


def _one_of(field: str, known: tuple[str, ...]) -> str | None:
    value = request.args.get(field, "")
    if value and value not in known:
        raise _bad(field)
    return value or None


def _bad(field: str) -> ApiError:
    return ApiError(
        422, "bad-request", f"{field}: this is nothing that the queue can be filtered by.", hint="Start from /queue."
    )
