"""主窗口。Frame, pages and what stands over them; it is handed its pages, and knows no rule and no family.

It is painted bare first, and furnished then: what a frame and its pages need is imported in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QBoxLayout, QMainWindow, QScrollArea, QStackedWidget, QStyle, QWidget

from desktop.ui.dropping import BOOKS, TABLES, dropped
from desktop.ui.overriding import override

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.ui.frame import Standing
    from desktop.ui.look.icons import Icon
    from desktop.ui.look.look import Look
    from desktop.ui.navigation import FamilyCard
    from desktop.usecases.review import Review

_PAGE = "page"


@dataclass(frozen=True, slots=True)
class Page:
    """`build` makes the widget on the first visit. At the `foot` of the navigation a page has no number."""

    key: str
    title: str
    icon: Icon
    build: Callable[[], QWidget]
    foot: bool = False


@runtime_checkable
class Chooser(Protocol):
    """A page on which one thing can be chosen: a person, a finding."""

    def choose(self, what: str, /) -> None: ...


@runtime_checkable
class Renewed(Protocol):
    """A page that can show what a family has become."""

    def renew(self, seen: Review, /) -> None: ...


class Window(QMainWindow):
    """`painted` comes once, when the bare window has been seen; `furnish` then makes it what it is."""

    painted = Signal()
    closing = Signal()
    page_shown = Signal(str)
    file_dropped = Signal(object)
    table_dropped = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._seen = self._furnished = False
        self._open = False
        self._review: Review | None = None
        self._alone: QScrollArea | None = None
        self.setWindowTitle(self.tr("共济家账"))
        self.setMinimumSize(*look.tokens.window_min)
        title = QSize(0, self.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight))
        self.resize(QSize(*look.tokens.window_design).boundedTo(self.screen().availableSize() - title))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._furnished:
            self._paint_bare()
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    def _paint_bare(self) -> None:
        """The ground on which menus, navigation and status will stand, and the program's name."""
        look, painter, area = self._look, QPainter(self), self.rect()
        nav, edge, status = look.colour("nav"), look.hairline, look.size("status_bar")
        painter.fillRect(area, look.colour("canvas"))
        painter.fillRect(0, 0, look.size("nav_width"), area.height(), nav)
        painter.fillRect(look.size("nav_width"), 0, edge, area.height(), look.colour("line"))
        painter.fillRect(0, 0, area.width(), look.size("menu_bar"), nav)
        painter.fillRect(0, area.height() - status, area.width(), status, nav)
        painter.setPen(look.colour("text"))
        painter.drawText(look.space("l"), look.space("xl"), self.windowTitle())

    def furnish(self, pages: Sequence[Page], standing: Standing) -> None:
        """Menu row, navigation, status and pages; nothing else of the window is used before."""
        from desktop.ui.frame import MenuRow, Seal, StatusRow
        from desktop.ui.navigation import Navigation
        from desktop.ui.notice import FootNotice
        from desktop.ui.progress import ProgressStrip

        look = self._look
        self._furnished = True
        self._pages = {page.key: page for page in pages}
        self._built: dict[str, QScrollArea] = {}
        self._stale: set[str] = set()
        self._key = next(iter(self._pages))
        self.setAcceptDrops(True)
        self.setWindowIcon(QIcon(Seal(look).grab()))
        self.navigation = Navigation(look)
        self.status = StatusRow(look)
        self.top = MenuRow(look)
        self.notice = FootNotice(look)
        self.progress = ProgressStrip(look)
        self._stack = QStackedWidget()
        self._fill_frame()
        self.status.show_standing(standing)
        self._turn()
        look.changed.connect(self._turn)

    def _fill_frame(self) -> None:
        from desktop.ui.widgets.basic import Box, column

        self.setMenuWidget(self.top)
        middle = QWidget()
        right = QWidget()
        column(self._look, 0, parent=right).take(self.progress, self._stack, self.notice)
        self._across = Box(self._look, QBoxLayout.Direction.LeftToRight, 0)
        self._across.addWidget(self.navigation)
        self._across.addWidget(right, 1)
        lines = column(self._look, 0, parent=middle)
        lines.addLayout(self._across, 1)
        lines.addWidget(self.status)
        self.setCentralWidget(middle)
        for page in self._pages.values():
            self.navigation.add(page.key, page.icon, page.title, foot=page.foot)
        self.navigation.chosen.connect(self.show_page)

    def _turn(self) -> None:
        """The look has changed: navigation beside or above."""
        ways = QBoxLayout.Direction
        self._across.setDirection(ways.TopToBottom if self._look.stacked else ways.LeftToRight)

    # ------------------------------------------------------------------------------------- the family in it

    def show_family(self, card: FamilyCard, seen: Review) -> None:
        """Another family is open: every page is built anew when it is visited."""
        self._open = True
        self._review = seen
        self.navigation.show_family(card)
        self.setWindowTitle(self.tr("{name} - 共济家账").format(name=card.name))
        for area in self._built.values():
            self._drop(area)
        self._built.clear()
        self._stale.clear()
        self.show_page(self._key)

    def renew(self, seen: Review) -> None:
        """The family has changed: the page one sees shows it now, every other one when it is visited."""
        self._review = seen
        self._stale = set(self._built)
        if self._alone is None:
            self._freshen(self._key)
        elif isinstance(self.shown, Renewed):
            self.shown.renew(seen)

    def show_no_family(self) -> None:
        """What was open is closed."""
        self._open, self._review = False, None
        for area in self._built.values():
            self._drop(area)
        self._built.clear()
        self.navigation.show_no_family()
        self.setWindowTitle(self.tr("共济家账"))

    def _freshen(self, key: str) -> None:
        if key in self._stale and self._review is not None:
            self._stale.discard(key)
            page = _page_in(self._built[key])
            if isinstance(page, Renewed):
                page.renew(self._review)

    # ------------------------------------------------------------------------------------------------ pages

    def show_page(self, key: str) -> None:
        """Nothing happens while no family is open."""
        self.navigation.show_page(key if self._open else "")
        if not self._open:
            return
        self._key = key
        if key not in self._built:
            self._built[key] = self._wrapped(self._pages[key].build())
            self._stack.addWidget(self._built[key])
        self._freshen(key)
        self._raise(self._built[key])
        self.page_shown.emit(key)

    def show_alone(self, page: QWidget, *, edges: bool = True) -> None:
        """A page that stands in for the others until one of them is asked for; it is dropped then."""
        before = self._alone
        self._alone = self._wrapped(page, edges=edges)
        self._stack.addWidget(self._alone)
        self._stack.setCurrentWidget(self._alone)
        self.navigation.show_page("")
        focused = self.focusWidget()
        if focused is None or not page.isAncestorOf(focused):
            page.setFocus()  # so that Esc is heard by it
        if before is not None:
            self._drop(before)

    def leave_alone(self) -> None:
        """Back to the page that was open before."""
        self.show_page(self._key)

    def choose(self, what: str) -> None:
        """Let the page one sees choose a person or a finding, if it has such a thing."""
        if isinstance(self.shown, Chooser):
            self.shown.choose(what)

    def show_badge(self, key: str, count: int) -> None:
        self.navigation.item(key).count(count)

    @property
    def look(self) -> Look:
        return self._look

    @property
    def page(self) -> str:
        return self._key

    @property
    def shown(self) -> QWidget:
        """The page one sees."""
        area = self._stack.currentWidget()
        return _page_in(area) if isinstance(area, QScrollArea) else self

    def _wrapped(self, page: QWidget, *, edges: bool = True) -> QScrollArea:
        """A page in its margins, which scrolls when there is no room."""
        from desktop.ui.widgets.basic import column

        inside = QWidget()
        inside.setProperty("role", "page")
        page.setObjectName(_PAGE)
        column(self._look, 0, (6, 4, 6, 4) if edges else (0, 0, 0, 0), inside).addWidget(page)
        area = QScrollArea()
        area.setProperty("role", "page")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _raise(self, area: QScrollArea) -> None:
        self._stack.setCurrentWidget(area)
        if self._alone is not None:
            self._drop(self._alone)
            self._alone = None

    def _drop(self, area: QWidget) -> None:
        self._stack.removeWidget(area)
        area.deleteLater()

    # ------------------------------------------------------------------------------------------ the outside

    @property
    def place(self) -> str:
        """Where the window stands and how large it is, as text to keep."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def take_place(self, place: str) -> None:
        """Back to where it stood; a text that is none changes nothing."""
        self.restoreGeometry(QByteArray.fromBase64(place.encode("ascii", "replace")))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()  # the keyboard starts at the window, not on the first button

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for over in self.findChildren(QWidget, "over", Qt.FindChildOption.FindDirectChildrenOnly):
            over.resize(self.size())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event, BOOKS | TABLES) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        file = dropped(event, BOOKS | TABLES)
        if file is None:
            return
        event.acceptProposedAction()
        if file.suffix.lower() in BOOKS:
            self.file_dropped.emit(file)
        else:
            self.table_dropped.emit(file)


def _page_in(area: QScrollArea) -> QWidget:
    return area.findChild(QWidget, _PAGE) or area
