"""窗口测试。Menus that work, pages built when visited, files dropped or refused, text of every size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QScrollArea, QWidget

from desktop.domain.trouble import Fault
from desktop.ui.dialogs import About, ShortcutSheet
from desktop.ui.faults import EmptyPage, FaultsPage
from desktop.ui.frame import Standing
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Theme
from desktop.ui.navigation import FamilyCard, NavItem
from desktop.ui.widgets.basic import Button
from desktop.ui.window import Commands, Page, Sample, Window

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look


class Frame:
    """A window with two pages and everything it asked for."""

    def __init__(self, look: Look) -> None:
        self.built: list[str] = []
        self.asked: list[object] = []
        pages = (
            Page("overview", "概览", Icon.GAUGE, lambda: self.build("overview")),
            Page("findings", "合规", Icon.SHIELD, lambda: self.build("findings")),
        )
        samples = (Sample("young", "年轻夫妻"), Sample("retired", "退休"), Sample("sandwich", "夹心家庭"))
        commands = Commands(self.asked.append, self.asked.append, samples)
        self.window = Window(look)
        self.window.furnish(pages, commands, Standing("湖南 2026，有效至 2026-12-31", "1.0.0"))

    def build(self, key: str) -> QWidget:
        self.built.append(key)
        return QLabel(key)

    def action(self, words: str) -> QAction:
        return next(a for a in self.window.actions() if a.text() == words)


@pytest.fixture
def frame(look: Look, qtbot: QtBot) -> Frame:
    made = Frame(look)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitExposed(made.window)
    return made


def opened(frame: Frame) -> Frame:
    frame.window.show_family(FamilyCard("周家", "示例家庭", sample=True))
    return frame


def test_that_an_empty_window_offers_a_file_and_a_sample(frame: Frame) -> None:
    assert isinstance(frame.window.shown, EmptyPage)
    assert frame.built == []
    next(b for b in frame.window.shown.findChildren(Button) if b.text() == "打开示例").click()
    assert frame.asked == ["young"]


def test_that_a_page_is_built_on_its_first_visit_and_kept(frame: Frame) -> None:
    opened(frame)
    assert frame.built == ["overview"]
    for key in ("findings", "overview", "findings"):
        frame.window.show_page(key)
    assert frame.built == ["overview", "findings"]


def test_that_another_family_builds_the_open_page_anew(frame: Frame) -> None:
    opened(frame)
    frame.window.show_page("findings")
    frame.window.show_family(FamilyCard("刘家", "刘家.json"))
    assert frame.built == ["overview", "findings", "findings"]
    assert frame.window.page == "findings"
    assert not frame.window.status.ribbon.isVisible()


def test_that_a_sample_wears_its_ribbon(frame: Frame) -> None:
    opened(frame)
    assert frame.window.status.ribbon.isVisible()


@pytest.mark.parametrize(("key", "page"), [(Qt.Key.Key_1, "overview"), (Qt.Key.Key_2, "findings")])
def test_that_keys_switch_pages(frame: Frame, qtbot: QtBot, key: Qt.Key, page: str) -> None:
    opened(frame)
    frame.window.show_page("findings" if page == "overview" else "overview")
    QTest.keyClick(frame.window, key, Qt.KeyboardModifier.ControlModifier)
    assert frame.window.page == page


def test_that_a_press_in_the_navigation_switches_the_page(frame: Frame) -> None:
    opened(frame)
    frame.window.navigation.item("findings").click()
    assert frame.window.page == "findings"
    assert frame.window.navigation.item("findings").isChecked()


def test_that_the_badge_is_seen_and_heard(frame: Frame) -> None:
    frame.window.show_badge("findings", 3)
    item = frame.window.navigation.item("findings")
    assert item.badge == 3
    assert item.accessibleName() == "合规，3 项不可以"


def test_that_the_menus_hold_only_what_works(frame: Frame) -> None:
    words = {action.text() for action in frame.window.actions()}
    assert {"打开家庭文件…", "年轻夫妻", "退出", "概览", "浅色", "高对比", "超大", "隐藏金额"} <= words
    assert not any(w in action for action in words for w in ("撤销", "重做", "打印", "锁定"))
    assert all(action.isEnabled() for action in frame.window.actions())


def test_that_a_file_chosen_is_asked_for(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/tmp/家.json", ""))
    frame.action("打开家庭文件…").trigger()
    assert frame.asked == [Path("/tmp/家.json")]


def test_that_a_dialog_closed_without_a_file_asks_for_nothing(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    frame.window.ask_file()
    assert frame.asked == []


def test_that_a_sample_of_the_menu_is_asked_for(frame: Frame) -> None:
    frame.action("夹心家庭").trigger()
    assert frame.asked == ["sandwich"]


@pytest.mark.parametrize(("name", "taken"), [("家.json", True), ("家.JSON", True), ("家.txt", False)])
def test_that_a_family_document_may_be_dropped(frame: Frame, name: str, taken: bool) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(f"/tmp/{name}")])
    event = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    frame.window.dropEvent(event)
    assert frame.asked == ([Path(f"/tmp/{name}")] if taken else [])


def test_that_a_refused_file_shows_its_faults_and_ways_on(frame: Frame) -> None:
    opened(frame)
    faults = (
        Fault("events[3].total_fee", "金额有三位小数", "改为两位小数"),
        Fault("", "文件断了", "重新导出"),
    )
    frame.window.show_faults("家.json", faults)
    page = frame.window.shown
    assert isinstance(page, FaultsPage)
    model = page.table.model()
    cells = [model.index(r, c).data() for r in range(2) for c in range(3)]
    assert cells == [
        "events[3].total_fee",
        "金额有三位小数",
        "改为两位小数",
        "整个文件",
        "文件断了",
        "重新导出",
    ]
    page.sample.click()
    assert frame.asked == ["young"]
    frame.window.show_page("overview")
    assert frame.window.shown.findChildren(FaultsPage) == []


def test_that_the_privacy_eye_is_one_for_key_menu_and_status(frame: Frame, look: Look, qtbot: QtBot) -> None:
    QTest.keyClick(frame.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert look.money.hidden
    assert frame.window.status.money.text() == "金额 隐藏"
    assert frame.action("隐藏金额").isChecked()
    frame.window.status.money.click()
    assert not look.money.hidden


def test_that_keys_change_the_text_size(frame: Frame, look: Look, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(frame.window, Qt.Key.Key_Equal, control)
    assert (look.scale, frame.window.status.letters.text()) == (1.25, "字号 大")
    QTest.keyClick(frame.window, Qt.Key.Key_Minus, control)
    assert look.scale == 1.0
    frame.action("超大").trigger()
    QTest.keyClick(frame.window, Qt.Key.Key_0, control)
    assert look.scale == 1.0


def test_that_the_size_control_goes_round(frame: Frame, look: Look) -> None:
    seen = []
    for _ in range(4):
        frame.window.status.letters.click()
        seen.append(look.scale)
    assert seen == [1.25, 1.5, 2.0, 1.0]


def test_that_a_theme_is_worn(frame: Frame, look: Look) -> None:
    frame.action("深色").trigger()
    assert look.theme is Theme.DARK
    assert frame.action("深色").isChecked()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_that_nothing_of_the_frame_is_cut_in_the_smallest_window(
    frame: Frame, look: Look, qtbot: QtBot, scale: float
) -> None:
    opened(frame)
    frame.window.show_badge("findings", 3)
    look.wear(scale=scale)
    frame.window.resize(1024, 700)
    qtbot.wait(1)
    assert frame.window.size().width() == 1024
    assert frame.window.size().height() == 700
    for part in (*frame.window.findChildren(NavItem), *frame.window.status.findChildren(Button)):
        corner = part.mapTo(frame.window, part.rect().bottomRight())
        assert frame.window.rect().contains(corner)
        assert part.width() >= part.minimumSizeHint().width()


def test_that_the_navigation_becomes_a_bar_at_large_text(frame: Frame, look: Look, qtbot: QtBot) -> None:
    items = frame.window.findChildren(NavItem)
    assert len({item.x() for item in items}) == 1
    look.wear(scale=1.5)
    qtbot.wait(1)
    assert len({item.y() for item in items}) == 1


def test_that_every_page_can_scroll(frame: Frame) -> None:
    opened(frame)
    areas = frame.window.findChildren(QScrollArea)
    assert any(area.isAncestorOf(frame.window.shown) and area.widgetResizable() for area in areas)


def test_that_the_sheet_of_shortcuts_lists_them(look: Look, frame: Frame, qtbot: QtBot) -> None:
    frame.action("快捷键一览").trigger()
    sheet = frame.window.findChild(ShortcutSheet)
    assert isinstance(sheet, QDialog)
    words = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"Ctrl+O", "Ctrl+H", "隐藏金额"} <= words
    sheet.close()


def test_that_about_names_the_engine(frame: Frame) -> None:
    frame.action("关于共济家账").trigger()
    about = frame.window.findChild(About)
    assert isinstance(about, QDialog)
    assert "引擎 1.0.0" in {label.text() for label in about.findChildren(QLabel)}
    about.close()
