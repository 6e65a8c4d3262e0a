"""办理事项的说法。What was done at the office, in words that people know: the one place for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.matter import AccountTransfer, ArrearsPaid, Death, Enrolment, Payout, Retirement
from desktop.domain.places import place_name
from desktop.domain.terms import label
from desktop.domain.text import Text, text
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.planning.timeline import holder_of
from desktop.usecases.kin import called, kinship

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.domain.event import Matter
    from desktop.domain.family import Family
    from desktop.domain.money import Money

_ME = "本人"


def matter_words(family: Family, matter: Matter) -> Text:
    """母亲办理退休, 弟弟的账户从东莞转到长沙: each by what they are to the holder."""
    known = kinship(family, holder_of(family))
    return told_of(matter, {person: kin.word for person, kin in known.items()})


def told_of(matter: Matter, names: Mapping[str, str]) -> Text:
    """Each under the name that is given for their id."""
    match matter:
        case WalletTransfer() | WalletQuota():
            return _wallet(matter, names)
        case Payout():
            return _payout(matter, names)
        case Enrolment():
            return text(
                "{person}在{area}参保登记（{kind}）",
                person=names[matter.person],
                area=place_name(matter.area),
                kind=label(matter.enrolled_as),
            )
        case ArrearsPaid():
            return _with_sum(
                "{person}补缴 {since} 至 {until} 的欠费",
                matter.amount,
                person=names[matter.person],
                since=matter.since,
                until=matter.until,
            )
        case AccountTransfer():
            return _with_sum(
                "{person}的账户从{origin}转到{destination}",
                matter.amount,
                person=names[matter.person],
                origin=place_name(matter.origin),
                destination=place_name(matter.destination),
            )
        case _:
            return text("{person}{what}", person=names[matter.person], what=_DONE[type(matter)])


_DONE: Mapping[type[Matter], str] = {Retirement: "办理退休", Death: "去世"}


def _wallet(matter: WalletTransfer | WalletQuota, names: Mapping[str, str]) -> Text:
    payer = names[matter.payer]
    said = {
        "payer": "" if payer == _ME else payer,
        "beneficiary": names[matter.beneficiary],
        "amount": matter.amount,
    }
    if isinstance(matter, WalletQuota):
        return text("{payer}给{beneficiary}开通跨省共济额度 {amount:,} 元", **said)
    if matter.accepted:
        return text("{payer}转给{beneficiary}的医保钱包 {amount:,} 元", **said)
    return text("{payer}转给{beneficiary}的医保钱包 {amount:,} 元，没有领取", **said)


def _payout(matter: Payout, names: Mapping[str, str]) -> Text:
    said = {"person": names[matter.person], "reason": label(matter.reason)}
    if matter.to is None:
        return _with_sum("{person}的账户支取（{reason}）", matter.amount, **said)
    return _with_sum("{person}的账户支取（{reason}），由{to}领取", matter.amount, **said, to=names[matter.to])


def _with_sum(template: str, amount: Money | None, **values: object) -> Text:
    if amount is None:
        return text(template, **values)
    return text(f"{template} {{amount:,}} 元", **values, amount=amount)


def matter_name(family: Family, matter: Matter) -> str:
    """母亲的退休, 给外婆的医保钱包转账: what a step does something to."""
    match matter:
        case WalletTransfer():
            return f"给{called(family, matter.beneficiary)}的医保钱包转账"
        case WalletQuota():
            return f"给{called(family, matter.beneficiary)}的共济额度"
        case _:
            return f"{called(family, matter.person)}的{kind_of_matter(matter)}"


def kind_of_matter(matter: Matter) -> str:
    """退休, 医保钱包转账: what it is, of nobody."""
    return _NAMES[type(matter)]


_NAMES: Mapping[type[Matter], str] = {
    Enrolment: "参保登记",
    ArrearsPaid: "补缴",
    AccountTransfer: "账户转移",
    Retirement: "退休",
    Death: "去世",
    Payout: "账户支取",
    WalletTransfer: "医保钱包转账",
    WalletQuota: "跨省共济额度",
}
