"""导出页。One of five forms, with names or without, and where it went."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from desktop.ui.exporting.model import MASKED, NAMED
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.progress import ProgressStrip
from desktop.ui.widgets.basic import Button, Fit, Words, clear, column, row
from desktop.ui.widgets.fields import Segmented
from desktop.ui.widgets.panel import PageHead, Panel
from desktop.ui.widgets.verdicts import Notice

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desktop.ui.exporting.model import ExportModel
    from desktop.ui.look.look import Look
    from desktop.usecases.review import Review


class ExportPage(QWidget):
    """`leave` comes when one is done with it."""

    leave = Signal()

    def __init__(self, look: Look, model: ExportModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        model.setParent(self)
        self.cancel = Button(look, self.tr("取消"), self._left)
        self.write = Button(look, self.tr("导出"), model.write, "primary")
        says = self.tr("写成一个文件；档案里的内容不会因此改动。")
        self.progress = ProgressStrip(look)
        lines = column(look, 3, parent=self)
        lines.addWidget(PageHead(look, self.tr("导出"), says, [self.cancel, self.write]))
        lines.addWidget(self.progress)
        self._outcome = column(look, 2)
        lines.addLayout(self._outcome)
        lines.addWidget(self._form_panel())
        lines.addWidget(self._names_panel())
        lines.addWidget(self._file_panel())
        lines.addStretch(1)
        model.changed.connect(self._fill)
        model.began.connect(lambda words: self.progress.begin(words, model.stop))
        model.ended.connect(self.progress.end)
        self._fill()

    def renew(self, seen: Review) -> None:
        self._model.renew(seen)

    # --------------------------------------------------------------------------------------------- building

    def _form_panel(self) -> Panel:
        look, model = self._look, self._model
        panel = Panel(look, self.tr("导出成什么"))
        self.forms = Segmented(look, self.tr("导出成什么"), model.forms)
        self.forms.choose(model.form)
        self.forms.chosen.connect(model.choose_form)
        self.says = Words(look, "", tone="text_2", fit=Fit.WRAP)
        panel.add(self.forms)
        panel.add(self.says)
        return panel

    def _names_panel(self) -> Panel:
        look, model = self._look, self._model
        panel = Panel(look, self.tr("姓名"))
        self.names = Segmented(look, self.tr("姓名"), model.names)
        self.names.choose(MASKED if model.masked else NAMED)
        self.names.chosen.connect(model.choose_names)
        self.about_names = Words(look, "", tone="text_2", fit=Fit.WRAP)
        panel.add(self.names)
        panel.add(self.about_names)
        return panel

    def _file_panel(self) -> Panel:
        look = self._look
        panel = Panel(look, self.tr("写到哪里"))
        self.file = Words(look, "", Kind.BODY_B, fit=Fit.WRAP)
        self.folder = Words(look, "", Kind.TABLE, "text_2", fit=Fit.WRAP)
        self.replaces = Words(
            look, self.tr("这里已经有同名的文件，导出会替换它。"), Kind.TABLE, "warn", fit=Fit.WRAP
        )
        self.elsewhere = Button(look, self.tr("换个位置…"), self.ask_file)
        panel.add(self.file)
        panel.add(self.folder)
        panel.add(self.replaces)
        panel.add(self.elsewhere)
        return panel

    # ---------------------------------------------------------------------------------------------- showing

    def _fill(self) -> None:
        model = self._model
        self.says.say(model.words.says)
        self.names.setVisible(model.words.can_mask)
        self.about_names.say(self._about_names())
        self.file.say(model.file.name)
        self.folder.say(self.tr("在文件夹 {folder}").format(folder=model.file.parent))
        self.replaces.setVisible(model.replaces)
        self.write.setEnabled(not model.busy)
        self.cancel.say(self.tr("完成") if model.written is not None else self.tr("取消"))
        self._fill_outcome()

    def _about_names(self) -> str:
        if not self._model.words.can_mask:
            return self.tr("这种文件里要有姓名，才能原样打开和核对。请放在只有家人看得到的地方。")
        if self._model.masked:
            return self.tr("每个人写成“母亲 刘*”的样子，备注里的姓名也换成称呼；金额照写。")
        return self.tr("文件里有姓名和金额，没有加密。请放在只有家人看得到的地方。")

    def _fill_outcome(self) -> None:
        clear(self._outcome)
        model, look = self._model, self._look
        if model.trouble is not None:
            title = self.tr("没有导出：{what}").format(what=model.trouble.what)
            self._outcome.addWidget(Notice(look, Verdict.BAD, title, f"{model.trouble.todo}。"))
        if model.written is not None:
            title = self.tr("已导出 {file}").format(file=model.written.name)
            where = self.tr("在文件夹 {folder}").format(folder=model.written.parent)
            self._outcome.addWidget(Notice(look, Verdict.OK, title, where))
            self.show_it = Button(look, self.tr("打开文件夹"), self._open_folder, "link")
            self._outcome.addLayout(row(look).take(self.show_it, None))

    # --------------------------------------------------------------------------------------------- handling

    def ask_file(self) -> None:
        model = self._model
        kinds = f"{model.words.title}（*{model.words.suffix}）"
        file, _ = QFileDialog.getSaveFileName(self, self.tr("写到哪里"), str(model.file), kinds)
        if file:
            model.choose_file(Path(file))

    def _open_folder(self) -> None:
        if self._model.written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._model.written.parent)))

    def _left(self) -> None:
        self._model.stop()
        self.leave.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._left()
        else:
            super().keyPressEvent(event)
