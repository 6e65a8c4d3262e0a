"""办理事项。What enrolling, moving, retiring and dying make of a family, and the money that they move.

`lived_through` is asked before anything is settled: how each is insured on a day follows from what was done
before it. A matter that a rule forbids changes nothing, and a finding says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.event import Matter
    from desktop.domain.family import Family
    from desktop.planning.bindings import Bindings
    from desktop.planning.findings import Findings
    from desktop.planning.step import Step
    from desktop.policy.book import Book


def lived_through(family: Family, _book: Book, _until: date, _findings: Findings) -> Family:
    """The family as its matters up to `until` (inclusive) leave it; twice is the same as once."""
    return family


@dataclass(slots=True)
class Matters:
    """The money that matters move."""

    bindings: Bindings

    def move(self, _matter: Matter) -> None:
        """Raises `NotCovered` before any money moves."""

    def later(self, _family: Family, _until: date) -> Iterator[Step]:
        """What arrives on a later day."""
        yield from ()
