"""记办理事项测试。What was done at the office is recorded, mended, taken out; what cannot be is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.domain.matter import (
    AccountTransfer,
    ArrearsPaid,
    Death,
    EnrolledAs,
    Enrolment,
    Payout,
    PayoutReason,
    Retirement,
)
from desktop.domain.money import Money
from desktop.domain.people import Sex
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.usecases.bookings import delete_event, edit_event, reverse_event
from desktop.usecases.changes import Change, Refused
from desktop.usecases.matter_words import matter_name, matter_words
from desktop.usecases.matters import matter_of, record_matter, remove_matter, replace_matter
from tests.families import bound, family, resident, visit, with_events, worker, yuan

if TYPE_CHECKING:
    from desktop.domain.event import Matter

TODAY = date(2026, 3, 1)
ON = date(2026, 2, 3)
OURS = replace(family(worker(), resident(), bindings=(bound(),), events=(visit("v1"),)), as_of=TODAY)
SENT = WalletTransfer("x", ON, "me", "mum", yuan(500))
QUOTA = WalletQuota("x", ON, "me", "mum", yuan(3000))
ENROLLED = Enrolment("x", ON, "mum", EnrolledAs.FLEXIBLE, "430100")
ARREARS = ArrearsPaid("x", ON, "me", date(2025, 11, 1), date(2026, 1, 31))
MOVED = AccountTransfer("x", ON, "me", "441900", "430100")
RETIRED = Retirement("x", ON, "mum")
DIED = Death("x", ON, "mum")
PAID_OUT = Payout("x", ON, "mum", PayoutReason.INHERITANCE, "me")
EVERY: tuple[Matter, ...] = (SENT, QUOTA, ENROLLED, ARREARS, MOVED, RETIRED, DIED, PAID_OUT)


def made(result: Change | Refused) -> Change:
    assert isinstance(result, Change), result
    return result


def refused(result: Change | Refused) -> list[str]:
    assert isinstance(result, Refused), result
    assert all(fault.what for fault in result.faults)
    return [fault.place for fault in result.faults]


# ------------------------------------------------------------------------------------------------- the words


@pytest.mark.parametrize(
    ("matter", "words", "step"),
    [
        (SENT, "转给母亲的医保钱包 500.00 元", "记下给母亲的医保钱包转账"),
        (replace(SENT, accepted=False), "转给母亲的医保钱包 500.00 元，没有领取", "记下给母亲的医保钱包转账"),
        (
            replace(SENT, payer="mum", beneficiary="me"),
            "母亲转给本人的医保钱包 500.00 元",
            "记下给本人的医保钱包转账",
        ),
        (QUOTA, "给母亲开通跨省共济额度 3,000.00 元", "记下给母亲的共济额度"),
        (ENROLLED, "母亲在长沙参保登记（灵活就业人员）", "记下母亲的参保登记"),
        (ARREARS, "本人补缴 2025-11-01 至 2026-01-31 的欠费", "记下本人的补缴"),
        (
            replace(ARREARS, amount=yuan(1200)),
            "本人补缴 2025-11-01 至 2026-01-31 的欠费 1,200.00 元",
            "记下本人的补缴",
        ),
        (MOVED, "本人的账户从东莞转到长沙", "记下本人的账户转移"),
        (RETIRED, "母亲办理退休", "记下母亲的退休"),
        (DIED, "母亲去世", "记下母亲的去世"),
        (PAID_OUT, "母亲的账户支取（继承），由本人领取", "记下母亲的账户支取"),
        (
            replace(PAID_OUT, to=None, amount=yuan(9)),
            "母亲的账户支取（继承） 9.00 元",
            "记下母亲的账户支取",
        ),
    ],
)
def test_that_each_is_told_in_words_people_know(matter: Matter, words: str, step: str) -> None:
    family = replace(OURS, people=(OURS.people[0], replace(OURS.people[1], sex=Sex.FEMALE)))
    assert str(matter_words(family, matter)) == words
    assert made(record_matter(family, matter, TODAY)).step == step
    assert step == f"记下{matter_name(family, matter)}"


# ------------------------------------------------------------------------------------ recorded, mended, gone


@pytest.mark.parametrize("matter", EVERY, ids=lambda one: type(one).__name__)
def test_that_a_matter_is_recorded_mended_and_taken_out(matter: Matter) -> None:
    recorded = made(record_matter(OURS, matter, TODAY))
    kept = matter_of(recorded.family, recorded.about)
    assert kept == replace(matter, id=recorded.about)
    assert recorded.family.events[:-1] == OURS.events
    again = made(record_matter(recorded.family, replace(matter, on=TODAY), TODAY)) if matter != DIED else None
    assert again is None or again.about != recorded.about
    assert kept is not None
    mended = made(replace_matter(recorded.family, replace(kept, note="改"), TODAY))
    assert mended.step.startswith("修改")
    assert mended.family.events[-1].note == "改"
    gone = made(remove_matter(mended.family, kept.id))
    assert gone.step.startswith("删去")
    assert gone.family == OURS


def test_that_only_a_matter_can_be_mended_or_taken_out_here() -> None:
    assert refused(remove_matter(OURS, "v1")) == [""]
    assert refused(remove_matter(OURS, "nothing")) == [""]
    assert refused(replace_matter(OURS, SENT, TODAY)) == [""]
    recorded = made(record_matter(OURS, SENT, TODAY))
    wrong = replace(SENT, id=recorded.about, amount=Money(0))
    assert refused(replace_matter(recorded.family, wrong, TODAY)) == ["amount"]


def test_that_the_ledger_deletes_a_matter_and_does_not_reverse_it() -> None:
    recorded = made(record_matter(OURS, MOVED, TODAY))
    assert refused(reverse_event(recorded.family, recorded.about, TODAY)) == [""]
    deleted = made(delete_event(recorded.family, recorded.about))
    assert (deleted.step, deleted.family) == ("删去本人的账户转移", OURS)
    assert refused(edit_event(OURS, visit("nothing")))


# ------------------------------------------------------------------------------------------- what can't be


@pytest.mark.parametrize(
    ("matter", "fields"),
    [
        (replace(DIED, on=date(2026, 3, 2)), ["on"]),
        (replace(DIED, on=date(1899, 1, 1)), ["on", "on"]),
        (replace(DIED, on=date(1960, 1, 1)), ["on"]),
        (replace(DIED, person="uncle"), ["person"]),
        (replace(DIED, note="长" * 101), ["note"]),
        (replace(DIED, note="一\n二"), ["note"]),
        (replace(SENT, payer="uncle"), ["payer"]),
        (replace(SENT, beneficiary="uncle"), ["beneficiary"]),
        (replace(SENT, beneficiary="me"), ["beneficiary"]),
        (replace(QUOTA, beneficiary="me"), ["beneficiary"]),
        (replace(SENT, amount=Money(0)), ["amount"]),
        (replace(SENT, amount=Money(-1)), ["amount"]),
        (replace(SENT, amount=Money(10**17)), ["amount"]),
        (replace(ENROLLED, area="439800"), ["area"]),
        (replace(ENROLLED, monthly_base=Money(-1)), ["monthly_base"]),
        (replace(ARREARS, until=date(2025, 10, 1)), ["until"]),
        (replace(ARREARS, on=date(2025, 10, 1)), ["since"]),
        (replace(ARREARS, since=date(1800, 1, 1)), ["since"]),
        (replace(MOVED, origin="东莞"), ["origin"]),
        (replace(MOVED, destination="441900"), ["destination"]),
        (replace(MOVED, destination="4301"), ["destination"]),
        (replace(MOVED, done=date(2026, 2, 1)), ["done"]),
        (replace(MOVED, done=date(2026, 3, 2)), ["done"]),
        (replace(PAID_OUT, to="mum"), ["to"]),
        (replace(PAID_OUT, to="uncle"), ["to"]),
        (replace(PAID_OUT, reason=PayoutReason.OLD_CARD), ["amount"]),
    ],
    ids=str,
)
def test_that_what_cannot_be_is_refused_at_its_field(matter: Matter, fields: list[str]) -> None:
    mum = replace(OURS.people[1], born=date(1960, 5, 4))
    family = replace(OURS, people=(OURS.people[0], mum))
    assert refused(record_matter(family, matter, TODAY)) == fields


def test_that_nobody_dies_twice() -> None:
    recorded = made(record_matter(OURS, DIED, TODAY))
    assert refused(record_matter(recorded.family, replace(DIED, on=TODAY), TODAY)) == ["person"]
    later = replace(DIED, id=recorded.about, on=TODAY)
    assert made(replace_matter(recorded.family, later, TODAY)).family.events[-1] == later


def test_that_what_moves_on_is_done_by_today_or_not_yet() -> None:
    assert made(record_matter(OURS, replace(MOVED, done=TODAY), TODAY))
    assert made(record_matter(with_events(OURS, visit("v2")), replace(PAID_OUT, amount=None), TODAY))
