"""窗框。The row of the menus with the seal, and the status bar: what the window wears above and below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenuBar, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, IconButton, Rule, Words, row
from desktop.ui.widgets.painting import paint_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.look.look import Look


@dataclass(frozen=True, slots=True)
class Standing:
    """What the status bar says: the packs with their validity, and the version of the engine."""

    packs: str
    engine: str


class Seal(QWidget):
    """济 in a frame, as a seal on paper."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedSize(self._look.unit(6.5), self._look.unit(6.5))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("primary"))
        painter.drawRoundedRect(area, look.radius("chip"), look.radius("chip"))
        painter.setPen(QPen(look.colour("on_primary"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = look.unit(0.5) + 0.5
        painter.drawRoundedRect(area.adjusted(edge, edge, -edge, -edge), look.unit(0.5), look.unit(0.5))
        font = look.font(Kind.HEADING)
        paint_text(painter, area, "济", font, look.colour("on_primary"), align=Qt.AlignmentFlag.AlignHCenter)


class MenuRow(QWidget):
    """Seal, name, menus; the privacy eye at the right."""

    def __init__(self, look: Look, eye: QAction) -> None:
        super().__init__()
        self._look = look
        self.setProperty("role", "menurow")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        self.menus.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = row(look, 2.5, (3.5, 0, 3, 0), self)
        line.addWidget(Seal(look))
        line.addWidget(Words(look, self.tr("共济家账"), Kind.HEADING))
        line.addWidget(self.menus, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(IconButton(look, Icon.EYE, self.tr("隐藏或显示金额（Ctrl+H）"), eye.trigger))
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedHeight(self._look.size("menu_bar"))


class StatusRow(QWidget):
    """Left: packs and engine. Right: the ribbon of a sample, 金额 and 字号, which can be pressed."""

    hide_asked = Signal()
    larger_asked = Signal()

    def __init__(self, look: Look, size_names: Sequence[str]) -> None:
        super().__init__()
        self._look, self._size_names = look, tuple(size_names)
        self.setProperty("role", "status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._packs = Words(look, "", Kind.CAPTION, "text_2", fit=Fit.ELIDE)
        self._engine = Words(look, "", Kind.CAPTION, "text_2")
        self.ribbon = Words(look, self.tr("示例数据，不写入磁盘"), Kind.CAPTION, "warn", strong=True)
        self.money = self._link(self.hide_asked)
        self.letters = self._link(self.larger_asked)
        line = row(look, 3, (4, 0, 4, 0), self)
        self._packs.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        line.addWidget(self._packs)
        line.addWidget(Rule(look, upright=True, firm=True), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._engine)
        line.addStretch(1)
        for widget in (
            self.ribbon,
            Rule(look, upright=True, firm=True),
            self.money,
            Rule(look, upright=True, firm=True),
            self.letters,
        ):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rules = self.findChildren(Rule)
        self.show_standing(Standing("", ""))
        self.show_sample(sample=False)
        self._dress()
        look.changed.connect(self._dress)

    def show_standing(self, standing: Standing) -> None:
        self._packs.say(self.tr("规则包 {packs}").format(packs=standing.packs) if standing.packs else "")
        self._engine.say(self.tr("引擎 {version}").format(version=standing.engine) if standing.engine else "")

    def show_sample(self, *, sample: bool) -> None:
        self.ribbon.setVisible(sample)

    def _link(self, pressed: SignalInstance) -> Button:
        link = Button(self._look, "", pressed.emit, "link")
        link.setProperty("kind", "caption")
        link.setProperty("quiet", True)
        return link

    def _dress(self) -> None:
        look = self._look
        self.setFixedHeight(look.size("status_bar"))
        for rule in self._rules:
            rule.setFixedHeight(look.unit(3.5))
        self.money.say(self.tr("金额 隐藏") if look.money.hidden else self.tr("金额 显示"))
        scales = look.tokens.scales
        near = min(range(len(scales)), key=lambda place: abs(scales[place] - look.scale))
        self.letters.say(self.tr("字号 {size}").format(size=self._size_names[near]))
