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
from desktop.rules.checks.death_twice import died_twice
from desktop.rules.checks.enrolment_arrears import (
    arrears_in_future,
    arrears_left,
    arrears_not_owed,
    credits_not_known,
    order,
)
from desktop.rules.checks.enrolment_not_qualified import not_qualified
from desktop.rules.checks.enrolment_waiting import benefits_not_known, history_missing, too_late_for_window
from desktop.rules.checks.matter_after_death import after_death, premium_after_death, visit_after_death
from desktop.rules.checks.matter_before_birth import before_birth
from desktop.rules.checks.payout_heir_not_alive import heir_not_alive
from desktop.rules.checks.payout_not_allowed import not_allowed
from desktop.rules.checks.payout_owner_alive import owner_alive
from desktop.rules.checks.payout_still_bound import still_bound
from desktop.rules.checks.premium_account_short import account_short
from desktop.rules.checks.premium_group import group_amount_differs, group_not_newborn
from desktop.rules.checks.premium_not_resident import not_resident
from desktop.rules.checks.premium_outside_window import outside_window
from desktop.rules.checks.premium_paid_twice import paid_twice
from desktop.rules.checks.premium_payer_not_bound import payer_not_bound
from desktop.rules.checks.premium_refund_ground import refund_ground_not_allowed
from desktop.rules.checks.premium_refund_too_late import refund_too_late
from desktop.rules.checks.refund_nothing_to_return import nothing_to_return
from desktop.rules.checks.retirement_not_employee import not_employee
from desktop.rules.checks.retirement_too_early import too_early
from desktop.rules.checks.retirement_twice import retired_already
from desktop.rules.checks.retirement_years_short import years_short, years_unknown
from desktop.rules.checks.transfer_binding_unknown import binding_unknown
from desktop.rules.checks.transfer_never_insured_there import never_insured_there
from desktop.rules.checks.transfer_no_account import no_account
from desktop.rules.checks.transfer_preconditions import arrears_first, not_enrolled_there
from desktop.rules.checks.transfer_same_place import same_place
from desktop.rules.checks.visit_credential_not_own import credential_not_own
from desktop.rules.checks.visit_item_not_payable import item_not_payable
from desktop.rules.checks.visit_not_covered_yet import not_covered_yet
from desktop.rules.checks.visit_provider_not_designated import provider_not_designated
from desktop.rules.checks.wallet_closed_at_night import closed_at_night
from desktop.rules.checks.wallet_not_bound import not_bound
from desktop.rules.checks.wallet_not_online import not_online, online_unknown
from desktop.rules.checks.wallet_over_amount import over_amount
from desktop.rules.checks.wallet_too_many_in_a_day import too_many_in_a_day
from desktop.rules.checks.wallet_wrong_regime import wrong_regime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop.domain.finding import Finding
    from desktop.rules.case import (
        ArrearsCase,
        BindingCase,
        EnrolmentCase,
        MatterCase,
        PremiumCase,
        RefundCase,
        VisitCase,
        WalletCase,
    )

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
    visit_after_death,
    not_covered_yet,
)

ON_INSURED: tuple[Callable[[PremiumCase], Iterator[Finding]], ...] = (premium_after_death, not_resident)
"""Whether someone is to pay at all, whatever the standard is."""

ON_PREMIUM: tuple[Callable[[PremiumCase], Iterator[Finding]], ...] = (
    *ON_INSURED,
    paid_twice,
    group_not_newborn,
    group_amount_differs,
    outside_window,
    payer_not_bound,
    account_short,
)

ON_REFUND: tuple[Callable[[RefundCase], Iterator[Finding]], ...] = (
    nothing_to_return,
    refund_ground_not_allowed,
    refund_too_late,
)

ON_ENROLMENT: tuple[Callable[[EnrolmentCase], Iterator[Finding]], ...] = (
    not_qualified,
    too_late_for_window,
    history_missing,
    benefits_not_known,
)

ON_ARREARS: tuple[Callable[[ArrearsCase], Iterator[Finding]], ...] = (
    order,
    arrears_in_future,
    arrears_not_owed,
    arrears_left,
    credits_not_known,
)

ON_WALLET: tuple[Callable[[WalletCase], Iterator[Finding]], ...] = (
    wrong_regime,
    not_bound,
    not_online,
    online_unknown,
    over_amount,
    too_many_in_a_day,
    closed_at_night,
)
"""医保钱包转账和共济额度，只按医保钱包自己的规定，不用省内共济的。余额够不够，转的时候再看。"""

ON_MATTER: tuple[Callable[[MatterCase], Iterator[Finding]], ...] = (
    before_birth,
    after_death,
    died_twice,
    same_place,
    never_insured_there,
    arrears_first,
    not_enrolled_there,
    no_account,
    binding_unknown,
    not_employee,
    retired_already,
    too_early,
    years_short,
    years_unknown,
    owner_alive,
    heir_not_alive,
    not_allowed,
    still_bound,
)
"""参保、转移、退休、去世、支取：先后、前提和后果。"""
