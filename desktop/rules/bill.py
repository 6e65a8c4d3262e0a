"""票据。A bill that is cut slice by slice; each slice keeps the clause that told it to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from desktop.domain.money import NOTHING, A, Money, greatest, least
from desktop.domain.settlement import Part, Slice

if TYPE_CHECKING:
    from desktop.domain.clause import Clause


class Bill(Generic[A]):
    def __init__(self, total_fee: A) -> None:
        self.left = total_fee
        self.slices: list[Slice[A]] = []

    def take(self, part: Part, amount: A | Money, *because: Clause) -> A:
        """Cut off at most what is left, never less than nothing."""
        at_least_nothing: A = greatest(amount, NOTHING)
        taken: A = least(at_least_nothing, self.left)
        self.left = self.left - taken
        self.slices.append(Slice(part, taken, because))
        return taken
