"""打印预览测试。A document is seen before it is printed, saved as a PDF; a scanned code becomes a family."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from desktop.domain.care import Visit
from desktop.domain.family import Family
from desktop.report.a4 import FamilyReport
from desktop.ui.printing import view
from desktop.ui.printing.code import CodeDialog
from desktop.ui.printing.view import PrintPage, report_page, slip_page
from desktop.ui.widgets.verdicts import Notice
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from desktop.usecases.scenario_code import NAME, encode
from desktop.usecases.try_visit import Slip, try_visit
from tests.families import RESOURCES, shipped
from tests.ui.conftest import WIDTHS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look
    from tests.ui.conftest import FitsWidth

TODAY = date(2026, 11, 21)


@cache
def seen() -> Review:
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", TODAY), shipped())


def opened(qtbot: QtBot, page: PrintPage) -> PrintPage:
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.shown):
        page.show()
    return page


@pytest.fixture
def page(look: Look, qtbot: QtBot) -> PrintPage:
    return opened(qtbot, report_page(look, seen(), RESOURCES, "0.1.0"))


def preview(page: PrintPage) -> QPrintPreviewWidget:
    assert page.preview is not None
    return page.preview


def notice(page: PrintPage) -> str:
    QApplication.processEvents()
    return " ".join(one.accessibleName() for one in page.findChildren(Notice) if not one.isHidden())


# ------------------------------------------------------------------------------------------------ preview


def test_that_until_the_report_is_set_nothing_can_be_printed(look: Look, qtbot: QtBot) -> None:
    page = report_page(look, seen(), RESOURCES, "0.1.0")
    qtbot.addWidget(page)
    assert page.document is None
    for button in (page.print_button, page.pdf_button, page.after, page.larger):
        assert not button.isEnabled()
    page.save_pdf(Path("/nowhere.pdf"))
    look.wear(hidden=True)
    with qtbot.waitSignal(page.shown):
        page.show()
    assert page.print_button.isEnabled()


def test_that_the_pages_are_counted_and_turned(page: PrintPage) -> None:
    assert page.number.text() == "第 1 页，共 2 页"
    assert not page.before.isEnabled()
    page.after.click()
    assert page.number.text() == "第 2 页，共 2 页"
    assert not page.after.isEnabled()
    page.before.click()
    assert preview(page).currentPage() == 1


def test_that_it_can_be_seen_larger_smaller_and_whole(page: PrintPage) -> None:
    page.larger.click()
    large = preview(page).zoomFactor()
    page.smaller.click()
    assert preview(page).zoomFactor() < large
    page.whole.click()
    assert preview(page).zoomMode() is QPrintPreviewWidget.ZoomMode.FitInView


def test_that_the_paper_is_a4_upright(page: PrintPage) -> None:
    assert page.printer is not None
    layout = page.printer.pageLayout()
    assert layout.pageSize().name() == "A4"
    assert layout.orientation() is layout.Orientation.Portrait


def test_that_the_slip_is_of_its_own_length(look: Look, qtbot: QtBot) -> None:
    bill = next(one for one in seen().family.events if isinstance(one, Visit) and one.id == "e2605-mother")
    slip = Slip(try_visit(seen().family, shipped(), bill), bill)
    page = opened(qtbot, slip_page(look, seen(), slip, RESOURCES, "0.1.0"))
    assert page.number.text() == "第 1 页，共 1 页"
    assert page.document is not None
    assert page.document.title == "看病费用结算单"


def test_that_closing_the_eye_sets_the_page_anew(page: PrintPage, look: Look) -> None:
    before = page.document
    assert isinstance(before, FamilyReport)
    assert before.code is not None
    look.wear(hidden=True)
    assert isinstance(page.document, FamilyReport)
    assert page.document.code is None
    assert page.document.pages is not before.pages


def test_that_escape_and_the_button_lead_back(page: PrintPage, qtbot: QtBot) -> None:
    page.activateWindow()
    with qtbot.waitSignal(page.leave):
        QTest.keyClick(page, Qt.Key.Key_Escape)


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
def test_that_the_page_fits_its_width(
    page: PrintPage, fits_width: FitsWidth, scale: float, width: int
) -> None:
    assert fits_width(page, scale, width)


def test_that_everything_bears_a_name(page: PrintPage) -> None:
    assert preview(page).accessibleName() == "打印预览"
    assert preview(page).accessibleDescription() == "家庭医保个人账户报告"


def test_that_a_missing_font_is_told_with_what_to_install(
    look: Look, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "paper_family", lambda _resources: "")
    page = opened(qtbot, report_page(look, seen(), RESOURCES, "0.1.0"))
    assert any("fonts-wqy-microhei" in one.text() for one in page.findChildren(QLabel))
    assert page.print_button.isEnabled()


# ----------------------------------------------------------------------------------------- printer and PDF


def test_that_a_pdf_is_saved_where_one_said(
    page: PrintPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        asked.append(name)
        return str(tmp_path / "report"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    with qtbot.waitSignal(page.saved):
        page.pdf_button.click()
    assert "家庭医保个人账户报告 " in asked[0]
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert "已存为 report.pdf" in notice(page)
    assert page.pdf_button.isEnabled()


def test_that_no_answer_saves_nothing(page: PrintPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.pdf_button.click()
    assert notice(page) == ""


def test_that_why_a_pdf_could_not_be_saved_stands_beside_it(
    page: PrintPage, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(page.saved):
        page.save_pdf(tmp_path / "nowhere" / "report.pdf")
    assert "没有存成" in notice(page)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("agreed", [True, False])
def test_that_it_is_printed_once_one_agreed(
    page: PrintPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    """The printer at hand is one that prints into a file."""
    assert page.printer is not None
    page.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    page.printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: agreed)
    page.print_button.click()
    assert (tmp_path / "printed.pdf").exists() is agreed


# -------------------------------------------------------------------------------------------- square codes


@pytest.fixture
def desk(qtbot: QtBot) -> QWidget:
    """A window for the dialog; the test keeps it alive."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(look: Look, desk: QWidget) -> CodeDialog:
    made = CodeDialog(look, lambda: TODAY, desk)
    made.show()
    return made


def test_that_a_pasted_code_opens_the_scenario(dialog: CodeDialog, qtbot: QtBot) -> None:
    dialog.code.setPlainText(encode(seen()) or "")
    with qtbot.waitSignal(dialog.opened) as news:
        dialog.open_button.click()
    (family,) = news.args or [None]
    assert isinstance(family, Family)
    assert family.name == NAME
    assert not dialog.isVisible()


def test_that_a_scanners_enter_opens_it_without_a_click(dialog: CodeDialog, qtbot: QtBot) -> None:
    dialog.code.insertPlainText(encode(seen()) or "")
    with qtbot.waitSignal(dialog.opened):
        QTest.keyClick(dialog.code, Qt.Key.Key_Return)


def test_that_what_is_no_code_is_told_beside_the_field(dialog: CodeDialog) -> None:
    assert dialog.fault.isHidden()
    dialog.code.setPlainText("https://example.com")
    dialog.open_button.click()
    assert "不是本程序的方案码" in dialog.fault.text()
    assert dialog.isVisible()


def test_that_empty_lines_are_no_code_yet(dialog: CodeDialog) -> None:
    QTest.keyClick(dialog.code, Qt.Key.Key_Return)
    assert dialog.fault.isHidden()
