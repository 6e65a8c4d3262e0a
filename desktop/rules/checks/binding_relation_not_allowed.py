"""亲属范围。Only near relatives of the kinds named on the day may be bound; in-laws never."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.terms import label
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import BindingCase


def relation_not_allowed(case: BindingCase) -> Iterator[Finding]:
    allowed = case.law.policy.words("mutual_aid.relations", channel=case.channel)
    relation = case.binding.relation
    if relation.value in allowed.value:
        return
    yield Finding(
        "binding.relation_not_allowed",
        Severity.ERROR,
        about=(case.binding.id, case.beneficiary.id),
        on=case.day,
        says=text(
            "{beneficiary}是{payer}的{relation}，不在这一天可以绑定的亲属之内",
            beneficiary=case.beneficiary.name,
            payer=case.payer.name,
            relation=label(relation),
        ),
        because=allowed,
        fix=(
            text("由与{beneficiary}属于近亲属的职工绑定", beneficiary=case.beneficiary.name),
            text("不作绑定，由本人账户或现金支付"),
        ),
    )
