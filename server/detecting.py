"""What the server asks of whatever reads pages and posts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from classifier.document import Document, ModelId, Report, Setting
from classifier.needs import Need


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
