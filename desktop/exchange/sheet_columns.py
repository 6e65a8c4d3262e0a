"""表头。Guesses from the words over a table what each of its columns holds; a person may say otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from unicodedata import normalize

from desktop.exchange.sheet_values import NotRead, day_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from desktop.exchange.sheet_in import Cell, Row

_SEARCHED = 20  # rows among which the header is looked for
_ENOUGH = 2  # columns that make a row a header
_LONG = 3  # letters from which on a name is known inside a longer one
_ASIDE = re.compile(r"\(.*?\)|[\s_:：*]|[（〔\[].*?[）〕\]]")
_OTHER_THINGS = ("余额", "比例", "累计", "编号", "号码", "代码")


class Column(StrEnum):
    """What a column may hold."""

    ON = "on"
    PATIENT = "patient"
    SETTING = "setting"
    PROVIDER = "provider"
    LEVEL = "level"
    AREA = "area"
    TOTAL = "total"
    OWN = "own"
    OVER_LIMIT = "over_limit"
    UPFRONT = "upfront"
    FUND = "fund"
    OTHER_FUND = "other_fund"
    YEAR = "year"
    PAID_FROM = "paid_from"
    NOTE = "note"


NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.ON: (
        "日期",
        "就诊日期",
        "结算日期",
        "结算时间",
        "费用日期",
        "购药日期",
        "缴费日期",
        "开票日期",
        "时间",
        "setl_time",
        "date",
    ),
    Column.PATIENT: (
        "就诊人",
        "使用人",
        "姓名",
        "就诊人姓名",
        "患者",
        "患者姓名",
        "病人姓名",
        "人员姓名",
        "参保人",
        "家人",
        "psn_name",
    ),
    Column.SETTING: ("类别", "就诊类别", "医疗类别", "就医类型", "就诊类型", "业务类型", "类型", "med_type"),
    Column.PROVIDER: (
        "机构",
        "医院",
        "医疗机构",
        "就诊机构",
        "医院名称",
        "机构名称",
        "定点医药机构",
        "收费单位",
        "fixmedins_name",
    ),
    Column.LEVEL: ("医院等级", "机构等级", "医院级别", "等级", "级别", "hosp_lv"),
    Column.AREA: ("就医地", "就医地区划", "mdtrtarea_admvs"),
    Column.TOTAL: (
        "医疗费总额",
        "本次医疗费总额",
        "医疗总费用",
        "费用总额",
        "总费用",
        "费用合计",
        "总金额",
        "金额合计",
        "金额",
        "合计",
        "medfee_sumamt",
    ),
    Column.OWN: ("全自费", "全自费金额", "个人自费", "自费金额", "自费", "fulamt_ownpay_amt"),
    Column.OVER_LIMIT: ("超限价自费", "超限价自费费用", "超限价", "超限额自付", "overlmt_selfpay"),
    Column.UPFRONT: ("先行自付", "先行自付金额", "乙类先自付", "乙类自付", "preselfpay_amt"),
    Column.FUND: (
        "基金支付总额",
        "fund_pay_sumamt",
        "统筹支付",
        "统筹基金支付",
        "医保统筹基金支付",
        "医保统筹支付",
        "统筹基金",
        "基金支付",
        "hifp_pay",
    ),
    Column.OTHER_FUND: ("其他支付", "其它医保支付", "其他医保支付", "大病保险支付", "大病支付"),
    Column.YEAR: ("参保年度", "待遇年度", "缴费年度", "医保年度", "年度"),
    Column.PAID_FROM: ("支付人", "代缴人", "付款人", "共济人", "缴费账户"),
    Column.NOTE: ("备注", "摘要", "说明", "项目", "note"),
}
"""What people and interfaces call it, the usual name first; of two columns the earlier name wins."""

_WHOLE_FUND = ("基金支付总额", "fund_pay_sumamt")  # what other funds paid is inside


@dataclass(frozen=True, slots=True)
class Layout:
    """`header` is the place of the row of names, None where there is none; a column of None is not read."""

    header: int | None
    columns: tuple[Column | None, ...]

    @property
    def first(self) -> int:
        """The place of the first row of values."""
        return 0 if self.header is None else self.header + 1


def guess_layout(rows: Sequence[Row]) -> Layout:
    """The row with most known names; without one, the first row that is not empty, unless it has a day."""
    guesses = [(place, _columns(row)) for place, row in enumerate(rows[:_SEARCHED])]
    place, columns = max(guesses, key=lambda one: sum(1 for name in one[1] if name), default=(0, ()))
    if sum(1 for name in columns if name) >= _ENOUGH:
        return Layout(place, columns)
    wide = len(rows[0]) if rows else 0
    first = next((place for place, row in enumerate(rows) if any(words_of(cell) for cell in row)), 0)
    by_value = tuple(Column.ON if _is_day(cell) else None for cell in rows[first]) if rows else ()
    if Column.ON in by_value:
        return Layout(None, by_value)
    return Layout(first, (None,) * wide)


def titles(rows: Sequence[Row], layout: Layout) -> tuple[str, ...]:
    """What stands over each column; where nothing does, its letter."""
    named = rows[layout.header] if layout.header is not None else ("",) * len(layout.columns)
    return tuple(words_of(cell) or _letters(place) for place, cell in enumerate(named))


def _columns(row: Row) -> tuple[Column | None, ...]:
    """Each meaning goes to one column: the best name first, then names inside longer ones."""
    heads = [_bare(words_of(cell)) for cell in row]
    found: dict[int, Column] = {}
    for column, names in NAMES.items():
        place = next(_places(heads, [_bare(name) for name in names], found), None)
        if place is not None:
            found[place] = column
    fund = next((heads[place] for place, column in found.items() if column is Column.FUND), "")
    if fund in {_bare(name) for name in _WHOLE_FUND}:
        found = {place: column for place, column in found.items() if column is not Column.OTHER_FUND}
    return tuple(found.get(place) for place in range(len(row)))


def _places(heads: Sequence[str], names: Sequence[str], taken: Mapping[int, Column]) -> Iterator[int]:
    free = [place for place in range(len(heads)) if place not in taken]
    yield from (place for name in names for place in free if heads[place] == name)
    for name in names:
        if len(name) >= _LONG:
            yield from (place for place in free if name in heads[place] and not _is_other(heads[place]))


def _is_other(head: str) -> bool:
    return any(word in head for word in _OTHER_THINGS)


def _bare(name: str) -> str:
    """医疗费总额（元）is 医疗费总额."""
    return _ASIDE.sub("", normalize("NFKC", name)).lower()


def _letters(place: int) -> str:
    """A, B … Z, AA, as spreadsheets name their columns."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _is_day(cell: Cell) -> bool:
    if isinstance(cell, int | float):
        return False  # any sum might be a day's number
    try:
        day_of(cell)
    except NotRead:
        return False
    return True
