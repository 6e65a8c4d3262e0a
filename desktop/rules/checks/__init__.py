"""检查。Each broken rule is one file here and one line in these lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.rules.checks.binding_beneficiary_not_insured import beneficiary_not_insured
from desktop.rules.checks.binding_outside_area import outside_area
from desktop.rules.checks.binding_payer_balance_zero import payer_balance_zero
from desktop.rules.checks.binding_payer_has_no_account import payer_has_no_account
from desktop.rules.checks.binding_payer_suspended import payer_suspended
from desktop.rules.checks.binding_relation_not_allowed import relation_not_allowed
from desktop.rules.checks.binding_too_many_active import too_many_active
from desktop.rules.checks.binding_too_many_lifetime import too_many_lifetime
from desktop.rules.checks.binding_two_payers import two_payers
from desktop.rules.checks.premium_account_short import account_short
from desktop.rules.checks.premium_not_resident import not_resident
from desktop.rules.checks.premium_outside_window import outside_window
from desktop.rules.checks.premium_paid_twice import paid_twice
from desktop.rules.checks.premium_payer_not_bound import payer_not_bound
from desktop.rules.checks.premium_refund_too_late import refund_too_late
from desktop.rules.checks.refund_nothing_to_return import nothing_to_return
from desktop.rules.checks.visit_credential_not_own import credential_not_own
from desktop.rules.checks.visit_item_not_payable import item_not_payable
from desktop.rules.checks.visit_not_covered_yet import not_covered_yet
from desktop.rules.checks.visit_provider_not_designated import provider_not_designated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop.domain.finding import Finding
    from desktop.rules.case import BindingCase, PremiumCase, RefundCase, VisitCase

ON_BINDING: tuple[Callable[[BindingCase], Iterator[Finding]], ...] = (
    relation_not_allowed,
    payer_has_no_account,
    payer_suspended,
    beneficiary_not_insured,
    outside_area,
    two_payers,
    too_many_active,
    too_many_lifetime,
)
"""绑定当天，像经办窗口那样判断一次。"""

ON_STANDING_BINDING: tuple[Callable[[BindingCase], Iterator[Finding]], ...] = (payer_balance_zero,)
"""绑定成立之后的提醒。"""

ON_PAYING: tuple[Callable[[BindingCase], Iterator[Finding]], ...] = (
    payer_has_no_account,
    payer_suspended,
    beneficiary_not_insured,
    outside_area,
)
"""绑定要付钱的每一天，再判断一次。"""

ON_VISIT: tuple[Callable[[VisitCase], Iterator[Finding]], ...] = (
    provider_not_designated,
    credential_not_own,
    item_not_payable,
    not_covered_yet,
)

ON_PREMIUM: tuple[Callable[[PremiumCase], Iterator[Finding]], ...] = (
    not_resident,
    paid_twice,
    outside_window,
    payer_not_bound,
    account_short,
)

ON_REFUND: tuple[Callable[[RefundCase], Iterator[Finding]], ...] = (nothing_to_return, refund_too_late)
