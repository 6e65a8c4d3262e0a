"""人生大事。What retiring, moving, changing scheme or dying makes of people, bindings and what is expected.

Each event changes what holds from its day on; what was before stays as it was recorded. Of events that make
no sense together the earlier holds: nobody does anything after their death, and nobody dies twice.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.domain.account import Account, Base
from desktop.domain.care import Visit
from desktop.domain.matter import Death, Enrolment, Payout, Retirement
from desktop.domain.money import MOST_YUAN, NOTHING, Money
from desktop.domain.people import Coverage, Scheme, Status
from desktop.domain.plan import Dies, Enrols, Moves, Retires
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.policy.book import day_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from desktop.domain.binding import Binding
    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.domain.people import Person
    from desktop.domain.plan import LifeEvent, Plan

_DAY = timedelta(days=1)


def lived(family: Family, life: Sequence[LifeEvent], until: date) -> Family:
    """The family as its life events up to `until` (inclusive) leave it; twice is the same as once."""
    if not life:
        return family
    people = {person.id: person for person in family.people}
    deaths = last_days(life)
    areas: dict[str, str] = {}
    # 同一天的，去世在最后。
    for event in sorted(life, key=lambda one: (one.on, isinstance(one, Dies))):
        if event.person in people and event.on <= min(until, deaths.get(event.person, until)):
            people[event.person] = _after(people[event.person], event, areas.get(event.person))
            if isinstance(event, Moves | Enrols):
                areas[event.person] = event.area
    died = {person: day for person, day in deaths.items() if day <= until}
    return replace(
        family, people=tuple(people.values()), bindings=tuple(_of_the_living(family.bindings, died))
    )


def last_days(life: Iterable[LifeEvent | Event]) -> dict[str, date]:
    """The day on which each of those dies who do: the last on which anything is expected of them."""
    days: dict[str, date] = {}
    for event in life:
        if isinstance(event, Dies | Death):
            days[event.person] = min(event.on, days.get(event.person, event.on))
    return days


def still_expected(
    events: Sequence[Event], people: Mapping[str, Person], life: Sequence[LifeEvent | Event]
) -> Iterator[Event]:
    """Without what nobody has to pay any more; `people` as `life` leaves them, plans and matters alike.

    Gone is what the dead would have had, the premium of someone who by then is no resident, and the refund of
    what does not come. What the dead would have paid for others is paid in cash.
    """
    deaths = last_days(life)
    enrolling = {
        event.person for event in life if isinstance(event, Enrols | Retires | Enrolment | Retirement)
    }
    gone = {event.id for event in events if _outlives(event, deaths)}
    gone |= {event.id for event in events if _no_resident(event, people, enrolling)}
    for event in events:
        if event.id in gone or (isinstance(event, Refund) and event.of in gone):
            continue
        payer = event.paid_from if isinstance(event, PremiumPayment) else None
        if isinstance(event, PremiumPayment) and payer is not None and event.on > deaths.get(payer, date.max):
            yield replace(event, paid_from=None)
        else:
            yield event


def grown(person: Person, plan: Plan | None, as_of: date, until: date) -> Person:
    """A person whose wage base grows each January, by the plan's ratio a year."""
    account = person.account
    if account is None or not account.bases or plan is None or not plan.wage_growth:
        return person
    bases = list(account.bases)
    for year in range(as_of.year + 1, until.year + 1):
        january = date(year, 1, 1)
        known = max(
            (one for one in account.bases if one.since <= january), key=lambda one: one.since, default=None
        )
        if known is None or known.since == january:
            continue
        factor = (1 + plan.wage_growth) ** (year - max(as_of.year, known.since.year))
        bases.append(Base(january, Money.yuan(min(Decimal(str(known.monthly)) * factor, MOST_YUAN))))
    return replace(person, account=replace(account, bases=tuple(bases)))


def _after(person: Person, event: LifeEvent, area: str | None) -> Person:
    """`area` is where an event before this one led."""
    before = tuple(before_day(person.coverage, event.on))
    match event:
        case Retires():
            return replace(person, coverage=(*before, *_retired(person, event.on, area)))
        case Moves():
            ahead = (replace(one, area=event.area) for one in valid_from(person, event.on))
            return replace(person, coverage=(*before, *ahead))
        case Enrols():
            enrolled = Coverage(event.scheme, event.status, event.area, event.on)
            return replace(person, coverage=(*before, enrolled), account=_account(person.account, event))
        case Dies():
            return replace(person, coverage=tuple(before_day(person.coverage, day_after(event.on))))


def _retired(person: Person, on: date, area: str | None) -> Iterator[Coverage]:
    """Only an employee retires; someone who is insured otherwise stays so."""
    held = person.coverage_on(on)
    past = [one for one in person.coverage if one.since <= on]
    last = held or max(past, key=lambda one: one.since, default=None)
    if last is not None and last.scheme is Scheme.EMPLOYEE:
        where = last.area if held is not None or area is None else area
        yield Coverage(Scheme.EMPLOYEE, Status.RETIRED, where, on)
    else:
        yield from valid_from(person, on)


def before_day(coverage: Iterable[Coverage], day: date) -> Iterator[Coverage]:
    """What there was before a day."""
    for one in coverage:
        if one.since < day:
            last = day - _DAY
            yield one if one.until is not None and one.until <= last else replace(one, until=last)


def valid_from(person: Person, day: date) -> Iterator[Coverage]:
    """The stretches that stay valid from a day on, one after another and no two at once."""
    turns = {day, *(one.since for one in person.coverage)}
    turns |= {day_after(one.until) for one in person.coverage if one.until is not None}
    ahead = sorted(turn for turn in turns if turn >= day)
    for since, following in zip(ahead, [*ahead[1:], None], strict=True):
        held = person.coverage_on(since)
        if held is not None:
            yield replace(held, since=since, until=held.until if following is None else following - _DAY)


def _account(account: Account | None, event: Enrols) -> Account | None:
    """An employee's account opens empty; one that there is stays, whatever its owner becomes."""
    if event.scheme is not Scheme.EMPLOYEE or event.status is Status.FLEXIBLE:
        return account
    account = account or Account(event.on, NOTHING)
    if event.monthly_base is None:
        return account
    earlier = (base for base in account.bases if base.since < event.on)
    return replace(account, bases=(*earlier, Base(event.on, event.monthly_base)))


def _of_the_living(bindings: Iterable[Binding], died: Mapping[str, date]) -> Iterator[Binding]:
    for binding in bindings:
        last = min(died.get(binding.payer, date.max), died.get(binding.beneficiary, date.max))
        if binding.since <= last:
            ends = last < (binding.until or date.max)
            yield replace(binding, until=last) if ends else binding


def _outlives(event: Event, deaths: Mapping[str, date]) -> bool:
    match event:
        case Visit():
            return event.on > deaths.get(event.patient, date.max)
        case PremiumPayment():
            return event.on > deaths.get(event.insured, date.max)
        case WalletTransfer() | WalletQuota():
            first = min(deaths.get(one, date.max) for one in (event.payer, event.beneficiary))
            return event.on > first
        # 身后的事，只有领取余额。
        case Refund() | Payout():
            return False
        case _:
            return event.on > deaths.get(event.person, date.max)


def _no_resident(event: Event, people: Mapping[str, Person], enrolling: set[str]) -> bool:
    """Whether a premium is for someone whose scheme changes, and who is no resident when its year begins."""
    if not isinstance(event, PremiumPayment) or event.insured not in enrolling:
        return False
    held = people[event.insured].coverage_on(date(event.benefit_year, 1, 1))
    return held is None or held.scheme is not Scheme.RESIDENT
