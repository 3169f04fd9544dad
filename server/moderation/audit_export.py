"""The forms in which the audit log leaves the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from server.feedback.spreadsheet import table_lines
from server.moderation.audit import AuditEntry

COLUMNS = ("id", "at", "actor", "action", "subject", "detail")


@dataclass(frozen=True, slots=True)
class AuditFormat:
    """A form of export."""

    about: str
    file_name: str
    content_type: str
    lines: Callable[[Iterable[AuditEntry]], Iterator[str]]


def entry_json(entry: AuditEntry) -> dict[str, object]:
    """An entry for programs."""
    return {name: getattr(entry, name) for name in COLUMNS} | {"at": entry.at.isoformat()}


def _json_lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    return (json.dumps(entry_json(entry)) + "\n" for entry in entries)


def _table(entries: Iterable[AuditEntry]) -> Iterator[str]:
    rows = ({**entry_json(entry), "detail": json.dumps(entry.detail) if entry.detail else ""} for entry in entries)
    return table_lines(COLUMNS, rows)


AUDIT_FORMATS: Mapping[str, AuditFormat] = {
    "jsonl": AuditFormat("everything, for programs", "audit.jsonl", "application/jsonl; charset=utf-8", _json_lines),
    "csv": AuditFormat("for a spreadsheet", "audit.csv", "text/csv; charset=utf-8", _table),
}
