"""Writes the file of connections that the tests use."""

from __future__ import annotations

from collections.abc import Callable

from server.forums.pulling import Pulled
from server.settings import Settings
from tests.server.forums.double import KEY, SECRET, SOURCE, Double

Pull = Callable[..., Pulled | None]

OWN_SECRET = "the-secret-of-the-boards-0123"
FILE = """
[[forum]]
source = "{source}"
kind = "discourse"
url = "{address}"
webhook_secret = "{secret}"
api_key = "{key}"

[[forum]]
source = "boards"
kind = "generic"
webhook_secret = "{own}"

[[forum]]
source = "silent"
kind = "generic"
"""


def connect(settings: Settings, double: Double) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    path = settings.data_dir / "connections.toml"
    path.write_text(FILE.format(source=SOURCE, address=double.address, secret=SECRET, key=KEY, own=OWN_SECRET))
    path.chmod(0o600)
