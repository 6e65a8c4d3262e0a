"""稍后提醒测试。A finding put aside is not shown before its day, and can be taken up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.family import Snooze
from desktop.usecases.concerns import finding_key, unmet
from desktop.usecases.overview import overview
from desktop.usecases.review import Review, review
from desktop.usecases.snoozes import awake, remind, snooze, snoozed
from tests.families import bound, family, resident, shipped, visit, worker

if TYPE_CHECKING:
    from desktop.domain.finding import Finding

AS_OF = date(2025, 12, 31)


def seen() -> Review:
    people = (worker(), resident(), worker("bro", 500))
    twice = (bound(), bound("bro", "mum", date(2025, 6, 1)))
    return review(family(*people, bindings=twice, as_of=AS_OF), shipped())


def the_finding(one: Review) -> Finding:
    [found] = unmet(one.ledger)
    return found


def test_that_a_finding_put_aside_is_counted_nowhere_and_kept() -> None:
    before = seen()
    change = snooze(before.family, the_finding(before), 30)
    assert change.step == "设为 2026-01-30 再提醒"
    after = review(change.family, shipped())
    assert (before.errors, after.errors) == (1, 0)
    assert overview(after).attention == ()
    assert after.ledger.findings == before.ledger.findings
    assert snoozed(after.family) == {finding_key(the_finding(before)): date(2026, 1, 30)}


def test_that_it_is_shown_again_on_its_day() -> None:
    before = seen()
    aside = snooze(before.family, the_finding(before), 7).family
    day_before = review(replace(aside, as_of=date(2026, 1, 6)), shipped())
    on_its_day = review(replace(aside, as_of=date(2026, 1, 7)), shipped())
    assert (len(awake(day_before.ledger)), len(awake(on_its_day.ledger))) == (0, 1)


def test_that_it_can_be_taken_up_again() -> None:
    before = seen()
    aside = snooze(before.family, the_finding(before), 90).family
    change = remind(aside, the_finding(before))
    assert (change.step, change.family) == ("恢复提醒", before.family)


def test_that_putting_aside_again_moves_the_day_and_drops_what_is_over() -> None:
    before = seen()
    other = Snooze("visit.item_not_payable 2025-03-01 v1 mum", date(2026, 3, 1))
    over = Snooze("visit.not_covered_yet 2025-03-01 v2 mum", AS_OF)
    aside = snooze(replace(before.family, snoozes=(over, other)), the_finding(before), 7).family
    again = snooze(aside, the_finding(before), 30).family
    assert again.snoozes == (other, Snooze(finding_key(the_finding(before)), date(2026, 1, 30)))


def test_that_a_note_about_a_clause_stays_aside_as_more_rests_on_it() -> None:
    people = (worker(), resident())
    home = family(*people, bindings=(bound(),), events=(visit(on=date(2026, 6, 1)),), as_of=date(2026, 7, 1))
    first = review(home, shipped())
    note = next(one for one in unmet(first.ledger) if one.rule == "policy.not_checked_since")
    aside = snooze(home, note, 30).family
    more = replace(aside, events=(*aside.events, visit("v2", date(2026, 6, 2))))
    assert note.rule not in {one.rule for one in awake(review(more, shipped()).ledger)}
