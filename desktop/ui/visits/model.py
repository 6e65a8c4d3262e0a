"""结算的视图模型。Tries the form off the GUI thread, words the newest answer, and asks to have it booked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from desktop.domain.care import Level, Purpose, Setting, Visit
from desktop.domain.money import NOTHING, Money, at
from desktop.domain.people import Scheme
from desktop.domain.premium import PremiumPayment
from desktop.domain.settlement import Part, PurseKind
from desktop.domain.terms import label
from desktop.ui.ledger.words import verdict_of
from desktop.ui.look.tokens import Source, Verdict
from desktop.ui.visits.form import SUMS, Form, PremiumForm
from desktop.ui.visits.reasons import Reasons
from desktop.ui.widgets.fields import Choice
from desktop.ui.widgets.sources import Bill, Fall
from desktop.ui.work import Job, Work, raised
from desktop.usecases.areas import areas
from desktop.usecases.bookings import book_visit, edit_event, pay_premium
from desktop.usecases.changes import Change, Refused
from desktop.usecases.kin import insured_on, kinship, place, told
from desktop.usecases.overview import map_of
from desktop.usecases.receipt import Receipt, pool_rate, receipt, year_use
from desktop.usecases.try_visit import (
    Slip,
    Trial,
    slip_of,
    try_premium,
    try_visit,
    usual_benefit_year,
)

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.family import Settings
    from desktop.domain.finding import Finding
    from desktop.domain.people import Person
    from desktop.domain.settlement import PremiumPaid, Settlement
    from desktop.ui.look.look import Look
    from desktop.ui.widgets.trace import Step
    from desktop.usecases.review import Review

DEBOUNCE = 150  # milliseconds without a change before it is worked out
PREMIUM = "premium"
_FIELDS = {
    "total_fee": "total",
    "fully_self_funded": "full",
    "over_limit_self_funded": "over",
    "upfront_copay": "upfront",
    "fund_paid": "fund",
    "benefit_year": "on",
}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Someone who may be treated: relation, masked name, and how insured."""

    key: str
    relation: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What the record does to one account."""

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
    """`form` is what it answers."""

    number: int
    form: Form | PremiumForm
    trial: Trial


class VisitsModel(QObject):
    """`worked`: a new answer, or the same in other words; `touched`: the form changed, its answer is old.

    `formed`: other values stand in the form than were typed. `change` asks to have the record kept; `booked`
    is its id from when it is. `waiting`: an answer is on its way.
    """

    worked = Signal()
    touched = Signal()
    formed = Signal()
    change = Signal(object)

    def __init__(self, seen: Review, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look, self._money = look, look.money
        self._take_family(seen)
        self.form = self._first()
        self.premium = self._first_premium()
        self.paying = False
        self.origin: Visit | PremiumPayment | None = None
        self.booked = self.booked_words = self._echo = ""
        self._sent: Change | None = None
        self._refused: dict[str, str] = {}
        self._answer: _Answer | None = None
        self._number = 0
        self._work: Work | None = None
        self.waiting = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DEBOUNCE)
        self._wait.timeout.connect(self._start)
        self._start()

    def _take_family(self, seen: Review) -> None:
        self._seen = seen
        self._kin = kinship(seen.family, seen.holder.id)
        self._ties = map_of(seen).ties
        self._home = seen.holder.area_on(seen.family.as_of)
        self._reasons = Reasons(seen.book, self._kin)

    def _first(self) -> Form:
        """The trial of the start, an example: of whom the account has paid most for this year."""
        family = self._seen.family
        alive = {one.id for one in self._seen.living(family.as_of)} - {self._seen.holder.id}
        others = [one for one in map_of(self._seen).members if one.person.id in alive]
        patient = max(others, key=lambda one: one.paid).person if others else self._seen.holder
        return Form(
            patient=patient.id,
            on=family.as_of,
            level=self._usual_level(patient.id),
            total=Money.yuan("1060.00"),
            full=Money.yuan("60.00"),
            share_out_of_scope=self._settings_say,
            example=True,
        )

    def _usual_level(self, person: str) -> Level:
        family = self._seen.lived
        coverage = family.person(person).coverage_on(family.as_of)
        resident = coverage is not None and coverage.scheme is Scheme.RESIDENT
        return Level.GRASSROOTS if resident else Level.TERTIARY  # where such a patient usually begins

    def _first_premium(self) -> PremiumForm:
        """For a resident whose year is not paid yet, from the account this is about."""
        family, holder = self._seen.family, self._seen.holder
        year = usual_benefit_year(self._seen.book, self._home, family.as_of)
        paid = {
            one.insured
            for one in family.events
            if isinstance(one, PremiumPayment) and one.benefit_year == year
        }
        residents = [
            one.id
            for one in self._seen.living(family.as_of)
            if (coverage := one.coverage_on(family.as_of)) is not None and coverage.scheme is Scheme.RESIDENT
        ]
        open_ = [one for one in residents if one not in paid] or residents or [holder.id]
        payer = holder.id if holder.account is not None else ""
        return PremiumForm(insured=open_[0], on=family.as_of, year=year, payer=payer)

    @property
    def _settings_say(self) -> bool:
        """Does the family reckon with 全自费 being shared?"""
        return self._seen.family.settings.mutual_aid_pays_out_of_scope is True

    def renew(self, seen: Review) -> None:
        """The family changed. What is half typed stays, for a person who is still there."""
        before = self._settings_say
        self._take_family(seen)
        people, events = {one.id for one in seen.family.people}, {one.id for one in seen.family.events}
        if self._sent is not None and self._sent.about in events:
            self._keep_booked(self._sent)
        elif self.booked not in events:
            self.booked = ""
        self._sent = None
        if self._whom not in people:
            self._answer = None
        if self.form.patient not in people:
            self.form = self._first()
        if before != self._settings_say:
            self.form = replace(self.form, share_out_of_scope=self._settings_say)
        if {self.premium.insured, self.premium.payer} - people - {""}:
            self.premium = self._first_premium()
        if self.origin is not None and self.origin.id not in events:
            self._leave_editing()
        self._restart()
        self.formed.emit()

    # ------------------------------------------------------------------------------------------- the form

    @property
    def filled(self) -> Form | PremiumForm:
        """The form one sees."""
        return self.premium if self.paying else self.form

    def edit(self, **changes: object) -> None:
        """Change what is given of a visit. It is worked out after a moment without another change."""
        sums = [name for name in SUMS if name in changes]
        if sums and self.form.example:
            self.form = self.form.emptied()  # an example goes when one types a bill of one's own
            changes = {**changes, "edited": sums[0]}
            self.form = replace(self.form, **changes)  # type: ignore[arg-type]
            self.formed.emit()
        else:
            told_at = {"edited": sums[0]} if sums else {}
            self.form = replace(self.form, **changes, **told_at)  # type: ignore[arg-type]
        self._changed()

    def edit_premium(self, **changes: object) -> None:
        self.premium = replace(self.premium, **changes)  # type: ignore[arg-type]
        self._changed()

    def choose_kind(self, key: str) -> None:
        """A setting of a visit, or a premium."""
        paying = key == PREMIUM
        if paying == self.paying and (paying or self.form.setting == key):
            return
        self.paying = paying
        if not paying:
            self.form = replace(self.form, setting=Setting(key))
        self._changed()
        self.formed.emit()

    @property
    def kind(self) -> str:
        return PREMIUM if self.paying else str(self.form.setting)

    def choose(self, what: str) -> None:
        """Someone to be treated, or a record of the book to be mended.

        What was booked a moment ago is chosen by whoever kept it; here the form for the next one stays.
        """
        if what == self._echo:
            return
        event = next((one for one in self._seen.family.events if one.id == what), None)
        if isinstance(event, Visit):
            self.origin, self.paying, self.form = event, False, self._form_of(event)
        elif isinstance(event, PremiumPayment):
            self.origin, self.paying, self.premium = event, True, PremiumForm.of(event)
        elif any(one.id == what for one in self._seen.family.people):
            self._leave_editing()
            self.paying = False
            self.form = replace(self.form, patient=what)
        else:
            return
        self._changed()
        self.formed.emit()

    def _form_of(self, visit: Visit) -> Form:
        return replace(Form.of(visit), share_out_of_scope=self._settings_say)

    def leave_editing(self) -> None:
        """Back to a new record; the one in the book stays as it is."""
        self._leave_editing()
        self._changed()
        self.formed.emit()

    def _leave_editing(self) -> None:
        if isinstance(self.origin, Visit):
            self.form = self.form.emptied()
        elif self.origin is not None:
            self.premium = self._first_premium()
        self.origin = None

    def _changed(self) -> None:
        self._refused, self._sent, self.booked = {}, None, ""
        self._number += 1  # whatever is on its way is no longer the newest
        if self._tryable:
            self.waiting = True
            self._wait.start()
        else:
            self._stop()
        self.touched.emit()

    @property
    def _tryable(self) -> bool:
        """A form without sums is tried too: for what stood before it."""
        return (not self.paying and self.form.empty) or not self.filled.faults()

    def _restart(self) -> None:
        self._number += 1
        if self._tryable:
            self._start()
        else:
            self._stop()

    def recompute(self) -> None:
        """Try the form again as it stands, at once."""
        self._restart()
        self.touched.emit()

    def cancel(self) -> None:
        """No longer wait; the old numbers stay, grey, until something changes or `recompute`."""
        self._number += 1
        self._stop()
        self.touched.emit()

    def _stop(self) -> None:
        self.waiting = False
        self._wait.stop()
        if self._work is not None:
            self._work.stop()

    def _start(self) -> None:
        self._stop()
        self.waiting = True
        self._work = Work(self._job(self._number, self.filled))
        self._work.news.connect(self._take)
        self._work.failed.connect(raised)
        self._work.start(QThreadPool.globalInstance())

    def _job(self, number: int, form: Form | PremiumForm) -> Job:
        family, book, settings = self._seen.family, self._seen.book, self._tried_settings
        event = self._record(form)

        def job(stop: threading.Event) -> Iterator[object]:
            if isinstance(event, Visit):
                trial = try_visit(family, book, event, settings)
            else:
                trial = try_premium(family, book, event)
            if not stop.is_set():
                yield _Answer(number, form, trial)

        return job

    def _record(self, form: Form | PremiumForm) -> Visit | PremiumPayment:
        """What the form says happened, in the place of what it mends."""
        if isinstance(form, PremiumForm):
            return form.payment(self.origin if isinstance(self.origin, PremiumPayment) else None)
        area = self._seen.lived.person(form.patient).area_on(form.on) or self._home
        return form.visit(area, self.origin if isinstance(self.origin, Visit) else None)

    @property
    def _tried_settings(self) -> Settings:
        """The family's own, but for what the box asks to try."""
        settings = self._seen.family.settings
        if self.form.share_out_of_scope == self._settings_say:
            return settings
        return replace(settings, mutual_aid_pays_out_of_scope=self.form.share_out_of_scope)

    def _take(self, answer: _Answer) -> None:
        if answer.number == self._number:
            self._answer, self.waiting = answer, False
            self.worked.emit()

    # ------------------------------------------------------------------------------------------- booking

    @property
    def faults(self) -> dict[str, str]:
        """A sentence for each field that cannot be so; nobody is told off before having typed."""
        if not self.paying and self.form.empty:
            return {}
        return {**self.filled.hindrances(self._seen.family.as_of), **self._refused, **self.filled.faults()}

    @property
    def hindrance(self) -> str:
        """Why it cannot be booked now; empty where it can."""
        if self._sent is not None:
            return self.tr("正在记入。")
        if not self.paying and self.form.example:
            return self.tr("金额是举例，填上票据的金额就能记入。")
        faults = {**self.filled.hindrances(self._seen.family.as_of), **self.filled.faults(), **self._refused}
        if faults:
            return next(iter(faults.values()))
        if not self.paying and self.form.share_out_of_scope != self._settings_say:
            return self.tr("全自费怎么付，记入时照首选项的口径，与这里勾的不同，所以只能试算。")
        return ""

    def book(self) -> None:
        """Ask to have it kept; it is booked when the family comes back with it."""
        if self.hindrance:
            return
        event, family = self._record(self.filled), self._seen.family
        if self.origin is not None:
            result = edit_event(family, event)
        elif isinstance(event, Visit):
            result = book_visit(family, event)
        else:
            result = pay_premium(family, event)
        if isinstance(result, Refused):
            self._refused = {
                _FIELDS.get(one.place, one.place): f"{one.what}，{one.todo}。" for one in result.faults
            }
        else:
            self._sent = result
            self.change.emit(result)
        self.touched.emit()

    def _keep_booked(self, sent: Change) -> None:
        """A fresh form for the next one, which says what was booked."""
        self.booked, self.booked_words, self._echo = sent.about, sent.step, sent.about
        QTimer.singleShot(0, self._hear)
        if self.origin is not None:
            self._leave_editing()
        elif self.paying:
            self.premium = self._first_premium()
        else:
            self.form = self.form.emptied()

    def _hear(self) -> None:
        self._echo = ""

    @property
    def slip(self) -> Slip | None:
        """For the printer: the trial one sees, if it is of a visit, settled, and of the form as it stands."""
        if self._answer is None or self.stale or self.unbilled:
            return None
        return slip_of(self._answer.trial)

    # ---------------------------------------------------------------------------------------- what is chosen

    @property
    def people(self) -> tuple[PersonLine, ...]:
        day = self.filled.on
        return tuple(
            PersonLine(
                person.id,
                self._kin[person.id].word,
                self._money.name(person.name),
                self._about(person.id, day),
            )
            for person in self._offered(self._whom_filled)
        )

    @property
    def _whom_filled(self) -> str:
        form = self.filled
        return form.insured if isinstance(form, PremiumForm) else form.patient

    def _offered(self, chosen: str) -> tuple[Person, ...]:
        """Those who live on the day of the form, and who is chosen already."""
        alive = {one.id for one in self._seen.living(self.filled.on)}
        return tuple(one for one in self._seen.lived.people if one.id in alive or one.id == chosen)

    def _about(self, person_id: str, day: date) -> str:
        person = self._seen.lived.person(person_id)
        coverage = person.coverage_on(day)
        where = place(self._seen.book, coverage.area, self._home) if coverage is not None else ""
        return "，".join(word for word in (insured_on(person, day), where) if word)

    @property
    def kinds(self) -> tuple[Choice, ...]:
        return (
            Choice(Setting.OUTPATIENT, self.tr("门诊")),
            Choice(Setting.EMERGENCY, self.tr("急诊")),
            Choice(Setting.CHRONIC, self.tr("慢特病")),
            Choice(Setting.INPATIENT, self.tr("住院")),
            Choice(Setting.PHARMACY, self.tr("购药")),
            Choice(PREMIUM, self.tr("代缴保费")),
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

    @property
    def purposes(self) -> tuple[Choice, ...]:
        return tuple(Choice(str(one), label(one)) for one in Purpose)

    @property
    def areas(self) -> tuple[Choice, ...]:
        """Where it was; the patient's own place first, which is meant where nothing is said."""
        patient = self._seen.lived.person(self.form.patient)
        home = place(self._seen.book, patient.area_on(self.form.on), self._home)
        own = Choice("", self.tr("参保地（{place}）").format(place=home) if home else self.tr("参保地"))
        others = areas(self._seen.book, [self.form.area] if self.form.area else [])
        return (own, *(Choice(one.code, one.title) for one in others))

    @property
    def years(self) -> tuple[Choice, ...]:
        """The benefit years that a payment on the day may be for."""
        day = self.premium.on
        shown = sorted({day.year - 1, day.year, day.year + 1, self.premium.year})
        return tuple(Choice(str(one), self.tr("{year}年度").format(year=one)) for one in shown)

    @property
    def payers(self) -> tuple[Choice, ...]:
        """Everyone with an account, and cash."""
        held = [one for one in self._offered(self.premium.payer) if one.account is not None]
        words = self.tr("{who}的账户")
        accounts = (Choice(one.id, words.format(who=self._kin[one.id].word)) for one in held)
        return (*accounts, Choice("", self.tr("现金")))

    @property
    def more(self) -> str:
        """What is set among the fields one seldom needs, in one line."""
        form = self.form
        areas = {one.key: one.words for one in self.areas}
        words = [
            self.tr("定点") if form.designated else self.tr("非定点"),
            areas[form.area],
            label(form.purpose),
            self.tr("本人凭证") if form.own_credential else self.tr("他人凭证"),
            self.tr("用账户") if form.use_account else self.tr("不用账户"),
        ]
        if form.at_pharmacy:
            words.append(self.tr("有处方") if form.prescribed else self.tr("无处方"))
        return "，".join(words)

    @property
    def unusual(self) -> bool:
        """Is something set there that most bills do not have?"""
        form = self.form
        usual = form.designated and form.own_credential and form.use_account and not form.area
        return not usual or form.purpose is not Purpose.TREATMENT or form.at_pharmacy

    # ------------------------------------------------------------------------------------------ the answer

    @property
    def stale(self) -> bool:
        """Are the numbers those of an earlier form?"""
        return self._answer is None or self._answer.number != self._number

    @property
    def done(self) -> Settlement | None:
        return self._answer.trial.settled if self._answer is not None else None

    @property
    def paid(self) -> PremiumPaid | None:
        return self._answer.trial.paid if self._answer is not None else None

    @property
    def unbilled(self) -> bool:
        """Is the answer that of a form without sums?"""
        return self.done is not None and not self.done.charges.total_fee

    @property
    def _shown(self) -> Form | PremiumForm:
        """The form whose answer is shown."""
        return self._answer.form if self._answer is not None else self.filled

    @property
    def _whom(self) -> str:
        shown = self._shown
        return shown.insured if isinstance(shown, PremiumForm) else shown.patient

    @property
    def before(self) -> tuple[tuple[str, str], ...]:
        """The counters that decide, as they stood before; a dash where it is not known."""
        lines = [
            (self._account(person), self._money.money(self._held(person)))
            for person in self._may_pay()
            if self._seen.lived.person(person).account is not None
        ]
        return (*lines, *(() if isinstance(self._shown, PremiumForm) else self._year()))

    def _year(self) -> tuple[tuple[str, str], ...]:
        who = self._kin[self._whom].word
        deductible = self.tr("{who}今年已付起付线").format(who=who)
        pool = self.tr("{who}今年统筹已付").format(who=who)
        use = year_use(self.done) if self.done is not None and self.done.scheme is not None else None
        if use is None:
            return ((deductible, self._money.money(None)), (pool, self._money.money(None)))
        return (
            (deductible, self._of(use.deductible, use.deductible_limit)),
            (pool, self._of(use.pool, use.pool_limit)),
        )

    def _account(self, person: str) -> str:
        words = self.tr("{who}的账户").format(who=self._kin[person].word)
        return words if person == self._whom else self.tr("{words}（共济人）").format(words=words)

    def _may_pay(self) -> tuple[str, ...]:
        """The patient, and who is bound to pay; of a premium also who was chosen to."""
        shown = self._shown
        chosen = (shown.payer,) if isinstance(shown, PremiumForm) and shown.payer else ()
        return tuple(dict.fromkeys((self._whom, *self._payers(self._whom), *chosen)))

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
            return self._premium_bill()
        if self.unbilled:
            return None
        return Bill(
            done.charges.total_fee,
            (
                Fall(Source.FUND, self._fund_note(done), done.fund_paid),
                Fall(Source.OWN, self._wallet_note(done), done.own_paid),
                Fall(Source.SHARE, self._share_note(done), done.mutual_aid_paid),
                Fall(Source.CASH, self._cash_note(done), done.paid_by(PurseKind.CASH)),
            ),
        )

    def _premium_bill(self) -> Bill | None:
        paid = self.paid
        if paid is None:
            return None
        person = paid.payment.insured
        source = Source.CASH
        if paid.holder is not None:
            source = Source.OWN if paid.holder == person else Source.SHARE
        payer = self._kin[paid.holder].word if paid.holder is not None else ""
        notes = {
            Source.FUND: self.tr("财政补助不在其中"),
            Source.OWN: self._own_note(person),
            Source.SHARE: self.tr("支付人：{payers}").format(payers=payer) if payer else self.tr("没有用到"),
            Source.CASH: self.tr("现金缴费") if source is Source.CASH else self.tr("不用现金"),
        }
        falls = tuple(Fall(one, notes[one], paid.amount if one is source else NOTHING) for one in Source)
        return Bill(paid.amount, falls, self.tr("居民医保费"))

    def _fund_note(self, done: Settlement) -> str:
        if done.charges.fund_paid is not None:
            return self.tr("票据已列明")
        rate = pool_rate(done)
        if rate is None:
            return self.tr("统筹基金不支付")
        base = done.charges.in_scope - done.of(Part.DEDUCTIBLE)
        share = f"{base:,} × {rate}"
        if at(base, rate) == done.of(Part.POOL):
            return share
        return self.tr("{share}，以上限为止").format(share=share)

    def _own_note(self, person: str) -> str:
        if self._held(person) is None:
            return self.tr("没有个人账户")
        return self.tr("{who}自己的账户").format(who=self._kin[person].word)

    def _wallet_note(self, done: Settlement) -> str:
        """The wallet's money is the patient's own, and said where there is any."""
        wallet, note = done.paid_by(PurseKind.WALLET), self._own_note(done.visit.patient)
        if not wallet:
            return note
        return self.tr("{note}，其中医保钱包 {sum}").format(note=note, sum=f"{wallet:,}")

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
    def moves(self) -> tuple[Moved, ...]:
        """The accounts that pay or may pay, the patient's first."""
        if self._answer is None:
            return ()
        paying = (*self._may_pay(), *(self.done.by_payer() if self.done else ()))
        held = {one.holder: one for one in self._answer.trial.accounts}
        return tuple(
            Moved(
                Source.OWN if person == self._whom else Source.SHARE,
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
    def sharers(self) -> str:
        """（支付人：本人）, or nothing."""
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
        if self._answer is None or self.done is not None or self.paid is not None:
            return None
        return next(iter(self._remarks()), None)

    @property
    def by_receipt(self) -> bool:
        """Would the fund's part, as a receipt has it, help where nothing was settled?"""
        return not isinstance(self._shown, PremiumForm)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What this record breaks or leaves open, the gravest first; what is disputed stands at its step."""
        if (self.done is None and self.paid is None) or self.unbilled:
            return ()
        return self._remarks()

    def _remarks(self) -> tuple[Remark, ...]:
        assert self._answer is not None
        told_here = (one for one in self._answer.trial.about_it if one.rule != "policy.disputed")
        found = [self._remark(one) for one in told_here]
        return tuple(sorted(found, key=lambda one: list(Verdict).index(one.verdict)))

    def _remark(self, finding: Finding) -> Remark:
        family = self._seen.family
        fixes = tuple(told(one, family, self._kin) for one in finding.fix)
        if finding.rule == "policy.not_covered" and isinstance(self._shown, PremiumForm):
            fixes = (self.tr("选现金，并填上缴费单上的金额"), *fixes[1:])
        return Remark(verdict_of(finding), told(finding.says, family, self._kin), fixes)

    @property
    def steps(self) -> tuple[Step, ...]:
        if self.unbilled:
            return ()
        return self._reasons.steps(self.done or self.paid)
