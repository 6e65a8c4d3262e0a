"""政策页测试。Topics with counts, values of a day and a place, and all about the one chosen."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.ui.look.money import EMPTY
from desktop.ui.policies.model import ALL, DENIED, Only, PoliciesModel
from desktop.ui.policies.table import SINCE, SOURCE, SURE, VALUE, HistoryTable
from desktop.ui.policies.view import PoliciesPage
from desktop.ui.widgets.basic import Button
from desktop.ui.widgets.lines import CHIPS, SIGN, STRONG, TONE
from desktop.ui.widgets.stairs import StairChart, Standing
from desktop.ui.widgets.tables import ACCESSIBLE, DISPLAY
from desktop.ui.widgets.verdicts import VerdictChip
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, ZHUZHOU, shipped
from tests.ui.conftest import WIDTHS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look
    from tests.ui.conftest import FitsWidth

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def seen() -> Review:
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY), shipped())


@pytest.fixture
def model(seen: Review, look: Look) -> PoliciesModel:
    return PoliciesModel(seen, look)


@pytest.fixture
def page(model: PoliciesModel, look: Look, qtbot: QtBot) -> PoliciesPage:
    made = PoliciesPage(look, model)
    qtbot.addWidget(made)
    made.resize(1136, 740)
    made.show()
    qtbot.waitExposed(made)
    return made


def words(widget: QWidget) -> str:
    """What has just been built is shown with the next events."""
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(widget: QWidget, words_: str) -> None:
    button = next(one for one in widget.findChildren(Button) if one.text().startswith(words_))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def chart_of(page: PoliciesPage) -> StairChart:
    assert page.detail.chart is not None
    return page.detail.chart


def history_of(page: PoliciesPage) -> HistoryTable:
    assert page.detail.table is not None
    table = page.detail.table.model()
    assert isinstance(table, HistoryTable)
    return table


# ------------------------------------------------------------------------------------- topics and filters


def test_that_topics_are_counted_and_the_last_is_what_was_refused(model: PoliciesModel) -> None:
    counts = {name: count for _, name, count in model.topics}
    assert counts["个人账户"] == 29
    assert counts["查过而不采用"] == 48
    topics = sum(count for name, count in counts.items() if name not in {"全部", "查过而不采用"})
    assert counts["全部"] == topics


def test_that_a_topic_shows_its_values_and_the_first_of_them(
    page: PoliciesPage, model: PoliciesModel
) -> None:
    page.side.topics.chosen.emit("居民医保费")
    assert [one.title for one in page.list.list.items][:2] == ["个人缴费标准", "集中缴费期"]
    assert page.list.list.items[0].words == "400.00 元/年"
    assert "居民医保 个人缴费标准" in words(page.detail)
    assert page.list.seek.placeholderText() == "在居民医保费中查找"
    assert model.key == "premium.personal"


def test_that_values_of_two_files_say_whose_they_are(page: PoliciesPage) -> None:
    page.side.topics.chosen.emit("住院")
    assert page.list.list.items[0].title == "职工住院 起付线"


def test_that_filters_show_only_what_is_disputed_unpublished_or_doubtful(
    page: PoliciesPage, model: PoliciesModel
) -> None:
    model.choose_topic("住院")
    page.side.checks[Only.UNPUBLISHED].click()
    assert model.topic == ALL
    assert {one.words for one in page.list.list.items} == {"未公布"}
    assert len(page.list.list.items) == model.counts[Only.UNPUBLISHED] > 0
    page.side.checks[Only.DISPUTED].click()
    assert len(page.list.list.items) == model.counts[Only.UNPUBLISHED] + model.counts[Only.DISPUTED]
    page.side.checks[Only.UNPUBLISHED].click()
    assert {mark.words for one in page.list.list.items for mark in one.marks} == {"有争议"}
    assert f"{model.counts[Only.DISPUTED]} 项" in page.side.checks[Only.DISPUTED].accessibleName()


def test_that_words_are_sought_in_titles_keys_and_letters(page: PoliciesPage, model: PoliciesModel) -> None:
    for sought in ("划入比例", "计入比例", "own_rate", "gzjr", "grjfjrbl"):
        model.seek(sought)
        found = [one.key for one in page.list.list.items]
        assert ("account.own_rate" in found) is (sought in {"计入比例", "own_rate", "grjfjrbl"})


def test_that_nothing_found_offers_everything_again(page: PoliciesPage, model: PoliciesModel) -> None:
    QTest.keyClicks(page.list.seek, "zzzz")
    assert page.list.list.items == ()
    assert page.list.none.isVisible()
    QTest.mouseClick(page.list.all, Qt.MouseButton.LeftButton)
    assert (model.topic, model.sought, page.list.seek.text()) == (ALL, "", "")
    assert len(page.list.list.items) == {name: count for _, name, count in model.topics}["全部"]


def test_that_arrow_keys_walk_the_values(page: PoliciesPage, model: PoliciesModel) -> None:
    page.list.list.setFocus()
    QTest.keyClick(page.list.list, Qt.Key.Key_Down)
    assert model.key == page.list.list.items[1].key
    assert page.list.list.items[1].title in words(page.detail)


# -------------------------------------------------------------------------------------- a day and a place


def test_that_another_day_reads_everything_anew(page: PoliciesPage, model: PoliciesModel) -> None:
    page.choose("premium.personal")
    page.side.day.put(date(2024, 3, 1))
    assert page.list.list.items[0].words == "380.00 元/年"
    assert "2024年度居民医保个人缴费380元" in words(page.detail)
    row = history_of(page).row_of(2)
    assert history_of(page).index(row, SINCE).data(CHIPS)[0].words == "当时"


def test_that_a_day_past_the_packs_is_said(page: PoliciesPage, model: PoliciesModel) -> None:
    model.choose_day(date(2027, 3, 1))
    assert "2027-03-01 在规则包的有效期（至 2026-12-31）之后" in words(page.head)
    assert "看的这一天在有效期之后" in words(page.detail)


def test_that_another_city_has_its_own_values(page: PoliciesPage, model: PoliciesModel) -> None:
    page.choose("resident_outpatient.ceiling")
    assert "560.00 元/年" in words(page.detail)
    page.side.place.chosen.emit(ZHUZHOU)
    assert (
        next(one for one in model.items if one.key == "resident_outpatient.ceiling").words == "420.00 元/年"
    )
    assert "各市不同" in words(page.detail)


def test_that_a_link_leads_to_a_value_on_a_day(page: PoliciesPage, model: PoliciesModel) -> None:
    page.choose("premium.personal@2025-03-01")
    assert (model.topic, model.key, model.day) == ("居民医保费", "premium.personal", date(2025, 3, 1))
    assert page.side.day.day() == date(2025, 3, 1)
    page.choose("mutual_aid.relations/wallet_quota@2026-03-01")
    assert (model.topic, model.key) == ("医保钱包（跨省）", "mutual_aid.relations/wallet_quota")


def test_that_a_value_of_another_city_is_shown_there(page: PoliciesPage, model: PoliciesModel) -> None:
    page.choose("pharmacy.needs_prescription")
    assert (model.area, page.side.place.key()) == (ZHUZHOU, ZHUZHOU)
    assert "药店购药 须有处方" in words(page.detail)


def test_that_an_unknown_value_changes_nothing(page: PoliciesPage, model: PoliciesModel) -> None:
    before = model.topic, model.key, model.area
    page.choose("no.such_key")
    assert (model.topic, model.key, model.area) == before


def test_that_a_link_clears_filters_that_would_hide_it(page: PoliciesPage, model: PoliciesModel) -> None:
    model.show_only(Only.DISPUTED, on=True)
    page.choose("premium.personal")
    assert (model.only, model.key) == (frozenset(), "premium.personal")


def test_a_family_without_a_pack_for_its_city(seen: Review, model: PoliciesModel) -> None:
    model.choose_area("110100")
    assert model.places[0].key == "110100"
    assert model.topics[0][1] == "个人账户"


def test_that_a_changed_family_leaves_day_and_value(
    page: PoliciesPage, model: PoliciesModel, seen: Review
) -> None:
    page.choose("premium.personal@2025-03-01")
    page.renew(seen)
    assert (model.key, model.day) == ("premium.personal", date(2025, 3, 1))


# -------------------------------------------------------------------------------------------- one of them


def test_all_about_a_yearly_sum(page: PoliciesPage) -> None:
    page.choose("premium.personal")
    shown = words(page.detail)
    for part in (
        "premium.personal，湖南，2026-01-01 起",
        "可信度高",
        "2026-03-31 核对过来源",
        "查过而不采用的说法",
    ):
        assert part in shown
    standings = [Standing.PAST] * 4 + [Standing.NOW, Standing.ASSUMED]
    assert [one.standing for one in chart_of(page)._stairs] == standings
    table = history_of(page)
    assert [table.index(row, VALUE).data() for row in (0, 1, 3)] == [
        "400.00 元/年 估",
        "400.00 元/年",
        "380.00 元/年",
    ]
    assert table.index(1, SINCE).data(CHIPS)[0].words == "现行"
    assert table.index(1, SINCE).data(STRONG)
    assert table.index(0, VALUE).data(TONE) == "info"
    assert table.index(1, SOURCE).data() == "2026年度城乡居民医保参保缴费通告"
    assert [table.index(row, SURE).data() for row in (0, 1)] == [EMPTY, "高"]
    assert table.headerData(VALUE, Qt.Orientation.Horizontal, DISPLAY) == "数值"
    assert table.headerData(VALUE, Qt.Orientation.Vertical, DISPLAY) is None


def test_that_arrow_keys_walk_the_chart_and_speak(page: PoliciesPage) -> None:
    page.choose("premium.personal")
    chart = chart_of(page)
    assert "400.00 元/年" in chart.accessibleDescription()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleDescription().startswith("2024-01-01 至 2024-12-31，380.00 元/年")
    assert page.detail.table is not None
    assert page.detail.table.currentIndex().row() == history_of(page).row_of(2)
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.here == 0
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.here == 5
    page.detail.table.selectRow(1)
    assert chart.here == 4


def test_that_a_press_on_the_chart_walks_there(page: PoliciesPage) -> None:
    page.choose("premium.personal")
    chart = chart_of(page)
    chart.resize(500, chart.height())
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(80, 60))
    assert chart.here == 0


def test_that_a_disputed_value_says_what_is_taken_and_what_not(page: PoliciesPage) -> None:
    page.choose("resident_critical.deductible")
    shown = words(page.detail)
    for part in ("有争议：16,000.00 元/年，还是18,000.00 元/年", "采用", "不采用", "年度起付线18000元"):
        assert part in shown
    rivals = [len(one.rivals) for one in chart_of(page)._stairs]
    assert rivals == [1, 0, 1, 1]
    assert history_of(page).index(1, VALUE).data(SIGN) is not None
    assert "另说 18,000.00 元/年" in history_of(page).index(1, SINCE).data(ACCESSIBLE)


def test_that_a_table_by_status_and_level_shows_each_entry(page: PoliciesPage) -> None:
    page.choose("employee_inpatient.pool_share")
    shown = words(page.detail).split("\n")
    for part in ("在职", "退休", "基层", "省部属", "93%", "82%"):
        assert part in shown
    assert page.detail.chart is None


def test_that_an_unpublished_value_has_no_figure(page: PoliciesPage) -> None:
    page.choose("chronic.monthly_quota")
    assert "未公布" in words(page.detail)
    assert [chip.accessibleName() for chip in page.detail.findChildren(VerdictChip)] == ["未公布"]


def test_that_a_value_of_other_days_shows_its_history(page: PoliciesPage) -> None:
    page.choose("premium.window_extended")
    assert "这一天没有收录这一项" in words(page.detail)
    assert history_of(page).rowCount() == 2


def test_what_of_the_family_rests_on_it_and_the_links(page: PoliciesPage, qtbot: QtBot) -> None:
    page.choose("premium.personal")
    with qtbot.waitSignal(page.go) as told:
        press(page.detail, "流水 4 笔")
    assert told.args == ["ledger", "p26-father"]
    with qtbot.waitSignal(page.go) as told:
        press(page.detail, "2026-01-06 父亲")
    assert told.args == ["ledger", "p26-father"]
    page.choose("mutual_aid.relations")
    with qtbot.waitSignal(page.go) as told:
        press(page.detail, "合规 1 条")
    assert told.args is not None
    assert told.args[0] == "findings"
    page.choose("account.own_rate")
    with qtbot.waitSignal(page.go) as told:
        press(page.detail, "规划里")
    assert told.args == ["planning", ""]


def test_a_refused_statement_with_its_reason(page: PoliciesPage, model: PoliciesModel) -> None:
    page.side.topics.chosen.emit(DENIED)
    model.seek("80.54")
    page.choose(page.list.list.items[0].key)
    shown = words(page.detail)
    assert "退休人员个人账户每月60元、80.54元或120元" in shown
    assert "汇编页面自己推算，与改革文本的75元不符" in shown
    assert page.list.seek.placeholderText() == "在查过而不采用中查找"


def test_that_the_law_is_no_ones_and_privacy_leaves_its_sums(page: PoliciesPage, look: Look) -> None:
    page.choose("resident_outpatient.ceiling")
    look.wear(hidden=True)
    assert "420.00 元/年" in words(page.detail)
    index = page.list.list.model().index(0, 0)
    assert "•" not in str(index.data(ACCESSIBLE))


# --------------------------------------------------------------------------------------------- how it looks


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
def test_that_the_page_fits_its_width(
    page: PoliciesPage, fits_width: FitsWidth, scale: float, width: int
) -> None:
    page.choose("employee_inpatient.pool_share")
    assert fits_width(page, scale, width)


def test_that_topics_become_a_box_where_there_is_no_room(page: PoliciesPage, model: PoliciesModel) -> None:
    assert page.side.topics.isVisible()
    page.resize(800, 600)
    assert not page.side.topics.isVisible()
    page.side.box.chosen.emit("住院")
    assert model.topic == "住院"
    assert page.side.box.currentText() == "住院（12）"


def test_that_no_title_is_a_bare_key(model: PoliciesModel) -> None:
    model.show_all()
    assert [one.title for one in model.items if re.fullmatch(r"[a-z_.]+", one.title)] == []
