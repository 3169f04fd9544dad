"""What an import left out: counted, and the first few named by place and reason, never by text."""

from __future__ import annotations

import click

_NAMED = 10


class Tally:
    """Counts entries that were left out."""

    def __init__(self) -> None:
        self.skipped = self.refused = 0
        self._named: list[str] = []

    def refuse(self, place: str, reason: str) -> None:
        """Count an entry that cannot be used."""
        self.refused += 1
        if len(self._named) < _NAMED:
            self._named.append(f"{place}: {reason}")

    def tell(self) -> None:
        """Say on standard error what could not be used."""
        if not self.refused:
            return
        click.echo(f"Left out, because they could not be used: {self.refused}", err=True)
        for line in self._named:
            click.echo(f"  {line}", err=True)
        if self.refused > len(self._named):
            click.echo(f"  and {self.refused - len(self._named)} more", err=True)
