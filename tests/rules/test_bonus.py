"""参保激励。What loyalty and years without claims add to a resident's ceiling, and what limits it."""

from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.people import Coverage, History, Person, Scheme, Status
from desktop.policy.book import Book
from desktop.policy.law import Law
from desktop.policy.pack import Block
from desktop.rules.bonus import bonus, loyal_years
from desktop.rules.insured_years import Record
from tests.families import CHANGSHA, resident, shipped, yuan
from tests.policy.packs import block, pack

CEILING = yuan(400_000)


def law_of(year: int) -> Law:
    return shipped().assuming_unchanged().law(CHANGSHA, date(year, 1, 1))


def law(*blocks: Block) -> Law:
    return Book([pack("cn", *blocks)], assumes_unchanged=True).law(CHANGSHA, date(2030, 1, 1))


def with_history(*zero_claims: int, years: tuple[int, ...] = ()) -> Record:
    coverage = (Coverage(Scheme.RESIDENT, Status.ACTIVE, CHANGSHA, date(2010, 1, 1)),)
    history = History(date(2025, 12, 31), resident_years=years, zero_claim_years=zero_claims)
    return Record(Person("mum", "mum", () if years else coverage, history=history))


@pytest.mark.parametrize(
    ("year", "loyal", "amount"),
    [(2025, 1, 0), (2028, 4, 0), (2029, 5, 5000), (2030, 6, 10_000), (2044, 20, 80_000), (2050, 26, 80_000)],
)
def test_that_each_year_after_the_fourth_since_2025_adds_five_thousand(
    year: int, loyal: int, amount: int
) -> None:
    record = Record(resident())
    assert loyal_years(record, year, law_of(year)) == loyal
    assert bonus(record, year, law_of(year), CEILING).amount == yuan(amount)


def test_that_after_a_break_loyalty_counts_anew() -> None:
    record = with_history(years=(2025, 2026, 2028, 2029, 2030, 2031, 2032))
    assert loyal_years(record, 2031, law_of(2031)) == 4
    assert bonus(record, 2031, law_of(2031), CEILING).amount == yuan(0)
    assert bonus(record, 2032, law_of(2032), CEILING).amount == yuan(5000)
    assert bonus(record, 2033, law_of(2033), CEILING).amount == yuan(0)


def test_that_where_a_break_does_not_count_all_years_do() -> None:
    blocks = (
        block("premium.loyalty_first_effect", 2029),
        block("premium.loyalty_years", 4),
        block("premium.loyalty_restarts_after_gap", False),
    )
    assert loyal_years(with_history(years=(2025, 2026, 2028)), 2028, law(*blocks)) == 3


def test_that_each_year_without_claims_adds_five_thousand_to_the_next() -> None:
    record = with_history(2024, 2025, 2026)
    assert bonus(record, 2025, law_of(2025), CEILING).amount == yuan(0)  # 2024 is before the rule
    assert bonus(record, 2026, law_of(2026), CEILING).amount == yuan(5000)
    assert bonus(record, 2027, law_of(2027), CEILING).amount == yuan(10_000)
    steps = bonus(record, 2027, law_of(2027), CEILING).steps
    assert [(str(one.says), one.because.key) for one in steps] == [
        ("有 2 年没有用基金报销", "premium.zero_claim_bonus")
    ]


def test_that_without_an_office_record_no_year_counts_as_one_without_claims() -> None:
    assert bonus(Record(resident()), 2027, law_of(2027), CEILING).amount == yuan(0)


def test_that_a_bonus_that_was_used_clears_the_years_before() -> None:
    record = with_history(2025, 2026, 2027)
    assert bonus(record, 2028, law_of(2028), CEILING, used=[2026]).amount == yuan(5000)
    assert bonus(record, 2028, law_of(2028), CEILING, used=[2028]).amount == yuan(15_000)


def test_that_where_nothing_is_cleared_a_use_changes_nothing() -> None:
    blocks = (
        block("premium.zero_claim_bonus", Decimal(5000), date(2025, 1, 1)),
        block("premium.zero_claim_cleared_when_used", False),
    )
    assert bonus(with_history(2025, 2026), 2030, law(*blocks), CEILING, used=[2026]).amount == yuan(10_000)


def test_that_both_together_stay_within_the_limit_and_the_limit_is_named() -> None:
    record = with_history(*range(2025, 2040))
    whole = bonus(record, 2040, law_of(2040), CEILING)
    assert whole.amount == yuan(80_000)
    assert [one.amount for one in whole.steps] == [yuan(60_000), yuan(75_000), yuan(-55_000)]
    assert whole.because[-1].key == "premium.bonus_ceiling"
    lower = bonus(record, 2040, law_of(2040), yuan(300_000))
    assert (lower.amount, lower.because[-1].key) == (yuan(60_000), "premium.bonus_ceiling_share")


def test_that_a_local_bonus_is_never_less_than_the_nations() -> None:
    years = (block("premium.loyalty_first_effect", 2029), block("premium.loyalty_years", 4))
    floor = block("premium.loyalty_bonus_least", Decimal(1000))
    record = Record(resident())
    assert bonus(record, 2030, law(*years, floor), CEILING).amount == yuan(2000)
    less = block("premium.loyalty_bonus", Decimal(500))
    assert bonus(record, 2030, law(*years, floor, less), CEILING).amount == yuan(2000)
    assert bonus(record, 2030, law(*years, less), CEILING).amount == yuan(1000)
    assert bonus(record, 2030, law(), CEILING).amount == yuan(0)
