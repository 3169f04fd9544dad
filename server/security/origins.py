"""Where a request comes from: the server's own pages, an extension, or a program. Web pages are refused."""

from __future__ import annotations

import re

from flask import Response, request

from server.errors import ApiError

_EXTENSION = re.compile(r"(?:chrome-extension|moz-extension)://[A-Za-z0-9-]{1,64}")
METHODS = "GET, POST, DELETE"
HEADERS = "authorization, content-type"


def is_extension(origin: str) -> bool:
    """Whether an Origin is a browser extension's. Which extension does not matter: the token decides what it may do."""
    return bool(_EXTENSION.fullmatch(origin))


def is_same_origin(origin: str) -> bool:
    """Whether the request comes from a page of this server.

    A form on a page with ``Referrer-Policy: no-referrer`` sends the Origin ``null``; the browser's own Sec-Fetch-Site,
    which no page can set, then tells the server's forms from a sandboxed frame's.
    """
    if origin == "null":
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    return origin.lower() == f"{request.scheme}://{request.environ.get('HTTP_HOST', '')}".lower()


def check_origin() -> None:
    """Refuse requests that a web page makes. Raises :class:`ApiError`.

    An image or script tag sends no Origin; Sec-Fetch-Site gives it away. A link that a person follows is let through.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        site = request.headers.get("Sec-Fetch-Site", "none")
        is_foreign = site in ("cross-site", "same-site") and request.headers.get("Sec-Fetch-Mode") != "navigate"
    else:
        is_foreign = not (is_extension(origin) or is_same_origin(origin))
    if is_foreign:
        raise ApiError(
            403,
            "foreign-origin",
            "A web page may not call this server.",
            hint="Call it from the Pinch extension, from its own pages, or from a program without an Origin header.",
        )


def answer_preflight() -> Response | None:
    """The answer to an extension's CORS preflight: which methods and headers it may use. It grants nothing."""
    is_preflight = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    if not is_preflight or not is_extension(request.headers.get("Origin", "")):
        return None
    response = Response(status=204)
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = HEADERS
    response.headers["Access-Control-Max-Age"] = "600"
    return response


def allow_extension(response: Response) -> Response:
    """Let an extension without a host permission read the answer."""
    origin = request.headers.get("Origin", "")
    response.vary.add("Origin")
    if is_extension(origin):
        response.headers["Access-Control-Allow-Origin"] = origin
    return response
