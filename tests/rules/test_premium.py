"""居民医保费。When an account may pay a year's premium, and until when it can be taken back."""

from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.premium import PremiumGroup, RefundGround
from desktop.policy.book import Book
from desktop.policy.law import Law
from desktop.policy.pack import Block
from desktop.policy.policy import NotCovered
from desktop.rules.premium import (
    group_premium,
    late_premium,
    personal_premium,
    premium_due,
    refund_right,
    refund_until,
    relative_may_pay,
    window,
)
from tests.families import CHANGSHA, shipped, yuan
from tests.policy.packs import LAST, block, pack

PROXY = "premium_proxy"


def law(*blocks: Block, day: date = date(2025, 1, 1)) -> Law:
    return Book([pack("cn", *blocks)], assumes_unchanged=True).law(CHANGSHA, day)


def test_that_the_premium_of_a_year_is_one_sum() -> None:
    assert personal_premium(law(block("premium.personal", Decimal(400)))).value == yuan(400)
    assert relative_may_pay(law(block("mutual_aid.pays_premium", True, channel=PROXY))).value
    with pytest.raises(NotCovered):
        personal_premium(law())


def test_that_a_premium_in_cash_costs_the_late_payers_sum_after_the_window() -> None:
    blocks = (
        block("premium.personal", Decimal(400)),
        block("premium.late", Decimal(1070)),
        block("premium.window", {"from": date(2024, 9, 1), "to": date(2025, 1, 31)}),
    )
    assert premium_due(law(*blocks), 2025, date(2025, 1, 31)).value == yuan(400)
    assert premium_due(law(*blocks), 2025, date(2025, 2, 1)).value == yuan(1070)
    assert premium_due(law(blocks[0]), 2025, date(2025, 2, 1)).value == yuan(400)


AUTUMN = block("premium.window", {"from": date(2024, 9, 1), "to": date(2025, 1, 31)}, date(2025, 1, 1), LAST)
SPRING = block("premium.window", {"from": date(2025, 1, 1), "to": date(2025, 2, 28)}, date(2025, 1, 1), LAST)


def test_that_a_window_is_that_of_its_benefit_year() -> None:
    assert window(law(AUTUMN), 2025).value == (date(2024, 9, 1), date(2025, 1, 31))


@pytest.mark.parametrize("years", [1, 2, 10])
def test_that_a_window_carried_on_moves_along_with_the_years(years: int) -> None:
    later = law(AUTUMN, day=date(2025 + years, 1, 1))
    assert window(later, 2025 + years).value == (date(2024 + years, 9, 1), date(2025 + years, 1, 31))


def test_that_a_window_within_the_benefit_year_stays_there() -> None:
    assert window(law(SPRING), 2025).value == (date(2025, 1, 1), date(2025, 2, 28))


def test_that_a_window_to_the_end_of_a_leap_february_moves_to_the_end_of_a_plain_one() -> None:
    leap = block("premium.window", {"from": date(2023, 9, 1), "to": date(2024, 2, 29)}, date(2024, 1, 1))
    later = law(leap, day=date(2027, 1, 1))
    assert window(later, 2027).value == (date(2026, 9, 1), date(2027, 2, 28))


def test_that_a_premium_from_an_account_has_a_last_day_of_its_own() -> None:
    blocks = (
        block("premium.refund_until", {"year": -1, "day": "12-31"}),
        block("premium.refund_until", {"year": 0, "day": "06-30"}, channel=PROXY),
    )
    assert refund_until(law(*blocks), 2025, from_account=False).value == date(2024, 12, 31)
    assert refund_until(law(*blocks), 2025, from_account=True).value == date(2025, 6, 30)


# ------------------------------------------------------------------------------------------------ the tables


@pytest.mark.parametrize(
    ("year", "personal", "half", "full", "late"),
    [
        (2022, 320, None, None, None),
        (2023, 350, None, None, None),
        (2024, 380, 190, 0, 1020),
        (2025, 400, 200, 0, 1070),
        (2026, 400, 200, 0, 1100),
    ],
)
def test_that_each_benefit_year_has_its_standards(
    year: int, personal: int, half: int | None, full: int | None, late: int | None
) -> None:
    of_year = shipped().law(CHANGSHA, date(year, 1, 1))
    assert personal_premium(of_year).value == yuan(personal)
    for group, amount in ((PremiumGroup.HALF, half), (PremiumGroup.FULL, full)):
        term = of_year.optional(lambda group=group: group_premium(of_year, group))  # type: ignore[misc]
        assert (None if term is None else term.value) == (None if amount is None else yuan(amount))
    after = late_premium(of_year)
    assert (None if after is None else after.value) == (None if late is None else yuan(late))


def test_that_a_group_pays_its_own_standard_even_after_the_window() -> None:
    of_2026 = shipped().law(CHANGSHA, date(2026, 1, 1))
    spring = date(2026, 3, 1)
    assert premium_due(of_2026, 2026, spring).value == yuan(1100)
    assert premium_due(of_2026, 2026, spring, PremiumGroup.HALF).value == yuan(200)
    assert premium_due(of_2026, 2026, spring, PremiumGroup.FULL).value == yuan(0)
    assert premium_due(of_2026, 2026, spring, PremiumGroup.NEWBORN).value == yuan(0)


def test_that_a_newborn_pays_like_all_where_they_are_not_free() -> None:
    assert group_premium(law(block("premium.newborn_free", False)), PremiumGroup.NEWBORN) is None
    with pytest.raises(NotCovered):
        group_premium(shipped().law(CHANGSHA, date(2025, 1, 1)), PremiumGroup.NEWBORN)


@pytest.mark.parametrize(
    ("ground", "in_cash", "from_account"),
    [
        (None, date(2025, 12, 31), date(2026, 6, 30)),
        (RefundGround.DUPLICATE, date(2025, 12, 31), date(2026, 6, 30)),
        (RefundGround.JOINED_EMPLOYEE, date(2025, 12, 31), date(2026, 6, 30)),
        (RefundGround.DEATH, date(2025, 12, 31), date(2026, 6, 30)),
        (RefundGround.OTHER_AREA, date(2025, 12, 31), date(2025, 12, 31)),
        (RefundGround.OTHER, None, None),
    ],
)
def test_that_the_ground_says_by_which_rule_and_until_when_a_premium_is_given_back(
    ground: RefundGround | None, in_cash: date | None, from_account: date | None
) -> None:
    of_2026 = shipped().law(CHANGSHA, date(2026, 1, 1))
    for by_account, last in ((False, in_cash), (True, from_account)):
        right = refund_right(of_2026, 2026, ground, from_account=by_account)
        assert (None if right is None else right.value) == last
