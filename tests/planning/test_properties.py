"""账的性质。Every fen once, no purse below nothing; the order of equals and refunds leave no trace."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from desktop.domain.binding import Binding
from desktop.domain.family import Family
from desktop.domain.money import NOTHING, Money, total
from desktop.domain.premium import Refund
from desktop.domain.settlement import BURDEN, Part, PurseKind, Side
from desktop.exchange.identities import Outcome, identities
from desktop.exchange.messages import Message
from desktop.exchange.setlinfo import setlinfo
from desktop.planning.accounts import HOLDS
from desktop.planning.ledger import Ledger, keep
from desktop.planning.timeline import outlook
from desktop.usecases.account_lines import account_lines
from desktop.usecases.overview import overview
from desktop.usecases.results import plan_result, settlements_result
from desktop.usecases.review import review
from desktop.usecases.settle_family import settle_family
from tests.families import days, families, shipped, small_sums, visits, wallet_families

quick = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def settled(family: Family) -> Ledger:
    return settle_family(family, shipped())


def cash_of(ledger: Ledger) -> Money:
    return -total(p.amount for entry in ledger.entries for p in entry.postings if p.side is Side.CASH)


@quick
@given(families() | wallet_families())
def test_that_every_fen_of_a_bill_is_cut_once_and_paid_once(family: Family) -> None:
    for done in settled(family).settlements.values():
        fee = done.charges.total_fee
        assert total(one.amount for one in done.slices if one.part is not Part.CRITICAL) == fee
        assert total(one.amount for one in done.payments) == fee - done.fund_paid
        assert all(one.amount >= NOTHING for one in done.slices)
        assert all(one.amount > NOTHING for one in done.payments)
        assert done.of(Part.CRITICAL) <= done.of(Part.DEDUCTIBLE) + done.of(Part.COPAY)


@quick
@given(families() | wallet_families())
def test_that_a_purse_pays_no_more_of_a_part_than_was_cut_and_no_more_than_it_had(family: Family) -> None:
    for done in settled(family).settlements.values():
        for part in BURDEN:
            paid = total(one.amount for one in done.payments if one.part is part)
            assert paid <= done.of(part)
        for one in done.payments:
            assert (one.had is None) == (one.purse is PurseKind.CASH)
            assert one.had is None or one.amount <= one.had


@quick
@given(families() | wallet_families())
def test_that_no_account_wallet_or_quota_is_ever_below_nothing_and_every_entry_sums_to_nothing(
    family: Family,
) -> None:
    ledger = settled(family)
    held: Counter[tuple[Side, str]] = Counter()
    for entry in ledger.entries:
        for side, owner, amount in entry.postings:
            held[side, owner] += int(amount)
        assert all(sums >= 0 for (side, _), sums in held.items() if side in {*HOLDS, Side.TRANSIT})
    for entry in ledger.entries:
        assert entry.postings
        assert total(posting.amount for posting in entry.postings) == NOTHING
    assert [entry.on for entry in ledger.entries] == sorted(entry.on for entry in ledger.entries)


@quick
@given(families() | wallet_families())
def test_that_what_the_settlements_say_is_what_the_entries_moved(family: Family) -> None:
    ledger = settled(family)
    for event, done in ledger.settlements.items():
        posted = [p for e in ledger.entries if (e.kind, e.of) == ("visit", event) for p in e.postings]
        sides = {side: -total(p.amount for p in posted if p.side is side) for side in Side}
        assert sides[Side.ACCOUNT] + sides[Side.WALLET] + sides[Side.QUOTA] == done.account_paid
        assert sides[Side.WALLET] == done.paid_by(PurseKind.WALLET)
        assert sides[Side.QUOTA] == done.paid_by(PurseKind.QUOTA)
        assert sides[Side.CASH] == done.paid_by(PurseKind.CASH)
        assert sides[Side.FUND] == done.fund_paid


@quick
@given(families() | wallet_families())
def test_that_every_settlement_passes_the_identities_of_the_national_interface(family: Family) -> None:
    for done in settled(family).settlements.values():
        judged = identities(Message("", setlinfo(done)))
        named = {name: judged[name].outcome for name in ("I1", "I2", "I3", "I4", "I5", "I6")}
        assert set(named.values()) == {Outcome.OK}, named


# A refund gives money back to whoever had paid, and a premium is paid in full or not at all: by either, more
# money on one day may mean more cash on another. Without them it never does.
@quick
@given(st.data(), families(refunds=False, premiums_in_cash=True), small_sums)
def test_that_a_richer_account_never_means_more_cash_in_total(
    data: st.DataObject, family: Family, more: Money
) -> None:
    owners = [person for person in family.people if person.account is not None]
    assume(owners)
    lucky = data.draw(st.sampled_from(owners))
    assert lucky.account is not None
    richer = replace(lucky, account=replace(lucky.account, opening=lucky.account.opening + more))
    people = tuple(richer if one is lucky else one for one in family.people)
    poor, rich = settled(family), settled(replace(family, people=people))
    assert set(rich.settlements) == set(poor.settlements)
    assert cash_of(rich) <= cash_of(poor)
    for event, done in rich.settlements.items():
        assert done.paid_by(PurseKind.CASH) <= poor.settlements[event].paid_by(PurseKind.CASH)


def outcome(ledger: Ledger) -> dict[str, Any]:
    """All that a ledger says, without the order in which equals of one day stand."""
    return {
        "settlements": ledger.settlements,
        "premiums": ledger.premiums,
        "refunds": ledger.refunds,
        "credits": sorted((one.on, one.holder, one.amount) for one in ledger.credits),
        "balances": ledger.balances(),
        "standing": ledger.standing,
        "findings": sorted((one.on, one.rule, sorted(one.about)) for one in ledger.findings),
    }


def strangers(one: Binding, other: Binding) -> bool:
    return one.payer != other.payer and one.beneficiary != other.beneficiary


@quick
@given(st.data(), families() | wallet_families(), days)
def test_that_the_order_of_one_days_credits_and_of_strangers_bindings_changes_nothing(
    data: st.DataObject, family: Family, day: date
) -> None:
    bindings = [replace(one, since=day, until=None) for one in family.bindings]
    one_day = replace(family, bindings=tuple(bindings))
    for place in data.draw(st.lists(st.integers(0, max(len(bindings) - 2, 0)), max_size=8)):
        pair = bindings[place : place + 2]
        if len(pair) > 1 and strangers(*pair):
            bindings[place : place + 2] = reversed(pair)
    people = tuple(data.draw(st.permutations(family.people)))
    mixed = replace(one_day, people=people, bindings=tuple(bindings))
    assert outcome(settled(mixed)) == outcome(settled(one_day))


@quick
@given(st.data(), families() | wallet_families())
def test_that_a_visit_taken_back_the_same_day_leaves_no_trace_in_what_follows(
    data: st.DataObject, family: Family
) -> None:
    names = tuple(person.id for person in family.people)
    place = data.draw(st.integers(0, len(family.events)))
    wrong = data.draw(visits("wrong", names))
    undone = (wrong, Refund("undo", wrong.on, wrong.id))
    events = (*family.events[:place], *undone, *family.events[place:])
    with_it, without = keep(replace(family, events=events), shipped()), keep(family, shipped(), None)
    last = max([*(event.on for event in events), *(one.since for one in family.bindings)])
    for person in family.people:
        before = sum(e.moved(person.id) for e in with_it.entries if e.of in {"wrong", "undo"})
        assert before == NOTHING
        assert with_it.balance(person.id, wrong.on) == keep(family, shipped(), last).balance(
            person.id, wrong.on
        )
    for event, done in without.settlements.items():
        assert with_it.settlements[event] == done
    assert {event for event in with_it.refunds if event != "undo"} == set(without.refunds)


@quick
@given(families() | wallet_families())
def test_that_no_family_is_too_strange_to_be_shown(family: Family) -> None:
    ledger = settled(family)
    assert settlements_result(ledger)["format"] == "gongji-settlements/1"
    holder = family.people[0].id
    ahead = outlook(family, shipped(), holder, date(family.as_of.year + 2, 6, 30))
    assert len(plan_result(ahead, ())["months"]) == len(ahead.months)
    seen = review(family, shipped())
    assert overview(seen).balance == ledger.balance(seen.holder.id, family.as_of)
    lines = account_lines(ledger, holder)
    assert not lines or lines[-1].balance == total(entry.moved(holder) for entry in ledger.entries)
