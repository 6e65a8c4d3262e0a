"""页脚提示测试。What was done is said until the next thing is; progress is seen only when it is slow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.ui.notice import FootNotice, Way
from desktop.ui.progress import ProgressStrip
from desktop.ui.widgets.basic import Button

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look


class Page(QWidget):
    """A page with something to type in and a notice at its foot."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.field, self.notice = QLineEdit(), FootNotice(look)
        lines = QVBoxLayout(self)
        lines.addWidget(self.field)
        lines.addWidget(self.notice)


@pytest.fixture
def page(look: Look, qtbot: QtBot) -> Page:
    made = Page(look)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.field.setFocus()
    return made


def ways(notice: FootNotice) -> list[str]:
    return [one.text() for one in notice.findChildren(Button) if not one.isHidden()]


def test_that_it_is_not_there_until_there_is_something_to_say(page: Page) -> None:
    assert not page.notice.isVisible()
    assert page.notice.sentence == ""


def test_that_a_change_is_told_with_its_way_back(page: Page, qtbot: QtBot) -> None:
    page.notice.say_done("已改由哥哥支付")
    assert page.notice.sentence == "已改由哥哥支付"
    assert ways(page.notice) == ["撤销"]
    with qtbot.waitSignal(page.notice.undo_asked):
        page.notice.findChildren(Button)[0].click()


def test_that_it_takes_no_focus_from_what_is_being_typed(page: Page) -> None:
    page.notice.say_done("已绑定母亲")
    assert page.field.hasFocus()


def test_that_the_next_thing_takes_its_place(page: Page) -> None:
    page.notice.say_done("已绑定母亲")
    page.notice.say("已存到 周家.gongji")
    assert page.notice.sentence == "已存到 周家.gongji"
    assert ways(page.notice) == []


def test_that_trouble_has_its_own_tone_and_its_way_on(page: Page) -> None:
    asked: list[str] = []
    page.notice.say_trouble("磁盘满了，没有存下。", Way("另存到别处", lambda: asked.append("elsewhere")))
    assert page.notice.property("tone") == "warn"
    page.notice.findChildren(Button)[0].click()
    assert asked == ["elsewhere"]
    page.notice.say("已存到 周家.gongji")
    assert page.notice.property("tone") == "ok"


def test_that_ears_are_told_what_kind_of_sentence_it_is(page: Page) -> None:
    page.notice.say("已绑定母亲")
    assert QAccessible.queryAccessibleInterface(page.notice).text(QAccessible.Text.Name) == "通知：已绑定母亲"
    page.notice.say_trouble("磁盘满了")
    assert page.notice.accessibleName() == "没有办成：磁盘满了"


def test_that_privacy_hides_the_sums_in_it(page: Page, look: Look) -> None:
    page.notice.say("已记入 115.65 元")
    look.wear(hidden=True)
    assert "115" not in page.notice.sentence + page.notice.accessibleName()


def test_that_escape_in_it_closes_it_and_frees_the_keyboard(page: Page, qtbot: QtBot) -> None:
    page.notice.say_done("已绑定母亲")
    page.notice.findChildren(Button)[0].setFocus()
    QTest.keyClick(page.notice.findChildren(Button)[0], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.notice.isVisible())
    assert page.notice.sentence == ""


# --------------------------------------------------------------------------------------------------- progress


@pytest.fixture
def strip(look: Look, qtbot: QtBot) -> ProgressStrip:
    made = ProgressStrip(look, patience=20)
    qtbot.addWidget(made)
    return made


def test_that_what_ends_soon_is_never_seen(strip: ProgressStrip, qtbot: QtBot) -> None:
    strip.begin("正在读入")
    strip.end()
    qtbot.wait(60)
    assert not strip.isVisible()


def test_that_what_takes_its_time_is_seen_with_how_far_it_is(strip: ProgressStrip, qtbot: QtBot) -> None:
    strip.begin("正在读入 1,000 行")
    assert not strip.isVisible()
    qtbot.waitUntil(strip.isVisible)
    assert strip.bar.maximum() == 0
    strip.advance(0.25, "已读 250 行")
    assert (strip.bar.value(), strip.bar.maximum()) == (250, 1000)
    assert strip.bar.accessibleName() == "已读 250 行"
    strip.end()
    assert not strip.isVisible()


def test_that_it_waits_half_a_second(look: Look, qtbot: QtBot) -> None:
    strip = ProgressStrip(look)
    qtbot.addWidget(strip)
    strip.show_busy("正在计算", busy=True)
    assert 400 < strip.patience_left() <= 500
    strip.show_busy("正在计算", busy=False)
    assert strip.patience_left() == -1


def test_that_it_is_cancelled_once(strip: ProgressStrip, qtbot: QtBot) -> None:
    asked: list[str] = []
    strip.begin("正在读入", lambda: asked.append("stop"))
    qtbot.waitUntil(strip.isVisible)
    button = strip.findChild(Button)
    assert button is not None
    button.click()
    button.click()
    assert asked == ["stop"]


def test_that_what_cannot_be_stopped_offers_no_cancel(strip: ProgressStrip, qtbot: QtBot) -> None:
    strip.show_busy("正在计算", busy=True)
    qtbot.waitUntil(strip.isVisible)
    assert not any(one.isVisible() for one in strip.findChildren(Button))
