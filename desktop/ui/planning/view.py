"""规划页。The scenarios side by side, the fan of the one looked at, and why it falls short."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import QGraphicsOpacityEffect, QLineEdit, QMenu, QSlider, QWidget
from typing_extensions import override

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind
from desktop.ui.planning.assign_panel import AssignPanel
from desktop.ui.planning.chart import (
    INNER,
    NARROW_BAND,
    OUTER,
    WIDE_BAND,
    Curve,
    FanChart,
    Scene,
    band_name,
)
from desktop.ui.planning.legend import BandSwatch
from desktop.ui.planning.model import FUTURES, FUTURES_AT_A_GLANCE, MOST_SEED, YEARS
from desktop.ui.planning.new_rules import NewRulesPanel
from desktop.ui.planning.paper import on_paper
from desktop.ui.planning.plan_editor import PlanEditor
from desktop.ui.planning.scenario_editor import ScenarioEditor
from desktop.ui.planning.table import ScenarioTable
from desktop.ui.planning.why import CAUSE, DIFFERS, WhyRun
from desktop.ui.planning.words import brief, captions, month_words, name_of
from desktop.ui.progress import ProgressStrip
from desktop.ui.widgets.basic import Button, Fit, Words, column, row
from desktop.ui.widgets.fields import Choice, Combo
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.order import in_reading_order
from desktop.ui.widgets.panel import PageHead, Panel, Split

if TYPE_CHECKING:
    from desktop.ui.look.look import Look
    from desktop.ui.planning.model import PlanningModel
    from desktop.ui.planning.paper import OnPaper
    from desktop.usecases.review import Review

Editor = ScenarioEditor | PlanEditor | AssignPanel | NewRulesPanel
_ROOM_CHART = 140.0
_AT_A_GLANCE = 150  # milliseconds in which old numbers need not be grey
_GREY = 0.45
_MOST_ILLNESS, _STEP, _PAGE = 200, 5, 25


class PlanningPage(QWidget):
    """`act` comes with a command of the window, `change` with a `Change`, `go` with another page.

    `choose` takes the name of a scenario, or one of the page's own commands, each led by a plus sign.
    """

    go = Signal(str, str)
    act = Signal(str)
    change = Signal(object)

    def __init__(self, look: Look, model: PlanningModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self.editor: Editor | None = None
        model.setParent(self)
        model.change.connect(self.change)
        self._greying = QTimer(self)
        self._greying.setSingleShot(True)
        self._greying.setInterval(_AT_A_GLANCE)
        self._greying.timeout.connect(self._grey)
        self._lines = column(look, 4, parent=self)
        self._furnish_head()
        self._furnish_table()
        self._lower = Split(look, self._chart_panel(), self._why_panel(), shares=(2, 1))
        self._lines.addWidget(self._lower, 1)
        self._empty = self._empty_panel()
        self._lines.addWidget(self._empty, 1)
        self._keys()
        model.compared.connect(self._show_comparison)
        model.chosen.connect(self._show_column)
        model.drawn.connect(self._show_fan)
        model.working.connect(self._show_working)
        model.refused.connect(self._complain)
        self._show_kind()
        model.compare()

    def renew(self, seen: Review) -> None:
        self._model.renew(seen)
        self._show_kind()
        if self.editor is not None:
            self.editor.renew(seen)

    def choose(self, what: str) -> None:
        commands = {
            "+new": self.new_scenario,
            "+assign": self.open_assignment,
            "+plan": self.open_plan,
            "+rules": self.open_new_rules,
            "+duplicate": self._model.duplicate,
            "+next": self._model.next_column,
            "+again": self.draw_again,
        }
        commands.get(what, partial(self._model.choose_scenario, what))()

    def on_paper(self) -> OnPaper | None:
        return on_paper(self._model)

    # --------------------------------------------------------------------------------------------- furnishing

    def _furnish_head(self) -> None:
        look = self._look
        self.assignment = Button(look, self.tr("最佳绑定建议"), self.open_assignment)
        self.printed = Button(
            look, self.tr("打印对比"), partial(self.act.emit, "print_comparison"), icon=Icon.PRINT
        )
        self.new = Button(look, self.tr("新方案"), self.new_scenario, "primary", Icon.PLUS)
        self.head = PageHead(look, self.tr("规划"), " ", [self.assignment, self.printed, self.new])
        self.wrong = Words(look, "", Kind.TABLE, "bad", fit=Fit.WRAP)
        self.wrong.hide()
        self.strip = ProgressStrip(look)
        self._lines.take(self.head, self.wrong)

    def _furnish_table(self) -> None:
        look, model = self._look, self._model
        corner = QWidget()
        self.years = Combo(
            look,
            self.tr("往后看几年"),
            [Choice(str(years), self.tr("{years} 年").format(years=years)) for years in YEARS],
        )
        self.years.choose(str(model.years))
        self.years.chosen.connect(lambda key: model.choose_years(int(key)))
        ahead = Words(look, self.tr("往后看"), Kind.TABLE, "text_2")
        self.beside = Button(look, self.tr("选择并列的方案"), self._choose_beside, "link")
        upper = row(look, 2).take(ahead, self.years, None)
        column(look, 0, parent=corner).take(upper, self.beside)
        self.table = ScenarioTable(look, corner)
        self.table.chosen.connect(model.choose_column)
        self.table.asked.connect(self._ask)
        self.table.menu_asked.connect(self._open_menu)
        self.table.renamed.connect(model.rename)
        self.table.name_kept.connect(partial(self._complain, ""))
        self._lines.addLayout(column(look, 1).take(self.table, self.strip))

    def _chart_panel(self) -> Panel:
        look = self._look
        self.chart_panel = panel = Panel(look, self.tr("余额的可能范围"), gap=1)
        panel.room = _ROOM_CHART
        self.chart = FanChart(look)
        self.runs = Words(look, "", Kind.CAPTION, "text_2")
        self.seed = QLineEdit(str(self._model.seed))
        self.seed.setAccessibleName(self.tr("推演的种子，同一个种子画出同样的范围"))
        self.seed.setValidator(_Seeds(self._model, self.seed))
        self.seed.editingFinished.connect(self._seed_typed)
        panel.act(self.chart.twin)
        bands = [
            BandSwatch(look, OUTER, band_name(*WIDE_BAND)),
            BandSwatch(look, OUTER + INNER, band_name(*NARROW_BAND)),
            BandSwatch(look, None, self.tr("P50（中位）")),
        ]
        drawn = QWidget()
        row(look, 1.5, parent=drawn).take(self.runs, self.seed)
        panel.add(Flow(look, [*bands, drawn], 4))
        panel.add(self.chart, 1)
        self.plan = Button(look, self.tr("预计的账单和事件"), self.open_plan, "link")
        self.rules = Button(look, self.tr("明年 1 月 1 日的变化"), self.open_new_rules, "link")
        panel.add(Flow(look, [self._illness(), self.plan, self.rules], 5))
        self._fit()
        look.changed.connect(self._fit)
        return panel

    def _illness(self) -> QWidget:
        look, model = self._look, self._model
        self.illness = QSlider(Qt.Orientation.Horizontal)
        self.illness.setRange(0, _MOST_ILLNESS)
        self.illness.setSingleStep(_STEP)
        self.illness.setPageStep(_PAGE)
        self.illness.setAccessibleName(self.tr("计划外看病，按通常的百分之几推演"))
        self.illness.setValue(model.illness)
        self.illness.valueChanged.connect(self._illness_moved)
        self.illness.sliderReleased.connect(model.set_illness)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(600)
        self._settled.timeout.connect(model.set_illness)
        self.share = Words(look, "", Kind.CAPTION, "text_2")
        line = QWidget()
        caption = Words(look, self.tr("计划外看病"), Kind.TABLE, "text_2")
        row(look, 2, parent=line).take(caption, self.illness, self.share, None)
        self._say_illness()
        return line

    def _why_panel(self) -> Panel:
        self.why = WhyRun(self._look, self._model)
        return self.why

    def _empty_panel(self) -> Panel:
        panel = Panel(self._look)
        words = self.tr("还没有个人账户，推算不出以后的余额。先填上账户的期初余额。")
        holder = self._model.account
        panel.say_empty(words, self.tr("填期初余额"), lambda: self.go.emit("family", holder))
        return panel

    def _keys(self) -> None:
        """Esc is the editors' own."""
        why = QShortcut(QKeySequence(Qt.Key.Key_W), self, self._ask_chosen)
        why.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _fit(self) -> None:
        self.seed.setFixedWidth(self._look.unit(26))
        self.illness.setMinimumWidth(self._look.unit(40))

    # ------------------------------------------------------------------------------------------------ showing

    def _show_kind(self) -> None:
        """A page of numbers, what is missing for one, or what is edited."""
        able, editing = self._model.has_account, self.editor is not None
        self.head.setVisible(not editing)
        for one in (self.assignment, self.printed, self.new):
            one.setVisible(able)
        for part in (self.table, self._lower):
            part.setVisible(able and not editing)
        self._empty.setVisible(not able and not editing)
        self._say_context()

    def _say_context(self) -> None:
        model = self._model
        if not model.has_account:
            self.head.context.say("")
            return
        words = self.tr("基准与 {count} 个方案，未来 {years} 年（{first}至 {last}）")
        if not model.names:
            words = self.tr("只有基准，未来 {years} 年（{first}至 {last}）")
        first, last = month_words(model.first_month), month_words(model.until)
        self.head.context.say(
            words.format(count=len(model.beside), years=model.years, first=first, last=last)
        )

    def _show_comparison(self) -> None:
        model = self._model
        self._greying.stop()
        self._grey(False)
        self._say_context()
        if model.comparison is None:
            self._grey()
            return
        self.table.show_columns(
            model.words.columns(model.comparison, model.years), captions(model.years), model.column
        )
        self.beside.setVisible(bool(model.names))
        aside = len(model.aside)
        more = self.tr("另有 {aside} 个没有并列").format(aside=aside)
        self.beside.say(more if aside else self.tr("选择并列的方案"))
        if not self.illness.isSliderDown():
            self.illness.blockSignals(True)
            self.illness.setValue(model.illness)
            self.illness.blockSignals(False)
            self._say_illness()
        self._show_column()
        in_reading_order(self)

    def _show_column(self) -> None:
        self.table.choose(self._model.column)
        title = self.tr("余额的可能范围（{name}）")
        self.chart_panel.title.say(title.format(name=brief(self._model.column_name())))
        self._show_fan()

    def _show_fan(self) -> None:
        """The bands belong to one column: those of another are not shown beside its line."""
        model = self._model
        comparison, fan = model.comparison, model.fan
        if comparison is None:
            return
        months = tuple(one.month for one in comparison.baseline.outlook.months)
        curves = tuple(
            Curve(name_of(run), tuple(one.balance for one in run.outlook.months), run.runs_out)
            for run in comparison.runs
        )
        fits = fan is not None and fan.months == months
        self.chart.show_scene(
            Scene(
                today=model.family.as_of,
                start=model.balance,
                months=months,
                curves=curves,
                chosen=min(model.column, len(curves) - 1),
                bands=fan.bands if fan is not None and fits else {},
                pale=model.fan_stale,
                lasts=self.tr("{years} 年内无不足").format(years=model.years),
                short=self.tr("{year}年{month}月 起不足"),
                sentence=self._sentence(),
            )
        )
        self._say_runs()

    def _sentence(self) -> str:
        model = self._model
        said = [self.tr("余额的可能范围：今天 {money:,} 元").format(money=model.balance)]
        for run in model.comparison.runs if model.comparison is not None else ():
            month = month_words(run.runs_out) if run.runs_out else self.tr("没有")
            said.append(self.tr("{name}首次不足{month}").format(name=name_of(run), month=month))
        return "，".join(said) + self.tr("。左右键逐月读数。")

    def _say_runs(self) -> None:
        fan = self._model.fan
        futures = fan.futures if fan is not None else FUTURES
        self.runs.say(self.tr("推演 {futures:,} 次，种子").format(futures=futures))
        if fan is not None and fan.wanted > FUTURES_AT_A_GLANCE:
            self.strip.advance(fan.futures / fan.wanted)

    def _show_working(self, busy: bool) -> None:
        if not busy:
            self.strip.end()
            self._greying.stop()
            return
        if self._model.stale:
            self._greying.start()
        self.strip.begin(self.tr("正在推演，旧的数先留着"), self._model.cancel)

    def _grey(self, grey: bool = True) -> None:
        for one in (self.table, self._lower):
            if not grey:
                one.setGraphicsEffect(None)  # type: ignore[arg-type]
            elif one.graphicsEffect() is None:
                effect = QGraphicsOpacityEffect(one)
                effect.setOpacity(_GREY)
                one.setGraphicsEffect(effect)

    def _complain(self, sentence: str) -> None:
        self.wrong.say(sentence)
        self.wrong.setVisible(bool(sentence))

    def _say_illness(self) -> None:
        value = self.illness.value()
        words = self.tr("通常的 {value}%") if value else self.tr("没有计划外的病")
        self.share.say(words.format(value=value))

    # ------------------------------------------------------------------------------------------------- doing

    def _illness_moved(self, value: int) -> None:
        self._say_illness()
        self._model.try_illness(value)
        if not self.illness.isSliderDown():  # by the keys: kept once they rest
            self._settled.start()

    def _seed_typed(self) -> None:
        self._model.choose_seed(int(self.seed.text()))

    def _ask(self, place: int) -> None:
        """The baseline is asked why it falls short, a scenario where it differs."""
        self._model.choose_column(place)
        self.why.turn_to(DIFFERS if place else CAUSE)

    def _ask_chosen(self) -> None:
        self._ask(self._model.column)

    def draw_again(self) -> None:
        self._model.compare()

    def _open_menu(self, place: int, where: QPoint) -> None:
        self._model.choose_column(place)
        self.menu_of(place).popup(where)

    def menu_of(self, place: int) -> QMenu:
        """What can be done with a column."""
        model, menu = self._model, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if place:
            menu.addAction(self.tr("编辑"), self.edit_scenario)
            menu.addAction(self.tr("复制\tCtrl+D"), model.duplicate)
            menu.addAction(self.tr("改名"), self.table.rename)
        else:
            menu.addAction(self.tr("预计的账单和事件"), self.open_plan)
        menu.addAction(self.tr("留存"), model.take_snapshot)
        if place:
            menu.addSeparator()
            menu.addAction(self.tr("删除"), model.remove)
        return menu

    def _choose_beside(self) -> None:
        self.beside_menu().popup(self.beside.mapToGlobal(QPoint(0, self.beside.height())))

    def beside_menu(self) -> QMenu:
        """The family's scenarios, those that stand side by side ticked."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self._model.names:
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(name in self._model.beside)
            action.toggled.connect(lambda on, name=name: self._model.stand(name, beside=on))
        return menu

    # ------------------------------------------------------------------------------------------- the editors

    def new_scenario(self) -> None:
        self._open(ScenarioEditor(self._look, self._model.review, None))

    def edit_scenario(self) -> None:
        name = self._model.scenario
        scenario = next((one for one in self._model.family.scenarios if one.name == name), None)
        self._open(ScenarioEditor(self._look, self._model.review, scenario))

    def open_plan(self) -> None:
        self._open(PlanEditor(self._look, self._model.review))

    def open_assignment(self) -> None:
        panel = AssignPanel(self._look, self._model.review, self._model.until)
        panel.go.connect(self.go)
        self._open(panel)

    def open_new_rules(self) -> None:
        panel = NewRulesPanel(self._look, self._model.review)
        panel.go.connect(self.go)
        self._open(panel)

    def _open(self, editor: Editor) -> None:
        """In place of the whole page, until it is left."""
        self.leave_editor()
        self.editor = editor
        editor.change.connect(self.change)
        editor.leave.connect(self.leave_editor)
        self._show_kind()
        self._lines.addWidget(editor, 1)
        in_reading_order(self)
        editor.setFocus()

    def leave_editor(self) -> None:
        if self.editor is None:
            return
        left, self.editor = self.editor, None
        self._lines.removeWidget(left)
        left.hide()
        left.deleteLater()
        self._show_kind()
        self.new.setFocus()


class _Seeds(QIntValidator):
    """What may be typed as a seed; left empty, it is the one before."""

    def __init__(self, model: PlanningModel, field: QLineEdit) -> None:
        super().__init__(0, MOST_SEED, field)
        self._model = model

    @override
    def fixup(self, _: str) -> str:
        return str(self._model.seed)
