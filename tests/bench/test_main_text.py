"""The pages for measuring main text are well formed, and the measure measures."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from classifier.document import BLOCK_KINDS

PAGES = Path(__file__).parent.parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
# What a browser would fetch by itself: sources, style sheets, imports. Links are fetched by nobody.
_FETCHES = re.compile(
    r"""(?<![-\w])(?:src|srcset|poster|background)\s*=\s*["']?(?!data:|["'\s>])|@import|url\(\s*["']?(?!data:)"""
)
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SIZES = range(5_000, 60_000)


def _html(name: str) -> str:
    return (PAGES / f"{name}.html").read_text(encoding="utf-8")


def test_every_page_has_its_gold_and_every_gold_its_page() -> None:
    assert len(NAMES) >= 64
    assert sorted(path.stem for path in PAGES.glob("*.json")) == NAMES


def test_no_layout_is_used_more_than_twice() -> None:
    templates = Counter(json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))["template"] for name in NAMES)
    assert max(templates.values()) <= 2


@pytest.mark.parametrize("name", NAMES)
def test_gold_is_well_formed_and_stands_on_the_page(name: str) -> None:
    gold = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    assert set(gold) == {"title", "register", "template", "blocks"}
    assert gold["title"]
    assert gold["register"] in {"hype", "sober", "mixed"}
    soup = BeautifulSoup(_html(name), "html.parser")
    for unseen in soup(["script", "style"]):
        unseen.decompose()
    texts = (_UNSEEN.sub("", soup.get_text(between)) for between in ("", " "))
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    for block in gold["blocks"]:
        assert set(block) == {"kind", "text"}
        assert block["kind"] in BLOCK_KINDS
        assert block["text"] == block["text"].strip() != ""
        assert set(re.findall(r"\w+", block["text"])) <= words


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_for_nothing_and_has_a_real_size(name: str) -> None:
    html = _html(name)
    assert _FETCHES.findall(html) == []
    assert "stylesheet" not in html
    assert len(html.encode()) in _SIZES


def test_the_measure() -> None:
    main_text = pytest.importorskip("tests.bench.main_text")
    assert main_text.score("a b c d e", "a b c d e") == main_text.Score(1.0, 1.0)
    assert main_text.score("a b c d e", "") == main_text.Score(0.0, 0.0)
    assert main_text.score("a b c d e", "menu a b c d e") == main_text.Score(2 / 3, 1.0)
    assert main_text.score("a b c d a b c d", "a b c d").recall == pytest.approx(1 / 5)
