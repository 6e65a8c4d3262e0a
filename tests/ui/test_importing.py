"""导入页测试。A file is read and looked at off the screen's thread; it is kept in one change."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QThreadPool, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from xlsxwriter.workbook import Workbook

from desktop.ui.importing.model import SHOWN_AT_MOST, ImportModel
from desktop.ui.importing.table import FIRST, NUMBER, STATE, TOOLTIP, PreviewTable
from desktop.ui.importing.view import ImportPage
from desktop.ui.look.money import MASK
from desktop.ui.look.tokens import Theme
from desktop.ui.widgets.basic import Words
from desktop.ui.widgets.lines import CHIPS, TONE
from desktop.ui.widgets.tables import ACCESSIBLE, ALIGNMENT
from desktop.ui.widgets.verdicts import Notice
from desktop.usecases.changes import Change
from desktop.usecases.import_sheet import Column, Kept
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.exchange.spreadsheets import saved, xlsx
from tests.families import RESOURCES, shipped

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look

TODAY = date(2026, 11, 21)
HEAD = "日期,姓名,类别,医院等级,金额,票据号"
GOOD = "2026-05-01,母亲,门诊,三级,88.00,A1"
BOOKED = "2025-11-05,母亲,药店,,72.60,A2"
NO_DAY = "2026-02-30,张三,门诊,三级,1,A3"
SUM = "合计,,,,161.60,"


@cache
def seen() -> Review:
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", TODAY), shipped())


def csv_file(folder: Path, *lines: str, head: str = HEAD) -> Path:
    return saved(folder, "\n".join((head, *lines)), "票据.csv")


@pytest.fixture
def model(look: Look, qtbot: QtBot) -> ImportModel:
    return ImportModel(seen(), look)


@pytest.fixture
def page(look: Look, model: ImportModel, qtbot: QtBot) -> ImportPage:
    made = ImportPage(look, model)
    qtbot.addWidget(made)
    made.resize(1136, 756)
    made.show()
    return made


def opened(qtbot: QtBot, model: ImportModel, file: Path) -> None:
    """Read and looked at: two jobs, one after the other."""
    model.open(file)
    qtbot.waitUntil(lambda: not model.busy)


def counts(model: ImportModel) -> dict[str, int]:
    return {str(kept): model.count(kept) for kept in Kept if model.count(kept)}


# --------------------------------------------------------------------------------------------------- reading


def test_that_a_file_is_read_and_every_row_looked_at(
    qtbot: QtBot, model: ImportModel, tmp_path: Path
) -> None:
    opened(qtbot, model, csv_file(tmp_path, GOOD, BOOKED, NO_DAY, SUM))
    assert counts(model) == {"ready": 1, "duplicate": 1, "faulty": 1, "needless": 1}
    assert model.importable == 1
    assert [(line.place, line.what) for line in model.fault_lines] == [
        ("第 4 行 日期", "没有这一天"),
        ("第 4 行 姓名", "家里没有这位家人"),
    ]


def test_that_a_file_that_cannot_be_read_says_why_in_the_page(
    qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path
) -> None:
    for file, what in (
        (saved(tmp_path, b"\x00\x01", "a.xls"), "这不是能读的表格"),
        (tmp_path / "b.xls", "没有这个文件"),
    ):
        opened(qtbot, model, file)
        (notice,) = page.start.findChildren(Notice, options=Qt.FindChildOption.FindChildrenRecursively)[-1:]
        assert what in notice.accessibleName()
        assert page.start.isVisible()
        assert not page.keep.isVisible()


def test_that_another_sheet_of_the_file_can_be_chosen(
    qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path
) -> None:
    data = xlsx([HEAD.split(","), GOOD.split(",")])
    opened(qtbot, model, saved(tmp_path, data))
    assert not page.sheet.isVisible()
    opened(qtbot, model, saved(tmp_path, two_sheets()))
    assert page.sheet.isVisible()
    model.choose_sheet("乙")
    qtbot.waitUntil(lambda: not model.busy)
    assert model.titles == ("甲列", "乙列")
    assert page.sheet.key() == "乙"


def two_sheets() -> bytes:
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        for name, head in (("甲", HEAD.split(",")), ("乙", ["甲列", "乙列"])):
            book.add_worksheet(name).write_row(0, 0, head)
    return written.getvalue()


def test_that_a_second_file_takes_the_place_of_the_first(
    qtbot: QtBot, model: ImportModel, tmp_path: Path
) -> None:
    model.open(csv_file(tmp_path, GOOD, GOOD))
    model.open(saved(tmp_path, f"{HEAD}\n{BOOKED}", "b.csv"))
    qtbot.waitUntil(lambda: not model.busy)
    assert model.file is not None
    assert model.file.name == "b.csv"
    assert counts(model) == {"duplicate": 1}


# -------------------------------------------------------------------------------------------------- columns


def test_that_a_column_is_what_one_says_it_is(
    qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path
) -> None:
    head = "日期,姓名,类别,医院等级,花了多少,另一笔"
    opened(qtbot, model, csv_file(tmp_path, GOOD.replace("A1", "5"), head=head))
    assert [fault.what for fault in model.missing] == ["没有一列是医疗费总额"]
    assert model.importable == 0
    assert not page.keep.isEnabled()
    meaning = page.preview.head.meanings[4]
    assert meaning.accessibleName() == "“花了多少”这一列是"
    page.preview.head.chosen.emit(4, Column.TOTAL)
    qtbot.waitUntil(lambda: not model.busy)
    assert counts(model) == {"ready": 1}
    model.map_column(5, Column.TOTAL)
    qtbot.waitUntil(lambda: not model.busy)
    assert model.layout.columns[4:] == (None, Column.TOTAL)
    assert page.preview.head.meanings[4].key() == ""


def test_that_what_is_not_in_the_file_is_filled_in(
    qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path
) -> None:
    opened(qtbot, model, csv_file(tmp_path, "2026-05-01,88", head="日期,金额"))
    assert [fault.what for fault in model.missing] == ["没有一列是就诊人", "没有一列是类别"]
    page.patient.chosen.emit("mother")
    page.setting.chosen.emit("outpatient")
    page.level.chosen.emit("tertiary")
    qtbot.waitUntil(lambda: not model.busy)
    assert counts(model) == {"ready": 1}
    page.level.chosen.emit("")
    qtbot.waitUntil(lambda: not model.busy)
    assert counts(model) == {"faulty": 1}
    assert model.fault_lines[0].place == "第 2 行 医院等级"


# --------------------------------------------------------------------------------------------------- keeping


def test_that_the_button_gives_one_change_and_the_page_leaves_when_it_is_kept(
    qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path
) -> None:
    opened(qtbot, model, csv_file(tmp_path, GOOD, BOOKED))
    assert page.keep.text() == "导入 1 笔"
    with qtbot.waitSignal(page.change) as changed:
        page.keep.click()
    (change,) = changed.args
    assert isinstance(change, Change)
    assert change.step == "导入 1 笔"
    assert len(change.family.events) == len(seen().family.events) + 1
    qtbot.waitUntil(lambda: not model.busy)
    with qtbot.waitSignal(page.go) as gone:
        page.renew(review(change.family, shipped()))
    assert gone.args == ["ledger", ""]


def test_that_duplicates_come_along_when_asked_for(
    qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path
) -> None:
    opened(qtbot, model, csv_file(tmp_path, GOOD, BOOKED))
    page.duplicates.setChecked(True)
    assert page.keep.text() == "导入 2 笔"
    with qtbot.waitSignal(page.change) as changed:
        page.keep.click()
    assert changed.args[0].step == "导入 2 笔"


def test_that_a_family_that_changed_is_looked_at_anew(
    qtbot: QtBot, model: ImportModel, tmp_path: Path
) -> None:
    opened(qtbot, model, csv_file(tmp_path, GOOD))
    with qtbot.waitSignal(model.change) as changed:
        model.keep()
    other = ImportModel(seen(), model._look)
    opened(qtbot, other, csv_file(tmp_path, GOOD))
    other.renew(review(changed.args[0].family, shipped()))
    qtbot.waitUntil(lambda: not other.busy)
    assert counts(other) == {"duplicate": 1}
    other.keep()
    assert not other.busy


def test_that_a_cancelled_import_leaves_no_trace(
    qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path
) -> None:
    model.advanced.connect(page.cancel.click, Qt.ConnectionType.SingleShotConnection)
    with qtbot.waitSignal(page.leave), qtbot.assertNotEmitted(page.change):
        model.open(csv_file(tmp_path, *[GOOD] * 1000))
    QThreadPool.globalInstance().waitForDone()
    QTest.qWait(0)  # what the job said before it heard
    assert not model.busy
    assert (model.staged, model.importable) == (None, 0)
    assert page.progress.isHidden()


def test_that_the_keyboard_starts_where_a_file_is_chosen_and_goes_on_below_it(
    qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path
) -> None:
    qtbot.waitUntil(page.choose_file.hasFocus)
    opened(qtbot, model, csv_file(tmp_path, GOOD))
    assert page.patient.hasFocus()


def test_that_escape_leaves_the_page(qtbot: QtBot, page: ImportPage) -> None:
    with qtbot.waitSignal(page.leave):
        QTest.keyClick(page, Qt.Key.Key_Escape)


def test_that_progress_is_said(qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path) -> None:
    told: list[str] = []
    model.advanced.connect(lambda _: told.append(page.progress.bar.accessibleName()))
    opened(qtbot, model, csv_file(tmp_path, *[GOOD] * 250))
    assert told == ["正在逐行核对，100 行，共 250 行", "正在逐行核对，200 行，共 250 行"]


# --------------------------------------------------------------------------------------------------- showing


def test_that_the_preview_is_a_sound_model(
    qtbot: QtBot, look: Look, model: ImportModel, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    table = PreviewTable(look, model)
    qtmodeltester.check(table)  # type: ignore[no-untyped-call]
    opened(qtbot, model, csv_file(tmp_path, GOOD, BOOKED, NO_DAY, SUM))
    qtmodeltester.check(table)  # type: ignore[no-untyped-call]


def test_that_each_row_says_what_becomes_of_it(
    qtbot: QtBot, look: Look, model: ImportModel, tmp_path: Path
) -> None:
    table = PreviewTable(look, model)
    opened(qtbot, model, csv_file(tmp_path, GOOD, BOOKED, NO_DAY, SUM))
    states = [table.index(row, STATE).data() for row in range(4)]
    assert states == ["可导入", "重复", "要改 2 处", "不用导入"]
    assert table.index(1, STATE).data(TOOLTIP) == "流水里已经有这一笔"
    assert [table.index(row, NUMBER).data(TONE) for row in range(2)] == ["text", "text_3"]
    (chip,) = table.index(2, FIRST).data(CHIPS)
    assert chip.words == "没有这一天"
    spoken = table.index(2, NUMBER).data(ACCESSIBLE)
    assert spoken == "第 4 行，要改 2 处，没有这一天，家里没有这位家人"
    assert table.index(2, FIRST).data(ACCESSIBLE) == "日期 2026-02-30，没有这一天"
    right, left = (table.index(0, FIRST + place).data(ALIGNMENT) for place in (4, 0))
    assert right != left


def test_that_a_long_fault_stands_short_in_its_cell(
    qtbot: QtBot, look: Look, model: ImportModel, tmp_path: Path
) -> None:
    table = PreviewTable(look, model)
    opened(qtbot, model, csv_file(tmp_path, f"{GOOD},500", head=f"{HEAD},全自费"))
    (chip,) = table.index(0, FIRST + 4).data(CHIPS)
    assert chip.words == "要改"
    assert "合计大于医疗费总额" in table.index(0, FIRST + 4).data(TOOLTIP)


def test_that_only_rows_of_one_kind_can_be_seen(
    qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path
) -> None:
    opened(qtbot, model, csv_file(tmp_path, GOOD, BOOKED, NO_DAY))
    assert page.tabs.tabs["faulty"].text() == "有问题 1"
    assert not page.tabs.tabs["needless"].isVisible()
    page.tabs.tabs["faulty"].click()
    assert [row.number for row in model.rows] == [4]
    page.tabs.tabs[""].click()
    assert len(model.rows) == 3


def test_that_the_first_rows_are_shown_and_how_many_there_are(
    qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path
) -> None:
    opened(qtbot, model, csv_file(tmp_path, *[NO_DAY] * 80))
    assert len(model.rows) == SHOWN_AT_MOST
    assert "共 80 行" in page.shown.text()
    assert page.faults.title.text() == "80 行要改"
    assert "其余的" in page.faults.findChildren(Words)[-1].text()


def test_that_privacy_hides_names_sums_and_places(
    qtbot: QtBot, look: Look, page: ImportPage, model: ImportModel, tmp_path: Path
) -> None:
    opened(qtbot, model, csv_file(tmp_path, GOOD))
    look.wear(hidden=True)
    assert model.rows[0].cells == ("2026-05-01", MASK, "门诊", "三级", MASK, MASK)
    assert page.preview.model().index(0, FIRST + 1).data() == MASK


def test_that_a_dropped_table_is_opened(
    qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path
) -> None:
    file = csv_file(tmp_path, GOOD)
    for path, taken in ((file, True), (saved(tmp_path, "x", "a.txt"), False)):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        event = QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        event.setAccepted(False)
        page.dropEvent(event)
        assert event.isAccepted() is taken
    qtbot.waitUntil(lambda: not model.busy)
    assert counts(model) == {"ready": 1}


def test_that_a_chosen_file_is_opened(
    qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([str(csv_file(tmp_path, GOOD)), ""])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (next(answers), ""))
    page.choose_file.click()
    qtbot.waitUntil(lambda: not model.busy)
    page.again.click()
    assert not model.busy
    assert counts(model) == {"ready": 1}


def test_that_the_keyboard_brings_a_choice_into_view(
    qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path
) -> None:
    page.resize(600, 700)
    opened(qtbot, model, csv_file(tmp_path, GOOD))
    QApplication.processEvents()
    last = page.preview.head.meanings[-1]
    last.reached.emit()
    view = page.preview.viewport().width()
    assert last.geometry().right() <= view + last.width()
    assert 0 <= last.geometry().left() < view


def test_that_fewer_columns_leave_fewer_choices(
    qtbot: QtBot, page: ImportPage, model: ImportModel, tmp_path: Path
) -> None:
    opened(qtbot, model, csv_file(tmp_path, GOOD))
    opened(qtbot, model, saved(tmp_path, "日期,金额\n2026-05-01,1", "b.csv"))
    assert len(page.preview.head.meanings) == 2


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_that_the_page_fits_a_small_window_in_every_look(
    qtbot: QtBot, look: Look, tmp_path: Path, theme: Theme, scale: float
) -> None:
    look.wear(theme=theme, scale=scale)
    model = ImportModel(seen(), look)
    page = ImportPage(look, model)
    qtbot.addWidget(page)
    opened(qtbot, model, csv_file(tmp_path, GOOD, BOOKED, NO_DAY, SUM))
    page.resize(928, 600)
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= 928
    assert not page.grab().isNull()
