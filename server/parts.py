"""What a request works with: one value made by ``create_app`` and handed to every view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from server.context import Card
from server.detecting import Detector
from server.factchecks.store import FactChecks
from server.forums.connections import NO_CONNECTIONS, Connections
from server.metrics import Metrics
from server.models import Models
from server.moderation.accounts import Accounts
from server.moderation.drift_watch import DriftWatch
from server.moderation.near_copies import NearCopies
from server.own_words.live import LivePhrases
from server.retractions.store import Retractions
from server.security.passwords import Passwords
from server.settings import Settings
from server.store import Store


@dataclass(frozen=True, slots=True)
class Parts:
    """The collaborators of every view."""

    settings: Settings
    models: Models
    cards: dict[str, Card]
    store: Store
    metrics: Metrics
    factchecks: FactChecks
    retractions: Retractions
    accounts: Accounts
    passwords: Passwords
    drift: DriftWatch
    phrases: LivePhrases
    near_copies: NearCopies
    connections: Connections = NO_CONNECTIONS

    @property
    def detector(self) -> Detector:
        """The detector in use now: take it once, and keep it until the answer is made."""
        return self.models.detector


def parts() -> Parts:
    """The parts of the app that serves the current request."""
    return cast(Parts, current_app.extensions["pinch"])
