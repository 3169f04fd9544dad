"""The overview's page: its drawings say what its tables say, and hold no words and no style of their own."""

from __future__ import annotations

from datetime import timedelta

from bs4 import BeautifulSoup

from server.moderation.overview import ByDay, last_days
from server.parts import Parts
from server.store.times import now
from server.web.charts import HEIGHT, STEP, Columns, Layer, ceiling
from tests.server.conftest import Client
from tests.server.moderation.placed import NOON, put_decision, put_post
from tests.server.test_bad_input import check_error

TWO = (Layer("a", "Apples", "c-accent"), Layer("b", "Pears", "c-plain"))


def test_moderation_columns_stand_on_the_ground_and_on_each_other() -> None:
    days = last_days(NOON.date(), 3)
    chart = Columns(ByDay(days, {"a": (1, 0, 3), "b": (1, 0, 1)}), TWO)
    assert (chart.ceiling, chart.total, chart.width) == (4, 6, 3 * STEP)
    marks = list(chart.marks())
    assert [mark.css for mark in marks] == ["c-accent", "c-plain", "c-accent", "c-plain"]
    assert [(mark.y, mark.height) for mark in marks] == [(75, 25), (50, 25), (25, 75), (0, 25)]
    assert marks[0].told == "18 November: 1 apples"
    assert all(mark.y + mark.height <= HEIGHT for mark in marks)
    assert chart.rows[0] == (days[-1], (3, 1))


def test_moderation_ceiling_is_round_and_high_enough() -> None:
    for most in range(2000):
        top = ceiling(most)
        assert max(most, 1) <= top <= max(2.5 * most, 1)
        assert int(str(top)[0]) in (1, 2, 4, 5)


def page(client: Client, path: str = "/overview") -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def test_moderation_overview_page_without_posts(signed_in: Client) -> None:
    text = page(signed_in).get_text()
    for words in (
        "Nothing waits",
        "None in these days",
        "no verdict yet",
        "No text was decided by two",
        "No post came",
    ):
        assert words in text


def test_moderation_overview_page_tells_the_numbers(signed_in: Client, parts: Parts) -> None:
    age = NOON - now()
    with parts.store.engine.begin() as connection:
        for number in range(4):
            put_post(
                connection,
                number,
                flags=["scare"],
                age=age + timedelta(minutes=5),
                state="open" if number else "decided",
            )
        put_decision(connection, 0, "upheld", verdicts={"scare": "upheld"}, at=now())
        put_decision(connection, 0, "upheld", who="bo", verdicts={"scare": "upheld"}, at=now())
    found = page(signed_in, "/overview?days=7")
    text = " ".join(found.get_text(" ").split())
    assert "3 posts wait" in text
    assert "1 of 1" in text
    assert "21 % to 100 %" in text  # Wilson's interval for 1 of 1
    assert "100 % of 1 post" in text
    assert len(found.select("figure.by-day tbody")[0].select("tr")) == 7
    assert [mark["class"] for mark in found.select("figure.by-day")[0].select("rect")] == [["c-accent"]]
    assert not found.select("main [style]")
    assert all(svg.get("aria-hidden") == "true" for svg in found.select("main svg"))
    assert all(table.find("caption") and table.select("th[scope=row]") for table in found.select("main table"))


def test_moderation_overview_page_knows_its_spans(signed_in: Client, client: Client) -> None:
    check_error(signed_in.get("/overview?days=31"), 422, "bad-request")
    check_error(client.get("/overview"), 401, "not-signed-in")
