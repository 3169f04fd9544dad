"""The table of the queue's orders counts what it says."""

from __future__ import annotations

from pathlib import Path

from classifier.priority_weights import load_weights
from server.context import load_cards
from server.moderation.scoring import Scorer
from tests.bench.priority import read_folders, table
from tests.server.fakes import FakeDetector

POST = '[[posts]]\nid = "{0}"\nday = {1}\ntime = "08:14"\nviews = 9\nneed = "{2}"\ntext = "{3}"\n'


def test_the_table_counts_what_stands_first(tmp_path: Path) -> None:
    calm = [POST.format(f"p{number}", number + 1, "none", f"Rain on day {number}.") for number in range(18)]
    found = [
        POST.format("cry", 1, "care", "I want to die."),
        POST.format("bin", 2, "danger", "I binned my tablets and felt marvellous. Just stop them."),
    ]
    (tmp_path / "rain.toml").write_text("\n".join(['thread = "Rain"', *calm, *found]))
    scorer = Scorer(FakeDetector(), load_cards(), load_weights())
    lines = table(list(read_folders([tmp_path], scorer))).splitlines()
    assert lines[0] == "20 posts (1 care, 1 danger, 18 none); the first 2:"
    rows = {line[:20].strip(): line.split() for line in lines[2:]}
    assert rows["ours"][-8:] == ["2/2", "100%", "1/1", "100%", "1/1", "100%", "2/2", "100%"]
    assert rows["newest first"][-2:] == ["0/2", "0%"]
