"""事件。What may happen on a day: a visit, a premium, a refund, or a matter done at the office."""

from __future__ import annotations

from desktop.domain.care import Visit
from desktop.domain.matter import AccountTransfer, ArrearsPaid, Death, Enrolment, Payout, Retirement
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.wallet import WalletQuota, WalletTransfer

Matter = (
    WalletTransfer | WalletQuota | Enrolment | ArrearsPaid | AccountTransfer | Retirement | Death | Payout
)
"""办理事项。Each has a `person`: whom it is about, the payer for a wallet's."""

Event = Visit | PremiumPayment | Refund | Matter
