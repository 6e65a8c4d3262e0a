"""家庭文件。A good document becomes a family; a bad one is refused whole, with every fault at its place."""

import copy
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.account import Account, Base
from desktop.domain.binding import Relation
from desktop.domain.care import Level, Setting, Visit
from desktop.domain.family import Family, Settings, Snooze
from desktop.domain.money import Money
from desktop.domain.people import Scheme, Status
from desktop.domain.plan import (
    Chance,
    Dies,
    Enrols,
    Moves,
    PlannedPremium,
    Retires,
    Rhythm,
    RuleChange,
    Snapshot,
)
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.trouble import Fault, FileTrouble, InputRefused
from desktop.exchange.family_document import parse_family, read_family, write_family
from tests.exchange.families import at_any_pace, families

TODAY = date(2026, 3, 1)

DOCUMENT: dict[str, Any] = {
    "format": "gongji-family/1",
    "name": "三口之家",
    "people": [
        {
            "id": "me",
            "name": "本人",
            "sex": "female",
            "born": "1985-02-28",
            "coverage": [
                {"scheme": "employee", "status": "active", "area": "430100", "from": "2015-01-01"},
            ],
            "account": {
                "opening": {"on": "2025-01-01", "balance": "600.00"},
                "base": [{"from": "2025-01-01", "monthly": "8000.00"}],
            },
        },
        {
            "id": "mum",
            "name": "母亲",
            "coverage": [
                {
                    "scheme": "resident",
                    "status": "active",
                    "area": "430500",
                    "from": "2020-01-01",
                    "to": "2030-12-31",
                },
            ],
        },
    ],
    "bindings": [
        {
            "id": "b1",
            "payer": "me",
            "beneficiary": "mum",
            "relation": "parent",
            "channel": "in_province",
            "from": "2025-01-05",
            "to": "2026-01-05",
        },
    ],
    "events": [
        {
            "id": "v1",
            "type": "visit",
            "on": "2025-03-01",
            "patient": "mum",
            "setting": "outpatient",
            "provider": {"kind": "hospital", "level": "tertiary", "designated": True, "area": "430100"},
            "credential": "own",
            "total_fee": "494.00",
            "fully_self_funded": "20.00",
            "over_limit_self_funded": "0.00",
            "upfront_copay": "30.50",
            "fund_pay_total": "100.00",
            "note": "感冒",
        },
        {
            "id": "p1",
            "type": "premium",
            "on": "2025-10-01",
            "for": "mum",
            "benefit_year": 2026,
            "amount": "400.00",
            "paid_from": "me",
        },
        {"id": "r1", "type": "refund", "on": "2025-03-05", "of": "v1"},
    ],
    "plan": {
        "recurring": [
            {
                "patient": "mum",
                "setting": "pharmacy",
                "provider": {"kind": "pharmacy", "designated": True, "area": "430500"},
                "credential": "own",
                "total_fee": "86.40",
                "fully_self_funded": "0.00",
                "over_limit_self_funded": "0.00",
                "upfront_copay": "0.00",
                "prescription": False,
                "every": "month",
                "from": "2026-04-08",
                "to": "2027-04-08",
            },
        ],
        "expected": [{"id": "r2", "type": "refund", "on": "2026-05-01", "of": "p1"}],
        "premiums": [{"for": "mum", "paid_from": "me"}],
        "wage_growth": 0.05,
    },
    "scenarios": [
        {
            "name": "解绑",
            "end": {"b1": "2025-12-31"},
            "bindings": [
                {
                    "id": "b2",
                    "payer": "me",
                    "beneficiary": "mum",
                    "relation": "parent",
                    "channel": "wallet",
                    "from": "2026-02-01",
                },
            ],
            "events": [{"id": "r3", "type": "refund", "on": "2026-05-01", "of": "p1"}],
            "plan": {},
        },
    ],
}

STAY = {
    "patient": "mum",
    "setting": "inpatient",
    "provider": {"kind": "hospital", "level": "tertiary", "designated": True, "area": "430100"},
    "credential": "own",
    "total_fee": "8000.00",
    "fully_self_funded": "0.00",
    "over_limit_self_funded": "0.00",
    "upfront_copay": "0.00",
    "from": "2026-04-01",
}
RETIRES = {"type": "retire", "person": "me", "on": "2040-03-01"}
MOVES = {"type": "move", "person": "mum", "on": "2027-01-01", "area": "440100"}
ENROLS = {
    **{"type": "enrol", "person": "mum", "on": "2028-07-01"},
    **{"scheme": "employee", "status": "active", "area": "430100", "monthly_base": "6000.00"},
}
DIES = {"type": "death", "person": "mum", "on": "2045-01-01"}
DEARER = {"key": "premium.personal", "from": "2027-01-01", "value": "500.00"}
KEPT = {
    **{"scenario": "解绑", "taken_on": "2026-03-01", "until": "2031-02-28", "account": "me"},
    **{"engine": "0.1.0", "packs": [{"id": "cn-43", "version": "2026.1"}]},
    **{"runs_out": "2028-05-01", "shortfall": "115.65", "lowest": "4072.35"},
    **{"cash": "12679.65", "by_others": "-30.00", "end": "166.00"},
}
MORE: dict[str, Any] = copy.deepcopy(DOCUMENT)
"""The same, with all that a plan and a scenario may say."""
MORE["plan"]["recurring"][0]["chance"] = {"happens": "0.8", "spread": "0.3"}
MORE["plan"] |= {"life": [RETIRES, MOVES, ENROLS, DIES], "illness": "1.5"}
MORE["plan"]["risks"] = [{**STAY, "a_year": "0.25", "spread": "0.9"}]
MORE["scenarios"][0] |= {
    "premiums": [{"for": "mum", "paid_from": "cash", "on": "2026-09-10"}],
    "recurring": [{**STAY, "id": "recurring-1", "every": "year"}, {**STAY, "id": "new", "every": "month"}],
    "leaves_out": ["r2", "risk-1", "premium-mum"],
    "life": [{**DIES, "on": "2040-01-01"}],
    "rules": [
        {**DEARER, "entry": ["retired", "tertiary"]},
        {**DEARER, "key": "account.inheritable", "value": True},
        {**DEARER, "key": "a.word", "value": "province"},
    ],
}
del MORE["scenarios"][0]["plan"]
MORE["snapshots"] = [KEPT]
MORE = json.loads(json.dumps(MORE))  # so that nothing stands in it twice

WAITS = {"finding": "binding.two_payers", "until": "2026-04-01"}

Change = Callable[[dict[str, Any]], object]


def parse(document: object) -> Family:
    return parse_family(json.dumps(document).encode(), "家.json", TODAY)


def changed(change: Change) -> dict[str, Any]:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    return document


def more(change: Change) -> dict[str, Any]:
    document = copy.deepcopy(MORE)
    change(document)
    return document


def refused(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(InputRefused) as trouble:
        parse_family(data, "家.json", TODAY)
    assert trouble.value.file == "家.json"
    for fault in trouble.value.faults:
        assert not fault.what.endswith("。")
        assert not fault.todo.endswith("。")
        str(fault).encode()
    return trouble.value.faults


def faults_after(change: Change) -> tuple[Fault, ...]:
    return refused(json.dumps(changed(change)).encode())


# ---------------------------------------------------------------------------------------- good documents


def test_that_a_document_becomes_a_family() -> None:
    family = parse(DOCUMENT)
    me, mum = family.people
    visit, premium, refund = family.events

    assert family.name == "三口之家"
    assert family.as_of == TODAY
    assert me.account == Account(
        date(2025, 1, 1), Money.yuan("600.00"), (Base(date(2025, 1, 1), Money.yuan("8000.00")),)
    )
    assert mum.coverage[0].until == date(2030, 12, 31)
    assert family.bindings[0].until == date(2026, 1, 5)
    assert isinstance(visit, Visit)
    assert visit.provider.level is Level.TERTIARY
    assert visit.charges.fund_paid == Money.yuan("100.00")
    assert visit.prescribed
    assert visit.note == "感冒"
    assert isinstance(premium, PremiumPayment)
    assert premium.insured == "mum"
    assert premium.paid_from == "me"
    assert refund == Refund("r1", date(2025, 3, 5), "v1")


def test_that_a_plan_and_a_scenario_are_read() -> None:
    family = parse(DOCUMENT)
    assert family.plan is not None
    pills = family.plan.recurring[0]

    assert pills.visit.id == "recurring-1"
    assert pills.visit.on == date(2026, 4, 8)
    assert pills.visit.setting is Setting.PHARMACY
    assert not pills.visit.prescribed
    assert (pills.every, pills.until) == (Rhythm.MONTH, date(2027, 4, 8))
    assert family.plan.premiums == (PlannedPremium("mum", "me"),)
    assert family.plan.wage_growth == Decimal("0.05")
    assert family.scenarios[0].ends == {"b1": date(2025, 12, 31)}
    assert family.scenarios[0].bindings[0].id == "b2"


def test_that_a_plan_says_how_sure_it_is_and_what_life_brings() -> None:
    plan = parse(MORE).plan
    assert plan is not None
    assert plan.recurring[0].chance == Chance(Decimal("0.8"), Decimal("0.3"))
    assert plan.life == (
        Retires("me", date(2040, 3, 1)),
        Moves("mum", date(2027, 1, 1), "440100"),
        Enrols(
            *("mum", date(2028, 7, 1), Scheme.EMPLOYEE, Status.ACTIVE, "430100"),
            monthly_base=Money.yuan("6000.00"),
        ),
        Dies("mum", date(2045, 1, 1)),
    )
    [risk] = plan.risks
    assert (risk.visit.id, risk.visit.setting) == ("risk-1", Setting.INPATIENT)
    assert (risk.a_year, risk.spread, plan.illness) == (Decimal("0.25"), Decimal("0.9"), Decimal("1.5"))


def test_that_a_scenario_says_what_it_does_otherwise() -> None:
    [scenario] = parse(MORE).scenarios
    assert scenario.premiums == (PlannedPremium("mum", None, date(2026, 9, 10)),)
    assert [one.visit.id for one in scenario.recurring] == ["recurring-1", "new"]
    assert scenario.leaves_out == ("r2", "risk-1", "premium-mum")
    assert scenario.life == (Dies("mum", date(2040, 1, 1)),)
    assert scenario.rules == (
        RuleChange("premium.personal", date(2027, 1, 1), Decimal(500), ("retired", "tertiary")),
        RuleChange("account.inheritable", date(2027, 1, 1), True),
        RuleChange("a.word", date(2027, 1, 1), "province"),
    )


def test_that_what_a_scenario_came_to_is_read() -> None:
    assert parse(MORE).snapshots == (
        Snapshot(
            scenario="解绑",
            taken_on=date(2026, 3, 1),
            until=date(2031, 2, 28),
            account="me",
            engine="0.1.0",
            packs=(("cn-43", "2026.1"),),
            runs_out=date(2028, 5, 1),
            shortfall=Money.yuan("115.65"),
            lowest=Money.yuan("4072.35"),
            cash=Money.yuan("12679.65"),
            by_others=Money.yuan("-30.00"),
            end=Money.yuan("166.00"),
        ),
    )


def test_that_all_a_plan_may_say_comes_back_as_it_was_written() -> None:
    family = parse(MORE)
    assert parse(write_family(family)) == family


def test_that_what_is_at_its_default_is_left_out() -> None:
    written = write_family(parse(DOCUMENT))
    assert written["plan"].keys() == {"recurring", "expected", "premiums", "wage_growth"}
    assert "chance" not in written["plan"]["recurring"][0]
    assert written["scenarios"][0].keys() == {"name", "end", "bindings", "events", "plan"}
    assert "snapshots" not in written
    sure = write_family(parse(changed(put("plan", "recurring", 0, "chance", {"happens": 1, "spread": "0"}))))
    assert sure["plan"]["recurring"][0]["chance"] == {}
    least = parse(changed(put("snapshots", [{**KEPT, "scenario": ""}])))
    assert "scenario" not in write_family(least)["snapshots"][0]


def test_that_a_chance_that_is_sure_is_another_than_none() -> None:
    plan = parse(changed(put("plan", "recurring", 0, "chance", {}))).plan
    assert plan is not None
    assert plan.recurring[0].chance == Chance()


def test_that_a_rule_that_no_pack_knows_may_stand() -> None:
    """Which packs there are is not for a file to know."""
    [change] = parse(more(put(*SCENARIO, "rules", [{**DEARER, "key": "no.such"}]))).scenarios[0].rules
    assert change.key == "no.such"


def test_that_a_family_without_a_plan_may_leave_out_what_was_last_year() -> None:
    document = more(lambda one: one.pop("plan"))
    document["scenarios"][0]["leaves_out"] = ["again-v1", "again-long-ago"]
    assert parse(document).scenarios[0].leaves_out == ("again-v1", "again-long-ago")


def test_that_a_scenarios_own_plan_is_what_it_lays_over() -> None:
    own = {"risks": [{**STAY, "id": "flu", "a_year": "1"}]}
    document = more(lambda one: one["scenarios"][0].update(plan=own, leaves_out=["flu"], recurring=[]))
    assert parse(document).scenarios[0].plan is not None
    [fault] = refused(json.dumps(more(put(*SCENARIO, "plan", own))).encode())[:1]
    assert fault.place == "scenarios[0].leaves_out[0]"


def test_that_there_is_no_limit_to_what_may_be_planned() -> None:
    bill = {**STAY, "every": "month"}
    document = changed(put("plan", {"recurring": [bill] * 10_000, "life": [], "risks": []}))
    plan = parse(document).plan
    assert plan is not None
    assert plan.recurring[-1].visit.id == "recurring-10000"


def test_that_what_plans_make_can_not_be_named_by_a_file() -> None:
    """Expected events are named with a no-break space."""
    for name in (f"plan{chr(160)}2027", f"plan{chr(8239)}1", "plan 1", "plan@2027", "plan+1"):
        document = changed(put(*VISIT, "id", name))
        document["events"][2]["of"] = name
        if name.isprintable():
            assert parse(document).events[0].id == name
        else:
            assert {one.what for one in refused(json.dumps(document).encode())} == {"编号里有换行或控制字符"}


def test_that_a_document_may_say_whose_account_it_is_about_and_what_waits() -> None:
    snooze = {"finding": "binding.two_payers 2025-01-05 b1 mum", "until": "2026-04-01"}
    document = changed(lambda one: one.update(holder="me", snoozes=[snooze]))
    document["people"][1]["relation"] = "parent_in_law"
    family = parse(document)
    assert family.holder == "me"
    assert family.people[1].relation is Relation.PARENT_IN_LAW
    assert family.snoozes == (Snooze("binding.two_payers 2025-01-05 b1 mum", date(2026, 4, 1)),)
    assert parse(write_family(family)) == family


def test_that_a_document_that_says_none_of_it_means_what_it_always_did() -> None:
    family = parse(DOCUMENT)
    assert (family.holder, family.snoozes, family.people[0].relation) == ("", (), None)
    assert not {"holder", "snoozes"} & write_family(family).keys()
    assert "relation" not in write_family(family)["people"][0]


def test_that_what_is_not_said_takes_its_default() -> None:
    family = parse({"format": "gongji-family/1", "people": [{"id": "me", "name": "本人", "account": {}}]})
    assert family.settings == Settings(
        credit_monthly=True, mutual_aid_pays_out_of_scope=None, own_account_pays_out_of_scope=None
    )
    assert family.people[0].account == Account()
    assert family.plan is None
    assert (family.bindings, family.events, family.scenarios) == ((), (), ())


@pytest.mark.parametrize("written", ["2025-03-01T10:30:00", "2025-03-01 10:30:00", "2025-03-01T10:30"])
def test_that_an_event_may_say_its_hour(written: str) -> None:
    event = parse(changed(lambda one: one["events"][0].update(on=written))).events[0]
    assert (event.on, event.at) == (date(2025, 3, 1), datetime(2025, 3, 1, 10, 30))  # noqa: DTZ001


def test_that_cash_pays_a_premium() -> None:
    def change(one: dict[str, Any]) -> None:
        one["events"][1]["paid_from"] = "cash"
        one["plan"]["premiums"][0]["paid_from"] = "cash"

    family = parse(changed(change))
    assert isinstance(family.events[1], PremiumPayment)
    assert family.events[1].paid_from is None
    assert family.plan is not None
    assert family.plan.premiums == (PlannedPremium("mum", None),)


@pytest.mark.parametrize("growth", [0.05, "0.05", -0.5, 1, "1", 0])
def test_that_a_wage_growth_is_a_number_or_a_text(growth: object) -> None:
    plan = parse(changed(lambda one: one["plan"].update(wage_growth=growth))).plan
    assert plan is not None
    assert plan.wage_growth == Decimal(str(growth))


def test_that_a_family_may_begin_with_a_byte_order_mark() -> None:
    data = b"\xef\xbb\xbf" + json.dumps(DOCUMENT, ensure_ascii=False).encode()
    assert parse_family(data, "家.json", TODAY) == parse(DOCUMENT)


def test_that_what_tests_and_authors_add_is_passed_over() -> None:
    document = changed(lambda one: one.update(source="手写", expect={"anything": [1, {"total": None}]}))
    assert parse(document) == parse(DOCUMENT)


def test_that_a_refund_may_stand_before_what_it_takes_back() -> None:
    assert len(parse(changed(lambda one: one["events"].reverse())).events) == 3


def test_that_a_scenario_may_plan_the_same_events_anew() -> None:
    document = changed(lambda one: one["scenarios"][0].update(plan=copy.deepcopy(one["plan"])))
    assert parse(document).scenarios[0].plan == parse(document).plan


def test_that_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "家.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    assert read_family(path, TODAY) == parse(DOCUMENT)


@pytest.mark.parametrize("name", ["没有.json", "."])
def test_that_a_file_that_can_not_be_read_is_trouble(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileTrouble, match="读不了这个文件"):
        read_family(tmp_path / name, TODAY)


def test_that_a_family_comes_back_as_it_was_written() -> None:
    family = parse(DOCUMENT)
    assert parse(write_family(family)) == family


@at_any_pace
@given(families())
def test_that_any_family_comes_back_as_it_was_written(family: Family) -> None:
    assert parse(write_family(family)) == family


# ------------------------------------------------------------------------------------- files that are none


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "文件是空的"),
        (b" \n\t", "文件是空的"),
        (b"\xef\xbb\xbf", "文件是空的"),
        ("名".encode("gb18030"), "从第 1 个字节起不是 UTF-8 编码"),
        (b'{"name": "\xff"}', "从第 11 个字节起不是 UTF-8 编码"),
        (b'{\n  "format": "gongji', "内容在第 2 行第 13 列断了，不完整"),
        (b'{"people": [', "内容在第 1 行第 13 列断了，不完整"),
        (b'{"people": [1,', "内容在第 1 行第 15 列断了，不完整"),
        (b'{"a" 1}', "第 1 行第 6 列不是合格的 JSON（名字后面少了冒号）"),
        (b"{a: 1}", "第 1 行第 2 列不是合格的 JSON（这里要有一个双引号括起来的名字）"),
        (b'{"a": }', "第 1 行第 7 列不是合格的 JSON（这里少了一个值）"),
        (b'{"a": 1 "b": 2}', "第 1 行第 9 列不是合格的 JSON（两项之间少了逗号）"),
        (b'{"a": "\n"}', "第 1 行第 8 列不是合格的 JSON（文字里有换行或控制字符）"),
        (b'{"a": "\\x"}', "第 1 行第 8 列不是合格的 JSON（反斜杠后面写得不对）"),
        (b"{} {}", "第 1 行第 4 列起，文件结束之后还有多余的内容"),
        (b"[" * 100_000 + b"]" * 100_000, "括号套得太深"),
        (b"[" * 100 + b"]" * 100, "括号套得太深"),
        (b'{"a":' * 100_000, "括号套得太深"),
        (b"[]", "最外层要是花括号里的一组 { … }，不能是 […]"),
        (b"null", "最外层要是花括号里的一组 { … }，不能是 null"),
        (b'"gongji-family/1"', '最外层要是花括号里的一组 { … }，不能是 "gongji-family/1"'),
    ],
)
def test_that_a_file_which_holds_no_document_is_refused(data: bytes, what: str) -> None:
    [fault] = refused(data)
    assert (fault.place, fault.what) == ("", what)
    assert fault.todo


def test_that_another_version_is_refused_with_both_names() -> None:
    [fault] = faults_after(lambda one: one.update(format="gongji-family/2", people=3))
    assert fault.place == "format"
    assert fault.what == '文件的格式是 "gongji-family/2"，本程序读的是 gongji-family/1'


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"format": "gongji-family/1", "people": [], "people": []}', "people"),
        ('{"format": "gongji-family/1", "people": [{"id": "a", "id": "b", "name": "甲"}]}', "people[0].id"),
    ],
)
def test_that_a_key_written_twice_is_refused(text: str, place: str) -> None:
    assert Fault(place, "同一个对象里写了两次", "请只留一个") in refused(text.encode())


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "9" * 5000, "0." + "1" * 500])
@pytest.mark.parametrize("field", ["total_fee", "expect", "benefit_year", "wage_growth"])
def test_that_a_number_which_is_none_is_refused(number: str, field: str) -> None:
    places = {
        "total_fee": "events[0].total_fee",
        "expect": "expect",
        "benefit_year": "events[1].benefit_year",
        "wage_growth": "plan.wage_growth",
    }

    def change(one: dict[str, Any]) -> None:
        holder = {"total_fee": one["events"][0], "benefit_year": one["events"][1], "wage_growth": one["plan"]}
        holder.get(field, one)[field] = "HERE"

    data = json.dumps(changed(change)).replace('"HERE"', number)
    [fault] = refused(data.encode())
    assert fault.place == places[field]
    assert "不是可用的数" in fault.what


@pytest.mark.parametrize("text", ["\ud800", "\udfff母", "a\0b"])
def test_that_a_text_which_is_none_is_refused(text: str) -> None:
    [fault] = faults_after(lambda one: one["people"][0].update(name=text))
    assert (fault.place, fault.what) == ("people[0].name", "文字里有不成字的编码")
    named = faults_after(lambda one: one.update({text: 1}))
    assert Fault("", "字段名里有不成字的编码", "请改正字段名") in named


# ------------------------------------------------------------------------------------- what stands inside


def at(document: Any, *path: int | str) -> Any:
    for step in path:
        document = document[step]
    return document


def put(*path_and_value: Any) -> Change:
    *path, name, value = path_and_value

    def change(one: dict[str, Any]) -> None:
        at(one, *path)[name] = value

    return change


def drop(*path: int | str) -> Change:
    def change(one: dict[str, Any]) -> None:
        del at(one, *path[:-1])[path[-1]]

    return change


VISIT = ("events", 0)
PREMIUM = ("events", 1)
REFUND = ("events", 2)
RECURRING = ("plan", "recurring", 0)
RISK = ("plan", "risks", 0)
LIFE = ("plan", "life", 0)
SCENARIO = ("scenarios", 0)
OTHERWISE = (*SCENARIO, "recurring", 0)
RULE = (*SCENARIO, "rules", 0)
SNAPSHOT = ("snapshots", 0)


@pytest.mark.parametrize(
    ("change", "place", "what", "todo"),
    [
        (put("colour", 1), "colour", '没有 "colour" 这个字段', "请删去；这里可以写：format、name"),
        (put("as-of", 1), '["as-of"]', '没有 "as-of" 这个字段', "是不是要写 as_of？改正或删去"),
        (
            put(*VISIT, "totel_fee", "1.00"),
            "events[0].totel_fee",
            '没有 "totel_fee"',
            "是不是要写 total_fee？",
        ),
        (put(*VISIT, "visit", 1), "events[0].visit", '没有 "visit" 这个字段', "请删去"),
        (put("people", 0, "coverage", 0, "form", 1), "people[0].coverage[0].form", '没有 "form"', "from"),
        (put("people", 0, "account", "base", 0, "since", 1), "people[0].account.base[0].since", "没有", ""),
        (put(*RECURRING, "on", "2026-01-01"), "plan.recurring[0].on", '没有 "on"', ""),
        (put("plan", "expected", 0, "off", 1), "plan.expected[0].off", '没有 "off"', "是不是要写 of？"),
        (put("settings", {"credit": True}), "settings.credit", '没有 "credit"', "credit_monthly"),
        (drop("format"), "format", "缺少这一项", "请补上"),
        (drop("people"), "people", "缺少这一项", "请补上"),
        (drop(*VISIT, "total_fee"), "events[0].total_fee", "缺少这一项", "请补上"),
        (drop(*VISIT, "id"), "events[0].id", "缺少这一项", "请补上"),
        (drop(*VISIT, "type"), "events[0].type", "缺少这一项", "visit、premium、refund"),
        (drop(*VISIT, "provider", "area"), "events[0].provider.area", "缺少这一项", "请补上"),
        (drop("people", 0, "account", "opening", "on"), "people[0].account.opening.on", "缺少这一项", ""),
        (drop("plan", "expected", 0, "id"), "plan.expected[0].id", "缺少这一项", ""),
        (put("people", {}), "people", "这里要是方括号里的一列 [ … ]，不能是 {…}", ""),
        (put("people", 0, "母亲"), "people[0]", '这里要是花括号里的一组 { … }，不能是 "母亲"', ""),
        (put(*VISIT, [1]), "events[0]", "这里要是花括号里的一组 { … }，不能是 […]", ""),
        (put("people", 0, "account", 3), "people[0].account", "这里要是花括号里的一组 { … }，不能是 3", ""),
        (put("scenarios", 0, "end", []), "scenarios[0].end", "这里要是花括号里的一组 { … }", ""),
        (
            put(*VISIT, "type", "trip"),
            "events[0].type",
            '没有 "trip" 这个词',
            "可用的词：visit、premium、refund",
        ),
        (put(*VISIT, "type", ["visit"]), "events[0].type", "没有 […] 这个词", "可用的词"),
        (
            put(*RECURRING, "type", "refund"),
            "plan.recurring[0].type",
            '没有 "refund" 这个词',
            "可用的词：visit",
        ),
        (put(*VISIT, "setting", "spa"), "events[0].setting", '没有 "spa" 这个词', "outpatient、emergency"),
        (put(*VISIT, "provider", "kind", None), "events[0].provider.kind", "没有 null 这个词", "hospital"),
        (put(*VISIT, "use_account", "yes"), "events[0].use_account", "这里只能是 true 或 false", ""),
        (put("people", 0, "name", 7), "people[0].name", "名字要写成文字，不能是 7", ""),
        (put("people", 0, "name", " "), "people[0].name", "名字是空的", "请写上名字"),
        (put("people", 0, "name", "名" * 61), "people[0].name", "名字太长，有 61 个字", "最多 60 个字"),
        (put("people", 0, "name", "小\n张"), "people[0].name", "名字里有换行或控制字符", ""),
        (put(*REFUND, "of", 5), "events[2].of", "编号要写成文字，不能是 5", ""),
        (put(*VISIT, "note", "记" * 101), "events[0].note", "备注太长，有 101 个字", "最多 100 个字"),
        (put(*PREMIUM, "benefit_year", "2026"), "events[1].benefit_year", "参保年度要写成不带引号的年份", ""),
        (put(*PREMIUM, "benefit_year", 1999), "events[1].benefit_year", "参保年度要在 2000 到 2100 之间", ""),
        (put(*PREMIUM, "benefit_year", True), "events[1].benefit_year", "参保年度要写成", ""),
        (
            put("plan", "wage_growth", 1.5),
            "plan.wage_growth",
            "工资增长率要在 -0.5 到 1 之间（现在是 1.5）",
            "",
        ),
        (put("plan", "wage_growth", "5%"), "plan.wage_growth", "工资增长率写得不对", "0.05"),
        (put("plan", "wage_growth", 1e300), "plan.wage_growth", "工资增长率写得不对", "0.05"),
        (put("plan", "wage_growth", True), "plan.wage_growth", "工资增长率要是一个数", ""),
        (put("plan", "wage_growth", []), "plan.wage_growth", "工资增长率要是一个数", ""),
    ],
)
def test_that_a_wrong_form_is_refused(change: Change, place: str, what: str, todo: str) -> None:
    [fault] = [one for one in faults_after(change) if "编号为" not in one.what]
    assert fault.place == place
    assert fault.what.startswith(what)
    assert todo in fault.todo


@pytest.mark.parametrize(
    ("written", "what"),
    [
        (494, "金额要写成带引号的文字，不能是数 494"),
        (494.5, "金额要写成带引号的文字，不能是数 494.5"),
        (-3, "金额不能是负数，并且要写成带引号的文字（现在是 -3）"),
        (10**14, "金额太大，最多 99999999999999.99，并且要写成带引号的文字"),
        (True, "金额要写成文字，不能是 true"),
        (None, "金额要写成文字，不能是 null"),
        (["494.00"], "金额要写成文字，不能是 […]"),
        ("", '没有写金额（现在是 ""）'),
        ("-494.00", '金额不能是负数（现在是 "-494.00"）'),
        ("−494.00", '金额不能是负数（现在是 "−494.00"）'),  # noqa: RUF001
        ("-0.00", '金额不能是负数（现在是 "-0.00"）'),
        ("NaN", '这不是一个金额（现在是 "NaN"）'),
        ("Infinity", '这不是一个金额（现在是 "Infinity"）'),
        ("494", '金额要写到分，小数点后正好两位（现在是 "494"）'),
        ("494.0", '金额要写到分，小数点后正好两位（现在是 "494.0"）'),
        (".50", '金额要写到分，小数点后正好两位（现在是 ".50"）'),
        ("494.000", '金额最多到分，小数点后正好两位（现在是 "494.000"）'),
        ("4.94e2", '金额不能用科学记数法（现在是 "4.94e2"）'),
        ("４９４．００", '金额里有全角字符（现在是 "４９４．００"）'),  # noqa: RUF001
        ("\u0664.\u0660\u0660", '这不是一个金额（现在是 "\u0664.\u0660\u0660"）'),
        ("1,494.00", '金额里有逗号（现在是 "1,494.00"）'),
        (" 494.00", '金额里有空格（现在是 " 494.00"）'),
        ("0494.00", '金额前面多了 0（现在是 "0494.00"）'),
        ("494.00元", '这不是一个金额（现在是 "494.00元"）'),
        ("494.00\n元\n", '这不是一个金额（现在是 "494.00\\n元\\n"）'),
        ("100000000000000.00", '金额太大，最多 99999999999999.99（现在是 "100000000000000.00"）'),
    ],
)
def test_that_money_is_a_text_of_yuan_with_two_decimals(written: object, what: str) -> None:
    [fault] = faults_after(put("people", 0, "account", "opening", "balance", written))
    assert (fault.place, fault.what) == ("people[0].account.opening.balance", what)
    assert '"494.00"' in fault.todo


def test_that_the_largest_sum_is_taken() -> None:
    family = parse(changed(put("people", 0, "account", "opening", "balance", "99999999999999.99")))
    assert family.people[0].account is not None
    assert family.people[0].account.opening == Money(9999999999999999)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("2025-02-30", "没有 2025-02-30 这一天"),
        ("2025-3-1", "日期写得不对"),
        ("20250301", "日期写得不对"),
        ("２０２５-03-01", "日期写得不对"),  # noqa: RUF001
        ("9999-12-31", "年份要在 1900 到 2100 之间"),
        ("0001-01-01", "年份要在 1900 到 2100 之间"),
        (20250301, "日期写得不对"),
        (None, "日期写得不对"),
        ("2025-03-01T25:00:00", "没有 25:00:00 这个时刻"),
        ("2025-03-01T10:30:00+08:00", "时刻写得不对"),
        ("2025-02-30T10:30:00", "没有 2025-02-30 这一天"),
        ("2025-03-01T10", "时刻写得不对"),
    ],
)
def test_that_a_day_must_be_one(written: object, what: str) -> None:
    [fault] = faults_after(put(*REFUND, "on", written))
    assert fault.place == "events[2].on"
    assert fault.what.startswith(what)


def test_that_only_events_may_say_an_hour() -> None:
    [fault] = faults_after(put("bindings", 0, "from", "2025-01-05T10:00:00"))
    assert (fault.place, fault.what[:6]) == ("bindings[0].from", "日期写得不对")


@pytest.mark.parametrize("written", [430100, "4301", "43010A", "4301000", "４３０１００", None])  # noqa: RUF001
def test_that_an_area_has_six_digits(written: object) -> None:
    [fault] = faults_after(put(*VISIT, "provider", "area", written))
    assert (fault.place, fault.what[:15]) == ("events[0].provider.area", "区划代码要是六位数字的文字（现")


# --------------------------------------------------------------------------------------- who is named where


def another(*path: int | str) -> Change:
    """Puts a second copy of a thing beside it."""

    def change(one: dict[str, Any]) -> None:
        things = at(one, *path[:-1])
        things.append(copy.deepcopy(things[path[-1]]))

    return change


@pytest.mark.parametrize(
    ("change", "place", "what"),
    [
        (another("people", 1), "people[2].id", '编号 "mum" 用了两次'),
        (another("bindings", 0), "bindings[1].id", '编号 "b1" 用了两次'),
        (another(*VISIT), "events[3].id", '编号 "v1" 用了两次'),
        (put("plan", "expected", 0, "id", "v1"), "plan.expected[0].id", '编号 "v1" 用了两次'),
        (put(*RECURRING, "id", "p1"), "plan.recurring[0].id", '编号 "p1" 用了两次'),
        (
            put("plan", "expected", 0, "id", "recurring-1"),
            "plan.expected[0].id",
            '编号 "recurring-1" 用了两次',
        ),
        (put("scenarios", 0, "bindings", 0, "id", "b1"), "scenarios[0].bindings[0].id", '编号 "b1" 用了两次'),
        (put("scenarios", 0, "events", 0, "id", "v1"), "scenarios[0].events[0].id", '编号 "v1" 用了两次'),
        (another("scenarios", 0), "scenarios[1].name", '方案 "解绑" 用了两次'),
        (put("holder", "dad"), "holder", '没有编号为 "dad" 的家人'),
        (put("snoozes", [WAITS, WAITS]), "snoozes[1].finding", '提示 "binding.two_payers" 暂缓了两次'),
        (put("bindings", 0, "payer", "dad"), "bindings[0].payer", '没有编号为 "dad" 的家人'),
        (put("bindings", 0, "beneficiary", "dad"), "bindings[0].beneficiary", '没有编号为 "dad" 的家人'),
        (put(*VISIT, "patient", "dad"), "events[0].patient", '没有编号为 "dad" 的家人'),
        (put(*PREMIUM, "for", "dad"), "events[1].for", '没有编号为 "dad" 的家人'),
        (put(*PREMIUM, "paid_from", "dad"), "events[1].paid_from", '没有编号为 "dad" 的家人'),
        (put(*REFUND, "of", "v9"), "events[2].of", '没有编号为 "v9" 的事件'),
        (put(*REFUND, "of", "r1"), "events[2].of", "退费写的是它自己"),
        (put("events", 2, "of", "r2"), "events[2].of", '没有编号为 "r2" 的事件'),
        (put("plan", "expected", 0, "of", "v9"), "plan.expected[0].of", '没有编号为 "v9" 的事件'),
        (put(*RECURRING, "patient", "dad"), "plan.recurring[0].patient", '没有编号为 "dad" 的家人'),
        (put("plan", "premiums", 0, "for", "dad"), "plan.premiums[0].for", '没有编号为 "dad" 的家人'),
        (put("plan", "premiums", 0, "paid_from", "dad"), "plan.premiums[0].paid_from", "没有编号为"),
        (put("scenarios", 0, "end", "b9", "2025-01-01"), "scenarios[0].end.b9", '没有编号为 "b9" 的绑定'),
        (put("scenarios", 0, "bindings", 0, "payer", "dad"), "scenarios[0].bindings[0].payer", "没有编号为"),
        (put("scenarios", 0, "events", 0, "of", "v9"), "scenarios[0].events[0].of", "没有编号为"),
        (put("scenarios", 0, "plan", "premiums", [{"for": "dad", "paid_from": "me"}]), None, "没有编号为"),
        (put("bindings", 0, "beneficiary", "me"), "bindings[0].beneficiary", "共济人和使用人是同一个人"),
        (put("bindings", 0, "to", "2025-01-04"), "bindings[0].to", "终止日 2025-01-04 早于起始日 2025-01-05"),
        (put("people", 1, "coverage", 0, "to", "2019-01-01"), "people[1].coverage[0].to", "终止日"),
        (put(*RECURRING, "to", "2026-04-07"), "plan.recurring[0].to", "终止日"),
        (put("scenarios", 0, "bindings", 0, "to", "2026-01-31"), "scenarios[0].bindings[0].to", "终止日"),
        (
            put(*VISIT, "upfront_copay", "474.01"),
            "events[0].total_fee",
            "全自费、超限价和先行自付合计 494.01，",
        ),
        (put(*VISIT, "fund_pay_total", "494.01"), "events[0].fund_pay_total", "基金支付 494.01 大于"),
        (drop(*VISIT, "provider", "level"), "events[0].provider.level", "医院没有写等级"),
        (put(*VISIT, "provider", "level", None), "events[0].provider.level", "医院没有写等级"),
        (put(*RECURRING, "provider", "level", "primary"), "plan.recurring[0].provider.level", "药店没有等级"),
    ],
)
def test_that_what_can_not_be_true_together_is_refused(change: Change, place: str | None, what: str) -> None:
    [fault] = faults_after(change)
    assert fault.place == (place or "scenarios[0].plan.premiums[0].for")
    assert fault.what.startswith(what)
    assert fault.todo


def test_that_a_refund_can_not_be_refunded() -> None:
    more = {"id": "r4", "type": "refund", "on": "2025-03-06", "of": "r1"}
    [fault] = faults_after(lambda one: one["events"].append(more))
    assert (fault.place, fault.what) == ("events[3].of", '"r1" 本身是退费，不能再退')


def test_that_a_planned_refund_can_not_take_a_refund_back() -> None:
    [fault] = faults_after(put("plan", "expected", 0, "of", "r1"))
    assert (fault.place, fault.what) == ("plan.expected[0].of", '"r1" 本身是退费，不能再退')


@pytest.mark.parametrize(
    ("change", "place", "what"),
    [
        (put("people", 0, "relation", "cousin"), "people[0].relation", '没有 "cousin" 这个词'),
        (put("holder", 7), "holder", "编号要写成文字，不能是 7"),
        (put("snoozes", [{**WAITS, "finding": ""}]), "snoozes[0].finding", "提示是空的"),
        (put("snoozes", [{**WAITS, "until": "soon"}]), "snoozes[0].until", "日期写得不对"),
        (put("snoozes", [{**WAITS, "why": "later"}]), "snoozes[0].why", '没有 "why" 这个字段'),
    ],
)
def test_that_what_was_added_is_read_as_strictly(change: Change, place: str, what: str) -> None:
    [fault] = faults_after(change)
    assert fault.place == place
    assert fault.what.startswith(what)
    assert fault.todo or place == "holder"


@pytest.mark.parametrize(
    ("change", "place", "what"),
    [
        (put(*RECURRING, "chance", "happens", "1.1"), "chance.happens", "可能性要在 0 到 1 之间（现在是"),
        (put(*RECURRING, "chance", "happens", "-0.1"), "chance.happens", "可能性要在 0 到 1 之间"),
        (put(*RECURRING, "chance", "happens", -1), "chance.happens", "可能性要在 0 到 1 之间（现在是 -1）"),
        (put(*RECURRING, "chance", "happens", "80%"), "chance.happens", '可能性写得不对（现在是 "80%"）'),
        (put(*RECURRING, "chance", "happens", True), "chance.happens", "可能性要是一个数"),
        (put(*RECURRING, "chance", "happens", None), "chance.happens", "可能性要是一个数"),
        (put(*RECURRING, "chance", "happens", "0.1234567"), "chance.happens", "可能性写得不对"),
        (put(*RECURRING, "chance", "spread", "-0.3"), "chance.spread", "金额的波动要在 0 到 10 之间"),
        (put(*RECURRING, "chance", "spread", "10.5"), "chance.spread", "金额的波动要在 0 到 10 之间"),
        (put(*RECURRING, "chance", "spread", 1e9), "chance.spread", "金额的波动写得不对"),
        (put(*RECURRING, "chance", "sure", 1), "chance.sure", '没有 "sure" 这个字段'),
        (put(*RECURRING, "chance", 0.5), "chance", "这里要是花括号里的一组"),
    ],
)
def test_that_a_chance_must_be_one(change: Change, place: str, what: str) -> None:
    [fault] = refused(json.dumps(more(change)).encode())
    assert fault.place == f"plan.recurring[0].{place}"
    assert fault.what.startswith(what)
    assert fault.todo


@pytest.mark.parametrize(
    ("change", "place", "what"),
    [
        (put(*RISK, "a_year", "-1"), "plan.risks[0].a_year", "一年的次数要在 0 到 366 之间"),
        (put(*RISK, "a_year", 400), "plan.risks[0].a_year", "一年的次数要在 0 到 366 之间（现在是 400）"),
        (put(*RISK, "a_year", "9999999"), "plan.risks[0].a_year", "一年的次数写得不对"),
        (put(*RISK, "a_year", "often"), "plan.risks[0].a_year", "一年的次数写得不对"),
        (drop(*RISK, "a_year"), "plan.risks[0].a_year", "缺少这一项"),
        (put(*RISK, "spread", "-1"), "plan.risks[0].spread", "金额的波动要在 0 到 10 之间"),
        (put(*RISK, "to", "2030-01-01"), "plan.risks[0].to", '没有 "to" 这个字段'),
        (put(*RISK, "patient", "dad"), "plan.risks[0].patient", '没有编号为 "dad" 的家人'),
        (put(*RISK, "upfront_copay", "8000.01"), "plan.risks[0].total_fee", "全自费、超限价和先行自付合计"),
        (put(*RISK, "provider", "level", None), "plan.risks[0].provider.level", "医院没有写等级"),
        (put(*RISK, "id", "v1"), "plan.risks[0].id", '编号 "v1" 用了两次'),
        (put("plan", "illness", "-1"), "plan.illness", "计划外看病的倍数要在 0 到 5 之间"),
        (put("plan", "illness", 6), "plan.illness", "计划外看病的倍数要在 0 到 5 之间（现在是 6）"),
        (put("plan", "illness", "NaN"), "plan.illness", "计划外看病的倍数写得不对"),
        (put(*LIFE, "type", "marry"), "plan.life[0].type", '没有 "marry" 这个词'),
        (drop(*LIFE, "type"), "plan.life[0].type", "缺少这一项"),
        (put(*LIFE, "area", "430100"), "plan.life[0].area", '没有 "area" 这个字段'),
        (drop("plan", "life", 1, "area"), "plan.life[1].area", "缺少这一项"),
        (put("plan", "life", 1, "area", "4401"), "plan.life[1].area", "区划代码要是六位数字"),
        (put("plan", "life", 2, "scheme", "private"), "plan.life[2].scheme", '没有 "private" 这个词'),
        (put("plan", "life", 2, "monthly_base", "-1.00"), "plan.life[2].monthly_base", "金额不能是负数"),
        (put(*LIFE, "person", "dad"), "plan.life[0].person", '没有编号为 "dad" 的家人'),
        (put(*LIFE, "on", "1985-02-27"), "plan.life[0].on", "1985-02-27 早于此人的出生日期 1985-02-28"),
        (put(*LIFE, "on", "2101-01-01"), "plan.life[0].on", "年份要在 1900 到 2100 之间"),
        (another("plan", "life", 0), "plan.life[4].type", "同样的一件写了两次"),
        (put(*LIFE, {**DIES, "on": "2044-01-01"}), "plan.life[3].type", "此人的去世写了两次"),
        (put("plan", "premiums", 0, "on", "soon"), "plan.premiums[0].on", "日期写得不对"),
    ],
)
def test_that_what_may_befall_must_make_sense(change: Change, place: str, what: str) -> None:
    fault, *_ = refused(json.dumps(more(change)).encode())
    assert fault.place == place
    assert fault.what.startswith(what)
    assert fault.todo


@pytest.mark.parametrize(
    ("change", "place", "what"),
    [
        (put(*SCENARIO, "premiums", 0, "for", "dad"), "premiums[0].for", '没有编号为 "dad" 的家人'),
        (put(*SCENARIO, "premiums", 0, "paid_from", "dad"), "premiums[0].paid_from", "没有编号为"),
        (another(*SCENARIO, "premiums", 0), "premiums[1].for", "为同一个人缴费写了两次"),
        (drop(*OTHERWISE, "id"), "recurring[0].id", "缺少这一项"),
        (put(*OTHERWISE, "id", "new"), "recurring[1].id", '编号 "new" 用了两次'),
        (put(*OTHERWISE, "id", "v1"), "recurring[0].id", '编号 "v1" 已经用在别的事上'),
        (put(*OTHERWISE, "id", "r3"), "recurring[0].id", '编号 "r3" 已经用在别的事上'),
        (put(*OTHERWISE, "id", "risk-1"), "recurring[0].id", '编号 "risk-1" 已经用在别的事上'),
        (put(*OTHERWISE, "patient", "dad"), "recurring[0].patient", '没有编号为 "dad" 的家人'),
        (put(*OTHERWISE, "to", "2026-03-31"), "recurring[0].to", "终止日 2026-03-31 早于起始日"),
        (
            put(*OTHERWISE, "chance", {"happens": "2"}),
            "recurring[0].chance.happens",
            "可能性要在 0 到 1 之间",
        ),
        (put(*SCENARIO, "leaves_out", 1, "no"), "leaves_out[1]", '规划里没有编号为 "no" 的预计'),
        (put(*SCENARIO, "leaves_out", 1, "v1"), "leaves_out[1]", '规划里没有编号为 "v1" 的预计'),
        (put(*SCENARIO, "leaves_out", 1, "premium-dad"), "leaves_out[1]", "规划里没有编号为"),
        (put(*SCENARIO, "leaves_out", 1, "r2"), "leaves_out[1]", '"r2" 写了两次'),
        (put(*SCENARIO, "leaves_out", 1, 5), "leaves_out[1]", "编号要写成文字，不能是 5"),
        (put(*SCENARIO, "life", 0, "person", "dad"), "life[0].person", '没有编号为 "dad" 的家人'),
        (put(*SCENARIO, "life", 0, "on", "2045-02-30"), "life[0].on", "没有 2045-02-30 这一天"),
        (another(*RULE), "rules[3].key", "同一条规则在同一天假设了两次"),
        (drop(*RULE, "value"), "rules[0].value", "缺少这一项"),
        (put(*RULE, "value", None), "rules[0].value", "假设的值要是一个数、一个词，或 true、false"),
        (put(*RULE, "value", []), "rules[0].value", "假设的值要是一个数、一个词，或 true、false"),
        (put(*RULE, "value", "1e5"), "rules[0].value", "假设的值写得不对"),
        (put(*RULE, "value", 1e300), "rules[0].value", "假设的值写得不对"),
        (put(*RULE, "value", "123456789012345"), "rules[0].value", "假设的值写得不对"),
        (put(*RULE, "value", " "), "rules[0].value", "假设的值是空的"),
        (put(*RULE, "key", ""), "rules[0].key", "规则的名称是空的"),
        (put(*RULE, "from", "2027-13-01"), "rules[0].from", "没有 2027-13-01 这一天"),
        (put(*RULE, "entry", "retired"), "rules[0].entry", "这里要是方括号里的一列"),
    ],
)
def test_that_what_a_scenario_does_otherwise_must_make_sense(change: Change, place: str, what: str) -> None:
    [fault] = refused(json.dumps(more(change)).encode())
    assert fault.place == f"scenarios[0].{place}"
    assert fault.what.startswith(what)


@pytest.mark.parametrize(
    ("change", "place", "what"),
    [
        (put(*SNAPSHOT, "account", "dad"), "account", '没有编号为 "dad" 的家人'),
        (put(*SNAPSHOT, "until", "2026-02-28"), "until", "推演到 2026-02-28，早于留存的 2026-03-01"),
        (put(*SNAPSHOT, "runs_out", "2031-03-01"), "runs_out", "首次不足的 2031-03-01 晚于推演的终点"),
        (another(*SNAPSHOT), None, "同一个方案在同一天留存了两次"),
        (put(*SNAPSHOT, "end", "166"), "end", "金额要写到分"),
        (put(*SNAPSHOT, "end", "--1.00"), "end", "金额不能是负数"),
        (put(*SNAPSHOT, "shortfall", "-1.00"), "shortfall", "金额不能是负数"),
        (put(*SNAPSHOT, "engine", ""), "engine", "版本是空的"),
        (put(*SNAPSHOT, "packs", 0, "version", 2026), "packs[0].version", "版本要写成文字"),
        (drop(*SNAPSHOT, "cash"), "cash", "缺少这一项"),
    ],
)
def test_that_what_was_kept_must_make_sense(change: Change, place: str | None, what: str) -> None:
    faults = refused(json.dumps(more(change)).encode())
    assert faults[0].place == (f"snapshots[0].{place}" if place else "snapshots[1].taken_on")
    assert faults[0].what.startswith(what)


@pytest.mark.parametrize("value", [0.75, "0.75", 5, "5", "-0.5", True, False, "province"])
def test_that_a_supposed_value_is_a_number_a_word_or_yes_or_no(value: object) -> None:
    [change, *_] = parse(more(put(*RULE, "value", value))).scenarios[0].rules
    known: dict[object, object] = {"0.75": Decimal("0.75"), "5": Decimal(5), "-0.5": Decimal("-0.5")}
    expected = Decimal("0.75") if value == 0.75 else known.get(value, value)
    assert change.value == expected
    assert type(change.value) is type(expected) or isinstance(change.value, Decimal)


def test_that_nobody_may_be_called_cash() -> None:
    [fault] = faults_after(lambda one: one["people"].append({"id": "cash", "name": "钱"}))
    assert (fault.place, fault.what) == ("people[2].id", "家人的编号不能是 cash")


def test_that_a_family_has_somebody() -> None:
    [fault] = refused(b'{"format": "gongji-family/1", "people": []}')
    assert (fault.place, fault.what) == ("people", "这里至少要有一项")


def test_that_a_family_may_have_many_people_and_a_fault_names_a_few() -> None:
    crowd = [{"id": f"p{number}", "name": "某"} for number in range(20)]
    [fault] = faults_after(lambda one: (one["people"].extend(crowd), put(*VISIT, "patient", "x")(one)))
    assert fault.todo == "文件里的家人：me、mum、p0、p1、p2、p3、p4、p5……"


def test_that_every_fault_is_named_at_once_and_in_order() -> None:
    def change(one: dict[str, Any]) -> None:
        put("people", 1, "coverage", 0, "area", "43")(one)
        put("bindings", 0, "payer", "dad")(one)
        put(*VISIT, "on", "2025-02-30")(one)
        put(*VISIT, "total_fee", "10.00")(one)
        put(*VISIT, "provider", "level", "giant")(one)
        put(*PREMIUM, "amount", 400)(one)
        put(*REFUND, "of", "v9")(one)
        put("plan", "wage_growth", "much")(one)

    faults = faults_after(change)
    assert [one.place for one in faults] == [
        "people[1].coverage[0].area",
        "bindings[0].payer",
        "events[0].on",
        "events[0].provider.level",
        "events[0].total_fee",
        "events[0].fund_pay_total",
        "events[1].amount",
        "events[2].of",
        "plan.wage_growth",
    ]


def test_that_no_fault_speaks_the_language_of_the_library() -> None:
    faults = faults_after(lambda one: one.update(people=[1], bindings=[{}], events=[{}, {"type": "visit"}]))
    assert not any(word in str(faults) for word in ("Input", "pydantic", "union", "model", "visit."))


# ---------------------------------------------------------------------------------------- whatever comes in

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["visit", "me", "v1"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "on", "of", "people", "plan"]) | st.text(), inner, max_size=4
        )
    ),
    max_leaves=8,
)


def paths(value: object, path: tuple[int | str, ...] = ()) -> list[tuple[int | str, ...]]:
    inside: list[tuple[int | str, object]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [(*path, name) for name, _ in inside] + [
        deeper for name, one in inside for deeper in paths(one, (*path, name))
    ]


@at_any_pace
@given(st.lists(st.tuples(st.sampled_from(paths(MORE)), JUNK), min_size=1, max_size=3))
def test_that_junk_anywhere_is_refused_or_read_but_never_breaks(junk: list[tuple[Any, Any]]) -> None:
    document = copy.deepcopy(MORE)
    for path, value in junk:
        try:
            put(*path, value)(document)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier piece of junk stands in the way
    try:
        parse(document)
    except InputRefused as refusal:
        str(refusal).encode()


@at_any_pace
@given(st.binary(max_size=60))
def test_that_any_bytes_are_refused_or_read_but_never_break(data: bytes) -> None:
    with pytest.raises(InputRefused):
        parse_family(data, "家.json", TODAY)


@at_any_pace
@given(st.integers(min_value=0))
def test_that_a_cut_off_document_is_refused(length: int) -> None:
    data = json.dumps(DOCUMENT, ensure_ascii=False).encode()
    refused(data[: length % len(data)])
