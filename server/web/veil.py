"""Words that are hard to read stand behind a veil until a moderator asks for them; each may switch that off for good.

The choice is kept in the browser, in a cookie that scripts cannot read: it is about who looks, not about the post.
"""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug import Response

from server.web.back import back_to

blueprint = Blueprint("veil", __name__)
COOKIE = "pinch_veil"
_YEAR = 365 * 24 * 3600


def is_veil_on() -> bool:
    """Whether this browser wants hard words veiled; it does until it says otherwise."""
    return request.cookies.get(COOKIE) != "off"


@blueprint.post("/queue/veil")
def switch() -> Response:
    """Switch the veil on or off, and go back to where the switch stands."""
    answer = redirect(back_to(request.form.get("back", "")), 303)
    choice = "off" if request.form.get("veil") == "off" else "on"
    answer.set_cookie(COOKIE, choice, max_age=_YEAR, httponly=True, samesite="Strict", secure=request.is_secure)
    return answer
