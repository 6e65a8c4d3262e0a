"""办理事项的文件。Each kind is read and written as it stands; what can't be is told at its place."""

from __future__ import annotations

import copy
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from desktop.domain.errand import Errand
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
from desktop.domain.money import Money
from desktop.domain.people import History
from desktop.domain.premium import PremiumGroup, PremiumPayment, Refund, RefundGround
from desktop.domain.trouble import InputRefused
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.exchange.family_document import parse_family, write_family

if TYPE_CHECKING:
    from desktop.domain.event import Event

TODAY = date(2026, 3, 1)
ON = date(2026, 2, 3)
DOCUMENT: dict[str, Any] = {
    "format": "gongji-family/1",
    "people": [
        {
            "id": "me",
            "name": "本人",
            "born": "1985-02-28",
            "coverage": [],
            "history": {
                "until": "2025-12-31",
                "employee_months": 240,
                "local_months": 120,
                "deemed_months": 6,
                "resident_years": [2023, 2024],
                "zero_claim_years": [2024],
            },
            "retires_at": 55,
        },
        {"id": "mum", "name": "母亲", "coverage": []},
    ],
    "bindings": [],
    "events": [],
}
EVENTS: list[tuple[dict[str, Any], Event]] = [
    (
        {"type": "wallet_transfer", "payer": "me", "beneficiary": "mum", "amount": "500.00"},
        WalletTransfer("x", ON, "me", "mum", Money.yuan(500)),
    ),
    (
        {
            "type": "wallet_transfer",
            "payer": "me",
            "beneficiary": "mum",
            "amount": "500.00",
            "accepted": False,
        },
        WalletTransfer("x", ON, "me", "mum", Money.yuan(500), accepted=False),
    ),
    (
        {"type": "wallet_quota", "payer": "me", "beneficiary": "mum", "amount": "3000.00"},
        WalletQuota("x", ON, "me", "mum", Money.yuan(3000)),
    ),
    (
        {"type": "enrolment", "person": "mum", "as": "flexible", "area": "430100", "monthly_base": "4000.00"},
        Enrolment("x", ON, "mum", EnrolledAs.FLEXIBLE, "430100", Money.yuan(4000)),
    ),
    (
        {"type": "arrears", "person": "me", "from": "2025-11-01", "to": "2026-01-31", "amount": "1200.00"},
        ArrearsPaid("x", ON, "me", date(2025, 11, 1), date(2026, 1, 31), Money.yuan(1200)),
    ),
    (
        {
            "type": "transfer",
            "person": "me",
            "from": "441900",
            "to": "430100",
            "amount": "80.00",
            "done": "2026-02-20",
        },
        AccountTransfer("x", ON, "me", "441900", "430100", Money.yuan(80), date(2026, 2, 20)),
    ),
    ({"type": "retirement", "person": "mum"}, Retirement("x", ON, "mum")),
    ({"type": "retirement", "person": "mum", "pays_up": False}, Retirement("x", ON, "mum", pays_up=False)),
    ({"type": "death", "person": "mum"}, Death("x", ON, "mum")),
    (
        {"type": "payout", "person": "mum", "reason": "inheritance", "to": "me", "amount": "9.00"},
        Payout("x", ON, "mum", PayoutReason.INHERITANCE, "me", Money.yuan(9)),
    ),
    (
        {
            "type": "premium",
            "for": "mum",
            "benefit_year": 2026,
            "paid_from": "cash",
            "group": "half",
        },
        PremiumPayment("x", ON, "mum", 2026, group=PremiumGroup.HALF),
    ),
]


def document(*events: dict[str, Any], **more: Any) -> dict[str, Any]:
    return copy.deepcopy(DOCUMENT) | {"events": list(events), "as_of": str(TODAY)} | more


def written(event: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "x", "on": str(ON)} | event | more


def read(made: dict[str, Any]) -> Any:
    return parse_family(json.dumps(made).encode(), "家.json", TODAY)


def faults(made: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(InputRefused) as refused:
        read(made)
    return [(one.place, one.what) for one in refused.value.faults]


# ------------------------------------------------------------------------------------------- there and back


@pytest.mark.parametrize(("fields", "event"), EVENTS, ids=lambda one: getattr(one, "get", str)("type"))
def test_that_an_event_is_read_and_written_as_it_stands(fields: dict[str, Any], event: Event) -> None:
    made = document(written(fields))
    family = read(made)
    assert family.events == (event,)
    (again,) = write_family(family)["events"]
    assert again == made["events"][0]


@pytest.mark.parametrize(("fields", "event"), EVENTS, ids=lambda one: getattr(one, "get", str)("type"))
def test_that_it_may_stand_in_a_plan_and_in_a_scenario(fields: dict[str, Any], event: Event) -> None:
    expected, more = written(fields, id="y"), written(fields, id="z")
    made = document(plan={"expected": [expected]}, scenarios=[{"name": "甲", "events": [more]}])
    family = read(made)
    assert type(family.plan.expected[0]) is type(family.scenarios[0].events[0]) is type(event)
    assert read(write_family(family)) == family


def test_that_an_hour_and_a_note_are_kept() -> None:
    family = read(
        document(written({"type": "death", "person": "mum"}, on="2026-02-03T08:05:00", note="在家"))
    )
    (event,) = family.events
    assert (event.on, event.at, event.note) == (ON, datetime.fromisoformat("2026-02-03T08:05"), "在家")
    assert read(write_family(family)) == family


def test_that_the_ground_of_a_refund_is_kept() -> None:
    paid = written(EVENTS[-1][0], id="p")
    family = read(document(paid, written({"type": "refund", "of": "p", "ground": "duplicate"})))
    assert family.events[1] == Refund("x", ON, "p", ground=RefundGround.DUPLICATE)
    assert read(write_family(family)) == family


def test_that_what_a_person_had_paid_is_kept() -> None:
    family = read(document())
    assert family.people[0].history == History(date(2025, 12, 31), 240, 120, 6, (2023, 2024), (2024,))
    assert family.people[0].retires_at == 55
    assert write_family(family)["people"][0] == DOCUMENT["people"][0]


def test_that_errands_are_kept() -> None:
    errand = {
        "id": "e1",
        "guide": "transfer.in_province",
        "person": "me",
        "begun": "2026-02-01",
        "case": "employee",
        "done": {"apply": "2026-02-03"},
        "papers": ["id_card"],
        "answers": {"from": "441900"},
        "starts_on": "2026-02-04",
    }
    family = read(document(errands=[errand, {**errand, "id": "e2", "done": {}, "answers": {}}]))
    assert family.errands[0] == Errand(
        *("e1", "transfer.in_province", "me", date(2026, 2, 1), "employee"),
        *((("apply", ON),), ("id_card",), (("from", "441900"),), date(2026, 2, 4)),
    )
    assert write_family(family)["errands"][0] == errand
    assert "done" not in write_family(family)["errands"][1]


# ------------------------------------------------------------------------------------------- what can't be


@pytest.mark.parametrize(
    ("event", "place", "says"),
    [
        ({**EVENTS[0][0], "payer": "uncle"}, "payer", '没有编号为 "uncle" 的家人'),
        ({**EVENTS[0][0], "beneficiary": "me"}, "beneficiary", "转给自己"),
        ({**EVENTS[2][0], "beneficiary": "me"}, "beneficiary", "转给自己"),
        ({**EVENTS[0][0], "amount": "0.00"}, "amount", "金额是 0.00"),
        ({**EVENTS[0][0], "on": "1984-01-01"}, "on", "早于payer 的出生日期"),
        ({**EVENTS[3][0], "area": "439800"}, "area", '没有区划代码是 "439800" 的地方'),
        ({**EVENTS[3][0], "area": "长沙"}, "area", "区划代码要是六位数字"),
        ({**EVENTS[3][0], "as": "retired"}, "as", '没有 "retired" 这个词'),
        ({**EVENTS[4][0], "to": "2025-10-01"}, "to", "终止日 2025-10-01 早于起始日"),
        ({**EVENTS[4][0], "on": "2025-10-01"}, "on", "欠费却从 2025-11-01 才开始"),
        ({**EVENTS[4][0], "on": "1984-01-01T08:00"}, "on", "早于此人的出生日期 1985-02-28"),
        ({**EVENTS[5][0], "to": "441900"}, "to", "同一个地方"),
        ({**EVENTS[5][0], "from": "000000"}, "from", '没有区划代码是 "000000" 的地方'),
        ({**EVENTS[5][0], "done": "2026-02-01"}, "done", "早于申请的 2026-02-03"),
        ({**EVENTS[9][0], "to": "mum"}, "to", "继承人和去世的是同一个人"),
        ({**EVENTS[9][0], "to": "uncle"}, "to", '没有编号为 "uncle" 的家人'),
        ({"type": "payout", "person": "mum", "reason": "old_card"}, "amount", "没有写旧卡里的余额"),
        ({"type": "death", "person": "uncle"}, "person", '没有编号为 "uncle" 的家人'),
        ({"type": "funeral", "person": "mum"}, "type", '没有 "funeral" 这个词'),
    ],
)
def test_that_what_cannot_be_is_told_at_its_place(event: dict[str, Any], place: str, says: str) -> None:
    found = faults(document(written({"type": event["type"]}) | event))
    assert [one for one in found if one[0].endswith(f"events[0].{place}") and says in one[1]], found


def test_that_all_faults_are_told_at_once() -> None:
    wrong = written(EVENTS[5][0], to="441900", done="2026-02-01", amount="0.00", person="uncle")
    assert len(faults(document(wrong, written(EVENTS[0][0], beneficiary="me", amount="-1")))) >= 6


def test_that_only_a_bill_can_be_refunded() -> None:
    found = faults(document(written(EVENTS[0][0], id="w"), written({"type": "refund", "of": "w"})))
    assert found == [("events[1].of", '"w" 既不是就诊，也不是缴费，不能退费')]


def test_that_a_matter_of_a_plan_is_looked_at_too() -> None:
    wrong = written(EVENTS[0][0], beneficiary="me")
    assert [place for place, _ in faults(document(plan={"expected": [wrong]}))] == [
        "plan.expected[0].beneficiary"
    ]


@pytest.mark.parametrize(
    ("history", "place"),
    [
        ({"local_months": 250}, "history.local_months"),
        ({"deemed_months": 250}, "history.deemed_months"),
        ({"employee_months": -1}, "history.employee_months"),
        ({"employee_months": "十年"}, "history.employee_months"),
        ({"zero_claim_years": [2022]}, "history.zero_claim_years[0]"),
        ({"resident_years": [2024, 2027]}, "history.resident_years[1]"),
        ({"resident_years": [2024, 2024]}, "history.resident_years[1]"),
        ({"resident_years": [1999, 2024]}, "history.resident_years[0]"),
        ({"zero_claim_years": [2024, 2024]}, "history.zero_claim_years[1]"),
    ],
)
def test_that_a_record_that_cannot_be_is_told(history: dict[str, Any], place: str) -> None:
    made = document()
    made["people"][0]["history"] |= history
    assert f"people[0].{place}" in [one for one, _ in faults(made)]


def test_that_only_these_ages_of_retirement_are_known() -> None:
    made = document()
    made["people"][0]["retires_at"] = 58
    assert faults(made) == [("people[0].retires_at", "原法定退休年龄只能是 60、55、50 岁（现在是 58）")]


def test_that_an_errand_is_of_someone_known_and_has_an_id_of_its_own() -> None:
    errand = {"id": "e", "guide": "g", "person": "me", "begun": "2026-02-01"}
    found = faults(document(errands=[errand, {**errand, "person": "uncle"}]))
    assert [place for place, _ in found] == ["errands[1].id", "errands[1].person"]
