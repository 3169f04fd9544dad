"""What lies in a registry, told for people and for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from classifier.errors import ModelError
from classifier.gate_page import read_gate
from classifier.model import check_files, read_manifest
from classifier.promotions import SHIPPED
from classifier.registry import Registry


@dataclass(frozen=True, slots=True)
class Entry:
    """A model in a registry. ``problem`` says why it cannot be used; ``gate`` is what the gate said of it."""

    name: str
    folder: Path
    is_current: bool
    is_before: bool
    manifest: dict[str, Any] | None
    problem: str | None
    gate: dict[str, Any] | None

    @property
    def learned_from(self) -> str:
        """How many labels it learned from, and whether decisions were among them."""
        data = (self.manifest or {}).get("data", {})
        if "sentences" not in data:
            return "–"
        told = f"{data['sentences']:,} sentences, {data.get('sources', 0)} files"
        return f"{told}, with decisions" if data.get("decisions") else told

    def as_data(self) -> dict[str, Any]:
        """For programs."""
        known = self.manifest or {}
        gate = self.gate and {key: self.gate[key] for key in ("passed", "against", "reasons") if key in self.gate}
        return {
            "name": self.name,
            "current": self.is_current,
            "before": self.is_before,
            "version": known.get("version"),
            "digest": known.get("digest"),
            "data": known.get("data"),
            "problem": self.problem,
            "gate": gate,
        }


def entries(registry: Registry) -> list[Entry]:
    """The shipped bundle first, then every model here; one that cannot be used says why."""
    found = registry.promotion()
    current, before = (found.name, found.before) if found else (SHIPPED, ())
    return [
        _entry(name, registry.shipped if name == SHIPPED else registry.folder / name, current, before)
        for name in (SHIPPED, *registry.names())
    ]


def _entry(name: str, folder: Path, current: str, before: tuple[str, ...]) -> Entry:
    manifest, problem = None, None
    try:
        manifest = read_manifest(folder)
        check_files(folder, manifest)
    except ModelError as error:
        problem = error.message
    except OSError as error:
        problem = f"It cannot be read: {error.strerror}."
    return Entry(name, folder, name == current, name in before, manifest, problem, read_gate(folder))


def as_data(registry: Registry) -> dict[str, Any]:
    """The whole registry, for programs."""
    found = registry.promotion()
    return {
        "folder": str(registry.folder),
        "current": asdict(found) if found else {"name": SHIPPED},
        "models": [entry.as_data() for entry in entries(registry)],
    }
