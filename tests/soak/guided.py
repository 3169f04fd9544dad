"""One form under atheris, guided by what code each input reaches: ``python -m tests.soak.guided FORM [OPTIONS]``.

Run by :mod:`tests.soak`, with options of libFuzzer. It ends the process by itself, with another code than 0 when an
input was not read as it must be.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["classifier", "markdown_it", "mdit_py_plugins", "bs4"]):
    from tests.soak.forms import run


def main() -> None:
    """Fuzz until the time that the options give is up."""
    name, form, *options = sys.argv

    def read(data: bytes) -> None:
        run(form, data)

    atheris.Setup([name, *options], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
