"""Schemathesis reads /openapi.json and tries what it says: good requests, bad ones, and wrong ways to call."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from server.api.operations import OPERATIONS
from server.app import create_app
from server.settings import Settings
from tests.server.fakes import FakeDetector

EXAMPLES = 40
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The app under test."""
    return create_app(Settings(data_dir=tmp_path_factory.mktemp("contract")), detector=FakeDetector())


@pytest.fixture(scope="module")
def api(app: Flask) -> Any:
    """Its description, as schemathesis reads it."""
    loaded = schemathesis.openapi.from_wsgi("/openapi.json", app)
    # Codes, doubled ids and links outside a text are refused by rules that JSON Schema cannot say; so are ids that
    # other feedback has.
    loaded.config.checks.positive_data_acceptance.expected_statuses = ["2xx", "403", "404", "409", "422", "429"]
    return loaded


def _try(api: Any, app: Flask, method: str, path: str, mode: GenerationMode) -> None:
    @BOUNDED
    @given(case=api[path][method.upper()].as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        # One call gives its token back, so each gets a fresh one.
        token = app.extensions["pinch"].store.clients.issue("contract").token
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

    check()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: f"{operation.method} {operation.path}")
def test_good_requests_are_answered_as_described(api: Any, app: Flask, operation: Any) -> None:
    _try(api, app, operation.method, operation.path, GenerationMode.POSITIVE)


@pytest.mark.parametrize(
    "operation",
    [operation for operation in OPERATIONS if operation.asked or operation.query],
    ids=lambda operation: f"{operation.method} {operation.path}",
)
def test_bad_requests_are_refused_as_described(api: Any, app: Flask, operation: Any) -> None:
    _try(api, app, operation.method, operation.path, GenerationMode.NEGATIVE)
