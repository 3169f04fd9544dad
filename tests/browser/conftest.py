"""Both browsers with the extension, the server it is paired with, and pages to check."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, send_from_directory
from markupsafe import escape
from playwright.sync_api import Playwright

from classifier.errors import ModelError
from classifier.labels import PAGES as LABELLED
from classifier.labels import read_pages
from extension.build import build
from server.app import create_app
from server.settings import Settings
from server.store import Store
from tests.browser import fake_server
from tests.browser.bidi import Firefox
from tests.browser.chromium import ChromiumDriver, ChromiumTab, open_chromium
from tests.browser.drivers import Driver, Tab
from tests.browser.fake_server import FakeServer
from tests.browser.firefox import FirefoxDriver
from tests.conftest import need_program
from tests.server.fakes import FakeDetector

PAGES = Path(__file__).with_name("pages")
# Invented pages of many kinds, which the reading of HTML is tested on too.
MANY_PAGES = Path(__file__).parents[1] / "pages"
FOUNDING = LABELLED / "seeds"
# A name that the extension holds no permission for, so that only the click on its icon lets it in.
SITE = "blog.test"
# Sites with TLS: the browser can be asked to let Pinch in there always.
SECURE_SITES = ("always.test", "other.test", "mychart.clinic.test")
UUID = "11111111-2222-4333-8444-555555555555"


@dataclass(frozen=True)
class LiveServer:
    """The real server, with a detector whose flags are known."""

    address: str
    store: Store

    def pairing(self) -> dict[str, Any]:
        """What the extension stores once it is paired."""
        return {"server": self.address, "token": self.store.clients.issue("Tests").token}


def founding_page(name: str) -> str:
    """A founding text as a web page, made of its labelled page file."""
    (text,) = read_pages(FOUNDING / f"{name}.page")
    parts = [
        f"<{block.kind}>{escape(block.text)}</{block.kind}>" for block in text.document.blocks if block.kind != "td"
    ]
    return f"<!doctype html><html lang=en><meta charset=utf-8><title>{name}</title><article>{''.join(parts)}</article>"


def make_site() -> Flask:
    """The pages to check as a site."""
    app = Flask("site")

    @app.get("/founding/<name>")
    def founding(name: str) -> str:
        return founding_page(name)

    @app.get("/many/<path:name>")
    def many(name: str) -> Response:
        return send_from_directory(MANY_PAGES, name)

    @app.get("/private/<path:name>")
    @app.get("/<path:name>")
    def page(name: str) -> Response:
        # Every other address shows the same letter: what is never read is told by the address alone.
        return send_from_directory(PAGES, name if (PAGES / name).is_file() else "letter.html")

    return app


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Address of the pages to check."""
    server, address = fake_server.run(make_site())
    yield address.replace("127.0.0.1", SITE)
    server.shutdown()


@pytest.fixture(scope="session")
def secure_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the pages with TLS, by a certificate that the browsers are told to take."""
    folder = tmp_path_factory.mktemp("certificate")
    key, certificate = str(folder / "key.pem"), str(folder / "certificate.pem")
    make = [need_program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test"]
    subprocess.run([*make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    server, address = fake_server.run(make_site(), (certificate, key))
    yield address.replace("127.0.0.1", SECURE_SITES[0])
    server.shutdown()


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The real server."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    app = create_app(settings, detector=FakeDetector())
    server, address = fake_server.run(app)
    yield LiveServer(address, app.extensions["pinch"].store)
    server.shutdown()


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The real server with the trained model; skips on a person's machine and fails in CI when there is none."""
    try:
        app = create_app(Settings(data_dir=tmp_path_factory.mktemp("trained")))
    except ModelError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    server, address = fake_server.run(app)
    yield LiveServer(address, app.extensions["pinch"].store)
    server.shutdown()


@pytest.fixture(scope="session")
def _fake() -> Iterator[FakeServer]:
    state = FakeServer()
    server, state.address = fake_server.run(fake_server.make_app(state))
    yield state
    server.shutdown()


@pytest.fixture
def fake(_fake: FakeServer) -> Iterator[FakeServer]:
    """A server that answers what a test wants."""
    _fake.reset()
    yield _fake
    _fake.release.set()


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both unpacked packages."""
    dist = tmp_path_factory.mktemp("dist")
    build("chrome", dist)
    build("firefox", dist)
    return dist


@pytest.fixture(scope="session")
def chromium(
    playwright: Playwright, packages: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ChromiumDriver]:
    """Chromium with the extension."""
    program = need_program("chromium", "chromium-browser")
    profile = tmp_path_factory.mktemp("profile")
    with open_chromium(playwright, program, packages / "chrome", profile) as driver:
        yield driver
        _assert_servers_alone(driver)


@pytest.fixture(scope="session")
def firefox(packages: Path) -> Iterator[FirefoxDriver]:
    """Firefox with the extension."""
    folder = packages / "firefox"
    identity = json.loads((folder / "manifest.json").read_text("utf-8"))["browser_specific_settings"]["gecko"]["id"]
    prefs = {
        "extensions.webextensions.uuids": json.dumps({identity: UUID}),
        # A foreign frame that the network turns away would at times fail the page that it stands in.
        "network.dns.localDomains": ",".join((SITE, f"far.{SITE}", *SECURE_SITES)),
        "network.dns.native_https_query": False,
        # Firefox then grants what an extension asks for in a click, as a reader who says yes.
        "extensions.webextOptionalPermissionPrompts": False,
    }
    running = Firefox(need_program("firefox-esr", "firefox"), prefs=prefs)
    try:
        running.install(folder)
        driver = FirefoxDriver(running, identity=identity, uuid=UUID)
        yield driver
        _assert_servers_alone(driver)
    finally:
        running.close()


def _assert_servers_alone(driver: Driver) -> None:
    """Over all tests that ran: only servers that a test had named were asked, whatever pages and answers tried."""
    assert driver.contacted <= driver.servers


@pytest.fixture(params=["chromium", "firefox"])
def browser_driver(request: pytest.FixtureRequest) -> Driver:
    """Each browser in turn."""
    driver: Driver = request.getfixturevalue(request.param)
    return driver


@pytest.fixture
def tab(browser_driver: Driver) -> Iterator[Tab]:
    """A fresh tab."""
    fresh = browser_driver.new_tab()
    yield fresh
    fresh.close()


@pytest.fixture
def chromium_tab(chromium: ChromiumDriver, fake: FakeServer) -> Iterator[ChromiumTab]:
    """A fresh tab of Chromium, paired with the fake server."""
    chromium.set_storage({"server": fake.address, "token": fake_server.TOKEN})
    fresh = ChromiumTab(chromium)
    yield fresh
    fresh.close()


@pytest.fixture
def paired(browser_driver: Driver, live: LiveServer) -> LiveServer:
    """The browser is paired with the real server."""
    browser_driver.set_storage(live.pairing())
    return live


@pytest.fixture
def paired_fake(browser_driver: Driver, fake: FakeServer) -> FakeServer:
    """The browser is paired with the fake server."""
    browser_driver.set_storage({"server": fake.address, "token": fake_server.TOKEN})
    return fake
