"""冒用凭证。钱可以共济，卡不能共用: the patient's own credential must be used, always."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.care import Credential
from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import VisitCase


def credential_not_own(case: VisitCase) -> Iterator[Finding]:
    if case.visit.credential is Credential.OWN:
        return
    rule = case.law.policy.flag("visit.own_credential")
    if not rule.value:
        return
    yield Finding(
        "visit.credential_not_own",
        Severity.ERROR,
        about=(case.visit.id, case.patient.id),
        on=case.visit.on,
        says=text("{patient}用了别人的医保凭证，钱可以共济，卡不能共用", patient=case.patient.name),
        because=rule,
        fix=(
            text("就诊时出示{patient}自己的医保码或社保卡", patient=case.patient.name),
            text("代人购药，请带齐两人的身份证件"),
        ),
    )
