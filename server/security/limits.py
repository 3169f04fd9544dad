"""How often codes and passwords may be tried, and how fast feedback may come.

Wrong codes: a handful in ten minutes, over all callers together. All callers come from this machine, so counting by
address would count nobody apart. Feedback: as fast as anyone can press a button, for each token, so that a client gone
astray does not fill the disk. Deliveries of forums: for each forum, counted when the signature is known to be right.

Wrong passwords: few for one name from one address; more for one address, where a whole team may sit behind one; and
for one name from anywhere so few a day that guessing stays hopeless (NIST SP 800-63B-4 allows 100 in a row). Counting
tightly by name alone would let anybody shut a moderator out by failing in that name.
"""

from __future__ import annotations

from typing import NoReturn, cast

from flask import Flask, Response, g, request
from flask.typing import RouteCallable
from flask_limiter import Limiter, RequestLimit

from server.errors import ApiError
from server.moderation.people import name_key
from server.security.dispute_limits import caller_address, dispute_limits
from server.store.clients import digest

WRONG_TRIES = "5 per 10 minutes"
FEEDBACK = "60 per minute"
DELIVERIES = "12000 per minute"
WRONG_PASSWORDS = "5 per 10 minutes"
WRONG_AT_ADDRESS = "30 per 10 minutes"
WRONG_FOR_NAME = "50 per day"
_REFUSED = "pinch.code_refused"


def note_wrong_try() -> None:
    """Mark this request as a wrong try, of a code or a password."""
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
    deliveries = limiter.shared_limit(
        DELIVERIES, scope="delivery", key_func=lambda: str(g.forum.source), on_breach=_refuse_delivery
    )
    limits = (
        ("webhooks.receive", deliveries),
        ("pairing.pair", codes),
        ("pages.home", codes),
        ("feedback.send", feedback),
        *dispute_limits(limiter),
    )
    for endpoint, limit in limits:
        app.view_functions[endpoint] = cast(RouteCallable, limit(app.view_functions[endpoint]))
    _limit_passwords(app, limiter)


def _limit_passwords(app: Flask, limiter: Limiter) -> None:
    """Count wrong passwords where people sign in, and where they give the old one to change it."""
    limits = (
        (WRONG_PASSWORDS, "password", lambda: f"{_name()} {caller_address()}"),
        (WRONG_AT_ADDRESS, "password-address", caller_address),
        (WRONG_FOR_NAME, "password-name", _name),
    )
    for amount, scope, key in limits:
        limit = limiter.shared_limit(
            amount, scope=scope, key_func=key, deduct_when=_was_wrong, on_breach=_refuse_password
        )
        for endpoint in ("account_pages.sign_in", "account_pages.change_password"):
            app.view_functions[endpoint] = cast(RouteCallable, limit(app.view_functions[endpoint]))


def _name() -> str:
    """Whose password is tried: digested, so that a name of any length or kind is a key."""
    name = request.form.get("name", "") if request.endpoint == "account_pages.sign_in" else g.visitor.name
    return digest(name_key(name[:1000]))


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


def _refuse_delivery(_limit: RequestLimit) -> NoReturn:
    raise ApiError(
        429,
        "too-many-deliveries",
        "More came from this forum than one forum writes.",
        hint="Wait as long as Retry-After says. What was not taken is fetched by 'pinch forums pull'.",
    )


def _refuse_password(_limit: RequestLimit) -> NoReturn:
    raise ApiError(
        429,
        "too-many-passwords",
        "Too many wrong passwords were tried.",
        hint="Wait as long as Retry-After says, or ask whoever lets people in for an address to choose a new one.",
    )
