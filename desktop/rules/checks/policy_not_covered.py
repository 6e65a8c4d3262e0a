"""没有规则可依。No pack answers for the day: nothing is settled, nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.policy.policy import NotCovered, Silence, Unpublished

if TYPE_CHECKING:
    from datetime import date


def binding_not_covered(about: tuple[str, ...], on: date, missing: NotCovered) -> Finding:
    return Finding(
        "policy.not_covered",
        Severity.ERROR,
        about=about,
        on=on,
        says=text("{on} 没有收录绑定要用的规则（{key}），这条绑定没有生效", key=missing.key, on=on),
        because=Silence(missing.key),
        fix=(text("核对绑定的日期和渠道"), text("或装入写有这一天规则的政策包")),
    )


def matter_not_covered(about: tuple[str, ...], on: date, missing: NotCovered) -> Finding:
    return Finding(
        "policy.not_covered",
        Severity.ERROR,
        about=about,
        on=on,
        says=text("{on} 没有收录办理这件事要用的规则（{key}），没有推算办理的结果", key=missing.key, on=on),
        because=Silence(missing.key),
        fix=(text("请先拨打 12393 核实"), text("或装入写有这一天规则的政策包")),
    )


def not_covered(about: tuple[str, ...], on: date, missing: NotCovered) -> Finding:
    known = isinstance(missing, Unpublished)
    by_bill = "有票据的，填上票据写明的基金支付金额"
    by_hall = "缴费标准还没有收录，缴费前先拨打 12393 核实"
    return Finding(
        "policy.not_covered",
        Severity.ERROR,
        about=about,
        on=on,
        says=text(
            "这一笔要用的规则（{key}）确有其数，但没有公布，没有结算"
            if known
            else "{on} 没有收录可用的规则（{key}），没有结算",
            key=missing.key,
            on=on,
        ),
        because=Silence(missing.key),
        fix=(
            text(by_hall if missing.key.startswith("premium.") else by_bill),
            text("或装入写有这一天规则的政策包"),
        ),
    )
