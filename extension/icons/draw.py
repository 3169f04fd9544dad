"""Draws the PNG icons from ``pinch.svg`` with Chromium: ``python extension/icons/draw.py`` after each change."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
SIZES = (16, 32, 48, 128)


def draw(svg: str, executable: str) -> None:
    """Write one PNG file for each size, transparent outside the drawing."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable)
        for size in SIZES:
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px;height:{size}px}}</style>{svg}")
            page.screenshot(path=HERE / f"{size}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise SystemExit("Drawing the icons needs Chromium, and none was found. Install it and try again.")
    draw((HERE / "pinch.svg").read_text("utf-8"), program)
