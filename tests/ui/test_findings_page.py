"""合规页测试。Findings counted, filtered and sorted, and why each is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea, QToolButton, QWidget

from desktop.ui.findings.model import FindingsModel
from desktop.ui.findings.view import FindingsPage
from desktop.ui.look.tokens import Theme, Verdict
from desktop.ui.widgets.basic import Button
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, shipped

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look

DAY = date(2026, 11, 21)
IN_LAW = "岳父是本人的配偶的父母，不在这一天可以绑定的亲属之内"


@pytest.fixture(scope="module")
def seen() -> Review:
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY), shipped())


@pytest.fixture
def model(seen: Review, look: Look) -> FindingsModel:
    return FindingsModel(seen, look)


@pytest.fixture
def page(model: FindingsModel, look: Look, qtbot: QtBot) -> FindingsPage:
    made = FindingsPage(look, model)
    qtbot.addWidget(made)
    made.resize(1136, 760)
    made.show()
    qtbot.waitExposed(made)
    return made


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def key_of(model: FindingsModel, title: str) -> str:
    return next(line.key for line in model.lines if line.title == title)


def test_that_findings_are_counted_by_verdict(model: FindingsModel) -> None:
    assert model.whole == 7
    assert model.counts == {Verdict.BAD: 3, Verdict.WARN: 1, Verdict.INFO: 3}


def test_that_the_gravest_come_first_or_the_newest(model: FindingsModel) -> None:
    verdicts = [line.verdict for line in model.lines]
    assert verdicts == sorted(verdicts, key=list(Verdict).index)
    model.sort("date")
    assert model.lines[0].record == "流水 2026-11-18 祖母"
    assert model.lines[-1].record.startswith("流水")


def test_that_a_tab_shows_its_verdict_only(model: FindingsModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.changed):
        model.show_only("warn")
    assert [line.title for line in model.lines] == ["弟弟这一天没有医保待遇，统筹基金不支付"]
    assert model.why is not None
    assert model.why.verdict is Verdict.WARN
    model.show_only("")
    assert len(model.lines) == 7


def test_that_people_are_called_by_relation_and_never_by_name(model: FindingsModel) -> None:
    names = ("陈国梁", "周予安", "刘蕙", "周楠", "周桂芝", "周岩")
    for line in model.lines:
        assert not any(name in f"{line.title}{line.sentence}{line.record}" for name in names)


def test_that_a_finding_names_its_record_and_its_clause(model: FindingsModel) -> None:
    line = next(one for one in model.lines if one.title == IN_LAW)
    assert (line.record, line.clause) == ("绑定 2026-11-02 岳父", "国办发〔2024〕38号")
    assert model.record(line.key) == ("family", "father_in_law")
    wellness = next(one for one in model.lines if "养生保健" in one.title)
    assert model.record(wellness.key) == ("ledger", "e2611-grandmother")


def test_that_a_relation_not_allowed_shows_the_eight_kinds(model: FindingsModel) -> None:
    model.choose(key_of(model, IN_LAW))
    why = model.why
    assert why is not None
    assert why.kinds is not None
    assert len(why.kinds.allowed) == 8
    assert (why.kinds.refused, why.kinds.who) == ("配偶的父母", "岳父在这里")
    basis = dict(why.basis)
    assert basis["生效"] == "2024-12-09 起"
    assert basis["来源"] == "官方文件，可信度高"
    assert basis["之前"].endswith("（至 2024-12-08）")
    assert basis["记录"] == "绑定 2026-11-02 岳父"


def test_that_other_findings_show_no_kinds(model: FindingsModel) -> None:
    model.choose(next(line.key for line in model.lines if "共济人" in line.title))
    assert model.why is not None
    assert model.why.kinds is None


def test_that_what_others_say_stands_with_a_disputed_clause(model: FindingsModel) -> None:
    model.choose(next(line.key for line in model.lines if "各地说法不一" in line.title))
    assert model.why is not None
    assert "另说" in dict(model.why.basis)


def test_that_choosing_what_the_tab_hides_shows_all_again(model: FindingsModel, page: FindingsPage) -> None:
    key = key_of(model, IN_LAW)
    model.show_only("info")
    page.choose(key)
    assert len(page.list.rows) == 7
    page.choose("no such finding")
    assert model.key == key


def test_that_the_row_pressed_is_marked_and_explained(page: FindingsPage, qtbot: QtBot) -> None:
    row = next(one for one in page.list.rows if one.finding.title == IN_LAW)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert row.property("chosen")
    assert sum(bool(one.property("chosen")) for one in page.list.rows) == 1
    qtbot.waitUntil(lambda: "可以绑定的 8 类" in words(page.why))
    told = words(page.why)
    assert "1. 由与岳父属于近亲属的职工绑定" in told
    assert "binding." not in told


def test_that_tabs_and_order_change_the_rows(page: FindingsPage) -> None:
    tab = next(b for b in page.tabs.findChildren(QToolButton) if b.text().startswith("不可以"))
    assert tab.text() == "不可以 3"
    tab.click()
    assert len(page.list.rows) == 3
    page.order.setFocus()
    QTest.keyClick(page.order, Qt.Key.Key_Down)
    assert page.list.rows[0].finding.record == "流水 2026-11-18 祖母"


def test_that_only_tabs_of_findings_are_shown(page: FindingsPage) -> None:
    tabs = [b.text() for b in page.tabs.findChildren(QToolButton)]
    assert tabs == ["全部 7", "不可以 3", "需注意 1", "待确认 3"]


def test_that_a_record_is_a_link_to_its_page(page: FindingsPage, model: FindingsModel, qtbot: QtBot) -> None:
    page.choose(key_of(model, IN_LAW))
    buttons = [b for b in page.why.findChildren(Button) if b.text() == "看这条记录"]
    with qtbot.waitSignal(page.go) as asked:
        buttons[-1].click()
    assert asked.args == ["family", "father_in_law"]
    row = page.list.rows[0]
    link = next(b for b in row.findChildren(Button) if b.text() == row.finding.record)
    with qtbot.waitSignal(page.go):
        link.click()


def test_that_the_clause_of_a_row_opens_its_reasons(page: FindingsPage, model: FindingsModel) -> None:
    page.why.leave()
    row = page.list.rows[1]
    next(b for b in row.findChildren(Button) if b.text() == row.finding.clause).click()
    assert page.why.isVisible()
    assert model.key == row.finding.key


def test_that_a_family_without_findings_is_told_so(seen: Review, look: Look, qtbot: QtBot) -> None:
    clean = replace(seen, ledger=replace(seen.ledger, findings=()))
    page = FindingsPage(look, FindingsModel(clean, look))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    assert "没有违规提示" in words(page.list)
    assert page.list.rows == []


def test_that_privacy_hides_every_sum(page: FindingsPage, look: Look, qtbot: QtBot) -> None:
    assert "326.00" in words(page)
    look.wear(hidden=True)
    qtbot.waitUntil(lambda: "••••" in words(page.list))
    assert "326.00" not in words(page)


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1136), (1.0, 800), (1.25, 744), (1.5, 960), (2.0, 904)])
def test_that_the_page_fits_its_width(
    page: FindingsPage, look: Look, qtbot: QtBot, scale: float, width: int
) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.resize(width, 600)
    area.show()
    qtbot.waitExposed(area)
    fits = []
    for theme in Theme:
        look.wear(theme=theme, scale=scale)
        fits.append(page.minimumSizeHint().width() <= area.viewport().width())
    area.takeWidget()
    assert all(fits)
