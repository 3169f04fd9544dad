"""A moderator's reply holds facts with their sources, in plain text and Markdown."""

from __future__ import annotations

from click.testing import CliRunner

from server.cli import main
from server.context import Card
from server.context.reply import LAST_WORDS, reply_to


def test_every_reply_names_the_sources_it_cites(cards: dict[str, Card]) -> None:
    for card in cards.values():
        text = reply_to(card)
        assert card.known[0].text in text
        assert "[1]" in text
        assert "https://" in text
        assert text.endswith(LAST_WORDS)


def test_markdown_has_links(cards: dict[str, Card]) -> None:
    source = next(one for one in cards["kava"].sources if one.n == cards["kava"].known[0].sources[0])
    assert f"]({source.url})" in reply_to(cards["kava"], markdown=True)


def test_the_command_prints_it(cards: dict[str, Card]) -> None:
    assert CliRunner().invoke(main, ["context", "reply", "kava"]).output == reply_to(cards["kava"]) + "\n"
