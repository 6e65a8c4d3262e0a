"""窗口测试。Pages built when visited and renewed when the family changes, files dropped, all text sizes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from desktop.ui.frame import Standing
from desktop.ui.look.icons import Icon
from desktop.ui.navigation import FamilyCard, NavItem
from desktop.ui.widgets.basic import Button
from desktop.ui.window import Page, Window
from desktop.usecases.open_book import open_book
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.ui.conftest import RESOURCES

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look


@pytest.fixture(scope="module")
def seen() -> Review:
    sample = RESOURCES / "samples" / "retiree.json"
    return review(open_family(sample, date(2026, 11, 21)), open_book(RESOURCES)[0])


class APage(QLabel):
    """Remembers what it was told."""

    go = Signal(str, str)

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.told: list[object] = []

    def choose(self, what: str) -> None:
        self.told.append(what)

    def renew(self, seen: Review) -> None:
        self.told.append(seen)


class Frame:
    """A window with two pages and one at the foot."""

    def __init__(self, look: Look, seen: Review) -> None:
        self.seen = seen
        self.built: list[str] = []
        pages = (
            Page("overview", "概览", Icon.GAUGE, lambda: self.build("overview")),
            Page("findings", "合规", Icon.SHIELD, lambda: self.build("findings")),
            Page("settings", "首选项", Icon.GEAR, lambda: self.build("settings"), foot=True),
        )
        self.window = Window(look)
        self.window.furnish(pages, Standing("湖南 2026，有效至 2026-12-31", "1.0.0"))

    def build(self, key: str) -> QWidget:
        self.built.append(key)
        return APage(key)

    def open(self) -> Frame:
        self.window.show_family(FamilyCard("周家", "示例家庭"), self.seen)
        return self

    @property
    def told(self) -> list[object]:
        assert isinstance(self.window.shown, APage)
        return self.window.shown.told


@pytest.fixture
def frame(look: Look, qtbot: QtBot, seen: Review) -> Frame:
    made = Frame(look, seen)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitExposed(made.window)
    return made


def test_that_no_page_is_built_before_a_family_is_open(frame: Frame) -> None:
    frame.window.show_page("findings")
    assert frame.built == []
    assert not frame.window.navigation.item("findings").isChecked()


def test_that_a_page_is_built_on_its_first_visit_and_kept(frame: Frame) -> None:
    frame.open()
    assert frame.built == ["overview"]
    for key in ("findings", "overview", "findings"):
        frame.window.show_page(key)
    assert frame.built == ["overview", "findings"]


def test_that_another_family_builds_the_open_page_anew(frame: Frame) -> None:
    frame.open()
    frame.window.show_page("findings")
    frame.window.show_family(FamilyCard("刘家", "刘家.json"), frame.seen)
    assert frame.built == ["overview", "findings", "findings"]
    assert frame.window.page == "findings"


def test_that_a_change_is_shown_at_once_on_the_page_one_sees_and_later_on_the_others(frame: Frame) -> None:
    frame.open()
    frame.window.show_page("findings")
    frame.window.renew(frame.seen)
    assert frame.told == [frame.seen]
    frame.window.show_page("overview")
    assert frame.told == [frame.seen]
    frame.window.show_page("findings")
    assert frame.told == [frame.seen]


def test_that_a_page_alone_stands_in_until_it_is_left(frame: Frame) -> None:
    frame.open()
    alone = APage("import")
    frame.window.show_alone(alone)
    assert frame.window.shown is alone
    frame.window.renew(frame.seen)
    assert alone.told == [frame.seen]
    frame.window.leave_alone()
    assert frame.window.shown is not alone
    assert frame.told == [frame.seen]


def test_that_one_page_alone_takes_the_place_of_another(frame: Frame) -> None:
    frame.open()
    frame.window.show_alone(APage("print"))
    second = APage("export")
    frame.window.show_alone(second)
    assert frame.window.shown is second
    frame.window.show_page("overview")
    assert frame.window.shown.text() == "overview"


def test_that_a_page_alone_hears_the_keyboard(frame: Frame) -> None:
    frame.open()
    frame.window.activateWindow()
    alone = APage("export")
    frame.window.show_alone(alone)
    assert frame.window.focusWidget() is alone


def test_that_the_window_and_its_title_bar_fit_the_screen(look: Look, qtbot: QtBot) -> None:
    window = Window(look)
    qtbot.addWidget(window)
    most = window.screen().availableSize()
    least = window.minimumSize()
    assert window.width() <= max(most.width(), least.width())
    assert window.height() < max(most.height(), least.height() + 1)


def test_that_a_closed_family_leaves_no_page_behind(frame: Frame) -> None:
    frame.open()
    frame.window.show_no_family()
    assert frame.window.windowTitle() == "共济家账"
    frame.window.show_page("overview")
    assert frame.built == ["overview"]


def test_that_a_page_is_told_what_to_choose(frame: Frame) -> None:
    frame.open()
    frame.window.choose("mum")
    assert frame.told == ["mum"]


def test_that_enter_in_the_navigation_switches_the_page(frame: Frame) -> None:
    frame.open()
    QTest.keyClick(frame.window.navigation.item("findings"), Qt.Key.Key_Return)
    assert frame.window.page == "findings"


def test_that_a_press_in_the_navigation_switches_the_page(frame: Frame) -> None:
    frame.open()
    frame.window.navigation.item("findings").click()
    assert frame.window.page == "findings"
    assert frame.window.navigation.item("findings").isChecked()


def test_that_the_badge_is_seen_and_heard(frame: Frame) -> None:
    frame.window.show_badge("findings", 3)
    item = frame.window.navigation.item("findings")
    assert item.badge == 3
    assert item.accessibleName() == "合规，3 项不可以"


@pytest.mark.parametrize(
    ("name", "taken_as"),
    [("家.json", "file"), ("家.GONGJI", "file"), ("账.xlsx", "table"), ("账.csv", "table"), ("家.txt", "")],
)
def test_that_a_family_or_a_table_may_be_dropped(frame: Frame, name: str, taken_as: str) -> None:
    taken: list[tuple[str, Path]] = []
    frame.window.file_dropped.connect(lambda file: taken.append(("file", file)))
    frame.window.table_dropped.connect(lambda file: taken.append(("table", file)))
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
    assert taken == ([(taken_as, Path(f"/tmp/{name}"))] if taken_as else [])


def test_that_the_place_of_the_window_can_be_kept_and_taken_again(frame: Frame, qtbot: QtBot) -> None:
    frame.window.resize(1024, 720)
    place = frame.window.place
    frame.window.resize(1024, 760)
    frame.window.take_place(place)
    assert frame.window.height() == 720
    frame.window.take_place("乱写的")
    assert frame.window.height() == 720


def test_that_closing_is_told(frame: Frame, qtbot: QtBot) -> None:
    with qtbot.waitSignal(frame.window.closing):
        frame.window.close()


def test_that_the_status_says_what_is_kept_and_warns_of_what_is_not(frame: Frame) -> None:
    status = frame.window.status
    assert not status.ribbon.isVisible()
    status.show_standing(Standing("湖南 2026", "1.0.0", ribbon="示例数据，不写入磁盘"))
    assert status.ribbon.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_that_nothing_of_the_frame_is_cut_in_the_smallest_window(
    frame: Frame, look: Look, qtbot: QtBot, scale: float
) -> None:
    frame.open()
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
    frame.open()
    areas = frame.window.findChildren(QScrollArea)
    assert any(area.isAncestorOf(frame.window.shown) and area.widgetResizable() for area in areas)
