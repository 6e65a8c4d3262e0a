"""居民医保费。What a year's premium is, when an account may pay it, and until when it can be taken back."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, cast

from desktop.domain.money import NOTHING, chosen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.domain.money import A, Money
    from desktop.policy.law import Law
    from desktop.policy.policy import Term

PROXY = "premium_proxy"
_JULY = 7


def personal_premium(law: Law) -> Term[Money]:
    """个人缴费标准。`law` is that of the benefit year's first day. Raises `NotCovered`."""
    return law.policy.money("premium.personal", channel=PROXY)


def premium_due(law: Law, benefit_year: int, on: date) -> Term[Money]:
    """这一天以现金缴费应缴多少。Raises `NotCovered`."""
    # 集中征缴期内，缴个人缴费标准；
    late = law.optional(lambda: law.policy.money("premium.late", channel=PROXY))
    if late is None or on <= window(law, benefit_year).value[1]:
        return personal_premium(law)
    # 集中征缴期后，财政补助部分也由个人负担。
    return late


def relative_may_pay(law: Law) -> Term[bool]:
    """绑定亲属后，可用职工医保个人账户代缴。`law` is that of the payment day. Raises `NotCovered`."""
    return law.policy.flag("mutual_aid.pays_premium", channel=PROXY)


def paid_in_full(amount: Money, balance: A) -> A:
    """账户里的钱够缴的，一次缴清；不够的，一分也不动。"""
    return chosen(balance >= amount, amount, NOTHING)


def window(law: Law, benefit_year: int) -> Term[tuple[date, date]]:
    """集中征缴期，首尾两日都在内。`law` is that of the benefit year's first day. Raises `NotCovered`.

    A window carried on past the year it was published for (假定) moves along with the year.
    """
    term = law.policy.term("premium.window", channel=PROXY)
    days = cast("Mapping[str, date]", term.value)
    years = benefit_year - year_paid_for(days["from"])
    first, last = _moved(days["from"], years), _moved(days["to"], years)
    return term.with_value((first, last))


def year_paid_for(on: date) -> int:
    # 下半年开始征缴的，缴的是下一年度。
    return on.year + (1 if on.month >= _JULY else 0)


def refund_until(law: Law, benefit_year: int, *, from_account: bool) -> Term[date]:
    """退费的最后一天。A premium paid from an account has a day of its own. Raises `NotCovered`."""
    term = law.policy.term("premium.refund_until", channel=PROXY if from_account else "")
    value = cast("Mapping[str, int | str]", term.value)
    month, day = str(value["day"]).split("-")
    last = date(benefit_year + cast("int", value["year"]), int(month), int(day))
    return term.with_value(last)


def _moved(day: date, years: int) -> date:
    """The same day in another year; the end of February stays its end."""
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
