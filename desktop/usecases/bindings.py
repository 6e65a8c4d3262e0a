"""绑定的登记。Bind a relative, mend a binding, end it, or take one out that was written down by mistake.

Whether the law allows it is not asked here: the findings say so, before and after.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.domain.binding import Binding, Channel, Relation
from desktop.planning.timeline import holder_of
from desktop.policy.policy import NotCovered
from desktop.usecases.changes import Change, Fault, Refused, free_id
from desktop.usecases.kin import called
from desktop.usecases.people import stretch_faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.family import Family
    from desktop.usecases.review import Review


@dataclass(frozen=True, slots=True)
class BindingEntry:
    """`relation` is what the beneficiary is to the payer; `since` and `until` are both inclusive."""

    payer: str
    beneficiary: str
    relation: Relation
    channel: Channel
    since: date
    until: date | None = None


def entry_of(binding: Binding) -> BindingEntry:
    return BindingEntry(
        payer=binding.payer,
        beneficiary=binding.beneficiary,
        relation=binding.relation,
        channel=binding.channel,
        since=binding.since,
        until=binding.until,
    )


def binding_of(family: Family, binding_id: str) -> Binding:
    """Raises `KeyError` for an unknown id."""
    for binding in family.bindings:
        if binding.id == binding_id:
            return binding
    raise KeyError(binding_id)


def bind_relative(family: Family, entry: BindingEntry) -> Change | Refused:
    faults = tuple(_faults(family, entry))
    if faults:
        return Refused(faults)
    binding = _binding(free_id(family, "binding"), entry)
    after = replace(family, bindings=(*family.bindings, binding), holder=holder_of(family))
    return Change(_step(after, binding), after, binding.id)


def edit_binding(family: Family, binding_id: str, entry: BindingEntry) -> Change | Refused:
    before = binding_of(family, binding_id)
    faults = tuple(_faults(family, entry, before))
    if faults:
        return Refused(faults)
    after = _with(family, _binding(binding_id, entry))
    return Change(f"修改{called(after, entry.beneficiary)}的绑定", after, binding_id)


def end_binding(family: Family, binding_id: str, on: date) -> Change | Refused:
    """`on` is its last day. It stays in the book: it explains the places taken in a lifetime."""
    binding = binding_of(family, binding_id)
    faults = tuple(stretch_faults(binding.since, on))
    if faults:
        return Refused(faults)
    after = _with(family, replace(binding, until=on))
    return Change(f"结束{called(family, binding.beneficiary)}的绑定", after, binding_id)


def delete_binding(family: Family, binding_id: str) -> Change:
    """For one that never was: it is gone from the plans that end it, too."""
    binding = binding_of(family, binding_id)
    after = replace(without_binding(family, binding_id), holder=holder_of(family))
    return Change(f"删去{called(family, binding.beneficiary)}的绑定", after, binding.beneficiary)


def without_binding(family: Family, binding_id: str) -> Family:
    """Nothing speaks of it any more: neither the scenarios that end it, nor what was put aside of it."""
    return replace(
        family,
        bindings=tuple(one for one in family.bindings if one.id != binding_id),
        scenarios=tuple(
            replace(one, ends={name: day for name, day in one.ends.items() if name != binding_id})
            for one in family.scenarios
        ),
        snoozes=tuple(one for one in family.snoozes if binding_id not in one.finding.split()),
    )


def near_relations(seen: Review, channel: Channel, on: date) -> frozenset[Relation]:
    """Those who may be bound on a day; empty where no pack says."""
    law = seen.book.law(seen.holder.area_on(on), on)
    try:
        allowed = law.policy.words("mutual_aid.relations", channel=channel)
    except NotCovered:
        return frozenset()
    return frozenset(Relation(word) for word in allowed.value)


# --------------------------------------------------------------------------------------------- what is wrong


def _faults(family: Family, entry: BindingEntry, before: Binding | None = None) -> Iterator[Fault]:
    if entry.payer == entry.beneficiary:
        yield Fault("beneficiary", "共济人和使用人是同一个人", "自己用自己的账户不需要绑定")
    elif family.person(entry.payer).account is None and (before is None or entry.payer != before.payer):
        yield Fault("payer", "这位家人没有登记个人账户，不能作共济人", "先在其资料里登记账户")
    yield from stretch_faults(entry.since, entry.until)
    for other in family.bindings:
        if other is not before and _same_pair(entry, other) and _overlaps(entry, other):
            yield Fault("since", "这段时间里已有同样的一条绑定", "请修改那一条，或先结束它")
            return


def _same_pair(entry: BindingEntry, other: Binding) -> bool:
    return (entry.payer, entry.beneficiary, entry.channel) == (other.payer, other.beneficiary, other.channel)


def _overlaps(entry: BindingEntry, other: Binding) -> bool:
    starts_in_time = entry.until is None or other.since <= entry.until
    return starts_in_time and (other.until is None or entry.since <= other.until)


# ------------------------------------------------------------------------------------------------ the family


def _binding(binding_id: str, entry: BindingEntry) -> Binding:
    return Binding(
        id=binding_id,
        payer=entry.payer,
        beneficiary=entry.beneficiary,
        relation=entry.relation,
        channel=entry.channel,
        since=entry.since,
        until=entry.until,
    )


def _with(family: Family, binding: Binding) -> Family:
    bindings = tuple(binding if one.id == binding.id else one for one in family.bindings)
    return replace(family, bindings=bindings)


def _step(family: Family, binding: Binding) -> str:
    who = called(family, binding.beneficiary)
    if binding.payer == holder_of(family):
        return f"绑定{who}"
    return f"由{called(family, binding.payer)}绑定{who}"
