"""``/v1/posts``: a forum sends its posts in, looks one up, and takes back what was deleted there."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, jsonify

from classifier.errors import PinchError
from classifier.own_phrases import OwnPhrases
from classifier.priority_weights import load_weights
from server.api.body import read_json, validate
from server.api.post_shapes import AskedPostBatch
from server.errors import ApiError
from server.moderation.actor import actor
from server.moderation.incoming import IncomingPost, named, read_post
from server.moderation.intake import MOST_AT_ONCE, Intake, Taken
from server.moderation.posts import Posts
from server.moderation.scoring import Scorer
from server.moderation.wording import post_json
from server.parts import Parts, parts
from server.store.times import now

blueprint = Blueprint("posts", __name__)


@blueprint.post("/v1/posts")
def send() -> tuple[Response, int]:
    """Take one post, or several."""
    body = read_json()
    intake = intake_of(parts())
    if "posts" in body:
        return jsonify(results=[taken_json(taken) for taken in take_all(_batch(body), intake)]), 200
    taken = intake.take([read_post(body)])[0]
    if taken.error:
        status = taken.error.status if isinstance(taken.error, ApiError) else 422
        raise ApiError(status, taken.error.code, taken.error.message, hint=taken.error.hint)
    return jsonify(taken_json(taken)), 201 if taken.result == "new" else 200


@blueprint.get("/v1/posts/<source>/<path:post_id>")
def one(source: str, post_id: str) -> Response:
    """The post as it is kept."""
    posts = Posts(parts().store.engine)
    row = posts.find(source, post_id)
    if row is None:
        raise _no_such_post()
    if row.state == "deleted":
        raise ApiError(410, "deleted-post", "This post was deleted, and its words were erased.")
    return jsonify(post_json(row, posts.versions(row.number)))


@blueprint.delete("/v1/posts/<source>/<path:post_id>")
def delete(source: str, post_id: str) -> tuple[str, int]:
    """Erase its words in every version. Once more changes nothing."""
    if Posts(parts().store.engine).erase(source, post_id, who=actor(), at=now()) is None:
        raise _no_such_post()
    return "", 204


def intake_of(mine: Parts, phrases: OwnPhrases | None = None) -> Intake:
    """The intake of this server, with the team's list of the moment or the one that is given."""
    return Intake(mine.store.engine, reader_of(mine, phrases))


def reader_of(mine: Parts, phrases: OwnPhrases | None = None) -> Scorer:
    """What reads posts for it."""
    weights = load_weights(mine.settings.priority_file)
    return Scorer(mine.detector, mine.cards, weights, phrases or mine.phrases.current)


def take_all(values: Sequence[object], intake: Intake) -> list[Taken]:
    """Take what are posts and refuse what are not, each in its place."""
    read = [_read(value) for value in values]
    taken = iter(intake.take([post for post in read if isinstance(post, IncomingPost)]))
    return [
        next(taken) if isinstance(post, IncomingPost) else Taken(*named(value), "refused", post)
        for value, post in zip(values, read, strict=True)
    ]


def taken_json(taken: Taken) -> dict[str, object]:
    """What became of a post, on the wire."""
    return {
        "source": taken.source,
        "post_id": taken.post_id,
        "version": taken.version,
        "result": taken.result,
        "error": _problem(taken.error) if taken.error else None,
    }


def _batch(body: dict[str, object]) -> list[object]:
    posts = body["posts"]
    if isinstance(posts, list) and len(posts) > MOST_AT_ONCE:
        message = f"There are {len(posts)} posts; at most {MOST_AT_ONCE} are taken at once."
        raise ApiError(413, "too-many-posts", message, hint="Send them in several requests.")
    return validate(AskedPostBatch, body).posts


def _read(value: object) -> IncomingPost | ApiError:
    try:
        return read_post(value)
    except ApiError as error:
        return error


def _problem(error: PinchError) -> dict[str, str]:
    return {"code": error.code, "message": error.message, "hint": error.hint}


def _no_such_post() -> ApiError:
    return ApiError(404, "unknown-post", "There is no post of this source and id.", hint="See what was sent in.")
