"""结算。How a bill is cut: what the deductible, the pool, its limits and critical illness insurance take."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.care import Charges, Facility, Level, Provider, Setting, Visit
from desktop.domain.finding import Finding, Severity
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.domain.settlement import Part, Slice, Year
from desktop.domain.text import text
from desktop.policy.law import TreatmentLaw
from desktop.rules.bill import Bill
from desktop.rules.case import VisitCase
from desktop.rules.settlement import cut, cut_as_printed, cut_without_fund, slices_of
from tests.families import CHANGSHA, LONG_AGO, charged, hospital, shipped, visit, yuan
from tests.rules.terms import critical, law, term

NEW: Year[Money] = Year(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)


def year(deductible: int = 0, pool: int = 0, month: int = 0, base: int = 0, paid: int = 0) -> Year[Money]:
    return Year(yuan(deductible), yuan(pool), yuan(month), yuan(base), yuan(paid))


def parts(slices: tuple[Slice[Money], ...]) -> dict[Part, Money]:
    return {one.part: one.amount for one in slices}


def cut_by(
    rule: TreatmentLaw,
    charges: Charges[Money],
    used: Year[Money] = NEW,
    level: Level | None = Level.TERTIARY,
) -> dict[Part, Money]:
    return parts(cut(charges, used, rule, level))


# ------------------------------------------------------------------------------------------------------ bill


def test_that_a_bill_gives_no_more_than_is_left_and_never_less_than_nothing() -> None:
    bill = Bill(yuan(100))
    assert bill.take(Part.UPFRONT, yuan(30), term(1)) == yuan(30)
    assert bill.take(Part.DEDUCTIBLE, yuan(-5)) == NOTHING
    assert bill.take(Part.COPAY, yuan(500)) == yuan(70)
    assert bill.left == NOTHING
    assert [one.amount for one in bill.slices] == [yuan(30), NOTHING, yuan(70)]
    assert bill.slices[0].because == (term(1),)


# ------------------------------------------------------------------------------------------------------- cut


def test_that_a_bill_is_cut_in_the_order_of_the_rule() -> None:
    rule = law(300, "0.6", ceiling=1500, deductible_year=300)
    slices = cut(charged(1500, own=80, over_limit=20, upfront=100), NEW, rule, Level.TERTIARY)
    assert [(one.part, one.amount) for one in slices] == [
        (Part.OUT_OF_SCOPE, yuan(100)),
        (Part.UPFRONT, yuan(100)),
        (Part.DEDUCTIBLE, yuan(300)),
        (Part.POOL, yuan(600)),
        (Part.COPAY, yuan(400)),
    ]
    assert slices[0].because == ()
    assert slices[2].because == (rule.deductible, rule.deductible_year)
    assert slices[3].because == (rule.pool_share, rule.ceiling)


@pytest.mark.parametrize(
    ("fee", "met", "deductible"), [(200, 0, 200), (300, 0, 300), (301, 0, 300), (500, 250, 50), (500, 400, 0)]
)
def test_that_a_deductible_of_the_year_is_paid_once(fee: int, met: int, deductible: int) -> None:
    found = cut_by(law(300), charged(fee), year(deductible=met))
    assert found[Part.DEDUCTIBLE] == yuan(deductible)


def test_that_all_levels_together_do_not_pass_the_deductible_of_the_year() -> None:
    assert cut_by(law(500, deductible_year=300), charged(1000))[Part.DEDUCTIBLE] == yuan(300)
    assert cut_by(law(200, deductible_year=300), charged(1000))[Part.DEDUCTIBLE] == yuan(200)


@pytest.mark.parametrize(("paid", "pool"), [(0, 700), (900, 600), (1500, 0), (1600, 0)])
def test_that_the_pool_pays_up_to_the_ceiling_of_the_year(paid: int, pool: int) -> None:
    found = cut_by(law(share="0.7", ceiling=1500), charged(1000), year(pool=paid))
    assert found[Part.POOL] == yuan(pool)
    assert found[Part.COPAY] == yuan(1000 - pool)


def test_that_the_pool_pays_up_to_the_quota_of_the_month() -> None:
    found = cut_by(law(share="0.8", quota=350), charged(1000), year(month=100))
    assert found[Part.POOL] == yuan(250)


@pytest.mark.parametrize(
    ("before", "by_level", "deductible"),
    [
        (frozenset[Level](), True, 1100),
        (frozenset({Level.PRIMARY}), True, 1100),
        (frozenset({Level.TERTIARY}), True, 550),
        (frozenset({Level.PRIMARY}), False, 550),
    ],
)
def test_that_the_deductible_of_a_later_stay_is_halved(
    before: frozenset[Level],
    by_level: bool,
    deductible: int,
) -> None:
    rule = law(1100, later="0.5", per_stay=True, by_level=by_level)
    found = cut_by(rule, charged(10_000), NEW._replace(stays=dict.fromkeys(before, True)))
    assert found[Part.DEDUCTIBLE] == yuan(deductible)


@pytest.mark.parametrize(("met", "deductible"), [(0, 1100), (1500, 500), (2000, 0), (2500, 0)])
def test_that_stays_together_do_not_pass_the_deductible_of_the_year(met: int, deductible: int) -> None:
    found = cut_by(law(1100, deductible_year=2000, per_stay=True), charged(9000), year(deductible=met))
    assert found[Part.DEDUCTIBLE] == yuan(deductible)


def test_that_without_a_rule_for_later_stays_each_pays_the_whole_deductible() -> None:
    again = NEW._replace(stays={Level.TERTIARY: True})
    assert cut_by(law(1100, per_stay=True), charged(9000), again)[Part.DEDUCTIBLE] == yuan(1100)


def test_that_critical_illness_insurance_pays_what_the_year_owes_less_what_it_paid() -> None:
    rule = law(1000, "0.5", critical=critical(16_000, (0, None, "0.9")), per_stay=True)
    found = cut_by(rule, charged(21_000), year(base=10_000))
    assert found[Part.CRITICAL] == yuan(4500)  # (10000 + 1000 + 10000 - 16000) * 90 %
    again = cut_by(rule, charged(21_000), year(base=21_000, paid=4500))
    assert again[Part.CRITICAL] == yuan(9900)  # 11000 more, all of it above


def test_that_critical_illness_insurance_pays_no_more_than_this_bills_own_burden() -> None:
    rule = law(0, "0.5", critical=critical(0, (0, None, "1")))
    found = cut_by(rule, charged(100), year(base=1000))
    assert found[Part.CRITICAL] == found[Part.COPAY] == yuan(50)


def test_that_what_was_paid_before_is_never_taken_back() -> None:
    rule = law(0, "0.5", critical=critical(16_000, (0, None, "0.9")))
    assert cut_by(rule, charged(100), year(paid=50))[Part.CRITICAL] == NOTHING


def test_that_a_printed_receipt_is_followed_and_out_of_scope_comes_first() -> None:
    found = parts(cut_as_printed(charged(1000, own=100, over_limit=50, upfront=60), yuan(500)))
    assert found == {
        Part.POOL: yuan(500),
        Part.OUT_OF_SCOPE: yuan(150),
        Part.UPFRONT: yuan(60),
        Part.COPAY: yuan(290),
    }
    over = parts(cut_as_printed(charged(1000, own=100, over_limit=50, upfront=60), yuan(900)))
    assert over[Part.OUT_OF_SCOPE] == yuan(100)
    assert over[Part.UPFRONT] == over[Part.COPAY] == NOTHING


def test_that_without_the_fund_everything_is_the_persons_burden() -> None:
    found = parts(cut_without_fund(charged(1000, own=100, fund=400)))
    assert (found[Part.POOL], found[Part.OUT_OF_SCOPE], found[Part.COPAY]) == (NOTHING, yuan(100), yuan(900))


# ------------------------------------------------------------------------------------------ which way to cut


WORKER = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, LONG_AGO)


def slices(one: Visit, coverage: Coverage | None = WORKER, broken: tuple[str, ...] = ()) -> dict[Part, Money]:
    found = [Finding(rule, Severity.ERROR, ("v1",), one.on, text("x"), term(1), ()) for rule in broken]
    case = VisitCase(one, Person(one.patient, one.patient), coverage, shipped().law(CHANGSHA, one.on))
    return parts(slices_of(case, one.charges, NEW, found))


KNOWN = visit(charges=charged(1000, fund=400))
UNKNOWN = visit(charges=charged(1000))


def test_that_the_law_of_the_day_cuts_what_no_receipt_states() -> None:
    assert slices(UNKNOWN)[Part.DEDUCTIBLE] > NOTHING
    assert Part.DEDUCTIBLE not in slices(KNOWN)
    assert slices(KNOWN)[Part.POOL] == yuan(400)


@pytest.mark.parametrize("rule", ["visit.provider_not_designated", "visit.credential_not_own"])
def test_that_two_breaks_bar_the_fund_even_where_a_receipt_says_it_paid(rule: str) -> None:
    assert slices(KNOWN, broken=(rule,))[Part.POOL] == NOTHING


def test_that_another_break_bars_no_fund() -> None:
    assert slices(KNOWN, broken=("visit.item_not_payable",))[Part.POOL] == yuan(400)


@pytest.mark.parametrize(
    "coverage", [None, replace(WORKER, status=Status.SUSPENDED), replace(WORKER, scheme=Scheme.NONE)]
)
def test_that_the_fund_pays_nothing_for_someone_without_benefits(coverage: Coverage | None) -> None:
    assert slices(UNKNOWN, coverage)[Part.POOL] == NOTHING


def test_that_the_fund_pays_nothing_in_a_pharmacy_without_a_prescription() -> None:
    shop = Provider(Facility.PHARMACY, True, CHANGSHA)
    bought = visit(charges=charged(1000), setting=Setting.PHARMACY, provider=shop)
    assert slices(replace(bought, prescribed=False))[Part.POOL] == NOTHING
    assert slices(replace(visit(charges=charged(1000), provider=hospital()), prescribed=False))[Part.POOL]


def test_that_the_day_of_a_visit_chooses_its_law() -> None:
    early = visit(charges=charged(1000), on=date(2022, 10, 1))
    assert slices(early)[Part.POOL] == slices(UNKNOWN)[Part.POOL] > NOTHING
