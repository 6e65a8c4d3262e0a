"""流水测试。Every line with its balance, filters that narrow them, totals that close."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop.domain.care import Purpose, Setting
from desktop.domain.money import total
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import EntryKind
from desktop.ui.ledger import model as ledger_model
from desktop.ui.ledger.model import Entry, LedgerModel
from desktop.ui.ledger.sift import MonthHead
from desktop.ui.ledger.table import (
    BALANCE,
    CASH,
    CHANGE,
    FUND,
    ITEM,
    KIND,
    ON,
    OWN,
    PERSON,
    SHARE,
    TOOLTIP,
    TOTAL,
    LedgerTable,
)
from desktop.ui.ledger.view import LedgerPage
from desktop.ui.look.money import EMPTY, MASK
from desktop.ui.look.tokens import Source, Theme, Verdict
from desktop.ui.widgets.basic import Button, Words
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.lines import ASIDE, CHIPS, GROUP, SOURCE, STRONG, TONE, Chip, LineTable
from desktop.ui.widgets.tables import ACCESSIBLE, ALIGNMENT
from desktop.ui.widgets.trace import TraceStep
from desktop.ui.widgets.verdicts import Notice
from desktop.usecases.bookings import book_visit
from desktop.usecases.changes import Change
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, bound, charged, family, resident, shipped, visit, worker, yuan

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look

SAMPLES = ("sandwich-family", "young-couple", "retiree")
_ROUNDS = 5  # of events until the layout has come to rest
Opens = Callable[..., LedgerPage]
every_sample = pytest.mark.parametrize("stem", SAMPLES)
JUNE, TODAY = date(2026, 6, 1), date(2026, 11, 21)


@cache
def seen(stem: str) -> Review:
    return review(open_family(RESOURCES / "samples" / f"{stem}.json", TODAY), shipped())


def model_of(look: Look, stem: str = "sandwich-family") -> LedgerModel:
    return LedgerModel(seen(stem), look)


@pytest.fixture
def page_of(look: Look, qtbot: QtBot) -> Opens:
    """Opens the page in an area that scrolls, as the window holds it."""
    kept = []

    def opens(model: LedgerModel, width: int = 1136, height: int = 756) -> LedgerPage:
        area = QScrollArea()
        kept.append(area)
        page = LedgerPage(look, model)
        area.setWidgetResizable(True)
        area.setWidget(page)
        qtbot.addWidget(area)
        area.resize(width, height)
        area.show()
        qtbot.waitExposed(area)
        settle()
        return page

    return opens


def area_of(page: QWidget) -> QScrollArea:
    area = page.parentWidget().parentWidget()  # type: ignore[union-attr]
    assert isinstance(area, QScrollArea)
    return area


def settle() -> None:
    for _ in range(_ROUNDS):
        QApplication.processEvents()


def entries(model: LedgerModel) -> list[Entry]:
    return [row for row in model.rows if isinstance(row, Entry)]


def events(model: LedgerModel) -> list[str]:
    return [entry.line.event for entry in entries(model)]


def row_of(model: LedgerModel, event: str) -> int:
    return next(r for r, one in enumerate(model.rows) if isinstance(one, Entry) and one.line.event == event)


# --------------------------------------------------------------------------------------------------- lines


def test_that_the_year_is_shown_newest_first_with_its_months_as_groups(look: Look) -> None:
    model = model_of(look)
    heads = [row for row in model.rows if isinstance(row, MonthHead)]
    assert [head.month.month for head in heads] == list(range(11, 0, -1))
    assert (heads[3].credited, heads[3].spent) == (yuan("196.00"), yuan("122.80"))
    assert events(model)[0] == "e2611-grandmother"
    assert model.context == "2026年共 39 笔"


def test_that_a_line_reads_as_in_the_book(look: Look) -> None:
    model = model_of(look)
    table, row = LedgerTable(look, model), row_of(model, "e2609-brother")
    cells = [table.index(row, column).data() for column in range(table.columnCount())]
    assert cells == [
        "2026-09-11",
        "门诊",
        "弟弟",
        "三级医院 骨科",
        "640.00",
        "204.00",
        EMPTY,
        "436.00",
        EMPTY,
        "-436.00",
        "8,070.85",
    ]
    assert table.index(row, ON).data(ACCESSIBLE) == (
        "2026-09-11，门诊，弟弟，三级医院 骨科，统筹基金 204.00，家庭共济 436.00，"
        "账户变动 -436.00，账户余额 8,070.85"
    )
    assert table.index(row, SHARE).data(ACCESSIBLE) == "家庭共济 436.00"


def test_that_a_credit_says_how_it_was_reckoned_and_has_no_bill(look: Look) -> None:
    model = model_of(look)
    table = LedgerTable(look, model)
    row = next(r for r, one in enumerate(model.rows) if isinstance(one, Entry) and one.kind == "划入")
    assert table.index(row, ITEM).data() == "11月 个人账户划入（9,800.00 × 2%）"
    assert [table.index(row, column).data() for column in (TOTAL, FUND, CASH)] == ["", "", ""]
    assert (table.index(row, CHANGE).data(), table.index(row, CHANGE).data(TONE)) == ("+196.00", "ok")


def test_that_a_retiree_is_credited_without_a_base(look: Look) -> None:
    items = {entry.item for entry in entries(model_of(look, "retiree")) if entry.kind == "划入"}
    assert "11月 个人账户划入" in items


def test_that_a_refund_is_a_negative_line_linked_both_ways(look: Look) -> None:
    model = model_of(look)
    table = LedgerTable(look, model)
    back, first = row_of(model, "r2608-father"), row_of(model, "e2608-father")
    assert table.index(back, ITEM).data() == "冲正 08-05 购药，数量开错，退货"
    assert table.index(back, ITEM).data(CHIPS) == (Chip("对应 08-05"),)
    assert [table.index(back, c).data() for c in (TOTAL, SHARE, CHANGE)] == ["-132.80", "-132.80", "+132.80"]
    assert table.index(first, ITEM).data(CHIPS) == (Chip("已冲正"),)


def test_that_a_line_that_breaks_a_rule_wears_its_verdict(look: Look) -> None:
    model = model_of(look)
    table = LedgerTable(look, model)
    chips = table.index(row_of(model, "e2611-grandmother"), ITEM).data(CHIPS)
    assert chips == (Chip("不可以：养生保健", Verdict.BAD),)
    note = table.index(row_of(model, "e2605-mother"), ITEM).data(CHIPS)
    assert note == (Chip("待确认：自费部分", Verdict.INFO),)


def test_that_another_persons_own_account_is_named(look: Look) -> None:
    model = model_of(look)
    table = LedgerTable(look, model)
    assert table.index(row_of(model, "e2608-spouse"), ITEM).data(ASIDE) == "配偶的账户"
    assert table.index(row_of(model, "e2603-me"), ITEM).data(ASIDE) == ""


def test_that_the_opening_is_a_balance_and_no_change(look: Look) -> None:
    model = model_of(look)
    row = next(r for r, one in enumerate(model.rows) if isinstance(one, Entry) and one.kind == "期初")
    table = LedgerTable(look, model)
    assert (table.index(row, CHANGE).data(), table.index(row, BALANCE).data()) == (EMPTY, "12,612.55")


def test_that_lines_without_a_note_are_named_by_place_or_year(look: Look) -> None:
    bills = (
        visit("v1", date(2025, 3, 1)),
        visit("v2", date(2025, 3, 2), setting=Setting.INPATIENT),
        PremiumPayment("p1", date(2025, 9, 9), "mum", 2026, yuan(400), "me"),
        Refund("r1", date(2025, 10, 1), "p1"),
    )
    made = review(family(worker(), resident(), bindings=(bound(),), events=bills), shipped())
    words = {entry.line.event: (entry.kind, entry.item) for entry in entries(LedgerModel(made, look))}
    assert words["v1"] == ("门诊", "三级医院")
    assert words["v2"] == ("住院", "三级医院")
    assert words["p1"] == ("缴费", "2026年度居民医保")
    assert words["r1"] == ("冲正", "冲正 09-09 缴费")


def test_that_a_name_in_a_note_becomes_a_relation(look: Look) -> None:
    made = seen("sandwich-family")
    first = made.family.events[0]
    noted = replace(made.family, events=(replace(first, note="刘蕙买药"), *made.family.events[1:]))
    model = LedgerModel(review(noted, shipped()), look)
    model.choose_year("2025")
    assert "母亲买药" in {entry.item for entry in entries(model)}


@pytest.mark.parametrize(
    ("purpose", "words"), [(Purpose.WELLNESS, "不可以：养生保健"), (Purpose.GOODS, "不可以：保健品、日用品")]
)
def test_that_a_chip_names_what_may_not_be_paid(look: Look, purpose: Purpose, words: str) -> None:
    bill = replace(visit("v1", date(2025, 3, 1)), purpose=purpose)
    made = review(family(worker(), resident(), bindings=(bound(),), events=(bill,)), shipped())
    model = LedgerModel(made, look)
    assert [chip.words for entry in entries(model) for chip in entry.chips] == [words]


# -------------------------------------------------------------------------------------------------- filters


def test_that_days_narrow_the_lines_and_the_totals_close(look: Look) -> None:
    model = model_of(look)
    model.choose_days(JUNE, TODAY)
    sums = model.totals
    assert model.context == "2026年共 39 笔，筛选后 21 笔"
    assert model.period == "选中期间 6月1日至11月21日，21 笔"
    assert (sums.opening, sums.change, sums.elsewhere, sums.balance) == (
        yuan("8209.65"),
        yuan("216.70"),
        yuan(0),
        yuan("8426.35"),
    )
    assert model.closing == "期初 8,209.65 + 216.70 = 期末 8,426.35"


def test_that_the_year_closes_from_what_it_opened_with(look: Look) -> None:
    assert model_of(look).closing == "期初 12,612.55 - 4,186.20 = 期末 8,426.35"


def test_that_lines_left_out_are_told_in_the_equation(look: Look) -> None:
    model = model_of(look)
    model.choose_person("brother")
    assert events(model) == ["e2609-brother", "e2604-brother"]
    assert model.closing == "期初 12,612.55，所列 -436.00，未列 -3,750.20，期末 8,426.35"


@every_sample
@pytest.mark.parametrize("kind", ["", "pharmacy", "credit"])
def test_that_the_totals_always_close(look: Look, stem: str, kind: str) -> None:
    model = model_of(look, stem)
    for year in (choice.key for choice in model.years):
        model.choose_year(year)
        model.choose_kind(kind)
        sums, lines = model.totals, [entry.line for entry in entries(model)]
        assert sums.opening + sums.change + sums.elsewhere == sums.balance
        still = EntryKind.OPENING
        assert sums.change == total(line.change for line in lines if line.kind is not still)
        bills = [line for line in lines if line.total_fee is not None]
        assert sums.total_fee == total(sums.paid) == total(line.total_fee for line in bills if line.total_fee)


def test_that_days_outside_the_year_or_turned_round_are_put_right(look: Look) -> None:
    model = model_of(look)
    model.choose_days(date(2027, 1, 1), date(2020, 1, 1))
    assert (model.filters.first, model.filters.last) == (date(2026, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("蛋白粉", ["e2611-grandmother"]),
        ("dbf", ["e2611-grandmother"]),
        ("弟弟", ["e2609-brother", "e2604-brother"]),
        ("dd", ["e2609-brother", "e2604-brother"]),
        ("12,740.54", ["e2605-mother"]),
        ("12740.54", ["e2605-mother"]),
        ("没有这样的", []),
    ],
)
def test_that_words_letters_and_sums_are_found(look: Look, words: str, found: list[str]) -> None:
    model = model_of(look)
    model.seek(f" {words} ")
    if words == "dd":  # 定点 begins like 弟弟
        assert set(found) <= set(events(model))
    else:
        assert events(model) == found


def test_that_a_hidden_sum_cannot_be_found(look: Look, qtbot: QtBot) -> None:
    model = model_of(look)
    model.seek("12740.54")
    with qtbot.waitSignal(model.changed):
        look.wear(hidden=True)
    assert events(model) == []


def test_that_a_kind_a_source_or_what_is_wrong_can_be_picked(look: Look) -> None:
    model = model_of(look)
    model.choose_kind("premium")
    assert {entry.kind for entry in entries(model)} == {"缴费"}
    model.clear()
    model.choose_source(str(Source.CASH))
    assert events(model) == ["e2611-grandmother", "e2605-mother", "e2604-brother"]
    model.clear()
    assert model.wrong == 3
    model.only_wrong(True)
    assert len(entries(model)) == 3


def test_that_clearing_shows_the_year_again(look: Look) -> None:
    model = model_of(look)
    model.choose_person("brother")
    model.choose_days(JUNE, TODAY)
    model.clear()
    assert model.totals.count == model.whole == 39


def test_that_another_year_has_its_own_days_and_strip(look: Look, qtbot: QtBot) -> None:
    model = model_of(look, "retiree")
    assert [choice.key for choice in model.years] == ["2026", "2025"]
    with qtbot.waitSignal(model.span_changed):
        model.choose_year("2025")
    assert (model.filters.first, model.filters.last) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (model.span.first, model.span.last) == (date(2025, 1, 1), date(2025, 12, 31))
    assert model.span.balances[-1].money == yuan("1409.39")


def test_that_choices_name_only_what_there_is(look: Look) -> None:
    model = model_of(look)
    assert [one.words for one in model.people] == [
        "全部家人", "本人", "配偶", "母亲", "父亲", "祖母", "弟弟", "女儿", "儿子", "哥哥",
    ]  # fmt: skip
    assert model.kinds[0].words == "全部类别"
    assert {"购药", "门诊", "住院", "缴费", "划入", "冲正", "期初"} == {one.words for one in model.kinds[1:]}
    assert [one.words for one in model.sources[1:]] == ["统筹基金", "本人账户", "家庭共济", "现金"]


# ------------------------------------------------------------------------------------------- choosing a line


def test_that_a_line_asked_for_is_shown_though_filters_hid_it(look: Look, page_of: Opens) -> None:
    model = model_of(look)
    page = page_of(model)
    model.choose_person("me")
    page.choose("e2511-mother")
    assert (model.year, model.filters.person) == (2025, "")
    assert page.table.currentIndex().row() == row_of(model, "e2511-mother")
    assert page.year.key() == "2025"


def test_that_an_unknown_line_changes_nothing(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    page.choose("nobody")
    page.choose("")
    assert not page.table.currentIndex().isValid()


def test_that_enter_goes_from_a_reversal_to_its_other_half_and_back(look: Look, page_of: Opens) -> None:
    model = model_of(look)
    page = page_of(model)
    page.choose("r2608-father")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.table.currentIndex().row() == row_of(model, "e2608-father")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.table.currentIndex().row() == row_of(model, "r2608-father")


def test_that_enter_on_a_line_that_breaks_a_rule_leads_to_the_finding(
    look: Look, page_of: Opens, qtbot: QtBot
) -> None:
    page = page_of(model_of(look))
    page.choose("e2611-grandmother")
    with qtbot.waitSignal(page.go) as went:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert went.args[0] == "findings"
    assert "visit.item_not_payable" in str(went.args[1])


def test_that_a_plain_line_leads_nowhere_and_enter_asks_why(look: Look, page_of: Opens, qtbot: QtBot) -> None:
    model = model_of(look)
    page = page_of(model)
    with qtbot.assertNotEmitted(page.go), qtbot.assertNotEmitted(model.chosen):
        assert model.open(0)
        assert not model.open(row_of(model, "e2611-son"))
    page.choose("e2611-son")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.why.isVisible()


def test_that_the_keyboard_walks_over_the_heads_of_months(look: Look, page_of: Opens) -> None:
    model = model_of(look)
    page = page_of(model)
    page.table.setFocus()
    page.table.selectRow(1)
    for _ in range(3):
        QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert isinstance(model.rows[4], MonthHead)
    assert page.table.currentIndex().row() == 5


# ------------------------------------------------------------------------------------------------- the model


@every_sample
def test_that_the_table_is_a_good_model(look: Look, qtmodeltester: ModelTester, stem: str) -> None:
    qtmodeltester.check(LedgerTable(look, model_of(look, stem)))  # type: ignore[no-untyped-call]


def test_that_the_table_stays_a_good_model_while_filters_change(
    look: Look, qtmodeltester: ModelTester
) -> None:
    model = model_of(look)
    table = LedgerTable(look, model)
    qtmodeltester.check(table)  # type: ignore[no-untyped-call]
    model.seek("没有这样的")
    assert table.rowCount() == 0
    model.clear()
    assert table.rowCount() == len(model.rows)


def test_that_the_table_tells_how_its_cells_look(look: Look) -> None:
    model = model_of(look)
    table, row = LedgerTable(look, model), row_of(model, "e2609-brother")
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    assert [table.index(row, c).data(ALIGNMENT) == right for c in range(11)] == [
        c >= TOTAL for c in range(11)
    ]
    assert [table.index(row, c).data(STRONG) for c in range(11)] == [
        c in (PERSON, BALANCE) for c in range(11)
    ]
    assert [table.index(row, c).data(TONE) for c in (ON, KIND, ITEM, OWN)] == [
        "text_2",
        "text_2",
        "text",
        "text_3",
    ]
    assert table.index(row, ITEM).data(TOOLTIP) == "三级医院 骨科"
    assert (table.index(row, ON).data(GROUP), table.index(0, ON).data(GROUP)) == (None, True)
    assert table.index(0, ON).data(ACCESSIBLE) == "2026年11月，划入 196.00，支出 54.00"
    assert table.index(0, CHANGE).data(ACCESSIBLE) == "划入 196.00"
    assert table.index(0, ON).data(TOOLTIP) is None


def test_that_the_header_names_sources_and_the_unit(look: Look) -> None:
    table = LedgerTable(look, model_of(look))
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert table.headerData(FUND, across, SOURCE) == Source.FUND
    assert table.headerData(ITEM, across, ASIDE) == "金额单位：元"
    assert table.headerData(0, down) is None
    assert table.headerData(0, across, TOOLTIP) is None


# -------------------------------------------------------------------------------------------------- the page


def test_that_the_controls_filter(look: Look, page_of: Opens) -> None:
    model = model_of(look)
    page = page_of(model)
    QTest.keyClicks(page.search, "dbf")
    assert events(model) == ["e2611-grandmother"]
    page.clear.click()
    assert (page.search.text(), model.totals.count) == ("", 39)
    page.wrong.click()
    assert model.totals.count == 3
    page.clear.click()
    assert not page.wrong.isChecked()
    page.person.chosen.emit("brother")
    assert page.person.key() == "brother"
    page.strip.range_changed.emit(JUNE, TODAY)
    assert (page.first.day(), page.last.day()) == (JUNE, TODAY)
    page.first.chosen.emit(date(2026, 9, 1))
    page.last.chosen.emit(date(2026, 9, 30))
    assert page.strip.range == (date(2026, 9, 1), date(2026, 9, 30))
    assert events(model) == ["e2609-brother"]


def test_that_the_strip_chooses_days_by_key(look: Look, page_of: Opens) -> None:
    model = model_of(look)
    page = page_of(model)
    QTest.keyClick(page.strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert model.filters.first == date(2026, 2, 1)


def test_that_nothing_found_offers_the_way_back(look: Look, page_of: Opens) -> None:
    model = model_of(look)
    page = page_of(model)
    model.seek("没有这样的")
    assert not page.table.isVisible()
    assert page.nothing.text() == "没有符合这些条件的流水。"
    page.none.click()
    assert page.table.isVisible()


def test_that_a_year_without_lines_says_so(look: Look, page_of: Opens) -> None:
    page = page_of(LedgerModel(review(family(worker(balance=None)), shipped()), look))
    assert page.nothing.text() == "2025年还没有流水。"
    assert not page.none.isVisible()
    assert not page.year.isVisible()


def test_that_the_totals_stand_under_their_columns(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    assert page.totals.texts() == {
        TOTAL: "18,953.94",
        FUND: "10,638.94",
        OWN: "2,142.80",
        SHARE: "5,672.20",
        CASH: "500.00",
        CHANGE: "-4,186.20",
        BALANCE: "8,426.35",
    }
    assert page.totals.accessibleName() == (
        "选中期间 1月1日至11月21日，39 笔：医疗费总额 18,953.94，统筹基金 10,638.94，本人账户 2,142.80，"
        "家庭共济 5,672.20，现金 500.00，账户变动 -4,186.20，期初 12,612.55 - 4,186.20 = 期末 8,426.35"
    )


def test_that_a_narrow_table_puts_columns_under_its_lines(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look), 800)
    assert page.table.folded
    assert page.table.isColumnHidden(ITEM)
    assert page.totals.closing.endswith("，单位元")
    high = page.table.rowHeight(1)
    area_of(page).resize(1200, 756)
    settle()
    assert not page.table.folded
    assert not page.table.isColumnHidden(ITEM)
    assert page.table.rowHeight(1) < high


@every_sample
def test_that_privacy_leaves_no_sum_and_no_name(look: Look, page_of: Opens, stem: str) -> None:
    model = model_of(look, stem)
    page = page_of(model)
    look.wear(hidden=True)
    table = page.table.model()
    roles = (int(Qt.ItemDataRole.DisplayRole), ACCESSIBLE, TOOLTIP, ASIDE)
    cells = [
        str(table.index(row, column).data(role) or "")
        for row in range(table.rowCount())
        for column in range(table.columnCount())
        for role in roles
    ]
    widgets = [one.accessibleName() for one in page.findChildren(QWidget)]
    texts = [*cells, *widgets, *page.totals.texts().values(), page.totals.closing]
    assert not [text for text in texts if look.money.sentence(text) != text]
    assert not [text for text in texts for one in seen(stem).family.people if one.name in text]
    assert MASK in page.totals.closing


@pytest.mark.parametrize("width", [1136, 800])
@pytest.mark.parametrize("theme", list(Theme))
def test_that_it_can_be_seen_in_every_theme(look: Look, page_of: Opens, theme: Theme, width: int) -> None:
    page = page_of(model_of(look), width)
    look.wear(theme=theme)
    page.choose("e2608-father")
    page.table.setFocus()
    QTest.mouseMove(page.table.viewport(), QPoint(50, 50))
    assert not page.grab().isNull()


@every_sample
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_that_nothing_is_cut_in_the_smallest_window(
    look: Look, page_of: Opens, stem: str, scale: float
) -> None:
    look.wear(scale=scale)
    page = page_of(model_of(look, stem), 800 if scale < 1.5 else 904, 600)
    assert area_of(page).horizontalScrollBar().maximum() == 0
    assert page.table.horizontalScrollBar().maximum() == 0
    for words in (one for one in page.findChildren(Words) if one.isVisible()):
        assert words.width() >= words.minimumSizeHint().width(), words.text()
    flow = page.findChild(Flow)
    assert isinstance(flow, Flow)
    for part in flow.children():
        if isinstance(part, QWidget):
            assert flow.rect().contains(part.geometry())
            assert part.width() >= part.sizeHint().width()


def test_that_everything_one_can_reach_by_key_says_what_it_is(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    stops = [one for one in page.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [one for one in stops if one.isVisible() and not one.accessibleName()] == []


def test_that_the_keyboard_walks_in_the_order_one_reads(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    order: list[QWidget] = [
        page.year,
        page.bring,
        page.give,
        page.new,
        page.search,
        page.person,
        page.kind,
        page.source,
        page.first,
        page.last,
        page.wrong,
        page.clear,
        page.strip,
        page.table,
    ]
    walked: list[QWidget] = []
    stop: QWidget | None = page.year
    while stop is not None and page.table not in walked:
        if stop in order:
            walked.append(stop)
        stop = stop.nextInFocusChain()
    assert walked == order


# ------------------------------------------------------------------------------------------- what can be done


def titles(page: LedgerPage) -> list[str]:
    """The steps in the panel at the side."""
    return [
        step.findChildren(Words)[0].text() for step in page.why.findChildren(TraceStep) if step.isVisible()
    ]


def test_that_each_kind_of_line_says_why(look: Look) -> None:
    model = model_of(look)
    credit = next(r for r, one in enumerate(model.rows) if isinstance(one, Entry) and one.kind == "划入")
    opening = next(r for r, one in enumerate(model.rows) if isinstance(one, Entry) and one.kind == "期初")
    told = {
        name: [step.title for step in model.why(row).steps]
        for name, row in {
            "visit": row_of(model, "e2609-brother"),
            "refund": row_of(model, "r2608-father"),
            "credit": credit,
            "opening": opening,
            "month": 0,
        }.items()
    }
    assert told == {
        "visit": [
            "符合政策范围的费用 640.00",
            "起付线 300.00",
            "统筹基金支付 204.00",
            "再由本人共济 436.00",
            "本人的账户余额 8,070.85",
        ],
        "refund": ["冲正 2026-08-05 的一笔 -132.80", "退回本人的账户 132.80", "本人的账户余额 8,433.65"],
        "credit": ["11月划入 196.00", "本人的账户余额 8,426.35"],
        "opening": ["期初余额 12,612.55"],
        "month": ["划入 196.00", "支出 54.00"],
    }
    assert model.why(credit).steps[0].formula == "9,800.00 × 2% = 196.00"
    assert model.why(row_of(model, "e2609-brother")).steps[-1].formula == "8,506.85 - 436.00 = 8,070.85"


@every_sample
def test_that_every_line_and_month_says_why(look: Look, stem: str) -> None:
    model = model_of(look, stem)
    for year in (choice.key for choice in model.years):
        model.choose_year(year)
        assert all(model.why(row).steps for row in range(len(model.rows)))


def test_that_the_totals_say_how_they_close(look: Look) -> None:
    model = model_of(look)
    assert [step.title for step in model.why_totals.steps][:3] == [
        "期初 12,612.55",
        "所列 39 笔变动 -4,186.20",
        "期末 8,426.35",
    ]
    model.choose_person("brother")
    assert model.why_totals.steps[2].title == "未列的变动 -3,750.20"
    assert model.why_totals.steps[3].formula == "12,612.55 - 436.00 - 3,750.20 = 8,426.35"


def test_that_w_asks_why_and_the_answer_follows_the_line(look: Look, page_of: Opens, qtbot: QtBot) -> None:
    page = page_of(model_of(look))
    page.choose("e2609-brother")
    QTest.keyClick(page.table, Qt.Key.Key_W)
    assert titles(page)[1] == "起付线 300.00"
    page.choose("e2611-grandmother")
    settle()
    assert "养生保健" in "".join(one.accessibleName() for one in page.why.findChildren(Notice))
    page.choose("e2609-brother")
    link = next(one for one in page.why.findChildren(Button) if "2022-10-01" in one.text())
    with qtbot.waitSignal(page.go) as went:
        link.click()
    assert went.args == ["policies", "employee_outpatient.deductible@2026-09-11"]
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert not page.why.isVisible()


def press(page: LedgerPage, row: int, column: int) -> None:
    spot = page.table.visualRect(page.table.model().index(row, column)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_that_a_pressed_sum_tells_why(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    press(page, 1, TOTAL)
    assert page.why.isVisible()
    page.why.leave()
    press(page, 1, KIND)
    assert not page.why.isVisible()
    QTest.mouseClick(page.totals, Qt.MouseButton.LeftButton)
    assert titles(page)[0] == "期初 12,612.55"
    page.why.leave()
    QTest.keyClick(page.totals, Qt.Key.Key_Return)
    assert page.why.isVisible()


def test_that_a_pressed_chip_leads_to_the_other_half(
    look: Look, page_of: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = model_of(look)
    page = page_of(model)
    page.choose("r2608-father")
    index = page.table.model().index(row_of(model, "r2608-father"), ITEM)
    area = page.table.visualRect(index)
    at = page.table.viewport().mapToGlobal(QPoint(area.right() - 40, area.center().y()))
    monkeypatch.setattr("desktop.ui.ledger.view.QCursor.pos", lambda: at)
    page.table.clicked.emit(index)
    assert page.table.currentIndex().row() == row_of(model, "e2608-father")


def test_that_a_line_is_mended_on_the_page_of_settlements(look: Look, page_of: Opens, qtbot: QtBot) -> None:
    page = page_of(model_of(look))
    assert not page.below.isVisible()
    page.choose("e2609-brother")
    assert page.below.isVisible()
    with qtbot.waitSignal(page.go) as went:
        page.below.buttons["edit"].click()
    assert went.args == ["visits", "e2609-brother"]
    with qtbot.waitSignal(page.go) as went:
        QTest.keyClick(page.table, Qt.Key.Key_F2)
    assert went.args == ["visits", "e2609-brother"]


def test_that_a_reversal_is_foretold_and_then_made(look: Look, page_of: Opens, qtbot: QtBot) -> None:
    model = model_of(look)
    page = page_of(model)
    page.choose("e2609-brother")
    with qtbot.waitSignal(
        model.reversing, check_params_cb=lambda: bool(model.reversal and model.reversal.says)
    ):
        page.below.buttons["reverse"].click()
    line = page.below.reversal
    assert line.isVisible()
    assert not line.ground.isVisible()
    assert line.says.text() == "记一笔负数，原来那一笔不改。本人的账户余额由 8,426.35 变为 8,862.35。"
    line.day.put(date(2026, 9, 10))
    assert "早于原来那一笔" in line.says.text()
    assert not line.book.isEnabled()
    with qtbot.waitSignal(
        model.reversing, check_params_cb=lambda: bool(model.reversal and model.reversal.says)
    ):
        line.day.put(date(2026, 9, 12))
    with qtbot.waitSignal(page.change) as asked:
        line.book.click()
    change = asked.args[0]
    assert isinstance(change, Change)
    assert change.step == "冲正 2026-09-11 门诊"
    assert change.family.events[-1] == Refund("refund-20260912-1", date(2026, 9, 12), "e2609-brother")
    assert not line.isVisible()


def test_that_a_premium_is_asked_back_on_a_ground(look: Look, page_of: Opens, qtbot: QtBot) -> None:
    paid = PremiumPayment("p1", date(2026, 9, 10), "mum", 2027, None, "me")
    ours = family(worker("me", 9000), resident(), bindings=(bound(),), events=(paid,), as_of=TODAY)
    model = LedgerModel(review(ours, shipped()), look)
    page = page_of(model)
    page.choose("p1")
    page.below.buttons["reverse"].click()
    line = page.below.reversal
    assert line.ground.isVisible()
    line.ground.choose("duplicate")
    line.ground.chosen.emit("duplicate")
    qtbot.waitUntil(lambda: bool(model.reversal and model.reversal.change))
    with qtbot.waitSignal(page.change) as asked:
        line.book.click()
    assert [one.ground for one in asked.args[0].family.events if isinstance(one, Refund)] == ["duplicate"]


def test_that_enter_at_the_day_makes_a_reversal(look: Look, page_of: Opens, qtbot: QtBot) -> None:
    model = model_of(look)
    page = page_of(model)
    page.choose("e2609-brother")
    page.below.buttons["reverse"].click()
    qtbot.waitUntil(lambda: bool(model.reversal and model.reversal.change))
    with qtbot.waitSignal(page.change) as asked:
        QTest.keyClick(page.below.reversal.day, Qt.Key.Key_Return)
    assert asked.args[0].step == "冲正 2026-09-11 门诊"


def test_that_a_reversal_is_given_up_by_esc_or_by_going_on(look: Look, page_of: Opens) -> None:
    model = model_of(look)
    page = page_of(model)
    page.choose("e2609-brother")
    page.below.buttons["reverse"].click()
    QTest.keyClick(page.below.reversal.day, Qt.Key.Key_Escape)
    assert model.reversal is None
    page.below.buttons["reverse"].click()
    page.choose("e2611-son")
    assert model.reversal is None
    assert page.below.buttons["edit"].isVisible()


def test_that_a_slip_is_printed_of_the_chosen_visit(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    assert page.slip is None
    page.choose("e2609-brother")
    slip = page.slip
    assert slip is not None
    assert slip.visit.id == "e2609-brother"
    assert slip.trial.settled == seen("sandwich-family").ledger.settlements["e2609-brother"]
    page.choose("r2608-father")
    assert page.slip is None


def test_that_a_line_is_deleted(look: Look, page_of: Opens, qtbot: QtBot) -> None:
    page = page_of(model_of(look))
    page.choose("e2609-brother")
    with qtbot.waitSignal(page.change) as asked:
        QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert isinstance(asked.args[0], Change)
    assert asked.args[0].step == "删去弟弟门诊 2026-09-11"


def test_that_what_cannot_be_done_says_why_not(look: Look, page_of: Opens, qtbot: QtBot) -> None:
    model = model_of(look)
    page = page_of(model)
    page.choose("e2608-father")
    assert not page.below.buttons["edit"].isEnabled()
    assert not page.commands["delete"].isEnabled()
    told = [one.text() for one in page.below.findChildren(Words) if one.isVisible()]
    assert "这一笔已经冲正，两笔都留在账上，要再记，请重新记一笔。" in told
    page.below.buttons["pair"].click()
    assert page.table.currentIndex().row() == row_of(model, "r2608-father")
    credit = next(r for r, one in enumerate(model.rows) if isinstance(one, Entry) and one.kind == "划入")
    assert "家庭" in model.allowed(credit).edit
    with qtbot.assertNotEmitted(model.change), qtbot.assertNotEmitted(model.go):
        model.edit(credit)
        model.delete(credit)
        model.ask_reversal(credit)
        model.reverse()


def test_that_the_context_menu_offers_what_can_be_done(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    page.choose("e2609-brother")
    menu = page.menu()
    assert [one.text() for one in menu.actions() if one.isVisible()] == [
        "为什么",
        "修改…",
        "冲正…",
        "删去",
        "复制",
    ]
    assert [one.shortcut().toString() for one in menu.actions()] == ["W", "P", "F2", "R", "Del", "Ctrl+C"]


def test_that_chosen_lines_are_copied_as_they_are_shown(look: Look, page_of: Opens) -> None:
    page = page_of(model_of(look))
    page.choose("e2611-grandmother")
    QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert [len(line) for line in lines] == [12, 12, 12]
    assert lines[0][:4] == ["日期", "类别", "使用人", "摘要"]
    assert lines[1][4] == "88.00"
    assert lines[1][-1] == "不可以：养生保健"
    look.wear(hidden=True)
    page.copy()
    assert "88.00" not in QGuiApplication.clipboard().text()


def test_that_the_head_leads_to_other_work(look: Look, page_of: Opens, qtbot: QtBot) -> None:
    page = page_of(model_of(look))
    with qtbot.waitSignal(page.go) as went:
        page.new.click()
    assert went.args == ["visits", ""]
    for button, command in ((page.bring, "import"), (page.give, "export")):
        with qtbot.waitSignal(page.act) as asked:
            button.click()
        assert asked.args == [command]


# ------------------------------------------------------------------------------------------- another family


def test_that_filters_the_line_and_the_place_stay_when_the_family_changes(look: Look, page_of: Opens) -> None:
    model = model_of(look)
    page = page_of(model)
    model.choose_kind("pharmacy")
    page.choose("e2608-father")
    page.ask_why()
    bar = page.table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    at = bar.value()
    made = seen("sandwich-family")
    change = book_visit(made.family, replace(visit("new", TODAY), patient="father"))
    assert isinstance(change, Change)
    page.renew(review(change.family, shipped()))
    assert model.filters.kind == "pharmacy"
    assert page.table.currentIndex().row() == row_of(model, "e2608-father")
    assert bar.value() == at
    assert page.why.isVisible()
    page.choose(change.about)
    assert model.filters.kind == ""
    assert page.table.currentIndex().row() == row_of(model, change.about)


def test_that_a_line_that_is_no_longer_in_the_book_is_chosen_no_more(look: Look, page_of: Opens) -> None:
    model = model_of(look)
    page = page_of(model)
    page.choose("e2611-son")
    assert page.below.isVisible()
    made = seen("sandwich-family").family
    page.renew(review(replace(made, events=made.events[:1]), shipped()))
    assert not page.below.isVisible()


def test_that_a_filter_for_someone_who_is_gone_is_dropped(look: Look) -> None:
    model = model_of(look)
    model.choose_year("2025")
    model.choose_person("brother")
    model.choose_kind("pharmacy")
    made = review(family(worker(), as_of=date(2024, 12, 31)), shipped())
    model.renew(made)
    assert (model.filters.person, model.filters.kind, model.year) == ("", "", 2024)


def test_that_what_could_not_be_settled_stands_in_the_book(look: Look) -> None:
    unknown = visit("unknown", date(2025, 3, 2), charges=charged(100))
    late = PremiumPayment("late", date(2025, 5, 5), "mum", 2025, None, "me")
    back = Refund("back", date(2025, 5, 6), "late")
    bills = (unknown, late, back)
    made = review(family(worker(), resident(), bindings=(bound(),), events=bills), shipped())
    model = LedgerModel(made, look)
    chips = {one.line.event: (one.kind, one.item, one.chips[0]) for one in entries(model) if one.chips}
    assert chips == {
        "unknown": ("门诊", "三级医院", Chip("待确认：没有收录规则", Verdict.INFO)),
        "late": ("缴费", "2025年度居民医保", Chip("不可以：不在征缴期", Verdict.BAD)),
        "back": ("冲正", "退费", Chip("不可以：没有可退的", Verdict.BAD)),
    }
    why = model.why(row_of(model, "late"))
    assert (why.steps, why.remarks[0].verdict) == ((), Verdict.BAD)
    assert not model.allowed(row_of(model, "unknown")).edit
    assert model.closing == "期初 1,000.00 + 0.00 = 期末 1,000.00"


# ------------------------------------------------------------------------------------------------- many lines


def test_that_a_great_many_lines_are_sifted_off_the_gui_thread(
    look: Look, qtbot: QtBot, page_of: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_model, "AT_ONCE", 10)
    model = model_of(look)
    page = page_of(model)
    with qtbot.waitSignal(model.changed):
        model.choose_person("brother")
        assert len(entries(model)) == 39
    assert events(model) == ["e2609-brother", "e2604-brother"]
    with qtbot.waitSignal(model.chosen):
        page.choose("e2611-son")
    assert page.table.currentIndex().row() == row_of(model, "e2611-son")
    with qtbot.waitSignal(model.changed):
        model.choose_person("me")
        model.choose_person("brother")  # only the newest question is answered
    assert events(model) == ["e2609-brother", "e2604-brother"]


def test_that_only_some_of_many_rows_are_measured(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.ui.ledger.sift._FEW", 5)
    model = model_of(look)
    heads = [row for row, one in enumerate(model.rows) if isinstance(one, MonthHead)]
    assert set(heads) <= set(model.telling)
    assert len(model.telling) < len(model.rows)
    dearest = max(entries(model), key=lambda one: one.line.total_fee or 0)
    assert row_of(model, dearest.line.event) in model.telling
    table = LineTable(look, LedgerTable(look, model), "", wide=ITEM, telling=lambda: model.telling)
    assert table.rowHeight(heads[1]) < table.rowHeight(1) == table.rowHeight(len(model.rows) - 1)
