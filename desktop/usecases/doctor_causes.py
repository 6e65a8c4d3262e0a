"""用不了的原因。The eleven causes, read off what the rules made of one trial and off what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.binding import Channel
from desktop.domain.care import Facility, Visit
from desktop.domain.clause import Confidence
from desktop.domain.finding import Severity
from desktop.domain.money import NOTHING
from desktop.domain.people import pool_of
from desktop.domain.settlement import PurseKind
from desktop.planning.timeline import holder_of
from desktop.usecases.doctor_trial import Asked, Balance, Bound, PaidFor, Patient
from desktop.usecases.fixes import Go
from desktop.usecases.kin import kinship, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from desktop.domain.clause import Clause
    from desktop.domain.finding import Finding
    from desktop.domain.settlement import Settlement
    from desktop.usecases.doctor_trial import Complaint, Trial


class Cause(StrEnum):
    """The eleven, in the order in which people are told of them."""

    NOT_BOUND = "not_bound"  # 只有亲情账户，没有绑成家庭共济
    PAYER_EMPTY = "payer_empty"  # 共济人的账户没有钱，或者钱在旧医保卡上
    AREA = "area"  # 不在同一个统筹地区或同一个省参保
    INSURANCE = "insurance"  # 没有参保、停保或者在等待期
    RELATION = "relation"  # 不是近亲属
    OWN_FIRST = "own_first"  # 本人账户还有钱，先用本人的
    ITEM = "item"  # 这一笔不能从账户支付
    PRIOR_YEAR = "prior_year"  # 浙江、上海只能共济历年余额
    MOVED = "moved"  # 参保地变了，要重新绑定
    PLACE = "place"  # 机构不是定点，或药店还没有接通
    OTHER_PAYER = "other_payer"  # 另有共济人，或先用了另一处的钱


class Sureness(IntEnum):
    """就是、很可能、可能: how sure the law is, and how much of the case is known."""

    CERTAIN = 0
    LIKELY = 1
    POSSIBLE = 2


WORDS = {Sureness.CERTAIN: "就是", Sureness.LIKELY: "很可能", Sureness.POSSIBLE: "可能"}

TITLES = {
    Cause.NOT_BOUND: "没有绑成家庭共济",
    Cause.PAYER_EMPTY: "共济人的个人账户里没有可用的钱",
    Cause.AREA: "两个人的参保地不能这样共济",
    Cause.INSURANCE: "没有正常参保",
    Cause.RELATION: "不是可以绑定的近亲属",
    Cause.OWN_FIRST: "先用了本人账户的钱",
    Cause.ITEM: "这一笔不能从个人账户支付",
    Cause.PRIOR_YEAR: "只有当年的钱，没有历年余额",
    Cause.MOVED: "参保地变了，要重新绑定",
    Cause.PLACE: "这家医院或药店用不了共济",
    Cause.OTHER_PAYER: "用的是另一处的钱，或者已有另一位共济人",
}

_TODO = {
    Cause.NOT_BOUND: "由共济人在湘医保的“家庭共济”里绑定；不会用手机的，去医保窗口办",
    Cause.PAYER_EMPTY: "等账户有了钱再用；旧医保卡里的钱，照原来的办法用完",
    Cause.AREA: "省外的家人，看医保钱包（跨省共济）两地开通了没有",
    Cause.INSURANCE: "先把参保和缴费办好，再看待遇从哪天开始",
    Cause.RELATION: "由与他属于近亲属的职工绑定，或者付现金",
    Cause.OWN_FIRST: "不用办什么：本人账户用完以后，自动用共济人的",
    Cause.ITEM: "这一笔付现金；结算前可以先问收费窗口",
    Cause.PRIOR_YEAR: "等到下一年，当年的钱转成历年余额以后再用",
    Cause.MOVED: "解除旧的绑定，按现在的参保地重新绑定",
    Cause.PLACE: "换一家定点医院或定点药店再试，结算前先问能不能用家庭共济",
    Cause.OTHER_PAYER: "先请原来的共济人解绑，再由另一位绑定",
}

_GIVE = "请家人在国家医保服务平台的医保钱包里给额度；是转账的，记得接收"

_GUIDES = {
    Cause.NOT_BOUND: Go("看怎么绑定", "guides", "bind"),
    Cause.PAYER_EMPTY: Go("看账户里的钱", "ledger", ""),
    Cause.AREA: Go("看医保钱包怎么办", "guides", "wallet-share"),
    Cause.INSURANCE: Go("看怎么参保", "guides", "enrol"),
    Cause.RELATION: Go("看怎么绑定", "guides", "bind"),
    Cause.MOVED: Go("看怎么换绑", "guides", "unbind"),
    Cause.OTHER_PAYER: Go("看怎么换绑", "guides", "unbind"),
}

_RULES = {
    "binding.payer_has_no_account": Cause.PAYER_EMPTY,
    "binding.payer_balance_zero": Cause.PAYER_EMPTY,
    "premium.account_short": Cause.PAYER_EMPTY,
    "binding.payer_suspended": Cause.INSURANCE,
    "binding.beneficiary_not_insured": Cause.INSURANCE,
    "visit.not_covered_yet": Cause.INSURANCE,
    "binding.outside_area": Cause.AREA,
    "binding.relation_not_allowed": Cause.RELATION,
    "binding.two_payers": Cause.OTHER_PAYER,
    "binding.too_many_active": Cause.NOT_BOUND,
    "binding.too_many_lifetime": Cause.NOT_BOUND,
    "premium.payer_not_bound": Cause.NOT_BOUND,
    "policy.not_covered": Cause.ITEM,
    "premium.not_resident": Cause.ITEM,
    "premium.outside_window": Cause.ITEM,
    "premium.paid_twice": Cause.ITEM,
    "visit.credential_not_own": Cause.ITEM,
    "visit.item_not_payable": Cause.ITEM,
    "visit.provider_not_designated": Cause.PLACE,
    "wallet.not_online": Cause.AREA,
    "wallet.online_unknown": Cause.AREA,
    "wallet.relation_ended": Cause.MOVED,
    "wallet.account_short": Cause.PAYER_EMPTY,
    "wallet.closed_at_night": Cause.PAYER_EMPTY,
    "wallet.frozen_quota_spent": Cause.PAYER_EMPTY,
    "wallet.over_amount": Cause.PAYER_EMPTY,
    "wallet.too_many_in_a_day": Cause.PAYER_EMPTY,
    "wallet.wrong_regime": Cause.PAYER_EMPTY,
}
"""Which of the causes a broken rule is."""

_SURE_OF = {
    Confidence.HIGH: Sureness.CERTAIN,
    Confidence.MEDIUM: Sureness.LIKELY,
    Confidence.LOW: Sureness.POSSIBLE,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause of this very case. `clause` is what it rests on, None where nobody has written it down.

    `sure` is worded by `WORDS`; `go` are pages of the program (`guides` with the guide's id).
    """

    cause: Cause
    title: str
    says: str
    sure: Sureness
    clause: Clause | None
    todo: tuple[str, ...]
    go: tuple[Go, ...]


class _Found(NamedTuple):
    cause: Cause
    sure: Sureness
    says: str
    clause: Clause | None = None
    todo: tuple[str, ...] = ()


def without_trial(case: Complaint) -> tuple[Reason, ...]:
    """What is plain before anything is settled: there is no binding that could have paid."""
    return _reasons(case, (*_ended(case), *_never_bound(case)))


def of_trial(case: Complaint, trial: Trial) -> tuple[Reason, ...]:
    """The surest first, then in the order of the eleven; each cause once, no doubts beside what is sure."""
    broken = list(_broken(case, trial))
    otherwise = list(_paid_otherwise(case, trial, barred=bool(broken)))
    return _reasons(case, [*broken, *otherwise, *_moved(case), *_prior_year(case), *_doubts(case, trial)])


def _reasons(case: Complaint, found: Iterable[_Found]) -> tuple[Reason, ...]:
    order = list(Cause)
    ranked = sorted(found, key=lambda one: (one.sure, order.index(one.cause)))
    if ranked and ranked[0].sure is Sureness.CERTAIN:
        ranked = [one for one in ranked if one.sure is not Sureness.POSSIBLE]
    first: dict[Cause, Reason] = {}
    for one in ranked:
        go = (_GUIDES[one.cause],) if one.cause in _GUIDES else ()
        if one.cause in {Cause.NOT_BOUND, Cause.INSURANCE, Cause.RELATION}:
            go = (Go("看家里的记录", "family", case.patient.id), *go)
        todo = one.todo or (_TODO[one.cause],)
        first.setdefault(
            one.cause, Reason(one.cause, TITLES[one.cause], one.says, one.sure, one.clause, todo, go)
        )
    return tuple(first.values())


# ------------------------------------------------------------------------------------------ before the trial


def _ended(case: Complaint) -> Iterator[_Found]:
    """A binding that is over, or has not begun; moving to another place ends it, too."""
    if case.held or not case.bindings:
        return
    last = max(case.bindings, key=lambda one: one.since)
    who = _word(case, case.patient.id)
    if last.since > case.day:
        yield _Found(Cause.NOT_BOUND, Sureness.CERTAIN, f"{who}的绑定从 {last.since} 才开始")
        return
    before, now = case.patient.area_on(last.since), case.patient.area_on(case.day)
    if pool_of(before) != pool_of(now):
        says = f"{who}换了参保地，原来的绑定已在 {last.until} 结束"
        clause = _clause(case, "mutual_aid.ends_with_insurance")
        yield _Found(Cause.MOVED, Sureness.CERTAIN, says, clause, (_TODO[Cause.MOVED], _TODO[Cause.AREA]))
    else:
        yield _Found(Cause.NOT_BOUND, Sureness.CERTAIN, f"{who}的绑定已在 {last.until} 结束")


def _never_bound(case: Complaint) -> Iterator[_Found]:
    who, bound = _word(case, case.patient.id), case.answer(Asked.BOUND)
    if bound == Bound.CODE_ONLY:
        clause = _clause(case, "mutual_aid.code_account_shares_money")
        says = f"绑的是亲情账户，只能替{who}出示医保码，用不到别人账户的钱"
        yield _Found(Cause.NOT_BOUND, Sureness.CERTAIN, says, clause)
    elif bound == Bound.NOTHING:
        yield _Found(Cause.NOT_BOUND, Sureness.CERTAIN, f"还没有人和{who}绑定家庭共济")


# ------------------------------------------------------------------------------------------------- the rules


def _broken(case: Complaint, trial: Trial) -> Iterator[_Found]:
    """What the checks said of this payment and of the bindings that were meant to pay it."""
    family = trial.ledger.family
    known = kinship(family, family.holder)
    for one in trial.ledger.findings:
        if not _concerns(one, trial):
            continue
        cause = _RULES.get(one.rule)
        if cause is None:
            continue
        says, todo = told(one.says, family, known), tuple(told(fix, family, known) for fix in one.fix)
        if cause is Cause.PAYER_EMPTY and case.answer(Asked.BALANCE) == Balance.ON_CARD:
            yield _on_card(case)
        else:
            yield _Found(cause, _sure(one), says, one.because, todo)


def _concerns(finding: Finding, trial: Trial) -> bool:
    if finding.rule == "binding.payer_balance_zero":
        return trial.event in finding.about
    return finding.about[0] in {trial.event, *trial.records}


def _sure(finding: Finding) -> Sureness:
    """A rule that only warns, or that others dispute, need not be what happened, but for two that say so."""
    if finding.rule in {"binding.payer_balance_zero", "wallet.relation_ended"}:
        return Sureness.CERTAIN
    if finding.severity is not Severity.ERROR:
        return Sureness.POSSIBLE
    return _sure_of(finding.because)


def _sure_of(clause: Clause | None) -> Sureness:
    if clause is None:
        return Sureness.POSSIBLE
    sure = _SURE_OF[clause.confidence]
    return Sureness(min(sure + clause.in_dispute, Sureness.POSSIBLE))


def _on_card(case: Complaint) -> _Found:
    clause = _clause(case, "account.card_balance_shareable")
    says = "钱在旧医保卡上，不在个人账户（记账户）里，不能共济"
    return _Found(Cause.PAYER_EMPTY, Sureness.CERTAIN, says, clause)


# ------------------------------------------------------------------------------------------------- the money


def _paid_otherwise(case: Complaint, trial: Trial, *, barred: bool) -> Iterator[_Found]:
    """What the trial was paid from instead of the account that was meant; `barred`: that one may not pay."""
    done = trial.ledger.settlements.get(trial.event)
    if done is None:
        return
    yield from _own_first(case, done, barred=barred)
    yield from _ran_dry(case, trial, done)
    yield from _others_first(case, trial, done)
    if _by_wallet(case) and not done.account_paid:
        says = f"{_word(case, case.patient.id)}的医保钱包里没有可用的钱：没有给额度，或者转账没有接收"
        yield _Found(Cause.PAYER_EMPTY, Sureness.LIKELY, says, todo=(_GIVE,))


def _own_first(case: Complaint, done: Settlement, *, barred: bool) -> Iterator[_Found]:
    own, others = done.paid_by(PurseKind.OWN), done.mutual_aid_paid
    if not own or (case.event is not None and (others or done.paid_by(PurseKind.CASH))):
        return
    who, clause = _word(case, case.patient.id), _clause(case, "mutual_aid.purse_order")
    if case.event is not None:
        says = f"{who}自己的账户付了 {own:,} 元，够付，所以没有用到共济人的钱"
        yield _Found(Cause.OWN_FIRST, Sureness.CERTAIN, says, clause)
    else:
        says = f"{who}自己的账户里还有钱，先用自己的，用完才用共济人的"
        sure = Sureness.POSSIBLE if others or barred else Sureness.LIKELY
        yield _Found(Cause.OWN_FIRST, sure, says, clause)


def _ran_dry(case: Complaint, trial: Trial, done: Settlement) -> Iterator[_Found]:
    short = dict(done.lacked).get(trial.payer, NOTHING)
    if short and done.mutual_aid_paid:
        says = f"{_payer_word(case)}的账户余额不够，有多少付多少，还差 {short:,} 元"
        yield _Found(Cause.PAYER_EMPTY, Sureness.CERTAIN, says, _clause(case, "mutual_aid.partial_draw"))


def _others_first(case: Complaint, trial: Trial, done: Settlement) -> Iterator[_Found]:
    others = [one for one in done.by_payer() if one != trial.payer]
    clause = _clause(case, "mutual_aid.purse_order")
    if others:
        says = f"先用了{_word(case, others[0])}的账户，没有用{_payer_word(case)}的"
        yield _Found(Cause.OTHER_PAYER, Sureness.LIKELY, says, clause)
    elif done.paid_by(PurseKind.WALLET) and not _by_wallet(case):
        says = f"先用了{_word(case, case.patient.id)}医保钱包里的钱"
        yield _Found(Cause.OTHER_PAYER, Sureness.LIKELY, says, clause)


# ----------------------------------------------------------------------------------- what no trial could show


def _moved(case: Complaint) -> Iterator[_Found]:
    """The place of either has changed since they were bound, as is recorded or was answered."""
    clause = _clause(case, "mutual_aid.ends_with_insurance")
    if case.answer(Asked.BOUND) == Bound.SHARED_THEN_MOVED:
        says = "绑定以后换过参保地，旧的绑定可能已经失效"
        yield _Found(Cause.MOVED, Sureness.LIKELY, says, clause)
    for one in case.held:
        for person in (case.lived.person(one.payer), case.patient):
            before, now = person.area_on(one.since), person.area_on(case.day)
            if before and pool_of(before) != pool_of(now):
                says = f"{_word(case, person.id)}绑定以后换了参保地，绑定可能已经失效"
                yield _Found(Cause.MOVED, _sure_of(clause), says, clause)


def _prior_year(case: Complaint) -> Iterator[_Found]:
    if case.answer(Asked.BALANCE) == Balance.ONLY_THIS_YEAR:
        clause = _clause(case, "mutual_aid.prior_year_only_in")
        says = f"{_payer_word(case)}参保的省只能共济历年余额，当年划入的钱不能共济"
        yield _Found(Cause.PRIOR_YEAR, _sure_of(clause), says, clause)


def _doubts(case: Complaint, trial: Trial) -> Iterator[_Found]:
    """What was answered with 不清楚, and what is not the same everywhere."""
    who = _word(case, case.patient.id)
    if case.answer(Asked.BOUND) == Bound.UNKNOWN:
        clause = _clause(case, "mutual_aid.code_account_shares_money")
        says = f"可能只绑了亲情账户，它只替{who}出示医保码，不共用钱"
        yield _Found(Cause.NOT_BOUND, Sureness.LIKELY, says, clause)
    if case.answer(Asked.BALANCE) == Balance.UNKNOWN:
        clause = _clause(case, "mutual_aid.payer_has_account")
        yield _Found(Cause.PAYER_EMPTY, Sureness.POSSIBLE, f"{_payer_word(case)}的账户可能没有钱了", clause)
    if case.answer(Asked.PATIENT) == Patient.UNKNOWN:
        yield from _unknown_patient(case, who)
    yield from _doubtful_place(case, trial)


def _unknown_patient(case: Complaint, who: str) -> Iterator[_Found]:
    if not case.patient.coverage:
        clause = _clause(case, "mutual_aid.beneficiary_insured")
        yield _Found(Cause.INSURANCE, Sureness.POSSIBLE, f"{who}这一天可能没有正常参保", clause)
    else:
        clause = _clause(case, "mutual_aid.purse_order")
        yield _Found(Cause.OWN_FIRST, Sureness.POSSIBLE, f"{who}自己的账户可能还有钱，先用自己的", clause)


def _doubtful_place(case: Complaint, trial: Trial) -> Iterator[_Found]:
    """Which pharmacies are switched on, and whether 疫苗、体检 and 全自费 may be paid, differs by place."""
    paid_for, event = case.answer(Asked.PAID_FOR), case.event
    if paid_for == PaidFor.PREVENTION:
        clause = _clause(case, "visit.vaccines_and_checkups_payable")
        says = "疫苗、体检一般当作公共卫生，账户不付；各地说法不一"
        yield _Found(Cause.ITEM, Sureness.LIKELY, says, clause)
    elif paid_for == PaidFor.HOSPITAL:
        clause = _clause(case, "mutual_aid.pays_for")
        says = "如果是目录外全自费的项目，能不能共济，各地说法不一"
        yield _Found(Cause.ITEM, Sureness.POSSIBLE, says, clause)
    in_pharmacy = isinstance(event, Visit) and event.provider.kind is Facility.PHARMACY
    if paid_for == PaidFor.PHARMACY or in_pharmacy:
        clause = _clause(case, "mutual_aid.pays_at")
        says = "这家药店可能还没有接通家庭共济；有的地方，居民在药店也暂时用不了"
        yield _Found(Cause.PLACE, Sureness.POSSIBLE, says, clause)


# ----------------------------------------------------------------------------------------------------- words


def _word(case: Complaint, person: str) -> str:
    return kinship(case.family, holder_of(case.family))[person].word


def _payer_word(case: Complaint) -> str:
    return "这位共济人" if case.payer is None else _word(case, case.payer.id)


def _by_wallet(case: Complaint) -> bool:
    """Whether nothing but the wallet was meant to pay."""
    if case.answer(Asked.BOUND) == Bound.WALLET:
        return True
    return bool(case.held) and all(one.channel is Channel.WALLET for one in case.held)


def _clause(case: Complaint, key: str) -> Clause | None:
    """What the law of the payer says, None where no pack answers on that day."""
    law, channel = case.law, "wallet_quota" if _by_wallet(case) else "in_province"
    return law.optional(lambda: law.policy.term(key, channel=channel))
