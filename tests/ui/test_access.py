"""可及性测试。Every control has a name and a role, Tab goes as one reads, pictures have their tables."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QAbstractItemView, QMainWindow, QScrollArea, QWidget

from desktop.ui.dialogs import About, ShortcutSheet
from desktop.ui.exporting.model import ExportModel
from desktop.ui.exporting.view import ExportPage
from desktop.ui.family.model import FamilyModel
from desktop.ui.family.view import FamilyPage
from desktop.ui.faults import FaultsPage
from desktop.ui.findings.model import FindingsModel
from desktop.ui.findings.view import FindingsPage
from desktop.ui.guides.model import GuidesModel
from desktop.ui.guides.view import GuidesPage
from desktop.ui.help import HelpPage
from desktop.ui.importing.model import ImportModel
from desktop.ui.importing.view import ImportPage
from desktop.ui.ledger.model import LedgerModel
from desktop.ui.ledger.view import LedgerPage
from desktop.ui.lock import LockScreen
from desktop.ui.look.heard import Role, heard_as, let_be_heard
from desktop.ui.overview.model import OverviewModel
from desktop.ui.overview.view import OverviewPage
from desktop.ui.planning.model import PlanningModel
from desktop.ui.planning.view import PlanningPage
from desktop.ui.policies.model import PoliciesModel
from desktop.ui.policies.view import PoliciesPage
from desktop.ui.settings.model import SettingsModel
from desktop.ui.settings.view import SettingsPage
from desktop.ui.start.circle import CirclePicture
from desktop.ui.start.entry import NewFamilyModel
from desktop.ui.start.model import StartModel
from desktop.ui.start.new_family import NewFamilyPage
from desktop.ui.start.view import StartPage
from desktop.ui.visits.model import VisitsModel
from desktop.ui.visits.view import VisitsPage
from desktop.ui.widgets.basic import Button, column
from desktop.ui.widgets.order import in_reading_order
from desktop.usecases.open_family import open_family
from desktop.usecases.open_guides import open_guides
from desktop.usecases.pack_copies import PackPlaces
from desktop.usecases.preferences import Preferences
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look
    from desktop.usecases.ports import Backup, Step

    Build = Callable[[Look, Review], QWidget]

DAY = date(2026, 11, 21)
TELL_NOTHING = {Role.NoRole, Role.Client, Role.Border, Role.Pane}
PICTURES = {Role.Chart, Role.Graphic}
INSIDE = "inside"
SETTLING = 700  # milliseconds in which a page finishes what it works out in the background


class Desk:
    """A family in memory, with the preferences of a first start."""

    engine = "1.0.0"
    preferences = Preferences()
    file = None
    steps: Sequence[Step] = ()

    def prefer(self, preferences: Preferences) -> None:
        self.preferences = preferences

    def backups(self) -> Sequence[Backup]:
        return ()

    def follow(self, again: Callable[..., object]) -> None:
        self.again = again


def today() -> date:
    return DAY


def filling_in(look: Look, seen: Review) -> QWidget:
    """A value of the law, in the form that fills it in."""
    page = PoliciesPage(look, PoliciesModel(seen, look), PackPlaces(RESOURCES / "policy", RESOURCES / "none"))
    page.choose("edit:premium.personal")
    return page


PAGES: dict[str, Build] = {
    "start": lambda look, _: StartPage(look, StartModel(look, RESOURCES, today, "1.0.0")),
    "new_family": lambda look, _: NewFamilyPage(look, NewFamilyModel(RESOURCES, today)),
    "overview": lambda look, seen: OverviewPage(look, OverviewModel(seen, look)),
    "family": lambda look, seen: FamilyPage(look, FamilyModel(seen, look)),
    "visits": lambda look, seen: VisitsPage(look, VisitsModel(seen, look)),
    "ledger": lambda look, seen: LedgerPage(look, LedgerModel(seen, look)),
    "planning": lambda look, seen: PlanningPage(look, PlanningModel(seen)),
    "findings": lambda look, seen: FindingsPage(look, FindingsModel(seen, look)),
    "guides": lambda look, seen: GuidesPage(look, GuidesModel(seen, open_guides(RESOURCES, seen.book))),
    "policies": lambda look, seen: PoliciesPage(look, PoliciesModel(seen, look)),
    "filling_in": filling_in,
    "settings": lambda look, seen: SettingsPage(look, SettingsModel(seen, look, Desk())),
    "help": lambda look, _: HelpPage(look, RESOURCES / "help"),
    "import": lambda look, seen: ImportPage(look, ImportModel(seen, look)),
    "export": lambda look, seen: ExportPage(look, ExportModel(seen, look)),
    "faults": lambda look, _: FaultsPage(look, "家.json", [], lambda: None, lambda: None),
}


@pytest.fixture(scope="module", autouse=True)
def heard() -> None:
    """As the program does when it starts."""
    let_be_heard()


@pytest.fixture(scope="module")
def seen() -> Review:
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY), shipped())


@pytest.fixture
def shown(look: Look, seen: Review, qtbot: QtBot) -> Callable[[str], QScrollArea]:
    """A page as the window wraps it, once it has worked out what it shows."""

    def show(name: str) -> QScrollArea:
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        inside = QWidget()
        inside.setObjectName(INSIDE)
        column(look, 0, parent=inside).addWidget(PAGES[name](look, seen))
        area.setWidget(inside)
        qtbot.addWidget(area)
        area.resize(1184, 788)
        area.show()
        qtbot.waitExposed(area)
        qtbot.wait(SETTLING)
        return area

    return show


def controls(root: QWidget) -> list[QWidget]:
    """What the keyboard can be at; a part that hands it on to its whole is none."""
    return [
        one
        for one in root.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus and one.focusProxy() is None
    ]


def tabbed(root: QWidget) -> Iterator[QWidget]:
    """The controls in the order in which Tab comes to them."""
    one = root.nextInFocusChain()
    known = set(controls(root))
    while one is not None and one is not root:
        if one in known and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield one
        one = one.nextInFocusChain()


def said(widget: QWidget) -> str:
    name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    return f"{type(widget).__name__} {widget.objectName()} {name[:30]}".strip()


def unheard(root: QWidget) -> list[str]:
    """The controls without a name, or with a role that tells nothing."""
    found = []
    for one in controls(root):
        interface = QAccessible.queryAccessibleInterface(one)
        if not interface.text(QAccessible.Text.Name).strip() or interface.role() in TELL_NOTHING:
            found.append(f"{said(one)} {interface.role().name}")
    return found


def backwards(root: QWidget, ground: QWidget) -> list[str]:
    """Where Tab goes up in a column, or left in a line."""
    found = []
    for before, after in pairwise(tabbed(root)):
        one, two = (QRect(w.mapTo(ground, QPoint(0, 0)), w.size()) for w in (before, after))
        same_column = one.left() <= two.right() and two.left() <= one.right()
        same_line = one.top() <= two.bottom() and two.top() <= one.bottom()
        if (same_column and two.bottom() <= one.top()) or (same_line and two.right() <= one.left()):
            found.append(f"{said(before)} → {said(after)}")
    return found


@pytest.mark.parametrize("name", PAGES)
def test_that_every_control_is_named_is_something_and_is_reached_in_reading_order(
    shown: Callable[[str], QScrollArea], name: str
) -> None:
    area = shown(name)
    inside = area.findChild(QWidget, INSIDE)
    assert inside is not None
    assert unheard(area) == []
    assert backwards(area, inside) == []
    reached = set(tabbed(area))
    assert [said(one) for one in controls(area) if one.isEnabled() and one not in reached] == []
    pictures = [
        one
        for one in inside.findChildren(QWidget)
        if QAccessible.queryAccessibleInterface(one).role() in PICTURES and one.isVisible()
    ]
    tables = [one for one in inside.findChildren(QAbstractItemView) if one.model() and one.model().rowCount()]
    assert not pictures or tables, [said(one) for one in pictures]


def test_that_the_pictures_of_the_samples_are_told_in_a_sentence(
    shown: Callable[[str], QScrollArea],
) -> None:
    area = shown("start")
    told = [one.accessibleName() for one in area.findChildren(CirclePicture)]
    assert len(told) == 3
    assert all(one.startswith("关系图：") and "本人为" in one for one in told)


def test_that_the_lock_and_the_small_windows_are_named_too(look: Look, qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QWidget())
    window.resize(1024, 700)
    window.show()
    qtbot.waitExposed(window)
    for dialog in (ShortcutSheet(look, [QAction("退出", window)], window), About(look, "1.0.0", window)):
        dialog.open()
        qtbot.waitExposed(dialog)
        assert unheard(dialog) == []
    lock = LockScreen(look, window, lambda _: False)
    assert {said(one) for one in controls(lock)} >= {"QLineEdit  锁定码", "Button  继续使用"}
    assert unheard(window) == []


# ------------------------------------------------------------------------------------------- how it is done


def test_that_a_painted_widget_is_what_it_says_it_is(look: Look, qtbot: QtBot) -> None:
    widget, inside = QWidget(), QWidget()
    qtbot.addWidget(widget)
    inside.setParent(widget)
    heard_as(widget, Role.Chart)
    assert QAccessible.queryAccessibleInterface(widget).role() is Role.Chart
    assert QAccessible.queryAccessibleInterface(inside).role() is Role.Client


def test_that_a_part_made_late_is_reached_where_it_stands(look: Look, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    lines = column(look, 1, parent=page)
    first, last = Button(look, "一", print), Button(look, "三", print)
    lines.take(first, last)
    middle = column(look, 0)
    lines.insertLayout(1, middle)
    middle.addWidget(late := Button(look, "二", print))
    page.show()
    assert list(tabbed(page)) == [first, last, late]
    in_reading_order(page)
    assert list(tabbed(page)) == [first, late, last]
