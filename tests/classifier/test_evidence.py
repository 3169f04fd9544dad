"""Evidence: the words that weighed most, taken from the model's own weights."""

from __future__ import annotations

import pytest

from classifier import Detector
from classifier.evidence import MOST_EVIDENCE

SENTENCE = "Our tonic is a magic bullet for the tired, and the shop is open on Monday."


def test_the_telling_words_are_found(detector: Detector) -> None:
    (flag,) = detector.analyze(SENTENCE, flags=["miracle"], min_confidence=0).flags
    found = [SENTENCE[e.start : e.end] for e in flag.evidence]
    assert "magic bullet" in found[0]
    assert 1 <= len(found) <= MOST_EVIDENCE


@pytest.mark.parametrize("flag", ["miracle", "pressure", "scare"])
def test_evidence_stands_on_whole_words_in_the_right_block(detector: Detector, flag: str) -> None:
    before = "Hello there, reader. "
    (shown,) = [f for f in detector.analyze(before + SENTENCE, flags=[flag], min_confidence=0).flags if f.start]
    text = before + SENTENCE
    for evidence in shown.evidence:
        assert shown.start <= evidence.start < evidence.end <= shown.end
        assert evidence.weight > 0
        assert not text[evidence.start - 1].isalnum()
        assert not text[evidence.end].isalnum()


def test_little_words_are_not_shown_where_others_weigh(detector: Detector) -> None:
    (flag,) = detector.analyze(SENTENCE, flags=["miracle"], min_confidence=0).flags
    assert not {"the", "is", "a", "and"} & {SENTENCE[e.start : e.end] for e in flag.evidence}
