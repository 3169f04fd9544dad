"""``python -m tests.soak.moderation [load|kill|race …] [--database sqlite|postgresql]``; all on both unless told.

``load`` runs for ``SOAK_MINUTES`` (10 unless set) on each database. Ends with 1 when anything fell short.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter

from tests.soak.moderation.installation import DATABASES, installation
from tests.soak.moderation.kill import KILLS, kill
from tests.soak.moderation.load import Load, load
from tests.soak.moderation.race import RACES, race

RUNS = ("race", "kill", "load")
MINUTES = float(os.environ.get("SOAK_MINUTES", "10"))


def main() -> int:
    """Run what is asked for, one after the other."""
    asked = _asked()
    wrong = 0
    for name in asked.runs or RUNS:
        for kind in [asked.database] if asked.database else DATABASES:
            found = _run(name, kind, asked)
            wrong += len(found)
            for words, times in Counter(found).items():
                print(f"  FELL SHORT: {words}{f' ({times} times)' if times > 1 else ''}", flush=True)
    return int(bool(wrong))


def _run(name: str, kind: str, asked: argparse.Namespace) -> list[str]:
    with installation(kind, is_quick=name != "load") as made:
        if name == "race":
            return race(made, races=asked.races)
        if name == "kill":
            return kill(made, kills=asked.kills)
        return load(made, Load(asked.minutes, pause=asked.pause))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak.moderation")
    parser.add_argument("runs", nargs="*", choices=RUNS)
    parser.add_argument("--database", choices=DATABASES)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--pause", type=float, default=Load(0).pause, help="up to how many seconds a moderator thinks")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--races", type=int, default=RACES)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
