"""All notices of one document: each kind has a function of its own, and here they are joined and put in order.

A kind of notice that cannot be had, because its file is damaged, is logged and left out: the page is answered without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from classifier.document import Document, Report
from server.context.notice import Notice, in_order
from server.factchecks.notices import factcheck_notices
from server.factchecks.store import FactChecks
from server.log import describe, log
from server.published import PublishedError
from server.retractions.notices import retraction_notices
from server.retractions.store import Retractions


def find_notices(
    document: Document, report: Report, *, factchecks: FactChecks, retractions: Retractions
) -> tuple[Notice, ...]:
    """What there is to tell that is not about one flag, the most urgent first."""
    return in_order(
        [
            *_or_none(lambda: retraction_notices(document, retractions), retractions.file.path.name),
            *_or_none(lambda: factcheck_notices(document, report, factchecks), factchecks.file.path.name),
        ]
    )


def _or_none(find: Callable[[], Iterable[Notice]], file: str) -> Iterable[Notice]:
    try:
        return find()
    except PublishedError as error:
        log.error("published-data", file=file, **describe(error))
        return ()
