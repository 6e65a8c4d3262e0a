"""口径测试。What the packs say of an open question, and a family that answers it its own way."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.family import Settings
from desktop.usecases.conventions import answer, credit_monthly, disputes
from desktop.usecases.review import review
from tests.families import CHANGSHA, family, shipped, worker

ME = worker(area=CHANGSHA)
MINE = family(ME, as_of=date(2026, 3, 1), credit_monthly=True)


def test_that_each_open_question_carries_what_the_packs_say_and_why() -> None:
    aid, own = disputes(review(MINE, shipped()))
    assert (aid.field, aid.chosen, aid.by_pack) == ("mutual_aid_pays_out_of_scope", None, False)
    assert (own.field, own.chosen, own.by_pack) == ("own_account_pays_out_of_scope", None, True)
    assert aid.basis.disputed
    assert own.basis.disputed
    assert aid.basis.others == ("个人负担的医疗费用都可付，含目录外自费",)


def test_that_a_day_no_pack_speaks_of_has_no_questions() -> None:
    long_ago = family(worker(area=CHANGSHA), as_of=date(1999, 1, 1))
    assert disputes(review(long_ago, shipped())) == ()


@pytest.mark.parametrize(
    ("field", "chosen", "step"),
    [
        ("mutual_aid_pays_out_of_scope", True, "改口径：家庭共济付目录外自费可以"),
        ("mutual_aid_pays_out_of_scope", None, "改口径：家庭共济付目录外自费随规则包"),
        ("own_account_pays_out_of_scope", False, "改口径：本人账户付目录外自费不可以"),
    ],
)
def test_that_an_answer_is_a_named_step(field: str, chosen: bool | None, step: str) -> None:
    change = answer(MINE, field, chosen)
    assert change.step == step
    assert getattr(change.family.settings, field) is chosen
    again = review(change.family, shipped())
    assert next(one for one in disputes(again) if one.field == field).chosen is chosen


def test_that_crediting_can_be_left_to_the_bank_book() -> None:
    off = credit_monthly(MINE, monthly=False)
    assert (off.step, off.family.settings) == ("改口径：不自动计入账户", Settings(credit_monthly=False))
    on = credit_monthly(off.family, monthly=True)
    assert (on.step, on.family) == ("改口径：每月按规则计入账户", MINE)
