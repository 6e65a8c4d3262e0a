"""写表格测试。No text becomes a formula or a link, whatever it is; sums and days stay what they are."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from desktop.domain.money import Money
from desktop.exchange.sheet_out import (
    MOST_LETTERS,
    Column,
    Leaf,
    Table,
    Width,
    csv_bytes,
    safe_text,
    xlsx_bytes,
)
from tests.exchange.spreadsheets import wide

STARTS = "=+-@" + wide("=+-@")
anything = st.text(st.characters(exclude_categories=())) | st.builds(
    "{}{}".format, st.sampled_from(STARTS + "\t\r\n"), st.text()
)
NASTY = [*STARTS, "=1+1", "\t=1", "\r=1", "\n=1", " =1", "'=1", "http://a.b"]


def table(*texts: str) -> Table:
    columns = tuple(Column(f"列{place}") for place in range(len(texts)))
    return Table(columns, (texts,))


def xml_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "".join(package.read(name).decode() for name in package.namelist())


def cells_of(data: bytes) -> list[list[object]]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return [list(row) for row in book.get_sheet_by_index(0).to_python()]


@given(st.lists(anything, min_size=1, max_size=5))
def test_that_no_text_is_ever_a_formula(texts: list[str]) -> None:
    data = xlsx_bytes([Leaf("表", (table(*texts),))])
    xml = xml_of(data)
    assert not re.search(r"<f[ >/]|hyperlink", xml)
    _, read = [*cells_of(data), []][:2]
    written = [safe_text(text) for text in texts]
    assert [str(cell).strip() for cell in read] == [text.strip() for text in written[: len(read)]]
    assert not any(text.lstrip().startswith(tuple(STARTS)) for text in written)


@given(st.lists(anything, min_size=1, max_size=5))
def test_that_a_csv_of_any_texts_can_be_read_back(texts: list[str]) -> None:
    lines = list(csv.reader(io.StringIO(csv_bytes(table(*texts)).decode("utf-8-sig"), newline="")))
    assert lines[1] == [safe_text(text) for text in texts]


@pytest.mark.parametrize("text", NASTY)
def test_that_each_start_of_a_formula_is_neutralised(text: str) -> None:
    first = safe_text(text)[0]
    assert first == ("h" if text.startswith("http") else "'")


def test_that_what_cannot_be_kept_is_left_out_and_said() -> None:
    assert safe_text("甲\x00\ud800\x07乙\n丙") == "甲乙 丙"
    long = safe_text("长" * 40_000)
    assert len(long) == MOST_LETTERS
    assert long.endswith("其余没有导出）")


def test_that_sums_and_days_are_numbers_and_days() -> None:
    columns = (Column("日期", Width.DAY), Column("金额", Width.MONEY), Column("年度"), Column("空"))
    leaf = Leaf("表", (Table(columns, ((date(2026, 11, 21), Money(-123_456), 2027, None),)),))
    data = xlsx_bytes([leaf])
    assert cells_of(data)[1] == [date(2026, 11, 21), -1234.56, 2027.0, ""]
    assert "#,##0.00" in xml_of(data)
    lines = csv_bytes(leaf.tables[0]).decode("utf-8-sig").splitlines()
    assert lines[1] == "2026-11-21,-1234.56,2027,"


def test_that_a_sum_with_more_digits_than_a_number_has_goes_out_as_text() -> None:
    data = xlsx_bytes([Leaf("表", (Table((Column("金额"),), ((Money(9_999_999_999_999_999),),)),))])
    assert cells_of(data)[1] == ["99999999999999.99"]


def test_that_a_sheet_is_laid_out_for_reading_and_paper() -> None:
    xml = xml_of(xlsx_bytes([Leaf("表", (table("a", "b"), table("c")))]))
    assert 'state="frozen"' in xml
    assert 'orientation="landscape"' in xml
    assert "_xlnm.Print_Titles" in xml
    assert '<row r="4"' in xml
    assert '<row r="3"' not in xml  # one line between two tables


def test_that_a_csv_is_what_spreadsheet_programs_expect() -> None:
    data = csv_bytes(table("母亲,", '"'))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert '"母亲,",""""' in data.decode("utf-8-sig")
