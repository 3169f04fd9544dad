"""Deliveries of connected forums: who signed the body is known before a word of it is read."""

from __future__ import annotations

from flask import g, request

from server.errors import ApiError
from server.forums.connections import DiscourseForum, Forum
from server.forums.signature import (
    DISCOURSE_HEADER,
    SIGNATURE_HEADER,
    TIME_HEADER,
    WINDOW,
    SignedWith,
    is_fresh,
    is_signed,
)
from server.parts import parts

MOST = 2 * 1024 * 1024  # bytes; a post of 100,000 characters, raw and cooked, with everything around it


def admit_delivery() -> None:
    """Let a signed delivery through, with ``g.forum`` set. Raises :class:`ApiError`.

    No secret, no service: a forum without one is answered as if it were not connected.
    """
    source = (request.view_args or {}).get("source", "")
    forum = parts().connections.forums.get(source)
    if forum is None or forum.webhook_secret is None:
        raise ApiError(
            404, "no-webhook", "No forum with a webhook secret is connected here.", hint="See docs/forums.md."
        )
    body = _body()
    _check(forum, body, forum.webhook_secret.get_secret_value())
    g.forum = forum


def _body() -> bytes:
    request.max_content_length = min(MOST, parts().settings.max_body)
    body = request.get_data(cache=True)
    if request.content_length is None and len(body) == request.max_content_length:
        # A body without a length is cut at the limit in silence; asking for more raises 413.
        request.stream.read(1)
    return body


def _check(forum: Forum, body: bytes, secret: str) -> None:
    if isinstance(forum, DiscourseForum):
        given = SignedWith(request.headers.get(DISCOURSE_HEADER, ""))
    else:
        given = SignedWith(request.headers.get(SIGNATURE_HEADER, ""), request.headers.get(TIME_HEADER, ""))
    if not is_signed(secret, body, given):
        name = DISCOURSE_HEADER if given.timestamp is None else SIGNATURE_HEADER
        raise ApiError(
            401,
            "bad-signature",
            f"{name} is missing, or was not made over this body with this forum's secret.",
            hint="Set the same secret on both sides; see docs/forums.md.",
        )
    if given.timestamp is not None and not is_fresh(given.timestamp):
        raise ApiError(
            401,
            "stale-delivery",
            f"{TIME_HEADER} lies more than {WINDOW} seconds from this server's clock.",
            hint="Sign each sending anew, with the time in seconds since 1970, and see that both clocks are right.",
        )
