"""划入。Who has an account, and what is credited to it each month."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.policy.book import Book
from desktop.policy.law import Law
from desktop.policy.pack import Block
from desktop.policy.policy import NotCovered, Unpublished
from desktop.rules.contribution import (
    counted_base,
    has_account,
    old_retiree_credit,
    retiree_credit,
    was_flexible,
    worker_credit,
)
from tests.families import CHANGSHA, LONG_AGO, shipped, yuan
from tests.policy.packs import FIRST, block, pack

WORKER = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, LONG_AGO)
FLEXIBLE = replace(WORKER, status=Status.FLEXIBLE)
RULES = (
    block("account.base_floor", Decimal(4000)),
    block("account.base_ceiling", Decimal(20_000)),
    block("account.own_rate", Decimal("0.02")),
    block("account.retiree_monthly", Decimal(75)),
)


def law(*blocks: Block) -> Law:
    return Book([pack("cn", *blocks)]).law(CHANGSHA, FIRST)


@pytest.mark.parametrize(
    "coverage", [None, replace(WORKER, scheme=Scheme.RESIDENT), replace(WORKER, scheme=Scheme.NONE)]
)
def test_that_only_an_employee_has_an_account(coverage: Coverage | None) -> None:
    assert not has_account(coverage, law())


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.FLEXIBLE])
def test_that_an_employee_of_any_other_status_has_an_account(status: Status) -> None:
    assert has_account(replace(WORKER, status=status), law(block("account.flexible_has_account", False)))


def test_that_someone_in_flexible_work_has_an_account_where_no_rule_takes_it_away() -> None:
    assert has_account(FLEXIBLE, law())
    assert has_account(FLEXIBLE, law(block("account.flexible_has_account", True)))
    assert not has_account(FLEXIBLE, law(block("account.flexible_has_account", False)))
    with pytest.raises(Unpublished):
        has_account(FLEXIBLE, law(block("account.flexible_has_account", None)))


@pytest.mark.parametrize(
    ("base", "credit"),
    [(1, "80.00"), (4000, "80.00"), ("4000.25", "80.01"), (10_000, "200.00"), (30_000, "400.00")],
)
def test_that_a_worker_is_credited_a_share_of_the_base_within_its_limits(
    base: int | str, credit: str
) -> None:
    counted, limits = counted_base(yuan(base), law(*RULES))
    amount, because = worker_credit(counted, law(*RULES))
    assert amount == yuan(credit)
    assert [one.key for one in (*limits, because)] == [
        "account.base_floor",
        "account.base_ceiling",
        "account.own_rate",
    ]


def test_that_a_retiree_is_credited_a_fixed_sum() -> None:
    amount, because = retiree_credit(law(*RULES))
    assert (amount, because.key) == (yuan(75), "account.retiree_monthly")


def test_that_a_retiree_of_flexible_work_is_credited_by_a_rule_of_their_own_where_there_is_one() -> None:
    apart = block("account.flexible_retiree_monthly", Decimal(60))
    assert retiree_credit(law(*RULES, apart), was_flexible=True)[0] == yuan(60)
    assert retiree_credit(law(*RULES, apart))[0] == yuan(75)
    assert retiree_credit(law(*RULES), was_flexible=True)[0] == yuan(75)


def test_that_the_last_work_before_retiring_counts() -> None:
    retired = replace(WORKER, status=Status.RETIRED, since=date(2024, 5, 1))
    flexible = replace(FLEXIBLE, since=date(2020, 1, 1), until=date(2024, 4, 30))
    paused = replace(WORKER, status=Status.SUSPENDED, since=date(2024, 1, 1))
    for stretches, was in (
        ((WORKER, flexible, paused, retired), True),
        ((FLEXIBLE, replace(flexible, status=Status.ACTIVE), retired), False),
        ((retired,), False),
        ((), False),
    ):
        assert was_flexible(Person("me", "me", stretches), date(2024, 6, 15)) is was


@pytest.mark.parametrize("missing", range(4))
def test_that_a_missing_rule_credits_nothing_rather_than_a_guess(missing: int) -> None:
    there = law(*(one for place, one in enumerate(RULES) if place != missing))
    with pytest.raises(NotCovered):
        (counted_base(yuan(1), there), worker_credit(yuan(1), there), retiree_credit(there))


@pytest.mark.parametrize(("pension", "before"), [(2000, 68), (4000, 136)])
def test_that_w19_the_reform_gave_every_retiree_of_changsha_75(pension: int, before: int) -> None:
    old, clause = old_retiree_credit(yuan(pension), shipped().law(CHANGSHA, date(2022, 12, 1)))
    assert (old, clause.key) == (yuan(before), "account.retiree_pension_share")
    since = shipped().law(CHANGSHA, date(2023, 1, 1))
    assert retiree_credit(since)[0] == yuan(75)
    with pytest.raises(NotCovered):
        old_retiree_credit(yuan(pension), since)


def test_that_w21_a_worker_of_yiyang_gets_two_per_cent() -> None:
    of_yiyang = shipped().law("430900", date(2024, 10, 1))
    counted, _ = counted_base(yuan(19_900), of_yiyang)
    assert worker_credit(counted, of_yiyang)[0] == yuan(398)
