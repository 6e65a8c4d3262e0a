"""家庭文件的道理。What no single field shows: who is named where, and what can't be true together.

These checks look at the document as it was read, field by field, and pass over what is not readable: so they
find their faults even where the form has faults of its own, and a person sees all of them at once.
"""

from collections.abc import Callable, Iterator
from typing import Any

from desktop.domain.care import Facility
from desktop.domain.money import total
from desktop.domain.plan import premium_id
from desktop.exchange.family_form import CASH
from desktop.exchange.matter_sense import MATTERS, errand_faults, history_faults, matter_faults
from desktop.exchange.sense_items import Ids, Item, day_in, in_order, listed, money_in, unknown
from desktop.exchange.strict_json import Located, shown

_NOT_COVERED = ("fully_self_funded", "over_limit_self_funded", "upfront_copay")


def sense_faults(document: dict[str, Any]) -> Iterator[Located]:
    root = Item((), document)
    people, bindings, events = Ids("家人"), Ids("绑定"), Ids("事件")
    for person in root.items("people"):
        yield from people.add(person)
        yield from _person(person)
    yield from people.knows(root, "holder")
    yield from _snoozes(root)
    yield from _snapshots(root, people)
    yield from errand_faults(root, people)
    yield from _layer(root, people, bindings, events)
    facts, with_plan = events, events.and_more()
    for plan in root.inner("plan"):
        yield from _plan(plan, people, with_plan)
    names: set[str] = set()
    for scenario in root.items("scenarios"):
        if scenario.word("name") in names:
            yield scenario.fault(
                "name", f"方案 {shown(scenario.word('name'))} 用了两次", "每个方案的名字要不同，请改一个"
            )
        names.add(scenario.word("name") or "")
        own = any(scenario.inner("plan"))
        laid_over = (facts if own else with_plan).and_more()
        yield from _scenario(scenario, people, bindings.and_more(), laid_over)
        yield from _otherwise(scenario, scenario if own else root, people, laid_over)


def _snoozes(root: Item) -> Iterator[Located]:
    named: set[str] = set()
    for snooze in root.items("snoozes"):
        finding = snooze.word("finding")
        if finding in named:
            yield snooze.fault("finding", f"提示 {shown(finding)} 暂缓了两次", "请只留一条")
        named.add(finding or "")


def _snapshots(root: Item, people: Ids) -> Iterator[Located]:
    taken: set[tuple[object, ...]] = set()
    for snapshot in root.items("snapshots"):
        yield from people.knows(snapshot, "account")
        on, until, short = (day_in(snapshot, name) for name in ("taken_on", "until", "runs_out"))
        if on is not None and until is not None and until < on:
            yield snapshot.fault("until", f"推演到 {until}，早于留存的 {on}", "请改正日期")
        if short is not None and until is not None and short > until:
            yield snapshot.fault("runs_out", f"首次不足的 {short} 晚于推演的终点 {until}", "请改正日期")
        what = (snapshot.word("scenario"), on, until, snapshot.word("account"))
        if what in taken:
            yield snapshot.fault("taken_on", "同一个方案在同一天留存了两次", "请只留一条")
        taken.add(what)


def _layer(root: Item, people: Ids, bindings: Ids, events: Ids) -> Iterator[Located]:
    for binding in root.items("bindings"):
        yield from bindings.add(binding)
        yield from _binding(binding, people)
    yield from _events(list(root.items("events")), people, events)


def _scenario(scenario: Item, people: Ids, bindings: Ids, events: Ids) -> Iterator[Located]:
    for ends in scenario.inner("end"):
        for name in ends.raw:
            if name not in bindings.known:
                yield ends.fault(name, unknown("绑定", name), listed("绑定", bindings.known))
    yield from _layer(scenario, people, bindings, events)
    for plan in scenario.inner("plan"):
        yield from _plan(plan, people, events)


def _plan(plan: Item, people: Ids, events: Ids) -> Iterator[Located]:
    for recurring in _named(plan, "recurring", recurring_id):
        yield from events.add(recurring)
        yield from _care(recurring, people)
        yield from in_order(recurring)
    for risk in _named(plan, "risks", risk_id):
        yield from events.add(risk)
        yield from _care(risk, people)
    yield from _events(list(plan.items("expected")), people, events)
    yield from _planned_premiums(plan, people)
    yield from _life(plan, people)


def _planned_premiums(plan: Item, people: Ids) -> Iterator[Located]:
    for premium in plan.items("premiums"):
        yield from _premium(premium, people)


def _named(plan: Item, name: str, unnamed: Callable[[int], str]) -> Iterator[Item]:
    """Each under its own id or the one that it has by its number."""
    for number, one in enumerate(plan.items(name), start=1):
        yield one if "id" in one.raw else Item(one.where, {**one.raw, "id": unnamed(number)})


def recurring_id(number: int) -> str:
    """What a recurring visit is called that has no id of its own."""
    return f"recurring-{number}"


def risk_id(number: int) -> str:
    """What an unplanned kind of visit is called that has no id of its own."""
    return f"risk-{number}"


def _life(plan: Item, people: Ids) -> Iterator[Located]:
    seen: set[str] = set()
    dead: set[str] = set()
    for event in plan.items("life"):
        yield from people.knows(event, "person")
        person, on = event.word("person") or "", day_in(event, "on")
        born = day_in(people.known[person], "born") if person in people.known else None
        if on is not None and born is not None and on < born:
            yield event.fault("on", f"{on} 早于此人的出生日期 {born}", "请改正日期")
        what = str(sorted(event.raw.items()))
        if what in seen:
            yield event.fault("type", "同样的一件写了两次", "请只留一件")
        elif event.word("type") == "death" and person in dead:
            yield event.fault("type", "此人的去世写了两次", "请只留一件")
        seen.add(what)
        dead |= {person} if event.word("type") == "death" else set()


# ----------------------------------------------------------------------------------- what a scenario overlays


def _otherwise(scenario: Item, planned: Item, people: Ids, events: Ids) -> Iterator[Located]:
    """`planned` holds the plan that is laid over, `events` the ids of all that it and the facts name."""
    bills = Ids("周期性的就诊")
    plans = list(planned.inner("plan"))
    replaced = {one.word("id") for plan in plans for one in _named(plan, "recurring", recurring_id)}
    for recurring in scenario.items("recurring"):
        yield from bills.add(recurring)
        if recurring.word("id") not in replaced and recurring.word("id") in events.known:
            what = f"编号 {shown(recurring.word('id'))} 已经用在别的事上"
            yield recurring.fault("id", what, "要代替的写规划里那一笔的编号，要增加的另起一个编号")
        yield from _care(recurring, people)
        yield from in_order(recurring)
    yield from _planned_premiums(scenario, people)
    yield from _once(scenario, "premiums", ("for",), "为同一个人缴费写了两次")
    yield from _life(scenario, people)
    yield from _once(scenario, "rules", ("key", "from", "entry"), "同一条规则在同一天假设了两次")
    yield from _left_out(scenario, plans, people)


def _once(scenario: Item, name: str, fields: tuple[str, ...], what: str) -> Iterator[Located]:
    seen: set[str] = set()
    for one in scenario.items(name):
        value = str([one.raw.get(field) for field in fields])
        if value in seen:
            yield one.fault(fields[0], what, "请只留一条")
        seen.add(value)


def _left_out(scenario: Item, plans: list[Item], people: Ids) -> Iterator[Located]:
    """Without a plan last year comes back, and what that was differs from day to day: any id may stand."""
    known = set(map(premium_id, people.known))
    for plan in plans:
        named = (*_named(plan, "recurring", recurring_id), *_named(plan, "risks", risk_id))
        known |= {one.word("id") or "" for one in (*named, *plan.items("expected"))}
    seen: set[str] = set()
    for number, name in scenario.words("leaves_out"):
        where = (*scenario.where, "leaves_out", number)
        if name in seen:
            yield Located(where, f"{shown(name)} 写了两次", "请只留一个")
        elif plans and name not in known:
            yield Located(where, f"规划里没有编号为 {shown(name)} 的预计", "请写规划里一笔预计的编号，或删去")
        seen.add(name)


def _person(person: Item) -> Iterator[Located]:
    if person.word("id") == CASH:
        yield person.fault("id", f"家人的编号不能是 {CASH}", "这个词表示现金，请换一个编号")
    for coverage in person.items("coverage"):
        yield from in_order(coverage)
    for history in person.inner("history"):
        yield from history_faults(history)


def _binding(binding: Item, people: Ids) -> Iterator[Located]:
    yield from people.knows(binding, "payer")
    yield from people.knows(binding, "beneficiary")
    if binding.word("payer") is not None and binding.word("payer") == binding.word("beneficiary"):
        yield binding.fault(
            "beneficiary", "共济人和使用人是同一个人", "请写另一位家人；自己用自己的账户不需要绑定"
        )
    yield from in_order(binding)


def _events(events: list[Item], people: Ids, ids: Ids) -> Iterator[Located]:
    """Ids first: a refund may name an event that stands after it."""
    for event in events:
        yield from ids.add(event)
    for event in events:
        kind = event.word("type")
        if kind in _KINDS:
            yield from _KINDS[kind](event, people)
        elif kind == "refund":
            yield from _refund(event, ids)
        else:
            yield from matter_faults(event, people)


def _premium(premium: Item, people: Ids) -> Iterator[Located]:
    yield from people.knows(premium, "for")
    yield from _paid_from(premium, people)


def _paid_from(item: Item, people: Ids) -> Iterator[Located]:
    if item.word("paid_from") != CASH:
        yield from people.knows(item, "paid_from")


def _refund(refund: Item, events: Ids) -> Iterator[Located]:
    of = refund.word("of")
    if of is None:
        return
    kind = events.known[of].word("type") if of in events.known else None
    todo = "请写要退的就诊或缴费的编号"
    if of == refund.word("id"):
        yield refund.fault("of", "退费写的是它自己", todo)
    elif kind == "refund":
        yield refund.fault("of", f"{shown(of)} 本身是退费，不能再退", todo)
    elif kind in MATTERS:
        yield refund.fault("of", f"{shown(of)} 既不是就诊，也不是缴费，不能退费", todo)
    else:
        yield from events.knows(refund, "of")


def _care(visit: Item, people: Ids) -> Iterator[Located]:
    yield from people.knows(visit, "patient")
    for provider in visit.inner("provider"):
        yield from _provider(provider)
    fee = money_in(visit, "total_fee")
    parts = [money_in(visit, name) for name in _NOT_COVERED]
    fund = money_in(visit, "fund_pay_total")
    if fee is None:
        return
    stated = total(part for part in parts if part is not None)
    if stated > fee:
        what = f"全自费、超限价和先行自付合计 {stated}，大于医疗费总额 {fee}"
        yield visit.fault("total_fee", what, "请对照票据改正")
    if fund is not None and fund > fee:
        yield visit.fault("fund_pay_total", f"基金支付 {fund} 大于医疗费总额 {fee}", "请对照票据改正")


_KINDS: dict[str | None, Callable[[Item, Ids], Iterator[Located]]] = {"visit": _care, "premium": _premium}


def _provider(provider: Item) -> Iterator[Located]:
    level = provider.raw.get("level")
    if provider.word("kind") == Facility.HOSPITAL and level is None:
        yield provider.fault("level", "医院没有写等级", "请写上医院等级")
    if provider.word("kind") == Facility.PHARMACY and level is not None:
        yield provider.fault("level", "药店没有等级", "请删去 level")
