"""窗框。The row of the menus with the seal, and the status bar: what the window wears above and below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenuBar, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, IconButton, Rule, Words, row
from desktop.ui.widgets.painting import paint_text

if TYPE_CHECKING:
    from desktop.ui.look.icons import Icon
    from desktop.ui.look.look import Look


@dataclass(frozen=True, slots=True)
class Standing:
    """What the status bar says: the packs with their validity, the engine, and whether all is kept.

    `ribbon` warns of a family that is in memory alone.
    """

    packs: str = ""
    engine: str = ""
    kept: str = ""
    ribbon: str = ""


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
    """Seal, name, menus; at the right the search and what is always at hand."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("role", "menurow")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        self.menus.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._line = row(look, 2.5, (3.5, 0, 3, 0), self)
        self._line.addWidget(Seal(look))
        self._name = Words(look, self.tr("共济家账"), Kind.HEADING)
        self._line.addWidget(self._name)
        self._spared: list[QWidget] = [self._name]
        self._line.addWidget(self.menus, 1, Qt.AlignmentFlag.AlignVCenter)
        self._dress()
        look.changed.connect(self._dress)

    def put(self, widget: QWidget) -> None:
        """At the right, after what is there."""
        self._line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def put_action(self, icon: Icon, action: QAction, *, spared: bool = False) -> None:
        """An icon that does what the action does, and is named and greyed as it is.

        What is `spared` makes room for the menus when the text is large: it is in them as well.
        """
        button = IconButton(self._look, icon, "", action.trigger)

        def follow() -> None:
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            words = action.text().replace("…", "")
            button.say(f"{words}（{keys}）" if keys else words)
            button.setEnabled(action.isEnabled())

        action.changed.connect(follow)
        follow()
        self.put(button)
        if spared:
            self._spared.append(button)
            button.setVisible(not self._look.stacked)

    def _dress(self) -> None:
        self.setFixedHeight(self._look.size("menu_bar"))
        for widget in self._spared:
            widget.setVisible(not self._look.stacked)


class StatusRow(QWidget):
    """Left: packs, engine, what is kept. Right: a ribbon, 金额 and 字号, which can be pressed."""

    hide_asked = Signal()
    larger_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("role", "status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._packs = Words(look, "", Kind.CAPTION, "text_2", fit=Fit.ELIDE)
        self._engine = Words(look, "", Kind.CAPTION, "text_2")
        self._kept = Words(look, "", Kind.CAPTION, "text_2")
        self.ribbon = Words(look, "", Kind.CAPTION, "warn", strong=True)
        self.money = self._link(self.hide_asked)
        self.letters = self._link(self.larger_asked)
        self._line = row(look, 3, (4, 0, 4, 0), self)
        self._packs.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._put(self._packs)
        self._packs_rule = self._put_rule()
        self._put(self._engine)
        self._kept_rule = self._put_rule()
        self._put(self._kept)
        self._line.addStretch(1)
        self._put(self.ribbon)
        self._ribbon_rule = self._put_rule()
        self._put(self.money, None, self.letters)
        self._rules = self.findChildren(Rule)
        self.show_standing(Standing())
        self._dress()
        look.changed.connect(self._dress)

    def show_standing(self, standing: Standing) -> None:
        self._packs.say(self.tr("规则包 {packs}").format(packs=standing.packs) if standing.packs else "")
        self._engine.say(self.tr("引擎 {version}").format(version=standing.engine) if standing.engine else "")
        self._kept.say(standing.kept)
        self.ribbon.say(standing.ribbon)
        for words, rule in (
            (self._packs, self._packs_rule),
            (self._kept, self._kept_rule),
            (self.ribbon, self._ribbon_rule),
        ):
            words.setVisible(bool(words.text()))
            rule.setVisible(bool(words.text()))

    def _put(self, *widgets: QWidget | None) -> None:
        """None stands for an upright rule."""
        for widget in widgets:
            if widget is None:
                self._put_rule()
            else:
                self._line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _put_rule(self) -> Rule:
        rule = Rule(self._look, upright=True, firm=True)
        self._line.addWidget(rule, 0, Qt.AlignmentFlag.AlignVCenter)
        return rule

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
        self.letters.say(self.tr("字号 {size}").format(size=size_names()[look.nearest_scale]))


def size_names() -> tuple[str, ...]:
    """Of the text sizes of the tokens, smallest first."""
    tr = QCoreApplication.translate
    return (
        tr("StatusRow", "标准"),
        tr("StatusRow", "大"),
        tr("StatusRow", "特大"),
        tr("StatusRow", "超大"),
    )
