"""The server with the trained detector: nothing a request can hold makes it fail."""

from __future__ import annotations

import os
from typing import Any

import pytest
from flask import Flask

from classifier import advice
from classifier.model import BUNDLE
from server.app import create_app
from server.commands.serving import warm_up
from server.settings import Settings
from server.web.samples import samples


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app with the bundle of this checkout."""
    if not (BUNDLE / "manifest.json").exists() and not os.environ.get("CI"):
        pytest.skip("There is no trained bundle here. Run 'pinch train' to make one.")
    return create_app(Settings(data_dir=tmp_path_factory.mktemp("trained"), model_dir=BUNDLE))


def _call(app: Flask, body: dict[str, Any]) -> Any:
    token = app.extensions["pinch"].store.clients.issue("x").token
    return app.test_client().post("/v1/analyze", json=body, headers={"Authorization": f"Bearer {token}"})


ODD = [
    "\x00",
    "\u202e\u200d\ufeff",
    "😀" * 500,
    "a" * 50_000,
    "“" * 2000,
    "." * 5000,
    "<" * 5000,
    "[1](" * 2000,
    "\n" * 200 + "x",
    "(((((" * 1000,
    "é\u0301" * 1000,
    "العلاج المعجزة! " * 50,
    "A miracle cure, says Dr X. " * 2000,
    "http://[ https://% ftp://😀 ",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_answered_every_way(trained: Flask, text: str) -> None:
    ways: list[dict[str, Any]] = [
        {"text": text},
        {"html": text},
        {"html": f"<p>{text}<div><table><li>{text[:200]}", "url": text[:100], "title": text[:100], "lang": text[:20]},
        {
            "blocks": [
                {"id": "a", "kind": "blockquote", "text": text},
                {"id": "b", "kind": "li", "text": text, "intro": "a"},
            ]
        },
    ]
    for body in ways:
        assert _call(trained, body).status_code in (200, 422)


def test_deep_html_is_answered(trained: Flask) -> None:
    for tag in ("div", "b", "ul><li", "blockquote", "table><tr><td"):
        assert _call(trained, {"html": f"<{tag}>" * 3000 + "A miracle cure."}).status_code in (200, 422)


def test_blocks_may_introduce_one_another(trained: Flask) -> None:
    blocks = [
        {"id": "a", "kind": "li", "text": "One.", "intro": "b"},
        {"id": "b", "kind": "li", "text": "Two.", "intro": "a"},
    ]
    assert _call(trained, {"blocks": blocks}).status_code == 200


def test_samples_show_what_pinch_does_and_leaves_alone(trained: Flask) -> None:
    counts = {
        sample.id: sum(_call(trained, {"html": sample.html, "url": sample.url}).json["counts"].values())
        for sample in samples().values()
    }
    assert counts["mushroom-stack"] >= 4
    assert counts["detox-shop"] >= 4
    assert counts["vitamin-d-advice"] == 0


def test_ready_and_warm(trained: Flask) -> None:
    advice._lists.cache_clear()
    warm_up(trained)
    assert advice._lists.cache_info().currsize == 1, "the first post would wait for the lists of advice"
    assert trained.test_client().get("/readyz").json["model"]["version"]  # type: ignore[index]
