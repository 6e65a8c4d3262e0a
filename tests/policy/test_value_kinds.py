"""值的种类。What each key that the engine reads may hold, and what it may not."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from desktop.policy.value_kinds import KINDS, wrong_values

SWITCH = {"employee_months_least": 3, "broke_off_after": "10-01", "join_within_months": 3}
RIGHT: list[tuple[str, Any]] = [
    ("account.base_floor", 0),
    ("account.base_floor", Decimal("3920.00")),
    ("employee_outpatient.pool_share", {"active": {"primary": Decimal("0.7")}, "retired": 1}),
    ("account.credit_day", 1),
    ("account.flexible_has_account", False),
    ("mutual_aid.payers_per_beneficiary", "unlimited"),
    ("mutual_aid.payers_per_beneficiary", 2),
    ("mutual_aid.area", "pool"),
    ("mutual_aid.relations", ("spouse", "maternal_grandparent")),
    ("own_account.pays_for", ()),
    ("visit.excluded_purposes", ("goods",)),
    ("employee_critical.segment_origin", "zero"),
    ("employee_critical.segments", ({"from": 0, "to": 5, "share": Decimal("0.5")}, {"from": 5, "share": 1})),
    ("premium.window", {"from": date(2024, 9, 1), "to": date(2024, 9, 1)}),
    ("premium.refund_until", {"year": -1, "day": "12-31"}),
    ("premium.refund_grounds", ("death", "other_area")),
    ("enrolment.waiting_least_after_four_gap_years", {"gap_years": 4, "months": 6}),
    ("enrolment.switch_without_waiting", SWITCH),
    ("illness.stays_a_year", ({"from": 0, "per_year": Decimal("0.1")}, {"from": 60, "per_year": 1})),
    ("illness.recurring_spread", {"inpatient": Decimal("1.5"), "chronic": 0}),
    ("illness.recurring_happens", {"inpatient": Decimal("0.8")}),
    ("illness.stay_spread", Decimal("1.06")),
    ("illness.usual_level", "secondary"),
    ("transfer.out_days", 0),
    ("transfer.in_province_in_days", 15),
    ("retirement.legal_age", {"60": 63, "55": 58, "50": 55}),
    ("retirement.total_years", {"male": 30, "female": 25}),
    ("retirement.local_years", {"2026": 13}),
    ("closing.payable", ("inheritance", "old_card")),
    ("premium.notes_of_nobody", object()),
    ("wallet.areas_online", "anything"),
    ("mutual_aid.purse_order", ("pool", "own_account", "mutual_aid", "cash")),
    ("mutual_aid.purse_order", ("pool", "own_account", "quota", "wallet", "mutual_aid", "cash")),
    ("wallet.online", True),
    ("wallet.online", {"32": True, "other": False}),
    ("wallet.pool_online", {"4301": True}),
    ("wallet.unaccepted_returns_at", "06:00"),
    ("wallet.closed_hours", {"from": "22:00", "to": "06:00"}),
]
WRONG: list[tuple[str, Any]] = [
    ("account.base_floor", True),
    ("account.base_floor", -1),
    ("account.base_floor", "1.00"),
    ("account.own_rate", Decimal("1.01")),
    ("account.credit_day", 0),
    ("account.credit_day", Decimal(1)),
    ("account.credit_day", True),
    ("account.flexible_has_account", 1),
    ("mutual_aid.payers_per_beneficiary", "many"),
    ("mutual_aid.area", "town"),
    ("mutual_aid.relations", "spouse"),
    ("mutual_aid.relations", ("cousin",)),
    ("own_account.pays_for", ("pool",)),
    ("employee_critical.segments", ()),
    ("employee_critical.segments", {"from": 0, "share": 1}),
    ("employee_critical.segments", (1,)),
    ("employee_critical.segments", ({"from": 0, "share": 1, "rate": 1},)),
    ("employee_critical.segments", ({"from": -1, "share": 1},)),
    ("employee_critical.segments", ({"from": 0, "to": "x", "share": 1},)),
    ("employee_critical.segments", ({"from": 0, "share": 2},)),
    ("illness.stays_a_year", ()),
    ("illness.stays_a_year", Decimal("0.1")),
    ("illness.stays_a_year", (1,)),
    ("illness.stays_a_year", ({"from": 0},)),
    ("illness.stays_a_year", ({"from": 5, "per_year": 1},)),
    ("illness.stays_a_year", ({"from": 0, "per_year": -1},)),
    ("illness.stays_a_year", ({"from": 0, "per_year": 1}, {"from": Decimal("1.5"), "per_year": 1})),
    (
        "illness.stays_a_year",
        ({"from": 0, "per_year": 1}, {"from": 60, "per_year": 1}, {"from": 5, "per_year": 1}),
    ),
    ("illness.stays_a_year", ({"from": 0, "per_year": 1}, {"from": 0, "per_year": 2})),
    ("illness.stay_spread", -1),
    ("illness.usual_level", "large"),
    ("transfer.out_days", False),
    ("transfer.out_days", -1),
    ("transfer.out_days", Decimal(1)),
    ("retirement.legal_age", 60),
    ("retirement.legal_age", {"60": 63}),
    ("retirement.legal_age", {"60": 63, "55": 58, "50": 0}),
    ("retirement.total_years", {"men": 30, "women": 25}),
    ("retirement.local_years", {}),
    ("retirement.local_years", 13),
    ("retirement.local_years", {"26": 13}),
    ("retirement.local_years", {"2026": 0}),
    ("closing.payable", ("wish",)),
    ("premium.refund_grounds", ("illness",)),
    ("enrolment.waiting_least_after_four_gap_years", 6),
    ("enrolment.waiting_least_after_four_gap_years", {"gap_years": 4}),
    ("enrolment.waiting_least_after_four_gap_years", {"gap_years": 4, "months": 0}),
    ("enrolment.switch_without_waiting", 3),
    ("enrolment.switch_without_waiting", SWITCH | {"more": 1}),
    ("enrolment.switch_without_waiting", SWITCH | {"employee_months_least": 0}),
    ("enrolment.switch_without_waiting", SWITCH | {"broke_off_after": "13-01"}),
    ("enrolment.switch_without_waiting", SWITCH | {"join_within_months": "3"}),
    ("premium.window", date(2024, 9, 1)),
    ("premium.window", {"from": date(2024, 9, 1)}),
    ("premium.window", {"from": date(2024, 9, 1), "to": datetime(2024, 9, 2)}),  # noqa: DTZ001
    ("premium.window", {"from": date(2024, 9, 2), "to": date(2024, 9, 1)}),
    ("premium.refund_until", "06-30"),
    ("premium.refund_until", {"year": 0}),
    ("premium.refund_until", {"year": "0", "day": "06-30"}),
    ("premium.refund_until", {"year": 0, "day": "06-31"}),
    ("mutual_aid.purse_order", "cash"),
    ("mutual_aid.purse_order", ("pool", "own_account", "cash", "mutual_aid")),
    ("mutual_aid.purse_order", ("pool", "own_account", "wallet", "mutual_aid", "cash")),
    ("mutual_aid.purse_order", ("pool", "pool", "own_account", "mutual_aid", "cash")),
    ("wallet.online", "yes"),
    ("wallet.online", {}),
    ("wallet.online", {"hunan": True}),
    ("wallet.online", {"43": "yes"}),
    ("wallet.unaccepted_returns_at", "24:00"),
    ("wallet.closed_hours", "22:00"),
    ("wallet.closed_hours", {"from": "22:00"}),
    ("wallet.closed_hours", {"from": "22:00", "to": 6}),
]


@pytest.mark.parametrize(("key", "value"), RIGHT)
def test_that_a_right_value_passes(key: str, value: Any) -> None:
    assert list(wrong_values(key, value)) == []


@pytest.mark.parametrize(("key", "value"), WRONG)
def test_that_a_wrong_value_is_told_what_it_should_have_been(key: str, value: Any) -> None:
    [told] = wrong_values(key, value)
    assert told.startswith("应是")


def test_that_each_wrong_entry_of_a_table_is_named() -> None:
    table = {"active": {"primary": Decimal("0.7"), "secondary": 7}, "retired": "x"}
    told = list(wrong_values("employee_inpatient.pool_share", table))
    assert [one.partition("应是")[0] for one in told] == ["active secondary ", "retired "]


def test_that_a_chance_by_setting_is_a_ratio() -> None:
    told = list(wrong_values("illness.recurring_happens", {"inpatient": Decimal("0.8"), "chronic": 2}))
    assert [one.partition("应是")[0] for one in told] == ["chronic "]


@pytest.mark.parametrize("day", ["02-29", "13-01", "00-10", "06-31", "W01-1", "6-30"])
def test_that_a_day_of_the_year_which_some_years_lack_is_refused(day: str) -> None:
    assert list(wrong_values("premium.refund_until", {"year": 0, "day": day}))


def test_that_each_key_is_of_a_kind_that_can_be_said() -> None:
    assert all(words and callable(holds) for terms in KINDS.values() for words, holds in terms.values())
