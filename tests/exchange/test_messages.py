"""结算消息。Every spelling is read, every identity is tested to the fen, what can't be read is refused."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.care import Credential, Facility, Level, Setting
from desktop.domain.money import Money
from desktop.domain.trouble import Fault, FileTrouble, InputRefused
from desktop.exchange.identities import (
    Identity,
    Outcome,
    has_mismatch,
    identities,
    messages_result,
    mismatches,
)
from desktop.exchange.message_event import message_to_event
from desktop.exchange.messages import Dialect, Message, parse_messages, read_messages
from tests.exchange.families import at_any_pace

SAMPLES = Path(__file__).parent / "setlinfo"
OK, MISMATCH, NOT_APPLICABLE = "ok", "mismatch", "n/a"

FULL: dict[str, Any] = {
    "medfee_sumamt": "300.00",
    "fulamt_ownpay_amt": "20.00",
    "overlmt_selfpay": "5.00",
    "preselfpay_amt": "25.00",
    "inscp_scp_amt": "250.00",
    "act_pay_dedc": "0.00",
    "hifp_pay": "140.00",
    "cvlserv_pay": "0",
    "hifes_pay": "0",
    "hifmi_pay": "0",
    "hifob_pay": "10.00",
    "maf_pay": "0",
    "oth_pay": "0",
    "fund_pay_sumamt": "150.00",
    "psn_part_amt": "145.00",
    "acct_pay": "120.00",
    "psn_cash_pay": "25.00",
    "hosp_part_amt": "5.00",
    "balc": "80.00",
    "acct_mulaid_pay": "70.00",
}


def read(document: object, dialect: Dialect = Dialect.INSIDE) -> tuple[Message, ...]:
    return parse_messages(json.dumps(document, default=float).encode(), "消息.json", dialect)


def message(changes: Mapping[str, object] | None = None, *, without: tuple[str, ...] = ()) -> Message:
    sums = {name: value for name, value in FULL.items() if name not in without} | dict(changes or {})
    return read({"output": {"setlinfo": sums}})[0]


def outcomes(one: Message, before: Money | None = None) -> dict[str, str]:
    return {name: identity.outcome.value for name, identity in identities(one, before).items()}


def refused(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(InputRefused) as trouble:
        parse_messages(data, "消息.json")
    return trouble.value.faults


# ------------------------------------------------------------------------------------------------- samples


@pytest.mark.parametrize(
    ("name", "untested"),
    [
        ("setlinfo-01", {"I7", "I8"}),  # a reply of 2304; its one detail row has no amount
        ("setlinfo-02", {"I7"}),  # a reply of 2207; the row 310200 is no fund's
        ("setlinfo-04", {"I2", "I3", "I6", "I7"}),  # a reply of 2208; negative, with nulls
        ("constructed-01", {"I7"}),
        ("constructed-02", {"I7", "I8"}),  # 2102 has no hospital part
        ("constructed-04", {"I7", "I8"}),  # 2208 with its misspelt cash field
    ],
)
def test_that_a_sample_adds_up(name: str, untested: set[str]) -> None:
    [one] = read_messages(SAMPLES / f"{name}.json")
    found = outcomes(one)
    assert {identity for identity, outcome in found.items() if outcome == NOT_APPLICABLE} == untested
    assert set(found.values()) <= {OK, NOT_APPLICABLE}
    assert not has_mismatch([one])


def test_that_a_sample_keeps_what_it_says() -> None:
    [one] = read_messages(SAMPLES / "setlinfo-04.json")
    assert one.infno == "2208"
    assert one.amount("medfee_sumamt") == Money(-2510)
    assert one.unknown == {"psn_part_amt", "hosp_part_amt", "acct_mulaid_pay"}
    assert "psn_part_amt" not in one.setlinfo
    assert one.details[0]["fund_payamt"] == Money(-2510)


def test_that_a_balance_before_can_be_held_against_a_message() -> None:
    [one] = read_messages(SAMPLES / "setlinfo-02.json")
    assert identities(one, Money.yuan("1378.15"))["I7"] == Identity(Outcome.OK)
    assert identities(one, Money.yuan("1378.16"))["I7"] == Identity(Outcome.MISMATCH, Money(1))
    assert outcomes(message(without=("balc",)), Money(1))["I7"] == NOT_APPLICABLE


def test_that_a_relatives_money_leaves_the_own_balance_alone() -> None:
    assert outcomes(message(), Money.yuan("130.00"))["I7"] == OK


def test_that_a_file_that_is_not_there_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="没有这个文件"):
        read_messages(tmp_path / "没有.json")


# ----------------------------------------------------------------------------------------------- spellings


@pytest.mark.parametrize(
    ("spelled", "national"),
    [
        ("med_fee_sumamt", "medfee_sumamt"),
        ("medfeeSumamt", "medfee_sumamt"),
        ("feeSumamt", "medfee_sumamt"),
        ("prese_ifpay_amt", "preselfpay_amt"),
        ("inscp_amt", "inscp_scp_amt"),
        ("othfund_pay", "oth_pay"),
        ("fundPay", "fund_pay_sumamt"),
        ("psn_pay", "psn_part_amt"),
        ("psn_part_am", "psn_part_amt"),
        ("psnAcctPay", "acct_pay"),
        ("acctMulaidPay", "acct_mulaid_pay"),
        ("pdn_cash_pay", "psn_cash_pay"),
        ("psnCash_pay", "psn_cash_pay"),
        ("psn_cashpay", "psn_cash_pay"),
        ("cash_payamt", "psn_cash_pay"),
        ("ownPayAmt", "psn_cash_pay"),
        ("hospPartAmt", "hosp_part_amt"),
        ("othFeeAmt", "hosp_part_amt"),
        ("BALC", "balc"),
    ],
)
def test_that_another_spelling_is_the_same_sum(spelled: str, national: str) -> None:
    one = message({spelled: FULL[national]}, without=(national,))
    assert one.setlinfo == message().setlinfo
    assert set(outcomes(one).values()) == {OK, NOT_APPLICABLE}


@pytest.mark.parametrize("written", ["12.5", 12.5, "12.50", " 12.50 ", "+12.5", "12.5000", "012.50"])
def test_that_a_sum_may_be_a_number_or_a_text(written: object) -> None:
    assert message({"balc": written}).amount("balc") == Money(1250)


@pytest.mark.parametrize(
    ("written", "read_as"), [("", Money(0)), (" ", Money(0)), ("null", Money(0)), (None, None)]
)
def test_that_an_empty_sum_is_nothing_and_null_is_not_known(written: object, read_as: Money | None) -> None:
    assert message({"acct_mulaid_pay": written}).amount("acct_mulaid_pay") == read_as


def test_that_an_empty_balance_says_nothing() -> None:
    assert message({"balc": ""}).amount("balc") is None


@pytest.mark.parametrize("empty", ["", None])
def test_that_an_empty_spelling_yields_to_a_filled_one(empty: object) -> None:
    one = message({"psn_cash_pay": empty, "psnCash_pay": "25.00"})
    assert one.amount("psn_cash_pay") == Money(2500)
    assert one.unknown == frozenset()


def test_that_the_hospitals_own_part_goes_before_what_contains_it() -> None:
    one = message({"hospPartAmt": "5.00", "othFeeAmt": "9.00"}, without=("hosp_part_amt",))
    assert one.amount("hosp_part_amt") == Money(500)


def test_that_words_are_kept_and_numbers_among_them_become_words() -> None:
    one = message(
        {"insutype": 310, "medType": "11", "pool_prop_selfpay": Decimal("0.6"), "naty": None, "gend": ""}
    )
    assert (one.word("insutype"), one.word("med_type"), one.word("pool_prop_selfpay")) == ("310", "11", "0.6")
    assert not {"naty", "gend"} & set(one.setlinfo)


def test_that_a_name_nobody_knows_is_passed_over() -> None:
    assert message({"local_pay": "1.00", "extra": {"deep": [1]}}).setlinfo == message().setlinfo


@pytest.mark.parametrize(
    ("document", "places"),
    [
        ({"infno": "2207", "output": {"setlinfo": FULL}}, ["output.setlinfo"]),
        ({"infcode": 0, "output": {"setlinfo": [FULL, FULL]}}, ["output.setlinfo[0]", "output.setlinfo[1]"]),
        ({"infcode": "0", "output": [{"setlinfo": FULL}]}, ["output[0].setlinfo"]),
        ([{"output": {"setlinfo": FULL}}, FULL], ["[0].output.setlinfo", "[1]"]),
        (FULL, [""]),
        ({"setlinfo": FULL}, ["setlinfo"]),
        ({"input": {"data": FULL}}, ["input.data"]),
        ({"format": "x", "messages": [{"output": {"setlinfo": FULL}}]}, ["messages[0].output.setlinfo"]),
    ],
)
def test_that_a_file_may_hold_one_message_or_many(document: object, places: list[str]) -> None:
    messages = read(document)
    assert [one.place for one in messages] == places
    assert all(one.amount("medfee_sumamt") == Money(30000) for one in messages)


def test_that_a_message_beside_fails_as_it_stands_and_adds_up_by_its_dialect() -> None:
    beside = {**FULL, "acct_pay": "50.00"}
    assert mismatches(read(beside)[0]) == {"I3": Money(7000), "I5": Money(7000), "I6": Money(2000)}
    [one] = read(beside, Dialect.BESIDE)
    assert one.amount("acct_pay") == Money(12000)
    assert not has_mismatch([one])


@pytest.mark.parametrize("name", ["acct_pay", "acct_mulaid_pay"])
def test_that_beside_an_unknown_sum_nothing_is_added(name: str) -> None:
    [one] = read({**FULL, name: None}, Dialect.BESIDE)
    assert one.amount(name) is None
    assert one.amount("acct_pay") in {None, Money(12000)}


# ---------------------------------------------------------------------------------------------- identities


@pytest.mark.parametrize(
    ("changes", "difference"),
    [
        ({"inscp_scp_amt": "250.01"}, {"I1": Money(-1)}),
        ({"hosp_part_amt": "4.99"}, {"I2": Money(1), "I5": Money(1)}),
        ({"hosp_part_amt": None}, {"I2": Money(500), "I5": Money(500)}),
        ({"psn_cash_pay": "25.01"}, {"I3": Money(-1), "I5": Money(-1)}),
        ({"hifmi_pay": "0.01"}, {"I4": Money(-1)}),
        ({"hifdm_pay": "0.01"}, {"I4": Money(-1)}),
        ({"acct_mulaid_pay": "120.01"}, {"I6": Money(1)}),
        ({"acct_mulaid_pay": "-0.01"}, {"I6": Money(-1)}),
    ],
)
def test_that_one_fen_is_a_mismatch(changes: dict[str, object], difference: dict[str, Money]) -> None:
    one = message(changes)
    assert mismatches(one) == difference
    assert has_mismatch([message(), one])


@pytest.mark.parametrize("gone", ["null", "absent"])
@pytest.mark.parametrize(
    ("name", "untested"),
    [
        ("medfee_sumamt", {"I1", "I2", "I5"}),
        ("inscp_scp_amt", {"I1"}),
        ("fund_pay_sumamt", {"I2", "I4", "I5"}),
        ("psn_part_amt", {"I2", "I3"}),
        ("acct_pay", {"I3", "I5", "I6"}),
        ("psn_cash_pay", {"I3", "I5"}),
        ("hifp_pay", {"I4"}),
        ("acct_mulaid_pay", {"I6"}),
        ("balc", set()),
    ],
)
def test_that_what_is_not_known_is_not_tested(name: str, untested: set[str], gone: str) -> None:
    one = message({name: None}) if gone == "null" else message(without=(name,))
    found = {identity for identity, outcome in outcomes(one).items() if outcome == NOT_APPLICABLE}
    assert found == untested | {"I7", "I8"}


def test_that_a_fund_left_out_paid_nothing_and_a_fund_set_to_null_is_not_known() -> None:
    assert outcomes(message(without=("maf_pay", "oth_pay")))["I4"] == OK
    assert outcomes(message({"maf_pay": None}))["I4"] == NOT_APPLICABLE
    assert outcomes(message({"hifdm_pay": None}))["I4"] == OK


def test_that_an_early_message_which_leaves_cash_at_nothing_is_reported() -> None:
    said = {
        "med_fee_sumamt": "3300",
        "fulamt_ownpay_amt": "3300",
        "overlmt_selfpay": "0",
        "prese_ifpay_amt": "0",
        "inscp_amt": "",
        "fund_pay_sumamt": "0",
        "psn_part_amt": "0",
        "acct_pay": "0",
        "psnCash_pay": "",
        "acct_mulaid_pay": "0",
    }
    [one] = read({"output": {"setlinfo": said}})
    assert outcomes(one) == {
        "I1": OK,
        "I2": MISMATCH,
        "I3": OK,
        "I4": NOT_APPLICABLE,
        "I5": MISMATCH,
        "I6": OK,
        "I7": NOT_APPLICABLE,
        "I8": NOT_APPLICABLE,
    }
    assert messages_result([one])["messages"][0]["difference"] == {"I2": "3300.00", "I5": "3300.00"}


@pytest.mark.parametrize(
    ("rows", "outcome"),
    [
        ([{"fund_pay_type": "310100", "fund_payamt": "150.00"}], OK),
        (
            [{"fund_pay_type": "310100", "fund_payamt": 140}, {"fund_pay_type": "330100", "fund_payamt": 10}],
            OK,
        ),
        ([{"fund_pay_type": "310100", "fund_payamt": "150.01"}], MISMATCH),
        (
            [
                {"fund_pay_type": "310100", "fund_payamt": "150.00"},
                {"fund_pay_type": "310200", "fund_payamt": "120.00"},
                {"fund_pay_type": "390501", "fund_payamt": "1.00"},
                {"fund_pay_type": "999997", "fund_pay_type_name": "个人自付", "fund_payamt": "1.00"},
                {"fund_pay_type": "999997", "fund_pay_type_name": "个人自费", "fund_payamt": "1.00"},
                {"fund_pay_type": "现金支付", "fund_payamt": "25.00"},
            ],
            OK,
        ),
        ([{"fund_pay_type": "", "fund_payamt": ""}, {"fund_payamt": None}, {}], NOT_APPLICABLE),
        ([], NOT_APPLICABLE),
        (None, NOT_APPLICABLE),
        ("", NOT_APPLICABLE),
        ({"fund_pay_type": "310100", "fund_payamt": "150.00"}, OK),
    ],
)
def test_that_the_funds_rows_are_held_against_the_funds_total(rows: object, outcome: str) -> None:
    [one] = read({"setlinfo": FULL, "setldetail": rows})
    assert outcomes(one)["I8"] == outcome


def test_that_rows_without_a_total_are_not_tested() -> None:
    rows = [{"fund_pay_type": "310100", "fund_payamt": "150.00"}]
    sums = FULL | {"fund_pay_sumamt": None}
    [one] = read({"setlinfo": sums, "setldetail": rows})
    assert outcomes(one)["I8"] == NOT_APPLICABLE


def test_that_the_result_has_its_form() -> None:
    result = messages_result([message({"psn_cash_pay": "25.01"})])
    [one] = result["messages"]
    assert result["format"] == "gongji-messages/1"
    assert one["file"] == "消息.json"
    assert one["setlinfo"]["medfee_sumamt"] == "300.00"
    assert one["identities"]["I3"] == MISMATCH
    assert one["difference"] == {"I3": "-0.01", "I5": "-0.01"}


# ----------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("data", "place", "what"),
    [
        (b"", "", "文件是空的"),
        (b"\xff", "", "从第 1 个字节起不是 UTF-8 编码"),
        (b'{"output": {"setl', "", "内容在第 1 行第 13 列断了，不完整"),
        (b"[" * 100_000, "", "括号套得太深"),
        (b"[]", "", "文件里没有结算消息"),
        (b"3", "", "这里要是一条结算消息，不能是 3"),
        (b'["a"]', "[0]", '这里要是一条结算消息，不能是 "a"'),
        (b'{"people": []}', "", "这里没有结算信息（setlinfo）"),
        (b'{"output": {}}', "output", "这里没有结算信息（setlinfo）"),
        (
            b'{"output": {"setlinfo": null}}',
            "output.setlinfo",
            "结算信息要是花括号里的一组 { … }，不能是 null",
        ),
        (b'{"infcode": -1, "err_msg": "\xe6\x97\xa0", "output": null}', "infcode", "这是一条失败的回复"),
        (b'{"infcode": "-1"}', "infcode", '这是一条失败的回复（"-1"），没有结算'),
        (b'{"acct_pay": NaN}', "acct_pay", "NaN 不是可用的数"),
        (b'{"acct_pay": 1e99999999999999999999}', "acct_pay", "1e99999999999999999999 不是可用的数"),
        (b'{"acct_pay": "NaN"}', "acct_pay", '"NaN" 不是一个金额'),
        (b'{"acct_pay": true}', "acct_pay", "true 不是一个金额"),
        (b'{"acct_pay": [1]}', "acct_pay", "[…] 不是一个金额"),
        (b'{"acct_pay": "1,200.00"}', "acct_pay", '"1,200.00" 不是一个金额'),
        (b'{"acct_pay": "1e2"}', "acct_pay", '"1e2" 不是一个金额'),
        (b'{"acct_pay": 1.005}', "acct_pay", "金额最多到分，小数点后两位（现在是 1.005）"),
        (b'{"acct_pay": 1e-999}', "acct_pay", "金额最多到分"),
        (b'{"acct_pay": 1e999}', "acct_pay", "金额太大，最多 99999999999999.99"),
        (b'{"acct_pay": -100000000000000}', "acct_pay", "金额太大，最多 99999999999999.99"),
        (b'{"acct_pay": 1, "acct_pay": 2}', "acct_pay", "同一个对象里写了两次"),
        (b'{"acct_pay": 1, "psnAcctPay": 2}', "psnAcctPay", "acct_pay和psnAcctPay 是同一项，金额却不同"),
        (b'{"setlinfo": {"acct_pay": 1}, "setldetail": [7]}', "setldetail[0]", "明细要是花括号里的一组"),
        (b'{"setlinfo": {"acct_pay": 1, "insutype": {}}}', "setlinfo.insutype", "这里要是文字，不能是 {…}"),
        (
            b'{"setlinfo": {"acct_pay": 1}, "setldetail": [{"fund_payamt": "x"}]}',
            "setldetail[0].fund_payamt",
            '"x" 不是一个金额',
        ),
    ],
)
def test_that_what_can_not_be_read_is_refused(data: bytes, place: str, what: str) -> None:
    [fault] = refused(data)
    assert fault.place == place
    assert fault.what.startswith(what)
    assert fault.todo


def test_that_every_fault_of_a_file_is_named_at_once() -> None:
    faults = refused(b'[{"acct_pay": "x", "balc": Infinity}, 5, {"setlinfo": {"hifp_pay": false}}]')
    assert [one.place for one in faults] == ["[0].acct_pay", "[0].balc", "[1]", "[2].setlinfo.hifp_pay"]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["output", "setlinfo", "setldetail", "acct_pay", "psnAcctPay", "infcode"])
            | st.text(),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@at_any_pace
@given(JUNK)
def test_that_junk_is_refused_or_read_but_never_breaks(junk: object) -> None:
    try:
        messages = read(junk, Dialect.BESIDE)
    except InputRefused as refusal:
        str(refusal).encode()
    else:
        json.dumps(messages_result(messages))


# ------------------------------------------------------------------------------------- into the family's book

BOOKED = {
    **FULL,
    "med_type": "11",
    "setl_time": "2025-03-01 10:30:00",
    "mdtrtarea_admvs": "430502",
    "hosp_lv": "2",
}


def test_that_a_message_becomes_a_visit_with_its_known_fund_part() -> None:
    visit = message_to_event(message(BOOKED), event_id="v7", patient="mum")
    assert (visit.id, visit.on, visit.patient) == ("v7", date(2025, 3, 1), "mum")
    assert visit.setting is Setting.OUTPATIENT
    assert (visit.provider.kind, visit.provider.level) == (Facility.HOSPITAL, Level.TERTIARY)
    assert visit.provider.area == "430502"
    assert visit.charges.fund_paid == Money(15000)
    assert visit.charges.in_scope == Money(25000)
    assert visit.credential is Credential.OWN
    assert visit.use_account


@pytest.mark.parametrize(
    ("code", "setting"),
    [
        ("12", Setting.OUTPATIENT),
        ("13", Setting.EMERGENCY),
        ("14", Setting.CHRONIC),
        ("1402", Setting.CHRONIC),
        ("2106", Setting.INPATIENT),
        ("24", Setting.INPATIENT),
        ("41", Setting.PHARMACY),
        ("9901", Setting.CHRONIC),
        ("9903", Setting.OUTPATIENT),
    ],
)
def test_that_the_kind_of_visit_comes_from_its_code(code: str, setting: Setting) -> None:
    visit = message_to_event(message({**BOOKED, "med_type": code}), event_id="v7", patient="mum")
    assert visit.setting is setting
    assert (visit.provider.level is None) == (setting is Setting.PHARMACY)


@pytest.mark.parametrize(
    ("codes", "level"),
    [
        ({"hosp_lv": "02"}, Level.TERTIARY),
        ({"hosp_lv": "05"}, Level.SECONDARY),
        ({"hosp_lv": "10"}, Level.PRIMARY),
        ({"hosp_lv": "11"}, Level.GRASSROOTS),
        ({"hosp_lv": "", "dedc_hosp_lv": "2"}, Level.SECONDARY),
        ({"hosp_lv": "99"}, Level.PROVINCIAL),
    ],
)
def test_that_the_level_comes_from_the_message_or_from_who_asks(codes: dict[str, str], level: Level) -> None:
    one = message({**BOOKED, **codes})
    visit = message_to_event(one, event_id="v7", patient="mum", level=Level.PROVINCIAL)
    assert visit.provider.level is level


@pytest.mark.parametrize(
    "written", ["2025-03-01", "2025/03/01 08:00:00", "20250301083000", "2025-03-01T08:00:00"]
)
def test_that_the_day_is_read_from_the_time_of_settlement(written: str) -> None:
    visit = message_to_event(message({**BOOKED, "setl_time": written}), event_id="v7", patient="mum")
    assert visit.on == date(2025, 3, 1)


def test_that_an_unused_account_stays_unused() -> None:
    assert not message_to_event(
        message({**BOOKED, "acct_used_flag": "0"}), event_id="v", patient="p"
    ).use_account


def test_that_everything_that_is_missing_is_named_at_once() -> None:
    one = message(
        {"overlmt_selfpay": None, "med_type": "9904", "setl_time": "昨天"}, without=("fund_pay_sumamt",)
    )
    with pytest.raises(InputRefused) as trouble:
        message_to_event(one, event_id="v7", patient="mum")
    assert [(fault.place, fault.what) for fault in trouble.value.faults] == [
        ("output.setlinfo.overlmt_selfpay", "消息里没有超限价自费费用"),
        ("output.setlinfo.fund_pay_sumamt", "消息里没有基金支付总额"),
        ("output.setlinfo.setl_time", "消息里没有结算时间"),
        ("output.setlinfo.med_type", "消息里没有可识别的医疗类别"),
        ("output.setlinfo.hosp_lv", "消息里没有医院等级"),
        ("output.setlinfo.mdtrtarea_admvs", "消息里没有就医地"),
    ]


@pytest.mark.parametrize("change", [{"refd_setl_flag": "1"}, {"medfee_sumamt": "-300.00"}])
def test_that_a_reversal_is_no_visit(change: dict[str, str]) -> None:
    with pytest.raises(InputRefused, match="这是一条退费消息，不是就诊"):
        message_to_event(message({**BOOKED, **change}), event_id="v7", patient="mum")
