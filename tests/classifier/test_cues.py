"""Every cue file: its examples hit and miss, every phrase can match, and no file or list is an orphan."""

from __future__ import annotations

from pathlib import Path

import pytest

import classifier.cues
from classifier.cues import CueList, cue_lists
from classifier.dense import DENSE_NAMES
from classifier.lexicon import lexicon, scope_lists
from classifier.phrases import PhraseIndex, plain
from classifier.taxonomy import flag_ids

EXAMPLES = [
    (cues.flag, text, hits)
    for cues in cue_lists()
    for hits, texts in ((True, cues.hits), (False, cues.misses))
    for text in texts
]
PHRASES = {**{cues.flag: cues.phrases for cues in cue_lists()}, **scope_lists()}


@pytest.mark.parametrize(("flag", "text", "hits"), EXAMPLES)
def test_examples_hit_and_miss(flag: str, text: str, hits: bool) -> None:
    assert any(match.name == flag for match in lexicon().find(plain(text))) is hits


@pytest.mark.parametrize("cues", cue_lists(), ids=lambda cues: cues.flag)
def test_a_list_says_why_and_whence_and_shows_both_sides(cues: CueList) -> None:
    assert cues.why.endswith(".")
    assert cues.source.strip()
    assert cues.phrases
    assert cues.hits
    assert cues.misses


@pytest.mark.parametrize("name", PHRASES)
def test_every_phrase_compiles_is_written_plainly_and_once(name: str) -> None:
    for phrase in PHRASES[name]:
        PhraseIndex({name: [phrase]})
        assert phrase == plain(phrase)
    assert len(set(PHRASES[name])) == len(PHRASES[name])


def test_no_cue_file_is_an_orphan() -> None:
    folder = Path(classifier.cues.__file__).parent
    assert {file.stem for file in folder.glob("*.toml")} == set(flag_ids())
    assert {file.name for file in folder.iterdir() if file.suffix not in (".py", ".toml")} <= {"__pycache__"}


def test_no_list_is_an_orphan_and_no_name_is_taken_twice() -> None:
    assert not set(scope_lists()) & set(flag_ids())
    assert {f"scope:{name}" for name in scope_lists()} == {n for n in DENSE_NAMES if n.startswith("scope:")}
