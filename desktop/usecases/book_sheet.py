"""记入表格。Books the rows of a spreadsheet into a family document, all of them or none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.domain.trouble import Fault, InputRefused
from desktop.exchange.family_document import read_family
from desktop.exchange.sheet_columns import guess_layout, titles
from desktop.exchange.sheet_in import read_sheets
from desktop.usecases.import_messages import append_events
from desktop.usecases.import_sheet import Defaults, Kept, import_rows, layout_faults, stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from desktop.exchange.sheet_columns import Column, Layout
    from desktop.exchange.sheet_in import Sheet
    from desktop.usecases.changes import Change
    from desktop.usecases.import_sheet import Staged


def book_sheet(  # noqa: PLR0913 - what a person may say about a file on one line
    file: Path,
    into: Path,
    today: date,
    *,
    sheet: str | None = None,
    defaults: Defaults,
    duplicates: bool = False,
) -> tuple[Staged, Change]:
    """Raises `InputRefused` with every fault of every row, `FileTrouble`."""
    family = read_family(into, today)
    if defaults.patient not in (None, *(one.id for one in family.people)):
        raise InputRefused("--patient", [Fault("", "家庭文件里没有这个 id 的人", "请写家庭文件里的 id")])
    chosen = _chosen(file, sheet)
    layout = guess_layout(chosen.rows)
    missing = layout_faults(layout, defaults)
    if missing:
        todo = "请改表头，或用 --patient、--setting 写明"
        raise InputRefused(str(file), [Fault("", one.what, todo) for one in missing])
    staged = stage(chosen, layout, defaults, family)
    faults = list(_faults(staged, layout, titles(chosen.rows, layout)))
    if faults:
        raise InputRefused(str(file), faults)
    change = import_rows(family, staged, duplicates=duplicates)
    added = change.family.events[len(family.events) :]
    if added:
        append_events(into, replace(family, events=added), today)
    return staged, change


def _chosen(file: Path, name: str | None) -> Sheet:
    sheets = read_sheets(file)
    found = sheets[0] if name is None else next((one for one in sheets if one.name == name), None)
    if found is None:
        listed = "、".join(one.name for one in sheets)
        raise InputRefused(str(file), [Fault("", "没有这张工作表", f"文件里有：{listed}")])
    return found


def _faults(staged: Staged, layout: Layout, heads: tuple[str, ...]) -> Iterator[Fault]:
    for row in staged.of(Kept.FAULTY):
        for fault in row.faults:
            yield Fault(f"第 {row.number} 行{_head(fault.column, layout, heads)}", fault.what, fault.todo)


def _head(column: Column | None, layout: Layout, heads: tuple[str, ...]) -> str:
    return f" {heads[layout.columns.index(column)]}" if column in layout.columns and column else ""
