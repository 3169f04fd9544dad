"""How soon a moderator should look at a post, between 0 and 1."""

from __future__ import annotations

from classifier.document import Report


def priority(report: Report) -> float:
    """Share-weighted confidence: the highest confidence of any flag, weighted by how much of the text is flagged.

    ``max(by_flag) * (1 + share) / 2``, where ``share`` is the part of the sentences that carry a flag. A text with
    nothing over its
    threshold keeps an order by its highest confidence, at most one half.
    """
    highest = max(report.by_flag.values(), default=0.0)
    flagged = len({(flag.block, flag.start) for flag in report.flags})
    share = min(flagged / report.sentences, 1.0) if report.sentences else 0.0
    return round(highest * (1.0 + share) / 2.0, 4)
