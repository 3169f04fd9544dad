"""For servers that want a WSGI app, such as ``gunicorn server.wsgi:app``: see docs/server.md, "For a team"."""

from __future__ import annotations

import sys

from flask import Flask

from classifier.errors import PinchError
from server.app import create_app
from server.commands.problems import Refusal, read_settings
from server.commands.serving import warm_up
from server.log import configure_libraries
from server.own_words.watching import watch


def make_app() -> Flask:
    """The app with the settings of the environment. Ends the process with a plain word when it cannot start."""
    configure_libraries()
    try:
        made = create_app(read_settings())
    except Refusal as refusal:
        sys.exit(f"Error: {refusal.message}")
    except PinchError as error:
        sys.exit(f"Error: {error}")
    warm_up(made)
    watch(made)
    return made


app = make_app()
