"""A checked page is followed: what is new is asked about once and alone, what is rendered again keeps its marks."""

from __future__ import annotations

import json
import time

from tests.browser import fake_server
from tests.browser.chromium import ChromiumTab
from tests.browser.drivers import Tab, check, click_on, marks, shown, wait_for, wait_shown
from tests.browser.fake_server import FakeServer

FIRST = ["first", "miracle"]


def promises(tab: Tab) -> list[list[str]]:
    """The marks for miracles."""
    return sorted(marks(tab).get("promise", []))


def test_a_page_that_renders_again_or_grows_is_asked_about_what_is_new_alone(
    tab: Tab, paired_fake: FakeServer, site: str
) -> None:
    paired_fake.answer = fake_server.flag_miracles
    tab.open(f"{site}/growing.html")
    check(tab)
    assert promises(tab) == [FIRST]
    whole = len(paired_fake.texts()[0])
    # All nodes are new, no word is: the marks come back without a question.
    tab.js("renderAgain()")
    wait_for(lambda: tab.js("document.getElementById('first').isConnected") and promises(tab) == [FIRST])
    click_on(tab, "first", "miracle")
    wait_shown(tab, "Miracle language")
    tab.key("Escape")
    assert len(paired_fake.questions()) == 1
    tab.js("append('late', 'Late in the year this tea is a miracle too.')")
    wait_for(lambda: promises(tab) == [FIRST, ["late", "miracle"]])
    assert wait_for(lambda: tab.badge() == "2")
    (_, part) = paired_fake.texts()
    assert part == [
        "Letters about tea",
        "Spring",
        "They ripen in October.",
        "We cook them with cloves.",
        "Late in the year this tea is a miracle too.",
    ]
    assert len(part) < whole
    # The same words again, and words that changed and changed back, are known.
    tab.js("append('again', 'Late in the year this tea is a miracle too.')")
    wait_for(lambda: len(promises(tab)) == 3)
    tab.js("document.getElementById('first').textContent = 'Gone for now, said the cook.'")
    wait_for(lambda: len(promises(tab)) == 2 and len(paired_fake.questions()) == 3)
    tab.js("document.getElementById('first').textContent = 'Some say this tea is a miracle for all of us.'")
    wait_for(lambda: FIRST in promises(tab))
    time.sleep(1)  # nothing may happen, so there is nothing to wait for
    assert len(paired_fake.questions()) == 3
    tab.press_icon()
    wait_for(lambda: marks(tab) == {})
    tab.js("append('off', 'Nobody asks about this miracle.')")
    time.sleep(1)
    assert len(paired_fake.questions()) == 3


def test_words_about_which_the_server_failed_are_asked_about_again(
    tab: Tab, paired_fake: FakeServer, site: str
) -> None:
    paired_fake.answer = fake_server.flag_miracles
    tab.open(f"{site}/growing.html")
    check(tab)
    paired_fake.status = 503
    tab.js("append('late', 'Late in the year this tea is a miracle too.')")
    wait_for(lambda: len(paired_fake.questions()) == 2)
    assert promises(tab) == [FIRST]
    paired_fake.status = 200
    wait_for(lambda: promises(tab) == [FIRST, ["late", "miracle"]])


def test_a_page_that_chatters_costs_little(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    paired_fake.answer = fake_server.flag_miracles
    tab.open(f"{site}/growing.html")
    check(tab)
    tab.js("chatter()")
    start = time.monotonic()
    time.sleep(4.5)
    # Some 90 changes; the waits between questions double: 1, 2, 4 seconds.
    assert 1 <= len(paired_fake.questions()) - 1 <= 2 + (time.monotonic() - start) // 7
    assert promises(tab) == [FIRST]


def test_a_page_that_moves_on_by_itself_is_checked_anew(tab: Tab, paired_fake: FakeServer, site: str) -> None:
    paired_fake.answer = fake_server.flag_miracles
    tab.open(f"{site}/growing.html")
    check(tab)
    tab.js("goTo('/journal/2', 'Here this tea is a miracle, says the journal.')")
    wait_for(lambda: promises(tab) == [["there", "miracle"]])
    second = paired_fake.questions()[-1]
    assert second["url"].endswith("/journal/2")
    assert second["blocks"][0]["text"] == "Another page"
    # What it shows at a private address is not read; coming back, it is on no more.
    count = len(paired_fake.questions())
    tab.js("goTo('/account/login', 'Your secret is a miracle, says the form.')")
    wait_for(lambda: tab.badge() == "!")
    assert marks(tab) == {}
    assert len(paired_fake.questions()) == count
    tab.js("goTo('/journal/3', 'Nobody clicked here, says this miracle.')")
    time.sleep(1.2)  # nothing may happen, so there is nothing to wait for
    assert len(paired_fake.questions()) == count
    assert "1 flag" in check(tab)


def test_shadow_trees_and_frames_of_the_same_site_are_read_and_marked(
    tab: Tab, paired_fake: FakeServer, site: str
) -> None:
    paired_fake.answer = fake_server.flag_miracles
    tab.open(f"{site}/trees.html")
    check(tab)
    assert paired_fake.texts()[0] == [
        "Letters about tea",
        "In the light this tea is a miracle for all.",
        "In the open tree this tea is a miracle for all.",
        "Slotted in, this tea is a miracle for all.",
        "In the closed tree this tea is a miracle for all.",
        "In the frame this tea is a miracle for all.",
    ]
    assert len(promises(tab)) == 4
    framed = "Array.from(frames[0].CSS.highlights.get('pinch-promise')?.values() ?? [], (one) => one.toString()).length"
    assert tab.js(framed) == 1
    for root in ("document.getElementById('open').shadowRoot", "closedRoot"):
        style = tab.js(f"getComputedStyle({root}.querySelector('p'), '::highlight(pinch-promise)').textDecorationStyle")
        assert style == "solid"
    for box in (_box("document.getElementById('open').shadowRoot"), _box("closedRoot"), _framed_box()):
        x, y = json.loads(tab.js(box))
        tab.click(x, y)
        assert "Miracle language" in wait_shown(tab, "of 5")
        tab.key("Escape")
        wait_for(lambda: not shown(tab))
    # New words in each of them are noticed.
    tab.js("closedRoot.querySelector('p').textContent = 'Later in the closed tree, a miracle again.'")
    tab.js("frames[0].document.body.append('And a last miracle in the frame.')")
    wait_for(lambda: "And a last miracle in the frame." in paired_fake.texts()[-1])
    wait_for(lambda: tab.badge() == "6")
    tab.js("document.getElementById('near').remove()")
    wait_for(lambda: tab.badge() == "4")
    tab.press_icon()
    wait_for(lambda: marks(tab) == {})


def _box(root: str) -> str:
    return (
        f"(() => {{ const node = {root}.querySelector('p').firstChild; const range = new Range();"
        " const at = node.data.indexOf('miracle'); range.setStart(node, at); range.setEnd(node, at + 7);"
        " const box = range.getBoundingClientRect(); return JSON.stringify([box.x + 20, box.y + 8]); })()"
    )


def _framed_box() -> str:
    inner = _box("frames[0].document")
    return (
        f"(() => {{ const [x, y] = JSON.parse({inner}); const frame = document.getElementById('near');"
        " const outer = frame.getBoundingClientRect();"
        " return JSON.stringify([outer.x + frame.clientLeft + x, outer.y + frame.clientTop + y]); })()"
    )


def test_a_reader_who_scrolls_does_not_wait_for_a_page_that_chatters(
    chromium_tab: ChromiumTab, fake: FakeServer, site: str
) -> None:
    fake.answer = fake_server.flag_miracles
    chromium_tab.open(f"{site}/growing.html")
    check(chromium_tab)
    chromium_tab.js("chatter()")
    time.sleep(4)
    chromium_tab.js("append('more', 'Scrolling down, one finds a miracle.', document.getElementById('first'))")
    chromium_tab.page.mouse.wheel(0, 300)
    wait_for(lambda: ["more", "miracle"] in promises(chromium_tab), seconds=2.5)
