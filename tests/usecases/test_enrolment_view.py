"""看参保。What is shown of how someone is insured, waits, pays and may take back."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.care import Level, Setting
from desktop.domain.event import Event
from desktop.domain.matter import EnrolledAs, Enrolment
from desktop.domain.people import Coverage, History, Person, Scheme, Status
from desktop.domain.premium import PremiumGroup, PremiumPayment, Refund, RefundGround
from desktop.planning.ledger import keep
from desktop.usecases.enrolment_view import EnrolmentView, WaitingView, enrolment_view
from tests.families import (
    CHANGSHA,
    ELSEWHERE,
    bound,
    charged,
    family,
    hospital,
    resident,
    shipped,
    visit,
    worker,
    yuan,
)

NEW = Person("an", "an")


def view(person: Person, on: date, *events: Event, payer: bool = True) -> EnrolmentView:
    others = (worker(),) if payer else ()
    bindings = (bound("me", person.id),) if payer else ()
    whole = family(*others, person, bindings=bindings, events=events)
    return enrolment_view(keep(whole, shipped()), shipped(), person.id, on)


def as_what(seen: EnrolmentView, enrolled_as: EnrolledAs) -> WaitingView:
    return next(one for one in seen.waiting if one.enrolled_as is enrolled_as)


# --------------------------------------------------------------------------------------------------- insured


def test_that_a_record_without_an_enrolment_speaks_for_itself() -> None:
    insured = view(resident(), date(2025, 6, 1)).insured
    assert (insured.first_day, insured.waits, insured.why) == (date(2010, 1, 1), False, ())


def test_that_someone_not_insured_or_suspended_has_no_first_day() -> None:
    assert view(NEW, date(2025, 6, 1)).insured.coverage is None
    suspended = view(resident(status=Status.SUSPENDED), date(2025, 6, 1)).insured
    assert (suspended.first_day, suspended.waits) == (None, True)


def test_that_an_enrolment_says_when_benefits_begin_and_why() -> None:
    joins = Enrolment("e1", date(2025, 6, 1), "an", EnrolledAs.EMPLOYEE, CHANGSHA, yuan(6000))
    seen = view(NEW, date(2025, 6, 15), joins).insured
    assert (seen.first_day, seen.waits) == (date(2025, 7, 1), True)
    assert [(one.says, one.days, one.because.key) for one in seen.why] == [
        ("首次参加职工医保，缴费满 30 天开始享受待遇", 30, "enrolment.first_benefits")
    ]
    assert not view(NEW, date(2025, 7, 1), joins).insured.waits


@pytest.mark.parametrize(
    ("area", "expected"), [(CHANGSHA, ["enrolment.benefits_after_long_arrears"]), (ELSEWHERE, [])]
)
def test_that_benefits_that_no_enrolment_explains_name_their_clause(area: str, expected: list[str]) -> None:
    worked = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, area, date(2020, 1, 1), date(2025, 3, 31))
    waits = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, area, date(2025, 9, 1), None, date(2025, 10, 1))
    seen = view(replace(NEW, coverage=(worked, waits)), date(2025, 9, 15), payer=False).insured
    assert [one.because.key for one in seen.why] == expected


# --------------------------------------------------------------------------------------------------- waiting


def test_that_enrolling_today_is_told_for_each_kind() -> None:
    seen = view(NEW, date(2025, 9, 15))
    assert [one.enrolled_as for one in seen.waiting] == [*EnrolledAs]
    assert as_what(seen, EnrolledAs.EMPLOYEE).first_day == date(2025, 10, 15)
    student = as_what(seen, EnrolledAs.STUDENT)
    assert (student.first_day, student.until) == (date(2025, 9, 1), date(2026, 12, 31))
    as_resident = as_what(seen, EnrolledAs.RESIDENT)
    assert (as_resident.first_day, as_resident.days) == (date(2026, 1, 1), 0)
    assert as_resident.missing == ("不知道 2025 年是否参保，断保的要等待",)


def test_that_what_hinders_is_told_with_what_to_do() -> None:
    [(why, fix)] = as_what(view(worker("an"), date(2025, 9, 15)), EnrolledAs.RESIDENT).hindered
    assert why.says == "正以在职身份参加职工医保，不能再以城乡居民身份参保"
    assert fix == "职工医保停保以后再参加居民医保"


def test_that_what_no_pack_rules_has_no_first_day() -> None:
    for day in (date(2025, 6, 1), date(2026, 11, 23)):
        entrant = as_what(view(NEW, day), EnrolledAs.STUDENT)
        assert (entrant.first_day, entrant.why, entrant.hindered) == (None, (), ())


# --------------------------------------------------------------------------------------------------- premium


def test_that_the_premium_of_the_day_is_told_by_group() -> None:
    premium = view(resident(), date(2025, 10, 1)).premium
    assert premium is not None
    assert (premium.benefit_year, premium.in_time, premium.paid) == (2026, True, False)
    assert premium.window == (date(2025, 9, 1), date(2026, 1, 31))
    assert [premium.due(group) for group in PremiumGroup] == [yuan(400), yuan(200), yuan(0), yuan(0)]


def test_that_after_the_window_the_late_price_is_due() -> None:
    premium = view(resident(), date(2026, 3, 1)).premium
    assert premium is not None
    assert (premium.in_time, premium.due(), premium.due(PremiumGroup.HALF)) == (False, yuan(1100), yuan(200))


def test_that_a_group_that_no_pack_names_and_a_year_nobody_published_are_not_known() -> None:
    early = view(resident(), date(2022, 3, 1)).premium
    assert early is not None
    assert (early.late, early.due(), early.due(PremiumGroup.HALF)) == (None, yuan(320), None)
    assert view(resident(), date(2026, 10, 1)).premium is None


# --------------------------------------------------------------------------------------------------- refunds


def test_that_each_premium_that_stands_may_be_taken_back_on_its_grounds_up_to_a_day() -> None:
    paid = PremiumPayment("p1", date(2025, 10, 1), "mum", 2026, None, "me")
    rights = view(resident(), date(2026, 1, 10), paid).refunds
    assert [(one.ground, one.last_day, one.open) for one in rights] == [
        (RefundGround.DUPLICATE, date(2026, 6, 30), True),
        (RefundGround.JOINED_EMPLOYEE, date(2026, 6, 30), True),
        (RefundGround.DEATH, date(2026, 6, 30), True),
        (RefundGround.OTHER_AREA, date(2025, 12, 31), False),
    ]
    assert {(one.of, one.benefit_year, one.amount) for one in rights} == {("p1", 2026, yuan(400))}
    assert rights[0].because.key == "premium.refund_until"


def test_that_what_is_not_paid_yet_or_was_taken_back_gives_no_right() -> None:
    paid = PremiumPayment("p1", date(2025, 10, 1), "mum", 2026, None, "me")
    back = Refund("r1", date(2025, 11, 1), "p1", ground=RefundGround.DUPLICATE)
    assert view(resident(), date(2025, 9, 30), paid).refunds == ()
    assert view(resident(), date(2025, 11, 1), paid, back).refunds == ()
    assert view(resident(), date(2025, 10, 31), paid, back).refunds != ()


# -------------------------------------------------------------------------------------- bonus and the refused


def test_that_a_residents_bonus_so_far_is_told_with_its_years() -> None:
    mum = replace(resident(), history=History(date(2025, 12, 31), zero_claim_years=(2025,)))
    bonus = view(mum, date(2026, 6, 1)).bonus
    assert bonus is not None
    assert (bonus.year, bonus.amount, bonus.loyal_years) == (2026, yuan(5000), 2)
    assert [(says, amount) for says, amount, _ in bonus.why] == [("有 1 年没有用基金报销", yuan(5000))]


def test_that_a_bonus_drawn_on_is_none_any_more() -> None:
    mum = replace(resident(), history=History(date(2026, 12, 31), zero_claim_years=(2024, 2025)))
    stay = visit(
        "v1",
        date(2026, 3, 1),
        "mum",
        charged(900_000),
        setting=Setting.INPATIENT,
        provider=hospital(Level.TERTIARY),
    )
    whole, book = family(mum, events=(stay,)), shipped().assuming_unchanged()
    bonus = enrolment_view(keep(whole, book), book, "mum", date(2027, 1, 1)).bonus
    assert bonus is not None
    assert bonus.amount == yuan(0)


def test_that_a_worker_has_no_bonus_and_neither_has_a_year_before_the_rule() -> None:
    assert view(worker("an"), date(2026, 6, 1)).bonus is None
    assert view(resident(), date(2024, 6, 1)).bonus is None
    assert view(NEW, date(2026, 6, 1)).bonus is None


def test_that_the_six_months_of_other_pages_are_shown_as_refused_with_the_reason() -> None:
    [refused] = view(NEW, date(2025, 6, 1)).refused
    assert refused.says == "断缴超过3个月，要等6个月才有待遇"
    assert "30天" in refused.reason
    assert refused.source
