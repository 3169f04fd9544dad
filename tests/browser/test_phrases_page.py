"""The form for own words, as a browser lays it out."""

from __future__ import annotations

from pathlib import Path

from server.app import create_app
from server.settings import Settings
from tests.browser import fake_server
from tests.browser.chromium import ChromiumDriver, ChromiumTab
from tests.server.fakes import FakeDetector

# Of each box that may be ticked: its width, and whether it stands on the first line of its words, left of them.
BOXES = """(() => {
  document.querySelector("details").open = true;
  return Array.from(document.querySelectorAll("label > input[type=checkbox]"), (box) => {
    const words = document.createRange();
    words.selectNodeContents(box.parentElement.lastChild.parentElement);
    words.setStartAfter(box);
    const [one, all] = [box.getBoundingClientRect(), words.getBoundingClientRect()];
    const beside = one.right <= all.left + 1 && one.top < all.bottom && one.bottom > all.top;
    return [Math.round(one.width), beside];
  });
})()"""


def test_boxes_stand_beside_their_words_on_a_narrow_page(chromium: ChromiumDriver, tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path), detector=FakeDetector())
    server, address = fake_server.run(app)
    tab = ChromiumTab(chromium)
    tab.open(f"{address}/?code={app.extensions['pinch'].store.codes.make()}")
    tab.open(f"{address}/phrases")
    tab.js("document.body.style.width = '330px'")
    assert tab.js(BOXES) == [[20, True], [20, True]]
    server.shutdown()
