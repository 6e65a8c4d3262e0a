"""结算页的样子。The form at the left, where the money comes from in the middle, why at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsOpacityEffect,
    QGridLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)
from typing_extensions import override

from desktop.domain.care import Level, Setting
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.widgets.basic import Box, Button, Fit, Rule, Voice, Words, clear, column, row
from desktop.ui.widgets.fields import Check, Choice, Combo, DateField, Labelled, MoneyField, Segmented
from desktop.ui.widgets.figures import PairLine
from desktop.ui.widgets.painting import paint_icon, paint_round, paint_text
from desktop.ui.widgets.panel import PageHead, Panel, Split, WhyPanel
from desktop.ui.widgets.sources import Swatch, Waterfall
from desktop.ui.widgets.trace import Mark, TraceList
from desktop.ui.widgets.verdicts import Notice, VerdictChip, VerdictIcon

if TYPE_CHECKING:
    from desktop.domain.money import Money
    from desktop.ui.look.look import Look
    from desktop.ui.visits.model import Change, Remark, VisitsModel
    from desktop.usecases.receipt import Receipt

_OLD = 0.45  # how much is left of numbers that wait for new ones


class PersonCombo(Combo):
    """Who is treated: relation and masked name, and under it how they are insured."""

    def __init__(self, look: Look, caption: str) -> None:
        super().__init__(look, caption)
        self.setProperty("role", "person")
        self.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._two: dict[str, tuple[str, str, str]] = {}

    def show_people(self, model: VisitsModel) -> None:
        self._two = {one.key: (one.relation, one.name, one.about) for one in model.people}
        words = {key: f"{relation} {name}".strip() for key, (relation, name, _) in self._two.items()}
        self.offer([Choice(key, f"{words[key]}，{self._two[key][2]}") for key in self._two])
        self.choose(model.form.patient)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, unit = self._look, self._look.unit()
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        relation, name, about = self._two.get(self.key(), ("", "", ""))
        side = 7.5 * unit
        disc = QRectF(2.5 * unit, (self.height() - side) / 2, side, side)
        fill, edge = look.colour("primary_soft"), look.colour("primary")
        paint_round(painter, disc, relation[:1], look.font(Kind.BODY_B), fill=fill, edge=edge)
        left = disc.right() + 2 * unit
        room = self.width() - left - 7 * unit
        bold = look.font(Kind.BODY_B)
        line = QRectF(left, 1.25 * unit, room, 5 * unit)
        paint_text(painter, line, relation, bold, look.colour("text"))
        line.setLeft(left + painter.fontMetrics().horizontalAdvance(relation) + unit)
        paint_text(painter, line, name, look.font(Kind.TABLE), look.colour("text"))
        under = QRectF(left, 5.75 * unit, room, 5 * unit)
        paint_text(painter, under, about, look.font(Kind.CAPTION), look.colour("text_2"))
        mark = look.size("icon_small")
        down = QRectF(self.width() - mark - 2 * unit, (self.height() - mark) / 2, mark, mark)
        paint_icon(painter, look, Icon.DOWN, look.colour("text_2"), down)


class VisitsPage(QWidget):
    """`go` asks for another page and what to choose there."""

    go = Signal(str, str)

    def __init__(self, look: Look, model: VisitsModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        model.setParent(self)
        self.why_button = Button(look, self.tr("为什么是这些数"), self._open_why)
        head = PageHead(look, self.tr("结算一笔"), self.tr("试算，未记入流水"), [self.why_button])
        self.form = FormPanel(look, model)
        self.result = ResultPanel(look, model)
        self.result.fund_asked.connect(self.form.state_fund)
        self.why = WhyPanel(look, self.tr("为什么是这些数"))
        self.trace = TraceList(look)
        self.open_points = column(look, 2)
        self.why.body.addWidget(self.trace)
        self.why.body.addLayout(self.open_points)
        self.why.body.addStretch(1)
        self.why.closed.connect(self._why_closed)
        lines = column(look, 3, parent=self)
        lines.addWidget(head)
        both = Split(look, self.form, self.result, shares=(0, 1))
        lines.addWidget(Split(look, both, self.why, shares=(1, 0)), 1)
        self._fade = _fading(self.why)
        model.worked.connect(self._show)
        model.touched.connect(self._grey)
        look.changed.connect(self._show)
        self.why_button.hide()
        self._show()
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.why.leave)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def choose(self, person: str) -> None:
        """Try a visit of someone."""
        self._model.edit(patient=person)
        self.form.refresh()

    def _open_why(self) -> None:
        self.why.show()
        self.why_button.hide()
        self.why.setFocus()

    def _why_closed(self) -> None:
        self.why_button.show()
        self.why_button.setFocus()

    def _grey(self) -> None:
        self._fade.setEnabled(self._model.stale)
        self.result.grey()

    def _show(self) -> None:
        self.trace.show_steps(self._model.steps)
        clear(self.open_points)
        if self._model.missing is not None:
            words = self.tr("这一笔没有结算，所以没有步骤。怎么办写在旁边。")
            self.open_points.addWidget(Words(self._look, words, Kind.TABLE, "text_2", fit=Fit.WRAP))
        for remark in self._model.remarks:
            if remark.verdict is Verdict.INFO:
                self.open_points.addLayout(_open_point(self._look, remark))
        self.form.refresh()
        self.result.refresh()
        self._grey()


def _open_point(look: Look, remark: Remark) -> Box:
    """What is not sure, beside its diamond."""
    line = row(look, 2)
    line.addWidget(VerdictIcon(look, remark.verdict, "icon_small"), 0, Qt.AlignmentFlag.AlignTop)
    words = "。".join((remark.sentence, *remark.fixes))
    line.addWidget(Words(look, words, Kind.CAPTION, "text_2", fit=Fit.WRAP), 1)
    return line


def _fading(widget: QWidget) -> QGraphicsOpacityEffect:
    effect = QGraphicsOpacityEffect(widget)
    effect.setOpacity(_OLD)
    effect.setEnabled(False)
    widget.setGraphicsEffect(effect)
    return effect


class FormPanel(Panel):
    """What one types; each change is worked out at once."""

    def __init__(self, look: Look, model: VisitsModel) -> None:
        super().__init__(look, gap=1.75)
        self._model = model
        self.setAccessibleName(self.tr("试算的内容"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.sums: dict[str, MoneyField] = {}
        self._who()
        self._what()
        self.add(Rule(look))
        self._bill()
        self.add(Rule(look))
        self._contested()
        self.add(Rule(look))
        self.add(Words(look, self.tr("结算前"), Kind.BODY_B))
        self._before = column(look, 0.5)
        self.body.addLayout(self._before)
        self.body.addStretch(1)
        self._size()
        look.changed.connect(self._size)
        model.touched.connect(self._check)

    def _size(self) -> None:
        self.setMinimumWidth(self._look.unit(80))

    def refresh(self) -> None:
        """The words that come from the answer, and the names, which privacy hides."""
        self.who.show_people(self._model)
        clear(self._before)
        for caption, value in self._model.before:
            self._before.addWidget(PairLine(self._look, caption, value))
        self._check()

    def state_fund(self) -> None:
        """Where no rule is known: type what the receipt says the fund paid."""
        self.sums["fund"].setFocus()

    def _who(self) -> None:
        look, model = self._look, self._model
        self.who = PersonCombo(look, self.tr("使用人"))
        self.who.chosen.connect(lambda key: model.edit(patient=key))
        self.add(Labelled(look, self.tr("使用人"), self.who))

    def _what(self) -> None:
        look, model = self._look, self._model
        self.kind = Segmented(look, self.tr("类别"), model.settings)
        self.kind.chosen.connect(lambda key: model.edit(setting=Setting(key)))
        self.add(Labelled(look, self.tr("类别"), self.kind))
        self.day = DateField(look, self.tr("结算日期"), model.form.on)
        self.day.chosen.connect(lambda day: model.edit(on=day))
        self.level = Combo(look, self.tr("医院等级"), model.levels)
        self.level.choose(model.form.level)
        self.level.chosen.connect(lambda key: model.edit(level=Level(key)))
        self._level = Labelled(look, self.tr("医院等级"), self.level)
        both = row(look, 2).turning()
        both.addWidget(Labelled(look, self.tr("结算日期"), self.day), 1)
        both.addWidget(self._level, 1)
        self.body.addLayout(both)
        self.designated = self._box(self.tr("定点医药机构"), "designated")
        self.own = self._box(self.tr("本人凭证"), "own_credential")
        self.prescribed = self._box(self.tr("有外配处方"), "prescribed")
        boxes = row(look, 4).turning()
        boxes.take(self.designated, self.own, self.prescribed, None)
        self.body.addLayout(boxes)

    def _box(self, words: str, name: str) -> Check:
        box = Check(self._look, words)
        box.setChecked(bool(getattr(self._model.form, name)))
        box.toggled.connect(lambda on: self._model.edit(**{name: on}))
        return box

    def _bill(self) -> None:
        look, form = self._look, self._model.form
        self._sum("total", self.tr("医疗费总额"), form.total, strong=True)
        self._sum("full", self.tr("其中：全自费"), form.full)
        self._sum("upfront", self.tr("其中：先行自付"), form.upfront)
        self._sum("over", self.tr("其中：超限价自费"), form.over)
        self.scope = PairLine(look, self.tr("符合政策范围"), form.in_scope, strong=True)
        self.add(self.scope)
        self._sum("fund", self.tr("票据统筹（可不填）"), None)
        self.sums["fund"].line.setToolTip(self.tr("票据已列明的统筹支付，没有列明就不填"))

    def _sum(self, name: str, caption: str, money: Money | None, *, strong: bool = False) -> None:
        field = MoneyField(self._look, caption, money, strong=strong, indent=0 if strong else 3)
        field.changed.connect(partial(self._typed, name))
        self.sums[name] = field
        self.add(field)

    def _typed(self, name: str, money: Money | None) -> None:
        if name != "fund":
            self._model.edit(**{name: money})
            return
        stated = bool(self.sums["fund"].line.text().strip())
        self._model.edit(fund=money if stated else None, fund_stated=stated)

    def _contested(self) -> None:
        look = self._look
        self.share = self._box(self.tr("全自费也从家庭共济支付"), "share_out_of_scope")
        self.add(self.share)
        inner = column(look, 1.5, (6.5, 0, 0, 0))
        inner.addWidget(VerdictChip(look, Verdict.INFO, self.tr("有争议，默认不勾")))
        note = self.tr("各地说法不一，勾选后结果会注明。")
        inner.addWidget(Words(look, note, Kind.CAPTION, "text_2", fit=Fit.WRAP))
        self.body.addLayout(inner)

    def _check(self) -> None:
        form, faults = self._model.form, self._model.form.faults()
        for name, field in self.sums.items():
            field.complain(field.trouble() or faults.get(name, ""))
        self.scope.show_value(form.in_scope)
        self._level.setVisible(not form.at_pharmacy)
        self.prescribed.setVisible(form.at_pharmacy)


class ResultPanel(Panel):
    """Waterfall, accounts and receipt; or, where nothing is settled, why not and what to do."""

    fund_asked = Signal()

    def __init__(self, look: Look, model: VisitsModel) -> None:
        super().__init__(look, self.tr("钱从哪里来"))
        self._model = model
        self.act(Words(look, self.tr("单位：元"), Kind.CAPTION, "text_2"))
        self._missing = column(look, 3)
        self.body.addLayout(self._missing)
        self._all = QWidget()
        self._fade = _fading(self._all)
        lines = column(look, 3, parent=self._all)
        self._notices = column(look, 2)
        self.waterfall = Waterfall(look)
        lines.addLayout(self._notices)
        lines.addWidget(self.waterfall)
        rule = Rule(look)
        lines.addWidget(rule)
        self.changes_head = Words(look, self.tr("账户变化"), Kind.BODY_B)
        self._changes_rule = rule
        lines.addWidget(self.changes_head)
        self._changes = QGridLayout()
        lines.addLayout(self._changes)
        self.receipt = ReceiptSheet(look, model)
        lines.addWidget(self.receipt)
        lines.addStretch(1)
        self.add(self._all, 1)
        self.body.addStretch(0)

    def grey(self) -> None:
        self._fade.setEnabled(self._model.stale)

    def refresh(self) -> None:
        bill, receipt = self._model.bill, self._model.receipt
        clear(self._missing)
        clear(self._notices)
        self._all.setVisible(bill is not None)
        if self._model.missing is not None:
            self._say_missing(self._model.missing)
        if bill is None or receipt is None:
            return
        for remark in self._model.remarks:
            if remark.verdict is not Verdict.INFO:
                sentence = "。".join(remark.fixes)
                self._notices.addWidget(Notice(self._look, remark.verdict, remark.sentence, sentence))
        self.waterfall.show_bill(bill)
        self._show_changes()
        self.receipt.show_receipt(receipt)

    def _say_missing(self, remark: Remark) -> None:
        look = self._look
        self._missing.addWidget(Notice(look, remark.verdict, self.tr("没有结算"), remark.sentence))
        self._missing.addWidget(Words(look, self.tr("怎么办"), Kind.BODY_B))
        for fix in remark.fixes:
            self._missing.addWidget(Words(look, fix, Kind.TABLE, "text_2", fit=Fit.WRAP))
        button = Button(look, self.tr("填上票据写明的统筹支付"), self.fund_asked.emit)
        self._missing.addWidget(button)
        self._missing.addStretch(1)

    def _show_changes(self) -> None:
        look, grid = self._look, self._changes
        clear(grid)
        self.changes_head.setVisible(bool(self._model.changes))
        self._changes_rule.setVisible(bool(self._model.changes))
        grid.setHorizontalSpacing(look.unit(2.5))
        grid.setVerticalSpacing(look.unit(1.5))
        grid.setColumnStretch(1, 1)
        for place, change in enumerate(self._model.changes):
            for at, widget in enumerate(self._cells(change)):
                grid.addWidget(widget, place, at, Qt.AlignmentFlag.AlignVCenter)

    def _cells(self, change: Change) -> tuple[QWidget, ...]:
        look = self._look
        before, after = f"{change.before:,}", f"{change.after:,}"
        moved = change.after - change.before
        owner = Words(look, change.words, Kind.TABLE)
        sentence = self.tr("{who}：结算前 {before}，结算后 {after}")
        Voice(look, owner, sentence.format(who=change.words, before=before, after=after))
        return (
            Swatch(look, change.source),
            owner,
            _right(Words(look, before, Kind.TABLE, "text_2")),
            Mark(look, Icon.RIGHT, "text_2"),
            _right(Words(look, after, Kind.BODY_B)),
            _right(Words(look, f"{moved:,}", Kind.CAPTION, "text_2")),
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
            words = one.words + (self._model.payers if shared else "")
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
