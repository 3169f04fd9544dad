"""The pages in a real browser: cards by mouse and keyboard, without script, narrow, dark, and by axe's rules."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from server.app import create_app
from server.commands.serving import listen
from server.parts import Parts
from server.settings import Settings
from tests.axe import check_with_axe
from tests.conftest import need_program
from tests.server.factchecks.conftest import review
from tests.server.factchecks.pairs import fill
from tests.server.fakes import FakeDetector
from tests.server.feedback.conftest import feedback

TEXT = "A miracle 😀 cure. Plain words.\n\nKetamine is perfectly safe and studies show it."
PATHS = ("/", "/feedback", "/flags", "/topics", "/topics/ketamine", "/docs", "/samples/detox-shop", "/nothing")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Parts]:
    """A real server, and what it works with."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("site"), port=0)
    app = create_app(settings, detector=FakeDetector())
    server = listen(app, settings, 4)
    threading.Thread(target=server.run, daemon=True).start()
    return f"http://127.0.0.1:{server.effective_port}", app.extensions["pinch"]


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's own browser."""
    browser = playwright.chromium.launch(executable_path=need_program("chromium", "chromium-browser", "google-chrome"))
    yield browser
    browser.close()


def signed_in_context(chromium: Browser, site: tuple[str, Parts], **options: Any) -> BrowserContext:
    base, parts = site
    context = chromium.new_context(base_url=base, **options)
    context.new_page().goto(f"/?code={parts.store.codes.make()}")
    return context


@pytest.fixture
def open_page(chromium: Browser, site: tuple[str, Parts]) -> Iterator[Page]:
    """A page of a signed-in browser; nothing may be said on its console."""
    context = signed_in_context(chromium, site)
    page = context.pages[0]
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


def check(page: Page, text: str = TEXT) -> None:
    page.goto("/")
    page.get_by_label("Text, or the HTML of a page").fill(text)
    page.get_by_role("button", name="Check the text").click()
    expect(page.get_by_role("heading", name="Your text, marked")).to_be_visible()


def test_code_leaves_the_address(open_page: Page, site: tuple[str, Parts]) -> None:
    assert open_page.url == f"{site[0]}/"
    assert open_page.evaluate("document.cookie") == ""


def test_click_opens_a_card_and_escape_gives_focus_back(open_page: Page) -> None:
    check(open_page)
    mark = open_page.locator("a.mark").nth(1)
    mark.click()
    card = open_page.locator("#card")
    expect(card).to_be_visible()
    expect(card.get_by_text("False safety")).to_be_visible()
    expect(card.get_by_text("Vague authority")).to_be_visible()
    expect(card.get_by_text("Ask a pharmacist")).to_be_visible()
    expect(card.locator(".quote strong").first).to_have_text("perfectly safe")
    assert open_page.evaluate("document.querySelectorAll('[id=finding-2]').length") == 1
    open_page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(mark).to_be_focused()


def test_enter_opens_a_card_and_close_gives_focus_back(open_page: Page) -> None:
    check(open_page)
    mark = open_page.locator("a.mark").first
    mark.focus()
    open_page.keyboard.press("Enter")
    card = open_page.locator("#card")
    expect(card).to_contain_text("Miracle language")
    expect(card.get_by_role("heading", name="Why this is marked")).to_be_focused()
    open_page.keyboard.press("Tab")
    expect(card.get_by_role("button", name="Close")).to_be_focused()
    open_page.keyboard.press("Enter")
    expect(card).to_be_hidden()
    expect(mark).to_be_focused()


def test_card_stays_in_the_window(open_page: Page) -> None:
    for width in (1280, 700, 360):
        open_page.set_viewport_size({"width": width, "height": 640})
        open_page.goto("/samples/detox-shop")
        for mark in open_page.locator("a.mark").all():
            mark.click()
            box = open_page.locator("#card").bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["y"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= 640
            open_page.keyboard.press("Escape")


def test_list_leads_to_the_mark(open_page: Page) -> None:
    check(open_page)
    open_page.get_by_role("link", name="Show in the text").last.click()
    assert open_page.url.endswith("#mark-2")
    expect(open_page.locator("#mark-2")).to_be_in_viewport()


def test_new_setting_marks_again_at_once(open_page: Page) -> None:
    open_page.goto("/samples/detox-shop")
    open_page.get_by_text("More", exact=True).click()
    open_page.wait_for_url("**/samples/detox-shop?setting=more")
    expect(open_page.get_by_role("radio", name="More")).to_be_checked()


def test_without_script_marks_lead_to_the_list(chromium: Browser, site: tuple[str, Parts]) -> None:
    context = signed_in_context(chromium, site, java_script_enabled=False)
    page = context.pages[0]
    check(page)
    page.locator("a.mark").first.click()
    expect(page.locator("#finding-1")).to_be_in_viewport()
    expect(page.locator("#finding-1")).to_contain_text("Miracle language")
    context.close()


@pytest.mark.parametrize(("scheme", "paths"), [("light", PATHS), ("dark", ("/", "/flags", "/samples/detox-shop"))])
def test_pages_keep_to_axes_rules(
    chromium: Browser, site: tuple[str, Parts], scheme: Any, paths: tuple[str, ...]
) -> None:
    context = signed_in_context(chromium, site, color_scheme=scheme)
    page = context.pages[0]
    for path in paths:
        page.goto(path)
        check_with_axe(page)
    check(page)
    page.locator("a.mark").nth(1).click()
    check_with_axe(page)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_notices_stand_above_the_text_and_keep_to_axes_rules(
    chromium: Browser, site: tuple[str, Parts], scheme: Any
) -> None:
    fill(site[1].factchecks, [review("Nettle soup cures gout.")])
    context = signed_in_context(chromium, site, color_scheme=scheme, viewport={"width": 360, "height": 700})
    page = context.pages[0]
    check(page, "Nettle soup reverses gout.")
    notice = page.get_by_role("heading", name="A fact-checker has looked at a claim like this")
    mark = page.locator(".mark").first
    assert notice.bounding_box()["y"] < mark.bounding_box()["y"]  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    check_with_axe(page)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_feedback_is_filtered_and_deleted_without_script(
    chromium: Browser, site: tuple[str, Parts], scheme: Any
) -> None:
    store = site[1].store
    sender = store.clients.issue("Kitchen laptop").client.id
    for number, verdict in enumerate(("wrong", "missing", "wrong")):
        said = feedback(number, verdict=verdict, text=f"Plum {number} " + "plum" * 60)
        assert store.feedback.add(said, client_id=sender) == "new"
    narrow = {"width": 320, "height": 640}
    context = signed_in_context(chromium, site, color_scheme=scheme, viewport=narrow)
    page = context.pages[0]
    page.get_by_role("link", name="What readers said about flags").click()
    page.get_by_text("Delete all").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    check_with_axe(page)
    context.close()
    context = signed_in_context(chromium, site, color_scheme=scheme, java_script_enabled=False)
    page = context.pages[0]
    page.goto("/feedback")
    page.get_by_label("Readers say").select_option("Wrongly marked")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".said")).to_have_count(2)
    page.get_by_role("button", name="Delete").first.click()
    expect(page.get_by_role("status")).to_have_text("Deleted.")
    expect(page.locator(".said")).to_contain_text(["Plum 0"])
    page.get_by_role("link", name="Show all").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="feedback.csv").click()
    assert download.value.suggested_filename == "feedback.csv"
    page.get_by_text("Delete all").click()
    page.get_by_role("button", name="Yes, delete 2").click()
    expect(page.get_by_text("There is none yet")).to_be_visible()
    assert store.feedback.count() == 0
    context.close()


def test_welcome_keeps_to_axes_rules(chromium: Browser, site: tuple[str, Parts]) -> None:
    page = chromium.new_page(base_url=site[0])
    page.goto("/")
    check_with_axe(page)
    page.close()


def test_nothing_scrolls_sideways_when_narrow(chromium: Browser, site: tuple[str, Parts]) -> None:
    context = signed_in_context(chromium, site, viewport={"width": 320, "height": 640})
    page = context.pages[0]
    for path in PATHS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    check(page, "miracle" * 60 + ". And more.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_a_foreign_page_reaches_nothing(chromium: Browser, site: tuple[str, Parts], tmp_path: Path) -> None:
    context = signed_in_context(chromium, site)
    page = context.new_page()
    file = tmp_path / "evil.html"
    file.write_text(f"<form method=post action='{site[0]}/browsers/code'></form>")
    answers: list[tuple[str, int]] = []
    page.on("response", lambda response: answers.append((response.url.removeprefix(site[0]), response.status)))
    page.goto(file.as_uri())
    page.evaluate("document.forms[0].submit()")
    page.wait_for_url(f"{site[0]}/browsers/code")
    assert ("/browsers/code", 403) in answers
    assert "big-code" not in page.content()
    context.close()
