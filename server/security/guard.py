"""The checks every request passes, in order: host, origin, preflight, route, permission."""

from __future__ import annotations

from flask import Flask, Response, g, request
from flask_wtf.csrf import CSRFProtect

from server.errors import ApiError
from server.moderation.roles import Role, is_at_least
from server.parts import parts
from server.security.deliveries import admit_delivery
from server.security.headers import protect
from server.security.hosts import check_host
from server.security.origins import allow_extension, answer_preflight, check_origin
from server.security.permissions import PERMISSIONS, Access, Permission
from server.security.sessions import signed_in
from server.settings import Settings
from server.store import Client

csrf = CSRFProtect()


def guard(app: Flask, settings: Settings) -> None:
    """Put the checks before every view and the headers on every answer."""

    @app.before_request
    def check() -> Response | None:
        g.client = g.visitor = None
        check_host(settings.public_hosts)
        check_origin()
        preflight = answer_preflight()
        if preflight is None and request.endpoint:
            _admit(PERMISSIONS[request.endpoint])
        return preflight

    app.after_request(allow_extension)
    app.after_request(protect)


def _admit(permission: Permission) -> None:
    """Let the request through, with ``g.client`` and ``g.visitor`` set, or refuse it. Raises :class:`ApiError`."""
    access = permission.access
    if access is Access.OPEN:
        return
    if access is Access.SIGNED:
        admit_delivery()
        return
    if access is Access.TOKEN or (access is Access.TOKEN_OR_PAGE and "Authorization" in request.headers):
        g.client = _client_of_token()
        return
    visitor = signed_in()
    if permission.least is not None:
        if visitor is None:
            raise _not_signed_in(access)
        if not is_at_least(visitor.role, permission.least):
            raise _role_too_low(visitor.role, permission.least)
    g.visitor, g.client = visitor, visitor.client if visitor else None
    csrf.protect()


def _client_of_token() -> Client:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise ApiError(
            401,
            "no-token",
            "This address wants a token, and none was sent.",
            hint="Send 'Authorization: Bearer TOKEN'. 'pinch token create --name X' makes one.",
        )
    client = parts().store.clients.check(token.strip())
    if client is None:
        raise ApiError(
            401,
            "bad-token",
            "This token is unknown or was revoked.",
            hint="Pair again, or run 'pinch token create --name X'.",
        )
    return client


def _not_signed_in(access: Access) -> ApiError:
    if access is Access.TOKEN_OR_PAGE:
        return ApiError(
            401,
            "no-token",
            "This address wants a token, and none was sent.",
            hint="Send 'Authorization: Bearer TOKEN'. 'pinch token create --name X' makes one.",
        )
    return ApiError(
        401,
        "not-signed-in",
        "This browser is not signed in.",
        hint="Open the address that 'pinch serve' prints, or that 'pinch token code' makes, or sign in by name.",
    )


def _role_too_low(role: Role, least: Role) -> ApiError:
    return ApiError(
        403,
        "role-too-low",
        f"This is for the role {least} and above, and yours is {role}.",
        hint="Ask one who lets people in here to change your role.",
    )
