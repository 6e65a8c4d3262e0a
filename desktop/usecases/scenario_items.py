"""方案的内容。What a scenario lays over the baseline, as sentences that can be put in and taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from desktop.domain.binding import Binding
from desktop.domain.plan import premium_id
from desktop.domain.premium import Refund
from desktop.domain.terms import label
from desktop.planning.scenario import plan_of, with_scenario
from desktop.usecases.bindings import binding_of
from desktop.usecases.changes import Fault, Refused, free_id
from desktop.usecases.kin import called
from desktop.usecases.matter_words import matter_words
from desktop.usecases.matters import is_matter
from desktop.usecases.people import stretch_faults
from desktop.usecases.plan_items import event_words, expected_faults, life_words, recurring_of
from desktop.usecases.scenario_rules import change_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.event import Event, Matter
    from desktop.domain.family import Family
    from desktop.domain.plan import LifeEvent, PlannedPremium, Recurring, RuleChange, Scenario
    from desktop.usecases.bindings import BindingEntry
    from desktop.usecases.review import Review

_M = TypeVar("_M", bound="Matter")
_A_DAY = timedelta(days=1)


class Kind(StrEnum):
    """差别的种类。What a scenario may do otherwise than the baseline."""

    SWITCH = "switch"
    END = "end"
    PREMIUM = "premium"
    LEAVE_OUT = "leave_out"
    BILL = "bill"
    EVENT = "event"
    LIFE = "life"
    RULE = "rule"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Row:
    """差别。One sentence of what differs; `key` is the id of what it is about, or its place."""

    kind: Kind
    key: str
    says: str

    @property
    def id(self) -> str:
        return f"{self.kind} {self.key}"


def rows_of(seen: Review, scenario: Scenario) -> tuple[Row, ...]:
    """Everything that differs, in the order in which it is laid over the facts."""
    return (*_rows(seen.family, scenario), *_supposed(seen, scenario))


def _rows(family: Family, scenario: Scenario) -> Iterator[Row]:
    if scenario.plan is not None:
        yield Row(Kind.PLAN, "", f"用方案自己的一份预计：{_plan_words(scenario)}")
    for made in scenario.bindings:
        who, payer = called(family, made.beneficiary), called(family, made.payer)
        verb = "改由" if _ended_for(family, scenario, made) else "由"
        yield Row(Kind.SWITCH, made.id, f"{made.since} 起，{who}{verb}{payer}支付")
    merged = {name for made in scenario.bindings for name in _ended_for(family, scenario, made)}
    for name, day in scenario.ends.items():
        if name not in merged:
            held = binding_of(family, name)
            payer, who = called(family, held.payer), called(family, held.beneficiary)
            yield Row(Kind.END, name, f"{day} 解除{payer}与{who}的绑定")
    for premium in scenario.premiums:
        yield Row(Kind.PREMIUM, premium.insured, premium_words(family, premium))
    yield from _planned(family, scenario)
    for place, event in enumerate(scenario.life):
        yield Row(Kind.LIFE, str(place), f"{event.on} {life_words(family, event)}")


def _supposed(seen: Review, scenario: Scenario) -> Iterator[Row]:
    area = seen.holder.area_on(seen.family.as_of)
    for place, change in enumerate(scenario.rules):
        yield Row(Kind.RULE, str(place), f"{change.since} 起，{change_words(seen.book, area, change)}")


def _planned(family: Family, scenario: Scenario) -> Iterator[Row]:
    known = _may_be_left_out(family, scenario)
    for gone in scenario.leaves_out:
        what = known.get(gone, f"编号 {gone} 的一笔（预计里已经没有）")
        yield Row(Kind.LEAVE_OUT, gone, f"不再预计{what}")
    for item in scenario.recurring:
        words = f"{event_words(family, item.visit)}改按每次 {item.visit.charges.total_fee:,} 预计"
        yield Row(Kind.BILL, item.visit.id, words)
    for event in scenario.events:
        yield Row(Kind.EVENT, event.id, f"{event.on} {_more(family, event)}")


def _more(family: Family, event: Event) -> str:
    """多一笔母亲的住院, 弟弟的账户从东莞转到长沙."""
    if is_matter(event):
        return str(matter_words(family, event))
    return f"多一笔{'退费' if isinstance(event, Refund) else event_words(family, event)}"


def _bills(family: Family, scenario: Scenario) -> dict[str, str]:
    """The planned bills and events that a scenario may leave out, by id."""
    plan = plan_of(family) if scenario.plan is None else scenario.plan
    recurring = {one.visit.id: _bill_words(family, one) for one in plan.recurring}
    return recurring | {one.id: f"{one.on} {event_words(family, one)}" for one in plan.expected}


def _may_be_left_out(family: Family, scenario: Scenario) -> dict[str, str]:
    """Premiums and unplanned illness too, which a document may name."""
    plan = plan_of(family) if scenario.plan is None else scenario.plan
    premiums = {
        premium_id(one.insured): f"{called(family, one.insured)}的保费"
        for one in (*plan.premiums, *scenario.premiums)
    }
    risks = {one.visit.id: f"计划外的{event_words(family, one.visit)}" for one in plan.risks}
    return premiums | risks | _bills(family, scenario)


def _bill_words(family: Family, item: Recurring) -> str:
    """每年母亲的住院 12,337.88."""
    return f"{label(item.every)}{event_words(family, item.visit)} {item.visit.charges.total_fee:,}"


def _plan_words(scenario: Scenario) -> str:
    assert scenario.plan is not None
    plan = scenario.plan
    return (
        f"{len(plan.recurring)} 笔反复的账单，{len(plan.expected)} 件单次的事，{len(plan.premiums)} 人的保费"
    )


def premium_words(family: Family, premium: PlannedPremium) -> str:
    """女儿的保费改从配偶的账户付, 女儿的保费改付现金."""
    who = called(family, premium.insured)
    if premium.paid_from is None:
        return f"{who}的保费改付现金"
    return f"{who}的保费改从{called(family, premium.paid_from)}的账户付"


def without(family: Family, scenario: Scenario, row: Row) -> Scenario:
    """The scenario without one of its sentences; a switch takes along the endings that it made."""
    key = row.key
    if row.kind is Kind.SWITCH:
        return _without_switch(family, scenario, key)
    if row.kind is Kind.END:
        return replace(scenario, ends={name: day for name, day in scenario.ends.items() if name != key})
    if row.kind is Kind.PLAN:
        return replace(scenario, plan=None)
    changes: dict[str, tuple[object, ...]] = {
        "premiums": tuple(one for one in scenario.premiums if row.id != f"{Kind.PREMIUM} {one.insured}"),
        "leaves_out": tuple(one for one in scenario.leaves_out if row.id != f"{Kind.LEAVE_OUT} {one}"),
        "recurring": tuple(one for one in scenario.recurring if row.id != f"{Kind.BILL} {one.visit.id}"),
        "events": tuple(one for one in scenario.events if row.id != f"{Kind.EVENT} {one.id}"),
        "life": tuple(one for place, one in enumerate(scenario.life) if row.id != f"{Kind.LIFE} {place}"),
        "rules": tuple(one for place, one in enumerate(scenario.rules) if row.id != f"{Kind.RULE} {place}"),
    }
    return replace(scenario, **changes)  # type: ignore[arg-type]


def _without_switch(family: Family, scenario: Scenario, made_id: str) -> Scenario:
    made = next(one for one in scenario.bindings if one.id == made_id)
    undone = _ended_for(family, scenario, made)
    return replace(
        scenario,
        bindings=tuple(one for one in scenario.bindings if one is not made),
        ends={name: day for name, day in scenario.ends.items() if name not in undone},
    )


def _ended_for(family: Family, scenario: Scenario, made: Binding) -> tuple[str, ...]:
    """The bindings that a new one takes the place of: its beneficiary's, ended on the day before."""
    return tuple(
        name
        for name, day in scenario.ends.items()
        if day == made.since - _A_DAY and binding_of(family, name).beneficiary == made.beneficiary
    )


# ------------------------------------------------------------------------------------------------ put in


def switch(family: Family, scenario: Scenario, entry: BindingEntry) -> Scenario | Refused:
    """From a day on another one pays for someone; who paid until then is unbound on the day before."""
    faults = tuple(_switch_faults(family, scenario, entry))
    if faults:
        return Refused(faults)
    before = _with_draft(family, scenario)
    made = Binding(
        id=free_id(before, "binding", entry.since),
        payer=entry.payer,
        beneficiary=entry.beneficiary,
        relation=entry.relation,
        channel=entry.channel,
        since=entry.since,
        until=entry.until,
    )
    ends = {one.id: entry.since - _A_DAY for one in _paying(family, entry) if one.since < entry.since}
    return replace(scenario, ends={**scenario.ends, **ends}, bindings=(*scenario.bindings, made))


def _switch_faults(family: Family, scenario: Scenario, entry: BindingEntry) -> Iterator[Fault]:
    if entry.payer == entry.beneficiary:
        yield Fault("beneficiary", "共济人和使用人是同一个人", "自己用自己的账户不需要绑定")
    elif family.person(entry.payer).account is None:
        yield Fault("payer", "这位家人没有登记个人账户，不能作共济人", "先在其资料里登记账户")
    elif {one.payer for one in _paying(family, entry)} == {entry.payer}:
        yield Fault("payer", "现在就由这位家人支付", "请选另一位")
    if entry.since <= family.as_of:
        yield Fault("since", f"方案从 {family.as_of} 以后算起", "请写以后的一天")
    yield from stretch_faults(entry.since, entry.until)
    if any(one.beneficiary == entry.beneficiary for one in scenario.bindings):
        yield Fault("beneficiary", "这个方案里已经给这位家人换了人", "请先移去那一条")


def _paying(family: Family, entry: BindingEntry) -> Iterator[Binding]:
    """The bindings that hold for someone on the day of the switch, in its channel."""
    for one in family.bindings:
        if (one.beneficiary, one.channel) == (entry.beneficiary, entry.channel) and one.holds_on(entry.since):
            yield one


def end(family: Family, scenario: Scenario, binding: str, on: date) -> Scenario | Refused:
    """`on` is its last day."""
    held = binding_of(family, binding)
    faults = [*stretch_faults(held.since, on)]
    if on < family.as_of:
        faults.append(Fault("until", f"方案从 {family.as_of} 以后算起", "请写今天或以后的一天"))
    if faults:
        return Refused(tuple(faults))
    return replace(scenario, ends={**scenario.ends, binding: on})


def pay_premium(scenario: Scenario, premium: PlannedPremium) -> Scenario:
    kept = (one for one in scenario.premiums if one.insured != premium.insured)
    return replace(scenario, premiums=(*kept, premium))


def leave_out(scenario: Scenario, planned: str) -> Scenario:
    return replace(scenario, leaves_out=(*dict.fromkeys((*scenario.leaves_out, planned)),))


def bill_otherwise(scenario: Scenario, item: Recurring) -> Scenario:
    kept = (one for one in scenario.recurring if one.visit.id != item.visit.id)
    return replace(scenario, recurring=(*kept, item))


def happen(scenario: Scenario, event: LifeEvent) -> Scenario:
    return replace(scenario, life=(*scenario.life, event))


def with_matter(family: Family, scenario: Scenario, matter: _M) -> tuple[Scenario, _M] | Refused:
    """In the place of the one of the same id; under an id of its own where it has none yet."""
    faults = tuple(expected_faults(family, matter))
    if faults:
        return Refused(faults)
    if matter.id:
        events = tuple(matter if one.id == matter.id else one for one in scenario.events)
        return replace(scenario, events=events), matter
    named = replace(matter, id=free_id(_with_draft(family, scenario), "matter", matter.on))
    return replace(scenario, events=(*scenario.events, named)), named


def suppose(scenario: Scenario, change: RuleChange) -> Scenario:
    """One for each value and day."""
    where = (change.key, change.entry, change.since)
    kept = (one for one in scenario.rules if (one.key, one.entry, one.since) != where)
    return replace(scenario, rules=(*kept, change))


# ---------------------------------------------------------------------------------------------- what is open


def as_if(family: Family, scenario: Scenario) -> Family:
    """The family with a scenario laid over it, but for the rules it supposes."""
    return with_scenario(family, scenario)


def open_bindings(family: Family, scenario: Scenario) -> tuple[Binding, ...]:
    """Those that hold, and that the scenario does not end yet."""
    day = family.as_of
    return tuple(
        one
        for one in family.bindings
        if one.id not in scenario.ends and (one.until is None or one.until > day)
    )


def open_bills(family: Family, scenario: Scenario, *, recurring: bool = False) -> tuple[tuple[str, str], ...]:
    """What is planned and not left out: its id, and what it is called; `recurring`: only what comes back."""
    gone = set(scenario.leaves_out)
    plan = plan_of(family) if scenario.plan is None else scenario.plan
    comes_back = {one.visit.id for one in plan.recurring}
    return tuple(
        (name, words)
        for name, words in _bills(family, scenario).items()
        if name not in gone and (name in comes_back or not recurring)
    )


def bill_in(family: Family, scenario: Scenario, bill: str) -> Recurring:
    """A recurring bill as the scenario has it, or else as the family plans it."""
    own = next((one for one in scenario.recurring if one.visit.id == bill), None)
    return own or recurring_of(plan_of(family) if scenario.plan is None else scenario.plan, bill)


def _with_draft(family: Family, scenario: Scenario) -> Family:
    others = (one for one in family.scenarios if one.name != scenario.name)
    return replace(family, scenarios=(*others, scenario))
