"""合规页测试。Findings counted, filtered and sorted, why each is one, and what is done about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from desktop.domain.finding import Severity
from desktop.ui.findings.model import FindingsModel
from desktop.ui.findings.view import FindingsPage
from desktop.ui.look.tokens import Verdict
from desktop.ui.widgets.basic import Button
from desktop.usecases.changes import Change
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, shipped
from tests.ui.conftest import WIDTHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from desktop.ui.findings.preview import Preview
    from desktop.ui.look.look import Look
    from desktop.ui.widgets.verdicts import FindingRow
    from tests.ui.conftest import FitsWidth

DAY = date(2026, 11, 21)
TWO_PAYERS = "母亲已有共济人，哥哥后来的绑定不能生效"
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


def test_that_the_clause_of_a_row_leads_to_the_law_of_its_day(page: FindingsPage, qtbot: QtBot) -> None:
    row = page.list.rows[1]
    link = next(b for b in row.findChildren(Button) if b.text() == row.finding.clause)
    with qtbot.waitSignal(page.go) as asked:
        link.click()
    assert asked.args == ["policies", "mutual_aid.relations@2026-11-02"]
    with qtbot.waitSignal(page.go) as asked:
        button(page.why, "看政策条目").click()
    assert asked.args == ["policies", "mutual_aid.payers_per_beneficiary@2026-10-08"]


def test_that_a_row_chosen_opens_its_reasons_again(page: FindingsPage, model: FindingsModel) -> None:
    page.why.leave()
    row = page.list.rows[1]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert page.why.isVisible()
    assert model.key == row.finding.key


def test_that_a_family_without_findings_is_told_so(seen: Review, look: Look, qtbot: QtBot) -> None:
    clean = replace(seen, ledger=replace(seen.ledger, findings=()))
    page = FindingsPage(look, FindingsModel(clean, look))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    assert "现有记录里没有要处理的" in words(page.list)
    assert page.list.rows == []


# ------------------------------------------------------------------------------------------------------ fixes


def row_of(page: FindingsPage, title: str) -> FindingRow:
    return next(one for one in page.list.rows if one.finding.title == title)


def button(widget: QWidget, text: str) -> Button:
    """The last of that name: those of an earlier content may be waiting to be deleted."""
    return [one for one in widget.findChildren(Button) if one.text() == text][-1]


def buttons(widget: FindingRow) -> list[str]:
    return [one.text() for one in widget.findChildren(Button) if one.property("role") == "small"]


def offered(page: FindingsPage, title: str, qtbot: QtBot) -> FindingRow:
    """The row, once its fixes are known."""
    qtbot.waitUntil(lambda: bool(buttons(row_of(page, title))))
    return row_of(page, title)


def foreseen(model: FindingsModel, qtbot: QtBot) -> Preview:
    qtbot.waitUntil(lambda: model.preview is not None)
    assert model.preview is not None
    return model.preview


def kept(page: FindingsPage, model: FindingsModel, qtbot: QtBot, do: Callable[[], object]) -> Change:
    """What the session does with a change: keep it, work the family out anew, and renew the page."""
    with qtbot.waitSignal(page.change) as asked:
        do()
    [change] = asked.args
    assert isinstance(change, Change)
    page.renew(review(change.family, shipped()))
    return change


def test_that_each_row_offers_at_most_two_things_to_do(page: FindingsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(buttons(row) for row in page.list.rows))
    shown = {row.finding.title: buttons(row) for row in page.list.rows}
    assert shown[TWO_PAYERS] == ["改由哥哥支付", "留本人，请哥哥解绑"]
    assert shown[IN_LAW] == ["改由配偶绑定", "删除这条绑定"]
    assert shown["祖母的这一笔是养生保健，不能用个人账户支付"] == ["冲正这一笔", "改为现金"]
    assert shown["弟弟这一天没有医保待遇，统筹基金不支付"] == ["核对参保", "看依据"]
    assert list(shown.values())[-1] == ["看依据", "稍后提醒"]


def test_that_a_fix_is_foreseen_before_it_is_made(
    page: FindingsPage, model: FindingsModel, qtbot: QtBot
) -> None:
    changes: list[object] = []
    page.change.connect(changes.append)
    button(offered(page, IN_LAW, qtbot), "改由配偶绑定").click()
    seen = foreseen(model, qtbot)
    lines = {one.caption: one.words for one in seen.lines}
    assert lines == {
        "岳父对配偶是": "父亲",
        "配偶的账户余额": "3,358.40",
        "12 个月内最低": "2,232.01 不变",
        "首次不足": "2028年5月 不变",
        "配偶绑定的人数": "0 → 1 / 10",
    }
    assert seen.findings == ((Verdict.OK, f"不再提示：{IN_LAW}"),)
    qtbot.waitUntil(lambda: "改由配偶绑定，会怎样" in words(page.why))
    assert changes == []


def test_that_a_fix_that_moves_money_tells_both_sums(
    page: FindingsPage, model: FindingsModel, qtbot: QtBot
) -> None:
    button(offered(page, TWO_PAYERS, qtbot), "改由哥哥支付").click()
    lines = {one.caption: (one.words, one.tone) for one in foreseen(model, qtbot).lines}
    assert lines["12 个月内最低"] == ("2,232.01 → 5,126.75", "ok")
    assert lines["首次不足"] == ("2028年5月 → 5 年内无", "ok")
    assert lines["本人绑定的人数"] == ("7 → 6 / 10", "text")


def test_that_another_fix_can_be_looked_at(page: FindingsPage, model: FindingsModel, qtbot: QtBot) -> None:
    button(offered(page, IN_LAW, qtbot), "改由配偶绑定").click()
    foreseen(model, qtbot)
    button(page.why, "看看“删除这条绑定”").click()
    qtbot.waitUntil(lambda: "删除这条绑定，会怎样" in words(page.why))
    assert all(one.caption != "岳父对配偶是" for one in foreseen(model, qtbot).lines)


def test_that_a_fix_made_is_struck_through_until_the_next_change(
    page: FindingsPage, model: FindingsModel, qtbot: QtBot
) -> None:
    button(offered(page, IN_LAW, qtbot), "改由配偶绑定").click()
    change = kept(page, model, qtbot, button(page.why, "按此修改").click)
    assert change.step == "改由配偶绑定岳父"
    row = row_of(page, IN_LAW)
    assert row.finding.done
    qtbot.waitUntil(lambda: "已改由配偶绑定岳父" in words(row))
    assert model.counts[Verdict.BAD] == 2
    asked: list[str] = []
    page.act.connect(asked.append)
    button(row, "撤销").click()
    assert asked == ["undo"]
    page.renew(review(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY), shipped()))
    assert not row_of(page, IN_LAW).finding.done
    assert model.counts[Verdict.BAD] == 3


def test_that_another_change_takes_the_struck_row_away(
    page: FindingsPage, model: FindingsModel, qtbot: QtBot
) -> None:
    button(offered(page, IN_LAW, qtbot), "删除这条绑定").click()
    kept(page, model, qtbot, model.fix)
    model.press(model.lines[0].key, "later")
    kept(page, model, qtbot, lambda: model.snooze(7))
    assert IN_LAW not in {one.finding.title for one in page.list.rows}


def test_that_a_fix_that_was_not_kept_strikes_nothing(
    page: FindingsPage, model: FindingsModel, seen: Review, qtbot: QtBot
) -> None:
    button(offered(page, IN_LAW, qtbot), "删除这条绑定").click()
    model.fix()
    page.renew(seen)
    assert not any(one.finding.done for one in page.list.rows)


def test_that_a_place_to_go_is_a_button(page: FindingsPage, qtbot: QtBot) -> None:
    title = "弟弟这一天没有医保待遇，统筹基金不支付"
    row = offered(page, title, qtbot)
    with qtbot.waitSignal(page.go) as asked:
        button(row, "核对参保").click()
    assert asked.args == ["family", "brother"]
    with qtbot.waitSignal(page.go) as asked:
        button(page.why, "核对参保").click()
    assert asked.args == ["family", "brother"]


def test_that_a_finding_can_be_put_aside_and_taken_up_again(
    page: FindingsPage, model: FindingsModel, qtbot: QtBot
) -> None:
    page.choose(key_of(model, TWO_PAYERS))
    change = kept(page, model, qtbot, button(page.why, "30 天后").click)
    assert change.step == "设为 2026-12-21 再提醒"
    assert TWO_PAYERS not in {one.finding.title for one in page.list.rows}
    assert (model.whole, model.counts[Verdict.BAD]) == (6, 2)
    assert page.aside.text() == "已暂缓 1"
    page.aside.click()
    [row] = page.list.rows
    assert buttons(row) == ["恢复提醒"]
    qtbot.waitUntil(lambda: "已暂缓，2026-12-21 起再提醒。" in words(page.why))
    kept(page, model, qtbot, button(row, "恢复提醒").click)
    assert len(page.list.rows) == 7
    assert not page.aside.isVisible()


def test_that_choosing_what_is_put_aside_shows_it(
    page: FindingsPage, model: FindingsModel, qtbot: QtBot
) -> None:
    before, key = model.lines, key_of(model, TWO_PAYERS)
    page.choose(key)
    kept(page, model, qtbot, lambda: model.snooze(90))
    page.choose(key)
    assert page.aside.isChecked()
    assert [one.finding.key for one in page.list.rows] == [key]
    page.choose(next(line.key for line in before if line.key != key))
    assert not page.aside.isChecked()


def test_that_a_renewed_page_stays_where_it_was(
    page: FindingsPage, model: FindingsModel, seen: Review, qtbot: QtBot
) -> None:
    model.show_only("info")
    model.sort("date")
    page.choose(page.list.rows[1].finding.key)
    qtbot.waitUntil(page.list.rows[1].isVisible)
    page.list.rows[1].setFocus()
    assert page.focusWidget() is page.list.rows[1]
    before = [one.finding.key for one in page.list.rows], model.key
    page.renew(seen)
    assert ([one.finding.key for one in page.list.rows], model.key) == before
    assert page.focusWidget() is page.list.rows[1]


def test_that_a_tab_with_nothing_left_offers_the_others(
    page: FindingsPage, model: FindingsModel, seen: Review, qtbot: QtBot
) -> None:
    model.show_only("warn")
    left = tuple(one for one in seen.ledger.findings if one.severity is not Severity.WARNING)
    page.renew(replace(seen, ledger=replace(seen.ledger, findings=left)))
    qtbot.waitUntil(lambda: "这一类里没有。" in words(page.list))
    button(page.list, "看全部").click()
    assert len(page.list.rows) == 6


def test_that_the_list_can_be_printed_and_checked_anew(page: FindingsPage) -> None:
    asked: list[str] = []
    page.act.connect(asked.append)
    page.printed.click()
    page.recheck.click()
    assert asked == ["print_report", "recheck"]


def test_that_everything_one_can_reach_by_key_says_what_it_is(
    page: FindingsPage, model: FindingsModel, qtbot: QtBot
) -> None:
    button(offered(page, IN_LAW, qtbot), "改由配偶绑定").click()
    foreseen(model, qtbot)
    stops = [one for one in page.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [one for one in stops if one.isVisible() and not one.accessibleName()] == []


def test_that_privacy_hides_every_sum(page: FindingsPage, look: Look, qtbot: QtBot) -> None:
    assert "326.00" in words(page)
    look.wear(hidden=True)
    qtbot.waitUntil(lambda: "••••" in words(page.list))
    assert "326.00" not in words(page)


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
def test_that_the_page_fits_its_width(
    page: FindingsPage, fits_width: FitsWidth, scale: float, width: int
) -> None:
    assert fits_width(page, scale, width)
