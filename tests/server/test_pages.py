"""The pages: what they show, in every state, with nothing from elsewhere and nothing unescaped."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from classifier.document import Block, Document, Evidence, Flag, ModelId, Quote, Report
from classifier.taxonomy import flag_ids, flag_kinds
from server.api.reading import Reading
from server.web.agents import browser_name
from server.web.samples import FOLDER, samples
from server.web.view import result_view
from server.web.words import day, type_words, with_code
from tests.server.conftest import Client

PAGES = ("/", "/feedback", "/flags", "/topics", "/topics/ketamine", "/docs")


def soup(answer: object) -> BeautifulSoup:
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")  # type: ignore[attr-defined]


def check(signed_in: Client, csrf: str, text: str, setting: str = "balanced") -> BeautifulSoup:
    answer = signed_in.post("/check", data={"csrf_token": csrf, "text": text, "setting": setting})
    assert answer.status_code == 200
    return soup(answer)


def test_not_signed_in_explains_how(client: Client) -> None:
    page = soup(client.get("/"))
    assert "pinch token code" in page.get_text()
    assert not page.find("form")


@pytest.mark.parametrize("path", [*PAGES, "/samples/detox-shop", "/nothing"])
def test_pages_load_nothing_from_elsewhere_and_run_nothing_inline(signed_in: Client, path: str) -> None:
    page = soup(signed_in.get(path, headers={"Accept": "text/html"}))
    assert page.html is not None
    assert page.html["lang"] == "en"
    assert len(page.find_all("h1")) == 1
    assert page.title
    for tag in page.find_all(["script", "link", "img", "iframe", "form"]):
        address = str(tag.get("src") or tag.get("href") or tag.get("action") or "")
        assert address.startswith("/"), tag
        assert not address.startswith("//")
    for script in page.find_all("script"):
        assert not script.string
    assert not page.find("style")
    assert not page.find(style=True)
    assert not [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for tag in page.find_all(["aria-labelledby", "aria-describedby"]):
        assert set(str(tag).split()) <= set(ids)
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile("^h[1-6]$"))]
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_marks_lead_to_findings_that_explain_themselves(signed_in: Client, csrf: str) -> None:
    page = check(signed_in, csrf, "A miracle 😀 cure & more. Plain words.")
    mark = page.select_one(".paper a.mark.promise")
    assert mark is not None
    assert mark.get_text() == "A miracle 😀 cure & more."
    assert mark["aria-description"] == "Miracle language"
    finding = page.select_one(str(mark["href"]))
    assert finding is not None
    kind = flag_kinds()[0]
    assert kind.reason in finding.get_text()
    assert all(step in finding.get_text() for step in kind.checks)
    evidence = finding.select_one("blockquote strong")
    assert evidence is not None
    assert evidence.get_text() == "miracle"
    back = finding.select_one(".back a")
    assert back is not None
    assert page.select_one(str(back["href"])) is mark
    assert "1 flag in 2 sentences" in page.get_text()
    assert mark.parent is not None
    assert mark.parent.get_text() == "A miracle 😀 cure & more. Plain words."


def test_cards_stand_beside_flags(signed_in: Client, csrf: str) -> None:
    page = check(signed_in, csrf, "Ketamine is a miracle.")
    card = page.select_one(".finding .context")
    assert card is not None
    assert "Ketamine as a medicine" in card.get_text()
    assert "not medically reviewed" in card.get_text()
    link = card.select_one(".cites a")
    assert link is not None
    assert str(link["href"]).startswith("https://")
    assert "noreferrer" in link["rel"]


def test_where_a_source_was_seen_is_told(signed_in: Client, csrf: str) -> None:
    page = check(signed_in, csrf, "It reverses ageing. It is a miracle.")
    told = ["A source stands in" in finding.get_text() for finding in page.select(".finding")]
    assert told == [True, False]


def test_every_family_has_its_own_line(signed_in: Client, csrf: str) -> None:
    text = "A miracle. They say studies show it. It is perfectly safe. Big Pharma hides it."
    page = check(signed_in, csrf, text)
    families = [[c for c in mark["class"] if c != "mark"] for mark in page.select("a.mark")]
    assert families == [["promise"], ["source"], ["risk"], ["push"]]
    css = signed_in.get("/static/pinch.css").get_data(as_text=True)
    for line in ("wavy", "dotted", "solid", "dashed"):
        assert f"underline {line}" in css


def test_nothing_flagged_is_not_the_same_as_true(signed_in: Client, csrf: str) -> None:
    page = check(signed_in, csrf, "Water is wet.")
    assert "Nothing flagged is not the same as true." in page.get_text()
    assert not page.select("a.mark")
    assert not page.select(".findings")


def test_not_checked_is_told(signed_in: Client, csrf: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_checked(_self: object, document: Document, **_options: object) -> Report:
        return Report(ModelId("1", "0"), document, "not-checked", "Pinch reads English only.", "de", 0)

    monkeypatch.setattr("tests.server.fakes.FakeDetector.analyze", not_checked)
    page = check(signed_in, csrf, "Wasser ist nass.")
    assert "Not checked. Pinch reads English only." in page.get_text()
    assert "Nothing flagged" not in page.get_text()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> a miracle", 'a miracle " onclick="x', "{{ 7*7 }} a miracle"]
)
def test_pasted_text_is_shown_as_text(signed_in: Client, csrf: str, text: str) -> None:
    answer = signed_in.post("/check", data={"csrf_token": csrf, "text": f"Text: {text}"})
    assert f"Text: {text}" in soup(answer).select_one(".paper").get_text()  # type: ignore[union-attr]
    assert "<script>alert" not in answer.get_data(as_text=True)


def test_html_is_read_as_html_and_comes_back_in_the_form(signed_in: Client, csrf: str) -> None:
    page = check(signed_in, csrf, "<h2>Tea</h2><p>A miracle.</p><p>Not </textarea> yet.</p>", "more")
    assert [tag.name for tag in page.select(".paper h4, .paper p")] == ["h4", "p", "p"]
    field = page.select_one("textarea")
    assert field is not None
    assert "</textarea>" in field.get_text()
    assert page.select_one("input[value=more][checked]")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"text": ""}, 422),
        ({"text": "  \n"}, 422),
        ({}, 422),
        ({"text": "a", "setting": "all"}, 422),
    ],
)
def test_a_bad_form_is_shown_again(signed_in: Client, csrf: str, data: dict[str, str], status: int) -> None:
    answer = signed_in.post("/check", data={"csrf_token": csrf, **data}, headers={"Accept": "text/html"})
    assert answer.status_code == status
    page = soup(answer)
    field = page.select_one("textarea[aria-invalid=true]")
    assert field is not None
    assert page.select_one(f"#{field['aria-describedby']}")


def test_too_long_a_text_is_told_as_a_page(signed_in: Client, csrf: str) -> None:
    text = "a " * (5 * 1024 * 1024)
    answer = signed_in.post("/check", data={"csrf_token": csrf, "text": text}, headers={"Accept": "text/html"})
    assert answer.status_code == 413
    assert "larger than this server reads at once" in answer.get_data(as_text=True)


@pytest.mark.parametrize("sample", samples())
def test_samples_open(signed_in: Client, sample: str) -> None:
    page = soup(signed_in.get(f"/samples/{sample}?setting=more"))
    assert page.select_one(".paper")
    assert page.select_one("input[value=more][checked]")
    assert signed_in.get(f"/samples/{sample}?setting=all").status_code == 422


def test_every_sample_file_is_listed() -> None:
    assert {file.stem for file in FOLDER.glob("*")} == samples().keys()


def test_flags_page_tells_all_eleven(client: Client) -> None:
    page = soup(client.get("/flags"))
    for kind in flag_kinds():
        part = page.find(id=kind.id)
        assert part is not None
        assert kind.title in part.get_text()
        assert kind.reason in part.get_text()


def test_topics_lead_to_cards_with_sources(client: Client, app: Flask) -> None:
    cards = app.extensions["pinch"].cards
    page = soup(client.get("/topics"))
    links = {str(link["href"]) for link in page.select(".tiles a")}
    assert links == {f"/topics/{topic}" for topic in cards}
    for topic, card in cards.items():
        text = soup(client.get(f"/topics/{topic}"))
        assert len(text.select(".sources li")) == len(card.sources)
    assert client.get("/topics/nothing", headers={"Accept": "text/html"}).status_code == 404


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1.15 Version/26.0 Safari/605",
            "Safari on macOS",
        ),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_browsers_have_names(agent: str, name: str) -> None:
    assert browser_name(agent) == name


def test_words_of_the_docs_page() -> None:
    assert type_words(
        {"anyOf": [{"type": "array", "items": {"$ref": "#/components/schemas/A"}}, {"type": "null"}]}
    ) == ('list of <a href="#schema-A">A</a> or null')
    assert type_words({"enum": ["<", "b"]}) == "<code>&lt;</code> | <code>b</code>"
    assert with_code("a `<b>` c <d>") == "a <code>&lt;b&gt;</code> c &lt;d&gt;"
    assert day(__import__("datetime").date(2026, 11, 3)) == "3 November 2026"


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 15), st.sampled_from(flag_ids())), max_size=8)


@given(st.text(min_size=45, max_size=60), SPANS)
def test_stretches_keep_every_character_however_flags_overlap(text: str, spans: list[tuple[int, int, str]]) -> None:
    flags = tuple(
        Flag(
            str(n),
            flag,
            "b",
            start,
            start + length,
            Quote("", "", ""),
            0.9,
            "low",
            (Evidence(start + 1, start + 3, 1), Evidence(start, start + 2, 1)),
        )
        for n, (start, length, flag) in enumerate(spans)
    )
    document = Document((Block("b", "p", "x" + text),))
    view = result_view(Reading(Report(ModelId("1", "0"), document, "checked", None, "en", 1, flags), None, ()), {})
    block = view.groups[0][1][0]
    assert "".join(stretch.text for stretch in block.stretches) == "x" + text
    assert sum(len(finding.flags) for finding in view.findings) == len(flags)
    for finding in view.findings:
        over = "".join(stretch.text for stretch in block.stretches if finding in stretch.findings)
        assert over == document.blocks[0].text[finding.start : finding.end]
        for flag in finding.flags:
            assert "".join(words.text for words in flag.words) == over
