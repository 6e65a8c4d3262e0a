"""主窗口。Menus, navigation, pages, status; it is handed its pages and its commands, and knows no rule.

It is painted bare first, and furnished then: what a frame and its pages need is imported in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QMainWindow,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from desktop.ui.look.tokens import Theme
from desktop.ui.overriding import override

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.domain.trouble import Fault
    from desktop.ui.frame import Standing
    from desktop.ui.look.icons import Icon
    from desktop.ui.look.look import Look
    from desktop.ui.navigation import FamilyCard


_PAGE = "page"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `build` makes its widget on the first visit."""

    key: str
    title: str
    icon: Icon
    build: Callable[[], QWidget]


@runtime_checkable
class Chooser(Protocol):
    """A page on which one thing can be chosen: a person, a finding."""

    def choose(self, what: str, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Sample:
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Commands:
    """What the window may ask for; how it is done is not its business."""

    open_file: Callable[[Path], object]
    open_sample: Callable[[str], object]
    samples: tuple[Sample, ...]


class Window(QMainWindow):
    """`painted` comes once, when the bare window has been seen; `furnish` then makes it what it is."""

    painted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._seen = self._furnished = False
        self._open = False
        self._shown: QWidget = self
        self.setWindowTitle(self.tr("共济家账"))
        self.setMinimumSize(*look.tokens.window_min)
        self.resize(QSize(*look.tokens.window_design).boundedTo(self.screen().availableSize()))

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

    def furnish(self, pages: Sequence[Page], commands: Commands, standing: Standing) -> None:
        """Menus, navigation, status and pages; nothing else of the window is used before."""
        from desktop.ui.faults import EmptyPage
        from desktop.ui.frame import MenuRow, Seal, StatusRow
        from desktop.ui.navigation import Navigation

        look = self._look
        self._furnished = True
        self._commands, self._standing = commands, standing
        self._pages = {page.key: page for page in pages}
        self._built: dict[str, QScrollArea] = {}
        self._key = next(iter(self._pages))
        self.setAcceptDrops(True)
        self.setWindowIcon(QIcon(Seal(look).grab()))
        self._hide_money = self._action(self.tr("隐藏金额"), "Ctrl+H", self._turn_privacy, check=True)
        self.navigation = Navigation(look)
        self.status = StatusRow(look, self._size_names())
        self._top = MenuRow(look, self._hide_money)
        self._stack = QStackedWidget()
        self._fill_frame()
        self._fill_menus()
        self._turn()
        look.changed.connect(self._turn)
        self._show_alone(EmptyPage(look, self.ask_file, self.open_first_sample))

    # ------------------------------------------------------------------------------- what others tell it

    def show_family(self, card: FamilyCard) -> None:
        """Another family is open: every page is built anew when it is visited."""
        self._open = True
        self.navigation.show_family(card)
        self.status.show_sample(sample=card.sample)
        self.setWindowTitle(self.tr("{name} - 共济家账").format(name=card.name))
        self.rebuild()

    def rebuild(self) -> None:
        """Forget the pages that are built; the one that is open is built at once."""
        for area in self._built.values():
            self._drop(area)
        self._built.clear()
        if self._open:
            self.show_page(self._key)

    def show_page(self, key: str) -> None:
        self._key = key
        self.navigation.show_page(key)
        if not self._open:
            return
        if key not in self._built:
            self._built[key] = self._wrapped(self._pages[key].build())
            self._stack.addWidget(self._built[key])
        self._raise(self._built[key])

    def choose(self, what: str) -> None:
        """Let the page one sees choose a person or a finding, if it has such a thing."""
        if isinstance(self._shown, Chooser):
            self._shown.choose(what)

    def show_badge(self, key: str, count: int) -> None:
        self.navigation.item(key).count(count)

    def show_faults(self, file: str, faults: Sequence[Fault]) -> None:
        """A file was refused; what was open before stays open behind it."""
        from desktop.ui.faults import FaultsPage

        self._show_alone(FaultsPage(self._look, file, faults, self.ask_file, self.open_first_sample))

    @property
    def look(self) -> Look:
        return self._look

    @property
    def page(self) -> str:
        return self._key

    @property
    def shown(self) -> QWidget:
        """The page one sees."""
        return self._shown

    # -------------------------------------------------------------------------------------------- commands

    def ask_file(self) -> None:
        kinds = self.tr("家庭文件（*.json）")
        file, _ = QFileDialog.getOpenFileName(self, self.tr("打开家庭文件"), "", kinds)
        if file:
            self._commands.open_file(Path(file))

    def open_first_sample(self) -> None:
        self._commands.open_sample(self._commands.samples[0].key)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()  # the keyboard starts at the window, not on the first button

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        file = _dropped(event)
        if file is not None:
            event.acceptProposedAction()
            self._commands.open_file(file)

    # --------------------------------------------------------------------------------------------- building

    def _fill_frame(self) -> None:
        from desktop.ui.widgets.basic import Box, column

        self.setMenuWidget(self._top)
        middle = QWidget()
        self._across = Box(self._look, QBoxLayout.Direction.LeftToRight, 0)
        self._across.addWidget(self.navigation)
        self._across.addWidget(self._stack, 1)
        lines = column(self._look, 0, parent=middle)
        lines.addLayout(self._across, 1)
        lines.addWidget(self.status)
        self.setCentralWidget(middle)
        for page in self._pages.values():
            self.navigation.add(page.key, page.icon, page.title)
        self.navigation.show_page(self._key)
        self.navigation.chosen.connect(self.show_page)
        self.status.show_standing(self._standing)
        self.status.hide_asked.connect(self._hide_money.trigger)
        self.status.larger_asked.connect(self._next_size)

    def _fill_menus(self) -> None:
        bar = self._top.menus
        self._fill_file(bar.addMenu(self.tr("文件(&F)")))
        self._fill_view(bar.addMenu(self.tr("视图(&V)")))
        helps = bar.addMenu(self.tr("帮助(&H)"))
        helps.addAction(self._action(self.tr("快捷键一览"), "?", self._show_shortcuts))
        helps.addAction(self._action(self.tr("关于共济家账"), "", self._show_about))

    def _fill_file(self, menu: QMenu) -> None:
        menu.addAction(self._action(self.tr("打开家庭文件…"), "Ctrl+O", self.ask_file))
        samples = menu.addMenu(self.tr("打开示例"))
        for sample in self._commands.samples:
            samples.addAction(self._action(sample.title, "", partial(self._commands.open_sample, sample.key)))
        menu.addSeparator()
        menu.addAction(self._action(self.tr("退出"), "Ctrl+Q", self.close))

    def _fill_view(self, menu: QMenu) -> None:
        for place, page in enumerate(self._pages.values(), 1):
            keys = f"Ctrl+{place}"
            menu.addAction(self._action(page.title, keys, partial(self.show_page, page.key)))
        menu.addSeparator()
        themes = {
            Theme.LIGHT: self.tr("浅色"),
            Theme.DARK: self.tr("深色"),
            Theme.HC: self.tr("高对比"),
        }
        self._themes = self._few(menu.addMenu(self.tr("主题")), themes, lambda t: self._look.wear(theme=t))
        names = dict(zip(self._look.tokens.scales, self._size_names(), strict=True))
        sizes = menu.addMenu(self.tr("字号"))
        self._sizes = self._few(sizes, names, lambda scale: self._look.wear(scale=scale))
        sizes.addSeparator()
        sizes.addAction(self._action(self.tr("放大文字"), "Ctrl+=", lambda: self._step_size(1)))
        sizes.addAction(self._action(self.tr("缩小文字"), "Ctrl+-", lambda: self._step_size(-1)))
        sizes.addAction(self._action(self.tr("标准字号"), "Ctrl+0", lambda: self._look.wear(scale=1.0)))
        menu.addSeparator()
        menu.addAction(self._hide_money)

    def _few(self, menu: QMenu, names: dict, do: Callable[..., object]) -> dict:  # type: ignore[type-arg]
        """Actions of which one is checked."""
        group = QActionGroup(menu)
        made = {}
        for key, name in names.items():
            made[key] = self._action(name, "", partial(do, key), check=True)
            group.addAction(made[key])
            menu.addAction(made[key])
        return made

    def _action(self, words: str, keys: str, do: Callable[[], object], *, check: bool = False) -> QAction:
        action = QAction(words, self)
        action.setCheckable(check)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: do())  # noqa: PLW0108 - it would be given `checked`
        self.addAction(action)
        return action

    def _size_names(self) -> tuple[str, ...]:
        return (self.tr("标准"), self.tr("大"), self.tr("特大"), self.tr("超大"))

    # ----------------------------------------------------------------------------------------------- turning

    def _turn(self) -> None:
        """The look has changed: navigation beside or above, checks where they belong."""
        ways = QBoxLayout.Direction
        self._across.setDirection(ways.TopToBottom if self._look.stacked else ways.LeftToRight)
        self._themes[self._look.theme].setChecked(True)
        if self._look.scale in self._sizes:
            self._sizes[self._look.scale].setChecked(True)
        self._hide_money.setChecked(self._look.money.hidden)

    def _turn_privacy(self) -> None:
        self._look.wear(hidden=not self._look.money.hidden)

    def _step_size(self, step: int) -> None:
        scales = self._look.tokens.scales
        near = min(range(len(scales)), key=lambda place: abs(scales[place] - self._look.scale))
        self._look.wear(scale=scales[min(max(near + step, 0), len(scales) - 1)])

    def _next_size(self) -> None:
        """The control of the status bar: the next larger size, and after the largest the first."""
        scales = self._look.tokens.scales
        larger = [scale for scale in scales if scale > self._look.scale]
        self._look.wear(scale=larger[0] if larger else scales[0])

    def _show_shortcuts(self) -> None:
        from desktop.ui.dialogs import ShortcutSheet

        ShortcutSheet(self._look, self.actions(), self).open()

    def _show_about(self) -> None:
        from desktop.ui.dialogs import About

        About(self._look, self._standing.engine, self).open()

    # ------------------------------------------------------------------------------------------------- pages

    def _wrapped(self, page: QWidget) -> QScrollArea:
        """A page in its margins, which scrolls when there is no room."""
        from desktop.ui.widgets.basic import column

        inside = QWidget()
        inside.setProperty("role", "page")
        page.setObjectName(_PAGE)
        column(self._look, 0, (6, 4, 6, 4), inside).addWidget(page)
        area = QScrollArea()
        area.setProperty("role", "page")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _show_alone(self, page: QWidget) -> None:
        area = self._wrapped(page)
        self._stack.addWidget(area)
        self._raise(area)

    def _raise(self, area: QScrollArea) -> None:
        before = self._stack.currentWidget()
        self._stack.setCurrentWidget(area)
        self._shown = area.findChild(QWidget, _PAGE) or area
        if before is not None and before is not area and before not in self._built.values():
            self._drop(before)

    def _drop(self, area: QWidget) -> None:
        self._stack.removeWidget(area)
        area.deleteLater()


def _dropped(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """The one family document that is dragged, if it is one."""
    urls = event.mimeData().urls()
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return files[0] if len(files) == 1 and files[0].suffix.lower() == ".json" else None
