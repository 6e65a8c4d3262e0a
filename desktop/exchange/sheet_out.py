"""写表格。Tables as xlsx or csv in which no text is ever a formula, whatever it begins with."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, Any

from desktop.domain.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Value = str | int | Money | date | None

MOST_LETTERS = 32_767
_CUT = "……（太长，其余没有导出）"
_FORMULAS = tuple("=+-@'\uff1d\uff0b\uff0d\uff20")
_NOT_WRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"[\t\r\n]+")
_DIGITS_KEPT = 10**15  # fen; a spreadsheet keeps fifteen digits of a number


class Width(StrEnum):
    """How wide a column is, by what stands in it."""

    DAY = "day"
    SHORT = "short"
    MONEY = "money"
    LONG = "long"


_WIDTHS = {Width.DAY: 12, Width.SHORT: 10, Width.MONEY: 13, Width.LONG: 36}


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: Width = Width.SHORT


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet: its tables stand one under the other, the first one's header stays in view."""

    name: str
    tables: tuple[Table, ...]


def safe_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula, and that every one of them can keep.

    >>> safe_text("=1+1"), safe_text("药店\\n降糖药")
    ("'=1+1", '药店 降糖药')
    """
    plain = _NOT_WRITTEN.sub("", _BREAKS.sub(" ", text))
    if plain.lstrip().startswith(_FORMULAS):
        plain = f"'{plain}"
    return plain if len(plain) <= MOST_LETTERS else plain[: MOST_LETTERS - len(_CUT)] + _CUT


def csv_bytes(table: Table) -> bytes:
    """UTF-8 with its mark, so that every spreadsheet program reads the Chinese."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([safe_text(column.title) for column in table.columns])
    writer.writerows([[_plain(value) for value in row] for row in table.rows])
    return written.getvalue().encode("utf-8-sig")


def _plain(value: Value) -> str:
    if isinstance(value, str):
        return safe_text(value)
    return "" if value is None else str(value)


def xlsx_bytes(leaves: Sequence[Leaf]) -> bytes:
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415 - for a spreadsheet alone

    written = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(written, {"in_memory": True, **never}) as book:
        writer = _Writer(book)
        for leaf in leaves:
            writer.add(leaf)
    return written.getvalue()


class _Writer:
    """Writes leaf by leaf with the formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        base: dict[str, Any] = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        self._words = book.add_format(base)
        self._head = book.add_format({**base, "bold": True, "bottom": 1, "bg_color": "#F0F2ED"})
        self._money = book.add_format({**base, "num_format": "#,##0.00"})
        self._day = book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"})
        self._number = book.add_format({**base, "num_format": "0", "align": "left"})

    def add(self, leaf: Leaf) -> None:
        sheet = self._book.add_worksheet(leaf.name)
        line = count()
        for place, table in enumerate(leaf.tables):
            if place:
                next(line)  # an empty line between two tables
            self._row(sheet, next(line), [one.title for one in table.columns], self._head)
            for row in table.rows:
                self._row(sheet, next(line), row, self._words)
        for column, width in enumerate(_widths(leaf)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&P / &N")

    def _row(self, sheet: Worksheet, line: int, row: Sequence[Value], words: Format) -> None:
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, Money) and abs(value) < _DIGITS_KEPT:
                sheet.write_number(line, column, value / 100, self._money)
            elif isinstance(value, date):
                sheet.write_datetime(line, column, value, self._day)
            elif isinstance(value, int) and not isinstance(value, Money):
                sheet.write_number(line, column, value, self._number)
            else:
                sheet.write_string(line, column, safe_text(str(value)), words)


def _widths(leaf: Leaf) -> list[int]:
    """Of each column the widest that a table asks for."""
    most = max(len(table.columns) for table in leaf.tables)
    widths = [0] * most
    for table in leaf.tables:
        for place, column in enumerate(table.columns):
            widths[place] = max(widths[place], _WIDTHS[column.width])
    return widths
