"""方案的话。What a scenario changes, in a few words: 母亲换成哥哥出；4 人保费用现金交."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.care import Visit
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.terms import label
from desktop.domain.text import Text, text
from desktop.planning.last_year import plan_of
from desktop.planning.timeline import holder_of
from desktop.usecases.matter_words import told_of
from desktop.usecases.plan_items import life_kind
from desktop.usecases.scenario_rules import find_supposable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.domain.plan import Plan, PlannedPremium, Recurring, RuleChange, Scenario
    from desktop.policy.book import Book
    from desktop.usecases.kin import Kin

_FEW = 2  # people who are named; of more the number is said


def month_words(day: date) -> str:
    """
    >>> from datetime import date
    >>> month_words(date(2028, 5, 26))
    '2028年5月'
    """
    return f"{day.year}年{day.month}月"


def words_of_baseline(family: Family, standing: Collection[str], account: str) -> Text:
    """现在的 7 条绑定: those of the account that hold today."""
    held = [
        one
        for one in family.bindings
        if one.id in standing and one.payer == account and one.holds_on(family.as_of)
    ]
    return text("现在的 {count} 条绑定", count=len(held)) if held else text("现在没有绑定")


def words_of_scenario(
    family: Family, laid_over: Family, scenario: Scenario, book: Book, known: Mapping[str, Kin]
) -> Text:
    """What is not the same in the two families, and what is supposed of the law."""
    area = family.person(holder_of(family)).area_on(family.as_of)
    words = [
        *_bindings(family, laid_over, known),
        *_events(family.events, laid_over.events, known),
        *_planned(family, laid_over, known),
        *(words_of_rule(book, area, one) for one in scenario.rules),
    ]
    return text("{words}", words="；".join(words)) if words else text("与基准相同")


def _planned(family: Family, laid_over: Family, known: Mapping[str, Kin]) -> Iterator[str]:
    if family.plan is None and laid_over.plan is None:
        return  # last year comes back in both
    before, after = plan_of(family), plan_of(laid_over)
    yield from _premiums(before.premiums, after.premiums, known)
    yield from _bills(before.recurring, after.recurring, known)
    yield from _events(before.expected, after.expected, known)
    for event in after.life:
        if event not in before.life:
            yield f"{month_words(event.on)}{known[event.person].word}{life_kind(event)}"
    yield from _expectations(before, after, known)


def _bindings(family: Family, laid_over: Family, known: Mapping[str, Kin]) -> Iterator[str]:
    """解除本人与母亲的绑定; where another begins to pay: 女儿、儿子换成配偶出."""
    held = {one.id: one for one in family.bindings}
    ended = [one for one in laid_over.bindings if one.id in held and one.until != held[one.id].until]
    begun = [one for one in laid_over.bindings if one.id not in held]
    left = {one.beneficiary for one in ended}
    handed: dict[str, list[str]] = {}
    for one in begun:
        if one.beneficiary in left:
            handed.setdefault(one.payer, []).append(one.beneficiary)
    for payer, people in handed.items():
        yield f"{_people(people, known)}换成{known[payer].word}出"
    taken = {one.beneficiary for one in begun}
    for one in ended:
        if one.beneficiary not in taken:
            yield f"解除{known[one.payer].word}与{known[one.beneficiary].word}的绑定"
    for one in begun:
        if one.beneficiary not in left:
            yield f"{known[one.payer].word}绑定{known[one.beneficiary].word}"


def _premiums(
    before: Sequence[PlannedPremium], after: Sequence[PlannedPremium], known: Mapping[str, Kin]
) -> Iterator[str]:
    """4 人保费用现金交, 女儿的保费由配偶交."""
    was = {one.insured: one.paid_from for one in before}
    now = {one.insured: one.paid_from for one in after}
    changed: dict[str | None, list[str]] = {}
    for insured, paid_from in now.items():
        if insured not in was or was[insured] != paid_from:
            changed.setdefault(paid_from, []).append(insured)
    for payer, people in changed.items():
        how = "用现金交" if payer is None else f"由{known[payer].word}交"
        yield f"{_of(people, known)}保费{how}"
    gone = [one for one in was if one not in now]
    if gone:
        yield f"{_of(gone, known)}保费不再交"


def _bills(
    before: Sequence[Recurring], after: Sequence[Recurring], known: Mapping[str, Kin]
) -> Iterator[str]:
    was = {one.visit.id: one for one in before}
    now = {one.visit.id: one for one in after}
    for name, one in now.items():
        if name not in was:
            yield f"多出{label(one.every)}{_event(one.visit, known)}"
        elif one != was[name]:
            yield f"{_event(one.visit, known)}改为{label(one.every)} {one.visit.charges.total_fee:,}"
    for name, one in was.items():
        if name not in now:
            yield f"不再预计{_event(one.visit, known)}"


def _events(before: Sequence[Event], after: Sequence[Event], known: Mapping[str, Kin]) -> Iterator[str]:
    was, now = {one.id: one for one in before}, {one.id: one for one in after}
    for one in after:
        if one != was.get(one.id):
            yield f"{month_words(one.on)}{_event(one, known)}"
    for one in before:
        if one.id not in now:
            yield f"没有{month_words(one.on)}{_event(one, known)}"


def _event(event: Event, known: Mapping[str, Kin]) -> str:
    if isinstance(event, Visit):
        return f"{known[event.patient].word}{label(event.setting)}"
    if isinstance(event, PremiumPayment):
        return f"{known[event.insured].word}的居民医保费"
    if isinstance(event, Refund):
        return "退费"
    return str(told_of(event, {person: kin.word for person, kin in known.items()}))


def _expectations(before: Plan, after: Plan, known: Mapping[str, Kin]) -> Iterator[str]:
    """What is thought of wages and illness."""
    if before.wage_growth != after.wage_growth:
        yield f"工资每年涨 {_plain(after.wage_growth * 100)}%"
    if before.illness != after.illness:
        yield f"计划外的病按 {_plain(after.illness)} 倍算"
    for risk in after.risks:
        if risk not in before.risks:
            yield f"{_event(risk.visit, known)}按每年 {_plain(risk.a_year)} 次算"


def words_of_rule(book: Book, area: str, change: RuleChange) -> str:
    """假设2027年1月起居民医保个人缴费标准为 500.00 元/年."""
    since, found = month_words(change.since), find_supposable(book, area, change)
    if found is None or isinstance(change.value, str):
        return f"假设{since}起 {'/'.join((change.key, *change.entry))} 为 {change.value}"
    return f"假设{since}起{found.title}为 {found.words(change.value)}"


def _plain(number: Decimal) -> str:
    """
    >>> from decimal import Decimal
    >>> _plain(Decimal("3.00")), _plain(Decimal("1E+1"))
    ('3', '10')
    """
    return f"{number.normalize():f}"


def _of(people: Sequence[str], known: Mapping[str, Kin]) -> str:
    return f"{_people(people, known)}{'' if len(people) > _FEW else '的'}"


def _people(people: Sequence[str], known: Mapping[str, Kin]) -> str:
    return f"{len(people)} 人" if len(people) > _FEW else "、".join(known[one].word for one in people)
