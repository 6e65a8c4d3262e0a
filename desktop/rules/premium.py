"""居民医保费。What a year's premium is, when an account may pay it, and until when it can be taken back."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, cast

from desktop.domain.money import NOTHING, chosen
from desktop.domain.premium import PremiumGroup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.domain.money import A, Money
    from desktop.domain.premium import RefundGround
    from desktop.policy.law import Law
    from desktop.policy.policy import Term

PROXY = "premium_proxy"
_JULY = 7


def personal_premium(law: Law) -> Term[Money]:
    """个人缴费标准。`law` is that of the benefit year's first day. Raises `NotCovered`."""
    return law.policy.money("premium.personal", channel=PROXY)


def group_premium(law: Law, group: PremiumGroup) -> Term[Money] | None:
    """资助人员和新生儿的缴费标准，不分征缴期内外; None: they pay as everybody does. Raises `NotCovered`."""
    policy = law.policy
    match group:
        # 资助一半的，缴一半；全额资助的，个人不缴；
        case PremiumGroup.HALF:
            return policy.money("premium.half_group", channel=PROXY)
        case PremiumGroup.FULL:
            return policy.money("premium.full_group", channel=PROXY)
        # 出生当年的新生儿，免缴当年的。
        case PremiumGroup.NEWBORN:
            free = policy.flag("premium.newborn_free", channel=PROXY)
            return free.with_value(NOTHING) if free.value else None
        case _:
            return None


def late_premium(law: Law) -> Term[Money] | None:
    """集中征缴期后参保的缴费标准; None: no year's law says one."""
    return law.optional(lambda: law.policy.money("premium.late", channel=PROXY))


def premium_due(
    law: Law, benefit_year: int, on: date, group: PremiumGroup = PremiumGroup.STANDARD
) -> Term[Money]:
    """这一天以现金缴费应缴多少。Raises `NotCovered`."""
    of_group = group_premium(law, group)
    if of_group is not None:
        return of_group
    # 集中征缴期内，缴个人缴费标准；
    late = late_premium(law)
    if late is None or on <= window(law, benefit_year).value[1]:
        return personal_premium(law)
    # 集中征缴期后，财政补助部分也由个人负担。
    return late


def relative_may_pay(law: Law, channel: str = PROXY) -> Term[bool]:
    """绑定亲属后，可用职工医保个人账户（医保钱包、共济额度）代缴。

    `law` is that of the payment day. Raises `NotCovered`.
    """
    return law.policy.flag("mutual_aid.pays_premium", channel=channel)


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


def refund_right(
    law: Law, benefit_year: int, ground: RefundGround | None, *, from_account: bool
) -> Term[date] | None:
    """凭这个缘由退费的最后一天; None: nobody gets a premium back for that. Raises `NotCovered`.

    A premium paid from an account goes by the rule for 代缴 and by the general one: the later day counts.
    """
    if ground is None:
        return refund_until(law, benefit_year, from_account=from_account)
    rights = [
        refund_until(law, benefit_year, from_account=proxy)
        for proxy in ([True, False] if from_account else [False])
        if ground in refund_grounds(law, from_account=proxy).value
    ]
    return max(rights, key=lambda one: one.value, default=None)


def refund_grounds(law: Law, *, from_account: bool) -> Term[tuple[str, ...]]:
    """可以退费的缘由。Raises `NotCovered`."""
    return law.policy.words("premium.refund_grounds", channel=PROXY if from_account else "")


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
