"""What a page says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_BLANKS = re.compile(r"\s+")


class About(NamedTuple):
    """A page's own title and language, as far as it tells them."""

    title: str | None
    language: str | None


def clean_title(written: str) -> str | None:
    """A title in one line."""
    return _BLANKS.sub(" ", written).strip() or None


def language_of(declared: Iterable[str]) -> str | None:
    """The first language that is declared, without its region."""
    for tag in declared:
        if tag.strip():
            return re.split(r"[-_]", tag.strip())[0].lower() or None
    return None
