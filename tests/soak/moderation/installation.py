"""An installation of Pinch of its own: a data folder, a database of either kind, and the server as a process group."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import sqlalchemy as sa

from server.commands.serving import THREADS
from server.settings import Settings
from server.store import open_store
from tests.server.postgres import Postgres, free_port, running_postgres

DATABASES = ("sqlite", "postgresql")
MOST_SECONDS_TO_START = 120
_SERVE = "from server.cli import main; main()"
# Of gunicorn, as docs/server.md has it for a team.
WORKERS, KEEP_ALIVE = 2, 30


@dataclass(slots=True)
class Installation:
    """Where it is, and the running server if there is one. ``is_quick``: with the tests' own detector."""

    folder: Path
    postgres: Postgres | None
    is_quick: bool
    settings: Settings
    port: int = field(default_factory=free_port)
    group: int | None = None
    _server: subprocess.Popen[bytes] | None = None
    _nursery: subprocess.Popen[bytes] | None = None

    @property
    def kind(self) -> str:
        """Which database it has."""
        return "postgresql" if self.postgres else "sqlite"

    @contextmanager
    def engine(self) -> Iterator[sa.Engine]:
        """The database, brought up to date; for what is put in before and looked at after."""
        engine = open_store(self.settings).engine
        try:
            yield engine
        finally:
            engine.dispose()

    def start(self) -> None:
        """Start the server in a process group of its own, and wait until it answers."""
        if self.is_quick:
            self.group = self._quick_start()
        else:
            self._server = self._run(self._command())
            self.group = self._server.pid
        deadline = time.monotonic() + MOST_SECONDS_TO_START
        while not self._is_ready():
            if time.monotonic() > deadline or not self._is_running():
                raise RuntimeError(f"The server does not start:\n{self.log()[-3000:]}")
            time.sleep(0.02)

    def kill(self) -> None:
        """End the server and its workers at once, by SIGKILL: nothing of it runs another line."""
        if self.group is None:
            return
        if self._is_running():
            os.killpg(self.group, signal.SIGKILL)
        if self._server is not None:
            self._server.wait()
            self._server = None
        while self._is_ready():
            time.sleep(0.01)
        self.group = None

    def close(self) -> None:
        """End all that runs for it."""
        self.kill()
        if self._nursery is not None:
            self._nursery.communicate()

    def log(self) -> str:
        """What the server wrote."""
        return (self.folder / "server.log").read_text("utf-8", "replace")

    def _is_running(self) -> bool:
        """Whether the server's process lives. Its own child is asked for, as a dead one keeps its group until then."""
        if self._server is not None:
            return self._server.poll() is None
        try:
            os.killpg(self.group or 0, 0)
        except ProcessLookupError:
            return False
        return True

    def _quick_start(self) -> int:
        """Have a server forked from a process that has imported all already; its process group."""
        if self._nursery is None:
            kind = "gunicorn" if self.postgres else "waitress"
            self._nursery = self._run([sys.executable, "-m", "tests.soak.moderation.quick_app", kind])
        pipes = self._nursery.stdin, self._nursery.stdout
        if pipes[0] is None or pipes[1] is None:
            raise ValueError("The nursery has no pipes.")
        pipes[0].write(b"\n")
        pipes[0].flush()
        return int(pipes[1].readline())

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE if self.is_quick else None
        with (self.folder / "server.log").open("ab") as log:
            return subprocess.Popen(
                command, env=self._environment(), stdin=pipe, stdout=pipe or log, stderr=log, start_new_session=True
            )

    def _command(self) -> list[str]:
        if not self.postgres:
            return [sys.executable, "-c", _SERVE, "serve"]
        bind = ("--bind", f"127.0.0.1:{self.port}", "--worker-tmp-dir", str(self.folder))
        crew = ("--workers", f"{WORKERS}", "--threads", f"{THREADS}", "--keep-alive", f"{KEEP_ALIVE}")
        return [sys.executable, "-m", "gunicorn", "server.wsgi:app", *bind, *crew]

    def _environment(self) -> dict[str, str]:
        """No setting of the person who runs this."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PINCH_")}
        made = {"PINCH_DATA_DIR": str(self.settings.data_dir), "PINCH_PORT": str(self.port)}
        address = self.settings.database_url
        return {**kept, **made, **({"PINCH_DATABASE_URL": address} if address else {})}

    def _is_ready(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


@contextmanager
def installation(kind: str, *, is_quick: bool) -> Iterator[Installation]:
    """A new one, which is taken away afterwards. PostgreSQL writes to the disk here, as it does where it is in use."""
    with tempfile.TemporaryDirectory(prefix="pinch-soak-") as name:
        folder = Path(name)
        if kind == "sqlite":
            yield from _kept(Installation(folder, None, is_quick, Settings(data_dir=folder / "data")))
            return
        with running_postgres(options="") as postgres:
            settings = Settings(data_dir=folder / "data", database_url=postgres.new_database())
            yield from _kept(Installation(folder, postgres, is_quick, settings))


def _kept(made: Installation) -> Iterator[Installation]:
    try:
        yield made
    finally:
        made.close()
