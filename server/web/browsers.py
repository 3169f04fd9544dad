"""Pair a browser, see who is paired, shut one out: forms on the page at ``/``."""

from __future__ import annotations

from flask import Blueprint, g, redirect, url_for
from werkzeug import Response

from server.errors import ApiError
from server.moderation.actor import note
from server.parts import parts
from server.security.sessions import sign_out as forget_browser
from server.web.pages import render_home

blueprint = Blueprint("browsers", __name__)


@blueprint.post("/browsers/code")
def make_code() -> str:
    """Show a fresh code. It stands only on this page, so that it is in no address and no history."""
    code = parts().store.codes.make()
    note("make-code", "pairing")
    return render_home(code=code)


@blueprint.post("/browsers/<client_id>/revoke")
def revoke(client_id: str) -> Response:
    """Shut a client out. Whoever shuts out this very browser is signed out."""
    if not parts().store.clients.revoke(client_id):
        raise ApiError(404, "unknown-client", "This browser or program is not paired.", hint="Load the page again.")
    note("revoke-client", f"client {client_id}")
    if client_id == g.client.id:
        forget_browser()
    return redirect(url_for("pages.home"), 303)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """Sign this browser out and take it off the list."""
    parts().store.clients.revoke(g.client.id)
    forget_browser()
    return redirect(url_for("pages.home"), 303)
