"""政策书。All packs together: which law answers for an area on a day."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop.domain.people import pool_of, province_of
from desktop.policy.law import Law
from desktop.policy.policy import Policy
from desktop.policy.what_if import accepted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.domain.plan import RuleChange
    from desktop.policy.pack import Pack

NATION = "cn"


class Book:
    """Packs by id. `assuming_unchanged` carries the last values past the packs' cover, each marked 假定;
    `with_changes` lays a scenario's own values over them, each marked 方案假设."""

    def __init__(
        self,
        packs: Iterable[Pack],
        *,
        assumes_unchanged: bool = False,
        changes: Iterable[RuleChange] = (),
    ) -> None:
        self.packs = {pack.id: pack for pack in packs}
        self.assumes_unchanged = assumes_unchanged
        self.changes = tuple(changes)
        self._turns: dict[str, list[date]] = {}
        self._laws: dict[tuple[str, int], Law] = {}

    def assuming_unchanged(self) -> Book:
        if self.assumes_unchanged:
            return self
        return Book(self.packs.values(), assumes_unchanged=True, changes=self.changes)

    def with_packs(self, packs: Iterable[Pack]) -> Book:
        """These packs laid over the others: one whose id is known replaces it."""
        every = [*self.packs.values(), *packs]
        return Book(every, assumes_unchanged=self.assumes_unchanged, changes=self.changes)

    def with_changes(self, changes: Iterable[RuleChange]) -> Book:
        """From its day on each change answers in every area. Raises `InputRefused` for nonsense."""
        wanted = tuple(changes)
        if not wanted:
            return self
        laid = (*self.changes, *accepted(wanted, self.packs.values()))
        return Book(self.packs.values(), assumes_unchanged=self.assumes_unchanged, changes=laid)

    def chain(self, area: str) -> tuple[Pack, ...]:
        """The packs that speak for an area, most local first; a missing local pack is no fault."""
        pool, province = pool_of(area), province_of(area)
        ids = (f"{NATION}-{pool}", f"{NATION}-{province}", NATION)
        return tuple(self.packs[one] for one in ids if one in self.packs)

    def law(self, area: str, day: date) -> Law:
        """The law of an area on a day; one object serves all days between two changes of the law."""
        pool = pool_of(area)
        if pool not in self._turns:
            self._turns[pool] = sorted({*_turns(self.chain(area)), *(one.since for one in self.changes)})
        stretch = bisect_right(self._turns[pool], day)
        kept = self._laws.get((pool, stretch))
        if kept is None:
            policy = Policy(
                self.chain(area), day, assuming_unchanged=self.assumes_unchanged, changes=self.changes
            )
            kept = self._laws[pool, stretch] = Law(policy)
        return kept

    def covered_until(self, area: str) -> date:
        """The last day on which every pack of this area answers."""
        return min((pack.covers_until for pack in self.chain(area)), default=date.min)


def _turns(packs: Iterable[Pack]) -> set[date]:
    """Every day on which some answer may change."""
    turns: set[date] = set()
    for pack in packs:
        turns |= {pack.covers_from, day_after(pack.covers_until), day_after(pack.checked_on)}
        for blocks in pack.blocks.values():
            turns |= {block.since for block in blocks}
            turns |= {day_after(block.until) for block in blocks if block.until is not None}
    return turns


def day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)
