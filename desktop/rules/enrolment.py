"""参保登记。Who may enrol as what, and when benefits begin: at first, after a gap, after paying arrears."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, cast

from desktop.domain.matter import EnrolledAs
from desktop.domain.months import add_months, months_apart
from desktop.domain.people import Scheme, Status, pool_of
from desktop.domain.terms import label
from desktop.domain.text import text
from desktop.policy.law import Law
from desktop.policy.policy import NotCovered
from desktop.rules.premium import PROXY, window, year_paid_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.clause import Clause
    from desktop.domain.people import Coverage, Person
    from desktop.domain.text import Text
    from desktop.policy.policy import Term
    from desktop.rules.insured_years import Record

LawOn = Callable[[date], Law]
"""The law of the area of enrolment, by day."""

_DAY = timedelta(days=1)


class WaitingStep(NamedTuple):
    """One step of the reckoning: how many days it adds or takes off, and by which clause."""

    says: Text
    because: Clause
    days: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """待遇等待期. `first_day` is the first one with benefits, `until` the last where the law names one.

    `missing` is what would have to be known to be sure; without it `first_day` is the earliest possible.
    """

    first_day: date
    steps: tuple[WaitingStep, ...]
    until: date | None = None
    missing: tuple[Text, ...] = ()

    @property
    def days(self) -> int:
        return sum(step.days for step in self.steps)

    @property
    def sure(self) -> bool:
        return not self.missing


class Obstacle(NamedTuple):
    """Why someone does not qualify, and what to do instead."""

    says: Text
    because: Clause
    fix: Text


# --------------------------------------------------------------------------------------------- who qualifies


def obstacles(
    enrolled_as: EnrolledAs, area: str, on: date, person: Person, law_on: LawOn
) -> Iterator[Obstacle]:
    """What stands in the way of enrolling. Raises `NotCovered`."""
    yesterday = on - _DAY
    held, law = person.coverage_on(yesterday), law_on(on)
    # 到前一天为止的，已经停保。
    if held is not None and held.gives_benefits and held.until != yesterday:
        already = _already_employee if held.scheme is Scheme.EMPLOYEE else _already_resident
        yield from already(enrolled_as, area, held, law)
    if enrolled_as is EnrolledAs.NEWBORN:
        yield from _not_newborn(on, person, law_on)


def _already_employee(enrolled_as: EnrolledAs, area: str, held: Coverage, law: Law) -> Iterator[Obstacle]:
    scheme, status = enrolled_as.insured
    # 已办医保退休的，终身享受待遇，不再参保。
    retired = held.status is Status.RETIRED
    # 同一时间只能参加一种基本医保。
    resident = scheme is Scheme.RESIDENT
    same = not resident and held.status is status and pool_of(held.area) == pool_of(area)
    if not (retired or resident or same):
        return
    yield Obstacle(
        text(
            "正以{status}身份参加职工医保，不能再以{kind}身份参保",
            status=label(held.status),
            kind=label(enrolled_as),
        ),
        law.policy.count("enrolment.schemes_at_one_time"),
        text("不用再参保") if retired or same else text("职工医保停保以后再参加居民医保"),
    )


def _already_resident(enrolled_as: EnrolledAs, area: str, held: Coverage, law: Law) -> Iterator[Obstacle]:
    """居民医保每年续缴就行，不必再登记；换一地参保或上大学的除外。"""
    scheme, _ = enrolled_as.insured
    elsewhere = pool_of(held.area) != pool_of(area) or enrolled_as is EnrolledAs.STUDENT
    if scheme is not Scheme.RESIDENT or elsewhere or held.until is not None:
        return
    yield Obstacle(
        text("已经参加居民医保，不用再登记"),
        law.policy.count("enrolment.schemes_at_one_time"),
        text("在集中缴费期内缴下一年度的居民医保费"),
    )


def _not_newborn(on: date, person: Person, law_on: LawOn) -> Iterator[Obstacle]:
    # 出生当年的新生儿，自出生起享受待遇。
    if person.born is None or (person.born <= on and person.born.year == on.year):
        return
    yield Obstacle(
        text("{born} 出生，不是 {year} 年的新生儿", born=person.born, year=on.year),
        law_on(on).policy.flag("enrolment.newborn_covered_from_birth"),
        text("按城乡居民参保"),
    )


def entrants(on: date, law_on: LawOn) -> tuple[date, date, Clause]:
    """大学新生的待遇期，首尾两日都在内。Raises `NotCovered` for those of another year."""
    term = law_on(on).policy.term("enrolment.university_entrants")
    days = cast("Mapping[str, date]", term.value)
    # 写明的是哪一年入学的，只用于那一年集中缴费期内参保的。
    year = year_paid_for(days["from"])
    if not days["from"] <= on <= window(law_on(date(year, 1, 1)), year).value[1]:
        raise NotCovered(term.key, on, [term.pack])
    return days["from"], days["to"], term


def no_parent_insured(
    area: str, born: date, parents: tuple[Person, ...], law_on: LawOn
) -> Iterator[Obstacle]:
    """新生儿自出生起享受待遇的，父母一方须在当地参保。Without known parents nothing is judged."""
    for parent in parents:
        held = parent.coverage_on(born)
        if held is not None and held.gives_benefits and pool_of(held.area) == pool_of(area):
            return
    if parents:
        yield Obstacle(
            text("父母这一天都没有在当地参保"),
            law_on(born).policy.flag("enrolment.newborn_covered_from_birth"),
            text("父母一方在当地参保，或按城乡居民参保"),
        )


# ---------------------------------------------------------------------------------------- when benefits begin


def waiting_of(enrolled_as: EnrolledAs, record: Record, on: date, law_on: LawOn) -> Waiting:
    """When benefits begin for someone who enrols on a day, each step with its clause. Raises `NotCovered`."""
    match enrolled_as:
        case EnrolledAs.EMPLOYEE | EnrolledAs.FLEXIBLE:
            return _as_employee(record, on, law_on(on))
        case EnrolledAs.NEWBORN if record.person.born is not None:
            return _from_birth(record.person.born, law_on)
        case EnrolledAs.STUDENT:
            first, last, term = entrants(on, law_on)
            says = text("大学新生，待遇期 {first} 至 {last}", first=first, last=last)
            return Waiting(first, (WaitingStep(says, term),), until=last)
    born_when = (text("不知道出生日期"),) if enrolled_as is EnrolledAs.NEWBORN else ()
    return _as_resident(record, on, law_on, born_when)


def _from_birth(born: date, law_on: LawOn) -> Waiting:
    flag = law_on(born).policy.flag("enrolment.newborn_covered_from_birth")
    return Waiting(born, (WaitingStep(text("新生儿，自出生起享受待遇"), flag),))


def _as_employee(record: Record, on: date, law: Law) -> Waiting:
    last = _last_worked(record, on)
    if last is not None:
        # 断缴不超过规定月数的，缴费后就恢复；超过的，缴费满规定天数后恢复。
        months = max(months_apart(last, on) - 1, 0)
        return _still_waiting(record, on, law) or _after_gap(months, on, law)
    history = record.person.history
    if history is not None and history.employee_months:
        days = law.policy.count("enrolment.benefits_after_long_arrears")
        return _after(on, text("以前的职工医保断缴已久，缴费满 {days} 天恢复待遇", days=days.value), days)
    # 首次参保，缴费满规定天数后开始享受待遇。
    days = law.policy.count("enrolment.first_benefits")
    return _after(on, text("首次参加职工医保，缴费满 {days} 天开始享受待遇", days=days.value), days)


def _still_waiting(record: Record, on: date, law: Law) -> Waiting | None:
    """等待期内换了单位或身份的，接着等满。"""
    held = record.person.coverage_on(on - _DAY)
    if held is None or held.benefits_from is None or held.scheme is not Scheme.EMPLOYEE:
        return None
    if held.benefits_from <= on:
        return None
    clause = why_waiting(record.person, held, law)
    says = text("还在上一次参保的等待期内，从 {day} 起享受待遇", day=held.benefits_from)
    return Waiting(held.benefits_from, (WaitingStep(says, clause, (held.benefits_from - on).days),))


def _last_worked(record: Record, on: date) -> date | None:
    """The last day before `on` that someone was insured as an employee and not suspended."""
    return max((min(one.until or on, on - _DAY) for one in _worked(record, on)), default=None)


def _worked(record: Record, on: date) -> list[Coverage]:
    return [
        one
        for one in record.person.coverage
        if one.scheme is Scheme.EMPLOYEE and one.gives_benefits and one.since < on
    ]


def _after_gap(months: int, on: date, law: Law) -> Waiting:
    limit = law.policy.count("enrolment.arrears_retroactive_within")
    if months <= limit.value:
        gap = "中断 {months} 个月，不超过 {limit} 个月，缴费后就恢复待遇"
        says = text(gap if months else "没有断缴，接着享受待遇", months=months, limit=limit.value)
        return Waiting(on, (WaitingStep(says, limit),))
    days = law.policy.count("enrolment.benefits_after_long_arrears")
    says = text(
        "中断 {months} 个月，超过 {limit} 个月，缴费满 {days} 天恢复待遇",
        months=months,
        limit=limit.value,
        days=days.value,
    )
    return _after(on, says, days)


def _after(on: date, says: Text, days: Term[int]) -> Waiting:
    return Waiting(on + timedelta(days=days.value), (WaitingStep(says, days, days.value),))


def benefit_year_of(on: date, law_on: LawOn) -> tuple[int, bool, Term[tuple[date, date]]]:
    """For which year a resident enrols on a day, and whether in its collection window.

    Raises `NotCovered`.
    """
    ahead = year_paid_for(on)
    term = window(law_on(date(ahead, 1, 1)), ahead)
    first, last = term.value
    if on >= first:
        return ahead, on <= last, term
    return on.year, False, window(law_on(date(on.year, 1, 1)), on.year)


def _as_resident(record: Record, on: date, law_on: LawOn, missing: tuple[Text, ...]) -> Waiting:
    year, in_time, term = benefit_year_of(on, law_on)
    begins = date(year, 1, 1)
    law = law_on(max(on, begins))
    switch = _switch(record, on, law)
    if switch is not None and switch.free:
        return Waiting(on, (switch.step(),), missing=missing)
    waits = switch is not None and switch.waits
    before = record.insured_in(year - 1)
    # 集中缴费期内参保、上年没有断保的，从待遇年度第一天起享受待遇；
    if in_time and before is not False and not waits:
        says = text("在 {year} 年度集中缴费期内参保，从 {begins} 起享受待遇", year=year, begins=begins)
        unknown = () if before else (text("不知道 {year} 年是否参保，断保的要等待", year=year - 1),)
        return Waiting(begins, (WaitingStep(says, term),), missing=(*missing, *unknown))
    # 集中缴费期外参保、上年断保、职工医保停保后没有及时转的，有固定等待期，断保多年的另加变动等待期。
    why = "{before} 年没有参保" if before is False else "职工医保停保后没有及时转居民医保"
    steps, unsure = _waited(record, year, law, why if in_time else "在 {year} 年度集中缴费期外参保")
    if on < begins:
        unsure = (
            *unsure,
            text("待遇年度以前缴费的，等待期从缴费那天还是从 {begins} 起算，未见规定", begins=begins),
        )
    first_day = max(begins, on + timedelta(days=sum(step.days for step in steps)))
    return Waiting(first_day, steps, missing=(*missing, *unsure))


def _waited(
    record: Record, year: int, law: Law, why: str
) -> tuple[tuple[WaitingStep, ...], tuple[Text, ...]]:
    fixed = law.policy.count("enrolment.waiting")
    says = text(why + "，固定等待期 {days} 天", year=year, before=year - 1, days=fixed.value)
    broken, known = record.broken_before(year)
    steps = (WaitingStep(says, fixed, fixed.value), *_variable(record, broken, fixed.value, law))
    unknown = text("不知道 {year} 年及以前是否参保，断保多年的还要多等", year=year - 1 - len(broken))
    return steps, () if known else (unknown,)


def _variable(record: Record, broken: tuple[int, ...], fixed: int, law: Law) -> Iterator[WaitingStep]:
    more = len(broken) - 1
    if more < 1:
        return
    # 断保每多一年，加一个月；
    each = law.policy.count("enrolment.waiting_per_gap_year")
    says = text(
        "断保 {years} 年，比一年多 {more} 年，每年加 {days} 天", years=len(broken), more=more, days=each.value
    )
    yield WaitingStep(says, each, more * each.value)
    # 断保的年份每补缴一年，减一个月；
    less, mended = law.policy.count("enrolment.waiting_less_per_paid_year"), min(record.mended(broken), more)
    if not mended:
        return
    off = min(mended * less.value, more * each.value)
    says = text("补缴了其中 {years} 年，每年减 {days} 天", years=mended, days=less.value)
    yield WaitingStep(says, less, -off)
    # 断保满四年的，合计不少于六个月。
    least = law.policy.term("enrolment.waiting_least_after_four_gap_years")
    terms = cast("Mapping[str, int]", least.value)
    floor, waited = terms["months"] * each.value, fixed + more * each.value - off
    if len(broken) >= terms["gap_years"] and waited < floor:
        says = text(
            "断保满 {years} 年的，合计不少于 {months} 个月（{days} 天）",
            years=terms["gap_years"],
            months=terms["months"],
            days=floor,
        )
        yield WaitingStep(says, least, floor - waited)


class _Switch(NamedTuple):
    """职工医保转居民医保: until when, and for how many months of that year, someone was an employee."""

    last: date
    months: int
    enough: bool
    late_in_year: bool
    soon: bool
    because: Clause

    @property
    def free(self) -> bool:
        """年内缴满规定月数、规定日期以后中断、及时转的，没有等待期。"""
        return self.enough and self.late_in_year and self.soon

    @property
    def waits(self) -> bool:
        """没有及时转的，或规定日期以后中断而没有缴满的，有等待期；别的情形没有写明。"""
        return not self.soon or (self.late_in_year and not self.enough)

    def step(self) -> WaitingStep:
        says = "职工医保缴到 {last}，当年缴了 {months} 个月，及时转居民医保，没有等待期"
        return WaitingStep(text(says, last=self.last, months=self.months), self.because)


def _switch(record: Record, on: date, law: Law) -> _Switch | None:
    """None: no rule speaks of it, or nobody switches: they were no employee, or are a resident since."""
    term = law.optional(lambda: law.policy.term("enrolment.switch_without_waiting"))
    last = _last_worked(record, on)
    if term is None or last is None or _resident_after(record, last):
        return None
    terms = cast("Mapping[str, int | str]", term.value)
    month, day = map(int, str(terms["broke_off_after"]).split("-"))
    months = _months_worked(record, last)
    return _Switch(
        last=last,
        months=months,
        enough=months >= cast("int", terms["employee_months_least"]),
        late_in_year=last + _DAY >= date(last.year, month, day),
        soon=on <= add_months(last + _DAY, cast("int", terms["join_within_months"])),
        because=term,
    )


def _resident_after(record: Record, day: date) -> bool:
    return any(
        one.scheme is Scheme.RESIDENT and (one.until or date.max) > day for one in record.person.coverage
    )


def _months_worked(record: Record, last: date) -> int:
    """In how many months of that year, up to `last`, someone was insured as an employee."""
    months = (date(last.year, month, 1) for month in range(1, last.month + 1))
    worked = _worked(record, last + _DAY)
    return sum(
        any(one.since < add_months(month, 1) and (one.until or last) >= month for one in worked)
        for month in months
    )


# --------------------------------------------------------------------------------------------------- arrears


def owed(person: Person, since: date, until: date) -> tuple[tuple[date, date], ...]:
    """欠缴的日子: the parts of a stretch in which a worker was suspended or not insured, ends included."""
    turns = {since, *(one.since for one in person.coverage)}
    turns |= {one.until + _DAY for one in person.coverage if one.until is not None and one.until < until}
    begins = sorted(day for day in turns if since <= day <= until)
    ends = [day - _DAY for day in begins[1:]]
    return tuple(
        (first, last)
        for first, last in zip(begins, [*ends, until], strict=True)
        if _owes(person.coverage_on(first))
    )


def _owes(held: Coverage | None) -> bool:
    if held is None:
        return True
    return held.scheme is Scheme.EMPLOYEE and not held.gives_benefits and not held.paid_back


def whole_arrears(person: Person, since: date, until: date) -> tuple[date, date]:
    """整段欠缴: with what was paid for before, to either side. Paying in parts makes no gap shorter."""
    while (before := person.coverage_on(since - _DAY)) is not None and before.paid_back:
        since = before.since
    while (after := person.coverage_on(until + _DAY)) is not None and after.paid_back and after.until:
        until = after.until
    return since, until


def still_owed(person: Person, since: date, until: date, on: date) -> tuple[tuple[date, date], ...]:
    """What stays owed where a stretch is paid for on a day: before it, and up to the month of paying."""
    worked = (one for one in person.coverage if one.scheme is Scheme.EMPLOYEE and one.gives_benefits)
    ends = (min(one.until or since, since - _DAY) for one in worked if one.since < since)
    first = max(ends, default=since - _DAY) + _DAY
    before = owed(person, first, since - _DAY) if first < since else ()
    last = on.replace(day=1) - _DAY
    return (*before, *(owed(person, until + _DAY, last) if until < last else ()))


def after_arrears(since: date, until: date, on: date, law: Law) -> Waiting:
    """补缴后从哪天起有待遇: from the first day owed for, or some days after paying. Raises `NotCovered`."""
    limit = law.policy.count("enrolment.arrears_retroactive_within")
    months = months_apart(since, until) + 1
    # 欠缴不超过规定月数的，补缴后恢复，欠缴期间的也补报；
    if months <= limit.value:
        says = text(
            "欠缴 {months} 个月，不超过 {limit} 个月，补缴后欠缴期间的也补报",
            months=months,
            limit=limit.value,
        )
        return Waiting(since, (WaitingStep(says, limit),))
    # 超过的，补缴后满规定天数恢复，欠缴期间的不补报。
    days = law.policy.count("enrolment.benefits_after_long_arrears")
    says = text(
        "欠缴 {months} 个月，超过 {limit} 个月，补缴满 {days} 天恢复待遇，欠缴期间的不补报",
        months=months,
        limit=limit.value,
        days=days.value,
    )
    return _after(on, says, days)


def why_waiting(person: Person, held: Coverage, law: Law) -> Clause:
    """By which clause a stretch does not give benefits yet. Raises `NotCovered`."""
    if held.scheme is Scheme.EMPLOYEE:
        before = any(one.scheme is Scheme.EMPLOYEE and one.since < held.since for one in person.coverage)
        key = "enrolment.benefits_after_long_arrears" if before else "enrolment.first_benefits"
        return law.policy.count(key)
    begins = held.benefits_from
    if begins is not None and (begins.month, begins.day) == (1, 1):
        return law.policy.term("premium.window", channel=PROXY)
    return law.policy.count("enrolment.waiting")
