"""待查的一件事。What a check looks at: one binding, visit, premium or refund, with the law of its day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.binding import Binding, Channel
from desktop.domain.matter import Death
from desktop.domain.settlement import Side
from desktop.rules.bonus import NO_BONUS, Bonus

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.care import Visit
    from desktop.domain.event import Matter
    from desktop.domain.matter import AccountTransfer, ArrearsPaid, Enrolment, Payout, Retirement
    from desktop.domain.money import Money
    from desktop.domain.people import Coverage, Person
    from desktop.domain.premium import PremiumPayment, Refund
    from desktop.domain.wallet import WalletQuota, WalletTransfer
    from desktop.policy.law import Law
    from desktop.rules.enrolment import LawOn, Waiting
    from desktop.rules.insured_years import Record


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
        in_province = self.binding.channel is Channel.IN_PROVINCE
        return Channel.IN_PROVINCE if in_province else self.law.wallet_channel

    @property
    def beside(self) -> tuple[Binding, ...]:
        """The bindings that stand in this channel: a limit of one channel is never applied to another."""
        return tuple(one for one in self.standing if one.channel is self.binding.channel)

    @property
    def in_province(self) -> bool:
        return self.binding.channel is Channel.IN_PROVINCE


@dataclass(frozen=True, slots=True)
class VisitCase:
    """`law` is that of the patient's insured area (of the provider's, for someone never insured).

    `bonus` is what raises the patient's ceiling of critical illness insurance in that year.
    """

    visit: Visit
    patient: Person
    coverage: Coverage | None
    law: Law
    bonus: Bonus = NO_BONUS


@dataclass(frozen=True, slots=True)
class PremiumCase:
    """A premium to be paid.

    `law` is that of the payment day, `year_law` of the benefit year's first day; `then` is how the person is
    insured in the benefit year, `bound` whether the account's holder may pay for them, None where a refused
    binding already says why not; `balance` is what the `purse` holds that pays, None for cash.
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
    purse: Side = Side.ACCOUNT


@dataclass(frozen=True, slots=True)
class RefundCase:
    """`premium`: the premium to take back, None for a visit; `standing`: there is something to take back."""

    refund: Refund
    premium: PremiumPayment | None
    law: Law
    year_law: Law | None
    standing: bool


@dataclass(frozen=True, slots=True)
class EnrolmentCase:
    """Someone to be enrolled, as recorded before that day.

    `law_on` is the law of the area of enrolment by day; `waiting` is when benefits begin, None where no pack
    says so; `parents` are those whom the family knows.
    """

    event: Enrolment
    record: Record
    law_on: LawOn
    waiting: Waiting | None
    parents: tuple[Person, ...] = ()

    @property
    def law(self) -> Law:
        return self.law_on(self.event.on)


@dataclass(frozen=True, slots=True)
class ArrearsCase:
    """Arrears paid back. `law` is that of the person's area on the day of paying."""

    event: ArrearsPaid
    person: Person
    law: Law


@dataclass(frozen=True, slots=True)
class WalletCase:
    """Money sent to a wallet, or a quota, on its day.

    `law` is the payer's, `there` the beneficiary's; `earlier` is how often the payer had sent some that day,
    `bound` whether a wallet relation stands between the two.
    """

    event: WalletTransfer | WalletQuota
    payer: Person
    beneficiary: Person
    law: Law
    there: Law
    earlier: int
    bound: bool


@dataclass(frozen=True, slots=True)
class FrozenCase:
    """What `event` lacked in its holder's account; `frozen` is what was set aside of it in quotas."""

    event: str
    on: date
    holder: Person
    lacked: Money
    frozen: Money
    law: Law


@dataclass(frozen=True, slots=True)
class MatterCase:
    """A matter done at the office.

    `person` is as earlier matters leave them, and those that came about are `before`. `law` is that of
    `area`: where they are insured, or where they move to. `bindings` are theirs, either way round, that are
    recorded to hold on the day; `heir_died` is the death of who is to be paid out, where it came before.
    """

    matter: Enrolment | ArrearsPaid | AccountTransfer | Retirement | Death | Payout
    person: Person
    area: str
    law: Law
    before: tuple[Matter, ...]
    bindings: tuple[Binding, ...]
    heir_died: Death | None = None

    @property
    def died(self) -> date | None:
        return next((one.on for one in self.before if isinstance(one, Death)), None)
