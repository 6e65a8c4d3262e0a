"""流水的字。What a line is called: its kind, its summary, and what is wrong with it in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.domain.account import Credited
from desktop.domain.care import Purpose, Setting, Visit
from desktop.domain.finding import Severity
from desktop.domain.money import NOTHING, Rate
from desktop.domain.premium import PremiumPayment
from desktop.domain.settlement import EntryKind, PremiumPaid, Refunded, Settlement
from desktop.domain.terms import label
from desktop.ui.look.tokens import Source, Verdict
from desktop.ui.widgets.painting import Slice
from desktop.ui.widgets.verdicts import verdict_word
from desktop.usecases.matter_words import told_of
from desktop.usecases.matters import is_matter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from desktop.domain.event import Matter
    from desktop.domain.finding import Finding
    from desktop.domain.money import Money
    from desktop.usecases.account_lines import Line
    from desktop.usecases.kin import Kin

_VERDICTS = {Severity.ERROR: Verdict.BAD, Severity.WARNING: Verdict.WARN, Severity.NOTE: Verdict.INFO}
_tr = QCoreApplication.translate


def kind_key(line: Line) -> str:
    """Visits by their setting, everything else by what it is."""
    visit = _visit(line)
    return str(visit.setting) if visit is not None else str(line.kind)


def _visit(line: Line) -> Visit | None:
    """Settled or not."""
    what = line.what
    return what.visit if isinstance(what, Settlement) else what if isinstance(what, Visit) else None


def kind_word(key: str) -> str:
    """购药, 门诊, 划入 …: two or three characters for a column."""
    words: dict[str, str] = {
        Setting.OUTPATIENT: _tr("Ledger", "门诊"),
        Setting.EMERGENCY: _tr("Ledger", "急诊"),
        Setting.CHRONIC: _tr("Ledger", "慢特病"),
        Setting.INPATIENT: _tr("Ledger", "住院"),
        Setting.PHARMACY: _tr("Ledger", "购药"),
        EntryKind.OPENING: _tr("Ledger", "期初"),
        EntryKind.CREDIT: _tr("Ledger", "划入"),
        EntryKind.VISIT: _tr("Ledger", "就诊"),
        EntryKind.PREMIUM: _tr("Ledger", "缴费"),
        EntryKind.REFUND: _tr("Ledger", "冲正"),
        EntryKind.WALLET: _tr("Ledger", "钱包"),
        EntryKind.WALLET_BACK: _tr("Ledger", "退回"),
        EntryKind.TRANSFER_OUT: _tr("Ledger", "转出"),
        EntryKind.TRANSFER_IN: _tr("Ledger", "转入"),
        EntryKind.ARREARS: _tr("Ledger", "补缴"),
        EntryKind.ENROLMENT: _tr("Ledger", "参保"),
        EntryKind.RETIREMENT: _tr("Ledger", "退休"),
        EntryKind.DEATH: _tr("Ledger", "去世"),
        EntryKind.PAYOUT: _tr("Ledger", "支取"),
    }
    return words[key]


def cause_words(person: str, setting: Setting | None) -> str:
    """母亲住院, or 缴居民医保费 where it was no visit."""
    if setting is None:
        return _tr("Ledger", "{person}缴居民医保费").format(person=person)
    return f"{person}{kind_word(setting)}"


def summary(line: Line, known: Mapping[str, Kin]) -> str:
    """What the line was for; its own note where it has one. Of a matter both."""
    what = line.what
    if is_matter(what):
        return "，".join(part for part in (*_matter(line, what, known), line.note) if part)
    if isinstance(what, Refunded):
        on, kind = _origin(what)
        words = _tr("Ledger", "冲正 {day} {kind}").format(day=f"{on:%m-%d}", kind=kind)
        return f"{words}，{line.note}" if line.note else words
    return line.note or _unnoted(line)


def _unnoted(line: Line) -> str:
    what, visit = line.what, _visit(line)
    if visit is not None:
        provider = visit.provider
        return label(provider.level) if provider.level is not None else label(provider.kind)
    payment = what.payment if isinstance(what, PremiumPaid) else what
    if isinstance(payment, PremiumPayment):
        return _tr("Ledger", "{year}年度居民医保").format(year=payment.benefit_year)
    if isinstance(what, Credited):
        return _credit(what)
    return label(line.kind)


def _matter(line: Line, matter: Matter, known: Mapping[str, Kin]) -> Iterator[str]:
    """What was done, and what it cost or brought in cash; of what follows later only its kind."""
    if line.on != matter.on:
        yield label(line.kind)
        return
    yield str(told_of(matter, {person: kin.word for person, kin in known.items()}))
    if line.besides > NOTHING:
        yield _tr("Ledger", "付现金 {sum} 元").format(sum=f"{line.besides:,}")
    elif line.besides < NOTHING:
        yield _tr("Ledger", "领到 {sum} 元").format(sum=f"{-line.besides:,}")


def _credit(what: Credited) -> str:
    rate = getattr(what.because, "value", None)
    if what.base is None or not isinstance(rate, Rate):
        return _tr("Ledger", "{month}月 个人账户划入").format(month=what.on.month)
    words = _tr("Ledger", "{month}月 个人账户划入（{base} × {rate}）")
    return words.format(month=what.on.month, base=f"{what.base:,}", rate=rate)


def _origin(what: Refunded) -> tuple[date, str]:
    """The day and the kind of what was taken back."""
    if isinstance(what.of, Settlement):
        return what.of.visit.on, kind_word(what.of.visit.setting)
    return what.of.payment.on, kind_word(EntryKind.PREMIUM)


def origin_day(line: Line) -> str:
    return f"{_origin(line.what)[0]:%m-%d}" if isinstance(line.what, Refunded) else ""


def worst(line: Line) -> Finding | None:
    """The gravest finding about a line."""
    return min(line.findings, key=lambda one: list(Severity).index(one.severity), default=None)


def verdict_of(finding: Finding) -> Verdict:
    """What no rule is known about is open, however grave that is for the sum."""
    return Verdict.INFO if finding.rule == "policy.not_covered" else _VERDICTS[finding.severity]


def chip_words(line: Line, finding: Finding) -> str:
    """不可以：养生保健."""
    verdict = verdict_word(verdict_of(finding))
    reason = _reason(line, finding)
    return f"{verdict}：{reason}" if reason else verdict


def _reason(line: Line, finding: Finding) -> str:
    if finding.rule == "visit.item_not_payable" and isinstance(line.what, Settlement):
        purpose = line.what.visit.purpose
        return label(purpose) if purpose is not Purpose.TREATMENT else _tr("Ledger", "自费部分")
    return {
        "visit.credential_not_own": _tr("Ledger", "用了别人的凭证"),
        "visit.not_covered_yet": _tr("Ledger", "没有医保待遇"),
        "visit.provider_not_designated": _tr("Ledger", "不是定点机构"),
        "premium.account_short": _tr("Ledger", "余额不足"),
        "premium.group_not_newborn": _tr("Ledger", "不是当年新生儿"),
        "premium.group_amount_differs": _tr("Ledger", "金额与档次不符"),
        "premium.not_resident": _tr("Ledger", "不是居民医保"),
        "premium.outside_window": _tr("Ledger", "不在征缴期"),
        "premium.paid_twice": _tr("Ledger", "已经缴过"),
        "premium.payer_not_bound": _tr("Ledger", "没有绑定"),
        "premium.refund_ground_not_allowed": _tr("Ledger", "缘由不能退费"),
        "premium.refund_too_late": _tr("Ledger", "过了退费期"),
        "refund.nothing_to_return": _tr("Ledger", "没有可退的"),
        "wallet.account_short": _tr("Ledger", "余额不够"),
        "wallet.closed_at_night": _tr("Ledger", "夜间不能转账"),
        "wallet.frozen_quota_spent": _tr("Ledger", "额度已冻结"),
        "wallet.not_bound": _tr("Ledger", "没有钱包共济关系"),
        "wallet.not_online": _tr("Ledger", "当地没有开通"),
        "wallet.over_amount": _tr("Ledger", "超过每次限额"),
        "wallet.too_many_in_a_day": _tr("Ledger", "超过每天次数"),
        "wallet.wrong_regime": _tr("Ledger", "不是当时的办法"),
        "policy.not_covered": _tr("Ledger", "没有收录规则"),
    }.get(finding.rule, "")


def paid(line: Line) -> tuple[tuple[Source, Money | None], ...]:
    """What each source paid, in the order of payment."""
    return (
        (Source.FUND, line.fund),
        (Source.OWN, line.own),
        (Source.SHARE, line.mutual_aid),
        (Source.CASH, line.cash),
    )


def slices(line: Line) -> tuple[Slice, ...]:
    """The bar of a line; a refund's shows who got how much back."""
    return tuple(Slice(source, -sum_ if sum_ < 0 else sum_) for source, sum_ in paid(line) if sum_)
