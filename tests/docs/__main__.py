"""Write every generated page anew: ``make docs``."""

from __future__ import annotations

from tests.docs.generated import GENERATED, ROOT


def main() -> None:
    """Write the pages that changed and name them."""
    for path, write in GENERATED.items():
        text = write()
        is_new = not path.exists() or path.read_text("utf-8") != text
        if is_new:
            path.write_text(text, "utf-8")
        print(f"{'written' if is_new else 'current'}  {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
