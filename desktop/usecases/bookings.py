"""记账。Books a visit or a premium, takes it back by a negative record, mends it or deletes it.

What a rule forbids is booked as it happened; refused is only what cannot be: a day that has not come, parts
that are more than the whole, a second reversal. Faults name the fields of the record.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.domain.care import Facility, Setting, Visit
from desktop.domain.event import whose
from desktop.domain.money import NOTHING
from desktop.domain.premium import PremiumPayment, Refund
from desktop.usecases.changes import Change, Fault, Refused, free_id
from desktop.usecases.kin import called
from desktop.usecases.matters import is_matter, remove_matter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.domain.premium import RefundGround

_KINDS = {
    Setting.OUTPATIENT: "门诊",
    Setting.EMERGENCY: "急诊",
    Setting.CHRONIC: "慢特病",
    Setting.INPATIENT: "住院",
    Setting.PHARMACY: "购药",
}
_SUMS = ("fully_self_funded", "over_limit_self_funded", "upfront_copay")


def book_visit(family: Family, visit: Visit) -> Change | Refused:
    """Under an id of its own, whatever it brings."""
    return _put(family, replace(visit, id=free_id(family, "visit", visit.on)), "记入")


def pay_premium(family: Family, payment: PremiumPayment) -> Change | Refused:
    """Under an id of its own, whatever it brings."""
    for_another = payment.paid_from not in (None, payment.insured)
    booked = replace(payment, id=free_id(family, "premium", payment.on))
    return _put(family, booked, "代缴" if for_another else "缴纳")


def edit_event(family: Family, event: Visit | PremiumPayment) -> Change | Refused:
    """The record of the same id becomes this one; what was reversed stays as it is."""
    wrong = tuple(_mendable(family, event.id))
    return Refused(wrong) if wrong else _put(family, event, "修改")


def reverse_event(
    family: Family, event_id: str, on: date, note: str = "", ground: RefundGround | None = None
) -> Change | Refused:
    """冲正: a new negative record, which gives back to every purse what it had paid.

    `ground` is why a premium is asked back; the record of a visit has none.
    """
    origin = _find(family, event_id)
    wrong = (*_mendable(family, event_id), *_reversible(origin), *_wrong_day(family, origin, on))
    if wrong or origin is None:
        return Refused(wrong)
    why = ground if isinstance(origin, PremiumPayment) else None
    refund = Refund(free_id(family, "refund", on), on, event_id, note=note, ground=why)
    step = f"冲正 {origin.on} {_kind(origin)}"
    return Change(step, replace(family, events=(*family.events, refund)), refund.id)


def delete_event(family: Family, event_id: str) -> Change | Refused:
    """For what never happened. A reversed pair stays in the book, both halves of it."""
    gone = _find(family, event_id)
    if is_matter(gone):
        return remove_matter(family, event_id)
    wrong = tuple(_deletable(family, event_id))
    if wrong or gone is None:
        return Refused(wrong)
    left = tuple(one for one in family.events if one.id != event_id)
    return Change(f"删去{_named(family, gone)}", replace(family, events=left))


# --------------------------------------------------------------------------------------------------- in words


def _named(family: Family, event: Event) -> str:
    """母亲门诊 2026-11-21, 女儿 2027年度居民医保费."""
    who = called(family, whose(event))
    if isinstance(event, PremiumPayment):
        return f"{who} {event.benefit_year}年度居民医保费"
    return f"{who}{_kind(event)} {event.on}"


def _kind(event: Event) -> str:
    return _KINDS[event.setting] if isinstance(event, Visit) else "缴费"


# ---------------------------------------------------------------------------------------------- what is wrong


def _put(family: Family, event: Visit | PremiumPayment, verb: str) -> Change | Refused:
    """In the place of the record of the same id, or after all others."""
    wrong = tuple(visit_faults(family, event) if isinstance(event, Visit) else premium_faults(family, event))
    if wrong:
        return Refused(wrong)
    if _find(family, event.id) is None:
        events = (*family.events, event)
    else:
        events = tuple(event if one.id == event.id else one for one in family.events)
    return Change(f"{verb}{_named(family, event)}", replace(family, events=events), event.id)


def _find(family: Family, event_id: str) -> Event | None:
    return next((one for one in family.events if one.id == event_id), None)


def _mendable(family: Family, event_id: str) -> Iterator[Fault]:
    event = _find(family, event_id)
    if event is None:
        yield Fault("", "流水里已经没有这一笔", "请回流水重新选一笔")
    elif isinstance(event, Refund):
        yield Fault("", "这一笔本身是冲正", "要再记原来那一笔，请重新记一笔")
    elif any(isinstance(one, Refund) and one.of == event_id for one in family.events):
        yield Fault("", "这一笔已经冲正，两笔都留在账上", "要再记，请重新记一笔")


def _reversible(origin: Event | None) -> Iterator[Fault]:
    if is_matter(origin):
        yield Fault("", "办理的事项不能冲正", "记错了的，请删去后重新记")


def _deletable(family: Family, event_id: str) -> Iterator[Fault]:
    yield from _mendable(family, event_id)
    if family.plan is not None and _takes_back(family.plan.expected, event_id):
        yield Fault("", "预计里有它的退费", "请先从预计里去掉退费")
    for scenario in family.scenarios:
        expected = () if scenario.plan is None else scenario.plan.expected
        if _takes_back((*scenario.events, *expected), event_id):
            yield Fault("", f"方案“{scenario.name}”里有它的退费", "请先从方案里去掉退费")


def _takes_back(events: tuple[Event, ...], event_id: str) -> bool:
    return any(isinstance(one, Refund) and one.of == event_id for one in events)


def _wrong_day(family: Family, origin: Event | None, on: date) -> Iterator[Fault]:
    if origin is not None and on < origin.on:
        yield Fault("on", f"冲正的日期 {on} 早于原来那一笔 {origin.on}", "请填原来那天或以后的日期")
    yield from _not_yet(family, on)


def _not_yet(family: Family, on: date) -> Iterator[Fault]:
    if on > family.as_of:
        yield Fault("on", f"{on} 还没有到", "可以试算，到了那天再记入")


def _stranger(family: Family, person: str) -> bool:
    return all(one.id != person for one in family.people)


def visit_faults(family: Family, visit: Visit) -> Iterator[Fault]:
    charges, provider = visit.charges, visit.provider
    if _stranger(family, visit.patient):
        yield Fault("patient", "家里没有这位使用人", "请选一位家人")
    yield from _not_yet(family, visit.on)
    if charges.total_fee <= NOTHING:
        yield Fault("total_fee", "没有医疗费总额", "请填票据上的医疗费总额")
    for name in (*_SUMS, "fund_paid"):
        if (getattr(charges, name) or NOTHING) < NOTHING:
            yield Fault(name, "金额小于零", "要退回的，请用冲正")
    if charges.in_scope < NOTHING:
        yield Fault("total_fee", "全自费、先行自付和超限价合计大于医疗费总额", "请对照票据改正")
    if (charges.fund_paid or NOTHING) > charges.total_fee:
        yield Fault("fund_paid", "统筹支付大于医疗费总额", "请对照票据改正")
    if (provider.kind is Facility.HOSPITAL) != (provider.level is not None):
        yield Fault("level", "医院要有等级，药店没有等级", "请改正医院等级")


def premium_faults(family: Family, payment: PremiumPayment) -> Iterator[Fault]:
    if _stranger(family, payment.insured):
        yield Fault("insured", "家里没有这位参保人", "请选一位家人")
    if payment.paid_from is not None and _stranger(family, payment.paid_from):
        yield Fault("paid_from", "家里没有这位付款人", "请选一位家人，或选现金")
    yield from _not_yet(family, payment.on)
    if abs(payment.benefit_year - payment.on.year) > 1:
        yield Fault("benefit_year", f"{payment.on} 缴不了 {payment.benefit_year} 年度的", "请改正待遇年度")
    if payment.amount is not None and payment.amount <= NOTHING:
        yield Fault("amount", "没有金额", "请填缴费单上的金额，按标准缴的可以不填")
