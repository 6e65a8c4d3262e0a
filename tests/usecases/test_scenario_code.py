"""方案码。What a square code says of a family: every number, and nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import segno

from desktop.domain.care import Setting, Visit
from desktop.domain.plan import Chance, Dies, Plan, Recurring, Retires, Rhythm, Risk
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.trouble import InputRefused
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from desktop.usecases.scenario_code import FOR_THE_COUNTERS, LONGEST, NAME, decode, encode
from desktop.usecases.try_visit import try_visit
from tests.families import RESOURCES, bound, charged, family, hospital, resident, shipped, visit, worker, yuan

if TYPE_CHECKING:
    from desktop.domain.family import Family

TODAY = date(2026, 11, 21)
SAMPLES = ("sandwich-family", "young-couple", "retiree")


def sample(name: str) -> Review:
    return review(open_family(RESOURCES / "samples" / f"{name}.json", TODAY), shipped())


def code_of(family: Family) -> str:
    code = encode(review(family, shipped()))
    assert code is not None
    return code


def there_and_back(family: Family) -> Review:
    return review(decode(code_of(family), date(2030, 1, 1)), shipped())


@pytest.mark.parametrize("name", SAMPLES)
def test_that_a_square_code_no_larger_than_version_25_holds_a_sample(name: str) -> None:
    code = encode(sample(name))
    assert code is not None
    square = segno.make_qr(code, error="m", boost_error=False)
    assert int(square.version) <= 25
    assert square.mode == "alphanumeric"


@pytest.mark.parametrize("name", SAMPLES)
def test_that_nobody_can_be_found_in_it(name: str) -> None:
    seen = sample(name)
    family = decode(encode(seen) or "", TODAY)
    said = repr(family)
    for person in seen.family.people:
        assert person.name not in said
        assert person.id_number is None or person.id_number not in said
    for event in seen.family.events:
        assert not event.note or event.note not in said
    assert seen.family.name not in said
    assert {(one.born.month, one.born.day) for one in family.people if one.born} == {(7, 1)}


@pytest.mark.parametrize("name", SAMPLES)
def test_that_every_balance_is_the_same(name: str) -> None:
    seen = sample(name)
    then = there_and_back(seen.family)
    before = [seen.ledger.balance(one.id, TODAY) for one in seen.family.people]
    assert [then.ledger.balance(one.id, TODAY) for one in then.family.people] == before


@pytest.mark.parametrize("name", SAMPLES)
def test_that_the_years_ahead_are_the_same(name: str) -> None:
    seen = sample(name)
    then = there_and_back(seen.family)
    assert then.ahead.months == seen.ahead.months
    assert then.ahead.runs_out == seen.ahead.runs_out


@pytest.mark.parametrize("name", SAMPLES)
def test_that_the_next_bill_of_everyone_is_settled_to_the_same_fen(name: str) -> None:
    seen = sample(name)
    then = there_and_back(seen.family)
    for person, same in zip(seen.family.people, then.family.people, strict=True):
        bill = visit("next", TODAY, person.id, charged(1060, own=60))
        one = try_visit(seen.family, shipped(), bill).settled
        other = try_visit(then.family, shipped(), replace(bill, patient=same.id)).settled
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert [(p.purse, p.part, p.amount) for p in other.payments] == [
                (p.purse, p.part, p.amount) for p in one.payments
            ]
            assert other.year == one.year


def test_that_people_bear_the_words_for_their_relation() -> None:
    names = [one.name for one in decode(encode(sample("sandwich-family")) or "", TODAY).people]
    assert names[:4] == ["本人", "配偶", "母亲", "父亲"]


def test_that_two_of_one_word_are_told_apart() -> None:
    two = family(worker(), resident("a"), resident("b"), bindings=(bound("me", "a"), bound("me", "b")))
    assert [one.name for one in there_and_back(two).family.people] == ["本人", "父母", "父母2"]


def test_that_the_family_is_called_what_it_is() -> None:
    assert there_and_back(family(worker())).family.name == NAME


def test_that_an_account_that_opens_later_stays_as_it_is() -> None:
    opens = date(2026, 3, 1)
    later = family(worker(opened=opens))
    account = there_and_back(later).family.people[0].account
    assert account is not None
    assert (account.opened_on, account.opening) == (opens, yuan(1000))


def test_that_what_is_credited_on_the_day_is_not_counted_twice() -> None:
    day = date(2025, 7, 15)
    paid = family(worker(balance=0, base=8000, opened=day), as_of=day, credit_monthly=True)
    seen = review(paid, shipped())
    assert seen.ledger.balance("me", day) > 0
    assert there_and_back(paid).ledger.balance("p1", day) == seen.ledger.balance("me", day)


def test_that_what_was_credited_and_spent_on_one_day_is_there_the_day_after() -> None:
    day = date(2025, 7, 15)
    spent = family(
        worker(balance=0, base=8000, opened=day),
        as_of=day,
        credit_monthly=True,
        events=(visit("v", day, "me", charged(100, fund=0)),),
    )
    left = review(spent, shipped()).ledger.balance("me", day)
    account = there_and_back(spent).family.people[0].account
    assert account is not None
    assert (account.opened_on, account.opening) == (date(2025, 7, 16), left)


def test_that_a_visit_kept_for_the_counters_says_so_and_moves_nothing() -> None:
    day = date(2025, 3, 1)
    seen = family(worker(), events=(visit("v", day, "me", charged(900)),))
    kept = there_and_back(seen).family.events
    assert [one.note for one in kept] == [FOR_THE_COUNTERS]
    assert isinstance(kept[0], Visit)
    assert not kept[0].use_account


def test_that_what_counts_for_nothing_is_left_out() -> None:
    events = (
        visit("printed", date(2025, 3, 1), "me", charged(80, fund=0)),
        visit("last-year", date(2024, 3, 1), "me", charged(900)),
        visit("taken-back", date(2025, 4, 1), "me", charged(900)),
        Refund("r", date(2025, 4, 2), "taken-back"),
        PremiumPayment("old", date(2023, 11, 1), "mum", 2024, yuan(380)),
    )
    seen = family(worker(opened=date(2023, 1, 1)), resident(), events=events)
    assert there_and_back(seen).family.events == ()


def test_that_a_premium_paid_is_not_planned_again() -> None:
    paid = PremiumPayment("p", date(2025, 11, 3), "mum", 2026, None, "me")
    seen = family(worker(), resident(), bindings=(bound(),), events=(paid,), plan=Plan())
    kept = there_and_back(seen).family.events[0]
    assert isinstance(kept, PremiumPayment)
    assert (kept.insured, kept.benefit_year, kept.paid_from) == ("p2", 2026, None)


def test_that_what_is_booked_for_later_comes_later() -> None:
    events = (
        visit("soon", date(2026, 1, 9), "mum", charged(200)),
        Refund("back", date(2026, 1, 10), "soon"),
        PremiumPayment("due", date(2026, 1, 11), "mum", 2026, None, "me"),
        Refund("of-what-is-gone", date(2026, 1, 12), "printed"),
        visit("printed", date(2025, 3, 1), "mum", charged(80, fund=0)),
    )
    seen = family(worker(), resident(), bindings=(bound(),), events=events)
    kept = there_and_back(seen).family.events
    assert [(one.id, one.on.day) for one in kept] == [("e1", 9), ("e2", 10), ("e3", 11)]
    assert [one.note for one in kept] == ["", "", ""]


def test_that_a_plan_that_ended_is_left_out() -> None:
    bill = visit("r", date(2025, 1, 5), "me", charged(50))
    plan = Plan((Recurring(bill, Rhythm.MONTH, date(2025, 6, 1)), Recurring(bill, Rhythm.YEAR)))
    kept = there_and_back(family(worker(), plan=plan)).family.plan
    assert kept is not None
    assert [one.every for one in kept.recurring] == [Rhythm.YEAR]


def test_that_what_a_plan_reckons_with_goes_along_without_a_name() -> None:
    day = date(2027, 3, 5)
    stay = replace(visit("flu", day), note="母亲的")
    plan = Plan(
        recurring=(Recurring(visit("r", day), Rhythm.YEAR, chance=Chance(Decimal("0.5"))),),
        life=(Retires("me", day), Dies("mum", day)),
        risks=(Risk(stay, Decimal("0.4"), Decimal(1)),),
        illness=Decimal("1.5"),
    )
    newborn = replace(resident("kid"), born=date(2025, 12, 30))
    kept = there_and_back(family(worker(), resident(), newborn, plan=plan)).family
    assert kept.plan is not None
    assert kept.plan.recurring[0].chance == Chance(Decimal("0.5"))
    assert kept.plan.life == (Retires("p1", day), Dies("p2", day))
    [risk] = kept.plan.risks
    assert (risk.visit.id, risk.visit.patient, risk.visit.note) == ("s1", "p2", "")
    assert (risk.a_year, risk.spread, kept.plan.illness) == (Decimal("0.4"), Decimal(1), Decimal("1.5"))
    assert kept.people[2].born == date(2025, 1, 1)


def test_that_without_a_plan_last_year_still_comes_again() -> None:
    events = (
        visit("v", date(2025, 3, 1), "mum", charged(300, fund=100)),
        visit("back", date(2025, 3, 2), "mum", charged(700, fund=100)),
        Refund("r", date(2025, 3, 3), "back"),
        PremiumPayment("p", date(2025, 11, 3), "mum", 2026, None, "me"),
    )
    seen = family(worker(), resident(), bindings=(bound(),), events=events)
    assert there_and_back(seen).ahead.months == review(seen, shipped()).ahead.months


def test_that_a_family_with_too_much_has_no_code() -> None:
    stays = tuple(
        visit(
            f"v{n}",
            date(2025, 1 + n % 12, 1 + n % 27),
            "me",
            charged(f"{n * 7919 % 99991}.{n % 100:02d}"),
            setting=Setting.INPATIENT,
            provider=hospital(),
        )
        for n in range(1, 400)
    )
    assert encode(review(family(worker(), events=stays), shipped())) is None


def test_that_a_scanner_may_break_lines_and_type_small_letters() -> None:
    code = code_of(family(worker()))
    assert decode(f"  {code[:40].lower()}\r\n{code[40:]}\n", TODAY) == decode(code, TODAY)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("  \n", "空的"),
        ("https://example.com/", "不是本程序的"),
        ("GJ2ABCDEF", "更新的程序"),
        ("GJ1!!!", "不完整"),
        ("GJ1MFRGGZDF", "不完整"),
    ],
)
def test_that_what_is_no_code_is_refused_in_one_sentence(text: str, says: str) -> None:
    with pytest.raises(InputRefused) as refused:
        decode(text, TODAY)
    assert says in str(refused.value)


def test_that_a_letter_read_wrong_is_noticed() -> None:
    code = code_of(family(worker()))
    wrong = "A" if code[60] != "A" else "B"
    with pytest.raises(InputRefused, match="不完整"):
        decode(code[:60] + wrong + code[61:], TODAY)


def test_that_a_code_cut_off_or_with_more_behind_it_is_refused() -> None:
    code = code_of(family(worker()))
    for text in (code[:-16], code + "A" * 16):
        with pytest.raises(InputRefused):
            decode(text, TODAY)


def test_that_the_longest_code_fits_version_25() -> None:
    assert int(segno.make_qr("A" * LONGEST, error="l", boost_error=False).version) == 25
