"""The guideline names what the code knows, and the datasheet counts what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from classifier.document import BLOCK_KINDS
from classifier.label_checks import DUPLICATE_JACCARD, check_labels
from classifier.labels import REGISTERS, WHYS
from classifier.making import GUIDELINE
from classifier.taxonomy import flag_ids, flag_kinds
from tests.docs.datasheet import BEGIN, END, datasheet
from tests.docs.generated import DOCS


@pytest.fixture(scope="module")
def guide() -> str:
    return (DOCS / "labelling.md").read_text("utf-8")


def test_guideline_names_every_flag_kind_reason_and_register(guide: str) -> None:
    words = {*flag_ids(), *BLOCK_KINDS, *WHYS, *REGISTERS}
    assert {word for word in words if f"`{word}`" not in guide} == set()
    assert f"version {GUIDELINE}\n" in guide
    assert f"{DUPLICATE_JACCARD}" in guide


def test_guideline_gives_titles_as_the_taxonomy_does(guide: str) -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| ([A-Z][^|]+?) \|", guide, re.MULTILINE)
    assert rows == [(kind.id, kind.title) for kind in flag_kinds()]


def test_rulings_are_numbered_without_a_gap(guide: str) -> None:
    rulings = guide.partition("\n## Rulings")[2].partition("\n## The page file")[0]
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", rulings, re.MULTILINE)]
    assert len(numbers) >= 19
    assert numbers == list(range(1, len(numbers) + 1))


def test_example_of_a_page_file_passes_the_check(guide: str, tmp_path: Path) -> None:
    (example,) = re.findall(r"```\n(=== .*?)```", guide, re.DOTALL)
    (tmp_path / "example.page").write_text(example, "utf-8")
    check = check_labels(tmp_path)
    assert check.problems == []
    assert check.counts.pairs == 1


def test_datasheet_tells_agreement_only_where_it_is_known(tmp_path: Path) -> None:
    text = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    absent = datasheet(text, agreement=tmp_path / "none.json")
    assert "old" not in absent
    assert "Agreement" not in absent
    found = tmp_path / "agreement.json"
    found.write_text(
        json.dumps([{"sentences": n, "kappa": {"scare": 0.912, "miracle": n / 1000}} for n in (700, 500)]), "utf-8"
    )
    told = datasheet(text, agreement=found)
    assert told.startswith("before\n")
    assert told.endswith("\nafter\n")
    assert "1,200 sentences" in told
    assert told.index("| `miracle` | 0.70 | 0.50 |") < told.index("| `scare` | 0.91 | 0.91 |")


def test_datasheet_without_its_marks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="once each"):
        datasheet("no marks", agreement=tmp_path / "none.json")
