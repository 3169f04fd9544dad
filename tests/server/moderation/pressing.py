"""What a browser does with a page of the queue: read it, fill its forms in, press its buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from bs4 import BeautifulSoup, Tag

from server.moderation.decisions import Decision, history
from tests.server.conftest import Client

HTML = {"Accept": "text/html"}
Press = Callable[..., Any]


def soup(answer: Any, status: int = 200) -> BeautifulSoup:
    assert answer.status_code == status, answer.get_data(as_text=True)
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def page(signed_in: Client, path: str = "/queue") -> BeautifulSoup:
    return soup(signed_in.get(path, headers=HTML))


def fields(form: Tag) -> dict[str, Any]:
    """What a browser would send of a form that nobody touched."""
    found: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        kind = field.get("type")
        if kind in ("radio", "checkbox") and not field.has_attr("checked"):
            continue
        value = field.get("value") if field.name == "input" else field.get_text().removeprefix("\n")
        if field.name == "select":
            value = field.select("option")[0]["value"]
        found[str(field["name"])] = value or ""
    return found


def past(engine: sa.Engine, number: int) -> list[Decision]:
    with engine.connect() as connection:
        return history(connection, number)


def titles(found: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in found.select(".lines .open")]
