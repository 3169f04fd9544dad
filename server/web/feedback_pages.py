"""The page at ``/feedback``: what readers sent back, to look through, export and delete. For the owner alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug import Response as Redirect
from werkzeug.datastructures import MultiDict

from classifier.taxonomy import flag_kind, flag_kinds
from server.api.feedback import no_such_feedback, read_choice
from server.api.feedback_shapes import PAGE_SIZE
from server.errors import ApiError
from server.feedback.export import FORMATS
from server.moderation.actor import note
from server.parts import parts
from server.store import Choice, Verdict

blueprint = Blueprint("feedback_pages", __name__)
VERDICTS: Mapping[Verdict, str] = {
    "wrong": "Wrongly marked",
    "right": "Rightly marked",
    "missing": "Should be marked",
}
_CHOSEN_BY = ("verdict", "flag", "before")


@blueprint.get("/feedback")
def show() -> str:
    """The newest first, a page at a time."""
    mine, choice = parts(), chosen(request.args)
    store, everything = mine.store.feedback, replace(choice, before=None)
    found = store.page(choice, limit=PAGE_SIZE + 1)
    newest = store.page(everything, limit=1)
    words = {
        "shown": found[:PAGE_SIZE],
        "older": found[PAGE_SIZE - 1].number if len(found) > PAGE_SIZE else None,
        "total": store.count(everything),
        "newest": newest[0].number if newest else 0,
        "choice": choice,
        "is_filtered": choice.verdict is not None or choice.flag is not None,
        "verdicts": VERDICTS,
        "flag_choices": [(kind.id, kind.title) for kind in flag_kinds()],
        "flag_kind": flag_kind,
        "formats": FORMATS,
        "days": mine.settings.feedback_days,
        "is_deleted": "deleted" in request.args,
    }
    return render_template("feedback.html", **words)


@blueprint.get("/feedback/export/<form>")
def export(form: str) -> Response:
    """All that is chosen as a file."""
    if form not in FORMATS:
        raise ApiError(404, "unknown-format", "There is no such format.", hint=f"Known: {' '.join(FORMATS)}.")
    wanted = FORMATS[form]
    note("export-feedback", "feedback", {"format": form})
    body = "".join(wanted.lines(parts().store.feedback.all(replace(chosen(request.args), before=None))))
    response = Response(body, content_type=wanted.content_type)
    response.headers["Content-Disposition"] = f"attachment; filename={wanted.file_name}"
    return response


@blueprint.post("/feedback/<feedback_id>/delete")
def delete(feedback_id: str) -> Redirect:
    """Erase one."""
    if not parts().store.feedback.delete(feedback_id):
        raise no_such_feedback("Load the page again.")
    note("delete-feedback", f"feedback {feedback_id}")
    return _back_to_list(chosen(request.form))


@blueprint.post("/feedback/delete")
def delete_all() -> Redirect:
    """Erase all that were chosen when the page was shown, not what came since: nobody has seen that yet."""
    choice = chosen(request.form)
    if choice.before is None:
        raise ApiError(422, "bad-request", "The form does not say what was shown.", hint="Load the page again.")
    note("delete-feedback", "feedback", {"count": parts().store.feedback.delete_all(choice)})
    return _back_to_list(replace(choice, before=None))


def chosen(arguments: MultiDict[str, str]) -> Choice:
    """What a form or an address chooses; an empty field chooses nothing. Raises :class:`ApiError`."""
    given = MultiDict(
        (name, value) for name, value in arguments.items(multi=True) if name in _CHOSEN_BY and value.strip()
    )
    asked = read_choice(given)
    return Choice(verdict=asked.verdict, flag=asked.flag, before=asked.before)


def _back_to_list(choice: Choice) -> Redirect:
    chosen_by = {name: getattr(choice, name) for name in _CHOSEN_BY}
    return redirect(url_for("feedback_pages.show", deleted=1, **chosen_by), 303)
