"""试算的表。What stands in the form of a trial visit, whether it makes sense, and the visit it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.domain.care import Charges, Credential, Facility, Level, Provider, Setting, Visit
from desktop.domain.money import NOTHING, Money, total

if TYPE_CHECKING:
    from datetime import date

PARTS = ("full", "upfront", "over")
"""The sums that are parts of the total: 全自费, 先行自付, 超限价自费."""


@dataclass(frozen=True, slots=True)
class Form:
    """A sum is None while what is typed is no money; `fund` is None too where no receipt says it.

    `edited` is the sum touched last: what is wrong with the parts is said there.
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
    designated: bool = True
    own_credential: bool = True
    prescribed: bool = True
    share_out_of_scope: bool = False
    edited: str = "total"

    @property
    def at_pharmacy(self) -> bool:
        return self.setting is Setting.PHARMACY

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
        tr = QCoreApplication.translate
        no_money = tr("Visits", "请填金额，例如 1060 或 1,060.00，最多两位小数。")
        found = {name: no_money for name in ("total", *PARTS) if getattr(self, name) is None}
        if self.fund_stated and self.fund is None:
            found["fund"] = no_money
        if found:
            return found
        whole = self.total or NOTHING
        if not whole:
            return {"total": tr("Visits", "请填票据上的医疗费总额。")}
        if self.in_scope is None:
            parts = total(getattr(self, name) for name in PARTS)
            sentence = tr(
                "Visits", "全自费、先行自付和超限价合计 {parts}，大于医疗费总额 {whole}，请对照票据改正。"
            )
            return {self.edited: sentence.format(parts=f"{parts:,}", whole=f"{whole:,}")}
        if self.fund is not None and self.fund > whole:
            sentence = tr("Visits", "统筹支付 {fund} 大于医疗费总额 {whole}，请对照票据改正。")
            return {"fund": sentence.format(fund=f"{self.fund:,}", whole=f"{whole:,}")}
        return {}

    def visit(self, area: str) -> Visit:
        """Call it only without faults."""
        provider = Provider(
            kind=Facility.PHARMACY if self.at_pharmacy else Facility.HOSPITAL,
            designated=self.designated,
            area=area,
            level=None if self.at_pharmacy else self.level,
        )
        return Visit(
            id="trial",
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
            prescribed=self.prescribed or not self.at_pharmacy,
        )
