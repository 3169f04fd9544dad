"""Private pages are never read: nothing leaves before the reader said so twice, nothing at all without a click."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.browser import fake_server
from tests.browser.chromium import ChromiumDriver, ChromiumTab
from tests.browser.drivers import Driver, Tab, check, marks, press, wait_for, wait_shown
from tests.browser.fake_server import FakeServer

WORDS = {
    "Mail is not read": [
        "mail.google.com/mail/u/0/",
        "outlook.live.com/mail/0/",
        "webmail.clinic.test/",
        "mail.blog.test/inbox",
        "blog.test/roundcube/?_task=mail",
    ],
    "Private messages are not read": [
        "web.whatsapp.com/",
        "discord.com/channels/1/2",
        "www.facebook.com/messages/t/7",
        "chat.blog.test/room/9",
    ],
    "Banking and payment pages are not read": [
        "www.paypal.com/myaccount/summary",
        "onlinebanking.credit.test/accounts",
        "www.villagebank.test/",
        "shop.blog.test/checkout",
        "blog.test/billing/2026",
    ],
    "Patient portals are not read": [
        "mychart.clinic.test/visits",
        "patientportal.hospital.test/",
        "clinic.test/MyChart/inbox",
        "www.patientaccess.com/home",
    ],
    "Sign-in pages are not read": [
        "accounts.google.com/v3/signin",
        "blog.test/user/login",
        "sso.clinic.test/",
        "blog.test/reset-password",
    ],
    "Pages of a home or company network are not read": [
        "192.168.1.20/notes",
        "10.0.0.7/",
        "wiki/handbook",
        "files.clinic.local/",
        "portal.clinic.internal/",
    ],
    "Pages for administrators are not read": [
        "blog.test/wp-admin/index.php",
        "admin.blog.test/users",
        "console.aws.amazon.com/",
    ],
}
LOOK_ALIKES = [(address, words) for words, addresses in WORDS.items() for address in addresses]


def test_private_pages_tell_why_and_send_nothing(
    chromium: ChromiumDriver, fake: FakeServer, site: str, secure_site: str
) -> None:
    assert len(LOOK_ALIKES) == 30
    chromium.set_storage({"server": fake.address, "token": fake_server.TOKEN})
    ports = {"http": urlsplit(site).port, "https": urlsplit(secure_site).port}
    contacted: list[str] = []
    tab = ChromiumTab(chromium)
    chromium.context.on("request", lambda request: contacted.append(request.url))
    for address, words in LOOK_ALIKES:
        host, _, path = address.partition("/")
        # Browsers go to some of these names by https alone.
        scheme = "https" if host.endswith(".com") else "http"
        tab.open(f"{scheme}://{host}:{ports[scheme]}/{path}")
        told = check(tab)
        assert words in told, address
        assert "Nothing of this page was read or sent" in told
        assert wait_for(tab.badge) == "!"
        assert marks(tab) == {}
    assert fake.asked == []
    assert [url for url in contacted if url.startswith(fake.address)] == []
    tab.close()


def test_the_reader_may_insist_and_is_asked_once_a_site(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    paired_fake.answer = fake_server.flag_miracles
    tab.open(f"{site}/wp-admin/letter")
    assert "Pages for administrators" in check(tab)
    assert paired_fake.asked == []
    press(tab, "Read it all the same")
    wait_shown(tab, "1 flag on this page")
    assert len(paired_fake.questions()) == 1
    tab.open(f"{site}/wp-admin/another")
    assert "1 flag on this page" in check(tab)


def test_muted_sites_are_left_alone(tab: Tab, browser_driver: Driver, fake: FakeServer, site: str) -> None:
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(site))
    browser_driver.set_storage({"server": fake.address, "token": fake_server.TOKEN, "mutedSites": [origin]})
    tab.open(f"{site}/calm.html")
    assert "nothing on it was read" in check(tab)
    assert fake.asked == []


@pytest.mark.parametrize("kind", ["password", "card", "autocomplete", "shadow"])
def test_pages_that_ask_for_secrets_are_not_read(tab: Tab, paired_fake: FakeServer, site: str, kind: str) -> None:
    tab.open(f"{site}/forms.html")
    tab.js(f"show('{kind}')")
    words = check(tab)
    assert "asks for a password or a payment card" in words
    assert "Read it all the same" not in words
    assert paired_fake.asked == []


def test_other_forms_and_hidden_ones_are_no_secret(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    paired_fake.answer = fake_server.flag_miracles
    tab.open(f"{site}/forms.html")
    tab.js("show('password'), document.getElementById('form').hidden = true")
    assert "1 flag on this page" in check(tab)
    tab.press_icon()
    wait_for(lambda: marks(tab) == {})
    tab.js("show('library')")
    assert "1 flag on this page" in check(tab)
    # A form that opens later ends the following, not only the first look.
    tab.js("show('password')")
    tab.js("document.getElementById('text').after('And this tea too is a miracle')")
    tab.js("new Promise((done) => setTimeout(done, 1500))")
    assert len(paired_fake.questions()) == 2


def test_nothing_is_asked_and_nobody_is_let_in_before_consent(
    chromium: ChromiumDriver, fake: FakeServer, site: str, secure_site: str
) -> None:
    chromium.set_storage({"server": fake.address, "token": fake_server.TOKEN})
    granted = chromium.worker_js("chrome.permissions.getAll()")
    assert sorted(granted["origins"]) == ["http://127.0.0.1/*", "http://[::1]/*", "http://localhost/*"]
    assert chromium.worker_js("chrome.scripting.getRegisteredContentScripts()") == []
    tab = ChromiumTab(chromium)
    for address in (f"{site}/hype.html", f"{secure_site}/hype.html"):
        tab.open(address)
        tab.page.wait_for_timeout(300)
        assert marks(tab) == {}
    assert fake.asked == []
    tab.close()


def test_private_windows_are_not_read_unless_allowed(
    chromium_tab: ChromiumTab, chromium: ChromiumDriver, fake: FakeServer, site: str
) -> None:
    # The browser says of a tab that its window is private; here a made click says so.
    press = (
        "chrome.tabs.query({active: true, lastFocusedWindow: true}).then(([tab]) =>"
        " chrome.action.onClicked.dispatch({...tab, incognito: true}))"
    )
    chromium_tab.open(f"{site}/calm.html")
    chromium.let_in(chromium_tab.page.url)
    chromium.worker_js(press)
    words = wait_shown(chromium_tab, "private windows are not read")
    assert "Read it all the same" not in words
    assert fake.asked == []
    chromium.set_storage({"server": fake.address, "token": fake_server.TOKEN, "privateWindows": True})
    chromium.worker_js(press)
    wait_shown(chromium_tab, "Nothing flagged")
