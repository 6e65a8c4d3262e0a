"""会影响什么。What an errand does to this family's own numbers, as far as the program can work it out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.domain.clause import Confidence
from desktop.domain.matter import PayoutReason
from desktop.guides.guide import Ask
from desktop.usecases.closing_view import closing_view
from desktop.usecases.enrolment_view import enrolment_view
from desktop.usecases.errand_record import kind_of
from desktop.usecases.guide_view import Effect, Said
from desktop.usecases.kin import kinship, told
from desktop.usecases.retirement_view import retirement_view
from desktop.usecases.transfer_view import transfer_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.clause import Clause
    from desktop.guides.guide import Guide
    from desktop.usecases.guide_asks import Asking
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
    """What paying up costs, and what comes into the account from then on."""
    view = retirement_view(seen, asking.person, today)
    flexible = {"employee": False, "flexible": True}.get(asking.case, view.flexible)
    cost = view.by_flexible if flexible else view.by_employee
    if view.missing == 0:
        yield _effect("年限已经够了，不用补缴。", view.because)
    if cost is not None:
        words = f"还差 {cost.months} 个月，今天一次补缴要 {cost.cost:,} 元。"
        yield _effect(words, cost.because, "planning")
    if view.credit is not None and view.credit_from is not None:
        words = (
            f"现在办完，{view.credit_from.year}年{view.credit_from.month}月起每月计入 {view.credit:,} 元。"
        )
        yield _effect(words, view.because, "planning")
    for one in view.unknown:
        yield _effect(f"{one}。", (), "family", asking.person)


def _closing(seen: Review, today: date, asking: Asking) -> Iterator[Effect]:
    """What the account holds, and which bindings are still to be ended; an old card is no account."""
    if asking.case not in {*PayoutReason} - {PayoutReason.OLD_CARD}:
        return
    view = closing_view(seen, asking.person, today)
    yield _effect(f"个人账户现有 {view.balance:,} 元。", (), "ledger")
    if view.relations:
        yield _effect(f"还有 {len(view.relations)} 条绑定要先解除。", (), "family", asking.person)


def _enrolment(seen: Review, today: date, asking: Asking) -> Iterator[Effect]:
    """When benefits would begin; the case is what one is enrolled as."""
    view = enrolment_view(seen.ledger, seen.book, asking.person, today)
    for one in view.waiting:
        if one.enrolled_as != asking.case:
            continue
        if one.first_day is None:
            yield _effect("今天参保缴费，几时起享受待遇没有收录，请先拨打 12393 核实。", ())
        else:
            because = [reason.because for reason in one.why]
            yield _effect(f"今天参保缴费，最早 {one.first_day} 起享受待遇。", because)


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
    "death": _closing,
    "enrolment": _enrolment,
}
