"""Reads a document and finds its cards and notices: what the API and the page at ``/`` share."""

from __future__ import annotations

from dataclasses import dataclass

from classifier.document import Document, Report
from classifier.errors import InputError
from server.api.asked import AskedOptions
from server.context import Matches, match
from server.context.combinations import combination_notices
from server.context.crisis import crisis_notices, without_flags_on_cries
from server.context.crisis_lines import region_of
from server.context.distress import find_distress
from server.context.notice import Notice, in_order
from server.context.notices import find_notices
from server.errors import ApiError
from server.parts import Parts


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to tell of a document; ``matches`` is None when no cards are wanted."""

    report: Report
    matches: Matches | None
    notices: tuple[Notice, ...]


def read(document: Document, options: AskedOptions, parts: Parts, *, accept_language: str = "") -> Reading:
    """Run the detector, match cards and find notices. Raises :class:`ApiError` for what the detector cannot take.

    A person's cry for help carries no mark. ``accept_language`` is the browser's header; it only chooses crisis lines.
    """
    try:
        report = parts.detector.analyze(
            document, setting=options.setting, min_confidence=options.min_confidence, flags=options.flags
        )
    except InputError as error:
        raise ApiError(422, error.code, error.message, hint=error.hint) from None
    report = parts.phrases.current.apply(report, flags=options.flags)
    parts.metrics.sentences.inc(report.sentences)
    distress = find_distress(document)
    report = without_flags_on_cries(report, distress)
    region = region_of(options.region, document.lang, accept_language)
    return Reading(
        report,
        match(document, report, parts.cards) if options.context else None,
        in_order(
            [
                *crisis_notices(distress, region),
                *combination_notices(document, parts.cards),
                *find_notices(document, report, factchecks=parts.factchecks, retractions=parts.retractions),
            ]
        ),
    )
