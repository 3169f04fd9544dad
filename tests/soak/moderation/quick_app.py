"""The server without a bundle, so that it starts quickly: ``python -m tests.soak.moderation.quick_app``.

``make_app`` is for gunicorn. Only the detector is another; what writes and answers is the server's own.
"""

from __future__ import annotations

from flask import Flask

from server.app import create_app
from server.commands.problems import read_settings
from server.commands.serving import THREADS, listen
from server.log import configure_libraries
from tests.server.fakes import FakeDetector


def make_app() -> Flask:
    """The app with the settings of the environment."""
    configure_libraries()
    return create_app(read_settings(), detector=FakeDetector())


def main() -> None:
    """Serve as ``pinch serve`` does, until killed."""
    listen(make_app(), read_settings(), THREADS).run()


if __name__ == "__main__":
    main()
