"""The Host check: a web page that points its own name at this machine (DNS rebinding) gets nothing."""

from __future__ import annotations

import re

from flask import request

from server.errors import ApiError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?", re.IGNORECASE)


def is_allowed_host(host: str, public_hosts: tuple[str, ...] = ()) -> bool:
    """Whether a Host header names this machine by loopback or by one of its public names, at any port."""
    match = _HOST.fullmatch(host)
    return match is not None and match[1].lower() in (*LOOPBACK, *public_hosts)


def check_host(public_hosts: tuple[str, ...]) -> None:
    """Refuse a request that was sent to another name. Raises :class:`ApiError`."""
    if not is_allowed_host(request.environ.get("HTTP_HOST", ""), public_hosts):
        raise ApiError(
            421,
            "wrong-host",
            "This server does not answer to the host name that was asked for.",
            hint="Use 127.0.0.1 or localhost, or add the name to PINCH_PUBLIC_HOSTS.",
        )
