"""The registry: models come in whole, one is in use, and the way back leads to the very same weights."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import joblib
import numpy as np
import pytest

from classifier import load
from classifier.errors import ModelError
from classifier.model import FlagModel, save_bundle
from classifier.promotions import HISTORY, POINTER, SHIPPED, read_history
from classifier.registry import Registry
from classifier.training_set import TrainingSet

Make = Callable[..., Path]


@pytest.fixture
def make(tiny_model: FlagModel, tmp_path: Path) -> Make:
    """Makes the bundle of another model: the tiny one with its weights moved by ``shift``."""

    def make_bundle(name: str, shift: float = 0.0) -> Path:
        folder = tmp_path / name
        save_bundle(replace(tiny_model, intercepts=tiny_model.intercepts + shift), folder, about={"release": "0.0.1"})
        return folder

    return make_bundle


@pytest.fixture
def registry(make: Make, tmp_path: Path) -> Registry:
    """An empty registry beside a shipped bundle."""
    return Registry(tmp_path / "models", shipped=make("bundle"))


def refusal(call: Callable[..., object], *args: object, **named: object) -> str:
    with pytest.raises(ModelError) as caught:
        call(*args, **named)
    assert caught.value.message
    return str(caught.value)


def confidences(folder: Path, data: TrainingSet) -> bytes:
    return load(folder).confidences(data.views).tobytes()


def test_nothing_promoted_means_the_shipped_bundle(registry: Registry) -> None:
    assert (registry.current(), registry.current_name(), registry.names()) == (registry.shipped, SHIPPED, [])
    assert not registry.folder.exists()


def test_rollback_gives_the_old_scores_to_the_last_digit(registry: Registry, make: Make, tiny_set: TrainingSet) -> None:
    before = confidences(registry.current(), tiny_set)
    name = registry.add(make("one", 0.5))
    registry.promote(name, by="anne", why="try")
    assert confidences(registry.current(), tiny_set) != before
    # The shipped bundle is trained anew meanwhile: the way back still leads to what was in use.
    shutil.rmtree(registry.shipped)
    make("bundle", 0.9)
    registry.rollback(by="anne")
    assert confidences(registry.current(), tiny_set) == before
    assert registry.current() != registry.shipped
    assert [(line["from"] == SHIPPED, line["by"]) for line in registry_log(registry)] == [
        (True, "anne"),
        (False, "anne"),
    ]


def registry_log(registry: Registry) -> list[dict[str, str]]:
    return read_history(registry.folder)


def test_rollback_to_an_unchanged_shipped_bundle_is_to_the_shipped_one(registry: Registry, make: Make) -> None:
    registry.promote(registry.add(make("one", 0.5)), by="a", why="")
    assert registry.rollback(by="a").name == SHIPPED
    assert registry.current() == registry.shipped


def test_rollbacks_go_back_one_by_one(registry: Registry, make: Make) -> None:
    one, two = registry.add(make("one", 0.1)), registry.add(make("two", 0.2))
    for name in (one, two, SHIPPED):
        registry.promote(name, by="a", why="")
    names = [registry.rollback(by="a").name for _ in range(3)]
    assert names == [two, one, SHIPPED]
    assert "No model was in use before" in refusal(registry.rollback, by="a")


def test_the_same_model_twice_is_one(registry: Registry, make: Make) -> None:
    assert registry.add(make("one", 0.1)) == registry.add(make("again", 0.1))
    assert len(registry.names()) == 1
    assert not [path for path in registry.folder.iterdir() if path.name.startswith(".draft")]


def test_two_promotions_at_once_one_wins(registry: Registry, make: Make) -> None:
    names = [registry.add(make(str(number), number / 10)) for number in (1, 2, 3, 4)]

    def promote(name: str) -> str:
        try:
            Registry(registry.folder, shipped=registry.shipped).promote(name, by="a", why="", instead_of=SHIPPED)
        except ModelError as error:
            return error.message
        return ""

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(promote, names))
    assert won.count("") == 1
    assert registry.current_name() == names[won.index("")]
    assert all(message.startswith("Meanwhile") for message in won if message)
    assert len(registry_log(registry)) == 1


@pytest.mark.parametrize("name", ["", "nothing", "..", "../bundle", "/etc", ".lock", "a/b", "\x00", "0" * 500])
def test_a_name_that_is_not_here_becomes_no_path(registry: Registry, make: Make, name: str) -> None:
    registry.add(make("one", 0.1))
    for call in (registry.folder_of, registry.remove, lambda name: registry.promote(name, by="a", why="")):
        assert "no model of this name" in refusal(call, name)


def test_part_of_a_name_will_do_when_it_is_one_model(registry: Registry, make: Make) -> None:
    one, _ = registry.add(make("one", 0.1)), registry.add(make("two", 0.2))
    assert registry.folder_of(one.split("+")[1]) == registry.folder / one
    assert "More than one" in refusal(registry.find, "0.0.1")


def test_a_tampered_candidate_is_never_loaded(registry: Registry, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    name = registry.add(make("one", 0.1))
    (registry.folder / name / "model.joblib").write_bytes(b"cos\nsystem\n")
    monkeypatch.setattr(joblib, "load", lambda path: pytest.fail("it was loaded"))
    assert "digests differ" in refusal(registry.promote, name, by="a", why="")
    assert registry.current() == registry.shipped


def test_a_manifest_cannot_name_files_elsewhere(registry: Registry, make: Make) -> None:
    bundle = make("one", 0.1)
    manifest = json.loads((bundle / "manifest.json").read_text())
    manifest["files"]["../../secret"] = "0" * 64
    (bundle / "manifest.json").write_text(json.dumps(manifest))
    assert "does not name a model's files" in refusal(registry.add, bundle)


def test_half_a_model_is_not_taken_and_leaves_nothing(registry: Registry, make: Make) -> None:
    bundle = make("one", 0.1)
    (bundle / "model.joblib").write_bytes((bundle / "model.joblib").read_bytes()[:100])
    assert "digests differ" in refusal(registry.add, bundle)
    assert "no trained model" in refusal(registry.add, bundle / "nowhere")
    (registry.folder / "0.0.1+half").mkdir(parents=True)
    assert "no trained model" in refusal(registry.promote, "0.0.1+half", by="a", why="")


def test_a_promoted_model_that_is_gone_or_damaged_is_not_replaced_in_silence(registry: Registry, make: Make) -> None:
    name = registry.add(make("one", 0.1))
    registry.promote(name, by="a", why="")
    (registry.folder / name / "model.joblib").write_bytes(b"cut")
    told = refusal(registry.current)
    assert f"The promoted model {name} cannot be used" in told
    assert "pinch model promote shipped" in told
    shutil.rmtree(registry.folder / name)
    assert "pinch model promote shipped" in refusal(registry.current)
    (registry.folder / POINTER).write_text('{"name": "../../etc"}')
    assert "pinch model promote shipped" in refusal(registry.current)
    registry.promote(SHIPPED, by="a", why="")
    assert registry.current() == registry.shipped


def test_what_is_in_use_or_before_is_not_removed(registry: Registry, make: Make) -> None:
    one, two = registry.add(make("one", 0.1)), registry.add(make("two", 0.2))
    registry.promote(one, by="a", why="")
    assert "in use" in refusal(registry.remove, one)
    registry.promote(SHIPPED, by="a", why="")
    assert "rollback" in refusal(registry.remove, one)
    assert registry.remove(two) == two
    assert two not in registry.names()


def test_a_log_that_was_broken_off_is_gone_on_with(registry: Registry, make: Make) -> None:
    name = registry.add(make("one", 0.1))
    (registry.folder / HISTORY).write_text('{"at": "then", "fr')
    registry.promote(name, by="a", why="ünï\ud800")
    assert [line["to"] for line in registry_log(registry)] == [name]


@pytest.mark.skipif(os.geteuid() == 0, reason="Nothing is read-only to root.")
def test_a_read_only_folder_is_told(registry: Registry, make: Make) -> None:
    name = registry.add(make("one", 0.1))
    registry.folder.chmod(0o555)
    try:
        for call in (lambda: registry.promote(name, by="a", why=""), lambda: registry.remove(name)):
            assert "cannot be written to" in refusal(call)
    finally:
        registry.folder.chmod(0o755)


def test_a_folder_that_cannot_be_is_told(make: Make, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    registry = Registry(tmp_path / "file", shipped=make("bundle"))
    assert registry.names() == []
    assert "cannot be written to" in refusal(registry.add, make("one", 0.1))


def test_load_takes_the_promoted_model(
    make: Make, tiny_set: TrainingSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINCH_MODELS", str(tmp_path / "elsewhere"))
    registry = Registry()
    name = registry.add(make("one", 0.5))
    registry.promote(name, by="a", why="")
    assert load().model.version == name
    assert np.array_equal(load().confidences(tiny_set.views), load(tmp_path / "one").confidences(tiny_set.views))


def test_a_model_that_goes_while_it_is_promoted_is_not_put_into_use(
    registry: Registry, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = registry.add(make("one", 0.1))
    copy = registry._copy_of_shipped

    def removed_meanwhile() -> str | None:
        registry.remove(name)
        return copy()

    monkeypatch.setattr(registry, "_copy_of_shipped", removed_meanwhile)
    assert "removed" in refusal(registry.promote, name, by="a", why="")
    assert registry.current_name() == SHIPPED


def test_a_rollback_to_what_cannot_be_used_tells_the_way_out(registry: Registry, make: Make) -> None:
    one, two = registry.add(make("one", 0.1)), registry.add(make("two", 0.2))
    registry.promote(one, by="a", why="")
    registry.promote(two, by="a", why="")
    (registry.folder / one / "model.joblib").write_bytes(b"altered")
    assert "pinch model promote shipped" in refusal(registry.rollback, by="a")
    assert registry.current_name() == two
