"""``pinch user``: accounts on the command line, and the entry for other servers."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from classifier.model import BUNDLE
from server.cli import main
from server.moderation.accounts import Accounts
from server.moderation.audit import AuditChoice, AuditLog
from server.moderation.invitations import Invitations
from server.security.passwords import Passwords
from server.settings import Settings
from server.store import Store, open_store
from tests.server.moderation.accounts import GOOD, OTHER, add_person


@pytest.fixture
def store(settings: Settings) -> Store:
    return open_store(settings)


@pytest.fixture
def accounts(store: Store) -> Accounts:
    return Accounts(store.engine)


def run(*arguments: str, answer: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ("user", *arguments), input=answer)
    return result.exit_code, result.stdout, result.stderr


def signs_in(accounts: Accounts, name: str, password: str) -> bool:
    known = accounts.for_sign_in(name)
    return known is not None and Passwords().is_right(password, known[1])


@pytest.mark.parametrize("line_end", ["\n", "\r\n", ""])
def test_add_with_a_password_from_standard_input(accounts: Accounts, line_end: str) -> None:
    code, out, err = run("add", "Anna Berg", "--role", "lead", "--password-stdin", answer=GOOD + line_end)
    assert (code, out) == (0, "")
    assert "Anna Berg as lead" in err
    assert signs_in(accounts, "anna berg", GOOD)


def test_add_asks_for_the_password_twice_and_never_shows_it(accounts: Accounts) -> None:
    code, out, err = run("add", "Anna", "--role", "admin", answer=f"{GOOD}\n{OTHER}\n{GOOD}\n{GOOD}\n")
    assert code == 0
    assert GOOD not in out + err
    assert signs_in(accounts, "Anna", GOOD)


def test_add_with_an_invitation(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, _ = run("add", "Anna", "--role", "viewer", "--invite")
    assert code == 0
    address = out.splitlines()[-1]
    assert re.fullmatch(r"http://127\.0\.0\.1:8765/invitation\?code=\S{43}", address)
    person = Invitations(store.engine).find(address.split("=")[1])
    assert person is not None
    assert person.name == "Anna"
    monkeypatch.setenv("PINCH_PUBLIC_HOSTS", "pinch.example.org,other")
    assert run("password", "Anna", "--invite")[1].startswith("http://pinch.example.org/invitation?code=")
    monkeypatch.setenv("PINCH_SECURE_COOKIE", "true")
    assert run("password", "Anna", "--invite")[1].startswith("https://pinch.example.org/invitation?code=")


REFUSED = [
    (("add", "Anna Berg", "--role", "viewer", "--invite"), None, "pinch user list"),
    (("add", "owner", "--role", "viewer", "--invite"), None, "somebody else"),
    (("add", "Bo", "--role", "viewer", "--password-stdin"), "short\n", "at least 15"),
    (("add", "Bo", "--role", "viewer", "--password-stdin"), "", "at least 15"),
    (("add", "Bo", "--role", "viewer", "--password-stdin"), "passwordpassword", "easily guessed"),
    (("add", "Bo", "--role", "viewer", "--password-stdin", "--invite"), GOOD, "either"),
    (("add", "Bo", "--role", "boss", "--invite"), None, "boss"),
    (("add", "Bo"), None, "--role"),
    (("role", "Nobody Here", "lead"), None, "pinch user list"),
    (("disable", "\udcff"), None, "pinch user list"),
    (("enable", "Bo"), None, "pinch user list"),
    (("password", "Bo", "--invite"), None, "pinch user list"),
    (("sign-out", "Bo"), None, "pinch user list"),
]


@pytest.mark.parametrize(("arguments", "answer", "words"), REFUSED)
def test_refusals_say_why(accounts: Accounts, arguments: tuple[str, ...], answer: str | None, words: str) -> None:
    add_person(accounts)
    code, _, err = run(*arguments, answer=answer)
    assert code == 2
    assert words in err
    assert len(accounts.all()) == 1


def test_changes_and_list(accounts: Accounts, store: Store) -> None:
    assert "Nobody has an account" in run("list")[1]
    person = add_person(accounts)
    accounts.add("[bold]Bo", "viewer", by="x")
    assert run("role", "ANNA berg", "lead")[0] == 0
    assert run("disable", "Anna Berg")[0] == 0
    assert run("password", "Anna Berg", "--invite")[0] == 2
    out = run("list")[1]
    assert "disabled" in out
    assert "[bold]Bo" in out
    assert "has no password yet" in out
    told = json.loads(run("list", "--json")[1])["people"]
    assert [(one["name"], one["role"]) for one in told] == [("[bold]Bo", "viewer"), ("Anna Berg", "lead")]
    assert told[1]["disabled_at"] is not None
    run("enable", "Anna Berg")
    run("password", "Anna Berg", "--password-stdin", answer=OTHER)
    run("sign-out", "Anna Berg")
    assert signs_in(accounts, "Anna Berg", OTHER)
    after = accounts.get(person.number)
    assert after is not None
    assert after.epoch == person.epoch + 4
    actions = [entry.action for entry in AuditLog(store.engine).all(AuditChoice(actor="command line"))]
    assert actions == ["end-sessions", "set-password", "enable-person", "disable-person", "change-role"]


# The entry for other servers


def _serve(*bad: str) -> tuple[subprocess.Popen[str], int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "server.wsgi:app",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "2",
        *bad,
    ]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=dict(os.environ)), port


@pytest.mark.skipif(os.name == "nt", reason="gunicorn does not run on Windows")
def test_gunicorn_serves_the_app(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    if not (BUNDLE / "manifest.json").exists() and not os.environ.get("CI"):
        pytest.skip("There is no trained bundle here. Run 'pinch train' to make one.")
    server, port = _serve()
    try:
        status, deadline = None, time.monotonic() + 90
        while status is None and time.monotonic() < deadline:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            try:
                connection.request("GET", "/readyz")
                status = connection.getresponse().status
            except OSError:
                time.sleep(0.3)
        assert status == 200
    finally:
        server.terminate()
        server.communicate(timeout=30)


def test_an_app_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCH_TRUSTED_PROXIES", "many")
    result = subprocess.run([sys.executable, "-c", "import server.wsgi"], capture_output=True, text=True, timeout=120)
    assert result.returncode == 1
    assert result.stderr.strip().startswith("Error: A setting cannot be used. PINCH_TRUSTED_PROXIES")
    assert "Traceback" not in result.stderr
