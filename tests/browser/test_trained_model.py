"""The whole way with the trained model: from the click on the icon to the words of its answer."""

from __future__ import annotations

from tests.browser.conftest import LiveServer
from tests.browser.drivers import Driver, Tab, check, click_on, marks, wait_shown


def test_a_hyped_page_is_marked_and_explained(tab: Tab, browser_driver: Driver, trained: LiveServer, site: str) -> None:
    browser_driver.set_storage(trained.pairing())
    tab.open(f"{site}/sample.html")
    assert "flags on this page" in check(tab)
    found = marks(tab)
    assert "safe" in [id for id, _ in found["risk"]]
    assert "sell" in [id for id, _ in found["push"]]
    assert "lead" not in [id for words in found.values() for id, _ in words]
    click_on(tab, "safe", "perfectly")
    words = wait_shown(tab, "False safety")
    assert "What is known: Turmeric" in words
    assert "Not medically reviewed." in words


def test_a_calm_page_stays_unmarked(tab: Tab, browser_driver: Driver, trained: LiveServer, site: str) -> None:
    browser_driver.set_storage(trained.pairing())
    tab.open(f"{site}/calm.html")
    assert "Nothing flagged is not the same as true." in check(tab)
    assert marks(tab) == {}


def test_a_founding_text_is_marked(tab: Tab, browser_driver: Driver, trained: LiveServer, site: str) -> None:
    browser_driver.set_storage(trained.pairing())
    tab.open(f"{site}/founding/microdosing-stack")
    assert "flags on this page" in check(tab)
    marked = " ".join(words for family in marks(tab).values() for _, words in family)
    for quoted in ("literally growing your brain", "when I accept myself", "The mushroom says to me"):
        assert quoted in marked
    assert "not a magic bullet" not in marked


def test_the_founding_text_of_a_public_health_body_stays_unmarked(
    tab: Tab, browser_driver: Driver, trained: LiveServer, site: str
) -> None:
    browser_driver.set_storage(trained.pairing())
    tab.open(f"{site}/founding/microdose-ketamine-explained")
    assert "Nothing flagged is not the same as true." in check(tab)
