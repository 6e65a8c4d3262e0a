"""流水。Every movement is one line; the balance runs; a refund and what it takes back are linked."""

from dataclasses import replace
from datetime import date

from desktop.domain.event import Event
from desktop.domain.family import Family
from desktop.domain.money import NOTHING, total
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import EntryKind
from desktop.usecases.account_lines import Line, account_lines
from desktop.usecases.settle_family import settle_family
from tests.families import bound, charged, family, resident, shipped, visit, worker, yuan


def home(*events: Event, credit_monthly: bool = False, as_of: date = date(2025, 2, 28)) -> Family:
    return family(
        worker(base=10_000),
        worker("sis", 300, base=10_000),
        resident(),
        bindings=(bound(),),
        events=events,
        as_of=as_of,
        credit_monthly=credit_monthly,
    )


def lines(ours: Family, holder: str = "me") -> tuple[Line, ...]:
    return account_lines(settle_family(ours, shipped()), holder)


def test_that_the_balance_runs_from_the_opening_over_every_line() -> None:
    found = lines(home(visit(on=date(2025, 2, 20)), credit_monthly=True))
    assert [(one.kind, one.change, one.balance) for one in found] == [
        (EntryKind.OPENING, yuan(1000), yuan(1000)),
        (EntryKind.CREDIT, yuan(200), yuan(1200)),
        (EntryKind.CREDIT, yuan(200), yuan(1400)),
        (EntryKind.VISIT, -yuan(100), yuan(1300)),
    ]
    assert found[0].what is None
    assert {one.person for one in found[:3]} == {"me"}
    assert (found[0].total_fee, found[0].cash, found[1].own) == (None, None, None)


def test_that_openings_and_credits_of_others_are_left_out_and_their_visits_are_in() -> None:
    found = lines(home(visit("v1", date(2025, 2, 20), "sis"), credit_monthly=True), "mum")
    assert [(one.event, one.change, one.balance) for one in found] == [("v1", NOTHING, NOTHING)]


def test_that_a_visits_line_tells_who_paid_what() -> None:
    bill = replace(visit(patient="sis", charges=charged(900, own=100, fund=200)), note="市一医院")
    shared = replace(home(bill), bindings=(bound("me", "sis"),))
    [*_, line] = lines(shared)
    assert (line.total_fee, line.fund, line.own, line.mutual_aid, line.cash) == (
        yuan(900),
        yuan(200),
        yuan(300),
        yuan(300),
        yuan(100),
    )
    assert (line.person, line.note, line.what is not None) == ("sis", "市一医院", True)


def test_that_a_refund_and_what_it_takes_back_point_at_each_other() -> None:
    bill = visit(charges=charged(300, own=100, fund=0))
    _, paid, back = lines(home(bill, Refund("r1", date(2025, 3, 5), "v1")))
    assert (paid.reversed_by, paid.reverses) == ("r1", None)
    assert (back.reversed_by, back.reverses) == (None, "v1")
    assert (back.total_fee, back.mutual_aid, back.cash) == (-yuan(300), -yuan(200), -yuan(100))
    assert (back.change, back.balance, back.person) == (yuan(200), yuan(1000), "mum")


def premium(paid_from: str | None, insured: str = "mum") -> PremiumPayment:
    return PremiumPayment("p1", date(2025, 10, 1), insured, 2026, None, paid_from)


def sums(line: Line) -> list[str]:
    return [str(one) for one in (line.total_fee, line.fund, line.own, line.mutual_aid, line.cash)]


def test_that_a_premium_is_mutual_aid_own_or_cash() -> None:
    assert sums(lines(home(premium("me")))[-1]) == ["400.00", "0.00", "0.00", "400.00", "0.00"]
    assert sums(lines(home(premium(None)))[-1]) == ["400.00", "0.00", "0.00", "0.00", "400.00"]
    retrained = replace(worker("mum", 500), coverage=resident().coverage)
    ours = replace(home(premium("mum")), people=(worker(), retrained), bindings=())
    assert sums(lines(ours, "mum")[-1]) == ["400.00", "0.00", "400.00", "0.00", "0.00"]


def test_that_a_premium_taken_back_is_negative_line_by_line() -> None:
    back = Refund("r1", date(2025, 10, 2), "p1")
    assert sums(lines(home(premium("me"), back))[-1]) == ["-400.00", "0.00", "0.00", "-400.00", "0.00"]
    assert sums(lines(home(premium(None), back))[-1]) == ["-400.00", "0.00", "0.00", "0.00", "-400.00"]
    assert lines(home(premium("me"), back))[-1].person == "mum"


def test_that_a_line_carries_what_was_found_about_it_and_nothing_about_the_law() -> None:
    bad = visit(provider=replace(visit().provider, designated=False))
    [*_, line] = lines(home(bad))
    assert [one.rule for one in line.findings] == ["visit.provider_not_designated"]
    [*_, late] = lines(home(visit(on=date(2026, 5, 1))))
    assert late.findings == ()


def test_that_an_opening_on_a_day_of_credit_is_not_taken_for_it() -> None:
    ours = replace(
        home(credit_monthly=True), people=(worker(base=10_000, opened=date(2025, 2, 15)),), bindings=()
    )
    opening, credit = lines(ours)
    assert opening.what is None
    assert credit.what is not None


def test_that_an_event_may_bear_the_name_of_a_person() -> None:
    ours = home(visit("me", date(2025, 2, 20)), credit_monthly=True)
    found = lines(ours)
    assert [one.total_fee for one in found] == [None, None, None, yuan(100)]
    assert total(one.change for one in found) == found[-1].balance == yuan(1300)


def test_that_what_could_not_be_settled_has_a_line_where_it_is_asked_for() -> None:
    unknown = visit("unknown", date(2025, 3, 2), charges=charged(100))
    late = PremiumPayment("late", date(2025, 5, 5), "mum", 2025, None, "me")
    back = Refund("back", date(2025, 5, 6), "late")
    ours = family(worker(), resident(), bindings=(bound(),), events=(unknown, late, back))
    ledger = settle_family(ours, shipped())
    assert [line.kind for line in account_lines(ledger, "me")] == [EntryKind.OPENING]
    lines = account_lines(ledger, "me", unsettled=True)[1:]
    assert [(line.event, line.kind, line.person, line.what) for line in lines] == [
        ("unknown", EntryKind.VISIT, "mum", unknown),
        ("late", EntryKind.PREMIUM, "mum", late),
        ("back", EntryKind.REFUND, "mum", back),
    ]
    assert {(line.total_fee, line.change, line.balance) for line in lines} == {(None, yuan(0), yuan(1000))}
    assert [line.findings[0].rule for line in lines] == [
        "policy.not_covered",
        "premium.outside_window",
        "refund.nothing_to_return",
    ]
