"""性能基准。`python -m tests.benchmarks` prints every measurement beside its anchor, taken in the same run.

It is not a test: it prints, and fails no build. Times do not carry from one machine to another; ratios do.
"""

from __future__ import annotations

from tests.benchmarks import first_window, one_settlement, whole_window
from tests.benchmarks.table import print_table


def main() -> None:
    print_table([one_settlement.benchmark(), first_window.benchmark(), whole_window.benchmark()])


if __name__ == "__main__":
    main()
