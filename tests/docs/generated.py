"""Which pages are generated, and by what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.docs.cli_page import cli_page
from tests.docs.datasheet import datasheet
from tests.docs.flags_page import flags_page

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DATASHEET = ROOT / "classifier" / "data" / "DATASHEET.md"
AGREEMENT = DATASHEET.with_name("agreement.json")

# Each function gives the whole text of its page. That of the datasheet keeps what is written by hand around the counts.
GENERATED: Mapping[Path, Callable[[], str]] = {
    DOCS / "flags.md": flags_page,
    DOCS / "cli.md": cli_page,
    DATASHEET: lambda: datasheet(DATASHEET.read_text("utf-8"), agreement=AGREEMENT),
}
