"""看病的估计。How often and how dearly each of the family falls ill, on whose word, and one's own word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.domain.money import NOTHING
from desktop.domain.plan import Chance, Risk
from desktop.domain.terms import label
from desktop.planning.expected import first_planned_day
from desktop.planning.illness import UNPLANNED, Origin, as_usual, chance_of, scaled, unplanned_visit
from desktop.planning.last_year import plan_of
from desktop.planning.timeline import holder_of
from desktop.policy.policy import NotCovered
from desktop.usecases.changes import Change, Fault, Refused, free_id, tidied
from desktop.usecases.kin import called, kinship
from desktop.usecases.plan_items import chance_faults, change_recurring, kept, recurring_of, set_illness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desktop.domain.care import Setting, Visit
    from desktop.domain.clause import Clause
    from desktop.domain.family import Family
    from desktop.domain.money import Money
    from desktop.domain.plan import Plan, Recurring
    from desktop.policy.book import Book
    from desktop.usecases.kin import Kin

__all__ = [
    "UNPLANNED",
    "Odd",
    "Origin",
    "RiskEntry",
    "forget_chance",
    "forget_risk",
    "odds",
    "set_chance",
    "set_illness",
    "set_risk",
    "usual_chance",
]

MOST_A_YEAR = 366
_A_YEAR = Decimal(12)  # months


@dataclass(frozen=True, slots=True)
class Odd:
    """One person's visits of one kind: how many a year, what each costs, how far that varies.

    `recurring` is the planned bill it speaks of, and `happens` how likely that comes each time; it is empty
    for what nobody plans, which is told before the plan's factor. `because` is the value of the packs it
    rests on, `records` how many such visits are on record of late.
    """

    person: str
    who: str
    setting: Setting
    a_year: Decimal
    fee: Money
    spread: Decimal
    origin: Origin
    because: Clause | None
    records: int = 0
    recurring: str = ""
    happens: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class RiskEntry:
    """What a person writes down of visits that nobody plans."""

    a_year: Decimal
    fee: Money
    spread: Decimal


def odds(family: Family, book: Book) -> tuple[Odd, ...]:
    """Everyone's, in the order of the family: first what nobody plans, then the planned bills."""
    known = kinship(family, holder_of(family))
    listed = [*_unplanned(family, book, known), *_planned(family, book, known)]
    place = {person.id: number for number, person in enumerate(family.people)}
    return tuple(sorted(listed, key=lambda one: place[one.person]))


def set_risk(
    family: Family, book: Book, patient: str, setting: Setting, entry: RiskEntry
) -> Change | Refused:
    """From now on this holds for them, whatever their records or their age say.

    Where they go, and what of a bill no fund pays, stays as it was reckoned.
    """
    faults = [*_risk_faults(setting, entry)]
    if faults:
        return Refused(tuple(faults))
    plan = plan_of(family)
    said = [one.visit for one in plan.risks if _is(one, patient, setting)]
    try:
        visit = said[0] if said else _new_visit(family, book, patient, setting)
    except NotCovered:
        what = "现在用的政策包没有看病多少的估计，不知道费用怎样划分"
        return Refused((Fault("", what, "请用程序自带的全国政策包"),))
    priced = replace(visit, charges=scaled(visit.charges, entry.fee))
    after = _without(plan, patient, setting)
    after = replace(after, risks=(*after.risks, Risk(priced, entry.a_year, entry.spread)))
    return kept(family, after, f"改动{_words(family, patient, setting)}", patient)


def forget_risk(family: Family, patient: str, setting: Setting) -> Change:
    """By records or age again."""
    after = _without(plan_of(family), patient, setting)
    return Change(f"恢复{_words(family, patient, setting)}", tidied(replace(family, plan=after)), patient)


def set_chance(family: Family, recurring: str, happens: Decimal, spread: Decimal) -> Change | Refused:
    """Raises `KeyError` for an unknown bill."""
    return _with_chance(family, recurring, Chance(happens, spread))


def forget_chance(family: Family, recurring: str) -> Change | Refused:
    """As sure as is usual again. Raises `KeyError` for an unknown bill."""
    return _with_chance(family, recurring, None)


def usual_chance(family: Family, book: Book, item: Recurring) -> Chance:
    """How sure such a bill is taken to be, whatever it says itself."""
    return chance_of(replace(item, chance=None), family, book)[0]


def _unplanned(family: Family, book: Book, known: Mapping[str, Kin]) -> Iterator[Odd]:
    for one in as_usual(family, book, first_planned_day(family)):
        visit = one.risk.visit
        yield Odd(
            person=visit.patient,
            who=known[visit.patient].word,
            setting=visit.setting,
            a_year=one.risk.a_year,
            fee=visit.charges.total_fee,
            spread=one.risk.spread,
            origin=one.origin,
            because=one.because,
            records=one.records,
        )


def _planned(family: Family, book: Book, known: Mapping[str, Kin]) -> Iterator[Odd]:
    for one in plan_of(family).recurring:
        visit = one.visit
        chance, origin, because = chance_of(one, family, book)
        yield Odd(
            person=visit.patient,
            who=known[visit.patient].word,
            setting=visit.setting,
            a_year=_A_YEAR / one.every.months,
            fee=visit.charges.total_fee,
            spread=chance.spread,
            origin=origin,
            because=because,
            recurring=visit.id,
            happens=chance.happens,
        )


def _new_visit(family: Family, book: Book, patient: str, setting: Setting) -> Visit:
    return replace(unplanned_visit(family, book, patient, setting), id=free_id(family, "plan"))


def _with_chance(family: Family, recurring: str, chance: Chance | None) -> Change | Refused:
    item = recurring_of(plan_of(family), recurring)
    return change_recurring(family, recurring, replace(item, chance=chance))


def _risk_faults(setting: Setting, entry: RiskEntry) -> Iterator[Fault]:
    if setting not in UNPLANNED:
        yield Fault("setting", f"{label(setting)}请写成预计的账单", "计划外的只估计普通门诊和住院")
    if not 0 <= entry.a_year <= MOST_A_YEAR:
        yield Fault("a_year", f"一年的次数要在 0 到 {MOST_A_YEAR} 之间")
    if entry.fee <= NOTHING:
        yield Fault("fee", "没有写每次的费用")
    yield from chance_faults(Chance(spread=entry.spread))


def _is(risk: Risk, patient: str, setting: Setting) -> bool:
    return (risk.visit.patient, risk.visit.setting) == (patient, setting)


def _without(plan: Plan, patient: str, setting: Setting) -> Plan:
    return replace(plan, risks=tuple(one for one in plan.risks if not _is(one, patient, setting)))


def _words(family: Family, patient: str, setting: Setting) -> str:
    """母亲的住院估计."""
    return f"{called(family, patient)}的{label(setting)}估计"
