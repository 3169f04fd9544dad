"""A store of each kind, and posts in it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from server.settings import Settings
from server.store import open_store


@pytest.fixture
def engine(both_settings: Settings) -> sa.Engine:
    """An empty database, once on each kind."""
    return open_store(both_settings).engine
