"""Every address of the API with what goes in and comes out: the table that /openapi.json and /docs are made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import BaseModel

from server.api import answers, feedback_shapes, post_shapes, webhook_shapes
from server.api.asked import AskedAnalysis, AskedPairing
from server.security.permissions import Access

ERRORS = {
    400: "The body cannot be read: empty, not JSON, not UTF-8.",
    401: "No token was sent, or it is unknown or revoked.",
    403: "The request comes from a web page.",
    404: "There is no such thing.",
    409: "Something else has this id already.",
    410: "It was deleted.",
    413: "The body is over the limit in bytes, or holds too many blocks or posts.",
    415: "The body is not sent as application/json.",
    421: "The Host header names neither this machine nor one of its public names.",
    422: "The body is JSON, but not of the shape told here.",
    429: "Too many wrong codes were tried, or feedback came too fast; wait as long as Retry-After says.",
    503: "The database does not answer.",
}
BODY = (400, 413, 415, 422)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method at one address. ``endpoint`` ties it to its view, and so to its row in the permissions table.

    ``query`` is what may stand behind the question mark. ``also`` are further good statuses with the same answer.
    """

    endpoint: str
    method: str
    path: str
    summary: str
    description: str
    status: int = 200
    also: tuple[int, ...] = ()
    query: type[BaseModel] | None = None
    asked: type[BaseModel] | None = None
    answered: type[BaseModel] | None = None
    content: str = "application/json"
    errors: tuple[int, ...] = ()
    example: object = field(default=None)


ANALYZE_EXAMPLE = {
    "text": "Turmeric is a miracle cure. It may ease some joint pain.",
    "url": "https://example.org/turmeric",
    "options": {"setting": "balanced"},
}

FEEDBACK_EXAMPLE = {
    "id": "5a0c1d8e-3f52-4b7a-9c61-2e8f4d7b9a10",
    "verdict": "wrong",
    "flag": "miracle",
    "text": "Nobody should call turmeric a miracle.",
    "url": "https://example.org/turmeric",
    "note": "It says the opposite.",
}
POST_EXAMPLE = {
    "source": "sleep-forum",
    "post_id": "8123",
    "version": 1,
    "text": "Magnesium cured my insomnia in two nights.",
    "thread_id": "77",
    "thread_title": "Magnesium, two weeks in",
    "author": "oldrunner",
    "posted_at": "2026-11-27T08:14:00Z",
    "views": 41,
}
PATH_EXAMPLES = {
    "topic": "ketamine",
    "feedback_id": FEEDBACK_EXAMPLE["id"],
    "source": POST_EXAMPLE["source"],
    "post_id": POST_EXAMPLE["post_id"],
}

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "analyze.analyze",
        "post",
        "/v1/analyze",
        "Read a page or a post",
        "Takes exactly one of `blocks`, `html` and `text`. Nothing that is sent is kept. A signed-in page of this "
        "server may call it too, with its cookie and an `X-CSRFToken` header.",
        asked=AskedAnalysis,
        answered=answers.Analysis,
        errors=BODY,
        example=ANALYZE_EXAMPLE,
    ),
    Operation(
        "flags.all",
        "get",
        "/v1/flags",
        "The eleven flags, and the forums of this server",
        "The flags in their fixed order. `forums` is empty unless the server's owner named some.",
        answered=answers.FlagKinds,
    ),
    Operation("context.all", "get", "/v1/context", "The topics of the context cards", "", answered=answers.Topics),
    Operation(
        "context.one", "get", "/v1/context/{topic}", "One context card", "", answered=answers.Card, errors=(404,)
    ),
    Operation(
        "pairing.pair",
        "post",
        "/v1/pair",
        "Swap a one-time code for a token",
        "Codes are good once, for ten minutes. After five wrong ones everybody waits.",
        status=201,
        asked=AskedPairing,
        answered=answers.Paired,
        errors=(*BODY, 429),
        example={"code": "ABCD-EFGH", "name": "Firefox on Linux"},
    ),
    Operation("pairing.revoke_own", "delete", "/v1/token", "Give the token back", "It ends at once.", status=204),
    Operation(
        "feedback.send",
        "post",
        "/v1/feedback",
        "Say that a flag is wrong, right or missing",
        "Kept with the day and the token's name until it is deleted. Sending the very same again changes nothing and "
        "answers 200; something else under the same `id` is refused.",
        status=201,
        also=(200,),
        asked=feedback_shapes.AskedFeedback,
        answered=feedback_shapes.FeedbackTaken,
        errors=(*BODY, 409, 429),
        example=FEEDBACK_EXAMPLE,
    ),
    Operation(
        "feedback.all",
        "get",
        "/v1/feedback",
        "List feedback",
        "The newest first. A token sees what it sent itself; a signed-in page of this server sees all.",
        query=feedback_shapes.AskedFeedbackChoice,
        answered=feedback_shapes.FeedbackList,
        errors=(422,),
    ),
    Operation(
        "feedback.delete",
        "delete",
        "/v1/feedback/{feedback_id}",
        "Delete feedback",
        "It is erased, not hidden. A token deletes only what it sent itself.",
        status=204,
        errors=(404,),
    ),
    Operation(
        "posts.send",
        "post",
        "/v1/posts",
        "Send posts to the moderators' queue",
        'One post, or `{"posts": [...]}` with up to 500. The same text again changes nothing; an edit is sent under a '
        "higher `version`. In a batch each post is taken or refused for itself, and the answer is `200`.",
        status=201,
        also=(200,),
        asked=post_shapes.AskedPosts,
        answered=post_shapes.PostsAnswer,
        errors=(*BODY, 409),
        example=POST_EXAMPLE,
    ),
    Operation(
        "posts.one",
        "get",
        "/v1/posts/{source}/{post_id}",
        "One post",
        "As it is kept, with its flags, its place and what put it there.",
        answered=post_shapes.KeptPost,
        errors=(404, 410),
    ),
    Operation(
        "posts.delete",
        "delete",
        "/v1/posts/{source}/{post_id}",
        "Delete a post",
        "Its words are erased in every version. Sending it again does not bring it back.",
        status=204,
        errors=(404,),
    ),
    Operation(
        "webhooks.receive",
        "post",
        "/v1/webhooks/{source}",
        "A connected forum tells of a post",
        "Signed, without a token: `X-Pinch-Signature` is `sha256=` and the HMAC-SHA256, in hexadecimal, of "
        "`X-Pinch-Timestamp` (seconds since 1970), a full stop and the body. The address of a Discourse takes "
        "Discourse's own webhooks instead. A replay changes nothing.",
        asked=webhook_shapes.AskedDelivery,
        answered=webhook_shapes.DeliveryTaken,
        errors=(*BODY, 404, 409, 429),
        example={"event": "post.created", "post": POST_EXAMPLE},
    ),
    Operation("health.live", "get", "/healthz", "Does it live?", "Touches nothing.", answered=answers.Alive),
    Operation(
        "health.ready", "get", "/readyz", "Can it work?", "Model and database.", answered=answers.Ready, errors=(503,)
    ),
    Operation(
        "metrics.show",
        "get",
        "/metrics",
        "Counters for Prometheus",
        "Numbers of requests, never what was read.",
        content="text/plain",
    ),
    Operation("openapi.document", "get", "/openapi.json", "This document", "OpenAPI 3.1."),
)


def errors_of(operation: Operation, access: Access) -> tuple[int, ...]:
    """The statuses of the errors that an operation may answer."""
    always = {403, 421}
    if access is not Access.OPEN:
        always |= {401, 503}
    if operation.asked:
        always |= {503}
    return tuple(sorted(always | set(operation.errors)))
