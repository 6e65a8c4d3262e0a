"""填数测试。Every value of the packs can be typed again, and nonsense has a sentence beside its field."""

from datetime import date
from decimal import Decimal

import pytest

from desktop.policy.pack import Value
from desktop.usecases.value_fields import FieldKind, NotAValue, Path, fields_of, typed_value
from tests.families import shipped

WIDE = {ord("0") + digit: chr(0xFF10 + digit) for digit in range(10)} | {
    ord(","): "，",
    ord("%"): chr(0xFF05),
}
WINDOW = {"from": date(2025, 9, 1), "to": date(2026, 1, 31)}


def one_of(key: str, like: Value | None, unit: str = "") -> FieldKind:
    [field] = fields_of(key, like, unit)
    return field.kind


def trouble(key: str, like: Value | None, unit: str, typed: dict[Path, str]) -> dict[Path, str]:
    with pytest.raises(NotAValue) as caught:
        typed_value(key, like, unit, typed)
    return caught.value.faults


def test_that_every_value_of_the_packs_is_the_same_when_typed_as_it_stands() -> None:
    for pack in shipped().packs.values():
        for key, blocks in pack.blocks.items():
            for block in blocks:
                fields = fields_of(key, block.value, block.unit)
                assert fields, key
                if block.value is not None:
                    typed = {one.path: one.now for one in fields}
                    assert typed_value(key, block.value, block.unit, typed) == block.value, key


def test_that_a_field_is_of_the_kind_of_its_value() -> None:
    assert one_of("premium.personal", Decimal("400.00"), "yuan/year") is FieldKind.MONEY
    assert one_of("account.own_rate", Decimal("0.02"), "ratio") is FieldKind.PERCENT
    assert one_of("mutual_aid.most_active", 10, "person") is FieldKind.COUNT
    assert one_of("illness.visits_of_all", Decimal("6.8")) is FieldKind.NUMBER
    assert one_of("mutual_aid.pays_premium", True) is FieldKind.CHOICE
    assert one_of("mutual_aid.area", "pool") is FieldKind.CHOICE
    assert one_of("mutual_aid.pays_for", ("copay",)) is FieldKind.MANY
    assert one_of("account.interest", "按原规定") is FieldKind.TEXT
    assert [one.kind for one in fields_of("premium.window", WINDOW)] == [FieldKind.DAY] * 2
    days = fields_of("premium.refund_until", {"year": -1, "day": "12-31"})
    assert [one.kind for one in days] == [FieldKind.CHOICE, FieldKind.MONTH_DAY]


def test_that_a_table_has_a_field_for_each_entry_with_its_words() -> None:
    table = {"active": {"primary": Decimal("0.90")}, "retired": {"primary": Decimal("0.95")}}
    fields = fields_of("employee_inpatient.pool_share", table, "ratio")
    assert [(one.caption, one.now) for one in fields] == [("在职 一级", "90"), ("退休 一级", "95")]
    typed: dict[Path, str] = {("active", "primary"): "91", ("retired", "primary"): "96 %".translate(WIDE)}
    assert typed_value("employee_inpatient.pool_share", table, "ratio", typed) == {
        "active": {"primary": Decimal("0.91")},
        "retired": {"primary": Decimal("0.96")},
    }


def test_that_a_table_by_place_asks_yes_or_no_for_each_place() -> None:
    fields = fields_of("wallet.online", {"44": False, "other": True})
    assert [(one.caption, one.kind) for one in fields] == [
        ("广东", FieldKind.CHOICE),
        ("其他省份", FieldKind.CHOICE),
    ]
    assert fields[0].choices == (("true", "已开通"), ("false", "尚未开通"))


def test_that_segments_are_numbered_and_their_limits_are_money() -> None:
    like = ({"from": Decimal(0), "to": Decimal(30000), "share": Decimal("0.6")},)
    fields = fields_of("resident_critical.segments", like, "ratio")
    assert [(one.caption, one.kind) for one in fields] == [
        ("第 1 段 从", FieldKind.MONEY),
        ("第 1 段 到", FieldKind.MONEY),
        ("第 1 段 比例", FieldKind.PERCENT),
    ]


def test_that_a_value_that_nobody_knows_is_asked_for_by_its_kind_alone() -> None:
    assert [one.now for one in fields_of("premium.window", None)] == ["", ""]
    assert one_of("chronic.monthly_quota", None, "yuan/month") is FieldKind.MONEY
    assert typed_value("chronic.monthly_quota", None, "yuan/month", {(): "300"}) == Decimal("300.00")
    assert one_of("mutual_aid.relations", None) is FieldKind.MANY
    assert one_of("pharmacy.nobody_knows", None) is FieldKind.NUMBER


@pytest.mark.parametrize(
    ("key", "like", "unit", "typed", "said"),
    [
        ("premium.personal", Decimal(1), "yuan/year", "abc", "请填数"),
        ("premium.personal", Decimal(1), "yuan/year", "-5", "请填数"),
        ("premium.personal", Decimal(1), "yuan/year", "", "请填数"),
        ("premium.personal", Decimal(1), "yuan/year", "420.005", "两位小数"),
        ("mutual_aid.most_active", 10, "person", "1.5", "整数"),
        ("mutual_aid.area", "pool", "", "", "请选一个"),
        ("mutual_aid.pays_for", ("copay",), "", "", "至少选一样"),
        ("account.interest", "按原规定", "", "", "请填写"),
    ],
)
def test_that_nonsense_is_told_in_a_sentence(key: str, like: Value, unit: str, typed: str, said: str) -> None:
    assert said in trouble(key, like, unit, {(): typed})[()]


def test_that_days_must_be_days() -> None:
    faults = trouble("premium.window", WINDOW, "", {("from",): "2026-02-30", ("to",): "x"})
    assert set(faults) == {("from",), ("to",)}
    like: Value = {"year": 0, "day": "06-30"}
    assert "06-30" in trouble("premium.refund_until", like, "", {("year",): "0", ("day",): "六月"})[("day",)]


def test_that_what_people_write_is_read() -> None:
    assert typed_value("premium.personal", Decimal(1), "yuan/year", {(): "1,020.5 元".translate(WIDE)}) == (
        Decimal("1020.50")
    )
    like: Value = {"year": 0, "day": "06-30"}
    typed: dict[Path, str] = {("year",): "-1", ("day",): "12月5日"}
    assert typed_value("premium.refund_until", like, "", typed) == {"year": -1, "day": "12-05"}
    assert typed_value("mutual_aid.pays_premium", True, "", {(): "false"}) is False
    assert typed_value("mutual_aid.payers_per_beneficiary", "unlimited", "", {(): "2"}) == 2
    order = "pool,mutual_aid,own_account,cash"
    assert typed_value("mutual_aid.purse_order", ("cash",), "", {(): order}) == tuple(order.split(","))


def test_that_known_words_of_a_text_keep_their_codes() -> None:
    like = ("drug", "device")
    [field] = fields_of("mutual_aid.pharmacy_goods", like)
    assert field.now == "药品；医疗器械"
    typed: dict[Path, str] = {(): "药品；消毒用品"}
    assert typed_value("mutual_aid.pharmacy_goods", like, "", typed) == ("drug", "消毒用品")
