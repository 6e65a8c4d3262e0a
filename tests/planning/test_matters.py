"""办理事项。What moving, retiring, dying and being paid out make of people, bindings and money."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.account import Account, Base
from desktop.domain.binding import Channel
from desktop.domain.event import Event
from desktop.domain.family import Family
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
from desktop.domain.money import NOTHING, Money, total
from desktop.domain.people import Coverage, History, Person, Scheme, Sex, Status
from desktop.domain.plan import Plan, Recurring, Rhythm
from desktop.domain.premium import PremiumPayment
from desktop.domain.settlement import EntryKind, Side
from desktop.planning.eligible import why_not
from desktop.planning.findings import Findings
from desktop.planning.illness import as_usual
from desktop.planning.ledger import Ledger, keep
from desktop.planning.matters import as_lived, lived_through
from desktop.planning.timeline import looked_ahead, outlook
from tests.families import (
    CHANGSHA,
    ELSEWHERE,
    LONG_AGO,
    ZHUZHOU,
    bound,
    charged,
    family,
    resident,
    shipped,
    visit,
    worker,
    yuan,
)

DAY = date(2026, 3, 4)  # a Wednesday
LATER = date(2026, 3, 25)  # fifteen working days on
END = date(2026, 12, 31)
ENOUGH = History(date(2025, 12, 31), employee_months=400, local_months=400)


def moves(
    origin: str = CHANGSHA, destination: str = ZHUZHOU, on: date = DAY, amount: int | None = None
) -> AccountTransfer:
    return AccountTransfer("move", on, "me", origin, destination, None if amount is None else yuan(amount))


def of(*events: Event, people: tuple[Person, ...] = (), credit: bool = False) -> Family:
    return family(
        *(people or (worker(),)), events=tuple(events), as_of=date(2026, 6, 1), credit_monthly=credit
    )


def folded(
    *events: Event, people: tuple[Person, ...] = (), until: date = END, credit: bool = False
) -> Ledger:
    return keep(of(*events, people=people, credit=credit), shipped(), until)


def rules(ledger: Ledger) -> set[str]:
    return {one.rule for one in ledger.findings}


def stretches(person: Person) -> list[tuple[Status, str, date, date | None]]:
    return [(one.status, one.area, one.since, one.until) for one in person.coverage]


def moved(ledger: Ledger, kind: EntryKind) -> list[tuple[Side, str, Money]]:
    return [(*leg,) for one in ledger.entries if one.kind is kind for leg in one.postings]


# -------------------------------------------------------------------------------------------------- transfer


def test_that_within_the_province_the_whole_account_arrives_at_once() -> None:
    ledger = folded(moves())
    assert moved(ledger, EntryKind.TRANSFER_OUT) == [
        (Side.ACCOUNT, "me", yuan(-1000)),
        (Side.TRANSIT, "me", yuan(1000)),
    ]
    assert moved(ledger, EntryKind.TRANSFER_IN) == [
        (Side.TRANSIT, "me", yuan(-1000)),
        (Side.ACCOUNT, "me", yuan(1000)),
    ]
    assert ledger.balance("me", DAY) == yuan(1000)
    assert stretches(ledger.lived.person("me")) == [
        (Status.ACTIVE, CHANGSHA, LONG_AGO, date(2026, 3, 3)),
        (Status.ACTIVE, ZHUZHOU, DAY, None),
    ]


def test_that_across_provinces_the_money_is_on_its_way_for_fifteen_working_days() -> None:
    seen = visit("v", date(2026, 3, 10), "me", charged(100, fund=0))
    ledger = folded(moves(CHANGSHA, ELSEWHERE), seen)
    assert [ledger.balance("me", one) for one in (DAY, date(2026, 3, 24), LATER)] == [
        NOTHING,
        NOTHING,
        yuan(1000),
    ]
    assert not ledger.settlements["v"].account_paid
    assert ledger.lived.person("me").area_on(date(2026, 3, 24)) == CHANGSHA
    assert ledger.lived.person("me").area_on(LATER) == ELSEWHERE


def test_that_what_another_place_still_kept_comes_to_what_there_is() -> None:
    ledger = folded(moves(amount=500), people=(replace(worker(), coverage=_moved_before()),))
    assert moved(ledger, EntryKind.TRANSFER_OUT)[0] == (Side.OPENING, "", yuan(-500))
    assert ledger.balance("me", DAY) == yuan(1500)
    assert ledger.lived.person("me").coverage == _moved_before()
    assert "transfer.not_enrolled_there" not in rules(ledger)


def _moved_before() -> tuple[Coverage, ...]:
    return (
        Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, LONG_AGO, date(2020, 12, 31)),
        Coverage(Scheme.EMPLOYEE, Status.ACTIVE, ZHUZHOU, date(2021, 1, 1)),
    )


def test_that_who_had_stopped_goes_on_at_the_new_place() -> None:
    stopped = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, LONG_AGO, date(2026, 1, 31))
    ledger = folded(moves(), people=(replace(worker(), coverage=(stopped,)),))
    assert stretches(ledger.lived.person("me"))[1:] == [(Status.ACTIVE, ZHUZHOU, DAY, None)]
    assert "transfer.not_enrolled_there" in rules(ledger)


def test_that_what_is_recorded_for_later_elsewhere_stays_there() -> None:
    later = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, ELSEWHERE, date(2026, 10, 1))
    here = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, LONG_AGO, date(2026, 9, 30))
    ledger = folded(moves(), people=(replace(worker(), coverage=(here, later)),))
    assert [one.area for one in ledger.lived.person("me").coverage] == [CHANGSHA, ZHUZHOU, ELSEWHERE]


@pytest.mark.parametrize("person", [worker(balance=None), worker(opened=date(2026, 5, 1))])
def test_that_an_account_that_is_not_there_does_not_move(person: Person) -> None:
    ledger = folded(moves(), people=(person,))
    assert not moved(ledger, EntryKind.TRANSFER_OUT)
    assert ledger.lived.person("me").area_on(END) == ZHUZHOU


@pytest.mark.parametrize(
    ("matter", "rule"),
    [
        (moves(ELSEWHERE, ZHUZHOU), "transfer.never_insured_there"),
        (moves(CHANGSHA, "430199"), "transfer.same_place"),
        (moves(ELSEWHERE, "110105"), "transfer.same_place"),
        (moves(on=date(2021, 1, 4)), "policy.not_covered"),
    ],
)
def test_that_a_transfer_that_is_forbidden_or_unknown_changes_nothing(
    matter: AccountTransfer, rule: str
) -> None:
    ledger = folded(matter)
    assert rule in rules(ledger)
    assert rule == "policy.not_covered" or "policy.not_covered" not in rules(ledger)
    assert not moved(ledger, EntryKind.TRANSFER_OUT)
    assert ledger.lived.people == ledger.family.people


# ------------------------------------------------------------------------------------------------ retirement


def retiring(
    history: History | None = ENOUGH, status: Status = Status.ACTIVE, *, balance: int | None = 1000
) -> Person:
    person = worker(status=status, balance=balance)
    return replace(person, sex=Sex.MALE, born=date(1965, 1, 1), history=history)


def retires(on: date = DAY, *, pays_up: bool = True) -> Retirement:
    return Retirement("retire", on, "me", pays_up)


def test_that_a_retiree_is_credited_from_the_month_after_the_procedure() -> None:
    person = replace(retiring(), account=Account(date(2025, 1, 1), yuan(1000)))
    ledger = folded(retires(), people=(person,), until=date(2026, 5, 31), credit=True)
    assert [(one.on, one.amount) for one in ledger.credits] == [
        (date(2026, 4, 15), yuan(75)),
        (date(2026, 5, 15), yuan(75)),
    ]
    assert stretches(ledger.lived.person("me"))[1:] == [(Status.RETIRED, CHANGSHA, date(2026, 4, 1), None)]
    assert not moved(ledger, EntryKind.RETIREMENT)


def test_that_missing_months_are_paid_up_in_cash() -> None:
    short = History(date(2026, 2, 28), employee_months=349, local_months=200)
    ledger = folded(retires(), people=(retiring(short),))
    # 差 10 个月：6787 × 10.7% = 726.21，加 15
    assert moved(ledger, EntryKind.RETIREMENT) == [
        (Side.CASH, "me", yuan("-7412.10")),
        (Side.CONTRIBUTION, "", yuan("7412.10")),
    ]
    assert ledger.lived.person("me").coverage_on(END).status is Status.RETIRED  # type: ignore[union-attr]


def test_that_who_does_not_pay_up_is_not_retired() -> None:
    short = History(date(2026, 2, 28), employee_months=349, local_months=200)
    ledger = folded(retires(pays_up=False), people=(retiring(short),))
    assert "retirement.years_short" in rules(ledger)
    assert ledger.lived.people == ledger.family.people
    assert "retirement.years_short" not in rules(folded(retires(pays_up=False), people=(retiring(),)))


def test_that_someone_in_flexible_work_gets_an_account_with_retirement() -> None:
    person = retiring(status=Status.FLEXIBLE, balance=None)
    ledger = folded(retires(), people=(person,), until=date(2026, 4, 30), credit=True)
    assert ledger.lived.person("me").account == Account(date(2026, 4, 1))
    assert ledger.balance("me", END) == yuan(75)
    [credited] = ledger.credits
    assert credited.because.key == "account.flexible_retiree_monthly"
    assert "policy.disputed" not in rules(ledger)


def test_that_outside_changsha_the_credit_of_flexible_retirees_is_disputed() -> None:
    person = replace(
        retiring(status=Status.FLEXIBLE, balance=None),
        coverage=(Coverage(Scheme.EMPLOYEE, Status.FLEXIBLE, ZHUZHOU, LONG_AGO),),
    )
    ledger = folded(retires(), people=(person,), until=date(2026, 4, 30), credit=True)
    assert ledger.balance("me", END) == yuan(75)
    assert "policy.disputed" in rules(ledger)


def test_that_a_record_of_retirement_from_that_month_on_stays() -> None:
    known = (
        Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, LONG_AGO, date(2026, 3, 15)),
        Coverage(Scheme.EMPLOYEE, Status.RETIRED, CHANGSHA, date(2026, 3, 16)),
    )
    ledger = folded(retires(), people=(replace(retiring(), coverage=known),))
    assert ledger.lived.person("me").coverage == known


def test_that_without_a_history_one_retires_and_is_told_that_nothing_was_reckoned() -> None:
    ledger = folded(retires(), people=(retiring(None),))
    assert "retirement.years_unknown" in rules(ledger)
    assert ledger.lived.person("me").coverage_on(END).status is Status.RETIRED  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("person", "rule"),
    [
        (resident("me"), "retirement.not_employee"),
        (worker(status=Status.RETIRED), "retirement.twice"),
        (replace(worker(), born=date(2027, 1, 1)), "matter.before_birth"),
        (worker(area=ELSEWHERE), "policy.not_covered"),
    ],
)
def test_that_nobody_retires_against_the_order_of_things(person: Person, rule: str) -> None:
    ledger = folded(retires(), people=(person,))
    assert rule in rules(ledger)
    assert ledger.lived.people == ledger.family.people


def test_that_who_is_too_young_is_told_so_and_nobody_retires_twice() -> None:
    young = replace(retiring(), born=date(1990, 1, 1))
    again = Retirement("again", date(2026, 7, 1), "me")
    ledger = folded(retires(), again, people=(young,))
    assert {"retirement.too_early", "retirement.twice"} <= rules(ledger)


# ----------------------------------------------------------------------------------------- death and payout

DEATH = Death("death", date(2026, 5, 10), "me")


def inherits(
    on: date = date(2026, 6, 8),
    *,
    to: str | None = "mum",
    reason: PayoutReason = PayoutReason.INHERITANCE,
    amount: int | None = None,
) -> Payout:
    return Payout("payout", on, "me", reason, to, None if amount is None else yuan(amount))


def test_that_coverage_and_bindings_end_with_a_death_and_the_account_stays() -> None:
    both = family(
        worker(),
        resident(),
        bindings=(bound(), bound("mum", "me", name="back", until=date(2026, 1, 31))),
        events=(DEATH,),
        as_of=date(2026, 6, 1),
    )
    ledger = keep(both, shipped(), END)
    assert ledger.lived.person("me").coverage[-1].until == DEATH.on
    assert [one.until for one in ledger.lived.bindings] == [DEATH.on, date(2026, 1, 31)]
    assert ledger.balance("me", END) == yuan(1000)


def test_that_all_that_is_left_is_inherited() -> None:
    ledger = folded(DEATH, inherits(), people=(worker(), resident()))
    assert moved(ledger, EntryKind.PAYOUT) == [
        (Side.ACCOUNT, "me", yuan(-1000)),
        (Side.CASH, "mum", yuan(1000)),
    ]
    assert "payout.still_bound" not in rules(ledger)


def test_that_a_second_payout_finds_nothing_left() -> None:
    again = replace(inherits(), id="again", on=date(2026, 7, 1))
    ledger = folded(DEATH, inherits(to=None), again, people=(worker(), resident()))
    assert moved(ledger, EntryKind.PAYOUT)[1] == (Side.CASH, "me", yuan(1000))
    assert "payout.nothing_left" in rules(ledger)


def test_that_who_is_said_to_take_out_more_than_there_is_gets_what_there_is_and_is_told() -> None:
    much = folded(DEATH, inherits(to=None, amount=1200))
    [found] = [one for one in much.findings if one.rule == "payout.account_short"]
    assert str(found.says) == "账户里只有 1000.00 元，不够写的 1200.00 元，全部取出"
    assert much.balance("me", END) == NOTHING
    assert "payout.account_short" not in rules(folded(DEATH, inherits(to=None, amount=1000)))


def test_that_the_money_of_an_old_card_was_never_in_the_account() -> None:
    ledger = folded(inherits(to=None, reason=PayoutReason.OLD_CARD, amount=88))
    assert moved(ledger, EntryKind.PAYOUT) == [(Side.OPENING, "", yuan(-88)), (Side.CASH, "me", yuan(88))]
    assert ledger.balance("me", END) == yuan(1000)
    assert not moved(folded(inherits(reason=PayoutReason.OLD_CARD)), EntryKind.PAYOUT)


@pytest.mark.parametrize(
    ("payout", "rule"),
    [
        (inherits(), "payout.owner_alive"),
        (inherits(reason=PayoutReason.OTHER), "payout.not_allowed"),
    ],
)
def test_that_nothing_is_paid_out_without_a_ground(payout: Payout, rule: str) -> None:
    ledger = folded(payout, people=(worker(), resident()))
    assert rule in rules(ledger)
    assert ledger.balance("me", END) == yuan(1000)


def test_that_shared_relations_are_to_be_ended_first() -> None:
    shared = family(worker(), resident(), bindings=(bound(),), events=(DEATH, inherits()), as_of=END)
    ledger = keep(shared, shipped(), END)
    [found] = [one for one in ledger.findings if one.rule == "payout.still_bound"]
    assert found.about == ("payout", "me", "me-mum")
    assert ledger.balance("me", END) == NOTHING


@pytest.mark.parametrize(
    "matter",
    [
        moves(on=date(2026, 6, 2)),
        retires(date(2026, 6, 2)),
        ArrearsPaid("arrears", date(2026, 6, 2), "me", date(2026, 1, 1), date(2026, 1, 31)),
        Enrolment("enrol", date(2026, 6, 2), "me", EnrolledAs.RESIDENT, CHANGSHA),
    ],
)
def test_that_nothing_else_is_done_after_a_death(matter: Event) -> None:
    ledger = folded(DEATH, matter)
    assert "matter.after_death" in rules(ledger)
    assert ledger.lived.people == folded(DEATH).lived.people


def test_that_the_money_of_the_dead_pays_no_bill_and_no_premium() -> None:
    living = visit("v1", DEATH.on, "me", charged(100, fund=0))
    later = replace(living, id="v2", on=date(2026, 5, 11))
    premium = PremiumPayment("p1", date(2026, 5, 11), "me", 2026, yuan(400), "me")
    ledger = folded(living, later, premium, DEATH)
    found = [one.about for one in ledger.findings if one.rule == "matter.after_death"]
    assert found == [("v2", "me"), ("p1", "me")]
    assert ledger.settlements["v2"].account_paid == NOTHING
    assert ledger.premiums == {}
    assert ledger.balance("me", END) == yuan(900)


def test_that_nobody_dies_twice() -> None:
    ledger = folded(DEATH, Death("again", date(2026, 8, 1), "me"))
    assert "death.twice" in rules(ledger)
    assert ledger.lived.person("me").coverage[-1].until == DEATH.on


def test_that_a_transfer_ahead_tells_what_is_unknown() -> None:
    stopped = Coverage(Scheme.EMPLOYEE, Status.SUSPENDED, CHANGSHA, LONG_AGO)
    both = family(
        replace(worker(), coverage=(stopped,)),
        resident(),
        bindings=(bound(), bound(name="w", channel=Channel.WALLET)),
        events=(moves(),),
        as_of=END,
    )
    ledger = keep(both, shipped(), END)
    assert {"transfer.arrears", "transfer.binding_unknown"} <= rules(ledger)
    [found] = [one for one in ledger.findings if one.rule == "transfer.binding_unknown"]
    assert found.about == ("move", "me", "me-mum")


def test_that_arrears_that_were_paid_are_no_reason_to_ask_for_them() -> None:
    stopped = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, LONG_AGO, date(2025, 12, 31))
    owing = Coverage(Scheme.EMPLOYEE, Status.SUSPENDED, CHANGSHA, date(2026, 1, 1), date(2026, 2, 28))
    here = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, ZHUZHOU, date(2026, 3, 1))
    mover = replace(worker(), coverage=(stopped, owing, here))
    paid = ArrearsPaid("arrears", DAY, "me", date(2026, 1, 1), date(2026, 2, 28), yuan(600))
    assert "transfer.arrears" in rules(folded(moves(), people=(mover,)))
    assert "transfer.arrears" not in rules(folded(paid, moves(), people=(mover,)))


# ---------------------------------------------------------------------------------------------------- in all


def test_that_living_through_twice_is_the_same_as_once() -> None:
    events = (moves(CHANGSHA, ELSEWHERE), replace(retires(), id="r", person="dad"), DEATH, inherits())
    dad = replace(retiring(), id="dad")
    once = lived_through(of(*events, people=(worker(), dad)), shipped(), END, Findings())
    assert lived_through(once, shipped(), END, Findings()) == once


def test_that_what_comes_after_a_day_is_not_lived_through_yet() -> None:
    unchanged = of(moves())
    assert lived_through(unchanged, shipped(), date(2026, 3, 3), Findings()) is unchanged


def test_that_money_over_both_places_sums_to_nothing() -> None:
    ledger = folded(moves(CHANGSHA, ELSEWHERE), DEATH, inherits(), people=(worker(), resident()))
    for entry in ledger.entries:
        assert total(leg.amount for leg in entry.postings) == NOTHING
    legs = [leg for entry in ledger.entries for leg in entry.postings]
    assert total(leg.amount for leg in legs if leg.side is Side.TRANSIT) == NOTHING


# --------------------------------------------------------------------------------------------------- planned


def planned(*expected: Event, events: tuple[Event, ...] = (), people: tuple[Person, ...] = ()) -> Family:
    bill = Recurring(visit("bill", date(2026, 1, 5), "me", charged(100, fund=0)), Rhythm.MONTH)
    plan = Plan(recurring=(bill,), expected=tuple(expected))
    return family(*(people or (worker(), resident())), events=events, as_of=date(2026, 6, 1), plan=plan)


def test_that_expected_matters_are_planned_like_facts() -> None:
    ahead = moves(on=date(2026, 8, 3))
    out = outlook(planned(ahead), shipped(), "me", END)
    assert out.ledger.lived.person("me").area_on(END) == ZHUZHOU
    assert as_lived(planned(ahead), shipped(), END).person("me").area_on(END) == ZHUZHOU
    assert as_lived(planned(), shipped(), END) == planned()


@pytest.mark.parametrize("expected", [True, False])
def test_that_the_dead_fall_ill_no_more(expected: bool) -> None:
    dead = replace(DEATH, on=date(2026, 7, 20) if expected else DEATH.on)
    known = planned(dead) if expected else planned(events=(dead,))
    bills = [one.on for one in looked_ahead(known, shipped(), END).family.events if one.id.startswith("bill")]
    assert bills == ([date(2026, 7, 5)] if expected else [])
    ill = as_usual(known, shipped(), date(2026, 8, 1))
    assert {one.risk.visit.patient for one in ill} == {"mum"}


def test_that_after_a_death_only_the_payout_is_still_expected() -> None:
    events = (
        replace(DEATH, on=date(2026, 7, 20)),
        retires(date(2026, 8, 3)),
        inherits(date(2026, 9, 1)),
        PremiumPayment("premium", date(2026, 10, 1), "mum", 2027, paid_from="me"),
    )
    ahead = looked_ahead(planned(*events), shipped(), END)
    due = {one.id: one for one in ahead.family.events if not one.id.startswith("bill")}
    assert set(due) == {"death", "payout", "premium"}
    premium = due["premium"]
    assert isinstance(premium, PremiumPayment)
    assert premium.paid_from is None


def test_that_what_does_not_come_about_is_not_warned_of() -> None:
    shared = family(worker(), resident(), bindings=(bound(),), events=(inherits(),), as_of=END)
    found = rules(keep(shared, shipped(), END))
    assert "payout.owner_alive" in found
    assert "payout.still_bound" not in found


def test_that_an_old_balance_that_follows_is_no_move() -> None:
    earlier = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, ELSEWHERE, LONG_AGO, date(2015, 12, 31))
    here = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, date(2016, 1, 1))
    me = replace(worker(), coverage=(earlier, here))
    left_behind = AccountTransfer("move", DAY, "me", ELSEWHERE, CHANGSHA, yuan(300))
    shared = family(me, resident(), bindings=(bound(),), events=(left_behind,), as_of=END)
    found = rules(keep(shared, shipped(), END))
    assert "transfer.never_insured_there" not in found
    assert "transfer.binding_unknown" not in found


def test_that_who_has_died_is_paid_no_inheritance() -> None:
    before = Death("death-mum", DAY, "mum")
    ledger = folded(before, DEATH, inherits(to="mum"), people=(worker(), resident()))
    assert "payout.heir_not_alive" in rules(ledger)
    assert moved(ledger, EntryKind.PAYOUT) == []


def test_that_elsewhere_no_rule_asks_for_relations_to_be_ended() -> None:
    shared = family(
        worker(area=ELSEWHERE),
        resident(area=ELSEWHERE),
        bindings=(bound(),),
        events=(DEATH, inherits()),
        as_of=END,
    )
    assert "payout.still_bound" not in rules(keep(shared, shipped(), END))


def test_that_enrolling_and_paying_arrears_are_lived_through_and_paid_for() -> None:
    enrols = Enrolment("enrol", DAY, "me", EnrolledAs.EMPLOYEE, CHANGSHA, yuan(6000))
    owed = ArrearsPaid("arrears", date(2026, 6, 3), "dad", date(2026, 4, 1), date(2026, 5, 31), yuan(900))
    stopped = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, LONG_AGO, date(2026, 3, 31))
    dad = replace(worker("dad"), coverage=(stopped,))
    ledger = folded(enrols, owed, people=(Person("me", "me"), dad), until=date(2026, 7, 31), credit=True)
    assert ledger.lived.person("me").account == Account(DAY, NOTHING, (Base(DAY, yuan(6000)),))
    assert ledger.balance("me", END) == yuan(120) * 5
    assert moved(ledger, EntryKind.ARREARS) == [
        (Side.CASH, "dad", yuan(-900)),
        (Side.CONTRIBUTION, "", yuan(900)),
    ]


def test_that_the_wages_of_who_enrolled_grow_as_planned() -> None:
    enrols = Enrolment("enrol", DAY, "me", EnrolledAs.EMPLOYEE, CHANGSHA, yuan(6000))
    plan = Plan(wage_growth=Decimal("0.1"))
    known = family(Person("me", "me"), events=(enrols,), as_of=date(2026, 6, 1), plan=plan)
    lives = as_lived(known, shipped(), date(2028, 12, 31)).person("me").account
    assert lives is not None
    assert [lives.base_on(date(year, 2, 1)) for year in (2027, 2028)] == [yuan(6600), yuan(7260)]


def test_that_wages_grow_from_the_base_of_the_new_job_and_not_of_the_old() -> None:
    left = replace(worker(base=5000), coverage=(replace(worker().coverage[0], until=date(2026, 5, 20)),))
    enrols = Enrolment("enrol", date(2026, 6, 3), "me", EnrolledAs.EMPLOYEE, CHANGSHA, yuan(8000))
    plan = Plan(wage_growth=Decimal("0.1"))
    recorded = family(left, events=(enrols,), as_of=date(2026, 7, 1), plan=plan)
    expected = family(left, as_of=date(2026, 4, 1), plan=replace(plan, expected=(enrols,)))
    for known in (recorded, expected):
        account = outlook(known, shipped(), "me", date(2028, 3, 1)).ledger.lived.person("me").account
        assert account is not None
        assert [account.base_on(date(year, 2, 1)) for year in (2026, 2027, 2028)] == [
            yuan(5000),
            yuan(8800),
            yuan(9680),
        ]
        assert len(account.bases) == 4


def test_that_an_account_that_moves_or_is_paid_out_has_not_run_out() -> None:
    whole = family(
        worker(), resident(), as_of=date(2026, 6, 1), plan=Plan(expected=(moves(on=date(2026, 8, 3)),))
    )
    assert outlook(whole, shipped(), "me", END).runs_out is None


def test_that_nobody_binds_someone_who_has_died() -> None:
    gone = of(replace(DEATH, person="mum"), people=(worker(), resident()))
    assert why_not(gone, shipped(), bound(since=DEATH.on)) is None
    refused = why_not(gone, shipped(), bound(since=date(2026, 5, 20)))
    assert refused is not None
    assert refused.rule == "binding.beneficiary_not_insured"
