"""表格的上限。How large a spreadsheet may be, found out before any reader makes room for it.

The reader gives every sheet one block of memory from its first to its last cell. Two cells in opposite
corners fit in a kilobyte and would end the process, which nothing can catch; so how far each sheet reaches
is counted first, and how much text its cells hold when each has its own copy.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from desktop.domain.trouble import Fault
from desktop.exchange.biff import DamagedStream, LockedStream, biff_reaches

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 20_000_000
MOST_MEMBERS = 200
MOST_UNPACKED = 200_000_000
MOST_RATIO = 100
MOST_ROWS = 50_000
MOST_COLUMNS = 100
MOST_CELLS = MOST_ROWS * MOST_COLUMNS
"""Of all sheets of one file together."""

_RATIO_MATTERS = 1_000_000  # a small file may well be very regular
_REFERENCE = re.compile(r"([A-Z]{1,4})([0-9]{1,9})")

DAMAGED = Fault("", "文件不完整或已损坏", "请用表格程序打开它，另存一份 xlsx 再导入")
LOCKED = Fault("", "文件加了密码", "请去掉密码，另存一份再导入")
_SMALLER = "请只留要导入的工作表和列，另存一份再导入"


class Unreadable(Exception):
    """A file that must not be read, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.what)
        self.fault = fault


def check_size(size: int) -> None:
    """Raises `Unreadable`."""
    if size > MOST_BYTES:
        raise Unreadable(Fault("", f"文件太大，最多 {MOST_BYTES // 1_000_000} MB", _SMALLER))


def check_reach(rows: int, columns: int) -> None:
    """Raises `Unreadable`."""
    if rows > MOST_ROWS:
        raise Unreadable(Fault("", f"表太长，最多 {MOST_ROWS:,} 行", "请分成几个文件导入"))
    if columns > MOST_COLUMNS:
        raise Unreadable(Fault("", f"表太宽，最多 {MOST_COLUMNS} 列", "请删去不用的列"))


def check_biff(data: bytes) -> None:
    """An old xls. Raises `Unreadable`."""
    try:
        _check_reaches(biff_reaches(data))
    except DamagedStream as error:
        raise Unreadable(DAMAGED) from error
    except LockedStream as error:
        raise Unreadable(LOCKED) from error


def check_package(data: bytes) -> None:
    """A zip of XML: xlsx or ods. Raises `Unreadable`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_directory(package.infolist())
            # A member that unpacks to more than the directory says fails its checksum here.
            members = [package.read(member) for member in package.infolist()]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise Unreadable(DAMAGED) from error
    _check_sheets(members)


def _check_directory(members: Iterable[zipfile.ZipInfo]) -> None:
    listed = list(members)
    unpacked, packed = sum(one.file_size for one in listed), sum(one.compress_size for one in listed)
    if any(one.flag_bits & 1 for one in listed):
        raise Unreadable(LOCKED)
    if len(listed) > MOST_MEMBERS:
        raise Unreadable(Fault("", f"文件里的部分太多，最多 {MOST_MEMBERS} 个", _SMALLER))
    if unpacked > MOST_UNPACKED or (unpacked > _RATIO_MATTERS and unpacked > packed * MOST_RATIO):
        raise Unreadable(Fault("", "文件展开以后太大", _SMALLER))


def _check_sheets(members: Iterable[bytes]) -> None:
    """By what a member holds and not by its name: whatever holds a sheet may be read as one."""
    strings, sheets, tables = _Strings(), _Sheets(), _Tables()
    for xml in members:
        if b"sheetData" in xml:
            _parse(sheets, xml)
        elif b"table-cell" in xml:
            _parse(tables, xml)
        elif b"sst" in xml and xml.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            _parse(strings, xml)
    _check_reaches([(one.rows, one.columns) for one in (*sheets.found, *tables.found)])
    shared = sum(times * strings.length(place) for place, times in sheets.shared.items())
    if shared + tables.text > MOST_UNPACKED:
        raise Unreadable(Fault("", "表里的文字太多", _SMALLER))


def _check_reaches(reaches: Iterable[tuple[int, int]]) -> None:
    cells = 0
    for rows, columns in reaches:
        check_reach(rows, columns)
        cells += rows * columns
    if cells > MOST_CELLS:
        raise Unreadable(Fault("", "各工作表合起来太大", _SMALLER))


# ------------------------------------------------------------------------------------------------- counting


def _parse(counter: _Strings | _Sheets | _Tables, xml: bytes) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.CharacterDataHandler = counter.words
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:
        raise Unreadable(DAMAGED) from error


def _no_doctype(*_declared: object) -> None:
    """A spreadsheet declares no entities of its own; they are a way to grow without end."""
    raise Unreadable(DAMAGED)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


@dataclass(slots=True)
class _Reach:
    """How far the filled cells of a sheet go, counted from its first row and column."""

    rows: int = 0
    columns: int = 0

    def take(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


class _Strings:
    """The texts that the cells of an xlsx share, by their lengths."""

    def __init__(self) -> None:
        self._lengths: list[int] = []

    def length(self, place: str) -> int:
        number = int(place) if place.isascii() and place.isdigit() else -1
        return self._lengths[number] if 0 <= number < len(self._lengths) else 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if _local(name) == "si":
            self._lengths.append(0)

    def words(self, words: str) -> None:
        if self._lengths:
            self._lengths[-1] += len(words)

    def end(self, name: str) -> None:
        """The next one starts a new length."""


class _Sheets:
    """The sheets of an xlsx: cells that have a value, by their own reference or by counting."""

    def __init__(self) -> None:
        self.found: list[_Reach] = []
        self.shared: Counter[str] = Counter()
        self._row = self._column = 0
        self._is_shared = self._in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "c":
            self._place(attributes.get("r"))
            self._is_shared = attributes.get("t") == "s"
        elif local in {"v", "is"} and self.found:
            self.found[-1].take(self._row, self._column)
            self._in_value = self._is_shared
        elif local == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif local == "sheetData":
            self.found.append(_Reach())
            self._row = 0

    def words(self, words: str) -> None:
        if self._in_value:
            self.shared[words.strip()] += 1

    def end(self, _name: str) -> None:
        self._in_value = False

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise Unreadable(DAMAGED)
        self._row, self._column = int(found[2]), 0
        for letter in found[1]:
            self._column = self._column * 26 + ord(letter) - ord("A") + 1


class _Tables:
    """The tables of an ods: a cell or a row may say that it is repeated, and its text with it."""

    def __init__(self) -> None:
        self.found: list[_Reach] = []
        self.text = 0
        self._row = self._column = self._filled = 0
        self._rows = self._columns = 1
        self._length = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        named = {_local(key): value for key, value in attributes.items()}
        if local == "table":
            self.found.append(_Reach())
            self._row = 0
        elif local == "table-row":
            self._rows = int(named.get("number-rows-repeated", 1))
            self._column = self._filled = self._length = 0
        elif local in {"table-cell", "covered-table-cell"}:
            self._columns = int(named.get("number-columns-repeated", 1))
            self._column += self._columns
            self._fill(filled="value-type" in named)
        elif local == "p":
            self._fill(filled=True)

    def words(self, words: str) -> None:
        self._length += len(words) * self._columns

    def end(self, name: str) -> None:
        if _local(name) != "table-row" or not self.found:
            return
        self._row += self._rows
        self.text += self._length * self._rows
        if self._filled:
            self.found[-1].take(self._row, self._filled)

    def _fill(self, *, filled: bool) -> None:
        self._filled = self._column if filled else self._filled
