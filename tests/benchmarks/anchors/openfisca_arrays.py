"""OpenFisca，许多人。The rule of `openfisca_rule.py` over arrays of people, in an environment of its own.

Its argument is the number of people; for each line on standard input it reckons a fresh simulation and
answers with a line of JSON: `{"seconds": ..., "totals": [fund, own, mutual, cash], "bytes": ...}`, where
`bytes` is the most memory that this process has held beyond its inputs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from openfisca_rule import build_system, settle_all  # type: ignore[import-not-found]
from rule import draw_people  # type: ignore[import-not-found]


def held(what: str) -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(what))


def main() -> None:
    system, (bills, tertiary) = build_system(), draw_people(int(sys.argv[1]))
    tertiary, before = tertiary.astype(np.int32), held("VmRSS")
    for _ in sys.stdin:
        answer = settle_all(system, bills, tertiary)
        sys.stdout.write(json.dumps({**answer, "bytes": held("VmHWM") - before}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
