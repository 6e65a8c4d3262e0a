"""打印预览。A document as it will be on paper: to a printer, or as a PDF whose text can be searched."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QThreadPool, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.trouble import FileTrouble, Trouble
from desktop.report.a4 import FamilyReport
from desktop.report.comparison import ComparisonPaper
from desktop.report.errand import ErrandPaper
from desktop.report.fonts import paper_family
from desktop.report.ink import Ink, Press, read_colours
from desktop.report.output import page_layout, print_document, write_pdf
from desktop.report.slip import SettlementSlip
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.progress import ProgressStrip
from desktop.ui.widgets.basic import Button, Fit, Words, clear, column
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.panel import PageHead, Panel
from desktop.ui.widgets.verdicts import Notice
from desktop.ui.work import Work
from desktop.usecases.guide_report import errand_report
from desktop.usecases.report import report_of
from desktop.usecases.slip import slip_facts

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from desktop.ui.look.look import Look
    from desktop.ui.planning.paper import OnPaper
    from desktop.usecases.guide_view import GuideView
    from desktop.usecases.review import Review
    from desktop.usecases.try_visit import Slip

    Printed = FamilyReport | ComparisonPaper | ErrandPaper | SettlementSlip

_DOTS = 300  # an inch of the printer that the preview imitates


class PrintPage(QWidget):
    """`make` works the document out, off the GUI thread. `leave` when it is closed, `shown` once it is there.

    The printer is made there too: to ask the system for its printers may take seconds.
    """

    leave = Signal()
    shown = Signal()
    saved = Signal()

    def __init__(self, look: Look, make: Callable[[], Printed], *, searchable: bool) -> None:
        super().__init__()
        self._look, self._make = look, make
        self._document: Printed | None = None
        self.printer: QPrinter | None = None
        self.preview: QPrintPreviewWidget | None = None
        self._lay(searchable=searchable)
        look.changed.connect(self._again)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.leave.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.progress.begin(self.tr("正在排版…"))
        self._work = Work(self._job, self)
        self._work.news.connect(self._take)
        self._work.failed.connect(self._fail)
        self._work.start(QThreadPool.globalInstance())

    def _lay(self, *, searchable: bool) -> None:
        look = self._look
        self.print_button = Button(look, self.tr("打印…"), self._print, "primary", icon=Icon.PRINT)
        self.pdf_button = Button(look, self.tr("存为 PDF…"), self._ask_pdf)
        close = Button(look, self.tr("返回"), self.leave.emit)
        self.before = Button(look, self.tr("上一页"), lambda: self._turn(-1))
        self.after = Button(look, self.tr("下一页"), lambda: self._turn(1))
        self.larger = Button(look, self.tr("放大"), lambda: self._zoom(larger=True))
        self.smaller = Button(look, self.tr("缩小"), lambda: self._zoom(larger=False))
        self.whole = Button(look, self.tr("整页"), self._fit)
        self.number = Words(look, "", Kind.TABLE, "text_2")
        self.progress = ProgressStrip(look)
        self._tools = [self.before, self.number, self.after, self.smaller, self.larger, self.whole]
        lines = column(look, 3, parent=self)
        actions = [close, self.pdf_button, self.print_button]
        lines.addWidget(PageHead(look, self.tr("打印预览"), self.tr("纸上和这里看到的一样"), actions))
        if not searchable:
            lines.addWidget(self._unsearchable())
        self._outcome = column(look, 2)
        lines.addLayout(self._outcome)
        lines.addWidget(self.progress)
        lines.addWidget(Flow(look, self._tools, 2, ragged=True))
        self.sheet = Panel(look, edges=False)
        self.sheet.setMinimumHeight(look.unit(100))
        lines.addWidget(self.sheet, 1)
        for one in (self.print_button, self.pdf_button, *self._tools):
            one.setEnabled(False)

    def _unsearchable(self) -> Words:
        """What is missing for a PDF whose text can be found."""
        says = self.tr(
            "没有找到文泉驿微米黑或 Droid Sans Fallback，照样可以打印，只是 PDF 里的字可能搜不到；"
        )
        todo = self.tr("要能搜到，请安装字体包 fonts-wqy-microhei。")
        return Words(self._look, says + todo, Kind.TABLE, "warn", fit=Fit.WRAP)

    # -------------------------------------------------------------------------------------- the document

    @property
    def document(self) -> Printed | None:
        """None while it is being worked out."""
        return self._document

    def _job(self, _stop: threading.Event) -> Iterator[object]:
        document = self._make()
        printer = QPrinter()
        printer.setResolution(_DOTS)
        yield document, printer

    def _take(self, made: tuple[Printed, QPrinter]) -> None:
        self._document, self.printer = made
        self.progress.end()
        self.printer.setFullPage(True)
        self.printer.setPageLayout(page_layout(self._document))
        self.printer.setDocName(self._document.title)
        self.preview = QPrintPreviewWidget(self.printer)
        self.preview.setAccessibleName(self.tr("打印预览"))
        self.preview.setAccessibleDescription(self._document.title)
        self.preview.paintRequested.connect(self._paint)
        self.preview.previewChanged.connect(self._show_number)
        self.sheet.add(self.preview, 1)
        for one in (self.print_button, self.pdf_button, *self._tools):
            one.setEnabled(True)
        self.preview.fitInView()
        self._show_number()
        self.shown.emit()

    def _fail(self, error: Exception) -> None:
        self.progress.end()
        if not isinstance(error, Trouble):
            raise error
        self._outcome.addWidget(Notice(self._look, Verdict.BAD, self.tr("没有排成"), str(error)))

    def _again(self) -> None:
        """The privacy eye opened or closed: the document is set anew."""
        if self._document is not None and self.preview is not None:
            self._document = replace(self._document)
            self.preview.updatePreview()

    def _paint(self, printer: QPrinter) -> None:
        if self._document is not None:
            print_document(printer, self._document)

    # ------------------------------------------------------------------------------------------- the view

    def _show_number(self) -> None:
        if self.preview is None or self._document is None:
            return
        page, pages = self.preview.currentPage(), len(self._document.pages)
        self.number.say(self.tr("第 {page} 页，共 {pages} 页").format(page=page, pages=pages))
        self.before.setEnabled(page > 1)
        self.after.setEnabled(page < pages)

    def _turn(self, pages: int) -> None:
        if self.preview is not None:
            self.preview.setCurrentPage(self.preview.currentPage() + pages)
            self._show_number()

    def _zoom(self, *, larger: bool) -> None:
        if self.preview is not None:
            (self.preview.zoomIn if larger else self.preview.zoomOut)()

    def _fit(self) -> None:
        if self.preview is not None:
            self.preview.fitInView()

    # --------------------------------------------------------------------------------------------- doing

    def _print(self) -> None:
        if self.printer is not None and QPrintDialog(self.printer, self).exec():
            self._paint(self.printer)

    def _ask_pdf(self) -> None:
        if self._document is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = str(Path(folder) / f"{self._document.title} {self._document.made:%Y-%m-%d}.pdf")
        file, _ = QFileDialog.getSaveFileName(self, self.tr("存为 PDF"), name, self.tr("PDF（*.pdf）"))
        if file:
            self.save_pdf(Path(file).with_suffix(".pdf"))

    def save_pdf(self, file: Path) -> None:
        """Off the GUI thread, all or nothing; `saved` once it is known how it went."""
        document = self._document
        if document is None:
            return

        def job(_stop: threading.Event) -> Iterator[object]:
            write_pdf(file, document)
            yield file

        self.pdf_button.setEnabled(False)
        self.progress.begin(self.tr("正在存为 PDF…"))
        self._work = Work(job, self)
        self._work.news.connect(self._saved)
        self._work.failed.connect(self._not_saved)
        self._work.start(QThreadPool.globalInstance())

    def _saved(self, file: Path) -> None:
        where = self.tr("在文件夹 {folder}").format(folder=file.parent)
        self._tell(Verdict.OK, self.tr("已存为 {file}").format(file=file.name), where)

    def _not_saved(self, error: Exception) -> None:
        if not isinstance(error, FileTrouble):
            self._fail(error)
        else:
            title = self.tr("没有存成：{what}").format(what=error.what)
            self._tell(Verdict.BAD, title, f"{error.todo}。")

    def _tell(self, verdict: Verdict, title: str, words: str) -> None:
        self.progress.end()
        clear(self._outcome)
        self._outcome.addWidget(Notice(self._look, verdict, title, words))
        self.pdf_button.setEnabled(True)
        self.saved.emit()


def report_page(look: Look, seen: Review, resources: Path, engine: str) -> PrintPage:
    ink, made = _ink(look, resources), datetime.now().astimezone()

    def make() -> FamilyReport:
        return FamilyReport(report_of(seen), ink, made, engine)

    return PrintPage(look, make, searchable=bool(ink.press.family))


def comparison_page(look: Look, shown: OnPaper, resources: Path) -> PrintPage:
    ink, made = _ink(look, resources), datetime.now().astimezone()

    def make() -> ComparisonPaper:
        return ComparisonPaper(shown.report(), ink, made)

    return PrintPage(look, make, searchable=bool(ink.press.family))


def errand_page(look: Look, seen: Review, guide: GuideView, resources: Path, engine: str) -> PrintPage:
    ink, made = _ink(look, resources), datetime.now().astimezone()

    def make() -> ErrandPaper:
        return ErrandPaper(errand_report(seen, guide), ink, made, engine)

    return PrintPage(look, make, searchable=bool(ink.press.family))


def slip_page(look: Look, seen: Review, slip: Slip, resources: Path, engine: str) -> PrintPage:
    ink, made = replace(_ink(look, resources), one_bit=True), datetime.now().astimezone()

    def make() -> SettlementSlip:
        return SettlementSlip(slip_facts(seen, slip.trial), ink, made, engine)

    return PrintPage(look, make, searchable=bool(ink.press.family))


def _ink(look: Look, resources: Path) -> Ink:
    return Ink(Press(paper_family(resources), read_colours(resources)), look.money)
