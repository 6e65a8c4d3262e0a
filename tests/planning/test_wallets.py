"""医保钱包的账。What is sent, frozen, spent and given back, and what the other rules leave alone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.binding import Binding
from desktop.domain.care import Visit
from desktop.domain.event import Event
from desktop.domain.family import Family
from desktop.domain.finding import Severity
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Person
from desktop.domain.plan import Plan
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import EntryKind, Posting, PurseKind, Side
from desktop.planning.futures import alone, play
from desktop.planning.ledger import Ledger, keep
from desktop.planning.script import Script, script
from tests.families import (
    BY_QUOTA,
    BY_TRANSFER,
    ELSEWHERE,
    GUANGZHOU,
    HEFEI,
    ZHUZHOU,
    bound,
    charged,
    family,
    quota,
    resident,
    sent,
    shipped,
    through_wallet,
    visit,
    worker,
    yuan,
)
from tests.planning.test_futures import assert_same_as_alone

MARCH = date(2026, 3, 2)
RELATION = through_wallet(since=date(2025, 10, 1))


def kept(
    *events: Event, people: tuple[Person, ...] = (), bindings: tuple[Binding, ...] = (RELATION,)
) -> Ledger:
    return keep(family(*(people or (worker(), resident())), bindings=bindings, events=events), shipped())


def bill(fee: int, on: date = MARCH, patient: str = "mum", *, name: str = "v1", own: int = 0) -> Visit:
    return visit(name, on, patient, charged(fee, own=own, fund=0))


def paid(ledger: Ledger, event: str = "v1") -> list[tuple[PurseKind, str, Money]]:
    return [(one.purse, one.holder, one.amount) for one in ledger.settlements[event].payments]


def held(ledger: Ledger, side: Side, owner: str) -> Money:
    postings = (posting for entry in ledger.entries for posting in entry.postings)
    return sum((one.amount for one in postings if (one.side, one.owner) == (side, owner)), NOTHING)


def broken(ledger: Ledger) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.rule, one.about) for one in ledger.findings if one.severity is Severity.ERROR]


# ------------------------------------------------------------------------------------------------- transfer


def test_that_money_sent_leaves_the_account_and_pays_for_the_relative() -> None:
    ledger = kept(sent(300), bill(120, date(2025, 11, 1)))
    assert ledger.balances() == {"me": yuan(700)}
    assert paid(ledger) == [(PurseKind.WALLET, "mum", yuan(120))]
    assert held(ledger, Side.WALLET, "mum") == yuan(180)
    assert ledger.entries[1].postings == (
        Posting(Side.ACCOUNT, "me", yuan(-300)),
        Posting(Side.WALLET, "mum", yuan(300)),
    )
    done = ledger.settlements["v1"]
    assert (done.account_paid, done.mutual_aid_paid, done.by_payer()) == (yuan(120), NOTHING, {})


def test_that_what_is_left_in_a_wallet_still_pays_under_the_quota() -> None:
    assert paid(kept(sent(300), bill(120))) == [(PurseKind.WALLET, "mum", yuan(120))]


def test_that_a_wallet_pays_no_out_of_scope_cost() -> None:
    assert paid(kept(sent(300), bill(120, own=50))) == [
        (PurseKind.WALLET, "mum", yuan(70)),
        (PurseKind.CASH, "mum", yuan(50)),
    ]


def test_that_what_nobody_took_is_back_the_next_morning_and_was_nobodys_meanwhile() -> None:
    ledger = kept(
        sent(300, accepted=False),
        bill(50, BY_TRANSFER),
        bill(800, date(2025, 10, 11), "me", name="v2"),
    )
    assert paid(ledger) == [(PurseKind.CASH, "mum", yuan(50))]
    assert paid(ledger, "v2") == [(PurseKind.OWN, "me", yuan(800))]
    back = next(entry for entry in ledger.entries if entry.kind is EntryKind.WALLET_BACK)
    assert (back.on, back.of, back.moved("me")) == (date(2025, 10, 11), "t1", yuan(300))
    assert held(ledger, Side.TRANSIT, "me") == NOTHING


def test_that_a_transfer_of_the_last_day_is_still_on_its_way() -> None:
    ledger = kept(sent(300, accepted=False))
    assert (ledger.balances(), held(ledger, Side.TRANSIT, "me")) == ({"me": yuan(700)}, yuan(300))


def test_that_a_fourth_transfer_of_a_day_moves_nothing() -> None:
    ledger = kept(*(sent(100, name=f"t{number}") for number in range(4)))
    assert broken(ledger) == [("wallet.too_many_in_a_day", ("t3", "me"))]
    assert held(ledger, Side.WALLET, "mum") == yuan(300)


def test_that_the_forbidden_ones_of_a_day_do_not_count() -> None:
    wrong = sent(2001, name="wrong")
    ledger = kept(
        wrong,
        *(sent(100, name=f"t{number}") for number in range(3)),
        people=(worker(balance=5000), resident()),
    )
    assert broken(ledger) == [("wallet.over_amount", ("wrong", "me"))]


@pytest.mark.parametrize(
    ("event", "rule"),
    [
        (sent(2001), "wallet.over_amount"),
        (sent(hour=23), "wallet.closed_at_night"),
        (sent(on=BY_QUOTA), "wallet.wrong_regime"),
        (quota(on=BY_TRANSFER), "wallet.wrong_regime"),
        (sent(1001), "wallet.account_short"),
        (quota(1001), "wallet.account_short"),
        (sent(beneficiary="me"), "wallet.not_bound"),
        (sent(on=date(2025, 9, 30)), "wallet.not_bound"),
        (sent(on=date(2024, 11, 1)), "policy.not_covered"),
        (sent(on=date(2024, 11, 1), accepted=False), "policy.not_covered"),
    ],
)
def test_that_what_a_rule_forbids_moves_nothing(event: Event, rule: str) -> None:
    ledger = kept(event, people=(worker(balance=1000, opened=date(2024, 1, 1)), resident()))
    assert [one for one, _ in broken(ledger)] == [rule]
    assert ledger.balances() == {"me": yuan(1000)}
    assert [entry.kind for entry in ledger.entries] == [EntryKind.OPENING]


def test_that_nothing_is_sent_to_where_the_wallet_is_not_online() -> None:
    ledger = kept(sent(), people=(worker(area=HEFEI), resident(area=GUANGZHOU)))
    assert broken(ledger) == [("wallet.not_online", ("t1", "mum"))]


def test_that_a_relation_is_judged_again_on_the_day_it_is_used() -> None:
    unsure = replace(resident(), coverage=(replace(resident().coverage[0], until=date(2025, 10, 5)),))
    ledger = kept(sent(), people=(worker(), unsure))
    assert broken(ledger) == [("binding.beneficiary_not_insured", (RELATION.id, "mum"))]
    assert ledger.balances() == {"me": yuan(1000)}


def test_that_an_account_that_opens_later_sends_nothing_yet() -> None:
    ledger = kept(sent(), people=(worker(opened=date(2025, 12, 1)), resident()))
    assert {"wallet.account_short", "account.not_opened_yet"} <= {one.rule for one in ledger.findings}


# ---------------------------------------------------------------------------------------------------- quota


def test_that_a_quota_is_frozen_and_pays_as_the_payers() -> None:
    ledger = kept(quota(300), bill(120))
    assert ledger.balances() == {"me": yuan(700)}
    assert (paid(ledger), held(ledger, Side.QUOTA, RELATION.id)) == (
        [(PurseKind.QUOTA, "me", yuan(120))],
        yuan(180),
    )
    done = ledger.settlements["v1"]
    assert (done.account_paid, done.mutual_aid_paid, done.by_payer()) == (
        yuan(120),
        yuan(120),
        {"me": yuan(120)},
    )


def test_that_quotas_pay_in_the_order_in_which_they_were_opened() -> None:
    sis = worker("sis", 500)
    relations = (RELATION, through_wallet("sis", since=date(2025, 10, 1)))
    opened = (quota(50, payer="sis", name="q1"), quota(50, name="q2"), quota(20, payer="sis", name="q3"))
    ledger = kept(*opened, bill(100), people=(worker(), sis, resident()), bindings=relations)
    assert paid(ledger) == [(PurseKind.QUOTA, "sis", yuan(70)), (PurseKind.QUOTA, "me", yuan(30))]


def test_that_the_payer_cannot_spend_what_is_frozen() -> None:
    ledger = kept(quota(700), bill(400, patient="me"))
    assert paid(ledger) == [(PurseKind.OWN, "me", yuan(300)), (PurseKind.CASH, "me", yuan(100))]
    [found] = [one for one in ledger.findings if one.rule == "wallet.frozen_quota_spent"]
    assert (found.severity, found.about) == (Severity.ERROR, ("v1", "me"))
    assert str(found.says) == "me账户里有 700.00 元冻结为共济额度，自己不能用，这一笔差 100.00 元"


def test_that_nothing_is_said_of_quotas_where_none_is_frozen_or_nothing_lacks() -> None:
    for ledger in (kept(bill(4000, patient="me")), kept(quota(700), bill(300, patient="me"))):
        assert "wallet.frozen_quota_spent" not in {one.rule for one in ledger.findings}


def test_that_the_rest_of_a_quota_comes_back_the_day_after_the_relation_ends() -> None:
    ended = replace(RELATION, until=date(2026, 3, 10))
    ledger = kept(quota(300), bill(120), bill(900, date(2026, 3, 11), "me", name="v2"), bindings=(ended,))
    assert paid(ledger, "v2") == [
        (PurseKind.OWN, "me", yuan(880)),
        (PurseKind.CASH, "me", yuan(20)),
    ]
    back = next(entry for entry in ledger.entries if entry.kind is EntryKind.WALLET_BACK)
    assert (back.on, back.of, back.moved("me")) == (date(2026, 3, 11), RELATION.id, yuan(180))
    assert "wallet.relation_ended" not in {one.rule for one in ledger.findings}


def test_that_a_move_ends_the_relation_and_gives_the_rest_back() -> None:
    [first] = resident().coverage
    leaving = (replace(first, until=date(2026, 3, 31)), replace(first, area=ZHUZHOU, since=date(2026, 4, 1)))
    moving = replace(resident(), coverage=leaving)
    april = bill(50, date(2026, 4, 1), name="v2")
    ledger = kept(quota(300), bill(120), april, people=(worker(), moving))
    [found] = [one for one in ledger.findings if one.rule == "wallet.relation_ended"]
    assert (found.severity, found.on, found.about) == (
        Severity.WARNING,
        date(2026, 4, 1),
        (RELATION.id, "mum"),
    )
    assert paid(ledger, "v2") == [(PurseKind.CASH, "mum", yuan(50))]
    assert ledger.balances() == {"me": yuan(880)}


def test_that_a_relation_refused_ends_without_a_word() -> None:
    wrong = replace(RELATION, until=date(2026, 2, 20))
    ledger = kept(bill(10), people=(worker(balance=None), resident()), bindings=(wrong,))
    assert EntryKind.WALLET_BACK not in {entry.kind for entry in ledger.entries}


# ------------------------------------------------------------------------------------- order, premium, refund


def test_that_the_own_account_pays_first_then_the_wallet_then_the_quota_then_the_payer_in_the_province() -> (
    None
):
    people = worker(), worker("sis", 40), worker("bro", 500)
    relations = (through_wallet(beneficiary="sis", since=date(2025, 10, 1)), bound("bro", "sis"))
    gifts = sent(30, beneficiary="sis"), quota(20, beneficiary="sis")
    ledger = kept(*gifts, bill(100, patient="sis"), people=people, bindings=relations)
    assert paid(ledger) == [
        (PurseKind.OWN, "sis", yuan(40)),
        (PurseKind.WALLET, "sis", yuan(30)),
        (PurseKind.QUOTA, "me", yuan(20)),
        (PurseKind.MUTUAL_AID, "bro", yuan(10)),
    ]
    disputed = [one for one in ledger.findings if one.because.key == "mutual_aid.purse_order"]
    assert [(one.rule, one.about) for one in disputed] == [("policy.disputed", ("v1",))]


def test_that_the_order_is_in_no_dispute_for_who_has_no_payer_in_the_province() -> None:
    ledger = kept(quota(300), bill(120))
    assert all(one.because.key != "mutual_aid.purse_order" for one in ledger.findings)


def premium(payer: str = "me", on: date = date(2026, 1, 20)) -> PremiumPayment:
    return PremiumPayment("p1", on, "mum", 2026, paid_from=payer)


def test_that_a_quota_pays_the_premium_of_the_relative() -> None:
    ledger = kept(quota(500, date(2026, 1, 10)), premium())
    assert (ledger.premiums["p1"].holder, held(ledger, Side.QUOTA, RELATION.id)) == ("me", yuan(100))
    assert ledger.balances() == {"me": yuan(500)}


def test_that_a_wallet_pays_the_premium_of_its_owner() -> None:
    for payer in ("me", "mum"):
        ledger = kept(sent(500), premium(payer, date(2025, 12, 20)))
        assert (ledger.premiums["p1"].holder, held(ledger, Side.WALLET, "mum")) == ("mum", yuan(100))


def test_that_a_premium_is_paid_in_full_or_not_at_all() -> None:
    ledger = kept(quota(300, date(2026, 1, 10)), premium())
    [found] = [one for one in ledger.findings if one.rule == "premium.account_short"]
    assert str(found.says).startswith("冻结的共济额度余额 300.00 元，不够代缴mum的 400.00 元")
    assert (ledger.premiums, held(ledger, Side.QUOTA, RELATION.id)) == ({}, yuan(300))


def test_that_a_binding_in_the_province_pays_the_premium_before_a_quota() -> None:
    ledger = kept(quota(500, date(2026, 1, 10)), premium(), bindings=(RELATION, bound()))
    assert (ledger.balances(), held(ledger, Side.QUOTA, RELATION.id)) == ({"me": yuan(100)}, yuan(500))


def test_that_a_premium_that_an_account_lacks_for_says_what_is_frozen_of_it() -> None:
    ledger = kept(quota(800, date(2026, 1, 10)), premium(), bindings=(RELATION, bound()))
    assert {rule for rule, _ in broken(ledger)} == {"premium.account_short", "wallet.frozen_quota_spent"}


def test_that_a_relation_that_may_not_pay_says_so_once() -> None:
    unsure = replace(resident(), coverage=(replace(resident().coverage[0], until=date(2026, 1, 15)),))
    ledger = kept(quota(500, date(2026, 1, 10)), premium(), people=(worker(), unsure))
    assert ledger.premiums == {}
    assert "premium.payer_not_bound" in {rule for rule, _ in broken(ledger)}


def test_that_a_refund_fills_the_wallet_and_the_quota_again() -> None:
    refund = Refund("r1", date(2026, 3, 5), "v1")
    ledger = kept(sent(30), quota(20), bill(100), refund)
    assert (held(ledger, Side.WALLET, "mum"), held(ledger, Side.QUOTA, RELATION.id)) == (yuan(30), yuan(20))
    assert (ledger.refunds["r1"].returned, ledger.refunds["r1"].cash) == (
        (("mum", yuan(30)), ("me", yuan(20))),
        yuan(50),
    )


def test_that_a_refund_after_the_end_goes_to_the_payers_account() -> None:
    ended = replace(RELATION, until=date(2026, 3, 10))
    refund = Refund("r1", date(2026, 4, 1), "v1")
    ledger = kept(quota(300), bill(120), refund, bindings=(ended,))
    assert (ledger.balances(), held(ledger, Side.QUOTA, RELATION.id)) == ({"me": yuan(1000)}, NOTHING)


# ---------------------------------------------------------------------- what the province's rules leave alone


def test_that_no_limit_of_the_province_is_applied_to_the_wallet() -> None:
    names = [f"c{number}" for number in range(21)]
    kin = [resident(name, area=HEFEI if number % 2 else ELSEWHERE) for number, name in enumerate(names)]
    relations = [through_wallet("me", name, date(2026, 2, 1)) for name in names]
    relations += [
        through_wallet("sis", "c0", date(2026, 2, 1)),
        through_wallet("sis", "me", date(2026, 2, 1)),
    ]
    relations.append(through_wallet("me", "sis", date(2026, 2, 1)))
    opened = [quota(10, beneficiary=name, name=f"q-{name}") for name in names]
    opened.append(quota(10, payer="sis", beneficiary="c0", name="q-sis"))
    people = (worker(), worker("sis", 500), *kin)
    ledger = kept(*opened, people=people, bindings=tuple(relations))
    assert broken(ledger) == []
    assert ledger.standing == {one.id for one in relations}
    assert ledger.balances() == {"me": yuan(790), "sis": yuan(490)}


# --------------------------------------------------------------------------------------------------- futures


def planned(
    *events: Event, as_of: date = date(2025, 9, 30), bindings: tuple[Binding, ...] = (RELATION,)
) -> Family:
    ours = family(worker(balance=1000), worker("sis", 100), resident(), bindings=bindings, as_of=as_of)
    return replace(ours, plan=Plan(expected=events, illness=Decimal(0)))


def played(ours: Family, months_until: date = date(2026, 12, 31)) -> Script:
    drawn = script(ours, shipped(), "me", months_until)
    assert_same_as_alone(drawn, 7, range(2, 6))
    return drawn


def test_that_the_futures_know_wallets_and_quotas() -> None:
    ended = replace(RELATION, until=date(2026, 4, 10))
    ours = planned(
        sent(300),
        sent(100, name="t2", accepted=False),
        sent(900, name="t3"),
        bill(250, date(2025, 11, 3), name="v1"),
        premium(on=date(2025, 12, 3)),
        quota(200),
        bill(230, name="v2"),
        Refund("r2", date(2026, 5, 3), "v2"),
        bill(60, date(2026, 4, 12), name="v3"),
        bindings=(ended,),
    )
    drawn = played(ours)
    ledger = keep(alone(drawn, 7, 2), drawn.book, drawn.last, cash_from=drawn.first)
    assert {entry.kind for entry in ledger.entries} >= {EntryKind.WALLET, EntryKind.WALLET_BACK}
    assert paid(ledger, "v2") == [(PurseKind.WALLET, "mum", yuan(50)), (PurseKind.QUOTA, "me", yuan(180))]
    assert paid(ledger, "v3") == [(PurseKind.CASH, "mum", yuan(60))]
    assert ledger.premiums["p1"].payment.paid_from is None
    assert "wallet.account_short" in {one.rule for one in ledger.findings}
    assert held(ledger, Side.WALLET, "mum") == yuan(50)


def test_that_a_planned_premium_is_paid_out_of_a_quota_or_a_wallet() -> None:
    for gift, on in ((sent(500), date(2025, 12, 3)), (quota(500, date(2026, 1, 10)), date(2026, 1, 20))):
        ours = planned(gift, premium(on=on))
        drawn = played(ours)
        ledger = keep(alone(drawn, 7, 2), drawn.book, drawn.last, cash_from=drawn.first)
        assert ledger.premiums["p1"].payment.paid_from == "me"


def test_that_facts_go_on_in_the_futures() -> None:
    """Money sent or frozen before the plan begins is spent, comes back and is given back after it."""
    ours = planned(
        quota(100, date(2026, 3, 3), name="q2"), bill(150, date(2026, 3, 4)), as_of=date(2026, 2, 27)
    )
    facts = (
        sent(40, payer="me"),
        quota(200, date(2026, 2, 12)),
        bill(120, date(2026, 2, 14), name="v0"),
        Refund("r0", date(2026, 3, 8), "v0"),
    )
    drawn = played(replace(ours, events=facts))
    assert drawn.held[Side.QUOTA, RELATION.id] == yuan(120)


def test_that_what_was_sent_on_the_last_day_comes_back_in_the_futures() -> None:
    ours = planned(as_of=date(2025, 10, 31))
    facts = (sent(300, date(2025, 10, 31), accepted=False),)
    drawn = played(replace(ours, events=facts))
    assert int(play(drawn, 7, range(2)).balances[0, 0]) == int(yuan(1000))
