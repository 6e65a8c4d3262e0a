"""居民医保费。What a year's premium is, when an account may pay it, and until when it can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.domain.money import Money
    from desktop.policy.law import Law
    from desktop.policy.policy import Term

PROXY = "premium_proxy"


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


def window(law: Law, benefit_year: int) -> Term[tuple[date, date]]:
    """集中征缴期，首尾两日都在内。`law` is that of the benefit year's first day. Raises `NotCovered`.

    A window carried on past what is published (假定) moves along, so that it opens in the year before.
    """
    term = law.policy.term("premium.window", channel=PROXY)
    days = cast("Mapping[str, date]", term.value)
    years = benefit_year - 1 - days["from"].year
    first, last = (day.replace(year=day.year + years) for day in (days["from"], days["to"]))
    return replace(term, value=(first, last))  # type: ignore[return-value]


def refund_until(law: Law, benefit_year: int, *, from_account: bool) -> Term[date]:
    """退费的最后一天。A premium paid from an account has a day of its own. Raises `NotCovered`."""
    term = law.policy.term("premium.refund_until", channel=PROXY if from_account else "")
    value = cast("Mapping[str, int | str]", term.value)
    month, day = str(value["day"]).split("-")
    last = date(benefit_year + cast("int", value["year"]), int(month), int(day))
    return replace(term, value=last)  # type: ignore[return-value]
