"""首选项的样子。Look, lock and conventions at the left; the book, its steps and the program at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind
from desktop.ui.settings.code import CodeForm
from desktop.ui.wear import SizeChoice, ThemeChoice
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, clear, column, row
from desktop.ui.widgets.fields import Check, Labelled, Segmented
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.panel import PageHead, Panel, Split
from desktop.ui.widgets.tables import DISPLAY, Grid, GridModel, Index, Table

if TYPE_CHECKING:
    from desktop.ui.look.look import Look
    from desktop.ui.settings.model import Question, SettingsModel
    from desktop.usecases.changes import Change
    from desktop.usecases.ports import Backup

_FONT = int(Qt.ItemDataRole.FontRole)
_ROWS = 9


class SettingsPage(QWidget):
    """`change` comes with another convention, `restore_asked` with the backup that was confirmed."""

    go = Signal(str, str)
    change = Signal(object)
    act = Signal(str)
    restore_asked = Signal(object)

    def __init__(self, look: Look, model: SettingsModel) -> None:
        super().__init__()
        self._model = model
        model.setParent(self)
        self.wear = WearPanel(look)
        self.lock = LockPanel(look, model)
        self.conventions = ConventionsPanel(look, model)
        self.book = BookPanel(look, model)
        self.steps = StepsPanel(look, model)
        self.about = AboutPanel(look, model)
        self.conventions.change.connect(self.change)
        self.conventions.go.connect(self.go)
        self.lock.asked.connect(self.act)
        self.book.asked.connect(self.act)
        self.book.restore_asked.connect(self.restore_asked)
        left, right = QWidget(), QWidget()
        column(look, 4, parent=left).take(self.wear, self.lock, self.conventions, None)
        column(look, 4, parent=right).take(self.book, self.steps, None)
        lines = column(look, 4, parent=self)
        context = self.tr("外观和锁定只在这台电脑上；口径记在这个家庭的档案里，可以撤销")
        lines.addWidget(PageHead(look, self.tr("首选项"), context))
        lines.addWidget(Split(look, left, right, shares=(1, 1)))
        lines.addWidget(self.about)
        lines.addStretch(1)
        model.read_disk()

    def renew(self, seen: object) -> None:
        self._model.renew(seen)  # type: ignore[arg-type]


class WearPanel(Panel):
    """外观: what works at once."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("外观"))
        self.add(Labelled(look, self.tr("主题"), ThemeChoice(look)))
        self.add(Labelled(look, self.tr("字号"), SizeChoice(look)))
        self.hidden = Check(look, self.tr("隐藏金额和姓名（Ctrl+H）"))
        self.hidden.toggled.connect(lambda on: look.wear(hidden=on))
        self.add(self.hidden)
        self._follow()
        look.changed.connect(self._follow)

    def _follow(self) -> None:
        self.hidden.setChecked(self._look.money.hidden)


class LockPanel(Panel):
    """锁定: after how long, and the code that opens."""

    asked = Signal(str)

    def __init__(self, look: Look, model: SettingsModel) -> None:
        super().__init__(look, self.tr("锁定"))
        self._model = model
        self.idle = Segmented(look, self.tr("没人操作多久以后锁定"), model.idle_choices)
        self.idle.choose(model.idle)
        self.idle.chosen.connect(model.idle_after)
        self.add(Labelled(look, self.tr("没人操作多久以后锁定"), self.idle))
        says = self.tr(
            "锁定只是把屏幕遮住，不给档案加密：拿到这台电脑的人仍能读到文件。"
            "没有锁定码时按任意键就能继续；忘了锁定码，关掉程序，删去首选项文件再打开，档案不受影响。"
        )
        self.add(Words(look, says, Kind.TABLE, "text_2", fit=Fit.WRAP))
        self.code = CodeForm(look, model)
        self.code.done.connect(self._tell)
        self.add(self.code)
        self.told = Words(look, "", Kind.TABLE, "ok", fit=Fit.WRAP)
        self.told.hide()
        self.add(self.told)
        lock = Button(
            look, self.tr("现在锁定（Ctrl+L）"), partial(self.asked.emit, "lock"), "link", Icon.LOCK
        )
        self.add(lock)
        model.changed.connect(self._follow)

    def _follow(self) -> None:
        self.idle.choose(self._model.idle)

    def _tell(self, sentence: str) -> None:
        self.told.say(sentence)
        self.told.show()


class ConventionsPanel(Panel):
    """口径: what the rules leave open, with what each answer rests on."""

    change = Signal(object)
    go = Signal(str, str)

    def __init__(self, look: Look, model: SettingsModel) -> None:
        super().__init__(look, self.tr("口径"), self.tr("规则没有说死的地方，这个家庭怎么算"), gap=3)
        self._model = model
        self.monthly = Check(look, self.tr("每月按规则计入账户"))
        self.monthly.setChecked(model.credits_monthly)
        self.monthly.toggled.connect(self._credit)
        self.add(self.monthly)
        says = self.tr(
            "按参保情况和缴费基数，到划入的那天自动记一笔；关掉以后，账户只有登记的余额和花掉的钱。"
        )
        self.add(Words(look, says, Kind.CAPTION, "text_2", fit=Fit.WRAP))
        self._lines = column(look, 3)
        self.body.addLayout(self._lines)
        self.answers: dict[str, Segmented] = {}
        self._asked: tuple[Question, ...] = ()
        self._follow()
        model.changed.connect(self._follow)

    def _follow(self) -> None:
        self.monthly.setChecked(self._model.credits_monthly)
        questions = self._model.questions
        if questions == self._asked:
            return
        if [one.field for one in questions] == [one.field for one in self._asked]:
            for one in questions:
                self.answers[one.field].choose(one.chosen)
        else:
            self._ask(questions)
        self._asked = questions

    def _ask(self, questions: tuple[Question, ...]) -> None:
        look = self._look
        clear(self._lines)
        self.answers.clear()
        for one in questions:
            answers = self.answers[one.field] = Segmented(look, one.asks, one.choices)
            answers.choose(one.chosen)
            answers.setAccessibleDescription(f"{one.rests}{one.others}")
            answers.chosen.connect(partial(self._answered, one.field))
            self._lines.addWidget(Rule(look))
            self._lines.addWidget(Labelled(look, one.asks, answers))
            for sentence in (one.rests, one.others):
                self._lines.addWidget(Words(look, sentence, Kind.CAPTION, "text_2", fit=Fit.WRAP))
            words = self.tr("在政策里看这一条")
            self._lines.addWidget(
                Button(look, words, partial(self.go.emit, "policies", one.key), "link", Icon.DOC)
            )

    def _credit(self, on: bool) -> None:
        self._emit(self._model.credit(monthly=on))

    def _answered(self, field: str, name: str) -> None:
        self._emit(self._model.answer(field, name))

    def _emit(self, change: Change | None) -> None:
        if change is not None:
            self.change.emit(change)


class BookPanel(Panel):
    """档案: where it lies, the copies of it, and the way back to one, which is asked twice."""

    asked = Signal(str)
    restore_asked = Signal(object)

    def __init__(self, look: Look, model: SettingsModel) -> None:
        super().__init__(look, self.tr("档案"))
        self._model = model
        self._chosen: Backup | None = None
        self.place = Words(look, "", Kind.TABLE, fit=Fit.WRAP)
        self.add(_pair(look, self.tr("位置"), self.place))
        self.folder = Words(look, "", Kind.TABLE, "text_2", fit=Fit.WRAP)
        self._folder = _pair(look, self.tr("备份在"), self.folder)
        self.add(self._folder)
        copy = Button(look, self.tr("另存副本…"), partial(self.asked.emit, "save_copy"))
        self.back_up = Button(look, self.tr("立即备份"), partial(self.asked.emit, "back_up"))
        self.add(Flow(look, [copy, self.back_up], 2, ragged=True))
        self.add(Rule(look))
        self.none = Words(look, "", Kind.TABLE, "text_2", fit=Fit.WRAP)
        self.add(self.none)
        self._list = column(look, 1)
        self.body.addLayout(self._list)
        self.confirm = self._confirmation()
        self.add(self.confirm)
        model.read.connect(self._show)
        model.changed.connect(self._show)
        self._show()

    def _confirmation(self) -> QWidget:
        look = self._look
        made = QWidget()
        made.setVisible(False)
        self._asks = Words(look, "", Kind.BODY, fit=Fit.WRAP)
        self.stay = Button(look, self.tr("不恢复"), self._leave)
        self.restore = Button(look, self.tr("恢复"), self._restore)
        lines = column(look, 2, (0, 1, 0, 0), made)
        lines.addWidget(self._asks)
        lines.addLayout(row(look, 2).take(self.stay, self.restore, None))
        return made

    def _show(self) -> None:
        model = self._model
        self.place.say(model.file)
        self.back_up.setEnabled(model.is_kept)
        self.folder.say(model.folder)
        self._folder.setVisible(bool(model.folder))
        self.none.say(model.unread or self.tr("还没有备份。每天第一次打开、导入之前会自动备份一份。"))
        self.none.setVisible(bool(model.unread) or not model.backups)
        clear(self._list)
        for backup in model.shown_backups:
            self._list.addWidget(self._backup(backup))

    def _backup(self, backup: Backup) -> QWidget:
        look = self._look
        at = self.tr("{at:%Y-%m-%d %H:%M}").format(at=backup.at.astimezone())
        made = QWidget()
        button = Button(look, self.tr("恢复…"), partial(self._ask, backup), "small")
        button.setAccessibleName(self.tr("恢复到 {at}").format(at=at))
        line = row(look, 3, parent=made)
        line.take(Words(look, at, Kind.TABLE), Words(look, backup.why, Kind.TABLE, "text_2"), None, button)
        return made

    def _ask(self, backup: Backup) -> None:
        self._chosen = backup
        says = self.tr("恢复到 {at:%Y-%m-%d %H:%M} 的样子？现在的样子会先另存一份备份，还可以再恢复回来。")
        self._asks.say(says.format(at=backup.at.astimezone()))
        self.confirm.show()
        self.stay.setFocus()

    def _leave(self) -> None:
        self._chosen = None
        self.confirm.hide()
        self.back_up.setFocus()

    def _restore(self) -> None:
        backup = self._chosen
        self._leave()
        if backup is not None:
            self.restore_asked.emit(backup)


class _StepsModel(GridModel):
    """What was taken back is struck."""

    def __init__(self, look: Look, model: SettingsModel) -> None:
        super().__init__(look, model.steps)
        self._settings = model

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        if role == _FONT and index.row() in self._settings.undone and index.column() == 1:
            font = QFont(self._look.font(Kind.TABLE))
            font.setStrikeOut(True)
            return font
        return super().data(index, role)


class StepsPanel(Panel):
    """改动记录: what was done when, newest first."""

    def __init__(self, look: Look, model: SettingsModel) -> None:
        super().__init__(look, self.tr("改动记录"), self.tr("新的在上面，Ctrl+Z 撤销最近的一步"), edges=False)
        self._model = model
        self.grid = _StepsModel(look, model)
        self.table = Table(look, self.grid, self.tr("改动记录"), wide=1)
        self.none = Words(look, self.tr("打开以来还没有改动。"), Kind.TABLE, "text_2", fit=Fit.WRAP)
        edge = column(look, 0, (5, 1, 5, 3))
        edge.addWidget(self.none)
        self.body.addLayout(edge)
        self.add(self.table)
        model.changed.connect(self._show)
        look.changed.connect(self._fit)
        self._show()

    def _show(self) -> None:
        self.grid.show_grid(self._model.steps)
        some = self.grid.rowCount(QModelIndex()) > 0
        self.table.setVisible(some)
        self.none.setVisible(not some)
        self._fit()

    def _fit(self) -> None:
        """As high as its rows, up to a few; then it scrolls."""
        look = self._look
        rows = min(self.grid.rowCount(QModelIndex()), _ROWS)
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(head + rows * look.size("row") + look.unit())


class AboutPanel(Panel):
    """关于: the engine, the packs, and the libraries with their licences."""

    def __init__(self, look: Look, model: SettingsModel) -> None:
        super().__init__(look, self.tr("关于"), edges=False, gap=3)
        self._model = model
        edge = column(look, 0, (5, 1, 5, 0))
        edge.addWidget(Words(look, model.engine, Kind.TABLE, "text_2", fit=Fit.WRAP))
        self.body.addLayout(edge)
        self.packs = GridModel(look, model.packs)
        self.libraries = GridModel(look, model.licences)
        self._tables = (
            Table(look, self.packs, self.tr("规则包")),
            Table(look, self.libraries, self.tr("用到的库"), wide=2),
        )
        packs, libraries = QWidget(), QWidget()
        for part, table in zip((packs, libraries), self._tables, strict=True):
            column(look, 0, parent=part).take(table, None)
        self.add(Split(look, packs, libraries, shares=(1, 1)))
        model.read.connect(self._show)
        model.changed.connect(self._show)
        look.changed.connect(self._fit)
        self._fit()

    def _show(self) -> None:
        for model, grid in ((self.packs, self._model.packs), (self.libraries, self._model.licences)):
            _show_other(model, grid)
        self._fit()

    def _fit(self) -> None:
        for table in self._tables:
            table.fit_rows()


def _show_other(model: GridModel, grid: Grid) -> None:
    """Only what differs: a table that is read by ears starts anew at each reset."""
    if model.rowCount(QModelIndex()) != len(grid.rows):
        model.show_grid(grid)


def _pair(look: Look, caption: str, words: Words) -> QWidget:
    made = QWidget()
    line = row(look, 3, parent=made)
    line.addWidget(Words(look, caption, Kind.TABLE, "text_3"), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(words, 1)
    return made
