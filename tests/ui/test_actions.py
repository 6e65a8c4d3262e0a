"""动作测试。Menus that hold only what works, keys that do what they say, undo by its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop.ui.actions import Actions
from desktop.ui.frame import Standing
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Theme
from desktop.ui.window import Page, Window
from desktop.usecases.ports import History

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look

CONTROL = Qt.KeyboardModifier.ControlModifier


class Asked:
    """Takes every command down by its name."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *what: self.names.append(" ".join([name, *map(str, what)]))


class Desk:
    def __init__(self, look: Look) -> None:
        self.asked = Asked()
        self.window = Window(look)
        pages = (
            Page("overview", "概览", Icon.GAUGE, lambda: QLabel("概览")),
            Page("settings", "首选项", Icon.GEAR, lambda: QLabel("首选项"), foot=True),
        )
        self.window.furnish(pages, Standing())
        self.actions = Actions(self.window, self.asked, pages, {"young.json": "年轻夫妻"})
        self.actions.show_open(is_open=True)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = CONTROL) -> list[str]:
        QTest.keyClick(self.window, key, modifier)
        return self.asked.names


@pytest.fixture
def desk(look: Look, qtbot: QtBot) -> Desk:
    made = Desk(look)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitExposed(made.window)
    return made


@pytest.mark.parametrize(
    ("key", "command"),
    [
        (Qt.Key.Key_N, "new_family"),
        (Qt.Key.Key_O, "ask_file"),
        (Qt.Key.Key_I, "import_table"),
        (Qt.Key.Key_E, "export"),
        (Qt.Key.Key_S, "save_copy"),
        (Qt.Key.Key_P, "print_report"),
        (Qt.Key.Key_B, "new_visit"),
        (Qt.Key.Key_F, "search"),
        (Qt.Key.Key_L, "lock"),
        (Qt.Key.Key_W, "close_family"),
    ],
)
def test_that_a_key_asks_for_its_command(desk: Desk, key: Qt.Key, command: str) -> None:
    assert desk.key(key) == [command]


def test_that_help_and_sheet_have_keys_of_their_own(desk: Desk) -> None:
    none = Qt.KeyboardModifier.NoModifier
    desk.key(Qt.Key.Key_F1, none)
    desk.key(Qt.Key.Key_Question, none)
    assert desk.key(Qt.Key.Key_F5, none) == ["show_help", "show_shortcuts", "recheck"]


def test_that_what_needs_a_family_is_greyed_without_one(desk: Desk) -> None:
    desk.actions.show_open(is_open=False)
    named = desk.actions.named
    assert not named["import"].isEnabled()
    assert not named["print_report"].isEnabled()
    assert named["new_family"].isEnabled()
    assert desk.key(Qt.Key.Key_I) == []


def test_that_undo_and_redo_name_their_steps(desk: Desk) -> None:
    named = desk.actions.named
    assert (named["undo"].text(), named["undo"].isEnabled()) == ("撤销", False)
    desk.actions.show_history(History(undo="绑定母亲", redo="添加哥哥"))
    assert (named["undo"].text(), named["redo"].text()) == ("撤销“绑定母亲”", "重做“添加哥哥”")
    desk.key(Qt.Key.Key_Z)
    desk.key(Qt.Key.Key_Y)
    shift = CONTROL | Qt.KeyboardModifier.ShiftModifier
    assert desk.key(Qt.Key.Key_Z, shift) == ["undo", "redo", "redo"]


def test_that_books_opened_lately_are_offered(desk: Desk) -> None:
    assert desk.actions.recent.actions() == []
    desk.actions.show_recent([Path("/books/周家.gongji")])
    desk.actions.recent.actions()[0].trigger()
    assert desk.asked.names == ["open /books/周家.gongji"]


def test_that_the_familys_card_leads_to_others(desk: Desk) -> None:
    menu = desk.window.navigation.card.menu()
    assert [action.text() for action in menu.actions() if action.text()] == [
        "最近打开",
        "打开示例",
        "新建家庭",
        "打开档案…",
        "关闭家庭",
    ]


def test_that_the_icons_of_the_top_follow_their_actions(desk: Desk) -> None:
    desk.window.top.put_action(Icon.UNDO, desk.actions.named["undo"])
    button = desk.window.top.children()[-1]
    desk.actions.show_history(History(undo="绑定母亲"))
    assert button.accessibleName() == "撤销“绑定母亲”（Ctrl+Z）"  # type: ignore[attr-defined]
    assert button.isEnabled()  # type: ignore[attr-defined]


def test_that_the_privacy_eye_is_one_for_key_menu_and_status(desk: Desk, look: Look) -> None:
    desk.key(Qt.Key.Key_H)
    assert look.money.hidden
    assert desk.window.status.money.text() == "金额 隐藏"
    assert desk.actions.named["hide"].isChecked()
    desk.window.status.money.click()
    assert not look.money.hidden


def test_that_keys_change_the_text_size(desk: Desk, look: Look) -> None:
    desk.key(Qt.Key.Key_Equal)
    assert (look.scale, desk.window.status.letters.text()) == (1.25, "字号 大")
    desk.key(Qt.Key.Key_Minus)
    assert look.scale == 1.0
    desk.actions.named["wear_2.0"].trigger()
    assert look.scale == 2.0
    desk.key(Qt.Key.Key_0)
    assert look.scale == 1.0


def test_that_the_size_control_goes_round(desk: Desk, look: Look) -> None:
    seen = []
    for _ in range(4):
        desk.window.status.letters.click()
        seen.append(look.scale)
    assert seen == [1.25, 1.5, 2.0, 1.0]


def test_that_a_theme_is_worn(desk: Desk, look: Look) -> None:
    desk.actions.named["wear_dark"].trigger()
    assert look.theme is Theme.DARK
    assert desk.actions.named["wear_dark"].isChecked()


def test_that_the_whole_screen_can_be_had_and_left(desk: Desk) -> None:
    none = Qt.KeyboardModifier.NoModifier
    desk.key(Qt.Key.Key_F11, none)
    assert desk.window.isFullScreen()
    desk.key(Qt.Key.Key_F11, none)
    assert not desk.window.isFullScreen()
