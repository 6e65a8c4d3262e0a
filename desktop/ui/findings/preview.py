"""会怎样。What a fix would do, in words: to the months ahead, to the places, and to the other findings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.ui.ledger.words import verdict_of
from desktop.ui.look.tokens import Verdict
from desktop.usecases.kin import kinship, told
from desktop.usecases.overview import map_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.domain.money import Money
    from desktop.usecases.effects import Effect
    from desktop.usecases.review import Review

_FEW = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """A caption and its value; `tone` is the value's."""

    caption: str
    value: str
    tone: str = "text"


@dataclass(frozen=True, slots=True)
class Preview:
    """`findings` are those that would go or come, each with its sentence."""

    pairs: tuple[Pair, ...]
    findings: tuple[tuple[Verdict, str], ...]


def preview(seen: Review, effect: Effect) -> Preview:
    return Preview(
        pairs=(*_ties(seen, effect.then.family), *_money(effect), *_places(seen, effect.then)),
        findings=tuple(_findings(seen, effect)),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("Preview", words)


def _ties(seen: Review, family: Family) -> Iterator[Pair]:
    """Who newly pays for whom, what they are to each other, and what the payer's account holds."""
    before = {(one.payer, one.beneficiary) for one in seen.family.bindings}
    known = kinship(family, seen.holder.id)
    for one in family.bindings:
        if (one.payer, one.beneficiary) in before:
            continue
        payer, beneficiary = known[one.payer].word, known[one.beneficiary].word
        word = kinship(family, one.payer)[one.beneficiary].word
        yield Pair(_tr("{one}对{other}是").format(one=beneficiary, other=payer), word, "ok")
        balance = seen.ledger.balance(one.payer, seen.family.as_of)
        yield Pair(_tr("{who}的账户余额").format(who=payer), f"{balance:,}")


def _money(effect: Effect) -> Iterator[Pair]:
    before, after = effect.before, effect.after
    yield Pair(_tr("12 个月内最低"), _from_to(_sum(before.lowest), _sum(after.lowest)))
    tone = "text"
    if before.runs_out != after.runs_out:
        later = after.runs_out is None or (before.runs_out is not None and after.runs_out > before.runs_out)
        tone = "ok" if later else "warn"
    yield Pair(_tr("首次不足"), _from_to(_month(before.runs_out), _month(after.runs_out)), tone)


def _places(seen: Review, then: Review) -> Iterator[Pair]:
    """How many each payer has bound, where it changes, and how many at most."""
    known = kinship(seen.family, seen.holder.id)
    for payer in seen.family.people:
        before, after = (map_of(replace(one, holder=payer)) for one in (seen, then))
        if before.active != after.active:
            most = "" if after.most_active is None else f" / {after.most_active}"
            caption = _tr("{who}绑定的人数").format(who=known[payer.id].word)
            yield Pair(caption, f"{before.active} → {after.active}{most}")


def _findings(seen: Review, effect: Effect) -> Iterator[tuple[Verdict, str]]:
    known = kinship(seen.family, seen.holder.id)

    def said(words: str, found: tuple[Finding, ...]) -> Iterator[tuple[Verdict, str]]:
        for one in found[:_FEW]:
            yield verdict_of(one), words.format(what=told(one.says, seen.family, known))

    for _, words in said(_tr("不再提示：{what}"), effect.goes):
        yield Verdict.OK, words
    yield from said(_tr("会新提示：{what}"), effect.arises)


def _from_to(before: str, after: str) -> str:
    return f"{before} → {after}" if before != after else _tr("{value}，不变").format(value=before)


def _sum(money: Money | None) -> str:
    return _tr("无从推算") if money is None else f"{money:,}"


def _month(day: date | None) -> str:
    return (
        _tr("五年内没有") if day is None else _tr("{year}年{month}月").format(year=day.year, month=day.month)
    )
