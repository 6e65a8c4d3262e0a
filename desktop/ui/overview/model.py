"""概览的内容。Figures, course, findings and lines of the first page, from one review of a family."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

from desktop.domain.finding import Severity
from desktop.domain.settlement import Settlement
from desktop.ui.ledger.words import cause_words, chip_words, slices, summary, verdict_of, worst
from desktop.ui.look.tokens import Source, Verdict
from desktop.ui.overview.reasons import Reason, Whys
from desktop.ui.overview.table import Recent
from desktop.ui.widgets.chart import Balance, Course, Mark, MarkKind
from desktop.ui.widgets.figures import Figure, Slots
from desktop.ui.widgets.sources import Bar
from desktop.ui.widgets.verdicts import FindingLine, Fix
from desktop.ui.work import Work, raised
from desktop.usecases.concerns import finding_key
from desktop.usecases.fixes import fixes_of, places_of
from desktop.usecases.kin import kinship, told, without_names
from desktop.usecases.overview import Cause, overview

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from datetime import date

    from desktop.domain.finding import Finding
    from desktop.domain.money import Money
    from desktop.ui.look.look import Look
    from desktop.usecases.account_lines import Line
    from desktop.usecases.review import Review

_MONTHS_DRAWN = 24
_MOST_TODO = 4
_MOST_RECENT = 5
_MONTHS_A_YEAR = 12
FIGURES = ("balance", "lasting", "lowest")
"""Under what name each figure of the strip is asked for."""


class OverviewModel(QObject):
    """`go` comes with the page to open and what to select there; `changed`: it is another family.

    `offered` comes with the key of a finding and the words of the first thing to do about it.
    """

    go = Signal(str, str)
    changed = Signal()
    offered = Signal(str, str)

    def __init__(self, review: Review, look: Look) -> None:
        super().__init__()
        self._look = look
        self._work: Work | None = None
        self._read(review)

    def renew(self, review: Review) -> None:
        self._read(review)
        self.changed.emit()

    def _read(self, review: Review) -> None:
        self._review, self._family = review, review.family
        self._known = kinship(review.family, review.holder.id)
        self._seen = overview(review)
        self.context = self.tr("截至 {day}，按月末推算，未来为试算").format(day=self._day(self._seen.as_of))
        self.figures = (self._balance(), self._lasting(), self._lowest())
        self.slots = tuple(self._slots())
        self.course = self._course()
        self.todo_count = len(self._seen.attention)
        self.todo = tuple(self._todo(one) for one in self._seen.attention[:_MOST_TODO])
        self.recent = tuple(self._recent(line) for line in self._seen.recent[:_MOST_RECENT])
        self.year = self._seen.as_of.year
        self.bars = tuple(self._bar(person.id, money) for person, money in self._seen.users)
        self.used = self._seen.spent_this_year
        self._whys = Whys(review, self._seen)
        self._look_for_fixes()

    def why(self, figure: str, what: str = "") -> Reason | None:
        """Why a figure is what it is; nothing where there is none."""
        return self._whys.of(figure, what)

    @property
    def is_new(self) -> bool:
        """Nothing was recorded and nothing is planned yet."""
        return not self._family.events and self._family.plan is None

    @property
    def is_bound(self) -> bool:
        return bool(self._family.bindings)

    def _look_for_fixes(self) -> None:
        """What can be done about the findings shown, worked out behind the page."""
        if self._work is not None:
            self._work.stop()
        self._work = Work(_first_fixes(self._review, self._seen.attention[:_MOST_TODO]), self)
        self._work.news.connect(lambda news: self.offered.emit(*news))
        self._work.failed.connect(raised)
        self._work.start(QThreadPool.globalInstance())

    # ---------------------------------------------------------------------------------------------- actions

    def settle(self) -> None:
        self.go.emit("visits", "")

    def open_findings(self) -> None:
        self.go.emit("findings", "")

    def open_finding(self, key: str) -> None:
        self.go.emit("findings", key)

    def open_family(self) -> None:
        self.go.emit("family", "")

    def open_holder(self) -> None:
        """Where the opening balance of the account is filled in."""
        self.go.emit("family", self._seen.holder.id)

    def open_ledger(self) -> None:
        self.go.emit("ledger", "")

    def open_line(self, row: int) -> None:
        self.go.emit("ledger", self.recent[row].event)

    # ---------------------------------------------------------------------------------------------- figures

    @property
    def has_account(self) -> bool:
        return self._seen.holder.account is not None

    def _balance(self) -> Figure:
        seen, caption = self._seen, self.tr("个人账户余额（记账户）")
        if not self.has_account:
            return Figure(caption, None, note=self.tr("还没有个人账户，填上期初余额后才能算"), big=True)
        note = self.tr("今年划入 **{credited}**    支出 **{spent}**")
        credited, spent = self._signed(seen.credited_this_year), self._signed(-seen.spent_this_year)
        said = "\n".join((note.format(credited=credited, spent=spent), *self._besides()))
        return Figure(caption, seen.balance, note=said, big=True)

    def _besides(self) -> Iterator[str]:
        """What is set aside for relatives across provinces, in one line."""
        seen = self._seen
        frozen, held = self.tr("另有 **{money}** 作为共济额度冻结"), self.tr("{who}的医保钱包里 **{money}**")
        parts = [frozen.format(money=f"{seen.frozen:,}")] if seen.frozen else []
        parts += [
            held.format(who=self._known[person.id].word, money=f"{money:,}") for person, money in seen.wallets
        ]
        if parts:
            yield "；".join(parts)

    @staticmethod
    def _signed(money: Money) -> str:
        return f"+{money:,}" if money > 0 else f"{money:,}"

    def _lasting(self) -> Figure:
        seen, caption = self._seen, self.tr("还可支撑")
        if not self.has_account:
            return Figure(caption, None, note=self.tr("没有个人账户，无从推算"), big=True)
        if self.is_new:
            note = self.tr("还没有记过一笔，也没有规划，推算不出")
            return Figure(caption, None, note=note, big=True)
        if seen.months_left is None:
            years = str(seen.planned_months // _MONTHS_A_YEAR)
            note = self.tr("按现有绑定推算，余额没有用完的月份")
            return Figure(caption, years, self.tr("年内够用"), note, big=True)
        months = str(seen.months_left)
        return Figure(caption, months, self.tr("个月"), self._short_note(), accent="cash", big=True)

    def _short_note(self) -> str:
        short = self._seen.shortfall
        if short is None or self._seen.runs_out is None:
            month = self._month(self._seen.runs_out or self._seen.as_of)
            return self.tr("**{month}**用完，之后没有不足").format(month=month)
        note = self.tr("首次不足 **{month}**，缺 {amount}")
        return note.format(month=self._month(short.on), amount=f"{short.amount:,}")

    def _lowest(self) -> Figure:
        seen, caption = self._seen, self.tr("12 个月内最低")
        if seen.lowest is None or not self.has_account:
            return Figure(caption, None, note=self.tr("没有可以推算的月份"))
        month = self._month(seen.lowest.month)
        if seen.lowest_after is None:
            return Figure(caption, seen.lowest.balance, note=self.tr("{month}末").format(month=month))
        note = self.tr("{month}末，{cause}之后")
        cause = self._cause(seen.lowest_after)
        return Figure(caption, seen.lowest.balance, note=note.format(month=month, cause=cause))

    def _slots(self) -> list[Slots]:
        seen = self._seen.map
        counted = (
            (self.tr("当前绑定"), seen.active, seen.most_active),
            (self.tr("累计不同的人"), seen.lifetime, seen.most_in_lifetime),
        )
        return [Slots(caption, used, most) for caption, used, most in counted if most is not None]

    # ----------------------------------------------------------------------------------------------- course

    def _course(self) -> Course:
        seen = self._seen
        if not self.has_account:
            return Course(())
        history = [Balance(on, money) for on, money in seen.history]
        if not history or history[-1].on < seen.as_of:
            history.append(Balance(seen.as_of, seen.balance))
        months = seen.projection[:_MONTHS_DRAWN]
        projection = tuple(Balance(self._end(one.month), one.balance) for one in months)
        marks = tuple(mark for mark in (self._event(), self._low(), self._short()) if mark is not None)
        return Course(tuple(history), projection, seen.as_of, marks, self._sentence())

    def _event(self) -> Mark | None:
        """The dearest line of this year."""
        line = self._seen.dearest
        if line is None:
            return None
        setting = line.what.visit.setting if isinstance(line.what, Settlement) else None
        words = cause_words(self._known[line.person].word, setting)
        return Mark(MarkKind.EVENT, line.on, line.balance, f"{words} {line.change:,}")

    def _low(self) -> Mark | None:
        low, short = self._seen.lowest, self._short()
        if low is None or (short is not None and short.on <= self._end(low.month)):
            return None
        words = self.tr("12 个月内最低 {money}").format(money=f"{low.balance:,}")
        return Mark(MarkKind.LOW, self._end(low.month), low.balance, words)

    def _short(self) -> Mark | None:
        """Where the account does not suffice for the first time, if that month is drawn."""
        short = self._seen.shortfall
        if short is None:
            return None
        months = self._seen.projection[:_MONTHS_DRAWN]
        month = next((one for one in months if one.month == short.on.replace(day=1)), None)
        if month is None:
            return None
        title = self.tr("{month} 首次不足").format(month=self._month(short.on))
        detail = self.tr("缺 {amount}").format(amount=f"{short.amount:,}")
        if self._seen.short_for is not None:
            detail = f"{detail}，{self._cause(self._seen.short_for)}"
        return Mark(MarkKind.SHORTFALL, self._end(month.month), month.balance, title, detail)

    def _sentence(self) -> str:
        """The chart for ears."""
        seen = self._seen
        said = [self.tr("余额走势：今天 {money} 元").format(money=f"{seen.balance:,}")]
        if seen.lowest is not None:
            low = self.tr("12 个月内最低 {money} 元，在{month}末")
            said.append(low.format(money=f"{seen.lowest.balance:,}", month=self._month(seen.lowest.month)))
        if seen.shortfall is not None:
            short = self.tr("{month}首次不足，缺 {money} 元")
            said.append(
                short.format(month=self._month(seen.shortfall.on), money=f"{seen.shortfall.amount:,}")
            )
        else:
            said.append(self.tr("推算的几年里没有不足"))
        return "，".join(said) + self.tr("。左右键逐点读数。")

    # ------------------------------------------------------------------------------------------------ lists

    def _todo(self, finding: Finding) -> FindingLine:
        says = told(finding.says, self._family, self._known)
        fix = told(finding.fix[0], self._family, self._known) if finding.fix else ""
        see = (Fix("see", self.tr("去处理")),)
        return FindingLine(finding_key(finding), verdict_of(finding), says, fix, fixes=see)

    def _recent(self, line: Line) -> Recent:
        wrong = worst(line)
        bad = wrong is not None and wrong.severity is Severity.ERROR
        this_year = line.on.year == self._seen.as_of.year
        return Recent(
            event=line.event,
            on=f"{line.on:%m-%d}" if this_year else line.on.isoformat(),
            person=self._known[line.person].word,
            item=without_names(summary(line, self._known), self._family, self._known),
            verdict=Verdict.BAD if bad else None,
            wrong=chip_words(line, wrong) if wrong is not None and bad else "",
            total_fee=line.total_fee,
            slices=slices(line),
            change=line.change,
            balance=line.balance,
        )

    def _bar(self, person: str, money: Money) -> Bar:
        own = person == self._seen.holder.id
        return Bar(self._known[person].word, money, Source.OWN if own else Source.SHARE)

    # ------------------------------------------------------------------------------------------------ words

    def _cause(self, cause: Cause) -> str:
        person = self._known[cause.person].word if cause.person is not None else ""
        return cause_words(person, cause.setting)

    def _day(self, day: date) -> str:
        return self.tr("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)

    def _month(self, day: date) -> str:
        return self.tr("{year}年{month}月").format(year=day.year, month=day.month)

    @staticmethod
    def _end(month: date) -> date:
        return month.replace(day=monthrange(month.year, month.month)[1])


def _first_fixes(
    seen: Review, findings: tuple[Finding, ...]
) -> Callable[[threading.Event], Iterator[object]]:
    def job(stop: threading.Event) -> Iterator[object]:
        for finding in findings:
            if stop.is_set():
                return
            titles = [one.title for one in fixes_of(seen, finding)]
            titles += [one.title for one in places_of(seen, finding)]
            yield finding_key(finding), titles[0]

    return job
