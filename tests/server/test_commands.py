"""The command line, and the server as a process: real sockets, exit codes, what is printed and logged."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from server import __version__
from server.app import create_app
from server.cli import main
from server.commands.serving import base_address, listen
from server.models import OneModel
from server.parts import Parts
from server.settings import Settings
from server.store import open_store
from tests.server.fakes import FakeDetector

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_version_is_that_of_the_project() -> None:
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert __version__ in run("--version")[1]


def test_create_prints_the_token_alone_on_the_last_line(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    assert not settings.data_dir.exists()
    code, out, _ = run("token", "create", "--name", "laptop")
    assert code == 0
    token = out.splitlines()[-1]
    assert re.fullmatch(r"pinch_\S+", token)
    app = create_app(settings, detector=FakeDetector())
    assert app.test_client().get("/v1/flags", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_list_and_revoke(settings: Settings) -> None:
    assert "Nobody is let in" in run("token", "list")[1]
    token = run("token", "create", "--name", "laptop")[1].splitlines()[-1]
    assert "laptop" in run("token", "list")[1]
    assert token not in run("token", "list")[1]
    assert run("token", "revoke", "laptop")[0] == 0
    assert open_store(settings).clients.check(token) is None
    code, _, err = run("token", "revoke", "laptop")
    assert code == 2
    assert "pinch token list" in err


def test_same_name_twice_is_revoked_by_id(settings: Settings) -> None:
    ids = [run("token", "create", "--name", "twin")[1].splitlines()[-1].split("_")[1] for _ in range(2)]
    code, _, err = run("token", "revoke", "twin")
    assert code == 2
    assert all(token_id in err for token_id in ids)
    assert run("token", "revoke", ids[0])[0] == 0
    assert run("token", "revoke", "twin")[0] == 0


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_token_names_are_checked(name: str) -> None:
    code, out, err = run("token", "create", "--name", name)
    assert (code, out) == (2, "")
    assert "1 to 80" in err


def test_code_command_makes_a_good_code(settings: Settings) -> None:
    address = run("token", "code")[1].splitlines()[-1]
    assert address.startswith("http://127.0.0.1:8765/?code=")
    assert open_store(settings).codes.take(address.split("=")[1])


def test_setup_errors_end_with_two(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PINCH_MODEL_DIR", str(tmp_path / "none"))
    code, out, err = run("serve", "--port", "0")
    assert (code, out) == (2, "")
    assert "Error:" in err
    monkeypatch.setenv("PINCH_PORT", "hunter2")
    code, _, err = run("serve")
    assert code == 2
    assert "PINCH_PORT" in err
    assert "hunter2" not in err
    monkeypatch.setenv("PINCH_PORT", "0")
    (tmp_path / "file").touch()
    monkeypatch.setenv("PINCH_DATA_DIR", str(tmp_path / "file"))
    for command in (("serve",), ("token", "list")):
        code, _, err = run(*command)
        assert code == 2
        assert "cannot be written" in err


def test_damaged_bundle_ends_with_two(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    monkeypatch.setenv("PINCH_MODEL_DIR", str(tmp_path))
    code, _, err = run("serve", "--port", "0")
    assert code == 2
    assert "Error:" in err


def test_taken_port_ends_with_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.app.models_of", lambda _settings: OneModel(FakeDetector()))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, out, err = run("serve", "--port", str(taken.getsockname()[1]))
    assert (code, out) == (2, "")
    assert "is taken" in err


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:1"),
        ("0.0.0.0", "http://127.0.0.1:1"),
        ("::1", "http://[::1]:1"),
        ("a.b", "http://a.b:1"),
    ],
)
def test_address_is_one_that_a_browser_can_open(tmp_path: Path, host: str, address: str) -> None:
    assert base_address(Settings(data_dir=tmp_path, host=host), 1) == address


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Parts]:
    """A real server with a small limit, on a free port. It ends with the process."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("live"), port=0, max_body=4096)
    app = create_app(settings, detector=FakeDetector())
    server = listen(app, settings, 2)
    threading.Thread(target=server.run, daemon=True).start()
    return server.effective_port, app.extensions["pinch"]


def post(
    port: int, token: str, body: bytes, *, chunked: bool
) -> tuple[int, dict[str, object], http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    content = iter([body[:100], body[100:]]) if chunked else body
    connection.request("POST", "/v1/analyze", content, headers, encode_chunked=chunked)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read()), answer


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(("size", "status"), [(200, 200), (5000, 413), (12_000, 413)])
def test_bodies_over_real_sockets(live: tuple[int, Parts], chunked: bool, size: int, status: int) -> None:
    port, parts = live
    body = json.dumps({"text": "a" * size}).encode()
    found, answer, response = post(port, parts.store.clients.issue("x").token, body, chunked=chunked)
    assert found == status
    if status == 413:
        assert answer["error"]["code"] == "too-large"  # type: ignore[index]
        assert response.headers["Content-Type"] == "application/json"


def test_a_body_far_over_the_limit_is_refused_before_it_is_sent(live: tuple[int, Parts]) -> None:
    head, body = talk(live[0], b"POST /v1/analyze HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30000\r\n\r\n")
    assert b" 413 " in head
    assert json.loads(body)["error"]["code"] == "too-large"


def talk(port: int, raw: bytes) -> tuple[bytes, bytes]:
    """Send bytes as they are; the head and body of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(raw)
        head, _, body = b"".join(iter(lambda: connection.recv(65536), b"")).partition(b"\r\n\r\n")
    return head, body


@pytest.mark.parametrize(
    "raw", [b"Xyzzy\r\n\r\n", b"GET / HTTP/1.1\r\nXyzzy\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: Xyzzy\r\n\r\n"]
)
def test_broken_http_gets_the_error_shape_and_no_echo(live: tuple[int, Parts], raw: bytes) -> None:
    head, body = talk(live[0], raw)
    assert b" 400 " in head or b" 421 " in head
    assert json.loads(body)["error"].keys() == {"code", "message", "hint"}
    assert b"Xyzzy" not in head + body


def test_serve_is_a_process_that_signs_in_and_logs_no_text(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, '.'); import server.app; from tests.server.fakes import FakeDetector;"
        "from server.models import OneModel; server.app.models_of = lambda settings: OneModel(FakeDetector());"
        "from server.cli import main; main(['serve', '--port', '0'])"
    )
    env = {**os.environ, "PINCH_DATA_DIR": str(tmp_path / "served")}
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline().strip() for _ in range(3)]
        match = re.fullmatch(r"http://127\.0\.0\.1:(\d+)(/\?code=[A-Z2-9]{4}-[A-Z2-9]{4})", lines[2])
        assert match, lines
        port, path = int(match[1]), match[2]
        token = run_in(env, "token", "create", "--name", "while it runs").splitlines()[-1]
        status, answer, _ = post(port, token, b'{"text": "A Xyzzy miracle."}', chunked=False)
        assert status == 200
        assert answer["counts"] == {"miracle": 1}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", path)
        assert connection.getresponse().status == 303
    finally:
        process.terminate()
        out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    logged = [json.loads(line) for line in err.splitlines()]
    requests = [line for line in logged if line["event"] == "request"]
    assert [(line["method"], line["route"], line["status"]) for line in requests] == [
        ("POST", "/v1/analyze", 200),
        ("GET", "/", 303),
    ]
    assert requests[0].keys() >= {"ms", "size", "timestamp", "level"}
    for secret in ("Xyzzy", token, path.split("=")[1], "code="):
        assert secret not in err + out


def run_in(env: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "server.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True, timeout=60).stdout
