"""结算的视图模型。Settles the form's visit on trial off the GUI thread, and words the newest answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from desktop.domain.care import Level, Setting
from desktop.domain.finding import Severity
from desktop.domain.money import Money
from desktop.domain.people import Scheme
from desktop.domain.settlement import Part, PurseKind
from desktop.ui.look.tokens import Source, Verdict
from desktop.ui.visits.form import PARTS, Form
from desktop.ui.widgets.fields import Choice
from desktop.ui.widgets.sources import Bill, Fall
from desktop.ui.widgets.trace import Step
from desktop.ui.work import Job, Work
from desktop.usecases.basis import Basis, basis
from desktop.usecases.explain import explain
from desktop.usecases.kin import insured, kinship, place, told
from desktop.usecases.overview import map_of
from desktop.usecases.receipt import Receipt, formula, pool_rate, receipt, year_use
from desktop.usecases.try_visit import Trial, try_visit

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.finding import Finding
    from desktop.domain.settlement import Settlement
    from desktop.ui.look.look import Look
    from desktop.usecases.explain import Step as Told
    from desktop.usecases.review import Review

DEBOUNCE = 150  # milliseconds without a change before it is worked out
_VERDICTS = {Severity.ERROR: Verdict.BAD, Severity.WARNING: Verdict.WARN, Severity.NOTE: Verdict.INFO}
_SOURCES = {
    Part.DEDUCTIBLE: Source.FUND,
    Part.POOL: Source.FUND,
    Part.CRITICAL: Source.FUND,
    PurseKind.OWN: Source.OWN,
    PurseKind.MUTUAL_AID: Source.SHARE,
    PurseKind.CASH: Source.CASH,
}
_UNTOLD = {Part.OUT_OF_SCOPE, Part.UPFRONT, Part.COPAY}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Someone who may be treated: relation, masked name, and how insured."""

    key: str
    relation: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Change:
    """What the visit does to one account."""

    source: Source
    words: str
    before: Money
    after: Money


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding for a screen: verdict, sentence, and what to do."""

    verdict: Verdict
    sentence: str
    fixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    number: int
    form: Form
    trial: Trial


class VisitsModel(QObject):
    """`worked`: a new answer, or the same in other words; `touched`: the form changed, its answer is old."""

    worked = Signal()
    touched = Signal()

    def __init__(self, seen: Review, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen, self._money = seen, look.money
        self._kin = kinship(seen.family, seen.holder.id)
        self._ties = map_of(seen).ties
        self._home = seen.holder.area_on(seen.family.as_of)
        self.form = self._first()
        self._answer: _Answer | None = None
        self._number = 0
        self._work: Work | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DEBOUNCE)
        self._wait.timeout.connect(self._start)
        self._start()

    def _first(self) -> Form:
        """The trial of the start: of whom the account has paid most for this year."""
        family = self._seen.family
        others = [one for one in map_of(self._seen).members if one.person.id != self._seen.holder.id]
        patient = max(others, key=lambda one: one.paid).person if others else self._seen.holder
        coverage = patient.coverage_on(family.as_of)
        resident = coverage is not None and coverage.scheme is Scheme.RESIDENT
        return Form(
            patient=patient.id,
            on=family.as_of,
            level=Level.GRASSROOTS if resident else Level.TERTIARY,  # where such a patient usually begins
            total=Money.yuan("1060.00"),
            full=Money.yuan("60.00"),
            share_out_of_scope=family.settings.mutual_aid_pays_out_of_scope is True,
        )

    # ------------------------------------------------------------------------------------------- the form

    def edit(self, **changes: object) -> None:
        """Change what is given. It is worked out after a moment without another change."""
        sums = [name for name in ("total", *PARTS) if name in changes]
        told_at = {"edited": sums[0]} if sums else {}
        self.form = replace(self.form, **changes, **told_at)  # type: ignore[arg-type]
        self._number += 1  # whatever is on its way is no longer the newest
        if self.form.faults():
            self._wait.stop()
        else:
            self._wait.start()
        self.touched.emit()

    def _start(self) -> None:
        if self._work is not None:
            self._work.stop()
        self._work = Work(self._job(self._number, self.form))
        self._work.news.connect(self._take)
        self._work.failed.connect(self._fail)
        self._work.start(QThreadPool.globalInstance())

    def _job(self, number: int, form: Form) -> Job:
        family, book = self._seen.family, self._seen.book
        patient = family.person(form.patient)
        visit = form.visit(patient.area_on(form.on) or self._home)
        settings = replace(
            family.settings,
            mutual_aid_pays_out_of_scope=form.share_out_of_scope
            or family.settings.mutual_aid_pays_out_of_scope,
        )

        def job(stop: threading.Event) -> Iterator[object]:
            if not stop.is_set():
                yield _Answer(number, form, try_visit(family, book, visit, settings))

        return job

    def _take(self, answer: _Answer) -> None:
        if answer.number == self._number:
            self._answer = answer
            self.worked.emit()

    def _fail(self, error: Exception) -> None:
        raise error

    # ---------------------------------------------------------------------------------------- what is chosen

    @property
    def people(self) -> tuple[PersonLine, ...]:
        family, day = self._seen.family, self.form.on
        return tuple(
            PersonLine(
                person.id,
                self._kin[person.id].word,
                self._money.name(person.name),
                self._about(person.id, day),
            )
            for person in family.people
        )

    def _about(self, person: str, day: date) -> str:
        coverage = self._seen.family.person(person).coverage_on(day)
        where = place(self._seen.book, coverage.area, self._home) if coverage is not None else ""
        return "，".join(word for word in (insured(coverage), where) if word)

    @property
    def settings(self) -> tuple[Choice, ...]:
        return (
            Choice(Setting.OUTPATIENT, self.tr("门诊")),
            Choice(Setting.EMERGENCY, self.tr("急诊")),
            Choice(Setting.CHRONIC, self.tr("慢特病")),
            Choice(Setting.INPATIENT, self.tr("住院")),
            Choice(Setting.PHARMACY, self.tr("购药")),
        )

    @property
    def levels(self) -> tuple[Choice, ...]:
        return (
            Choice(Level.GRASSROOTS, self.tr("基层")),
            Choice(Level.PRIMARY, self.tr("一级")),
            Choice(Level.SECONDARY, self.tr("二级")),
            Choice(Level.TERTIARY, self.tr("三级")),
            Choice(Level.PROVINCIAL, self.tr("省部属")),
        )

    # ------------------------------------------------------------------------------------------ the answer

    @property
    def stale(self) -> bool:
        """Are the numbers those of an earlier form?"""
        return self._answer is None or self._answer.number != self._number

    @property
    def done(self) -> Settlement | None:
        return self._answer.trial.settled if self._answer is not None else None

    @property
    def _shown(self) -> Form:
        """The form whose answer is shown."""
        return self._answer.form if self._answer is not None else self.form

    @property
    def before(self) -> tuple[tuple[str, str], ...]:
        """The counters that decide, as they stood before the visit; a dash where it is not known."""
        patient = self._shown.patient
        lines = [
            (self._account(person), self._money.money(self._held(person)))
            for person in (patient, *self._payers(patient))
            if self._seen.family.person(person).account is not None
        ]
        who = self._kin[patient].word
        deductible = self.tr("{who}今年已付起付线").format(who=who)
        pool = self.tr("{who}今年统筹已付").format(who=who)
        use = year_use(self.done) if self.done is not None and self.done.scheme is not None else None
        if use is None:
            return (*lines, (deductible, self._money.money(None)), (pool, self._money.money(None)))
        return (
            *lines,
            (deductible, self._of(use.deductible, use.deductible_limit)),
            (pool, self._of(use.pool, use.pool_limit)),
        )

    def _account(self, person: str) -> str:
        words = self.tr("{who}的账户").format(who=self._kin[person].word)
        return words if person == self._shown.patient else self.tr("{words}（共济人）").format(words=words)

    def _payers(self, patient: str) -> tuple[str, ...]:
        standing = [tie.payer for tie in self._ties if tie.beneficiary == patient and tie.stands]
        return tuple(dict.fromkeys(standing))

    def _held(self, person: str) -> Money | None:
        accounts = self._answer.trial.accounts if self._answer is not None else ()
        return next((one.before for one in accounts if one.holder == person), None)

    def _of(self, used: Money, limit: Money | None) -> str:
        money = self._money.money
        return money(used) if limit is None else f"{money(used)} / {money(limit)}"

    @property
    def bill(self) -> Bill | None:
        done = self.done
        if done is None:
            return None
        return Bill(
            done.charges.total_fee,
            (
                Fall(Source.FUND, self._fund_note(done), done.fund_paid),
                Fall(Source.OWN, self._own_note(done), done.paid_by(PurseKind.OWN)),
                Fall(Source.SHARE, self._share_note(done), done.paid_by(PurseKind.MUTUAL_AID)),
                Fall(Source.CASH, self._cash_note(done), done.paid_by(PurseKind.CASH)),
            ),
        )

    def _fund_note(self, done: Settlement) -> str:
        if done.charges.fund_paid is not None:
            return self.tr("票据已列明")
        rate = pool_rate(done)
        if rate is None:
            return self.tr("统筹基金不支付")
        base = done.charges.in_scope - done.of(Part.DEDUCTIBLE)
        return f"{base:,} × {rate}"

    def _own_note(self, done: Settlement) -> str:
        patient = done.visit.patient
        if self._held(patient) is None:
            return self.tr("没有个人账户")
        return self.tr("{who}自己的账户").format(who=self._kin[patient].word)

    def _share_note(self, done: Settlement) -> str:
        payers = "、".join(self._kin[payer].word for payer in done.by_payer())
        if payers:
            return self.tr("支付人：{payers}").format(payers=payers)
        return self.tr("没有用到") if self._payers(done.visit.patient) else self.tr("没有有效的绑定")

    def _cash_note(self, done: Settlement) -> str:
        parts = {one.part for one in done.payments if one.purse is PurseKind.CASH}
        if not parts:
            return self.tr("不用现金")
        return self.tr("全自费部分") if parts == {Part.OUT_OF_SCOPE} else self.tr("账户付完之后的部分")

    @property
    def changes(self) -> tuple[Change, ...]:
        """The accounts that pay or may pay, the patient's first."""
        if self._answer is None:
            return ()
        patient = self._answer.form.patient
        paying = (patient, *self._payers(patient), *(self.done.by_payer() if self.done else ()))
        held = {one.holder: one for one in self._answer.trial.accounts}
        return tuple(
            Change(
                Source.OWN if person == patient else Source.SHARE,
                self.tr("{who}的账户").format(who=self._kin[person].word),
                held[person].before,
                held[person].after,
            )
            for person in dict.fromkeys(paying)
            if person in held
        )

    @property
    def receipt(self) -> Receipt | None:
        return receipt(self.done) if self.done is not None else None

    @property
    def payers(self) -> str:
        """支付人：本人, or nothing."""
        names = self.done.by_payer() if self.done is not None else ()
        words = "、".join(self._kin[payer].word for payer in names)
        return self.tr("（支付人：{payers}）").format(payers=words) if words else ""

    def two_cuts(self, shown: Receipt) -> str:
        """个人自付 580.00 + 个人自费 60.00 = 640.00."""
        parts = " + ".join(f"{row.words} {row.amount:,}" for row in shown.by_cost)
        return f"{parts} = {shown.burden:,}"

    def receipt_text(self) -> str:
        """For the clipboard: what is on the screen, and no more of it."""
        shown = self.receipt
        if shown is None:
            return ""
        lines = [f"{row.words}  {self._money.money(row.amount)}" for row in shown.by_payer]
        return "\n".join((*lines, self._money.sentence(self.two_cuts(shown))))

    # ------------------------------------------------------------------------------------------------- why

    @property
    def missing(self) -> Remark | None:
        """Why nothing was settled, where nothing was."""
        if self._answer is None or self.done is not None:
            return None
        return next((self._remark(one, Verdict.INFO) for one in self._findings()), None)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What this visit breaks or leaves open, the gravest first; what is disputed stands at its step."""
        if self.done is None:
            return ()
        told_here = (one for one in self._findings() if one.rule != "policy.disputed")
        found = [self._remark(one, _VERDICTS[one.severity]) for one in told_here]
        return tuple(sorted(found, key=lambda one: list(Verdict).index(one.verdict)))

    def _findings(self) -> Iterator[Finding]:
        """Those about the visit on trial: the one record the family does not know."""
        assert self._answer is not None
        family = self._seen.family
        known = {one.id for one in (*family.people, *family.bindings, *family.events)}
        return (one for one in self._answer.trial.findings if not known.issuperset(one.about))

    def _remark(self, finding: Finding, verdict: Verdict) -> Remark:
        family = self._seen.family
        return Remark(
            verdict,
            told(finding.says, family, self._kin),
            tuple(told(one, family, self._kin) for one in finding.fix),
        )

    @property
    def steps(self) -> tuple[Step, ...]:
        done = self.done
        if done is None:
            return ()
        told_of = (step for step in explain(done) if step.name not in _UNTOLD)
        return (self._scope_step(done), *(self._step(done, step) for step in told_of))

    def _scope_step(self, done: Settlement) -> Step:
        charges = done.charges
        parts = (
            (self.tr("全自费"), charges.fully_self_funded),
            (self.tr("先行自付"), charges.upfront_copay),
            (self.tr("超限价自费"), charges.over_limit_self_funded),
        )
        taken = [(words, sum_) for words, sum_ in parts if sum_]
        minus = "".join(f" - {sum_:,}" for _, sum_ in taken)
        out = "，".join(f"{words} {sum_:,}" for words, sum_ in taken)
        return Step(
            title=self.tr("符合政策范围的费用 {sum}").format(sum=f"{charges.in_scope:,}"),
            formula=f"{charges.total_fee:,}{minus} = {charges.in_scope:,}",
            sentence=self.tr("{parts} 不进入报销").format(parts=out) if out else self.tr("全部进入报销"),
            clause=self.tr("票据明细，{day}").format(day=done.visit.on),
            origin=self.tr("来源：手工录入"),
        )

    def _step(self, done: Settlement, step: Told) -> Step:
        known = basis(self._seen.book, step.clause) if step.clause is not None else None
        disputed = known is not None and known.disputed
        says = known.says if known is not None else self.tr("统筹支付照票据")
        return Step(
            title=f"{self._title(step)} {step.amount:,}",
            formula=str(formula(done, step)),
            sentence=self.tr("{says}。各地说法不一").format(says=says) if disputed else says,
            clause=self._cited(known),
            origin=self._origin(known),
            source=_SOURCES[PurseKind(step.name) if step.holder is not None else Part(step.name)],
            disputed=disputed,
        )

    def _title(self, step: Told) -> str:
        if step.holder is None:
            return {
                Part.DEDUCTIBLE: self.tr("起付线"),
                Part.POOL: self.tr("统筹基金支付"),
                Part.CRITICAL: self.tr("大病（大额）支付"),
            }[Part(step.name)]
        who = self._kin[step.holder].word
        return {
            PurseKind.OWN: self.tr("先用{who}自己的账户"),
            PurseKind.MUTUAL_AID: self.tr("再由{who}共济"),
            PurseKind.CASH: self.tr("其余付现金"),
        }[PurseKind(step.name)].format(who=who)

    def _cited(self, known: Basis | None) -> str:
        if known is None:
            return self.tr("票据已列明")
        return self.tr("{title}，{day} 起").format(title=known.short, day=known.since)

    def _origin(self, known: Basis | None) -> str:
        if known is None:
            return self.tr("来源：手工录入")
        return self.tr("来源：{kind}，可信度{sure}").format(kind=known.kind, sure=known.confidence)
