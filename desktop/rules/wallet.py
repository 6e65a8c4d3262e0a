"""医保钱包。Sharing across provinces: which regime holds, who is on-line, what comes back, what ends."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, NamedTuple, cast

from desktop.domain.clause import Confidence
from desktop.domain.people import pool_of, province_of
from desktop.policy.book import day_after
from desktop.policy.policy import NotCovered, Silence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date, datetime

    from desktop.domain.binding import Binding
    from desktop.domain.clause import Clause
    from desktop.domain.money import Money
    from desktop.domain.people import Person
    from desktop.policy.law import Law
    from desktop.policy.policy import Term

TRANSFER, QUOTA = "wallet_transfer", "wallet_quota"
_ELSEWHERE = "other"
_DAY = timedelta(days=1)


class Online(NamedTuple):
    """是否开通. `answer` None: 待确认, nobody has said so."""

    answer: bool | None
    because: Clause


def regime(law: Law) -> Term[bool]:
    """Its channel is `TRANSFER` or `QUOTA`. Raises `NotCovered` before there was a wallet."""
    # 转账制：钱转入亲属的医保钱包；额度制：只给额度，钱不转入医保钱包。
    return law.policy.flag("wallet.money_moves", channel=law.wallet_channel)


def online(area: str, law: Law) -> Online:
    """Whether one may share across provinces where someone is insured. `law` is that of this area."""
    # 所在省份没有开通的，不能用；
    province = _said(law, "wallet.online", province_of(area), _ELSEWHERE)
    if province.answer is not True:
        return province
    # 省份已开通的，还要看参保的统筹区。
    return _said(law, "wallet.pool_online", pool_of(area), province_of(area), _ELSEWHERE)


def _said(law: Law, key: str, *entry: str) -> Online:
    try:
        term = law.policy.flag(key, *entry)
    except NotCovered:
        return Online(None, Silence(key, says="是否已开通，未见公布"))
    # 把握低的，不能当作已知。
    return Online(None if term.confidence is Confidence.LOW else term.value, term)


def most_a_day(law: Law) -> Term[int] | None:
    """每天最多转账几次。None where none is set."""
    return law.optional(lambda: law.policy.count("wallet.transfers_a_day", channel=TRANSFER))


def most_at_once(law: Law) -> Term[Money] | None:
    """每次最多转账多少。None where none is set."""
    return law.optional(lambda: law.policy.money("wallet.transfer_most", channel=TRANSFER))


def closed_hours(law: Law) -> Term[tuple[time, time]] | None:
    """每天不能转账的时段，从头一个时刻起，到后一个时刻止。None where there are none."""
    term = law.optional(lambda: law.policy.term("wallet.closed_hours", channel=TRANSFER))
    if term is None:
        return None
    hours = cast("Mapping[str, str]", term.value)
    return term.with_value((time.fromisoformat(hours["from"]), time.fromisoformat(hours["to"])))


def is_closed(at: datetime, hours: tuple[time, time]) -> bool:
    first, last = hours
    now = at.time()
    # 跨过半夜的时段，晚上和清早都在内。
    return first <= now or now < last if last < first else first <= now < last


def comes_back_on(sent: date, law: Law) -> date:
    """未接收的转账，次日退回。`law` is that of the day it was sent. Raises `NotCovered`."""
    law.policy.word("wallet.unaccepted_returns_at", channel=TRANSFER)
    return sent + _DAY


def ends_by_itself(
    binding: Binding, sides: Iterable[Person], law_on: Callable[[date], Law]
) -> tuple[date, Person] | None:
    """The first day on which a relation no longer holds, and whose insurance ended it; None: it goes on.

    `sides` are the payer and the beneficiary, `law_on` is the payer's.
    """
    # 任何一方的医保关系终止，或转出统筹区的，共济关系自动解除。
    lost = sorted(
        ((day, side) for side in sides for day in _leaves(side, binding.since)), key=lambda one: one[0]
    )
    for day, side in lost:
        if _ends_with_insurance(law_on(day)):
            return day, side
    return None


def _ends_with_insurance(law: Law) -> bool:
    rule = law.optional(lambda: ends_with_insurance(law))
    return rule is not None and rule.value


def ends_with_insurance(law: Law) -> Term[bool]:
    """Raises `NotCovered` where nothing says so."""
    return law.policy.flag("mutual_aid.ends_with_insurance", channel=law.wallet_channel)


def _leaves(person: Person, since: date) -> Iterator[date]:
    """The days after `since` on which someone is no longer insured where they were the day before."""
    turns = {one.since for one in person.coverage}
    turns |= {day_after(one.until) for one in person.coverage if one.until is not None}
    for day in sorted(turn for turn in turns if turn > since):
        before, now = person.coverage_on(day - _DAY), person.coverage_on(day)
        if before is not None and (now is None or pool_of(now.area) != pool_of(before.area)):
            yield day
