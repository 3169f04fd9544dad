"""The queue in a real browser: a whole walk by keyboard alone, one without script, and axe's rules in both schemes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Page, expect

from server.moderation.claims import Claims
from server.moderation.decisions import history
from server.parts import Parts
from tests.axe import check_with_axe
from tests.server.moderation.filled import edit, put, row_of

Opened = Callable[..., Page]
TITLES = ("Apple", "Birch", "Cedar", "Dill")


@pytest.fixture
def engine(site: tuple[str, Parts]) -> sa.Engine:
    return site[1].store.engine


@pytest.fixture
def posts(engine: sa.Engine) -> list[int]:
    """Four posts in the order of their titles."""
    return [put(engine, rank=9 - place, thread_id=title, thread_title=title) for place, title in enumerate(TITLES)]


@pytest.fixture
def opened(chromium: Browser, site: tuple[str, Parts]) -> Iterator[Opened]:
    """Open a page of a signed-in browser. Nothing may be said on its console but what a 409 says."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def call(path: str = "/queue", **options: Any) -> Page:
        context = chromium.new_context(base_url=site[0], **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"/?code={site[1].store.codes.make()}")
        page.goto(path)
        return page

    yield call
    for context in contexts:
        context.close()
    assert [line for line in said if "409" not in line] == []


def outcomes(engine: sa.Engine, number: int) -> list[str | None]:
    with engine.connect() as connection:
        return [row.outcome or row.kind for row in history(connection, number)]


def wait_for(page: Page, heading: str) -> None:
    """Until the page of this heading is there, with its script where it may run one."""
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    page.wait_for_load_state()


def test_a_whole_walk_by_keyboard(opened: Opened, engine: sa.Engine, posts: list[int]) -> None:
    page = opened()
    press = page.keyboard.press
    press("j")
    expect(page.get_by_role("link", name="Apple")).to_be_focused()
    press("j")
    press("j")
    press("k")
    expect(page.get_by_role("link", name="Birch")).to_be_focused()
    press("Enter")
    wait_for(page, "Birch")
    press("j")
    wait_for(page, "Cedar")
    press("k")
    wait_for(page, "Birch")
    press("c")
    expect(page.get_by_text("Yours until")).to_be_visible()
    page.wait_for_load_state()  # keys wait for the script
    press("1")
    wait_for(page, "Cedar")
    expect(page.get_by_role("status").first).to_have_text("Upheld: Birch")  # told to screen readers
    assert outcomes(engine, posts[1]) == ["upheld"]
    press("u")
    wait_for(page, "Birch")
    assert row_of(engine, posts[1]).state == "open"
    for key, outcome, following in (("2", "dismissed", "Cedar"), ("3", "unsure", "Dill"), ("4", "escalated", "Apple")):
        press(key)
        wait_for(page, following)
        assert outcomes(engine, posts[TITLES.index(following) - 1])[-1] == outcome
    press("b")
    wait_for(page, "Queue")
    expect(page.locator(".line")).to_have_count(1)


def test_several_by_keyboard(opened: Opened, engine: sa.Engine, posts: list[int]) -> None:
    page = opened()
    press = page.keyboard.press
    press("j")
    press("x")
    expect(page.locator("#said")).to_have_text("Selected. 1 in all.")
    press("j")
    press("x")
    expect(page.locator("#said")).to_have_text("Selected. 2 in all.")
    press("2")
    expect(page.get_by_role("heading", name="Dismiss 2 posts?")).to_be_visible()
    assert [outcomes(engine, number) for number in posts] == [[], [], [], []]
    page.get_by_role("button", name="Dismiss 2 posts").focus()
    press("Enter")
    expect(page.locator(".done")).to_contain_text("Dismissed: 2 posts")
    page.wait_for_load_state()
    assert [outcomes(engine, number) for number in posts] == [["dismissed"], ["dismissed"], [], []]
    press("u")
    expect(page.locator(".done")).to_contain_text("Undone: 2 posts")
    assert row_of(engine, posts[0]).state == "open"


def test_a_line_is_decided_by_key_only_when_it_is_the_current_one(
    opened: Opened, engine: sa.Engine, posts: list[int]
) -> None:
    page = opened()
    page.keyboard.press("2")  # nothing is current yet: the first line becomes it, and nothing is decided
    expect(page.get_by_role("link", name="Apple")).to_be_focused()
    assert outcomes(engine, posts[0]) == []
    page.keyboard.press("2")
    expect(page.locator(".done")).to_contain_text("Dismissed: Apple")
    expect(page.get_by_role("link", name="Birch")).to_be_focused()  # ready for the next


def test_a_line_is_claimed_by_key_only_when_it_is_the_current_one(
    opened: Opened, engine: sa.Engine, posts: list[int]
) -> None:
    Claims(engine, 10).take(posts[0], "bob")
    page = opened()
    page.keyboard.press("c")  # nothing is current yet: the first line becomes it
    expect(page.get_by_role("link", name="Apple")).to_be_focused()
    page.keyboard.press("c")  # bob's: it has no such button, and the next line's is not pressed for it
    expect(page.locator("#said")).to_have_text("This post cannot be claimed here.")
    assert [row_of(engine, number).claimed_by for number in posts] == ["bob", None, None, None]
    page.keyboard.press("j")
    page.keyboard.press("c")
    wait_for(page, "Birch")
    assert row_of(engine, posts[1]).claimed_by == "owner"


def test_keys_work_in_a_list_of_decided_posts(opened: Opened, engine: sa.Engine) -> None:
    for title in TITLES[:2]:
        put(engine, thread_title=title, state="decided", outcome="upheld")
    page = opened("/queue?state=decided")  # no bar for several at once
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Apple")).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("#said")).to_have_text("This post cannot be claimed here.")


def test_keys_stay_words_in_a_field(opened: Opened, engine: sa.Engine, posts: list[int]) -> None:
    page = opened(f"/queue/{posts[0]}")
    note = page.get_by_label("Note kept with the decision")
    note.focus()
    page.keyboard.type("j1u?c/x2")
    expect(note).to_have_value("j1u?c/x2")
    page.get_by_label("Wrong", exact=True).first.focus()
    page.keyboard.press("Enter")  # would press a form's first button
    wait_for(page, "Apple")
    assert outcomes(engine, posts[0]) == []
    for chord in ("Control+1", "Alt+2", "Meta+3"):
        page.locator("h1").click()
        page.keyboard.press(chord)
    assert outcomes(engine, posts[0]) == []


def test_help_filter_and_the_switch_for_single_keys(opened: Opened, engine: sa.Engine, posts: list[int]) -> None:
    page = opened()
    page.keyboard.press("/")
    expect(page.get_by_label("Words in a title")).to_be_focused()
    page.keyboard.type("cedar")
    page.keyboard.press("Enter")
    expect(page.locator(".line")).to_have_count(1)
    page.wait_for_load_state()
    page.keyboard.press("?")
    help_box = page.get_by_role("dialog", name="Keyboard")
    expect(help_box).to_be_visible()
    page.keyboard.press("2")  # keys rest while it is open
    page.get_by_label("Single keys are shortcuts").uncheck()
    page.keyboard.press("Escape")
    expect(help_box).to_be_hidden()
    for key in ("j", "2", "?"):
        page.keyboard.press(key)
    expect(help_box).to_be_hidden()
    assert page.locator("[aria-keyshortcuts]").count() == 0
    page.reload()
    page.keyboard.press("?")
    expect(help_box).to_be_hidden()  # it is remembered
    page.get_by_role("button", name="Keyboard").click()
    page.get_by_label("Single keys are shortcuts").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Cedar")).to_be_focused()
    assert outcomes(engine, posts[2]) == []


def test_without_script_all_of_it_works(opened: Opened, engine: sa.Engine, posts: list[int]) -> None:
    page = opened(java_script_enabled=False)
    expect(page.get_by_role("button", name="Keyboard")).to_be_hidden()
    page.get_by_role("button", name="Claim the next post").click()
    wait_for(page, "Apple")
    page.locator(".segments", has_text="As the post").first.get_by_text("Wrong").click()
    page.keyboard.press("Enter")  # presses a form's first button, which does nothing
    wait_for(page, "Apple")
    assert outcomes(engine, posts[0]) == []
    page.get_by_role("button", name="Uphold").click()
    wait_for(page, "Birch")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".done")).to_contain_text("Undone: Apple")
    page.get_by_role("link", name="Queue").first.click()
    for title in ("Cedar", "Dill"):
        page.locator(".line", has_text=title).get_by_label("Select").check()
    page.get_by_role("button", name="Escalate …").click()
    page.get_by_role("button", name="Escalate 2 posts").click()
    expect(page.locator(".done")).to_contain_text("Escalated: 2 posts")
    assert [outcomes(engine, number) for number in posts] == [["upheld", "undo"], [], ["escalated"], ["escalated"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_queue_keeps_to_axes_rules(opened: Opened, engine: sa.Engine, posts: list[int], scheme: Any) -> None:
    put(engine, needs_person=True, flags=(), thread_title="Nights")
    page = opened(color_scheme=scheme)
    for path in ("/queue", "/queue?q=x&state=any", f"/queue/{posts[0]}", "/queue?state=decided"):
        page.goto(path)
        check_with_axe(page)
    page.goto("/queue")
    page.keyboard.press("?")
    check_with_axe(page)
    page.keyboard.press("Escape")
    page.locator(".line", has_text="Birch").get_by_label("Select").check()
    page.get_by_role("button", name="Uphold …").click()
    check_with_axe(page)
    page.get_by_role("button", name="Uphold 1 post").click()
    check_with_axe(page)
    page.goto(f"/queue/{posts[1]}?state=decided")
    check_with_axe(page)
    page.goto(f"/queue/{posts[0]}")
    edit(engine, posts[0], "I take it back.")
    page.keyboard.press("2")
    expect(page.get_by_role("heading", name="This post changed after you opened it")).to_be_visible()
    check_with_axe(page)
    page.goto(f"/queue/{posts[2]}")
    Claims(engine, 10).take(posts[2], "bob")
    page.keyboard.press("2")
    expect(page.get_by_role("heading", name="bob works on this post")).to_be_visible()
    check_with_axe(page)


@pytest.mark.parametrize("width", [320, 360, 640])
def test_nothing_of_the_queue_scrolls_sideways(opened: Opened, engine: sa.Engine, width: int) -> None:
    long = "unbroken" * 40
    number = put(
        engine, text=long + ". It is a miracle!", title=long, author=long, board=long, flags=[("f", "miracle", 0, 300)]
    )
    page = opened(viewport={"width": width, "height": 700})
    for path in ("/queue", f"/queue/{number}", "/queue?state=any&q=x"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_focus_is_never_under_the_bar_of_the_list(opened: Opened, engine: sa.Engine) -> None:
    for rank in range(30):
        put(engine, rank=rank)
    page = opened(viewport={"width": 1280, "height": 700})
    for _ in range(12):
        page.keyboard.press("j")
        link = page.locator(".is-current .open").bounding_box()
        bar = page.locator(".bulk").bounding_box()
        assert link is not None
        assert bar is not None
        assert link["y"] + link["height"] <= bar["y"]
