"""可能的范围。What many futures of one account come to: bands, chances, and what drives them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desktop.domain.care import Setting
    from desktop.domain.money import Money

PERCENTILES = (10, 25, 50, 75, 90)


class Source(NamedTuple):
    """A kind of bill that may come or not: whose, and of what kind; `setting` None is a premium."""

    person: str
    setting: Setting | None


@dataclass(frozen=True, slots=True)
class Driver:
    """What decides most whether a future lasts beyond `month`, by which about half of them fall short.

    `with_it` and `without_it` are the shares (0 to 1) of futures that last, among those that draw more of it
    than the mean and among the others.
    """

    source: Source
    month: date
    with_it: float
    without_it: float


@dataclass(frozen=True, slots=True)
class Fan:
    """The futures drawn so far, of `wanted`.

    `bands` has for each percentile the balance (fen) at the end of each month; each is one that some future
    has. `lasting` counts for each month the futures that have not fallen short by its end. `causes` counts by
    what futures fall short first. `short_sums` are the percentiles of what falls to cash for want of balance
    up to the end, in the futures that fall short; empty where none does.
    """

    account: str
    seed: int
    futures: int
    wanted: int
    months: tuple[date, ...]
    bands: Mapping[int, tuple[Money, ...]]
    lasting: tuple[int, ...]
    causes: tuple[tuple[Source, int], ...]
    short_sums: Mapping[int, Money]
    driver: Driver | None

    @property
    def done(self) -> bool:
        return self.futures == self.wanted

    def lasting_until(self, month: date) -> int:
        """How many futures have not fallen short by the end of a month (its first day)."""
        return self.lasting[self.months.index(month)]
