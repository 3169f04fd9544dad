"""One source tree, two packages: ``dist/pinch-chrome.zip`` and ``dist/pinch-firefox.zip``. Same bytes in, same out.

Run it as ``python extension/build.py``. The folders ``dist/chrome`` and ``dist/firefox`` hold the same files unpacked,
for loading during development.
"""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any, Literal, get_args

Target = Literal["chrome", "firefox"]
TARGETS: tuple[Target, ...] = get_args(Target)
SOURCE = Path(__file__).parent
DIST = SOURCE.parent / "dist"
PACKED = frozenset({".css", ".html", ".js", ".json", ".png"})
# The oldest Chromium that is promised. Highlights came with 105, popovers with 114, the suite runs on later ones.
CHROME_FROM = "140"
# Zip files cannot tell of earlier days.
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def manifest(target: Target) -> dict[str, Any]:
    """The manifest with only the keys that this browser knows."""
    wanted: dict[str, Any] = json.loads((SOURCE / "manifest.json").read_text("utf-8"))
    if target == "chrome":
        del wanted["background"]["scripts"], wanted["browser_specific_settings"], wanted["sidebar_action"]
        wanted["minimum_chrome_version"] = CHROME_FROM
    else:
        del wanted["background"]["service_worker"], wanted["side_panel"]
        wanted["permissions"].remove("sidePanel")
    return wanted


def files(target: Target) -> dict[str, bytes]:
    """Every file of a package by its path in it, in order."""
    found = {
        path.relative_to(SOURCE).as_posix(): path.read_bytes()
        for path in SOURCE.rglob("*")
        if path.suffix in PACKED and path.is_file()
    }
    found["content/marks-sheet.js"] = _marks_sheet().encode()
    found["manifest.json"] = (json.dumps(manifest(target), indent=2, ensure_ascii=False) + "\n").encode()
    return dict(sorted(found.items()))


def _marks_sheet() -> str:
    """The rules of the marks as a script: frames and shadow trees do not take them from the page's style sheet."""
    rules = json.dumps((SOURCE / "content" / "marks.css").read_text("utf-8"), ensure_ascii=False)
    return f"/** Made of marks.css. */\n\nfunction marksCss() {{\n  return {rules};\n}}\n"


def build(target: Target, dist: Path = DIST) -> Path:
    """Write the unpacked folder and the zip of one browser; gives back the zip's path."""
    contents = files(target)
    folder = dist / target
    shutil.rmtree(folder, ignore_errors=True)
    archive = dist / f"pinch-{target}.zip"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(archive, "w") as packed:
        for name, data in contents.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return archive


def main() -> None:
    """Build both packages and say where they are."""
    for target in TARGETS:
        sys.stdout.write(f"{build(target).relative_to(DIST.parent)}\n")


if __name__ == "__main__":
    main()
