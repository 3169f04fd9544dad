"""What proxies in front say of a request: believed only when they are counted in the settings."""

from __future__ import annotations

import ipaddress

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from server.security.hosts import is_allowed_host
from server.settings import Settings

_SAID_BY_PROXIES = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


def trust_proxies(app: Flask, settings: Settings) -> None:
    """Take the caller's address and scheme from as many proxies as stand in front.

    Not the host: the proxy passes Host on, and security/hosts.py compares that.
    """
    if count := settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]


def is_from_this_machine() -> bool:
    """Whether a browser on this machine asks, and not a proxy on it for somebody elsewhere.

    The address must be loopback, the name that was asked for too, and no proxy may have left its mark.
    """
    try:
        is_loopback = ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        is_loopback = False
    is_direct = not any(name in request.headers for name in _SAID_BY_PROXIES)
    return is_loopback and is_direct and is_allowed_host(request.environ.get("HTTP_HOST", ""))
