"""The storm of ``tests.soak.forums``, scaled down."""

from __future__ import annotations

from server.settings import Settings
from tests.soak.forums import run


def test_after_a_storm_and_an_outage_everything_is_here_once_and_the_newest_wins(both_settings: Settings) -> None:
    assert run(both_settings, 400) == []
