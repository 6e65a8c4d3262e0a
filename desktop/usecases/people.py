"""家人的登记。Add a relative to a family, mend what is known of them, and take them out again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.care import Visit
from desktop.domain.event import named
from desktop.domain.money import NOTHING
from desktop.domain.people import Person, Sex
from desktop.domain.premium import PremiumPayment, Refund
from desktop.planning.timeline import holder_of
from desktop.usecases.changes import Change, Fault, Refused, free_id, tidied
from desktop.usecases.kin import called
from desktop.usecases.person_history import RETIREMENT_AGES, history_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop.domain.account import Account
    from desktop.domain.binding import Binding, Relation
    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.domain.people import Coverage, History
    from desktop.domain.plan import Plan, Scenario

LONGEST_NAME = 50
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""The days a family document may hold."""

_NUMBER = re.compile(r"[1-9]\d{5}(\d{8})\d{2}(\d)[\dX]", re.ASCII)
_AREA = re.compile(r"\d{6}", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """What a person writes down of someone; `relation` is what they are to the holder, who has none."""

    name: str
    relation: Relation | None = None
    sex: Sex | None = None
    born: date | None = None
    id_number: str | None = None
    coverage: tuple[Coverage, ...] = ()
    account: Account | None = None
    history: History | None = None
    retires_at: int | None = None


def entry_of(person: Person) -> PersonEntry:
    return PersonEntry(
        name=person.name,
        relation=person.relation,
        sex=person.sex,
        born=person.born,
        id_number=person.id_number,
        coverage=person.coverage,
        account=person.account,
        history=person.history,
        retires_at=person.retires_at,
    )


def person_of(person_id: str, entry: PersonEntry) -> Person:
    return Person(
        id=person_id,
        name=entry.name.strip(),
        coverage=tuple(sorted(entry.coverage, key=lambda one: one.since)),
        account=entry.account,
        sex=entry.sex,
        born=entry.born,
        id_number=entry.id_number or None,
        relation=entry.relation,
        history=entry.history,
        retires_at=entry.retires_at,
    )


def add_person(family: Family, entry: PersonEntry, today: date) -> Change | Refused:
    faults = [*entry_faults(entry, today)]
    if entry.relation is None:
        faults.append(Fault("relation", "没有选是本人的什么人"))
    if faults:
        return Refused(tuple(faults))
    person = person_of(free_id(family, "person"), entry)
    after = replace(family, people=(*family.people, person), holder=holder_of(family))
    return Change(f"添加{called(after, person.id)}", after, person.id)


def edit_person(family: Family, person_id: str, entry: PersonEntry, today: date) -> Change | Refused:
    """The holder's account (balance, day, wage bases) is mended in the same way."""
    before = family.person(person_id)
    faults = tuple(entry_faults(entry, today, before))
    if faults:
        return Refused(faults)
    person = person_of(person_id, entry)
    after = replace(family, people=tuple(person if one.id == person_id else one for one in family.people))
    return Change(f"修改{called(after, person_id)}的资料", after, person_id)


def remove_person(family: Family, person_id: str) -> Change | Refused:
    """Their bindings, errands, what is planned for them and their own matters go along.

    Booked bills do not, nor what moved money between them and another.
    """
    if person_id == holder_of(family):
        return Refused((Fault("", "账本是按这个人的账户记的，不能删去"),))
    booked = sum(1 for event in family.events if person_id in named(event) and _binds(event))
    if booked:
        what = f"流水里还有 {booked} 笔记在这位家人名下，不能删去"
        return Refused((Fault("", what, "不再共济的，请结束绑定，人会留着说明累计名额"),))
    after = _without(family, person_id)
    return Change(f"删去{called(family, person_id)}", after, holder_of(family))


# ------------------------------------------------------------------------------------------------- the number


def has_check_digit(number: str) -> bool:
    """Whether the last place of a citizen's number follows from the others (GB 11643).

    >>> has_check_digit("11010519491231002X"), has_check_digit("110105194912310021")
    (True, False)
    """
    weighed = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return number[-1] == _CHECK_DIGITS[weighed % len(_CHECK_DIGITS)]


def told_by_number(number: str) -> tuple[date, Sex] | None:
    """The day of birth and the sex that a citizen's number says; None where it is not such a number.

    >>> told_by_number("11010519491231002X")
    (datetime.date(1949, 12, 31), <Sex.FEMALE: 'female'>)
    """
    read = _NUMBER.fullmatch(number)
    if read is None or not has_check_digit(number):
        return None
    try:
        born = date.fromisoformat(read[1])
    except ValueError:
        return None
    return born, Sex.MALE if int(read[2]) % 2 else Sex.FEMALE


# --------------------------------------------------------------------------------------------- what is wrong


def entry_faults(entry: PersonEntry, today: date, before: Person | None = None) -> Iterator[Fault]:
    """Each names the field it belongs to: `born`, `coverage[0].until`, `account.bases[1].since`.

    A number that stood there `before` may be of another kind of paper, and is left alone.
    """
    yield from _name_faults(entry.name)
    if entry.born is not None and not FIRST_DAY <= entry.born <= today:
        yield Fault("born", f"出生日期要在 {FIRST_DAY.year} 年以后，不能晚于今天")
    if before is None or entry.id_number != before.id_number:
        yield from _number_faults(entry)
    yield from _coverage_faults(entry.coverage)
    if entry.account is not None:
        yield from _account_faults(entry.account, today)
    if entry.history is not None:
        yield from history_faults(entry.history, today)
    if entry.retires_at not in {None, *RETIREMENT_AGES}:
        yield Fault("retires_at", "原法定退休年龄只能是 60、55 或 50 岁")


def _name_faults(name: str) -> Iterator[Fault]:
    if not name.strip():
        yield Fault("name", "没有写姓名")
    elif len(name.strip()) > LONGEST_NAME:
        yield Fault("name", f"姓名太长，最多 {LONGEST_NAME} 个字")
    elif not name.isprintable():
        yield Fault("name", "姓名里有换行或控制字符", "请删去")


def _number_faults(entry: PersonEntry) -> Iterator[Fault]:
    if not entry.id_number:
        return
    told = told_by_number(entry.id_number)
    if not _NUMBER.fullmatch(entry.id_number):
        yield Fault("id_number", "身份证号是 18 位：17 位数字，末位是数字或 X")
    elif told is None:
        yield Fault("id_number", "身份证号的校验位不对", "请对照证件，看有没有抄错或颠倒")
    elif entry.born is not None and told[0] != entry.born:
        yield Fault("id_number", "身份证号里的出生日期与填写的不同", "请对照证件改正其中一个")
    elif entry.sex is not None and told[1] is not entry.sex:
        yield Fault("id_number", "身份证号说的性别与选的不同", "请对照证件改正其中一个")


def _coverage_faults(coverage: tuple[Coverage, ...]) -> Iterator[Fault]:
    for number, one in enumerate(coverage):
        place = f"coverage[{number}]"
        if not _AREA.fullmatch(one.area):
            yield Fault(f"{place}.area", "参保地是六位区划代码，例如 430100")
        yield from stretch_faults(one.since, one.until, place)


def stretch_faults(since: date, until: date | None, place: str = "") -> Iterator[Fault]:
    """Two days, both inclusive, in order; `place` is the record they stand in."""
    lead = f"{place}." if place else ""
    yield from _day_faults(since, f"{lead}since")
    if until is not None and until < since:
        yield Fault(f"{lead}until", f"最后一天早于第一天 {since}")
    elif until is not None:
        yield from _day_faults(until, f"{lead}until")


def _day_faults(day: date, place: str) -> Iterator[Fault]:
    if not FIRST_DAY <= day <= LAST_DAY:
        yield Fault(place, f"年份要在 {FIRST_DAY.year} 到 {LAST_DAY.year} 之间")


def _account_faults(account: Account, today: date) -> Iterator[Fault]:
    if account.opened_on > today:
        yield Fault("account.opened_on", "余额要写今天或以前某一天的")
    if account.opening < NOTHING:
        yield Fault("account.opening", "余额不能是负数")
    seen: set[date] = set()
    for number, base in enumerate(account.bases):
        if base.monthly < NOTHING:
            yield Fault(f"account.bases[{number}].monthly", "缴费基数不能是负数")
        yield from _day_faults(base.since, f"account.bases[{number}].since")
        if base.since in seen:
            yield Fault(f"account.bases[{number}].since", "这一天已经有一个缴费基数")
        seen.add(base.since)


# ------------------------------------------------------------------------------------------------ the family


def _binds(event: Event) -> bool:
    """Whether the book needs it: a bill, or money between two people."""
    return isinstance(event, Visit | PremiumPayment) or len(named(event)) > 1


def _without(family: Family, person: str) -> Family:
    def concerns(binding: Binding) -> bool:
        return person in {binding.payer, binding.beneficiary}

    gone = {one.id for one in family.bindings if concerns(one)}
    left = replace(
        family,
        people=tuple(one for one in family.people if one.id != person),
        bindings=tuple(one for one in family.bindings if not concerns(one)),
        events=_events_without(family.events, person),
        plan=None if family.plan is None else _plan_without(family.plan, person),
        scenarios=tuple(_scenario_without(one, person, gone, concerns) for one in family.scenarios),
        snoozes=tuple(one for one in family.snoozes if not (gone | {person}) & set(one.finding.split())),
        snapshots=tuple(one for one in family.snapshots if one.account != person),
        errands=tuple(one for one in family.errands if one.person != person),
    )
    return tidied(left)


def _events_without(events: tuple[Event, ...], person: str) -> tuple[Event, ...]:
    gone = {event.id for event in events if person in named(event)}
    return tuple(
        event
        for event in events
        if event.id not in gone and not (isinstance(event, Refund) and event.of in gone)
    )


def _plan_without(plan: Plan, person: str) -> Plan:
    return replace(
        plan,
        recurring=tuple(one for one in plan.recurring if one.visit.patient != person),
        expected=_events_without(plan.expected, person),
        premiums=tuple(one for one in plan.premiums if person not in {one.insured, one.paid_from}),
        life=tuple(one for one in plan.life if one.person != person),
        risks=tuple(one for one in plan.risks if one.visit.patient != person),
    )


def _scenario_without(
    scenario: Scenario, person: str, gone: set[str], concerns: Callable[[Binding], bool]
) -> Scenario:
    return replace(
        scenario,
        ends={binding: day for binding, day in scenario.ends.items() if binding not in gone},
        bindings=tuple(one for one in scenario.bindings if not concerns(one)),
        events=_events_without(scenario.events, person),
        plan=None if scenario.plan is None else _plan_without(scenario.plan, person),
        premiums=tuple(one for one in scenario.premiums if person not in {one.insured, one.paid_from}),
        recurring=tuple(one for one in scenario.recurring if one.visit.patient != person),
        life=tuple(one for one in scenario.life if one.person != person),
    )
