"""消息入账。Turns a settlement message into a family's visit, the fund's part as the receipt states it."""

import re
from datetime import date

from desktop.domain.care import Charges, Facility, Level, Provider, Setting, Visit
from desktop.domain.money import NOTHING, Money
from desktop.domain.trouble import Fault, InputRefused
from desktop.exchange.messages import Message

_SETTINGS = {
    "11": Setting.OUTPATIENT,
    "12": Setting.OUTPATIENT,
    "13": Setting.EMERGENCY,
    "14": Setting.CHRONIC,
    "21": Setting.INPATIENT,
    "22": Setting.INPATIENT,
    "23": Setting.INPATIENT,
    "24": Setting.INPATIENT,
    "26": Setting.INPATIENT,
    "28": Setting.INPATIENT,
    "41": Setting.PHARMACY,
    "51": Setting.OUTPATIENT,
    "52": Setting.INPATIENT,
    "91": Setting.OUTPATIENT,
    "92": Setting.INPATIENT,
    "93": Setting.PHARMACY,
    "9901": Setting.CHRONIC,
    "9903": Setting.OUTPATIENT,
}
"""医疗类别: by its first two digits, the 99s (which each province extends) by all four."""

_LEVELS = {
    "hosp_lv": {
        **dict.fromkeys(("01", "02", "03", "04"), Level.TERTIARY),
        **dict.fromkeys(("05", "06", "07"), Level.SECONDARY),
        **dict.fromkeys(("08", "09", "10"), Level.PRIMARY),
        "11": Level.GRASSROOTS,
    },
    "dedc_hosp_lv": {"01": Level.PRIMARY, "02": Level.SECONDARY, "03": Level.TERTIARY},
}
"""医院等级; some provinces write 1 for 01."""

_SUMS = (
    ("medfee_sumamt", "医疗费总额"),
    ("fulamt_ownpay_amt", "全自费金额"),
    ("overlmt_selfpay", "超限价自费费用"),
    ("preselfpay_amt", "先行自付金额"),
    ("fund_pay_sumamt", "基金支付总额"),
)


def message_to_event(
    message: Message, *, event_id: str, patient: str, area: str = "", level: Level | None = None
) -> Visit:
    """`area` and `level` are what the caller knows of the provider where the message says nothing.

    Raises `InputRefused`, which names everything that is missing.
    """
    setting = _setting(message)
    kind = Facility.PHARMACY if setting is Setting.PHARMACY else Facility.HOSPITAL
    where = message.word("mdtrtarea_admvs") or area
    grade = None if kind is Facility.PHARMACY else _level(message) or level
    day = _day(message)
    sums = [message.amount(name) for name, _ in _SUMS]
    faults = [
        *(
            _missing(message, name, words)
            for (name, words), one in zip(_SUMS, sums, strict=True)
            if one is None
        ),
        *_reversal(message),
        *([] if day else [_missing(message, "setl_time", "结算时间")]),
        *([] if setting else [_missing(message, "med_type", "可识别的医疗类别")]),
        *([] if grade or kind is Facility.PHARMACY else [_missing(message, "hosp_lv", "医院等级")]),
        *(
            []
            if re.fullmatch("[0-9]{6}", where, re.ASCII)
            else [_missing(message, "mdtrtarea_admvs", "就医地")]
        ),
    ]
    if faults or setting is None or day is None:
        raise InputRefused(message.file, faults)
    fee, own, over_limit, upfront, fund = (one or NOTHING for one in sums)
    charges: Charges[Money] = Charges(fee, own, over_limit, upfront, fund)
    return Visit(
        id=event_id,
        on=day,
        patient=patient,
        setting=setting,
        provider=Provider(kind, designated=True, area=where, level=grade),
        charges=charges,
        use_account=message.word("acct_used_flag") != "0",
    )


def _missing(message: Message, name: str, words: str) -> Fault:
    return Fault(
        f"{message.place}.{name}".removeprefix("."), f"消息里没有{words}", "请补上，或手工录入这次就诊"
    )


def _reversal(message: Message) -> list[Fault]:
    fee = message.amount("medfee_sumamt") or NOTHING
    if fee >= NOTHING and message.word("refd_setl_flag") != "1":
        return []
    return [Fault(message.place, "这是一条退费消息，不是就诊", "请对原来的就诊录入退费")]


def _setting(message: Message) -> Setting | None:
    return setting_of(message.word("med_type"))


def setting_of(code: str) -> Setting | None:
    """医疗类别, by its national code."""
    return _SETTINGS.get(code) or _SETTINGS.get("" if code.startswith("99") else code[:2])


def _level(message: Message) -> Level | None:
    known = (levels.get(message.word(name).zfill(2)) for name, levels in _LEVELS.items())
    return next((one for one in known if one), None)


def level_of(code: str) -> Level | None:
    """医院等级, by its national code."""
    return _LEVELS["hosp_lv"].get(code.zfill(2))


def _day(message: Message) -> date | None:
    written = message.word("setl_time").replace("/", "-")[:10]
    try:
        return date.fromisoformat(written if "-" in written else written[:8])
    except ValueError:
        return None
