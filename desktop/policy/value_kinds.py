"""值的种类。What kind of value each key that the engine reads must hold; other keys are for reading only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.domain.binding import Relation
from desktop.domain.care import Level, Purpose
from desktop.domain.matter import PayoutReason
from desktop.domain.money import MOST_YUAN
from desktop.domain.people import Sex
from desktop.domain.premium import RefundGround
from desktop.domain.settlement import BURDEN

_Is = Callable[[Any], bool]
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    return Decimal(value).is_finite() and 0 <= value <= MOST_YUAN


def _is_ratio(value: Any) -> bool:
    return _is_number(value) and value <= 1


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_days(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_counts_of(*names: str) -> _Is:
    return lambda value: (
        isinstance(value, Mapping) and set(value) == set(names) and all(map(_is_count, value.values()))
    )


def _is_by_year(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(re.fullmatch("20[0-9]{2}", year) for year in value)
        and all(map(_is_count, value.values()))
    )


def _is_count_or_unlimited(value: Any) -> bool:
    return value == "unlimited" or _is_count(value)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_one_of(*words: str) -> _Is:
    return lambda value: value in words


def _is_list_of(*words: str) -> _Is:
    return lambda value: isinstance(value, tuple) and all(one in words for one in value)


def _is_order(value: Any) -> bool:
    if not isinstance(value, tuple) or value[-1:] != ("cash",):
        return False
    names = {"pool", "own_account", "mutual_aid", "cash"}
    return len(value) == len(set(value)) and set(value) in (names, {*names, "wallet", "quota"})


def _is_flag_by_place(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return _is_flag(value)
    places = all(re.fullmatch(r"[0-9]{2}|[0-9]{4}|other", name) for name in value)
    return bool(value) and places and all(_is_flag(one) for one in value.values())


def _is_hour(value: Any) -> bool:
    return re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", str(value)) is not None


def _is_hours(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"from", "to"} and all(map(_is_hour, value.values()))


def _is_segments(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(_is_segment(one) for one in value)


def _is_segment(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and set(value) in ({"from", "share"}, {"from", "to", "share"})
        and _is_number(value["from"])
        and _is_number(value.get("to", 0))
        and _is_ratio(value["share"])
    )


def _is_bands(value: Any) -> bool:
    """By age, each band from its own age to that of the next one: the first from birth on."""
    if not isinstance(value, tuple) or not all(_is_band(one) for one in value):
        return False
    ages = [one["from"] for one in value]
    return ages[:1] == [0] and ages == sorted(set(ages))


def _is_band(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and set(value) == {"from", "per_year"}
        and (value["from"] == 0 or _is_count(value["from"]))
        and _is_number(value["per_year"])
    )


def _is_window(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and set(value) == {"from", "to"}
        and all(type(day) is date for day in value.values())
        and value["from"] <= value["to"]
    )


def _is_day_of_year(value: Any) -> bool:
    if not isinstance(value, Mapping) or set(value) != {"year", "day"} or type(value["year"]) is not int:
        return False
    return _is_month_and_day(value["day"])


def _is_long_gap(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and set(value) == {"gap_years", "months"}
        and all(map(_is_count, value.values()))
    )


def _is_switch(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and set(value) == {"employee_months_least", "broke_off_after", "join_within_months"}
        and _is_count(value["employee_months_least"])
        and _is_month_and_day(value["broke_off_after"])
        and _is_count(value["join_within_months"])
    )


def _is_month_and_day(value: Any) -> bool:
    # A plain year: 02-29 is no day of most years.
    found = re.fullmatch(r"([0-9]{2})-([0-9]{2})", str(value))
    if found is None or not 1 <= int(found[1]) <= len(_DAYS):
        return False
    return 1 <= int(found[2]) <= _DAYS[int(found[1]) - 1]


MONEY = ("不小于 0 的金额（待遇可按级别、身份列表）", _is_number)
RATIO = ("0 到 1 的比例（待遇可按级别、身份列表）", _is_ratio)
NUMBER = ("不小于 0 的数（可按级别、就诊类别列表）", _is_number)
COUNT = ("不小于 1 的整数", _is_count)
DAYS = ("不小于 0 的整数", _is_days)
BY_AGE = ("按原退休年龄列的 { 60, 55, 50 }", _is_counts_of("60", "55", "50"))
BY_SEX = ("{ male, female }", _is_counts_of(*Sex))
BY_YEAR = ("按年份列的 { 2026 = 13 }", _is_by_year)
PAYOUTS = ("支取缘由的列表", _is_list_of(*PayoutReason))
FLAG = ("true 或 false", _is_flag)
SEGMENTS = ("{ from, to, share } 组成的分段表", _is_segments)
BANDS = ("{ from, per_year } 组成的年龄分段，从 0 岁起，一段比一段年长", _is_bands)
WINDOW = ("{ from = 日期, to = 日期 }", _is_window)
DAY_OF_YEAR = ('{ year = 0, day = "06-30" }', _is_day_of_year)
PARTS = ("费用构成的列表（deductible、copay、upfront、out_of_scope）", _is_list_of(*BURDEN))
RELATIONS = ("亲属关系的列表", _is_list_of(*Relation))
PURPOSES = ("费用用途的列表", _is_list_of(*Purpose))
LONG_GAP = ("{ gap_years = 4, months = 6 }", _is_long_gap)
SWITCH = ('{ employee_months_least = 3, broke_off_after = "10-01", join_within_months = 3 }', _is_switch)
GROUNDS = ("退费缘由的列表", _is_list_of(*RefundGround))
LEVEL = ("医院等级", _is_one_of(*Level))
AREA = ("pool、province 或 nation", _is_one_of("pool", "province", "nation"))
ORIGIN = ("after_deductible 或 zero", _is_one_of("after_deductible", "zero"))
ORDER = ("pool、own_account、mutual_aid、cash 的先后（可加 wallet 和 quota），现金在最后", _is_order)
BY_PLACE = ("true 或 false，或按省份、统筹区代码列表（其余写 other）", _is_flag_by_place)
HOUR = ('时刻，如 "06:00"', _is_hour)
HOURS = ('{ from = "22:00", to = "06:00" }', _is_hours)
PROVINCES = ("省级区划代码的列表", _is_list_of(*(f"{one:02}" for one in range(11, 66))))
PAYERS = ("不小于 1 的整数，或 unlimited", _is_count_or_unlimited)

Kind = tuple[str, _Is]

_TREATMENT: Mapping[str, Kind] = {
    "deductible": MONEY,
    "deductible_year": MONEY,
    "pool_share": RATIO,
    "later_stay_share": RATIO,
    "later_stay_by_level": FLAG,
    "ceiling": MONEY,
    "monthly_quota": MONEY,
    "segments": SEGMENTS,
    "segment_origin": ORIGIN,
}
KINDS: Mapping[str, Mapping[str, Kind]] = {
    "account": {
        "own_rate": RATIO,
        "retiree_monthly": MONEY,
        "retiree_pension_share": RATIO,
        "flexible_has_account": FLAG,
        "base_floor": MONEY,
        "base_ceiling": MONEY,
        "credit_day": COUNT,
        "flexible_retiree_monthly": MONEY,
        "base_reference": MONEY,
        "unit_contribution_rate": RATIO,
        "maternity_rate": RATIO,
        "flexible_contribution_rate": RATIO,
        "critical_illness_fee": MONEY,
        "heritable": FLAG,
    },
    "mutual_aid": {
        "relations": RELATIONS,
        "most_active": COUNT,
        "most_in_lifetime": COUNT,
        "payers_per_beneficiary": PAYERS,
        "area": AREA,
        "pays_for": PARTS,
        "payer_has_account": FLAG,
        "suspended_payer_pays": FLAG,
        "beneficiary_insured": FLAG,
        "pays_premium": FLAG,
        "purse_order": ORDER,
        "ends_with_insurance": FLAG,
    },
    "wallet": {
        "money_moves": FLAG,
        "online": BY_PLACE,
        "pool_online": BY_PLACE,
        "transfers_a_day": COUNT,
        "transfer_most": MONEY,
        "closed_hours": HOURS,
        "unaccepted_returns_at": HOUR,
        "quota_frozen": FLAG,
    },
    "own_account": {"pays_for": PARTS},
    "visit": {
        "own_credential": FLAG,
        "designated_only": FLAG,
        "insured_only": FLAG,
        "excluded_purposes": PURPOSES,
    },
    "enrolment": {
        "schemes_at_one_time": COUNT,
        "first_benefits": COUNT,
        "arrears_retroactive_within": COUNT,
        "benefits_after_long_arrears": COUNT,
        "waiting": COUNT,
        "waiting_per_gap_year": COUNT,
        "waiting_less_per_paid_year": COUNT,
        "waiting_least_after_four_gap_years": LONG_GAP,
        "switch_without_waiting": SWITCH,
        "newborn_covered_from_birth": FLAG,
        "university_entrants": WINDOW,
    },
    "premium": {
        "personal": MONEY,
        "late": MONEY,
        "half_group": MONEY,
        "full_group": MONEY,
        "newborn_free": FLAG,
        "window": WINDOW,
        "refund_until": DAY_OF_YEAR,
        "refund_grounds": GROUNDS,
        "loyalty_years": COUNT,
        "loyalty_first_effect": COUNT,
        "loyalty_bonus": MONEY,
        "loyalty_bonus_least": MONEY,
        "loyalty_restarts_after_gap": FLAG,
        "zero_claim_bonus": MONEY,
        "zero_claim_bonus_least": MONEY,
        "zero_claim_cleared_when_used": FLAG,
        "bonus_ceiling": MONEY,
        "bonus_ceiling_share": RATIO,
    },
    "transfer": {
        "out_days": DAYS,
        "in_days": DAYS,
        "in_province_out_days": DAYS,
        "in_province_in_days": DAYS,
        "automatic": FLAG,
        "stopped_at_origin": FLAG,
        "enrolled_at_destination": FLAG,
        "no_arrears": FLAG,
        "in_province_bindings": FLAG,
    },
    "retirement": {
        "legal_age": BY_AGE,
        "usual_original_age": BY_SEX,
        "months_per_step": BY_AGE,
        "flexible_years": COUNT,
        "total_years": BY_SEX,
        "local_years": BY_YEAR,
        "who": FLAG,
        "starts_after": COUNT,
        "shortfall_employee": FLAG,
        "shortfall_flexible": FLAG,
    },
    "closing": {"payable": PAYOUTS, "days": COUNT, "ends_bindings": FLAG},
    "pharmacy": {**_TREATMENT, "share_without_prescription": RATIO},
    "chronic": _TREATMENT,
    "illness": {
        "stays_a_year": BANDS,
        "outpatient_a_year": BANDS,
        "usual_age": COUNT,
        "stay_fee": MONEY,
        "outpatient_fee": MONEY,
        "stay_spread": NUMBER,
        "outpatient_spread": NUMBER,
        "out_of_scope_share": RATIO,
        "upfront_share": RATIO,
        "usual_level": LEVEL,
        "records_months": COUNT,
        "records_least": COUNT,
        "records_months_least": COUNT,
        "recurring_happens": RATIO,
        "recurring_spread": NUMBER,
    },
    **{
        f"{scheme}_{benefit}": _TREATMENT
        for scheme in ("employee", "resident")
        for benefit in ("outpatient", "inpatient", "critical")
    },
}
"""By file, then by term."""

_TABLED = {
    "pharmacy",
    "chronic",
    "illness",
    *(f"{a}_{b}" for a in ("employee", "resident") for b in ("outpatient", "inpatient")),
}
"""The files whose sums and ratios may be tables by level, by setting, by status, or by status then level."""


def wrong_values(key: str, value: Any) -> Iterator[str]:
    """What the value of a key should have been, once for each entry that is not."""
    file, _, term = key.partition(".")
    kind = KINDS.get(file, {}).get(term)
    if kind is None:
        return
    should_be, holds = kind
    tabled = file in _TABLED and kind in (MONEY, RATIO, NUMBER) and value != {}
    for entry, one in _entries(value) if tabled else [("", value)]:
        if not holds(one):
            yield f"{entry}应是{should_be}"


def _entries(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if not isinstance(value, Mapping):
        yield name, value
        return
    for entry, one in value.items():
        yield from _entries(one, f"{name}{entry} ")
