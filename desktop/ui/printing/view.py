"""打印预览。A document as it will be on paper: to a printer, or as a PDF whose text can be searched."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QThreadPool, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.trouble import FileTrouble
from desktop.report.a4 import FamilyReport
from desktop.report.ink import Ink, paper_family
from desktop.report.output import page_layout, print_document, write_pdf
from desktop.report.slip import SettlementSlip
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.widgets.basic import Button, Fit, Words, column
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.panel import PageHead, Panel
from desktop.ui.widgets.verdicts import Notice
from desktop.ui.work import Work
from desktop.usecases.report import report_of
from desktop.usecases.slip import slip_facts

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from desktop.report.sheet import Document
    from desktop.ui.look.look import Look
    from desktop.usecases.review import Review
    from desktop.usecases.try_visit import Slip


_DOTS = 300  # an inch of the printer that the preview imitates


class PrintPage(QWidget):
    """`make` works the document out, off the GUI thread. `leave` when it is closed."""

    leave = Signal()
    shown = Signal()

    def __init__(self, look: Look, make: Callable[[], Document], *, searchable: bool) -> None:
        super().__init__()
        self._look, self._make = look, make
        self._document: Document | None = None
        self.printer = QPrinter()
        self.printer.setResolution(_DOTS)
        self.preview = QPrintPreviewWidget(self.printer)
        self.preview.setAccessibleName(self.tr("打印预览"))
        self.preview.paintRequested.connect(self._paint)
        self.print_button = Button(look, self.tr("打印…"), self._print, "primary", icon=Icon.PRINT)
        self.pdf_button = Button(look, self.tr("存为 PDF…"), self._ask_pdf)
        self.wait = Words(look, self.tr("正在排版。"), Kind.BODY, "text_2")
        self.told = Words(look, "", Kind.BODY, fit=Fit.WRAP)
        self._fill(searchable=searchable)
        look.changed.connect(self._again)
        self._work = Work(self._job, self)
        self._work.news.connect(self._take)
        self._work.start(QThreadPool.globalInstance())

    def _fill(self, *, searchable: bool) -> None:
        look = self._look
        bar = [
            self.print_button,
            self.pdf_button,
            Button(look, self.tr("放大"), self.preview.zoomIn),
            Button(look, self.tr("缩小"), self.preview.zoomOut),
            Button(look, self.tr("整页"), self.preview.fitInView),
            Button(look, self.tr("返回"), self.leave.emit),
        ]
        lines = column(look, 3, parent=self)
        lines.addWidget(PageHead(look, self.tr("打印预览"), self.tr("纸上和这里看到的一样")))
        lines.addWidget(Flow(look, bar, 2))
        if not searchable:
            says = self.tr(
                "没有找到文泉驿微米黑或 Droid Sans Fallback。照样可以打印，只是 PDF 里的字搜不到。"
            )
            todo = self.tr("要能搜到，请安装字体包 fonts-wqy-microhei。")
            lines.addWidget(Notice(look, Verdict.WARN, says, todo))
        lines.addWidget(self.told)
        lines.addWidget(self.wait)
        sheet = Panel(look, edges=False)
        sheet.add(self.preview, 1)
        self.preview.setMinimumHeight(look.unit(130))
        lines.addWidget(sheet, 1)
        self.told.hide()
        for button in (self.print_button, self.pdf_button):
            button.setEnabled(False)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.leave.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -------------------------------------------------------------------------------------- the document

    @property
    def document(self) -> Document | None:
        """None while it is being worked out."""
        return self._document

    def _job(self, _stop: threading.Event) -> Iterator[object]:
        yield self._make()

    def _take(self, document: Document) -> None:
        self._document = document
        self.printer.setPageLayout(page_layout(document))
        self.printer.setDocName(document.title)
        self.wait.hide()
        for button in (self.print_button, self.pdf_button):
            button.setEnabled(True)
        self.preview.updatePreview()
        self.shown.emit()

    def _again(self) -> None:
        """The privacy eye opened or closed."""
        if self._document is not None:
            self.preview.updatePreview()

    def _paint(self, printer: QPrinter) -> None:
        if self._document is not None:
            print_document(printer, self._document)

    # --------------------------------------------------------------------------------------------- doing

    def _print(self) -> None:
        dialog = QPrintDialog(self.printer, self)
        if dialog.exec():
            self._paint(self.printer)

    def _ask_pdf(self) -> None:
        if self._document is None:
            return
        name = str(Path.home() / f"{self._document.title}.pdf")
        file, _ = QFileDialog.getSaveFileName(self, self.tr("存为 PDF"), name, self.tr("PDF（*.pdf）"))
        if file:
            self.save_pdf(Path(file).with_suffix(".pdf"))

    def save_pdf(self, file: Path) -> None:
        """Says where it is, or why it could not be written."""
        if self._document is None:
            return
        try:
            write_pdf(file, self._document)
        except FileTrouble as trouble:
            self.told.say(str(trouble))
        else:
            self.told.say(self.tr("已存到 {file}").format(file=file))
        self.told.show()


def report_page(look: Look, seen: Review, resources: Path, engine: str) -> PrintPage:
    family = paper_family(resources)
    ink, made = Ink(family, look.money), datetime.now().astimezone()
    return PrintPage(look, lambda: FamilyReport(report_of(seen), ink, made, engine), searchable=bool(family))


def slip_page(look: Look, seen: Review, slip: Slip, resources: Path, engine: str) -> PrintPage:
    family = paper_family(resources)
    ink, made = Ink(family, look.money, one_bit=True), datetime.now().astimezone()

    def make() -> SettlementSlip:
        return SettlementSlip(slip_facts(seen, slip.trial), ink, made, engine)

    return PrintPage(look, make, searchable=bool(family))
