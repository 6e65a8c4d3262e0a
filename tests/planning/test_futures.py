"""许多未来。Each future of the array run is, in every posting and to the fen, the fold of it alone."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.family import Family
from desktop.domain.months import add_months
from desktop.domain.people import Scheme, Status
from desktop.domain.plan import (
    Chance,
    Dies,
    Enrols,
    LifeEvent,
    Moves,
    Plan,
    PlannedPremium,
    Recurring,
    Retires,
    Rhythm,
    Risk,
)
from desktop.domain.premium import Refund
from desktop.domain.settlement import EntryKind, Side
from desktop.exchange.family_document import read_family
from desktop.planning.futures import Played, alone, play
from desktop.planning.ledger import Ledger, keep
from desktop.planning.many import Many
from desktop.planning.script import Script, script
from desktop.planning.timeline import holder_of
from tests.families import (
    CHANGSHA,
    RESOURCES,
    ZHUZHOU,
    days,
    families,
    premiums,
    shipped,
    visits,
    wallet_families,
    yuan,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.planning.futures import Move

SAMPLES = ("sandwich-family", "young-couple", "retiree")
Posted = Counter[tuple[str, Side, str]]
MOVED = set(EntryKind) - {EntryKind.OPENING, EntryKind.CREDIT}

quick = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


class Watched:
    """What each of some futures moves, by event, side and owner."""

    def __init__(self, futures: int) -> None:
        self.posted: list[Posted] = [Counter() for _ in range(futures)]

    def __call__(self, event: str, moves: "Sequence[Move]") -> None:
        for number, posted in enumerate(self.posted):
            for side, owner, amount in moves:
                fen = int(amount.fen[number]) if isinstance(amount, Many) else int(amount)
                posted[event, side, owner] += fen


def posted(ledger: Ledger, first: date) -> Posted:
    legs: Posted = Counter()
    for entry in ledger.entries:
        if entry.on >= first and entry.kind in MOVED:
            for side, owner, amount in entry.postings:
                legs[entry.of, side, owner] += int(amount)
    return legs


def said(posted: Posted) -> dict[tuple[str, Side, str], int]:
    return {leg: fen for leg, fen in posted.items() if fen}


def assert_same_as_alone(drawn: Script, seed: int, futures: range) -> Played:
    watched = Watched(len(futures))
    played = play(drawn, seed, futures, watched)
    for place, number in enumerate(futures):
        ledger = keep(alone(drawn, seed, number), drawn.book, drawn.last, cash_from=drawn.first)
        assert said(watched.posted[place]) == said(posted(ledger, drawn.first))
        for row, (month, _) in enumerate(drawn.months):
            last = add_months(month, 1) - timedelta(days=1)
            assert played.balances[row, place] == ledger.balance(drawn.account, last)
    return played


@st.composite
def lives(draw: st.DrawFn, names: tuple[str, ...]) -> LifeEvent:
    person, on = draw(st.sampled_from(names)), draw(days)
    events: list[LifeEvent] = [
        Retires(person, on),
        Moves(person, on, ZHUZHOU),
        Enrols(person, on, Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, yuan(6000)),
        Dies(person, on),
    ]
    return draw(st.sampled_from(events))


@st.composite
def plans(draw: st.DrawFn, names: tuple[str, ...]) -> Plan:
    chances = st.builds(
        Chance,
        st.sampled_from([Decimal(0), Decimal("0.1"), Decimal("0.5"), Decimal("0.9"), Decimal(1)]),
        st.sampled_from([Decimal(0), Decimal("0.4"), Decimal(2)]),
    )
    recurring = [
        Recurring(draw(visits(f"plan{number}", names)), draw(st.sampled_from(Rhythm)), chance=draw(chances))
        for number in range(draw(st.integers(0, 4)))
    ]
    risks = [
        Risk(
            draw(visits(f"risk{number}", names)),
            draw(st.sampled_from([Decimal("0.2"), Decimal(3)])),
            Decimal(1),
        )
        for number in range(draw(st.integers(0, 2)))
    ]
    paid = [PlannedPremium(name, draw(st.none() | st.sampled_from(names))) for name in names[:2]]
    return Plan(
        recurring=tuple(recurring),
        expected=(draw(premiums("soon", names, in_cash=False)),),
        premiums=tuple(paid),
        risks=tuple({(one.visit.patient, one.visit.setting): one for one in risks}.values()),
        life=tuple(draw(st.lists(lives(names), max_size=2))),
        illness=draw(st.sampled_from([Decimal(0), Decimal(1), Decimal(3)])),
    )


@st.composite
def planning_families(draw: st.DrawFn) -> Family:
    base = draw(families() | wallet_families())
    names = tuple(person.id for person in base.people)
    planned = replace(base, plan=draw(plans(names)))
    if draw(st.booleans()) and planned.events:
        later = add_months(planned.as_of, draw(st.integers(1, 12)))
        back = Refund("back", max(later, planned.events[0].on), planned.events[0].id)
        planned = replace(planned, events=(*planned.events, back))
    return planned


@quick
@given(planning_families(), st.integers(0, 2**32))
def test_that_every_posting_of_every_future_is_that_of_the_future_alone(family: Family, seed: int) -> None:
    account = holder_of(family)
    drawn = script(family, shipped(), account, add_months(family.as_of, 18))
    assert_same_as_alone(drawn, seed, range(3, 8))


@pytest.mark.parametrize("sample", SAMPLES)
def test_that_the_futures_of_the_samples_are_those_of_each_alone(sample: str) -> None:
    family = read_family(RESOURCES / "samples" / f"{sample}.json", date(2026, 11, 21))
    drawn = script(family, shipped(), holder_of(family), add_months(family.as_of, 60))
    assert_same_as_alone(drawn, 20261121, range(1020, 1030))
