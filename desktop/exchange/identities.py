"""恒等式。What must add up in a settlement message, to the fen; a mismatch is reported and never refused."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from desktop.domain.money import NOTHING, Money, total
from desktop.exchange.messages import Message

FORMAT = "gongji-messages/1"

_FUNDS = ("cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "hifdm_pay", "maf_pay", "oth_pay")
"""基金支付的各项, beside the pool's. A reply often leaves out those that paid nothing."""

_OWN_SHARE_CODES = frozenset({"310200", "310201", "390501", "999998"})
"""个人账户、居民家庭账户金、现金: rows of the person's own money, which no fund paid."""
_OWN_SHARE_WORDS = ("自付", "自费", "现金")


class Outcome(StrEnum):
    OK = "ok"
    MISMATCH = "mismatch"
    NOT_APPLICABLE = "n/a"


class Identity(NamedTuple):
    """`difference` is what the left side has more than the right."""

    outcome: Outcome
    difference: Money = NOTHING


def identities(message: Message, balance_before: Money | None = None) -> dict[str, Identity]:
    """I1 to I8. Only with the balance before can I7 be tested."""
    return {name: _judged(check(message)) for name, check in _CHECKS.items()} | {
        "I7": _judged(_balance(message, balance_before)),
        "I8": _judged(_rows(message)),
    }


def mismatches(message: Message) -> dict[str, Money]:
    return {
        name: one.difference for name, one in identities(message).items() if one.outcome is Outcome.MISMATCH
    }


def has_mismatch(messages: Iterable[Message]) -> bool:
    return any(map(mismatches, messages))


def messages_result(messages: Iterable[Message]) -> dict[str, Any]:
    """What `gongji import messages --json` prints."""
    return {"format": FORMAT, "messages": [_result(one) for one in messages]}


def _result(message: Message) -> dict[str, Any]:
    return {
        "file": message.file,
        "place": message.place,
        "infno": message.infno,
        "setlinfo": {name: str(value) for name, value in message.setlinfo.items()},
        "identities": {name: one.outcome.value for name, one in identities(message).items()},
        "difference": {name: str(difference) for name, difference in mismatches(message).items()},
    }


# ----------------------------------------------------------------------------------------------- the checks

_Difference = Money | None
"""None: a field that is needed is not there."""


def _judged(difference: _Difference) -> Identity:
    if difference is None:
        return Identity(Outcome.NOT_APPLICABLE)
    return Identity(Outcome.MISMATCH, difference) if difference else Identity(Outcome.OK)


def _is_sum_of(left: str, *right: str, or_nothing: tuple[str, ...] = ()) -> Callable[[Message], _Difference]:
    """`or_nothing` counts as 0 where it is absent or null."""

    def check(message: Message) -> _Difference:
        parts = [message.amount(name) for name in (left, *right)]
        whole, *known = [part for part in parts if part is not None] or [NOTHING]
        if None in parts:
            return None
        return whole - total(known) - total(message.amount(name) or NOTHING for name in or_nothing)

    return check


def _funds(message: Message) -> _Difference:
    # 注明为空（null）的基金不知道付了多少，不能核对；没有列出的基金没有付。
    if message.unknown & (set(_FUNDS) - {"hifdm_pay"}):
        return None
    return _is_sum_of("fund_pay_sumamt", "hifp_pay", or_nothing=_FUNDS)(message)


def _mutual_aid(message: Message) -> _Difference:
    """0 ≤ 共济 ≤ 个人账户, and the other way round in a reversal."""
    inside, whole = message.amount("acct_mulaid_pay"), message.amount("acct_pay")
    if inside is None or whole is None:
        return None
    low, high = min(NOTHING, whole), max(NOTHING, whole)
    return inside - min(max(inside, low), high)


def _balance(message: Message, before: Money | None) -> _Difference:
    sums = [message.amount(name) for name in ("balc", "acct_pay", "acct_mulaid_pay")]
    if before is None or None in sums:
        return None
    after, paid, by_others = (one or NOTHING for one in sums)
    return before - (after + paid - by_others)


def _rows(message: Message) -> _Difference:
    whole = message.amount("fund_pay_sumamt")
    if whole is None or not message.details:
        return None
    paid = (row["fund_payamt"] for row in message.details if not _is_own_share(row))
    return total(one for one in paid if isinstance(one, Money)) - whole


def _is_own_share(row: Mapping[str, Money | str]) -> bool:
    code, name = str(row.get("fund_pay_type", "")), str(row.get("fund_pay_type_name", ""))
    return code in _OWN_SHARE_CODES or any(word in code + name for word in _OWN_SHARE_WORDS)


_CHECKS: dict[str, Callable[[Message], _Difference]] = {
    "I1": _is_sum_of(
        "medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"
    ),
    "I2": _is_sum_of("medfee_sumamt", "fund_pay_sumamt", "psn_part_amt", or_nothing=("hosp_part_amt",)),
    "I3": _is_sum_of("psn_part_amt", "acct_pay", "psn_cash_pay"),
    "I4": _funds,
    "I5": _is_sum_of(
        "medfee_sumamt", "fund_pay_sumamt", "acct_pay", "psn_cash_pay", or_nothing=("hosp_part_amt",)
    ),
    "I6": _mutual_aid,
}
