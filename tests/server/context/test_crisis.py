"""Help is shown to people in need and on pages about it, and to nobody who only uses the words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.document import Block, Document
from server.context.crisis import TITLE_ABOUT, TITLE_CRY, crisis_notices, without_flags_on_cries
from server.context.crisis_lines import crisis_lines, region_of
from server.context.distress import CRIES, SUBJECTS, find_distress
from server.context.distress_words import OTHERS_SIGNS, OTHERS_WORDS, QUIET, SELF, SUBJECT, WITHDRAWAL
from server.context.names import lowered
from server.context.signs import Sign
from tests.server.context.conftest import flag_on, report_of

HERE = Path(__file__).parent


def posts(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


def kind_of(text: str) -> str:
    found = find_distress(Document((Block("b0", "post", text),)))
    return "distress" if found.cries else "subject" if found.about else "none"


def test_there_are_enough_posts() -> None:
    kinds = [post["is"] for post in posts("crisis.jsonl")]
    assert kinds.count("distress") >= 30
    assert len(kinds) - kinds.count("distress") >= 30


@pytest.mark.parametrize("post", posts("crisis.jsonl"), ids=lambda post: post["text"][:40])
def test_every_post_is_read_as_what_it_is(post: dict[str, str]) -> None:
    assert kind_of(post["text"]) == post["is"]


def test_marks_leave_a_cry_for_help_and_stay_elsewhere() -> None:
    blocks = (
        Block("b0", "post", "I want to die. Someone said these drops are a miracle cure, is it true?"),
        Block("b1", "post", "These drops are a miracle cure."),
    )
    document = Document(blocks)
    report = report_of(document, flag_on(blocks[0], 15, 60), flag_on(blocks[1], 0, 30, id="f2"))
    assert [flag.id for flag in without_flags_on_cries(report, find_distress(document)).flags] == ["f2"]


def test_the_paragraphs_beside_a_cry_belong_to_it() -> None:
    texts = ("A cure-all, my aunt says.", "I don't want to be alive any more.", "Is the tea a miracle?", "Buy our tea.")
    document = Document(tuple(Block(f"b{i}", "p", text) for i, text in enumerate(texts)))
    assert find_distress(document).cries == ("b0", "b1", "b2")


def test_a_seller_that_tells_of_a_dark_past_keeps_its_marks() -> None:
    assert kind_of("I wanted to die until I found Zen Drops, and then the pain melted away.") != "distress"


def test_a_word_in_passing_does_not_make_a_long_page_about_it() -> None:
    text = "The leaflet names overdose once. " + "The tablets come in two strengths. " * 30
    assert kind_of(text) == "none"
    assert find_distress(Document((Block("b0", "p", text),), title="After an overdose")).about


def test_the_notice_names_the_lines_of_the_country() -> None:
    distress = find_distress(Document((Block("b0", "post", "I want to die."),)))
    (british,) = crisis_notices(distress, "GB")
    assert british.title == TITLE_CRY
    assert "call 999" in british.text
    assert any("116 123" in link.text for link in british.links)
    (unknown,) = crisis_notices(distress, None)
    assert "local emergency number" in unknown.text
    assert [link.href for link in unknown.links] == ["https://findahelpline.com/", "https://befrienders.org/"]


def test_a_page_about_the_subject_is_spoken_to_more_quietly() -> None:
    document = Document((Block("b0", "p", "Two people died by suicide. Suicide can be prevented."),))
    (notice,) = crisis_notices(find_distress(document), "US")
    assert notice.title == TITLE_ABOUT
    assert not crisis_notices(find_distress(Document((Block("b0", "p", "You are killing it."),))), "US")


@pytest.mark.parametrize(
    ("asked", "lang", "accepted", "region"),
    [
        ("ie", "en-GB", "en-US", "IE"),
        ("uk", None, "", "GB"),
        (None, "en-GB", "en-US", "GB"),
        (None, "zh-Hant-TW", "", "TW"),
        (None, "en", "de-AT,de;q=0.9", "AT"),
        (None, None, "en;q=0.9, en-AU;q=0.8", "AU"),
        (None, None, "*", None),
    ],
)
def test_where_the_reader_is(asked: str | None, lang: str | None, accepted: str, region: str | None) -> None:
    assert region_of(asked, lang, accepted) == region


def test_lines_are_reached_over_https_and_are_dated() -> None:
    assert all(line.url.startswith("https://") for line in crisis_lines().lines)


SIGNS = (*SELF, *QUIET, OTHERS_WORDS, *WITHDRAWAL, *OTHERS_SIGNS, *SUBJECT)


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.pattern.pattern[:40])
def test_a_sign_is_looked_for_wherever_it_may_stand(sign: Sign) -> None:
    """Its words are found by a look at the words of any text that it matches, so that no cry is passed."""

    @settings(max_examples=15, deadline=None)
    @given(st.from_regex(sign.pattern))
    def look(text: str) -> None:
        if sign.pattern.search(shown := lowered(text)):
            assert sign in (SUBJECTS if sign in SUBJECT else CRIES).possible(shown)

    look()
