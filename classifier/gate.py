"""Whether a candidate may take the place of the model in use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate says. ``reasons`` tell in plain words what got worse, and by how much; none when it passed."""

    reasons: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing got worse."""
        return not self.reasons


def compare(candidate: Path, current: Path) -> GateResult:
    """Compare two bundles on what neither had seen. Raises :class:`~classifier.errors.ModelError`."""
    raise NotImplementedError
