"""How often moderators uphold each flag, by the version of the model that raised it.

A verdict counts for the model whose flag the moderator saw. That a newer model has a higher share may also be because
other posts were decided under it, so each share stands with its sample and Wilson's interval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from server.moderation.precision import FlagPrecision, flag_precision, verdicts
from server.moderation.tables import POST_VERSIONS

_MODELS = 5  # versions that are told, those with the newest verdicts


@dataclass(frozen=True, slots=True)
class ModelPrecision:
    """The flags of one version of the model that have a verdict. ``model`` is its version and digest."""

    model: str
    flags: tuple[FlagPrecision, ...]

    @property
    def version(self) -> str:
        """Without the digest."""
        return self.model.split(" ")[0]


def precision_by_model(connection: sa.Connection, flags: Sequence[str]) -> list[ModelPrecision]:
    """The last verdict on every flag of every post and model, the model with the newest verdict first."""
    ranked = _ranked(connection)
    columns = (ranked.c.model, ranked.c.flag, ranked.c.verdict)
    counted = sa.select(*columns, sa.func.count(), sa.func.max(ranked.c.decision)).where(ranked.c.age == 1)
    counts: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    newest: dict[str, int] = defaultdict(int)
    for model, flag, verdict, count, last in connection.execute(counted.group_by(*columns)):
        counts[model][flag, verdict] = count
        newest[model] = max(newest[model], last)
    told = sorted(counts, key=lambda model: -newest[model])[:_MODELS]
    return [ModelPrecision(model, _flags(flags, counts[model])) for model in told]


def _flags(flags: Sequence[str], counts: dict[tuple[str, str], int]) -> tuple[FlagPrecision, ...]:
    every = (flag_precision(flag, counts) for flag in flags)
    return tuple(found for found in every if found.share.cases or found.unsure)


def _ranked(connection: sa.Connection) -> sa.Subquery:
    """Verdicts with the model of each; where none was kept, the one that scored the text that was decided."""
    said, text = verdicts(connection), POST_VERSIONS.c
    model = sa.func.coalesce(said.c.model, text.model).label("raised_by")
    is_text = (text.post == said.c.post) & (text.version == said.c.version)
    named = sa.select(said, model).join_from(said, POST_VERSIONS, is_text).subquery()
    one = (named.c.post, named.c.id, named.c.raised_by)
    age = sa.func.row_number().over(partition_by=one, order_by=named.c.decision.desc()).label("age")
    wanted = sa.select(named.c.raised_by.label("model"), named.c.flag, named.c.verdict, named.c.decision, age)
    return wanted.subquery()
