"""依据与建议。What a report finds, by which clauses, and what to do about it first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.finding import Severity
from desktop.usecases.basis import basis
from desktop.usecases.concerns import record_of
from desktop.usecases.effects import effect_of
from desktop.usecases.fixes import fixes_of
from desktop.usecases.kin import kinship, told
from desktop.usecases.snoozes import awake

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.finding import Finding
    from desktop.usecases.effects import Effect
    from desktop.usecases.fixes import Fix
    from desktop.usecases.review import Review

MOST_ACTIONS = 3
_ORDER = tuple(Severity)
_SHORT = {
    "account.base_missing": "没有填缴费基数",
    "account.credit_not_covered": "有几个月没有划入",
    "account.not_opened_yet": "期初登记得晚",
    "binding.beneficiary_not_insured": "没有参保",
    "binding.outside_area": "不在同一个省",
    "binding.payer_balance_zero": "共济人余额曾为 0",
    "binding.payer_has_no_account": "共济人没有账户",
    "binding.payer_suspended": "共济人停保",
    "binding.relation_not_allowed": "不在近亲属之内",
    "binding.too_many_active": "绑定人数已满",
    "binding.too_many_lifetime": "累计人数已满",
    "binding.two_payers": "同时有两位共济人",
    "enrolment.arrears_in_future": "补缴补到了以后",
    "enrolment.arrears_not_owed": "没有欠缴",
    "enrolment.double": "重复参保",
    "enrolment.not_qualified": "不符合参保条件",
    "enrolment.order": "没有参保过就补缴",
    "policy.not_covered": "规则没有收录",
    "premium.account_short": "缴费时余额不足",
    "premium.group_not_newborn": "不是当年新生儿",
    "premium.not_resident": "不是居民医保",
    "premium.outside_window": "缴费不在征缴期",
    "premium.paid_twice": "保费缴过了",
    "premium.payer_not_bound": "缴费人没有绑定",
    "premium.refund_ground_not_allowed": "缘由不能退费",
    "premium.refund_too_late": "过了退费期",
    "refund.nothing_to_return": "没有可退的",
    "visit.credential_not_own": "用了别人的凭证",
    "visit.item_not_payable": "有费用不能用账户",
    "visit.not_covered_yet": "有一天没有待遇",
    "visit.provider_not_designated": "不是定点机构",
    "wallet.account_short": "钱包转账余额不够",
    "wallet.closed_at_night": "夜间不能往医保钱包转账",
    "wallet.frozen_quota_spent": "冻结的额度不能自己用",
    "wallet.not_bound": "没有医保钱包的共济关系",
    "wallet.not_online": "当地没有开通医保钱包",
    "wallet.over_amount": "医保钱包转账超过每次限额",
    "wallet.too_many_in_a_day": "医保钱包转账超过每天次数",
    "wallet.wrong_regime": "医保钱包的办法已经不同",
}


@dataclass(frozen=True, slots=True)
class Action:
    """What to do: a title, and a sentence with what it rests on.

    `lasting` says what becomes of the account, where it lasts longer for it.
    """

    title: str
    detail: str
    lasting: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """依据: what was found, by which clause since when, and how sure it is; `others` dispute it."""

    severity: Severity
    sentence: str
    clause: str
    document: str
    since: str
    confidence: str
    disputed: bool
    others: tuple[str, ...]


def verdict_of(finding: Finding) -> Severity:
    """What no rule is known about is open, however grave that is for the sum."""
    return Severity.NOTE if finding.rule == "policy.not_covered" else finding.severity


def rank(finding: Finding) -> int:
    """The gravest first."""
    return _ORDER.index(verdict_of(finding))


def short_words(finding: Finding) -> str:
    """In so few words that a column holds them."""
    return _SHORT.get(finding.rule, "")


def grounds_of(seen: Review) -> tuple[Ground, ...]:
    return tuple(_ground(seen, one) for one in sorted(awake(seen.ledger), key=rank))


def _ground(seen: Review, finding: Finding) -> Ground:
    rests = basis(seen.book, finding.because)
    return Ground(
        severity=verdict_of(finding),
        sentence=told(finding.says, seen.family, kinship(seen.family, seen.holder.id)),
        clause=rests.says,
        document="，".join(one for one in (rests.title, rests.number) if one) or "本程序的约定",
        since=str(rests.since) if rests.since is not None else "",
        confidence=rests.confidence,
        disputed=rests.disputed,
        others=rests.others,
    )


# ---------------------------------------------------------------------------------------------------- actions


def actions_of(seen: Review) -> tuple[Action, ...]:
    """At most three, with what each does to the money; what is only to be known of the rules is none."""
    found = [one for one in sorted(awake(seen.ledger), key=rank) if not one.rule.startswith("policy.")]
    return tuple(_action(seen, one) for one in found[:MOST_ACTIONS])


def _action(seen: Review, finding: Finding) -> Action:
    """The first change that puts it right; where only a person can, the advice of the rule."""
    known = kinship(seen.family, seen.holder.id)
    _, person = record_of(finding, seen.family)
    who = known[person].word if person else ""
    why = told(finding.says, seen.family, known)
    fixes = fixes_of(seen, finding) if finding.severity is not Severity.NOTE else ()
    if not fixes:
        advice = told(finding.fix[0], seen.family, known) if finding.fix else "核对这条记录"
        title = f"{who}：{advice}" if who else advice
        return Action(title, f"{why}。{_by(seen, finding)}")
    effect = effect_of(seen, fixes[0].change.family)
    said = "。".join((why, *_money(effect), _by(seen, finding)))
    return Action(_title(who, fixes[0]), said, _lasting(effect))


def _title(who: str, fix: Fix) -> str:
    """母亲改由哥哥支付; a step that names the person already stands as it is."""
    return fix.change.step if who in fix.change.step else f"{who}{fix.title}"


def _by(seen: Review, finding: Finding) -> str:
    rests = basis(seen.book, finding.because)
    return f"依据 {rests.short or '本程序的约定'}，可信度{rests.confidence}"


def _money(effect: Effect) -> Iterator[str]:
    before, after = effect.before.lowest, effect.after.lowest
    if before is not None and after is not None and before != after:
        yield f"12 个月内最低由 {before:,} {'升到' if after > before else '降到'} {after:,}"


def _lasting(effect: Effect) -> str:
    before, after = effect.before.runs_out, effect.after.runs_out
    if before is None:
        return ""
    if after is None:
        return f"{len(effect.then.ahead.months) // 12} 年内不会不足"
    return f"推迟到{after.year}年{after.month}月不足" if after > before else ""
