"""读表格。Reads xlsx, ods, xls and csv into rows of plain values, or refuses the file whole."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from desktop.domain.trouble import Fault, InputRefused
from desktop.exchange.biff import MAGIC
from desktop.exchange.sheet_limits import (
    DAMAGED,
    Unreadable,
    check_biff,
    check_package,
    check_reach,
    check_size,
)
from desktop.exchange.strict_json import file_trouble, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from python_calamine import CalamineWorkbook

Cell = str | int | float | bool | date | datetime | time | timedelta
"""An empty cell is the empty text."""
Row = tuple[Cell, ...]

_ZIP = b"PK\x03\x04"
_ENCODINGS = ("utf-8-sig", "gb18030")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = (",", "\t", ";")
_SAMPLE = 20  # lines in which the delimiter shows
_TODO = "请用表格程序另存为 xlsx 或 csv，再导入"
_EMPTY = Fault("", "表里没有内容", "请换一个有内容的文件")


@dataclass(frozen=True, slots=True)
class Sheet:
    """工作表。`rows` stand as in the file, from its very first row, all of one width."""

    name: str
    rows: tuple[Row, ...]


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Every visible sheet that holds something. Raises `InputRefused`, `FileTrouble`."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise file_trouble(path, error) from None
    try:
        check_size(size)
        data = read_bytes(path)
        sheets = tuple(sheet for sheet in _sheets(data, path.stem) if sheet.rows)
    except Unreadable as unreadable:
        raise InputRefused(str(path), [unreadable.fault]) from None
    if not sheets:
        raise InputRefused(str(path), [_EMPTY])
    return sheets


def _sheets(data: bytes, name: str) -> Iterator[Sheet]:
    """By what a file holds, whatever its name ends in."""
    if data.startswith(_ZIP):
        _check_kind(data)
        check_package(data)
        yield from _workbook(data)
    elif data.startswith(MAGIC):
        check_biff(data)
        yield from _workbook(data)
    else:
        yield Sheet(name, _even(_csv_rows(_text(data))))


def _check_kind(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {name.lower() for name in package.namelist()}
    except zipfile.BadZipFile as error:
        raise Unreadable(DAMAGED) from error
    if "xl/workbook.xml" not in names and "content.xml" not in names:
        raise Unreadable(Fault("", "这不是能读的表格", _TODO))


def _workbook(data: bytes) -> Iterator[Sheet]:
    from python_calamine import SheetVisibleEnum  # noqa: PLC0415 - for a spreadsheet alone

    try:
        with _opened(data) as book:
            for sheet in book.sheets_metadata:
                if sheet.visible is SheetVisibleEnum.Visible:
                    rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                    yield Sheet(sheet.name, _even(rows))
    except (Unreadable, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise Unreadable(DAMAGED) from error


def _opened(data: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - for a spreadsheet alone

    return CalamineWorkbook.from_filelike(io.BytesIO(data))


def _even(rows: Iterator[list[Cell]] | list[list[Cell]]) -> tuple[Row, ...]:
    """All rows as wide as the widest, without empty ones at the end."""
    kept = [tuple(row) for row in rows]
    while kept and not any(_says(cell) for cell in kept[-1]):
        kept.pop()
    wide = max((place for row in kept for place, cell in enumerate(row, 1) if _says(cell)), default=0)
    check_reach(len(kept), wide)
    return tuple((row + ("",) * wide)[:wide] for row in kept)


def _says(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())


# ------------------------------------------------------------------------------------------------------ csv


def _text(data: bytes) -> str:
    wide = data[:2] in _WIDE
    if not wide and b"\0" in data:
        raise Unreadable(Fault("", "这不是能读的表格", _TODO))
    for encoding in ("utf-16",) if wide else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.lstrip()[:1] == "<":
            raise Unreadable(Fault("", "这是网页格式的表，不是真正的表格文件", _TODO))
        return text
    raise Unreadable(Fault("", "文字编码认不出来", "请另存为 UTF-8 编码的 csv，再导入"))


def _csv_rows(text: str) -> Iterator[list[Cell]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for number, row in enumerate(reader, 1):
            check_reach(number, 0)
            yield list(row)
    except csv.Error as error:
        raise Unreadable(Fault("", "有一格太长，或引号没有配对", _TODO)) from error


def _delimiter(text: str) -> str:
    """The one by which most of the first lines fall into equally many cells."""
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:_SAMPLE]

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        wide, times = max(widths.items(), key=lambda one: one[1], default=(0, 0))
        return times, wide

    return max(_DELIMITERS, key=evenness)
