import itertools
import re
import time

import pytest

from classifier.phrases import PhraseIndex
from tests.classifier.test_cues import PHRASES
from tests.classifier.test_phrases import found


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("said (dr)?", "he said it works", ["said"]),
        ("said (dr)?", "he said dr lund", ["said dr"]),
        ("claims (that)?", "as the shop claims.", ["claims"]),
    ],
)
def test_an_optional_last_word_may_be_missing(phrase, text, words) -> None:
    assert found(phrase, text) == words


def examples(phrase: str) -> list[str]:
    """Shortest texts that a phrase should match: every choice, optional words and gaps left out."""
    pieces = [
        piece for piece in re.findall(r"\([^()]*\)\??|[^\s()]+", phrase) if piece != "_" and not piece.endswith("?")
    ]
    choices = [piece[1:-1].split("|") if piece.startswith("(") else [piece] for piece in pieces]
    return [" ".join(words).replace("*", "") for words in itertools.product(*choices)]


@pytest.mark.parametrize("name", PHRASES)
def test_every_phrase_can_match(name: str) -> None:
    for phrase in PHRASES[name]:
        index = PhraseIndex({name: [phrase]})
        assert [text for text in examples(phrase) if not index.find(text)] == [], phrase


def test_hyphens_between_many_short_words_take_linear_time() -> None:
    """A gap that read a hyphen both as part of a word and as a blank took cubic time."""
    index = PhraseIndex({"list": ["no _ side effects"]})
    for text in ("no " + "a-" * 20_000, "no-" * 20_000):
        started = time.perf_counter()
        assert index.find(text) == []
        assert time.perf_counter() - started < 2
