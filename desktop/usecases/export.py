"""导出。Everything a family can be written as, named in one place, and written whole or not at all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.exchange.beancount import beancount_text
from desktop.exchange.family_document import write_family
from desktop.exchange.setlinfo import export_messages
from desktop.exchange.sheet_out import csv_bytes, xlsx_bytes
from desktop.exchange.whole_file import write_whole
from desktop.usecases.export_sheet import leaves, lines_table

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from desktop.planning.ledger import Ledger


class Form(StrEnum):
    """导出形式。"""

    XLSX = "xlsx"
    CSV = "csv"
    FAMILY = "family"
    MESSAGES = "messages"
    BEANCOUNT = "beancount"


@dataclass(frozen=True, slots=True)
class FormWords:
    """What a form is called, what it is for, how its files end; whether names can be masked in it."""

    title: str
    says: str
    suffix: str
    can_mask: bool = False


FORMS = {
    Form.XLSX: FormWords(
        "Excel 表格", "流水、家人与绑定、合规各一张表，可以打印，也可以再导入。", ".xlsx", can_mask=True
    ),
    Form.CSV: FormWords("CSV 表格", "只有流水一张表，各种表格程序都能打开。", ".csv", can_mask=True),
    Form.FAMILY: FormWords("家庭文件", "全部内容，换一台电脑可以原样打开。", ".json"),
    Form.MESSAGES: FormWords("结算报文", "每一笔结算按全国统一的字段写出，供核对。", ".json"),
    Form.BEANCOUNT: FormWords("复式账本", "beancount 的账本，账户余额逐分核对。", ".beancount"),
}


def export_family(ledger: Ledger, form: str, output: Path, *, masked: bool = False) -> None:
    """`masked` matters to spreadsheets alone. Raises `FileTrouble`; nothing is half written."""
    write_whole(output, _content(ledger, Form(form), masked=masked))


def export_job(
    ledger: Ledger, form: Form, output: Path, *, masked: bool
) -> Callable[[threading.Event], Iterator[Path]]:
    """The same as a job; its news is where the file is. Stopped before it is written, it leaves nothing."""

    def job(stop: threading.Event) -> Iterator[Path]:
        content = _content(ledger, form, masked=masked)
        if not stop.is_set():
            write_whole(output, content)
            yield output

    return job


def _content(ledger: Ledger, form: Form, *, masked: bool) -> str | bytes:
    match form:
        case Form.XLSX:
            return xlsx_bytes(leaves(ledger, masked=masked))
        case Form.CSV:
            return csv_bytes(lines_table(ledger, masked=masked))
        case Form.FAMILY:
            return _json(write_family(ledger.family))
        case Form.MESSAGES:
            return _json(export_messages(ledger.family, ledger.settlements.values(), ledger.refunds.values()))
    return beancount_text(ledger.entries, ledger.family)


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
