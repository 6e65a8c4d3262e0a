"""概览的为什么。What each figure of the first page adds up from, in words, with its clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.domain.settlement import EntryKind
from desktop.ui.findings.words import basis_lines
from desktop.ui.ledger.words import cause_words, summary, verdict_of
from desktop.ui.visits.reasons import Reasons
from desktop.ui.widgets.verdicts import verdict_word
from desktop.usecases.basis import basis
from desktop.usecases.concerns import finding_key
from desktop.usecases.fixes import law_of
from desktop.usecases.kin import kinship, told, without_names
from desktop.usecases.reckonings import balance_of, credit_clause, month_of, places_clauses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from desktop.domain.clause import Clause
    from desktop.domain.finding import Finding
    from desktop.domain.money import Money
    from desktop.ui.look.tokens import Verdict
    from desktop.ui.widgets.trace import Step
    from desktop.usecases.account_lines import Line
    from desktop.usecases.overview import Cause, Overview
    from desktop.usecases.reckonings import Month, Reckoning
    from desktop.usecases.review import Review

_tr = QCoreApplication.translate
_FEW = 12


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a page, and to what is chosen there."""

    words: str
    page: str
    what: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one figure is what it is: sums and their whole, sentences, steps of a settlement, its clause."""

    title: str
    sums: tuple[tuple[str, Money | str], ...] = ()
    whole: tuple[str, Money | str] | None = None
    sentences: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    basis: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    verdict: Verdict | None = None


class Whys:
    """The reasons of one review. `of` answers by the name of a figure, and by what it is about."""

    def __init__(self, seen: Review, shown: Overview) -> None:
        self._seen, self._shown = seen, shown
        self._kin = kinship(seen.family, seen.holder.id)

    def of(self, figure: str, what: str = "") -> Reason | None:
        """Nothing for a figure that is not there, such as how long no account lasts."""
        answers: Mapping[str, Callable[[], Reason | None]] = {
            "balance": self._balance,
            "lasting": self._lasting,
            "lowest": self._lowest,
            "places": self._places,
            "used": self._used,
            "finding": lambda: self._finding(what),
            "line": lambda: self._line(what),
            "day": lambda: self._day(what),
        }
        return answers[figure]()

    # ---------------------------------------------------------------------------------------------- figures

    def _balance(self) -> Reason | None:
        if self._shown.holder.account is None:
            return None
        clause = credit_clause(self._seen)
        return Reason(
            title=_tr("Why", "账户余额是怎么来的"),
            sums=self._sums(balance_of(self._shown)),
            whole=(_tr("Why", "余额"), self._shown.balance),
            sentences=(_tr("Why", "余额由期初和每一笔变动加起来，不另外保存，所以改一笔就跟着变。"),),
            basis=self._basis(clause),
            links=(Link(_tr("Why", "看全部流水"), "ledger", ""), *self._law(clause)),
        )

    def _lasting(self) -> Reason | None:
        shown = self._shown
        if shown.holder.account is None:
            return None
        title = _tr("Why", "还能用多久是怎么算的")
        how = _tr("Why", "按现有绑定和规划里的就诊、保费，从下个月起一个月一个月结算，直到账户不够付。")
        assumed = _tr("Why", "{day} 起没有收录规则，按规则不变推算。").format(
            day=self._seen.ahead.assumed_from
        )
        month = next((one for one in shown.projection if one.month == shown.runs_out), None)
        if month is None:
            never = _tr("Why", "推算的 {count} 个月里，每个月末都还有余额。").format(
                count=shown.planned_months
            )
            return Reason(title=title, sentences=(how, never, assumed), links=_to_plan())
        return Reason(
            title=title,
            sums=self._sums(month_of(month)),
            whole=(_tr("Why", "{month}末").format(month=_month(month.month)), month.balance),
            sentences=(*self._short(), how, assumed),
            links=_to_plan(),
        )

    def _short(self) -> Iterator[str]:
        short, cause = self._shown.shortfall, self._shown.short_for
        if short is None:
            yield _tr("Why", "这个月账户正好用完，之后没有付不出的。")
            return
        said = _tr("Why", "{day} {cause}，账户缺 {money} 元，要付现金。")
        words = "" if cause is None else self._cause(cause)
        yield said.format(day=short.on, cause=words, money=f"{short.amount:,}")

    def _lowest(self) -> Reason | None:
        month = self._shown.lowest
        if month is None or self._shown.holder.account is None:
            return None
        after = self._shown.lowest_after
        why = _tr("Why", "这个月支出最多的是{cause}。").format(cause=self._cause(after)) if after else ""
        said = _tr("Why", "今后 12 个月里，{month}末的余额最低。").format(month=_month(month.month))
        return self._of_month(month, _tr("Why", "12 个月内最低的余额"), (said, why))

    def _of_month(self, month: Month, title: str, sentences: tuple[str, ...]) -> Reason:
        return Reason(
            title=title,
            sums=self._sums(month_of(month)),
            whole=(_tr("Why", "{month}末").format(month=_month(month.month)), month.balance),
            sentences=tuple(one for one in sentences if one),
            links=_to_plan(),
        )

    def _places(self) -> Reason:
        active, ever = places_clauses(self._seen)
        seen = self._shown.map
        sums = (
            (_tr("Why", "当前绑定"), _of_most(seen.active, seen.most_active)),
            (_tr("Why", "累计不同的人"), _of_most(seen.lifetime, seen.most_in_lifetime)),
        )
        return Reason(
            title=_tr("Why", "共济名额是怎么数的"),
            sums=sums,
            sentences=(
                _tr("Why", "只数生效了的省内绑定；同一个人解绑后再绑，不重复占累计名额。"),
                "" if ever is None or ever == active else _tr("Why", "累计：{says}。").format(says=ever.says),
            ),
            basis=self._basis(active or ever),
            links=(Link(_tr("Why", "看家庭关系"), "family", ""), *self._law(active or ever)),
        )

    def _used(self) -> Reason:
        year, day = self._shown.as_of.year, self._shown.as_of
        counts: dict[str, int] = {}
        for done in self._seen.ledger.settlements.values():
            if done.visit.on.year == year and done.visit.on <= day:
                counts[done.visit.patient] = counts.get(done.visit.patient, 0) + 1
        times = _tr("Why", "{who}，就诊 {count} 次")
        return Reason(
            title=_tr("Why", "今年谁用了多少"),
            sums=tuple(
                (times.format(who=self._kin[one.id].word, count=counts.get(one.id, 0)), money)
                for one, money in self._shown.users
            ),
            whole=(_tr("Why", "合计"), self._shown.spent_this_year),
            sentences=(_tr("Why", "只算从这个账户付的钱，退费已经减去；统筹基金和现金付的不在内。"),),
            links=(Link(_tr("Why", "看全部流水"), "ledger", ""),),
        )

    # -------------------------------------------------------------------------------- findings, lines, days

    def _finding(self, key: str) -> Reason | None:
        finding = next((one for one in self._shown.attention if finding_key(one) == key), None)
        if finding is None:
            return None
        verdict = verdict_of(finding)
        law = law_of(finding)
        return Reason(
            title=verdict_word(verdict),
            sentences=(
                self._told(finding),
                *(told(one, self._seen.family, self._kin) for one in finding.fix),
            ),
            basis=basis_lines(basis(self._seen.book, finding.because)),
            links=(
                Link(_tr("Why", "去合规处理"), "findings", key),
                *((Link(_tr("Why", "看政策条目"), "policies", law),) if law else ()),
            ),
            verdict=verdict,
        )

    def _line(self, event: str) -> Reason | None:
        line = next((one for one in self._shown.recent if one.event == event), None)
        if line is None:
            return None
        reasons = Reasons(self._seen.book, self._kin)
        held = reasons.balance(_tr("Why", "账户余额"), line.change, line.balance)
        return Reason(
            title=self._called(line),
            steps=(*reasons.steps(line.what), held),
            links=(Link(_tr("Why", "到流水看这一笔"), "ledger", event),),
        )

    def _day(self, day: str) -> Reason | None:
        """A point of the chart: a month to come, or a day on which something moved."""
        for month in self._shown.projection:
            if f"{month.month:%Y-%m}" == day[:7] and day > str(self._shown.as_of):
                title = _tr("Why", "{month}末的余额").format(month=_month(month.month))
                return self._of_month(month, title, (_tr("Why", "这是推算，按现有绑定和规划。"),))
        lines = [one for one in self._shown.lines if str(one.on) == day and one.change]
        if not lines:
            return self._balance()
        whole = (_tr("Why", "这天之后的余额"), lines[-1].balance)
        began: tuple[str, Money | str] = (_tr("Why", "这天之前"), lines[0].balance - lines[0].change)
        moved = tuple((self._called(one), one.change) for one in lines[:_FEW])
        return Reason(
            title=_tr("Why", "{day} 的余额").format(day=day),
            sums=(began, *moved),
            whole=whole,
            links=(Link(_tr("Why", "到流水看这一天"), "ledger", lines[-1].event),),
        )

    # ------------------------------------------------------------------------------------------------ words

    def _sums(self, made: Reckoning) -> tuple[tuple[str, Money | str], ...]:
        return tuple((told(words, self._seen.family, self._kin), money) for words, money in made.sums)

    def _basis(self, clause: Clause | None) -> tuple[tuple[str, str], ...]:
        return () if clause is None else basis_lines(basis(self._seen.book, clause))

    def _law(self, clause: Clause | None) -> Iterator[Link]:
        if clause is not None:
            what = f"{clause.key}@{self._shown.as_of}"
            yield Link(_tr("Why", "看政策条目"), "policies", what)

    def _told(self, finding: Finding) -> str:
        return told(finding.says, self._seen.family, self._kin)

    def _cause(self, cause: Cause) -> str:
        person = self._kin[cause.person].word if cause.person is not None else ""
        return cause_words(person, cause.setting)

    def _called(self, line: Line) -> str:
        words = without_names(summary(line, self._kin), self._seen.family, self._kin)
        who = "" if line.kind in {EntryKind.OPENING, EntryKind.CREDIT} else self._kin[line.person].word
        return f"{line.on} {who} {words}".replace("  ", " ")


def _to_plan() -> tuple[Link, ...]:
    return (Link(_tr("Why", "看规划"), "planning", ""),)


def _of_most(used: int, most: int | None) -> str:
    return str(used) if most is None else f"{used} / {most}"


def _month(day: date) -> str:
    return _tr("Why", "{year}年{month}月").format(year=day.year, month=day.month)
