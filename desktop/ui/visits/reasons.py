"""为什么的字。The steps by which a visit, a premium, a refund or a credit came to its sums, for a trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.domain.account import Credited
from desktop.domain.money import Rate
from desktop.domain.settlement import Part, PremiumPaid, PurseKind, Refunded, Settlement
from desktop.ui.look.tokens import Source
from desktop.ui.widgets.trace import Step
from desktop.usecases.account_lines import OF_A_PERSON
from desktop.usecases.basis import basis
from desktop.usecases.explain import explain
from desktop.usecases.matter_effect import grounds_of, moves_of
from desktop.usecases.matters import matter_of
from desktop.usecases.policy_titles import title_of
from desktop.usecases.receipt import formula

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from desktop.domain.clause import Clause
    from desktop.domain.money import Money
    from desktop.usecases.account_lines import Line
    from desktop.usecases.basis import Basis
    from desktop.usecases.explain import Step as Told
    from desktop.usecases.kin import Kin
    from desktop.usecases.open_book import Book
    from desktop.usecases.review import Review

_SOURCES = {
    Part.DEDUCTIBLE: Source.FUND,
    Part.POOL: Source.FUND,
    Part.CRITICAL: Source.FUND,
    PurseKind.OWN: Source.OWN,
    PurseKind.WALLET: Source.OWN,
    PurseKind.QUOTA: Source.SHARE,
    PurseKind.MUTUAL_AID: Source.SHARE,
    PurseKind.CASH: Source.CASH,
}
_UNTOLD = {Part.OUT_OF_SCOPE, Part.UPFRONT, Part.COPAY}
_tr = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Reasons:
    """The key of a step is `key@day`: the value of the law and the day on which it is asked for."""

    book: Book
    kin: Mapping[str, Kin]

    def steps(self, what: object) -> tuple[Step, ...]:
        """Nothing for what moved no money."""
        match what:
            case Settlement():
                return tuple(self._of_visit(what))
            case PremiumPaid():
                return tuple(self._of_premium(what))
            case Refunded():
                return tuple(self._of_refund(what))
            case Credited():
                return (self._of_credit(what),)
            case _:
                return ()

    # ------------------------------------------------------------------------------------------------ visits

    def _of_visit(self, done: Settlement) -> Iterator[Step]:
        yield self._scope(done)
        for step in explain(done):
            if step.name not in _UNTOLD:
                yield self._of_step(done, step)

    def _scope(self, done: Settlement) -> Step:
        charges = done.charges
        parts = (
            (_tr("Visits", "全自费"), charges.fully_self_funded),
            (_tr("Visits", "先行自付"), charges.upfront_copay),
            (_tr("Visits", "超限价自费"), charges.over_limit_self_funded),
        )
        taken = [(words, sum_) for words, sum_ in parts if sum_]
        minus = "".join(f" - {sum_:,}" for _, sum_ in taken)
        out = "，".join(f"{words} {sum_:,}" for words, sum_ in taken)
        return Step(
            title=_tr("Visits", "符合政策范围的费用 {sum}").format(sum=f"{charges.in_scope:,}"),
            formula=f"{charges.total_fee:,}{minus} = {charges.in_scope:,}",
            sentence=_tr("Visits", "{parts} 不进入报销").format(parts=out)
            if out
            else _tr("Visits", "全部进入报销"),
            clause=_tr("Visits", "票据明细，{day}").format(day=done.visit.on),
            origin=_by_hand(),
        )

    def _of_step(self, done: Settlement, step: Told) -> Step:
        source = _SOURCES[PurseKind(step.name) if step.holder is not None else Part(step.name)]
        title = f"{self._title(step)} {step.amount:,}"
        if step.clause is None:
            return Step(
                title,
                str(formula(done, step)),
                _tr("Visits", "统筹支付照票据"),
                _tr("Visits", "票据已列明"),
                _by_hand(),
                source=source,
            )
        return self._resting(title, str(formula(done, step)), step.clause, done.visit.on, source)

    def _title(self, step: Told) -> str:
        if step.holder is None:
            return {
                Part.DEDUCTIBLE: _tr("Visits", "起付线"),
                Part.POOL: _tr("Visits", "统筹基金支付"),
                Part.CRITICAL: _tr("Visits", "大病（大额）支付"),
            }[Part(step.name)]
        return {
            PurseKind.OWN: _tr("Visits", "先用{who}自己的账户"),
            PurseKind.WALLET: _tr("Visits", "用{who}的医保钱包"),
            PurseKind.QUOTA: _tr("Visits", "再用{who}开通的跨省共济额度"),
            PurseKind.MUTUAL_AID: _tr("Visits", "再由{who}共济"),
            PurseKind.CASH: _tr("Visits", "其余付现金"),
        }[PurseKind(step.name)].format(who=self.kin[step.holder].word)

    # ----------------------------------------------------------------- premiums, refunds, credits, balances

    def _of_premium(self, done: PremiumPaid) -> Iterator[Step]:
        payment = done.payment
        title = _tr("Visits", "{year}年度居民医保费 {sum}").format(
            year=payment.benefit_year, sum=f"{done.amount:,}"
        )
        stated = _tr("Visits", "照缴费单填写的金额") if payment.amount is not None else ""
        if done.because is None:
            yield Step(title, stated, origin=_by_hand())
        else:
            yield self._resting(title, stated, done.because, payment.on, None)
        if done.holder is None:
            paid = _tr("Visits", "付现金 {sum}").format(sum=f"{done.amount:,}")
            yield Step(paid, origin=_by_hand(), source=Source.CASH)
        else:
            source = Source.OWN if done.holder == payment.insured else Source.SHARE
            paid = _tr("Visits", "从{who}的账户支付 {sum}").format(
                who=self.kin[done.holder].word, sum=f"{done.amount:,}"
            )
            yield Step(paid, origin=_by_hand(), source=source)

    def _of_refund(self, done: Refunded) -> Iterator[Step]:
        of = done.of
        day, person, whole = (
            (of.visit.on, of.visit.patient, of.charges.total_fee)
            if isinstance(of, Settlement)
            else (of.payment.on, of.payment.insured, of.amount)
        )
        yield Step(
            _tr("Visits", "冲正 {day} 的一笔 {sum}").format(day=day, sum=f"{-whole:,}"),
            sentence=_tr("Visits", "原来那一笔付了多少，就退回多少，绑定已经结束的也一样"),
            origin=_by_hand(),
        )
        for holder, sum_ in done.returned:
            back = _tr("Visits", "退回{who}的账户 {sum}").format(who=self.kin[holder].word, sum=f"{sum_:,}")
            yield Step(back, source=Source.OWN if holder == person else Source.SHARE)
        if done.cash:
            back = _tr("Visits", "退回现金 {sum}").format(sum=f"{done.cash:,}")
            yield Step(back, source=Source.CASH)

    def _of_credit(self, done: Credited) -> Step:
        rate = getattr(done.because, "value", None)
        title = _tr("Visits", "{month}月划入 {sum}").format(month=done.on.month, sum=f"{done.amount:,}")
        equation = ""
        if done.base is not None and isinstance(rate, Rate):
            equation = f"{done.base:,} × {rate} = {done.amount:,}"
        return self._resting(title, equation, done.because, done.on, Source.OWN)

    def of_matter(self, seen: Review, line: Line) -> tuple[Step, ...]:
        """What a matter, or a relation that ends, moves on this day, and the clauses it rests on."""
        moved = tuple(
            Step(
                _tr("Visits", "动到的钱"),
                sentence="，".join(str(part) for part in move.parts),
                origin=_by_hand(),
            )
            for move in moves_of(seen.ledger, line.event, line.on)
            if line.kind not in OF_A_PERSON
        )
        matter = matter_of(seen.family, line.event)
        if matter is None:
            return moved
        still = (Step(_tr("Visits", "没有动到账户里的钱"), origin=_by_hand()),)
        clauses = grounds_of(seen.ledger, seen.book, matter)
        rests = (self._resting(_titled(one), "", one, matter.on, None) for one in clauses)
        return (*(moved or still), *rests)

    @staticmethod
    def balance(words: str, change: Money, balance: Money) -> Step:
        """What the account held, what moved, what it holds."""
        sign = "-" if change < 0 else "+"
        moved = -change if change < 0 else change
        return Step(
            f"{words} {balance:,}",
            f"{balance - change:,} {sign} {moved:,} = {balance:,}",
            _tr("Visits", "余额由期初和每一笔变动加起来，不另外保存"),
        )

    # ------------------------------------------------------------------------------------------------ clauses

    def _resting(self, title: str, equation: str, clause: Clause, on: date, source: Source | None) -> Step:
        """A step that rests on a clause, which can be looked up as of that day."""
        known = basis(self.book, clause)
        says = known.says
        return Step(
            title=title,
            formula=equation,
            sentence=_tr("Visits", "{says}。各地说法不一").format(says=says) if known.disputed else says,
            clause=_cited(known),
            origin=_tr("Visits", "来源：{kind}，可信度{sure}").format(kind=known.kind, sure=known.confidence),
            key=f"{clause.key}@{on}" if clause.since is not None else "",
            source=source,
            disputed=known.disputed,
        )


def _titled(clause: Clause) -> str:
    known = title_of(clause.key)
    return _tr("Visits", "依据") if known is None else known.name


def _by_hand() -> str:
    return _tr("Visits", "来源：手工录入")


def _cited(known: Basis) -> str:
    if known.since is None:
        return known.short
    return _tr("Visits", "{title}，{day} 起").format(title=known.short, day=known.since)
