"""预计的清单。A family's plan as lines to choose from, each with its sum, its rhythm and how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.domain.care import Visit
from desktop.domain.people import Scheme
from desktop.domain.plan import Enrols, Moves, Rhythm
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.terms import label
from desktop.ui.look.tokens import Verdict
from desktop.ui.planning.filling import origin_words
from desktop.ui.planning.numbers import plain
from desktop.ui.widgets.listing import Item, Mark
from desktop.usecases.areas import areas
from desktop.usecases.kin import kinship
from desktop.usecases.matter_words import matter_words
from desktop.usecases.odds import Origin
from desktop.usecases.plan_items import event_words, life_words, plan_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.domain.event import Event
    from desktop.domain.plan import LifeEvent, Plan, PlannedPremium, Recurring
    from desktop.usecases.odds import Odd
    from desktop.usecases.review import Review

RECURRING, EXPECTED, PREMIUM, LIFE = "bill", "once", "premium", "life"
WAGES, ILLNESS, RISK = "wages", "illness", "risk"
_RHYTHMS = {Rhythm.MONTH: "每月", Rhythm.QUARTER: "每季", Rhythm.YEAR: "每年"}


def read_key(key: str) -> tuple[str, str]:
    """The kind of a line and what it is about: its id, or its place."""
    kind, _, what = key.partition(" ")
    return kind, what


def items_of(seen: Review, odds: Sequence[Odd]) -> tuple[Item, ...]:
    """`odds` are empty until they are worked out."""
    return (*_items(seen, plan_of(seen.family), odds), *_odds(odds))


def _items(seen: Review, plan: Plan, odds: Sequence[Odd]) -> Iterator[Item]:
    if plan.recurring:
        yield Item("", _tr("反复的账单"), head=True)
        sure = {one.recurring: one for one in odds}
        yield from (_recurring(seen, one, sure.get(one.visit.id)) for one in plan.recurring)
    if plan.expected:
        yield Item("", _tr("只有一次的"), head=True)
        yield from (_expected(seen, one) for one in plan.expected)
    if plan.premiums:
        yield Item("", _tr("每年的居民医保费"), head=True)
        yield from (_premium(seen, one) for one in plan.premiums)
    if plan.life:
        yield Item("", _tr("人生的事件"), head=True)
        yield from (_life(seen, place, one) for place, one in enumerate(plan.life))
    yield Item("", _tr("总的假设"), head=True)
    growth = _tr("不涨") if not plan.wage_growth else f"{plain(plan.wage_growth * 100)}%"
    yield Item(WAGES, _tr("工资每年涨"), _tr("缴费基数随工资涨，每年 1 月起"), growth)
    much = _tr("照常见") if plan.illness == 1 else _tr("常见的 {n} 倍").format(n=plain(plan.illness))
    yield Item(ILLNESS, _tr("计划外看病"), _tr("没有写进预计的病，只影响可能的范围"), much)


def _odds(odds: Sequence[Odd]) -> Iterator[Item]:
    unplanned = [one for one in odds if not one.recurring]
    if unplanned:
        yield Item("", _tr("没有写进预计的病，每人一年"), head=True)
    for one in unplanned:
        title = _tr("{who}的{what}").format(who=one.who, what=label(one.setting))
        words = _tr("约 {count} 次，每次 {fee:,}").format(count=plain(one.a_year), fee=one.fee)
        verdict = {Origin.STATED: Verdict.INFO, Origin.RECORDS: Verdict.OK}.get(one.origin)
        marks = (Mark(origin_words(one), verdict),) if verdict is not None else ()
        aside = "" if marks else origin_words(one)
        yield Item(f"{RISK} {one.person} {one.setting}", title, words, aside, marks)


def find_odd(odds: Sequence[Odd], what: str) -> Odd | None:
    """`what` as in the key of its line: who, and what kind of visit."""
    return next((one for one in odds if not one.recurring and f"{one.person} {one.setting}" == what), None)


def _recurring(seen: Review, item: Recurring, sure: Odd | None) -> Item:
    words = f"{_RHYTHMS[item.every]}，{_since(item)}，{_where(seen, item.visit)}"
    if sure is not None and item.chance is None:
        words += _tr("，约 {share}% 会发生").format(share=plain(sure.happens * 100))
    return Item(
        f"{RECURRING} {item.visit.id}",
        event_words(seen.family, item.visit),
        words + _shares(item.visit),
        f"{item.visit.charges.total_fee:,}",
        _chance(item),
    )


def _since(item: Recurring) -> str:
    if item.until is None:
        return _tr("{since} 起").format(since=item.visit.on)
    return _tr("{since} 至 {until}").format(since=item.visit.on, until=item.until)


def _chance(item: Recurring) -> tuple[Mark, ...]:
    if item.chance is None:
        return ()
    words = _tr("可能 {share}%").format(share=plain(item.chance.happens * 100))
    return (Mark(words, Verdict.INFO),)


def _where(seen: Review, visit: Visit) -> str:
    level = label(visit.provider.level) if visit.provider.level is not None else _tr("药店")
    home = seen.family.person(visit.patient).area_on(seen.family.as_of)
    if visit.provider.area in {"", home}:
        return level
    return f"{_place(seen, visit.provider.area)} {level}"


def _place(seen: Review, code: str) -> str:
    """邵阳, 广东: what people call an area."""
    return next(one.title for one in areas(seen.book, (code,)) if one.code == code)


def _shares(visit: Visit) -> str:
    """What of it is out of scope: ，全自费 280.00，先行自付 495.88."""
    charges = visit.charges
    parts = (
        (_tr("全自费"), charges.fully_self_funded),
        (_tr("先行自付"), charges.upfront_copay),
        (_tr("超限价"), charges.over_limit_self_funded),
    )
    return "".join(f"，{words} {money:,}" for words, money in parts if money)


def _expected(seen: Review, event: Event) -> Item:
    key, title = f"{EXPECTED} {event.id}", event_words(seen.family, event)
    if isinstance(event, Visit):
        words = f"{event.on}，{_where(seen, event)}{_shares(event)}"
        return Item(key, title, words, f"{event.charges.total_fee:,}")
    if isinstance(event, PremiumPayment):
        year = _tr("{day}，{year} 年度").format(day=event.on, year=event.benefit_year)
        amount = _tr("按标准") if event.amount is None else f"{event.amount:,}"
        return Item(key, title, f"{year}，{_paid_from(seen, event.paid_from)}", amount)
    if isinstance(event, Refund):
        return Item(key, title, str(event.on))
    return Item(key, title, f"{event.on}，{matter_words(seen.family, event)}")


def _premium(seen: Review, premium: PlannedPremium) -> Item:
    word = kinship(seen.family, seen.holder.id)[premium.insured].word
    return Item(f"{PREMIUM} {premium.insured}", word, _paid_from(seen, premium.paid_from), _tr("按标准"))


def _paid_from(seen: Review, payer: str | None) -> str:
    if payer is None:
        return _tr("付现金")
    word = kinship(seen.family, seen.holder.id)[payer].word
    return _tr("从{who}的账户付").format(who=word)


def _life(seen: Review, place: int, event: LifeEvent) -> Item:
    about = ""
    if isinstance(event, Moves):
        about = _tr("，到{place}").format(place=_place(seen, event.area))
    if isinstance(event, Enrols):
        about = f"，{_place(seen, event.area)} {label(event.scheme)}"
        about += f" {label(event.status)}" if event.scheme is Scheme.EMPLOYEE else ""
    return Item(f"{LIFE} {place}", life_words(seen.family, event), f"{event.on} 起{about}")


def _tr(words: str) -> str:
    return QCoreApplication.translate("PlanItems", words)
