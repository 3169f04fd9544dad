"""The places in the header: each is shown to those whom the table of permissions lets in, and to no others."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g, request, url_for

from server.moderation.roles import is_at_least
from server.security.permissions import PERMISSIONS, Access
from server.security.visitor import Visitor

# Endpoint and name, in the order of the header. A new page takes a line here.
PLACES = (
    ("pages.home", "Check a text"),
    ("queue_pages.show", "Queue"),
    ("reference.flags", "Flags"),
    ("reference.topics", "Topics"),
    ("phrases.show", "Own words"),
    ("overview_pages.show", "Overview"),
    ("dispute_answers.show_all", "Disputes"),
    ("people_pages.show", "People"),
    ("audit_pages.show", "Audit"),
    ("openapi.page", "API"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A link in the header."""

    path: str
    name: str
    is_here: bool


def add_navigation(app: Flask) -> None:
    """Make the header's links, and the question whether somebody may go somewhere, known to the templates."""
    app.add_template_global(navigation)
    app.add_template_global(may)


def navigation() -> list[Place]:
    """The places that are open to whoever asks."""
    places = [(url_for(endpoint), name) for endpoint, name in PLACES if may(endpoint)]
    return [Place(path, name, path == request.path) for path, name in places]


def may(endpoint: str) -> bool:
    """Whether whoever sits at this browser may call a route."""
    permission = PERMISSIONS[endpoint]
    visitor: Visitor | None = g.get("visitor")
    if permission.least is None:
        return permission.access in (Access.OPEN, Access.OPEN_PAGE)
    return visitor is not None and is_at_least(visitor.role, permission.least)
