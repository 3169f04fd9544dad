"""``pinch context``: what it prints and when it fails."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from server.context import Card, load_cards
from server.context.commands import context


def run(*arguments: str) -> Result:
    return CliRunner().invoke(context, list(arguments))


@pytest.fixture
def folder(tmp_path: Path, card_text: Callable[..., str]) -> Path:
    (tmp_path / "sample.toml").write_text(card_text(), "utf-8")
    return tmp_path


def test_check_passes_a_good_card(folder: Path) -> None:
    result = run("check", "--folder", str(folder))
    assert result.exit_code == 0
    assert "1 cards, no problems" in result.output


def test_check_fails_with_file_and_reason(folder: Path, card_text: Callable[..., str]) -> None:
    (folder / "sample.toml").write_text(card_text(('place = "Nowhere"', 'place = ""')), "utf-8")
    result = run("check", "--folder", str(folder))
    assert result.exit_code == 1
    assert "sample.toml: a legal entry has no place" in result.output


def test_check_fails_on_an_empty_folder(tmp_path: Path) -> None:
    assert run("check", "--folder", str(tmp_path)).exit_code == 1


def test_list_has_a_line_for_every_card(cards: dict[str, Card]) -> None:
    result = run("list")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.splitlines()] == list(cards)
    assert "not medically reviewed" in result.output


def test_list_tells_of_a_broken_card(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("id =", "utf-8")
    result = run("list", "--folder", str(tmp_path))
    assert result.exit_code == 1
    assert "broken.toml" in result.output


def test_show_holds_every_fact_and_source() -> None:
    card = load_cards()["ketamine"]
    output = run("show", "ketamine").output
    assert all(fact.text in output for _, fact in card.facts())
    assert all(source.url in output for source in card.sources)
    assert "United Kingdom: " in output
    assert "Checked on 2026-11-20" in output
    assert "Not medically reviewed." in output


@pytest.mark.parametrize("name", ["no-such-card", "../cards/ketamine", "..", ""])
@pytest.mark.parametrize("command", ["show", "preview"])
def test_unknown_card_is_refused(command: str, name: str) -> None:
    result = run(command, name)
    assert result.exit_code == 1
    assert "pinch context list" in result.output


def test_preview_escapes_what_a_card_says(folder: Path, card_text: Callable[..., str]) -> None:
    text = card_text(("It has not been shown to help.", "<script>alert(1)</script> & more."))
    (folder / "sample.toml").write_text(text, "utf-8")
    output = run("preview", "sample", "--folder", str(folder)).output
    assert "<script>" not in output
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more." in output


def test_preview_is_one_whole_page(cards: dict[str, Card]) -> None:
    for card_id, card in cards.items():
        page = _Page()
        page.feed(run("preview", card_id).output)
        assert page.open == [], card_id
        assert page.links >= {source.url for source in card.sources}


class _Page(HTMLParser):
    """Which elements stay open, and where links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        self.links |= {value for name, value in attrs if name == "href" and value}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
