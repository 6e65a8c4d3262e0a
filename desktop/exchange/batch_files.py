"""整批的文件。Many families in from a folder or a parquet file; a row of each out, in parts, then whole.

pyarrow comes with the extra `batch` and is imported when it is needed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from desktop.domain.money import Money
from desktop.domain.trouble import Fault, FileTrouble, InputRefused, Trouble
from desktop.exchange.strict_json import file_trouble, read_bytes
from desktop.exchange.whole_file import not_written, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

Row: TypeAlias = dict[str, Any]
"""What came of one family, by the names of `COLUMNS`."""

FORMAT = "gongji-batch/1"
FAMILY, DOCUMENT = "family", "document"
_SETTINGS = "settings.json"
_READ_AT_ONCE = 256  # rows of a parquet file
_NO_PYARROW = "整批推演要用 pyarrow，这里没有装。请运行 pip install 'gongji[batch]'（打包好的程序不带它）。"
_TEXTS = ("string", "large_string", "binary", "large_binary", "dictionary<values=string")


class Column(NamedTuple):
    """`kind`: text, yuan, day, count or share; a month is text, `2031-05`, as in `gongji plan --json`."""

    name: str
    kind: str
    says: str


COLUMNS = (
    Column("family", "text", "家庭：文件名，或 family 列"),
    Column("status", "text", "ok：算了；skipped：没有算，见 fault"),
    Column("account", "text", "谁的账户，人的 id"),
    Column("as_of", "day", "事实截至哪天，推演从下个月起"),
    Column("runs_out", "text", "哪个月用完；空：推演期内用不完"),
    Column("first_shortfall_on", "day", "首次不足在哪天；空：没有不足"),
    Column("first_shortfall_event", "text", "首次不足在哪件事"),
    Column("first_shortfall_patient", "text", "首次不足时是谁的事，人的 id"),
    Column("first_shortfall_amount", "yuan", "首次不足缺多少"),
    Column("lowest_month", "text", "余额最低的月份"),
    Column("lowest_balance", "yuan", "最低的月末余额"),
    Column("cash_total", "yuan", "全家现金合计"),
    Column("paid_by_others", "yuan", "别人的账户为家人支付的合计"),
    Column("end_balance", "yuan", "最后一个月末的余额"),
    Column("end_balance_p10", "yuan", "抽样推演（--paths）：期末余额的 10% 分位"),
    Column("end_balance_p50", "yuan", "抽样推演：期末余额的中位数"),
    Column("end_balance_p90", "yuan", "抽样推演：期末余额的 90% 分位"),
    Column("share_lasting", "share", "抽样推演：到期末没有不足的比例，0 到 1"),
    Column("errors", "count", "推演期内“不可以”的提示数"),
    Column("warnings", "count", "推演期内“需注意”的提示数"),
    Column("notes", "count", "推演期内“待确认”的提示数"),
    Column("assumed_from", "day", "这一天起规则未公布，按现行推算"),
    Column("engine", "text", "程序的版本"),
    Column("packs", "text", "用了哪些政策包和版本，最近的在前"),
    Column("fault", "text", "为什么没有算，每行一句"),
)


# ------------------------------------------------------------------------------------------------ families in


class Given(NamedTuple):
    """One family as it came. `file` is how its faults name it; with a `fault` there is no document."""

    family: str
    file: str
    document: bytes
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Families:
    """All families of a batch, in order; they are read while one goes through them, never all at once."""

    source: str
    count: int
    read: Callable[[], Iterator[Given]]


def families_of(path: Path) -> Families:
    """Of a folder's *.json, by name, or of a parquet file. Raises `Trouble`."""
    if path.is_dir():
        return _folder(path)
    if path.suffix != ".parquet" and path.exists():
        what = "--batch 读一个文件夹（里面是家庭文件 *.json）或一个 .parquet 文件"
        raise InputRefused(str(path), [Fault("", what, "只有一个家庭时写 gongji plan FILE")])
    return _table(path)


def _folder(path: Path) -> Families:
    try:
        listed = sorted(one for one in path.iterdir() if one.suffix == ".json" and one.name[0] != ".")
    except OSError as error:
        raise file_trouble(path, error) from None
    if not listed:
        raise InputRefused(
            str(path), [Fault("", "文件夹里没有家庭文件（*.json）", "请检查是不是选错了文件夹")]
        )
    return Families(str(path.resolve()), len(listed), lambda: map(_from_file, listed))


def _from_file(path: Path) -> Given:
    try:
        return Given(path.stem, str(path), read_bytes(path))
    except FileTrouble as trouble:
        return Given(path.stem, str(path), b"", str(trouble))


def _table(path: Path) -> Families:
    parquet = _pyarrow().parquet
    try:
        with parquet.ParquetFile(path) as file:
            count, schema = file.metadata.num_rows, file.schema_arrow
    except (OSError, ValueError) as error:  # of pyarrow's own errors each is one of these
        raise _unreadable(path, error) from None
    faults = [fault for name in (FAMILY, DOCUMENT) for fault in _column_faults(schema, name)]
    if not count:
        faults.append(Fault("", "一行也没有", "请换一个有内容的文件"))
    if faults:
        raise InputRefused(str(path), faults)
    return Families(str(path.resolve()), count, lambda: _from_rows(path))


def _column_faults(schema: Any, name: str) -> Iterator[Fault]:
    if schema.names.count(name) != 1:
        columns = "、".join(schema.names) or "（一列也没有）"
        what = f"要有一列 {name}（{FAMILY}：家庭的名称或编号；{DOCUMENT}：家庭文件的 JSON）"
        yield Fault(name, what, f"现有的列：{columns}")
        return
    kind = str(schema.field(name).type)
    numbers = ("int", "uint") if name == FAMILY else ()
    if not kind.startswith((*_TEXTS, *numbers)):
        yield Fault(name, f"这一列的类型是 {kind}，不是文字", "请写成 string")


def _from_rows(path: Path) -> Iterator[Given]:
    """Raises `FileTrouble` where the file is damaged further down."""
    number = 0
    try:
        with _pyarrow().parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(_READ_AT_ONCE, columns=[FAMILY, DOCUMENT]):
                families, documents = (batch.column(name).to_pylist() for name in (FAMILY, DOCUMENT))
                for family, document in zip(families, documents, strict=True):
                    number += 1
                    yield _from_row(path, number, family, document)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _from_row(path: Path, number: int, family: object, document: str | bytes | None) -> Given:
    name = (
        ""
        if family is None
        else family.decode("utf-8", "replace")
        if isinstance(family, bytes)
        else str(family)
    )
    file = f"{path} 第 {number} 行" + (f"（{name}）" if name else "")
    if document is None:
        return Given(name, file, b"", f"{file}：{DOCUMENT} 是空的。请填上家庭文件的 JSON。")
    return Given(name, file, document if isinstance(document, bytes) else document.encode())


# ----------------------------------------------------------------------------------------------- results out


@dataclass(frozen=True, slots=True)
class ParquetParts:
    """Finished rows in a folder beside the file they will become, each part under the key of what it answers.

    A part is written whole, so that a run can be broken off anywhere and taken up again.
    """

    output: Path

    @property
    def folder(self) -> Path:
        return self.output.with_name(f"{self.output.name}.parts")

    def settings(self) -> Mapping[str, Any] | None:
        """Those of the run that began the parts; None: there is none. Raises `Trouble`."""
        if self.output.is_dir():
            raise FileTrouble(str(self.output), "这是一个文件夹，写不成文件", "请用 -o 另起一个文件名")
        if not self.folder.exists() or not any(self.folder.iterdir()):
            return None
        try:
            held = json.loads((self.folder / _SETTINGS).read_text("utf-8"))
        except (OSError, ValueError):
            held = None
        if not isinstance(held, dict):
            what = "这里不是本程序留下的半成品，不敢动它"
            raise InputRefused(str(self.folder), [Fault("", what, "请移走它，或用 -o 另起一个文件名")])
        return held

    def begin(self, settings: Mapping[str, Any]) -> None:
        """Nothing is kept of what was there before. Raises `FileTrouble`, `Trouble`."""
        _pyarrow()
        self._clear()
        try:
            self.folder.mkdir(exist_ok=True)
        except OSError as error:
            raise not_written(self.output, error) from None
        write_whole(self.folder / _SETTINGS, json.dumps(settings, ensure_ascii=False, indent=1) + "\n")

    def rows(self, key: str) -> Sequence[Row] | None:
        """None: that part is not there, or can't be read."""
        try:
            table = _pyarrow().parquet.read_table(self._part(key))
        except (OSError, ValueError):
            return None
        rows: list[Row] = table.to_pylist()
        return rows

    def keep(self, key: str, rows: Sequence[Row]) -> None:
        """Raises `FileTrouble`."""
        pa = _pyarrow()
        write_whole(
            self._part(key), _bytes_of(pa, pa.Table.from_pylist(list(map(_cells, rows)), _schema(pa)))
        )

    def join(self, keys: Sequence[str], settings: Mapping[str, Any]) -> None:
        """Write the parts one after another as the one file, and take them away. Raises `FileTrouble`."""
        pa = _pyarrow()
        try:
            table = pa.concat_tables([pa.parquet.read_table(self._part(key)) for key in keys])
        except (OSError, ValueError) as error:
            raise _unreadable(self.folder, error) from None
        told = {"gongji": json.dumps(settings, ensure_ascii=False)}
        write_whole(self.output, _bytes_of(pa, table.replace_schema_metadata(told)))
        self._clear()

    def _part(self, key: str) -> Path:
        return self.folder / f"{key}.parquet"

    def _clear(self) -> None:
        """What is not ours stays, and the folder with it."""
        if not self.folder.is_dir():
            return
        try:
            for file in (*self.folder.glob("*.parquet*"), self.folder / _SETTINGS):
                file.unlink(missing_ok=True)
            if not any(self.folder.iterdir()):
                self.folder.rmdir()
        except OSError as error:
            raise FileTrouble(
                str(self.folder), f"删不掉（{error.strerror}）", "请检查权限，或自己删去"
            ) from None


def _schema(pa: Any) -> Any:
    """Sums are decimals of yuan with two places: exact, and no reader can take them for anything else."""
    kinds = {
        "text": pa.string(),
        "yuan": pa.decimal128(24, 2),
        "day": pa.date32(),
        "count": pa.int64(),
        "share": pa.float64(),
    }
    return pa.schema(
        pa.field(
            one.name,
            kinds[one.kind],
            metadata={"says": one.says} | ({"unit": "CNY yuan"} if one.kind == "yuan" else {}),
        )
        for one in COLUMNS
    )


def _cells(row: Row) -> Row:
    return {
        name: Decimal(value).scaleb(-2) if isinstance(value, Money) else value for name, value in row.items()
    }


def _bytes_of(pa: Any, table: Any) -> bytes:
    written = pa.BufferOutputStream()
    pa.parquet.write_table(table, written, compression="zstd")
    content: bytes = written.getvalue().to_pybytes()
    return content


def _unreadable(path: Path, error: Exception) -> FileTrouble:
    if isinstance(error, OSError) and error.errno is not None:
        return file_trouble(path, error)
    return FileTrouble(str(path), "读不了，不是完好的 parquet 文件", "请检查是不是选错了文件，或重新生成它")


def _pyarrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise Trouble(_NO_PYARROW) from None
    return pyarrow
