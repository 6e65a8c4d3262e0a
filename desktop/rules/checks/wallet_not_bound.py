"""没有钱包共济关系。Money and quotas go only to a relative bound through the wallet, never to oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.rules.wallet import regime

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import WalletCase


def not_bound(case: WalletCase) -> Iterator[Finding]:
    if case.bound:
        return
    event, oneself = case.event, case.payer.id == case.beneficiary.id
    yield Finding(
        "wallet.not_bound",
        Severity.ERROR,
        about=(event.id, case.beneficiary.id),
        on=event.on,
        says=text("医保钱包不能转给本人，{payer}自己的账户可以直接用", payer=case.payer.name)
        if oneself
        else text(
            "{payer}和{beneficiary}这一天没有医保钱包的共济关系",
            payer=case.payer.name,
            beneficiary=case.beneficiary.name,
        ),
        because=regime(case.law),
        fix=(
            text("删去这一笔")
            if oneself
            else text(
                "先在国家医保服务平台的医保钱包里与{beneficiary}建立关系", beneficiary=case.beneficiary.name
            ),
        ),
    )
