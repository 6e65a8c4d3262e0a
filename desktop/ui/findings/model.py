"""合规的视图模型。What asks for something, in order; why of the one chosen, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

from desktop.domain.terms import label
from desktop.ui.findings.preview import Preview, preview
from desktop.ui.findings.words import basis_lines
from desktop.ui.ledger.words import verdict_of
from desktop.ui.look.tokens import Verdict
from desktop.ui.widgets.fields import Choice
from desktop.ui.widgets.verdicts import FindingLine, Fix
from desktop.ui.work import Work, raised
from desktop.usecases.basis import basis
from desktop.usecases.concerns import finding_key, record_of, subject_of, unmet
from desktop.usecases.effects import effect_of
from desktop.usecases.fixes import fixes_of, law_of, places_of
from desktop.usecases.kin import kinship, told
from desktop.usecases.snoozes import remind, snooze, snoozed

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Mapping

    from desktop.domain.binding import Binding
    from desktop.domain.finding import Finding
    from desktop.ui.look.look import Look
    from desktop.usecases.changes import Change
    from desktop.usecases.fixes import Fix as Way
    from desktop.usecases.review import Review

BY_SEVERITY, BY_DATE = "severity", "date"
SHOWN = (Verdict.BAD, Verdict.WARN, Verdict.INFO)
LATER = (7, 30, 90)
"""After how many days a finding that was put aside is shown again."""

_FIX, _GO, _LATER, _REMIND, _UNDO = "fix", "go", "later", "remind", "undo"
_PAGES = {"binding": "family", "person": "family", "event": "ledger", "rules": "ledger"}
_BUTTONS = 2


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of relative the clause allows, the kind this one is, and who that is."""

    allowed: tuple[str, ...]
    refused: str
    who: str


@dataclass(frozen=True, slots=True)
class Why:
    """Everything the side panel says of one finding.

    `fixes` are the titles of what can be done here, `places` those of where to go, `advice` what to do
    in the world; `until` is the day a finding put aside waits for.
    """

    key: str
    verdict: Verdict
    sentence: str
    kinds: Kinds | None
    basis: tuple[tuple[str, str], ...]
    advice: tuple[str, ...]
    fixes: tuple[str, ...]
    places: tuple[str, ...]
    record: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class _Fixed:
    """The line of a finding that was just put right, and where in the list it stood."""

    line: FindingLine
    place: int


class FindingsModel(QObject):
    """`changed`: other lines are shown; `chosen` comes with the key of the finding chosen, `offered` with
    that of one whose fixes are known by now; `foreseen`: what the fix picked would do is known.

    `change`, `act` and `go` are those of the page.
    """

    changed = Signal()
    chosen = Signal(str)
    offered = Signal(str)
    foreseen = Signal()
    change = Signal(object)
    act = Signal(str)
    go = Signal(str, str)

    def __init__(self, seen: Review, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._filter: Verdict | None = None
        self._order = BY_SEVERITY
        self._aside = False
        self._fixed: _Fixed | None = None
        self._asked: _Fixed | None = None
        self._works: list[Work] = []
        self.key, self.picked = "", 0
        self._read(seen)
        self.key = next((line.key for line in self.lines), "")
        self._foresee()

    def renew(self, seen: Review) -> None:
        """What was just fixed stays for once, struck through; the next change takes it away."""
        self._fixed, self._asked = self._asked, None
        before, place = self.key, self._place
        self._read(seen)
        if self._fixed is not None and self._fixed.line.key in self._findings:
            self._fixed = None
        keys = [line.key for line in self.lines]
        if self.key not in keys:
            self.key = keys[min(place, len(keys) - 1)] if keys else ""
        if self.key != before:
            self.picked = 0
        self.changed.emit()
        self._foresee()

    def _read(self, seen: Review) -> None:
        for work in self._works:
            work.stop()
        self._works = []
        self._seen = seen
        self._kin = kinship(seen.family, seen.holder.id)
        found = sorted(unmet(seen.ledger), key=_gravity)
        self._findings = {finding_key(one): one for one in found}
        self._waiting = {key: day for key, day in snoozed(seen.family).items() if key in self._findings}
        self._aside = self._aside and bool(self._waiting)
        self._ways: dict[str, tuple[Way, ...]] = {}
        self._previews: dict[tuple[str, int], Preview | None] = {}
        self._start(_fixes_job(seen, dict(self._findings)), self._learn)

    # --------------------------------------------------------------------------------------------- the list

    @property
    def context(self) -> str:
        if not self.whole:
            return self.tr("规则按发生当天的版本")
        return self.tr("共 {count} 条提示，规则按发生当天的版本").format(count=self.whole)

    @property
    def whole(self) -> int:
        return len(self._shown())

    @property
    def waiting(self) -> int:
        """How many are put aside."""
        return len(self._waiting)

    @property
    def aside(self) -> bool:
        """Whether those put aside are shown."""
        return self._aside

    @property
    def counts(self) -> dict[Verdict, int]:
        verdicts = [verdict_of(one) for one in self._shown().values()]
        return {verdict: verdicts.count(verdict) for verdict in SHOWN}

    @property
    def orders(self) -> tuple[Choice, ...]:
        return (Choice(BY_SEVERITY, self.tr("按严重程度")), Choice(BY_DATE, self.tr("按日期")))

    def show_only(self, verdict: str) -> None:
        """Of one verdict; the empty word shows all."""
        self._filter = Verdict(verdict) if verdict else None
        self._again()

    def show_aside(self, *, aside: bool) -> None:
        """Those put aside instead of those that ask for something."""
        if aside != self._aside:
            self._aside = aside
            self._again()

    def sort(self, order: str) -> None:
        self._order = order
        self._again()

    def choose(self, key: str) -> None:
        """A key nobody knows changes nothing; one the tab hides shows all again."""
        if key not in self._findings:
            return
        if key != self.key:
            self.key, self.picked = key, 0
        aside = key in self._waiting
        if key not in {line.key for line in self.lines}:
            self._filter, self._aside = None, aside
            self.changed.emit()
        self.chosen.emit(key)
        self._foresee()

    def _again(self) -> None:
        lines = self.lines
        if self.key not in {line.key for line in lines}:
            self.key, self.picked = (lines[0].key if lines else ""), 0
        self.changed.emit()
        self._foresee()

    @property
    def filter(self) -> str:
        return self._filter or ""

    @property
    def lines(self) -> tuple[FindingLine, ...]:
        found = [one for one in self._shown().values() if self._filter in {None, verdict_of(one)}]
        if self._order == BY_SEVERITY:
            found.sort(key=_gravity)
        else:
            found.sort(key=lambda one: one.on, reverse=True)
        lines = [self._line(one) for one in found]
        if self._fixed is not None and not self._aside:
            lines.insert(self._fixed.place, self._fixed.line)
        return tuple(lines)

    @property
    def _place(self) -> int:
        return next((place for place, line in enumerate(self.lines) if line.key == self.key), 0)

    def _shown(self) -> Mapping[str, Finding]:
        return {key: one for key, one in self._findings.items() if (key in self._waiting) is self._aside}

    def _line(self, finding: Finding) -> FindingLine:
        known = basis(self._seen.book, finding.because)
        key = finding_key(finding)
        return FindingLine(
            key=key,
            verdict=verdict_of(finding),
            title=self._told(finding),
            sentence=known.says,
            record=self._record(finding),
            clause=known.short,
            fixes=self.buttons(key),
        )

    def buttons(self, key: str) -> tuple[Fix, ...]:
        """At most two: what can be done here, else where, else later; none until it is known."""
        if self._fixed is not None and key == self._fixed.line.key:
            return self._fixed.line.fixes
        if key in self._waiting:
            return (Fix(_REMIND, self.tr("恢复提醒")),)
        if key not in self._ways:
            return ()
        ways = [Fix(f"{_FIX} {place}", way.title) for place, way in enumerate(self._ways[key])]
        places = enumerate(places_of(self._seen, self._findings[key]))
        ways += [Fix(f"{_GO} {place}", one.title) for place, one in places]
        return (*ways, Fix(_LATER, self.tr("稍后提醒")))[:_BUTTONS]

    def _told(self, finding: Finding) -> str:
        return told(finding.says, self._seen.family, self._kin)

    def _record(self, finding: Finding) -> str:
        kind, person = record_of(finding, self._seen.family)
        if finding.rule.startswith("policy."):
            return self.tr("流水 {count} 条，{day} 起").format(count=len(finding.about), day=finding.on)
        who = self._kin[person].word if person else ""
        words = {"binding": self.tr("绑定"), "event": self.tr("流水"), "person": self.tr("家人")}
        return f"{words.get(kind, '')} {finding.on} {who}".strip()

    # ---------------------------------------------------------------------------------------- what one can do

    def press(self, key: str, button: str) -> None:
        """A button of a row. A fix is shown with what it would do before it is made."""
        what, _, number = button.partition(" ")
        if what == _UNDO:
            self.act.emit("undo")
            return
        self.choose(key)
        if what == _FIX:
            self.pick(int(number))
        elif what == _GO:
            self.visit(int(number))
        elif what == _REMIND:
            self.remind()

    def pick(self, number: int) -> None:
        """Foresee another of the fixes."""
        self.picked = number
        self.foreseen.emit()
        self._foresee()

    def fix(self) -> None:
        """Make the change that was foreseen."""
        way = self._ways[self.key][self.picked]
        done = replace(
            self.lines[self._place],
            sentence=self.tr("已{step}").format(step=way.change.step),
            record="",
            clause="",
            fixes=(Fix(_UNDO, self.tr("撤销")),),
            done=True,
        )
        self._keep(way.change, _Fixed(done, self._place))

    def visit(self, number: int) -> None:
        """Go where it can be put right by hand."""
        place = places_of(self._seen, self._findings[self.key])[number]
        self.go.emit(place.page, place.what)

    def snooze(self, days: int) -> None:
        self._keep(snooze(self._seen.family, self._findings[self.key], days))

    def remind(self) -> None:
        self._keep(remind(self._seen.family, self._findings[self.key]))

    def _keep(self, change: Change, fixed: _Fixed | None = None) -> None:
        self._asked = fixed
        self.change.emit(change)

    def show_record(self, key: str) -> None:
        self.go.emit(*self.record(key))

    def show_law(self, key: str) -> None:
        self.go.emit("policies", law_of(self._findings[key]))

    def record(self, key: str) -> tuple[str, str]:
        """The page that holds a finding's record, and what to choose there."""
        finding = self._findings[key]
        kind, person = record_of(finding, self._seen.family)
        page = _PAGES[kind]
        return page, person if page == "family" else subject_of(finding, self._seen.family)

    # ------------------------------------------------------------------------------------------------- why

    @property
    def why(self) -> Why | None:
        finding = self._findings.get(self.key)
        if finding is None:
            return None
        until = self._waiting.get(self.key)
        return Why(
            key=self.key,
            verdict=verdict_of(finding),
            sentence=self._told(finding),
            kinds=self._kinds(finding),
            basis=self._basis(finding),
            advice=tuple(told(one, self._seen.family, self._kin) for one in finding.fix),
            fixes=tuple(way.title for way in self._ways.get(self.key, ())),
            places=tuple(one.title for one in places_of(self._seen, finding)),
            record=self._record(finding),
            until="" if until is None else str(until),
        )

    @property
    def preview(self) -> Preview | None:
        """What the fix picked would do; None until it is worked out."""
        return self._previews.get((self.key, self.picked))

    @property
    def done(self) -> str:
        """What was just done, where the finding chosen is the one put right."""
        return self._fixed.line.sentence if self._fixed and self._fixed.line.key == self.key else ""

    def _kinds(self, finding: Finding) -> Kinds | None:
        known = basis(self._seen.book, finding.because)
        binding = self._binding(finding)
        if binding is None or not known.relations or binding.relation in known.relations:
            return None
        return Kinds(
            allowed=tuple(label(one) for one in known.relations),
            refused=label(binding.relation),
            who=self.tr("{who}在这里").format(who=self._kin[binding.beneficiary].word),
        )

    def _binding(self, finding: Finding) -> Binding | None:
        return next((one for one in self._seen.family.bindings if one.id == finding.about[0]), None)

    def _basis(self, finding: Finding) -> tuple[tuple[str, str], ...]:
        known = basis(self._seen.book, finding.because)
        return (*basis_lines(known), (self.tr("记录"), self._record(finding)))

    # ------------------------------------------------------------------------------------ off the GUI thread

    def _learn(self, news: tuple[str, tuple[Way, ...]]) -> None:
        key, self._ways[news[0]] = news
        self.offered.emit(key)
        if key == self.key:
            self._foresee()

    def _foresee(self) -> None:
        """Work out what the fix picked would do, where that is not known yet."""
        asked, ways = (self.key, self.picked), self._ways.get(self.key, ())
        if asked not in self._previews and self.picked < len(ways):
            self._previews[asked] = None
            self._start(_preview_job(self._seen, asked, ways[self.picked].change), self._foresaw)

    def _foresaw(self, news: tuple[tuple[str, int], Preview]) -> None:
        asked, self._previews[news[0]] = news
        if asked == (self.key, self.picked):
            self.foreseen.emit()

    def _start(self, job: Callable[[threading.Event], Iterator[object]], take: Callable[..., object]) -> None:
        work, works = Work(job, self), self._works
        works.append(work)
        work.news.connect(lambda news: take(news) if works is self._works else None)
        work.failed.connect(raised)
        work.start(QThreadPool.globalInstance())


def _gravity(finding: Finding) -> int:
    return list(Verdict).index(verdict_of(finding))


def _fixes_job(
    seen: Review, findings: Mapping[str, Finding]
) -> Callable[[threading.Event], Iterator[object]]:
    def job(stop: threading.Event) -> Iterator[object]:
        for key, finding in findings.items():
            if stop.is_set():
                return
            yield key, fixes_of(seen, finding)

    return job


def _preview_job(
    seen: Review, asked: tuple[str, int], change: Change
) -> Callable[[threading.Event], Iterator[object]]:
    def job(_stop: threading.Event) -> Iterator[object]:
        yield asked, preview(seen, effect_of(seen, change.family))

    return job
