"""Who is quoted, found before, behind and inside a quotation."""

from __future__ import annotations

import time

import pytest

from classifier.document import Block
from classifier.quotes import find_quotations
from classifier.speakers import Speaker, find_speaker


def speaker_of(text: str) -> Speaker | None:
    quote = find_quotations(Block("b", "p", text))[0]
    rest = find_quotations(Block("b", "p", text))[1:2]
    return find_speaker(text, quote.start, quote.end, ceiling=rest[0].start if rest else None)


@pytest.mark.parametrize(
    ("text", "who", "verb"),
    [
        ("“It heals,” says Dr Lena Marsh.", "Dr Lena Marsh", "says"),
        ("“It heals,” Lena Marsh told us.", "Lena Marsh", "told"),
        ("“It heals,” said founder Bo Lund at the launch.", "founder Bo Lund", "said"),
        ("“It heals,” says she.", "she", "says"),
        ("“It heals,” the owner, a tall man, explained.", "the owner", "explained"),
        ("Lena Marsh says: “It heals.”", "Lena Marsh", "says"),
        ("She told the hall that “it heals”.", "She", "told"),
        ("According to Bo Lund, “it heals”.", "Bo Lund", None),
        ("“It heals,” according to Lund.", "Lund", None),
        ("“It heals.” – Dr Lund", "Dr Lund", None),
        ("Trainer Mags: “It heals.”", "Trainer Mags", None),
        ("“It heals,” is what a pensioner wrote.", "a pensioner", "wrote"),
        ("“It heals,” is her answer to that.", "her", None),
        ("“It heals.” (Greta, 41)", "Greta", None),
        ("“It heals.” (a grandmother from Leek)", "a grandmother from Leek", None),
        ("My nutritionist goes, “it heals”.", "My", "goes"),
        ("“Magnets,” says Alfie Crane, “heal the blood.”", "Alfie Crane", "says"),
    ],
)
def test_speaker_and_verb(text: str, who: str, verb: str | None) -> None:
    found = speaker_of(text)
    assert found is not None
    assert (found.words, text[found.who.start : found.who.end]) == (who, who)
    assert (text[found.verb.start : found.verb.end] if found.verb else None) == verb


@pytest.mark.parametrize(
    "text",
    [
        "The word “natural” means little.",
        "“Sugar feeds cancer” is a slogan.",
        "Read the leaflet “Your new hip” first.",
        "“It heals” (see below) is a slogan.",
        "He spoke. Nobody listened. “It heals.”",
    ],
)
def test_no_speaker(text: str) -> None:
    assert speaker_of(text) is None


@pytest.mark.parametrize(("text", "named"), [("“It heals,” says Lund.", True), ("“It heals,” she says.", False)])
def test_named_speakers(text: str, named: bool) -> None:
    found = speaker_of(text)
    assert found is not None
    assert found.is_named is named


@pytest.mark.parametrize("text", ["A a " * 5_000, "the the, " * 5_000, "said " * 5_000, "Aa, " * 5_000 + "said"])
def test_a_speaker_is_looked_for_nearby_only(text: str) -> None:
    start = time.process_time()
    for at in range(0, len(text), 200):
        find_speaker(text, at, at)
    assert time.process_time() - start < 5
