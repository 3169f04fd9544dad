"""The check refuses each thing that a card must not be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from server.context.cards import parse_card
from server.context.check import check_card, check_folder
from server.context.publishers import publisher_kind

TODAY = date(2026, 11, 20)
TEXT = "It has not been shown to help."
URL = "https://www.nccih.nih.gov/health/sample"

BROKEN = [
    ((URL, "https://www.alzdiscovery.org/other"), "no primary source"),
    (('shown to help.", sources = [1]', 'shown to help.", sources = []'), "has no source"),
    (('shown to help.", sources = [1]', 'shown to help.", sources = [1, 7]'), "cites source 7"),
    (('shown to help.", sources = [1]', 'shown to help.", sources = [2]'), "source 1 is not cited"),
    (("n = 2", "n = 1"), "source 1 is given 2 times"),
    ((TEXT, f"{'Very long words fill this line. ' * 9}"), "characters"),
    ((TEXT, "It is one. It is two. It is three."), "3 sentences"),
    ((TEXT, " ".join(["word"] * 31) + "."), "more than 30 words"),
    ((TEXT, "It has no stop"), "full stop"),
    ((TEXT, ""), "is empty"),
    ((TEXT, "Take it every morning."), "tells the reader what to do"),
    ((TEXT, "It may help. Stop your tablets."), "tells the reader what to do"),
    ((TEXT, "It is best if you should feel low."), "tells the reader what to do"),
    ((URL, "http://www.nccih.nih.gov/health/sample"), "https://"),
    ((URL, "https://nccih-mirror.example.com/health/sample"), "not a publisher's own host"),
    ((URL, "https://www.nccih.nih.gov.example.com/health/sample"), "not a publisher's own host"),
    ((URL, f"{URL}?utm_source=letter"), "tracking"),
    ((URL, f"{URL}#top"), "fragment"),
    (("review_by = 2027-11-20", "review_by = 2026-11-19"), "is past"),
    (("review_by = 2027-11-20", "review_by = 2029-11-20"), "within a year"),
    (("checked_on = 2026-11-20\nreview", "checked_on = 2026-12-01\nreview"), "lies in the future"),
    (
        ('place = "Nowhere", checked_on = 2026-11-20', 'place = "Nowhere", checked_on = 2020-01-01'),
        "was checked before the card",
    ),
    (('place = "Nowhere"', 'place = ""'), "has no place"),
    (('neighbours = ["root", "herb"]', "neighbours = []"), "has no neighbours"),
    (('name = "sample"', 'name = "sample roots"'), "both a plain and an ambiguous alias"),
    (('aliases = ["sample root"]', "aliases = []"), "never be shown"),
    (('aliases = ["sample root"]', 'aliases = ["--"]'), "no letter or digit"),
    (('title = "A sample"', 'title = ""'), "the title is empty"),
    (('title = "A sample"', 'title = "A sample"\nreviewed_by = ""'), "'reviewed_by' is empty"),
    (('publisher = "A charity"', 'publisher = ""'), "no publisher"),
    (('id = "sample"', 'id = "Sample"'), "small letters"),
]


def test_sample_has_no_problem(card_text: Callable[..., str]) -> None:
    assert check_card(parse_card(card_text(), name="sample.toml"), today=TODAY) == []


@pytest.mark.parametrize(("change", "reason"), BROKEN, ids=[f"{i}-{reason}" for i, (_, reason) in enumerate(BROKEN)])
def test_check_refuses(card_text: Callable[..., str], change: tuple[str, str], reason: str) -> None:
    reasons = check_card(parse_card(card_text(change), name="sample.toml"), today=TODAY)
    assert any(reason in told for told in reasons), reasons


@pytest.mark.parametrize(
    "text",
    [
        "Talk to a pharmacist or doctor before combining it with medicines.",
        "The agency advises people not to stop it suddenly.",
        "It may help, studies suggest. Steps to stop it differ.",
    ],
)
def test_safety_and_reported_advice_is_no_order(card_text: Callable[..., str], text: str) -> None:
    assert check_card(parse_card(card_text((TEXT, text)), name="sample.toml"), today=TODAY) == []


def test_check_refuses_an_alias_of_two_cards(card_text: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "sample.toml").write_text(card_text(), "utf-8")
    other = card_text(('id = "sample"', 'id = "other"'), ('"sample root"', '"other root", "Sample-Roots"'))
    (tmp_path / "other.toml").write_text(other, "utf-8")
    problems = check_folder(tmp_path, today=TODAY)
    assert [problem.file for problem in problems] == ["sample.toml"]
    assert "belongs to 'other' already" in problems[0].reason


def test_check_tells_of_a_file_that_is_no_card_and_goes_on(card_text: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("id =", "utf-8")
    (tmp_path / "sample.toml").write_text(card_text(('place = "Nowhere"', 'place = ""')), "utf-8")
    assert [problem.file for problem in check_folder(tmp_path, today=TODAY)] == ["broken.toml", "sample.toml"]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.fda.gov/food", "official"),
        ("https://www.ncbi.nlm.nih.gov/books/NBK548536/", "official"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC10472268", "journal"),
        ("https://www.medrxiv.org/content/10.1101/2023.04.28.23289210v2", "other"),
        ("https://fda.gov.example.com/", None),
        ("https://notfda.gov/", None),
        ("https:///", None),
    ],
)
def test_publisher_is_told_by_its_host(url: str, kind: str | None) -> None:
    assert publisher_kind(url) == kind
