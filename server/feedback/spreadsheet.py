"""Rows as CSV that a spreadsheet may open: words of strangers never run as formulas.

See https://owasp.org/www-community/attacks/CSV_Injection. JSON Lines is the exact form: here an apostrophe may be
added.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from server.feedback.wording import feedback_json
from server.store import KeptFeedback

COLUMNS = (
    "id", "sent_on", "verdict", "flag", "text", "note", "url", "confidence", "setting", "model", "fingerprint",
    "client_id", "client_name",
)  # fmt: skip
# A cell begins at the start, and where a spreadsheet of another country splits: at semicolons, tabs and line ends.
_FORMULA = re.compile(r"((?:^|[;\t\r\n])[^\S\t\r\n]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
_MARK = "\ufeff"  # tells spreadsheets that this is UTF-8


def csv_lines(kept: Iterable[KeptFeedback]) -> Iterator[str]:
    """A head and a line for each piece of feedback."""
    told = ({**feedback_json(one), "client_id": one.client_id, "client_name": one.client_name} for one in kept)
    return table_lines(COLUMNS, told)


def table_lines(columns: tuple[str, ...], rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """A head and a line for each row, all cells in quotation marks."""
    yield _MARK + _line(columns)
    for row in rows:
        yield _line([_cell(row[name]) for name in columns])


def _cell(value: object) -> str:
    """A value as words that stay words."""
    return "" if value is None else _FORMULA.sub(r"\1'", str(value))


def _line(cells: Iterable[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerow(cells)
    return stream.getvalue()
