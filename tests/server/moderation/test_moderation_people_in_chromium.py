"""Accounts in a real browser: by keyboard, without script, narrow, and by axe's rules."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from server.app import create_app
from server.commands.serving import listen
from server.parts import Parts
from server.settings import Settings
from tests.axe import check_with_axe
from tests.conftest import need_program
from tests.server.fakes import FakeDetector
from tests.server.moderation.accounts import GOOD, OTHER, add_person


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Parts]:
    """A real server with an admin."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("site"), port=0)
    app = create_app(settings, detector=FakeDetector())
    server = listen(app, settings, 4)
    threading.Thread(target=server.run, daemon=True).start()
    parts: Parts = app.extensions["pinch"]
    add_person(parts.accounts, "Ida Admin", "admin")
    return f"http://127.0.0.1:{server.effective_port}", parts


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's own browser."""
    browser = playwright.chromium.launch(executable_path=need_program("chromium", "chromium-browser", "google-chrome"))
    yield browser
    browser.close()


def sign_in_by_keyboard(page: Page, name: str, password: str) -> None:
    """The name's field has the focus from the start."""
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def check_page(page: Page, width: int) -> None:
    check_with_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_people_keep_to_axes_rules_and_to_the_width(
    chromium: Browser, site: tuple[str, Parts], scheme: Any
) -> None:
    context = chromium.new_context(base_url=site[0], color_scheme=scheme, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto("/people")
    check_page(page, 320)
    page.get_by_role("link", name="Sign in").click()
    sign_in_by_keyboard(page, "Ida Admin", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("do not go together")
    check_page(page, 320)
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type(GOOD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="People", exact=True)).to_be_visible()
    page.get_by_label("Name").fill(f"Guest of the {scheme} " + "long" * 14)
    page.get_by_role("button", name="Make an address to send").click()
    page.get_by_text("Change", exact=True).first.click()
    check_page(page, 320)
    for address in ("/account", "/audit"):
        page.goto(address)
        check_page(page, 320)
    context.close()


def test_an_invitation_leads_in_without_script(chromium: Browser, site: tuple[str, Parts]) -> None:
    admin = chromium.new_context(base_url=site[0], java_script_enabled=False).new_page()
    admin.goto("/sign-in?next=/people")
    admin.get_by_label("Name").fill("ida admin")
    admin.get_by_label("Password").fill(GOOD)
    admin.get_by_role("button", name="Sign in").click()
    admin.get_by_label("Name").fill("Gus Guest")
    admin.get_by_role("radio", name="lead").check()
    admin.get_by_role("button", name="Make an address to send").click()
    address = admin.get_by_role("status").inner_text()
    guest = chromium.new_context(base_url=site[0], java_script_enabled=False).new_page()
    guest.goto(address)
    guest.get_by_label("New password").fill(OTHER)
    guest.get_by_label("The same once more").fill(OTHER)
    guest.get_by_role("button", name="Keep it and sign in").click()
    expect(guest.get_by_role("link", name="Gus Guest")).to_be_visible()
    expect(guest.get_by_role("link", name="Audit")).to_be_visible()
    expect(guest.get_by_role("link", name="People")).to_have_count(0)
    guest.get_by_role("link", name="Gus Guest").click()
    guest.get_by_role("button", name="Sign out everywhere").click()
    expect(guest.get_by_role("link", name="Sign in by name")).to_be_visible()
    for page in (admin, guest):
        page.context.close()


def test_a_link_from_another_site_costs_no_session(chromium: Browser, site: tuple[str, Parts], tmp_path: Any) -> None:
    """The cookie does not come along with such a link; one click brings it back."""
    context = chromium.new_context(base_url=site[0])
    page = context.new_page()
    page.goto("/sign-in")
    sign_in_by_keyboard(page, "Ida Admin", GOOD)
    expect(page.get_by_role("link", name="Ida Admin")).to_be_visible()
    file = tmp_path / "mail.html"
    file.write_text(f"<a href='{site[0]}/audit'>look</a>")
    page.goto(file.as_uri())
    page.get_by_role("link", name="look").click()
    sign_in = page.get_by_role("link", name="Sign in")
    if sign_in.count():
        sign_in.click()
    expect(page.get_by_role("heading", name="Audit log")).to_be_visible()
    context.close()
