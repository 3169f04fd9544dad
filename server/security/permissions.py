"""The table of who may call what. A route that is not in it does not start.

Each row says what a route wants to see (:class:`Access`) and, where a person sits at a browser, the least role
(server/moderation/roles.py). The owner, who came in by the start address, counts as admin. A new route takes one of the
names below; ``tests/server/moderation/test_moderation_permissions.py`` then calls it in every role.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flask import Flask

from server.moderation.roles import Role


class Access(Enum):
    """What a route wants to see before it answers."""

    OPEN = "nothing"
    OPEN_PAGE = "nothing; a CSRF token for anything but reading. Who is signed in is known"
    TOKEN = "a bearer token"
    TOKEN_OR_PAGE = "a bearer token, or a signed-in browser, with a CSRF token for anything but reading"
    PAGE = "a signed-in browser, and a CSRF token for anything but reading"


@dataclass(frozen=True, slots=True)
class Permission:
    """A row: what a route wants to see, and the least role of a person. Tokens and open routes have no role."""

    access: Access
    least: Role | None = None


OPEN = Permission(Access.OPEN)
OPEN_PAGE = Permission(Access.OPEN_PAGE)
TOKEN = Permission(Access.TOKEN)
SIGNED_IN = Permission(Access.PAGE, "viewer")
READ_QUEUE = Permission(Access.PAGE, "viewer")
DECIDE = Permission(Access.PAGE, "moderator")
LEAD = Permission(Access.PAGE, "lead")
ADMIN = Permission(Access.PAGE, "admin")
TOKEN_OR_SIGNED_IN = Permission(Access.TOKEN_OR_PAGE, "viewer")
TOKEN_OR_LEAD = Permission(Access.TOKEN_OR_PAGE, "lead")
TOKEN_OR_ADMIN = Permission(Access.TOKEN_OR_PAGE, "admin")

PERMISSIONS: dict[str, Permission] = {
    # Of the server itself
    "static": OPEN,
    "health.live": OPEN,
    "health.ready": OPEN,
    "metrics.show": TOKEN,
    "openapi.document": OPEN,
    "openapi.page": OPEN_PAGE,
    # For programs and the extension
    "pairing.pair": OPEN,
    "pairing.revoke_own": TOKEN,
    "analyze.analyze": TOKEN_OR_SIGNED_IN,
    "flags.all": TOKEN,
    "context.all": TOKEN,
    "context.one": TOKEN,
    "feedback.send": TOKEN,
    "feedback.all": TOKEN_OR_LEAD,
    "feedback.delete": TOKEN_OR_ADMIN,
    "posts.send": TOKEN,
    "posts.one": TOKEN_OR_SIGNED_IN,
    "posts.delete": TOKEN_OR_LEAD,
    # The moderators' queue
    "queue_pages.show": READ_QUEUE,
    "queue_pages.open_next": DECIDE,
    "post_pages.show": READ_QUEUE,
    "post_pages.claim": DECIDE,
    "post_pages.release": DECIDE,
    "decision_pages.decide": DECIDE,
    "decision_pages.undo": DECIDE,
    "decision_pages.reopen": DECIDE,
    "bulk_pages.preview": DECIDE,
    "bulk_pages.decide": DECIDE,
    "bulk_pages.undo": DECIDE,
    "notes.add": DECIDE,
    "notes.delete": DECIDE,
    "replies.show": READ_QUEUE,
    "replies.add": LEAD,
    "replies.change": LEAD,
    "replies.retire": LEAD,
    "veil.switch": READ_QUEUE,
    # To check a text, and to look things up
    "pages.home": OPEN_PAGE,
    "pages.check": SIGNED_IN,
    "pages.sample": SIGNED_IN,
    "reference.flags": OPEN_PAGE,
    "reference.flag": OPEN_PAGE,
    "reference.topics": OPEN_PAGE,
    "reference.topic": OPEN_PAGE,
    # What readers sent back
    "feedback_pages.show": LEAD,
    "feedback_pages.export": LEAD,
    "feedback_pages.delete": ADMIN,
    "feedback_pages.delete_all": ADMIN,
    # One's own account
    "account_pages.ask_to_sign_in": OPEN_PAGE,
    "account_pages.sign_in": OPEN_PAGE,
    "account_pages.show_invitation": OPEN_PAGE,
    "account_pages.accept_invitation": OPEN_PAGE,
    "account_pages.show": SIGNED_IN,
    "account_pages.change_password": SIGNED_IN,
    "account_pages.sign_out_everywhere": SIGNED_IN,
    "browsers.sign_out": SIGNED_IN,
    # Who is let in
    "browsers.make_code": ADMIN,
    "browsers.revoke": ADMIN,
    "people_pages.show": ADMIN,
    "people_pages.add": ADMIN,
    "people_pages.invite": ADMIN,
    "people_pages.change_role": ADMIN,
    "people_pages.disable": ADMIN,
    "people_pages.enable": ADMIN,
    "people_pages.end_sessions": ADMIN,
    "audit_pages.show": LEAD,
    "audit_pages.export": LEAD,
    # The overview, disputes, export
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
    """Refuse to start when a route stands without a row, a row without a route, or a row without a role it needs."""
    routes = set(app.view_functions)
    if routes != PERMISSIONS.keys():
        raise RuntimeError(f"security/permissions.py does not match the routes: {sorted(routes ^ PERMISSIONS.keys())}")
    for endpoint, permission in PERMISSIONS.items():
        wants_person = permission.access in (Access.PAGE, Access.TOKEN_OR_PAGE)
        if wants_person != (permission.least is not None):
            raise RuntimeError(f"security/permissions.py gives {endpoint} a role that does not go with its access.")
