"""A list that is saved as a person saves it, and the server that is to take it up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from server.own_words.watching import Watcher, watcher_of
from server.parts import Parts
from server.settings import Settings

Save = Callable[[str], None]

SALVE = """format = 1

[[phrase]]
phrase = "black salve"
flag = "self-treatment"
reason = "Black salve burns through skin, and our rules forbid advice to use it."
note = "Send the leaflet on burns."
hits = ["Put black salve on it every night."]
misses = ["Do not use black salve."]
"""
NEVER = """
[[phrase]]
phrase = "miracle mile"
never = true
hits = ["We ran the Miracle Mile."]
"""


@pytest.fixture
def save(settings: Settings) -> Save:
    """Write the team's file."""

    def call(text: str) -> None:
        settings.phrases_file.parent.mkdir(parents=True, exist_ok=True)
        settings.phrases_file.write_text(text, "utf-8")

    return call


@pytest.fixture
def watcher(app: Flask, parts: Parts) -> Watcher:
    """What the server's thread does, a step at a time."""
    return watcher_of(parts)
