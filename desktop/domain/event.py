"""事件。What may happen on a day: a visit, a premium, a refund, or a matter done at the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.care import Visit
from desktop.domain.matter import AccountTransfer, ArrearsPaid, Death, Enrolment, Payout, Retirement
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.wallet import WalletQuota, WalletTransfer

if TYPE_CHECKING:
    from collections.abc import Iterable

Matter = (
    WalletTransfer | WalletQuota | Enrolment | ArrearsPaid | AccountTransfer | Retirement | Death | Payout
)
"""办理事项。Each has a `person`: whom it is about, the payer for a wallet's."""

Event = Visit | PremiumPayment | Refund | Matter


def whose(event: Event, among: Iterable[Event] = ()) -> str:
    """Whose it is: the patient, who is insured, whom a matter is about; empty for a refund.

    A refund is about whom it takes back from, where that event is `among` those given.
    """
    match event:
        case Visit():
            return event.patient
        case PremiumPayment():
            return event.insured
        case Refund():
            return next((whose(one) for one in among if one.id == event.of), "")
        case _:
            return event.person


def named(event: Event) -> frozenset[str]:
    """Everyone whom an event names, by id."""
    match event:
        case Refund():
            return frozenset()
        case PremiumPayment():
            people = {event.insured, event.paid_from}
        case WalletTransfer() | WalletQuota():
            people = {event.payer, event.beneficiary}
        case Payout():
            people = {event.person, event.to}
        case _:
            people = {whose(event)}
    return frozenset(one for one in people if one is not None)
