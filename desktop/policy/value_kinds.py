"""值的种类。What kind of value each key that the engine reads must hold; other keys are for reading only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.domain.binding import Relation
from desktop.domain.care import Level, Purpose
from desktop.domain.money import MOST_YUAN
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


def _is_count_or_unlimited(value: Any) -> bool:
    return value == "unlimited" or _is_count(value)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_one_of(*words: str) -> _Is:
    return lambda value: value in words


def _is_list_of(*words: str) -> _Is:
    return lambda value: isinstance(value, tuple) and all(one in words for one in value)


def _is_order(value: Any) -> bool:
    names = {"pool", "own_account", "mutual_aid", "cash"}
    return (
        isinstance(value, tuple) and len(value) == len(names) and set(value) == names and value[-1] == "cash"
    )


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
    # A plain year: 02-29 is no day of most years.
    found = re.fullmatch(r"([0-9]{2})-([0-9]{2})", str(value["day"]))
    if found is None or not 1 <= int(found[1]) <= len(_DAYS):
        return False
    return 1 <= int(found[2]) <= _DAYS[int(found[1]) - 1]


MONEY = ("不小于 0 的金额（待遇可按级别、身份列表）", _is_number)
RATIO = ("0 到 1 的比例（待遇可按级别、身份列表）", _is_ratio)
NUMBER = ("不小于 0 的数（可按级别、就诊类别列表）", _is_number)
COUNT = ("不小于 1 的整数", _is_count)
FLAG = ("true 或 false", _is_flag)
SEGMENTS = ("{ from, to, share } 组成的分段表", _is_segments)
BANDS = ("{ from, per_year } 组成的年龄分段，从 0 岁起，一段比一段年长", _is_bands)
WINDOW = ("{ from = 日期, to = 日期 }", _is_window)
DAY_OF_YEAR = ('{ year = 0, day = "06-30" }', _is_day_of_year)
PARTS = ("费用构成的列表（deductible、copay、upfront、out_of_scope）", _is_list_of(*BURDEN))
RELATIONS = ("亲属关系的列表", _is_list_of(*Relation))
PURPOSES = ("费用用途的列表", _is_list_of(*Purpose))
LEVEL = ("医院等级", _is_one_of(*Level))
AREA = ("pool、province 或 nation", _is_one_of("pool", "province", "nation"))
ORIGIN = ("after_deductible 或 zero", _is_one_of("after_deductible", "zero"))
ORDER = ("pool、own_account、mutual_aid、cash 的先后，现金在最后", _is_order)
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
        "flexible_has_account": FLAG,
        "base_floor": MONEY,
        "base_ceiling": MONEY,
        "credit_day": COUNT,
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
    },
    "own_account": {"pays_for": PARTS},
    "visit": {
        "own_credential": FLAG,
        "designated_only": FLAG,
        "insured_only": FLAG,
        "excluded_purposes": PURPOSES,
    },
    "enrolment": {"schemes_at_one_time": COUNT, "first_benefits": COUNT},
    "premium": {"personal": MONEY, "late": MONEY, "window": WINDOW, "refund_until": DAY_OF_YEAR},
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
