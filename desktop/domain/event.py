"""事件。What may happen on a day: a visit, a premium, or something taken back."""

from __future__ import annotations

from desktop.domain.care import Visit
from desktop.domain.premium import PremiumPayment, Refund

Event = Visit | PremiumPayment | Refund
