"""导入页。A file dropped or chosen, its columns named over a preview, what is wrong by row."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QToolButton, QWidget
from typing_extensions import override

from desktop.ui.dropping import TABLES, dropped
from desktop.ui.importing.table import PreviewView
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.progress import ProgressStrip
from desktop.ui.widgets.basic import Button, Fit, Words, clear, column, row
from desktop.ui.widgets.fields import Check, Choice, Combo, Labelled
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.panel import PageHead, Panel, Split
from desktop.ui.widgets.verdicts import Notice
from desktop.usecases.import_sheet import Kept

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent

    from desktop.ui.importing.model import FaultLine, ImportModel
    from desktop.ui.look.look import Look
    from desktop.usecases.import_sheet import Progress
    from desktop.usecases.review import Review

_LISTED = 20  # faults in full; how many more there are is said


class CountTabs(QWidget):
    """全部 312, 可导入 280 …: each shows its rows when pressed; `chosen` comes with the word of code."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._names = {
            "": self.tr("全部 {count}"),
            Kept.READY: self.tr("可导入 {count}"),
            Kept.DUPLICATE: self.tr("重复 {count}"),
            Kept.FAULTY: self.tr("有问题 {count}"),
            Kept.NEEDLESS: self.tr("不用导入 {count}"),
        }
        group = QButtonGroup(self)
        self.tabs: dict[str, QToolButton] = {}
        for key in self._names:
            tab = QToolButton()
            tab.setProperty("role", "tab")
            tab.setCheckable(True)
            tab.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(str(key)))
            group.addButton(tab)
            self.tabs[key] = tab
        column(look, 0, parent=self).addWidget(Flow(look, list(self.tabs.values()), 2, ragged=True))
        self.tabs[""].setChecked(True)

    def show_counts(self, model: ImportModel) -> None:
        for key, tab in self.tabs.items():
            count = model.count(Kept(key) if key else None)
            tab.setText(self._names[key].format(count=count))
            tab.setVisible(count > 0 or key in {"", Kept.READY})
            tab.setChecked(key == (model.filter or ""))


class ImportPage(QWidget):
    """`change` comes with what is to be kept, `leave` when the page has done its part or is cancelled."""

    go = Signal(str, str)
    change = Signal(object)
    leave = Signal()

    def __init__(self, look: Look, model: ImportModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        model.setParent(self)
        self.setAcceptDrops(True)
        self.again = Button(look, self.tr("选择文件…"), self.ask_file)
        self.cancel = Button(look, self.tr("取消"), self.cancelled)
        self.keep = Button(look, self.tr("导入"), model.keep, "primary")
        self.head = PageHead(look, self.tr("从表格导入"), "", [self.again, self.cancel, self.keep])
        self.progress = ProgressStrip(look)
        lines = column(look, 3, parent=self)
        lines.addWidget(self.head)
        lines.addWidget(self.progress)
        lines.addWidget(self._start())
        lines.addWidget(self._sheet_panel())
        lines.addWidget(self._looked_at(), 1)
        self._connect()
        self._fill()
        self._dress()
        look.changed.connect(self._dress)

    def renew(self, seen: Review) -> None:
        self._model.renew(seen)

    # --------------------------------------------------------------------------------------------- building

    def _start(self) -> QWidget:
        """Before a file is read: where to put one, what it may hold, and why the last one was refused."""
        look = self._look
        self.start = QWidget()
        lines = column(look, 3, parent=self.start)
        self._refusal = column(look, 2)
        lines.addLayout(self._refusal)
        panel = Panel(look)
        panel.body.addStretch(1)
        for words, kind, tone in (
            (self.tr("把表格文件拖到这里，或选择一个文件"), Kind.HEADING, "text"),
            (self.tr("可以是 xlsx、xls、ods 或 csv，第一行写各列的名字。"), Kind.BODY, "text_2"),
            (
                self.tr("要有日期、就诊人、类别和医疗费总额；医院等级、全自费、先行自付、统筹支付有就更准。"),
                Kind.TABLE,
                "text_2",
            ),
            (
                self.tr("导入以前先看每一行；有问题的行不会进账，导入以后可以一步撤销。"),
                Kind.TABLE,
                "text_2",
            ),
        ):
            said = Words(look, words, kind, tone, fit=Fit.WRAP)
            said.setAlignment(Qt.AlignmentFlag.AlignCenter)
            panel.add(said)
        self.choose_file = Button(look, self.tr("选择文件…"), self.ask_file, "primary")
        panel.body.addWidget(self.choose_file, 0, Qt.AlignmentFlag.AlignHCenter)
        panel.body.addStretch(1)
        lines.addWidget(panel, 1)
        return self.start

    def _sheet_panel(self) -> Panel:
        """What the file does not say of itself."""
        look, model = self._look, self._model
        self.sheet = Combo(look, self.tr("工作表"))
        self.patient = Combo(look, self.tr("没有写是谁的，记给"), model.people)
        self.setting = Combo(look, self.tr("没有写类别的，算作"), model.settings)
        self.level = Combo(look, self.tr("没有写医院等级的，算作"), model.levels)
        self._sheet_field = Labelled(look, self.tr("工作表"), self.sheet)
        fields = [
            self._sheet_field,
            Labelled(look, self.tr("没有写是谁的，记给"), self.patient),
            Labelled(look, self.tr("没有写类别的，算作"), self.setting),
            Labelled(look, self.tr("没有写医院等级的，算作"), self.level),
        ]
        self.options = Panel(look)
        self.options.setAccessibleName(self.tr("表里没有写的"))
        self.options.add(Flow(look, fields, 4, ragged=True))
        return self.options

    def _looked_at(self) -> QWidget:
        look, model = self._look, self._model
        self.tabs = CountTabs(look)
        self.duplicates = Check(look, self.tr("重复的也导入"))
        self.shown = Words(look, "", Kind.CAPTION, "text_3", fit=Fit.WRAP)
        self.preview = PreviewView(look, model, self.tr("预览，每一列上面选它是什么"))
        sheet = Panel(look, edges=False, gap=0)
        sheet.setAccessibleName(self.tr("预览"))
        sheet.add(self.preview, 1)
        self.missing = column(look, 2)
        main = QWidget()
        lines = column(look, 2, parent=main)
        above = row(look, 3).turning()
        above.addWidget(self.tabs, 1)
        above.addWidget(self.duplicates)
        lines.addLayout(above)
        lines.addLayout(self.missing)
        lines.addWidget(sheet, 1)
        lines.addWidget(self.shown)
        self.faults = Panel(look, self.tr("要改的地方"))
        self.faults.room = 60
        self._fault_lines = column(look, 2.5)
        self.faults.body.addLayout(self._fault_lines)
        self.faults.body.addStretch(1)
        self.looked_at = Split(look, main, self.faults, shares=(3, 1))
        return self.looked_at

    def _connect(self) -> None:
        model = self._model
        model.change.connect(self.change)
        model.kept.connect(lambda: self.go.emit("ledger", ""))
        model.changed.connect(self._fill)
        model.began.connect(lambda words: self.progress.begin(words, model.stop))
        model.advanced.connect(self._advance)
        model.ended.connect(self.progress.end)
        self.sheet.chosen.connect(model.choose_sheet)
        self.patient.chosen.connect(model.choose_patient)
        self.setting.chosen.connect(model.choose_setting)
        self.level.chosen.connect(model.choose_level)
        self.tabs.chosen.connect(model.show_kept)
        self.duplicates.toggled.connect(model.take_duplicates)
        for before, after in pairwise(
            (self.again, self.cancel, self.keep, self.sheet, self.patient, self.setting, self.level)
        ):
            QWidget.setTabOrder(before, after)

    def _advance(self, progress: Progress) -> None:
        words = self.tr("正在逐行核对，{done} 行，共 {whole} 行").format(
            done=progress.done, whole=progress.of
        )
        self.progress.advance(progress.done / progress.of, words)

    # ---------------------------------------------------------------------------------------------- showing

    def _fill(self) -> None:
        model = self._model
        has_rows = bool(model.sheets)
        left_start = has_rows and self.start.isVisible()
        self.head.context.say(self._context())
        self.again.setVisible(has_rows)
        self.keep.setVisible(has_rows)
        self.keep.say(self.tr("导入 {count} 笔").format(count=model.importable))
        self.keep.setEnabled(model.importable > 0)
        self.start.setVisible(not has_rows)
        self.options.setVisible(has_rows)
        self.looked_at.setVisible(has_rows)
        self._fill_refusal()
        if has_rows:
            self._fill_options()
            self._fill_rows()
        if left_start:
            self.patient.setFocus()  # the button that had the keyboard is gone

    def _context(self) -> str:
        model = self._model
        if model.file is None or not model.sheets:
            return self.tr("把一年的票据从表格里一次记进流水。")
        whole = len(model.sheet.rows) - model.layout.first
        return self.tr("{file}，{count} 行").format(file=model.file.name, count=whole)

    def _fill_refusal(self) -> None:
        clear(self._refusal)
        model = self._model
        for fault in model.refused:
            name = model.file.name if model.file is not None else ""
            title = self.tr("{file} 没有导入：{what}").format(file=name, what=fault.what)
            self._refusal.addWidget(Notice(self._look, Verdict.BAD, title, f"{fault.todo}。"))

    def _fill_options(self) -> None:
        model = self._model
        self.sheet.offer([Choice(one.name, one.name) for one in model.sheets])
        self.sheet.choose(model.sheet.name)
        self._sheet_field.setVisible(len(model.sheets) > 1)
        self.patient.offer(model.people)
        self.patient.choose(model.defaults.patient or "")

    def _fill_rows(self) -> None:
        model = self._model
        self.tabs.show_counts(model)
        self.tabs.setVisible(not model.missing)
        self.duplicates.setVisible(model.count(Kept.DUPLICATE) > 0 and not model.missing)
        clear(self.missing)
        for fault in model.missing:
            self.missing.addWidget(Notice(self._look, Verdict.WARN, fault.what, f"{fault.todo}。"))
        whole = model.count(model.filter)
        words = self.tr("这里看到前 {shown} 行，共 {whole} 行；导入的是全部。")
        few = len(model.rows)
        self.shown.say(words.format(shown=few, whole=whole))
        self.shown.setVisible(few < whole)
        self._fill_faults()

    def _fill_faults(self) -> None:
        clear(self._fault_lines)
        lines = self._model.fault_lines
        self.faults.setVisible(bool(lines))
        whole = self._model.count(Kept.FAULTY)
        self.faults.title.say(self.tr("{count} 行要改").format(count=whole))
        for line in lines[:_LISTED]:
            self._fault_lines.addWidget(self._fault(line))
        if len(lines) > _LISTED:
            more = self.tr("其余的在“有问题”里逐行看。")
            self._fault_lines.addWidget(Words(self._look, more, Kind.CAPTION, "text_2", fit=Fit.WRAP))

    def _fault(self, line: FaultLine) -> QWidget:
        look, block = self._look, QWidget()
        lines = column(look, 0, parent=block)
        lines.addWidget(Words(look, line.place, Kind.BODY_B, fit=Fit.WRAP))
        lines.addWidget(Words(look, f"{line.what}。{line.todo}。", Kind.CAPTION, "text_2", fit=Fit.WRAP))
        return block

    def _dress(self) -> None:
        self.preview.setMinimumHeight(self._look.unit(80))
        self.start.setMinimumHeight(self._look.unit(60))

    # --------------------------------------------------------------------------------------------- handling

    def ask_file(self) -> None:
        kinds = self.tr("表格（*.xlsx *.xls *.ods *.csv）")
        file, _ = QFileDialog.getOpenFileName(self, self.tr("选择要导入的表格"), "", kinds)
        if file:
            self._model.open(Path(file))

    def cancelled(self) -> None:
        """Nothing was kept, and nothing is left."""
        self._model.stop()
        self.leave.emit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Enter or the space bar asks for a file, and does not cancel."""
        super().showEvent(event)
        self.choose_file.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled()
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event, TABLES) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        file = dropped(event, TABLES)
        if file is not None:
            event.acceptProposedAction()
            self._model.open(file)
