"""表。The one table that the benchmarks print: a row a measurement, each beside its anchor and its target."""

from __future__ import annotations

import sys
import unicodedata
from typing import NamedTuple

HEADINGS = ("", "measured", "ratio to its anchor", "target", "")


class Row(NamedTuple):
    """`ratio` and `target` are empty for an anchor and for what has no target."""

    name: str
    measured: str
    ratio: str = ""
    target: str = ""
    verdict: str = ""


class Section(NamedTuple):
    """What one benchmark found, with what a reader must know to judge it."""

    title: str
    rows: list[Row]
    notes: list[str]


def at_most(ratio: float, target: float, stretch: float | None = None) -> tuple[str, str]:
    """The target as it is written, and whether it is reached."""
    written = f"≤ {target:g}×" + (f" ({stretch:g}×)" if stretch is not None else "")
    if stretch is not None and ratio <= stretch:
        return written, "stretch reached"
    return written, "reached" if ratio <= target else "MISSED"


def at_least(ratio: float, target: float, stretch: float) -> tuple[str, str]:
    written = f"≥ {target:g}× faster ({stretch:g}×)"
    if ratio >= stretch:
        return written, "stretch reached"
    return written, "reached" if ratio >= target else "MISSED"


def within(measured: float, target: float, unit: str) -> tuple[str, str]:
    """Of what has a bound of its own, whatever an anchor takes."""
    return f"≤ {target:g} {unit}", "reached" if measured <= target else "MISSED"


def print_table(sections: list[Section]) -> None:
    rows = [HEADINGS, *(tuple(row) for section in sections for row in section.rows)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    _print_row(HEADINGS, widths)
    for section in sections:
        print(f"\n{section.title}")
        for row in section.rows:
            _print_row(row, widths)
        for note in section.notes:
            print(f"    {note}")
    sys.stdout.flush()


def _print_row(cells: tuple[str, ...], widths: list[int]) -> None:
    spaced = [cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)]
    print(("  " + "  ".join(spaced)).rstrip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
