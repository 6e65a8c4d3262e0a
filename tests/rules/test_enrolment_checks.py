"""参保检查。What enrolling, arrears, a group's premium and a refund's ground are found to break."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import ArrearsPaid, EnrolledAs, Enrolment
from desktop.domain.people import Coverage, History, Person, Scheme, Status
from desktop.domain.premium import PremiumGroup, PremiumPayment, Refund, RefundGround
from desktop.policy.book import Book
from desktop.policy.law import Law
from desktop.rules import checks
from desktop.rules.case import ArrearsCase, EnrolmentCase, PremiumCase, RefundCase, VisitCase
from desktop.rules.checks.enrolment_double import double
from desktop.rules.checks.visit_not_covered_yet import not_covered_yet
from desktop.rules.enrolment import waiting_of
from desktop.rules.insured_years import Record
from tests.families import CHANGSHA, ELSEWHERE, resident, shipped, visit, worker, yuan
from tests.policy.packs import block, pack

NOBODY = Person("an", "an")


def rules(found: Iterable[Finding]) -> list[str]:
    return [one.rule for one in found]


def enrolling(
    person: Person,
    on: date = date(2026, 3, 1),
    enrolled_as: EnrolledAs = EnrolledAs.RESIDENT,
    *parents: Person,
) -> tuple[Finding, ...]:
    law_on, record = partial(shipped().law, CHANGSHA), Record(person)
    event = Enrolment("e1", on, person.id, enrolled_as, CHANGSHA)
    case = EnrolmentCase(event, record, law_on, waiting_of(enrolled_as, record, on, law_on), parents)
    return tuple(one for check in checks.ON_ENROLMENT for one in check(case))


# ------------------------------------------------------------------------------------------------- enrolling


def test_that_who_does_not_qualify_is_told_why_and_what_to_do() -> None:
    [found] = enrolling(worker("an"), date(2025, 10, 1))
    assert (found.rule, found.severity, found.about) == (
        "enrolment.not_qualified",
        Severity.ERROR,
        ("an", "e1"),
    )
    assert str(found.says) == "an正以在职身份参加职工医保，不能再以城乡居民身份参保"
    assert [str(one) for one in found.fix] == ["职工医保停保以后再参加居民医保"]


def test_that_a_newborn_needs_an_insured_parent() -> None:
    born, on = replace(NOBODY, born=date(2026, 3, 1)), date(2026, 4, 1)
    assert enrolling(born, on, EnrolledAs.NEWBORN) == ()
    assert enrolling(born, on, EnrolledAs.NEWBORN, worker()) == ()
    stranger = enrolling(born, on, EnrolledAs.NEWBORN, worker(area=ELSEWHERE))
    assert rules(stranger) == ["enrolment.not_qualified"]


def test_that_enrolling_late_is_noted_with_its_price_and_its_day() -> None:
    insured = Coverage(Scheme.RESIDENT, Status.ACTIVE, CHANGSHA, date(2020, 1, 1), date(2025, 12, 31))
    person = replace(NOBODY, coverage=(insured,))
    [found] = enrolling(person)
    assert (found.rule, found.severity) == ("enrolment.too_late_for_window", Severity.NOTE)
    assert str(found.says) == "an在 2026 年度集中缴费期外参保，要缴 1100.00 元，2026-05-30 起才有待遇"
    assert enrolling(person, date(2026, 1, 31)) == ()


def test_that_an_unknown_past_is_noted() -> None:
    found = enrolling(NOBODY, date(2025, 10, 10))
    assert rules(found) == ["enrolment.history_missing"]
    assert str(found[0].says) == "an的待遇最早 2026-01-01 开始：不知道 2025 年是否参保，断保的要等待"


def test_that_where_no_rule_is_known_benefits_are_not_guessed_in_silence() -> None:
    event = Enrolment("e1", date(2026, 3, 1), "an", EnrolledAs.EMPLOYEE, ELSEWHERE)
    case = EnrolmentCase(event, Record(NOBODY), partial(shipped().law, ELSEWHERE), None)
    found = [one for check in checks.ON_ENROLMENT for one in check(case)]
    assert rules(found) == ["enrolment.benefits_not_known"]
    assert found[0].severity is Severity.NOTE
    assert case.law is shipped().law(ELSEWHERE, event.on)


# --------------------------------------------------------------------------------------------------- arrears

LAPSED = Person(
    "an",
    "an",
    (
        Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, date(2020, 1, 1), date(2025, 3, 31)),
        Coverage(Scheme.EMPLOYEE, Status.SUSPENDED, CHANGSHA, date(2025, 4, 1)),
    ),
)


def paying(person: Person, since: date, until: date, on: date = date(2025, 7, 10)) -> list[str]:
    event = ArrearsPaid("a1", on, person.id, since, until, yuan(900))
    case = ArrearsCase(event, person, shipped().law(CHANGSHA, on))
    return rules(one for check in checks.ON_ARREARS for one in check(case))


def test_that_arrears_that_are_owed_may_be_paid() -> None:
    assert paying(LAPSED, date(2025, 4, 1), date(2025, 6, 30)) == []
    assert paying(replace(LAPSED, account=worker().account), date(2025, 4, 1), date(2025, 6, 30)) == [
        "account.arrears_not_credited"
    ]


def test_that_arrears_for_another_time_are_refused() -> None:
    assert paying(LAPSED, date(2025, 1, 1), date(2025, 3, 31)) == ["enrolment.arrears_not_owed", *LEFT]
    assert paying(LAPSED, date(2025, 4, 1), date(2025, 7, 31)) == ["enrolment.arrears_in_future"]
    assert paying(NOBODY, date(2025, 4, 1), date(2025, 6, 30)) == ["enrolment.order"]
    assert paying(resident("an"), date(2025, 4, 1), date(2025, 6, 30)) == ["enrolment.order"]


LEFT = ["enrolment.arrears_left"]


def test_that_what_is_left_owing_is_warned_of() -> None:
    assert paying(LAPSED, date(2025, 4, 1), date(2025, 4, 30)) == LEFT


def test_that_months_on_the_offices_record_are_work_before() -> None:
    known = replace(NOBODY, history=History(date(2025, 3, 31), employee_months=12))
    assert paying(known, date(2025, 4, 1), date(2025, 6, 30)) == []


def test_that_a_refusal_names_the_clause_where_there_is_one() -> None:
    event = ArrearsPaid("a1", date(2025, 7, 10), "an", date(2025, 4, 1), date(2025, 6, 30))
    for law in (shipped().law(CHANGSHA, event.on), Book([pack("cn")]).law(CHANGSHA, event.on)):
        [found] = checks.ON_ARREARS[0](ArrearsCase(event, NOBODY, law))
        assert found.because.key == "enrolment.arrears_retroactive_within"


# ------------------------------------------------------------------------------------- visits in the waiting


def seen(coverage: Coverage, on: date) -> list[Finding]:
    person = replace(NOBODY, coverage=(coverage,))
    return list(not_covered_yet(VisitCase(visit(on=on), person, coverage, shipped().law(CHANGSHA, on))))


def test_that_a_visit_while_waiting_is_told_until_when_and_by_which_clause() -> None:
    since, first_day = date(2025, 6, 1), date(2025, 7, 1)
    coverage = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, since, None, first_day)
    [found] = seen(coverage, date(2025, 6, 30))
    assert (found.rule, found.severity) == ("visit.not_covered_yet", Severity.WARNING)
    assert str(found.says) == "an在等待期内，2025-07-01 起才有待遇，这一次统筹基金不支付"
    assert found.because.key == "enrolment.first_benefits"
    assert seen(coverage, first_day) == []


def test_that_where_no_waiting_clause_is_known_the_general_one_is_named() -> None:
    coverage = Coverage(Scheme.RESIDENT, Status.ACTIVE, CHANGSHA, date(2024, 6, 1), None, date(2024, 8, 1))
    [found] = seen(coverage, date(2024, 7, 1))
    assert found.because.key == "visit.insured_only"


# --------------------------------------------------------------------------------------- premiums and refunds


def paying_premium(payment: PremiumPayment, insured: Person | None = None, **more: Any) -> list[Finding]:
    case = PremiumCase(
        payment=payment,
        insured=insured or resident(),
        now=resident().coverage[0],
        then=resident().coverage[0],
        law=shipped().law(CHANGSHA, payment.on),
        year_law=shipped().law(CHANGSHA, date(payment.benefit_year, 1, 1)),
        amount=payment.amount or yuan(400),
        paid_before=False,
        bound=True,
        balance=None,
    )
    return [one for check in checks.ON_PREMIUM for one in check(replace(case, **more))]


def grouped(group: PremiumGroup, amount: int | None = None) -> PremiumPayment:
    sum_paid = None if amount is None else yuan(amount)
    return PremiumPayment("p1", date(2025, 10, 1), "mum", 2026, sum_paid, group=group)


def test_that_a_groups_sum_is_compared_with_its_standard() -> None:
    assert paying_premium(grouped(PremiumGroup.HALF)) == []
    assert paying_premium(grouped(PremiumGroup.HALF, 200)) == []
    assert paying_premium(grouped(PremiumGroup.STANDARD, 380)) == []
    [found] = paying_premium(grouped(PremiumGroup.HALF, 400))
    assert (found.rule, found.severity) == ("premium.group_amount_differs", Severity.WARNING)
    assert str(found.says) == "mum按“资助一半”应缴 200.00 元，记的是 400.00 元"


def test_that_only_a_newborn_of_the_year_is_free() -> None:
    free = grouped(PremiumGroup.NEWBORN)
    assert paying_premium(free) == []
    assert paying_premium(free, replace(resident(), born=date(2026, 5, 1))) == []
    assert rules(paying_premium(free, replace(resident(), born=date(2025, 5, 1)))) == [
        "premium.group_not_newborn"
    ]


def test_that_a_premium_too_many_points_to_its_refund_and_the_last_day() -> None:
    def advice(payment: PremiumPayment) -> list[str]:
        [found] = paying_premium(payment, paid_before=True)
        return [str(one) for one in found.fix]

    by_account = PremiumPayment("p1", date(2025, 10, 1), "mum", 2026, None, "me")
    assert advice(by_account) == ["不用再缴", "已缴的，2026-06-30 以前可以到参保地申请退费"]
    assert advice(replace(by_account, paid_from=None)) == [
        "不用再缴",
        "已缴的，2025-12-31 以前可以到参保地申请退费",
    ]
    late = replace(by_account, paid_from=None, on=date(2026, 1, 10))
    assert advice(late) == ["不用再缴", "已缴的，退费截止 2025-12-31，已经过期"]
    before_the_rule = PremiumPayment("p1", date(2023, 10, 1), "mum", 2024)
    assert advice(before_the_rule) == ["不用再缴"]


def refunding(ground: RefundGround | None, on: date, paid_from: str | None, **more: Any) -> list[str]:
    paid = PremiumPayment("p1", date(2025, 10, 1), "mum", 2026, None, paid_from)
    law = shipped().law(CHANGSHA, date(2026, 1, 1))
    case = replace(RefundCase(Refund("r1", on, "p1", ground=ground), paid, law, law, standing=True), **more)
    return rules(one for check in checks.ON_REFUND for one in check(case))


@pytest.mark.parametrize(
    ("ground", "on", "paid_from", "expected"),
    [
        (RefundGround.DUPLICATE, date(2026, 6, 30), "me", []),
        (RefundGround.DUPLICATE, date(2026, 7, 1), "me", ["premium.refund_too_late"]),
        (RefundGround.DEATH, date(2026, 1, 1), None, ["premium.refund_too_late"]),
        (RefundGround.OTHER_AREA, date(2025, 12, 31), "me", []),
        (RefundGround.OTHER_AREA, date(2026, 1, 1), "me", ["premium.refund_too_late"]),
        (RefundGround.OTHER, date(2025, 11, 1), "me", ["premium.refund_ground_not_allowed"]),
        (RefundGround.OTHER, date(2025, 11, 1), None, ["premium.refund_ground_not_allowed"]),
        (None, date(2026, 6, 30), "me", []),
    ],
)
def test_that_a_refund_rests_on_its_ground(
    ground: RefundGround | None, on: date, paid_from: str | None, expected: list[str]
) -> None:
    assert refunding(ground, on, paid_from) == expected


def test_that_what_does_not_stand_is_not_asked_for_its_ground() -> None:
    day = date(2025, 11, 1)
    assert refunding(RefundGround.OTHER, day, None, standing=False) == ["refund.nothing_to_return"]
    assert refunding(RefundGround.OTHER, day, None, premium=None, year_law=None) == []


def test_that_two_schemes_at_once_point_to_the_refund_of_the_residents_premium() -> None:
    as_resident = resident().coverage[0]
    as_worker = replace(worker().coverage[0], since=date(2026, 3, 1))

    def advice(law: Law, earlier: Coverage, later: Coverage) -> list[str]:
        [found] = double(NOBODY, earlier, later, law)
        return [str(one) for one in found.fix]

    law = shipped().law(CHANGSHA, date(2026, 3, 1))
    assert advice(law, as_resident, as_worker) == [
        "停掉其中一份",
        "多缴的 2026 年度居民医保费可以退：现金缴的截止 2025-12-31，个人账户代缴的截止 2026-06-30",
    ]
    assert advice(law, worker().coverage[0], as_worker) == ["停掉其中一份"]
    bare = Book([pack("cn", block("enrolment.schemes_at_one_time", 1))]).law(CHANGSHA, date(2025, 3, 1))
    assert advice(bare, as_resident, as_worker)[1:] == ["多缴的居民医保费在规定日期前申请退费"]
