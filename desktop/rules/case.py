"""待查的一件事。What a check looks at: one binding, visit, premium or refund, with the law of its day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.binding import Binding, Channel

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.care import Visit
    from desktop.domain.money import Money
    from desktop.domain.people import Coverage, Person
    from desktop.domain.premium import PremiumPayment, Refund
    from desktop.policy.law import Law


@dataclass(frozen=True, slots=True)
class BindingCase:
    """A binding judged on `day`: its first, or one on which it should pay.

    `law` is the payer's; `standing` are the bindings that stand, ended ones too; `balance` is the payer's at
    the start of the day, None where it is not known; `event` is what it should pay, None on its first day.
    """

    binding: Binding
    payer: Person
    beneficiary: Person
    day: date
    law: Law
    standing: tuple[Binding, ...]
    balance: Money | None
    event: str | None = None

    @property
    def channel(self) -> str:
        """The channel as packs name it: the wallet has two, by the day."""
        if self.binding.channel is Channel.IN_PROVINCE:
            return Channel.IN_PROVINCE
        policy = self.law.policy
        quota = self.law.optional(lambda: policy.words("mutual_aid.relations", channel="wallet_quota"))
        return "wallet_quota" if quota is not None and quota.channel == "wallet_quota" else "wallet_transfer"

    @property
    def beside(self) -> tuple[Binding, ...]:
        """The bindings that stand in this channel: a limit of one channel is never applied to another."""
        return tuple(one for one in self.standing if one.channel is self.binding.channel)

    @property
    def in_province(self) -> bool:
        return self.binding.channel is Channel.IN_PROVINCE


@dataclass(frozen=True, slots=True)
class VisitCase:
    """`law` is that of the patient's insured area (of the provider's, for someone never insured)."""

    visit: Visit
    patient: Person
    coverage: Coverage | None
    law: Law


@dataclass(frozen=True, slots=True)
class PremiumCase:
    """A premium to be paid.

    `law` is that of the payment day, `year_law` of the benefit year's first day; `then` is how the person is
    insured in the benefit year, `bound` whether the account's holder may pay for them, None where a refused
    binding already says why not; `balance` is the account's, None for cash.
    """

    payment: PremiumPayment
    insured: Person
    now: Coverage | None
    then: Coverage | None
    law: Law
    year_law: Law
    amount: Money
    paid_before: bool
    bound: bool | None
    balance: Money | None


@dataclass(frozen=True, slots=True)
class RefundCase:
    """`premium`: the premium to take back, None for a visit; `standing`: there is something to take back."""

    refund: Refund
    premium: PremiumPayment | None
    law: Law
    year_law: Law | None
    standing: bool
