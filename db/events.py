"""事件的行。Visits, premiums, refunds and matters, which share one order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

from db.documents import content
from db.rows import Kind
from db.tables import MatterRow, PremiumRow, RefundRow, VisitRow
from desktop.domain.care import Charges, Provider, Visit
from desktop.domain.event import Matter
from desktop.domain.matter import Payout
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.exchange.matter_document import read_matter, write_matter

if TYPE_CHECKING:
    from db.rows import Values
    from desktop.domain.event import Event


def _visit_values(visit: Visit) -> Values:
    provider, charges = visit.provider, visit.charges
    return (
        visit.id,
        visit.on,
        visit.at,
        visit.patient,
        visit.setting,
        provider.kind,
        provider.designated,
        provider.area,
        provider.level,
        visit.credential,
        charges.total_fee,
        charges.fully_self_funded,
        charges.over_limit_self_funded,
        charges.upfront_copay,
        charges.fund_paid,
        visit.use_account,
        visit.prescribed,
        visit.purpose,
        visit.note,
    )


def _visit(values: Values) -> Visit:
    visit_id, on, at, patient, setting = values[:5]
    credential = values[9]
    use_account, prescribed, purpose, note = values[15:]
    provider, charges = Provider(*values[5:9]), Charges(*values[10:15])
    return Visit(
        *(visit_id, on, patient, setting, provider, charges),
        *(credential, use_account, prescribed, purpose, at, note),
    )


def _premium_values(paid: PremiumPayment) -> Values:
    return (
        *(paid.id, paid.on, paid.at),
        *(paid.insured, paid.benefit_year, paid.amount, paid.paid_from, paid.note, paid.group),
    )


def _premium(values: Values) -> PremiumPayment:
    premium_id, on, at, insured, benefit_year, amount, paid_from, note, group = values
    return PremiumPayment(premium_id, on, insured, benefit_year, amount, paid_from, at, note, group)


def _refund_values(refund: Refund) -> Values:
    return refund.id, refund.on, refund.at, refund.of, refund.note, refund.ground


def _refund(values: Values) -> Refund:
    refund_id, on, at, of, note, ground = values
    return Refund(refund_id, on, of, at, note, ground)


def _matter_values(matter: Matter) -> Values:
    return matter.id, matter.person, _other(matter), content(matter, write_matter, read_matter)


def _other(matter: Matter) -> str | None:
    match matter:
        case WalletTransfer() | WalletQuota():
            return matter.beneficiary
        case Payout():
            return matter.to
        case _:
            return None


def _matter(values: Values) -> Matter:
    return read_matter(json.loads(values[3]))


VISIT = Kind(VisitRow, _visit_values, _visit)
PREMIUM = Kind(PremiumRow, _premium_values, _premium)
REFUND = Kind(RefundRow, _refund_values, _refund)

MATTER = Kind(MatterRow, _matter_values, _matter)

KINDS: tuple[Kind[Any], ...] = (VISIT, PREMIUM, REFUND, MATTER)
EVENTS: dict[type[Event], Kind[Any]] = {
    **{Visit: VISIT, PremiumPayment: PREMIUM, Refund: REFUND},
    **dict.fromkeys(get_args(Matter), MATTER),
}
