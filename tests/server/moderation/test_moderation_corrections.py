"""Words that a moderator corrects become offsets into the text, or are refused."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from server.errors import ApiError
from server.moderation.corrections import (
    LONGEST_WORDS,
    MOST,
    browser_offset,
    selected_corrections,
    typed_correction,
)
from server.moderation.decisions import Correction

TEXT = "Beet 😀 juice heals.\r\nMy  aunt\nsays: BEET juice heals.\rDone, beet."


def sent(**changed: Any) -> str:
    return json.dumps(
        [{"flag": "miracle", "start": 5, "end": 12, "verdict": "missing", "words": "😀 juice", **changed}]
    )


def typed(words: str, **changed: str) -> Correction | None:
    given = {"nth": "1", "flag": "scare", "verdict": "wrong", "text": TEXT, **changed}
    return typed_correction(words, **given)


def test_selected_words_keep_their_code_points() -> None:
    assert list(selected_corrections(sent(), TEXT)) == [Correction("miracle", 5, 12, "missing")]
    assert list(selected_corrections("[]", TEXT)) == list(selected_corrections("", TEXT)) == []


def test_line_ends_count_as_the_browser_counts_them() -> None:
    in_browser = TEXT.replace("\r\n", "\n").replace("\r", "\n")
    start = in_browser.index("BEET")
    end = in_browser.index("Done") + 4
    (made,) = selected_corrections(sent(start=start, end=end, words=in_browser[start:end]), TEXT)
    assert TEXT[made.start : made.end] == "BEET juice heals.\rDone"
    assert browser_offset(TEXT, made.start) == start


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "{}",
        "[1]",
        sent(flag="lie"),
        sent(verdict="right"),
        sent(start=-1),
        sent(start=6),
        sent(end=5),
        sent(end=10**12),
        sent(start=0, end=len(TEXT) + 9, words=TEXT),
        sent(start=1.5),
        sent(words=""),
        sent(start=4, end=5, words=" "),
        sent(words="other words"),
        sent(more=1),
        json.dumps(json.loads(sent()) * (MOST + 1)),
        "[" * 100_000,
    ],
)
def test_broken_corrections_are_refused(broken: str) -> None:
    with pytest.raises(ApiError) as refused:
        list(selected_corrections(broken, TEXT))
    assert (refused.value.status, refused.value.code) == (422, "bad-correction")
    assert "juice" not in f"{refused.value.message}{refused.value.hint}"


@pytest.mark.parametrize(
    ("words", "nth", "found"),
    [
        ("beet", "", "Beet"),
        ("beet", "2", "BEET"),
        ("beet", "3", "beet"),
        (" my aunt says: ", "1", "My  aunt\nsays:"),
        ("heals. My", "1", "heals.\r\nMy"),
        ("😀", "1", "😀"),
    ],
)
def test_typed_words_are_found(words: str, nth: str, found: str) -> None:
    made = typed(words, nth=nth)
    assert made is not None
    assert TEXT[made.start : made.end] == found
    assert (made.flag, made.verdict) == ("scare", "wrong")


def test_no_typed_words_are_no_correction() -> None:
    assert typed("  ") is None


@pytest.mark.parametrize(
    ("words", "changed", "told"),
    [
        ("carrot", {}, "stand not"),
        ("beet", {"nth": "4"}, "only 3 times"),
        ("beet", {"nth": "0"}, "number"),
        ("beet", {"nth": "x"}, "number"),
        ("beet", {"flag": ""}, "names no flag"),
        ("beet", {"verdict": ""}, "names no flag"),
        ("b" * (LONGEST_WORDS + 1), {}, "longer"),
    ],
)
def test_bad_typed_words_are_refused(words: str, changed: dict[str, str], told: str) -> None:
    with pytest.raises(ApiError, match=told) as refused:
        typed(words, **changed)
    assert refused.value.code == "bad-correction"


def test_long_texts_take_linear_time() -> None:
    def seconds(times: int) -> float:
        begun = time.perf_counter()
        with pytest.raises(ApiError):
            typed("a " * 900 + "b", text="a " * times)
        return time.perf_counter() - begun

    seconds(1000)
    assert seconds(50_000) < 1
