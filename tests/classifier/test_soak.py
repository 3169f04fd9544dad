"""Long fuzzing of the whole reading: ``make soak``. No input may crash or hang it, and every offset is exact.

``SOAK_MINUTES`` (10 unless set) is how long it runs, over all forms together.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier import Detector, Document
from classifier.batch import ScoreOptions, score_line
from classifier.reading import READERS

MINUTES = float(os.environ.get("SOAK_MINUTES", "10"))
SECONDS_OF_A_FORM = 60 * MINUTES / (len(READERS) + 1)
# Generous: the machine may be busy, and an input is at most some kilobytes long.
MOST_SECONDS = 30.0
_WORDS = st.sampled_from(
    [
        "miracle", "m1r\u200bacle", "c u r e s", "c@ncer", "p*ison", "𝓬𝓾𝓻𝓮", "not a", "“", "”", '"', "‘",
        "says Dr. X", "[1]",
        "[^1]", "[^1]: note", "---", "> ", "On Monday Ada wrote:", "[quote=Ada]", "[/quote]", "[b]", "[/b]",
        "[*]", "[code]",
        "[url=https://a.b/c]", "[/url]", "<p>", "</p>", "<li>", "<b>", "<blockquote type=cite>",
        "<cite>", "</blockquote>",
        "<a href='/x'>", "</a>", "😀", "é", "ש", "\n", "\n\n", ". ", " ",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(_WORDS, st.text(max_size=8)), max_size=60).map(" ".join)
_SETTINGS = settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck), database=None)


def check(detector: Detector, document: Document) -> None:
    """Whether every flag, its evidence and every link lie where they say."""
    texts = {block.id: block.text for block in document.blocks}
    assert all(0 <= link.start < link.end <= len(block.text) for block in document.blocks for link in block.links)
    for flag in detector.analyze(document, min_confidence=0.05).flags:
        assert texts[flag.block][flag.start : flag.end] == flag.quote.exact
        assert all(flag.start <= words.start < words.end <= flag.end for words in flag.evidence)


def _until(run: Callable[[], None], end: float) -> None:
    """Run anew, with other examples, until the time is up."""
    while time.monotonic() < end:
        run()


@pytest.mark.soak
@pytest.mark.parametrize("form", READERS)
def test_any_input_is_read(detector: Detector, form: str) -> None:
    end = time.monotonic() + SECONDS_OF_A_FORM

    @_SETTINGS
    @given(text=TEXTS)
    def read(text: str) -> None:
        start = time.monotonic()
        if start > end:
            return
        check(detector, READERS[form](text, lang="en"))
        assert time.monotonic() - start < MOST_SECONDS

    _until(read, end)


@pytest.mark.soak
def test_any_row_is_answered(detector: Detector) -> None:
    end = time.monotonic() + SECONDS_OF_A_FORM
    values = st.one_of(
        TEXTS, st.none(), st.integers(), st.lists(st.dictionaries(st.text(max_size=5), TEXTS), max_size=3)
    )
    keys = st.sampled_from(["id", "text", "html", "blocks", "format", "url", "lang"])

    @_SETTINGS
    @given(row=st.one_of(st.dictionaries(keys, values), TEXTS))
    def answer(row: object) -> None:
        start = time.monotonic()
        if start > end:
            return
        assert "state" in score_line(json.dumps(row), detector, ScoreOptions())
        assert time.monotonic() - start < MOST_SECONDS

    _until(answer, end)
