"""政策页。Topics at the left, the values of one in the middle, all about one value at the right."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget
from typing_extensions import override

from desktop.ui.look.tokens import Kind
from desktop.ui.policies.detail import DetailPanel
from desktop.ui.policies.model import DENIED, Only
from desktop.ui.policies.unknown_model import UNKNOWN, UnknownModel
from desktop.ui.policies.unknown_view import UnknownView
from desktop.ui.widgets.basic import Box, Button, Fit, Rule, Words, column, row
from desktop.ui.widgets.fields import Check, Choice, Combo, DateField, Labelled
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.listing import Item, Listing
from desktop.ui.widgets.panel import PageHead, Panel
from desktop.ui.widgets.room import BETWEEN, Room, hold_width, least_size, room_of
from desktop.ui.widgets.seek import SeekLine

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.ui.look.look import Look
    from desktop.ui.policies.model import PoliciesModel
    from desktop.usecases.pack_copies import PackPlaces
    from desktop.usecases.review import Review

_SIDE, _LIST, _DETAIL = 50, 60, 96  # units
_SHARES = (5, 9)  # of the list and the detail


class PoliciesPage(QWidget):
    """Two views: every value, and those that are not known well.

    `go` comes with a page and what to choose there, `lay` with what to do to the copies of packs; without
    `places` nothing can be filled in.
    """

    go = Signal(str, str)
    lay = Signal(object)

    def __init__(self, look: Look, model: PoliciesModel, places: PackPlaces | None = None) -> None:
        super().__init__()
        self._look, self._model = look, model
        model.setParent(self)
        self.values = ValuesView(look, model, fills=places is not None)
        self.side, self.list, self.detail = self.values.side, self.values.list, self.values.detail
        self.unknown = UnknownView(look, UnknownModel(model, places))
        for view in (self.values, self.unknown):
            view.go.connect(self._go)
        self.unknown.lay.connect(self.lay)
        self.other = Button(look, "", self._turn_over)
        self.head = PageHead(look, self.tr("政策"), model.context, [self.other])
        lines = column(look, 3, parent=self)
        lines.addWidget(self.head)
        lines.addWidget(self.values, 1)
        lines.addWidget(self.unknown, 1)
        self.unknown.hide()
        model.changed.connect(self._say)
        self.unknown.model.changed.connect(self._say)
        self._say()

    def choose(self, what: str) -> None:
        """A key, perhaps with a day (premium.personal@2026-03-01), `unknown`, or `edit:` with a key."""
        _, edit, key = what.partition("edit:")
        self._show(unknown=what == UNKNOWN or bool(edit))
        if edit:
            self.unknown.edit(key)
        elif what != UNKNOWN:
            self._model.choose(what)

    def renew(self, seen: Review) -> None:
        self._model.renew(seen)
        self.detail.refill()

    @override
    def minimumSizeHint(self) -> QSize:
        """As narrow as the view that is shown."""
        shown = self.values if self.unknown.isHidden() else self.unknown
        return least_size(self, self.layout(), (shown, self.head))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _go(self, page: str, what: str) -> None:
        """Within this page nobody else is asked."""
        if page == "policies":
            self.choose(what)
        else:
            self.go.emit(page, what)

    def _turn_over(self) -> None:
        self._show(unknown=self.unknown.isHidden())

    def _show(self, *, unknown: bool) -> None:
        self.values.setVisible(not unknown)
        self.unknown.setVisible(unknown)
        self._say()
        self.updateGeometry()

    def _say(self) -> None:
        unknown = not self.unknown.isHidden()
        known = self.unknown.model.unknowns
        self.head.context.say(self.unknown.model.context if unknown else self._model.context)
        words = self.tr("规则包里的每一个数") if unknown else self.tr("还不知道的（{count}）")
        self.other.say(words.format(count=known.open))


class ValuesView(QWidget):
    """Topics, values and one value; `go` comes with the page a link leads to and what to choose there."""

    go = Signal(str, str)

    def __init__(self, look: Look, model: PoliciesModel, *, fills: bool) -> None:
        super().__init__()
        self._look = look
        self.side = SidePanel(look, model)
        self.list = ListPanel(look, model)
        self.detail = DetailPanel(look, model, fills=fills)
        self.detail.go.connect(self.go)
        ways = QBoxLayout.Direction
        self._inner = Box(look, ways.LeftToRight, BETWEEN)
        self._inner.take(self.list, self.detail)
        self._outer = Box(look, ways.LeftToRight, BETWEEN, parent=self)
        self._outer.addWidget(self.side)
        self._outer.addLayout(self._inner, 1)
        stops = (*self.side.stops, self.list.seek, self.list.list)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self._turn()
        look.changed.connect(self._turn)

    @override
    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of the three: without room they stand one under the other."""
        return least_size(self, self._outer, (self.side, self.list, self.detail))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
        self.updateGeometry()

    def _turn(self) -> None:
        look, ways = self._look, QBoxLayout.Direction
        room = room_of(self, look, (_LIST, _DETAIL), (_SIDE, _LIST, _DETAIL))
        self._outer.setDirection(ways.LeftToRight if room is Room.WIDE else ways.TopToBottom)
        self._inner.setDirection(ways.TopToBottom if room is Room.NARROW else ways.LeftToRight)
        for place, share in enumerate(_SHARES):
            self._inner.setStretch(place, 0 if room is Room.NARROW else share)
        self.side.turn(wide=room is Room.WIDE)
        self.list.list.stand(alone=room is Room.NARROW)
        self.detail.turn(alone=room is Room.NARROW)


class SidePanel(Panel):
    """Topics, what to show only, the day and the place; without room for a list the topics are a box."""

    def __init__(self, look: Look, model: PoliciesModel) -> None:
        super().__init__(look, edges=False)
        self._model = model
        self.setAccessibleName(self.tr("主题和筛选"))
        self.topics = Listing(look, self.tr("主题"))
        self.topics.chosen.connect(model.choose_topic)
        self.box = Combo(look, self.tr("主题"))
        self.box.chosen.connect(model.choose_topic)
        self.checks = {only: Check(look, words) for only, words in self._only_words().items()}
        self.day = DateField(look, self.tr("看哪一天的规则"), model.day)
        self.day.chosen.connect(model.choose_day)
        self.place = Combo(look, self.tr("看哪里的规则"), model.places)
        self.place.chosen.connect(model.choose_area)
        self.body.addWidget(self.topics, 1)
        self.body.addWidget(self._below())
        self.stops = (self.topics, self.box, *self.checks.values(), self.day, self.place)
        for only, check in self.checks.items():
            check.toggled.connect(partial(self._ticked, only))
        model.changed.connect(self._fill)
        self._fill()

    def _only_words(self) -> dict[Only, str]:
        return {
            Only.DISPUTED: self.tr("有争议"),
            Only.UNPUBLISHED: self.tr("未公布"),
            Only.DOUBTFUL: self.tr("可信度低"),
        }

    def _below(self) -> QWidget:
        look = self._look
        self._counts = {only: Words(look, "", Kind.TABLE, "text_2") for only in Only}
        lines: list[QWidget] = []
        self._ticks = lines
        for only, check in self.checks.items():
            line = QWidget()
            row(look, 2, parent=line).take(check, None, self._counts[only])
            lines.append(line)
        self._title = Words(look, self.tr("只看"), Kind.CAPTION, "text_2", strong=True)
        day = Labelled(look, self.tr("看哪一天的规则"), self.day)
        place = Labelled(look, self.tr("看哪里的规则"), self.place)
        self._rule = Rule(look)
        below = QWidget()
        inside = column(look, 2.5, (4, 0, 4, 3.5), below)
        inside.take(self.box, self._rule, self._title)
        inside.addWidget(Flow(look, [*lines, day, place], 2.5, growing=[*lines, day, place]))
        return below

    def turn(self, *, wide: bool) -> None:
        self.topics.setVisible(wide)
        self._rule.setVisible(wide)
        self.box.setVisible(not wide)
        for line in self._ticks:
            line.setProperty("grows", wide)
        self._title.setVisible(wide)
        self.body.setContentsMargins(0, self._look.unit(1.5 if wide else 3), 0, 0)
        hold_width(self, self._look.unit(_SIDE) if wide else None)

    def _ticked(self, only: Only, on: bool) -> None:
        self._model.show_only(only, on=on)

    def _fill(self) -> None:
        model = self._model
        topics = model.topics
        self.topics.show_items(
            [Item(key, name, aside=str(count), plain=True) for key, name, count in topics], model.topic
        )
        self.box.offer([Choice(key, f"{name}（{count}）") for key, name, count in topics])
        self.box.choose(model.topic)
        self.place.offer(model.places)
        self.place.choose(model.area)
        for only, count in model.counts.items():
            self._counts[only].say(str(count))
            self._tick(only, on=only in model.only, count=count)
        self.day.blockSignals(True)
        self.day.put(model.day)
        self.day.blockSignals(False)

    def _tick(self, only: Only, *, on: bool, count: int) -> None:
        check = self.checks[only]
        check.blockSignals(True)
        check.setChecked(on)
        check.blockSignals(False)
        check.setAccessibleName(self.tr("只看{what}，{count} 项").format(what=check.text(), count=count))


class ListPanel(Panel):
    """A line to seek in, and the values of the topic."""

    def __init__(self, look: Look, model: PoliciesModel) -> None:
        super().__init__(look, edges=False, gap=0)
        self._model = model
        self.setAccessibleName(self.tr("条目"))
        self.seek = SeekLine(look, "")
        self.seek.textEdited.connect(model.seek)
        self.list = Listing(look, self.tr("条目，上下键逐条看"))
        self.list.chosen.connect(model.choose)
        self.none = Words(look, "", Kind.TABLE, "text_2", fit=Fit.WRAP)
        self.all = Button(look, self.tr("清除条件，看全部"), model.show_all)
        top = QFrame()
        column(look, 2, (4, 4, 4, 3), top).take(self.seek, self.none, self.all)
        self.body.addWidget(top)
        self.body.addWidget(self.list, 1)
        model.changed.connect(self._fill)
        model.chosen.connect(lambda: self.list.choose(model.key))
        self._fill()

    def _fill(self) -> None:
        model = self._model
        items = model.items
        self.list.show_items(items, model.key)
        self.seek.ask(self.tr("在{topic}中查找").format(topic=model.topic_name))
        if self.seek.text().strip() != model.sought:
            self.seek.setText(model.sought)
        words = self.tr("没有这样的说法。") if model.topic == DENIED else self.tr("没有符合这些条件的条目。")
        self.none.say(words)
        for widget in (self.none, self.all):
            widget.setVisible(not items)
