"""Fixtures of the fact-checks' tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.factchecks.review import Review
from server.factchecks.store import FactChecks


@pytest.fixture
def factchecks(tmp_path: Path) -> FactChecks:
    """The file that the app of the same test reads, still empty."""
    return FactChecks(tmp_path / "data")


def review(claim: str, number: int = 1) -> Review:
    """A fact-check about a claim."""
    return Review(f"https://clear-spoon.example/{number}", claim, "Clear Spoon", "clear-spoon.example", "Not so")
