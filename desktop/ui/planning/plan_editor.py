"""预计的编辑。What a family expects: bills, single events, premiums, changes in life, and how sure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.domain.care import Visit
from desktop.domain.plan import Recurring
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind
from desktop.ui.matters.editor import Destiny, MatterEditor
from desktop.ui.matters.form import MatterForm
from desktop.ui.planning.filling import BillEditor, LifeEditor, NumberEditor, PremiumEditor, RiskEditor
from desktop.ui.planning.forms import BillForm, LifeForm, NumberForm, PremiumForm, RiskForm
from desktop.ui.planning.numbers import NumberLine
from desktop.ui.planning.plan_items import (
    EXPECTED,
    ILLNESS,
    LIFE,
    PREMIUM,
    RECURRING,
    RISK,
    WAGES,
    find_odd,
    items_of,
    read_key,
)
from desktop.ui.planning.side import FormSide
from desktop.ui.planning.turns import Turns
from desktop.ui.widgets.basic import Button, Fit, Words, column
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.listing import Listing
from desktop.ui.widgets.order import in_reading_order
from desktop.ui.widgets.panel import PageHead, Panel, Split
from desktop.ui.widgets.room import ANY
from desktop.usecases.matters import is_matter
from desktop.usecases.odds import forget_risk, odds
from desktop.usecases.plan_items import (
    add_expected,
    add_life,
    add_recurring,
    change_expected,
    change_life,
    change_recurring,
    drop_premium,
    expected_of,
    last_year_again,
    own_plan,
    plan_of,
    recurring_of,
    remove_expected,
    remove_life,
    remove_recurring,
    set_illness,
    set_premium,
    set_wage_growth,
)

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from desktop.domain.event import Event, Matter
    from desktop.domain.family import Family
    from desktop.domain.plan import Plan
    from desktop.ui.family.form import Form
    from desktop.ui.look.look import Look
    from desktop.ui.work import Job
    from desktop.usecases.changes import Change, Refused
    from desktop.usecases.odds import Odd
    from desktop.usecases.review import Review

_LEAST, _TALLEST = 90, 400  # units
_MANY = 200  # lines that are not measured one by one


class PlanEditor(QWidget):
    """`change` comes with a `Change` to be kept, `leave` when it is closed."""

    change = Signal(object)
    leave = Signal()

    def __init__(self, look: Look, seen: Review) -> None:
        super().__init__()
        self._look, self._seen = look, seen
        self._odds: tuple[Odd, ...] = ()
        self._about = ""
        self._turns = Turns(self)
        self._turns.answered.connect(self._know)
        self.list = Listing(look, self.tr("预计的账单和事件，上下键逐条看，回车改动"))
        self.side = FormSide(look)
        self.back_button = Button(look, self.tr("返回规划"), self.leave.emit)
        self._head = PageHead(look, self.tr("预计的账单和事件"), "", [self.back_button])
        self.sheet = self._sheet()
        lines = column(look, 3, parent=self)
        lines.addWidget(self._head)
        self._split = Split(look, self.sheet, self.side, shares=(1, 0))
        lines.addWidget(self._split, 1)
        self.side.hide()
        self.list.chosen.connect(self._walk)
        self.list.clicked.connect(lambda _: self._walk(self.list.key))
        self.list.opened.connect(self._open)
        self.side.made.connect(self._keep)
        self.side.left.connect(self._left)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._escape)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        look.changed.connect(self._stand)
        self._fill()
        self._turns.ask(_odds_job(seen))
        in_reading_order(self)
        self.setFocusProxy(self.adding[0])

    # ---------------------------------------------------------------------------------------------- the list

    def _sheet(self) -> Panel:
        look = self._look
        sheet = Panel(look, edges=False, gap=0)
        sheet.setAccessibleName(self.tr("预计的清单"))
        self.says = Words(look, "", Kind.TABLE, "text_2", fit=Fit.WRAP)
        self.own_button = Button(look, self.tr("改成自己的预计"), self._own, "primary")
        self.drop_button = Button(look, self.tr("恢复为照去年一样"), self._drop, "link")
        self.adding = [
            Button(look, self.tr("账单"), self.add_bill, "small", Icon.PLUS),
            Button(look, self.tr("每年的保费"), self.add_premium, "small", Icon.PLUS),
            Button(look, self.tr("人生的事件"), self.add_life, "small", Icon.PLUS),
            Button(look, self.tr("要办理的事"), self.add_matter, "small", Icon.PLUS),
        ]
        for button in self.adding:
            button.setAccessibleName(self.tr("添加{what}").format(what=button.text()))
        top = QWidget()
        inside = column(look, 2, (4, 3, 4, 3), top)
        inside.take(self.says, self.own_button, Flow(look, [*self.adding, self.drop_button], 2, ragged=True))
        sheet.body.addWidget(top)
        sheet.body.addWidget(self.list, 1)
        return sheet

    def _fill(self) -> None:
        key = self.list.key
        own = self._seen.family.plan is not None
        self.says.say(self._sentence(own=own))
        self.own_button.setVisible(not own)
        self.drop_button.setVisible(own)
        self.list.show_items(items_of(self._seen, self._odds), key)
        self._stand()

    def _sentence(self, *, own: bool) -> str:
        if own:
            return self.tr("这里的每一笔都会出现在基准里；每改一次就记下一步，可以撤销。")
        return self.tr(
            "现在没有自己的预计：去年发生的每一笔，以后每年照样再来一次。"
            "下面列出的就是这些；改动任何一笔，就成为自己的预计。"
        )

    def _stand(self) -> None:
        """Beside its forms the list scrolls by itself; above them it is as high as its lines."""
        alone = self._look.stacked or self.width() < self._split.needs()
        most = self._look.unit(_TALLEST)
        whole = most if len(self.list.items) > _MANY else min(self.list.whole_height(), most)
        high = whole + self._look.unit()
        self.list.setMinimumHeight(high if alone else min(high, self._look.unit(_LEAST)))
        self.list.setMaximumHeight(high if alone else ANY)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand()

    def renew(self, seen: Review) -> None:
        """What is half typed stays where it still makes sense."""
        self._seen, had = seen, self.side.form is not None
        self.side.renew(seen)
        self._fill()
        if had and self.side.form is None:
            self._go_to(self._about)
        self._turns.ask(_odds_job(seen))

    def _go_to(self, about: str) -> None:
        """Where the keyboard is after a form has done its work."""
        key = next((one.key for one in self.list.items if read_key(one.key)[1] == about), "")
        self.list.choose(key)
        (self.list if self.list.key else self.adding[0]).setFocus()

    def _keep(self, change: Change) -> None:
        self._about = change.about
        self.change.emit(change)

    def _know(self, odds: tuple[Odd, ...]) -> None:
        self._odds = odds
        self._fill()
        self._show_usual(self.side.form)

    def _show_usual(self, form: Form | None) -> None:
        """What an empty field of a bill that comes back stands for, once it is known."""
        if not isinstance(form, BillForm) or not isinstance(form.bill, Recurring) or form.bill.chance:
            return
        for one in self._odds:
            if one.recurring == form.bill.visit.id:
                form.show_usual(one)

    def _own(self) -> None:
        self.change.emit(own_plan(self._seen.family))

    def _drop(self) -> None:
        self.side.drop()
        self.change.emit(last_year_again(self._seen.family))

    # --------------------------------------------------------------------------------------------- the forms

    _enter = True

    def add_bill(self) -> None:
        self._enter = True
        self._show(BillForm(self._look, BillEditor(self._seen, self._look, _add_bill)))

    def add_premium(self) -> None:
        self._enter = True
        self._show(PremiumForm(self._look, PremiumEditor(self._seen, self._look, set_premium)))

    def add_life(self) -> None:
        self._enter = True
        self._show(LifeForm(self._look, LifeEditor(self._seen, self._look, add_life)))

    def add_matter(self) -> None:
        self._enter = True
        destiny = Destiny(add_expected, _expected)
        self._show(MatterForm(self._look, MatterEditor(self._seen, self._look, destiny)))

    def choose(self, key: str) -> None:
        """Open what a line is about, such as `premium daughter`."""
        self.list.choose(key)
        self._open(key)

    def _walk(self, key: str) -> None:
        """The form of a line one comes to is shown; the keyboard stays in the list, and what is typed too."""
        if not self.side.typing:
            self._open(key, enter=False)

    def _open(self, key: str, *, enter: bool = True) -> None:
        self._enter = enter
        kind, what = read_key(key)
        opening: dict[str, Callable[[str], None]] = {
            RECURRING: self._open_bill,
            EXPECTED: self._open_event,
            PREMIUM: self._open_premium,
            LIFE: self._open_life,
            WAGES: self._open_wages,
            ILLNESS: self._open_illness,
            RISK: self._open_risk,
        }
        if kind in opening:
            opening[kind](what)

    @property
    def _plan(self) -> Plan:
        return plan_of(self._seen.family)

    def _open_bill(self, item_id: str) -> None:
        origin = recurring_of(self._plan, item_id)
        editor = BillEditor(
            self._seen, self._look, lambda family, item: change_recurring(family, item_id, item), origin
        )
        form = BillForm(self._look, editor)
        self._show_usual(form)
        self._show(form, partial(remove_recurring, item_id=item_id))

    def _open_event(self, event_id: str) -> None:
        origin = expected_of(self._plan, event_id)
        if is_matter(origin):
            self._open_matter(origin)
        if not isinstance(origin, Visit):
            return
        editor = BillEditor(
            self._seen, self._look, lambda family, visit: change_expected(family, event_id, visit), origin
        )
        form = BillForm(self._look, editor)
        self._show(form, partial(remove_expected, event_id=event_id))

    def _open_matter(self, origin: Matter) -> None:
        destiny = Destiny(lambda family, matter: change_expected(family, origin.id, matter), _expected)
        editor = MatterEditor(self._seen, self._look, destiny, origin=origin)
        form = MatterForm(self._look, editor, self.tr("删去这件事"))
        self._show(form, partial(remove_expected, event_id=origin.id))

    def _open_premium(self, insured: str) -> None:
        premium = next(one for one in self._plan.premiums if one.insured == insured)
        form = PremiumForm(self._look, PremiumEditor(self._seen, self._look, set_premium, premium))
        self._show(form, partial(drop_premium, insured=insured))

    def _open_life(self, place: str) -> None:
        event = self._plan.life[int(place)]
        editor = LifeEditor(
            self._seen, self._look, lambda family, after: change_life(family, event, after), event
        )
        form = LifeForm(self._look, editor)
        self._show(form, partial(remove_life, event=event))

    def _open_wages(self, _: str) -> None:
        title = self.tr("工资每年涨多少")
        editor = NumberEditor(self._seen, self._look, set_wage_growth, self._plan.wage_growth, title)
        says = self.tr("每年 1 月起，各人的缴费基数按这个比例涨，划入个人账户的钱随之增加。不涨填 0。")
        line = NumberLine(self._look, self.tr("每年涨幅"), "%")
        self._show(NumberForm(self._look, editor, "wage_growth", line, says))

    def _open_illness(self, _: str) -> None:
        title = self.tr("计划外看病算多少")
        editor = NumberEditor(self._seen, self._look, set_illness, self._plan.illness, title)
        says = self.tr(
            "没有写进预计的病，按每人常见的次数和费用随机推演。1 是照常见，0 是完全不算，2 是多一倍。"
        )
        line = NumberLine(self._look, self.tr("常见的几倍"), self.tr("倍"))
        self._show(NumberForm(self._look, editor, "illness", line, says))

    def _open_risk(self, what: str) -> None:
        odd = find_odd(self._odds, what)
        if odd is not None:
            form = RiskForm(self._look, RiskEditor(self._seen, self._look, odd))
            self._show(form, partial(forget_risk, patient=odd.person, setting=odd.setting))

    def _show(self, form: Form, remove: Callable[[Family], Change] | None = None) -> None:
        if remove is not None:
            form.removal.connect(lambda: self._remove(remove))
        self.side.open(form, enter=self._enter)

    def _remove(self, remove: Callable[[Family], Change]) -> None:
        self.side.drop()
        self.list.choose("")
        self.adding[0].setFocus()
        self.change.emit(remove(self._seen.family))

    def _left(self) -> None:
        (self.list if self.list.key else self.adding[0]).setFocus()

    def _escape(self) -> None:
        """The innermost first: the form, then the page."""
        if self.side.form is not None:
            self.side.leave()
        else:
            self.leave.emit()


def _add_bill(family: Family, value: Recurring | Visit) -> Change | Refused:
    return add_recurring(family, value) if isinstance(value, Recurring) else add_expected(family, value)


def _expected(family: Family) -> tuple[Event, ...]:
    return plan_of(family).expected


def _odds_job(seen: Review) -> Job:
    def job(stop: threading.Event) -> Iterator[tuple[Odd, ...]]:
        if not stop.is_set():
            yield odds(seen.family, seen.book)

    return job
