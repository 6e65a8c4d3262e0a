"""部件测试。What each widget shows, tells and answers to the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QWidget

from desktop.domain.money import Money
from desktop.ui.look.money import MASK
from desktop.ui.look.tokens import Kind, Source, Theme, Verdict
from desktop.ui.widgets.basic import Button, Fit, Words, column
from desktop.ui.widgets.brush import BrushStrip, Span, month_later
from desktop.ui.widgets.calendar import Calendar
from desktop.ui.widgets.chart import (
    Balance,
    BalanceChart,
    Course,
    Mark,
    MarkKind,
    free_place,
    nice_step,
    stairs,
)
from desktop.ui.widgets.fields import Check, Choice, Combo, DateField, MoneyField, Segmented, typed_money
from desktop.ui.widgets.figures import BigNumber, Figure, FigureStrip, PairLine, SlotMeter, Slots, slots_cell
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.forms import Asked, DayLine
from desktop.ui.widgets.graph import (
    Edge,
    FamilyGraph,
    FamilyTree,
    Node,
    NodeState,
    arrange,
)
from desktop.ui.widgets.panel import PageHead, Panel, Split, WhyPanel
from desktop.ui.widgets.sources import Bar, BarList, Bill, Fall, SourceLegend, Waterfall
from desktop.ui.widgets.tables import Grid, GridModel, Table
from desktop.ui.widgets.trace import Step, TraceList
from desktop.ui.widgets.verdicts import (
    FindingLine,
    FindingRow,
    Fix,
    Notice,
    TodoRow,
    VerdictChip,
    VerdictIcon,
    VerdictTabs,
    verdict_word,
)

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look

yuan = Money.yuan
Show = Callable[..., QWidget]
BILL = Bill(
    yuan("1060.00"),
    (
        Fall(Source.FUND, "(1,000 - 300) × 60%", yuan("420.00")),
        Fall(Source.OWN, "配偶自己的账户", yuan("150.00")),
        Fall(Source.SHARE, "支付人：本人", yuan("430.00")),
        Fall(Source.CASH, "全自费部分", yuan("60.00")),
    ),
)
NODES = (
    Node("me", "本人", "周远", 2, NodeState.PAYER, "42岁", "共济人", yuan("8426.35")),
    Node("gm", "祖母", "周老太", 0, NodeState.BOUND, "86岁", "已绑定"),
    Node("fa", "父亲", "周大山", 1, NodeState.BOUND, "71岁", "已绑定"),
    Node("mo", "母亲", "刘兰", 1, NodeState.CONFLICT, "68岁", "两位共济人"),
    Node("br", "哥哥", "周近", 1, NodeState.OTHER_PAYER, "另一位共济人", "2026-10-08 起", beside="mo"),
    Node("sp", "配偶", "陈安", 2, NodeState.OWN_FIRST, "40岁", "先用自己的账户"),
    Node("so", "儿子", "周小小", 3, NodeState.BOUND, "2岁", "已绑定"),
    Node("il", "岳父", "陈大", 1, NodeState.REFUSED, "配偶的父亲", "不在 8 类近亲属之内"),
    Node("gf", "祖父", "周老", 0, NodeState.ENDED, "已去世", "2024-12-20 至 2025-03-02"),
)
TREE = FamilyTree(
    NODES,
    (
        Edge("gm", yuan("584.40")),
        Edge("fa", yuan("819.80")),
        Edge("mo", yuan("2900.00"), conflict=True),
        Edge("sp", Money(0)),
        Edge("so", yuan("454.00")),
    ),
    sentence="本人今年为家人支付 4,758.20 元。",
    tag="只留一",
)
COURSE = Course(
    (Balance(date(2026, 1, 1), yuan("12612.55")), Balance(date(2026, 11, 21), yuan("8426.35"))),
    (
        Balance(date(2027, 5, 31), yuan("4072.35")),
        Balance(date(2028, 5, 31), Money(0)),
        Balance(date(2028, 12, 31), yuan("190.00")),
    ),
    date(2026, 11, 21),
    (
        Mark(MarkKind.EVENT, date(2026, 1, 1), yuan("12612.55"), "年初"),
        Mark(MarkKind.LOW, date(2027, 5, 31), yuan("4072.35"), "12 个月内最低 4,072.35"),
        Mark(MarkKind.SHORTFALL, date(2028, 5, 31), Money(0), "2028年5月 首次不足", "缺 115.65"),
    ),
    "余额 8,426.35 元。",
)
FINDING = FindingLine(
    "f1",
    Verdict.BAD,
    "岳父不在可绑定的亲属范围",
    "配偶的父母不属于近亲属。",
    "绑定 2026-11-02",
    "国办发〔2024〕38号",
    (Fix("spouse", "改由配偶绑定"),),
)


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """Shows a widget and waits for it."""

    def show(widget: QWidget, width: int = 800, height: int = 600) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)
        return widget

    return show


def everything(look: Look) -> list[QWidget]:
    panel = Panel(look, "余额走势", "实线：已记账")
    panel.add(Words(look, "**粗**细", fit=Fit.WRAP, accent="cash"))
    strip = FigureStrip(
        look,
        [Figure("余额", yuan("8426.35"), big=True), Figure("还可支撑", None, note="缺 **115.65**")],
        slots_cell(look, "名额", [SlotMeter(look, Slots("当前绑定", 7, 10, "还可再绑 3 人"))]),
    )
    table = Table(look, GridModel(look, Grid(("日期", "余额"), (("2026-11-21", yuan("1.00")),))), "表")
    table.model().setParent(table)
    return [
        panel,
        strip,
        table,
        PageHead(look, "概览", "截至今天", [Button(look, "结算一笔", int, "primary")]),
        Split(look, Panel(look, "左"), Panel(look, "右")),
        WhyPanel(look),
        SourceLegend(look),
        Waterfall(look, BILL),
        BarList(look, [Bar("母亲", yuan("2900.00"), Source.SHARE), Bar("配偶", Money(0), Source.SHARE)]),
        TraceList(
            look, [Step("起付线 300.00", "300.00 - 0.00", "已付 0", "职工门诊", "来源", "k", Source.FUND)]
        ),
        VerdictIcon(look, Verdict.INFO),
        VerdictChip(look, Verdict.WARN),
        FindingRow(look, FINDING),
        TodoRow(look, FINDING),
        VerdictTabs(look),
        Notice(look, Verdict.BAD, "不可以：两位共济人", "只能留一位。"),
        MoneyField(look, "医疗费总额", yuan("1060.00")),
        DateField(look, "结算日期", date(2026, 11, 21)),
        Combo(look, "医院等级", [Choice("3", "三级")]),
        Segmented(look, "类别", [Choice("a", "门诊"), Choice("b", "住院")]),
        Check(look, "只看有问题的"),
        FamilyGraph(look, TREE),
        BalanceChart(look, COURSE),
        BrushStrip(look, Span(COURSE.history, date(2026, 1, 1), date(2026, 12, 31))),
    ]


def test_that_every_widget_paints_in_every_theme_at_every_size_and_in_privacy(
    look: Look, qtbot: QtBot
) -> None:
    widgets = everything(look)
    for widget in widgets:
        qtbot.addWidget(widget)
        widget.resize(700, 400)
    for theme in Theme:
        for scale, hidden in ((1.0, False), (2.0, True)):
            look.wear(theme=theme, scale=scale, hidden=hidden)
            for widget in widgets:
                assert not widget.grab().isNull()


def test_that_no_sum_can_be_heard_in_privacy(look: Look, qtbot: QtBot) -> None:
    look.wear(hidden=True)
    for widget in everything(look):
        qtbot.addWidget(widget)
        for part in (widget, *widget.findChildren(QWidget)):
            heard = part.accessibleName() + part.accessibleDescription() + part.toolTip()
            assert look.money.sentence(heard) == heard


# ----------------------------------------------------------------------------------------------- words


def test_that_words_too_long_for_their_room_are_whole_in_the_tool_tip(look: Look, shown: Show) -> None:
    words = Words(look, "很长很长很长的一句话，放不下", fit=Fit.ELIDE)
    shown(words, 60, 30)
    words.resize(60, 22)
    assert words.toolTip() == "很长很长很长的一句话，放不下"
    words.resize(600, 22)
    assert words.toolTip() == ""


def test_that_rows_grow_with_the_text(look: Look, qtbot: QtBot) -> None:
    panel = Panel(look, "标题")
    qtbot.addWidget(panel)
    layout = column(look, 2, (1, 1, 1, 1))
    panel.body.addLayout(layout)
    look.wear(scale=2.0)
    assert layout.spacing() == 16
    assert layout.contentsMargins().left() == 8


# -------------------------------------------------------------------------------------------- figures


@pytest.mark.parametrize(("used", "tone"), [(7, "primary"), (8, "warn"), (10, "bad")])
def test_that_a_meter_warns_from_four_fifths_and_is_red_when_full(
    look: Look, qtbot: QtBot, used: int, tone: str
) -> None:
    meter = SlotMeter(look, Slots("当前绑定", used, 10))
    qtbot.addWidget(meter)
    assert meter.tone == tone
    assert str(used) in meter.accessibleName()


def test_that_a_figure_that_cannot_be_computed_is_a_dash(look: Look, qtbot: QtBot) -> None:
    number = BigNumber(look, Figure("还可支撑", None, "个月"))
    qtbot.addWidget(number)
    assert number.accessibleName() == "还可支撑 \u2013 个月"


def test_that_a_pair_hides_its_money(look: Look, qtbot: QtBot) -> None:
    pair = PairLine(look, "配偶的账户", yuan("150.00"))
    qtbot.addWidget(pair)
    look.wear(hidden=True)
    assert [w.text() for w in pair.findChildren(Words)] == ["配偶的账户", "••••"]


# -------------------------------------------------------------------------------------------- sources


def test_that_a_waterfall_finds_the_missing_fen(look: Look, qtbot: QtBot) -> None:
    waterfall = Waterfall(look, BILL)
    qtbot.addWidget(waterfall)
    assert not waterfall.difference
    waterfall.show_bill(Bill(yuan("1060.01"), BILL.falls))
    assert waterfall.difference == Money(1)
    waterfall.grab()


def test_that_a_waterfall_keeps_room_for_long_numbers(look: Look, shown: Show) -> None:
    much = Bill(yuan("987654321.00"), tuple(Fall(source, "", yuan("246913580.25")) for source in Source))
    fall = Waterfall(look, much)
    shown(fall, 400)
    need = QFontMetricsF(look.font(Kind.HEADING)).horizontalAdvance("987,654,321.00")
    assert fall.sums_room > need
    assert fall.tall_check
    before = fall.height()
    fall.show_bill(BILL)
    assert not fall.tall_check
    assert fall.height() < before


def test_that_the_tab_key_stops_at_what_is_chosen_of_a_few(look: Look, shown: Show, qtbot: QtBot) -> None:
    page, before = QWidget(), QLineEdit()
    few = Segmented(look, "性别", [Choice("f", "女"), Choice("m", "男"), Choice("", "不填")])
    few.choose("")
    lines = column(look, parent=page)
    lines.addWidget(before)
    lines.addWidget(few)
    shown(page, 400)
    page.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    QTest.keyClick(page, Qt.Key.Key_Tab)
    focused = page.focusWidget()
    assert isinstance(focused, QToolButton)
    assert focused.text() == "不填"
    QTest.keyClick(focused, Qt.Key.Key_Left)
    assert few.key() == "m"


@pytest.mark.parametrize("role", ["normal", "primary", "small", "link"])
def test_that_enter_presses_a_button(look: Look, shown: Show, role: str) -> None:
    pressed: list[str] = []
    button = Button(look, "看依据", lambda: pressed.append(role), role)
    shown(button, 200)
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == [role]


def test_that_meters_and_their_switch_never_collide(look: Look, shown: Show) -> None:
    meters = [SlotMeter(look, Slots("累计不同的人", 9, 20, "解绑不退还名额")) for _ in range(2)]
    switch = Segmented(look, "显示方式", [Choice("graph", "关系图"), Choice("table", "列表")])
    flow = Flow(look, [*meters, switch], 5, growing=meters)
    shown(flow, 400)
    areas = [one.geometry() for one in (*meters, switch)]
    assert not any(a.intersects(b) for a, b in combinations(areas, 2))
    assert all(one.width() >= one.minimumWidth() for one in meters)


def test_that_captions_stay_in_one_line_when_one_field_is_complained_of(look: Look, shown: Show) -> None:
    since, until = (Asked(look, caption, DayLine(look, caption)) for caption in ("从哪天起", "到哪天止"))
    flow = Flow(look, [since, until], 3, ragged=True)
    shown(flow, 600)
    since.complain("请填日历上有的一天。")
    QApplication.processEvents()
    assert since.height() > until.height()
    assert since.y() == until.y()


def test_that_a_finding_grows_with_its_title_and_its_links_wrap(look: Look, shown: Show) -> None:
    title = "母亲已有共济人，哥哥后来的绑定不能生效"
    links = "绑定 2026-10-08 母亲", "长沙医疗共济可以交居民医保吗"
    finding = FindingLine("a", Verdict.BAD, title, "同一时间只接受一位共济人", *links)
    page = QWidget()
    one = FindingRow(look, finding)
    lines = column(look, parent=page)
    lines.addWidget(one)
    lines.addStretch(1)
    shown(page, 438)
    for label in one.findChildren(Words):
        assert label.height() >= label.heightForWidth(label.width())
    for link in one.findChildren(Button):
        assert link.width() >= link.sizeHint().width()


def test_that_a_waterfall_without_a_bill_says_so(look: Look, qtbot: QtBot) -> None:
    waterfall = Waterfall(look)
    qtbot.addWidget(waterfall)
    waterfall.grab()
    assert waterfall.accessibleName() == "还没有可以显示的结算。"


# ------------------------------------------------------------------------------------------- verdicts


def test_that_a_verdict_is_always_a_word() -> None:
    assert [verdict_word(verdict) for verdict in Verdict] == ["不可以", "需注意", "待确认", "可以"]


def test_that_enter_chooses_a_finding_and_its_buttons_tell_their_fix(look: Look, qtbot: QtBot) -> None:
    finding = FindingRow(look, FINDING)
    qtbot.addWidget(finding)
    with qtbot.waitSignal(finding.chosen) as chosen:
        QTest.keyClick(finding, Qt.Key.Key_Return)
    assert chosen.args == ["f1"]
    fix = next(b for b in finding.findChildren(Button) if b.text() == "改由配偶绑定")
    with qtbot.waitSignal(finding.fix_asked) as asked:
        fix.click()
    assert asked.args == ["f1", "spouse"]
    clause = next(b for b in finding.findChildren(Button) if "国办发" in b.text())
    with qtbot.waitSignal(finding.clause_asked):
        clause.click()


def test_that_tabs_count_and_tell_which_was_chosen(look: Look, qtbot: QtBot) -> None:
    tabs = VerdictTabs(look)
    qtbot.addWidget(tabs)
    tabs.show_counts({Verdict.BAD: 3, Verdict.OK: 26}, whole=3)
    buttons = tabs.findChildren(QToolButton)
    assert [b.text() for b in buttons] == ["全部 3", "不可以 3", "需注意 0", "待确认 0", "可以 26"]
    with qtbot.waitSignal(tabs.chosen) as chosen:
        buttons[1].click()
    assert chosen.args == ["bad"]


def test_that_a_step_tells_which_clause_was_asked(look: Look, qtbot: QtBot) -> None:
    steps = TraceList(look, [Step("起付线 300.00", clause="职工门诊统筹", key="deductible")])
    qtbot.addWidget(steps)
    with qtbot.waitSignal(steps.clause_asked) as asked:
        steps.findChildren(Button)[0].click()
    assert asked.args == ["deductible"]


# --------------------------------------------------------------------------------------------- fields


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1060", 106000),
        ("1,060.00", 106000),
        ("1060.5", 106050),
        (" 1060 元", 106000),
        ("１０６０．５０", 106050),  # noqa: RUF001
        ("0", 0),
        ("12.345", None),
        ("-5", None),
        ("1,06", None),
        ("nan", None),
        ("一百", None),
        ("", None),
        ("9999999999", None),
    ],
)
def test_that_typed_money_is_understood_or_refused(typed: str, fen: int | None) -> None:
    assert typed_money(typed) == (None if fen is None else Money(fen))


def test_that_nonsense_gets_a_sentence_below_its_field_and_no_window(
    look: Look, shown: Show, qtbot: QtBot
) -> None:
    field = MoneyField(look, "医疗费总额")
    shown(field)
    with qtbot.waitSignal(field.changed) as changed:
        QTest.keyClicks(field.line, "a")
    assert changed.args == [None]
    assert field.wrong.isVisible()
    assert "1060" in field.line.accessibleDescription()
    field.line.clear()
    QTest.keyClicks(field.line, "1060")
    assert not field.wrong.isVisible()
    assert field.money() == yuan("1060.00")
    field.line.editingFinished.emit()
    assert field.line.text() == "1,060.00"


def test_that_a_choice_stays_when_the_list_is_renewed(look: Look, qtbot: QtBot) -> None:
    combo = Combo(look, "使用人", [Choice("a", "本人"), Choice("b", "配偶")])
    qtbot.addWidget(combo)
    combo.choose("b")
    combo.offer([Choice("c", "母亲"), Choice("b", "配偶")])
    assert combo.key() == "b"
    combo.offer([Choice("c", "母亲")])
    assert combo.key() == "c"


def test_that_one_of_a_few_tells_its_key(look: Look, qtbot: QtBot) -> None:
    few = Segmented(look, "类别", [Choice("out", "门诊"), Choice("in", "住院")])
    qtbot.addWidget(few)
    assert few.key() == "out"
    with qtbot.waitSignal(few.chosen) as chosen:
        few.choose("in")
    assert chosen.args == ["in"]


def test_that_a_day_comes_back_as_a_date(look: Look, qtbot: QtBot) -> None:
    field = DateField(look, "结算日期", date(2026, 11, 21))
    qtbot.addWidget(field)
    assert field.text() == "2026-11-21"
    with qtbot.waitSignal(field.chosen) as chosen:
        field.put(date(2026, 2, 28))
    assert chosen.args == [date(2026, 2, 28)]


def test_that_esc_closes_the_calendar_and_not_what_stands_behind(
    look: Look, shown: Show, qtbot: QtBot
) -> None:
    page = QWidget()
    field, closed = DateField(look, "结算日期", date(2026, 11, 21)), []
    column(look, parent=page).addWidget(field)
    escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), page, lambda: closed.append(True))
    escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shown(page)
    spot = QPoint(field.width() - 8, field.height() // 2)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    assert not closed


def test_that_the_calendar_has_the_colours_of_the_look_at_weekends(look: Look, qtbot: QtBot) -> None:
    calendar = Calendar(look)
    qtbot.addWidget(calendar)
    look.wear(theme=Theme.DARK)
    for day in (Qt.DayOfWeek.Wednesday, Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        assert calendar.weekdayTextFormat(day).foreground().color() == look.colour("text")
    assert calendar.minimumWidth() >= 7 * look.unit(11)


def test_that_privacy_shows_every_sum_equally_long_and_the_example_whole(look: Look, qtbot: QtBot) -> None:
    field = MoneyField(look, "医疗费总额", yuan("1060.00"))
    qtbot.addWidget(field)
    look.wear(hidden=True)
    assert not field.line.displayText()
    assert field.line.masked == MASK
    field.line.setText("x")
    field.complain(field.trouble())
    assert "1060 或 1,060.00" in field.wrong.text()
    field.complain("合计 1,060.00")
    assert "1,060.00" not in field.wrong.text() + field.line.accessibleDescription()


def test_that_too_many_digits_are_too_much_money(look: Look, qtbot: QtBot) -> None:
    field = MoneyField(look, "医疗费总额")
    qtbot.addWidget(field)
    field.line.setText("9999999999")
    assert "金额太大" in field.trouble()


# ---------------------------------------------------------------------------------------------- graph


def test_that_the_payer_stands_in_the_middle_and_generations_in_rows() -> None:
    places = arrange(NODES)
    assert places["me"].column == 1
    assert places["gm"].row < places["fa"].row < places["me"].row < places["so"].row < places["il"].row
    assert places["br"].row == places["mo"].row
    assert places["br"].column == places["mo"].column + 1


@pytest.mark.parametrize("generation", range(5))
@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
def test_that_no_two_people_share_a_place(generation: int, count: int) -> None:
    many = (
        NODES[0],
        *(Node(str(n), "亲属", "周", generation, NodeState.BOUND) for n in range(count)),
        Node("x", "亲属", "周", generation, NodeState.CONFLICT),
        Node("y", "哥哥", "周", 2, NodeState.OTHER_PAYER, beside="x"),
    )
    places = arrange(many)
    assert len({(p.row, p.column) for p in places.values()}) == len(many)


def test_that_cards_do_not_cover_each_other(look: Look, shown: Show) -> None:
    graph = FamilyGraph(look, TREE)
    shown(graph, 800, 800)
    areas = [graph.card_area(node.id) for node in NODES]
    assert not any(a.intersects(b) for i, a in enumerate(areas) for b in areas[i + 1 :])


def test_that_arrow_keys_walk_the_family(look: Look, shown: Show, qtbot: QtBot) -> None:
    graph = FamilyGraph(look, TREE)
    shown(graph, 800, 800)
    walked: list[str] = []
    graph.selected.connect(walked.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        QTest.keyClick(graph, key)
    assert walked == ["me", "mo", "br", "mo", "fa"]
    assert "父亲 周**" in graph.accessibleDescription()


def test_that_a_press_selects_a_person(look: Look, shown: Show, qtbot: QtBot) -> None:
    graph = FamilyGraph(look, TREE)
    shown(graph, 800, 900)
    spot = graph.mapFromScene(graph.card_area("gm").center())
    with qtbot.waitSignal(graph.selected) as selected:
        QTest.mouseClick(graph.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert selected.args == ["gm"]


# ---------------------------------------------------------------------------------------------- chart


def test_that_the_past_goes_in_steps() -> None:
    assert stairs(COURSE.history)[1] == [12612.55, 12612.55, 8426.35]


@pytest.mark.parametrize(("span", "step"), [(14000, 2000), (900, 200), (100, 20), (1, 1)])
def test_that_grid_lines_are_round(span: float, step: float) -> None:
    assert nice_step(span) == step


def test_that_labels_never_cover_each_other() -> None:
    room = QRectF(0, 0, 400, 300)
    taken: list[QRectF] = []
    for left in range(20, 400, 40):
        label = free_place(QRectF(0, 0, 110, 20), QPointF(left, 150), room, taken)
        assert room.contains(label)
        assert not any(label.intersects(other) for other in taken)
        taken.append(label)


def test_that_arrow_keys_read_the_chart_point_by_point(look: Look, shown: Show, qtbot: QtBot) -> None:
    chart = BalanceChart(look, COURSE)
    shown(chart)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.read == COURSE.history[-1]
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.read == COURSE.projection[0]
    assert chart.accessibleDescription() == "2027-05-31，4,072.35"
    chart.grab()
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.read is None


def test_that_the_chart_has_a_twin_with_the_same_numbers(
    look: Look, shown: Show, qtmodeltester: ModelTester
) -> None:
    chart = BalanceChart(look, COURSE)
    shown(chart)
    chart.twin.click()
    assert chart.currentWidget() is chart.table
    model = chart.table.model()
    assert model.rowCount() == 5
    assert model.index(2, 2).data() == "4,072.35"
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    chart.twin.close()


def test_that_an_empty_chart_is_calm(look: Look, shown: Show) -> None:
    chart = BalanceChart(look)
    shown(chart)
    chart.grab()


# ---------------------------------------------------------------------------------------------- brush


def strip(look: Look) -> BrushStrip:
    return BrushStrip(look, Span(COURSE.history, date(2026, 1, 1), date(2026, 12, 31)))


def test_that_keys_move_the_handle_in_hand_by_a_day_and_with_shift_by_a_month(
    look: Look, shown: Show, qtbot: QtBot
) -> None:
    brush = strip(look)
    shown(brush, 800, 60)
    QTest.keyClick(brush, Qt.Key.Key_Right)
    QTest.keyClick(brush, Qt.Key.Key_Down)
    QTest.keyClick(brush, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert brush.range == (date(2026, 1, 2), date(2026, 11, 30))


def test_that_handles_do_not_pass_each_other(look: Look, shown: Show, qtbot: QtBot) -> None:
    brush = strip(look)
    shown(brush, 800, 60)
    brush.put(date(2026, 6, 1), date(2026, 6, 2))
    for _ in range(3):
        QTest.keyClick(brush, Qt.Key.Key_Right)
    assert brush.range == (date(2026, 6, 2), date(2026, 6, 2))


def test_that_a_drag_chooses_days(look: Look, shown: Show, qtbot: QtBot) -> None:
    brush = strip(look)
    shown(brush, 800, 60)
    with qtbot.waitSignal(brush.range_changed) as changed:
        QTest.mouseClick(brush, Qt.MouseButton.LeftButton, pos=brush.rect().center())
    assert changed.args is not None
    assert changed.args[0] > date(2026, 1, 1) or changed.args[1] < date(2026, 12, 31)


def test_that_a_month_later_is_never_no_day() -> None:
    assert month_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert month_later(date(2026, 1, 31), -1) == date(2025, 12, 31)


# --------------------------------------------------------------------------------------------- tables


def test_that_the_model_of_a_grid_is_sound(look: Look, qtmodeltester: ModelTester) -> None:
    model = GridModel(look, Grid(("日期", "余额"), (("2026-11-21", yuan("1.00")), ("2026-11-22", None))))
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    assert model.index(1, 1).data() == "\u2013"
    look.wear(hidden=True)
    assert model.index(0, 1).data() == "••••"


# --------------------------------------------------------------------------------------------- panels


def test_that_escape_closes_the_why_panel(look: Look, shown: Show, qtbot: QtBot) -> None:
    why = WhyPanel(look)
    shown(why)
    with qtbot.waitSignal(why.closed):
        QTest.keyClick(why, Qt.Key.Key_Escape)
    assert not why.isVisible()


def test_that_side_panels_go_below_at_large_text(look: Look, shown: Show, qtbot: QtBot) -> None:
    left, right = Panel(look, "左"), Panel(look, "右")
    split = Split(look, left, right)
    shown(split, 1100, 600)
    qtbot.waitUntil(lambda: left.y() == right.y())
    assert left.y() == right.y()
    look.wear(scale=2.0)
    qtbot.waitUntil(lambda: right.y() > left.y())
    assert right.y() > left.y()


def test_that_an_empty_panel_says_one_sentence_and_offers_one_button(look: Look, qtbot: QtBot) -> None:
    pressed = []
    panel = Panel(look, "流水")
    qtbot.addWidget(panel)
    panel.say_empty("还没有一笔。", "打开示例", lambda: pressed.append(1))
    panel.findChildren(Button)[0].click()
    assert pressed == [1]
