"""退休。Legal age, years that must be paid for, what paying up the rest costs, and when credits switch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from desktop.domain.money import Money, Rate, at
from desktop.domain.months import add_months, months_apart, months_between
from desktop.domain.people import Scheme, Status, province_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from desktop.domain.clause import Clause
    from desktop.domain.people import Coverage, Person, Sex
    from desktop.policy.law import Law
    from desktop.policy.policy import Term

_A_YEAR = 12  # months
_CONTRIBUTES = frozenset({Status.ACTIVE, Status.FLEXIBLE, Status.UNEMPLOYED})


@dataclass(frozen=True, slots=True)
class LegalAge:
    """法定退休年龄。`original` in years and `delay` in months; `on` is the day on which it is reached.

    Between `earliest` and `latest` one may retire by one's own choice.
    """

    original: int
    delay: int
    on: date
    earliest: date
    latest: date
    because: tuple[Clause, ...]

    @property
    def years(self) -> int:
        return self.original + self.delay // _A_YEAR

    @property
    def months(self) -> int:
        """Beyond the full years."""
        return self.delay % _A_YEAR


@dataclass(frozen=True, slots=True)
class Required:
    """缴费年限要求, in years: all of them, and those paid in the province."""

    total: Term[int]
    local: Term[int]


@dataclass(frozen=True, slots=True)
class Paid:
    """已缴月数: all of them with what counts as paid, and those really paid in the province."""

    total: int
    local: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """还差多少。"""

    required: Required
    paid: Paid

    @property
    def total(self) -> int:
        return max(0, self.required.total.value * _A_YEAR - self.paid.total)

    @property
    def local(self) -> int:
        return max(0, self.required.local.value * _A_YEAR - self.paid.local)

    @property
    def months(self) -> int:
        """两项都要够，差得多的那一项算数。"""
        return max(self.total, self.local)

    @property
    def because(self) -> Clause:
        """The requirement that is missed by more."""
        return self.required.total if self.total >= self.local else self.required.local


@dataclass(frozen=True, slots=True)
class PayUp:
    """一次性补缴: so many months, each at `base` × `rate` and the fee."""

    months: int
    base: Money
    rate: Rate
    fee: Money
    monthly: Money
    cost: Money
    because: tuple[Clause, ...]


# ------------------------------------------------------------------------------------------------------- age


def original_age(person: Person, law: Law) -> int | None:
    """原法定退休年龄：写明的照写明的，没有写明的按性别。None: the sex is not known. Raises `NotCovered`."""
    if person.retires_at is not None:
        return person.retires_at
    if person.sex is None:
        return None
    return law.policy.count("retirement.usual_original_age", person.sex).value


def legal_age(born: date, original: int, law: Law) -> LegalAge:
    """Raises `NotCovered`."""
    policy, name = law.policy, str(original)
    final = policy.count("retirement.legal_age", name)
    step = law.optional(lambda: policy.count("retirement.months_per_step", name))
    leeway = law.optional(lambda: policy.count("retirement.flexible_years"))
    reached = add_months(born, original * _A_YEAR)
    delay = 0 if step is None else delayed(reached, step, (final.value - original) * _A_YEAR)
    on = add_months(reached, delay)
    # 自愿弹性提前或推迟，提前的不早于原法定退休年龄。
    if step is None or leeway is None or reached < step.since:
        return LegalAge(original, delay, on, on, on, (final,))
    months = leeway.value * _A_YEAR
    earliest, latest = max(reached, add_months(on, -months)), add_months(on, months)
    return LegalAge(original, delay, on, earliest, latest, (final, step, leeway))


def delayed(reached: date, step: Term[int], most: int) -> int:
    """推迟几个月：从改革起始的月份数到满原年龄的月份，首尾都算，每满一档推迟一个月，不足一档的也算。"""
    counted = months_apart(step.since, reached) + 1
    return min(most, max(0, -(-counted // step.value)))


# ----------------------------------------------------------------------------------------------------- years


def required(sex: Sex, law: Law, year: int) -> Required:
    """要缴满多少年，看在哪一年办理。Raises `NotCovered`."""
    policy = law.policy
    by_year = policy.term("retirement.local_years")
    table = {int(name): years for name, years in cast("Mapping[str, int]", by_year.value).items()}
    # 表里最后一年以后，与最后一年相同。
    known = max((one for one in table if one <= year), default=min(table))
    return Required(policy.count("retirement.total_years", sex), by_year.with_value(table[known]))


def paid_months(person: Person, on: date, province: str) -> Paid | None:
    """到办理当月为止缴了多少个月。None: what was paid before is not known."""
    history = person.history
    if history is None:
        return None
    # 经办机构查到的记录之后，按参保记录逐月数，同一个月只算一次。
    total: set[date] = set()
    local: set[date] = set()
    for one in person.coverage:
        months = set(_months_paid(one, history.until, on))
        total |= months
        if province_of(one.area) == province:
            local |= months
    return Paid(history.employee_months + len(total), history.local_months + len(local))


def _months_paid(one: Coverage, after: date, on: date) -> Iterator[date]:
    # 补缴过的月份也算。
    if one.scheme is Scheme.EMPLOYEE and (one.status in _CONTRIBUTES or one.paid_back):
        first = max(one.since, add_months(after.replace(day=1), 1))
        yield from months_between(first, min(one.until or on, on))


def shortfall(person: Person, law: Law, on: date, province: str) -> Shortfall | None:
    """None: the sex or what was paid is not known. Raises `NotCovered`."""
    paid = paid_months(person, on, province)
    if person.sex is None or paid is None:
        return None
    return Shortfall(required(person.sex, law, on.year), paid)


# ------------------------------------------------------------------------------------------------- paying up


def handled_as_flexible(person: Person, on: date) -> bool:
    """在职的按职工办；灵活就业和已经停保的，按灵活就业人员办。"""
    held = person.coverage_on(on)
    if held is None or held.scheme is not Scheme.EMPLOYEE:
        return True
    return held.status in {Status.FLEXIBLE, Status.SUSPENDED}


def pay_up(months: int, law: Law, *, flexible: bool) -> PayUp:
    """Raises `NotCovered`."""
    policy = law.policy
    # 灵活就业人员按基准值的 60%（即公布的缴费基数下限）和单位费率补缴；
    if flexible:
        base, rates = policy.money("account.base_floor"), [policy.rate("account.flexible_contribution_rate")]
        rule: Clause = policy.flag("retirement.shortfall_flexible")
    # 职工按基准值和单位、生育、个人三项费率补缴；
    else:
        keys = ("account.unit_contribution_rate", "account.maternity_rate", "account.own_rate")
        base, rates = policy.money("account.base_reference"), [policy.rate(key) for key in keys]
        rule = policy.flag("retirement.shortfall_employee")
    # 另缴大病保险费。
    fee = policy.money("account.critical_illness_fee")
    rate = _together([one.value for one in rates])
    monthly = at(base.value, rate) + fee.value
    because = (rule, base, *rates, fee)
    return PayUp(months, base.value, rate, fee.value, monthly, monthly * months, because)


def _together(rates: list[Rate]) -> Rate:
    whole = rates[0]
    for one in rates[1:]:
        whole = Rate(whole.over * one.under + one.over * whole.under, whole.under * one.under)
    return whole


# ---------------------------------------------------------------------------------------------------- switch


def first_day_as_retiree(on: date, law: Law) -> Term[date]:
    """办完医保退休手续的次月起，按退休人员享受和划入。Raises `NotCovered`."""
    rule = law.policy.count("retirement.starts_after")
    return rule.with_value(add_months(on.replace(day=1), rule.value))
