"""How fast disputes may come and be looked for. Anybody may file one, so an address is all there is to count by.

Behind a proxy all callers have its address, unless ``PINCH_TRUSTED_PROXIES`` says whose word on it counts.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import NoReturn

from flask import Response, request
from flask_limiter import Limiter, RequestLimit, RouteLimit

from server.errors import ApiError

OF_ONE = "5 per hour"
OF_ALL = "60 per hour"
WRONG_REFERENCES = "20 per 10 minutes"


def dispute_limits(limiter: Limiter) -> tuple[tuple[str, RouteLimit], ...]:
    """A few from one address, and not too many in all; only those that were kept count. And of wrong references."""
    of_one = limiter.shared_limit(
        OF_ONE, scope="disputes-of-one", key_func=caller_address, deduct_when=_was_filed, on_breach=_refuse
    )
    of_all = limiter.shared_limit(OF_ALL, scope="disputes", deduct_when=_was_filed, on_breach=_refuse)
    wrong = limiter.shared_limit(
        WRONG_REFERENCES, scope="references", key_func=caller_address, deduct_when=_was_unknown, on_breach=_refuse
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


def _was_unknown(response: Response) -> bool:
    return response.status_code == 404


def _refuse(_limit: RequestLimit) -> NoReturn:
    raise ApiError(
        429,
        "too-many-disputes",
        "Too many disputes were filed, or looked for, in a short time.",
        hint="Wait as long as Retry-After says, then send it again.",
    )
