"""结果。Where the money comes from, what the accounts hold then, and what the receipt will say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QGridLayout, QWidget
from typing_extensions import override

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.progress import ProgressStrip
from desktop.ui.widgets.basic import Button, Fit, Rule, Voice, Words, clear, column, row
from desktop.ui.widgets.figures import PairLine
from desktop.ui.widgets.marks import Mark
from desktop.ui.widgets.panel import Panel
from desktop.ui.widgets.sources import Swatch, Waterfall
from desktop.ui.widgets.verdicts import Notice

if TYPE_CHECKING:
    from desktop.ui.look.look import Look
    from desktop.ui.visits.model import Moved, Remark, VisitsModel
    from desktop.usecases.receipt import Receipt

_OLD = 0.45  # how much is left of numbers that wait for new ones


def fading(widget: QWidget) -> QGraphicsOpacityEffect:
    """Enabled, it greys a widget whose numbers are old."""
    effect = QGraphicsOpacityEffect(widget)
    effect.setOpacity(_OLD)
    effect.setEnabled(False)
    widget.setGraphicsEffect(effect)
    return effect


class ResultPanel(Panel):
    """Waterfall, accounts and receipt; or, where nothing is settled, why not and what to do.

    `why_asked` when a sum is pressed.
    """

    fund_asked = Signal()
    why_asked = Signal()

    def __init__(self, look: Look, model: VisitsModel) -> None:
        super().__init__(look, self.tr("钱从哪里来"))
        self._model = model
        self.act(Words(look, self.tr("单位：元"), Kind.CAPTION, "text_2"))
        self.progress = ProgressStrip(look)
        self.add(self.progress)
        self._stopped = self._say_stopped()
        self._missing = column(look, 3)
        self.body.addLayout(self._missing)
        self._all = QWidget()
        self._fade = fading(self._all)
        lines = column(look, 3, parent=self._all)
        self._notices = column(look, 2)
        self.waterfall = Waterfall(look)
        lines.addLayout(self._notices)
        lines.addWidget(self.waterfall)
        rule = Rule(look)
        lines.addWidget(rule)
        self.moves_head = Words(look, self.tr("账户变化"), Kind.BODY_B)
        self._moves_rule = rule
        lines.addWidget(self.moves_head)
        self._moves = QGridLayout()
        lines.addLayout(self._moves)
        self.receipt = ReceiptSheet(look, model)
        lines.addWidget(self.receipt)
        lines.addStretch(1)
        self.add(self._all, 1)
        self.body.addStretch(0)
        for pressed in (self.waterfall, self.receipt):
            pressed.setToolTip(self.tr("为什么是这些数（W）"))
            pressed.setCursor(Qt.CursorShape.PointingHandCursor)
            pressed.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press on sums that are painted."""
        kinds = QEvent.Type
        if event.type() == kinds.MouseButtonRelease:
            self.why_asked.emit()
        pressed = event.type() in (kinds.MouseButtonPress, kinds.MouseButtonRelease)
        return pressed or super().eventFilter(watched, event)

    def grey(self) -> None:
        """Old numbers are grey; after a while a bar says that new ones are on their way."""
        model = self._model
        self._fade.setEnabled(model.stale)
        if model.waiting:
            self.progress.begin(self.tr("正在计算"), model.cancel)
        else:
            self.progress.end()
        self._stopped.setVisible(model.stale and not model.waiting and not model.faults)

    def _say_stopped(self) -> QWidget:
        look, stopped = self._look, QWidget()
        line = row(look, 2, parent=stopped)
        words = self.tr("已停止计算，灰色的是先前的数。")
        line.addWidget(Words(look, words, Kind.TABLE, "text_2", fit=Fit.WRAP), 1)
        self.again = Button(look, self.tr("重新计算"), self._model.recompute, "link")
        line.addWidget(self.again)
        self.add(stopped)
        stopped.hide()
        return stopped

    def refresh(self) -> None:
        bill, receipt = self._model.bill, self._model.receipt
        clear(self._missing)
        clear(self._notices)
        self._all.setVisible(bill is not None)
        if self._model.missing is not None:
            self._say_missing(self._model.missing)
        elif bill is None:
            words = self.tr("填上票据的金额，这里就会写明统筹、账户、共济和现金各付多少。")
            self._missing.addWidget(Words(self._look, words, tone="text_2", fit=Fit.WRAP))
            self._missing.addStretch(1)
        if bill is None:
            return
        for remark in self._model.remarks:
            if remark.verdict is not Verdict.INFO:
                sentence = "。".join(remark.fixes)
                self._notices.addWidget(Notice(self._look, remark.verdict, remark.sentence, sentence))
        self.waterfall.show_bill(bill)
        self._show_moves()
        self.receipt.setVisible(receipt is not None)
        if receipt is not None:
            self.receipt.show_receipt(receipt)

    def _say_missing(self, remark: Remark) -> None:
        look = self._look
        self._missing.addWidget(Notice(look, remark.verdict, self.tr("没有结算"), remark.sentence))
        self._missing.addWidget(Words(look, self.tr("怎么办"), Kind.BODY_B))
        for fix in remark.fixes:
            self._missing.addWidget(Words(look, fix, Kind.TABLE, "text_2", fit=Fit.WRAP))
        if self._model.by_receipt:
            button = Button(look, self.tr("填上票据写明的统筹支付"), self.fund_asked.emit)
            self._missing.addWidget(button)
        self._missing.addStretch(1)

    def _show_moves(self) -> None:
        look, grid = self._look, self._moves
        clear(grid)
        self.moves_head.setVisible(bool(self._model.moves))
        self._moves_rule.setVisible(bool(self._model.moves))
        grid.setHorizontalSpacing(look.unit(2.5))
        grid.setVerticalSpacing(look.unit(1.5))
        grid.setColumnStretch(1, 1)
        for place, moved in enumerate(self._model.moves):
            for at, widget in enumerate(self._cells(moved)):
                grid.addWidget(widget, place, at, Qt.AlignmentFlag.AlignVCenter)

    def _cells(self, moved: Moved) -> tuple[QWidget, ...]:
        look = self._look
        before, after = f"{moved.before:,}", f"{moved.after:,}"
        by = moved.after - moved.before
        owner = Words(look, moved.words, Kind.TABLE)
        sentence = self.tr("{who}：结算前 {before}，结算后 {after}")
        Voice(look, owner, sentence.format(who=moved.words, before=before, after=after))
        return (
            Swatch(look, moved.source),
            owner,
            _right(Words(look, before, Kind.TABLE, "text_2")),
            Mark(look, Icon.RIGHT, "text_2"),
            _right(Words(look, after, Kind.BODY_B)),
            _right(Words(look, f"{by:,}", Kind.CAPTION, "text_2")),
        )


class ReceiptSheet(QFrame):
    """票据上会这样写: the bill by who pays, 家庭共济 inside 个人账户; and the same burden cut another way."""

    def __init__(self, look: Look, model: VisitsModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self.setProperty("role", "sunken")
        self.setAccessibleName(self.tr("票据上会这样写"))
        lines = column(look, 1, (4, 2, 4, 3), self)
        head = row(look, 2)
        self.copy = Button(look, self.tr("复制"), self._copy, "link", Icon.COPY)
        head.take(Words(look, self.tr("票据上会这样写"), Kind.BODY_B), None, self.copy)
        lines.addLayout(head)
        self._rows = column(look, 0)
        lines.addLayout(self._rows)
        lines.addWidget(Rule(look, firm=True))
        foot = row(look, 2).turning()
        self._cuts = Words(look, "", Kind.CAPTION, "text_2", fit=Fit.WRAP)
        foot.addWidget(self._cuts, 1)
        foot.addWidget(Words(look, self.tr("两种分法，不相加"), Kind.CAPTION, "text_2"))
        lines.addLayout(foot)

    def show_receipt(self, receipt: Receipt) -> None:
        clear(self._rows)
        for one in receipt.by_payer:
            inside = row(self._look, 0, (4 if one.inside else 0, 0, 0, 0))
            shared = one.inside and one is receipt.by_payer[-2]
            words = one.words + (self._model.sharers if shared else "")
            inside.addWidget(PairLine(self._look, words, one.amount, strong=not one.inside))
            self._rows.addLayout(inside)
        self._cuts.say(self._model.two_cuts(receipt))
        self.copy.say(self.tr("复制"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._model.receipt_text())
        self.copy.say(self.tr("已复制"))


def _right(words: Words) -> Words:
    words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return words
