"""Sites that are always checked, and selected text: whoever consented to what, and how it is taken back."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest

from tests.browser import fake_server
from tests.browser.conftest import SECURE_SITES
from tests.browser.drivers import HAS_HOST, PANEL, Driver, Tab, check, marks, wait_for, wait_shown
from tests.browser.fake_server import FakeServer

ALWAYS = f"https://{SECURE_SITES[0]}"


@pytest.fixture
def always_paired(browser_driver: Driver, paired_fake: FakeServer) -> FakeServer:
    """A server that flags miracles, and no site that is always checked."""
    paired_fake.answer = fake_server.flag_miracles
    browser_driver.revoke(f"{ALWAYS}/*")
    return paired_fake


def promises(tab: Tab) -> list[str]:
    return [words for words, _ in marks(tab).get("promise", [])]


def always_check(tab: Tab, driver: Driver, site: str) -> None:
    """Have a site always checked from the menu, and see its first page marked."""
    tab.open(f"{site}/growing.html")
    driver.allow(f"{ALWAYS}/*")
    tab.press_menu("always-site")
    wait_for(lambda: promises(tab) == ["first"])


def test_a_site_is_always_checked_from_one_click_until_it_is_taken_back(
    tab: Tab, browser_driver: Driver, always_paired: FakeServer, secure_site: str
) -> None:
    always_check(tab, browser_driver, secure_site)
    # Quietly: nobody clicked for the pages that come.
    tab.open(f"{secure_site}/growing.html?again")
    wait_for(lambda: promises(tab) == ["first"])
    assert wait_for(lambda: tab.badge() == "1")
    assert not tab.js(HAS_HOST)
    assert len(always_paired.questions()) == 2
    assert [question["url"][-13:] for question in always_paired.questions()] == ["/growing.html"] * 2
    # Other sites, and private pages of this one, stay as they were.
    tab.open(secure_site.replace(SECURE_SITES[0], SECURE_SITES[1]) + "/growing.html")
    time.sleep(0.5)  # nothing may happen, so there is nothing to wait for
    assert marks(tab) == {}
    tab.open(f"{secure_site}/user/login")
    wait_for(lambda: tab.badge() == "!")
    assert len(always_paired.questions()) == 2
    tab.open(f"{secure_site}/growing.html")
    wait_for(lambda: promises(tab) == ["first"])
    # The reader takes the permission away in the browser itself: the open page stops too.
    browser_driver.revoke(f"{ALWAYS}/*")
    wait_for(lambda: marks(tab) == {})
    count = len(always_paired.questions())
    tab.open(f"{secure_site}/growing.html?later")
    time.sleep(0.5)
    assert marks(tab) == {}
    assert len(always_paired.questions()) == count


def test_the_same_menu_entry_takes_it_back(
    tab: Tab, browser_driver: Driver, always_paired: FakeServer, secure_site: str
) -> None:
    always_check(tab, browser_driver, secure_site)
    tab.press_menu("always-site", was_checked=True)
    wait_for(lambda: marks(tab) == {})
    assert f"{ALWAYS}/*" not in browser_driver.granted()


def test_an_application_on_an_always_site_is_checked_once_it_shows_words(
    tab: Tab, browser_driver: Driver, always_paired: FakeServer, secure_site: str
) -> None:
    always_check(tab, browser_driver, secure_site)
    tab.open(f"{secure_site}/shell.html")
    tab.js("show('Words at last: this tea is a miracle, they say.')")
    wait_for(lambda: promises(tab) == ["shell"])
    tab.js("goTo('/user/login', 'A secret miracle, says the form.')")
    wait_for(lambda: tab.badge() == "!")
    count = len(always_paired.questions())
    tab.js("goTo('/journal', 'The journal has a miracle again.')")
    wait_for(lambda: promises(tab) == ["shell"])
    assert len(always_paired.questions()) == count + 1
    browser_driver.revoke(f"{ALWAYS}/*")


def test_a_site_without_tls_cannot_be_always_checked(tab: Tab, always_paired: FakeServer, site: str) -> None:
    tab.open(f"{site}/growing.html")
    tab.press_menu("always-site")
    wait_shown(tab, "This site cannot be always checked")


def test_the_panel_asks_about_a_site_and_pages_cannot(
    tab: Tab, browser_driver: Driver, always_paired: FakeServer, secure_site: str
) -> None:
    tab.open(f"{browser_driver.extension}/{PANEL}")
    ask = (
        "chrome.runtime.sendMessage({type: '%s', origin: '%s'}).then((state) =>"
        " JSON.stringify([state?.isAlways, state?.canBeAlways]))"
    )
    assert tab.js(ask % ("site-state", ALWAYS)) == "[false,true]"
    assert tab.js(ask % ("site-state", "http://blog.test")) == "[false,false]"
    # Without the permission nothing is registered, whatever is said.
    assert tab.js(ask % ("site-always", ALWAYS)) == "[false,true]"
    browser_driver.allow(f"{ALWAYS}/*", is_asked=True)
    assert tab.js(ask % ("site-always", ALWAYS)) == "[true,true]"
    assert tab.js(ask % ("site-once", ALWAYS)) == "[false,true]"
    assert f"{ALWAYS}/*" not in browser_driver.granted()


def test_only_what_is_selected_is_sent_and_marked(
    tab: Tab, browser_driver: Driver, always_paired: FakeServer, site: str
) -> None:
    tab.open(f"{site}/growing.html")
    tab.js(
        "append('two', 'A miracle it is. A miracle of a kettle, said the aunt. No miracle, said the uncle.',"
        " document.getElementById('first'))"
    )
    select = (
        "(() => { const one = document.getElementById('first').nextElementSibling.firstChild;"
        " const range = new Range(); range.setStart(one, 17);"
        " range.setEnd(one.parentNode.nextElementSibling.firstChild, 10);"
        " getSelection().removeAllRanges(); getSelection().addRange(range); })()"
    )
    tab.js(select)
    tab.press_menu("check-selection")
    wait_for(lambda: marks(tab).get("promise"))
    (question,) = always_paired.questions()
    assert [block["text"] for block in question["blocks"]] == [
        "A miracle of a kettle, said the aunt. No miracle, said the uncle.",
        "The kettle",
    ]
    assert not question.get("elements")
    assert marks(tab)["promise"] == [["two", "miracle"]]
    stands_at = "(([range]) => range.startOffset)(Array.from(CSS.highlights.get('pinch-promise').values()))"
    assert tab.js(stands_at) == 19
    # The rest of the page was not asked about, and is not when it grows.
    tab.js("append('more', 'Here too a miracle is told of.')")
    time.sleep(1)
    assert len(always_paired.questions()) == 1
    if browser_driver.name == "firefox":
        return  # shows the entry only where something is selected
    tab.js("getSelection().removeAllRanges()")
    tab.press_menu("check-selection")
    wait_shown(tab, "No text of the page is selected")
    assert len(always_paired.questions()) == 1


def test_the_server_of_a_pairing_is_no_site_to_check(
    tab: Tab, browser_driver: Driver, always_paired: FakeServer, secure_site: str
) -> None:
    browser_driver.set_storage({"server": ALWAYS, "token": fake_server.TOKEN})
    browser_driver.allow(f"{ALWAYS}/*", is_asked=True)
    tab.open(f"{browser_driver.extension}/{PANEL}")
    state = f"chrome.runtime.sendMessage({{type: 'site-state', origin: '{ALWAYS}'}}).then((state) => state.isAlways)"
    assert tab.js(state) is False
    tab.open(f"{secure_site}/growing.html")
    time.sleep(0.4)
    assert marks(tab) == {}
    assert urlsplit(secure_site).hostname == SECURE_SITES[0]
    browser_driver.revoke(f"{ALWAYS}/*")


def test_a_click_still_checks_a_site_that_is_checked_once(
    tab: Tab, browser_driver: Driver, always_paired: FakeServer, secure_site: str
) -> None:
    tab.open(f"{secure_site}/growing.html")
    assert "1 flag" in check(tab)
    # The click let Pinch into this page, and into no other of the site.
    assert f"{ALWAYS}/*" not in browser_driver.granted()
    tab.open(f"{secure_site}/growing.html?again")
    time.sleep(0.5)  # nothing may happen, so there is nothing to wait for
    assert marks(tab) == {}
    assert len(always_paired.questions()) == 1
