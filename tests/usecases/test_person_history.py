"""缴费经历的登记测试。An office's record is kept with the person, and what cannot be is told at its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.errand import Errand
from desktop.domain.matter import AccountTransfer, Retirement
from desktop.domain.people import History
from desktop.domain.wallet import WalletTransfer
from desktop.usecases.changes import Change, Refused
from desktop.usecases.people import edit_person, entry_of, remove_person
from tests.families import CHANGSHA, ELSEWHERE, bound, family, resident, worker, yuan

TODAY = date(2026, 3, 1)
RECORD = History(date(2025, 12, 31), 240, 120, 6, (2023, 2024), (2024,))
OURS = replace(family(worker(), resident(), bindings=(bound(),)), as_of=TODAY)


def edited(history: History | None, retires_at: int | None = None) -> Change | Refused:
    entry = replace(entry_of(OURS.person("mum")), history=history, retires_at=retires_at)
    return edit_person(OURS, "mum", entry, TODAY)


def test_that_the_record_is_kept_with_the_person() -> None:
    done = edited(RECORD, 55)
    assert isinstance(done, Change)
    mum = done.family.person("mum")
    assert (mum.history, mum.retires_at) == (RECORD, 55)
    again = edit_person(done.family, "mum", replace(entry_of(mum), name="妈妈"), TODAY)
    assert isinstance(again, Change)
    assert again.family.person("mum").history == RECORD


@pytest.mark.parametrize(
    ("history", "places"),
    [
        (replace(RECORD, until=date(2026, 3, 2)), ["until"]),
        (replace(RECORD, local_months=241), ["local_months"]),
        (replace(RECORD, deemed_months=241), ["deemed_months"]),
        (replace(RECORD, employee_months=-1), ["employee_months", "local_months", "deemed_months"]),
        (replace(RECORD, employee_months=1201), ["employee_months"]),
        (replace(RECORD, resident_years=(2024, 2027)), ["resident_years"]),
        (replace(RECORD, resident_years=(2024, 2024)), ["resident_years"]),
        (replace(RECORD, zero_claim_years=(2022,)), ["zero_claim_years"]),
    ],
)
def test_that_what_cannot_be_is_told_at_its_field(history: History, places: list[str]) -> None:
    refused = edited(history)
    assert isinstance(refused, Refused)
    assert [one.place for one in refused.faults] == [f"history.{place}" for place in places]


def test_that_only_these_ages_of_retirement_are_known() -> None:
    refused = edited(None, 58)
    assert isinstance(refused, Refused)
    assert [one.place for one in refused.faults] == ["retires_at"]


def test_that_whoever_goes_takes_their_own_matters_and_errands_along() -> None:
    retired = Retirement("r", date(2026, 1, 5), "mum")
    moved = AccountTransfer("m", date(2026, 1, 6), "me", ELSEWHERE, CHANGSHA)
    errands = (Errand("a", "retirement", "mum", TODAY), Errand("b", "transfer", "me", TODAY))
    gone = remove_person(replace(OURS, events=(retired, moved), errands=errands), "mum")
    assert isinstance(gone, Change)
    assert gone.family.events == (moved,)
    assert gone.family.errands == errands[1:]


def test_that_money_between_two_people_keeps_both_in_the_book() -> None:
    sent = WalletTransfer("w", date(2026, 1, 5), "me", "mum", yuan(500))
    assert isinstance(remove_person(replace(OURS, events=(sent,)), "mum"), Refused)
