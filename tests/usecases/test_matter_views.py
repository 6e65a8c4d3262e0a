"""看转移、退休、账户的终点。What the three views tell of a person before anything is done."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.binding import Channel
from desktop.domain.event import Event
from desktop.domain.family import Family
from desktop.domain.matter import Death, PayoutReason
from desktop.domain.people import Coverage, History, Person, Scheme, Sex, Status
from desktop.usecases.closing_view import ClosingView, PayoutWay, closing_view
from desktop.usecases.retirement_view import RetirementView, retirement_view
from desktop.usecases.review import Review, review
from desktop.usecases.transfer_view import TransferView, transfer_view
from tests.families import (
    CHANGSHA,
    ELSEWHERE,
    LONG_AGO,
    ZHUZHOU,
    bound,
    family,
    quota,
    resident,
    shipped,
    through_wallet,
    worker,
    yuan,
)

TODAY = date(2026, 3, 4)


def seen(whole: Family) -> Review:
    return review(whole, shipped())


def shared(*events: Event, me: Person | None = None) -> Review:
    return seen(
        family(
            me or worker(),
            resident(),
            bindings=(bound(), through_wallet(), bound(name="over", until=date(2025, 6, 30))),
            events=events,
            as_of=date(2026, 3, 1),
        )
    )


# -------------------------------------------------------------------------------------------------- transfer


def to(destination: str, *, on: date = TODAY, me: Person | None = None) -> TransferView:
    return transfer_view(shared(quota(300), me=me), "me", CHANGSHA, destination, on)


def test_a_transfer_within_the_province() -> None:
    view = to(ZHUZHOU)
    assert (view.title, view.by_itself, view.arrives, view.unknown) == ("省内转移", True, TODAY, None)
    assert (view.money, view.frozen) == (yuan(700), yuan(300))
    assert "自动转移" in str(view.who)
    assert [(one.binding.channel, one.ends) for one in view.bindings] == [
        (Channel.IN_PROVINCE, None),
        (Channel.WALLET, True),
    ]
    assert [one.met for one in view.conditions] == [False, False, None]


def test_a_transfer_within_the_province_before_it_was_automatic() -> None:
    view = to(ZHUZHOU, on=date(2025, 7, 9))
    assert (view.by_itself, view.out_days, view.in_days) == (False, 15, 15)
    assert "由本人" in str(view.who)
    assert all(one.ends is None for one in view.bindings)


def test_a_transfer_across_provinces_of_someone_who_has_done_all_that_is_asked_before() -> None:
    moved = (
        Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, LONG_AGO, date(2026, 2, 28)),
        Coverage(Scheme.EMPLOYEE, Status.ACTIVE, ELSEWHERE, date(2026, 3, 1)),
    )
    view = to(ELSEWHERE, me=replace(worker(), coverage=moved))
    assert (view.title, view.out_days, view.in_days, view.arrives) == ("跨省转移", 10, 5, date(2026, 3, 25))
    assert [one.met for one in view.conditions] == [True, True, None]
    suspended = replace(worker(status=Status.SUSPENDED))
    assert to(ELSEWHERE, me=suspended).conditions[0].met is True


def test_that_the_day_of_arrival_goes_by_the_calendar_of_working_days() -> None:
    """The first week of October is free, and the Saturday after it is worked."""
    plain = to(ELSEWHERE)
    assert str(plain.reckoned) == "按工作日历推算，最迟 2026-03-25 到账"
    over_holidays = to(ELSEWHERE, on=date(2026, 9, 21))
    assert over_holidays.arrives == date(2026, 10, 19)
    assert str(over_holidays.reckoned).startswith(
        "按工作日历推算，最迟 2026-10-19 到账；流水暂按周一至周五估在 2026-10-12"
    )
    assert to(ZHUZHOU).reckoned is None


def test_that_there_is_nothing_to_transfer_within_a_pool() -> None:
    view = to("430199")
    assert (view.arrives, view.conditions, view.bindings, view.unknown) == (None, (), (), None)


def test_that_an_unknown_time_is_said_to_be_unknown() -> None:
    view = transfer_view(shared(), "me", "320100", "320500", TODAY)
    assert (view.arrives, view.out_days) == (None, None)
    assert "苏州" in str(view.unknown)


# ------------------------------------------------------------------------------------------------ retirement


def one(**more: object) -> Person:
    return replace(worker(), sex=Sex.MALE, born=date(1966, 9, 1), **more)  # type: ignore[arg-type]


def retiring(person: Person, on: date = TODAY) -> RetirementView:
    return retirement_view(seen(family(person, as_of=date(2026, 3, 1))), "me", on)


SHORT = History(date(2026, 2, 28), employee_months=330, local_months=120)


def test_when_someone_may_retire_and_what_is_missing_until_then() -> None:
    view = retiring(one(history=SHORT))
    assert view.legal is not None
    assert (view.legal.years, view.legal.months) == (60, 6)
    assert view.paid is not None
    assert (view.missing, view.paid.total, view.paid.local) == (35, 331, 121)
    by_year = {row.year: row for row in view.years}
    assert [row.local for row in view.years] == [10, 11, 12, 13, 14, 15]
    assert by_year[2025].missing is None
    assert (by_year[2026].total_missing, by_year[2026].local_missing, by_year[2026].missing) == (29, 35, 35)
    assert (by_year[2027].total_missing, by_year[2027].local_missing) == (17, 35)
    assert [row.assumed for row in view.years] == [False] * 4 + [True] * 2


def test_what_paying_up_costs_either_way() -> None:
    view = retiring(one(history=SHORT))
    assert not view.flexible
    assert view.by_employee is not None
    assert view.by_flexible is not None
    assert view.by_employee.cost == yuan("741.21") * 35
    assert view.by_flexible.cost == yuan("340.76") * 35
    assert view.years[3].cost_employee == view.by_employee.cost
    paid_all = retiring(one(history=History(date(2026, 2, 28), 400, 400)))
    assert (paid_all.missing, paid_all.by_employee, paid_all.unknown) == (0, None, ())


def test_when_the_credit_switches_and_to_what() -> None:
    view = retiring(one(history=SHORT))
    assert (view.credit_from, view.credit, view.credit_disputed) == (date(2026, 4, 1), yuan(75), False)
    elsewhere = replace(
        one(history=SHORT), coverage=(Coverage(Scheme.EMPLOYEE, Status.FLEXIBLE, ZHUZHOU, LONG_AGO),)
    )
    assert retiring(elsewhere).credit_disputed
    assert [one.key for one in view.because] == [
        "retirement.local_years",
        "retirement.starts_after",
        "account.retiree_monthly",
    ]


def test_that_what_is_not_known_is_asked_for() -> None:
    nobody = retiring(worker())
    assert (nobody.legal, nobody.paid, nobody.missing, nobody.years) == (None, None, None, ())
    assert len(nobody.unknown) == 3
    assert [str(said)[:8] for said in retiring(one()).unknown] == ["没有写缴费经历，"]
    assert retiring(one(history=SHORT, retires_at=60)).unknown == ()


def test_that_where_no_pack_speaks_only_the_age_is_told() -> None:
    person = one(history=SHORT, coverage=(Coverage(Scheme.EMPLOYEE, Status.ACTIVE, ELSEWHERE, LONG_AGO),))
    view = retiring(person)
    assert view.legal is not None
    assert (view.missing, view.years, view.credit_from, view.credit) == (None, (), None, None)


# --------------------------------------------------------------------------------------------------- closing


def closing(*events: Event, area: str = CHANGSHA, on: date = TODAY) -> ClosingView:
    return closing_view(shared(*events, me=worker(area=area)), "me", on)


def way(view: ClosingView, reason: PayoutReason) -> PayoutWay:
    return next(one for one in view.ways if one.reason is reason)


def test_what_may_be_taken_out_while_its_owner_lives() -> None:
    view = closing()
    allowed = {one.reason: one.allowed for one in view.ways}
    assert allowed == {
        PayoutReason.INHERITANCE: False,
        PayoutReason.EMIGRATION: True,
        PayoutReason.NOT_TRANSFERABLE: True,
        PayoutReason.OLD_CARD: True,
        PayoutReason.OTHER: False,
    }
    assert (view.died, view.balance, [one.id for one in view.relations]) == (
        None,
        yuan(1000),
        ["me-mum", "me>mum"],
    )
    assert len(view.notes) == 2


def test_what_is_left_to_the_family() -> None:
    view = closing(Death("death", date(2026, 2, 1), "me"))
    assert view.died == date(2026, 2, 1)
    inherits = way(view, PayoutReason.INHERITANCE)
    assert (inherits.allowed, inherits.days) == (True, 15)
    assert way(closing(Death("death", TODAY, "me"), area=ZHUZHOU), PayoutReason.INHERITANCE).days is None


@pytest.mark.parametrize("reason", [PayoutReason.EMIGRATION, PayoutReason.OTHER])
def test_that_other_provinces_rules_are_not_guessed(reason: PayoutReason) -> None:
    assert way(closing(area=ELSEWHERE), reason).allowed is None
