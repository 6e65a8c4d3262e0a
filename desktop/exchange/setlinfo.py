"""国家接口结算信息。Our settlements under the national names, and as messages for other programs."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from typing import Any, NamedTuple

from desktop.domain.care import Setting
from desktop.domain.family import Family
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Person, Scheme, Sex, Status
from desktop.domain.settlement import Part, PurseKind, Refunded, Settlement
from desktop.domain.terms import AMOUNTS

FORMAT = "setlinfo/hunan-1.3"


def setlinfo(settlement: Settlement) -> dict[str, Money]:
    """Every sum of a settlement message by its national name, zeros included."""
    charges = settlement.charges
    critical = settlement.of(Part.CRITICAL)
    is_employee = settlement.scheme is Scheme.EMPLOYEE
    sums = dict.fromkeys(AMOUNTS, NOTHING) | {
        "medfee_sumamt": charges.total_fee,
        "fulamt_ownpay_amt": charges.fully_self_funded,
        "overlmt_selfpay": charges.over_limit_self_funded,
        "preselfpay_amt": charges.upfront_copay,
        "inscp_scp_amt": charges.in_scope,
        "act_pay_dedc": settlement.of(Part.DEDUCTIBLE),
        "hifp_pay": settlement.of(Part.POOL),
        "fund_pay_sumamt": settlement.fund_paid,
        "psn_part_amt": settlement.burden,
        "acct_pay": settlement.account_paid,
        "acct_mulaid_pay": settlement.mutual_aid_paid,
        "psn_cash_pay": settlement.paid_by(PurseKind.CASH),
        "balc": settlement.balance_after,
    }
    # 居民的大病保险，职工的大额医疗费用补助。
    return sums | {"hifob_pay" if is_employee else "hifmi_pay": critical}


def reversed_setlinfo(settlement: Settlement, balance_after: Money) -> dict[str, Money]:
    """A settlement taken back: every sum negative; `balance_after` is the patient's once it is restored."""
    return {name: -amount for name, amount in setlinfo(settlement).items()} | {"balc": balance_after}


def export_messages(
    family: Family,
    settlements: Iterable[Settlement],
    refunds: Iterable[Refunded] = (),
) -> dict[str, Any]:
    """All settlements and reversals as one document, by day."""
    records = [_settled(one) for one in settlements]
    records += [_taken_back(one, one.of) for one in refunds if isinstance(one.of, Settlement)]
    records.sort(key=lambda one: one.at.date())
    people = {person.id: person for person in family.people}
    return {"format": FORMAT, "messages": [_message(one, people[one.of.visit.patient]) for one in records]}


class _Record(NamedTuple):
    """What a message is made of; `id` is our event's, `sign` -1 where money comes back."""

    id: str
    at: datetime
    of: Settlement
    sums: Mapping[str, Money]
    sign: int


def _settled(settlement: Settlement) -> _Record:
    visit = settlement.visit
    at = visit.at or datetime.combine(visit.on, time())
    return _Record(visit.id, at, settlement, setlinfo(settlement), 1)


def _taken_back(refunded: Refunded, settlement: Settlement) -> _Record:
    refund = refunded.refund
    at = refund.at or datetime.combine(refund.on, time())
    sums = reversed_setlinfo(settlement, refunded.balance_after)
    return _Record(refund.id, at, settlement, sums, -1)


_INFNO = {Setting.INPATIENT: ("2304", "2305"), Setting.PHARMACY: ("2102", "2103")}
_MED_TYPE = {
    Setting.OUTPATIENT: "11",
    Setting.EMERGENCY: "13",
    Setting.CHRONIC: "14",
    Setting.INPATIENT: "2101",
    Setting.PHARMACY: "41",
}
_CLR_TYPE = {Setting.INPATIENT: "21", Setting.PHARMACY: "41"}
_GENDER = {Sex.MALE: "1", Sex.FEMALE: "2"}
_INSURANCE = {Scheme.EMPLOYEE: "310", Scheme.RESIDENT: "390"}
_FUNDS = {
    "hifp_pay": {
        Scheme.EMPLOYEE: ("310100", "城镇职工基本医疗保险统筹基金"),
        Scheme.RESIDENT: ("390100", "城乡居民基本医疗保险基金"),
    },
    "hifob_pay": {Scheme.EMPLOYEE: ("330100", "大额医疗费用补助基金")},
    "hifmi_pay": {Scheme.RESIDENT: ("390200", "城乡居民大病医疗保险基金")},
}
_OTHER_FUND = ("999997", "其他基金")
_ACCOUNT = ("310200", "城镇职工基本医疗保险个人账户基金")


def _message(record: _Record, patient: Person) -> dict[str, Any]:
    setting = record.of.visit.setting
    forward, back = _INFNO.get(setting, ("2207", "2208"))
    shares = [
        {"payer": payer, "amount": str(amount if record.sign > 0 else -amount)}
        for payer, amount in record.of.by_payer().items()
    ]
    return {
        "infno": forward if record.sign > 0 else back,
        "output": {
            "setlinfo": {**_who(record, patient), **_sums(record, setting), **_which(record, patient)},
            "setldetail": [dict(row) for row in _rows(record)],
        },
        "x_mutual_aid": shares,
    }


def _who(record: _Record, patient: Person) -> dict[str, str]:
    return {
        "mdtrt_id": record.of.visit.id,
        "setl_id": record.id,
        "psn_no": patient.id,
        "psn_name": patient.name,
        "psn_cert_type": "01" if patient.id_number else "99",
        "certno": patient.id_number or "",
        "gend": _GENDER[patient.sex] if patient.sex else "0",
        "brdy": str(patient.born or ""),
        "insutype": _INSURANCE.get(record.of.scheme or Scheme.NONE, ""),
        "psn_type": _person_type(record, patient),
        "cvlserv_flag": "0",
        "setl_time": record.at.isoformat(" ", "seconds"),
        "mdtrt_cert_type": "01",
        "med_type": _MED_TYPE[record.of.visit.setting],
    }


def _person_type(record: _Record, patient: Person) -> str:
    if record.of.scheme is not Scheme.EMPLOYEE:
        return "15"
    coverage = patient.coverage_on(record.of.visit.on)
    return "12" if coverage is not None and coverage.status is Status.RETIRED else "11"


def _sums(record: _Record, setting: Setting) -> dict[str, str]:
    # 药店购药没有医院负担金额。
    absent = {"hosp_part_amt"} if setting is Setting.PHARMACY else set()
    return {name: str(amount) for name, amount in record.sums.items() if name not in absent}


def _which(record: _Record, patient: Person) -> dict[str, str]:
    coverage = patient.coverage_on(record.of.visit.on)
    return {
        "pool_prop_selfpay": "0",
        "medins_setl_id": record.id,
        "clr_optins": coverage.area if coverage is not None else "",
        "clr_way": "1",
        "clr_type": _CLR_TYPE.get(record.of.visit.setting, "11"),
        "refd_setl_flag": "0" if record.sign > 0 else "1",
    }


def _rows(record: _Record) -> Iterator[dict[str, str]]:
    """基金支付明细, a row for each fund that paid; the personal account's is the last."""
    scheme = record.of.scheme or Scheme.NONE
    paid = [(record.sums[name], codes.get(scheme, _OTHER_FUND)) for name, codes in _FUNDS.items()]
    paid.append((record.sums["acct_pay"], _ACCOUNT))
    for amount, (code, name) in paid:
        if amount:
            yield {
                "fund_pay_type": code,
                "fund_pay_type_name": name,
                "inscp_scp_amt": str(record.sums["inscp_scp_amt"]),
                "crt_payb_lmt_amt": "0",
                "fund_payamt": str(amount),
            }
