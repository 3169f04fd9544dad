"""How often codes may be tried: a handful of wrong ones in ten minutes, over all callers together.

All callers come from this machine, so counting by address would count nobody apart.
"""

from __future__ import annotations

from typing import cast

from flask import Flask, Response, request
from flask.typing import RouteCallable
from flask_limiter import Limiter

WRONG_TRIES = "5 per 10 minutes"
_REFUSED = "pinch.code_refused"


def note_wrong_code() -> None:
    """Mark this request as a wrong try."""
    request.environ[_REFUSED] = True


def limit_code_tries(app: Flask) -> None:
    """Count wrong codes on both ways in: the page and the API."""
    limiter = Limiter(lambda: "everyone", app=app, storage_uri="memory://", headers_enabled=True)
    limit = limiter.shared_limit(
        WRONG_TRIES,
        scope="pairing-code",
        deduct_when=_was_wrong,
        exempt_when=_has_no_code,
    )
    for endpoint in ("pairing.pair", "pages.home"):
        app.view_functions[endpoint] = cast(RouteCallable, limit(app.view_functions[endpoint]))


def _was_wrong(_response: Response) -> bool:
    return _REFUSED in request.environ


def _has_no_code() -> bool:
    return request.endpoint == "pages.home" and "code" not in request.args
