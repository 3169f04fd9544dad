"""Fuzzing guided by coverage, form by form: ``python -m tests.soak``. No input may crash or hang the reading.

``SOAK_MINUTES`` (10 unless set) is how long it runs, over all forms together. What it finds new goes to
``build/soak``, where the next run begins; an input that is not read as it must be is kept there too, and told.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tests.soak.forms import FORMS, seeds
from tests.soak.limits import MOST_SECONDS
from tests.soak.words import WORDS

FOLDER = Path(__file__).parents[2] / "build" / "soak"
MINUTES = float(os.environ.get("SOAK_MINUTES", "10"))
LONGEST_INPUT = 4_000
MOST_MEGABYTES = 2_000
ABSENT = (
    "No fuzzing guided by coverage here: atheris is not here. It has packages for Linux on x86-64 with Python "
    "3.11 to 3.13 only. What hypothesis does is not touched by that."
)
_RUN_COUNT = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def main() -> int:
    """Fuzz each form in a process of its own; 1 when an input failed."""
    if find_spec("atheris") is None:
        print(ABSENT)
        return 0
    forms = sys.argv[1:] or FORMS
    failed = [form for form in forms if not _fuzz(form, int(60 * MINUTES / len(forms)))]
    return int(bool(failed))


def _fuzz(form: str, seconds: int) -> bool:
    """Whether all inputs of a form were read as they must be."""
    folder = FOLDER / form
    words, begun, found = _prepare(folder, form)
    options = [
        f"-max_total_time={seconds}", f"-timeout={MOST_SECONDS}", f"-max_len={LONGEST_INPUT}",
        f"-rss_limit_mb={MOST_MEGABYTES}", f"-dict={words}", f"-artifact_prefix={folder}/", "-print_final_stats=1",
    ]  # fmt: skip
    log = folder / "log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "tests.soak.guided", form, *options, str(found), str(begun)]
        code = subprocess.run(command, stdout=out, stderr=out, check=False).returncode
    told = log.read_text("utf-8", "replace")
    count = _RUN_COUNT.findall(told)
    print(f"atheris, {form}: {count[-1] if count else 'no'} inputs in {seconds} seconds", flush=True)
    if code:
        print(f"An input was not read as it must be; it lies in {folder}. The end of the log:\n{told[-3000:]}")
    return code == 0


def _prepare(folder: Path, form: str) -> tuple[Path, Path, Path]:
    """Write the words and the seeds of a form; the file and the folders of seeds and of what is found."""
    words, begun, found = folder / "words", folder / "seeds", folder / "found"
    begun.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in WORDS), "ascii")
    for number, seed in enumerate(seeds(form)):
        (begun / f"{number:04}").write_bytes(seed)
    return words, begun, found


def _escaped(word: str) -> str:
    """A word as libFuzzer's dictionaries have it: every byte as its number."""
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    sys.exit(main())
