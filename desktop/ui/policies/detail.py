"""一个数。All about one value: its figure, what it was, what others say, and who relies on it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget
from typing_extensions import override

from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.policies.table import SOURCE, SURE, VALUE, HistoryTable
from desktop.ui.widgets.basic import Box, Button, Fit, Rule, Words, clear, column, row
from desktop.ui.widgets.figures import BigNumber, Figure
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.lines import Fold, LineTable
from desktop.ui.widgets.panel import Panel
from desktop.ui.widgets.room import ANY
from desktop.ui.widgets.stairs import Rival, Stair, StairChart, Standing
from desktop.ui.widgets.verdicts import VerdictChip, VerdictIcon

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.ui.look.look import Look
    from desktop.ui.policies.model import Detail, PoliciesModel
    from desktop.usecases.policy_history import Denied, Stand
    from desktop.usecases.policy_uses import Use, Uses

_YEAR = 365
_SHOWN = 3  # of the family's lines that rest on a value


class Tall(QScrollArea):
    """A sheet that scrolls, or, `whole`, is as high as what is on it, so that the page scrolls."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._whole = look, False
        self.sheet = QWidget()
        self.sheet.setProperty("role", "clear")
        self.sheet.setMinimumHeight(1)  # as high as it needs at its width, not at its narrowest
        self.sheet.installEventFilter(self)
        self.setWidget(self.sheet)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def stand_whole(self, *, whole: bool) -> None:
        self._whole = whole
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if whole else policy.ScrollBarAsNeeded)
        self._fit()

    def _fit(self) -> None:
        layout = self.sheet.layout()
        if self._whole and layout is not None:
            self.setFixedHeight(max(layout.totalHeightForWidth(self.width()), self._look.unit(20)))
        else:
            self.setMinimumHeight(self._look.unit(45))
            self.setMaximumHeight(ANY)
        self.setMinimumWidth(self.sheet.minimumSizeHint().width())

    @override
    def sizeHint(self) -> QSize:
        """What it shows scrolls, and asks for no room of its own."""
        return self.minimumSize()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class DetailPanel(Panel):
    """The value chosen, or the statement that was refused."""

    go = Signal(str, str)

    def __init__(self, look: Look, model: PoliciesModel, *, fills: bool = False) -> None:
        """`fills`: a value can be filled in."""
        super().__init__(look, edges=False, gap=0)
        self._model, self._fills = model, fills
        self._shown: tuple[object, object] | None = None
        self.chart: StairChart | None = None
        self.table: LineTable | None = None
        self.area = Tall(look)
        self._lines = column(look, 0, (0, 4, 0, 4), self.area.sheet)
        self.add(self.area, 1)
        model.chosen.connect(self.refill)
        self.refill()

    def turn(self, *, alone: bool) -> None:
        self.area.stand_whole(whole=alone)

    def refill(self) -> None:
        """What is shown is built anew only if it is another thing."""
        found = (self._model.detail, self._model.refused)
        if found == self._shown:
            return
        self._shown = found
        clear(self._lines)
        self.chart = self.table = None
        detail, refused = found
        if detail is not None:
            self.setAccessibleName(detail.entry.full_title)
            self._say(detail)
        elif refused is not None:
            self.setAccessibleName(refused.says)
            self._say_refused(refused)
        self._lines.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    # ------------------------------------------------------------------------------------------------ blocks

    def _block(self, gap: float = 1.5, over: float = 4) -> Box:
        """A part of the sheet, in its margins."""
        lines = column(self._look, gap, (5, over, 5, 0))
        self._lines.addLayout(lines)
        return lines

    def _words(self, text: str, kind: Kind = Kind.TABLE, tone: str = "text_2") -> Words:
        """The sums of the law are no one's: privacy leaves them."""
        made = Words(self._look, "", kind, tone, fit=Fit.WRAP)
        made.say(text, bare=True)
        return made

    def _title(self, words: str) -> Words:
        return Words(self._look, words, Kind.BODY_B)

    def _say(self, detail: Detail) -> None:
        self._say_head(detail)
        self._say_lines(detail.entry.stand)
        if detail.history:
            self._draw(detail)
            self._list(detail)
        self._say_dispute(detail.entry.stand)
        self._say_uses(detail.uses)
        self._say_elsewhere(detail)
        self._say_denied(detail.denied)
        self._say_state(detail)

    def _say_head(self, detail: Detail) -> None:
        look, entry, stand = self._look, detail.entry, detail.entry.stand
        lines = self._block(over=0)
        head = row(look, 3).turning()
        title = column(look, 0.5)
        title.addWidget(Words(look, entry.full_title, Kind.HEADING, fit=Fit.WRAP))
        since = self.tr("{day} 起").format(day=stand.since) if stand.known else ""
        where = "，".join(part for part in (entry.key, stand.place, since) if part)
        title.addWidget(Words(look, where, Kind.CAPTION, "text_3", fit=Fit.WRAP))
        head.addLayout(title, 1)
        if stand.figure is not None:
            number, unit = stand.number
            head.addWidget(BigNumber(look, Figure(entry.full_title, number, unit)), 0)
        lines.addLayout(head)
        if stand.figure is None and not stand.lines:
            lines.addWidget(
                self._words(stand.words or stand.short, Kind.HEADING, "text" if stand.words else "info")
            )
        lines.addWidget(
            self._words(stand.says or self.tr("这一天没有收录这一项，下面是它的沿革。"), tone="text")
        )
        if stand.known:
            lines.addWidget(self._words(self._origin(stand), Kind.CAPTION))
        if stand.note:
            lines.addWidget(self._words(stand.note, Kind.CAPTION, "text_3"))
        marks = [VerdictChip(look, mark.verdict, mark.words) for mark in self._model.marks(stand)]
        if marks:
            lines.addWidget(Flow(look, marks, 2, ragged=True))

    def _origin(self, stand: Stand) -> str:
        """Title, number and kind of the document, each said once, and how sure we are."""
        kind = "" if stand.source in stand.kind else stand.kind
        behind = [part for part in (stand.document, kind) if part and part not in stand.source]
        sure = [self.tr("可信度{sure}").format(sure=stand.sure)] if stand.sure else []
        return self.tr("来源：{words}").format(words="，".join((stand.source, *behind, *sure)))

    def _say_lines(self, stand: Stand) -> None:
        """A table by level, by status then level, or by segments."""
        if not stand.lines:
            return
        look, grid = self._look, QGridLayout()
        grid.setHorizontalSpacing(look.unit(4))
        grid.setVerticalSpacing(look.unit(1))
        across = 3 if look.stacked else 6
        at = 0
        for line in stand.lines:
            if line.name:
                grid.addWidget(Words(look, line.name, Kind.CAPTION, "text_2", strong=True), at, 0, 1, across)
                at += 1
            for place, cell in enumerate(line.cells):
                under = at + place // across * 2
                grid.addWidget(Words(look, cell.name, Kind.CAPTION, "text_3"), under, place % across)
                words = Words(look, "", Kind.BODY_B)
                words.say(cell.words, bare=True)
                grid.addWidget(words, under + 1, place % across)
            at += ((len(line.cells) - 1) // across + 1) * 2
        grid.setColumnStretch(across, 1)
        self._block(over=3).addLayout(grid)

    # ----------------------------------------------------------------------------------------------- history

    def _draw(self, detail: Detail) -> None:
        stairs = [self._stair(detail, place) for place in range(len(detail.history))]
        if all(one.number is None for one in stairs):
            return
        per_cent = any(stand.number[0].endswith("%") for stand in detail.history)
        self.chart = StairChart(self._look, detail.entry.full_title, stairs, per_cent=per_cent)
        self._block(over=4).addWidget(self.chart)

    def _stair(self, detail: Detail, place: int) -> Stair:
        stand = detail.history[place]
        until = stand.until or stand.since + timedelta(days=_YEAR)
        return Stair(
            since=stand.since,
            days=(until - stand.since).days + 1,
            number=_height(stand, stand.figure),
            label=self._label(stand),
            foot=self._foot(stand),
            spoken=HistoryTable(detail).spoken(len(detail.history) - 1 - place),
            standing=_standing(detail, place),
            rivals=tuple(
                Rival(
                    float(_height(stand, one.figure) or 0),
                    self.tr("另说 {words}").format(words=_bare(one.words)),
                )
                for one in stand.others
                if one.figure is not None
            ),
        )

    def _label(self, stand: Stand) -> str:
        if stand.figure is None:
            return stand.short if stand.unpublished else ""
        number = _bare(stand.words)
        return self.tr("{number} 估").format(number=number) if stand.assumed else number

    def _foot(self, stand: Stand) -> str:
        if (stand.since.month, stand.since.day) == (1, 1):
            return self.tr("{year}年").format(year=stand.since.year)
        return f"{stand.since:%Y-%m}"

    def _list(self, detail: Detail) -> None:
        model = HistoryTable(detail)
        caption = self.tr("沿革，上下键逐段看")
        table = LineTable(
            self._look, model, caption, wide=SOURCE, fold=Fold(VALUE, (SOURCE, SURE), bears=0), signed=VALUE
        )
        model.setParent(table)
        table.laid.connect(table.fit_rows)
        table.fit_rows()
        self._lines.gap(3)
        self._lines.addWidget(table)
        self.table = table
        chart = self.chart
        if chart is not None:
            chart.walked.connect(lambda place: table.selectRow(model.row_of(place)))
            table.selectionModel().currentRowChanged.connect(lambda now: chart.walk(model.row_of(now.row())))

    # ----------------------------------------------------------------------------------------- around it

    def _say_dispute(self, stand: Stand) -> None:
        if not stand.others:
            return
        look = self._look
        frame = QFrame()
        frame.setProperty("verdict", str(Verdict.INFO))
        lines = column(look, 1.5, (3, 2.5, 3, 2.5), frame)
        head = row(look, 2)
        head.addWidget(VerdictIcon(look, Verdict.INFO), 0, Qt.AlignmentFlag.AlignTop)
        others = self.tr("、").join(one.words for one in stand.others)
        words = self.tr("有争议：{mine}，还是{others}").format(mine=stand.words, others=others)
        head.addWidget(self._words(words, Kind.BODY_B, "info"), 1)
        lines.addLayout(head)
        taken = [(self.tr("采用"), stand.says, stand.source)]
        refused = [(self.tr("不采用"), one.says, one.source) for one in stand.others]
        for caption, says, source in (*taken, *refused):
            line = row(look, 3).turning()
            line.addWidget(Words(look, caption, Kind.TABLE, strong=True), 0, Qt.AlignmentFlag.AlignTop)
            said = column(look)
            said.take(self._words(says, tone="text"), self._words(source, Kind.CAPTION))
            line.addLayout(said, 1)
            lines.addLayout(line)
        self._block().addWidget(frame)

    def _say_uses(self, uses: Uses) -> None:
        look = self._look
        block = self._block()
        block.addWidget(self._title(self.tr("用到这个数的地方")))
        if not uses:
            block.addWidget(self._words(self.tr("这个家庭的账和提示里没有用到。")))
            return
        chips = [
            *self._use_button(self.tr("流水 {count} 笔"), len(uses.lines), uses.lines[:1], "ledger"),
            *self._use_button(self.tr("账户计入 {count} 次"), uses.credits, (), "ledger"),
            *self._use_button(self.tr("合规 {count} 条"), len(uses.findings), uses.findings[:1], "findings"),
            *self._use_button(self.tr("规划里 {count} 笔"), uses.planned, (), "planning"),
        ]
        block.addWidget(Flow(look, chips, 2, ragged=True))
        for use in (*uses.findings, *uses.lines)[:_SHOWN]:
            words = f"{use.on} {use.words}"
            link = Button(look, words, partial(self.go.emit, use.page, use.what), "link")
            block.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _use_button(self, words: str, count: int, first: tuple[Use, ...], page: str) -> list[QWidget]:
        """A count that leads to the newest of them."""
        if not count:
            return []
        what = first[0].what if first else ""
        return [Button(self._look, words.format(count=count), partial(self.go.emit, page, what), "small")]

    def _say_elsewhere(self, detail: Detail) -> None:
        if not detail.elsewhere:
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.unit(4))
        grid.setColumnStretch(1, 1)
        for place, one in enumerate(detail.elsewhere):
            words = one.words or self.tr("没有收录")
            mine = words == (detail.entry.stand.words or self.tr("没有收录"))
            left = Words(self._look, "", Kind.TABLE, strong=mine)
            left.say(words, bare=True)
            grid.addWidget(left, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._words("、".join(one.places)), place, 1)
        block = self._block()
        block.addWidget(self._title(self.tr("各市不同")))
        block.addLayout(grid)

    def _say_denied(self, denied: tuple[Denied, ...]) -> None:
        if not denied:
            return
        block = self._block()
        block.addWidget(self._title(self.tr("查过而不采用的说法")))
        for one in denied:
            block.addWidget(self._words(f"“{one.says}”", tone="text"))
            block.addWidget(self._words(f"{one.reason}（{one.source}）", Kind.CAPTION))

    def _say_state(self, detail: Detail) -> None:
        state = detail.state
        if state is None:
            return
        block = self._block()
        block.addWidget(Rule(self._look))
        words = self.tr("{title}规则包 {version}，有效至 {until}，{checked} 核对过来源。")
        said = words.format(
            title=state.title, version=state.version, until=state.until, checked=state.checked_on
        )
        if detail.day > state.until:
            said += self.tr("看的这一天在有效期之后，暂按最后的数。")
        elif detail.day > state.checked_on:
            said += self.tr("看的这一天在核对之后，之后若有新文件，这里还没有。")
        block.addWidget(self._words(said, Kind.CAPTION))
        if self._fills:
            edit = partial(self.go.emit, "policies", f"edit:{detail.entry.id}")
            link = Button(self._look, self.tr("有不同的文件？填一个值"), edit, "link")
            block.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _say_refused(self, one: Denied) -> None:
        look = self._look
        block = self._block(2, over=0)
        block.addWidget(self._words(f"“{one.says}”", Kind.HEADING, "text"))
        chip = VerdictChip(look, Verdict.INFO, self.tr("查过而不采用"))
        block.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        block.addWidget(self._title(self.tr("为什么不采用")))
        block.addWidget(self._words(one.reason, Kind.BODY, "text"))
        block.addWidget(self._title(self.tr("谁这样说")))
        block.addWidget(self._words(one.source, Kind.BODY, "text"))
        block.addWidget(
            self._words(self.tr("{place}规则包里记着，免得再被当成新消息。").format(place=one.place))
        )


def _bare(words: str) -> str:
    """400 out of 400.00 元/年: a label on a chart has little room."""
    return words.partition(" ")[0].removesuffix(".00")


def _height(stand: Stand, figure: object) -> float | None:
    """A ratio in per cent."""
    if figure is None:
        return None
    number = float(str(figure))
    return number * 100 if stand.number[0].endswith("%") else number


def _standing(detail: Detail, place: int) -> Standing:
    stand = detail.history[place]
    if not stand.answers:
        return Standing.UNKNOWN
    if stand.assumed:
        return Standing.ASSUMED
    if place == detail.now:
        return Standing.NOW
    return Standing.PAST if stand.since <= detail.day else Standing.LATER
