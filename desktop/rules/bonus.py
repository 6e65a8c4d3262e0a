"""参保激励。By how much loyalty and years without claims raise the ceiling of critical illness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.money import Money, at, total
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from desktop.domain.clause import Clause
    from desktop.domain.text import Text
    from desktop.policy.law import Law
    from desktop.policy.policy import Term
    from desktop.rules.insured_years import Record


class BonusStep(NamedTuple):
    says: Text
    because: Clause
    amount: Money


@dataclass(frozen=True, slots=True)
class Bonus:
    """参保激励. What a year's ceiling rises by; the steps add up to it."""

    steps: tuple[BonusStep, ...] = ()

    @property
    def amount(self) -> Money:
        return total(step.amount for step in self.steps)

    @property
    def because(self) -> tuple[Clause, ...]:
        return tuple(step.because for step in self.steps)


NO_BONUS = Bonus()


def bonus(record: Record, year: int, law: Law, ceiling: Money, used: Collection[int] = ()) -> Bonus:
    """What has been earned by the beginning of a year. `law` is that of its first day, `ceiling` that of
    critical illness insurance; `used` are the years in which a bonus was drawn on.

    A year without claims is one that the office's own record calls so: that nothing is written down proves
    nothing.
    """
    earned = (*_for_loyalty(record, year, law), *_for_no_claims(record, year, law, used))
    if not earned:
        return NO_BONUS
    whole = total(one.amount for one in earned)
    limits = tuple(_limits(law, ceiling))
    most = min(limits, key=lambda one: one.amount, default=None)
    if most is None or whole <= most.amount:
        return Bonus(earned)
    # 两项合计不超过上限。
    return Bonus((*earned, most._replace(amount=most.amount - whole)))


def loyal_years(record: Record, year: int, law: Law) -> int:
    """连续参保年数，算到这一年为止，自开始计算的那一年起。Raises `NotCovered`."""
    policy = law.policy
    first = policy.count("premium.loyalty_first_effect").value - policy.count("premium.loyalty_years").value
    insured = [one for one in range(first, year + 1) if record.resident_in(one)]
    restarts = law.optional(lambda: policy.flag("premium.loyalty_restarts_after_gap"))
    if restarts is not None and not restarts.value:
        return len(insured)
    # 断保后再参保的，重新计算。
    broken = [one for one in range(first, year + 1) if one not in insured]
    return sum(one > max(broken, default=first - 1) for one in insured)


def _for_loyalty(record: Record, year: int, law: Law) -> Iterator[BonusStep]:
    policy = law.policy
    needed = law.optional(lambda: policy.count("premium.loyalty_years"))
    each = _each(law, "premium.loyalty_bonus")
    if needed is None or each is None:
        return
    # 连续参保满规定年数以后，每多一年提高一次。
    more = loyal_years(record, year, law) - needed.value
    if more > 0 and record.resident_in(year):
        says = text("连续参保满 {years} 年后又多了 {more} 年", years=needed.value, more=more)
        yield BonusStep(says, each, each.value * more)


def _for_no_claims(record: Record, year: int, law: Law, used: Collection[int]) -> Iterator[BonusStep]:
    history = record.person.history
    each = _each(law, "premium.zero_claim_bonus")
    if history is None or each is None:
        return
    cleared = law.optional(lambda: law.policy.flag("premium.zero_claim_cleared_when_used"))
    # 用过奖励额度的，以前积累的零报销奖励清零。
    since = max((one for one in used if one < year), default=0) if cleared is None or cleared.value else 0
    years = [one for one in history.zero_claim_years if max(since, each.since.year - 1) < one < year]
    if years:
        says = text("有 {years} 年没有用基金报销", years=len(years))
        yield BonusStep(says, each, each.value * len(years))


def _each(law: Law, key: str) -> Term[Money] | None:
    """本地的标准，不低于全国的下限。"""
    policy = law.policy
    local = law.optional(lambda: policy.money(key))
    floor = law.optional(lambda: policy.money(f"{key}_least"))
    if local is None or floor is None:
        return local or floor
    return local if local.value >= floor.value else floor


def _limits(law: Law, ceiling: Money) -> Iterator[BonusStep]:
    policy = law.policy
    most = law.optional(lambda: policy.money("premium.bonus_ceiling"))
    if most is not None:
        yield BonusStep(text("两项合计最多 {most} 元", most=most.value), most, most.value)
    share = law.optional(lambda: policy.rate("premium.bonus_ceiling_share"))
    if share is not None:
        limit = at(ceiling, share.value)
        yield BonusStep(text("不超过原限额的一定比例，即 {limit} 元", limit=limit), share, limit)
