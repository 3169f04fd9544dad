"""How often the right fact-check is shown: measured on pairs and near misses that were written for the purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.factchecks.store import FactChecks
from tests.server.factchecks.pairs import PARTS, fill, measure, read_claims, read_reviews

LEAST_PRECISION, LEAST_RECALL = 0.90, 0.60


@pytest.fixture(scope="module")
def factchecks(tmp_path_factory: pytest.TempPathFactory) -> FactChecks:
    filled = FactChecks(Path(tmp_path_factory.mktemp("pairs")))
    for part in PARTS:
        fill(filled, read_reviews(part))
    return filled


def test_there_are_enough_pairs_and_near_misses_and_none_twice() -> None:
    claims = [claim for part in PARTS for claim in read_claims(part)]
    pairs = [claim for claim in claims if claim.review]
    assert len(pairs) >= 150
    assert len(claims) - len(pairs) >= 150
    assert len({claim.text for claim in claims}) == len(claims)
    assert 3 * len(read_claims("held-out")) >= len(claims)


@pytest.mark.parametrize("part", PARTS)
def test_a_wrong_fact_check_is_hardly_ever_shown(factchecks: FactChecks, part: str) -> None:
    measured = measure(factchecks, part)
    assert measured.precision >= LEAST_PRECISION, measured.wrong
    assert measured.recall >= LEAST_RECALL
