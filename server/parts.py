"""What a request works with: one value made by ``create_app`` and handed to every view."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from flask import current_app

from classifier.document import Document, ModelId, Report, Setting
from classifier.needs import Need
from server.context import Card
from server.factchecks.store import FactChecks
from server.forums.connections import NO_CONNECTIONS, Connections
from server.metrics import Metrics
from server.moderation.accounts import Accounts
from server.retractions.store import Retractions
from server.security.passwords import Passwords
from server.settings import Settings
from server.store import Store


class Detector(Protocol):
    """What the server asks of a detector; the trained one in ``classifier`` answers to it."""

    @property
    def model(self) -> ModelId:
        """Which model speaks."""

    def analyze(
        self,
        source: str | Document,
        /,
        *,
        setting: Setting = "balanced",
        min_confidence: float | None = None,
        flags: Collection[str] | None = None,
    ) -> Report:
        """What there is to tell the reader of one document."""

    def analyze_all(self, documents: Sequence[Document], /) -> list[Report]:
        """The same of several at once, which is quicker where they are short."""

    def need(self, report: Report, /) -> Need:
        """What a post needs of a moderator, from what :meth:`analyze` found in it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The collaborators of every view."""

    settings: Settings
    detector: Detector
    cards: dict[str, Card]
    store: Store
    metrics: Metrics
    factchecks: FactChecks
    retractions: Retractions
    accounts: Accounts
    passwords: Passwords
    connections: Connections = NO_CONNECTIONS


def parts() -> Parts:
    """The parts of the app that serves the current request."""
    return cast(Parts, current_app.extensions["pinch"])
