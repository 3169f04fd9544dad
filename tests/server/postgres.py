"""A throw-away PostgreSQL for tests, from the binaries installed. Works as root too, by another user's name."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.conftest import need_program

# Durability is not what these tests are about; those that kill the server ask for it.
_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server."""

    port: int
    _folder: Path
    _start: tuple[Any, ...]
    _asked: dict[str, Any]
    _numbers: Iterator[int] = field(default_factory=count)

    def crash(self) -> None:
        """Kill the main process of this server as a crash would; the others end when they see that it is gone."""
        os.kill(int((self._folder / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def restart(self) -> None:
        """Start again after a crash, which may have to wait for the last process of before. Recovers from the log."""
        deadline = time.monotonic() + 60
        while subprocess.run(self._start, **self._asked | {"check": False, "stderr": subprocess.DEVNULL}).returncode:
            if time.monotonic() > deadline:
                raise TimeoutError("PostgreSQL does not start again.")
            time.sleep(0.1)

    def url(self, database: str) -> str:
        """The address of a database, as PINCH_DATABASE_URL takes it."""
        return f"postgresql+psycopg://pinch@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str = "template0") -> str:
        """The address of a database that is a copy of another, by its name; of the empty one unless told otherwise."""
        name = f"test{next(self._numbers)}"
        engine = sa.create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        engine.dispose()
        return self.url(name)


@contextmanager
def running_postgres(options: str = _QUICK) -> Iterator[Postgres]:
    """Start one on a free port and take it away afterwards, data and all."""
    programs = _programs()
    root = Path(tempfile.mkdtemp(prefix="pinch-postgres-"))
    asked: dict[str, Any] = {"cwd": root, "check": True, "stdout": subprocess.DEVNULL}
    if os.getuid() == 0:  # the server refuses to run as root
        shutil.chown(root, "postgres", "postgres")
        asked |= {"user": "postgres", "group": "postgres", "extra_groups": []}
    control = [programs / "pg_ctl", "-D", root / "data", "-w"]
    port = free_port()
    places = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={root} -c max_connections=200"
    made = ["-U", "pinch", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"]
    subprocess.run([programs / "initdb", "-D", root / "data", *made], **asked)
    start = (*control, "-l", root / "log", "-o", f"{places} {options}", "start")
    subprocess.run(start, **asked)
    try:
        yield Postgres(port, root / "data", start, asked)
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **asked)
        shutil.rmtree(root, ignore_errors=True)


def _programs() -> Path:
    """The folder of PostgreSQL's programs; Debian keeps them off the path."""
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return (kept[-1] if kept else Path(need_program("pg_ctl")).resolve()).parent


def free_port() -> int:
    """A port of this machine that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
