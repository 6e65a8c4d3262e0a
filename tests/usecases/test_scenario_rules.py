"""假设的规则测试。Which values of the law may be supposed to be others, their names, what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.plan import RuleChange
from desktop.usecases.scenario_rules import (
    Supposable,
    change_faults,
    change_words,
    find_supposable,
    supposable,
)
from tests.families import CHANGSHA, shipped

TODAY, DAY = date(2026, 11, 21), date(2027, 1, 1)


def named(title: str) -> Supposable:
    return next(one for one in supposable(shipped(), CHANGSHA, DAY) if one.title == title)


def test_money_ratios_flags_and_counts_are_told_in_words() -> None:
    premium, share = named("居民医保个人缴费标准"), named("职工门诊统筹支付比例（三级）")
    heir, places = named("个人账户余额能否继承"), named("家庭共济同时最多绑定")
    assert (premium.is_money, premium.words(premium.value)) == (True, "400.00 元/年")
    assert (share.is_ratio, share.words(share.value), share.entry) == (True, "60%", ("tertiary",))
    assert heir.words(False) == "不可以继承"
    assert (places.unit_words, places.value) == ("人", Decimal(10))


def test_a_table_in_a_table_is_named_by_both() -> None:
    share = named("职工住院统筹支付比例（退休，三级）")
    assert share.entry == ("retired", "tertiary")
    assert share.id == "employee_inpatient.pool_share/retired/tertiary"


def test_days_words_mixed_tables_and_estimates_are_not_offered() -> None:
    offered = {one.key for one in supposable(shipped(), CHANGSHA, DAY)}
    assert "premium.window" not in offered
    assert "premium.refund_until" not in offered
    assert "employee_critical.hardship" not in offered
    assert "own_account.pays_for" not in offered
    assert not any(key.startswith("illness.") for key in offered)


def test_every_one_has_an_id_and_a_title_of_its_own() -> None:
    listed = supposable(shipped(), CHANGSHA, DAY)
    assert len({one.id for one in listed}) == len(listed)
    assert len({one.title for one in listed}) == len(listed)
    assert all(one.topic for one in listed)


def test_a_supposition_is_told_with_what_the_packs_say() -> None:
    change = RuleChange("employee_outpatient.pool_share", DAY, Decimal("0.7"), ("tertiary",))
    words = "假设职工门诊统筹支付比例（三级）为 70%（按规则包 60%）"
    assert change_words(shipped(), CHANGSHA, change) == words


def test_what_the_packs_do_not_hold_is_told_by_its_key() -> None:
    change = RuleChange("a_pack.of_ones_own", DAY, Decimal(3))
    assert find_supposable(shipped(), CHANGSHA, change) is None
    assert change_words(shipped(), CHANGSHA, change) == "假设 a_pack.of_ones_own 为 3"


def test_a_word_is_told_as_it_stands() -> None:
    change = RuleChange("premium.personal", DAY, "none")
    assert change_words(shipped(), CHANGSHA, change) == "假设 premium.personal 为 none"


@pytest.mark.parametrize(
    ("title", "value", "place"),
    [
        ("居民医保个人缴费标准", Decimal(-1), "value"),
        ("居民医保个人缴费标准", Decimal(400), "value"),
        ("职工门诊统筹支付比例（三级）", Decimal("1.2"), "value"),
        ("家庭共济同时最多绑定", Decimal("2.5"), "value"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(title: str, value: Decimal, place: str) -> None:
    rule = named(title)
    faults = change_faults(shipped(), rule, RuleChange(rule.key, DAY, value, rule.entry), TODAY)
    assert [one.place for one in faults] == [place]


def test_a_supposition_begins_after_the_familys_day() -> None:
    rule = named("居民医保个人缴费标准")
    early = RuleChange(rule.key, TODAY, Decimal(500))
    assert [one.place for one in change_faults(shipped(), rule, early, TODAY)] == ["since"]
    assert not [*change_faults(shipped(), rule, RuleChange(rule.key, DAY, Decimal(500)), TODAY)]
