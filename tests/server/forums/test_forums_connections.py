"""The file of connections: what is taken, and that nothing refused is ever repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.errors import StartError
from server.forums.connections import DiscourseForum, GenericForum, load_connections
from server.settings import Settings

SECRET = "a-long-enough-secret-of-tests"


def load(folder: Path, text: str, environ: dict[str, str] | None = None):
    (folder / "connections.toml").write_text(text, "utf-8")
    return load_connections(Settings(data_dir=folder), environ or {})


def discourse(**lines: object) -> str:
    given = {"source": "sleep-forum", "kind": "discourse", "url": "https://sleep.example", **lines}
    return "[[forum]]\n" + "".join(
        f"{key} = {value if isinstance(value, int) else repr(value)}\n" for key, value in given.items()
    )


def test_without_a_file_nothing_is_connected(tmp_path: Path) -> None:
    assert load_connections(Settings(data_dir=tmp_path)).forums == {}


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="cannot be read: No such file"):
        load_connections(Settings(data_dir=tmp_path, connections=tmp_path / "gone.toml"))


def test_both_kinds_are_read(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 40 + "\n")
    text = discourse(webhook_secret_env="SLEEP", api_key_file="key", act="flag", url="https://sleep.example/talk/")
    text += f"[[forum]]\nsource = 'boards'\nkind = 'generic'\nwebhook_secret = '{SECRET}'\n"
    loaded = load(tmp_path, text, {"SLEEP": SECRET})
    sleep, boards = loaded.forums["sleep-forum"], loaded.forums["boards"]
    assert isinstance(sleep, DiscourseForum)
    assert isinstance(boards, GenericForum)
    assert sleep.webhook_secret is not None
    assert sleep.webhook_secret.get_secret_value() == SECRET
    assert sleep.api_key is not None
    assert sleep.api_key.get_secret_value() == "k" * 40
    assert (sleep.url, sleep.act, sleep.pull_minutes) == ("https://sleep.example/talk", "flag", 10)
    assert boards.when_away == "publish"
    assert loaded.discourses == [sleep]
    assert SECRET not in repr(loaded)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (discourse(webhook_secret=""), "webhook_secret: A secret has at least 16 characters"),
        (discourse(webhook_secret="short-hush"), "webhook_secret: A secret has at least 16 characters"),
        (discourse(webhook_secret=" " * 20), "at least 16 characters"),
        (discourse(webhook_secret_env="UNSET_HUSH"), "webhook_secret_env: there is no variable of this name"),
        (discourse(webhook_secret_file="hush"), "webhook_secret_file: the file cannot be read: No such file"),
        (discourse(webhook_secret=SECRET, webhook_secret_env="HUSH"), "webhook_secret: it is given in 2 ways"),
        (discourse(webhook_secret=12345678901234567), "webhook_secret: it is no text in quotation marks"),
        (discourse(act="flag"), "act needs an api_key"),
        (discourse(api_key="hush hush hush hush"), "api_key: A key is one word"),
        (discourse(api_key="# hush\\nhush-hush-hush-hush"), "api_key: A key is one word"),
        (discourse(api_key="hush-hush-hush-ключ"), "api_key: A key is one word"),
        (discourse(act="hush"), "act: Input should be 'none', 'flag' or 'hide'"),
        (discourse(kind="hush"), "kind is discourse or generic"),
        (discourse(url="http://sleep.example/hush"), "anybody on the way could read the secret"),
        (discourse(url="https://me:hush@sleep.example"), "An address has no user name"),
        (discourse(url="ftp://hush.example"), "An address begins with https://"),
        (discourse(url="https://[hush"), "This is no address"),
        (discourse(source="hush hush"), "source: String should match pattern"),
        (discourse(pull_minutes=0), "pull_minutes: Input should be greater than or equal to 1"),
        (discourse() + discourse(), "Forum 2 has the same source"),
        ("[[forum]]\nsource = 'a'\nkind = 'generic'\ncallback_url = 'https://a.example'", "needs a callback_secret"),
        ("forum = 'hush'", r"\[\[forum\]\] tables and nothing else"),
        ("forum = ['hush']", "Forum 1 is no table"),
        ("secret = 'hush'", r"\[\[forum\]\] tables and nothing else"),
        ("[[forum]]\nsource = hush", "reading stopped at line 2"),
    ],
)
def test_what_cannot_be_used_stops_the_start_without_being_repeated(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(StartError, match=told) as caught:
        load(tmp_path, text)
    assert "hush" not in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_variable_that_is_empty_is_no_secret(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="at least 16 characters"):
        load(tmp_path, discourse(webhook_secret_env="SLEEP"), {"SLEEP": ""})


def test_it_is_told_when_others_may_read_the_file(tmp_path: Path) -> None:
    loaded = load(tmp_path, discourse(webhook_secret=SECRET))
    (tmp_path / "connections.toml").chmod(0o600)
    assert not loaded.is_open_to_others()
    (tmp_path / "connections.toml").chmod(0o640)
    assert loaded.is_open_to_others()
