"""账户的终点。On what grounds money may be taken out, and how much of it."""

from datetime import date

import pytest

from desktop.domain.matter import PayoutReason
from desktop.policy.policy import NotCovered
from desktop.rules.closing import may_be_paid_out, paid_out
from tests.families import CHANGSHA, ELSEWHERE, ZHUZHOU, shipped, yuan

DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("reason", "area", "on", "allowed"),
    [
        (PayoutReason.INHERITANCE, CHANGSHA, DAY, True),
        (PayoutReason.INHERITANCE, ELSEWHERE, DAY, True),
        (PayoutReason.EMIGRATION, ZHUZHOU, DAY, True),
        (PayoutReason.NOT_TRANSFERABLE, ZHUZHOU, DAY, True),
        (PayoutReason.OLD_CARD, CHANGSHA, DAY, True),
        (PayoutReason.OLD_CARD, CHANGSHA, date(2025, 4, 4), False),
        (PayoutReason.OLD_CARD, ZHUZHOU, DAY, False),
        (PayoutReason.OTHER, CHANGSHA, DAY, False),
    ],
)
def test_on_what_grounds_money_may_be_taken_out(
    reason: PayoutReason, area: str, on: date, allowed: bool
) -> None:
    assert may_be_paid_out(reason, shipped().law(area, on))[0] is allowed


def test_that_elsewhere_only_inheriting_is_known() -> None:
    with pytest.raises(NotCovered):
        may_be_paid_out(PayoutReason.EMIGRATION, shipped().law(ELSEWHERE, DAY))


def test_that_all_is_paid_out_or_what_was_stated_but_never_more_than_there_is() -> None:
    assert paid_out(None, yuan(500)) == yuan(500)
    assert paid_out(yuan(200), yuan(500)) == yuan(200)
    assert paid_out(yuan(800), yuan(500)) == yuan(500)
