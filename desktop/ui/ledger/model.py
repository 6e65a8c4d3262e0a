"""流水的内容。The lines of one year as they are shown, why each is so, and what can be done with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, overload

from PySide6.QtCore import QObject, QThreadPool, Signal
from typing_extensions import override

from desktop.domain.care import Visit
from desktop.domain.premium import PremiumPayment, RefundGround
from desktop.domain.settlement import EntryKind, Settlement
from desktop.ui.ledger.sift import BILLS, Book, Filters, Key, MonthHead, Sifted, key_of
from desktop.ui.ledger.words import (
    chip_words,
    kind_key,
    kind_word,
    origin_day,
    summary,
    verdict_of,
    worst,
)
from desktop.ui.look.tokens import Source, Verdict
from desktop.ui.visits.reasons import Reasons
from desktop.ui.widgets.brush import Span
from desktop.ui.widgets.chart import Balance
from desktop.ui.widgets.fields import Choice
from desktop.ui.widgets.lines import Chip
from desktop.ui.widgets.trace import Step
from desktop.ui.work import Job, Work, raised
from desktop.usecases.account_lines import OF_A_PERSON, Line, account_lines
from desktop.usecases.bookings import delete_event, edit_event, reverse_event
from desktop.usecases.changes import Change, Refused
from desktop.usecases.concerns import finding_key
from desktop.usecases.initials import initials
from desktop.usecases.kin import kinship, told, without_names
from desktop.usecases.matters import is_matter
from desktop.usecases.try_visit import Slip, Trial, slip_of, try_change, try_visit

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from desktop.domain.event import Event
    from desktop.domain.money import Money
    from desktop.ui.ledger.sift import Totals
    from desktop.ui.look.look import Look
    from desktop.usecases.review import Review

AT_ONCE = 2_000  # lines that are sifted within a few milliseconds; more go off the GUI thread


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as it is shown. `aside` says whose account 本人账户 is, if not the holder's."""

    line: Line
    kind: str
    person: str
    item: str
    aside: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding about a line: verdict, sentence, and what to do."""

    verdict: Verdict
    sentence: str
    fixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """What a line, a month or the totals rest on."""

    title: str
    steps: tuple[Step, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowed:
    """Why a line cannot be mended, reversed or deleted; empty where it can."""

    edit: str = ""
    reverse: str = ""
    delete: str = ""


@dataclass(frozen=True, slots=True)
class Reversal:
    """A line that is about to be reversed on a day. `change` is None while it is worked out or refused.

    `ground` is why; None: not said, `of_premium`: it can be.
    """

    event: str
    on: date
    of_premium: bool = False
    ground: RefundGround | None = None
    says: str = ""
    fault: str = ""
    change: Change | None = None


class Rows(Sequence["Entry | MonthHead"]):
    """Rows of which only those one looks at are made."""

    def __init__(self, places: Sequence[int | MonthHead], make: Callable[[int], Entry]) -> None:
        self.places, self._make = places, make

    @override
    def __len__(self) -> int:
        return len(self.places)

    def row(self, place: int) -> int | None:
        """Where a line is shown."""
        try:
            return self.places.index(place)
        except ValueError:
            return None

    @overload
    def __getitem__(self, index: int) -> Entry | MonthHead: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry | MonthHead]: ...
    @override
    def __getitem__(self, index: int | slice) -> Entry | MonthHead | Sequence[Entry | MonthHead]:
        if isinstance(index, slice):
            return Rows(self.places[index], self._make)
        place = self.places[index]
        return place if isinstance(place, MonthHead) else self._make(place)


class LedgerModel(QObject):
    """`changed` comes when other lines are shown, `span_changed` when it is another year or family.

    `go` comes with the page to open and what to select there, `chosen` with the row to choose, `reversing`
    when a reversal is asked for, tried or given up, `matter_asked` with the id of one to be mended,
    `change` with what is to be kept.
    """

    changed = Signal()
    span_changed = Signal()
    filters_changed = Signal()
    go = Signal(str, str)
    chosen = Signal(int)
    reversing = Signal()
    matter_asked = Signal(str)
    change = Signal(object)

    def __init__(self, review: Review, look: Look) -> None:
        super().__init__()
        self._look = look
        self._work: Work | None = None
        self._trying: Work | None = None
        self._reading: Work | None = None
        self.reversal: Reversal | None = None
        self._picked: Key | None = None
        self._wanted = False  # what is picked is to be shown as soon as it has a row
        self._take_family(review)
        self.year = self._today.year
        self.filters = self._whole_year()
        self._show(self._book.sift(self.filters, hidden=look.money.hidden))
        self._hidden = look.money.hidden
        look.changed.connect(self._worn)

    def _take_family(self, seen: Review) -> None:
        self._seen, self._family, self._holder = seen, seen.family, seen.holder.id
        self._known = kinship(seen.family, self._holder)
        self._reasons = Reasons(seen.book, self._known)
        self._today = seen.family.as_of
        every = account_lines(seen.ledger, self._holder, unsettled=True)
        self._book = Book([line for line in every if line.on <= self._today], self._read)
        self._made: dict[int, Entry] = {}
        self._read_ahead()
        years = {line.on.year for line in self._book.lines} | {self._today.year}
        self.years = tuple(self._year_choice(year) for year in sorted(years, reverse=True))

    def _read_ahead(self) -> None:
        if self._reading is not None:
            self._reading.stop()
        book = self._book

        def job(stop: threading.Event) -> Iterator[object]:
            book.read_ahead(AT_ONCE, stop)
            yield None

        self._reading = Work(job, self)
        self._reading.failed.connect(raised)
        self._reading.start(QThreadPool.globalInstance())

    def renew(self, seen: Review) -> None:
        """The family changed: the filters stay, but for someone who is gone."""
        asked, whole = self.filters, self.filters == self._whole_year(self.filters)
        self._take_family(seen)
        if str(self.year) not in [one.key for one in self.years]:
            self.year, whole = self._today.year, True
        if asked.person and asked.person not in [one.key for one in self.people]:
            asked = replace(asked, person="")
        if asked.kind and asked.kind not in [one.key for one in self.kinds]:
            asked = replace(asked, kind="")
        self.reversal = None
        self.filters = self._whole_year(asked) if whole else asked
        self.span_changed.emit()
        self.reversing.emit()
        self._filter(self.filters)

    @property
    def seen(self) -> Review:
        return self._seen

    # ------------------------------------------------------------------------------------------- what to pick

    @property
    def people(self) -> tuple[Choice, ...]:
        """Everyone who has a line, in the order of the family."""
        seen = {line.person for line in self._book.lines}
        known = [Choice(one.id, self._known[one.id].word) for one in self._family.people if one.id in seen]
        return (Choice("", self.tr("全部家人")), *known)

    @property
    def kinds(self) -> tuple[Choice, ...]:
        keys = dict.fromkeys(kind_key(line) for line in self._book.lines)
        return (Choice("", self.tr("全部类别")), *(Choice(key, kind_word(key)) for key in keys))

    @property
    def sources(self) -> tuple[Choice, ...]:
        tints = [Choice(str(source), self._look.tint(source).label) for source in Source]
        return (Choice("", self.tr("全部来源")), *tints)

    @property
    def span(self) -> Span:
        """The balances of the year, and the last one before it, for the brush."""
        inside = self._book.between(self._begin, self._end)
        shown = self._book.lines[max(inside.start - 1, 0) : inside.stop]
        balances = {line.on: line.balance for line in shown}
        points = tuple(Balance(on, money) for on, money in balances.items())
        return Span(points, self._begin, self._end)

    @property
    def _begin(self) -> date:
        return date(self.year, 1, 1)

    @property
    def _end(self) -> date:
        return min(date(self.year, 12, 31), self._today)

    def _year_choice(self, year: int) -> Choice:
        return Choice(str(year), self.tr("{year}年").format(year=year))

    # ------------------------------------------------------------------------------------------------ filters

    def seek(self, words: str) -> None:
        self._filter(replace(self.filters, words=words.strip()))

    def choose_person(self, key: str) -> None:
        self._filter(replace(self.filters, person=key))

    def choose_kind(self, key: str) -> None:
        self._filter(replace(self.filters, kind=key))

    def choose_source(self, key: str) -> None:
        self._filter(replace(self.filters, source=key))

    def choose_days(self, first: date, last: date) -> None:
        """Inside the year; the two may come in either order."""
        low, high = sorted(min(max(day, self._begin), self._end) for day in (first, last))
        self._filter(replace(self.filters, first=low, last=high))

    def only_wrong(self, only: bool) -> None:
        self._filter(replace(self.filters, only_wrong=only))

    def choose_year(self, key: str) -> None:
        self.year = int(key)
        self.filters = self._whole_year(self.filters)
        self.span_changed.emit()
        self._filter(self.filters)

    def clear(self) -> None:
        """All lines of the year again."""
        self._filter(self._whole_year())

    def _whole_year(self, asked: Filters | None = None) -> Filters:
        """The days of the year, with what else is asked."""
        if asked is None:
            return Filters(self._begin, self._end)
        return replace(asked, first=self._begin, last=self._end)

    def _filter(self, filters: Filters) -> None:
        self.filters = filters
        self.filters_changed.emit()
        if self._work is not None:
            self._work.stop()
            self._work = None
        if len(self._book.between(filters.first, filters.last)) <= AT_ONCE:
            self._take(self._book.sift(filters, hidden=self._look.money.hidden))
            return
        self._work = Work(self._sifting(), self)
        self._work.news.connect(self._take_newest)
        self._work.failed.connect(raised)
        self._work.start(QThreadPool.globalInstance())

    def _sifting(self) -> Job:
        book, filters, hidden = self._book, self.filters, self._look.money.hidden

        def job(stop: threading.Event) -> Iterator[object]:
            sifted = book.sift(filters, hidden=hidden)
            if not stop.is_set():
                yield filters, sifted

        return job

    def _take_newest(self, news: tuple[Filters, Sifted]) -> None:
        if news[0] is self.filters:
            self._take(news[1])

    def _take(self, sifted: Sifted) -> None:
        self._show(sifted)
        self.changed.emit()
        wanted, self._wanted = self._wanted, False
        row = self.picked if wanted else None
        if row is not None:
            self.chosen.emit(row)

    def _show(self, sifted: Sifted) -> None:
        # they stay the lines of their book, also while those of the next one are being sifted
        self.rows = Rows(sifted.rows, partial(self._entry, self._book, self._made))
        self.totals: Totals = sifted.totals
        self.whole, self.wrong, self.telling = sifted.whole, sifted.wrong, sifted.telling

    def _worn(self) -> None:
        """Hidden sums cannot be sought."""
        if self._look.money.hidden != self._hidden:
            self._hidden = self._look.money.hidden
            if self.filters.words:
                self._filter(self.filters)

    # -------------------------------------------------------------------------------------------------- lines

    def _entry(self, book: Book, known: dict[int, Entry], place: int) -> Entry:
        made = known.get(place)
        if made is None:
            line = book.lines[place]
            person, kind, chips = self._person(line), kind_word(kind_key(line)), tuple(self._chips(line))
            made = known[place] = Entry(line, kind, person, self._item(line), self._aside(line), chips)
        return made

    def _person(self, line: Line) -> str:
        return self._known[line.person].word

    def _item(self, line: Line) -> str:
        return without_names(summary(line, self._known), self._family, self._known)

    def _read(self, line: Line) -> str:
        words = " ".join((self._item(line), self._person(line), kind_word(kind_key(line))))
        return f"{words.lower()} {initials(words)}"

    def _aside(self, line: Line) -> str:
        """本人账户 is the patient's own: said where that is another person's."""
        if not line.own or line.person == self._holder or not isinstance(line.what, Settlement):
            return ""
        return self.tr("{person}的账户").format(person=self._known[line.person].word)

    def _chips(self, line: Line) -> Iterator[Chip]:
        if line.reversed_by is not None:
            yield Chip(self.tr("已冲正"))
        if line.reverses is not None:
            yield Chip(self.tr("对应 {day}").format(day=origin_day(line)))
        finding = worst(line)
        if finding is not None:
            yield Chip(chip_words(line, finding), verdict_of(finding))

    # -------------------------------------------------------------------------------------------------- words

    @property
    def context(self) -> str:
        count, whole = self.totals.count, self.whole
        if count == whole:
            return self.tr("{year}年共 {count} 笔").format(year=self.year, count=whole)
        words = self.tr("{year}年共 {whole} 笔，筛选后 {count} 笔")
        return words.format(year=self.year, whole=whole, count=count)

    @property
    def period(self) -> str:
        first, last = self.filters.first, self.filters.last
        words = self.tr("选中期间 {m1}月{d1}日至{m2}月{d2}日，{count} 笔")
        return words.format(m1=first.month, d1=first.day, m2=last.month, d2=last.day, count=self.totals.count)

    @property
    def closing(self) -> str:
        """期初 + 变动 = 期末, as an equation anyone can check."""
        sums = self.totals
        words = self.tr("期初 {opening} {change} = 期末 {balance}")
        if sums.elsewhere:
            words = self.tr("期初 {opening}，所列 {change}，未列 {elsewhere}，期末 {balance}")
        return words.format(
            opening=f"{sums.opening:,}",
            change=_with_sign(sums.change, spaced=not sums.elsewhere),
            elsewhere=_with_sign(sums.elsewhere),
            balance=f"{sums.balance:,}",
        )

    # ----------------------------------------------------------------------------------------------- choosing

    def select(self, event: str) -> None:
        """Show the line of an event, in its year and without filters that hide it."""
        keys = (Key(kind, event, None) for kind in EntryKind if kind not in OF_A_PERSON)
        key = next((one for one in keys if self._book.place(one) is not None), None)
        place = self._book.place(key) if key is not None else None
        if place is None:
            return
        found = self._book.lines[place]
        self._pick(key)
        row = self.picked
        if row is not None:
            self.chosen.emit(row)
            return
        self._wanted = True
        if found.on.year != self.year:
            self.year = found.on.year
            self.span_changed.emit()
        self.clear()

    def pick(self, row: int) -> None:
        """The line one is at; it stays picked while filters come and go. -1: none."""
        entry = self.rows[row] if 0 <= row < len(self.rows) else None
        self._pick(key_of(entry.line) if isinstance(entry, Entry) else None)

    def _pick(self, key: Key | None) -> None:
        if self.reversal is not None and (key is None or key.event != self.reversal.event):
            self.give_up()
        self._picked = key

    @property
    def picked(self) -> int | None:
        """Its row, if it is shown."""
        place = self._book.place(self._picked) if self._picked is not None else None
        return self.rows.row(place) if place is not None else None

    def open(self, row: int) -> bool:
        """Of a reversal its other half, of a line that breaks a rule the finding; False: there is neither."""
        entry = self.rows[row]
        if isinstance(entry, MonthHead):
            return True
        pair = entry.line.reversed_by or entry.line.reverses
        finding = worst(entry.line)
        if pair is not None:
            self.select(pair)
        elif finding is not None:
            self.go.emit("findings", finding_key(finding))
        return pair is not None or finding is not None

    # ---------------------------------------------------------------------------------------------------- why

    def why(self, row: int) -> Why:
        """Of a line its steps and findings, of a month its sums."""
        entry = self.rows[row]
        if isinstance(entry, MonthHead):
            return self._why_month(entry)
        line = entry.line
        steps = self._reasons.steps(line.what) or self._reasons.of_matter(self._seen, line)
        if line.kind is EntryKind.OPENING:
            title = self.tr("期初余额 {sum}").format(sum=f"{line.change:,}")
            steps = (Step(title, sentence=self.tr("家庭档案里填写的余额"), origin=self.tr("来源：手工录入")),)
        elif line.change:
            words = self.tr("{who}的账户余额").format(who=self._known[self._holder].word)
            steps = (*steps, self._reasons.balance(words, line.change, line.balance))
        title = f"{line.on} {entry.kind}"
        return Why(title, steps, tuple(self._remarks(line)))

    def _remarks(self, line: Line) -> Iterator[Remark]:
        for one in line.findings:
            fixes = tuple(told(fix, self._family, self._known) for fix in one.fix)
            yield Remark(verdict_of(one), told(one.says, self._family, self._known), fixes)

    def _why_month(self, head: MonthHead) -> Why:
        month = self.tr("{year}年{month}月").format(year=head.month.year, month=head.month.month)
        inside = [
            self._book.lines[place]
            for place in self.rows.places
            if isinstance(place, int) and self._book.lines[place].on.replace(day=1) == head.month
        ]
        credited = [line.change for line in inside if line.kind is EntryKind.CREDIT and line.change]
        spent = [-line.change for line in inside if line.kind in BILLS and line.change]
        moved = [line.change for line in inside if line.kind not in BILLS | OF_A_PERSON and line.change]
        elsewhere = Step(
            self.tr("另有 {sum}").format(sum=_with_sign(head.moved)),
            _sum_of(moved, head.moved),
            self.tr("转账、转移、支取等，转入为正，转出为负"),
        )
        return Why(
            month,
            (
                Step(
                    self.tr("划入 {sum}").format(sum=f"{head.credited:,}"),
                    _sum_of(credited, head.credited),
                    self.tr("所列各笔划入的合计"),
                ),
                Step(
                    self.tr("支出 {sum}").format(sum=f"{head.spent:,}"),
                    _sum_of(spent, head.spent),
                    self.tr("所列各笔从账户付的钱，冲正退回的已减去"),
                ),
                *((elsewhere,) if moved else ()),
            ),
        )

    @property
    def why_totals(self) -> Why:
        sums, first, last = self.totals, self.filters.first, self.filters.last
        parts = (
            Step(
                self.tr("期初 {sum}").format(sum=f"{sums.opening:,}"),
                sentence=self.tr("{day} 开始时的余额，期间开户的加上开户时的余额").format(day=first),
            ),
            Step(
                self.tr("所列 {count} 笔变动 {sum}").format(count=sums.count, sum=_with_sign(sums.change)),
                sentence=self.tr("“账户变动”一栏的合计"),
            ),
            Step(
                self.tr("未列的变动 {sum}").format(sum=_with_sign(sums.elsewhere)),
                sentence=self.tr("期间之内、被筛选隐去的各笔"),
            ),
            Step(
                self.tr("期末 {sum}").format(sum=f"{sums.balance:,}"),
                f"{sums.opening:,} {_with_sign(sums.change, spaced=True)}"
                + (f" {_with_sign(sums.elsewhere, spaced=True)}" if sums.elsewhere else "")
                + f" = {sums.balance:,}",
                self.tr("{day} 最后一笔之后的余额").format(day=last),
            ),
        )
        shown = parts if sums.elsewhere else (*parts[:2], parts[3])
        whole = Step(
            self.tr("医疗费总额 {sum}").format(sum=f"{sums.total_fee:,}"),
            " + ".join(f"{one:,}" for one in sums.paid) + f" = {sums.total_fee:,}",
            self.tr("依次是统筹基金、本人账户、家庭共济和现金"),
        )
        return Why(self.period, (*shown, whole))

    # ------------------------------------------------------------------------------------------------ actions

    def named(self, row: int) -> str:
        """2026-11-18 购药 祖母: the line that buttons are about."""
        entry = self.rows[row]
        assert isinstance(entry, Entry)
        return f"{entry.line.on} {entry.kind} {entry.person}"

    def allowed(self, row: int) -> Allowed:
        event = self._event(row)
        if event is None:
            only = self.tr("这一笔由余额和缴费基数推算，请到“家庭”页改。")
            return Allowed(only, only, only)
        undone = reverse_event(self._family, event.id, self._today)
        deleted = delete_event(self._family, event.id)
        if is_matter(event):
            return Allowed("", _reason(undone), _reason(deleted))
        mended = edit_event(self._family, event) if isinstance(event, Visit | PremiumPayment) else undone
        return Allowed(_reason(mended), _reason(undone), _reason(deleted))

    def _event(self, row: int) -> Event | None:
        entry = self.rows[row]
        if isinstance(entry, MonthHead) or entry.line.kind in OF_A_PERSON:
            return None
        return next((one for one in self._family.events if one.id == entry.line.event), None)

    @property
    def slip(self) -> Slip | None:
        """For the printer: the visit that is picked, as it was settled in its place."""
        event = self._event(self.picked) if self.picked is not None else None
        return slip_of(try_visit(self._family, self._seen.book, event)) if isinstance(event, Visit) else None

    def edit(self, row: int) -> None:
        event = self._event(row)
        if is_matter(event):
            self.matter_asked.emit(event.id)
        elif event is not None and not self.allowed(row).edit:
            self.go.emit("visits", event.id)

    def delete(self, row: int) -> None:
        event = self._event(row)
        result = delete_event(self._family, event.id) if event is not None else None
        if isinstance(result, Change):
            self.change.emit(result)

    def ask_reversal(self, row: int) -> None:
        """Try what a reversal of today would do; `reversing` tells what."""
        event = self._event(row)
        if event is not None and not self.allowed(row).reverse:
            self._try_reversal(Reversal(event.id, self._today, isinstance(event, PremiumPayment)))

    def reverse_on(self, day: date) -> None:
        if self.reversal is not None and day != self.reversal.on:
            self._try_reversal(self._asked_anew(on=day))

    def reverse_for(self, ground: str) -> None:
        """Empty: why is not said."""
        self._try_reversal(self._asked_anew(ground=RefundGround(ground) if ground else None))

    def _asked_anew(self, **changes: date | RefundGround | None) -> Reversal:
        assert self.reversal is not None
        return replace(self.reversal, says="", fault="", change=None, **changes)  # type: ignore[arg-type]

    def reverse(self) -> None:
        if self.reversal is not None and self.reversal.change is not None:
            self.change.emit(self.reversal.change)
            self.give_up()

    def give_up(self) -> None:
        """No reversal after all."""
        self.reversal = None
        self.reversing.emit()

    def _try_reversal(self, asked: Reversal) -> None:
        result = reverse_event(self._family, asked.event, asked.on, ground=asked.ground)
        if isinstance(result, Refused):
            self.reversal = replace(asked, fault=_first_fault(result))
        else:
            self.reversal = asked
            self._trying = Work(self._reversing(asked, result), self)
            self._trying.news.connect(self._take_reversal)
            self._trying.failed.connect(raised)
            self._trying.start(QThreadPool.globalInstance())
        self.reversing.emit()

    def _reversing(self, asked: Reversal, change: Change) -> Job:
        ledger, book = self._seen.ledger, self._seen.book

        def job(stop: threading.Event) -> Iterator[object]:
            trial = try_change(ledger, change, book)
            if not stop.is_set():
                yield asked, change, trial

        return job

    def _take_reversal(self, news: tuple[Reversal, Change, Trial]) -> None:
        asked, change, trial = news
        if self.reversal is asked:
            self.reversal = replace(asked, says=self._foretold(trial), change=change)
            self.reversing.emit()

    def _foretold(self, trial: Trial) -> str:
        """What becomes of the balances, and what a rule says to it."""
        words = self.tr("{who}的账户余额由 {before} 变为 {after}")
        parts = [
            words.format(who=self._known[one.holder].word, before=f"{one.before:,}", after=f"{one.after:,}")
            for one in trial.accounts
        ] or [self.tr("账户余额不变")]
        parts += [
            told(one.says, self._family, self._known)
            for one in trial.findings
            if not one.rule.startswith("policy.")
        ]
        return "；".join(parts)


def _reason(result: Change | Refused) -> str:
    """Why the record itself stands in the way; faults of its fields do not: they can be mended."""
    faults = [one for one in result.faults if not one.place] if isinstance(result, Refused) else []
    return f"{faults[0].what}，{faults[0].todo}。" if faults else ""


def _first_fault(refused: Refused) -> str:
    return f"{refused.faults[0].what}，{refused.faults[0].todo}。"


def _sum_of(parts: list[Money], whole: Money) -> str:
    few = 6
    return f"{' + '.join(f'{one:,}' for one in parts)} = {whole:,}" if 1 < len(parts) <= few else ""


def _with_sign(money: Money, *, spaced: bool = False) -> str:
    sign = "-" if money < 0 else "+"
    whole = -money if money < 0 else money
    return f"{sign}{' ' if spaced else ''}{whole:,}"
