"""A promotion reaches a running server: no restart, no answer made by two models, and no answer lost meanwhile."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from classifier.errors import ModelError
from classifier.labels import parse_pages
from classifier.model import FlagModel, save_bundle
from classifier.registry import Registry
from classifier.training import train
from classifier.training_set import TrainingSet
from server.app import create_app
from server.models import SECONDS, PromotedModels, bundle_in_use, models_of
from server.settings import MODELS, Settings
from tests.server.conftest import Headers

LINES = (
    "p [miracle] A miracle cure for pain.\np [] The clinic opens at nine.\np [vague-authority] Studies show it works."
)


@pytest.fixture(scope="module")
def model() -> FlagModel:
    """A model that learned four tiny pages."""
    pages = []
    for name in ("one", "two", "three", "four"):
        head = f"=== {name}\nregister: blog\ntopic: tiny\ntitle: Tiny\n"
        pages += parse_pages(head + LINES.replace("pain", f"pain {name}"), f"{name}.page")
    return train(TrainingSet.of(pages), jobs=1)[0]


@pytest.fixture
def registry(model: FlagModel, tmp_path: Path) -> Registry:
    """A registry with two models, the first of them in use."""
    made = Registry(tmp_path / "models", shipped=tmp_path / "none")
    for shift in (0.0, 0.5):
        folder = tmp_path / f"made-{shift}"
        save_bundle(replace(model, intercepts=model.intercepts + shift), folder, about={"release": f"1.{shift}"})
        made.add(folder)
    made.promote(first(made), by="a", why="")
    return made


def first(registry: Registry) -> str:
    return next(name for name in registry.names() if name.startswith("1.0.0"))


def second(registry: Registry) -> str:
    return next(name for name in registry.names() if name.startswith("1.0.5"))


class Clock:
    """Time that stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_promotion_is_noticed_within_a_second(registry: Registry) -> None:
    clock = Clock()
    models = PromotedModels(registry, clock=clock)
    old = models.detector
    registry.promote(second(registry), by="a", why="")
    assert models.detector is old  # not looked at again yet
    clock.now += SECONDS
    assert models.detector.model.version == second(registry)
    registry.rollback(by="a")
    clock.now += SECONDS
    assert models.detector.model == old.model


def test_a_model_that_cannot_be_used_is_refused_once_and_the_old_one_stays(registry: Registry) -> None:
    clock = Clock()
    models = PromotedModels(registry, clock=clock)
    old = models.detector
    registry.promote(second(registry), by="a", why="")
    (registry.folder / second(registry) / "model.joblib").write_bytes(b"cos\nsystem\n")
    for _ in range(3):
        clock.now += SECONDS
        assert models.detector is old
    with pytest.raises(ModelError, match="digests differ"):
        PromotedModels(registry)


def test_without_a_change_nothing_is_loaded_again(registry: Registry) -> None:
    clock = Clock()
    models = PromotedModels(registry, clock=clock)
    old = models.detector
    clock.now += 10 * SECONDS
    assert models.detector is old


def test_answers_go_on_while_the_model_changes(registry: Registry) -> None:
    """Four callers under six promotions: each answer is whole, and of one of the two models."""
    clock = Clock()
    models = PromotedModels(registry, clock=clock)
    names = {first(registry), second(registry)}
    stop, wrong = threading.Event(), []

    def call() -> None:
        while not stop.wait(0.01):
            detector = models.detector
            report = detector.analyze("A miracle cure for pain.")
            if report.model != detector.model or report.model.version not in names:
                wrong.append(report.model)

    callers = [threading.Thread(target=call) for _ in range(4)]
    for caller in callers:
        caller.start()
    for number in range(6):
        registry.promote((second if number % 2 == 0 else first)(registry), by="a", why="")
        clock.now += SECONDS
        models.detector.analyze("Rest helps.")
    stop.set()
    for caller in callers:
        caller.join()
    assert not wrong


@pytest.fixture
def app(registry: Registry, tmp_path: Path) -> Flask:
    """A server whose models lie in the registry."""
    return create_app(Settings(data_dir=tmp_path / "data", models=registry.folder))


def test_answers_readiness_metrics_and_log_tell_the_model(
    app: Flask, registry: Registry, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = app.extensions["pinch"]
    headers: Headers = {"Authorization": f"Bearer {parts.store.clients.issue('x').token}"}
    client = app.test_client()

    def told() -> tuple[str, str, bool]:
        answer = client.post("/v1/analyze", json={"text": "A miracle cure."}, headers=headers).get_json()
        ready = client.get("/readyz").get_json()
        metrics = client.get("/metrics", headers=headers).get_data(as_text=True)
        version = answer["model"]["version"]
        return version, ready["model"]["version"], f'pinch_model{{version="{version}"}} 1.0' in metrics

    name = first(registry)
    assert told() == (name, name, True)
    registry.promote(second(registry), by="a", why="")
    capsys.readouterr()
    monkeypatch.setattr(parts.models, "_next", 0.0)
    name = second(registry)
    assert told() == (name, name, True)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["version"] for line in lines if line["event"] == "model"] == [name]


def test_a_model_of_ones_own_choice_stays(registry: Registry, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, models=registry.folder, model_dir=registry.folder / second(registry))
    assert models_of(settings).detector.model.version == second(registry)
    assert bundle_in_use(settings) == settings.model_dir
    assert bundle_in_use(settings.model_copy(update={"model_dir": None})).name == first(registry)


def test_server_and_library_agree_where_models_lie(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PINCH_MODELS", raising=False)
    assert Registry().folder == Settings().models == MODELS
    monkeypatch.setenv("PINCH_MODELS", str(tmp_path / "here"))
    assert Registry().folder == Settings().models == tmp_path / "here"
    monkeypatch.setenv("PINCH_MODELS", "~/there")
    assert Registry().folder == Settings().models == Path.home() / "there"
