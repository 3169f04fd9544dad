"""No text that moderators are shown runs as a script: two thousand injections in every field, in a real browser.

The browser is told to pass over the content security policy, which would stop them by itself, so that what is tested
is that texts stay texts. One in a hundred is tried here and all of them in ``make soak``.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from server.moderation.macros import Draft, MacroSource, add_macro
from server.moderation.notes import add_note
from server.parts import Parts
from tests.server.injections import payloads
from tests.server.moderation.filling import put

EVERY = 100
ALL = payloads()


def fill(parts: Parts, injections: list[str]) -> list[int]:
    """A post for each, with it in every field that is shown, in threads of forty, with a note and a reply."""
    engine = parts.store.engine
    numbers = []
    for place, injection in enumerate(injections):
        text = f"It is a miracle {injection} they say. {injection}\n\n{injection} My sister stopped her tablets."
        number = put(
            engine,
            text,
            title=injection,
            author=injection,
            board=injection,
            thread_id=f"{place // 40}",
            thread_title=injection,
            reply_to=injection,
            url=injection,
        )
        if place < 20:  # beside a post all replies are shown
            draft = Draft(injection, injection, (MacroSource(injection, injection),))
            add_macro(engine, draft, who=injection)
        add_note(engine, post=number, text=injection, who=injection, request_id=f"note-{place}")
        numbers.append(number)
    return numbers


def look_at_all(page: Page, numbers: list[int]) -> None:
    """Open every page of the queue and every post, and touch what wants to be touched."""
    page.goto("/queue?state=any")
    while True:
        page.mouse.move(300, 300)
        following = page.get_by_role("link", name="Next page")
        if not following.count():
            break
        following.first.click()
    page.goto("/replies")
    page.goto("/overview")
    page.goto("/audit")
    for number in numbers:
        page.goto(f"/queue/{number}", wait_until="domcontentloaded")
        page.mouse.move(300, 300)


def check(chromium: Browser, site: tuple[str, Parts], injections: list[str]) -> None:
    """None of them runs, and all of them are seen."""
    address, parts = site
    ran: list[str] = []
    context = chromium.new_context(base_url=address, bypass_csp=True)
    page = context.new_page()
    page.on("dialog", lambda dialog: (ran.append(page.url), dialog.dismiss()))
    page.goto(f"/?code={parts.store.codes.make()}")
    numbers = fill(parts, injections)
    look_at_all(page, numbers)
    assert ran == []
    assert page.locator("[onerror], [onload], [onfocus], main script:not([src]), [href^='javascript']").count() == 0
    context.close()


def test_no_injection_runs_in_the_queue(chromium: Browser, site: tuple[str, Parts]) -> None:
    check(chromium, site, ALL[::EVERY])


@pytest.mark.soak
def test_none_of_two_thousand_injections_runs_in_the_queue(chromium: Browser, site: tuple[str, Parts]) -> None:
    assert len(ALL) >= 2000
    check(chromium, site, ALL)


def test_an_injection_that_is_not_escaped_would_be_seen(chromium: Browser) -> None:
    ran: list[str] = []
    page = chromium.new_page()
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    for injection in ALL[:40]:
        page.set_content(f"<!doctype html><p>{injection}</p>")
        page.wait_for_timeout(10)
    assert len(ran) > 10
    page.close()
