"""Pairing, unpairing and settings on the options page."""

from __future__ import annotations

import json

import pytest

from tests.axe import check_with_axe
from tests.browser.chromium import ChromiumDriver, ChromiumTab
from tests.browser.conftest import LiveServer
from tests.browser.drivers import OPTIONS, Driver, Tab, click_element, unfold, wait_for


def pair(tab: Tab, server: str, code: str) -> None:
    """Fill the form and send it."""
    tab.js(
        f"document.getElementById('server').value = {json.dumps(server)},"
        f" document.getElementById('code').value = {json.dumps(code)}"
    )
    # Browsers ask for access only while they handle a real click.
    click_element(tab, "pair")


def state(tab: Tab) -> str:
    return str(tab.js("document.getElementById('state').innerText"))


def wait_state(tab: Tab, words: str) -> str:
    return str(wait_for(lambda: state(tab) if words in state(tab) else ""))


def test_a_code_pairs_and_can_be_taken_back(tab: Tab, browser_driver: Driver, live: LiveServer) -> None:
    browser_driver.set_storage({})
    browser_driver.servers.add(live.address)
    tab.open(f"{browser_driver.extension}/{OPTIONS}")
    wait_state(tab, "Not paired yet")
    assert tab.js("document.getElementById('server').value") == "http://127.0.0.1:8765"
    pair(tab, live.address + "/", live.store.codes.make())
    assert live.address in wait_state(tab, "Paired")
    token = browser_driver.get_storage()["token"]
    client = live.store.clients.check(token)
    assert client is not None
    assert client.name.lower().startswith(browser_driver.name)
    wait_for(lambda: "Leans on nothing you can look up" in tab.js("document.getElementById('families').innerText"))
    click_element(tab, "unpair")
    wait_state(tab, "Not paired yet")
    assert "token" not in browser_driver.get_storage()
    wait_for(lambda: live.store.clients.check(token) is None)


def test_wrong_codes_and_addresses_are_explained(tab: Tab, browser_driver: Driver, live: LiveServer) -> None:
    browser_driver.set_storage({})
    browser_driver.servers.update({live.address, "http://127.0.0.1:9"})
    tab.open(f"{browser_driver.extension}/{OPTIONS}")
    wait_state(tab, "Not paired yet")
    pair(tab, live.address, "AAAA-AAAA")
    wait_state(tab, "does not take this code")
    pair(tab, "http://192.0.2.1:8765", "AAAA-AAAA")
    wait_state(tab, "This address cannot be used")
    pair(tab, "http://127.0.0.1:9", "AAAA-AAAA")
    wait_state(tab, "does not answer")
    assert "token" not in browser_driver.get_storage()


def test_the_setting_is_kept(tab: Tab, browser_driver: Driver, paired: LiveServer) -> None:
    tab.open(f"{browser_driver.extension}/{OPTIONS}")
    wait_state(tab, "Paired")
    assert tab.js("document.getElementById('balanced').checked") is True
    click_element(tab, "few")
    wait_for(lambda: browser_driver.get_storage().get("setting") == "few")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("is_paired", [True, False])
def test_the_page_is_accessible(chromium: ChromiumDriver, live: LiveServer, scheme: str, is_paired: bool) -> None:
    lists = {"watched": [{"phrase": "seed oils", "note": "Ask."}], "mutedPhrases": ["ancient wisdom"]}
    chromium.set_storage({**live.pairing(), **lists} if is_paired else {})
    tab = ChromiumTab(chromium)
    tab.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tab.open(f"{chromium.extension}/{OPTIONS}")
    wait_state(tab, "Paired" if is_paired else "Not paired")
    for _ in range(2):
        check_with_axe(tab.page)
        unfold(tab)
    # 400 % of a window of 1280 pixels: nothing is to be scrolled sideways.
    tab.page.set_viewport_size({"width": 320, "height": 256})
    assert tab.js("document.scrollingElement.scrollWidth") <= 320
    tab.close()
