"""搜索框测试。What is found while one types, walked and opened from the keyboard, names masked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.search import SearchField
from desktop.ui.widgets.basic import column
from desktop.usecases.open_family import open_family
from desktop.usecases.open_guides import open_guides
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def seen() -> Review:
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY), shipped())


@pytest.fixture
def field(seen: Review, look: Look, qtbot: QtBot) -> Iterator[SearchField]:
    """In a window, with another field beside it, and everything gathered."""
    window = QWidget()
    qtbot.addWidget(window)
    made = SearchField(look)
    lines = column(look, 2, parent=window)
    lines.take(made, QLineEdit(), None)
    window.resize(900, 700)
    window.show()
    qtbot.waitExposed(window)
    made.renew(seen)
    made.setFocus()
    qtbot.waitUntil(lambda: bool(made._things))
    yield made
    window.hide()


def type_words(field: SearchField, words: str) -> None:
    field.setText(words)
    field.textEdited.emit(words)


def shown(field: SearchField) -> list[str]:
    return [one.title for one in field.results.list.items]


def test_that_results_come_under_the_heads_of_their_kinds(field: SearchField) -> None:
    QTest.keyClicks(field, "mq")
    assert field.results.isVisible()
    assert shown(field)[:3] == ["家人", "母亲 刘*", "合规"]
    assert field.results.parentWidget() is field.window()


def test_that_guides_are_found_too(field: SearchField, seen: Review, qtbot: QtBot) -> None:
    field.renew(seen, open_guides(RESOURCES, seen.book))
    QTest.keyClicks(field, "kszyjx")
    qtbot.waitUntil(field.results.isVisible)
    assert shown(field)[:2] == ["办事", "跨省转移接续"]
    with qtbot.waitSignal(field.go) as told:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.args == ["guides", "transfer-cross-province"]


def test_that_enter_opens_what_the_arrows_chose(field: SearchField, qtbot: QtBot) -> None:
    QTest.keyClicks(field, "mq")
    with qtbot.waitSignal(field.go) as told:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.args == ["family", "mother"]
    assert not field.results.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Up)
    with qtbot.waitSignal(field.go) as told:
        QTest.keyClick(field, Qt.Key.Key_Enter)
    assert told.args is not None
    assert told.args[0] == "findings"


def test_that_a_press_opens_a_result_and_no_head(field: SearchField, qtbot: QtBot) -> None:
    type_words(field, "起付线")
    listing = field.results.list
    head, first = (listing.visualRect(listing.model().index(row, 0)).center() for row in (0, 1))
    with qtbot.assertNotEmitted(field.go):
        QTest.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=head)
    with qtbot.waitSignal(field.go) as told:
        QTest.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert told.args == ["policies", "employee_outpatient.deductible"]


def test_that_escape_closes_the_list_and_then_empties_the_field(field: SearchField) -> None:
    QTest.keyClicks(field, "mq")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (field.results.isVisible(), field.text()) == (False, "mq")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_that_it_closes_when_the_keyboard_goes_elsewhere(field: SearchField) -> None:
    QTest.keyClicks(field, "mq")
    field.window().findChildren(QLineEdit)[-1].setFocus()
    assert not field.results.isVisible()


def test_that_nothing_found_is_said(field: SearchField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.asked) as told:
        type_words(field, "没有这样的")
    assert told.args == ["没有这样的"]
    assert shown(field) == ["没有找到“没有这样的”"]
    with qtbot.assertNotEmitted(field.go):
        QTest.keyClick(field, Qt.Key.Key_Return)


def test_that_an_empty_field_shows_nothing(field: SearchField) -> None:
    QTest.keyClicks(field, "m")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert not field.results.isVisible()


def test_that_privacy_hides_names_and_sums(field: SearchField, look: Look) -> None:
    type_words(field, "母亲")
    look.wear(hidden=True)
    assert shown(field)[1] == "母亲"
    model = field.results.list.model()
    said = [
        str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())
    ]
    assert not [one for one in said if "326.00" in one]
    type_words(field, "326.00")
    assert shown(field) == ["没有找到“326.00”"]


def test_that_without_a_family_nothing_is_found(field: SearchField) -> None:
    field.renew(None)
    QTest.keyClicks(field, "mq")
    assert not field.results.isVisible()


def test_that_results_fit_the_window_at_the_largest_text(field: SearchField, look: Look) -> None:
    look.wear(scale=2.0)
    type_words(field, "母亲")
    assert field.window().rect().contains(field.results.geometry())


def test_that_what_was_typed_meanwhile_is_sought_when_all_is_gathered(
    field: SearchField, seen: Review, qtbot: QtBot
) -> None:
    field.renew(seen)
    QTest.keyClicks(field, "mq")
    qtbot.waitUntil(field.results.isVisible)
