"""试算的表。What stands in the form of a visit or premium, whether it makes sense, and its record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.domain.care import (
    Charges,
    Credential,
    Facility,
    Level,
    Provider,
    Purpose,
    Setting,
    Visit,
)
from desktop.domain.money import NOTHING, Money, total
from desktop.domain.premium import PremiumGroup, PremiumPayment

if TYPE_CHECKING:
    from datetime import date

PARTS = ("full", "upfront", "over")
"""The sums that are parts of the total: 全自费, 先行自付, 超限价自费."""
SUMS = ("total", *PARTS)
_tr = QCoreApplication.translate


def _no_money() -> str:
    return _tr("Visits", "请填金额，例如 1060 或 1,060.00，最多两位小数。")


def _not_yet(day: date, today: date) -> dict[str, str]:
    if day <= today:
        return {}
    return {"on": _tr("Visits", "{day} 还没有到，可以试算，到了那天再记入。").format(day=day)}


@dataclass(frozen=True, slots=True)
class Form:
    """A sum is None while what is typed is no money; `fund` is None too where no receipt says it.

    `area` is where it was, empty for where the patient is insured. `edited` is the sum touched last: what is
    wrong with the parts is said there; empty while nobody typed a sum. `example`: the sums are an example's.
    """

    patient: str
    on: date
    setting: Setting = Setting.OUTPATIENT
    level: Level = Level.TERTIARY
    total: Money | None = NOTHING
    full: Money | None = NOTHING
    upfront: Money | None = NOTHING
    over: Money | None = NOTHING
    fund: Money | None = None
    fund_stated: bool = False
    area: str = ""
    designated: bool = True
    own_credential: bool = True
    prescribed: bool = True
    use_account: bool = True
    purpose: Purpose = Purpose.TREATMENT
    share_out_of_scope: bool = False
    note: str = ""
    edited: str = ""
    example: bool = False

    @classmethod
    def of(cls, visit: Visit) -> Form:
        """What a visit in the book would have been typed as."""
        charges, provider = visit.charges, visit.provider
        return cls(
            patient=visit.patient,
            on=visit.on,
            setting=visit.setting,
            level=provider.level or Level.TERTIARY,
            total=charges.total_fee,
            full=charges.fully_self_funded,
            upfront=charges.upfront_copay,
            over=charges.over_limit_self_funded,
            fund=charges.fund_paid,
            fund_stated=charges.fund_paid is not None,
            area=provider.area,
            designated=provider.designated,
            own_credential=visit.credential is Credential.OWN,
            prescribed=visit.prescribed,
            use_account=visit.use_account,
            purpose=visit.purpose,
            note=visit.note,
            edited="total",
        )

    def emptied(self) -> Form:
        """For the next bill: the same person and place, no sums."""
        return replace(
            self,
            total=NOTHING,
            full=NOTHING,
            upfront=NOTHING,
            over=NOTHING,
            fund=None,
            fund_stated=False,
            note="",
            edited="",
            example=False,
        )

    @property
    def at_pharmacy(self) -> bool:
        return self.setting is Setting.PHARMACY

    @property
    def empty(self) -> bool:
        """Nobody has typed a sum."""
        return not self.edited and not self.total

    @property
    def in_scope(self) -> Money | None:
        """符合政策范围, or None while the sums do not add up."""
        parts = (self.full, self.upfront, self.over)
        if self.total is None or None in parts:
            return None
        left = self.total - total(part for part in parts if part is not None)
        return left if left >= 0 else None

    def faults(self) -> dict[str, str]:
        """A sentence for each field that stops the trial; a sum that is no money is told by its own field."""
        found = {name: _no_money() for name in SUMS if getattr(self, name) is None}
        if self.fund_stated and self.fund is None:
            found["fund"] = _no_money()
        if found:
            return found
        whole = self.total or NOTHING
        if not whole:
            return {"total": _tr("Visits", "请填票据上的医疗费总额。")}
        if self.in_scope is None:
            parts = total(getattr(self, name) for name in PARTS)
            sentence = _tr(
                "Visits", "全自费、先行自付和超限价合计 {parts}，大于医疗费总额 {whole}，请对照票据改正。"
            )
            return {self.edited or "total": sentence.format(parts=f"{parts:,}", whole=f"{whole:,}")}
        if self.fund is not None and self.fund > whole:
            sentence = _tr("Visits", "统筹支付 {fund} 大于医疗费总额 {whole}，请对照票据改正。")
            return {"fund": sentence.format(fund=f"{self.fund:,}", whole=f"{whole:,}")}
        return {}

    def hindrances(self, today: date) -> dict[str, str]:
        """What allows a trial and no booking."""
        return _not_yet(self.on, today)

    def visit(self, area: str, origin: Visit | None = None) -> Visit:
        """Call it only without faults. `area` is where the patient is insured, `origin` what it changes."""
        provider = Provider(
            kind=Facility.PHARMACY if self.at_pharmacy else Facility.HOSPITAL,
            designated=self.designated,
            area=self.area or area,
            level=None if self.at_pharmacy else self.level,
        )
        return Visit(
            id=origin.id if origin is not None else "trial",
            on=self.on,
            patient=self.patient,
            setting=self.setting,
            provider=provider,
            charges=Charges(
                total_fee=self.total or NOTHING,
                fully_self_funded=self.full or NOTHING,
                over_limit_self_funded=self.over or NOTHING,
                upfront_copay=self.upfront or NOTHING,
                fund_paid=self.fund,
            ),
            credential=Credential.OWN if self.own_credential else Credential.OTHER,
            use_account=self.use_account,
            prescribed=self.prescribed or not self.at_pharmacy,
            purpose=self.purpose,
            at=origin.at if origin is not None and origin.on == self.on else None,
            note=self.note.strip(),
        )


@dataclass(frozen=True, slots=True)
class PremiumForm:
    """`amount` is None where the standard is meant, and, if `stated`, while what is typed is no money.

    `payer` is whose account pays, empty for cash.
    """

    insured: str
    on: date
    year: int
    payer: str = ""
    amount: Money | None = None
    stated: bool = False
    group: PremiumGroup = PremiumGroup.STANDARD
    note: str = ""

    @classmethod
    def of(cls, paid: PremiumPayment) -> PremiumForm:
        return cls(
            insured=paid.insured,
            on=paid.on,
            year=paid.benefit_year,
            payer=paid.paid_from or "",
            amount=paid.amount,
            stated=paid.amount is not None,
            group=paid.group,
            note=paid.note,
        )

    def emptied(self) -> PremiumForm:
        return replace(self, amount=None, stated=False, note="")

    def faults(self) -> dict[str, str]:
        if self.stated and self.amount is None:
            return {"amount": _no_money()}
        if self.stated and not self.amount:
            return {"amount": _tr("Visits", "请填缴费单上的金额，按标准缴的可以不填。")}
        if abs(self.year - self.on.year) > 1:
            sentence = _tr("Visits", "{day} 缴不了 {year} 年度的，请改正日期或年度。")
            return {"on": sentence.format(day=self.on, year=self.year)}
        return {}

    def hindrances(self, today: date) -> dict[str, str]:
        return _not_yet(self.on, today)

    def payment(self, origin: PremiumPayment | None = None) -> PremiumPayment:
        """Call it only without faults."""
        return PremiumPayment(
            id=origin.id if origin is not None else "trial",
            on=self.on,
            insured=self.insured,
            benefit_year=self.year,
            amount=self.amount,
            paid_from=self.payer or None,
            at=origin.at if origin is not None and origin.on == self.on else None,
            note=self.note.strip(),
            group=self.group,
        )
