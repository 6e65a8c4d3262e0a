"""国家接口结算信息。What we settle goes out under the national names, adds up, and comes back as it went."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.care import Charges, Facility, Level, Provider, Setting, Visit
from desktop.domain.family import Family
from desktop.domain.money import Money
from desktop.domain.people import Coverage, Person, Scheme, Sex, Status
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import (
    Part,
    Payment,
    PremiumPaid,
    PurseKind,
    Refunded,
    Settlement,
    Slice,
    Year,
)
from desktop.domain.terms import AMOUNTS
from desktop.exchange.identities import identities
from desktop.exchange.messages import Message, parse_messages
from desktop.exchange.setlinfo import export_messages, reversed_setlinfo, setlinfo
from tests.exchange.families import PEOPLE, Says, at_any_pace, settlements

NOTHING = Money(0)
ADDS_UP = {"I1", "I2", "I3", "I4", "I5", "I6"}


def settled(setting: Setting = Setting.OUTPATIENT, scheme: Scheme | None = Scheme.EMPLOYEE) -> Settlement:
    """1000 yuan: 20 out of scope, 30 upfront, 300 deductible, 400 from the pool, 50 more, 200 copay."""
    visit = Visit(
        id="v1",
        on=date(2025, 3, 1),
        patient="mum",
        setting=setting,
        provider=Provider(Facility.HOSPITAL, designated=True, area="430100", level=Level.TERTIARY),
        charges=Charges(Money(100000), Money(1500), Money(500), Money(3000)),
    )
    cut = {
        Part.OUT_OF_SCOPE: 2000,
        Part.UPFRONT: 3000,
        Part.DEDUCTIBLE: 30000,
        Part.POOL: 40000,
        Part.CRITICAL: 5000,
        Part.COPAY: 20000,
    }
    paid = [
        (PurseKind.OWN, "mum", Part.DEDUCTIBLE, 10000),
        (PurseKind.MUTUAL_AID, "me", Part.DEDUCTIBLE, 20000),
        (PurseKind.MUTUAL_AID, "me", Part.COPAY, 20000),
        (PurseKind.CASH, "mum", Part.UPFRONT, 3000),
        (PurseKind.CASH, "mum", Part.OUT_OF_SCOPE, 2000),
    ]
    return Settlement(
        visit=visit,
        scheme=scheme,
        slices=tuple(Slice(part, Money(fen)) for part, fen in cut.items()),
        payments=tuple(
            Payment(purse, whose, part, Money(fen), None, Says()) for purse, whose, part, fen in paid
        ),
        year=Year(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING),
        balance_after=Money(700),
    )


def family(scheme: Scheme = Scheme.EMPLOYEE, status: Status = Status.ACTIVE) -> Family:
    record = Coverage(scheme, status, "430199", date(2010, 1, 1))
    number = "43010019560228002X"
    mum = Person("mum", "母亲", (record,), sex=Sex.FEMALE, born=date(1956, 2, 28), id_number=number)
    others = tuple(Person(name, name) for name in PEOPLE if name != "mum")
    return Family((mum, *others), date(2026, 1, 1))


def back(document: dict[str, Any]) -> tuple[Message, ...]:
    return parse_messages(json.dumps(document).encode(), "消息.json")


def test_that_every_sum_is_there_under_its_national_name() -> None:
    assert {name: str(amount) for name, amount in setlinfo(settled()).items()} == {
        "medfee_sumamt": "1000.00",
        "fulamt_ownpay_amt": "15.00",
        "overlmt_selfpay": "5.00",
        "preselfpay_amt": "30.00",
        "inscp_scp_amt": "950.00",
        "act_pay_dedc": "300.00",
        "hifp_pay": "400.00",
        "cvlserv_pay": "0.00",
        "hifes_pay": "0.00",
        "hifmi_pay": "0.00",
        "hifob_pay": "50.00",
        "maf_pay": "0.00",
        "oth_pay": "0.00",
        "fund_pay_sumamt": "450.00",
        "psn_part_amt": "550.00",
        "acct_pay": "500.00",
        "acct_mulaid_pay": "400.00",
        "psn_cash_pay": "50.00",
        "hosp_part_amt": "0.00",
        "balc": "7.00",
    }


def test_that_a_residents_critical_illness_has_its_own_field() -> None:
    sums = setlinfo(settled(scheme=Scheme.RESIDENT))
    assert (sums["hifmi_pay"], sums["hifob_pay"]) == (Money(5000), NOTHING)


def test_that_a_reversal_takes_every_sum_back_and_restores_the_balance() -> None:
    sums = reversed_setlinfo(settled(), Money(10700))
    assert tuple(sums) == AMOUNTS
    assert sums["medfee_sumamt"] == Money(-100000)
    assert sums["acct_mulaid_pay"] == Money(-40000)
    assert (sums["hosp_part_amt"], sums["balc"]) == (NOTHING, Money(10700))


@at_any_pace
@given(settlements(), st.integers(0, 10**9).map(Money))
def test_that_whatever_we_settle_adds_up_both_ways(settlement: Settlement, balance: Money) -> None:
    for sums in (setlinfo(settlement), reversed_setlinfo(settlement, balance)):
        found = identities(Message("x", sums))
        assert {name for name, one in found.items() if one.outcome == "ok"} >= ADDS_UP


@at_any_pace
@given(settlements())
def test_that_a_message_comes_back_as_it_went(settlement: Settlement) -> None:
    refunded = Refunded(Refund("r1", settlement.visit.on, settlement.visit.id), settlement, (), NOTHING)
    document = export_messages(family(), [settlement], [refunded])
    messages = back(document)

    assert len(messages) == 2
    for one in messages:
        outcomes = {name: found.outcome.value for name, found in identities(one).items()}
        assert all(outcomes[name] == "ok" for name in ADDS_UP)
        assert outcomes["I8"] == ("ok" if one.details else "n/a")
    forward = next(one for one in messages if one.word("refd_setl_flag") == "0")
    sums = {name: amount for name, amount in forward.setlinfo.items() if isinstance(amount, Money)}
    assert setlinfo(settlement) == {"hosp_part_amt": NOTHING} | sums


@pytest.mark.parametrize(
    ("setting", "forward", "reverse", "med_type"),
    [
        (Setting.OUTPATIENT, "2207", "2208", "11"),
        (Setting.EMERGENCY, "2207", "2208", "13"),
        (Setting.CHRONIC, "2207", "2208", "14"),
        (Setting.INPATIENT, "2304", "2305", "2101"),
        (Setting.PHARMACY, "2102", "2103", "41"),
    ],
)
def test_that_each_setting_has_its_transactions(
    setting: Setting, forward: str, reverse: str, med_type: str
) -> None:
    one = settled(setting)
    refunded = Refunded(Refund("r1", date(2025, 3, 5), "v1"), one, (("mum", Money(10000)),), Money(5000))
    document = export_messages(family(), [one], [refunded])
    assert [message["infno"] for message in document["messages"]] == [forward, reverse]
    said = document["messages"][0]["output"]["setlinfo"]
    assert said["med_type"] == med_type
    assert ("hosp_part_amt" in said) == (setting is not Setting.PHARMACY)


def test_that_a_message_names_its_edition_its_person_and_its_funds() -> None:
    document = export_messages(family(status=Status.RETIRED), [settled()])
    [message] = document["messages"]
    said = message["output"]["setlinfo"]
    assert document["format"] == "setlinfo/hunan-1.3"
    assert (said["insutype"], said["psn_type"], said["gend"]) == ("310", "12", "2")
    assert (said["certno"], said["psn_cert_type"]) == ("43010019560228002X", "01")
    assert (said["setl_time"], said["clr_optins"]) == ("2025-03-01 00:00:00", "430199")
    assert [(row["fund_pay_type"], row["fund_payamt"]) for row in message["output"]["setldetail"]] == [
        ("310100", "400.00"),
        ("330100", "50.00"),
        ("310200", "500.00"),
    ]


def test_that_a_resident_and_someone_not_insured_have_other_funds() -> None:
    def funds(scheme: Scheme | None) -> list[str]:
        document = export_messages(family(Scheme.RESIDENT), [settled(scheme=scheme)])
        return [row["fund_pay_type"] for row in document["messages"][0]["output"]["setldetail"]]

    assert funds(Scheme.RESIDENT) == ["390100", "390200", "310200"]
    assert funds(None) == ["999997", "999997", "310200"]


def test_that_the_split_by_payer_stands_outside_the_national_fields() -> None:
    one = settled()
    refunded = Refunded(Refund("r1", date(2025, 3, 5), "v1"), one, (), NOTHING)
    there, again = export_messages(family(), [one], [refunded])["messages"]
    assert there["x_mutual_aid"] == [{"payer": "me", "amount": "400.00"}]
    assert again["x_mutual_aid"] == [{"payer": "me", "amount": "-400.00"}]
    assert not any("x_" in name for name in there["output"]["setlinfo"])


def test_that_a_reversal_shows_the_balance_right_after_it() -> None:
    refund = Refund("r1", date(2025, 3, 5), "v1")
    refunded = Refunded(refund, settled(), (), NOTHING, balance_after=Money(50000))
    [message] = export_messages(family(), [], [refunded])["messages"]
    assert message["output"]["setlinfo"]["balc"] == "500.00"


def test_that_a_premium_taken_back_is_no_settlement() -> None:
    paid = PremiumPaid(PremiumPayment("p1", date(2025, 10, 1), "mum", 2026), Money(40000), "me", Says())
    refunded = Refunded(Refund("r1", date(2025, 10, 5), "p1"), paid, (), NOTHING)
    assert export_messages(family(), [], [refunded])["messages"] == []
