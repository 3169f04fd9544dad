"""The page at ``/audit``: who did what, for leads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, render_template, request, stream_with_context

from server.errors import ApiError
from server.moderation.actor import note
from server.moderation.audit import AuditChoice, AuditLog
from server.moderation.audit_export import AUDIT_FORMATS
from server.parts import parts
from server.web.forms import typed

blueprint = Blueprint("audit_pages", __name__)
PAGE_SIZE = 50
_NUMBER = re.compile(r"[0-9]{1,9}")


@blueprint.get("/audit")
def show() -> str:
    """The newest first, a page at a time."""
    log, choice = _log(), chosen(request.args)
    found = log.page(choice, limit=PAGE_SIZE + 1)
    older = found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None
    words = {"shown": found[:PAGE_SIZE], "older": older, "choice": choice, "formats": AUDIT_FORMATS}
    return render_template("people/audit.html", actors=log.actors(), actions=log.actions(), **words)


@blueprint.get("/audit/export/<form>")
def export(form: str) -> Response:
    """All that is chosen as a file."""
    if form not in AUDIT_FORMATS:
        raise ApiError(404, "unknown-format", "There is no such format.", hint=f"Known: {' '.join(AUDIT_FORMATS)}.")
    wanted = AUDIT_FORMATS[form]
    note("export-audit", "audit", {"format": form})
    lines = wanted.lines(_log().all(replace(chosen(request.args), before=None)))
    response = Response(stream_with_context(lines), content_type=wanted.content_type)
    response.headers["Content-Disposition"] = f"attachment; filename={wanted.file_name}"
    return response


def chosen(arguments: Mapping[str, str]) -> AuditChoice:
    """What the form or the address chooses; an empty field chooses nothing. Raises :class:`ApiError`."""
    given = {name: typed(arguments.get(name, "")) for name in ("actor", "action", "subject")}
    before = arguments.get("before", "")
    if before and not _NUMBER.fullmatch(before):
        raise ApiError(422, "bad-request", "'before' is no number of an entry.", hint="Follow the links of the page.")
    actor, action, subject = (value or None for value in given.values())
    return AuditChoice(actor, action, subject, int(before) if before else None)


def _log() -> AuditLog:
    return AuditLog(parts().store.engine)
