"""规划页测试。The three samples side by side with their scenarios, the fan, and why a column falls short."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from desktop.domain.care import Setting
from desktop.domain.money import Money
from desktop.domain.trouble import Fault, InputRefused
from desktop.planning.fan import PERCENTILES, Driver, Fan, Source
from desktop.ui.planning import model
from desktop.ui.planning.chart import Curve, FanChart, Scene
from desktop.ui.planning.differing import DifferenceTable, sums
from desktop.ui.planning.model import FUTURES, PlanningModel
from desktop.ui.planning.scenario_editor import ScenarioEditor
from desktop.ui.planning.turns import Turns
from desktop.ui.planning.view import PlanningPage
from desktop.ui.planning.why import CAUSE, DIFFERS, KEPT
from desktop.ui.planning.words import change_words, later_words
from desktop.ui.widgets.brush import month_later
from desktop.ui.widgets.lines import LineTable
from desktop.usecases.compare import Delta, delta
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, resident, shipped, worker, yuan
from tests.ui.conftest import WIDTHS
from tests.ui.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from desktop.domain.family import Family
    from desktop.ui.look.look import Look
    from desktop.ui.planning.model import Drawing
    from desktop.usecases.changes import Change
    from tests.ui.conftest import FitsWidth

    Opened = Callable[..., PlanningPage]

DAY = date(2026, 11, 21)
PATIENCE = 20_000
SAMPLES = ("sandwich-family", "young-couple", "retiree")


def sample(name: str = "sandwich-family") -> Family:
    return open_family(RESOURCES / "samples" / f"{name}.json", DAY)


class Drawer:
    """Draws flat fans in four blocks, and takes down what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int, int]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.blocks = 4

    def draw(self, drawing: Drawing, stop: threading.Event) -> Iterator[Fan]:
        asked = drawing.asked
        self.asked.append((asked.scenario, asked.seed, drawing.futures))
        for block in range(1, self.blocks + 1):
            self.gate.wait(PATIENCE / 1000)
            if stop.is_set():
                return
            yield fan(drawing, drawing.futures * block // self.blocks)


def fan(drawing: Drawing, futures: int) -> Fan:
    months = [month_later(drawing.review.family.as_of.replace(day=1), 1)]
    while month_later(months[-1], 1) <= drawing.until:
        months.append(month_later(months[-1], 1))
    source = Source("mother", Setting.INPATIENT)
    return Fan(
        account=drawing.review.holder.id,
        seed=drawing.asked.seed,
        futures=futures,
        wanted=drawing.futures,
        months=tuple(months),
        bands={one: tuple(yuan(one * 40) for _ in months) for one in PERCENTILES},
        lasting=tuple(futures - futures * place // (2 * len(months)) for place in range(len(months))),
        causes=((source, futures // 4),),
        short_sums={one: yuan(one * 10) for one in PERCENTILES},
        driver=Driver(source, months[-1], 0.12, 0.83),
    )


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    """In place of the real futures, which have tests of their own."""
    made = Drawer()
    monkeypatch.setattr(model, "futures_of", made.draw)
    return made


@pytest.fixture
def opened(look: Look, qtbot: QtBot, drawer: Drawer) -> Iterator[Opened]:
    """A page with everything worked out."""
    pages: list[PlanningPage] = []

    def open_page(family: Family | None = None, *, wide: int = 1136) -> PlanningPage:
        page = PlanningPage(look, PlanningModel(review(family or sample(), shipped())))
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(wide, 760)
        page.show()
        qtbot.waitExposed(page)
        settle(page, qtbot)
        return page

    yield open_page
    drawer.gate.set()
    for page in pages:
        settle(page, qtbot)


def model_of(page: PlanningPage) -> PlanningModel:
    return page._model


def settle(page: PlanningPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not model_of(page).busy, timeout=PATIENCE)


def said(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def choose(page: PlanningPage, column: int, qtbot: QtBot) -> None:
    model_of(page).choose_column(column)
    settle(page, qtbot)


def kept(page: PlanningPage, change: Change) -> Review:
    """What the session does with a change."""
    seen = review(change.family, shipped())
    page.renew(seen)
    return seen


# -------------------------------------------------------------------------------------------- the table


@pytest.mark.parametrize("name", SAMPLES)
def test_that_each_sample_stands_beside_its_scenarios(opened: Opened, name: str) -> None:
    family = sample(name)
    page = opened(family)
    assert len(page.table.heads) == len(family.scenarios) + 1
    words = said(page)
    assert f"基准与 {len(family.scenarios)} 个方案，未来 5 年（2026年12月至 2031年11月）" in words
    assert all(one.name in words for one in family.scenarios)
    comparison = model_of(page).comparison
    assert comparison is not None
    for run in comparison.runs:
        assert f"{run.end:,}" in words
        assert f"{run.cash:,}" in words


def test_that_what_others_pay_in_any_case_is_no_scenarios_doing(opened: Opened) -> None:
    page = opened(sample("young-couple"))
    assert "4,272.00" not in said(page.table)
    assert "2,720.00" in said(page.table)


def test_that_each_difference_is_that_of_two_runs(opened: Opened) -> None:
    page = opened()
    comparison = model_of(page).comparison
    assert comparison is not None
    brother = delta(comparison.baseline, comparison.runs[1])
    columns = model_of(page).words.columns(comparison, 5)
    assert [cell.delta for cell in columns[0].cells] == [""] * 5
    assert [cell.delta for cell in columns[1].cells] == [
        later_words(brother),
        change_words(brother.lowest),
        change_words(brother.cash),
        "哥哥",
        change_words(brother.end),
    ]
    assert columns[1].cells[0].tone == "ok"
    assert "（更好）" in columns[1].sentence


@pytest.mark.parametrize(
    ("later", "beyond", "words"),
    [
        (0, False, "不变"),
        (24, False, "晚 24 个月"),
        (-3, False, "早 3 个月"),
        (43, True, "多撑 43 个月以上"),
        (-60, True, "少撑 60 个月以上"),
    ],
)
def test_how_much_longer_it_lasts_is_said(later: int, beyond: bool, words: str) -> None:
    nothing = Money(0)
    assert later_words(Delta(later, beyond, nothing, nothing, {}, nothing)) == words


def test_that_the_arrows_walk_the_columns_and_w_asks(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    page.table.heads[0].setFocus()
    QTest.keyClick(page.table.heads[0], Qt.Key.Key_Right)
    assert model_of(page).column == 1
    settle(page, qtbot)
    assert "余额的可能范围（母亲改由哥哥支付）" in said(page)
    QTest.keyClick(page.table.heads[1], Qt.Key.Key_W)
    assert page.why.tabs.key() == DIFFERS
    QTest.keyClick(page.table.heads[1], Qt.Key.Key_Left)
    assert model_of(page).column == 0
    for _ in page.table.heads:
        page.choose("+next")
    assert model_of(page).column == 0
    settle(page, qtbot)


def test_that_a_click_chooses_a_column_and_one_on_a_difference_asks(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    head = page.table.heads[2]
    QTest.mouseClick(head, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert model_of(page).column == 2
    label = next(one for one in page.table.findChildren(QLabel) if one.text().startswith("多撑"))
    pair = label.parentWidget()
    assert pair is not None
    QTest.mouseClick(pair, Qt.MouseButton.LeftButton, pos=label.geometry().center())
    assert (model_of(page).column, page.why.tabs.key()) == (1, DIFFERS)
    settle(page, qtbot)


def test_that_only_four_scenarios_stand_beside_and_the_others_are_counted(
    opened: Opened, qtbot: QtBot
) -> None:
    family = sample()
    copies = [replace(family.scenarios[0], name=f"方案{number}") for number in range(4)]
    page = opened(replace(family, scenarios=(*family.scenarios, *copies)))
    assert len(page.table.heads) == 5
    assert "另有 3 个没有并列" in page.beside.text()
    menu = page.beside_menu()
    ticked = {one.text(): one for one in menu.actions()}
    assert [one.isChecked() for one in menu.actions()] == [True] * 4 + [False] * 3
    ticked["保费改用现金"].trigger()
    settle(page, qtbot)
    assert len(page.table.heads) == 4
    page.choose("方案3")
    settle(page, qtbot)
    assert "方案3" in said(page.table)
    assert model_of(page).scenario == "方案3"


def test_that_the_columns_go_one_under_the_other_where_there_is_no_room(opened: Opened) -> None:
    page = opened()
    beside = page.table.heads[1].mapTo(page.table, QPoint(0, 0))
    assert beside.x() > page.table.heads[0].width()
    narrow = opened(wide=500)
    first, second = (one.mapTo(narrow.table, QPoint(0, 0)) for one in narrow.table.heads[:2])
    assert second.x() == first.x()
    assert second.y() > first.y()


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
def test_that_it_fits(opened: Opened, fits_width: FitsWidth, scale: float, width: int) -> None:
    assert fits_width(opened(), scale, width)


# ------------------------------------------------------------------------------------ what is done with it


def actions(page: PlanningPage, column: int) -> dict[str, QAction]:
    return {one.text().partition("\t")[0]: one for one in page.menu_of(column).actions()}


def test_that_a_scenario_is_copied_renamed_and_deleted(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    choose(page, 1, qtbot)
    with qtbot.waitSignal(page.change) as copied:
        actions(page, 1)["复制"].trigger()
    seen = kept(page, copied.args[0])
    settle(page, qtbot)
    assert len(seen.family.scenarios) == 4
    assert len(page.table.heads) == 5

    actions(page, 1)["改名"].trigger()
    field = page.table.heads[1].findChild(QLineEdit)
    assert field is not None
    field.setText("母亲归哥哥")
    with qtbot.waitSignal(page.change) as renamed:
        QTest.keyClick(field, Qt.Key.Key_Return)
    kept(page, renamed.args[0])
    settle(page, qtbot)
    assert page.table.heads[1].name.text() == "母亲归哥哥"

    with qtbot.waitSignal(page.change) as gone:
        actions(page, 1)["删除"].trigger()
    seen = kept(page, gone.args[0])
    settle(page, qtbot)
    assert "母亲归哥哥" not in [one.name for one in seen.family.scenarios]
    assert len(page.table.heads) == 4


def test_that_a_name_that_is_taken_is_refused_in_the_page(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    choose(page, 1, qtbot)
    page.table.rename()
    field = page.table.heads[1].findChild(QLineEdit)
    assert field is not None
    field.setText("保费改用现金")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page.wrong.isVisible()
    assert "保费改用现金" in page.wrong.text()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert page.table.heads[1].name.isVisible()
    assert not page.wrong.isVisible()


def test_that_what_made_room_for_a_copy_comes_back_when_that_is_undone(opened: Opened, qtbot: QtBot) -> None:
    family = sample()
    full = replace(family, scenarios=(*family.scenarios, replace(family.scenarios[0], name="第四个")))
    page = opened(full)
    before = model_of(page).beside
    choose(page, 4, qtbot)
    with qtbot.waitSignal(page.change) as copied:
        model_of(page).duplicate()
    kept(page, copied.args[0])
    page.choose("第四个 副本")
    settle(page, qtbot)
    assert model_of(page).aside == ("第四个",)
    page.renew(review(full, shipped()))
    settle(page, qtbot)
    assert model_of(page).beside == before


def test_that_the_keyboard_stays_at_the_years_and_at_a_name_that_was_typed(
    opened: Opened, qtbot: QtBot
) -> None:
    page = opened()
    page.activateWindow()
    page.years.setFocus()
    qtbot.waitUntil(page.years.hasFocus)
    model_of(page).choose_years(1)
    settle(page, qtbot)
    assert page.years.hasFocus()

    choose(page, 1, qtbot)
    page.table.rename()
    field = page.table.heads[1].findChild(QLineEdit)
    assert field is not None
    field.setText("母亲归哥哥")
    with qtbot.waitSignal(page.change) as renamed:
        QTest.keyClick(field, Qt.Key.Key_Return)
    kept(page, renamed.args[0])
    settle(page, qtbot)
    assert page.table.heads[1].hasFocus()


def test_that_a_seed_left_empty_is_the_one_before(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    page.activateWindow()
    page.seed.setFocus()
    qtbot.waitUntil(page.seed.hasFocus)
    page.seed.selectAll()
    QTest.keyClick(page.seed, Qt.Key.Key_Backspace)
    page.years.setFocus()
    assert page.seed.text() == "20261121"


def test_that_what_a_column_comes_to_is_kept_and_told_later(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    with qtbot.waitSignal(page.change) as made:
        actions(page, 0)["留存"].trigger()
    page.why.turn_to(KEPT)
    seen = kept(page, made.args[0])
    settle(page, qtbot)
    assert len(seen.family.snapshots) == 1
    words = said(page.why)
    assert "留存于 2026-11-21，引擎 " in words
    assert "2028年5月 没变" in words
    poorer = replace(seen.family, plan=replace(seen.family.plan, premiums=()) if seen.family.plan else None)
    page.renew(review(poorer, shipped()))
    settle(page, qtbot)
    assert "→" in said(page.why)


# ------------------------------------------------------------------------------------------------ the fan


def test_that_the_fan_grows_until_all_futures_are_drawn(opened: Opened, drawer: Drawer, qtbot: QtBot) -> None:
    page = opened()
    assert drawer.asked == [("", 20261121, FUTURES)]
    assert "推演 10,000 次，种子" in said(page)
    assert "10,000 次推演里" in said(page.why)
    assert "主要取决于母亲是否住院。" in said(page.why)
    drawer.gate.clear()
    page.seed.setText("7")
    page.seed.editingFinished.emit()
    scene = page.chart.scene
    assert scene is not None
    assert scene.bands, "those of before stay"
    assert model_of(page).fan_stale
    drawer.gate.set()
    settle(page, qtbot)
    assert drawer.asked[-1] == ("", 7, FUTURES)
    assert not model_of(page).fan_stale


def test_that_drawing_can_be_given_up(opened: Opened, drawer: Drawer, qtbot: QtBot) -> None:
    page = opened()
    drawer.gate.clear()
    page.choose("+again")
    qtbot.waitUntil(lambda: len(drawer.asked) == 2, timeout=PATIENCE)
    model_of(page).cancel()
    drawer.gate.set()
    settle(page, qtbot)
    assert model_of(page).fan_stale
    assert page.strip.isHidden()


def test_that_the_slider_draws_few_futures_while_it_moves_and_all_when_it_is_let_go(
    opened: Opened, drawer: Drawer, qtbot: QtBot
) -> None:
    page = opened()
    drawer.gate.clear()
    page.illness.setSliderDown(True)
    for value in (110, 120, 130):
        page.illness.setValue(value)
    assert "通常的 130%" in said(page)
    drawer.gate.set()
    settle(page, qtbot)
    assert [futures for _, _, futures in drawer.asked[1:]] == [1000, 1000], "the newest alone came next"
    with qtbot.waitSignal(page.change) as made:
        page.illness.setSliderDown(False)
    plan = made.args[0].family.plan
    assert plan is not None
    assert str(plan.illness) == "1.3"
    kept(page, made.args[0])
    settle(page, qtbot)
    assert drawer.asked[-1] == ("", 20261121, FUTURES)
    assert page.illness.value() == 130


def test_that_one_job_works_at_a_time(qtbot: QtBot) -> None:
    turns, gate = Turns(), threading.Event()

    def job(name: str) -> Callable[[threading.Event], Iterator[object]]:
        def work(_stop: threading.Event) -> Iterator[object]:
            gate.wait(PATIENCE / 1000)
            yield name

        return work

    heard: list[object] = []
    turns.answered.connect(heard.append)
    for name in "abc":
        turns.ask(job(name), at_once=False)
    with qtbot.waitSignal(turns.idle, timeout=PATIENCE):
        gate.set()
    assert heard == ["a", "c"]


# ---------------------------------------------------------------------------------------------- the chart


def scene(**other: object) -> Scene:
    months = tuple(month_later(date(2026, 12, 1), place) for place in range(24))
    curves = (
        Curve("基准", tuple(yuan(1000 - 40 * place) for place in range(24)), months[10]),
        Curve("一个名字很长的方案", tuple(yuan(1000 - 30 * place) for place in range(24)), months[11]),
        Curve("另一个", tuple(yuan(1000) for _ in range(24))),
        Curve("再一个", tuple(yuan(1001) for _ in range(24))),
    )
    plain = Scene(DAY, yuan(1000), months, curves, lasts="2 年内无不足", short="{year}年{month}月 起不足")
    return replace(plain, **other)  # type: ignore[arg-type]


@pytest.fixture
def chart(look: Look, qtbot: QtBot) -> FanChart:
    made = FanChart(look, scene())
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_that_the_axis_begins_at_zero(chart: FanChart) -> None:
    _, (low, high) = chart.span()
    assert low == 0
    assert high > 1000


def test_that_labels_under_the_axis_touch_no_other(chart: FanChart) -> None:
    areas = [area for _, area in chart.labels()]
    assert len(areas) == 2
    assert not areas[0].intersects(areas[1])
    assert all(area.left() >= 0 and area.right() <= chart.width() for area in areas)
    assert all(area.bottom() <= chart.height() for area in areas)


def test_that_the_arrows_read_month_by_month_and_the_privacy_eye_hides_it(
    chart: FanChart, look: Look
) -> None:
    bands = {one: tuple(yuan(one) for _ in range(24)) for one in PERCENTILES}
    chart.show_scene(scene(bands=bands))
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.read_words()[0] == "2026-11-21"
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.read_words()[:2] == ("2026-12 末", "基准 1,000.00")
    assert chart.read_words()[3].startswith("P10")
    look.wear(hidden=True)
    assert "1,000.00" not in "".join(chart.read_words())
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.at is None


def test_that_the_table_has_the_numbers_of_the_chart(chart: FanChart, qtmodeltester: object) -> None:
    bands = {one: tuple(yuan(one) for _ in range(24)) for one in PERCENTILES}
    chart.show_scene(scene(bands=bands))
    twin = chart.table.model()
    heads = [twin.headerData(place, Qt.Orientation.Horizontal) for place in range(twin.columnCount())]
    assert heads == [
        "月末",
        "基准",
        "一个名字很长的方案",
        "另一个",
        "再一个",
        "P10",
        "P25",
        "P50",
        "P75",
        "P90",
    ]
    assert [twin.index(1, place).data() for place in (0, 1, 5)] == ["2027-01", "960.00", "10.00"]
    qtmodeltester.check(twin)  # type: ignore[attr-defined]
    chart.twin.click()
    assert chart.table.isVisible()


# ------------------------------------------------------------------------------------------------ the why


def test_that_the_postings_that_differ_add_up_to_the_difference(
    opened: Opened, look: Look, qtbot: QtBot, qtmodeltester: object
) -> None:
    page = opened()
    choose(page, 1, qtbot)
    shown = model_of(page)
    comparison = shown.comparison
    assert comparison is not None
    of = delta(comparison.baseline, comparison.runs[1])
    lines = shown.differences()
    table = DifferenceTable(look, shown.words, lines)
    assert table.rowCount() == len(lines)
    account, cash, others = sums(lines)
    assert (account, cash) == (of.end, of.cash)
    page.why.turn_to(DIFFERS)
    assert f"共 {len(lines)} 笔不同" in said(page.why)
    listed = page.why.findChild(LineTable)
    assert listed is not None
    assert page.why.height() - listed.mapTo(page.why, listed.rect().bottomLeft()).y() < listed.y()
    assert change_words(others) in said(page.why)
    qtmodeltester.check(table)  # type: ignore[attr-defined]


def test_why_it_falls_short_is_said_with_what_comes_in_and_goes_out(opened: Opened) -> None:
    page = opened()
    words = said(page.why)
    assert "为什么会不够（基准）" in words
    assert "2028年5月母亲住院" in words
    assert "缺 115.65" in words
    assert page.why.tabs.key() == CAUSE
    page.why.turn_to(DIFFERS)
    assert "这一列就是基准" in said(page.why)


def test_that_a_column_that_lasts_says_so(opened: Opened) -> None:
    page = opened(sample("young-couple"))
    assert "按预计够不够（基准）" in said(page.why)
    assert "每一笔都付得起" in said(page.why)


# ----------------------------------------------------------------------------------------- small families


def test_that_without_an_account_the_page_says_what_is_missing(opened: Opened, qtbot: QtBot) -> None:
    family = sample()
    bare = replace(
        family, people=(resident("mum"),), bindings=(), events=(), scenarios=(), plan=None, holder="mum"
    )
    page = opened(bare)
    assert "还没有个人账户" in said(page)
    assert not page.table.isVisible()
    with qtbot.waitSignal(page.go) as went:
        next(one for one in page.findChildren(type(page.new)) if one.text() == "填期初余额").click()
    assert went.args == ["family", "mum"]


def test_that_one_worker_with_no_plan_and_nobody_bound_has_a_baseline(opened: Opened) -> None:
    family = sample()
    alone = replace(
        family, people=(worker("me"),), bindings=(), events=(), scenarios=(), plan=None, holder="me"
    )
    page = opened(alone)
    assert len(page.table.heads) == 1
    assert "只有基准" in said(page)
    assert "还没有预计的账单和保费" in said(page.why)
    assert not page.beside.isVisible()


def test_that_it_looks_as_far_as_twenty_years(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    model_of(page).choose_years(20)
    settle(page, qtbot)
    shown = page.chart.scene
    assert shown is not None
    assert len(shown.months) == 240
    assert "20 年现金合计" in said(page)


def test_that_printing_is_asked_of_the_window(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    with qtbot.waitSignal(page.act) as asked:
        page.printed.click()
    assert asked.args == ["print_comparison"]


def test_that_no_sum_can_be_read_while_the_privacy_eye_is_closed(opened: Opened, look: Look) -> None:
    page = opened()
    look.wear(hidden=True)
    for tab in (CAUSE, DIFFERS, KEPT):
        page.why.turn_to(tab)
        assert ".35" not in said(page)
        assert "115.65" not in said(page)
    assert all("." not in head.accessibleName() for head in page.table.heads)


# ------------------------------------------------------------------------------------------ what goes with it


def test_that_the_real_futures_fill_the_fan(look: Look, qtbot: QtBot) -> None:
    shown = PlanningModel(review(sample("retiree"), shipped()))
    shown.years = 2
    page = PlanningPage(look, shown)
    qtbot.addWidget(page)
    settle(page, qtbot)
    page.choose(shown.names[1])
    settle(page, qtbot)
    fan = shown.fan
    assert fan is not None
    assert (fan.done, fan.seed, len(fan.months)) == (True, 20261121, 24)
    scene = page.chart.scene
    assert scene is not None
    assert scene.bands == fan.bands
    assert not scene.pale


@pytest.mark.parametrize("what", ["+new", "+plan", "+assign", "+rules"])
def test_that_an_editor_stands_in_place_of_the_page_until_it_is_left(
    opened: Opened, qtbot: QtBot, what: str
) -> None:
    page = opened()
    page.choose(what)
    editor = page.editor
    assert editor is not None
    qtbot.waitUntil(editor.isVisible)
    assert not page.head.isVisible()
    assert not page.table.isVisible()
    editor.leave.emit()
    assert page.editor is None
    assert page.table.isVisible()


def test_that_a_scenario_is_opened_to_be_changed(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    choose(page, 1, qtbot)
    actions(page, 1)["编辑"].trigger()
    editor = page.editor
    assert isinstance(editor, ScenarioEditor)
    assert "母亲改由哥哥支付" in [one.text() for one in editor.findChildren(QLineEdit)]


def test_that_what_cannot_be_reckoned_is_said_in_the_page(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened()

    def refuse(*_: object, **__: object) -> None:
        raise InputRefused("--until", [Fault("", "没有可以规划的月份", "请选一个更晚的月份")])

    monkeypatch.setattr(model, "compare", refuse)
    model_of(page).choose_years(1)
    settle(page, qtbot)
    assert page.wrong.text() == "没有可以规划的月份。请选一个更晚的月份。"
    assert page.table.graphicsEffect() is not None, "the old numbers are grey"


def test_that_the_keys_of_the_window_walk_and_copy_and_reckon_anew(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    desk = Desk(qtbot, tmp_path, look=look)
    desk.open(RESOURCES / "samples" / "sandwich-family.json")
    desk.session.actions.do("next_scenario")
    page = desk.window.shown
    assert isinstance(page, PlanningPage)
    settle(page, qtbot)
    assert model_of(page).column == 0, "from elsewhere the page is opened, and no more"
    QTest.keyClick(desk.window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert model_of(page).column == 1
    desk.press("duplicate_scenario")
    settle(page, qtbot)
    assert model_of(page).scenario == "母亲改由哥哥支付 副本"
    desk.press("undo")
    settle(page, qtbot)
    assert len(page.table.heads) == 4
    with qtbot.waitSignal(model_of(page).compared, timeout=PATIENCE):
        QTest.keyClick(desk.window, Qt.Key.Key_F5)
    settle(page, qtbot)
    desk.session.actions.do("new_scenario")
    assert isinstance(page.editor, ScenarioEditor)
    desk.keeper.close()
