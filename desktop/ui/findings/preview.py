"""会怎样。What a fix would do, in words: to the months ahead, to the places, and to the other findings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.ui.effect import Line, money_lines, turned
from desktop.ui.ledger.words import verdict_of
from desktop.ui.look.tokens import Verdict
from desktop.usecases.kin import kinship, told
from desktop.usecases.overview import map_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.usecases.effects import Effect
    from desktop.usecases.review import Review

_FEW = 4


@dataclass(frozen=True, slots=True)
class Preview:
    """`findings` are those that would go or come, each with its sentence."""

    lines: tuple[Line, ...]
    findings: tuple[tuple[Verdict, str], ...]


def preview(seen: Review, effect: Effect) -> Preview:
    return Preview(
        lines=(*_ties(seen, effect.then.family), *money_lines(effect), *_places(seen, effect.then)),
        findings=tuple(_findings(seen, effect)),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("Preview", words)


def _ties(seen: Review, family: Family) -> Iterator[Line]:
    """Who newly pays for whom, what they are to each other, and what the payer's account holds."""
    before = {(one.payer, one.beneficiary) for one in seen.family.bindings}
    known = kinship(family, seen.holder.id)
    for one in family.bindings:
        if (one.payer, one.beneficiary) in before:
            continue
        payer, beneficiary = known[one.payer].word, known[one.beneficiary].word
        word = kinship(family, one.payer)[one.beneficiary].word
        yield Line(_tr("{one}对{other}是").format(one=beneficiary, other=payer), word, "ok")
        balance = seen.ledger.balance(one.payer, seen.family.as_of)
        yield Line(_tr("{who}的账户余额").format(who=payer), f"{balance:,}")


def _places(seen: Review, then: Review) -> Iterator[Line]:
    """How many each payer has bound, where it changes, and how many at most."""
    known = kinship(seen.family, seen.holder.id)
    for payer in seen.family.people:
        before, after = (map_of(replace(one, holder=payer)) for one in (seen, then))
        if before.active != after.active:
            caption = _tr("{who}绑定的人数").format(who=known[payer.id].word)
            yield Line(caption, turned(before.active, after.active, after.most_active))


def _findings(seen: Review, effect: Effect) -> Iterator[tuple[Verdict, str]]:
    known = kinship(seen.family, seen.holder.id)

    def said(words: str, found: tuple[Finding, ...]) -> Iterator[tuple[Verdict, str]]:
        for one in found[:_FEW]:
            yield verdict_of(one), words.format(what=told(one.says, seen.family, known))

    for _, words in said(_tr("不再提示：{what}"), effect.goes):
        yield Verdict.OK, words
    yield from said(_tr("会新提示：{what}"), effect.arises)
