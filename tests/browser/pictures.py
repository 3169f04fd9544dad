"""Pictures of the extension at work: ``python -m tests.browser.pictures [FOLDER]``.

Without a folder it takes those of ``docs/images`` with the trained model. With one it
takes every look of card, toast, panel and options page into it, for whoever works on the style, with a detector whose
flags are known.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from extension.build import build
from server.app import create_app
from server.settings import Settings
from tests.browser import fake_server
from tests.browser.chromium import ChromiumDriver, open_chromium
from tests.browser.conftest import SITE, make_site
from tests.browser.shots import NARROW, WHOLE, Scheme, Window, look, options, panel
from tests.conftest import need_program
from tests.server.fakes import FakeDetector

DOCS = Path(__file__).parents[2] / "docs" / "images"
STATE = Window(760, 480)
PARTLY = "2 of 9 paragraphs are not in English."
FEEDBACK = ("This is wrong: Overclaim",)


def main() -> None:
    """Take them."""
    looks = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, sync_playwright() as playwright:
        folder = Path(name)
        build("chrome", folder)
        app = create_app(Settings(data_dir=folder / "data"), detector=FakeDetector() if looks else None)
        server, address = fake_server.run(app)
        site, pages = fake_server.run(make_site())
        token = app.extensions["pinch"].store.clients.issue("Pictures").token
        program = need_program("chromium", "chromium-browser")
        with open_chromium(playwright, program, folder / "chrome", folder / "profile") as chromium:
            chromium.set_storage({"server": address, "token": token})
            page = pages.replace("127.0.0.1", SITE)
            take_all(chromium, page, looks) if looks else take_docs(chromium, page)
        server.shutdown()
        site.shutdown()


def take_docs(chromium: ChromiumDriver, site: str) -> None:
    """The pictures of the docs: one of every state."""
    DOCS.mkdir(parents=True, exist_ok=True)
    shot = DOCS / "marked-page.png"
    look(chromium, site, shot, page="sample", element="claim", words="reverses", window=Window(1100, 900))
    panel(chromium, site, DOCS / "panel.png", page="sample", window=Window(400, 900))
    panel(chromium, site, DOCS / "panel-dark.png", page="sample", scheme="dark", window=Window(400, 900))
    options(chromium, DOCS / "options.png", "light", width=720)
    sample = partial(look, chromium, site, page="sample", window=STATE)
    sample(DOCS / "toast.png", element=None)
    sample(DOCS / "card-dark.png", element="safe", words="perfectly", scheme="dark")
    sample(DOCS / "two-flags.png", element="authority", words="Studies", window=Window(760, 760))
    sample(DOCS / "narrow.png", element="safe", words="perfectly", window=NARROW)
    sample(DOCS / "zoom.png", element="safe", words="perfectly", window=Window(560, 420, zoom=2))
    sample(DOCS / "feedback.png", element="safe", words="perfectly", presses=("This is wrong: False safety",))
    muting = ("Mute…: False safety", "Mute this flag: False safety")
    sample(DOCS / "muted.png", element="safe", words="perfectly", presses=muting)
    chromium.worker_js("chrome.storage.local.set({flagsOff: []})")
    take_refusals(chromium, site)


def take_refusals(chromium: ChromiumDriver, site: str) -> None:
    """Pages with nothing to mark, or that are not checked, and why. They change the pairing, so they come last."""
    plain = partial(look, chromium, site, element=None, window=STATE)
    plain(DOCS / "nothing-found.png", page="calm")
    plain(DOCS / "not-checked.png", page="german")
    with answering(chromium, fake_server.report([], state="partly-checked", state_reason=PARTLY)):
        plain(DOCS / "partly-checked.png", page="calm")
    chromium.worker_js("chrome.storage.local.set({server: 'http://127.0.0.1:9'})")
    plain(DOCS / "no-server.png", page="calm")


@contextmanager
def answering(chromium: ChromiumDriver, body: dict[str, Any]) -> Iterator[None]:
    """Paired, meanwhile, with a server that always answers this."""
    state = fake_server.FakeServer(body=body)
    server, address = fake_server.run(fake_server.make_app(state))
    chromium.set_storage({"server": address, "token": fake_server.TOKEN})
    yield
    server.shutdown()


def take_all(chromium: ChromiumDriver, site: str, folder: Path) -> None:
    """Every look that a person should see before a change of style is done."""
    folder.mkdir(parents=True, exist_ok=True)
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        look(chromium, site, folder / f"card-{scheme}.png", element="lead", words="Big Pharma", scheme=scheme)
        half = Window(500, 400, zoom=2)
        look(
            chromium,
            site,
            folder / f"narrow-{scheme}.png",
            element="lead",
            words="reverses",
            scheme=scheme,
            window=NARROW,
        )
        look(chromium, site, folder / f"zoom-{scheme}.png", element="sell", words="nine", scheme=scheme, window=half)
        look(chromium, site, folder / f"toast-{scheme}.png", element=None, scheme=scheme)
        panel(chromium, site, folder / f"panel-{scheme}.png", scheme=scheme, is_whole=True)
        panel(chromium, site, folder / f"panel-zoom-{scheme}.png", scheme=scheme, window=Window(180, 400, zoom=2))
        options(chromium, folder / f"options-{scheme}.png", scheme)
        options(chromium, folder / f"options-narrow-{scheme}.png", scheme, width=360, is_unfolded=True)
        for name, window in {"": WHOLE, "-narrow": NARROW, "-zoom": half}.items():
            path = folder / f"feedback{name}-{scheme}.png"
            look(chromium, site, path, element="lead", words="reverses", scheme=scheme, window=window, presses=FEEDBACK)
        path = folder / f"menu-{scheme}.png"
        look(chromium, site, path, element="cell", words="safe", scheme=scheme, presses=("Mute…: False safety",))
        path = folder / f"muted-{scheme}.png"
        muting = ("Mute…: False safety", "Mute this flag: False safety")
        look(chromium, site, path, element="cell", words="safe", scheme=scheme, presses=muting)
        strong = {"look": "strong", "watched": [{"phrase": "trials of it", "note": "Which ones? How many people?"}]}
        chromium.worker_js(f"chrome.storage.local.set({json.dumps({**strong, 'flagsOff': []})})")
        look(chromium, site, folder / f"strong-{scheme}.png", element="plain", words="Trials", scheme=scheme)
        chromium.worker_js("chrome.storage.local.remove(['look', 'watched'])")
    look(chromium, site, folder / "long.png", page="sample", element="safe", words="perfectly")
    chromium.worker_js("chrome.storage.local.set({flagsOff: []})")
    look(chromium, site, folder / "forced.png", element="cell", words="safe", forced=True)
    panel(chromium, site, folder / "panel-forced.png", forced=True, is_whole=True)
    panel(chromium, site, folder / "panel-rtl.png", direction="rtl", is_whole=True)


if __name__ == "__main__":
    main()
