"""记办理事项。Records what was done at the office, mends it, takes it out again; all forms of it come here.

Whether the law allowed it is not asked: findings say so. Refused is what cannot be. Faults name the fields of
the record.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard, get_args

from desktop.domain.event import Matter, named
from desktop.domain.matter import (
    AccountTransfer,
    ArrearsPaid,
    Death,
    Enrolment,
    Payout,
    PayoutReason,
    Retirement,
)
from desktop.domain.money import MOST_YUAN, NOTHING
from desktop.domain.places import is_known
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.usecases.changes import Change, Fault, Refused, free_id
from desktop.usecases.matter_words import matter_name
from desktop.usecases.people import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from desktop.domain.family import Family

LONGEST_NOTE = 100
MOST = MOST_YUAN * 100
"""The largest sum that a book holds, in fen."""

_IDS: Mapping[type[Matter], str] = {
    WalletTransfer: "wallet-transfer",
    WalletQuota: "wallet-quota",
    Enrolment: "enrolment",
    ArrearsPaid: "arrears",
    AccountTransfer: "transfer",
    Retirement: "retirement",
    Death: "death",
    Payout: "payout",
}


def record_matter(family: Family, matter: Matter, today: date) -> Change | Refused:
    """Under an id of its own, whatever it brings."""
    faults = tuple(_faults(family, matter, today))
    if faults:
        return Refused(faults)
    new = replace(matter, id=free_id(family, _IDS[type(matter)], matter.on))
    after = replace(family, events=(*family.events, new))
    return Change(f"记下{matter_name(family, new)}", after, new.id)


def replace_matter(family: Family, matter: Matter, today: date) -> Change | Refused:
    """The record of the same id becomes this one."""
    if matter_of(family, matter.id) is None:
        return Refused((_GONE,))
    faults = tuple(_faults(family, matter, today))
    if faults:
        return Refused(faults)
    events = tuple(matter if one.id == matter.id else one for one in family.events)
    return Change(f"修改{matter_name(family, matter)}", replace(family, events=events), matter.id)


def remove_matter(family: Family, matter_id: str) -> Change | Refused:
    gone = matter_of(family, matter_id)
    if gone is None:
        return Refused((_GONE,))
    events = tuple(one for one in family.events if one.id != matter_id)
    return Change(f"删去{matter_name(family, gone)}", replace(family, events=events))


def matter_of(family: Family, matter_id: str) -> Matter | None:
    """None where there is no event of this id, or it is none of these."""
    found = next((one for one in family.events if one.id == matter_id), None)
    return found if is_matter(found) else None


def is_matter(event: object) -> TypeGuard[Matter]:
    return isinstance(event, get_args(Matter))


_GONE = Fault("", "流水里已经没有这一件", "请回流水重新选一件")


# ---------------------------------------------------------------------------------------------- what is wrong


def _faults(family: Family, matter: Matter, today: date) -> Iterator[Fault]:
    if matter.on > today:
        yield Fault("on", f"{matter.on} 还没有到", "请填办理的那一天；以后要办的，写进规划")
    yield from matter_faults(family, matter)
    if isinstance(matter, AccountTransfer) and matter.done is not None and matter.done > today:
        yield Fault("done", f"{matter.done} 还没有到", "还没有办结的，请空着")
    if isinstance(matter, Death) and _died_before(family, matter):
        yield Fault("person", "这位家人的去世已经记了", "请修改那一件")


def _died_before(family: Family, matter: Death) -> bool:
    others = (one for one in family.events if isinstance(one, Death) and one.id != matter.id)
    return any(one.person == matter.person for one in others)


def matter_faults(family: Family, matter: Matter) -> Iterator[Fault]:
    """What can't be, on whatever day: of what is expected too."""
    yield from _people_faults(family, matter)
    yield from _day_faults(family, matter)
    amount = getattr(matter, "amount", None)
    if amount is not None and not NOTHING < amount <= MOST:
        yield Fault("amount", "没有金额" if amount <= NOTHING else "金额太大", "请填实际的金额")
    if len(matter.note) > LONGEST_NOTE:
        yield Fault("note", f"备注太长，最多 {LONGEST_NOTE} 个字")
    elif not matter.note.isprintable():
        yield Fault("note", "备注里有换行或控制字符", "请删去")
    match matter:
        case Enrolment():
            yield from _enrolment_faults(matter)
        case ArrearsPaid():
            yield from _arrears_faults(matter)
        case AccountTransfer():
            yield from _transfer_faults(matter)
        case Payout():
            yield from _payout_faults(matter)


def _people_faults(family: Family, matter: Matter) -> Iterator[Fault]:
    known = {one.id for one in family.people}
    for field in ("person", "payer", "beneficiary", "to"):
        who = getattr(matter, field, None)
        if who is not None and who not in known and not (field == "person" and hasattr(matter, "payer")):
            yield Fault(field, "家里没有这个人", "请选一位家人")
    if isinstance(matter, WalletTransfer | WalletQuota) and matter.payer == matter.beneficiary:
        yield Fault("beneficiary", "不能转给自己", "自己的账户直接就能用，请选另一位家人")


def _day_faults(family: Family, matter: Matter) -> Iterator[Fault]:
    for field in ("on", "since", "until", "done"):
        day = getattr(matter, field, None)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            yield Fault(field, f"年份要在 {FIRST_DAY.year} 到 {LAST_DAY.year} 之间")
    people = named(matter)
    born = max((one.born for one in family.people if one.id in people and one.born is not None), default=None)
    if born is not None and matter.on < born:
        yield Fault("on", f"{matter.on} 早于出生日期 {born}", "请改正日期")


def _enrolment_faults(matter: Enrolment) -> Iterator[Fault]:
    yield from _place_faults("area", matter.area)
    if matter.monthly_base is not None and matter.monthly_base < NOTHING:
        yield Fault("monthly_base", "缴费基数不能是负数")


def _arrears_faults(matter: ArrearsPaid) -> Iterator[Fault]:
    if matter.until < matter.since:
        yield Fault("until", f"最后一天早于第一天 {matter.since}")
    if matter.on < matter.since:
        yield Fault("since", f"欠费从 {matter.since} 才开始，{matter.on} 还没有欠", "请改正日期")


def _transfer_faults(matter: AccountTransfer) -> Iterator[Fault]:
    yield from _place_faults("origin", matter.origin)
    yield from _place_faults("destination", matter.destination)
    if matter.origin == matter.destination:
        yield Fault("destination", "转出地和转入地是同一个地方", "请选要转到的城市")
    if matter.done is not None and matter.done < matter.on:
        yield Fault("done", f"办结早于申请的 {matter.on}", "请改正日期")


def _payout_faults(matter: Payout) -> Iterator[Fault]:
    if matter.reason is PayoutReason.INHERITANCE and matter.to == matter.person:
        yield Fault("to", "继承人和去世的是同一个人", "请选继承的家人；不在家里的，请空着")
    if matter.reason is PayoutReason.OLD_CARD and matter.amount is None:
        yield Fault("amount", "没有写旧卡里的余额", "旧卡的钱不在个人账户里，请填实际的金额")


def _place_faults(field: str, area: str) -> Iterator[Fault]:
    if not is_known(area):
        yield Fault(field, "没有这个地方", "请选城市；清单里没有的，写六位区划代码，例如东莞 441900")
