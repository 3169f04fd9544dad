"""The page at ``/replies``: the team's replies with sources, to write, change and retire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from classifier.taxonomy import flag_kinds
from server.errors import ApiError
from server.moderation.actor import actor
from server.moderation.macros import Draft, Saved, add_macro, all_macros, change_macro, retire_macro
from server.moderation.replies import SITUATIONS
from server.parts import parts
from server.web.queue_choice import LARGEST_NUMBER
from server.web.reply_form import ReplyForm, read_draft

blueprint = Blueprint("replies", __name__)


@dataclass(frozen=True, slots=True)
class _Refused:
    """The form that stays open with what was typed. ``number`` is None for a new reply.

    ``seen`` stays what it was: a change by somebody else must not slip through because the form came back once.
    """

    number: int | None
    form: ReplyForm
    problems: tuple[str, ...]
    seen: str


@blueprint.get("/replies")
def show() -> str:
    """All replies by name."""
    return _page(None)


def _page(refused: _Refused | None) -> str:
    words = {
        "macros": all_macros(parts().store.engine),
        "refused": refused,
        "empty": ReplyForm(),
        "form_of": ReplyForm.of,
        "flag_choices": [(kind.id, kind.title) for kind in flag_kinds()],
        "topic_choices": [
            ("Situations", [(name, told) for name, (told, _) in SITUATIONS.items()]),
            ("Cards", sorted(((card.id, card.title) for card in parts().cards.values()), key=lambda row: row[1])),
        ],
        "done": request.args.get("done"),
    }
    return render_template("queue/replies.html", **words)


def _refused(number: int | None, form: ReplyForm, problems: tuple[str, ...]) -> str:
    return _page(_Refused(number, form, problems, request.form.get("seen", "")))


@blueprint.post("/replies")
def add() -> Response | tuple[str, int]:
    """Keep a new reply."""
    form = ReplyForm.sent(request.form)
    draft, problems = read_draft(form, topics=_topics())
    if draft is None:
        return _refused(None, form, problems), 422
    return _told(add_macro(parts().store.engine, draft, who=actor()), None, form, "added")


@blueprint.post("/replies/<int:number>")
def change(number: int) -> Response | tuple[str, int]:
    """Change a reply, unless somebody else did meanwhile."""
    form = ReplyForm.sent(request.form)
    draft, problems = read_draft(form, topics=_topics())
    if draft is None:
        return _refused(number, form, problems), 422
    return _told(_change(number, draft), number, form, "changed")


def _change(number: int, draft: Draft) -> Saved:
    if number > LARGEST_NUMBER:
        return "stale"
    return change_macro(parts().store.engine, number, draft, who=actor(), seen=_seen())


@blueprint.post("/replies/<int:number>/retire")
def retire(number: int) -> Response:
    """Take a reply out of use."""
    if number > LARGEST_NUMBER or retire_macro(parts().store.engine, number, who=actor(), seen=_seen()) != "saved":
        raise _stale()
    return redirect(url_for("replies.show", done="retired"), 303)


def _told(saved: Saved, number: int | None, form: ReplyForm, done: str) -> Response | tuple[str, int]:
    if saved == "saved":
        return redirect(url_for("replies.show", done=done), 303)
    if saved == "name-taken":
        return _refused(number, form, ("Another reply has this name. Names of retired replies are free again.",)), 409
    raise _stale()


def _topics() -> set[str]:
    return {*SITUATIONS, *parts().cards}


def _seen() -> datetime:
    """Which state of the reply the form was made from."""
    bad = ApiError(422, "bad-request", "The form does not say what was shown.", hint="Load the page again.")
    try:
        seen = datetime.fromisoformat(request.form.get("seen", ""))
        if seen.tzinfo is None:
            raise bad
        return seen.astimezone(UTC)
    except (ValueError, OverflowError):
        raise bad from None


def _stale() -> ApiError:
    return ApiError(
        409,
        "stale-view",
        "This reply was changed or retired after you opened the page, so nothing was saved.",
        hint="Go back, copy what you wrote, load the page again and change it there.",
    )
