"""The reader's choices on the options page: made, taken back, told, saved, read and deleted."""

from __future__ import annotations

import json

from tests.browser.conftest import LiveServer
from tests.browser.drivers import OPTIONS, Driver, Tab, click_element, unfold, wait_for
from tests.browser.test_options import state, wait_state


def told(tab: Tab) -> str:
    """The line at the foot of the window; empty when it is not there."""
    words = "document.getElementById('told-words').textContent"
    return str(tab.js(f"document.getElementById('told').hidden ? '' : {words}"))


def fill(tab: Tab, values: dict[str, str]) -> None:
    for name, value in values.items():
        tab.js(f"document.getElementById({json.dumps(name)}).value = {json.dumps(value)}")


def choose(tab: Tab, name: str, value: str) -> None:
    """Choose from a list. In one step, since an answer of the background sets the list as well."""
    box = f"document.getElementById({json.dumps(name)})"
    tab.js(f"{box}.value = {json.dumps(value)}, {box}.dispatchEvent(new Event('change', {{bubbles: true}}))")


def saved_file(tab: Tab) -> str:
    """What the file holds that would be saved: its contents are caught where the browser is handed them."""
    tab.js(
        "(() => { const make = URL.createObjectURL; URL.createObjectURL = (blob) => {"
        " blob.text().then((text) => { window.saved = text; }); return make.call(URL, blob); }; return 1; })()"
    )
    click_element(tab, "export")
    return str(wait_for(lambda: tab.js("window.saved")))


def hand_over(tab: Tab, text: str) -> None:
    """Choose a file of this text, as the browser's own window would."""
    tab.js(
        "(() => { const files = new DataTransfer();"
        f" files.items.add(new File([{json.dumps(text)}], 'settings.json'));"
        " const input = document.getElementById('file'); input.files = files.files;"
        " input.dispatchEvent(new Event('change', {bubbles: true})); return 1; })()"
    )


def test_flags_phrases_and_sites_are_chosen_and_taken_back(
    tab: Tab, browser_driver: Driver, paired: LiveServer
) -> None:
    site = "https://muted.example"
    browser_driver.set_storage({**paired.pairing(), "mutedSites": [site], "watched": "nonsense"})
    tab.open(f"{browser_driver.extension}/{OPTIONS}")
    wait_state(tab, "Paired")
    unfold(tab)
    kept = browser_driver.get_storage
    click_element(tab, "flag-scare")
    wait_for(lambda: kept().get("flagsOff") == ["scare"])
    click_element(tab, "flag-scare")
    wait_for(lambda: kept().get("flagsOff") == [])
    click_element(tab, "strong")
    wait_for(lambda: kept().get("look") == "strong")
    click_element(tab, "private")
    wait_for(lambda: kept().get("privateWindows") is True)
    choose(tab, "region", "IE")
    wait_for(lambda: kept().get("region") == "IE")
    assert "United States" in tab.js("document.getElementById('region').options[0].textContent")
    fill(tab, {"watch-phrase": " seed   oils ", "watch-note": "Ask Ana."})
    click_element(tab, "watch-add")
    wait_for(lambda: kept().get("watched") == [{"phrase": "seed oils", "note": "Ask Ana."}])
    fill(tab, {"mute-phrase": "!!"})
    click_element(tab, "mute-add")
    wait_for(lambda: "A phrase needs" in told(tab))
    fill(tab, {"mute-phrase": "ancient wisdom"})
    click_element(tab, "mute-add")
    wait_for(lambda: kept().get("mutedPhrases") == ["ancient wisdom"])
    wait_for(lambda: "seed oils" in tab.js("document.getElementById('watched').innerText"))
    tab.js("document.querySelector('#watched button').id = 'first'")
    click_element(tab, "first")
    wait_for(lambda: kept()["watched"] == [])
    wait_for(lambda: told(tab) == "Removed: seed oils")
    click_element(tab, "undo")
    wait_for(lambda: kept()["watched"] == [{"phrase": "seed oils", "note": "Ask Ana."}])
    wait_for(lambda: told(tab) == "Brought back.")
    tab.js("document.querySelector('#sites button').id = 'first-site'")
    click_element(tab, "first-site")
    wait_for(lambda: kept()["mutedSites"] == [])


def test_what_is_muted_elsewhere_meanwhile_is_shown_and_outlives_undo(
    tab: Tab, browser_driver: Driver, paired: LiveServer
) -> None:
    browser_driver.set_storage({**paired.pairing(), "mutedPhrases": ["ancient wisdom", "big pharma"]})
    tab.open(f"{browser_driver.extension}/{OPTIONS}")
    wait_state(tab, "Paired")
    unfold(tab)
    kept = browser_driver.get_storage
    tab.js("document.querySelector('#phrases button').id = 'first'")
    click_element(tab, "first")
    wait_for(lambda: told(tab) == "Removed: ancient wisdom")
    # As a card does it: the page hears of it by the store alone.
    browser_driver.set_storage({**kept(), "mutedPhrases": [*kept()["mutedPhrases"], "studies show"]})
    wait_for(lambda: "studies show" in tab.js("document.getElementById('phrases').innerText"))
    assert "Paired" in state(tab)
    click_element(tab, "undo")
    wait_for(lambda: sorted(kept()["mutedPhrases"]) == ["ancient wisdom", "big pharma", "studies show"])


def test_all_that_is_kept_is_told_saved_read_and_deleted(tab: Tab, browser_driver: Driver, live: LiveServer) -> None:
    pairing = live.pairing()
    chosen = {"look": "strong", "watched": [{"phrase": "seed oils", "note": ""}], "somethingNew": [1, 2]}
    browser_driver.set_storage({**pairing, **chosen})
    tab.open(f"{browser_driver.extension}/{OPTIONS}")
    wait_state(tab, "Paired")
    unfold(tab)
    rows = "Array.from(document.querySelectorAll('#stored > div'), (row) => row.innerText.replace(/\\s+/g, ' '))"
    stored = json.loads(tab.js(f"JSON.stringify({rows})"))
    assert stored == [
        "How marks look Strong",
        f"Address of the server {live.address}",
        "Another entry, named somethingNew 2",
        "Token that the server gave kept, never shown",
        "Phrases watched for 1",
        "Sites always checked, kept by the browser 0",
    ]
    file = json.loads(saved_file(tab))
    assert file["settings"]["look"] == "strong"
    assert not {"token", "server"} & set(file["settings"])
    hand_over(tab, "{}")
    wait_for(lambda: "no file of Pinch's settings" in told(tab))
    file["settings"] = {"look": "quiet", "token": "stolen", "server": "https://elsewhere.example", "region": "GB"}
    hand_over(tab, json.dumps(file))
    wait_for(lambda: "settings of the file are in use" in told(tab))
    assert {**browser_driver.get_storage(), "region": "", "look": "strong"} == {**pairing, **chosen, "region": ""}
    click_element(tab, "undo")
    wait_for(lambda: browser_driver.get_storage()["look"] == "strong")
    click_element(tab, "forget")
    click_element(tab, "sure-no")
    assert browser_driver.get_storage()["token"] == pairing["token"]
    click_element(tab, "forget")
    click_element(tab, "sure-yes")
    wait_state(tab, "Not paired yet")
    assert browser_driver.get_storage() == {}
    wait_for(lambda: live.store.clients.check(pairing["token"]) is None)
