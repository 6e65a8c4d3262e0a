"""会影响什么。What an errand does to this family's own numbers, as far as the program can work it out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.domain.clause import Confidence
from desktop.domain.matter import PayoutReason
from desktop.domain.terms import label
from desktop.guides.guide import Ask
from desktop.usecases.closing_view import closing_view
from desktop.usecases.enrolment_view import enrolment_view
from desktop.usecases.errand_record import kind_of
from desktop.usecases.guide_view import Effect, Said
from desktop.usecases.kin import kinship, told
from desktop.usecases.retirement_view import retirement_view
from desktop.usecases.transfer_view import transfer_view
from desktop.usecases.wallet_state import wallet_states

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.clause import Clause
    from desktop.guides.guide import Guide
    from desktop.usecases.enrolment_view import RefundRight
    from desktop.usecases.guide_asks import Asking
    from desktop.usecases.retirement_view import RetirementView, YearRow
    from desktop.usecases.review import Review

_RECKONED = "按家庭档案推算"


def effects(guide: Guide, seen: Review, today: date, asking: Asking) -> tuple[Effect, ...]:
    """Beside what the guide says itself. `asking` is settled."""
    reckon = _RECKON.get(guide.records)
    asking = replace(asking, case=kind_of(guide, asking.case) or asking.case)
    return () if reckon is None else tuple(reckon(seen, today, asking))


def _transfer(seen: Review, today: date, asking: Asking) -> Iterator[Effect]:
    """The money that moves, and what becomes of each binding."""
    origin, destination = (asking.answers.get(ask, "") for ask in (Ask.ORIGIN, Ask.DESTINATION))
    if not (origin and destination):
        return
    view = transfer_view(seen, asking.person, origin, destination, today)
    if view.money:
        yield _effect(f"个人账户现有 {view.money:,} 元，随医保关系转过去。", view.because, "ledger")
    if view.money and view.reckoned is not None:
        yield _effect(f"{view.reckoned}。", view.because)
    if view.frozen:
        yield _effect(f"冻结着的共济额度还有 {view.frozen:,} 元。", view.because, "ledger")
    known = kinship(seen.family, seen.holder.id)
    alike: dict[str, list[Binding]] = {}
    for one in view.bindings:
        words = told(one.says, seen.family, known)
        says = f"，{words}" if one.ends is not None else "是否继续，未见规定"
        alike.setdefault(says, []).append(one.binding)
    for says, bindings in alike.items():
        others = {one.payer if one.payer != asking.person else one.beneficiary for one in bindings}
        names = "、".join(kin.word for person, kin in known.items() if person in others)
        yield _effect(f"和{names}的绑定{says}。", (), "family", bindings[0].id)


def _retirement(seen: Review, today: date, asking: Asking) -> Iterator[Effect]:
    """When one may retire, what is missing year by year, what paying up costs, and what is credited then."""
    view = retirement_view(seen, asking.person, today)
    yield from _so_far(view)
    flexible = {"employee": False, "flexible": True}.get(asking.case, view.flexible)
    cost = view.by_flexible if flexible else view.by_employee
    if view.missing == 0:
        yield _effect("年限已经够了，不用补缴。", view.because)
    if cost is not None:
        words = f"还差 {cost.months} 个月，今天一次补缴要 {cost.cost:,} 元。"
        yield _effect(words, cost.because, "planning")
    for row in view.years:
        if row.missing is not None and row.year > today.year:
            yield _effect(_year_words(row, flexible=flexible), view.because, "planning")
    if view.credit is not None and view.credit_from is not None:
        words = (
            f"现在办完，{view.credit_from.year}年{view.credit_from.month}月起每月计入 {view.credit:,} 元。"
        )
        yield _effect(words, view.because, "planning")
    for one in view.unknown:
        yield _effect(f"{one}。", (), "family", asking.person)


def _so_far(view: RetirementView) -> Iterator[Effect]:
    legal, paid = view.legal, view.paid
    if legal is not None:
        over = f"零 {legal.months} 个月" if legal.months else ""
        words = f"法定退休年龄 {legal.years} 岁{over}，{legal.on} 到。"
        yield _effect(words, legal.because, "family", view.person.id)
    if paid is not None:
        words = f"已缴 {paid.total} 个月，其中在湖南实际缴 {paid.local} 个月。"
        yield _effect(words, (), "family", view.person.id)


def _year_words(row: YearRow, *, flexible: bool) -> str:
    """What is missing in a year, if one goes on paying until then."""
    cost = row.cost_flexible if flexible else row.cost_employee
    paying = f"，一次补缴要 {cost:,} 元" if row.missing and cost is not None else ""
    estimated = "（预计）" if row.assumed else ""
    missing = f"还差 {row.missing} 个月" if row.missing else "年限就够了"
    need = f"总年限 {row.total} 年，湖南实际 {row.local} 年"
    return f"缴到 {row.year} 年再办（要{need}）：{missing}{paying}{estimated}。"


def _premium(seen: Review, today: date, asking: Asking) -> Iterator[Effect]:
    """What is due for whom it is paid, and what their years in a row have earned."""
    view = enrolment_view(seen.ledger, seen.book, asking.answers.get(Ask.RELATIVE) or asking.person, today)
    due = view.premium
    if due is not None and due.paid:
        yield _effect(f"{due.benefit_year} 年度的已经缴过了，不要再缴。", [due.because], "ledger")
    elif due is not None:
        for group, amount, clause in due.amounts:
            yield _effect(f"{due.benefit_year} 年度，{label(group)}：{amount:,} 元。", [clause])
    if view.bonus is not None and view.bonus.amount:
        words = f"{view.bonus.year} 年大病保险的封顶线因连续参保和零报销提高 {view.bonus.amount:,} 元。"
        yield _effect(words, [clause for _, _, clause in view.bonus.why])


def _refund(seen: Review, today: date, asking: Asking) -> Iterator[Effect]:
    """Until when which premiums may be taken back: the relative's, or whose right still stands."""
    known = kinship(seen.family, seen.holder.id)
    whom = asking.answers.get(Ask.RELATIVE)
    for person in [whom] if whom else known:
        alike: dict[tuple[str, date], list[RefundRight]] = {}
        for one in enrolment_view(seen.ledger, seen.book, person, today).refunds:
            if whom or one.open:
                alike.setdefault((one.of, one.last_day), []).append(one)
        for (of, last_day), rights in alike.items():
            first = rights[0]
            what = f"{known[person].word} {first.benefit_year} 年度的 {first.amount:,} 元"
            grounds = "、".join(label(one.ground) for one in rights)
            over = "" if first.open else "，已经过了"
            words = f"{what}，因{grounds}可以退，最迟 {last_day}{over}。"
            yield _effect(words, [one.because for one in rights], "ledger", of)


def _closing(seen: Review, today: date, asking: Asking) -> Iterator[Effect]:
    """What the account holds, whether it may be paid out, what is to be ended; an old card is no account."""
    if asking.case not in {*PayoutReason} - {PayoutReason.OLD_CARD}:
        return
    view = closing_view(seen, asking.person, today)
    yield _effect(f"个人账户现有 {view.balance:,} 元。", (), "ledger")
    for way in view.ways:
        if way.reason == asking.case:
            yield _effect(f"{way.says}。", [] if way.because is None else [way.because])
    if asking.case == PayoutReason.INHERITANCE:
        yield from (_effect(f"{note}。", ()) for note in view.notes)
    if view.relations:
        yield _effect(f"还有 {len(view.relations)} 条绑定要先解除。", (), "family", asking.person)


def _wallet(seen: Review, today: date, asking: Asking) -> Iterator[Effect]:
    """Each relation through the wallet with the relative, or with anyone: whether it works, what is left."""
    known = kinship(seen.family, seen.holder.id)
    for one in wallet_states(seen.ledger, seen.book, today):
        payer, beneficiary = one.binding.payer, one.binding.beneficiary
        whom = asking.answers.get(Ask.RELATIVE) or asking.person
        if {asking.person, whom} <= {payer, beneficiary}:
            words = (
                f"{known[payer].word}给{known[beneficiary].word}的医保钱包，今天能不能用：{one.words}。"
                f"冻结着的额度还有 {one.frozen:,} 元，用了 {one.used:,} 元。"
            )
            because = [clause for clause in (one.because, *(at.because for at in one.places)) if clause]
            yield _effect(words, because, "family", one.binding.id)


def _arrears(seen: Review, today: date, asking: Asking) -> Iterator[Effect]:
    """How one is insured today and why, and what is said elsewhere and not so here."""
    view = enrolment_view(seen.ledger, seen.book, asking.person, today)
    for reason in view.insured.why:
        yield _effect(f"{reason.says}。", [reason.because], "family", asking.person)
    for one in view.refused:
        yield Effect(Said(f"“{one.says}”不采用：{one.reason}。", one.source, Confidence.HIGH))


def _enrolment(seen: Review, today: date, asking: Asking) -> Iterator[Effect]:
    """When benefits would begin and why, or what is in the way; the case is what one is enrolled as."""
    view = enrolment_view(seen.ledger, seen.book, asking.person, today)
    for one in view.waiting:
        if one.enrolled_as != asking.case:
            continue
        if one.first_day is None:
            yield _effect("今天参保缴费，几时起享受待遇没有收录，请先拨打 12393 核实。", ())
        else:
            because = [reason.because for reason in one.why]
            yield _effect(f"今天参保缴费，最早 {one.first_day} 起享受待遇。", because)
        for reason in one.why:
            days = f"（{reason.days:+d} 天）" if reason.days else ""
            yield _effect(f"{reason.says}{days}。", [reason.because])
        for reason, todo in one.hindered:
            yield _effect(f"{reason.says}：{todo}。", [reason.because], "family", asking.person)


def _effect(words: str, because: tuple[Clause, ...] | list[Clause], page: str = "", what: str = "") -> Effect:
    """No surer than what it rests on."""
    sure = min((one.confidence for one in because), key=[*Confidence][::-1].index, default=Confidence.HIGH)
    sources = [one.source.number or one.source.title for one in because]
    source = "；".join(dict.fromkeys(sources)) or _RECKONED
    says = Said(words, source, sure, keys=tuple(dict.fromkeys(one.key for one in because)))
    return Effect(says, page, what)


_RECKON: Mapping[str, Callable[[Review, date, Asking], Iterator[Effect]]] = {
    "transfer": _transfer,
    "retirement": _retirement,
    "payout": _closing,
    "premium": _premium,
    "refund": _refund,
    "enrolment": _enrolment,
    "arrears": _arrears,
    "wallet_quota": _wallet,
    "wallet_transfer": _wallet,
}
