"""What /v1/analyze answers to good requests, and that offsets point at the right words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.document import Document, ModelId, Report
from classifier.taxonomy import flag_ids, flag_kind
from server.api.asked import AskedAnalysis, AskedBlock, FlagId
from server.api.documents import read_blocks, read_document
from server.api.wording import analysis_json
from tests.server.conftest import Client, Headers
from tests.server.fakes import FakeDetector

Analyze = Callable[..., Any]
KEYS = [
    "model",
    "offset_unit",
    "state",
    "state_reason",
    "language",
    "sentences",
    "blocks",
    "flags",
    "context",
    "notices",
    "counts",
]
FLAG_KEYS = [
    "id",
    "flag",
    "title",
    "block",
    "start",
    "end",
    "quote",
    "confidence",
    "severity",
    "reason",
    "checks",
    "evidence",
    "source",
    "origin",
    "listed",
    "topics",
    "look_up",
    "explained_at",
]


def from_utf16(text: str, start: int, end: int) -> str:
    """What a browser's ``text.slice(start, end)`` gives."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def test_answer_has_the_shape_on_the_wire(analyze: Analyze) -> None:
    answer = analyze(text="Ketamine is a miracle drug. It has risks.")
    assert answer.status_code == 200
    assert list(answer.json) == KEYS
    flag = answer.json["flags"][0]
    assert list(flag) == FLAG_KEYS
    assert answer.json["offset_unit"] == "utf-16"
    assert answer.json["model"] == {"version": "test-1", "digest": "0" * 64}
    assert answer.json["counts"] == {"miracle": 1}
    assert answer.json["notices"] == []
    kind = flag_kind("miracle")
    assert (flag["title"], flag["reason"], flag["checks"]) == (kind.title, kind.reason, list(kind.checks))
    assert flag["quote"]["exact"] == "Ketamine is a miracle drug."
    assert flag["topics"] == ["ketamine"]
    assert flag["explained_at"] == "/flags/miracle?topic=ketamine"
    assert [look["href"] is None for look in flag["look_up"]] == [False, False, True]
    assert "term=ketamine&" in flag["look_up"][0]["href"]
    card = answer.json["context"]["ketamine"]
    assert card["id"] == "ketamine"
    assert card["sources"][0].keys() == {"n", "publisher", "title", "url", "year"}


def test_blocks_come_back_for_html_and_text_only(analyze: Analyze) -> None:
    html = analyze(html="<h1>Tea</h1><p>A <a href='/x'>miracle</a> leaf.</p>", url="https://tea.example/").json
    assert [block["kind"] for block in html["blocks"]] == ["h1", "p"]
    link = html["blocks"][1]["links"][0]
    assert from_utf16(html["blocks"][1]["text"], link["start"], link["end"]) == "miracle"
    assert html["blocks"][1].keys() == {"id", "kind", "text", "intro", "links"}
    assert analyze(text="One.\n\nTwo.").json["blocks"][1]["text"] == "Two."
    assert analyze(blocks=[{"id": "b", "kind": "p", "text": "One."}]).json["blocks"] is None


def test_options_reach_the_detector(analyze: Analyze) -> None:
    text = "A miracle. They say it is poison."
    assert analyze(text=text, options={"flags": ["scare"]}).json["counts"] == {"scare": 1}
    assert analyze(text=text, options={"min_confidence": 1}).json["flags"] == []
    assert analyze(text=text, options={"min_confidence": 0.5, "setting": "more"}).json["counts"] == {
        "miracle": 1,
        "scare": 1,
    }
    assert analyze(text=text, options={"flags": None, "min_confidence": None}).status_code == 200


def test_no_cards_when_none_are_wanted(analyze: Analyze) -> None:
    answer = analyze(text="Ketamine is a miracle.", options={"context": False}).json
    assert answer["context"] == {}
    assert answer["flags"][0]["topics"] == []


def test_every_topic_named_has_its_card(analyze: Analyze) -> None:
    answer = analyze(text="Ketamine and turmeric are a miracle. Ketamine is poison.").json
    named = {topic for flag in answer["flags"] for topic in flag["topics"]}
    assert named
    assert named <= answer["context"].keys()


def test_state_is_told(analyze: Analyze) -> None:
    answer = analyze(text="Ein Wunder, a miracle.", lang="de").json
    assert (answer["state"], answer["flags"], answer["language"]) == ("not-checked", [], "de")
    assert answer["state_reason"]


def test_odd_but_lawful_requests_are_taken(analyze: Analyze) -> None:
    block = {"id": "b", "kind": "p", "text": "A miracle.", "links": [{"start": 2.0, "end": 9.0, "href": "#x"}]}
    assert analyze(blocks=[block]).status_code == 200
    assert (
        analyze(blocks=[{**block, "intro": None}, {"id": "c", "kind": "li", "text": "", "intro": "b"}]).status_code
        == 200
    )
    assert analyze(text="a\x00miracle\x00").status_code == 200
    assert analyze(html="<p>a\x00miracle</p>").status_code == 200
    for lang in ("en_US", "", "english please", "x-klingon"):
        assert analyze(text="A miracle.", lang=lang).json["state"] == "checked"
    for url in ("", "http://[", "file:///etc/passwd", "javascript:alert(1)", "😀"):
        assert analyze(text="A miracle.", url=url, title=None).status_code == 200


def test_lone_surrogate_counts_as_a_replacement_character(client: Client, bearer: Headers) -> None:
    def ask(raw: str) -> Any:
        return client.post("/v1/analyze", data=raw, headers=bearer, content_type="application/json").json

    answer = ask('{"text": "a\\ud800b \\ud83d\\ude00 miracle \\\\ud800 \\uDC00."}')
    text = answer["blocks"][0]["text"]
    assert text == "a\ufffdb 😀 miracle \\ud800 \ufffd."
    evidence = answer["flags"][0]["evidence"][0]
    assert from_utf16(text, evidence["start"], evidence["end"]) == "miracle"


def test_context_routes(client: Client, bearer: Headers) -> None:
    topics = client.get("/v1/context", headers=bearer).json["topics"]
    assert {"id": "ketamine", "title": "Ketamine as a medicine"} in topics
    assert all(topic.keys() == {"id", "title"} for topic in topics)
    assert client.get("/v1/context/ketamine", headers=bearer).json["id"] == "ketamine"
    assert client.get("/v1/context/nothing", headers=bearer).json["error"]["code"] == "unknown-topic"


def test_flags_route_tells_the_taxonomy(client: Client, bearer: Headers) -> None:
    flags = client.get("/v1/flags", headers=bearer).json["flags"]
    assert [flag["id"] for flag in flags] == list(flag_ids())
    assert all(flag["reason"] and flag["checks"] and flag["examples"] for flag in flags)


def test_flag_ids_of_the_api_are_those_of_the_taxonomy() -> None:
    assert FlagId.__args__ == flag_ids()  # type: ignore[attr-defined]


BEFORE = st.text(
    st.one_of(
        st.sampled_from("aZ 9😀👩‍👩‍👧‍👦🇬🇧é\u0301\u200d\u202e\u05d0\u0645\ufffd\U0010ffff\u0000"),
        st.characters(exclude_categories=["Cs"], exclude_characters=".!?\n\r"),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(BEFORE, BEFORE)
def test_offsets_point_at_the_words_whatever_stands_before(before: str, after: str) -> None:
    text = f"{before} 😀. This is a miracle {after}. End."
    asked = AskedAnalysis.model_validate({"blocks": [{"id": "b", "kind": "p", "text": text}]})
    report = FakeDetector().analyze(read_document(asked, max_blocks=10))
    answer: Any = analysis_json(report, None, {}, with_blocks=True)
    flag = next(flag for flag in answer["flags"] if flag["flag"] == "miracle")
    told = answer["blocks"][0]["text"]
    assert from_utf16(told, flag["start"], flag["end"]) == flag["quote"]["exact"]
    assert from_utf16(told, flag["evidence"][0]["start"], flag["evidence"][0]["end"]) == "miracle"


@settings(max_examples=150, deadline=None)
@given(BEFORE, BEFORE.filter(bool))
def test_link_offsets_come_in_utf16_and_go_out_the_same(before: str, words: str) -> None:
    text = before + words + " end"
    start = len(before.encode("utf-16-le")) // 2
    end = start + len(words.encode("utf-16-le")) // 2
    link = {"start": start, "end": end, "href": "https://a.example", "resolved": False}
    asked = AskedBlock.model_validate({"id": "b", "kind": "p", "text": text, "links": [link]})
    blocks = read_blocks([asked])
    inside = blocks[0].links[0]
    assert blocks[0].text[inside.start : inside.end] == words
    report = Report(ModelId("1", "0"), Document(blocks), "checked", None, "en", 1)
    answer: Any = analysis_json(report, None, {}, with_blocks=True)
    assert answer["blocks"][0]["links"] == [link]
