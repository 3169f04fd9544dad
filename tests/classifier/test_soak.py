"""Long fuzzing of the whole reading: ``make soak``. No input may crash it, and every flag stands on its words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier import Detector, Document
from classifier.reading import read_html, read_text

EXAMPLES = 3_000
_WORDS = st.sampled_from(
    [
        "miracle",
        "not a",
        "“",
        "”",
        '"',
        "‘",
        "says Dr. X",
        "[1]",
        "<p>",
        "</p>",
        "<li>",
        "<b>",
        "😀",
        "é",
        "ש",
        "\n",
        ". ",
        " ",
    ]
)
TEXTS = st.lists(st.one_of(_WORDS, st.text(max_size=8)), max_size=60).map(" ".join)


@pytest.mark.soak
@given(text=TEXTS)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("read", [read_text, read_html])
def test_any_input_is_read(detector: Detector, read: object, text: str) -> None:
    document: Document = read(text, lang="en")  # type: ignore[operator]
    texts = {block.id: block.text for block in document.blocks}
    for flag in detector.analyze(document, min_confidence=0.05).flags:
        assert texts[flag.block][flag.start : flag.end] == flag.quote.exact
