"""The public pages of disputes: the form, the state of one by its reference, and the log of outcomes."""

from __future__ import annotations

from uuid import uuid4

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug import Response as Redirect

from classifier.taxonomy import flag_kind, flag_kinds
from server.errors import ApiError
from server.failures import error_answer, wants_page
from server.moderation.disputes import (
    BY,
    GROUNDS,
    OUTCOMES,
    PAGE_SIZE,
    answered_disputes,
    count_disputes,
    file_dispute,
    find_by_reference,
    no_such_dispute,
)
from server.parts import parts
from server.store.times import now
from server.web.dispute_form import FIELDS, check_form

blueprint = Blueprint("dispute_pages", __name__)


@blueprint.before_request
def _want_open() -> None:
    if not parts().settings.takes_disputes:
        raise ApiError(
            404, "disputes-off", "This server takes no disputes.", hint="Its owner opens them with PINCH_DISPUTES=true."
        )


@blueprint.get("/disputes/new")
def ask() -> str:
    """The form. A link may fill in which post or flag is meant."""
    return _form({name: request.args.get(name, "")[:2000] for name in FIELDS}, {})


@blueprint.post("/disputes/new")
def file() -> Redirect | tuple[str, int]:
    """Keep what was filed, and show its reference."""
    checked = check_form(request.form)
    if checked.dispute is None:
        return _form(request.form.to_dict(), checked.amiss), 422
    reference = file_dispute(parts().store.engine, checked.dispute, at=now())
    return redirect(url_for("dispute_pages.state", reference=reference, filed=1), 303)


@blueprint.get("/disputes/state")
def state() -> str | tuple[str, int]:
    """How one stands, for whoever has its reference. It shows the answer, not what was filed."""
    asked = request.args.get("reference", "").strip()[:100]
    with parts().store.engine.connect() as connection:
        found = find_by_reference(connection, asked) if asked else None
    if asked and found is None and not wants_page():
        raise no_such_dispute()
    page = render_template(
        "disputes/state.html",
        asked=asked,
        found=found,
        reference=written(found.reference) if found else "",
        is_filed="filed" in request.args,
        outcomes=OUTCOMES,
        grounds=GROUNDS,
    )
    return (page, 404) if asked and found is None else page


@blueprint.get("/disputes/log")
def log() -> str:
    """Every outcome: counts, and a line each."""
    before = request.args.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    with parts().store.engine.connect() as connection:
        lines, counts = answered_disputes(connection, before=number), count_disputes(connection)
    return render_template(
        "disputes/log.html",
        lines=lines,
        counts=counts,
        older=lines[-1].id if len(lines) == PAGE_SIZE else None,
        is_first=number is None,
        outcomes=OUTCOMES,
        grounds=GROUNDS,
        flag_kind=flag_kind,
    )


@blueprint.errorhandler(ApiError)
@blueprint.errorhandler(CSRFError)
def _keep_what_was_typed(error: ApiError | CSRFError) -> Response | tuple[str, int]:
    """Too many at once, or an old form: the form again with its words, so that nobody types them twice."""
    told = (error.status, error.code, error.message, error.hint) if isinstance(error, ApiError) else _OUT_OF_DATE
    if request.endpoint != "dispute_pages.file" or told[0] == 404 or not wants_page():
        return error_answer(*told)
    return _form(request.form.to_dict(), {"form": f"{told[2]} {told[3]}"}), told[0]


_OUT_OF_DATE = (403, "no-csrf-token", "The form was out of date, so nothing was filed.", "Send it again.")


def written(reference: str) -> str:
    """A reference in groups of four, to be copied by hand."""
    return "-".join(reference[place : place + 4] for place in range(0, len(reference), 4))


def _form(typed: dict[str, str], amiss: dict[str, str]) -> str:
    return render_template(
        "disputes/new.html",
        typed=typed,
        amiss=amiss,
        request_id=typed.get("request_id") or str(uuid4()),
        by=BY,
        flags=[(kind.id, kind.title) for kind in flag_kinds()],
    )
