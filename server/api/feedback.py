"""``/v1/feedback``: a reader's word on a flag is taken, listed and erased.

A token sees and erases what it sent itself. The owner, whose browser is signed in to the pages, sees and erases all.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, g, jsonify, request
from werkzeug.datastructures import MultiDict

from server.api.body import read_json, validate
from server.api.feedback_shapes import AskedFeedback, AskedFeedbackChoice
from server.errors import ApiError
from server.feedback.wording import feedback_json
from server.parts import parts
from server.store import Choice, Feedback

blueprint = Blueprint("feedback", __name__)


@blueprint.post("/v1/feedback")
def send() -> tuple[Response, int]:
    """Keep it. Sending the very same again changes nothing."""
    asked = validate(AskedFeedback, read_json())
    taken = parts().store.feedback.add(Feedback(**asked.model_dump()), client_id=g.client.id)
    if taken == "other":
        message = "id: other feedback was sent under this id."
        raise ApiError(409, "id-taken", message, hint="Make a new UUID for each piece of feedback.")
    return jsonify(id=asked.id.lower()), 201 if taken == "new" else 200


@blueprint.get("/v1/feedback")
def all() -> Response:
    """The newest first, a page at a time."""
    asked = read_choice(request.args)
    choice = Choice(verdict=asked.verdict, flag=asked.flag, client_id=own_only())
    store = parts().store.feedback
    found = store.page(replace(choice, before=asked.before), limit=asked.limit + 1)
    shown = found[: asked.limit]
    return jsonify(
        feedback=[feedback_json(kept) for kept in shown],
        total=store.count(choice),
        next=shown[-1].number if len(found) > asked.limit else None,
    )


@blueprint.delete("/v1/feedback/<feedback_id>")
def delete(feedback_id: str) -> tuple[str, int]:
    """Erase it."""
    if not parts().store.feedback.delete(feedback_id, client_id=own_only()):
        raise no_such_feedback("GET /v1/feedback lists what you may delete.")
    return "", 204


def own_only() -> str | None:
    """The client whose feedback alone the caller may see; None for the owner, who sees all."""
    return None if g.client.kind == "browser" else str(g.client.id)


def read_choice(arguments: MultiDict[str, str]) -> AskedFeedbackChoice:
    """What an address asks for. Raises :class:`ApiError`."""
    given = {name: values[0] if len(values) == 1 else values for name, values in arguments.lists()}
    return validate(AskedFeedbackChoice, given)


def no_such_feedback(hint: str) -> ApiError:
    """The error for an id that names nothing, or nothing that the caller may see."""
    return ApiError(404, "unknown-feedback", "There is no feedback of this id.", hint=hint)
