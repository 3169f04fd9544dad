"""Pictures of the moderators' pages with the demo forum: ``python -m tests.browser.moderation_pictures [FOLDER]``.

Without a folder those of the docs are taken, with the trained model.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Browser, sync_playwright

from classifier import load
from classifier.priority_weights import load_weights
from server.app import create_app
from server.commands.serving import listen
from server.context import load_cards
from server.moderation.demo.seed import seed
from server.moderation.demo.threads import read_threads
from server.moderation.scoring import Scorer
from server.moderation.tables import POSTS
from server.parts import Parts
from server.settings import Settings
from tests.conftest import need_program

DOCS = Path(__file__).parents[2] / "docs" / "images"
WIDE, NARROW = (1180, 860), (360, 740)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture. ``zoom`` is a window of a half at twice the density."""

    name: str
    path: str
    size: tuple[int, int] = WIDE
    scheme: str = "light"
    zoom: int = 1


def shots(number: int) -> Iterator[Shot]:
    """All of the docs: ``number`` is the post that is opened."""
    yield Shot("queue", "/queue")
    yield Shot("queue-dark", "/queue", scheme="dark")
    yield Shot("queue-narrow", "/queue", NARROW)
    yield Shot("queue-zoom", "/queue", (590, 430), zoom=2)
    yield Shot("post", f"/queue/{number}", (1180, 1300))
    yield Shot("post-dark", f"/queue/{number}", (1180, 1300), "dark")
    yield Shot("post-narrow", f"/queue/{number}", (360, 1600))
    yield Shot("overview", "/overview", (1180, 1500))
    yield Shot("overview-dark", "/overview", (1180, 1500), "dark")
    yield Shot("replies", "/replies")


def main() -> None:
    """Take them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS
    folder.mkdir(parents=True, exist_ok=True)
    program = need_program("chromium", "chromium-browser", "google-chrome")
    with running() as (address, parts), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        for shot in shots(first_with_a_flag(parts.store.engine)):
            take(browser, address, parts, shot, folder)
        browser.close()


@contextmanager
def running() -> Iterator[tuple[str, Parts]]:
    """A server with the demo forum in it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        settings = Settings(data_dir=Path(name), port=0)
        app = create_app(settings)
        parts: Parts = app.extensions["pinch"]
        scorer = Scorer(load(), load_cards(), load_weights())
        for _ in seed(parts.store.engine, scorer, read_threads(), moment=datetime.now(UTC)):
            pass
        server = listen(app, settings, 4)
        threading.Thread(target=server.run, daemon=True).start()
        yield f"http://127.0.0.1:{server.effective_port}", parts


def first_with_a_flag(engine: sa.Engine) -> int:
    """The first open post of the queue that carries a flag and no cry for help."""
    wanted = sa.select(POSTS.c.number).where(POSTS.c.state == "open", POSTS.c.needs_person.is_(False))
    wanted = wanted.where(POSTS.c.top_start.is_not(None)).order_by(POSTS.c.rank.desc()).limit(1)
    with engine.connect() as connection:
        number: int = connection.execute(wanted).scalar_one()
    return number


def take(browser: Browser, address: str, parts: Parts, shot: Shot, folder: Path) -> None:
    """One picture, by a browser of its own."""
    options: dict[str, Any] = {
        "viewport": {"width": shot.size[0], "height": shot.size[1]},
        "color_scheme": shot.scheme,
        "device_scale_factor": shot.zoom,
    }
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(f"{address}/?code={parts.store.codes.make()}")
    page.goto(f"{address}{shot.path}")
    page.screenshot(path=folder / f"{shot.name}.png")
    context.close()


if __name__ == "__main__":
    main()
