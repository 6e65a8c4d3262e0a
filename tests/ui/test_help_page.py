"""帮助测试。Every page has its help, it can be chosen and left, and it follows the size of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui.help import FIRST, HelpPage
from tests.ui.conftest import RESOURCES

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look

HELP = RESOURCES / "help"


@pytest.fixture
def page(look: Look, qtbot: QtBot) -> HelpPage:
    made = HelpPage(look, HELP)
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_each_text_has_a_topic_and_each_topic_a_text(page: HelpPage) -> None:
    topics = {page.topics.itemData(place) for place in range(page.topics.count())}
    assert topics == {file.stem for file in HELP.glob("*.md")}


def test_that_it_opens_at_what_one_asked_about(look: Look, qtbot: QtBot) -> None:
    made = HelpPage(look, HELP, "ledger")
    qtbot.addWidget(made)
    assert made.topics.key() == "ledger"
    assert "每一分钱" in made.text.toPlainText()


def test_that_a_page_nobody_wrote_about_gets_the_first_text(page: HelpPage) -> None:
    page.choose("nowhere")
    assert page.topics.key() == FIRST


def test_that_another_topic_can_be_chosen(page: HelpPage) -> None:
    page.topics.choose("glossary")
    page.topics.activated.emit(page.topics.currentIndex())
    assert "亲情账户" in page.text.toPlainText()


def test_that_the_text_grows_with_all_others(page: HelpPage, look: Look) -> None:
    before = page.text.document().defaultFont().pixelSize()
    look.wear(scale=2.0)
    assert page.text.document().defaultFont().pixelSize() == 2 * before


def test_that_escape_leaves(page: HelpPage, qtbot: QtBot) -> None:
    page.text.setFocus()
    with qtbot.waitSignal(page.leave):
        QTest.keyClick(page, Qt.Key.Key_Escape)
