"""指南要问的。For whom a guide may be read, what it asks besides, and what is usual as an answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from desktop.domain.money import NOTHING
from desktop.domain.people import Scheme, Status, pool_of
from desktop.domain.places import is_known, place_name
from desktop.exchange.sheet_values import NotRead, day_of, sum_of
from desktop.guides.guide import Ask, ForWhom
from desktop.planning.timeline import holder_of
from desktop.rules.premium import year_paid_for
from desktop.usecases.areas import areas
from desktop.usecases.guide_view import Asked
from desktop.usecases.kin import called

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from desktop.domain.errand import Errand
    from desktop.domain.family import Family
    from desktop.domain.people import Person
    from desktop.guides.guide import Guide
    from desktop.policy.book import Book
    from desktop.usecases.review import Review

_LABELS = {
    Ask.ORIGIN: "转出地",
    Ask.DESTINATION: "转入地",
    Ask.AREA: "参保地",
    Ask.RELATIVE: "家人",
    Ask.BENEFIT_YEAR: "待遇年度",
    Ask.AMOUNT: "金额",
    Ask.ON: "哪一天办成",
}
_KINDS = {
    Ask.RELATIVE: "person",
    Ask.BENEFIT_YEAR: "year",
    Ask.AMOUNT: "sum",
    Ask.ON: "day",
}
_AREAS = {Ask.ORIGIN, Ask.DESTINATION, Ask.AREA}
_DIGITS = 6
_FIRST_YEAR, _LAST_YEAR = 1998, 2100


@dataclass(frozen=True, slots=True)
class Asking:
    """For whom and in which case a guide is read; an errand says it itself. `answers` are by name."""

    person: str = ""
    case: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    errand: Errand | None = None
    seen: Review | None = None
    """With it the errand's effects on the family's own numbers are worked out."""


def settled(guide: Guide, family: Family, today: date, asking: Asking) -> Asking:
    """The same with what the errand says, and with what is usual wherever nothing is said.

    Answers to what the guide does not ask, as another version of it may have done, are left out.
    """
    if asking.errand is not None:
        errand = asking.errand
        asking = replace(asking, person=errand.person, case=errand.case, answers=dict(errand.answers))
    known = {one.id for one in family.people}
    person = asking.person if asking.person in known else _first(guide, family, today)
    cases = [one.id for one in guide.cases]
    case = asking.case if asking.case in cases else _usual_case(cases, family.person(person), today)
    usual = usual_answers(guide, family.person(person), today)
    given = {str(ask): asking.answers[ask] for ask in guide.asks if ask in asking.answers}
    return replace(asking, person=person, case=case, answers={**usual, **given})


def _usual_case(cases: Sequence[str], person: Person, today: date) -> str:
    """That of how one is insured (灵活就业, 职工, 居民), where the guide tells them apart; else the first."""
    held = person.coverage_on(today)
    insured = () if held is None else (held.status, held.scheme)
    return next((one for one in insured if one in cases), next(iter(cases), ""))


def _first(guide: Guide, family: Family, today: date) -> str:
    return next((one.id for one in who_may(guide, family, today)), holder_of(family))


def who_may(guide: Guide, family: Family, today: date) -> tuple[Person, ...]:
    """Of someone who died only the account is still to be seen to."""
    return tuple(
        one
        for one in family.people
        if _may(guide.for_whom, one, today) and (one.alive_on(today) or guide.records in {"payout", "death"})
    )


def _may(for_whom: ForWhom, person: Person, today: date) -> bool:
    held = person.coverage_on(today)
    match for_whom:
        case ForWhom.PAYER:
            return person.account is not None
        case ForWhom.EMPLOYEE:
            return held is not None and held.scheme is Scheme.EMPLOYEE and held.status is not Status.RETIRED
        case ForWhom.RESIDENT:
            return held is not None and held.scheme is Scheme.RESIDENT
        case _:
            return True


def usual_answers(guide: Guide, person: Person, today: date) -> dict[str, str]:
    """From where one was insured last to where one is; the year whose premium is being paid now."""
    here = person.area_on(today)
    before = [one for one in person.coverage if one.area and pool_of(one.area) != pool_of(here)]
    usual = {
        Ask.ORIGIN: max(before, key=lambda one: one.since).area if before else "",
        Ask.DESTINATION: here,
        Ask.AREA: here,
        Ask.BENEFIT_YEAR: str(year_paid_for(today)),
    }
    return {ask: usual[ask] for ask in guide.asks if usual.get(ask)}


def asked(guide: Guide, family: Family, book: Book, asking: Asking) -> tuple[Asked, ...]:
    """What is asked, what was answered, and what is wrong with it. `asking` is settled."""
    faults = dict(answer_faults(guide, family, asking))
    return tuple(
        Asked(
            name=ask,
            label=_LABELS[ask],
            kind=_KINDS.get(ask, "area"),
            value=asking.answers.get(ask, ""),
            choices=_choices(ask, family, book, asking),
            fault=faults.get(ask, ""),
        )
        for ask in guide.asks
    )


def _choices(ask: Ask, family: Family, book: Book, asking: Asking) -> tuple[tuple[str, str], ...]:
    if ask in _AREAS:
        known = {one.area for person in family.people for one in person.coverage if one.area}
        given = asking.answers.get(ask, "")
        return tuple((one.code, one.title) for one in areas(book, sorted(known | ({given} - {""}))))
    if ask is Ask.RELATIVE:
        return tuple((one.id, called(family, one.id)) for one in family.people if one.id != asking.person)
    if ask is Ask.BENEFIT_YEAR:
        year = family.as_of.year
        return tuple((str(one), f"{one}年度") for one in (year - 1, year, year + 1))
    return ()


def answer_faults(guide: Guide, family: Family, asking: Asking) -> Iterator[tuple[str, str]]:
    """Each answer that makes no sense, and why; one that was not given is none."""
    given = asking.answers
    for ask in guide.asks:
        value = given.get(ask, "")
        fault = answer_fault(ask, value, family) if value else ""
        if fault:
            yield ask, fault
    origin, destination = given.get(Ask.ORIGIN, ""), given.get(Ask.DESTINATION, "")
    if Ask.ORIGIN in guide.asks and origin and pool_of(origin) == pool_of(destination):
        yield Ask.ORIGIN, "和转入地在同一个统筹地区，不用转移"
    if given.get(Ask.RELATIVE) == asking.person and Ask.RELATIVE in guide.asks:
        yield Ask.RELATIVE, "要选另一位家人"


def answered(guide: Guide, family: Family, asking: Asking) -> dict[str, str]:
    """The answers that make sense, each as it is kept."""
    given = ((ask, asking.answers.get(ask, "")) for ask in guide.asks)
    return {
        str(ask): as_kept(ask, value)
        for ask, value in given
        if value and not answer_fault(ask, value, family)
    }


def answer_fault(ask: Ask, value: str, family: Family) -> str:
    """Why this can't be the answer; empty: it can."""
    if ask in _AREAS:
        right = len(value) == _DIGITS and value.isascii() and value.isdigit() and is_known(value)
        return "" if right else "没有这个地方，参保地是六位数字的行政区划代码"
    if ask is Ask.RELATIVE:
        return "" if any(one.id == value for one in family.people) else "家里没有这位家人"
    if ask is Ask.BENEFIT_YEAR:
        right = value.isdecimal() and _FIRST_YEAR <= int(value) <= _LAST_YEAR
        return "" if right else "待遇年度写成四位数字，如 2026"
    try:
        return "" if as_kept(ask, value) else "没有金额"
    except NotRead as unread:
        return f"{unread.what}，{unread.todo}"


def as_kept(ask: Ask, value: str) -> str:
    """The answer as it is kept: 2026-11-23, 1060.00; empty where a sum is nothing. Raises `NotRead`."""
    if ask is Ask.ON:
        return day_of(value).isoformat()
    if ask is Ask.AMOUNT:
        amount = sum_of(value) or NOTHING
        return str(amount) if amount > NOTHING else ""
    return value


def in_words(family: Family, asking: Asking) -> dict[str, str]:
    """The answers as a sentence says them: 转出地 where none was given."""
    said = {str(ask): label for ask, label in _LABELS.items()}
    said |= {"person": called(family, asking.person), "benefit_year": "该待遇年度"}
    for name, value in asking.answers.items():
        said[name] = _in_words(Ask(name), value, family) or said[name] if value else said[name]
    return said


def _in_words(ask: Ask, value: str, family: Family) -> str:
    if answer_fault(ask, value, family):
        return ""
    if ask in _AREAS:
        return place_name(value)
    if ask is Ask.RELATIVE:
        return called(family, value)
    return f"{value}年度" if ask is Ask.BENEFIT_YEAR else value
