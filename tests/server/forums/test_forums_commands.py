"""``pinch forums``: tells how it stands without a secret, tries, fetches."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner, Result

from server.cli import main
from server.settings import Settings
from tests.server.fakes import FakeDetector
from tests.server.forums.connecting import OWN_SECRET
from tests.server.forums.double import KEY, SECRET, Double


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("server.commands.scorer.load", lambda _: FakeDetector())

    def call(*words: str) -> Result:
        result = CliRunner().invoke(main, ["forums", *words])
        assert not any(secret in result.output for secret in (SECRET, KEY, OWN_SECRET))
        return result

    return call


def test_list_tells_what_each_may_do_and_when_it_was_read(run: Any, double: Double) -> None:
    before = run("list").output.splitlines()
    assert before == [
        "sleep-forum  discourse (webhook, pull)  not yet read",
        "boards  generic (webhook)  never read",
        "silent  generic (nothing)  never read",
    ]
    double.create("Here.")
    run("pull")
    assert run("list").output.splitlines()[0].endswith("UTC: ok, 1 taken")


def test_check_tells_what_to_mend(run: Any, settings: Settings, double: Double) -> None:
    assert run("check", "sleep-forum").exit_code == 0
    (settings.data_dir / "connections.toml").chmod(0o644)
    told = run("check")
    assert told.exit_code == 1
    assert "chmod 600" in told.output
    assert "silent: without a webhook_secret nothing can be delivered" in told.output
    double.faults = [(403, {}, b"{}")]
    told = run("check")
    assert told.exit_code == 1
    assert "sleep-forum: The forum refuses the key" in told.output
    assert "boards: as it should be" in told.output, "one that is away keeps no other from being tried"


def test_pull_fetches_and_says_what_came(run: Any, double: Double) -> None:
    double.create("Here.")
    told = run("pull", "sleep-forum", "--since", "2026-01-01")
    assert (told.exit_code, told.output) == (0, "sleep-forum: 1 new.\n")
    double.faults = [(200, {}, b"no JSON")]
    told = run("pull")
    assert told.exit_code == 1
    assert "not that of a Discourse (200)" in told.output


@pytest.mark.parametrize("words", [("pull", "boards"), ("pull", "unknown"), ("check", "unknown")])
def test_what_cannot_be_asked_is_told(run: Any, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2
