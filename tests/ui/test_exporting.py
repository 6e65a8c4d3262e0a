"""导出页测试。A form, names or none, a place; what came of it stands in the page."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.ui.exporting.model import MASKED, ExportModel
from desktop.ui.exporting.view import ExportPage
from desktop.ui.widgets.verdicts import Notice
from desktop.usecases.export import Form
from desktop.usecases.import_sheet import read_sheets
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, shipped

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look


@cache
def seen() -> Review:
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", date(2026, 11, 21)), shipped())


@pytest.fixture
def model(look: Look, tmp_path: Path) -> ExportModel:
    return ExportModel(seen(), look, tmp_path)


@pytest.fixture
def page(look: Look, model: ExportModel, qtbot: QtBot) -> ExportPage:
    made = ExportPage(look, model)
    qtbot.addWidget(made)
    made.show()
    return made


def written(qtbot: QtBot, page: ExportPage, model: ExportModel) -> None:
    page.write.click()
    qtbot.waitUntil(lambda: not model.busy)
    QApplication.processEvents()


def outcome(page: ExportPage) -> str:
    return " ".join(one.accessibleName() for one in page.findChildren(Notice) if not one.isHidden())


def test_that_the_five_forms_are_offered_with_what_they_are_for(page: ExportPage, model: ExportModel) -> None:
    files = set()
    for form in Form:
        page.forms.choose(form)
        assert model.form is form
        assert page.says.text() == model.words.says
        assert page.file.text().startswith("周家 2026-11-21")
        assert page.file.text().endswith(model.words.suffix)
        files.add(page.file.text())
        assert page.names.isVisible() is (form in {Form.XLSX, Form.CSV})
    assert len(files) == len(Form)


def test_that_it_is_written_and_said_where(
    qtbot: QtBot, page: ExportPage, model: ExportModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    written(qtbot, page, model)
    assert [one.name for one in tmp_path.iterdir()] == ["周家 2026-11-21.xlsx"]
    assert "已导出 周家 2026-11-21.xlsx" in outcome(page)
    assert page.cancel.text() == "完成"
    page.show_it.click()
    assert shown == [QUrl.fromLocalFile(str(tmp_path))]
    assert not page.replaces.isVisible()
    page.forms.choose(Form.CSV)
    assert outcome(page) == ""
    page.forms.choose(Form.XLSX)
    assert page.replaces.isVisible()


def test_that_names_are_masked_when_asked_for_or_when_they_are_hidden(
    qtbot: QtBot, look: Look, page: ExportPage, model: ExportModel, tmp_path: Path
) -> None:
    page.names.choose(MASKED)
    written(qtbot, page, model)
    rows = read_sheets(model.file)[0].rows
    assert "刘蕙" not in str(rows)
    look.wear(hidden=True)
    assert ExportModel(seen(), look, tmp_path).masked


def test_that_trouble_stands_in_the_page(
    qtbot: QtBot, page: ExportPage, model: ExportModel, tmp_path: Path
) -> None:
    model.choose_file(tmp_path / "没有" / "a.xlsx")
    written(qtbot, page, model)
    assert "没有导出：写不进去（没有这个文件夹）" in outcome(page)
    assert list(tmp_path.iterdir()) == []


def test_that_another_place_can_be_chosen(
    page: ExportPage, model: ExportModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([str(tmp_path / "家.v2"), ""])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(answers), ""))
    page.elsewhere.click()
    assert model.file == tmp_path / "家.v2.xlsx"
    page.elsewhere.click()
    assert page.file.text() == "家.v2.xlsx"


def test_that_it_is_left_with_escape_and_the_button(qtbot: QtBot, page: ExportPage) -> None:
    with qtbot.waitSignal(page.leave):
        QTest.keyClick(page, Qt.Key.Key_Escape)
    with qtbot.waitSignal(page.leave):
        page.cancel.click()


def test_that_a_changed_family_is_what_is_exported(page: ExportPage, model: ExportModel) -> None:
    other = review(open_family(RESOURCES / "samples" / "retiree.json", date(2026, 11, 21)), shipped())
    page.renew(other)
    assert "周家" not in page.file.text()


def test_that_a_second_press_does_not_write_twice(qtbot: QtBot, page: ExportPage, model: ExportModel) -> None:
    began: list[str] = []
    model.began.connect(began.append)
    model.write()
    model.write()
    qtbot.waitUntil(lambda: not model.busy)
    assert began == ["正在导出…"]


def test_that_the_documents_folder_is_where_it_goes_at_first(
    look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or home, where there is none."""
    documents = tmp_path / "Documents"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(documents))
    assert ExportModel(seen(), look).file.parent == Path.home()
    documents.mkdir()
    assert ExportModel(seen(), look).file.parent == documents
