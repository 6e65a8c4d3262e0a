"""办理事项的道理。What can't be true of what was done at the office, of an office's record, of an errand."""

from collections.abc import Callable, Iterator

from desktop.domain.matter import PayoutReason
from desktop.exchange.sense_items import Ids, Item, day_in, in_order, money_in
from desktop.exchange.strict_json import Located


def matter_faults(event: Item, people: Ids) -> Iterator[Located]:
    """Nothing for what is no matter."""
    check = MATTERS.get(event.word("type") or "")
    if check is None:
        return
    for name in _PEOPLE:
        yield from people.knows(event, name)
    yield from _amount(event)
    yield from _born(event, people)
    yield from check(event, people)


_PEOPLE = ("person", "payer", "beneficiary")


def _amount(event: Item) -> Iterator[Located]:
    if money_in(event, "amount") == 0:
        yield event.fault("amount", "金额是 0.00", "请写实际的金额，或删去这件事")


def _born(event: Item, people: Ids) -> Iterator[Located]:
    on = day_in(event, "on", of_moment=True)
    for name in _PEOPLE:
        person = people.known.get(event.word(name) or "")
        born = None if person is None else day_in(person, "born")
        if on is not None and born is not None and on < born:
            whom = "此人" if name == "person" else f"{name} "
            yield event.fault("on", f"{on} 早于{whom}的出生日期 {born}", "请改正日期")


def _nothing_more(_event: Item, _people: Ids) -> Iterator[Located]:
    return iter(())


def _wallet(event: Item, _people: Ids) -> Iterator[Located]:
    if event.word("payer") is not None and event.word("payer") == event.word("beneficiary"):
        yield event.fault("beneficiary", "转给自己：两边是同一个人", "请写另一位家人；自己的账户直接就能用")


def _arrears(event: Item, _people: Ids) -> Iterator[Located]:
    yield from in_order(event)
    since, on = day_in(event, "from"), day_in(event, "on", of_moment=True)
    if since is not None and on is not None and on < since:
        yield event.fault("on", f"{on} 补缴，欠费却从 {since} 才开始", "请改正日期")


def _transfer(event: Item, _people: Ids) -> Iterator[Located]:
    if event.word("from") is not None and event.word("from") == event.word("to"):
        yield event.fault("to", "转出地和转入地是同一个地方", "请写要转到的城市")
    on, done = day_in(event, "on", of_moment=True), day_in(event, "done")
    if on is not None and done is not None and done < on:
        yield event.fault("done", f"办结的 {done} 早于申请的 {on}", "请改正日期")


def _payout(event: Item, people: Ids) -> Iterator[Located]:
    yield from people.knows(event, "to")
    inherited = event.word("reason") == PayoutReason.INHERITANCE
    if inherited and event.word("to") is not None and event.word("to") == event.word("person"):
        yield event.fault("to", "继承人和去世的是同一个人", "请写继承的家人，或删去 to")
    if event.word("reason") == PayoutReason.OLD_CARD and event.raw.get("amount") is None:
        yield event.fault("amount", "没有写旧卡里的余额", "旧卡的钱不在个人账户里，请写上金额")


MATTERS: dict[str, Callable[[Item, Ids], Iterator[Located]]] = {
    "wallet_transfer": _wallet,
    "wallet_quota": _wallet,
    "enrolment": _nothing_more,
    "arrears": _arrears,
    "transfer": _transfer,
    "retirement": _nothing_more,
    "death": _nothing_more,
    "payout": _payout,
}


# -------------------------------------------------------------------------------------- records and errands


def history_faults(history: Item) -> Iterator[Located]:
    whole = history.number("employee_months")
    for name, what in (("local_months", "在本省实际缴费"), ("deemed_months", "视同缴费")):
        part = history.number(name)
        if part is not None and part > (whole or 0):
            yield history.fault(
                name, f"{what}的 {part} 个月多于全部的 {whole or 0} 个月", "请对照经办机构的记录改正"
            )
    paid, until = list(history.numbers("resident_years")), day_in(history, "until")
    for name, years in (
        ("resident_years", paid),
        ("zero_claim_years", list(history.numbers("zero_claim_years"))),
    ):
        yield from _years(history, name, years)
    for number, year in paid:
        if until is not None and year > until.year + 1:
            yield _at(
                history, "resident_years", number, f"参保年度 {year} 晚于记录截至的 {until}", "请改正年份"
            )
    known = {year for _, year in paid}
    for number, year in history.numbers("zero_claim_years"):
        if year not in known:
            what = f"{year} 年没有缴过居民医保费，谈不上没有报销"
            yield _at(history, "zero_claim_years", number, what, "请把这一年也写进 resident_years，或删去")


def _years(history: Item, name: str, years: list[tuple[int, int]]) -> Iterator[Located]:
    seen: set[int] = set()
    for number, year in years:
        if year in seen:
            yield _at(history, name, number, f"{year} 写了两次", "请只留一个")
        seen.add(year)


def _at(item: Item, name: str, number: int, what: str, todo: str) -> Located:
    return Located((*item.where, name, number), what, todo)


def errand_faults(root: Item, people: Ids) -> Iterator[Located]:
    errands = Ids("办事进度")
    for errand in root.items("errands"):
        yield from errands.add(errand)
        yield from people.knows(errand, "person")
