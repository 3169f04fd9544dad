"""The gate: refuses what got worse, lets pass what did not, and says what it cannot judge."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier import comparison
from classifier.comparison import FROZEN, Compared, compare_models
from classifier.decision import Thresholds
from classifier.document import SETTINGS
from classifier.errors import ModelError
from classifier.gate import ANY, ANY_FROZEN, GateResult, compare, judge
from classifier.gate_page import as_page, read_gate, write_gate
from classifier.judgements import Judgements, read_judgements, sentence_keys
from classifier.labels import PAGES, LabelledPage, parse_pages, read_pages, sentences_of
from classifier.model import FlagModel, save_bundle
from classifier.paired import Resamples, f1, hits, share
from classifier.taxonomy import flag_ids

MIRACLE, SCARE = flag_ids().index("miracle"), flag_ids().index("scare")
FILES, LINES = 40, 10
Change = Callable[[np.ndarray, np.ndarray], None]


def labelled() -> list[LabelledPage]:
    """Forty page files of ten sentences: one miracle, one scare, and a contrast pair."""
    pages = []
    for number in range(FILES):
        register = "authority" if number % 2 else "blog"
        lines = [
            f"p [miracle] <twins> Wonder {number}.",
            f"p [] <twins> No wonder {number}.",
            f"p [scare] Fear {number}.",
        ]
        lines += [f"p [] Plain {number} {line}." for line in range(LINES - len(lines))]
        head = f"=== page-{number}\nregister: {register}\ntopic: t\ntitle: T\n"
        pages += parse_pages(head + "\n".join(lines), f"t/{number}.page")
    return pages


def compared(change: Change) -> Compared:
    """Two models that raise every flag rightly, but for what ``change`` does to the first and the second."""
    rows = sentences_of(labelled())
    y = np.array([[flag in said.flags for flag in flag_ids()] for _, said in rows])
    before, after = y.copy(), y.copy()
    change(before, after)
    return Compared(("old", "new"), rows, y, np.ones_like(y), before, after, np.zeros(len(rows), dtype=bool))


def judged(change: Change) -> GateResult:
    return judge(compared(change))


def lost(side: np.ndarray, column: int, count: int) -> None:
    side[np.flatnonzero(side[:, column])[:count], column] = False


def test_the_same_model_passes() -> None:
    result = judged(lambda before, after: None)
    assert result.passed
    assert not result.turned
    assert (result.sentences, result.files) == (FILES * LINES, FILES)
    assert [flag.name for flag in result.flags][:2] == [ANY, "miracle"]


def test_a_flag_that_is_found_less_is_refused_by_name() -> None:
    result = judged(lambda before, after: lost(after, MIRACLE, 15))
    assert not result.passed
    assert any(reason.startswith("F1 of miracle: 100.0% before, 76.9% now, -23.1 points") for reason in result.reasons)
    assert any("contrast pairs" in reason for reason in result.reasons)
    assert not any("scare" in reason for reason in result.reasons)


def test_a_flag_that_is_raised_wrongly_is_refused_for_its_precision() -> None:
    def alarm(before: np.ndarray, after: np.ndarray) -> None:
        after[5::LINES, SCARE] = True

    result = judged(alarm)
    told = " ".join(result.reasons)
    assert "precision of scare: 100.0% before, 50.0% now" in told
    assert f"precision of {ANY}" in told
    assert "sober pages flagged" in told


def test_a_change_for_the_better_and_one_that_may_be_luck_pass() -> None:
    assert judged(lambda before, after: lost(before, MIRACLE, 15)).passed
    assert judged(lambda before, after: lost(after, MIRACLE, 1)).passed


def test_a_flag_with_few_cases_is_shown_and_not_judged() -> None:
    result = judged(lambda before, after: lost(after, MIRACLE, 15))
    anecdote = next(flag for flag in result.flags if flag.name == "anecdote")
    assert (anecdote.cases, anecdote.is_judged) == (0, False)
    assert "not judged: under 30 cases" in as_page(result)


def test_contested_labels_count_for_nothing() -> None:
    both = compared(lambda before, after: lost(after, MIRACLE, FILES))
    known = both.known.copy()
    known[:, MIRACLE] = False
    result = judge(replace(both, known=known))
    assert next(flag for flag in result.flags if flag.name == "miracle").cases == 0
    assert not [one for one in result.turned if one.flag == "miracle"]


def test_both_models_are_measured_on_the_same_resamples() -> None:
    """Paired: two models that err on the same sentences differ by nothing, however much both vary."""
    data = compared(lambda before, after: (lost(before, MIRACLE, 20), lost(after, MIRACLE, 20)))
    y, known = data.y[:, MIRACLE], data.known[:, MIRACLE]
    change = Resamples(data.groups).change(
        hits(y, data.before[:, MIRACLE], known), hits(y, data.after[:, MIRACLE], known), f1, level=0.95
    )
    assert (change.difference, change.low, change.high) == (0.0, 0.0, 0.0)


def test_the_interval_is_that_of_the_paired_bootstrap() -> None:
    """Twenty of forty files lost one each: the share's spread is that of a mean of coins, 0.5 / sqrt(40)."""
    groups = np.arange(40)
    before, after = np.ones((40, 2)), np.ones((40, 2))
    after[:20, 0] = 0
    change = Resamples(groups).change(before, after, share, level=0.95)
    assert change.difference == -0.5
    assert change.low == pytest.approx(-0.5 - 1.96 * 0.5 / 40**0.5, abs=0.03)
    assert change.high == pytest.approx(-0.5 + 1.96 * 0.5 / 40**0.5, abs=0.03)


def test_examples_say_which_way_a_verdict_changed_and_whether_the_label_agrees(tmp_path: Path) -> None:
    def swap(before: np.ndarray, after: np.ndarray) -> None:
        lost(after, MIRACLE, 1)
        after[5, SCARE] = True

    result = judged(swap)
    assert [(one.flag, one.turn, one.is_right, one.text) for one in result.turned] == [
        ("miracle", "dropped", False, "Wonder 0."),
        ("scare", "raised", False, "Plain 0 2."),
    ]
    write_gate(result, tmp_path, against="abc")
    page = (tmp_path / "gate.md").read_text("utf-8")
    assert "**miracle, no longer raised**: 1, of which 0 agree with the label." in page
    assert "“Wonder 0.” (against the label; t/0.page)" in page
    assert "Passed" in page
    said = read_gate(tmp_path)
    assert said is not None
    assert (said["passed"], said["against"], said["sentences"]) == (True, "abc", FILES * LINES)
    (tmp_path / "gate.json").write_text("[]")
    assert read_gate(tmp_path) is None


@pytest.fixture
def bundles(tiny_model: FlagModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two bundles that judged the labelled pages above: the first rightly, the second without most miracles."""
    monkeypatch.setattr(comparison, "read_pages", lambda path: labelled() if path == PAGES else read_pages(path))
    right = compared(lambda before, after: lost(after, MIRACLE, 30))
    folders = []
    for name, raised in (("first", right.before), ("second", right.after)):
        plain = Thresholds(np.full(len(flag_ids()), 0.5))
        judgements = Judgements(
            sentence_keys(labelled()), raised * 0.9, dict.fromkeys(SETTINGS, plain), tiny_model.any_weights
        )
        folders.append(tmp_path / name)
        save_bundle(tiny_model, folders[-1], about={"release": "0.0.1"}, judged=judgements)
    return folders[0], folders[1]


def test_two_bundles_are_compared_by_what_they_judged(bundles: tuple[Path, Path]) -> None:
    first, second = bundles
    assert compare(first, first).passed
    result = compare(second, first)
    assert result.names[0] == result.names[1] == json.loads((first / "manifest.json").read_text())["version"]
    assert any(reason.startswith("F1 of miracle:") for reason in result.reasons)
    assert compare(first, second).passed
    # The frozen pages are read by the weights themselves, which are the same in both.
    frozen = next(flag for flag in result.flags if flag.name == ANY_FROZEN)
    assert frozen.figures["F1"].difference == 0
    assert result.sentences == FILES * LINES + len(sentences_of(read_pages(FROZEN)))


def test_judgements_come_back_the_same(bundles: tuple[Path, Path]) -> None:
    held = read_judgements(bundles[0])
    assert held.keys == sentence_keys(labelled())
    assert held.confidences.max() == 0.9
    assert held.thresholds["few"].any_flag is None
    assert held.raised()[0, MIRACLE]


def test_a_bundle_without_judgements_or_with_others_is_told(
    bundles: tuple[Path, Path], tiny_bundle: Path, tiny_model: FlagModel, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="holds no judgements"):
        compare_models(bundles[0], tiny_bundle)
    keys = tuple(bytes([number]) * 16 for number in range(5))
    few = Judgements(
        keys, np.zeros((5, len(flag_ids()))), read_judgements(bundles[0]).thresholds, tiny_model.any_weights
    )
    save_bundle(tiny_model, tmp_path / "few", about={"release": "0.0.1"}, judged=few)
    with pytest.raises(ModelError, match="judged only 0"):
        compare_models(bundles[0], tmp_path / "few")
    (tmp_path / "few" / "judged.npz").write_bytes(b"PK\x03\x04")
    with pytest.raises(ModelError, match="cannot be read"):
        read_judgements(tmp_path / "few")


def test_the_frozen_pages_are_in_no_training() -> None:
    """No sentence of some length stands in both."""
    learned = {said.sentence.text for _, said in sentences_of(read_pages(PAGES)) if len(said.sentence.text) > 40}
    frozen = [said.sentence.text for _, said in sentences_of(read_pages(FROZEN))]
    assert len(frozen) == 739
    assert not learned & set(frozen)


def test_the_page_is_words_and_the_data_is_json(tmp_path: Path) -> None:
    write_gate(judged(lambda before, after: lost(after, MIRACLE, 30)), tmp_path, against="x")
    assert "**Refused.**" in (tmp_path / "gate.md").read_text("utf-8")
    assert json.loads((tmp_path / "gate.json").read_text("utf-8"))["reasons"]
    with pytest.raises(ModelError, match="cannot be kept"):
        write_gate(judged(lambda before, after: None), tmp_path / "nowhere", against="x")


def test_of_few_page_files_there_is_a_difference_and_no_interval() -> None:
    change = Resamples(np.arange(3)).change(np.ones((3, 2)), np.array([[0.0, 1]] * 3), share, level=0.95)
    assert (change.difference, change.low, change.is_lower) == (-1.0, None, False)
