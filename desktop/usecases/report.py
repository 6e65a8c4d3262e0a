"""家庭报告。What the printed report says of a family: conclusion, figures, people, what to do first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.money import NOTHING, Money
from desktop.domain.settlement import Refunded, Settlement
from desktop.domain.terms import label
from desktop.usecases.concerns import concerning
from desktop.usecases.family_map import Standing
from desktop.usecases.kin import insured_on, kinship, place
from desktop.usecases.overview import overview
from desktop.usecases.report_grounds import (
    Action,
    Ground,
    actions_of,
    grounds_of,
    rank,
    short_words,
    verdict_of,
)
from desktop.usecases.scenario_code import encode
from desktop.usecases.snoozes import awake

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.finding import Severity
    from desktop.usecases.family_map import Member
    from desktop.usecases.overview import Cause, Overview
    from desktop.usecases.review import Review

__all__ = ["Action", "Ground", "Report", "Row", "Sources", "month_words", "report_of"]

_ON_PAPER = {Standing.BOUND, Standing.OWN_ACCOUNT_FIRST, Standing.CONFLICT, Standing.REFUSED}
_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A relative who is bound, was refused, or used the account: `used` is what it paid for them this year.

    `severity` is the gravest of what was found about them, None where nothing was; `note` says it in a few
    words.
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

    @property
    def sums(self) -> tuple[Money, Money, Money, Money]:
        return self.pool, self.own, self.mutual_aid, self.cash


@dataclass(frozen=True, slots=True)
class Report:
    """`conclusion` is a sentence or three. `balance` None: the holder has no account.

    `months_left` None: it lasts all `planned_months`. `own` is what the holder used, `total` what all did.
    `method` says how it was reckoned. `code` is the scenario for a square code, None where it is too much
    for one.
    """

    name: str
    as_of: date
    conclusion: str
    balance: Money | None
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
    own: Money
    total: Money
    sources: Sources
    actions: tuple[Action, ...]
    grounds: tuple[Ground, ...]
    method: tuple[str, ...]
    packs: str
    covered_until: date
    code: str | None


def report_of(seen: Review) -> Report:
    """Some of it takes further runs of the plan: call it off the GUI thread."""
    view = overview(seen)
    has_account = view.holder.account is not None
    members = view.map.members
    actions = actions_of(seen)
    return Report(
        name=seen.family.name,
        as_of=view.as_of,
        conclusion=_conclusion(seen, view, actions),
        balance=view.balance if has_account else None,
        months_left=view.months_left,
        planned_months=view.planned_months,
        runs_out=view.runs_out,
        lowest=None if view.lowest is None else (view.lowest.balance, view.lowest.month),
        active=(view.map.active, view.map.most_active),
        lifetime=(view.map.lifetime, view.map.most_in_lifetime),
        history=view.history,
        projection=tuple((one.month, one.balance) for one in view.projection),
        shortfall=None if view.shortfall is None else (view.shortfall.on, view.shortfall.amount),
        rows=tuple(_row(seen, one) for one in members if _is_listed(one)),
        own=next(one.paid for one in members if one.standing is Standing.HOLDER),
        total=view.spent_this_year,
        sources=_sources(view),
        actions=actions,
        grounds=grounds_of(seen),
        method=tuple(_method(seen)),
        packs="，".join(f"{title} {version}" for title, version in reversed(seen.packs)),
        covered_until=seen.covered_until,
        code=encode(seen),
    )


def month_words(day: date) -> str:
    return f"{day.year}年{day.month}月"


def _is_listed(member: Member) -> bool:
    used = bool(member.paid) and member.standing is not Standing.HOLDER
    return used or member.standing in _ON_PAPER


def _row(seen: Review, member: Member) -> Row:
    family, holder, person = seen.family, seen.holder, member.person
    found = awake(seen.ledger)
    open_ones = (one for one in found if one.rule == "policy.not_covered" and person.id in one.about)
    about = (*concerning(found, family, person.id, holder.id), *open_ones)
    gravest = min(about, key=rank, default=None)
    coverage = member.coverage
    where = place(seen.book, coverage.area, holder.area_on(family.as_of)) if coverage is not None else ""
    return Row(
        word=kinship(family, holder.id)[person.id].word,
        name=person.name,
        insured="，".join(words for words in (insured_on(person, family.as_of), where) if words),
        since=member.binding.since if member.binding is not None else None,
        used=member.paid,
        severity=None if gravest is None else verdict_of(gravest),
        note=_ended(member) if gravest is None else short_words(gravest),
    )


def _ended(member: Member) -> str:
    """Why someone is listed who is bound no more."""
    until = member.binding.until if member.binding is not None else None
    return f"绑定到 {until}" if member.standing is Standing.ENDED else ""


def _sources(view: Overview) -> Sources:
    """Of this year's visits, less what was taken back."""
    sums = [NOTHING] * 4
    for line in view.lines:
        bill = line.what.of if isinstance(line.what, Refunded) else line.what
        if isinstance(bill, Settlement) and line.on.year == view.as_of.year:
            for at, money in enumerate((line.fund, line.own, line.mutual_aid, line.cash)):
                sums[at] += money or NOTHING
    return Sources(*sums)


# -------------------------------------------------------------------------------------------------- sentences


def _conclusion(seen: Review, view: Overview, actions: tuple[Action, ...]) -> str:
    """How long it lasts, what falls short first, and what would help."""
    years = view.planned_months // _A_YEAR
    if view.holder.account is None:
        return "还没有登记个人账户，无从推算。"
    if view.runs_out is None:
        low = "" if view.lowest is None else f"12 个月内最低 {view.lowest.balance:,} 元，"
        when = "" if view.lowest is None else f"在{month_words(view.lowest.month)}末。"
        return f"按现在的绑定，账户今后 {years} 年都够用。{low}{when}"
    better = next((f"{one.title}，{one.lasting}。" for one in actions if one.lasting), "")
    return f"按现在的绑定，账户还可支撑 {view.months_left} 个月。{_short(seen, view)}{better}"


def _short(seen: Review, view: Overview) -> str:
    if view.shortfall is None or view.short_for is None:
        return ""
    day, amount = view.shortfall.on, view.shortfall.amount
    return f"{month_words(day)}{_cause(seen, view.short_for)}后首次不足，缺 {amount:,} 元。"


def _cause(seen: Review, cause: Cause) -> str:
    """母亲住院, 缴居民医保费."""
    known = kinship(seen.family, seen.holder.id)
    who = known[cause.person].word if cause.person is not None else ""
    return who + (label(cause.setting) if cause.setting is not None else "缴居民医保费")


def _method(seen: Review) -> Iterator[str]:
    assumed = seen.ahead.assumed_from
    yield "余额从期初登记起逐笔记账，每一笔按就诊当天的规则结算。"
    if seen.family.plan is None:
        yield "没有填规划，未来按过去十二个月的费用每年再来一遍推算。"
    else:
        yield "未来按填好的规划逐月推算，推算的是月末余额。"
    yield f"{assumed.year}年{assumed.month}月{assumed.day}日起的规则还没有收录，推算时假定不变。"
    yield "推算只有一条线，没有随机试算，所以没有上下区间。"
    yield "二维码里没有姓名、证件号、备注和出生月日，也没有今年各人用了多少和其他方案。"
