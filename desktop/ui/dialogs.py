"""小窗口。About the program, and the sheet of its shortcuts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QMenu, QScrollArea, QWidget
from typing_extensions import override

from desktop.ui.look.heard import Role, heard_as
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, Words, column, row
from desktop.ui.widgets.even import Even

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.ui.look.look import Look

_LEAST = 66.0
_SHEET = (240.0, 170.0)


@dataclass(frozen=True, slots=True)
class KeyLine:
    words: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """The keys of one menu, or of what they are pressed in."""

    title: str
    lines: tuple[KeyLine, ...]


def grouped(actions: Sequence[QAction]) -> tuple[KeyGroup, ...]:
    """Every action that has keys, under the menu it is in, in the order of the menus."""
    groups: dict[str, list[KeyLine]] = {}
    for action in actions:
        keys = tuple(
            one.toString(QKeySequence.SequenceFormat.NativeText)
            for one in action.shortcuts()
            if not one.isEmpty()
        )
        if keys:
            words = action.text().replace("&", "").replace("…", "")
            groups.setdefault(_menu(action), []).append(KeyLine(words, keys))
    return tuple(KeyGroup(title, tuple(lines)) for title, lines in groups.items())


def _menu(action: QAction) -> str:
    """文件: the title of the first menu that holds it, without its letter."""
    menus = [one for one in action.associatedObjects() if isinstance(one, QMenu) and one.title()]
    return menus[0].title().partition("(")[0] if menus else ""


class ShortcutSheet(QDialog):
    """Every key there is, by menu; then those that work inside a page."""

    def __init__(self, look: Look, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("快捷键一览"))
        groups = [_Group(look, group) for group in (*grouped(actions), *self._inside())]
        inside = QWidget()
        inside.setProperty("role", "page")
        column(look, 5, (6, 5, 6, 5), inside).take(
            Words(look, self.tr("快捷键一览"), Kind.TITLE), Even(look, groups, _LEAST, 8, hang=True), None
        )
        area = QScrollArea()
        area.setProperty("role", "page")
        area.setWidgetResizable(True)
        area.setAccessibleName(self.tr("快捷键一览"))
        heard_as(area, Role.List)
        area.setWidget(inside)
        foot = row(look, 0, (6, 3, 6, 3))
        self.shut = Button(look, self.tr("关闭"), self.accept)
        self.shut.setDefault(True)
        foot.take(None, self.shut)
        lines = column(look, 0, parent=self)
        lines.addWidget(area, 1)
        lines.addLayout(foot)
        wide, high = (look.unit(side) for side in _SHEET)
        self.resize(min(wide, parent.width() - look.unit(4)), min(high, parent.height() - look.unit(4)))
        area.setFocus()

    def _inside(self) -> Iterator[KeyGroup]:
        yield KeyGroup(
            self.tr("在页面里"),
            (
                KeyLine(self.tr("下一个、上一个"), ("Tab", "Shift+Tab")),
                KeyLine(self.tr("打开，按下"), ("Enter", self.tr("空格"))),
                KeyLine(self.tr("关闭最里面的一层"), ("Esc",)),
                KeyLine(self.tr("为什么是这个数"), ("W",)),
            ),
        )
        yield KeyGroup(
            self.tr("在图和表里"),
            (
                KeyLine(self.tr("关系图里走到家人，走势图上逐点读数"), (self.tr("方向键"),)),
                KeyLine(self.tr("表格里上下走行"), ("↑", "↓")),
                KeyLine(self.tr("方案表里换一列"), ("←", "→")),
                KeyLine(self.tr("年度条移动一天、一个月"), ("←", "Shift+←")),
            ),
        )
        yield KeyGroup(
            self.tr("在输入框里"),
            (
                KeyLine(self.tr("先撤销框里的字，再撤销记账"), ("Ctrl+Z",)),
                KeyLine(self.tr("日期加一天、减一天"), ("↑", "↓")),
                KeyLine(self.tr("打开日历"), ("Alt+↓",)),
            ),
        )


class _Group(QWidget):
    """A menu's name over its keys, one under the other."""

    def __init__(self, look: Look, group: KeyGroup) -> None:
        super().__init__()
        self.setAccessibleName(group.title)
        lines = column(look, 1.5, parent=self)
        lines.addWidget(Words(look, group.title, Kind.HEADING))
        for one in group.lines:
            line = row(look, 2)
            line.addWidget(Words(look, one.words, Kind.TABLE, fit=Fit.WRAP), 1)
            for keys in one.keys:
                line.addWidget(_KeyCap(look, keys), 0, Qt.AlignmentFlag.AlignTop)
            lines.addLayout(line)


class _KeyCap(Words):
    """Keys in a frame, as on a keyboard."""

    def __init__(self, look: Look, keys: str) -> None:
        super().__init__(look, keys, Kind.CAPTION, "text_2")
        self._cap()
        look.changed.connect(self._cap)

    def _cap(self) -> None:
        edge = self._look.unit(1.5)
        self.setContentsMargins(edge, 0, edge, 0)
        self.setFixedHeight(self._look.unit(5.5))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("line_strong"), look.hairline))
        painter.setBrush(look.colour("surface"))
        edge = look.hairline
        painter.drawRoundedRect(
            self.rect().adjusted(edge, edge, -edge, -edge), look.radius("chip"), look.radius("chip")
        )
        painter.end()
        super().paintEvent(event)


class About(QDialog):
    def __init__(self, look: Look, version: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("关于共济家账"))
        lines = column(look, 2, (6, 5, 6, 5), self)
        lines.addWidget(Words(look, self.tr("共济家账"), Kind.TITLE))
        lines.addWidget(Words(look, self.tr("引擎 {version}").format(version=version), tone="text_2"))
        says = self.tr(
            "职工医保个人账户家庭共济的结算、查账与规划。结果仅供参考，以经办机构为准，可拨打 12393 核实。"
        )
        words = Words(look, says, Kind.TABLE, fit=Fit.WRAP)
        words.setMinimumWidth(look.unit(90))
        lines.addWidget(words)
        more = self.tr("本程序不联网。Apache-2.0 许可。用到的库和规则包的版本在“首选项”的“关于”里。")
        lines.addWidget(Words(look, more, Kind.CAPTION, "text_2", fit=Fit.WRAP))
        lines.addLayout(row(look).take(None, Button(look, self.tr("关闭"), self.accept)))
