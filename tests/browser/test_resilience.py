"""Whatever breaks, is slow, too long or means harm: the page stays as it is, and the reader is told or can go on."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from tests.browser import fake_server
from tests.browser.chromium import ChromiumDriver, ChromiumTab
from tests.browser.drivers import HAS_HOST, Driver, Tab, check, marks, shown, wait_for, wait_shown
from tests.browser.fake_server import TOKEN, FakeServer

# Paragraphs of 500 characters until the page has ten megabytes, with a word to mark near its beginning.
GROW = """(() => {
  const words = 'Leaves are picked in spring and dried in the shade. '.repeat(10);
  const part = document.createDocumentFragment();
  for (let count = 0; count < 20_000; count += 1) {
    const paragraph = document.createElement('p');
    paragraph.textContent = count === 3 ? 'Some call it a miracle of the hills.' : `${count} ${words}`;
    part.append(paragraph);
  }
  document.body.append(part);
})()"""
# The longest time for which nothing else could run, looked at every few milliseconds.
LONGEST_GAP = """(() => {
  let last = performance.now();
  window.longestGap = 0;
  setInterval(() => {
    window.longestGap = Math.max(window.longestGap, performance.now() - last);
    last = performance.now();
  }, 4);
})()"""
# When the message in the corner came, by the page's own clock, which is the machine's.
WATCH_HOST = """void new MutationObserver(() => { window.hostAt ??= performance.timeOrigin + performance.now(); })
  .observe(document.documentElement, {childList: true})"""


def test_the_background_may_die_while_a_check_is_under_way(
    chromium: ChromiumDriver, chromium_tab: ChromiumTab, fake: FakeServer, site: str
) -> None:
    fake.is_held, fake.answer = True, fake_server.flag_miracles
    chromium_tab.open(f"{site}/growing.html")
    chromium_tab.press_icon()
    wait_shown(chromium_tab, "Checking this page")
    chromium.stop_worker()
    fake.is_held = False
    fake.release.set()
    chromium_tab.press_icon()
    wait_for(lambda: not chromium_tab.js(HAS_HOST))
    assert "1 flag" in check(chromium_tab)
    assert len(marks(chromium_tab)["promise"]) == 1


@pytest.fixture
def restarting(fake: FakeServer) -> Iterator[fake_server.Restarting]:
    """A server that can be stopped, and started again at the same address."""
    server = fake_server.Restarting(fake)
    server.start()
    yield server
    server.stop()


def test_a_server_may_stop_and_start_again(
    tab: Tab, browser_driver: Driver, restarting: fake_server.Restarting, site: str
) -> None:
    browser_driver.set_storage({"server": restarting.address, "token": TOKEN})
    tab.open(f"{site}/calm.html")
    assert "Nothing flagged" in check(tab)
    restarting.stop()
    tab.press_icon()
    wait_shown(tab, "does not answer")
    restarting.start()
    tab.press_icon()
    wait_shown(tab, "Nothing flagged")


def test_a_slow_server_shows_soon_that_it_is_waited_for(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    paired_fake.is_held = True
    tab.open(f"{site}/calm.html")
    tab.js(WATCH_HOST)
    start = time.time() * 1000
    tab.press_icon()
    wait_shown(tab, "Checking this page")
    # 300 ms on a machine with nothing else to do; it is mentioned 200 ms after the click has come to the page.
    assert tab.js("window.hostAt") - start < 1000
    paired_fake.release.set()
    wait_shown(tab, "Nothing flagged")


def test_a_page_of_ten_megabytes_stays_responsive_and_can_be_called_off(
    tab: Tab, paired_fake: FakeServer, site: str
) -> None:
    paired_fake.answer = fake_server.flag_miracles
    tab.open(f"{site}/calm.html")
    tab.js(GROW)
    tab.js(LONGEST_GAP)
    # Called off while it is still being read: nothing leaves.
    tab.press_icon()
    tab.press_icon()
    time.sleep(1)  # nothing may happen, so there is nothing to wait for
    assert (paired_fake.questions(), marks(tab), shown(tab)) == ([], {}, "")
    tab.js("window.longestGap = 0")
    start = time.monotonic()
    words = check(tab)
    took = (time.monotonic() - start) * 1000
    assert "1 flag" in words
    assert "Only partly checked. The page is too long: its end was not read." in words
    (question,) = paired_fake.questions()
    assert len(json.dumps(question, ensure_ascii=False).encode()) < 8_000_000
    # Most of the time goes into reading. A busy machine makes it longer, and each gap with it.
    assert tab.js("window.longestGap") < took / 2


def test_answers_without_end_are_given_up(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    paired_fake.text = f'{{"flags": [{"1," * 25_000_000}1]}}'
    tab.open(f"{site}/calm.html")
    assert "not the answer Pinch expected" in check(tab)
    paired_fake.text = None
    assert "Nothing flagged" in check(tab)


def test_a_page_cannot_talk_to_the_extension(
    tab: Tab, browser_driver: Driver, paired_fake: FakeServer, site: str
) -> None:
    paired_fake.answer = fake_server.flag_miracles
    tab.open(f"{site}/growing.html")
    assert tab.js("typeof globalThis.chrome?.runtime?.sendMessage + typeof globalThis.browser") == "undefinedundefined"
    check(tab)
    tab.press_next()
    wait_shown(tab, "1 of 1")
    asked = len(paired_fake.asked)
    tab.js(
        "(() => { for (const type of ['click', 'finish', 'insist', 'check-part', 'send-feedback', 'mute'])"
        " postMessage({type, run: 1, kind: 'site'}, '*');"
        " for (const target of [document, window, document.documentElement.lastElementChild])"
        " for (const key of ['Escape', 'Enter', 'J'])"
        " target.dispatchEvent(new KeyboardEvent('keydown', {key, altKey: true, shiftKey: true, bubbles: true})); })()"
    )
    tab.js(
        "fetch(" + json.dumps(f"{browser_driver.extension}/content/page.js") + ").catch(() => (window.isKept = true))"
    )
    wait_for(lambda: tab.js("window.isKept === true"))
    assert "1 of 1" in shown(tab)
    assert len(paired_fake.asked) == asked
