"""Beside a post in a real browser: words are selected into corrections, replies copied, the veil lifted by keyboard."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from server.commands.serving import listen
from server.moderation.notes import add_note
from server.parts import Parts
from server.settings import Settings
from tests.axe import check_with_axe
from tests.conftest import need_program
from tests.server.moderation.filling import put
from tests.server.moderation.stage import staged_app

TEXT = (
    "Hello 😀 all. It is a miracle, I tell you.\r\n\r\nI stopped my tablets <b>and</b> feel well. I stopped my tablets!"
)
DOSE = {"signs": [{"name": "dangerous-dose"}], "topics": []}
SELECT = """([words, nth]) => {
  const walker = document.createTreeWalker(document.querySelector("[data-post-text]"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    let at = node.data.indexOf(words);
    for (; nth > 0 && at >= 0; nth--) at = node.data.indexOf(words, at + 1);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(node, at, node, at + words.length);
    return;
  }
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Parts]]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("site"), port=0)
    with pytest.MonkeyPatch.context() as monkeypatch:
        app = staged_app(settings, monkeypatch)
        server = listen(app, settings, 4)
        threading.Thread(target=server.run, daemon=True).start()
        yield f"http://127.0.0.1:{server.effective_port}", app.extensions["pinch"]


@pytest.fixture(scope="module")
def posts(site: tuple[str, Parts]) -> dict[str, int]:
    engine = site[1].store.engine
    mild = put(engine, TEXT, topics=("ketamine",))
    hard = put(engine, "Take ten grams of it. It is a miracle.", priority_parts=DOSE)
    cry = put(engine, "I can't go on any more. I want to die.", author="Wren")
    add_note(engine, post=mild, text="Look at the tablets.", who="owner", request_id="a" * 8)
    return {"mild": mild, "hard": hard, "cry": cry}


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=need_program("chromium", "chromium-browser", "google-chrome"))
    yield browser
    browser.close()


def signed_in(chromium: Browser, site: tuple[str, Parts], **options: Any) -> Page:
    page = chromium.new_context(base_url=site[0], **options).new_page()
    page.goto(f"/?code={site[1].store.codes.make()}")
    return page


@pytest.fixture
def page(chromium: Browser, site: tuple[str, Parts]) -> Iterator[Page]:
    """A signed-in page; nothing may be said on its console."""
    page = signed_in(chromium, site, permissions=["clipboard-read", "clipboard-write"])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.context.close()
    assert said == []


def decided(page: Page) -> list[tuple[str, str, str]]:
    """What the form sends: flag, words and verdict."""
    page.get_by_role("button", name="Uphold").click()
    made = json.loads(page.locator("body").inner_text())
    return [(flag, TEXT[start:end], verdict) for flag, start, end, verdict in made]


def test_selected_words_become_a_missing_flag(page: Page, posts: dict[str, int]) -> None:
    page.goto(f"/stage/{posts['mild']}")
    missing = page.get_by_role("button", name="Missing here")
    expect(missing).to_be_disabled()
    page.evaluate(SELECT, [" stopped my tablets", 1])
    expect(page.locator("[data-hint]")).to_have_text("Selected: “stopped my tablets”")
    page.locator("#missing-flag").select_option("self-treatment")
    missing.click()
    expect(page.locator("[data-corrected] li")).to_contain_text(
        "“stopped my tablets”: Self-treatment advice is missing here"
    )
    start = TEXT.rindex("stopped my")
    page.get_by_role("button", name="Uphold").click()
    made = json.loads(page.locator("body").inner_text())
    assert made == [["self-treatment", start, start + len("stopped my tablets"), "missing"]]


def test_selected_words_may_go_over_marks_and_line_ends(page: Page, posts: dict[str, int]) -> None:
    page.goto(f"/stage/{posts['mild']}")
    page.evaluate("""() => getSelection().selectAllChildren(document.querySelector("[data-post-text]"))""")
    page.get_by_role("button", name="Missing here").click()
    assert decided(page) == [("miracle", TEXT, "missing")]


def test_mark_is_said_to_be_wrong_and_taken_back(page: Page, posts: dict[str, int]) -> None:
    page.goto(f"/stage/{posts['mild']}")
    page.locator("a.mark").focus()
    wrong = page.get_by_role("button", name="Miracle language is wrong here", exact=True)
    wrong.click()
    said = page.locator("[data-said]")
    expect(said).to_contain_text("Noted: “It is a miracle, I tell you.”")
    page.get_by_role("button", name="Take back").click()
    expect(said).to_have_text("Taken back.")
    expect(page.locator("[data-corrected] li")).to_have_count(0)
    page.evaluate(SELECT, ["miracle", 0])
    wrong.click()
    wrong.click()
    assert decided(page) == [("miracle", "It is a miracle, I tell you.", "wrong")]


def test_reply_is_copied(page: Page, posts: dict[str, int]) -> None:
    page.goto(f"/stage/{posts['mild']}")
    page.get_by_role("button", name="Copy").first.click()
    expect(page.locator("[data-copied]")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Good to hear")
    assert "Sources:\n- FDA" in copied


def test_veil_is_lifted_by_keyboard(page: Page, posts: dict[str, int]) -> None:
    page.goto(f"/stage/{posts['hard']}")
    words = page.locator("[data-post-text]")
    expect(words).to_be_hidden()
    seen = page.locator("body").aria_snapshot()
    assert "ten grams" not in seen
    assert "names a dose that may harm" in seen
    page.locator("main details.veil > summary").first.focus()
    page.keyboard.press("Enter")
    expect(words).to_be_visible()
    expect(page.locator("main .blurred").first).to_be_hidden()


def test_veil_is_switched_off_for_a_browser(chromium: Browser, site: tuple[str, Parts], posts: dict[str, int]) -> None:
    page = signed_in(chromium, site)
    page.goto(f"/stage/{posts['hard']}")
    page.get_by_role("button", name="Always show words that are hard to read").click()
    expect(page).to_have_url(f"{site[0]}/queue/{posts['hard']}")
    page.goto(f"/stage/{posts['hard']}")
    expect(page.locator("[data-post-text]")).to_be_visible()
    assert page.evaluate("document.cookie") == ""
    page.context.close()


def test_without_script_words_are_typed_and_replies_selected(
    chromium: Browser, site: tuple[str, Parts], posts: dict[str, int]
) -> None:
    page = signed_in(chromium, site, java_script_enabled=False)
    page.goto(f"/stage/{posts['mild']}")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    expect(page.locator(".reply[open] textarea")).to_be_visible()
    expect(page.locator(".correcting")).to_be_hidden()
    page.get_by_text("Type the words instead").click()
    page.get_by_label("Words, as they stand in the post").fill("stopped my tablets")
    page.get_by_label("Which occurrence").fill("2")
    page.locator("#correction-flag").select_option("self-treatment")
    page.get_by_role("button", name="Uphold").click()
    start = TEXT.rindex("stopped my")
    assert json.loads(page.locator("body").inner_text()) == [["self-treatment", start, start + 18, "missing"]]
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_pages_are_clean_by_axe_and_fit(
    chromium: Browser, site: tuple[str, Parts], posts: dict[str, int], scheme: Any, width: int
) -> None:
    page = signed_in(chromium, site, color_scheme=scheme, viewport={"width": width, "height": 740})
    for path in (*(f"/stage/{number}" for number in posts.values()), "/replies"):
        page.goto(path)
        for _ in range(2):
            check_with_axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
            page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.context.close()
