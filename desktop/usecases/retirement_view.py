"""看退休。When someone may retire, how many years are missing, what paying them up costs."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from desktop.domain.people import Sex, province_of
from desktop.domain.text import Text, text
from desktop.policy.policy import NotCovered
from desktop.rules import contribution, retirement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeVar

    from desktop.domain.clause import Clause
    from desktop.domain.money import Money
    from desktop.domain.people import Person
    from desktop.policy.book import Book
    from desktop.policy.law import Law
    from desktop.rules.retirement import LegalAge, Paid, PayUp
    from desktop.usecases.review import Review

    T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class YearRow:
    """What it takes to retire in a year: years required, and months missing if paying goes on until then.

    Months and costs are None where what was paid is not known, or the year has gone by.
    """

    year: int
    total: int
    local: int
    total_missing: int | None
    local_missing: int | None
    cost_employee: Money | None
    cost_flexible: Money | None
    assumed: bool

    @property
    def missing(self) -> int | None:
        """两项都要够，差得多的那一项算数。"""
        if self.total_missing is None or self.local_missing is None:
            return None
        return max(self.total_missing, self.local_missing)


@dataclass(frozen=True, slots=True)
class RetirementView:
    """Retiring on a day. `unknown` says what would have to be known for what is None here.

    `by_employee` and `by_flexible` are what paying up costs either way, `flexible` which of them holds for
    this person; `credit` is what comes into the account each month from `credit_from` on.
    """

    person: Person
    on: date
    legal: LegalAge | None
    paid: Paid | None
    years: tuple[YearRow, ...]
    flexible: bool
    missing: int | None
    by_employee: PayUp | None
    by_flexible: PayUp | None
    credit_from: date | None
    credit: Money | None
    credit_disputed: bool
    because: tuple[Clause, ...]
    unknown: tuple[Text, ...]


def retirement_view(seen: Review, person_id: str, on: date) -> RetirementView:
    """Past what the packs cover their last values are carried on."""
    person, book = seen.ledger.lived.person(person_id), seen.book.assuming_unchanged()
    area = person.area_on(on)
    law = book.law(area, on)
    flexible = retirement.handled_as_flexible(person, on)
    missing = _asked(lambda: retirement.shortfall(person, law, on, province_of(area)))
    months = None if missing is None else missing.months
    since = _asked(lambda: retirement.first_day_as_retiree(on, law))
    later = law if since is None else book.law(area, since.value)
    credit = _asked(lambda: contribution.retiree_credit(later, was_flexible=flexible))
    clauses: list[Clause | None] = [None if missing is None else missing.because, since]
    return RetirementView(
        person=person,
        on=on,
        legal=_legal(person, law),
        paid=retirement.paid_months(person, on, province_of(area)),
        years=tuple(_asked(lambda: [*_years(person, book, area, on)]) or ()),
        flexible=flexible,
        missing=months,
        by_employee=_cost(months, law, flexible=False),
        by_flexible=_cost(months, law, flexible=True),
        credit_from=None if since is None else since.value,
        credit=None if credit is None else credit[0],
        credit_disputed=credit is not None and credit[1].in_dispute,
        because=tuple(one for one in (*clauses, None if credit is None else credit[1]) if one is not None),
        unknown=tuple(_unknown(person, law)),
    )


def _asked(ask: Callable[[], T]) -> T | None:
    """None: no pack knows."""
    try:
        return ask()
    except NotCovered:
        return None


def _legal(person: Person, law: Law) -> LegalAge | None:
    born = person.born
    original = _asked(lambda: retirement.original_age(person, law))
    if born is None or original is None:
        return None
    return _asked(lambda: retirement.legal_age(born, original, law))


def _cost(months: int | None, law: Law, *, flexible: bool) -> PayUp | None:
    return _asked(lambda: retirement.pay_up(months, law, flexible=flexible)) if months else None


def _years(person: Person, book: Book, area: str, on: date) -> Iterator[YearRow]:
    """Every year of the table; on the same day of each."""
    if person.sex is None:
        return
    table = book.law(area, on).policy.term("retirement.local_years")
    for name in cast("Mapping[str, int]", table.value):
        year = int(name)
        day = date(year, on.month, min(on.day, monthrange(year, on.month)[1]))
        law = book.law(area, max(day, on))
        required = retirement.required(person.sex, law, year)
        missing = None if day < on else retirement.shortfall(person, law, day, province_of(area))
        months = None if missing is None else missing.months
        employee, flexible = _cost(months, law, flexible=False), _cost(months, law, flexible=True)
        yield YearRow(
            year=year,
            total=required.total.value,
            local=required.local.value,
            total_missing=None if missing is None else missing.total,
            local_missing=None if missing is None else missing.local,
            cost_employee=None if employee is None else employee.cost,
            cost_flexible=None if flexible is None else flexible.cost,
            assumed=law.policy.assumed,
        )


def _unknown(person: Person, law: Law) -> Iterator[Text]:
    if person.born is None:
        yield text("没有写出生日期，算不出法定退休年龄")
    if person.sex is None:
        yield text("没有写性别，不知道要缴满多少年")
    elif _has_two_ages(person, law):
        yield text("没有写原法定退休年龄，按通常的年龄算；女职工请写明 50 岁还是 55 岁")
    if person.history is None:
        yield text("没有写缴费经历，算不出还差多少个月；已缴月数可在湘医保或窗口查到")


def _has_two_ages(person: Person, law: Law) -> bool:
    """女职工原来有 50、55 岁两种，男职工只有一种。"""
    if person.retires_at is not None or person.sex is not Sex.FEMALE:
        return False
    return _asked(lambda: retirement.original_age(person, law)) is not None
