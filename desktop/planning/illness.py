"""计划外的病。How often and how dearly one falls ill: as the family says, else by records, else by age.

Every number behind it is a value of the packs: how many records are enough, and what is usual.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from statistics import stdev
from typing import TYPE_CHECKING, NamedTuple, cast

from desktop.domain.care import Charges, Facility, Level, Provider, Setting, Visit
from desktop.domain.money import NOTHING, Money, Rate, at, total
from desktop.domain.months import add_months, months_apart
from desktop.domain.people import age_on
from desktop.domain.plan import Chance, Plan, Risk
from desktop.domain.premium import Refund
from desktop.planning.expected import expected_events, first_planned_day
from desktop.planning.lives import last_days
from desktop.planning.matters import as_lived
from desktop.policy.policy import NotCovered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from desktop.domain.clause import Clause
    from desktop.domain.family import Family
    from desktop.domain.people import Person
    from desktop.domain.plan import Recurring
    from desktop.policy.book import Book
    from desktop.policy.pack import Value
    from desktop.policy.policy import Policy, Term

_A_YEAR = 12  # months
_HUNDREDTH = Decimal("0.01")


class Origin(StrEnum):
    """由来。Whose word it is: the plan's own, what the records show, or what is usual."""

    STATED = "stated"
    RECORDS = "records"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Expectation:
    """`because` is the value of the packs that it rests on, None for the plan's own word; `records` counts
    their visits of this kind of late, whether enough or not.
    """

    risk: Risk
    origin: Origin
    because: Clause | None = None
    records: int = 0


class _Keys(NamedTuple):
    a_year: str
    fee: str
    spread: str


_KEYS = {
    Setting.OUTPATIENT: _Keys(
        "illness.outpatient_a_year", "illness.outpatient_fee", "illness.outpatient_spread"
    ),
    Setting.INPATIENT: _Keys("illness.stays_a_year", "illness.stay_fee", "illness.stay_spread"),
}
UNPLANNED = tuple(_KEYS)
"""The kinds of visit that come without being planned."""


def as_usual(family: Family, book: Book, first: date) -> tuple[Expectation, ...]:
    """What comes unplanned in the year from `first` on, before the plan's factor.

    What the plan says of a person and a kind of visit holds. Else whoever is alive and insured on `first` may
    fall ill, but for the kinds of visit that the plan expects of them anyway within a year.
    """
    return tuple(_as_usual(family, _assuming(book), first))


def _as_usual(family: Family, book: Book, first: date) -> Iterator[Expectation]:
    plan = family.plan or Plan()
    stated = {(one.visit.patient, one.visit.setting): one for one in plan.risks}
    planned = _planned(family, book, first)
    died = last_days((*plan.life, *family.events, *plan.expected))
    for person in as_lived(family, book, first).people:
        for setting in Setting if died.get(person.id, first) >= first else ():
            risk = stated.get((person.id, setting))
            if risk is not None:
                yield Expectation(risk, Origin.STATED)
            elif setting in UNPLANNED and (person.id, setting) not in planned and _insured(person, first):
                with suppress(NotCovered):  # a set of packs that says nothing of illness
                    yield _by_case(_case(family, book, person, first), setting)


def unplanned_visit(family: Family, book: Book, patient: str, setting: Setting) -> Visit:
    """What such a visit of theirs is like: where they go, at what charges. Raises `NotCovered`."""
    return _typical(_case_of(family, book, patient), setting)


def scaled(charges: Charges[Money], fee: Money) -> Charges[Money]:
    """A bill of the same make for another sum."""
    if not charges.total_fee:
        return Charges(fee, NOTHING, NOTHING, NOTHING, charges.fund_paid)
    rate = Rate(fee, charges.total_fee)
    own = at(charges.fully_self_funded, rate)
    over = at(charges.over_limit_self_funded, rate).least(fee - own)
    upfront = at(charges.upfront_copay, rate).least(fee - own - over)
    fund = None if charges.fund_paid is None else at(charges.fund_paid, rate).least(fee)
    return Charges(fee, own, over, upfront, fund)


def chance_of(recurring: Recurring, family: Family, book: Book) -> tuple[Chance, Origin, Clause | None]:
    """How sure a planned bill is. What comes is as sure as is usual; records of their own tell how it varies.

    Where no pack speaks of it, it is taken to be sure.
    """
    if recurring.chance is not None:
        return recurring.chance, Origin.STATED, None
    visit = recurring.visit
    try:
        case = _case_of(family, book, visit.patient)
        happens = case.policy.term("illness.recurring_happens", visit.setting)
        usual = case.policy.term("illness.recurring_spread", visit.setting)
        own = case.of(visit.setting)
        varied = _spread(own) if case.tells(len(own)) else Decimal(0)
    except NotCovered:
        return Chance(), Origin.USUAL, None
    chance = Chance(_number(happens), varied or _number(usual))
    return chance, Origin.RECORDS if varied else Origin.USUAL, happens


# ------------------------------------------------------------------------------------------ one person's case


@dataclass(frozen=True, slots=True)
class _Case:
    """A person, what the packs say where they are insured, and their visits of late, newest first.

    `kept` is for how many months the family has written its visits down, `months` over how many they are
    spread: a year at least.
    """

    person: Person
    area: str
    first: date
    policy: Policy
    visits: tuple[Visit, ...]
    kept: int
    months: int

    def of(self, setting: Setting) -> tuple[Visit, ...]:
        return tuple(one for one in self.visits if one.setting is setting)

    def tells(self, visits: float | Decimal) -> bool:
        """Are so many enough to go by?"""
        return visits >= self.policy.count("illness.records_least").value


def _case(family: Family, book: Book, person: Person, first: date) -> _Case:
    area = person.area_on(first)
    policy = book.law(area, first).policy
    longest = policy.count("illness.records_months").value
    since = add_months(family.as_of, -longest)
    late = [one for one in family.events if since < one.on <= family.as_of]
    back = {one.of for one in family.events if isinstance(one, Refund)}
    visits = [
        one for one in late if isinstance(one, Visit) and one.patient == person.id and one.id not in back
    ]
    begun = min((one.on for one in late), default=family.as_of)
    kept = months_apart(begun, family.as_of) + 1
    least = policy.count("illness.records_months_least").value
    return _Case(
        person=person,
        area=area,
        first=first,
        policy=policy,
        visits=tuple(sorted(visits, key=lambda one: one.on, reverse=True)),
        kept=min(kept, longest),
        months=max(least, min(kept, longest)),
    )


def _case_of(family: Family, book: Book, person: str) -> _Case:
    """On the first planned day."""
    first, assuming = first_planned_day(family), _assuming(book)
    return _case(family, assuming, as_lived(family, assuming, first).person(person), first)


def _by_case(case: _Case, setting: Setting) -> Expectation:
    """Records tell where there are enough, or where at this age there would be: then they say how few."""
    own = case.of(setting)
    usual = _by_age(case, setting, len(own))
    would_be = usual.risk.a_year * case.kept / _A_YEAR if case.visits else 0
    return _by_records(case, usual, own) if case.tells(max(len(own), would_be)) else usual


def _by_records(case: _Case, usual: Expectation, own: Sequence[Visit]) -> Expectation:
    """As often as the records say; as dear and as varied too, where there are enough of them."""
    a_year = (Decimal(len(own) * _A_YEAR) / case.months).quantize(_HUNDREDTH)
    spread = _spread(own) if case.tells(len(own)) else usual.risk.spread
    risk = replace(usual.risk, a_year=a_year, spread=spread)
    return Expectation(risk, Origin.RECORDS, case.policy.count("illness.records_least"), len(own))


def _by_age(case: _Case, setting: Setting, records: int) -> Expectation:
    keys, policy = _KEYS[setting], case.policy
    born = case.person.born
    assumed = policy.count("illness.usual_age")
    age = assumed.value if born is None else max(age_on(born, case.first), 0)
    a_year = _of_age(policy.term(keys.a_year), age)
    risk = Risk(_typical(case, setting), a_year.value, _number(policy.term(keys.spread)))
    return Expectation(risk, Origin.USUAL, assumed if born is None else a_year, records)


def _of_age(bands: Term[Value], age: int) -> Term[Decimal]:
    """The band that an age falls into: the last that has begun."""
    begun = [one for one in cast("tuple[Mapping[str, Decimal], ...]", bands.value) if one["from"] <= age]
    return bands.with_value(Decimal(begun[-1]["per_year"]))


def _typical(case: _Case, setting: Setting) -> Visit:
    own, provider = case.of(setting), _provider(case, setting)
    charges = _mean(own) if case.tells(len(own)) else _usual_charges(case.policy, setting, provider)
    return Visit(
        f"unplanned-{case.person.id}-{setting}", case.first, case.person.id, setting, provider, charges
    )


def _provider(case: _Case, setting: Setting) -> Provider:
    """Where they went most for such visits; else a hospital of the usual level where they are insured."""
    known = Counter(
        one.provider for one in case.of(setting) if one.provider.level and one.provider.designated
    )
    if known:
        return known.most_common(1)[0][0]
    level = Level(case.policy.word("illness.usual_level").value)
    return Provider(Facility.HOSPITAL, designated=True, area=case.area, level=level)


def _mean(visits: Sequence[Visit]) -> Charges[Money]:
    bills = [one.charges for one in visits]
    whole = Charges(
        total(one.total_fee for one in bills),
        total(one.fully_self_funded for one in bills),
        total(one.over_limit_self_funded for one in bills),
        total(one.upfront_copay for one in bills),
    )
    return scaled(whole, whole.total_fee.divided_by(len(bills)))


def _usual_charges(policy: Policy, setting: Setting, provider: Provider) -> Charges[Money]:
    fee = policy.money(_KEYS[setting].fee, provider.level or "").value
    own = at(fee, policy.rate("illness.out_of_scope_share").value)
    upfront = at(fee, policy.rate("illness.upfront_share").value).least(fee - own)
    return Charges(fee, own, NOTHING, upfront)


def _spread(visits: Sequence[Visit]) -> Decimal:
    """How far their bills vary: standard deviation over mean."""
    fees = [int(one.charges.total_fee) for one in visits]
    if len(fees) <= 1 or not any(fees):
        return Decimal(0)
    return Decimal(stdev(fees) * len(fees) / sum(fees)).quantize(_HUNDREDTH)


# ------------------------------------------------------------------------------------------- the whole family


def _planned(family: Family, book: Book, first: date) -> set[tuple[str, Setting]]:
    """Whose visits of what kind are expected within a year."""
    events = expected_events(family, book, add_months(first, _A_YEAR))
    return {(one.patient, one.setting) for one in events if isinstance(one, Visit) and one.on >= first}


def _insured(person: Person, day: date) -> bool:
    held = person.coverage_on(day)
    return held is not None and held.gives_benefits


def _assuming(book: Book) -> Book:
    """Past what the packs cover, the last values are carried on."""
    return book if book.assumes_unchanged else book.assuming_unchanged()


def _number(term: Term[Value]) -> Decimal:
    return Decimal(cast("Decimal", term.value))
