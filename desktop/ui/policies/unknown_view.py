"""还不知道的。What is not known well at the left; all about one of it at the right, to be filled in there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget
from typing_extensions import override

from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.policies.detail import Tall
from desktop.ui.policies.editor import CoverEditor, ValueEditor
from desktop.ui.widgets.basic import Box, Button, Fit, Rule, Words, clear, column
from desktop.ui.widgets.fields import Check, Combo
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.listing import Listing
from desktop.ui.widgets.panel import Panel
from desktop.ui.widgets.room import BETWEEN, Room, room_of
from desktop.ui.widgets.scrolling import bring_to_view
from desktop.ui.widgets.trace import CaptionedLines
from desktop.ui.widgets.verdicts import VerdictChip
from desktop.usecases.unknowns import Group

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.ui.look.look import Look
    from desktop.ui.policies.unknown_model import UnknownModel
    from desktop.usecases.pack_copies import PackChange
    from desktop.usecases.unknowns import PackAge, Unknown

_LIST, _DETAIL = 70, 96  # units
_SHARES = (5, 7)


class UnknownView(QWidget):
    """`go` comes with a page and what to choose there, `lay` with what to do to the copies of packs."""

    go = Signal(str, str)
    lay = Signal(object)

    def __init__(self, look: Look, model: UnknownModel) -> None:
        super().__init__()
        self._look, self.model = look, model
        self.list = UnknownList(look, model)
        self.detail = UnknownDetail(look, model)
        self.detail.home = self.list.list
        self.detail.go.connect(self.go)
        self.detail.lay.connect(self.lay)
        self._line = Box(look, QBoxLayout.Direction.LeftToRight, BETWEEN, parent=self)
        self._line.take(self.list, self.detail)
        self._turn()
        look.changed.connect(self._turn)

    def edit(self, what: str) -> None:
        if self.model.edit(what):
            bring_to_view(self.detail, self._look.unit(3))

    @override
    def minimumSizeHint(self) -> QSize:
        widest = max(one.minimumSizeHint().width() for one in (self.list, self.detail))
        return QSize(widest, self._line.minimumSize().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
        self.updateGeometry()

    def _turn(self) -> None:
        look, ways = self._look, QBoxLayout.Direction
        alone = room_of(self, look, (_LIST, _DETAIL)) is Room.NARROW
        self._line.setDirection(ways.TopToBottom if alone else ways.LeftToRight)
        for place, share in enumerate(_SHARES):
            self._line.setStretch(place, 0 if alone else share)
        self.list.list.stand(alone=alone)
        self.detail.area.stand_whole(whole=alone)


class UnknownList(Panel):
    """Which group, only what the family relies on, and what is in it."""

    def __init__(self, look: Look, model: UnknownModel) -> None:
        super().__init__(look, edges=False, gap=0)
        self._model = model
        self.setAccessibleName(self.tr("还不知道的"))
        self.groups = Combo(look, self.tr("哪一类"), model.groups)
        self.groups.chosen.connect(model.choose_group)
        self.mine = Check(look, self.tr("只看我们家用到的"))
        self.mine.setAccessibleName(self.mine.text())
        self.mine.toggled.connect(lambda on: model.show_mine(on=on))
        self.list = Listing(look, self.tr("还不知道的，上下键逐条看"))
        self.list.chosen.connect(model.choose)
        self.none = Words(look, self.tr("没有这样的条目。"), Kind.TABLE, "text_2", fit=Fit.WRAP)
        top = QFrame()
        column(look, 2, (4, 4, 4, 3), top).take(self.groups, self.mine, self.none)
        self.body.addWidget(top)
        self.body.addWidget(self.list, 1)
        model.changed.connect(self._fill)
        model.chosen.connect(lambda: self.list.choose(model.key))
        self._fill()

    def _fill(self) -> None:
        model, items = self._model, self._model.items
        self.groups.offer(model.groups)
        self.groups.choose(model.group)
        self.mine.blockSignals(True)
        self.mine.setChecked(model.mine)
        self.mine.blockSignals(False)
        self.list.show_items(items, model.key)
        self.none.setVisible(not items)


class UnknownDetail(Panel):
    """One value, one pack, or one statement; and the form in which a value is filled in.

    The keyboard goes `home` when what it was at is gone.
    """

    go = Signal(str, str)
    lay = Signal(object)
    home: QWidget | None = None

    def __init__(self, look: Look, model: UnknownModel) -> None:
        super().__init__(look, edges=False, gap=0)
        self._model = model
        self._shown: object = None
        self.editor: ValueEditor | CoverEditor | None = None
        self.area = Tall(look)
        self._lines = column(look, 0, (0, 4, 0, 4), self.area.sheet)
        self.add(self.area, 1)
        model.chosen.connect(self.refill)
        self.refill()

    def refill(self) -> None:
        """What is shown is built anew only if it is another thing: what is being filled in stays."""
        model = self._model
        found = (
            model.form or (model.pack and (model.pack, model.can_put_back(model.pack.id))) or model.unknown
        )
        if found == self._shown and found is not None:
            return
        self._shown = found
        focus = self.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus) and focus.hasFocus()
        clear(self._lines)
        self.editor = None
        self.setAccessibleName(self.tr("详情"))
        if model.form is not None:
            self._edit(ValueEditor(self._look, model, model.form))
        elif model.pack is not None:
            self._say_pack(model.pack)
        elif model.unknown is not None:
            self._say(model.unknown)
        self._lines.addStretch(1)
        self.area.verticalScrollBar().setValue(0)
        if inside and self.editor is None and self.home is not None:
            self.home.setFocus()

    def _edit(self, editor: ValueEditor | CoverEditor) -> None:
        self.editor = editor
        self.setAccessibleName(editor.heading)
        editor.saved.connect(self._save)
        editor.left.connect(self._leave)
        block = self._block(over=0)
        block.addWidget(editor)
        editor.setFocus()

    def _save(self, change: PackChange | None) -> None:
        if change is not None:
            self.lay.emit(change)

    def _leave(self) -> None:
        self._shown = None
        self._model.leave_form()

    # ------------------------------------------------------------------------------------------------ blocks

    def _block(self, gap: float = 1.5, over: float = 4) -> Box:
        lines = column(self._look, gap, (5, over, 5, 0))
        self._lines.addLayout(lines)
        return lines

    def _words(self, text: str, kind: Kind = Kind.TABLE, tone: str = "text") -> Words:
        """The sums of the law are no one's: privacy leaves them."""
        made = Words(self._look, "", kind, tone, fit=Fit.WRAP)
        made.say(text, bare=True)
        return made

    def _paragraph(self, title: str, *sentences: str) -> None:
        block = self._block(0.75)
        block.addWidget(Words(self._look, title, Kind.BODY_B))
        for sentence in sentences:
            block.addWidget(self._words(sentence, tone="text_2"))

    def _say(self, one: Unknown) -> None:
        look = self._look
        self.setAccessibleName(one.title)
        block = self._block(1.5, 0)
        block.addWidget(self._words(one.title, Kind.HEADING))
        chips = [VerdictChip(look, Verdict.INFO, one.group.words)]
        block.addWidget(Flow(look, chips, 2, ragged=True))
        if not one.key:
            self._say_statement(one)
            return
        value = one.value or self.tr("还没有公布")
        block.addWidget(self._words(value, Kind.HEADING, "text" if one.value else "info"))
        block.addWidget(self._words(one.says))
        lasting = self.tr("{since} 起").format(since=one.since)
        if one.until is not None:
            lasting = self.tr("{lasting}，到 {until}，以后没有新的").format(lasting=lasting, until=one.until)
        sure = self.tr("，可信度{sure}").format(sure=one.sure) if one.sure else ""
        said = self.tr("{lasting}。来源：{source}{sure}。").format(
            lasting=lasting, source=one.source, sure=sure
        )
        block.addWidget(self._words(said, Kind.CAPTION, "text_2"))
        if one.others:
            self._paragraph(self.tr("别处的说法"), *one.others)
        self._paragraph(self.tr("弄清楚以前"), f"{one.meanwhile}。")
        relied = self.tr("；").join(one.relied_on) or self.tr("今后十二个月里用不到这个数")
        self._paragraph(self.tr("我们家"), f"{relied}。")
        self._act(one)

    def _say_statement(self, one: Unknown) -> None:
        why = self.tr("为什么不采用") if one.group is Group.REFUSED else self.tr("为什么没有用来算")
        self._paragraph(why, one.reason)
        if one.source:
            self._paragraph(self.tr("谁这样说"), one.source)
        self._block().addWidget(
            self._words(self.tr("记在{place}规则包里。").format(place=one.place), Kind.CAPTION, "text_2")
        )

    def _act(self, one: Unknown) -> None:
        look, model = self._look, self._model
        fill = self.tr("改一个值") if one.group in {Group.DISPUTED, Group.DOUBTFUL} else self.tr("去填写")
        buttons: list[QWidget] = []
        if model.places is not None:
            buttons.append(Button(look, fill, partial(model.edit, one.id), "primary"))
        show = partial(self.go.emit, "policies", one.id)
        buttons.append(Button(look, self.tr("看它的沿革"), show))
        self._block(over=5).addWidget(Flow(look, buttons, 2, ragged=True))

    # --------------------------------------------------------------------------------------------- of a pack

    def _say_pack(self, pack: PackAge) -> None:
        look, model = self._look, self._model
        name = self.tr("{title}规则包 {version}").format(title=pack.title, version=pack.version)
        self.setAccessibleName(name)
        block = self._block(1.5, 0)
        block.addWidget(self._words(name, Kind.HEADING))
        if pack.is_copy:
            chip = VerdictChip(look, Verdict.INFO, self.tr("本机副本"))
            block.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        days = self.tr("{day}，已有 {days} 天没有核对").format(day=pack.checked_on, days=pack.unchecked_days)
        pairs = ((self.tr("收录到"), str(pack.until)), (self.tr("上次核对来源"), days))
        block.addWidget(CaptionedLines(look, pairs))
        block.addWidget(self._words(self._after(pack), tone="text_2"))
        if pack.is_copy:
            self._paragraph(self.tr("副本里填写过的"), *model.pack_changes(pack.id))
        if model.places is not None:
            self._act_on_pack(pack)

    def _after(self, pack: PackAge) -> str:
        words = self.tr(
            "{until} 以后，没有新值的数都照最后的估计，并标“估”。提前公布的单独填写就行，不必延长收录期限。"
        )
        return words.format(until=pack.until)

    def _act_on_pack(self, pack: PackAge) -> None:
        look, model = self._look, self._model
        buttons: list[QWidget] = [
            Button(look, self.tr("改收录期限和核对日"), partial(self._edit_cover, pack)),
        ]
        if pack.is_copy:
            back = lambda: self._save(model.removing(pack))  # noqa: E731
            buttons.append(Button(look, self.tr("换回原来的"), back))
        elif model.can_put_back(pack.id):
            again = lambda: self._save(model.putting_back(pack))  # noqa: E731
            buttons.append(Button(look, self.tr("放回本机副本"), again))
        self._block(over=5).addWidget(Flow(look, buttons, 2, ragged=True))
        block = self._block(2, over=5)
        block.addWidget(Rule(look))
        words = self.tr(
            "副本只在本机的窗口里用。命令行要用它，请加 --packs，后面写副本所在的文件夹：{folder}"
        )
        if model.places is not None:
            block.addWidget(self._words(words.format(folder=model.places.copies), Kind.CAPTION, "text_3"))

    def _edit_cover(self, pack: PackAge) -> None:
        clear(self._lines)
        self._shown = None
        self._edit(CoverEditor(self._look, self._model, pack))
        self._lines.addStretch(1)
