"""How often codes may be tried, and how fast feedback may come.

Wrong codes: a handful in ten minutes, over all callers together. All callers come from this machine, so counting by
address would count nobody apart. Feedback: as fast as anyone can press a button, for each token, so that a client gone
astray does not fill the disk.
"""

from __future__ import annotations

from typing import NoReturn, cast

from flask import Flask, Response, g, request
from flask.typing import RouteCallable
from flask_limiter import Limiter, RequestLimit

from server.errors import ApiError

WRONG_TRIES = "5 per 10 minutes"
FEEDBACK = "60 per minute"
_REFUSED = "pinch.code_refused"


def note_wrong_code() -> None:
    """Mark this request as a wrong try."""
    request.environ[_REFUSED] = True


def limit_tries(app: Flask) -> None:
    """Count wrong codes on both ways in, the page and the API, and feedback by token."""
    limiter = Limiter(lambda: "everyone", app=app, storage_uri="memory://", headers_enabled=True)
    codes = limiter.shared_limit(
        WRONG_TRIES,
        scope="pairing-code",
        deduct_when=_was_wrong,
        exempt_when=_has_no_code,
    )
    feedback = limiter.shared_limit(
        FEEDBACK, scope="feedback", key_func=lambda: str(g.client.id), on_breach=_refuse_feedback
    )
    for endpoint, limit in (("pairing.pair", codes), ("pages.home", codes), ("feedback.send", feedback)):
        app.view_functions[endpoint] = cast(RouteCallable, limit(app.view_functions[endpoint]))


def _was_wrong(_response: Response) -> bool:
    return _REFUSED in request.environ


def _has_no_code() -> bool:
    return request.endpoint == "pages.home" and "code" not in request.args


def _refuse_feedback(_limit: RequestLimit) -> NoReturn:
    raise ApiError(
        429,
        "too-much-feedback",
        "More feedback came with this token than one reader can write.",
        hint="Wait as long as Retry-After says, then send it again.",
    )
