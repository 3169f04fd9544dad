"""The table of who may call what. A route that is not in it does not start."""

from __future__ import annotations

from enum import Enum

from flask import Flask


class Access(Enum):
    """What a route wants to see before it answers."""

    OPEN = "nothing"
    TOKEN = "a bearer token"
    TOKEN_OR_PAGE = "a bearer token, or a signed-in browser, with a CSRF token for anything but reading"
    PAGE = "a signed-in browser, and a CSRF token for anything but reading"


PERMISSIONS: dict[str, Access] = {
    "static": Access.OPEN,
    "health.live": Access.OPEN,
    "health.ready": Access.OPEN,
    "metrics.show": Access.TOKEN,
    "openapi.document": Access.OPEN,
    "openapi.page": Access.OPEN,
    "pairing.pair": Access.OPEN,
    "pairing.revoke_own": Access.TOKEN,
    "analyze.analyze": Access.TOKEN_OR_PAGE,
    "flags.all": Access.TOKEN,
    "context.all": Access.TOKEN,
    "context.one": Access.TOKEN,
    "feedback.send": Access.TOKEN,
    "feedback.all": Access.TOKEN_OR_PAGE,
    "feedback.delete": Access.TOKEN_OR_PAGE,
    "posts.send": Access.TOKEN,
    "posts.one": Access.TOKEN_OR_PAGE,
    "posts.delete": Access.TOKEN_OR_PAGE,
    "pages.home": Access.OPEN,
    "pages.check": Access.PAGE,
    "pages.sample": Access.PAGE,
    "browsers.make_code": Access.PAGE,
    "browsers.revoke": Access.PAGE,
    "browsers.sign_out": Access.PAGE,
    "feedback_pages.show": Access.PAGE,
    "feedback_pages.export": Access.PAGE,
    "feedback_pages.delete": Access.PAGE,
    "feedback_pages.delete_all": Access.PAGE,
    "queue_pages.show": Access.PAGE,
    "queue_pages.open_next": Access.PAGE,
    "post_pages.show": Access.PAGE,
    "post_pages.claim": Access.PAGE,
    "post_pages.release": Access.PAGE,
    "decision_pages.decide": Access.PAGE,
    "decision_pages.undo": Access.PAGE,
    "decision_pages.reopen": Access.PAGE,
    "bulk_pages.preview": Access.PAGE,
    "bulk_pages.decide": Access.PAGE,
    "bulk_pages.undo": Access.PAGE,
    "notes.add": Access.PAGE,
    "notes.delete": Access.PAGE,
    "replies.show": Access.PAGE,
    "replies.add": Access.PAGE,
    "replies.change": Access.PAGE,
    "replies.retire": Access.PAGE,
    "veil.switch": Access.PAGE,
    "reference.flags": Access.OPEN,
    "reference.flag": Access.OPEN,
    "reference.topics": Access.OPEN,
    "reference.topic": Access.OPEN,
}


def check_table(app: Flask) -> None:
    """Refuse to start when a route stands without a row, or a row without a route."""
    routes = set(app.view_functions)
    if routes != PERMISSIONS.keys():
        raise RuntimeError(f"security/permissions.py does not match the routes: {sorted(routes ^ PERMISSIONS.keys())}")
