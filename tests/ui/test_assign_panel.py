"""最佳绑定建议测试。What is searched, what is shown of it, what comes of it, and when it is stopped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from desktop.domain.binding import Relation
from desktop.domain.care import Setting
from desktop.domain.people import Sex
from desktop.domain.plan import Plan, Recurring, Rhythm
from desktop.ui.planning.assign_panel import AssignPanel
from desktop.ui.widgets.figures import BigNumber
from desktop.usecases.review import review
from tests.families import bound, charged, family, resident, shipped, visit, worker
from tests.ui.conftest import WIDTHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from desktop.domain.family import Family
    from desktop.ui.look.look import Look
    from desktop.usecases.changes import Change

DAY, UNTIL = date(2026, 11, 21), date(2027, 11, 30)
ME = replace(worker("me", 200), sex=Sex.MALE, born=date(1984, 1, 1))
BROTHER = replace(worker("bro", 30000), sex=Sex.MALE, born=date(1981, 1, 1), relation=Relation.SIBLING)
MUM = replace(resident("mum"), sex=Sex.FEMALE, name="刘蕙")
STAY = visit("stay", date(2027, 5, 1), "mum", charged(8000, own=2000), setting=Setting.INPATIENT)
POOR = replace(
    family(ME, BROTHER, MUM, bindings=(bound("me", "mum"),), as_of=DAY),
    plan=Plan(recurring=(Recurring(STAY, Rhythm.YEAR),)),
    holder="me",
)
RICH = replace(POOR, people=(replace(ME, account=BROTHER.account), BROTHER, MUM))


class Bench:
    def __init__(self, look: Look, qtbot: QtBot, start: Family) -> None:
        self.qtbot = qtbot
        self.panel = AssignPanel(look, review(start, shipped()), UNTIL)
        qtbot.addWidget(self.panel)
        self.changes: list[Change] = []
        self.left = 0
        self.panel.change.connect(self.changes.append)
        self.panel.leave.connect(self._leave)
        self.panel.show()
        qtbot.waitExposed(self.panel)

    def _leave(self) -> None:
        self.left += 1

    def wait(self) -> None:
        """Until what was found is painted: on a busy machine that is some turns after it is known."""
        self.qtbot.waitUntil(
            lambda: self.panel.found is not None and not self.panel._turns.busy and bool(self.words()),
            timeout=20000,
        )

    def words(self) -> str:
        labels = self.panel.sheet.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if one.isVisible())

    def shows(self, words: str) -> bool:
        return any(
            one.accessibleName() == words and one.isVisibleTo(self.panel)
            for one in self.panel.findChildren(QAbstractButton)
        )


def test_the_saving_comes_first_and_is_made_a_scenario(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, POOR)
    bench.wait()
    found = bench.panel.found
    assert found is not None
    assert bench.panel.sheet.findChild(BigNumber) is not None
    assert bench.words().startswith("全家少付现金")
    assert "哥哥" in bench.words()
    assert "比一比" in bench.words()
    bench.panel.add_button.click()
    assert [one.step for one in bench.changes] == ["新建方案“最省现金的绑定”"]
    bench.panel.renew(review(bench.changes[0].family, shipped()))
    assert bench.panel.added
    assert bench.panel.found is found
    assert not bench.panel.add_button.isVisible()
    qtbot.waitUntil(lambda: "已加入方案" in bench.words())


def test_sums_end_flush_under_their_caption(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, POOR)
    bench.wait()
    found, ways = bench.panel.found, bench.panel.ways
    assert found is not None
    shown = {"现金合计", f"{found.today.cash:,}", f"{found.best.cash:,}"}
    flush = {one.geometry().right() for one in ways.findChildren(QLabel) if one.text() in shown}
    assert len(flush) == 1


def test_nobody_is_called_by_name(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, POOR)
    bench.wait()
    assert "刘蕙" not in bench.words()


def test_where_nothing_can_be_gained_it_says_why(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, RICH)
    bench.wait()
    assert "不必改绑" in bench.words()
    assert not bench.panel.add_button.isVisible()


def test_one_person_alone_is_told_that_there_is_nobody_to_bind(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, replace(POOR, people=(ME,), bindings=(), plan=None))
    bench.wait()
    assert "没有谁可以绑定" in bench.words()
    assert "使用人" not in bench.words()


def test_who_could_not_be_judged_is_one_link_away(look: Look, qtbot: QtBot) -> None:
    unknown = replace(worker("who", 30000), sex=Sex.MALE)
    bench = Bench(look, qtbot, replace(POOR, people=(ME, MUM, unknown)))
    bench.wait()
    assert bench.shows("去家庭页补上家人的资料")
    link = next(one for one in bench.panel.findChildren(QAbstractButton) if "补上" in one.accessibleName())
    with qtbot.waitSignal(bench.panel.go) as went:
        link.click()
    assert went.args == ["family", "who"]


def test_a_stopped_search_gives_no_advice_and_can_begin_again(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, POOR)
    bench.panel.stop()
    qtbot.waitUntil(lambda: not bench.panel._turns.busy, timeout=20000)
    assert bench.panel.found is None
    qtbot.waitUntil(lambda: "没有算完" in bench.words())
    bench.panel.again_button.click()
    assert not bench.panel.sheet.isVisible()
    qtbot.waitUntil(lambda: bench.panel.found is not None, timeout=20000)
    bench.wait()
    assert "少付现金" in bench.words()


def test_another_family_is_searched_anew_but_its_scenarios_are_not(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, POOR)
    bench.wait()
    bench.panel.renew(review(RICH, shipped()))
    assert bench.panel.found is None
    qtbot.waitUntil(lambda: bench.panel.found is not None, timeout=20000)
    bench.wait()
    assert "不必改绑" in bench.words()


def test_escape_closes_it_and_ends_the_search(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, POOR)
    bench.panel.activateWindow()
    bench.panel.setFocus()
    qtbot.waitUntil(bench.panel.close_button.hasFocus)
    QTest.keyClick(bench.panel.close_button, Qt.Key.Key_Escape)
    assert bench.left == 1
    qtbot.waitUntil(lambda: not bench.panel._turns.busy, timeout=20000)


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
def test_it_fits_its_width(
    look: Look, qtbot: QtBot, fits_width: Callable[[QWidget, float, int], bool], scale: float, width: int
) -> None:
    bench = Bench(look, qtbot, POOR)
    bench.wait()
    assert fits_width(bench.panel, scale, width)


def test_privacy_hides_the_saving_and_the_sums(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, POOR)
    bench.wait()
    look.wear(hidden=True)
    number = bench.panel.sheet.findChild(BigNumber)
    assert isinstance(number, BigNumber)
    assert "•" in number.accessibleName()
    assert ".00" not in bench.words()
