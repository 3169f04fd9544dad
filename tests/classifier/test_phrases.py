"""The syntax of phrases, and that places point at the words they name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.phrases import PhraseIndex, PhraseMatch, plain


def found(phrase: str, text: str) -> list[str]:
    matches = PhraseIndex({"list": [phrase]}).find(plain(text))
    return [text[match.start : match.end] for match in matches]


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("magic (bullet|pill)", "a magic bullet, a Magic Pill, a magic wand", ["magic bullet", "Magic Pill"]),
        ("(a|b c) d", "x a d y b c d z c d", ["a d", "b c d"]),
        ("transform*", "It transforms; a transformation; transit", ["transforms", "transformation"]),
        ("transform* your (life|health)", "TRANSFORMED your health", ["TRANSFORMED your health"]),
        ("take time? off", "take time off, take off, take timeoff", ["take time off", "take off"]),
        (
            "no (good|strong)? evidence",
            "no evidence, no good evidence, no bad evidence",
            ["no evidence", "no good evidence"],
        ),
        ("no _ side effects", "no side effects", ["no side effects"]),
        ("no _ side effects", "no known or likely side effects", ["no known or likely side effects"]),
        ("no _ side effects", "no a b c d side effects", []),
        ("side effect", "side effects", []),
        ("all", "all-natural, overall, allow", ["all"]),
        ("100% natural", "it is 100% natural now", ["100% natural"]),
    ],
)
def test_syntax(phrase: str, text: str, words: list[str]) -> None:
    assert found(phrase, text) == words


@pytest.mark.parametrize("blank", [" ", "  ", "\n", "-", "–", "\u00a0", "‑"])
def test_a_blank_matches_blanks_and_hyphens(blank: str) -> None:
    assert found("magic bullet", f"one magic{blank}bullet here") == [f"magic{blank}bullet"]


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘", "ʼ", "´", "`"])
def test_every_apostrophe_is_plain(apostrophe: str) -> None:
    assert found("don't know", f"they don{apostrophe}t know") == [f"don{apostrophe}t know"]


def test_lists_keep_their_names_and_matches_their_order() -> None:
    index = PhraseIndex({"one": ["alpha"], "two": ["alpha beta", "beta"]})
    assert index.find("alpha beta") == [
        PhraseMatch("one", 0, 5),
        PhraseMatch("two", 0, 10),
        PhraseMatch("two", 6, 10),
    ]


@pytest.mark.parametrize("phrase", ["", "_ x", "may? be", "in*", "(ab*|c) d", "* x"])
def test_a_phrase_without_a_first_word_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="must begin with"):
        PhraseIndex({"list": [phrase]})


@given(st.text())
def test_plain_keeps_the_length(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_plain_keeps_places_behind_letters_that_grow_in_lower_case() -> None:
    assert found("magic", "İİİ magic") == ["magic"]


def test_a_look_at_the_words_never_misses_what_a_search_finds() -> None:
    index = PhraseIndex({"list": ["magic (bullet|pill)", "transform* your life", "100% natural"]})
    for text in ("a magic pill", "it transforms your life", "100% natural", "no-magic bullet"):
        assert index.find(text)
        assert index.may_hold(text)
    assert not index.may_hold("a fat and a thousand pills")
