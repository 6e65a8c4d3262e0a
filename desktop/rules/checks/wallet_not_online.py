"""未开通、待确认。Both places must be on-line; where nobody has said so, it is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.rules.wallet import online

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.people import Person
    from desktop.policy.law import Law
    from desktop.rules.case import WalletCase


def not_online(case: WalletCase) -> Iterator[Finding]:
    for person, law in _sides(case):
        answer, because = online(person.area_on(case.event.on), law)
        if answer is False:
            yield Finding(
                "wallet.not_online",
                Severity.ERROR,
                about=(case.event.id, person.id),
                on=case.event.on,
                says=text("{person}的参保地这一天还没有开通医保钱包跨省共济", person=person.name),
                because=because,
                fix=(text("等两地都开通以后再办，现在由现金或本人账户支付"),),
            )


def online_unknown(case: WalletCase) -> Iterator[Finding]:
    for person, law in _sides(case):
        answer, because = online(person.area_on(case.event.on), law)
        if answer is None:
            yield Finding(
                "wallet.online_unknown",
                Severity.NOTE,
                about=(case.event.id, person.id),
                on=case.event.on,
                says=text("{person}的参保地这一天是否已开通医保钱包，未见公布", person=person.name),
                because=because,
                fix=(text("在国家医保服务平台的医保钱包里查看，或拨打当地 12393 核实"),),
            )


def _sides(case: WalletCase) -> tuple[tuple[Person, Law], ...]:
    return (case.payer, case.law), (case.beneficiary, case.there)
