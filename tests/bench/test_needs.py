"""The line of all writers sets each post's confidence beside its own label."""

from __future__ import annotations

import pytest

from classifier.model import load_bundle
from classifier.need_posts import NeedPost
from tests.bench.needs import judge

TOLD = (
    ("I binned the tablets and never felt better.", "danger"),
    ("I cannot do this any longer, goodbye.", "care"),
    ("The rain kept us in, so we baked.", "none"),
    ("My nurse halved the tablets slowly.", "none"),
)


def test_posts_of_writers_that_take_turns_keep_their_labels(capsys: pytest.CaptureFixture[str]) -> None:
    posts = [
        NeedPost(f"{number}", f"writer {number % 3}", "threads", f"{text} It was day {number}.", need)
        for number, (text, need) in enumerate(TOLD[number % len(TOLD)] for number in range(24))
    ]
    judge(load_bundle()[0], posts)
    rows = {line[:12].strip(): line[12:].split() for line in capsys.readouterr().out.splitlines()}
    alone = [rows[f"writer {number}"] for number in range(3)]
    found = [sum(int(row[column]) for row in alone) for column in (0, 2, 3)]
    assert [int(rows["all"][column]) for column in (0, 2, 3)] == found == [6, 6, 6]
    assert float(rows["all"][1]) == float(rows["all"][4]) == 1.0
