"""Disguised words are read as the words they stand for, and ordinary text is left alone."""

from __future__ import annotations

import time

import pytest

from classifier import Detector
from classifier.disguise import reveal
from classifier.labels import read_pages, sentences_of
from classifier.sentences import split_text
from tests.bench.disguise import KINDS, MOST_LOST, disguised, measure


def read(text: str) -> str:
    shown = reveal(text)
    return text if shown is None else shown.text


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_taken_off(kind: str) -> None:
    text = "This miracle powder reverses cancer within weeks"
    assert disguised(text, [kind]) != text
    assert read(disguised(text, [kind])).lower() == text.lower()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("m1racle c@ncer cur3s v@xx", "miracle cancer cures vaxx"),
        ("It is p*is*n and t0xic!!!", "It is poison and toxic!!!"),
        ("A m i r a c l e c u r e.", "A miracle cure."),
        ("m i r a c l e  c u r e", "miracle  cure"),
        ("c-u-r-e-s or c.u.r.e.s", "cures or cures"),
        ("can🔥cer and c🔥u🔥r🔥e", "cancer and cure"),
        ("mïrãcle ᴍɪʀᴀᴄʟᴇ Ⓜⓘⓡⓐⓒⓛⓔ", "miracle miracle Miracle"),
        ("b00st your h3alth", "boost your health"),
        ("mіr4сle", "miracle"),
        ("cur3ssss", "cures"),
    ],
)
def test_disguises(text: str, words: str) -> None:
    assert read(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "vitamin B12, vitamin D3 and CO2",
        "H1N1, SARS-CoV-2, COVID-19 and p53",
        "5-HTP, N-acetyl-cysteine, 2,4-D and 1,25-dihydroxyvitamin D3",
        "C-reactive protein, HbA1c, IL-6, mRNA, CYP3A4",
        "TNF-α, NFκB, PPARγ, β-carotene, 5 μg, Δ9-THC",
        "3 x 500 mg, 1000mg, 4th, $100 for 3, 50s",
        "given I.V. in the U.S.A. by J. R. R. Nilsen, e.g. at N.I.C.E.",
        "vitamins A B C D; plan A, plan B",
        "https://m1racle.example/c4ncer, www.cur3s.example and m1racle@c4ncer.example",
        "#c4ncer @m1racle",
        "Привет мир, сорок пять",
        "Καλημέρα σε όλους",
        "café, naïve, Zoë, Kłodawa, Tromsø",
        "well-known, anti-aging, and/or, mother-in-law, don't",
        "I ❤️ this 👩‍⚕️ 🔥 so much",
        "Henry VIII, xxx, aaa batteries",
        "the WEEE scheme, and AAA, too",
        "Wow!Amazing and Dr.Nilsen",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert reveal(text) is None


def test_labelled_pages_are_left_alone() -> None:
    """But for these, which somebody looked at: a compound known as one word, an accent, letters drawn out."""
    changed = {text for _, row in sentences_of(read_pages()) if reveal(text := row.sentence.text)}
    words = ("micro-dosing", "Micro-dosing", "filé", "lmaooo", "Hiii", "Noooo", "soooo")
    assert not [text for text in changed if not any(word in text for word in words)]
    assert len(changed) <= 11


def test_offsets_lead_back() -> None:
    text = "So m\u200bi\u200bracle, c a n c e r and curessss end."
    shown = reveal(text)
    assert shown is not None
    for word, there in (
        ("miracle", "m\u200bi\u200bracle"),
        ("cancer", "c a n c e r"),
        ("cures", "curessss"),
        ("end", "end"),
    ):
        at = shown.text.index(word)
        start, end = shown.span(at, at + len(word))
        assert text[start:end] == there


def test_a_disguised_word_holds_no_sentence_end() -> None:
    text = "It is a m.i.r.a.c.l.e. It cur3s.\u200b Nothing else does."
    assert [text[start:end].strip("\u200b") for start, end in split_text(text)] == [
        "It is a m.i.r.a.c.l.e.",
        "It cur3s.",
        "Nothing else does.",
    ]


@pytest.mark.parametrize(
    "unit",
    ["a", "a-", "a.", "a ", "*a", "aaa ", "a🔥", "й", "a\u0301", "m1", "@", "x.com/", "ａ", "a@b.", "\u200b", "é"],
)
def test_time_is_linear(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.perf_counter()
    reveal(text)
    assert time.perf_counter() - start < 10


def test_flags_and_evidence_show_the_page(detector: Detector) -> None:
    text = "This m1r\u200bacle p i l l cur3ssss c@ncer and big ph4rma hides it from you."
    report = detector.analyze(text)
    assert report.flags
    for flag in report.flags:
        assert flag.quote.exact == text[flag.start : flag.end] == text
    shown = {text[words.start : words.end] for flag in report.flags for words in flag.evidence}
    assert any("m1r\u200bacle" in words or "cur3ssss" in words or "c@ncer" in words for words in shown)


def test_little_recall_is_lost(detector: Detector) -> None:
    measured = measure(detector, kinds=())
    (plain, labelled), (raised, _) = measured["plain"], measured["several kinds"]
    assert plain / labelled > 0.5
    assert (plain - raised) / labelled * 100 <= MOST_LOST
