"""整批文件测试。Families from a folder or a parquet file, and rows in parts that become one file."""

from __future__ import annotations

import json
import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from desktop.domain.money import Money
from desktop.domain.trouble import FileTrouble, InputRefused, Trouble
from desktop.exchange.batch_files import COLUMNS, ParquetParts, Row, families_of

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = {"until": "2035-12"}


def row(family: str, end: int = 0) -> Row:
    empty = dict.fromkeys(column.name for column in COLUMNS)
    return empty | {"family": family, "status": "ok", "as_of": date(2026, 1, 1), "end_balance": Money(end)}


# ------------------------------------------------------------------------------------------- without pyarrow


def test_that_a_folder_is_read_by_name_and_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    for name in ("b.json", "a.json", "notes.txt", ".hidden.json"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "c.json").mkdir()
    families = families_of(tmp_path)
    given = list(families.read())
    assert families.count == 3
    assert [one.family for one in given] == ["a", "b", "c"]
    assert [one.document for one in given] == [b"{}", b"{}", b""]
    assert "c.json：读不了这个文件（这是一个文件夹）" in given[2].fault


def test_that_a_folder_without_families_and_another_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="没有家庭文件"):
        families_of(tmp_path)
    (tmp_path / "one.json").write_text("{}")
    with pytest.raises(InputRefused, match=r"gongji plan FILE"):
        families_of(tmp_path / "one.json")


def test_that_a_folder_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(type(tmp_path), "iterdir", refuse)
    with pytest.raises(FileTrouble, match="没有读取的权限"):
        families_of(tmp_path)


def test_that_without_pyarrow_one_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Trouble, match=r"pip install 'gongji\[batch\]'"):
        families_of(tmp_path / "families.parquet")
    with pytest.raises(Trouble, match=r"gongji\[batch\]"):
        ParquetParts(tmp_path / "out.parquet").begin(SETTINGS)
    assert list(tmp_path.iterdir()) == []


def test_that_a_folder_of_parts_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    parts = ParquetParts(tmp_path / "out.parquet")
    parts.folder.mkdir()
    assert parts.settings() is None
    (parts.folder / "mine.txt").write_text("x")
    with pytest.raises(InputRefused, match="不是本程序留下的"):
        parts.settings()
    with pytest.raises(FileTrouble, match="这是一个文件夹"):
        ParquetParts(parts.folder).settings()


# ---------------------------------------------------------------------------------------------- with pyarrow


@pytest.fixture
def pa() -> Any:
    pytest.importorskip("pyarrow.parquet")
    return pytest.importorskip("pyarrow")


def table(pa: Any, path: Path, **columns: Any) -> Path:
    pa.parquet.write_table(pa.table(columns), path)
    return path


def test_that_a_parquet_file_is_read_row_by_row(pa: Any, tmp_path: Path) -> None:
    file = table(
        pa, tmp_path / "f.parquet", family=["甲", None, "丙"], document=["{}", "[]", None], more=[1, 2, 3]
    )
    families = families_of(file)
    first, second, third = families.read()
    assert families.count == 3
    assert first == ("甲", f"{file} 第 1 行（甲）", b"{}", "")
    assert (second.family, second.file) == ("", f"{file} 第 2 行")
    assert third.fault == f"{file} 第 3 行（丙）：document 是空的。请填上家庭文件的 JSON。"


@pytest.mark.parametrize("kind", ["string", "large_string", "binary", "dictionary"])
def test_that_text_is_read_however_it_is_kept(pa: Any, tmp_path: Path, kind: str) -> None:
    written = pa.array(["{}", "{}"])
    kept = written.dictionary_encode() if kind == "dictionary" else written.cast(getattr(pa, kind)())
    file = table(pa, tmp_path / "f.parquet", family=kept, document=kept)
    assert [(one.family, one.document) for one in families_of(file).read()] == [("{}", b"{}")] * 2


def test_that_families_may_have_numbers(pa: Any, tmp_path: Path) -> None:
    file = table(pa, tmp_path / "f.parquet", family=[7], document=["{}"])
    assert next(families_of(file).read()).family == "7"


def test_that_columns_that_are_missing_or_hold_no_text_are_all_named(pa: Any, tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        families_of(table(pa, tmp_path / "f.parquet", family=[1.5], documents=["{}"]))
    assert [fault.place for fault in refused.value.faults] == ["family", "document"]
    assert "double" in str(refused.value)
    assert "现有的列：family、documents" in str(refused.value)


def test_that_a_parquet_file_that_is_none_is_refused(pa: Any, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="一行也没有"):
        families_of(
            table(pa, tmp_path / "f.parquet", family=pa.array([], "string"), document=pa.array([], "string"))
        )
    (tmp_path / "g.parquet").write_bytes(b"no table")
    with pytest.raises(FileTrouble, match="不是完好的 parquet 文件"):
        families_of(tmp_path / "g.parquet")
    with pytest.raises(FileTrouble, match="没有这个文件"):
        families_of(tmp_path / "none.parquet")


def test_that_damage_further_down_is_told(pa: Any, tmp_path: Path) -> None:
    file = table(
        pa, tmp_path / "f.parquet", family=["a" * 99] * 2000, document=[str(n) * 50 for n in range(2000)]
    )
    data = bytearray(file.read_bytes())
    data[100 : len(data) // 2] = bytes(len(data) // 2 - 100)
    file.write_bytes(data)
    with pytest.raises(FileTrouble, match="不是完好的 parquet 文件"):
        list(families_of(file).read())


def test_that_parts_become_one_file_with_sums_in_yuan(pa: Any, tmp_path: Path) -> None:
    parts = ParquetParts(tmp_path / "out.parquet")
    assert parts.settings() is None
    parts.begin(SETTINGS)
    assert parts.settings() == SETTINGS
    assert parts.rows("k1") is None
    parts.keep("k1", [row("a", 12_345), row("b")])
    parts.keep("k2", [row("c", -1)])
    held = parts.rows("k1")
    assert held is not None
    assert held[0]["end_balance"] == Decimal("123.45")
    parts.join(["k2", "k1"], SETTINGS)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out.parquet"]
    joined = pa.parquet.read_table(parts.output)
    assert joined.column_names == [column.name for column in COLUMNS]
    assert joined["family"].to_pylist() == ["c", "a", "b"]
    assert joined["end_balance"].to_pylist() == [Decimal("-0.01"), Decimal("123.45"), Decimal("0.00")]
    assert joined.schema.field("end_balance").metadata[b"unit"] == b"CNY yuan"
    assert json.loads(joined.schema.metadata[b"gongji"]) == SETTINGS


def test_that_beginning_afresh_keeps_nothing_but_what_is_not_ours(pa: Any, tmp_path: Path) -> None:
    parts = ParquetParts(tmp_path / "out.parquet")
    parts.begin(SETTINGS)
    parts.keep("k1", [row("a")])
    (parts.folder / "mine.txt").write_text("x")
    parts.begin({"until": "2036-01"})
    assert parts.rows("k1") is None
    parts.keep("k1", [row("a")])
    parts.join(["k1"], SETTINGS)
    assert [one.name for one in parts.folder.iterdir()] == ["mine.txt"]


def test_that_a_part_that_is_damaged_is_not_taken_and_one_that_is_gone_is_told(
    pa: Any, tmp_path: Path
) -> None:
    parts = ParquetParts(tmp_path / "out.parquet")
    parts.begin(SETTINGS)
    parts.keep("k1", [row("a")])
    (parts.folder / "k1.parquet").write_bytes(b"x")
    assert parts.rows("k1") is None
    with pytest.raises(FileTrouble):
        parts.join(["k1"], SETTINGS)
    with pytest.raises(FileTrouble):
        parts.join(["k2"], SETTINGS)
    assert not parts.output.exists()


def test_that_a_place_that_may_not_be_written_is_named(pa: Any, tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="没有这个文件夹"):
        ParquetParts(tmp_path / "none" / "out.parquet").begin(SETTINGS)


def test_that_parts_that_cannot_be_taken_away_are_named(
    pa: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = ParquetParts(tmp_path / "out.parquet")
    parts.begin(SETTINGS)

    def refuse(_file: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(type(tmp_path), "unlink", refuse)
    with pytest.raises(FileTrouble, match="删不掉"):
        parts.begin(SETTINGS)
