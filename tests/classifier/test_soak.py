"""Long fuzzing of the whole reading: ``make soak``. No input may crash or hang it, and every offset is exact.

``SOAK_MINUTES`` (10 unless set) is how long it runs, over all forms together. :mod:`tests.soak` fuzzes the same forms
guided by coverage.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier import Detector, Document
from classifier.batch import ScoreOptions, score_line
from classifier.document import BLOCK_KINDS
from tests.soak.exact import check_reading
from tests.soak.forms import FORMS, read
from tests.soak.limits import MOST_SECONDS, within
from tests.soak.words import WORDS

MINUTES = float(os.environ.get("SOAK_MINUTES", "10"))
SECONDS_OF_A_FORM = 60 * MINUTES / (len(FORMS) + 1)
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=60).map(" ".join)
_TAGS = st.sampled_from("body main article section div nav footer aside blockquote ul li p form header".split())
_NAMES = st.sampled_from(
    ["", "comments", "comment", "post-content", "sidebar", "quoted-reply", "share", "hero", "quote"]
)
_NUMBERS = st.one_of(st.just(""), st.integers(0, 12).map(str))
_ELEMENTS = st.tuples(
    st.just("<"), _TAGS, _NUMBERS, st.just(""), _NAMES, st.sampled_from(["", "main", "complementary"])
)
_BLOCKS = st.tuples(st.sampled_from(BLOCK_KINDS), _NUMBERS, _NUMBERS, TEXTS)
LINES = st.lists(st.one_of(_ELEMENTS, _BLOCKS).map("\t".join), max_size=30).map("\n".join)
_SETTINGS = settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@pytest.fixture
def count(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """Counts the inputs of a test, and tells them at its end."""
    counted: Counter[str] = Counter()
    yield counted
    with capsys.disabled():
        print(f"\nhypothesis, {request.node.name}: {counted['inputs']} inputs in {SECONDS_OF_A_FORM:.0f} seconds")


def check(detector: Detector, document: Document) -> None:
    """Whether every flag and its evidence lie where they say."""
    texts = {block.id: block.text for block in document.blocks}
    for flag in detector.analyze(document, min_confidence=0.05).flags:
        assert texts[flag.block][flag.start : flag.end] == flag.quote.exact
        assert all(flag.start <= words.start < words.end <= flag.end for words in flag.evidence)


def _until(run: Callable[[], None], end: float) -> None:
    """Run anew, with other examples, until the time is up."""
    while time.monotonic() < end:
        run()


@pytest.mark.soak
@pytest.mark.parametrize("form", FORMS)
def test_any_input_is_read(detector: Detector, form: str, count: Counter[str]) -> None:
    end = time.monotonic() + SECONDS_OF_A_FORM

    @_SETTINGS
    @given(text=LINES if form == "blocks" else TEXTS)
    def read_one(text: str) -> None:
        if time.monotonic() > end:
            return
        count["inputs"] += 1
        with within(MOST_SECONDS):
            document, source = read(form, text.encode("utf-8", "surrogateescape"))
            check_reading(document, source)
            check(detector, document)

    _until(read_one, end)


@pytest.mark.soak
def test_any_row_is_answered(detector: Detector, count: Counter[str]) -> None:
    end = time.monotonic() + SECONDS_OF_A_FORM
    values = st.one_of(
        TEXTS, st.none(), st.integers(), st.lists(st.dictionaries(st.text(max_size=5), TEXTS), max_size=3)
    )
    keys = st.sampled_from(["id", "text", "html", "blocks", "format", "url", "lang"])

    @_SETTINGS
    @given(row=st.one_of(st.dictionaries(keys, values), TEXTS))
    def answer(row: object) -> None:
        if time.monotonic() > end:
            return
        count["inputs"] += 1
        with within(MOST_SECONDS):
            assert "state" in score_line(json.dumps(row), detector, ScoreOptions())

    _until(answer, end)
