"""为什么。Why each sum is what it is: the steps of a settlement, with the clause's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.money import Money, total
from desktop.domain.settlement import Part, Payment, PurseKind, Settlement, Slice
from desktop.domain.text import Text, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.clause import Clause


_HAD = {
    PurseKind.OWN: "账户里有 {had:,}，付到够为止",
    PurseKind.WALLET: "医保钱包里有 {had:,}，付到够为止",
    PurseKind.QUOTA: "共济额度还有 {had:,}，付到够为止",
    PurseKind.MUTUAL_AID: "账户里有 {had:,}，付到够为止",
}


class Step(NamedTuple):
    """One step: `name` is a part of the bill or a purse, `holder` whose purse paid.

    `clause` is None where the receipt says so, `also` are the others it rests on; `reckoning` shows how the
    sum came about.
    """

    name: str
    amount: Money
    reckoning: Text
    clause: Clause | None
    holder: str | None = None
    also: tuple[Clause, ...] = ()


def explain(done: Settlement) -> tuple[Step, ...]:
    """The steps in the order of the rule. The trace is the result itself; nothing is reckoned anew."""
    return (*_cuts(done), *_payments(done))


def _cuts(done: Settlement) -> Iterator[Step]:
    for one in done.slices:
        if one.amount or (one.because and one.part is not Part.CRITICAL):
            clause, *also = one.because or (None,)
            yield Step(one.part, one.amount, _reckoning(done, one), clause, also=tuple(also))


def _reckoning(done: Settlement, one: Slice[Money]) -> Text:
    charges, year = done.charges, done.year
    if one.part is Part.OUT_OF_SCOPE:
        return text(
            "全自费 {full:,} + 超限价 {over:,}",
            full=charges.fully_self_funded,
            over=charges.over_limit_self_funded,
        )
    if one.part is Part.DEDUCTIBLE:
        return text(
            "起付线的余额与 {scope:,} 取小，今年已付 {met:,}",
            scope=charges.in_scope,
            met=year.deductible,
        )
    if one.part is Part.POOL and one.because:
        base = charges.in_scope - done.of(Part.DEDUCTIBLE)
        share = one.because[0].value
        return text("{base:,} × {share}，今年统筹已付 {paid:,}", base=base, share=share, paid=year.pool)
    if one.part is Part.CRITICAL:
        return text("全年个人自付累计超过大病起付线的部分，分段支付，已付 {paid:,}", paid=year.critical)
    if one.part is Part.COPAY:
        return text("余下的政策范围内费用")
    return text("票据已列明")


def _payments(done: Settlement) -> Iterator[Step]:
    """One step a purse; what is paid by a disputed clause stands apart."""
    grouped: dict[tuple[PurseKind, str, str, bool], list[Payment[Money]]] = {}
    for one in done.payments:
        grouped.setdefault((one.purse, one.holder, one.because.key, one.because.in_dispute), []).append(one)
    for (purse, holder, _, _), payments in grouped.items():
        amount = total(one.amount for one in payments)
        had = payments[0].had
        yield Step(
            purse,
            amount,
            text("以上账户付完之后，其余付现金") if had is None else text(_HAD[purse], had=had),
            payments[0].because,
            holder,
        )
