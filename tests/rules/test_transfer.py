"""转移接续。Near or far, how long, by itself or not, and what it asks for."""

from datetime import date

import pytest

from desktop.domain.matter import AccountTransfer
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.policy.book import Book
from desktop.policy.policy import NotCovered
from desktop.rules.case import MatterCase
from desktop.rules.checks.transfer_no_account import no_account
from desktop.rules.transfer import Distance, arrival, conditions, distance, moving, workdays_after
from tests.families import CHANGSHA, ELSEWHERE, ZHUZHOU, shipped
from tests.policy.packs import block, pack

BEFORE, SINCE = date(2025, 7, 9), date(2025, 7, 10)


@pytest.mark.parametrize(
    ("origin", "destination", "far"),
    [
        (CHANGSHA, "430199", Distance.NOWHERE),
        (CHANGSHA, ZHUZHOU, Distance.IN_PROVINCE),
        (CHANGSHA, "439900", Distance.IN_PROVINCE),
        (ELSEWHERE, CHANGSHA, Distance.CROSS_PROVINCE),
    ],
)
def test_how_far_a_transfer_goes(origin: str, destination: str, far: Distance) -> None:
    assert distance(origin, destination) is far


def test_that_across_provinces_it_takes_ten_and_five_working_days_on_application() -> None:
    how = moving(ELSEWHERE, CHANGSHA, shipped().law(CHANGSHA, SINCE))
    assert (how.out_days.value, how.in_days.value, how.days, how.by_itself) == (10, 5, 15, False)
    assert [one.key for one in how.because] == ["transfer.out_days", "transfer.in_days"]


def test_that_within_hunan_it_took_thirty_working_days_and_since_july_2025_none() -> None:
    old = moving(CHANGSHA, ZHUZHOU, shipped().law(ZHUZHOU, BEFORE))
    new = moving(CHANGSHA, ZHUZHOU, shipped().law(ZHUZHOU, SINCE))
    assert (old.out_days.value, old.in_days.value, old.by_itself) == (15, 15, False)
    assert old.out_days.confidence == "low"
    assert (new.out_days.value, new.in_days.value, new.by_itself) == (0, 0, True)
    assert len(new.because) == 3


def test_that_where_no_pack_speaks_no_time_is_guessed() -> None:
    with pytest.raises(NotCovered):
        moving("110100", "110200", shipped().law("110200", SINCE))
    with pytest.raises(NotCovered):
        moving(ELSEWHERE, CHANGSHA, shipped().law(CHANGSHA, date(2021, 11, 30)))


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (date(2026, 3, 4), 0, date(2026, 3, 4)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # 周五的下一个工作日是周一
        (date(2026, 3, 7), 1, date(2026, 3, 9)),
        (date(2026, 3, 4), 15, date(2026, 3, 25)),
    ],
)
def test_that_working_days_are_monday_to_friday(day: date, count: int, later: date) -> None:
    assert workdays_after(day, count) == later


def test_that_a_recorded_day_of_arrival_goes_before_a_reckoned_one() -> None:
    how = moving(ELSEWHERE, CHANGSHA, shipped().law(CHANGSHA, SINCE))
    asked = AccountTransfer("t", date(2026, 3, 4), "me", ELSEWHERE, CHANGSHA)
    done = AccountTransfer("t", date(2026, 3, 4), "me", ELSEWHERE, CHANGSHA, done=date(2026, 3, 11))
    assert arrival(asked, how) == date(2026, 3, 25)
    assert arrival(done, how) == date(2026, 3, 11)


def test_that_only_the_conditions_that_hold_are_named() -> None:
    assert [one.key for one in conditions(shipped().law(CHANGSHA, SINCE))] == [
        "transfer.stopped_at_origin",
        "transfer.enrolled_at_destination",
        "transfer.no_arrears",
    ]
    packs = Book([pack("cn", block("transfer.no_arrears", False))])
    assert list(conditions(packs.law(CHANGSHA, SINCE))) == []


def test_that_without_a_rule_about_the_money_nothing_is_said_of_an_account() -> None:
    brother = Person("bro", "弟弟", (Coverage(Scheme.EMPLOYEE, Status.ACTIVE, ELSEWHERE, date(2015, 1, 1)),))
    moved = AccountTransfer("t", date(2021, 11, 1), "bro", ELSEWHERE, CHANGSHA)
    law = shipped().law(ELSEWHERE, moved.on)
    assert list(no_account(MatterCase(moved, brother, ELSEWHERE, law, (), ()))) == []
