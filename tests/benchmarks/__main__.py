"""性能基准。`python -m tests.benchmarks` prints every measurement beside its anchor, taken in the same run.

`python -m tests.benchmarks G1 L2` takes those alone. It is not a test: it prints, and fails no build. Times
do not carry from one machine to another; ratios do.
"""

from __future__ import annotations

import sys

from tests.benchmarks import (
    batch,
    endurance,
    first_window,
    futures,
    kept_book,
    many_people,
    one_settlement,
    painting,
    whole_window,
)
from tests.benchmarks.table import print_table

SECTIONS = {
    ("E1",): one_settlement.benchmark,
    ("E2",): many_people.benchmark,
    ("E3",): futures.ten_thousand,
    ("E4",): futures.slider,
    ("E5",): futures.memory,
    ("E6",): futures.truth,
    ("E7",): batch.benchmark,
    ("S1",): first_window.benchmark,
    ("S2", "S3"): whole_window.benchmark,
    ("G1",): painting.table_pages,
    ("G2",): painting.pictures,
    ("G3",): endurance.benchmark,
    ("L1",): kept_book.checks,
    ("L2",): kept_book.rows,
    ("L3",): kept_book.opening,
}


def main(asked: list[str]) -> int:
    known = {name for names in SECTIONS for name in names}
    unknown = [name for name in asked if name not in known]
    if unknown:
        print(f"No benchmark is called {', '.join(unknown)}; there are {', '.join(sorted(known))}.")
        return 2
    print_table([take() for names, take in SECTIONS.items() if not asked or {*asked} & {*names}])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
