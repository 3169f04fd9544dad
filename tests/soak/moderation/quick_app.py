"""Servers that start in a moment: ``python -m tests.soak.moderation.quick_app [waitress|gunicorn]``.

They have the tests' own detector and need no bundle; what writes and answers is the server's own. All is imported once.
Each line on standard input then starts a server in a new process and process group, whose number is written out.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from server.app import create_app
from server.commands.problems import read_settings
from server.commands.serving import THREADS, listen
from server.log import configure_libraries
from tests.server.fakes import FakeDetector
from tests.soak.moderation.installation import KEEP_ALIVE, WORKERS


def make_app() -> Flask:
    """The app with the settings of the environment."""
    configure_libraries()
    return create_app(read_settings(), detector=FakeDetector())


class Gunicorn(BaseApplication):
    """As docs/server.md has it for a team, but started from here."""

    def load_config(self) -> None:
        """What would stand on the command line."""
        settings = read_settings()
        wanted: dict[str, Any] = {"bind": f"127.0.0.1:{settings.port}", "workers": WORKERS, "threads": THREADS}
        for name, value in {**wanted, "keepalive": KEEP_ALIVE, "worker_tmp_dir": str(settings.data_dir)}.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Each worker has an app, and so connections, of its own."""
        return make_app()


def serve(kind: str) -> None:
    """Serve until killed."""
    if kind == "gunicorn":
        Gunicorn().run()
    else:
        listen(make_app(), read_settings(), THREADS).run()


def main() -> None:
    """Start a server for each line."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever was killed is not waited for
    kind, output = sys.argv[1], os.dup(1)
    os.dup2(2, 1)  # servers write into the log
    sys.argv[1:] = []
    for _line in iter(sys.stdin.readline, ""):
        if os.fork() == 0:
            os.setsid()
            os.write(output, f"{os.getpid()}\n".encode())
            os.close(output)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            serve(kind)
            os._exit(0)


if __name__ == "__main__":
    main()
