"""Feedback to send, and the ways to send it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from server.parts import Parts
from server.store import Feedback
from tests.server.conftest import Client, Headers

Send = Callable[..., Any]
BODY: dict[str, Any] = {
    "id": "5a0c1d8e-3f52-4b7a-9c61-2e8f4d7b9a10",
    "verdict": "wrong",
    "flag": "miracle",
    "text": "My aunt says nobody should call beetroot a miracle.",
    "fingerprint": "f3a9c2d17be04586",
    "url": "https://allotment.example/beetroot",
    "confidence": 0.94,
    "setting": "balanced",
    "model": "test-1",
    "note": "She means the opposite.",
}


def uuid(number: int) -> str:
    """A UUID that tests can tell."""
    return str(UUID(int=number))


def feedback(number: int, **changed: Any) -> Feedback:
    """A piece of feedback with an id of its own."""
    return Feedback(**{**BODY, "id": uuid(number), **changed})


def headers_of(parts: Parts, name: str) -> Headers:
    """The headers of a client with a token of its own."""
    return {"Authorization": f"Bearer {parts.store.clients.issue(name).token}"}


@pytest.fixture
def send(client: Client, bearer: Headers) -> Send:
    """Send feedback that differs from BODY as told."""

    def call(headers: Headers = bearer, **changed: Any) -> Any:
        return client.post("/v1/feedback", json={**BODY, **changed}, headers=headers)

    return call
