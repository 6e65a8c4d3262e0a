"""留影测试。Every page in every theme, as designed and at its tightest, drawn to tests/shots and looked at.

A picture is drawn before it is judged, so that whatever is wrong with it can be seen there.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, Qt, QThreadPool
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from desktop.ui.dialogs import ShortcutSheet
from desktop.ui.family.trying import Trying
from desktop.ui.family.view import FamilyPage
from desktop.ui.look.style import dress
from desktop.ui.look.tokens import Theme
from desktop.ui.planning.view import PlanningPage
from desktop.ui.planning.why import CAUSE, DIFFERS, KEPT
from desktop.ui.policies.view import PoliciesPage
from desktop.ui.printing.view import PrintPage
from desktop.ui.widgets.trace import ClauseLink
from tests.ui.desk import SAMPLES, Desk, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look

SHOTS = Path(__file__).parents[1] / "shots"
SIZES = [(1360, 860, 1.0), (1024, 700, 2.0)]
FEW_COLOURS = 8
THE_LAW = "policies"  # whose sums are everyone's
ROWS_READ = 50
_SUM = re.compile(r"\d,?\d*\.\d\d(?![\d.])")
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


class View(NamedTuple):
    """Something to draw: `show` brings it up and gives what to grab, `leave` takes it away."""

    name: str
    show: Callable[[], QWidget]
    leave: Callable[[], object] = lambda: None


def views(desk: Desk) -> Iterator[View]:
    window, commands = desk.window, desk.session.commands

    def page(key: str) -> Callable[[], QWidget]:
        def show() -> QWidget:
            window.show_page(key)
            return window

        return show

    def alone(do: Callable[[], None]) -> Callable[[], QWidget]:
        def show() -> QWidget:
            do()
            return window

        return show

    for key in desk.session.keys:
        yield View(key, page(key))
    yield View("family_table", lambda: family(desk, "table"), lambda: family(desk, "graph"))
    yield View("family_form", lambda: family_form(desk), lambda: family(desk, "graph").setFocus())
    for what in (DIFFERS, KEPT, "new", "plan", "assign", "rules"):
        show = partial(planning, desk, what)
        yield View(f"planning_{what}", show, lambda: planning(desk, CAUSE))
    for what in ("unknown", "edit:premium.personal"):
        name = f"{THE_LAW}_{what.partition(':')[0]}"
        yield View(name, partial(policies, desk, what))
    yield View("guides_transfer", partial(guide, desk, "transfer-cross-province:brother"))
    yield View("guides_doctor", partial(guide, desk, "doctor:mother"))
    yield View("start", alone(commands.show_start))
    yield View("new_family", alone(commands.new_family))
    yield View("import", alone(commands.import_table))
    yield View("export", alone(commands.export))
    yield View("print", lambda: printed(desk))
    yield View("shortcuts", lambda: shortcuts(desk), lambda: sheet(desk).accept())
    yield View("lock", alone(commands.lock), lambda: unlock(desk))


def policies(desk: Desk, what: str) -> QWidget:
    desk.session.go("policies", what)
    page = desk.window.shown
    assert isinstance(page, PoliciesPage)
    if what == "unknown":
        page.unknown.model.leave_form()
    return desk.window


def family(desk: Desk, how: str) -> QWidget:
    desk.window.show_page("family")
    page = desk.window.shown
    assert isinstance(page, FamilyPage)
    page.inspector.leave()
    page.inspector.show()
    page.sheet.switch.choose(how)
    return desk.window


def planning(desk: Desk, what: str) -> QWidget:
    """A scenario under one of the tabs, or one of the editors that take the place of the page."""
    desk.window.show_page("planning")
    page = desk.window.shown
    assert isinstance(page, PlanningPage)
    page.leave_editor()
    settle(desk)
    if what in {CAUSE, DIFFERS, KEPT}:
        page.choose("" if what == CAUSE else desk.family.scenarios[0].name)
        page.why.turn_to(what)
    else:
        page.choose(f"+{what}")
    return desk.window


def guide(desk: Desk, what: str) -> QWidget:
    desk.session.go("guides", what)
    return desk.window


def family_form(desk: Desk) -> QWidget:
    desk.window.show_page("family")
    page = desk.window.shown
    assert isinstance(page, FamilyPage)
    page.inspector.edit_binding("bind-mother")
    return desk.window


def printed(desk: Desk) -> QWidget:
    desk.session.commands.print_report()
    page = desk.window.shown
    assert isinstance(page, PrintPage)
    wait_until(desk, lambda: page.document is not None)
    return desk.window


def sheet(desk: Desk) -> ShortcutSheet:
    return desk.window.findChildren(ShortcutSheet)[-1]


def shortcuts(desk: Desk) -> QWidget:
    desk.session.commands.show_shortcuts()
    return sheet(desk)


def unlock(desk: Desk) -> None:
    screen = desk.session.guard.screen
    assert screen is not None
    QTest.keyClick(screen, Qt.Key.Key_Space)
    assert desk.session.guard.screen is None


@pytest.fixture
def desk(qtbot: QtBot, look: Look, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path, look=look)
    made.open(SAMPLES / "sandwich-family.json")
    yield made
    made.keeper.close()


@pytest.mark.parametrize("size", SIZES, ids=["as designed", "at its tightest"])
def test_that_every_page_is_drawn_whole_in_every_theme(
    desk: Desk, look: Look, qapp: QApplication, size: tuple[int, int, float]
) -> None:
    wide, high, scale = size
    SHOTS.mkdir(exist_ok=True)
    desk.window.resize(wide, high)
    wrong: list[str] = []
    for theme in Theme:
        wear(desk, look, qapp, theme=theme, scale=scale, hidden=False)
        for view in views(desk):
            shown = view.show()
            settle(desk)
            picture = shown.grab()
            picture.save(str(SHOTS / f"{view.name}-{theme}-{wide}x{high}.png"))
            whole = desk.window.shown
            if theme is Theme.LIGHT and shown is desk.window and whole.height() > high:
                whole.grab().save(str(SHOTS / f"{view.name}-{theme}-{wide}x{high}-whole.png"))
            if colours(picture.toImage()) <= FEW_COLOURS:
                wrong.append(f"{view.name} {theme}: hardly anything is drawn")
            wrong += [f"{view.name} {theme}: {one}" for one in cut(shown)]
            view.leave()
    assert wrong == []


def test_that_no_sum_can_be_read_while_the_privacy_eye_is_closed(
    desk: Desk, look: Look, qapp: QApplication
) -> None:
    wear(desk, look, qapp, theme=Theme.LIGHT, scale=1.0, hidden=True)
    readable = []
    for view in views(desk):
        shown = view.show()
        settle(desk)
        shown.grab().save(str(SHOTS / f"{view.name}-hidden.png"))
        if view.name.startswith(THE_LAW):
            continue
        readable += [f"{view.name}: {words}" for words in words_of(shown) if _SUM.search(words)]
        view.leave()
    assert readable == []


# ------------------------------------------------------------------------------------------------- looking


def wear(desk: Desk, look: Look, app: QApplication, *, theme: Theme, scale: float, hidden: bool) -> None:
    look.wear(theme=theme, scale=scale, hidden=hidden)
    dress(app, look)
    settle(desk)


def settle(desk: Desk) -> None:
    """Until nothing is being worked out, and everything stands where it will."""
    pool = QThreadPool.globalInstance()

    def still() -> bool:
        trying = any(one.waiting for one in desk.window.findChildren(Trying))
        return not trying and pool.activeThreadCount() == 0

    for _ in range(4):  # what was answered is shown, and may ask again
        wait_until(desk, still)
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def colours(image: QImage) -> int:
    small = image.scaled(320, 200).convertToFormat(QImage.Format.Format_RGB32)
    return len(np.unique(np.frombuffer(small.constBits(), np.uint32)))


def cut(root: QWidget) -> Iterator[str]:
    """What does not fit in the room it has."""
    for area in root.findChildren(QScrollArea):
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0:
            yield f"{area.objectName() or area.accessibleName()} must be scrolled across"
    for one in root.findChildren(QWidget):
        if one.isVisible():
            if is_cut(one):
                yield f"“{one.property('text')}” is cut"
            if reaches_out(one):
                yield f"{type(one).__name__} {one.accessibleName()} reaches out of what it is in"


def is_cut(one: QWidget) -> bool:
    """A link to a clause goes on in the next line, as words that wrap do."""
    if isinstance(one, QLabel) and one.wordWrap():
        return one.heightForWidth(one.width()) > one.height() + 1
    if isinstance(one, QLabel):
        return one.minimumSizeHint().width() > one.width()
    return (
        isinstance(one, QAbstractButton) and not isinstance(one, ClauseLink) and words_wide(one) > one.width()
    )


def reaches_out(one: QWidget) -> bool:
    parent = one.parentWidget()
    return parent is not None and not in_a_scroller(one) and one.geometry().right() > parent.width()


def words_wide(button: QAbstractButton) -> int:
    return button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))


def in_a_scroller(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    above = parent.parentWidget() if parent is not None else None
    return widget.isWindow() or isinstance(above, QAbstractScrollArea)


def words_of(root: QWidget) -> Iterator[str]:
    """Everything that can be read or heard of what is visible."""
    yield root.windowTitle()
    for one in root.findChildren(QWidget):
        if one.isVisible():
            yield from (one.toolTip(), one.accessibleName(), one.accessibleDescription())
            yield from shown_words(one)


def shown_words(one: QWidget) -> Iterator[str]:
    if isinstance(one, QLabel | QAbstractButton):
        yield one.text()
    elif isinstance(one, QLineEdit):
        yield one.displayText()
        yield one.placeholderText()
    elif isinstance(one, QComboBox):
        yield from (one.itemText(place) for place in range(one.count()))
    elif isinstance(one, QAbstractItemView) and one.model() is not None:
        model = one.model()
        across = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
        for row in range(min(model.rowCount(QModelIndex()), ROWS_READ)):
            for column in range(across):
                yield from (str(model.index(row, column).data(role) or "") for role in _ROLES)
