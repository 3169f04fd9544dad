"""Drift as people meet it: on the overview, at the command line, and in the gauge that monitoring reads."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from click.testing import CliRunner
from playwright.sync_api import Browser

from classifier.reference import Reference
from server.cli import main
from server.moderation import drift_commands, drift_watch
from server.parts import Parts
from tests.axe import check_with_axe
from tests.server.conftest import Client, Headers
from tests.server.fakes import FakeDetector
from tests.server.moderation.weeks import AT, put_week, tally

NEWS = "words the model never learned 7.5 %, 2.5 % in the first weeks"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The weeks end today."""
    monkeypatch.setattr(drift_commands, "now", lambda: AT)
    monkeypatch.setitem(drift_watch.DriftWatch.__init__.__kwdefaults__, "now", lambda: AT)


@pytest.fixture
def weeks(engine: sa.Engine) -> sa.Engine:
    for back in (4, 3, 2, 1):
        put_week(engine, back)
    return engine


def overview(client: Client) -> BeautifulSoup:
    answer = client.get("/overview")
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def words_of(found: BeautifulSoup) -> str:
    return " ".join(found.get_text(" ").split())


def test_drift_page_without_posts(signed_in: Client) -> None:
    found = overview(signed_in)
    assert "No post came yet" in words_of(found)
    assert not found.select("main > .notice")


def test_drift_page_is_calm_when_nothing_moved(signed_in: Client, weeks: sa.Engine) -> None:
    put_week(weeks, 0)
    found = overview(signed_in)
    assert not found.select("main > .notice")
    assert "The newest week reads like the first weeks." in words_of(found)


def test_drift_page_tells_a_move_first_and_draws_it(signed_in: Client, weeks: sa.Engine, parts: Parts) -> None:
    FakeDetector.reference = Reference({"forum": tally(flagged=1)})
    try:
        put_week(weeks, 0, unknown=3)
        found = overview(signed_in)
    finally:
        FakeDetector.reference = None
    (notice,) = found.select("main > .notice")
    assert NEWS in notice.get_text()
    assert notice.select("a[href='#drift']")
    flagged, unknown = found.select("figure.by-week")
    assert len(unknown.select("rect")) == len(flagged.select("rect")) == 5
    colours = [mark["class"][1] for mark in unknown.select("line.value")]
    assert colours == [*["c-plain"] * 4, "c-risk"]
    assert not flagged.select("svg .c-risk")
    assert unknown.select("line.training")
    assert unknown.select("line.first")
    weeks_table, newest = found.select(".drift table")
    assert [row.select("td")[-1].get_text() for row in weeks_table.select("tbody tr")] == ["yes", *["first weeks"] * 4]
    assert len(newest.select("tbody tr")) == 14
    assert "7.5 %" in newest.get_text()
    assert not found.select("main [style]")


def test_drift_page_tells_what_was_not_counted(signed_in: Client, engine: sa.Engine) -> None:
    put_week(engine, 1, 7, is_counted=False)
    assert "7 posts were read before there was a count" in words_of(overview(signed_in))


def test_the_gauge_tells_how_much_moved(client: Client, bearer: Headers, weeks: sa.Engine) -> None:
    put_week(weeks, 0, unknown=3)
    text = client.get("/metrics", headers=bearer).get_data(as_text=True)
    assert 'pinch_drift_moved{source="forum"} 1.0' in text


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["posts", "drift", *arguments])
    return result.exit_code, result.output


def test_the_command_without_posts(engine: sa.Engine) -> None:
    assert run() == (0, "There are no posts here to compare.\n")


def test_the_command_ends_with_1_when_something_moved(weeks: sa.Engine) -> None:
    assert run()[0] == 0
    put_week(weeks, 0, unknown=3)
    code, text = run()
    assert code == 1
    assert NEWS in text
    assert [line.split()[-1] for line in text.splitlines()[2:]] == ["weeks"] * 4 + ["moved"]
    assert run("--source", "elsewhere") == (0, "There are no posts here to compare.\n")


def test_the_command_speaks_json(weeks: sa.Engine) -> None:
    put_week(weeks, 0, unknown=3)
    code, text = run("--format", "json", "--source", "forum")
    (forum,) = json.loads(text)["forums"]
    assert (code, forum["moved"], forum["first"]["posts"]) == (1, ["unknown-words"], 240)
    (found,) = (one for one in forum["weeks"][-1]["against_first"] if one["moved"])
    assert (found["measure"], found["now"], found["before"]) == ("unknown-words", 0.075, 0.025)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drift_page_in_chromium(chromium: Browser, site: tuple[str, Parts], scheme: str) -> None:
    address, parts = site
    for back in (4, 3, 2, 1):
        put_week(parts.store.engine, back)
    put_week(parts.store.engine, 0, unknown=3)
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/?code={parts.store.codes.make()}")
    page.goto(f"{address}/overview")
    page.locator(".drift details").evaluate_all("all => all.forEach(one => { one.open = true })")
    assert NEWS in page.locator("main > .notice").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    check_with_axe(page)
    context.close()
