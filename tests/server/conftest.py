"""Fixtures of the server's tests: an app with a detector that needs no bundle, and the ways to call it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask

from server.app import create_app
from server.parts import Parts
from server.settings import Settings
from server.store import open_store
from server.store.database import prepare_folder
from tests.server.fakes import FakeDetector
from tests.server.postgres import Postgres, running_postgres

Headers = dict[str, str]
# Werkzeug types the JSON of an answer as optional; a test knows what it asked for.
Client = Any


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the person who runs the tests, and no data of theirs, may reach a test."""
    for name in (
        "HOST",
        "PORT",
        "MODEL_DIR",
        "PUBLIC_HOSTS",
        "DATABASE_URL",
        "MAX_BODY",
        "MAX_BLOCKS",
        "FEEDBACK_DAYS",
        "CLAIM_MINUTES",
        "CONNECTIONS",
        "FORUMS",
        "PRIORITY_FILE",
        "PHRASES",
        "DISPUTES",
        "SECURE_COOKIE",
        "TRUSTED_PROXIES",
    ):
        monkeypatch.delenv(f"PINCH_{name}", raising=False)
    monkeypatch.setenv("PINCH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PINCH_MODELS", str(tmp_path / "models"))


@pytest.fixture(scope="session")
def ready_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that is up to date and holds nothing, to be copied: to make one takes longer than most tests."""
    folder = tmp_path_factory.mktemp("ready")
    open_store(Settings(data_dir=folder)).engine.dispose()
    return folder / "pinch.sqlite3"


@pytest.fixture
def settings(tmp_path: Path, ready_sqlite: Path) -> Settings:
    """Settings with a data folder of their own."""
    return _with_copy(tmp_path / "data", ready_sqlite)


def _with_copy(folder: Path, database: Path) -> Settings:
    prepare_folder(folder)
    shutil.copy(database, folder)
    return Settings(data_dir=folder)


@pytest.fixture
def app(settings: Settings) -> Flask:
    """A fresh app."""
    return create_app(settings, detector=FakeDetector())


@pytest.fixture
def parts(app: Flask) -> Parts:
    """The app's collaborators."""
    return cast(Parts, app.extensions["pinch"])


@pytest.fixture
def client(app: Flask) -> Client:
    """A caller without a cookie or token."""
    return app.test_client()


@pytest.fixture
def bearer(parts: Parts) -> Headers:
    """The headers of a caller with a token."""
    return {"Authorization": f"Bearer {parts.store.clients.issue('tests').token}"}


@pytest.fixture
def analyze(client: Client, bearer: Headers) -> Callable[..., Any]:
    """Call /v1/analyze with a JSON body."""

    def call(**body: Any) -> Any:
        return client.post("/v1/analyze", json=body, headers=bearer)

    return call


@pytest.fixture
def signed_in(app: Flask, parts: Parts) -> Client:
    """A browser that is signed in."""
    client = app.test_client()
    client.get(f"/?code={parts.store.codes.make()}")
    return client


@pytest.fixture
def csrf(signed_in: Client) -> str:
    """The CSRF token of the signed-in browser's page."""
    page: str = signed_in.get("/").get_data(as_text=True)
    return page.split('name="csrf_token" value="')[1].split('"')[0]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of the tests' own, started at first use."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def ready_postgres(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database that is up to date and holds nothing, to be copied."""
    address = postgres.new_database()
    open_store(Settings(data_dir=tmp_path_factory.mktemp("ready"), database_url=address)).engine.dispose()
    return address.rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def both_settings(request: pytest.FixtureRequest, tmp_path: Path, ready_sqlite: Path) -> Settings:
    """Settings with an empty database, once on each kind. A module takes it by naming it ``settings``."""
    folder = tmp_path / "data"
    if request.param == "sqlite":
        return _with_copy(folder, ready_sqlite)
    server: Postgres = request.getfixturevalue("postgres")
    return Settings(data_dir=folder, database_url=server.new_database(request.getfixturevalue("ready_postgres")))
