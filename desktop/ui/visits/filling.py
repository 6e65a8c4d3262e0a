"""填写。What one types of a visit or a premium; each change is worked out at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)
from typing_extensions import override

from desktop.domain.care import Level, Purpose
from desktop.domain.premium import PremiumGroup
from desktop.domain.terms import label
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, clear, column, row
from desktop.ui.widgets.fields import Check, Choice, Combo, DateField, Labelled, MoneyField, Segmented
from desktop.ui.widgets.figures import PairLine
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.painting import paint_icon, paint_round, paint_text
from desktop.ui.widgets.panel import Panel
from desktop.ui.widgets.verdicts import VerdictChip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from desktop.domain.money import Money
    from desktop.ui.look.look import Look
    from desktop.ui.visits.model import PersonLine, VisitsModel

_NOTE = 100  # characters a note may have
_KINDS_ACROSS = 3


class PersonCombo(Combo):
    """Who it is for: relation and masked name, and under it how they are insured."""

    def __init__(self, look: Look, caption: str) -> None:
        super().__init__(look, caption)
        self.setProperty("role", "person")
        self.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._two: dict[str, PersonLine] = {}

    def show_people(self, people: Sequence[PersonLine], chosen: str) -> None:
        self._two = {one.key: one for one in people}
        self.offer(
            [Choice(one.key, f"{one.relation} {one.name}".strip() + f"，{one.about}") for one in people]
        )
        self.choose(chosen)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, unit = self._look, self._look.unit()
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        one = self._two.get(self.key())
        if one is None:
            return
        side = 7.5 * unit
        disc = QRectF(2.5 * unit, (self.height() - side) / 2, side, side)
        fill, edge = look.colour("primary_soft"), look.colour("primary")
        paint_round(painter, disc, one.relation[:1], look.font(Kind.BODY_B), fill=fill, edge=edge)
        left = disc.right() + 2 * unit
        room = self.width() - left - 7 * unit
        bold = look.font(Kind.BODY_B)
        line = QRectF(left, 1.25 * unit, room, 5 * unit)
        paint_text(painter, line, one.relation, bold, look.colour("text"))
        line.setLeft(left + painter.fontMetrics().horizontalAdvance(one.relation) + unit)
        paint_text(painter, line, one.name, look.font(Kind.TABLE), look.colour("text"))
        under = QRectF(left, 5.75 * unit, room, 5 * unit)
        paint_text(painter, under, one.about, look.font(Kind.CAPTION), look.colour("text_2"))
        mark = look.size("icon_small")
        down = QRectF(self.width() - mark - 2 * unit, (self.height() - mark) / 2, mark, mark)
        paint_icon(painter, look, Icon.DOWN, look.colour("text_2"), down)


class FormPanel(Panel):
    """Enter goes on to the next field, as in a paper form."""

    def __init__(self, look: Look, model: VisitsModel) -> None:
        super().__init__(look, gap=1.75)
        self._model = model
        self.setAccessibleName(self.tr("这一笔的内容"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.sums: dict[str, MoneyField] = {}
        self.boxes: dict[str, Check] = {}
        self._who_and_what()
        self._of_visit = self._part(self._place, self._more, self._bill)
        self._of_premium = self._part(self._premium)
        self._noting()
        self.add(Rule(look))
        self.add(Words(look, self.tr("结算前"), Kind.BODY_B))
        self._before = column(look, 0.5)
        self.body.addLayout(self._before)
        self._disputed = self._part(self._contested)
        self.body.addStretch(1)
        self._size()
        look.changed.connect(self._size)
        model.touched.connect(self._check)
        model.formed.connect(self._refill)
        self._refill()

    def _size(self) -> None:
        self.setMinimumWidth(self._look.unit(80))

    def _part(self, *builders: Callable[[], object]) -> QWidget:
        """What is shown for some kinds of record only."""
        part = QWidget()
        self._into = column(self._look, 1.75, parent=part)
        for build in builders:
            build()
        self.add(part)
        return part

    # --------------------------------------------------------------------------------------------- building

    def _who_and_what(self) -> None:
        look, model = self._look, self._model
        self.who = PersonCombo(look, self.tr("使用人"))
        self.who.chosen.connect(self._choose_person)
        self._who = Words(look, self.tr("使用人"), Kind.TABLE, "text_2")
        self._who.setBuddy(self.who)
        lines = column(look, 1)
        lines.take(self._who, self.who)
        self.body.addLayout(lines)
        self.kind = Segmented(look, self.tr("类别"), model.kinds, across=_KINDS_ACROSS)
        self.kind.chosen.connect(model.choose_kind)
        self.add(Labelled(look, self.tr("类别"), self.kind))
        self.day = DateField(look, self.tr("结算日期"), model.filled.on)
        self.day.chosen.connect(lambda day: self._edit(on=day))
        self._day = Words(look, self.tr("结算日期"), Kind.TABLE, "text_2")
        self._day.setBuddy(self.day)
        self.level = Combo(look, self.tr("医院等级"), model.levels)
        self.level.chosen.connect(lambda key: model.edit(level=Level(key)))
        self._level = Labelled(look, self.tr("医院等级"), self.level)
        self.year = Combo(look, self.tr("待遇年度"), model.years)
        self.year.chosen.connect(lambda key: model.edit_premium(year=int(key)))
        self._year = Labelled(look, self.tr("待遇年度"), self.year)
        both = row(look, 2).turning()
        dated = QWidget()
        column(look, 1, parent=dated).take(self._day, self.day)
        both.addWidget(dated, 1)
        both.addWidget(self._level, 1)
        both.addWidget(self._year, 1)
        self.body.addLayout(both)
        self.day_wrong = Words(look, "", Kind.CAPTION, "bad", fit=Fit.WRAP)
        self.add(self.day_wrong)

    def _place(self) -> None:
        """What one seldom needs stands in one line, and opens."""
        self.more = Button(self._look, "", self._turn_more, "link", Icon.DOWN)
        self.more.setProperty("kind", "caption")
        self._summary = Words(self._look, "", Kind.CAPTION, "text_2", fit=Fit.WRAP)
        lines = column(self._look, 0)
        lines.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(self._summary)
        self._into.addLayout(lines)

    def _more(self) -> None:
        look, model = self._look, self._model
        self._opened = QWidget()
        lines = column(look, 1.75, parent=self._opened)
        self.area = self._combo(self.tr("就医地"), model.areas)
        self.area.chosen.connect(lambda key: model.edit(area=key))
        self.purpose = self._combo(self.tr("费用用途"), model.purposes)
        self.purpose.chosen.connect(lambda key: model.edit(purpose=Purpose(key)))
        both = row(look, 2).turning()
        both.addWidget(Labelled(look, self.tr("就医地"), self.area), 1)
        both.addWidget(Labelled(look, self.tr("费用用途"), self.purpose), 1)
        lines.addLayout(both)
        boxes = (
            self._box(self.tr("定点医药机构"), "designated"),
            self._box(self.tr("本人凭证"), "own_credential"),
            self._box(self.tr("使用个人账户"), "use_account"),
            self._box(self.tr("有外配处方"), "prescribed"),
        )
        lines.addWidget(Flow(look, boxes, 4, ragged=True))
        self._into.addWidget(self._opened)
        self._opened.setVisible(False)

    def _combo(self, caption: str, choices: Sequence[Choice]) -> Combo:
        """Words that are long may be cut in the field; the list shows them whole."""
        combo = Combo(self._look, caption, choices)
        combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return combo

    def _box(self, words: str, name: str) -> Check:
        box = Check(self._look, words)
        box.toggled.connect(lambda on: self._model.edit(**{name: on}))
        self.boxes[name] = box
        return box

    def _bill(self) -> None:
        look = self._look
        self._into.addWidget(Rule(look))
        self._sum("total", self.tr("医疗费总额"), strong=True)
        self._sum("full", self.tr("其中：全自费"))
        self._sum("upfront", self.tr("其中：先行自付"))
        self._sum("over", self.tr("其中：超限价自费"))
        self.scope = PairLine(look, self.tr("符合政策范围"), self._model.form.in_scope, strong=True)
        self._into.addWidget(self.scope)
        self._sum("fund", self.tr("票据统筹（可不填）"))
        self.sums["fund"].line.setToolTip(self.tr("票据已列明的统筹支付，没有列明就不填"))

    def _premium(self) -> None:
        look, model = self._look, self._model
        self.payer = Combo(look, self.tr("从哪里支付"), model.payers)
        self.payer.chosen.connect(lambda key: model.edit_premium(payer=key))
        self._into.addWidget(Labelled(look, self.tr("从哪里支付"), self.payer))
        groups = [Choice(one, label(one)) for one in PremiumGroup]
        self.group = Combo(look, self.tr("缴费档次"), groups)
        self.group.chosen.connect(lambda key: model.edit_premium(group=PremiumGroup(key)))
        self._into.addWidget(Labelled(look, self.tr("缴费档次"), self.group))
        self._into.addWidget(Rule(look))
        self._sum("amount", self.tr("金额（可不填）"), strong=True)
        hint = self.tr("不填就按这一年度的个人缴费标准。")
        self._into.addWidget(Words(look, hint, Kind.CAPTION, "text_2", fit=Fit.WRAP))

    def _noting(self) -> None:
        self.note = QLineEdit()
        self.note.setMaxLength(_NOTE)
        self.note.setAccessibleName(self.tr("备注，可不填"))
        self.note.textEdited.connect(lambda text: self._edit(note=text))
        self.add(Labelled(self._look, self.tr("备注（可不填）"), self.note))

    def _sum(self, name: str, caption: str, *, strong: bool = False) -> None:
        field = MoneyField(self._look, caption, None, strong=strong, indent=0 if strong else 3)
        field.changed.connect(partial(self._typed, name))
        self.sums[name] = field
        self._into.addWidget(field)

    def _contested(self) -> None:
        look = self._look
        self._into.addWidget(Rule(look))
        self.share = self._box(self.tr("全自费也从家庭共济支付"), "share_out_of_scope")
        self._into.addWidget(self.share)
        inner = column(look, 1.5, (6.5, 0, 0, 0))
        inner.addWidget(VerdictChip(look, Verdict.INFO, self.tr("有争议，默认不勾")))
        note = self.tr("各地说法不一，勾选后结果会注明。")
        inner.addWidget(Words(look, note, Kind.CAPTION, "text_2", fit=Fit.WRAP))
        self._into.addLayout(inner)

    # --------------------------------------------------------------------------------------------- typing

    def _edit(self, **changes: object) -> None:
        """Of the form one sees."""
        if self._model.paying:
            self._model.edit_premium(**changes)
        else:
            self._model.edit(**changes)
        if "on" in changes:
            self._show_choices()

    def _choose_person(self, key: str) -> None:
        if self._model.paying:
            self._model.edit_premium(insured=key)
        else:
            self._model.edit(patient=key)

    def _typed(self, name: str, money: Money | None) -> None:
        stated = bool(self.sums[name].line.text().strip())
        if name == "amount":
            self._model.edit_premium(amount=money if stated else None, stated=stated)
        elif name == "fund":
            self._model.edit(fund=money if stated else None, fund_stated=stated)
        else:
            self._model.edit(**{name: money})

    def _turn_more(self) -> None:
        self._opened.setVisible(not self._opened.isVisible())
        self._say_more()

    def state_fund(self) -> None:
        """Where no rule is known: type what the receipt says the fund paid."""
        self.sums["fund"].setFocus()

    # -------------------------------------------------------------------------------------------- showing

    def refresh(self) -> None:
        """The words that come from the answer, and the names, which privacy hides."""
        model = self._model
        self.who.show_people(model.people, model.premium.insured if model.paying else model.form.patient)
        clear(self._before)
        for caption, value in model.before:
            self._before.addWidget(PairLine(self._look, caption, value))
        self._check()

    def _refill(self) -> None:
        """Every field as the form has it; fields being typed in keep what is typed."""
        model, paying = self._model, self._model.paying
        for widget in (self.kind, self.day, self.note, *self.boxes.values()):
            widget.blockSignals(True)
        self.kind.choose(model.kind)
        self.day.put(model.filled.on)
        if self.note.text() != model.filled.note:
            self.note.setText(model.filled.note)
        for name, box in self.boxes.items():
            box.setChecked(bool(getattr(model.form, name)))
        for widget in (self.kind, self.day, self.note, *self.boxes.values()):
            widget.blockSignals(False)
        self._fill_sums()
        self._of_visit.setVisible(not paying)
        self._disputed.setVisible(not paying)
        self._of_premium.setVisible(paying)
        self._year.setVisible(paying)
        who, day = (self.tr("参保人"), self.tr("缴费日期"))
        if not paying:
            who, day = (self.tr("使用人"), self.tr("结算日期"))
        self._who.say(who)
        self._day.say(day)
        self.who.setAccessibleName(who)
        self.day.setAccessibleName(day)
        self.day.lineEdit().setAccessibleName(day)
        self._show_choices()
        self._opened.setVisible(model.unusual)
        self.refresh()

    def _fill_sums(self) -> None:
        form, premium = self._model.form, self._model.premium
        sums = {name: getattr(form, name) for name in self.sums if name != "amount"}
        for name, money in (sums | {"amount": premium.amount}).items():
            field = self.sums[name]
            if money is not None and field.money() == money and field.line.text().strip():
                continue
            blank = name == "amount" or (name == "total" and form.empty)
            field.put(None if blank and not money else money)

    def _show_choices(self) -> None:
        model = self._model
        self.level.choose(model.form.level)
        self.group.choose(model.premium.group)
        for combo, choices, key in (
            (self.area, model.areas, model.form.area),
            (self.purpose, model.purposes, model.form.purpose),
            (self.year, model.years, str(model.premium.year)),
            (self.payer, model.payers, model.premium.payer),
        ):
            combo.offer(choices)
            combo.choose(key)

    def _say_more(self) -> None:
        opened = self._opened.isVisible()
        self.more.say(self.tr("收起") if opened else self.tr("更多"))
        self._summary.setVisible(not opened)
        self._summary.say(self._model.more)
        self.more.setAccessibleName(
            self.tr("收起就医地、用途和凭证")
            if opened
            else self.tr("更多：{more}").format(more=self._model.more)
        )

    def _check(self) -> None:
        model = self._model
        faults = model.faults
        for name, field in self.sums.items():
            shown = (name == "amount") == model.paying
            field.complain((field.trouble() or faults.get(name, "")) if shown else "")
        self._say_day(faults.get("on", ""))
        self.scope.show_value(model.form.in_scope)
        self._level.setVisible(not model.paying and not model.form.at_pharmacy)
        self.boxes["prescribed"].setVisible(model.form.at_pharmacy)
        self._say_more()

    def _say_day(self, sentence: str) -> None:
        self.day_wrong.say(sentence)
        self.day_wrong.setVisible(bool(sentence))
        self.day.setAccessibleDescription(sentence)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = isinstance(self.focusWidget(), QLineEdit | QAbstractSpinBox)
        if typing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.focusNextChild()
        else:
            super().keyPressEvent(event)
