"""合规的视图模型。The findings of a family in order, counted by verdict, and why of the one chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.finding import Severity
from desktop.domain.terms import label
from desktop.ui.look.tokens import Verdict
from desktop.ui.widgets.fields import Choice
from desktop.ui.widgets.verdicts import FindingLine
from desktop.usecases.basis import basis
from desktop.usecases.concerns import finding_key, record_of
from desktop.usecases.kin import kinship, told

if TYPE_CHECKING:
    from desktop.domain.binding import Binding
    from desktop.domain.finding import Finding
    from desktop.ui.look.look import Look
    from desktop.usecases.review import Review

BY_SEVERITY, BY_DATE = "severity", "date"
SHOWN = (Verdict.BAD, Verdict.WARN, Verdict.INFO)
_VERDICTS = {Severity.ERROR: Verdict.BAD, Severity.WARNING: Verdict.WARN, Severity.NOTE: Verdict.INFO}
_PAGES = {"binding": "family", "person": "family", "event": "ledger", "rules": "ledger"}


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of relative the clause allows, the kind this one is, and who that is."""

    allowed: tuple[str, ...]
    refused: str
    who: str


@dataclass(frozen=True, slots=True)
class Why:
    """Everything the side panel says of one finding."""

    key: str
    verdict: Verdict
    sentence: str
    kinds: Kinds | None
    basis: tuple[tuple[str, str], ...]
    fixes: tuple[str, ...]
    record: str


class FindingsModel(QObject):
    """`changed`: other lines are shown; `chosen` comes with the key of the finding chosen."""

    changed = Signal()
    chosen = Signal(str)

    def __init__(self, seen: Review, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen, self._money = seen, look.money
        self._kin = kinship(seen.family, seen.holder.id)
        self._findings = {finding_key(one): one for one in seen.ledger.findings}
        self._filter: Verdict | None = None
        self._order = BY_SEVERITY
        self.key = next((line.key for line in self.lines), "")

    # --------------------------------------------------------------------------------------------- the list

    @property
    def context(self) -> str:
        return self.tr("共 {count} 条提示，规则按发生当天的版本").format(count=self.whole)

    @property
    def whole(self) -> int:
        return len(self._findings)

    @property
    def counts(self) -> dict[Verdict, int]:
        verdicts = [_VERDICTS[one.severity] for one in self._findings.values()]
        return {verdict: verdicts.count(verdict) for verdict in SHOWN}

    @property
    def orders(self) -> tuple[Choice, ...]:
        return (Choice(BY_SEVERITY, self.tr("按严重程度")), Choice(BY_DATE, self.tr("按日期")))

    def show_only(self, verdict: str) -> None:
        """Of one verdict; the empty word shows all."""
        self._filter = Verdict(verdict) if verdict else None
        self._again()

    def sort(self, order: str) -> None:
        self._order = order
        self._again()

    def choose(self, key: str) -> None:
        """A key nobody knows changes nothing; one the tab hides shows all again."""
        if key not in self._findings:
            return
        self.key = key
        if self._filter is not None and key not in {line.key for line in self.lines}:
            self._filter = None
            self.changed.emit()
        self.chosen.emit(key)

    def _again(self) -> None:
        lines = self.lines
        if self.key not in {line.key for line in lines}:
            self.key = lines[0].key if lines else ""
        self.changed.emit()

    @property
    def filter(self) -> str:
        return self._filter or ""

    @property
    def lines(self) -> tuple[FindingLine, ...]:
        found = [one for one in self._findings.values() if self._filter in {None, _VERDICTS[one.severity]}]
        if self._order == BY_SEVERITY:
            found.sort(key=lambda one: list(Severity).index(one.severity))
        else:
            found.sort(key=lambda one: one.on, reverse=True)
        return tuple(self._line(one) for one in found)

    def _line(self, finding: Finding) -> FindingLine:
        known = basis(self._seen.book, finding.because)
        return FindingLine(
            key=finding_key(finding),
            verdict=_VERDICTS[finding.severity],
            title=self._told(finding),
            sentence=known.says,
            record=self._record(finding),
            clause=known.short,
        )

    def _told(self, finding: Finding) -> str:
        return told(finding.says, self._seen.family, self._kin)

    def _record(self, finding: Finding) -> str:
        kind, person = record_of(finding, self._seen.family)
        if finding.rule.startswith("policy."):
            return self.tr("流水 {count} 条，{day} 起").format(count=len(finding.about), day=finding.on)
        who = self._kin[person].word if person else ""
        words = {"binding": self.tr("绑定"), "event": self.tr("流水"), "person": self.tr("家人")}
        return f"{words.get(kind, '')} {finding.on} {who}".strip()

    def record(self, key: str) -> tuple[str, str]:
        """The page that holds a finding's record, and what to choose there."""
        finding = self._findings[key]
        kind, person = record_of(finding, self._seen.family)
        page = _PAGES[kind]
        return page, person if page == "family" else finding.about[0]

    # ------------------------------------------------------------------------------------------------- why

    @property
    def why(self) -> Why | None:
        finding = self._findings.get(self.key)
        if finding is None:
            return None
        return Why(
            key=self.key,
            verdict=_VERDICTS[finding.severity],
            sentence=self._told(finding),
            kinds=self._kinds(finding),
            basis=self._basis(finding),
            fixes=tuple(told(one, self._seen.family, self._kin) for one in finding.fix),
            record=self._record(finding),
        )

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
        since = self.tr("{day} 起").format(day=known.since) if known.since is not None else ""
        sure = self.tr("{kind}，可信度{sure}").format(kind=known.kind, sure=known.confidence)
        lines = [
            (self.tr("条款"), known.says),
            (self.tr("文件"), f"{known.title}，{known.number}" if known.number else known.title),
            (self.tr("生效"), since),
            (self.tr("来源"), sure),
            *((self.tr("另说"), other) for other in known.others),
        ]
        if known.before is not None:
            says, until = known.before
            lines.append((self.tr("之前"), self.tr("{says}（至 {day}）").format(says=says, day=until)))
        lines.append((self.tr("记录"), self._record(finding)))
        return tuple((caption, words) for caption, words in lines if words)
