"""新建家庭的样子。One sheet about the worker whose account it is; relatives are added later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.domain.people import Sex, Status
from desktop.domain.terms import label
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, column, row
from desktop.ui.widgets.even import Even
from desktop.ui.widgets.fields import Choice, Combo, MoneyField, Segmented
from desktop.ui.widgets.forms import Asked, DayLine, TextLine
from desktop.ui.widgets.panel import PageHead, Panel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

    from desktop.domain.money import Money
    from desktop.ui.look.look import Look
    from desktop.ui.start.entry import NewFamilyModel

_LEAST, _MOST = 72.0, 260.0


class NewFamilyPage(QWidget):
    """`created` comes with the `Change` that makes the family; `leave` when it is given up."""

    created = Signal(object)
    leave = Signal()

    def __init__(self, look: Look, model: NewFamilyModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        model.setParent(self)
        self.fields: dict[str, Asked | MoneyField] = {}
        panel = Panel(look, self.tr("本人"), self.tr("账户是谁的，就先填谁；家人以后在“家庭”里添加"), gap=3)
        panel.body.gap(0.5)
        for widget in (self._who(), Rule(look), self._insured(), Rule(look), self._account()):
            panel.add(widget)
        panel.body.gap(1)
        self.make = Button(look, self.tr("建立家庭"), self._make, "primary")
        self.give_up = Button(look, self.tr("取消"), self.leave.emit)
        panel.body.addLayout(row(look, 2).take(self.make, self.give_up, None))
        kept = self.tr("档案存在这台电脑上，不上传；以后每一处都可以改，改错了可以撤销。")
        panel.add(Words(look, kept, Kind.CAPTION, "text_2", fit=Fit.WRAP))
        lines = column(look, 4, parent=self)
        lines.addWidget(PageHead(look, self.tr("新建家庭"), self.tr("填一屏，约 3 分钟")))
        lines.addWidget(panel)
        lines.addStretch(1)
        self._panel = panel
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.leave.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        model.changed.connect(self._refresh)
        model.offered.connect(self._offer)
        look.changed.connect(self._dress)
        self._dress()
        model.read_areas()

    # ------------------------------------------------------------------------------------------------ fields

    def _who(self) -> QWidget:
        look, model = self._look, self._model
        self.person = TextLine(look, self.tr("姓名"), private=True)
        self.person.textEdited.connect(lambda text: model.edit("person", person=text))
        self.name = TextLine(look, self.tr("家庭名称"))
        self.name.textEdited.connect(lambda text: model.edit("name", name=text))
        sexes = [Choice(one, label(one)) for one in (Sex.FEMALE, Sex.MALE)]
        self.sex = Segmented(look, self.tr("性别"), [*sexes, Choice("", self.tr("不填"))])
        self.sex.choose("")
        self.sex.chosen.connect(lambda key: model.edit("sex", sex=Sex(key) if key else None))
        self.born = DayLine(look, self.tr("出生日期"))
        born = self._day("born", self.born, self.tr("可以不填"), needed=False)
        name = self._asked(
            "name", self.tr("家庭名称"), self.name, self.tr("可以不填，不填就用姓，例如“周家”")
        )
        return self._part(
            self.tr("是谁"),
            self._asked("person", self.tr("姓名"), self.person),
            self._asked("sex", self.tr("性别"), self.sex, self.tr("用来说“母亲”“岳父”这样的称呼")),
            born,
            name,
        )

    def _insured(self) -> QWidget:
        look = self._look
        kinds = {
            Status.ACTIVE: self.tr("在职职工"),
            Status.RETIRED: self.tr("退休"),
            Status.FLEXIBLE: self.tr("灵活就业"),
        }
        self.status = Segmented(
            look, self.tr("参保情况"), [Choice(one, words) for one, words in kinds.items()]
        )
        self.status.chosen.connect(self._status_chosen)
        self.area = Combo(look, self.tr("参保地"), [Choice("", self.tr("请选择"))])
        self.area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.area.chosen.connect(self._area_chosen)
        self.since = DayLine(look, self.tr("从哪天起参加职工医保"))
        since = self._day("since", self.since, self.tr("记不清日子，写那个月 1 号"))
        return self._part(
            self.tr("怎么参保"),
            self._asked("status", self.tr("参保情况"), self.status),
            self._asked("area", self.tr("参保地"), self.area, self.tr("缴费的城市，不是看病的城市")),
            since,
        )

    def _account(self) -> QWidget:
        look, model = self._look, self._model
        self.opening = MoneyField(look, self.tr("个人账户余额"))
        self.base = MoneyField(look, self.tr("月缴费基数"))
        for money in (self.opening, self.base):
            money.stand()
        self.fields["opening"], self.fields["base"] = self.opening, self.base
        self.opening.changed.connect(
            lambda money: model.edit("opening", self.opening.trouble(), opening=money)
        )
        self.base.changed.connect(self._base_typed)
        self.opened_on = DayLine(look, self.tr("余额是哪天查的"))
        seen = self._day("opened_on", self.opened_on)
        self.opened_on.put(model.ask.opened_on)
        where = self.tr(
            "余额和缴费基数可在医保服务平台查到，或打 12393 问。基数不知道可以不填，以后补上才会按月计入。"
        )
        made = self._part(self.tr("账户里有多少"), self.opening, seen, self.base)
        lines = made.layout()
        if lines is not None:
            lines.addWidget(Words(look, where, Kind.CAPTION, "text_2", fit=Fit.WRAP))
        return made

    def _part(self, title: str, *fields: QWidget) -> QWidget:
        made = QWidget()
        lines = column(self._look, 2, parent=made)
        lines.addWidget(Words(self._look, title, Kind.BODY_B))
        lines.addWidget(Even(self._look, fields, _LEAST, 5, hang=True))
        return made

    def _asked(self, place: str, caption: str, field: QWidget, remark: str = "") -> Asked:
        self.fields[place] = made = Asked(self._look, caption, field, remark)
        return made

    def _day(self, place: str, line: DayLine, remark: str = "", *, needed: bool = True) -> Asked:
        def typed() -> None:
            missing = needed and not line.text().strip()
            trouble = self.tr("请填日期，例如 2019-07-01。") if missing else line.trouble()
            self._model.edit(place, trouble, **{place: line.day()})

        line.typed.connect(typed)
        return self._asked(place, line.accessibleName(), line, remark)

    # ----------------------------------------------------------------------------------------- what is typed

    def _status_chosen(self, key: str) -> None:
        """Someone retired has no wages the account is fed by."""
        status = Status(key)
        retired = status is Status.RETIRED
        self.base.setVisible(not retired)
        if retired:
            self.base.put(None)
        self._model.edit("base", base=None if retired else self._model.ask.base)
        self._model.edit("status", status=status)

    def _area_chosen(self, key: str) -> None:
        self._model.edit("area", "" if key else self.tr("请选参保地。"), area=key)

    def _base_typed(self, money: Money | None) -> None:
        empty = not self.base.line.text().strip()
        self._model.edit("base", self.base.trouble(), base=None if empty else money)

    def _offer(self) -> None:
        places = [Choice(one.code, one.title) for one in self._model.areas]
        self.area.offer([Choice("", self.tr("请选择")), *places])

    # -------------------------------------------------------------------------------------------- the outcome

    def _make(self) -> None:
        change = self._model.commit()
        if change is not None:
            self.created.emit(change)
            return
        wrong = next(field for place, field in self.fields.items() if place in self._model.faults)
        wrong.setFocus()

    def _refresh(self) -> None:
        faults = self._model.shown_faults
        for place, field in self.fields.items():
            field.complain(faults.get(place, ""))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.person.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button one is at; in a field it makes the family."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.give_up.hasFocus():
            self.leave.emit()
        else:
            self._make()

    def _dress(self) -> None:
        self._panel.setMaximumWidth(self._look.unit(_MOST))
