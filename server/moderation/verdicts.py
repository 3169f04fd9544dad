"""What a decision says of single flags and words, checked against the version that was seen."""

from __future__ import annotations

import sqlalchemy as sa

from classifier.taxonomy import flag_ids
from server.errors import ApiError
from server.moderation.decisions import FlagVerdict, NewDecision
from server.moderation.post_flags import flags_of
from server.moderation.refusals import StaleViewError
from server.moderation.states import verdict_of
from server.moderation.tables import POST_VERSIONS


def flag_verdicts(connection: sa.Connection, new: NewDecision) -> tuple[FlagVerdict, ...]:
    """A verdict for each flag that the post carries. A name that is no flag of it is refused."""
    flags = flags_of(connection, (new.number,)).get(new.number, ())
    if new.verdicts.keys() - {flag.id for flag in flags}:
        raise StaleViewError(new.number, new.seen)
    rest, model = verdict_of(new.outcome), _model_of(connection, new)
    return tuple(
        FlagVerdict(flag.id, flag.flag, new.verdicts.get(flag.id, rest), flag.confidence, model) for flag in flags
    )


def _model_of(connection: sa.Connection, new: NewDecision) -> str | None:
    version = POST_VERSIONS.c
    wanted = sa.select(version.model).where(version.post == new.number, version.version == new.seen.version)
    return connection.execute(wanted).scalar_one_or_none()


def check_corrections(connection: sa.Connection, new: NewDecision) -> None:
    """Refuse corrections that point at nothing."""
    if not new.corrections:
        return
    version = POST_VERSIONS.c
    wanted = sa.select(version.text).where(version.post == new.number, version.version == new.seen.version)
    length = len(connection.execute(wanted).scalar_one())
    for said in new.corrections:
        if said.flag not in flag_ids() or not 0 <= said.start < said.end <= length:
            raise ApiError(
                422,
                "bad-correction",
                "A correction names no flag or no words of the post.",
                hint="Load the page again and select the words once more.",
            )
