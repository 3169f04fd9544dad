"""Where a form leads back to."""

from __future__ import annotations

import re

_OWN_PAGE = re.compile(r"/queue(?:/[0-9]{1,18})?(?:\?[\w=&%.+~-]{0,500})?(?:#[\w-]{1,40})?")


def back_to(asked: str) -> str:
    """The page of the queue that a form names, or the queue: never an address elsewhere."""
    return asked if _OWN_PAGE.fullmatch(asked) else "/queue"
