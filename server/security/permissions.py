"""The table of who may call what. A route that is not in it does not start."""

from __future__ import annotations

from enum import Enum

from flask import Flask


class Access(Enum):
    """What a route wants to see before it answers."""

    OPEN = "nothing"
    OPEN_PAGE = "nothing; a CSRF token for anything but reading"
    TOKEN = "a bearer token"
    TOKEN_OR_PAGE = "a bearer token, or a signed-in browser, with a CSRF token for anything but reading"
    PAGE = "a signed-in browser, and a CSRF token for anything but reading"


OPEN_PAGE = Access.OPEN_PAGE
READ_QUEUE = DECIDE = LEAD = Access.PAGE

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
    "reference.flags": Access.OPEN,
    "reference.flag": Access.OPEN,
    "reference.topics": Access.OPEN,
    "reference.topic": Access.OPEN,
    "overview_pages.show": READ_QUEUE,
    "dispute_pages.ask": OPEN_PAGE,
    "dispute_pages.file": OPEN_PAGE,
    "dispute_pages.state": OPEN_PAGE,
    "dispute_pages.log": OPEN_PAGE,
    "dispute_answers.show_all": READ_QUEUE,
    "dispute_answers.show": READ_QUEUE,
    "dispute_answers.answer": DECIDE,
    "dispute_answers.erase": LEAD,
    "export_pages.export": LEAD,
}


def check_table(app: Flask) -> None:
    """Refuse to start when a route stands without a row, or a row without a route."""
    routes = set(app.view_functions)
    if routes != PERMISSIONS.keys():
        raise RuntimeError(f"security/permissions.py does not match the routes: {sorted(routes ^ PERMISSIONS.keys())}")
