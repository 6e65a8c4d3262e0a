"""预计的内容。What a family expects, put together item by item: bills, events, premiums, changes in life.

Where a family has no plan, last year comes back each year. The first item that is written down makes that an
explicit plan, so that nothing expected until now is lost.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from desktop.domain.care import Visit
from desktop.domain.money import NOTHING
from desktop.domain.people import Scheme, Status
from desktop.domain.plan import Dies, Enrols, Moves, Plan, Retires
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.terms import label
from desktop.planning.expected import first_planned_day
from desktop.planning.scenario import plan_of
from desktop.usecases.changes import Change, Fault, Refused, free_id, tidied
from desktop.usecases.kin import called
from desktop.usecases.matter_words import matter_name
from desktop.usecases.matters import is_matter, matter_faults
from desktop.usecases.people import stretch_faults
from desktop.usecases.plan_faults import plan_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.domain.plan import Chance, LifeEvent, PlannedPremium, Recurring

__all__ = [
    "add_expected",
    "add_life",
    "add_recurring",
    "chance_faults",
    "change_expected",
    "change_life",
    "change_recurring",
    "drop_premium",
    "event_words",
    "expected_faults",
    "expected_of",
    "first_planned_day",
    "last_year_again",
    "life_faults",
    "life_words",
    "own_plan",
    "plan_of",
    "premium_faults",
    "recurring_faults",
    "recurring_of",
    "remove_expected",
    "remove_life",
    "remove_recurring",
    "set_illness",
    "set_premium",
    "set_wage_growth",
    "visit_faults",
]

LEAST_GROWTH, MOST_GROWTH = Decimal("-0.5"), Decimal(1)
MOST_ILLNESS = Decimal(5)
"""How many times as much unplanned illness as usual may be reckoned with."""
_MOST_SPREAD = Decimal(10)
_T = TypeVar("_T")


def own_plan(family: Family) -> Change:
    """Instead of last year once more: the same, written down to be changed."""
    return Change("改成自己的预计", tidied(replace(family, plan=plan_of(family))))


def last_year_again(family: Family) -> Change:
    return Change("预计恢复为照去年一样", replace(family, plan=None))


# ------------------------------------------------------------------------------------------------------ bills


def add_recurring(family: Family, item: Recurring) -> Change | Refused:
    faults = tuple(recurring_faults(family, item))
    if faults:
        return Refused(faults)
    named = replace(item, visit=replace(item.visit, id=free_id(family, "plan")))
    plan = plan_of(family)
    after = replace(plan, recurring=(*plan.recurring, named))
    return kept(family, after, f"添加{event_words(family, item.visit)}预计", named.visit.id)


def change_recurring(family: Family, item_id: str, item: Recurring) -> Change | Refused:
    """Raises `KeyError` for an unknown id."""
    faults = tuple(recurring_faults(family, item))
    if faults:
        return Refused(faults)
    plan, named = plan_of(family), replace(item, visit=replace(item.visit, id=item_id))
    before = recurring_of(plan, item_id)
    after = replace(plan, recurring=_instead(plan.recurring, before, named))
    return kept(family, after, f"改动{event_words(family, item.visit)}预计", item_id)


def remove_recurring(family: Family, item_id: str) -> Change:
    plan = plan_of(family)
    gone = recurring_of(plan, item_id)
    after = replace(plan, recurring=_instead(plan.recurring, gone))
    return _planned(family, after, f"删去{event_words(family, gone.visit)}预计")


def recurring_of(plan: Plan, item_id: str) -> Recurring:
    for one in plan.recurring:
        if one.visit.id == item_id:
            return one
    raise KeyError(item_id)


def recurring_faults(family: Family, item: Recurring) -> Iterator[Fault]:
    """Each names the field it belongs to: `patient`, `total_fee`, `since`, `until`, `happens`, `spread`."""
    yield from visit_faults(family, item.visit)
    yield from stretch_faults(item.visit.on, item.until)
    first = first_planned_day(family)
    if item.until is not None and item.visit.on <= item.until < first:
        yield Fault("until", f"{first} 以前就结束了，不会再有", "请改正，或删去这一笔")
    if item.chance is not None:
        yield from chance_faults(item.chance)


def chance_faults(chance: Chance) -> Iterator[Fault]:
    if not 0 <= chance.happens <= 1:
        yield Fault("happens", "可能性要在 0 到 100 之间")
    if not 0 <= chance.spread <= _MOST_SPREAD:
        yield Fault("spread", f"金额的波动要在 0 到 {_MOST_SPREAD * 100} 之间")


def visit_faults(family: Family, visit: Visit) -> Iterator[Fault]:
    if all(one.id != visit.patient for one in family.people):
        yield Fault("patient", "没有选是谁的账单")
    charges = visit.charges
    if charges.total_fee <= NOTHING:
        yield Fault("total_fee", "没有写医疗费总额")
    elif charges.in_scope < NOTHING:
        what = f"全自费、先行自付和超限价合计大于医疗费总额 {charges.total_fee:,}"
        yield Fault("total_fee", what, "请改小这几项，或改大总额")
    if charges.fund_paid is not None and charges.fund_paid > charges.total_fee:
        yield Fault("fund_paid", "统筹支付大于医疗费总额")


# ---------------------------------------------------------------------------------------------- single events


def add_expected(family: Family, event: Event) -> Change | Refused:
    faults = tuple(expected_faults(family, event))
    if faults:
        return Refused(faults)
    plan, named = plan_of(family), replace(event, id=free_id(family, "plan", event.on))
    after = replace(plan, expected=(*plan.expected, named))
    return kept(family, after, f"添加{event_words(family, event)}预计", named.id)


def change_expected(family: Family, event_id: str, event: Event) -> Change | Refused:
    """Raises `KeyError` for an unknown id."""
    faults = tuple(expected_faults(family, event))
    if faults:
        return Refused(faults)
    plan, named = plan_of(family), replace(event, id=event_id)
    after = replace(plan, expected=_instead(plan.expected, expected_of(plan, event_id), named))
    return kept(family, after, f"改动{event_words(family, event)}预计", event_id)


def remove_expected(family: Family, event_id: str) -> Change:
    """What takes it back goes along."""
    plan = plan_of(family)
    gone = expected_of(plan, event_id)
    kept = tuple(
        one
        for one in plan.expected
        if one.id != event_id and not (isinstance(one, Refund) and one.of == event_id)
    )
    return _planned(family, replace(plan, expected=kept), f"删去{event_words(family, gone)}预计")


def expected_of(plan: Plan, event_id: str) -> Event:
    for one in plan.expected:
        if one.id == event_id:
            return one
    raise KeyError(event_id)


def expected_faults(family: Family, event: Event) -> Iterator[Fault]:
    first = first_planned_day(family)
    if event.on < first:
        place, page = ("on", "流水") if is_matter(event) else ("since", "结算")
        yield Fault(place, f"预计从 {first} 起算，更早的不会算进去", f"已经发生的，请在{page}里记入")
    elif not is_matter(event):
        yield from stretch_faults(event.on, None)
    if isinstance(event, Visit):
        yield from visit_faults(family, event)
    elif is_matter(event):
        yield from matter_faults(family, event)


# --------------------------------------------------------------------------------------------------- premiums


def set_premium(family: Family, premium: PlannedPremium) -> Change | Refused:
    """One for each person: an earlier one is replaced."""
    faults = tuple(premium_faults(family, premium))
    if faults:
        return Refused(faults)
    plan = plan_of(family)
    before = next((one for one in plan.premiums if one.insured == premium.insured), None)
    after = _instead(plan.premiums, before, premium) if before else (*plan.premiums, premium)
    verb = "改动" if before else "添加"
    who = called(family, premium.insured)
    return kept(family, replace(plan, premiums=after), f"{verb}{who}的保费预计", premium.insured)


def drop_premium(family: Family, insured: str) -> Change:
    plan = plan_of(family)
    kept = tuple(one for one in plan.premiums if one.insured != insured)
    return _planned(family, replace(plan, premiums=kept), f"删去{called(family, insured)}的保费预计")


def premium_faults(family: Family, premium: PlannedPremium) -> Iterator[Fault]:
    known = {one.id: one for one in family.people}
    if premium.insured not in known:
        yield Fault("insured", "没有选给谁缴费")
    payer = premium.paid_from
    if payer is not None and (payer not in known or known[payer].account is None):
        yield Fault("paid_from", "这位家人没有登记个人账户", "请选有账户的人，或选现金")


# ----------------------------------------------------------------------------------------------- life, wages


def add_life(family: Family, event: LifeEvent) -> Change | Refused:
    faults = tuple(life_faults(family, event)) or tuple(_dies_twice(family, event))
    if faults:
        return Refused(faults)
    plan = plan_of(family)
    return kept(family, replace(plan, life=(*plan.life, event)), f"添加{life_words(family, event)}")


def change_life(family: Family, before: LifeEvent, event: LifeEvent) -> Change | Refused:
    faults = tuple(life_faults(family, event, before)) or tuple(_dies_twice(family, event, before))
    if faults:
        return Refused(faults)
    plan = plan_of(family)
    after = replace(plan, life=_instead(plan.life, before, event))
    return kept(family, after, f"改动{life_words(family, event)}")


def remove_life(family: Family, event: LifeEvent) -> Change:
    plan = plan_of(family)
    after = replace(plan, life=_instead(plan.life, event))
    return _planned(family, after, f"删去{life_words(family, event)}")


def life_faults(family: Family, event: LifeEvent, before: LifeEvent | None = None) -> Iterator[Fault]:
    person = next((one for one in family.people if one.id == event.person), None)
    if person is None:
        yield Fault("person", "没有选是谁")
        return
    if event.on <= family.as_of:
        yield Fault("since", f"要写 {family.as_of} 以后的一天", "已经发生的，请改这位家人的参保记录")
    else:
        yield from stretch_faults(event.on, None)
    if event != before and event in plan_of(family).life:
        yield Fault("since", "已经写了同样的一件")
    held = person.coverage_on(family.as_of)
    works = held is not None and held.scheme is Scheme.EMPLOYEE and held.status is not Status.RETIRED
    joins = any(isinstance(one, Enrols) and one.person == person.id for one in plan_of(family).life)
    if isinstance(event, Retires) and not works and not joins:
        yield Fault("person", "这位家人现在不是在职职工，不能退休", "先写参加工作，或改参保记录")


def _dies_twice(family: Family, event: LifeEvent, before: LifeEvent | None = None) -> Iterator[Fault]:
    """In one plan; a scenario may let it be earlier."""
    others = (one for one in plan_of(family).life if one != before and isinstance(one, Dies))
    if isinstance(event, Dies) and any(one.person == event.person for one in others):
        yield Fault("person", "这位家人的身故已经写了", "请改那一件")


def set_wage_growth(family: Family, ratio: Decimal) -> Change | Refused:
    if not LEAST_GROWTH <= ratio <= MOST_GROWTH:
        return Refused((Fault("wage_growth", "每年涨幅要在 -50% 到 100% 之间"),))
    return kept(family, replace(plan_of(family), wage_growth=ratio), "改动工资涨幅")


def set_illness(family: Family, factor: Decimal) -> Change | Refused:
    if not 0 <= factor <= MOST_ILLNESS:
        return Refused((Fault("illness", f"计划外看病要在 0 到 {MOST_ILLNESS} 倍之间"),))
    return kept(family, replace(plan_of(family), illness=factor), "改动计划外看病的多少")


# ------------------------------------------------------------------------------------------------------ words


def event_words(family: Family, event: Event) -> str:
    """母亲的住院, 女儿的保费, 一笔退费, 母亲的退休."""
    match event:
        case Refund():
            return "一笔退费"
        case Visit():
            return f"{called(family, event.patient)}的{label(event.setting)}"
        case PremiumPayment():
            return f"{called(family, event.insured)}的保费"
        case _:
            return matter_name(family, event)


def life_words(family: Family, event: LifeEvent) -> str:
    """本人退休, 母亲迁居, 女儿参加工作, 祖母身故."""
    return f"{called(family, event.person)}{life_kind(event)}"


def life_kind(event: LifeEvent) -> str:
    if isinstance(event, Enrols):
        works = event.scheme is Scheme.EMPLOYEE and event.status is Status.ACTIVE
        return "参加工作" if works else "换险种"
    return {Retires: "退休", Moves: "迁居", Dies: "身故"}[type(event)]


# ------------------------------------------------------------------------------------------------- the family


def kept(family: Family, plan: Plan, step: str, about: str = "") -> Change | Refused:
    """The family with this plan, if its book has room for it; each fault names the field it is about."""
    faults = plan_faults(family, plan)
    if faults:
        return Refused(tuple(replace(one, place=one.place.rpartition(".")[2]) for one in faults))
    return _planned(family, plan, step, about)


def _planned(family: Family, plan: Plan, step: str, about: str = "") -> Change:
    return Change(step, tidied(replace(family, plan=plan)), about)


def _instead(items: tuple[_T, ...], before: _T, *after: _T) -> tuple[_T, ...]:
    """The first that equals `before` makes room for `after`."""
    place = items.index(before)
    return (*items[:place], *after, *items[place + 1 :])
