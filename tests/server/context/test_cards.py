"""The card files as they come with Pinch: their shape, their sources and their wording."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from server.context import Card, CardError, card_json, load_cards
from server.context.cards import SECTIONS, parse_card, read_card
from server.context.check import check_folder
from server.context.publishers import PRIMARY, publisher_kind

# What texts on the subjects that readers meet most must find.
EXPECTED = {
    "ketamine",
    "compounded-ketamine",
    "microdose-ketamine",
    "esketamine",
    "ketamine-bladder",
    "microdosing",
    "psilocybin",
    "lsd",
    "mescaline",
    "mdma",
    "lions-mane",
    "omega-3",
    "b-vitamins",
    "magnesium",
    "neuroplasticity",
    "default-mode-network",
    "psychedelic-interactions",
    "psychedelics-psychosis",
    "expectancy",
    "microdosing-stacks",
    "stopping-antidepressants",
    "turmeric",
    "ashwagandha",
    "detox",
    "st-johns-wort",
    "kratom",
    "cbd",
    "homeopathy",
    "melatonin",
    "vitamin-d",
    "probiotics",
    "collagen",
    "glp1-compounded",
    "vaccines-autism",
    "ivermectin",
    "stem-cell-clinics",
}


def test_cards_have_no_problems() -> None:
    # The day they were written: a card that falls due later must not break the build of an old version.
    assert check_folder(today=date(2026, 11, 20)) == []


def test_expected_cards_exist(cards: dict[str, Card]) -> None:
    assert cards.keys() >= EXPECTED
    assert len(cards) >= 30


def test_cards_are_loaded_once() -> None:
    assert load_cards() is load_cards()


def test_every_fact_with_a_lone_source_rests_on_a_listed_publisher(cards: dict[str, Card]) -> None:
    for card in cards.values():
        kinds = {source.n: publisher_kind(source.url) for source in card.sources}
        for _, fact in card.facts():
            assert all(kinds[n] for n in fact.sources), (card.id, fact.text)


def test_legal_facts_rest_on_a_primary_source(cards: dict[str, Card]) -> None:
    for card in cards.values():
        kinds = {source.n: publisher_kind(source.url) for source in card.sources}
        for fact in card.legal:
            archived = {source.n for source in card.sources if source.publisher.endswith("(archived)")}
            assert any(kinds[n] in PRIMARY or n in archived for n in fact.sources), (card.id, fact.text)


def test_card_json_has_the_shape_of_the_wire(cards: dict[str, Card]) -> None:
    wire = card_json(cards["ketamine"])
    assert list(wire) == ["id", "title", *SECTIONS, "sources", "checked_on", "reviewed_by"]
    assert wire["checked_on"] == "2026-11-20"
    assert wire["reviewed_by"] is None
    assert wire["known"][0].keys() == {"text", "sources"}
    assert wire["legal"][0].keys() == {"text", "sources", "place", "checked_on"}
    assert all(source.keys() == {"n", "publisher", "title", "url", "year"} for source in wire["sources"])


def test_card_json_numbers_lead_to_sources(cards: dict[str, Card]) -> None:
    for card in cards.values():
        wire = card_json(card)
        numbers = {source["n"] for source in wire["sources"]}
        assert all(set(fact["sources"]) <= numbers for section in SECTIONS for fact in wire[section])


def test_esketamine_and_other_ketamine_are_kept_apart(cards: dict[str, Card]) -> None:
    approved = [fact.text for _, fact in cards["ketamine"].facts() if "approved" in fact.text]
    assert any("has not approved ketamine itself for any mental health condition" in text for text in approved)
    assert any("not the same as" in fact.text for fact in cards["esketamine"].known)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('title = "A sample"', 'title = "A sample"\ncolour = "red"'), "colour"),
        (('risk = "low"', 'risk = "huge"'), "risk"),
        (('group = "supplements"', 'group = "magic"'), "group"),
        (("checked_on = 2026-11-20\nreview", 'checked_on = "soon"\nreview'), "checked_on"),
        (('title = "A sample"\n', ""), "title"),
        (('aliases = ["sample root"]', 'aliases = "sample root"'), "aliases"),
        (("known = [{", "known = [{{"), "not TOML"),
    ],
)
def test_broken_structure_is_refused(card_text: Callable[..., str], change: tuple[str, str], reason: str) -> None:
    with pytest.raises(CardError, match=reason) as refused:
        parse_card(card_text(change), name="sample.toml")
    assert refused.value.message.startswith("sample.toml")
    assert refused.value.hint


def test_id_must_be_the_name_of_the_file(card_text: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text(card_text(), "utf-8")
    with pytest.raises(CardError, match="the id is 'sample'"):
        read_card(path)


def test_file_must_be_utf8(tmp_path: Path) -> None:
    path = tmp_path / "sample.toml"
    path.write_bytes(b'title = "\xff"')
    with pytest.raises(CardError, match="not UTF-8"):
        read_card(path)
