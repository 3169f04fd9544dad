"""What leaves the page, and where it goes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.api.asked import AskedAnalysis
from server.api.documents import read_document
from tests.browser.chromium import ChromiumDriver, ChromiumTab
from tests.browser.conftest import LiveServer
from tests.browser.drivers import Driver, Tab, check, marks, wait_for
from tests.browser.fake_server import TOKEN, FakeServer


@pytest.fixture
def sent(tab: Tab, paired_fake: FakeServer, site: str) -> dict[str, Any]:
    """The one question that a check of the page asks."""
    tab.open(f"{site}/hype.html?secret=1#lead")
    check(tab)
    questions = [body for method, path, _, body in paired_fake.asked if path == "/v1/analyze"]
    assert len(questions) == 1
    question: dict[str, Any] = questions[0]
    return question


def test_all_that_is_seen_is_sent_and_nothing_else(sent: dict[str, Any]) -> None:
    miracles = [block["text"] for block in sent["blocks"] if "miracle" in block["text"]]
    assert miracles == [
        "A miracle of navigation",
        "A miracle of a banner",
        "Microdosing: a miracle in small portions?",
        "A miracle aside",
        "We use a miracle of cookies.",
        "A miracle footer",
    ]


def test_blocks_name_their_elements(sent: dict[str, Any]) -> None:
    elements = sent["elements"]
    places = {block["text"]: elements[block["element"]] for block in sent["blocks"]}
    menu = places["A miracle of navigation"]
    assert (menu["tag"], elements[menu["parent"]]["tag"]) == ("a", "nav")
    assert places["We use a miracle of cookies."] == {
        "tag": "div",
        "parent": 0,
        "id": "cookie-banner",
        "class": "cookie-bar",
    }
    assert elements[0] == {"tag": "body", "parent": None}
    assert all(element["parent"] < place for place, element in enumerate(elements) if place)


def test_the_server_reads_the_main_text_of_it(sent: dict[str, Any]) -> None:
    texts = [block.text for block in read_document(AskedAnalysis.model_validate(sent), max_blocks=1000).blocks]
    assert texts[1].startswith(
        "For years Big Pharma has kept quiet about psilocybin. Now studies show that it reverses"
    )
    assert not [text for text in texts if "miracle" in text and "small portions" not in text]


def test_kinds_are_told(sent: dict[str, Any]) -> None:
    kinds = {block["text"][:9]: block["kind"] for block in sent["blocks"]}
    assert kinds["Microdosi"] == "h1"
    assert kinds["“This is "] == "blockquote"
    assert kinds["It cured "] == "li"
    assert kinds["A dose of"] == "td"


def test_list_items_name_their_introduction(sent: dict[str, Any]) -> None:
    by_id = {block["id"]: block for block in sent["blocks"]}
    items = [block for block in sent["blocks"] if block["kind"] == "li"]
    assert [by_id[item["intro"]]["text"] for item in items] == ["What readers tell us:"] * 2
    assert {block["intro"] for block in sent["blocks"] if block["kind"] != "li"} == {None}


def test_links_have_their_place_and_tell_whether_they_lead_anywhere(sent: dict[str, Any]) -> None:
    links = {
        block["text"][link["start"] : link["end"]]: (link["href"].split("/", 3)[-1], link["resolved"])
        for block in sent["blocks"]
        for link in block["links"]
    }
    assert links == {
        "A miracle of navigation": ("", True),
        "[1]": ("#ref-1", True),
        "[9]": ("#ref-9", False),
        "order today": ("shop", True),
    }


def test_nothing_else_is_told(sent: dict[str, Any], paired_fake: FakeServer) -> None:
    assert set(sent) == {"url", "title", "lang", "blocks", "elements", "options"}
    assert sent["url"].endswith("/hype.html")
    assert "secret" not in json.dumps(sent)
    assert sent["options"] == {"setting": "balanced", "region": "US"}
    for _, _, headers, _ in paired_fake.asked:
        assert headers["Authorization"] == f"Bearer {TOKEN}"
        assert "Cookie" not in headers
        assert "Referer" not in headers


def test_the_record_of_who_was_asked_is_kept(
    browser_driver: Driver, sent: dict[str, Any], paired_fake: FakeServer
) -> None:
    """It is looked at once all tests have run (conftest)."""
    assert sent
    assert paired_fake.address in browser_driver.contacted


def test_only_the_paired_server_is_asked(chromium: ChromiumDriver, live: LiveServer, site: str) -> None:
    chromium.set_storage(live.pairing())
    tab = ChromiumTab(chromium)
    tab.open(f"{site}/hype.html")
    asked: list[str] = []
    chromium.context.on("request", lambda request: asked.append(request.url))
    check(tab)
    tab.press_next()
    # Nor when the page is followed, moves on by itself, or tells why it is not read.
    tab.open(f"{site}/growing.html")
    check(tab)
    tab.js("append('late', 'Late in the year this tea is a miracle for all.')")
    wait_for(lambda: len(marks(tab)["promise"]) == 2)
    tab.js("goTo('/journal', 'This tea is a miracle for all of us.')")
    wait_for(lambda: marks(tab).get("promise", [[""]])[0][0] == "there")
    tab.open(f"{site}/wp-admin/")
    check(tab)
    tab.close()
    assert asked.count(f"{live.address}/v1/analyze") == 4
    # What the tab itself loads is the site's.
    own = (live.address, chromium.extension, site)
    assert [address for address in asked if not address.startswith(own)] == []
    assert {address for address in asked if address.startswith(site)} <= {
        f"{site}/{path}" for path in ("growing.html", "wp-admin/", "favicon.ico")
    }
