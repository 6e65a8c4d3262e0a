"""表格里的值测试。Days and sums as people write them, to the fen; what is unclear is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.care import Level, Setting
from desktop.domain.money import Money
from desktop.domain.terms import label
from desktop.exchange.sheet_columns import Column, Layout, guess_layout, titles
from desktop.exchange.sheet_values import NotRead, care_of, day_of, grade_of, sum_of, words_of, year_of
from tests.exchange.spreadsheets import wide

if TYPE_CHECKING:
    from desktop.exchange.sheet_in import Cell

THAT_DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "cell",
    [
        THAT_DAY,
        datetime(2026, 11, 21, 9, 30),  # noqa: DTZ001
        "2026-11-21",
        "2026/11/21",
        "2026.11.21",
        "2026年11月21日",
        "2026 年 11 月 21 号",
        "20261121",
        "20261121093000",
        20261121.0,
        "2026-11-21 09:30:00",
        "2026-11-21T09:30",
        wide("2026-11-21"),
        46347,
        46347.4,
        "46347",
    ],
)
def test_that_a_day_is_read_however_it_is_written(cell: Cell) -> None:
    assert day_of(cell) == THAT_DAY


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("", "没有日期"),
        ("去年冬天", "日期读不懂"),
        ("21/11/2026", "日期读不懂"),
        ("2026-02-30", "没有这一天"),
        ("2026-13-01", "没有这一天"),
        ("1726-11-21", "年份不对"),
        (12.5, "日期读不懂"),
        (True, "日期读不懂"),
    ],
)
def test_that_what_is_no_day_is_refused(cell: Cell, what: str) -> None:
    with pytest.raises(NotRead, match=what):
        day_of(cell)


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("1060", 106_000),
        ("1,060.00", 106_000),
        ("￥1,060.5", 106_050),
        ("¥ 1060.50 元", 106_050),
        (wide("1,060.50") + "元", 106_050),
        ("CNY 88", 8_800),
        ("88.500", 8_850),
        ("88.", 8_800),
        ("-88.00", -8_800),
        ("(88.00)", -8_800),
        ("\u221288.00", -8_800),
        (0.1 + 0.2, 30),
        (1060, 106_000),
        (9999999999999.99, 999_999_999_999_999),
        ("99999999999999.99", 9_999_999_999_999_999),
        ("0", 0),
    ],
)
def test_that_a_sum_is_read_to_the_fen(cell: Cell, fen: int) -> None:
    assert sum_of(cell) == Money(fen)


@pytest.mark.parametrize("cell", ["", "  ", "-", "—", "/", "无"])
def test_that_an_empty_sum_is_none(cell: Cell) -> None:
    assert sum_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("约一千", "金额读不懂"),
        ("1,06", "金额读不懂"),
        ("1e5", "金额读不懂"),
        ("nan", "金额读不懂"),
        (float("inf"), "金额读不懂"),
        ("1.2.3", "金额读不懂"),
        ("0.005", "金额最多到分"),
        (0.005, "金额最多到分"),
        ("100000000000000", "金额太大"),
        (True, "金额读不懂"),
        (THAT_DAY, "金额读不懂"),
    ],
)
def test_that_what_is_no_sum_is_refused_without_being_quoted(cell: Cell, what: str) -> None:
    with pytest.raises(NotRead, match=what) as refused:
        sum_of(cell)
    assert str(cell) not in f"{refused.value.what}{refused.value.todo}"


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_that_every_number_of_fen_survives_a_spreadsheet(fen: int) -> None:
    assert sum_of(fen / 100) == sum_of(str(Money(fen))) == sum_of(f"{Money(fen):,}") == Money(fen)


@pytest.mark.parametrize(
    ("cell", "setting"),
    [
        *((label(one), one) for one in Setting),
        ("门诊", Setting.OUTPATIENT),
        ("门急诊", Setting.OUTPATIENT),
        ("急诊抢救", Setting.EMERGENCY),
        ("慢特病", Setting.CHRONIC),
        ("定点药店", Setting.PHARMACY),
        ("11", Setting.OUTPATIENT),
        (41.0, Setting.PHARMACY),
        ("2101", Setting.INPATIENT),
    ],
)
def test_that_a_kind_of_care_is_known_by_label_word_and_code(cell: Cell, setting: Setting) -> None:
    assert care_of(cell) is setting


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        *((label(one), one) for one in Level),
        ("三甲", Level.TERTIARY),
        ("二级乙等", Level.SECONDARY),
        ("社区卫生服务中心", Level.GRASSROOTS),
        ("02", Level.TERTIARY),
        (5.0, Level.SECONDARY),
        ("", None),
    ],
)
def test_that_a_level_is_known_by_label_word_and_code(cell: Cell, level: Level | None) -> None:
    assert grade_of(cell) is level


def test_that_other_words_are_refused() -> None:
    for read, cell, what in (
        (care_of, "体检", "类别认不出来"),
        (care_of, "", "没有类别"),
        (care_of, "77", "类别认不出来"),
        (grade_of, "很大", "医院等级认不出来"),
        (year_of, "明年", "参保年度读不懂"),
    ):
        with pytest.raises(NotRead, match=what):
            read(cell)


def test_that_a_benefit_year_is_read() -> None:
    assert year_of("2027年度") == year_of(2027.0) == year_of("2027") == 2027
    assert year_of("") is None


def test_that_words_lose_only_what_a_spreadsheet_put_before_them() -> None:
    assert words_of("'=甲\n乙") == "=甲 乙"
    assert words_of("母亲's") == "母亲's"
    assert words_of(12.0) == "12"


# ------------------------------------------------------------------------------------------------------ heads


def test_that_columns_are_guessed_from_their_names() -> None:
    head = (
        "就诊日期",
        "患者姓名",
        "医疗类别",
        "本次医疗费总额（元）",
        "个人账户余额",
        "医保统筹支付",
        "其他支付",
    )
    layout = guess_layout([("我的票据", *("",) * 6), head, ("2026-11-21", *("",) * 6)])
    assert (layout.header, layout.first) == (1, 2)
    assert layout.columns == (
        Column.ON,
        Column.PATIENT,
        Column.SETTING,
        Column.TOTAL,
        None,
        Column.FUND,
        Column.OTHER_FUND,
    )


def test_that_national_names_are_known() -> None:
    head = ("setl_time", "psn_name", "med_type", "medfee_sumamt", "fund_pay_sumamt", "其他支付", "balc")
    columns = guess_layout([head]).columns
    assert columns == (Column.ON, Column.PATIENT, Column.SETTING, Column.TOTAL, Column.FUND, None, None)


def test_that_the_better_name_wins() -> None:
    columns = guess_layout([("日期", "金额", "医疗费总额", "合计")]).columns
    assert columns == (Column.ON, None, Column.TOTAL, None)


def test_that_a_table_without_names_has_its_day_known() -> None:
    rows: list[tuple[Cell, ...]] = [("", ""), ("2026-11-21", 88.0), ("2026-11-22", 20261121.0)]
    layout = guess_layout(rows)
    assert layout == Layout(None, (Column.ON, None))
    assert titles(rows, layout) == ("A", "B")


def test_that_an_unknown_table_has_its_first_row_as_names() -> None:
    rows = [("", ""), ("甲", ""), ("1", "2")]
    layout = guess_layout(rows)
    assert layout == Layout(1, (None, None))
    assert titles(rows, layout) == ("甲", "B")
    assert guess_layout([]) == Layout(0, ())
    wide = [("",) * 28]
    assert titles(wide, guess_layout(wide))[-2:] == ("AA", "AB")
