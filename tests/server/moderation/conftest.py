"""Posts to send, and the ways to send them. Everything here runs once on each database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask
from playwright.sync_api import Browser, Playwright

from server.app import create_app
from server.commands.serving import listen
from server.moderation.deciding import Decider
from server.moderation.incoming import IncomingPost
from server.parts import Parts
from server.settings import Settings
from server.store import open_store
from tests.conftest import need_program
from tests.server.conftest import Client, Headers
from tests.server.fakes import FakeDetector
from tests.server.moderation.pressing import HTML, Press, fields

Send = Callable[..., Any]
# Modules whose tests go through pages and commands: on PostgreSQL they run in ``make soak``, all others at once.
THROUGH_PAGES = ("pages", "page", "beside", "commands", "permissions", "sign_in", "replies", "api", "accounts", "audit")
POST: dict[str, Any] = {
    "source": "sleep-forum",
    "post_id": "p1",
    "version": 1,
    "text": "Slept badly. This powder is a miracle for sleep.",
    "thread_id": "t7",
    "thread_title": "Nights",
    "board": "Sleep",
    "author": "oldrunner",
    "posted_at": "2026-11-20T08:14:00+01:00",
    "views": 41,
    "replies": 2,
}
WHEN = datetime(2026, 11, 20, 7, 14, tzinfo=UTC)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to long runs what would only show the same page by another database."""
    for item in items:
        is_here = item.path.parent == Path(__file__).parent and item.path.stem.endswith(THROUGH_PAGES)
        if is_here and "[postgresql" in item.nodeid:
            item.add_marker(pytest.mark.soak)


def post(post_id: str = "p1", **changed: Any) -> IncomingPost:
    """A post that differs from POST as told."""
    return IncomingPost(**{**POST, "posted_at": WHEN, "post_id": post_id, **changed})


@pytest.fixture
def settings(both_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that commands find too."""
    if both_settings.database_url:
        monkeypatch.setenv("PINCH_DATABASE_URL", both_settings.database_url)
    return both_settings


@pytest.fixture
def engine(settings: Settings) -> sa.Engine:
    """An empty database."""
    return open_store(settings).engine


@pytest.fixture
def app(settings: Settings) -> Flask:
    return create_app(settings, detector=FakeDetector())


@pytest.fixture
def send(client: Client, bearer: Headers) -> Send:
    """Send one post that differs from POST as told."""

    def call(**changed: Any) -> Any:
        return client.post("/v1/posts", json={**POST, **changed}, headers=bearer)

    return call


@pytest.fixture
def send_all(client: Client, bearer: Headers) -> Callable[[list[Any]], Any]:
    """Send several values as posts; what became of each."""

    def call(posts: list[Any]) -> Any:
        return client.post("/v1/posts", json={"posts": posts}, headers=bearer)

    return call


@pytest.fixture
def look(client: Client, bearer: Headers) -> Callable[..., Any]:
    """Look a post up."""

    def call(post_id: str = "p1") -> Any:
        return client.get(f"/v1/posts/sleep-forum/{post_id}", headers=bearer)

    return call


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's own browser."""
    browser = playwright.chromium.launch(executable_path=need_program("chromium", "chromium-browser", "google-chrome"))
    yield browser
    browser.close()


@pytest.fixture
def site(tmp_path: Path) -> tuple[str, Parts]:
    """A real server with an empty queue."""
    settings = Settings(data_dir=tmp_path, port=0)
    app = create_app(settings, detector=FakeDetector())
    server = listen(app, settings, 4)
    threading.Thread(target=server.run, daemon=True).start()
    return f"http://127.0.0.1:{server.effective_port}", app.extensions["pinch"]


@pytest.fixture
def bob(engine: sa.Engine) -> Decider:
    return Decider(engine, "bob", is_lead=False)


@pytest.fixture
def press(signed_in: Client) -> Press:
    """Press a button of a page, with whatever else is filled in."""

    def call(found: BeautifulSoup, words: str, place: int = 0, **filled: Any) -> Any:
        buttons = [
            button
            for button in found.select("button[type=submit]:not([name=nothing])")
            if words in button.get_text(" ", strip=True)
        ]
        button = buttons[place]
        form = button.find_parent("form")
        assert form is not None
        data = {**fields(form), **filled}
        if button.has_attr("name"):
            data[str(button["name"])] = button["value"]
        return signed_in.post(str(button.get("formaction") or form["action"]), data=data, headers=HTML)

    return call
