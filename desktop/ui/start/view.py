"""首次启动的样子。Who we are at the left; where to begin, three samples, size and colour at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Theme
from desktop.ui.start.circle import CirclePicture
from desktop.ui.wear import SizeChoice, ThemeChoice
from desktop.ui.widgets.basic import Box, Button, Fit, Rule, Words, clear, column, row
from desktop.ui.widgets.even import Even
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.painting import paint_focus, paint_icon
from desktop.ui.widgets.panel import Panel
from desktop.ui.widgets.room import ANY
from desktop.ui.widgets.verdicts import VerdictChip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from desktop.ui.look.look import Look
    from desktop.ui.start.model import Sample, StartModel

_WIDE = 110.0
_ROOMY = 300.0
_BESIDE, _ABOVE = (14.0, 17.0, 8.0, 9.0), (12.0, 5.0, 12.0, 5.0)
_RINGS = (17.5, 30.0, 42.5, 55.0, 67.5, 80.0, 92.5, 105.0, 117.5)
_SHOWN = 3
_FAINT = 0.16


class StartPage(QWidget):
    """It takes the whole window under the menus; every signal asks for one way to begin."""

    new_asked = Signal()
    open_asked = Signal()
    import_asked = Signal()
    sample_asked = Signal(str)
    recent_asked = Signal(object)

    def __init__(self, look: Look, model: StartModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        model.setParent(self)
        self._banner = _Banner(look, model)
        self.recent = _Recent(look)
        self.recent.asked.connect(self.recent_asked)
        self._below = _Below(look, model)
        self._across = Box(look, QBoxLayout.Direction.LeftToRight, 0, parent=self)
        self._across.addWidget(self._banner)
        self._across.addWidget(self._right(), 1)
        self._across.addWidget(self._below)
        self._turn()
        look.changed.connect(self._turn)
        model.study()

    def show_recent(self, books: Sequence[Path]) -> None:
        """The books opened last, the newest first; with none there is nothing to see."""
        self.recent.show_books(books)

    def _right(self) -> QWidget:
        look = self._look
        made = QWidget()
        made.setProperty("role", "page")
        lines = column(look, 4, (12, 8, 12, 4), made)
        lines.addWidget(Words(look, self.tr("从哪里开始"), Kind.TITLE))
        lines.addWidget(self._ways())
        lines.addWidget(self.recent)
        lines.gap(1)
        context = self.tr("在内存中打开，不写入磁盘，随时关闭")
        title = Words(look, self.tr("先看看示例家庭"), Kind.TITLE)
        lines.addWidget(Flow(look, [title, Words(look, context, Kind.TABLE, "text_2")], 4, ragged=True))
        self.cards = tuple(SampleCard(look, self._model, one) for one in self._model.samples)
        for card in self.cards:
            card.asked.connect(self.sample_asked)
        lines.addWidget(Even(look, self.cards, 56))
        lines.addWidget(Rule(look))
        lines.addWidget(Flow(look, [self._size(), self._theme()], 8, ragged=True))
        says = self.tr("下次从“帮助”菜单可再打开本页")
        lines.addWidget(Words(look, says, Kind.CAPTION, "text_2"))
        lines.addStretch(1)
        return made

    def _ways(self) -> Even:
        look = self._look
        new = StartKey(look, Icon.PLUS, self.tr("新建家庭"), "Ctrl+N", first=True)
        new.say(self.tr("先填本人，再添加家人，约 3 分钟"))
        new.clicked.connect(self.new_asked)
        opened = StartKey(look, Icon.OPEN, self.tr("打开档案"), "Ctrl+O")
        opened.say(self.tr(".gongji 或 .json 文件，或最近的备份"))
        opened.clicked.connect(self.open_asked)
        brought = StartKey(look, Icon.TABLE, self.tr("从表格导入"), "Ctrl+I")
        brought.say(self.tr("XLSX、XLS、CSV，先预览再写入"))
        brought.clicked.connect(self.import_asked)
        self.ways = (new, opened, brought)
        return Even(look, self.ways, 56)

    def _size(self) -> QWidget:
        return _Beside(self._look, self.tr("字号"), SizeChoice(self._look))

    def _theme(self) -> QWidget:
        return _Beside(self._look, self.tr("外观"), ThemeChoice(self._look))

    def _turn(self) -> None:
        """Who we are at the left of a wide window; in a narrow one the name above, the promises below."""
        look, ways = self._look, QBoxLayout.Direction
        beside = not look.stacked and self.width() >= look.unit(_ROOMY)
        self._across.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._banner.stand(look.unit(_WIDE) if beside else 0)
        self._below.setVisible(not beside)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @override
    def minimumSizeHint(self) -> QSize:
        """As high as it is at the width it has, not at the least it could have."""
        least = self._across.minimumSize()
        return QSize(least.width(), self._across.totalHeightForWidth(max(self.width(), least.width())))


class _Beside(QWidget):
    """A caption beside a choice."""

    def __init__(self, look: Look, caption: str, choice: QWidget) -> None:
        super().__init__()
        row(look, 3, parent=self).take(Words(look, caption, Kind.TABLE, "text_2"), choice)


class _Recent(QWidget):
    """最近打开: a link for each book, with the folder it lies in."""

    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines = column(look, 2, (0, 2, 0, 0), self)
        self.hide()

    def show_books(self, books: Sequence[Path]) -> None:
        look = self._look
        clear(self._lines)
        self._lines.addWidget(Words(look, self.tr("最近打开"), Kind.HEADING))
        for book in books[:_SHOWN]:
            line = row(look, 3)
            link = Button(look, book.stem, partial(self.asked.emit, book), "link", Icon.BOOK)
            line.addWidget(link)
            line.addWidget(Words(look, str(book.parent), Kind.CAPTION, "text_3", fit=Fit.ELIDE), 1)
            self._lines.addLayout(line)
        self.setVisible(bool(books))


class StartKey(QAbstractButton):
    """A large key: an icon in a disc, what it does, its shortcut, and one sentence."""

    def __init__(self, look: Look, icon: Icon, words: str, keys: str, *, first: bool = False) -> None:
        super().__init__()
        self._look, self._icon, self._first = look, icon, first
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._says = Words(look, "", Kind.TABLE, "text_2", fit=Fit.WRAP)
        head = row(look, 3)
        self._disc = _KeyDisc(look, icon, first=first)
        title = Words(look, words, Kind.HEADING)
        shortcut = Words(look, keys, Kind.CAPTION, "text_3")
        head.take(self._disc, title, None, shortcut)
        self._lines = column(look, 3, (4, 4, 4, 4), self)
        self._lines.addLayout(head)
        self._lines.addWidget(self._says)
        self._lines.addStretch(1)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self.update)

    def say(self, sentence: str) -> None:
        self._says.say(sentence)
        self.setAccessibleDescription(sentence)

    @override
    def sizeHint(self) -> QSize:
        return self._lines.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self._lines.minimumSize()

    @override
    def heightForWidth(self, width: int) -> int:
        return self._lines.totalHeightForWidth(width)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = look.ring if self._first else look.hairline
        area = QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
        fill = "selected" if self.isDown() else "hover" if self.underMouse() else "surface"
        painter.setPen(QPen(look.colour("primary" if self._first else "line_strong"), wide))
        painter.setBrush(look.colour(fill))
        painter.drawRoundedRect(area, look.radius("panel"), look.radius("panel"))
        if self.hasFocus():
            paint_focus(painter, look, QRectF(self.rect()), look.radius("panel"))


class _KeyDisc(QWidget):
    def __init__(self, look: Look, icon: Icon, *, first: bool) -> None:
        super().__init__()
        self._look, self._icon, self._first = look, icon, first
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        side = self._look.unit(9.5)
        self.setFixedSize(side, side)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("primary" if self._first else "primary_soft"))
        painter.drawEllipse(self.rect())
        side = look.size("icon")
        area = QRectF(0, 0, side, side)
        area.moveCenter(QRectF(self.rect()).center())
        paint_icon(painter, look, self._icon, look.colour("on_primary" if self._first else "primary"), area)


class SampleCard(Panel):
    """The family drawn small, what was found in it, what one can learn, and the key that opens it."""

    asked = Signal(str)

    def __init__(self, look: Look, model: StartModel, sample: Sample) -> None:
        super().__init__(look, edges=False, gap=0)
        self._model, self._sample = model, sample
        self.setAccessibleName(sample.title)
        self.picture = CirclePicture(look)
        self.summary = Words(look, model.summary(sample.key), Kind.TABLE, "text_2", fit=Fit.WRAP)
        self._chips = row(look)
        lesson = self.tr("可以学到：{lesson}").format(lesson=sample.lesson)
        self.button = Button(look, self.tr("打开示例"), partial(self.asked.emit, sample.key))
        self.button.setAccessibleName(self.tr("打开示例：{title}").format(title=sample.title))
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        below = column(look, 2, (4, 4, 4, 4))
        below.addWidget(Words(look, sample.title, Kind.HEADING))
        below.addWidget(self.summary)
        below.addLayout(self._chips)
        below.addWidget(Words(look, lesson, Kind.TABLE, "text_2", fit=Fit.WRAP))
        below.addStretch(1)
        below.gap(0.5)
        below.addWidget(self.button)
        self.body.addWidget(self.picture)
        self.body.addLayout(below, 1)
        model.studied.connect(self._studied)
        self._show()

    def _studied(self, key: str) -> None:
        if key == self._sample.key:
            self._show()

    def _show(self) -> None:
        key = self._sample.key
        known = self._model.facts(key)
        if known is not None:
            self.picture.show_circle(known.circle)
        self.summary.say(self._model.summary(key))
        clear(self._chips)
        chips = [VerdictChip(self._look, verdict, words) for verdict, words in self._model.verdicts(key)]
        if chips:
            self._chips.addWidget(Flow(self._look, chips, 2, ragged=True))


class _Ground(QWidget):
    """The coloured ground, with rings as on still water."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        look.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        ground, mark = banner_colours(look)
        painter.fillRect(self.rect(), look.colour(ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QColor(look.colour(mark))
        ring.setAlphaF(_FAINT)
        painter.setPen(QPen(ring, 1))
        centre = QPointF(self.rect().bottomRight()) - QPointF(look.unit(20), look.unit(29))
        for radius in _RINGS:
            painter.drawEllipse(centre, look.unit(radius), look.unit(radius))


class _Banner(_Ground):
    """The seal and the name; at the left of a wide window the promises too."""

    def __init__(self, look: Look, model: StartModel) -> None:
        super().__init__(look)
        self.setAccessibleName(self.tr("共济家账"))
        names = column(look, 1.5)
        names.take(_Said(look, self.tr("共济家账"), Kind.DISPLAY))
        names.take(_Said(look, self.tr("把一家人的医保个人账户算清楚"), Kind.HEADING), None)
        self._head = Box(look, QBoxLayout.Direction.TopToBottom, 4)
        self._head.addWidget(_Seal(look), 0, Qt.AlignmentFlag.AlignVCenter)
        self._head.addLayout(names, 1)
        self._promises = _Promises(look, model, across=False)
        self._lines = column(look, 8, _BESIDE, self)
        self._lines.addLayout(self._head)
        self._lines.addWidget(self._promises, 1)

    def stand(self, width: int) -> None:
        """At the left with a width of its own; 0: above, as low as can be."""
        ways, look = QBoxLayout.Direction, self._look
        self._promises.setVisible(width > 0)
        self._head.setDirection(ways.TopToBottom if width else ways.LeftToRight)
        self._lines.setContentsMargins(*(look.unit(edge) for edge in (_BESIDE if width else _ABOVE)))
        if width:
            self.setFixedWidth(width)
        else:
            self.setMinimumWidth(0)
            self.setMaximumWidth(ANY)


class _Below(_Ground):
    """The promises at the end of a narrow page."""

    def __init__(self, look: Look, model: StartModel) -> None:
        super().__init__(look)
        column(look, 0, _ABOVE, self).addWidget(_Promises(look, model, across=True))


class _Promises(QWidget):
    """Three promises, what the answers are worth, and the versions that gave them."""

    def __init__(self, look: Look, model: StartModel, *, across: bool) -> None:
        super().__init__()
        self._model = model
        promises = (
            _Promise(look, Icon.LOCK, self.tr("只在这台电脑上"), self.tr("不联网、不上传，证件号只显示首尾")),
            _Promise(look, Icon.DOC, self.tr("每个数都有依据"), self.tr("条款、起效日期、来源，一点就看到")),
            _Promise(look, Icon.UNDO, self.tr("改错了能退回"), self.tr("导入、记账、绑定，都可以撤销")),
        )
        lines = column(look, 6, parent=self)
        for promise in () if across else promises:
            lines.addWidget(promise)
        if across:
            lines.addWidget(Even(look, promises, 70))
        self._versions = _Said(look, "", Kind.CAPTION)
        foot = column(look, 1)
        foot.take(_Said(look, self.tr("仅供参考，以医保经办机构为准"), Kind.CAPTION), self._versions)
        lines.addStretch(1)
        lines.addLayout(foot)
        model.known.connect(self._say_versions)
        self._say_versions()

    def _say_versions(self) -> None:
        self._versions.say(self._model.versions)


class _Said(Words):
    """Words on the banner's ground."""

    def __init__(self, look: Look, text: str, kind: Kind) -> None:
        super().__init__(look, text, kind, banner_colours(look)[1], fit=Fit.WRAP)
        look.changed.connect(self._turn)

    def _turn(self) -> None:
        self.say(self._text, tone=banner_colours(self._look)[1])


class _Promise(QWidget):
    """An icon in a ring, what is promised, and what it means."""

    def __init__(self, look: Look, icon: Icon, title: str, says: str) -> None:
        super().__init__()
        line = row(look, 4, parent=self)
        line.addWidget(_Ring(look, icon), 0, Qt.AlignmentFlag.AlignVCenter)
        words = column(look, 0.5)
        words.take(_Said(look, title, Kind.BODY_B), _Said(look, says, Kind.TABLE))
        line.addLayout(words, 1)


class _Ring(QWidget):
    def __init__(self, look: Look, icon: Icon) -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        side = self._look.unit(10.5)
        self.setFixedSize(side, side)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = look.colour(banner_colours(look)[1])
        painter.setPen(QPen(colour, look.hairline))
        edge = look.hairline
        painter.drawEllipse(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge))
        side = look.size("icon")
        area = QRectF(0, 0, side, side)
        area.moveCenter(QRectF(self.rect()).center())
        paint_icon(painter, look, self._icon, colour, area)


class _Seal(QWidget):
    """济 on a sheet, large."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedSize(self._look.unit(18), self._look.unit(18))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, mark = banner_colours(look)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(mark))
        painter.drawRoundedRect(self.rect(), look.unit(3.5), look.unit(3.5))
        font = look.font(Kind.DISPLAY)
        font.setPixelSize(look.unit(11.5))
        painter.setFont(font)
        painter.setPen(look.colour(ground))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "济")


def banner_colours(look: Look) -> tuple[str, str]:
    """Ground and words: the action colour by day; where that shines, its soft ground."""
    return ("primary", "on_primary") if look.theme is Theme.LIGHT else ("primary_soft", "text")
