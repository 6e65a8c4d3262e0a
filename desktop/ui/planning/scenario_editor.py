"""方案的编辑。A scenario as a name and sentences of what it does otherwise, each with a form of its own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.plan import Recurring
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.matters.editor import Destiny, MatterEditor
from desktop.ui.matters.form import MatterForm
from desktop.ui.planning.draft import Draft, PickEditor, RuleEditor, StopEditor, SwitchEditor
from desktop.ui.planning.draft_forms import PickForm, RuleForm, StopForm, SwitchForm
from desktop.ui.planning.filling import BillEditor, LifeEditor, PremiumEditor
from desktop.ui.planning.forms import BillForm, LifeForm, PremiumForm
from desktop.ui.planning.side import FormSide
from desktop.ui.widgets.basic import Button, Fit, Rule, Voice, Words, clear, column, row
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.forms import Asked, TextLine
from desktop.ui.widgets.order import in_reading_order
from desktop.ui.widgets.panel import PageHead, Panel, Split
from desktop.ui.widgets.verdicts import VerdictChip
from desktop.usecases.changes import Change, Fault, Refused
from desktop.usecases.matters import is_matter
from desktop.usecases.plan_items import life_faults, plan_of, premium_faults, recurring_faults
from desktop.usecases.scenario_items import (
    Kind as Differs,
)
from desktop.usecases.scenario_items import (
    as_if,
    bill_in,
    bill_otherwise,
    happen,
    leave_out,
    open_bills,
    open_bindings,
    pay_premium,
    with_matter,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from desktop.domain.event import Matter
    from desktop.domain.family import Family
    from desktop.domain.plan import LifeEvent, PlannedPremium, Scenario
    from desktop.ui.family.form import Form
    from desktop.ui.look.look import Look
    from desktop.usecases.review import Review
    from desktop.usecases.scenario_items import Row

_NAME = 60  # characters a name may have
_MOST = 100  # sentences that are shown; a document may hold thousands
_EDITABLE = {Differs.END, Differs.PREMIUM, Differs.BILL, Differs.LIFE, Differs.RULE}


class ScenarioLine(QWidget):
    """One sentence of what differs, with what can be done about it at its right."""

    edit_asked = Signal()
    removal = Signal()

    def __init__(self, look: Look, one: Row, *, editable: bool) -> None:
        super().__init__()
        self.row = one
        across = row(look, 2).turning()
        across.addWidget(Words(look, one.says, Kind.BODY, fit=Fit.WRAP), 1)
        if one.kind is Differs.RULE:
            across.addWidget(VerdictChip(look, Verdict.INFO, self.tr("假设")))
        buttons = row(look, 2)
        self.edit_button = Button(look, self.tr("改动"), self.edit_asked.emit, "link")
        self.remove_button = Button(look, self.tr("移去"), self.removal.emit, "link")
        Voice(look, self.edit_button, self.tr("改动：{what}").format(what=one.says))
        Voice(look, self.remove_button, self.tr("移去：{what}").format(what=one.says))
        if editable:
            buttons.addWidget(self.edit_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        across.addLayout(buttons)
        inside = column(look, 1, (4, 1, 4, 0), self)
        inside.addLayout(across)
        inside.addWidget(Rule(look))


class ScenarioEditor(QWidget):
    """`change` comes with a `Change` to be kept, `leave` when it is closed."""

    change = Signal(object)
    leave = Signal()

    def __init__(self, look: Look, seen: Review, scenario: Scenario | None = None) -> None:
        super().__init__()
        self._look = look
        self.draft = Draft(seen, scenario)
        self.draft.setParent(self)
        self._pressed = False
        self._shown: tuple[Row, ...] | None = None
        self.rows: list[ScenarioLine] = []
        title = self.tr("新方案") if scenario is None else self.tr("编辑方案")
        self.back_button = Button(look, self.tr("返回规划"), self.leave.emit)
        self.head = PageHead(look, title, self.tr("写下与基准不同的地方，别的都照旧"), [self.back_button])
        self.side = FormSide(look)
        self.sheet = self._sheet()
        lines = column(look, 3, parent=self)
        lines.addWidget(self.head)
        lines.addWidget(Split(look, self.sheet, self.side, shares=(1, 0)), 1)
        self.side.hide()
        self.side.left.connect(self.name.setFocus)
        self.draft.changed.connect(self._fill)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._escape)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._fill()
        in_reading_order(self)
        self.setFocusProxy(self.name)

    # --------------------------------------------------------------------------------------------- the sheet

    def _sheet(self) -> Panel:
        look = self._look
        sheet = Panel(look, edges=False, gap=0)
        sheet.setAccessibleName(self.tr("方案的内容"))
        self.name = TextLine(look, self.tr("方案的名称"))
        self.name.setMaxLength(_NAME)
        self.name.setPlaceholderText(self.tr("例如 母亲改由哥哥支付"))
        self.name.put(self.draft.scenario.name)
        self.name.textEdited.connect(self.draft.rename)
        self.name.returnPressed.connect(self.commit)
        self._name = Asked(look, self.tr("方案的名称"), self.name)
        self.says = Words(look, self.tr("与基准不同的地方"), Kind.BODY_B)
        self.none = Words(look, self.tr("还没有。请在下面加一条。"), Kind.TABLE, "text_2", fit=Fit.WRAP)
        self.list = column(look, 0)
        top, foot = QWidget(), QWidget()
        column(look, 2, (4, 3, 4, 2), top).take(self._name, self.says, self.none)
        column(look, 2.5, (4, 2, 4, 4), foot).take(self._adding(), self._saving())
        sheet.body.take(top, self.list, foot)
        sheet.body.addStretch(1)
        return sheet

    def _adding(self) -> QWidget:
        look = self._look
        ways: tuple[tuple[str, Callable[[], object]], ...] = (
            (self.tr("换人支付"), self.add_switch),
            (self.tr("解除绑定"), self.add_end),
            (self.tr("保费从谁的账户付"), self.add_premium),
            (self.tr("不再预计一笔"), self.add_leave_out),
            (self.tr("改一笔预计"), self.add_bill),
            (self.tr("人生的事件"), self.add_life),
            (self.tr("办理一件事"), self.add_matter),
            (self.tr("假设一条规则"), self.add_rule),
        )
        self.adding = [Button(look, words, do, "small", Icon.PLUS) for words, do in ways]
        for button, (words, _) in zip(self.adding, ways, strict=True):
            button.setAccessibleName(self.tr("加一条：{words}").format(words=words))
        return Flow(look, self.adding, 2, ragged=True)

    def _saving(self) -> QWidget:
        look = self._look
        self.save_button = Button(look, "", self.commit, "primary")
        self.leave_button = Button(look, self.tr("取消"), self.leave.emit)
        self.wrong = Words(look, "", Kind.CAPTION, "bad", fit=Fit.WRAP)
        held = QWidget()
        buttons = row(look, 2)
        buttons.take(self.save_button, self.leave_button, None)
        column(look, 1, parent=held).take(buttons, self.wrong)
        return held

    def _fill(self) -> None:
        draft = self.draft
        rows = draft.rows
        if rows != self._shown:
            self._shown = rows
            self._show_rows(rows)
        self.none.setVisible(not rows)
        self.save_button.say(self.tr("加入对比") if draft.origin is None else self.tr("保存方案"))
        self._open_ways()
        self._complain()

    def _show_rows(self, rows: tuple[Row, ...]) -> None:
        clear(self.list)
        self.rows = [self._line(one) for one in rows[:_MOST]]
        for line in self.rows:
            self.list.addWidget(line)
        if len(rows) > _MOST:
            words = self.tr("还有 {count} 条，都算在内。").format(count=len(rows) - _MOST)
            self.list.addWidget(Words(self._look, words, Kind.TABLE, "text_2"))
        in_reading_order(self.sheet)

    def _line(self, one: Row) -> ScenarioLine:
        line = ScenarioLine(self._look, one, editable=one.kind in _EDITABLE or self._matter(one) is not None)
        line.edit_asked.connect(partial(self._open, one))
        line.removal.connect(partial(self._remove, one))
        return line

    def _matter(self, one: Row) -> Matter | None:
        """What a row is about, if it is a matter."""
        events = self.draft.scenario.events if one.kind is Differs.EVENT else ()
        found = next((event for event in events if event.id == one.key), None)
        return found if is_matter(found) else None

    def _open_ways(self) -> None:
        """What cannot be done in this family is not offered."""
        family, scenario = self.draft.seen.family, self.draft.scenario
        owners = [one for one in family.people if one.account is not None]
        bills = open_bills(family, scenario)
        can = (
            len(owners) > 1 and len(family.people) > len(scenario.bindings) + 1,
            bool(open_bindings(family, scenario)),
            True,
            bool(bills),
            bool(open_bills(family, scenario, recurring=True)),
            True,
            True,
            True,
        )
        for button, possible in zip(self.adding, can, strict=True):
            button.setEnabled(possible)

    def _complain(self) -> None:
        """What is wrong is said once the scenario was to be kept."""
        outcome = self.draft.outcome()
        faults = outcome.faults if isinstance(outcome, Refused) and self._pressed else ()
        said = {one.place: str(replace(one, place="")) for one in faults}
        self._name.complain(said.pop("name", ""))
        self.wrong.say(" ".join(said.values()))
        self.wrong.setVisible(bool(said))

    def renew(self, seen: Review) -> None:
        """What is half made stays, unless it has just been kept: then there is nothing left to do."""
        if not self.draft.renew(seen):
            self.leave.emit()
            return
        self.side.renew(seen)

    # ---------------------------------------------------------------------------------------------- the rows

    def _remove(self, one: Row) -> None:
        self.side.drop()
        self.draft.remove(one)
        self.name.setFocus()

    def _open(self, one: Row) -> None:
        scenario = self.draft.scenario
        if one.kind is Differs.END:
            self._show_end(one.key)
        elif one.kind is Differs.PREMIUM:
            self._show_premium(next(each for each in scenario.premiums if each.insured == one.key))
        elif one.kind is Differs.BILL:
            self._show_bill(one.key)
        elif one.kind is Differs.LIFE:
            self._show_life(scenario.life[int(one.key)])
        elif one.kind is Differs.EVENT:
            self._show_matter(self._matter(one))
        else:
            self._show_rule(RuleEditor(self.draft, self._look, scenario.rules[int(one.key)]))

    # --------------------------------------------------------------------------------------------- the forms

    def add_switch(self) -> None:
        editor = SwitchEditor(self.draft, self._look)
        self._show(SwitchForm(self._look, editor), editor.made)

    def add_end(self) -> None:
        self._show_end("")

    def _show_end(self, binding: str) -> None:
        editor = StopEditor(self.draft, self._look, binding)
        self._show(StopForm(self._look, editor), editor.made)

    def add_premium(self) -> None:
        self._show_premium(None)

    def _show_premium(self, premium: PlannedPremium | None) -> None:
        planned = plan_of(self.draft.seen.family).premiums
        editor = PremiumEditor(
            self.draft.seen, self._look, _judged(premium_faults, "paid_from", planned), premium
        )
        editor.removable = False
        if premium is None:
            editor.propose(self._plan_premiums())
        self._show(PremiumForm(self._look, editor), lambda: pay_premium(self.draft.scenario, editor.value))

    def _plan_premiums(self) -> tuple[PlannedPremium, ...]:
        """Those the scenario says nothing about yet, paid in cash, or else from the holder's account."""
        said = {one.insured for one in self.draft.scenario.premiums}
        plan, holder = plan_of(self.draft.seen.family), self.draft.seen.holder.id
        return tuple(
            replace(one, paid_from=holder if one.paid_from is None else None)
            for one in plan.premiums
            if one.insured not in said
        )

    def add_leave_out(self) -> None:
        editor = PickEditor(self.draft, self._look, self.tr("不再预计一笔"))
        says = self.tr("在这个方案里，选中的这一笔不会发生。")
        self._show(PickForm(self._look, editor, says), lambda: leave_out(self.draft.scenario, editor.value))

    def add_bill(self) -> None:
        """First which one, then its form."""
        editor = PickEditor(self.draft, self._look, self.tr("改一笔预计"), recurring=True)
        form = PickForm(self._look, editor, self.tr("先选是哪一笔，再改它的金额、次数或日子。"))
        form.made.connect(lambda _: self._show_bill(editor.value))
        self.side.open(form)

    def _show_bill(self, bill: str) -> None:
        origin = bill_in(self.draft.seen.family, self.draft.scenario, bill)
        planned = plan_of(self.draft.seen.family).recurring
        editor = BillEditor(
            self.draft.seen, self._look, _judged(recurring_faults, "total_fee", planned), origin
        )
        editor.removable = False
        form = BillForm(self._look, editor)
        self._show(form, lambda: bill_otherwise(self.draft.scenario, _bill(editor)))

    def add_life(self) -> None:
        self._show_life(None)

    def _show_life(self, event: LifeEvent | None) -> None:
        editor = LifeEditor(self.draft.seen, self._look, _judged(life_faults), event)
        editor.removable = False

        def made() -> Scenario:
            scenario = self.draft.scenario
            kept = tuple(one for one in scenario.life if one != event)
            return happen(replace(scenario, life=kept), editor.value)

        self._show(LifeForm(self._look, editor), made)

    def add_matter(self) -> None:
        self._show_matter(None)

    def _show_matter(self, origin: Matter | None) -> None:
        def make(family: Family, matter: Matter) -> Change | Refused:
            made = with_matter(family, self.draft.scenario, matter)
            return made if isinstance(made, Refused) else Change("", as_if(family, made[0]), made[1].id)

        def made() -> Scenario:
            outcome = with_matter(self.draft.seen.family, self.draft.scenario, editor.matter)
            assert not isinstance(outcome, Refused)
            return outcome[0]

        destiny = Destiny(make, lambda _: self.draft.scenario.events)
        editor = MatterEditor(self.draft.seen, self._look, destiny, origin=origin)
        self._show(MatterForm(self._look, editor), made)

    def add_rule(self) -> None:
        self._show_rule(RuleEditor(self.draft, self._look))

    def _show_rule(self, editor: RuleEditor) -> None:
        self._show(RuleForm(self._look, editor), editor.made)

    def _show(self, form: Form, made: Callable[[], Scenario]) -> None:
        """`made` gives the draft with what stands in the form, once it makes sense."""
        form.made.connect(lambda _: self._take(made()))
        self.side.open(form)

    def _take(self, scenario: Scenario) -> None:
        self.side.drop()
        self.draft.put(scenario)
        self.save_button.setFocus()

    # ------------------------------------------------------------------------------------------ the scenario

    def commit(self) -> None:
        self._pressed = True
        change = self.draft.commit()
        self._complain()
        if change is not None:
            self.change.emit(change)
        elif self._name.wrong.isVisibleTo(self):
            self.name.setFocus()

    def _escape(self) -> None:
        """The innermost first: the form, then the page."""
        if self.side.form is not None:
            self.side.leave()
        else:
            self.leave.emit()


def _judged(
    judge: Callable[[Family, Any], Iterable[Fault]], place: str = "", planned: Iterable[object] = ()
) -> Callable[[Family, Any], Change | Refused]:
    """For a value that goes into the draft: it is judged as one of the plan, and must differ from that."""

    def make(family: Family, value: object) -> Change | Refused:
        faults = [*judge(family, value)]
        if value in planned:
            faults.append(Fault(place, "与基准一样，方案不会有差别", "请改成别的，或取消"))
        return Refused(tuple(faults)) if faults else Change("", family)

    return make


def _bill(editor: BillEditor) -> Recurring:
    value = editor.value
    assert isinstance(value, Recurring)
    return value
