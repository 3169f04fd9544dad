"""Code points and UTF-16 units, against Python's own encoder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.offsets import OffsetMap, replace_surrogates

_TEXTS = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("aé\u0301ש😀👩\u200d🔬\U0010ffff\uffff")))


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(_TEXTS)
def test_every_offset_agrees_with_the_encoder_and_comes_back(text: str) -> None:
    offsets = OffsetMap(text)
    for offset in range(len(text) + 1):
        assert offsets.to_utf16(offset) == units(text[:offset])
        assert offsets.from_utf16(offsets.to_utf16(offset)) == offset


@pytest.mark.parametrize(("offset", "expected"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 3), (9, 3)])
def test_inside_a_pair_goes_to_its_start_and_behind_the_end_to_the_end(offset: int, expected: int) -> None:
    assert OffsetMap("a😀b").from_utf16(offset) == expected


@given(st.text(alphabet=st.one_of(st.characters(), st.characters(categories=["Cs"]))))
def test_lone_surrogates_are_replaced_one_for_one(text: str) -> None:
    clean = replace_surrogates(text)
    assert len(clean) == len(text)
    clean.encode("utf-8")
    assert all(a == b or ("\ud800" <= a <= "\udfff" and b == "\ufffd") for a, b in zip(text, clean, strict=True))
