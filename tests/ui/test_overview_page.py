"""概览测试。The figures of the samples, what the chart says, links that lead on, what privacy leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget

from desktop.domain.family import Family
from desktop.domain.money import Money, total
from desktop.domain.people import Person
from desktop.ui.look.money import MASK
from desktop.ui.look.tokens import Source, Theme, Verdict
from desktop.ui.overview.model import OverviewModel
from desktop.ui.overview.table import BALANCE, CHANGE, ITEM, ON, PAID, PERSON, TOTAL, RecentTable
from desktop.ui.overview.view import OverviewPage
from desktop.ui.widgets.basic import Button, Words
from desktop.ui.widgets.chart import MarkKind
from desktop.ui.widgets.lines import SIGN, STRONG
from desktop.ui.widgets.tables import ACCESSIBLE, ALIGNMENT, SLICES
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, bound, charged, family, resident, shipped, visit, worker, yuan

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look

SAMPLES = ("sandwich-family", "young-couple", "retiree")
_ROUNDS = 5  # of events until the layout has come to rest
Opens = Callable[..., OverviewPage]
every_sample = pytest.mark.parametrize("stem", SAMPLES)


@cache
def seen(stem: str) -> Review:
    return review(open_family(RESOURCES / "samples" / f"{stem}.json", date(2026, 11, 21)), shipped())


def model_of(look: Look, stem: str = "sandwich-family") -> OverviewModel:
    return OverviewModel(seen(stem), look)


@pytest.fixture
def page_of(look: Look, qtbot: QtBot) -> Opens:
    """Opens the page in an area that scrolls, as the window holds it."""
    kept = []

    def opens(model: OverviewModel, width: int = 1136, height: int = 756) -> OverviewPage:
        area = QScrollArea()
        kept.append(area)
        page = OverviewPage(look, model)
        area.setWidgetResizable(True)
        area.setWidget(page)
        qtbot.addWidget(area)
        area.resize(width, height)
        area.show()
        qtbot.waitExposed(area)
        for _ in range(_ROUNDS):
            QApplication.processEvents()
        return page

    return opens


def area_of(page: QWidget) -> QScrollArea:
    area = page.parentWidget().parentWidget()  # type: ignore[union-attr]
    assert isinstance(area, QScrollArea)
    return area


def shown_texts(page: QWidget) -> list[str]:
    """Everything a person can read or hear on it."""
    widgets = [one for one in page.findChildren(QWidget) if one.isVisible()]
    texts = [one.accessibleName() for one in widgets] + [one.toolTip() for one in widgets]
    texts += [one.accessibleDescription() for one in widgets]
    return texts + [one.text() for one in page.findChildren(QLabel)]


# ------------------------------------------------------------------------------------------------ the figures


def test_that_the_sample_shows_the_figures_of_its_book(look: Look) -> None:
    balance, lasting, lowest = model_of(look).figures
    assert (balance.value, balance.note) == (yuan("8426.35"), "今年划入 **+2,156.00**    支出 **-6,342.20**")
    assert (lasting.value, lasting.unit) == ("17", "个月")
    assert lasting.note == "首次不足 **2028年5月**，缺 115.65"
    assert (lowest.value, lowest.note) == (yuan("2232.01"), "2027年9月末，缴居民医保费之后")


def test_that_an_account_that_lasts_says_for_how_long_it_was_reckoned(look: Look) -> None:
    lasting = model_of(look, "young-couple").figures[1]
    assert f"{lasting.value} {lasting.unit}" == "5 年内够用"


def test_that_the_places_taken_are_counted_with_their_limits(look: Look) -> None:
    assert [(one.used, one.of) for one in model_of(look).slots] == [(7, 10), (9, 20)]


def test_that_a_family_without_an_account_says_why_nothing_can_be_reckoned(
    look: Look, page_of: Opens
) -> None:
    model = OverviewModel(review(family(worker(balance=None)), shipped()), look)
    assert [figure.value for figure in model.figures] == [None, None, None]
    assert all(figure.note for figure in model.figures)
    page = page_of(model)
    assert not page.chart.isVisible()
    assert any("画不出余额走势" in text for text in shown_texts(page))


def test_that_a_family_no_rule_knows_a_limit_for_says_so(look: Look, page_of: Opens) -> None:
    model = OverviewModel(review(Family((Person("me", "周远"),), date(2026, 1, 1)), shipped()), look)
    assert model.slots == ()
    assert "规则里没有查到名额上限" in shown_texts(page_of(model))


# -------------------------------------------------------------------------------------------------- the chart


def test_that_the_course_ends_today_and_looks_two_years_ahead(look: Look) -> None:
    course = model_of(look).course
    assert (course.today, course.history[-1].on) == (date(2026, 11, 21), date(2026, 11, 21))
    assert course.history[-1].money == yuan("8426.35")
    assert (len(course.projection), course.projection[-1].on) == (24, date(2028, 11, 30))


def test_that_the_days_that_matter_are_marked_with_their_cause(look: Look) -> None:
    marks = {mark.kind: (mark.on, mark.title, mark.detail) for mark in model_of(look).course.marks}
    assert marks == {
        MarkKind.EVENT: (date(2026, 5, 26), "母亲住院 -2,900.00", ""),
        MarkKind.LOW: (date(2027, 9, 30), "12 个月内最低 2,232.01", ""),
        MarkKind.SHORTFALL: (date(2028, 5, 31), "2028年5月 首次不足", "缺 115.65，母亲住院"),
    }


def test_that_the_chart_is_said_in_a_sentence(look: Look) -> None:
    assert model_of(look).course.sentence == (
        "余额走势：今天 8,426.35 元，12 个月内最低 2,232.01 元，在2027年9月末，"
        "2028年5月首次不足，缺 115.65 元。左右键逐点读数。"
    )
    assert "没有不足" in model_of(look, "retiree").course.sentence


def test_that_a_shortfall_beyond_the_chart_is_not_marked(look: Look) -> None:
    """An account that holds for three years of one bill a year."""
    bill = visit("v1", date(2025, 6, 1), charges=charged(300, fund=0))
    people = (worker(balance=1300), resident())
    ahead = review(family(*people, bindings=(bound(),), events=(bill,)), shipped())
    model = OverviewModel(ahead, look)
    assert ahead.ahead.shortfall is not None
    assert ahead.ahead.shortfall.on > model.course.projection[-1].on
    assert MarkKind.SHORTFALL not in {mark.kind for mark in model.course.marks}


def test_that_a_low_point_that_is_the_shortfall_is_marked_once(look: Look) -> None:
    bill = visit("v1", date(2025, 6, 1), charges=charged(300, fund=0))
    people = (worker(balance=400), resident())
    model = OverviewModel(review(family(*people, bindings=(bound(),), events=(bill,)), shipped()), look)
    assert [mark.kind for mark in model.course.marks] == [MarkKind.EVENT, MarkKind.SHORTFALL]


def test_that_the_chart_turns_over_to_a_table_with_the_same_numbers(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    page.chart.twin.click()
    assert page.chart.table.isVisible()
    course, table = page.chart.course, page.chart.table.model()
    assert table.rowCount() == len(course.history) + len(course.projection)


def test_that_copy_takes_the_numbers_and_the_picture_and_says_so(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    assert not page.copied.isVisible()
    page.copy.click()
    mime = QApplication.clipboard().mimeData()
    assert mime.text().splitlines()[:2] == ["日期\t怎么来的\t余额（元）", "2026-01-01\t已记账\t12,612.55"]
    assert mime.hasImage()
    assert page.copied.isVisible()


def test_that_what_is_hidden_stays_hidden_in_the_copy(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    look.wear(hidden=True)
    page.copy.click()
    assert QApplication.clipboard().text().splitlines()[1] == f"2026-01-01\t已记账\t{MASK}"


# ----------------------------------------------------------------------------------------------------- to do


def test_that_the_gravest_four_stand_first_with_what_to_do(look: Look) -> None:
    model = model_of(look)
    assert model.todo_count == 7
    assert [one.verdict for one in model.todo] == [Verdict.BAD] * 3 + [Verdict.WARN]
    assert (model.todo[0].title, model.todo[0].sentence) == (
        "母亲已有共济人，哥哥后来的绑定不能生效",
        "保留先绑定的一位，哥哥解除绑定",
    )


def test_that_nothing_to_do_is_said(look: Look, page_of: Opens) -> None:
    home = family(worker(base=5000), resident(), bindings=(bound(),))
    model = OverviewModel(review(home, shipped()), look)
    page = page_of(model)
    assert model.todo == ()
    assert not page.all_findings.isVisible()
    assert "现有记录里没有要处理的，按现行规则检查。" in shown_texts(page)


# ----------------------------------------------------------------------------------------------------- links


def test_that_every_link_leads_to_its_page(look: Look, page_of: Opens) -> None:
    model = model_of(look)
    page = page_of(model)
    went: list[tuple[str, str]] = []
    page.go.connect(lambda key, what: went.append((key, what)))
    for button in (page.settle, page.all_findings, page.todos[1].fix, page.all_lines):
        button.click()
    assert went == [("visits", ""), ("findings", ""), ("findings", model.todo[1].key), ("ledger", "")]


def test_that_a_line_opens_in_the_ledger(look: Look, qtbot: QtBot, page_of: Opens) -> None:
    page = page_of(model_of(look))
    page.table.setFocus()
    page.table.selectRow(1)
    with qtbot.waitSignal(page.go) as went:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert went.args == ["ledger", "e2611-son"]


def test_that_there_is_one_primary_button(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    primary = [one for one in page.findChildren(Button) if one.property("role") == "primary"]
    assert primary == [page.settle]


# ----------------------------------------------------------------------------------------------------- lists


def test_that_the_five_last_lines_are_shown(look: Look) -> None:
    model = model_of(look)
    assert [one.event for one in model.recent][:3] == ["e2611-grandmother", "e2611-son", "e2610-father-drug"]
    assert len(model.recent) == 5


def test_that_a_line_of_another_year_bears_its_year(look: Look) -> None:
    bill = visit("v1", date(2024, 12, 30), patient="me")
    seen_ = review(family(worker(opened=date(2024, 1, 1)), events=(bill,), as_of=date(2025, 3, 1)), shipped())
    assert OverviewModel(seen_, look).recent[0].on == "2024-12-30"


def test_that_the_table_of_the_last_lines_is_a_good_model(look: Look, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(RecentTable(look, model_of(look).recent))  # type: ignore[no-untyped-call]


def test_that_a_line_says_who_paid_and_what_is_wrong(look: Look) -> None:
    table = RecentTable(look, model_of(look).recent)
    first = [table.index(0, column).data() for column in (ON, PERSON, ITEM, TOTAL, CHANGE, BALANCE)]
    assert first == ["11-18", "祖母", "定点药店 蛋白粉", "88.00", "0.00", "8,426.35"]
    assert table.index(0, ITEM).data(SIGN) == Verdict.BAD
    assert table.index(1, ITEM).data(SIGN) is None
    assert [one.source for one in table.index(1, PAID).data(SLICES)] == [Source.FUND, Source.SHARE]
    assert table.index(0, ON).data(ACCESSIBLE) == (
        "11-18，祖母，定点药店 蛋白粉，医疗费总额 88.00，现金 88.00，"
        "账户变动 0.00，余额 8,426.35，不可以：养生保健"
    )


def test_that_sums_stand_at_the_right_and_names_are_bold(look: Look) -> None:
    table = RecentTable(look, model_of(look).recent)
    right = Qt.AlignmentFlag.AlignRight
    assert [bool(table.index(0, c).data(ALIGNMENT) & right) for c in range(7)] == [
        c in (3, 5, 6) for c in range(7)
    ]
    assert [table.index(0, c).data(STRONG) for c in range(7)] == [c in (PERSON, BALANCE) for c in range(7)]


def test_that_users_are_summed_and_the_refused_are_left_out(look: Look) -> None:
    model = model_of(look)
    assert [(bar.label, str(bar.money)) for bar in model.bars] == [
        ("母亲", "2900.00"),
        ("父亲", "819.80"),
        ("本人", "670.00"),
        ("祖母", "584.40"),
        ("女儿", "478.00"),
        ("儿子", "454.00"),
        ("弟弟", "436.00"),
        ("配偶", "0.00"),
    ]
    assert model.used == yuan("6342.20")
    assert [bar.source for bar in model.bars[:3]] == [Source.SHARE, Source.SHARE, Source.OWN]


def test_that_a_family_without_lines_offers_a_trial(look: Look, qtbot: QtBot, page_of: Opens) -> None:
    page = page_of(OverviewModel(review(family(worker()), shipped()), look))
    first = next(one for one in page.findChildren(Button) if one.text() == "记第一笔")
    with qtbot.waitSignal(page.go) as went:
        first.click()
    assert went.args == ["visits", ""]
    assert not page.table.isVisible()


def test_that_a_new_family_is_told_what_to_do_next(look: Look, qtbot: QtBot, page_of: Opens) -> None:
    model = OverviewModel(review(family(worker(balance=None)), shipped()), look)
    page = page_of(model)
    asked = {"填期初余额": ["family", "me"], "去绑定家人": ["family", ""], "记第一笔": ["visits", ""]}
    for words, where in asked.items():
        button = next(one for one in page.findChildren(Button) if one.text() == words)
        with qtbot.waitSignal(page.go) as went:
            button.click()
        assert went.args == where


def test_that_how_long_it_lasts_is_not_guessed_from_nothing(look: Look) -> None:
    lasting = OverviewModel(review(family(worker()), shipped()), look).figures[1]
    assert (lasting.value, lasting.note) == (None, "还没有记过一笔，也没有规划，推算不出")


# ------------------------------------------------------------------------------------------------------- why


def why_of(page: OverviewPage) -> str:
    return "\n".join(one.text() for one in page.why.findChildren(QLabel) if one.isVisible())


def test_that_the_balance_tells_what_it_adds_up_from(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    QTest.mouseClick(page.strip.cells[0], Qt.MouseButton.LeftButton)
    assert page.why.isVisible()
    reason = model_of(look).why("balance")
    assert reason is not None
    assert reason.whole == ("余额", yuan("8426.35"))
    assert ("母亲用了", -yuan(2900)) in reason.sums
    assert total(money for _, money in reason.sums if isinstance(money, Money)) == yuan("8426.35")
    assert dict(reason.basis)["生效"] == "2023-01-01 起"


@pytest.mark.parametrize("key", [Qt.Key.Key_W, Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_that_a_figure_can_be_asked_by_key_and_gets_the_keyboard_back(
    look: Look, page_of: Opens, key: Qt.Key
) -> None:
    page = page_of(model_of(look))
    cell = page.strip.cells[1]
    cell.setFocus()
    QTest.keyClick(cell, key)
    assert "还能用多久是怎么算的" in why_of(page)
    assert "2028-05-26 母亲住院，账户缺 115.65 元，要付现金。" in why_of(page)
    QTest.keyClick(page.why, Qt.Key.Key_Escape)
    assert not page.why.isVisible()
    assert page.focusWidget() is cell


def test_that_the_lowest_month_adds_up(look: Look) -> None:
    reason = model_of(look).why("lowest")
    assert reason is not None
    assert reason.whole == ("2027年9月末", yuan("2232.01"))
    assert total(money for _, money in reason.sums if isinstance(money, Money)) == yuan("2232.01")
    assert "这个月支出最多的是缴居民医保费。" in reason.sentences


def test_that_the_places_name_their_clause(look: Look, page_of: Opens, qtbot: QtBot) -> None:
    page = page_of(model_of(look))
    QTest.mouseClick(page.meters[0], Qt.MouseButton.LeftButton)
    assert "共济名额是怎么数的" in why_of(page)
    link = next(one for one in page.why.findChildren(Button) if one.text() == "看政策条目")
    with qtbot.waitSignal(page.go) as went:
        link.click()
    assert went.args == ["policies", "mutual_aid.most_active@2026-11-21"]


def test_that_what_is_to_do_tells_why_and_leads_there(look: Look, page_of: Opens, qtbot: QtBot) -> None:
    page = page_of(model_of(look))
    todo = page.todos[0]
    todo.setFocus()
    QTest.keyClick(todo, Qt.Key.Key_W)
    assert "每名使用人同一时间只接受一位共济人" in why_of(page)
    link = next(one for one in page.why.findChildren(Button) if one.text() == "去合规处理")
    with qtbot.waitSignal(page.go) as went:
        link.click()
    assert went.args == ["findings", todo.finding.key]
    assert model_of(look).why("finding", "no such finding") is None


def test_that_the_first_thing_to_do_is_named(look: Look, page_of: Opens, qtbot: QtBot) -> None:
    page = page_of(model_of(look))
    qtbot.waitUntil(
        lambda: (
            [one.fix.text() for one in page.todos]
            == ["改由哥哥支付", "改由配偶绑定", "冲正这一笔", "核对参保"]
        )
    )


def test_that_a_line_tells_its_steps(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    page.table.selectRow(1)
    page.table.clicked.emit(page.table.currentIndex())
    assert "2026-11-10 儿子 社区卫生服务中心" in why_of(page)
    assert "8,284.35 - 54.00 = 8,230.35" in why_of(page)
    assert model_of(look).why("line", "nothing") is None


def test_that_who_used_it_is_told_with_how_often(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    QTest.mouseClick(page.bars, Qt.MouseButton.LeftButton)
    assert "今年谁用了多少" in why_of(page)
    reason = model_of(look).why("used")
    assert reason is not None
    assert reason.whole == ("合计", yuan("6342.20"))


@pytest.mark.parametrize(
    ("day", "title"),
    [
        ("2026-05-26", "2026-05-26 的余额"),
        ("2027-09-30", "2027年9月末的余额"),
        ("2026-11-21", "账户余额是怎么来的"),
    ],
)
def test_that_a_point_of_the_chart_tells_why(look: Look, day: str, title: str) -> None:
    reason = model_of(look).why("day", day)
    assert reason is not None
    assert reason.title == title
    assert reason.whole is not None
    assert total(money for _, money in reason.sums if isinstance(money, Money)) == reason.whole[1]


def test_that_the_point_read_is_asked_by_w(look: Look, page_of: Opens, qtbot: QtBot) -> None:
    page = page_of(model_of(look))
    page._ask_point()
    assert "账户余额是怎么来的" in why_of(page)
    page.chart._read(len(page.chart.course.history) + 2)
    page._ask_point()
    qtbot.waitUntil(lambda: "月末的余额" in why_of(page))


def test_that_an_account_that_lasts_says_how_that_was_reckoned(look: Look) -> None:
    reason = model_of(look, "young-couple").why("lasting")
    assert reason is not None
    assert "推算的 60 个月里，每个月末都还有余额。" in reason.sentences


def test_that_without_an_account_there_is_nothing_to_ask(look: Look, page_of: Opens) -> None:
    page = page_of(OverviewModel(review(family(worker(balance=None)), shipped()), look))
    for cell in page.strip.cells:
        QTest.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert not page.why.isVisible()


# ----------------------------------------------------------------------------------------------------- renew


def test_that_a_renewed_page_shows_the_new_family_and_stays_where_it_was(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    page.chart.turn_over()
    page.table.selectRow(2)
    page.renew(seen("retiree"))
    assert page.strip.cells[0].accessibleName().startswith("个人账户余额（记账户） 291.80")
    assert page.chart.currentIndex() == 1
    assert page.table.currentIndex().row() == 2


def test_that_a_page_out_of_sight_is_built_anew_when_it_is_seen(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    area = area_of(page)
    area.hide()
    before = page.strip
    page.renew(seen("retiree"))
    assert page.strip is before
    area.show()
    assert page.strip is not before


def test_that_the_report_can_be_printed(look: Look, page_of: Opens, qtbot: QtBot) -> None:
    page = page_of(model_of(look))
    with qtbot.waitSignal(page.act) as asked:
        page.printed.click()
    assert asked.args == ["print_report"]


# ------------------------------------------------------------------------------------------------ every look


@every_sample
def test_that_privacy_leaves_no_sum_and_no_name_on_the_page(look: Look, page_of: Opens, stem: str) -> None:
    page = page_of(model_of(look, stem))
    look.wear(hidden=True)
    rows, columns = page.table.model().rowCount(), page.table.model().columnCount()
    cells = [
        page.table.model().index(r, c).data(role)
        for r in range(rows)
        for c in range(columns)
        for role in (0, ACCESSIBLE)
    ]
    texts = [*shown_texts(page), *(str(cell) for cell in cells)]
    assert not [text for text in texts if look.money.sentence(text) != text]
    names = [person.name for person in seen(stem).family.people]
    assert not [text for text in texts for name in names if name in text]


@every_sample
@pytest.mark.parametrize("theme", list(Theme))
def test_that_it_can_be_seen_in_every_theme(look: Look, page_of: Opens, stem: str, theme: Theme) -> None:
    page = page_of(model_of(look, stem))
    look.wear(theme=theme)
    assert not page.grab().isNull()


@every_sample
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_that_nothing_is_cut_in_the_smallest_window(
    look: Look, qtbot: QtBot, stem: str, scale: float, page_of: Opens
) -> None:
    look.wear(scale=scale)
    page = page_of(model_of(look, stem), 800 if scale < 1.5 else 904, 600)
    qtbot.wait(1)
    assert area_of(page).horizontalScrollBar().maximum() == 0
    for words in (one for one in page.findChildren(Words) if one.isVisible()):
        assert words.width() >= words.minimumSizeHint().width(), words.text()
        assert page.rect().contains(words.mapTo(page, words.rect().bottomRight()))
    assert page.table.horizontalScrollBar().maximum() == 0
    assert page.table.verticalScrollBar().maximum() == 0


def test_that_everything_one_can_reach_by_key_says_what_it_is(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    stops = [one for one in page.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert all(one.accessibleName() for one in stops if one.isVisible())


def test_that_the_keyboard_walks_in_the_order_one_reads(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    walked: list[QWidget] = []
    stop: QWidget | None = page.settle
    while stop is not None and stop is not page.table:
        if stop.isVisible() and stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
            walked.append(stop)
        stop = stop.nextInFocusChain()
    todos = [stop for one in page.todos for stop in (one, one.fix)]
    figures = [*page.strip.cells, *page.meters]
    first = [page.settle, *figures, page.copy, page.chart.twin, page.chart, page.all_findings]
    assert walked == [*first, *todos, page.all_lines]


def test_that_the_line_under_the_mouse_is_lit(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    spot = QPointF(page.table.visualRect(page.table.model().index(2, 0)).center())
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, spot, spot, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page.table.viewport(), move)
    assert page.table.hovered == 2
    QApplication.sendEvent(page.table, QEvent(QEvent.Type.Leave))
    assert page.table.hovered == -1
