"""表格里的值。Reads one cell as a day, a sum, a kind of care or a level, however people write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar
from unicodedata import normalize

from desktop.domain.care import Level, Setting
from desktop.domain.money import MOST_YUAN, Money
from desktop.exchange.message_event import level_of, setting_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.exchange.sheet_in import Cell

T = TypeVar("T")

_DAY_ZERO = date(1899, 12, 30)  # of the day numbers of spreadsheets
_SERIAL = re.compile(r"[1-6][0-9]{4}(?:\.[0-9]+)?")  # 1927 to 2091
_YEARS = range(1900, 2101)
_DAY = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?(?:[ T].*)?")
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6})?")
_SUM = re.compile(r"(-?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]*))?")
_YEAR = re.compile(r"(20[0-9]{2})(?:\s*年?\s*度?)?")
_NO_SUM = {"", "-", "--", "\u2013", "\u2014", "/", "无"}
_QUOTED = re.compile(
    r"^'(?=\s*[=+\-@'\uff1d\uff0b\uff0d\uff20])"
)  # put there so that a spreadsheet takes the words as words

_SETTINGS: dict[str, Setting] = {  # the first name that stands in the words
    "门急诊": Setting.OUTPATIENT,
    "急诊": Setting.EMERGENCY,
    "急救": Setting.EMERGENCY,
    "住院": Setting.INPATIENT,
    "药店": Setting.PHARMACY,
    "大药房": Setting.PHARMACY,
    "购药": Setting.PHARMACY,
    "慢": Setting.CHRONIC,
    "特病": Setting.CHRONIC,
    "特殊": Setting.CHRONIC,
    "两病": Setting.CHRONIC,
    "门诊": Setting.OUTPATIENT,
}
_LEVELS: dict[str, Level] = {
    "省部": Level.PROVINCIAL,
    "部属": Level.PROVINCIAL,
    "三级": Level.TERTIARY,
    "三甲": Level.TERTIARY,
    "三乙": Level.TERTIARY,
    "二级": Level.SECONDARY,
    "二甲": Level.SECONDARY,
    "二乙": Level.SECONDARY,
    "一级": Level.PRIMARY,
    "一甲": Level.PRIMARY,
    "基层": Level.GRASSROOTS,
    "社区": Level.GRASSROOTS,
    "乡镇": Level.GRASSROOTS,
    "卫生院": Level.GRASSROOTS,
    "无等级": Level.GRASSROOTS,
    "未定级": Level.GRASSROOTS,
}


class NotRead(ValueError):
    """What is wrong with a cell, and what to do. Never what stands in it."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(what)
        self.what, self.todo = what, todo


def words_of(cell: Cell) -> str:
    """A cell as words on one line; a whole number without its point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, str):
        return _QUOTED.sub("", " ".join(cell.split()))
    return str(cell)


def day_of(cell: Cell) -> date:
    """2026-11-21, 2026/11/21, 2026年11月21日, 20261121, or a day number. Raises `NotRead`."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _plain(words_of(cell))
    if _SERIAL.fullmatch(text):
        return _DAY_ZERO + timedelta(days=int(text[:5]))
    found = _DAY.fullmatch(text) or _DIGITS.fullmatch(text)
    if found is None:
        raise NotRead("日期读不懂" if text else "没有日期", "写成 2026-11-21 的样子")
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        raise NotRead("没有这一天", "请改成日历上有的日期") from None
    if day.year not in _YEARS:
        raise NotRead("年份不对", "请改正日期")
    return day


def sum_of(cell: Cell) -> Money | None:
    """A sum to the fen, `None` for an empty cell: ￥1,060.00, １０６０元, a number. Raises `NotRead`."""
    text = f"{cell:.15g}" if isinstance(cell, float) else _plain(words_of(cell))  # as many digits as it has
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"  # as accountants write it
    text = re.sub(r"[¥￥元\s]|RMB|CNY|人民币", "", text, flags=re.IGNORECASE).replace("\u2212", "-")
    if text in _NO_SUM:
        return None
    found = _SUM.fullmatch(text)
    if found is None:
        raise NotRead("金额读不懂", "写成 1060.00 的样子")
    fen = (found[3] or "").rstrip("0")
    if len(fen) > 2:  # noqa: PLR2004 - a yuan has a hundred fen
        raise NotRead("金额最多到分", "小数点后最多两位")
    yuan = Decimal(f"{found[2].replace(',', '')}.{fen or 0}")
    if yuan > MOST_YUAN:
        raise NotRead("金额太大", "请对照票据改正")
    return -Money.yuan(yuan) if found[1] else Money.yuan(yuan)


def care_of(cell: Cell) -> Setting:
    """By its label, what people call it, or its national code. Raises `NotRead`."""
    text = _plain(words_of(cell))
    found = setting_of(text) if text.isdigit() else _found(text, _SETTINGS)
    if found is None:
        raise NotRead("类别认不出来" if text else "没有类别", "写普通门诊、急诊、门诊慢特病、住院或药店购药")
    return found


def grade_of(cell: Cell) -> Level | None:
    """The same of a hospital's level; `None` for an empty cell. Raises `NotRead`."""
    text = _plain(words_of(cell))
    if text in _NO_SUM:
        return None
    found = level_of(text) if text.isdigit() else _found(text, _LEVELS)
    if found is None:
        raise NotRead("医院等级认不出来", "写基层、一级、二级、三级或省部属")
    return found


def year_of(cell: Cell) -> int | None:
    """2026, 2026年度; `None` for an empty cell. Raises `NotRead`."""
    text = _plain(words_of(cell))
    if text in _NO_SUM:
        return None
    found = _YEAR.fullmatch(text)
    if found is None:
        raise NotRead("参保年度读不懂", "写成 2026 的样子")
    return int(found[1])


def _found(text: str, named: Mapping[str, T]) -> T | None:
    return next((one for name, one in named.items() if name in text), None)


def _plain(text: str) -> str:
    """Full-width characters as the plain ones."""
    return normalize("NFKC", text).strip()
