"""The bundle: saved, loaded, and refused when anything about it is not as its manifest says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest

from classifier.errors import ModelError
from classifier.model import FlagModel, calibrate, load_bundle, model_id
from classifier.taxonomy import flag_ids
from classifier.training import train
from classifier.training_set import TrainingSet
from classifier.views import page_bounds


def edit(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        load_bundle(folder)
    assert "make model" in caught.value.hint
    assert caught.value.code == "bad-model"
    return caught.value.message


def test_a_saved_model_comes_back_the_same(tiny_bundle: Path, tiny_model: FlagModel, tiny_set: TrainingSet) -> None:
    model, manifest = load_bundle(tiny_bundle)
    assert model.digest() == tiny_model.digest() == manifest["digest"]
    first, second = (
        each.confidences(each.matrix(tiny_set.views), page_bounds(tiny_set.views)) for each in (model, tiny_model)
    )
    assert np.array_equal(first, second)
    assert first.shape == (12, 11)
    assert manifest["version"] == f"0.0.1+{manifest['digest'][:8]}"
    assert manifest["flags"] == list(flag_ids())
    assert (model_id(manifest).version, model_id(manifest).digest) == (manifest["version"], manifest["digest"])
    assert {setting: len(values) for setting, values in manifest["thresholds"].items()} == dict.fromkeys(
        ("few", "balanced", "more"), 11
    )


def test_two_trainings_on_the_same_data_agree(tiny_model: FlagModel, tiny_set: TrainingSet) -> None:
    assert train(tiny_set, jobs=2)[0].digest() == tiny_model.digest()


@pytest.mark.parametrize("part", ["weights", "intercepts", "calibration", "any_weights"])
def test_the_digest_covers_what_decides_an_answer(tiny_model: FlagModel, part: str) -> None:
    changed = {name: getattr(tiny_model, name) for name in FlagModel.__dataclass_fields__}
    changed[part] = changed[part] + 1e-9
    assert FlagModel(**changed).digest() != tiny_model.digest()
    thresholds = {**tiny_model.thresholds, "more": replace(tiny_model.thresholds["more"], any_flag=0.123)}
    assert (
        FlagModel(**{**changed, part: getattr(tiny_model, part), "thresholds": thresholds}).digest()
        != tiny_model.digest()
    )


@pytest.mark.parametrize("position", [0, 100, -1])
def test_a_flipped_byte(tiny_bundle: Path, position: int) -> None:
    path = tiny_bundle / "model.joblib"
    data = bytearray(path.read_bytes())
    data[position] ^= 1
    path.write_bytes(data)
    assert "digests differ" in refusal(tiny_bundle)


def test_an_altered_file_is_never_loaded(tiny_bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tiny_bundle / "model.joblib").write_bytes(b"cos\nsystem\n")
    monkeypatch.setattr(joblib, "load", lambda path: pytest.fail("it was loaded"))
    assert "digests differ" in refusal(tiny_bundle)


def test_a_missing_file_and_a_missing_bundle(tiny_bundle: Path, tmp_path: Path) -> None:
    (tiny_bundle / "model.joblib").unlink()
    assert "model.joblib is missing" in refusal(tiny_bundle)
    assert "no trained model" in refusal(tmp_path / "nowhere")


def test_other_weights_than_the_manifest_names(tiny_bundle: Path) -> None:
    edit(tiny_bundle, lambda manifest: manifest.update(digest="0" * 64))
    assert "weights are not the ones" in refusal(tiny_bundle)


def test_a_file_that_holds_no_model(tiny_bundle: Path) -> None:
    joblib.dump({"not": "a model"}, tiny_bundle / "model.joblib")
    digest = hashlib.sha256((tiny_bundle / "model.joblib").read_bytes()).hexdigest()
    edit(tiny_bundle, lambda manifest: manifest["files"].update({"model.joblib": digest}))
    assert "weights are not the ones" in refusal(tiny_bundle)


@pytest.mark.parametrize("library", ["scikit-learn", "numpy", "scipy", "nupunkt"])
def test_another_version_of_a_library(tiny_bundle: Path, library: str) -> None:
    edit(tiny_bundle, lambda manifest: manifest["libraries"].update({library: "0.1"}))
    message = refusal(tiny_bundle)
    assert library in message
    assert "0.1" in message


def test_other_code_than_it_was_trained_with(tiny_bundle: Path) -> None:
    edit(tiny_bundle, lambda manifest: manifest.update(code="0" * 64))
    assert "other code" in refusal(tiny_bundle)


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest.update(flags=manifest["flags"][:-1]),
        lambda manifest: manifest["flags"].reverse(),
        lambda manifest: manifest.update(format=99),
    ],
)
def test_another_list_of_flags_or_format(tiny_bundle: Path, change: Callable[[dict[str, Any]], object]) -> None:
    edit(tiny_bundle, change)
    assert "another version of Pinch" in refusal(tiny_bundle)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{broken",
        "[]",
        "{}",
        "null",
        '{"format": 1}',
        '{"libraries": 1, "flags": 1, "format": 1, "files": [], "code": ""}',
    ],
)
def test_a_manifest_that_cannot_be_read(tiny_bundle: Path, text: str) -> None:
    (tiny_bundle / "manifest.json").write_text(text, "utf-8")
    assert "manifest cannot be read" in refusal(tiny_bundle)


@pytest.mark.parametrize("key", ["version", "digest", "files", "flags", "libraries", "format", "code"])
def test_a_manifest_without_a_key(tiny_bundle: Path, key: str) -> None:
    edit(tiny_bundle, lambda manifest: manifest.pop(key))
    assert "manifest cannot be read" in refusal(tiny_bundle)


def test_no_sentences_no_scores(tiny_model: FlagModel) -> None:
    assert tiny_model.confidences(tiny_model.matrix([]), [0]).shape == (0, len(flag_ids()))


def test_platts_sigmoid_column_by_column() -> None:
    got = calibrate(np.array([[0.0, 1.0], [2.0, -1.0]]), np.array([[1.0, 0.0], [2.0, 1.0]]))
    assert got == pytest.approx(1 / (1 + np.exp(-np.array([[0.0, 3.0], [2.0, -1.0]]))))
