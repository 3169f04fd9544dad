"""How often moderators uphold each flag, and how often two of them agree.

Precision of a flag is upheld / (upheld + dismissed) over the flags that were decided, with Wilson's 95 % interval
(Wilson 1927). It speaks of the posts that moderators came to, the riskiest first, and not of all posts. Agreement is
Cohen's kappa (Cohen 1960): 1 is full agreement, 0 is what chance would give.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sklearn.metrics import cohen_kappa_score

from classifier.contrasts import Share
from server.moderation.overview import is_standing
from server.moderation.tables import DECISIONS

# Handing a post on is no opinion of it.
OPINIONS = ("upheld", "dismissed", "unsure")
_FIELDS = ("id", "flag", "verdict", "model")


@dataclass(frozen=True, slots=True)
class FlagPrecision:
    """Verdicts on one flag. ``share.cases`` is the sample: upheld and dismissed, without the unsure."""

    flag: str
    share: Share
    unsure: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Posts that two people decided on the same text. ``kappa`` is None where it says nothing: one kind of answer."""

    share: Share
    kappa: float | None
    pairs: dict[tuple[str, str], int]


def precision_by_flag(connection: sa.Connection, flags: Sequence[str]) -> list[FlagPrecision]:
    """Each of ``flags``: the last verdict on every flag of every post, of decisions that stand."""
    said = verdicts(connection)
    newest = sa.func.row_number().over(partition_by=(said.c.post, said.c.id), order_by=said.c.decision.desc())
    ranked = sa.select(said.c.flag, said.c.verdict, newest.label("age")).subquery()
    counted = sa.select(ranked.c.flag, ranked.c.verdict, sa.func.count()).where(ranked.c.age == 1)
    found = {
        (flag, verdict): count
        for flag, verdict, count in connection.execute(counted.group_by(ranked.c.flag, ranked.c.verdict))
    }
    return [flag_precision(flag, found) for flag in flags]


def flag_precision(flag: str, counts: Mapping[tuple[str, str], int]) -> FlagPrecision:
    """Of one flag, from counts by flag and verdict."""
    upheld, dismissed = counts.get((flag, "upheld"), 0), counts.get((flag, "dismissed"), 0)
    return FlagPrecision(flag, Share(flag, upheld, upheld + dismissed), counts.get((flag, "unsure"), 0))


def verdicts(connection: sa.Connection) -> sa.Subquery:
    """The lists of verdicts as rows, of decisions that stand: one function for each kind of database.

    ``model`` is None in rows that were written before it was kept.
    """
    if connection.dialect.name == "sqlite":
        one = sa.func.json_each(DECISIONS.c.flags).table_valued("value", joins_implicitly=True)
        fields = [sa.func.json_extract(one.c.value, f"$.{name}").label(name) for name in _FIELDS]
    else:
        column = sa.column("value", sa.JSON())
        one = sa.func.json_array_elements(DECISIONS.c.flags).table_valued(column, joins_implicitly=True)
        fields = [one.c.value[name].as_string().label(name) for name in _FIELDS]
    decided = sa.select(DECISIONS.c.post, DECISIONS.c.version, DECISIONS.c.id.label("decision"), *fields)
    return decided.select_from(DECISIONS, one).where(is_standing()).subquery()


def agreement(connection: sa.Connection) -> Agreement:
    """The first two people's last words on each text, paired.

    What its own maker took back does not count; what another took back does, for there they disagreed. The second
    has mostly seen what the first said, so two who decide blind would agree less.
    """
    said = _last_words()
    texts = sa.select(
        *(sa.func.max(sa.case((said.c.turn == turn, said.c.outcome))).label(f"said{turn}") for turn in (1, 2))
    )
    both = texts.group_by(said.c.post, said.c.version).having(sa.func.count() > 1).subquery()
    counted = sa.select(both.c.said1, both.c.said2, sa.func.count()).group_by(both.c.said1, both.c.said2)
    pairs = {(one, other): count for one, other, count in connection.execute(counted)}
    agreed = sum(count for (one, other), count in pairs.items() if one == other)
    return Agreement(Share("agreement", agreed, sum(pairs.values())), _kappa(pairs), pairs)


def _last_words() -> sa.Subquery:
    """Each person's last opinion of each text, with whose turn it was; of posts that were decided more than once."""
    undoing = DECISIONS.alias("undoing")
    took_it_back = sa.exists().where(undoing.c.undoes == DECISIONS.c.id, undoing.c.who == DECISIONS.c.who)
    several = sa.select(DECISIONS.c.post).group_by(DECISIONS.c.post).having(sa.func.count() > 1)
    is_opinion = (DECISIONS.c.kind == "decide") & DECISIONS.c.outcome.in_(OPINIONS) & ~took_it_back
    text = (DECISIONS.c.post, DECISIONS.c.version)
    newest = sa.func.row_number().over(partition_by=(*text, DECISIONS.c.who), order_by=DECISIONS.c.id.desc())
    opinions = sa.select(*text, DECISIONS.c.outcome, DECISIONS.c.id, newest.label("age"))
    said = opinions.where(DECISIONS.c.post.in_(several), is_opinion).subquery()
    turn = sa.func.row_number().over(partition_by=(said.c.post, said.c.version), order_by=said.c.id).label("turn")
    return sa.select(said.c.post, said.c.version, said.c.outcome, turn).where(said.c.age == 1).subquery()


def _kappa(pairs: dict[tuple[str, str], int]) -> float | None:
    """Cohen's kappa of counted pairs. Where both say the same thing of every post, chance alone would agree too."""
    said = {outcome for pair in pairs for outcome in pair}
    if len(said) < 2:
        return None
    firsts, seconds = [one for one, _ in pairs], [other for _, other in pairs]
    value = float(cohen_kappa_score(firsts, seconds, sample_weight=list(pairs.values())))
    return None if math.isnan(value) else value
