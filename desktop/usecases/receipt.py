"""票据。A settlement in the words of a receipt, what its year had used, and how each step was reckoned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.care import Setting
from desktop.domain.money import NOTHING, Money, Rate, at, total
from desktop.domain.settlement import Part, PurseKind
from desktop.domain.terms import BY_COST, BY_PAYER
from desktop.domain.text import Text, text
from desktop.exchange.setlinfo import setlinfo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desktop.domain.settlement import Settlement
    from desktop.domain.terms import ReceiptLine
    from desktop.usecases.explain import Step

_ONLY_IF_PAID = BY_PAYER[1]


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A line as printed; `inside` is part of the line above it and never added to it."""

    words: str
    amount: Money
    inside: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """The two cuts of one bill. They are never added to each other."""

    by_payer: tuple[ReceiptRow, ...]
    by_cost: tuple[ReceiptRow, ...]

    @property
    def burden(self) -> Money:
        return total(row.amount for row in self.by_cost)


@dataclass(frozen=True, slots=True)
class YearUse:
    """What the year had used before this visit, and its limits; None where no rule was asked for one."""

    deductible: Money
    deductible_limit: Money | None
    pool: Money
    pool_limit: Money | None


def receipt(done: Settlement) -> Receipt:
    sums = setlinfo(done)
    return Receipt(
        by_payer=tuple(row for line, row in _rows(BY_PAYER, sums) if row.amount or line is not _ONLY_IF_PAID),
        by_cost=tuple(row for _, row in _rows(BY_COST, sums)),
    )


def _rows(
    lines: tuple[ReceiptLine, ...], sums: Mapping[str, Money]
) -> Iterator[tuple[ReceiptLine, ReceiptRow]]:
    for line in lines:
        amount = total(sums[name] for name in line.plus) - total(sums[name] for name in line.minus)
        yield line, ReceiptRow(line.words, amount, line.inside)


def year_use(done: Settlement) -> YearUse:
    whole = _value(done, Part.DEDUCTIBLE, "deductible")
    limit = _value(done, Part.DEDUCTIBLE, "deductible_year")
    if done.visit.setting is Setting.INPATIENT:
        whole = None  # it counts for each stay, only the limit counts for the year
    limits = [one for one in (whole, limit) if one is not None]
    return YearUse(
        deductible=done.year.deductible,
        deductible_limit=min(limits) if limits else None,
        pool=done.year.pool,
        pool_limit=_value(done, Part.POOL, "ceiling"),
    )


def _value(done: Settlement, part: Part, name: str) -> Money | None:
    for one in done.slices:
        for clause in one.because:
            value = getattr(clause, "value", None)
            if one.part is part and clause.key.endswith(f".{name}") and isinstance(value, Money):
                return value
    return None


def pool_rate(done: Settlement) -> Rate | None:
    """The share the fund pays; None where no rule of this visit says one."""
    for one in done.slices:
        for clause in one.because:
            value = getattr(clause, "value", None)
            if one.part is Part.POOL and isinstance(value, Rate):
                return value
    return None


def formula(done: Settlement, step: Step) -> Text:
    """How a step's sum came about, as an equation where it is one."""
    if step.name == Part.DEDUCTIBLE:
        return _deductible(done, step)
    if step.name == Part.POOL:
        return _pool(done, step)
    if step.name == PurseKind.CASH:
        return text(
            "{burden} - {paid} = {cash}",
            burden=f"{done.burden:,}",
            paid=f"{done.account_paid:,}",
            cash=f"{done.paid_by(PurseKind.CASH):,}",
        )
    return step.reckoning


def _deductible(done: Settlement, step: Step) -> Text:
    limit, used = year_use(done).deductible_limit, done.year.deductible
    if limit is not None and done.visit.setting is not Setting.INPATIENT:
        left = max(limit - used, NOTHING)
        if left == step.amount:
            return text(
                "{limit} - {used} = {left}", limit=f"{limit:,}", used=f"{limit - left:,}", left=f"{left:,}"
            )
    return step.reckoning


def _pool(done: Settlement, step: Step) -> Text:
    rate, limit = pool_rate(done), year_use(done).pool_limit
    if rate is None:
        return step.reckoning
    base = done.charges.in_scope - done.of(Part.DEDUCTIBLE)
    if at(base, rate) == step.amount:
        return text("{base} × {rate} = {sum}", base=f"{base:,}", rate=rate, sum=f"{step.amount:,}")
    if limit is not None and limit <= done.year.pool:
        return text("年度上限 {limit} 已用完", limit=f"{limit:,}")
    if limit is not None and limit - done.year.pool == step.amount:
        return text(
            "{limit} - {used} = {sum}，已到年度上限",
            limit=f"{limit:,}",
            used=f"{done.year.pool:,}",
            sum=f"{step.amount:,}",
        )
    return step.reckoning
