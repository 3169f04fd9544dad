"""Where a person's own files are: the data folder, and the team's phrase list in it.

The command line and the server have to find the same files, so both ask here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

PHRASES_FILE = "phrases.toml"


def default_data_dir(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Where this platform keeps a program's own data: the XDG folder, Application Support or LOCALAPPDATA."""
    home = Path(environ["HOME"]) if environ.get("HOME") else Path.home()
    if platform == "darwin":
        return home / "Library" / "Application Support" / "pinch"
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "pinch"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "pinch"


def phrases_file(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """The team's phrase list: ``PINCH_PHRASES``, else ``phrases.toml`` in the data folder, whether or not it exists."""
    if given := environ.get("PINCH_PHRASES"):
        return Path(given).expanduser()
    data_dir = environ.get("PINCH_DATA_DIR")
    return (Path(data_dir).expanduser() if data_dir else default_data_dir(environ, platform)) / PHRASES_FILE
