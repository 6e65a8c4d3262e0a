"""看一次转移。What moving an account would mean: who must act, how long it takes, the money, the bindings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.binding import Channel
from desktop.domain.matter import AccountTransfer
from desktop.domain.money import total
from desktop.domain.people import Scheme, Status, pool_of
from desktop.domain.places import place_name
from desktop.domain.settlement import Side
from desktop.domain.text import Text, text
from desktop.policy.policy import NotCovered
from desktop.rules.transfer import Distance, Moving, arrival, conditions, distance, moving
from desktop.usecases.workdays import add_workdays

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.clause import Clause
    from desktop.domain.money import Money
    from desktop.domain.people import Person
    from desktop.policy.law import Law
    from desktop.usecases.review import Review


@dataclass(frozen=True, slots=True)
class Condition:
    """转移的前提. `met` None: the records do not say."""

    says: str
    met: bool | None
    because: Clause


@dataclass(frozen=True, slots=True)
class BindingAfter:
    """What becomes of a binding: `ends` None where nothing is published."""

    binding: Binding
    ends: bool | None
    says: Text


@dataclass(frozen=True, slots=True)
class TransferView:
    """`unknown` says why the time cannot be reckoned; the days and `arrives` are None then.

    `arrives` goes by the calendar of working days, and `reckoned` says so; the account's lines, whose rules
    know no holidays, may have another day until the real one is recorded. `money` is what the account holds
    on the day, without `frozen`, which is set aside in quotas.
    """

    title: str
    by_itself: bool
    who: Text
    out_days: int | None
    in_days: int | None
    arrives: date | None
    conditions: tuple[Condition, ...]
    money: Money
    frozen: Money
    bindings: tuple[BindingAfter, ...]
    because: tuple[Clause, ...]
    unknown: Text | None = None
    reckoned: Text | None = None


_TITLES = {
    Distance.NOWHERE: "同一统筹区，不用转移",
    Distance.IN_PROVINCE: "省内转移",
    Distance.CROSS_PROVINCE: "跨省转移",
}


def transfer_view(seen: Review, person_id: str, origin: str, destination: str, on: date) -> TransferView:
    person = seen.ledger.lived.person(person_id)
    book = seen.book.assuming_unchanged()
    law, far = book.law(destination, on), distance(origin, destination)
    how = None if far is Distance.NOWHERE else _how(origin, destination, law)
    arrives = None if how is None else add_workdays(on, how.days).on
    asked = AccountTransfer("", on, person_id, origin, destination)
    return TransferView(
        title=_TITLES[far],
        by_itself=how is not None and how.by_itself,
        who=_who(how),
        out_days=None if how is None else how.out_days.value,
        in_days=None if how is None else how.in_days.value,
        arrives=arrives,
        conditions=tuple(_conditions(person, origin, destination, law, on)) if how is not None else (),
        money=seen.ledger.balance(person_id, on),
        frozen=_frozen(seen, person_id, on),
        bindings=tuple(_bindings(seen, person_id, law, on)) if far is not Distance.NOWHERE else (),
        because=() if how is None else how.because,
        unknown=_unknown(how, far, destination),
        reckoned=None if how is None or arrives is None else _reckoned(arrives, arrival(asked, how), on),
    )


def _reckoned(arrives: date, estimate: date, on: date) -> Text | None:
    if arrives == on:
        return None
    if arrives == estimate:
        return text("按工作日历推算，最迟 {arrives} 到账", arrives=arrives)
    return text(
        "按工作日历推算，最迟 {arrives} 到账；流水暂按周一至周五估在 {estimate}，到账后请记下办结的日子",
        arrives=arrives,
        estimate=estimate,
    )


def _frozen(seen: Review, person: str, on: date) -> Money:
    relations = {one.id for one in seen.family.bindings if one.payer == person}
    postings = [leg for entry in seen.ledger.entries if entry.on <= on for leg in entry.postings]
    return total(one.amount for one in postings if one.side is Side.QUOTA and one.owner in relations)


def _how(origin: str, destination: str, law: Law) -> Moving | None:
    try:
        return moving(origin, destination, law)
    except NotCovered:
        return None


def _who(how: Moving | None) -> Text:
    if how is None:
        return text("请先拨打 12393 核实")
    if how.by_itself:
        return text("不用申请：在转入地参保以后自动转移，有几份记录的先合并")
    if how.distance is Distance.IN_PROVINCE:
        return text("由本人向转入地申请")
    return text("由本人向转入地申请，转出地、转入地的经办机构先后办理")


def _unknown(how: Moving | None, far: Distance, destination: str) -> Text | None:
    if how is not None or far is Distance.NOWHERE:
        return None
    return text("没有收录{place}的转移时限，请先拨打 12393 核实", place=place_name(destination))


def _conditions(person: Person, origin: str, destination: str, law: Law, on: date) -> Iterator[Condition]:
    held = person.coverage_on(on)
    elsewhere = held is None or pool_of(held.area) != pool_of(origin)
    there = any(
        one.scheme is Scheme.EMPLOYEE and one.holds_on(on) and pool_of(one.area) == pool_of(destination)
        for one in person.coverage
    )
    met = {
        "transfer.stopped_at_origin": elsewhere or (held is not None and held.status is Status.SUSPENDED),
        "transfer.enrolled_at_destination": there,
        "transfer.no_arrears": None,
    }
    for rule in conditions(law):
        yield Condition(rule.says, met[rule.key], rule)


def _bindings(seen: Review, person: str, law: Law, on: date) -> Iterator[BindingAfter]:
    """医保钱包的关系自动解除，省内共济的未见规定。"""
    channel = law.wallet_channel
    ends = law.optional(lambda: law.policy.flag("mutual_aid.ends_with_insurance", channel=channel))
    for one in seen.ledger.lived.bindings:
        if person not in {one.payer, one.beneficiary} or not one.holds_on(on):
            continue
        if one.channel is Channel.WALLET and ends is not None and ends.value:
            yield BindingAfter(one, True, text("跨省共济关系自动解除，没用完的额度退回共济人"))
        else:
            yield BindingAfter(one, None, text("转移以后是否继续，未见规定，请先拨打 12393 核实"))
