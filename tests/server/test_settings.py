"""Settings come from the environment, and docs/server.md tells each of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from classifier import model
from classifier.places import default_data_dir
from server.settings import BUNDLE, Settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {"HOME": "/home/a"}, "/home/a/.local/share/pinch"),
        ("linux", {"HOME": "/home/a", "XDG_DATA_HOME": "/x"}, "/x/pinch"),
        ("linux", {"HOME": "/home/a", "XDG_DATA_HOME": ""}, "/home/a/.local/share/pinch"),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/Library/Application Support/pinch"),
        ("win32", {"HOME": "/a", "LOCALAPPDATA": "/a/local"}, "/a/local/pinch"),
    ],
)
def test_data_dir_follows_the_platform(platform: str, environ: dict[str, str], expected: str) -> None:
    assert default_data_dir(environ, platform) == Path(expected)


def test_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCH_PORT", "9000")
    monkeypatch.setenv("PINCH_PUBLIC_HOSTS", "pinch.example.org, Pinch.Lan ,")
    monkeypatch.setenv("PINCH_DATA_DIR", "~/salt")
    settings = Settings()
    assert settings.port == 9000
    assert settings.public_hosts == ("pinch.example.org", "pinch.lan")
    assert settings.data_dir == Path.home() / "salt"
    assert settings.database == f"sqlite:///{Path.home() / 'salt' / 'pinch.sqlite3'}"


def test_bad_setting_is_refused_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCH_PORT", "hunter2")
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert "hunter2" not in str(caught.value)


def test_bundle_is_where_the_classifier_puts_it() -> None:
    assert model.BUNDLE == BUNDLE


def test_docs_tell_every_setting_with_its_default() -> None:
    text = (ROOT / "docs" / "server.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(PINCH_[A-Z_]+)` \|.*\| (.+) \|$", text, re.MULTILINE))
    fields = {f"PINCH_{name.upper()}": field.description for name, field in Settings.model_fields.items()}
    assert rows == fields


def test_forums_are_host_names(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().forums == ()
    monkeypatch.setenv("PINCH_FORUMS", "Forum.Example.org, boards.example ,xn--frum-0qa.example,")
    assert Settings().forums == ("forum.example.org", "boards.example", "xn--frum-0qa.example")


@pytest.mark.parametrize(
    "wrong",
    [
        "https://forum.example",
        "forum.example:8080",
        "forum.example/board",
        "*.forum.example",
        "fórum.example",
        "forum..example",
        "-forum.example",
        "[::1]",
        f"{'a' * 81}",
    ],
)
def test_what_is_no_host_name_is_refused_without_being_repeated(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("PINCH_FORUMS", f"good.example,{wrong}")
    with pytest.raises(ValidationError, match=r"a host name alone, such as forum\.example\.org") as caught:
        Settings()
    assert wrong not in str(caught.value)
