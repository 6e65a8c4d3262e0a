"""表格文件。Small spreadsheets of every kind, made by hand: honest ones, and such as must be refused."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

from xlsxwriter.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Cell = str | int | float | None

_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def xlsx(rows: Sequence[Sequence[object]], name: str = "票据", *more: str) -> bytes:
    """One sheet of these rows; `more` are names of empty ones."""
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
        for other in more:
            book.add_worksheet(other)
    return written.getvalue()


def changed(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A zip with its members changed by name."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, change(member, old.read(member)))
    return written.getvalue()


def with_cells(data: bytes, cells: str) -> bytes:
    """An xlsx with more cells, as XML, at the end of its last row."""
    end = b"</row></sheetData>"
    return changed(data, lambda _, xml: xml.replace(end, cells.encode() + end))


def ods(rows: str) -> bytes:
    """A table of these rows, as XML without prefixes on attributes' values."""
    names = ("office", "table", "text", "manifest")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    manifest = f"<manifest:manifest {spaces}>{entry}</manifest:manifest>"
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="t">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)
    return written.getvalue()


def ods_row(*texts: str, rows: int = 1, columns: int = 1) -> str:
    cells = "".join(
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell>"
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


# ------------------------------------------------------------------------------------------------------ xls


def xls(rows: Sequence[Sequence[Cell]], *, small: bool = False) -> bytes:
    """A workbook of one sheet as BIFF8 in its container; `small` puts it into its small sectors."""
    return container(_workbook(rows), small=small)


def biff_cell(row: int, column: int, value: Cell) -> bytes:
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + text)
    if value is None:
        return _record(0x0201, struct.pack("<HHH", row, column, 0))
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _workbook(rows: Sequence[Sequence[Cell]]) -> bytes:
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    name = "票据"
    cells = b"".join(biff_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row))
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + _record(0x000A, b"")
    head = _record(0x0809, begin)
    listed = struct.pack("<IBBBB", 0, 0, 0, len(name), 1) + name.encode("utf-16-le")
    globals_ = len(head) + len(_record(0x0085, listed)) + len(_record(0x000A, b""))
    listed = struct.pack("<I", globals_) + listed[4:]
    return head + _record(0x0085, listed) + _record(0x000A, b"") + sheet


def container(stream: bytes, name: str = "Workbook", *, small: bool = False) -> bytes:
    """A compound file with one stream."""
    if small:
        return _small_container(stream)
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    table = [_TABLE, _END, *range(3, count + 2), _END]
    entries = _entry("Root Entry", 5, _END, 0, child=1) + _entry(name, 2, 2, len(stream)) + 2 * _entry("", 0)
    return _header() + _padded(table) + entries + stream


def _small_container(stream: bytes) -> bytes:
    pieces = -(-len(stream) // 64)
    stream = stream.ljust(-(-pieces * 64 // _SECTOR) * _SECTOR, b"\0")
    count = len(stream) // _SECTOR
    table = [_TABLE, _END, _END, *range(4, count + 3), _END]
    mini = [*range(1, pieces), _END]
    entries = _entry("Root Entry", 5, 3, pieces * 64, child=1) + _entry("Workbook", 2, 0, pieces * 64 - 1)
    return _header(mini=2) + _padded(table) + entries + 2 * _entry("", 0) + _padded(mini) + stream


def _padded(numbers: Sequence[int]) -> bytes:
    return struct.pack("<128I", *numbers, *([_FREE] * (128 - len(numbers))))


def _header(mini: int = _END) -> bytes:
    head = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, mini, int(mini != _END), _END, 0, 0)
    return head + struct.pack("<108I", *([_FREE] * 108))


def _entry(name: str, kind: int, first: int = 0, length: int = 0, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2 if name else 0, kind, 1)
    return head + struct.pack("<III", _FREE, _FREE, child) + bytes(36) + struct.pack("<IQ", first, length)


def wide(text: str) -> str:
    """Plain characters as full-width ones."""
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


def saved(folder: Path, data: bytes | str, name: str = "a.xlsx") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
