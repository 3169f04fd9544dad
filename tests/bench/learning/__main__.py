"""``python -m tests.bench.learning honest|poisoned|poisoned-f1``."""

from __future__ import annotations

import sys

from tests.bench.learning import honest, poisoned

RUNS = {"honest": honest.main, "poisoned": poisoned.ask_guard, "poisoned-f1": poisoned.measure_f1}

if __name__ == "__main__":
    if sys.argv[1:2] not in [[name] for name in RUNS]:
        raise SystemExit(f"Say which: {' or '.join(RUNS)}")
    RUNS[sys.argv[1]]()
