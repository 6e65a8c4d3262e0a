"""结算。How one visit is paid for: the slices the bill is cut into, and the payments that cover them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, NamedTuple

from desktop.domain.money import NOTHING, A, Money, summed, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from desktop.domain.care import Charges, Level, Visit
    from desktop.domain.clause import Clause
    from desktop.domain.money import Which
    from desktop.domain.people import Scheme
    from desktop.domain.premium import PremiumPayment, Refund


class Part(StrEnum):
    """费用构成: what kind of cost a slice of the bill is."""

    OUT_OF_SCOPE = "out_of_scope"
    UPFRONT = "upfront"
    DEDUCTIBLE = "deductible"
    POOL = "pool"
    COPAY = "copay"
    CRITICAL = "critical"


BURDEN = (Part.DEDUCTIBLE, Part.COPAY, Part.UPFRONT, Part.OUT_OF_SCOPE)
"""个人负担, in the order a purse pays it: 起付线、比例自付、先行自付，自费在最后。"""


class PurseKind(StrEnum):
    """付款来源。The wallet is the patient's own by then; a quota and mutual aid are a payer's."""

    OWN = "own_account"
    WALLET = "wallet"
    QUOTA = "quota"
    MUTUAL_AID = "mutual_aid"
    CASH = "cash"


class Slice(NamedTuple, Generic[A]):
    """One cut of the bill. `because` is empty where the receipt itself says so."""

    part: Part
    amount: A
    because: tuple[Clause, ...] = ()


def cut_for(part: Part, slices: Iterable[Slice[A]]) -> A:
    """What was cut for one part of the bill."""
    return summed([one.amount for one in slices if one.part is part])


class Payment(NamedTuple, Generic[A]):
    """`holder` is whose purse pays (the patient for cash), `had` what it held before (None for cash).

    `relation` is the wallet relation whose quota pays, empty for every other purse.
    """

    purse: PurseKind
    holder: str
    part: Part
    amount: A
    had: A | None
    because: Clause
    relation: str = ""


class Year(NamedTuple, Generic[A]):
    """年度累计: what one person's visits of one benefit have used in a calendar year.

    `stays` says for each level of hospital whether there has been a stay, `critical_base` is the in-scope
    burden that counts towards critical illness insurance and `critical` what that has paid (both over all
    benefits).
    """

    deductible: A
    pool: A
    pool_this_month: A
    critical_base: A
    critical: A
    stays: Mapping[Level, bool | Which] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Settlement:
    """One settled visit.

    `scheme` is None for someone not insured; `year` are the counters before this visit, `balance_after`
    is that of the patient's own account, `lacked` what fell to cash only because a holder's purse ran dry.
    """

    visit: Visit
    scheme: Scheme | None
    slices: tuple[Slice[Money], ...]
    payments: tuple[Payment[Money], ...]
    year: Year[Money]
    balance_after: Money
    lacked: tuple[tuple[str, Money], ...] = ()

    @property
    def charges(self) -> Charges[Money]:
        return self.visit.charges

    def of(self, part: Part) -> Money:
        """What the cut gave to one part of the bill."""
        return cut_for(part, self.slices)

    def paid_by(self, purse: PurseKind) -> Money:
        return total([one.amount for one in self.payments if one.purse is purse])

    @property
    def fund_paid(self) -> Money:
        return self.of(Part.POOL) + self.of(Part.CRITICAL)

    @property
    def burden(self) -> Money:
        """个人负担。"""
        return self.charges.total_fee - self.fund_paid

    @property
    def own_paid(self) -> Money:
        """本人账户支付: the account's and the wallet's, which is the patient's own too."""
        return self.paid_by(PurseKind.OWN) + self.paid_by(PurseKind.WALLET)

    @property
    def account_paid(self) -> Money:
        """个人账户支付; what relatives' accounts and the wallet paid is inside it."""
        return self.own_paid + self.mutual_aid_paid

    @property
    def mutual_aid_paid(self) -> Money:
        """家庭共济支付: what relatives' accounts paid, by a binding or by a quota."""
        return self.paid_by(PurseKind.QUOTA) + self.paid_by(PurseKind.MUTUAL_AID)

    def by_payer(self) -> dict[str, Money]:
        """家庭共济支付, by payer's id."""
        shares: dict[str, Money] = {}
        for one in self.payments:
            if one.purse in {PurseKind.QUOTA, PurseKind.MUTUAL_AID}:
                shares[one.holder] = shares.get(one.holder, NOTHING) + one.amount
        return shares


@dataclass(frozen=True, slots=True)
class PremiumPaid:
    """A premium that was paid, from an account or in cash (`holder` None).

    `because` is the year's standard, None where the amount was stated and no pack knows the year. `lacked` is
    by how much the account that should have paid was too small: it paid nothing then.
    """

    payment: PremiumPayment
    amount: Money
    holder: str | None
    because: Clause | None
    lacked: tuple[tuple[str, Money], ...] = ()


@dataclass(frozen=True, slots=True)
class Refunded:
    """An event taken back: every purse gets what it had paid.

    `balance_after` is that of the person's own account, once it is restored.
    """

    refund: Refund
    of: Settlement | PremiumPaid
    returned: tuple[tuple[str, Money], ...]
    cash: Money
    balance_after: Money = NOTHING


class Side(StrEnum):
    """记账科目: the sides that money moves between.

    An account's frozen quotas stand apart from it, by the wallet binding that they are for; money on its way
    between two places is nobody's to spend.
    """

    ACCOUNT = "account"
    WALLET = "wallet"
    QUOTA = "quota"
    TRANSIT = "transit"
    CASH = "cash"
    FUND = "fund"
    PROVIDER = "provider"
    PREMIUM = "premium"
    CONTRIBUTION = "contribution"
    OPENING = "opening"


class Posting(NamedTuple):
    """One leg of an entry; `owner` is a person's id (a binding's for a quota), empty for sides that nobody in
    the family owns."""

    side: Side
    owner: str
    amount: Money


class EntryKind(StrEnum):
    """流水类别。"""

    OPENING = "opening"
    CREDIT = "credit"
    VISIT = "visit"
    PREMIUM = "premium"
    REFUND = "refund"
    WALLET = "wallet"
    WALLET_BACK = "wallet_back"
    TRANSFER_OUT = "transfer_out"
    TRANSFER_IN = "transfer_in"
    ARREARS = "arrears"
    ENROLMENT = "enrolment"
    RETIREMENT = "retirement"
    DEATH = "death"
    PAYOUT = "payout"


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated movement of money; its postings sum to nothing.

    `of` is the event's id, a person's for openings and credits.
    """

    on: date
    kind: EntryKind
    of: str
    postings: tuple[Posting, ...]

    def moved(self, person_id: str) -> Money:
        """What this entry adds to one person's account (negative: takes from it)."""
        return total(p.amount for p in self.postings if p.side is Side.ACCOUNT and p.owner == person_id)
