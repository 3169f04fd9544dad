"""All phrase lists in one index: the cues of every flag and the words that change a sentence's scope."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from classifier.cues import cue_lists
from classifier.phrases import PhraseIndex

_FILE = Path(__file__).with_name("scope.toml")


@cache
def scope_lists() -> dict[str, tuple[str, ...]]:
    """The scope lists by name, in the order of their file."""
    with _FILE.open("rb") as file:
        return {name: tuple(phrases) for name, phrases in tomllib.load(file).items()}


@cache
def lexicon() -> PhraseIndex:
    """One index over all cues (named by their flag) and scope lists (named as in scope.toml)."""
    return PhraseIndex({cues.flag: cues.phrases for cues in cue_lists()} | scope_lists())
