"""How often codes may be tried, and how fast feedback may come.

Wrong codes: a handful in ten minutes, over all callers together. All callers come from this machine, so counting by
address would count nobody apart. Feedback: as fast as anyone can press a button, for each token, so that a client gone
astray does not fill the disk.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import NoReturn, cast

from flask import Flask, Response, g, request
from flask.typing import RouteCallable
from flask_limiter import Limiter, RequestLimit, RouteLimit

from server.errors import ApiError

WRONG_TRIES = "5 per 10 minutes"
FEEDBACK = "60 per minute"
DISPUTES_OF_ONE = "5 per hour"
DISPUTES_OF_ALL = "60 per hour"
WRONG_REFERENCES = "20 per 10 minutes"
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
    limits = (("pairing.pair", codes), ("pages.home", codes), ("feedback.send", feedback), *_of_disputes(limiter))
    for endpoint, limit in limits:
        app.view_functions[endpoint] = cast(RouteCallable, limit(app.view_functions[endpoint]))


def _of_disputes(limiter: Limiter) -> tuple[tuple[str, RouteLimit], ...]:
    """Anybody may file disputes: a few from one address, and not too many in all. Only those that were kept count."""
    of_one = limiter.shared_limit(
        DISPUTES_OF_ONE,
        scope="disputes-of-one",
        key_func=caller_address,
        deduct_when=_was_filed,
        on_breach=_refuse_dispute,
    )
    of_all = limiter.shared_limit(DISPUTES_OF_ALL, scope="disputes", deduct_when=_was_filed, on_breach=_refuse_dispute)
    wrong = limiter.shared_limit(
        WRONG_REFERENCES,
        scope="references",
        key_func=caller_address,
        deduct_when=lambda response: response.status_code == 404,
        on_breach=_refuse_dispute,
    )
    return ("dispute_pages.file", of_one), ("dispute_pages.file", of_all), ("dispute_pages.state", wrong)


def caller_address() -> str:
    """Who calls, as far as an address tells: of IPv6 the network, for one household has very many addresses."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def _was_filed(response: Response) -> bool:
    return response.status_code == 303


def _refuse_dispute(_limit: RequestLimit) -> NoReturn:
    raise ApiError(
        429,
        "too-many-disputes",
        "Too many disputes were filed, or looked for, in a short time.",
        hint="Wait an hour, then send it again.",
    )


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
