"""读表格测试。Every kind of spreadsheet is read alike; what is too large or broken is refused whole."""

from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.domain.trouble import FileTrouble, InputRefused
from desktop.exchange import sheet_limits
from desktop.exchange.sheet_in import read_sheets
from tests.exchange.spreadsheets import (
    biff_cell,
    changed,
    container,
    ods,
    ods_row,
    saved,
    with_cells,
    xls,
    xlsx,
)

if TYPE_CHECKING:
    from pathlib import Path

ROWS: list[list[str | float | None]] = [["日期", "金额"], ["2026-11-21", 12.5], ["母亲", 3]]
READ = (("日期", "金额"), ("2026-11-21", 12.5), ("母亲", 3.0))


def refusal(folder: Path, data: bytes | str, name: str = "母亲.xlsx") -> str:
    """The one sentence with which a file is refused."""
    with pytest.raises(InputRefused) as refused:
        read_sheets(saved(folder, data, name))
    (fault,) = refused.value.faults
    assert fault.todo
    return fault.what


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    written = io.BytesIO(data)
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return written.getvalue()


# ----------------------------------------------------------------------------------------------------- honest


def test_that_an_xlsx_is_read_as_it_stands(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [],
        ["", "日期", "结算"],
        ["", date(2026, 11, 21), date(2026, 11, 22)],
        ["", 0.5, True],
    ]
    sheets = read_sheets(saved(tmp_path, xlsx(rows, "票据", "空的")))
    assert [sheet.name for sheet in sheets] == ["票据"]
    assert sheets[0].rows[0] == ("", "", "")
    assert sheets[0].rows[1] == ("", "日期", "结算")
    assert sheets[0].rows[2][1:] == (date(2026, 11, 21), date(2026, 11, 22))
    assert sheets[0].rows[3][1:] == (0.5, True)


@pytest.mark.parametrize("small", [False, True])
def test_that_an_old_xls_is_read(tmp_path: Path, small: bool) -> None:
    assert read_sheets(saved(tmp_path, xls(ROWS, small=small), "a.xls"))[0].rows == READ


def test_that_an_ods_is_read(tmp_path: Path) -> None:
    table = ods_row("日期", "金额") + ods_row("母亲", columns=2)
    assert read_sheets(saved(tmp_path, ods(table), "a.ods"))[0].rows == (("日期", "金额"), ("母亲", "母亲"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_that_a_csv_of_any_encoding_and_delimiter_is_read(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    lines = ["日期,金额,备注", '2026-11-21,12.50,"甲，乙"', "", "2026-11-22,3,㐀𠮷"]
    text = "\r\n".join(line.replace(",", delimiter) for line in lines)
    (sheet,) = read_sheets(saved(tmp_path, text.encode(encoding), "a.csv"))
    assert sheet.rows[1] == ("2026-11-21", "12.50", "甲，乙")
    assert sheet.rows[2] == ("", "", "")
    assert sheet.rows[3] == ("2026-11-22", "3", "㐀𠮷")


def test_that_the_kind_of_a_file_is_what_it_holds(tmp_path: Path) -> None:
    assert read_sheets(saved(tmp_path, xlsx(ROWS), "a.csv"))[0].rows == READ
    assert read_sheets(saved(tmp_path, "日期,金额\n", "a.xls"))[0].rows == (("日期", "金额"),)


def test_that_empty_cells_with_a_format_reach_nowhere(tmp_path: Path) -> None:
    far = with_cells(xlsx(ROWS), '<c r="XFD1048576" s="1"/>')
    assert read_sheets(saved(tmp_path, far))[0].rows == READ


def test_that_cells_without_a_reference_are_counted(tmp_path: Path) -> None:
    bare = with_cells(xlsx(ROWS), '<c t="inlineStr"><is><t>甲</t></is></c>')
    assert read_sheets(saved(tmp_path, bare))[0].rows[-1] == ("母亲", 3.0, "甲")


def test_that_a_hidden_sheet_is_left_out(tmp_path: Path) -> None:
    hidden = changed(
        xlsx(ROWS, "票据", "别的"),
        lambda name, xml: xml.replace(b'name="\xe7\xa5\xa8\xe6\x8d\xae" ', b'name="a" state="hidden" '),
    )
    assert refusal(tmp_path, hidden) == "表里没有内容"


# -------------------------------------------------------------------------------------------------- too large


def test_that_two_far_corners_do_not_end_the_program(tmp_path: Path) -> None:
    """The reader alone would ask for half a terabyte and be ended by it."""
    assert "表太长" in refusal(tmp_path, with_cells(xlsx(ROWS), '<c r="XFD1048576"><v>1</v></c>'))
    assert "表太宽" in refusal(tmp_path, with_cells(xlsx(ROWS), '<c r="XFD3"><v>1</v></c>'))


def test_that_a_sheet_under_any_name_is_counted(tmp_path: Path) -> None:
    far = b'<worksheet><sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>'
    assert "表太长" in refusal(tmp_path, with_member(xlsx(ROWS), "xl/media/image1.png", far))


def test_that_an_old_xls_is_counted_too(tmp_path: Path) -> None:
    begin = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0010, 0, 0, 0, 0)
    assert "表太长" in refusal(tmp_path, container(begin + biff_cell(60_000, 0, 1)), "a.xls")
    assert "表太宽" in refusal(tmp_path, container(begin + biff_cell(0, 200, 1)), "a.xls")
    many = struct.pack("<HHHHHIHIH", 0x00BD, 18, 0, 99, 0, 0, 0, 0, 100)
    assert "表太宽" in refusal(tmp_path, container(begin + many), "a.xls")


def test_that_repeated_cells_of_an_ods_are_counted(tmp_path: Path) -> None:
    assert "表太长" in refusal(tmp_path, ods(ods_row("x", rows=60_000)), "a.ods")
    assert "表太宽" in refusal(tmp_path, ods(ods_row("x", columns=16_384)), "a.ods")
    assert "文字太多" in refusal(tmp_path, ods(ods_row("x" * 20_000, rows=50_000)), "a.ods")
    tail = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    assert len(read_sheets(saved(tmp_path, ods(ods_row("x") + tail), "a.ods"))[0].rows) == 1


def test_that_one_long_text_in_many_cells_is_refused(tmp_path: Path) -> None:
    """A few kilobytes in the file, gigabytes once every cell has its own copy."""
    data = xlsx([["长" * 30_000]])
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(2, 9_000))
    many = changed(data, lambda _, xml: xml.replace(b"</sheetData>", f"{cells}</sheetData>".encode()))
    assert "文字太多" in refusal(tmp_path, many)


def test_that_sheets_together_may_not_be_too_large(tmp_path: Path) -> None:
    corner = b'<row r="40000"><c r="CV40000"><v>1</v></c></row></sheetData>'
    data = changed(
        xlsx(ROWS, "票据", "甲"),
        lambda _, xml: xml.replace(b"<sheetData/>", b"<sheetData></sheetData>").replace(
            b"</sheetData>", corner
        ),
    )
    assert "合起来太大" in refusal(tmp_path, data)


def test_that_a_bomb_of_noughts_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    assert "展开以后太大" in refusal(tmp_path, with_member(xlsx(ROWS), "xl/x.bin", bytes(3_000_000)))


def test_that_too_many_members_are_refused(tmp_path: Path) -> None:
    data = xlsx(ROWS)
    for number in range(200):
        data = with_member(data, f"xl/media/{number}.png", b"x")
    assert "部分太多" in refusal(tmp_path, data)


def test_that_a_size_that_lies_is_found_out(tmp_path: Path) -> None:
    data = bytearray(with_member(xlsx(ROWS), "xl/x.bin", bytes(500_000)))
    spot = data.rindex(b"PK\x01\x02")
    data[spot + 24 : spot + 28] = struct.pack("<I", 10)
    assert "已损坏" in refusal(tmp_path, bytes(data))


def test_that_a_large_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_limits, "MOST_BYTES", 100)
    assert "文件太大" in refusal(tmp_path, xlsx(ROWS))


def test_that_a_csv_has_the_same_limits(tmp_path: Path) -> None:
    assert "表太长" in refusal(tmp_path, "1\n" * 50_001, "a.csv")
    assert "表太宽" in refusal(tmp_path, "1," * 101, "a.csv")
    assert "太长" in refusal(tmp_path, "a,b\n1," + "x" * 200_000, "a.csv")


# -------------------------------------------------------------------------------------- not what it should be


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "表里没有内容"),
        (b" ,\n,\n", "表里没有内容"),
        (b"PK\x03\x04rest", "已损坏"),
        (b"\x00\x01\x02", "这不是能读的表格"),
        (b"a,\xff\xff\xff", "文字编码认不出来"),
        (b"<html><table></table></html>", "网页格式"),
        (bytes.fromhex("D0CF11E0A1B11AE1"), "已损坏"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "已损坏"),
    ],
)
def test_that_another_file_is_refused_in_a_sentence(tmp_path: Path, data: bytes, what: str) -> None:
    assert what in refusal(tmp_path, data)


def test_that_a_document_that_is_no_spreadsheet_is_refused(tmp_path: Path) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    assert "不是能读的表格" in refusal(tmp_path, written.getvalue())


def test_that_a_locked_file_says_so(tmp_path: Path) -> None:
    data = bytearray(xlsx(ROWS))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "加了密码" in refusal(tmp_path, bytes(data))
    begin = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0, 0, 0, 0)
    locked = begin + struct.pack("<HHHHH", 0x002F, 6, 1, 1, 1)
    assert "加了密码" in refusal(tmp_path, container(locked), "a.xls")
    assert "加了密码" in refusal(tmp_path, container(b"secret", "EncryptedPackage"), "a.xlsx")


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="1A"><v>1</v></c>',
        "<c",
        '<c r="A4" t="s"><v>99999</v></c>',
    ],
)
def test_that_a_broken_sheet_is_refused(tmp_path: Path, cells: str) -> None:
    assert "已损坏" in refusal(tmp_path, with_cells(xlsx(ROWS), cells))


def test_that_a_sheet_may_declare_no_entities(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>'
    data = changed(xlsx(ROWS), lambda name, xml: xml.replace(b"<worksheet", bomb + b"<worksheet", 1))
    assert "已损坏" in refusal(tmp_path, data)


def test_that_a_chain_without_an_end_is_refused(tmp_path: Path) -> None:
    data = bytearray(xls(ROWS))
    data[512 + 4 * 3 : 512 + 4 * 4] = struct.pack("<I", 2)  # its second sector leads back to the first
    assert "已损坏" in refusal(tmp_path, bytes(data), "a.xls")


def test_that_a_file_that_is_not_there_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="没有这个文件"):
        read_sheets(tmp_path / "a.xlsx")
    with pytest.raises(FileTrouble, match="文件夹"):
        read_sheets(tmp_path)


@pytest.mark.parametrize("step", range(0, 6000, 97))
def test_that_any_changed_byte_is_read_or_refused(tmp_path: Path, step: int) -> None:
    for data, name in ((xlsx(ROWS), "a.xlsx"), (xls(ROWS), "a.xls")):
        broken = bytearray(data)
        broken[step % len(data)] ^= 0xFF
        with suppress(InputRefused):
            read_sheets(saved(tmp_path, bytes(broken), name))
