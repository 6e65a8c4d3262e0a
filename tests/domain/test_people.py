"""家人。How a person is insured on a day, whose law an account follows, and when bindings and bases hold."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.domain.account import Account, Base
from desktop.domain.people import Coverage, Person, Scheme, Status, age_on, pool_of, province_of
from desktop.domain.plan import Rhythm
from tests.families import CHANGSHA, ZHUZHOU, bound, charged, family, resident, worker, yuan

if TYPE_CHECKING:
    from desktop.domain.family import Family

FIRST, MIDDLE, LAST = date(2025, 1, 1), date(2025, 6, 1), date(2025, 12, 31)


def held(
    since: date, until: date | None = None, scheme: Scheme = Scheme.EMPLOYEE, area: str = CHANGSHA
) -> Coverage:
    return Coverage(scheme, Status.ACTIVE, area, since, until)


def person(*coverage: Coverage) -> Person:
    return Person("me", "me", coverage)


def test_that_a_pool_is_four_digits_and_a_province_two() -> None:
    assert pool_of("430199") == pool_of(CHANGSHA) != pool_of(ZHUZHOU)
    assert province_of(CHANGSHA) == province_of(ZHUZHOU) == "43"


@pytest.mark.parametrize(
    ("day", "holds"), [(date(2024, 12, 31), False), (FIRST, True), (MIDDLE, True), (date(2025, 6, 2), False)]
)
def test_that_the_first_and_the_last_day_are_both_inside(day: date, *, holds: bool) -> None:
    assert held(FIRST, MIDDLE).holds_on(day) is holds
    assert bound(since=FIRST, until=MIDDLE).holds_on(day) is holds


def test_that_what_has_no_last_day_holds_on() -> None:
    assert held(FIRST).holds_on(date(2099, 1, 1))
    assert bound(since=FIRST).holds_on(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("scheme", "status", "given"),
    [
        (Scheme.EMPLOYEE, Status.RETIRED, True),
        (Scheme.RESIDENT, Status.ACTIVE, True),
        (Scheme.NONE, Status.ACTIVE, False),
        (Scheme.EMPLOYEE, Status.SUSPENDED, False),
    ],
)
def test_that_someone_suspended_or_not_insured_has_no_benefits(
    scheme: Scheme, status: Status, *, given: bool
) -> None:
    assert replace(held(FIRST, scheme=scheme), status=status).gives_benefits is given


def test_that_of_two_schemes_at_once_the_earlier_stays_valid() -> None:
    earlier, later = held(FIRST), held(MIDDLE, scheme=Scheme.RESIDENT)
    assert person(later, earlier).coverage_on(LAST) == earlier
    assert list(person(later, earlier).enrolled_twice()) == [(earlier, later)]


def test_that_one_stretch_after_another_is_no_double_enrolment() -> None:
    stretches = held(FIRST, MIDDLE), held(date(2025, 6, 2)), held(FIRST, scheme=Scheme.NONE)
    assert list(person(*stretches).enrolled_twice()) == []
    assert person().coverage_on(LAST) is None
    assert person(stretches[2]).coverage_on(LAST) is None


def test_that_each_later_record_in_excess_is_told_once() -> None:
    one, two, three = held(FIRST), held(date(2025, 2, 1)), held(date(2025, 3, 1))
    assert list(person(one, two, three).enrolled_twice()) == [(one, two), (one, three)]


def test_that_an_account_follows_the_law_of_where_its_owner_is_or_last_was_insured() -> None:
    moved = person(held(FIRST, date(2025, 3, 31)), held(MIDDLE, LAST, area=ZHUZHOU))
    areas = {
        date(2024, 12, 31): "",
        FIRST: CHANGSHA,
        date(2025, 5, 1): CHANGSHA,
        MIDDLE: ZHUZHOU,
        date(2026, 5, 1): ZHUZHOU,
    }
    assert {day: moved.area_on(day) for day in areas} == areas


def test_that_one_is_a_year_older_from_the_birthday_on() -> None:
    born = date(1985, 3, 2)
    assert [age_on(born, day) for day in (date(2025, 3, 1), date(2025, 3, 2))] == [39, 40]


def test_that_the_base_of_a_day_is_the_last_one_set() -> None:
    account = Account(bases=(Base(MIDDLE, yuan(6000)), Base(FIRST, yuan(5000))))
    assert account.base_on(date(2024, 12, 31)) is None
    assert account.base_on(date(2025, 5, 31)) == yuan(5000)
    assert account.base_on(MIDDLE) == yuan(6000)


def test_that_a_family_knows_its_people_and_no_others() -> None:
    ours: Family = family(worker(), resident())
    assert ours.person("mum") == resident()
    with pytest.raises(KeyError):
        ours.person("nobody")


def test_that_a_rhythm_is_a_number_of_months() -> None:
    assert [one.months for one in Rhythm] == [1, 3, 12]


def test_that_what_is_in_scope_is_the_fee_less_what_is_not() -> None:
    charges = charged(1000, own=100, over_limit=50, upfront=60)
    assert (charges.out_of_scope, charges.in_scope) == (yuan(150), yuan(790))
