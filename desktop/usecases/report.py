"""家庭报告。What the printed report says of a family: conclusion, figures, people, what to do first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.finding import Severity
from desktop.domain.money import NOTHING, Money
from desktop.domain.settlement import EntryKind
from desktop.domain.terms import label
from desktop.usecases.account_lines import account_lines
from desktop.usecases.basis import basis
from desktop.usecases.concerns import concerning
from desktop.usecases.effects import effect_of
from desktop.usecases.family_map import Standing
from desktop.usecases.fixes import fixes_of
from desktop.usecases.kin import insured, kinship, place, told
from desktop.usecases.overview import overview
from desktop.usecases.scenario_code import encode
from desktop.usecases.snoozes import awake

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.finding import Finding
    from desktop.usecases.family_map import Member
    from desktop.usecases.kin import Kin
    from desktop.usecases.overview import Overview
    from desktop.usecases.review import Review

ACTIONS = 3
_ORDER = tuple(Severity)
_ON_PAPER = {Standing.BOUND, Standing.OWN_ACCOUNT_FIRST, Standing.CONFLICT, Standing.REFUSED}


@dataclass(frozen=True, slots=True)
class Row:
    """A relative who is bound, or was refused: `used` is what the account paid for them this year.

    `severity` is the gravest of what was found about them, None where nothing was.
    """

    word: str
    name: str
    insured: str
    since: date | None
    used: Money
    severity: Severity | None
    note: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Who paid this year's bills, in the order that never changes."""

    pool: Money
    own: Money
    mutual_aid: Money
    cash: Money


@dataclass(frozen=True, slots=True)
class Action:
    """What to do: a title, and a sentence with what it rests on."""

    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Ground:
    """依据: what was found, by which clause since when, and how sure it is."""

    severity: Severity
    sentence: str
    clause: str
    document: str
    since: str
    confidence: str
    disputed: bool


@dataclass(frozen=True, slots=True)
class Report:
    """`conclusion` is a sentence or three. `months_left` None: it lasts all `planned_months`.

    `code` is the scenario for a square code, None where it is too much for one.
    """

    name: str
    as_of: date
    conclusion: str
    holder: Row
    balance: Money
    months_left: int | None
    planned_months: int
    runs_out: date | None
    lowest: tuple[Money, date] | None
    active: tuple[int, int | None]
    lifetime: tuple[int, int | None]
    history: tuple[tuple[date, Money], ...]
    projection: tuple[tuple[date, Money], ...]
    shortfall: tuple[date, Money] | None
    rows: tuple[Row, ...]
    total: Money
    sources: Sources
    actions: tuple[Action, ...]
    grounds: tuple[Ground, ...]
    packs: str
    covered_until: date
    code: str | None


def report_of(seen: Review) -> Report:
    """Some of it takes further runs of the plan: call it off the GUI thread."""
    view, known = overview(seen), kinship(seen.family, seen.holder.id)
    found = awake(seen.ledger)
    rows = tuple(_row(seen, member, known) for member in view.map.members if member.standing in _ON_PAPER)
    holder = next(member for member in view.map.members if member.person.id == seen.holder.id)
    actions, better = _actions(seen, known, found)
    return Report(
        name=seen.family.name,
        as_of=view.as_of,
        conclusion=_conclusion(view, known) + better,
        holder=_row(seen, holder, known),
        balance=view.balance,
        months_left=view.months_left,
        planned_months=view.planned_months,
        runs_out=view.runs_out,
        lowest=None if view.lowest is None else (view.lowest.balance, view.lowest.month),
        active=(view.map.active, view.map.most_active),
        lifetime=(view.map.lifetime, view.map.most_in_lifetime),
        history=view.history,
        projection=tuple((one.month, one.balance) for one in view.projection),
        shortfall=None if view.shortfall is None else (view.shortfall.on, view.shortfall.amount),
        rows=rows,
        total=view.spent_this_year,
        sources=_sources(seen),
        actions=actions,
        grounds=tuple(_ground(seen, one, known) for one in sorted(found, key=_rank)),
        packs="，".join(f"{title} {version}" for title, version in reversed(seen.packs)),
        covered_until=seen.covered_until,
        code=encode(seen),
    )


def _row(seen: Review, member: Member, known: dict[str, Kin]) -> Row:
    home = seen.holder.area_on(seen.family.as_of)
    found = concerning(awake(seen.ledger), seen.family, member.person.id, seen.holder.id)
    gravest = min(found, key=_rank, default=None)
    where = place(seen.book, member.coverage.area, home) if member.coverage is not None else ""
    return Row(
        word=known[member.person.id].word,
        name=member.person.name,
        insured="，".join(words for words in (insured(member.coverage), where) if words),
        since=member.binding.since if member.binding is not None else None,
        used=member.paid,
        severity=gravest.severity if gravest is not None else None,
        note=told(gravest.says, seen.family, known) if gravest is not None else "",
    )


def _sources(seen: Review) -> Sources:
    """Of this year's visits and premiums, less what was taken back."""
    day = seen.family.as_of
    sums = [NOTHING] * 4
    for line in account_lines(seen.ledger, seen.holder.id):
        if line.on.year == day.year and line.on <= day and line.kind is not EntryKind.CREDIT:
            for at, money in enumerate((line.fund, line.own, line.mutual_aid, line.cash)):
                sums[at] += money or NOTHING
    return Sources(*sums)


def _rank(finding: Finding) -> int:
    return _ORDER.index(finding.severity)


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def _conclusion(view: Overview, known: dict[str, Kin]) -> str:
    if not view.planned_months:
        return "还没有规划，说不出账户能用多久。"
    if view.months_left is None or view.shortfall is None:
        return f"按现在的绑定，账户今后 {view.planned_months // 12} 年都够用。"
    cause = view.short_for
    who = known[cause.person].word if cause is not None and cause.person is not None else ""
    after = ""
    if cause is not None:
        after = f"{who}{label(cause.setting) if cause.setting is not None else '缴居民医保费'}后"
    missing = f"{view.shortfall.amount:,}"
    return (
        f"按现在的绑定，账户还可支撑 {view.months_left} 个月。"
        f"{_month(view.shortfall.on)}{after}首次不足，缺 {missing} 元。"
    )


def _actions(
    seen: Review, known: dict[str, Kin], found: tuple[Finding, ...]
) -> tuple[tuple[Action, ...], str]:
    """At most three, each with what it does to the lowest month; and what the first of them would save."""
    actions: list[Action] = []
    better = ""
    for finding in sorted(found, key=_rank):
        fix = next(iter(fixes_of(seen, finding)), None)
        if fix is None or len(actions) == ACTIONS:
            continue
        effect = effect_of(seen, fix.change.family)
        before, after = effect.before, effect.after
        said = [told(finding.says, seen.family, known)]
        if before.lowest is not None and after.lowest is not None and before.lowest != after.lowest:
            moved = "升到" if after.lowest > before.lowest else "降到"
            said.append(f"12 个月内最低由 {before.lowest:,} {moved} {after.lowest:,}")
        known_by = basis(seen.book, finding.because)
        said.append(f"依据 {known_by.short}，可信度{known_by.confidence}" if known_by.short else "")
        actions.append(Action(fix.change.step, "。".join(words for words in said if words)))
        if not better and before.runs_out is not None and after.runs_out is None:
            better = f"{fix.change.step}，{len(seen.ahead.months) // 12} 年内不会不足。"
    return tuple(actions), better


def _ground(seen: Review, finding: Finding, known: dict[str, Kin]) -> Ground:
    rests = basis(seen.book, finding.because)
    return Ground(
        severity=finding.severity,
        sentence=told(finding.says, seen.family, known),
        clause=rests.says,
        document=rests.short or rests.title,
        since=str(rests.since) if rests.since is not None else "",
        confidence=rests.confidence,
        disputed=rests.disputed,
    )
