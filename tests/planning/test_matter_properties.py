"""办理事项的性质。Whatever is done at the office: no fen is lost, twice is once, futures are folds."""

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.event import Matter
from desktop.domain.family import Family
from desktop.domain.finding import Severity
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
from desktop.domain.money import NOTHING, total
from desktop.domain.months import add_months
from desktop.domain.people import History, Sex
from desktop.domain.settlement import Side
from desktop.planning.findings import Findings
from desktop.planning.ledger import keep
from desktop.planning.matters import lived_through
from desktop.planning.script import script
from desktop.planning.timeline import holder_of
from tests.families import CHANGSHA, ELSEWHERE, LAST, ZHUZHOU, areas, days, families, shipped, small_sums
from tests.planning.test_futures import assert_same_as_alone, plans

quick = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def matters(draw: st.DrawFn, name: str, names: tuple[str, ...]) -> Matter:
    person, on = draw(st.sampled_from(names)), draw(days)
    amount = draw(st.none() | small_sums)
    places = st.sampled_from([CHANGSHA, ZHUZHOU, ELSEWHERE])
    kinds: list[Matter] = [
        AccountTransfer(name, on, person, draw(places), draw(places), amount),
        Retirement(name, on, person, draw(st.booleans())),
        Death(name, on, person),
        Payout(name, on, person, draw(st.sampled_from(PayoutReason)), draw(st.sampled_from(names)), amount),
        Enrolment(name, on, person, draw(st.sampled_from(EnrolledAs)), draw(areas)),
        ArrearsPaid(name, on, person, date(2022, 1, 1), max(on, date(2022, 1, 31)), amount),
    ]
    return draw(st.sampled_from([*kinds[:4], *kinds]))


@st.composite
def busy_families(draw: st.DrawFn) -> Family:
    """Random families who also move, retire, die and are paid out."""
    base = draw(families())
    history = History(date(2021, 12, 31), draw(st.integers(200, 400)), draw(st.integers(100, 200)))
    sexes = st.sampled_from(Sex)
    people = tuple(replace(one, sex=draw(sexes), history=history) for one in base.people)
    names = tuple(one.id for one in people)
    done = tuple(draw(matters(f"matter{number}", names)) for number in range(draw(st.integers(1, 4))))
    return replace(base, people=people, events=(*base.events, *done))


@quick
@given(busy_families())
def test_that_no_fen_is_lost_over_both_places(family: Family) -> None:
    ledger = keep(family, shipped(), date(LAST.year + 1, 12, 31))
    on_the_way: Counter[str] = Counter()
    for entry in ledger.entries:
        assert total(leg.amount for leg in entry.postings) == NOTHING
        for leg in entry.postings:
            if leg.side is Side.TRANSIT:
                on_the_way[leg.owner] += int(leg.amount)
    assert not any(on_the_way.values())
    assert all(balance >= NOTHING for balance in ledger.balances().values())


@quick
@given(busy_families())
def test_that_living_through_matters_twice_is_the_same_as_once(family: Family) -> None:
    findings = Findings()
    once = lived_through(family, shipped(), LAST, findings)
    # What was refused may do once another matter has come about, and arrears change what was before them.
    refused = any(one.severity is Severity.ERROR for one in findings.all())
    if not refused and not any(isinstance(one, ArrearsPaid) for one in family.events):
        assert lived_through(once, shipped(), LAST, Findings()) == once


@quick
@given(st.data(), busy_families(), st.integers(0, 2**32))
def test_that_every_future_with_matters_is_that_of_the_future_alone(
    data: st.DataObject, family: Family, seed: int
) -> None:
    names = tuple(person.id for person in family.people)
    plan = data.draw(plans(names))
    ahead = tuple(data.draw(matters(f"ahead{number}", names)) for number in range(3))
    later = tuple(_on(one, add_months(family.as_of, data.draw(st.integers(1, 15)))) for one in ahead)
    planned = replace(family, plan=replace(plan, expected=(*plan.expected, *later)))
    account = holder_of(planned)
    drawn = script(planned, shipped(), account, add_months(family.as_of, 18))
    assert_same_as_alone(drawn, seed, range(3, 7))


def _on(one: Matter, day: date) -> Matter:
    """The same on another day; arrears are for a time before it."""
    if isinstance(one, ArrearsPaid):
        return replace(one, on=day, until=date(2022, 1, 31))
    return replace(one, on=day)
