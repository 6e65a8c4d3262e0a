"""改法。What can be done about a finding: changes known to put it right, and places to go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop.domain.binding import Channel
from desktop.domain.care import Visit
from desktop.domain.finding import Severity
from desktop.domain.money import total
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import PurseKind
from desktop.domain.terms import label
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.usecases.bindings import without_binding
from desktop.usecases.changes import Change, free_id
from desktop.usecases.concerns import unmet
from desktop.usecases.kin import kinship
from desktop.usecases.settle_family import settle_family

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from desktop.domain.binding import Binding
    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.domain.people import Coverage
    from desktop.planning.ledger import Ledger
    from desktop.usecases.review import Review

_DAY = timedelta(days=1)
_NO_VALUES = {"pack.checked_on", "account.opening"}


@dataclass(frozen=True, slots=True)
class Fix:
    """`title` is for a button."""

    title: str
    change: Change


@dataclass(frozen=True, slots=True)
class Go:
    """Where a person can put it right by hand: a page, and what to choose there."""

    title: str
    page: str
    what: str


_LED_BY = {
    "binding.two_payers": Go("看怎么换绑", "guides", "unbind"),
    "binding.outside_area": Go("看医保钱包怎么办", "guides", "wallet-share"),
    "premium.payer_not_bound": Go("看怎么绑定", "guides", "bind"),
    "premium.paid_twice": Go("看怎么退费", "guides", "paid-twice"),
    "wallet.frozen_quota_spent": Go("看医保钱包怎么办", "guides", "wallet-share"),
    "wallet.not_bound": Go("看医保钱包怎么办", "guides", "wallet-share"),
    "wallet.not_online": Go("看医保钱包怎么办", "guides", "wallet-share"),
    "wallet.wrong_regime": Go("看医保钱包怎么办", "guides", "wallet-share"),
}
_KINDS: Mapping[type[object], str] = {Refund: "退费", WalletTransfer: "转账", WalletQuota: "共济额度"}


def fixes_of(seen: Review, finding: Finding) -> tuple[Fix, ...]:
    """Only those that keep their word: with them the finding is gone, and nothing else becomes forbidden.

    Each is settled to know it, which takes a few milliseconds for a family of thirty events.
    """
    case = _Case(seen, finding)
    fixes = (_of_holder(fix, seen.holder.id) for way in _WAYS.get(finding.rule, ()) for fix in way(case))
    return tuple(fix for fix in fixes if puts_right(seen, finding, fix.change.family))


def _of_holder(fix: Fix, holder: str) -> Fix:
    """Another who now binds more relatives does not become the one the book is about."""
    return replace(fix, change=replace(fix.change, family=replace(fix.change.family, holder=holder)))


def puts_right(seen: Review, finding: Finding, family: Family) -> bool:
    """Whether the finding is gone once `seen` has become `family`, and no rule is broken that was kept."""
    then = settle_family(family, seen.book)
    return not {_subject(finding)} & _subjects(then) and not _broken(then) - _broken(seen.ledger)


def places_of(seen: Review, finding: Finding) -> tuple[Go, ...]:
    """The page where what is missing is filled in, then the value of the law it rests on."""
    person = finding.about[-1]
    by_rule = {
        "account.base_missing": Go("填缴费基数", "family", person),
        "account.credit_not_covered": Go("改期初余额", "family", person),
        "account.not_opened_yet": Go("改期初余额", "family", person),
        "binding.beneficiary_not_insured": Go("核对参保", "family", person),
        "binding.payer_suspended": Go("核对参保", "family", person),
        "visit.not_covered_yet": Go("核对参保", "family", person),
        "enrolment.double": Go("改参保记录", "family", person),
        "enrolment.history_missing": Go("补缴费经历", "family", finding.about[0]),
        "enrolment.benefits_not_known": Go("改参保记录", "family", finding.about[0]),
        "premium.payer_not_bound": Go("去绑定", "family", person),
    }
    found = [by_rule[finding.rule]] if finding.rule in by_rule else []
    if finding.rule == "policy.not_covered" and any(one.id == finding.about[0] for one in seen.family.events):
        found.append(Go("补填票据", "ledger", finding.about[0]))
    if finding.rule == "policy.disputed" and finding.because.key in _SETTINGS:
        found.append(Go("改口径", "settings", ""))
    return (*found, *_guides(seen, finding), Go("看依据", "policies", law_of(finding)))


def _guides(seen: Review, finding: Finding) -> Iterator[Go]:
    """The guide that leads through it; for other bindings the questions why one does not pay."""
    bound = next((one for one in seen.family.bindings if one.id == finding.about[0]), None)
    if finding.rule in _LED_BY:
        yield _LED_BY[finding.rule]
    elif finding.rule.startswith("binding.") and bound is not None:
        yield Go("问为什么不能用", "guides", f"doctor:{bound.beneficiary}")


def law_of(finding: Finding) -> str:
    """What to choose on the page of the law: a value and a day; nothing where no value is at stake."""
    key = finding.because.key
    return "" if key in _NO_VALUES else f"{key}@{finding.on}"


# ------------------------------------------------------------------------------------------- keeping its word


def _subject(finding: Finding) -> tuple[str, str]:
    """What a finding is about, whatever day it is dated."""
    return finding.rule, finding.about[0]


def _subjects(ledger: Ledger) -> set[tuple[str, str]]:
    return {_subject(one) for one in unmet(ledger)}


def _broken(ledger: Ledger) -> set[tuple[str, str]]:
    return {_subject(one) for one in unmet(ledger) if one.severity is Severity.ERROR}


# --------------------------------------------------------------------------------------------------- the case


@dataclass(frozen=True, slots=True)
class _Case:
    seen: Review
    finding: Finding

    @property
    def family(self) -> Family:
        return self.seen.family

    @property
    def binding(self) -> Binding:
        """Of a finding about one."""
        return next(one for one in self.family.bindings if one.id == self.finding.about[0])

    @property
    def event(self) -> Event:
        """Of a finding about one."""
        return next(one for one in self.family.events if one.id == self.finding.about[0])

    def word(self, person: str) -> str:
        return kinship(self.family, self.seen.holder.id)[person].word

    def stands(self, binding: Binding) -> bool:
        return binding.id in self.seen.ledger.standing

    def begins(self, binding: Binding) -> date | None:
        """The day to make it anew: today, or when it is to begin; None once it is over."""
        day = max(self.family.as_of, binding.since)
        return None if binding.until is not None and binding.until < day else day


# --------------------------------------------------------------------------------------------------- bindings


def _hand_over(case: _Case) -> Iterator[Fix]:
    """The first payer unbinds, and the later one binds again from that day on."""
    late = case.binding
    day = case.begins(late)
    if day is None:
        return
    ended = _ended(case.family, (one.id for one in _first(case, late)), day)
    family = _replaced(ended, late, replace(late, since=day))
    title = f"改由{case.word(late.payer)}支付"
    yield Fix(title, Change(title, family, late.id))


def _keep_the_first(case: _Case) -> Iterator[Fix]:
    """The later binding never came to be, so that its record goes."""
    late = case.binding
    for first in _first(case, late)[:1]:
        one, other = case.word(first.payer), case.word(late.payer)
        please = "" if late.payer == case.seen.holder.id else "请"
        step = f"删除{other}对{case.word(late.beneficiary)}的绑定"
        family = without_binding(case.family, late.id)
        yield Fix(f"留{one}，{please}{other}解绑", Change(step, family, first.id))


def _first(case: _Case, late: Binding) -> list[Binding]:
    """The bindings by others that stand for the same person on the day in question."""
    return [
        one
        for one in case.family.bindings
        if one.beneficiary == late.beneficiary
        and one.payer != late.payer
        and one.channel is late.channel
        and case.stands(one)
        and one.holds_on(case.finding.on)
    ]


def _make_room(case: _Case) -> Iterator[Fix]:
    """The relative for whom the payer paid least this year gives up the place."""
    late = case.binding
    day = case.begins(late)
    if day is None:
        return
    held = [
        one
        for one in case.family.bindings
        if one.payer == late.payer and one.channel is late.channel and case.stands(one) and one.holds_on(day)
    ]
    least = min(held, key=lambda one: (_paid(case, one), -one.since.toordinal()), default=None)
    if least is None:
        return
    family = _replaced(_ended(case.family, [least.id], day), late, replace(late, since=day))
    title = f"结束{case.word(least.beneficiary)}的绑定"
    yield Fix(title, Change(title, family, late.id))


def _paid(case: _Case, binding: Binding) -> int:
    """What the payer paid for the beneficiary in the year of the family's day, in fen."""
    year = case.family.as_of.year
    return int(
        total(
            payment.amount
            for done in case.seen.ledger.settlements.values()
            for payment in done.payments
            if done.visit.patient == binding.beneficiary
            and done.visit.on.year == year
            and (payment.purse, payment.holder) == (PurseKind.MUTUAL_AID, binding.payer)
        )
    )


def _by_another(case: _Case) -> Iterator[Fix]:
    """Another owner of an account to whom the beneficiary is known to be a relative binds them."""
    old = case.binding
    day = case.begins(old)
    if day is None:
        return
    for payer in case.seen.living(day):
        if payer.account is None or payer.id in (old.payer, old.beneficiary):
            continue
        relation = kinship(case.family, payer.id)[old.beneficiary].relation
        if relation is None:
            continue
        new = replace(old, payer=payer.id, relation=relation, since=day)
        title = f"改由{case.word(payer.id)}绑定"
        if case.stands(old):
            new = replace(new, id=free_id(case.family, "binding", day))
            ended = _ended(case.family, [old.id], day)
            family = replace(ended, bindings=(*ended.bindings, new))
        else:
            family = _replaced(case.family, old, new)
        yield Fix(title, Change(f"{title}{case.word(old.beneficiary)}", family, new.id))


def _by_wallet(case: _Case) -> Iterator[Fix]:
    old = case.binding
    day = case.begins(old)
    if day is not None and not case.stands(old):
        family = _replaced(case.family, old, replace(old, channel=Channel.WALLET, since=day))
        step = f"改由医保钱包绑定{case.word(old.beneficiary)}"
        yield Fix("改走医保钱包", Change(step, family, old.id))


def _from_today(case: _Case) -> Iterator[Fix]:
    """What was refused on its first day is asked for again, under the law of today."""
    old = case.binding
    if case.stands(old) or case.begins(old) != case.family.as_of:
        return
    family = _replaced(case.family, old, replace(old, since=case.family.as_of))
    yield Fix("从今天起重新绑定", Change(f"重新绑定{case.word(old.beneficiary)}", family, old.id))


def _end_before(case: _Case) -> Iterator[Fix]:
    """What stood until then ends on the day before."""
    old = case.binding
    if case.stands(old) and old.since < case.finding.on:
        last = case.finding.on - _DAY
        family = _replaced(case.family, old, replace(old, until=last))
        step = f"结束{case.word(old.beneficiary)}的绑定"
        yield Fix(f"绑定到 {last} 为止", Change(step, family, old.id))


def _remove(case: _Case) -> Iterator[Fix]:
    """What was refused never came to be."""
    old = case.binding
    if not case.stands(old):
        step = f"删除{case.word(old.beneficiary)}的绑定"
        yield Fix("删除这条绑定", Change(step, without_binding(case.family, old.id), old.beneficiary))


def _ask_again(case: _Case) -> Iterator[Fix]:
    """What no rule covered on its first day; a visit or premium has no other day."""
    if any(one.id == case.finding.about[0] for one in case.family.bindings):
        yield from _from_today(case)
        yield from _remove(case)


def _replaced(family: Family, old: Binding, new: Binding) -> Family:
    return replace(family, bindings=tuple(new if one == old else one for one in family.bindings))


def _ended(family: Family, names: Iterable[str], day: date) -> Family:
    """What still holds on the day ends the day before; one that began on that very day is taken out."""
    ending = set(names)
    for one in family.bindings:
        if one.id in ending and one.holds_on(day):
            family = (
                _replaced(family, one, replace(one, until=day - _DAY))
                if one.since < day
                else without_binding(family, one.id)
            )
    return family


# ------------------------------------------------------------------------------------------- visits, premiums


def _take_back(case: _Case) -> Iterator[Fix]:
    visit = case.event
    if isinstance(visit, Visit) and case.finding.severity is Severity.ERROR:
        on = max(case.family.as_of, visit.on)
        refund = Refund(free_id(case.family, "refund", on), on, visit.id)
        family = replace(case.family, events=(*case.family.events, refund))
        yield Fix("冲正这一笔", Change(f"冲正{_named(case, visit)}", family, refund.id))


def _in_cash(case: _Case) -> Iterator[Fix]:
    visit = case.event
    if isinstance(visit, Visit) and case.finding.severity is Severity.ERROR:
        family = _recorded(case.family, visit, replace(visit, use_account=False))
        yield Fix("改为现金", Change(f"改用现金支付{_named(case, visit)}", family, visit.id))


def _named(case: _Case, visit: Visit) -> str:
    return f"{case.word(visit.patient)}的{label(visit.setting)} {visit.on}"


def _premium_in_cash(case: _Case) -> Iterator[Fix]:
    paid = case.event
    assert isinstance(paid, PremiumPayment)
    family = _recorded(case.family, paid, replace(paid, paid_from=None))
    step = f"改用现金缴{case.word(paid.insured)} {paid.benefit_year} 年度的保费"
    yield Fix("改为现金", Change(step, family, paid.id))


def _drop(case: _Case) -> Iterator[Fix]:
    """A premium, a refund or a gift that never came about: no money moved. One that others name stays."""
    gone = case.event
    if gone.id not in _refunded(case.family):
        family = replace(case.family, events=tuple(one for one in case.family.events if one != gone))
        kind = _KINDS.get(type(gone), "缴费")
        yield Fix("删除这一笔", Change(f"删除{kind} {gone.on}", family, gone.id))


def _drop_forbidden(case: _Case) -> Iterator[Fix]:
    """What is only in doubt stays."""
    if case.finding.severity is Severity.ERROR:
        yield from _drop(case)


def _the_other_way(case: _Case) -> Iterator[Fix]:
    """What was sent was a quota, or what was said to be a quota was sent."""
    gift = case.event
    assert isinstance(gift, WalletTransfer | WalletQuota)
    sent = isinstance(gift, WalletTransfer)
    title = "改记为共济额度" if sent else "改记为医保钱包转账"
    record = WalletQuota if sent else WalletTransfer
    other = record(gift.id, gift.on, gift.payer, gift.beneficiary, gift.amount, at=gift.at, note=gift.note)
    events = tuple(other if one is gift else one for one in case.family.events)
    yield Fix(title, Change(title, replace(case.family, events=events), gift.id))


def _refunded(family: Family) -> set[str]:
    plans = [one for one in (family.plan, *(one.plan for one in family.scenarios)) if one is not None]
    layers = [family.events, *(one.events for one in family.scenarios), *(one.expected for one in plans)]
    return {event.of for layer in layers for event in layer if isinstance(event, Refund)}


def _recorded(family: Family, old: Event, new: Event) -> Family:
    return replace(family, events=tuple(new if one == old else one for one in family.events))


# ---------------------------------------------------------------------------------------- people, the reading


def _stop_later(case: _Case) -> Iterator[Fix]:
    """The later record was never valid."""
    person = case.family.person(case.finding.about[0])
    pairs = tuple(person.enrolled_twice())
    later = {after for _, after in pairs}
    words = "、".join(dict.fromkeys(label(after.scheme) for _, after in pairs))
    coverage = tuple(one for one in person.coverage if one not in later)
    yield _insured(case, person.id, coverage, f"删去后来的{words}")


def _stop_earlier(case: _Case) -> Iterator[Fix]:
    person = case.family.person(case.finding.about[0])
    ends = {
        before: after.since - _DAY for before, after in person.enrolled_twice() if before.since < after.since
    }
    for before, last in tuple(ends.items())[:1]:
        coverage = tuple(replace(one, until=ends[one]) if one in ends else one for one in person.coverage)
        yield _insured(case, person.id, coverage, f"{label(before.scheme)}到 {last} 为止")


def _insured(case: _Case, person: str, coverage: tuple[Coverage, ...], title: str) -> Fix:
    people = tuple(replace(one, coverage=coverage) if one.id == person else one for one in case.family.people)
    step = f"改{case.word(person)}的参保记录"
    return Fix(title, Change(step, replace(case.family, people=people), person))


_SETTINGS = {
    "mutual_aid.pays_for": ("mutual_aid_pays_out_of_scope", "家庭共济"),
    "own_account.pays_for": ("own_account_pays_out_of_scope", "本人账户"),
}


def _read_otherwise(case: _Case) -> Iterator[Fix]:
    """What is disputed is reckoned the other way."""
    known = _SETTINGS.get(case.finding.because.key)
    if known is not None:
        field, words = known
        family = replace(case.family, settings=replace(case.family.settings, **{field: True}))
        yield Fix("改口径", Change(f"改口径为{words}可付目录外自费", family))


_WAYS: Mapping[str, tuple[Callable[[_Case], Iterator[Fix]], ...]] = {
    "binding.two_payers": (_hand_over, _keep_the_first),
    "binding.relation_not_allowed": (_by_another, _from_today, _remove),
    "binding.payer_has_no_account": (_by_another, _from_today, _end_before, _remove),
    "binding.payer_suspended": (_by_another, _from_today, _end_before, _remove),
    "binding.beneficiary_not_insured": (_from_today, _end_before, _remove),
    "binding.outside_area": (_by_another, _by_wallet, _from_today, _end_before, _remove),
    "binding.too_many_active": (_from_today, _make_room, _by_another, _remove),
    "binding.too_many_lifetime": (_by_another, _remove),
    "enrolment.double": (_stop_later, _stop_earlier),
    "policy.not_covered": (_ask_again,),
    "premium.account_short": (_premium_in_cash, _drop),
    "premium.not_resident": (_drop,),
    "premium.outside_window": (_premium_in_cash, _drop),
    "premium.paid_twice": (_drop,),
    "premium.payer_not_bound": (_premium_in_cash, _drop),
    "premium.refund_too_late": (_drop,),
    "refund.nothing_to_return": (_drop,),
    "visit.credential_not_own": (_take_back,),
    "visit.item_not_payable": (_take_back, _in_cash, _read_otherwise),
    "visit.provider_not_designated": (_take_back,),
    "wallet.account_short": (_drop,),
    "wallet.closed_at_night": (_drop_forbidden,),
    "wallet.not_bound": (_drop,),
    "wallet.not_online": (_drop,),
    "wallet.over_amount": (_drop,),
    "wallet.too_many_in_a_day": (_drop,),
    "wallet.wrong_regime": (_the_other_way, _drop),
}
