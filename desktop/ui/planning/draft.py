"""填写方案。What a scenario is being made of: a draft, its name, and the forms of what it does otherwise.

Nothing is changed until the whole scenario is kept; its forms try out what it would be.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from typing_extensions import override

from desktop.domain.binding import Channel, Relation
from desktop.domain.money import Money
from desktop.domain.plan import RuleChange, Scenario
from desktop.ui.family.editors import BindingEditor, CheckedEditor
from desktop.ui.planning.filling import PlanningEditor
from desktop.ui.widgets.fields import Choice
from desktop.usecases.bindings import BindingEntry, binding_of, near_relations
from desktop.usecases.changes import Change, Refused
from desktop.usecases.kin import called, kinship
from desktop.usecases.plan_items import first_planned_day
from desktop.usecases.scenario_items import (
    as_if,
    end,
    open_bills,
    open_bindings,
    rows_of,
    suppose,
    switch,
    without,
)
from desktop.usecases.scenario_rules import change_faults, supposable
from desktop.usecases.scenarios import add_scenario, replace_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from desktop.domain.family import Family
    from desktop.ui.look.look import Look
    from desktop.usecases.review import Review
    from desktop.usecases.scenario_items import Row
    from desktop.usecases.scenario_rules import Supposable

YES, NO = "yes", "no"


class Draft(QObject):
    """`changed`: the scenario that is being made is another. `origin` None: it is a new one."""

    changed = Signal()

    def __init__(self, seen: Review, origin: Scenario | None) -> None:
        super().__init__()
        self.seen, self.origin = seen, origin
        self.scenario = origin or Scenario("")
        self.sent: Change | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        return rows_of(self.seen, self.scenario)

    def row(self, row_id: str) -> Row | None:
        return next((one for one in self.rows if one.id == row_id), None)

    @property
    def touched(self) -> bool:
        return self.scenario != (self.origin or Scenario(""))

    def put(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.changed.emit()

    def rename(self, name: str) -> None:
        self.put(replace(self.scenario, name=name))

    def remove(self, row: Row) -> None:
        self.put(without(self.seen.family, self.scenario, row))

    def outcome(self) -> Change | Refused:
        scenario = replace(self.scenario, name=self.scenario.name.strip())
        if self.origin is None:
            return add_scenario(self.seen.family, scenario.name, scenario)
        return replace_scenario(self.seen.family, self.origin.name, scenario)

    def commit(self) -> Change | None:
        outcome = self.outcome()
        self.sent = outcome if isinstance(outcome, Change) else None
        return self.sent

    def renew(self, seen: Review) -> bool:
        """Whether it is still wanted: not once it has been kept, nor where its scenario was taken out."""
        self.seen = seen
        names = {one.name for one in seen.family.scenarios}
        kept = self.sent is not None and self.sent.family.scenarios == seen.family.scenarios
        if kept or (self.origin is not None and self.origin.name not in names):
            return False
        people = {one.id for one in seen.family.people}
        standing = {one.id for one in seen.family.bindings}
        scenario = self.scenario
        made = (one for one in scenario.bindings if {one.payer, one.beneficiary} <= people)
        ends = {name: day for name, day in scenario.ends.items() if name in standing}
        self.sent = None
        self.put(replace(scenario, bindings=tuple(made), ends=ends))
        return True


class SwitchEditor(BindingEditor):
    """换人支付。Who pays for someone instead; what it would bring to light is checked as a binding is."""

    def __init__(self, draft: Draft, look: Look) -> None:
        self.draft = draft
        super().__init__(draft.seen, look)

    @override
    def _blank(self, beneficiary: str) -> BindingEntry:
        """For the first whom the holder pays for and another may, by that other one."""
        seen, family = self.draft.seen, self.draft.seen.family
        day = first_planned_day(family)
        near = near_relations(seen, Channel.IN_PROVINCE, day)
        pairs = list(self._pairs())
        for whom, payer in pairs:
            if kinship(family, payer)[whom].relation in near:
                return BindingEntry(payer, whom, Relation.OTHER, Channel.IN_PROVINCE, day)
        whom, payer = pairs[0] if pairs else (family.people[-1].id, seen.holder.id)
        return BindingEntry(payer, whom, Relation.OTHER, Channel.IN_PROVINCE, day)

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Whom the holder pays for first, then all; each with every account but the holder's."""
        family, holder = self.draft.seen.family, self.draft.seen.holder.id
        switched = {one.beneficiary for one in self.draft.scenario.bindings}
        bound = (one.beneficiary for one in family.bindings if one.payer == holder and one.until is None)
        owners = [one.id for one in family.people if one.account is not None]
        for whom in dict.fromkeys((*bound, *(one.id for one in family.people))):
            if whom not in switched:
                yield from ((whom, payer) for payer in owners if payer not in {whom, holder})

    @override
    def outcome(self) -> Change | Refused:
        family = self._seen.family
        made = switch(family, self.draft.scenario, self.entry)
        return made if isinstance(made, Refused) else Change("", as_if(family, made))

    def made(self) -> Scenario:
        """The draft with what stands in the form; call it once the form is made."""
        made = switch(self._seen.family, self.draft.scenario, self.entry)
        assert not isinstance(made, Refused)
        return made

    @property
    def title(self) -> str:
        return self.tr("换人支付")

    @property
    def verb(self) -> str:
        return self.tr("加入方案")


class StopEditor(CheckedEditor):
    """解除绑定。The last day of a binding that the family has."""

    def __init__(self, draft: Draft, look: Look, binding: str = "") -> None:
        super().__init__(draft.seen, look)
        self.draft, self.fixed = draft, bool(binding)
        held = open_bindings(draft.seen.family, draft.scenario)
        self.binding = binding or (held[0].id if held else "")
        self.on = draft.scenario.ends.get(binding, draft.seen.family.as_of)
        self.check()

    @property
    def bindings(self) -> tuple[Choice, ...]:
        family = self._seen.family
        held = open_bindings(family, self.draft.scenario)
        shown = (binding_of(family, self.binding),) if self.fixed else held
        words = self.tr("{payer}与{who}的绑定")
        return tuple(
            Choice(one.id, words.format(payer=called(family, one.payer), who=called(family, one.beneficiary)))
            for one in shown
        )

    @override
    def outcome(self) -> Change | Refused:
        family = self._seen.family
        made = end(family, self.draft.scenario, self.binding, self.on)
        return made if isinstance(made, Refused) else Change("", as_if(family, made))

    def made(self) -> Scenario:
        made = end(self._seen.family, self.draft.scenario, self.binding, self.on)
        assert not isinstance(made, Refused)
        return made

    @override
    def still_there(self) -> bool:
        return any(one.id == self.binding for one in self._seen.family.bindings)

    @property
    def title(self) -> str:
        return self.tr("解除绑定")

    @property
    def verb(self) -> str:
        return self.tr("保存") if self.fixed else self.tr("加入方案")

    def choose(self, binding: str) -> None:
        self.binding = binding
        self._touch("binding", "")
        self.check()

    def edit(self, trouble: str, on: date | None) -> None:
        self._touch("until", trouble)
        if on is not None and not trouble:
            self.on = on
        self.check()


class PickEditor(PlanningEditor):
    """One of the planned bills and events."""

    def __init__(self, draft: Draft, look: Look, title: str, *, recurring: bool = False) -> None:
        super().__init__(draft.seen, look, lambda family, _: Change("", family))
        self._draft, self._title, self._recurring = draft, title, recurring
        self.key = next((one.key for one in self.bills), "")

    @property
    def bills(self) -> tuple[Choice, ...]:
        open_now = open_bills(self._seen.family, self._draft.scenario, recurring=self._recurring)
        return tuple(Choice(key, words) for key, words in open_now)

    @property
    def value(self) -> str:
        return self.key

    @property
    def title(self) -> str:
        return self._title

    @property
    @override
    def verb(self) -> str:
        return self.tr("改这一笔") if self._recurring else self.tr("加入方案")

    def choose(self, key: str) -> None:
        self.key = key
        self._touch("bill", "")
        self.changed.emit()


class RuleEditor(PlanningEditor):
    """假设一条规则。A value of the law that is supposed to be another one from a day on."""

    def __init__(self, draft: Draft, look: Look, change: RuleChange | None = None) -> None:
        super().__init__(draft.seen, look, self._outcome_of)
        family = draft.seen.family
        self._draft, self.origin = draft, change
        self.since = change.since if change is not None else first_planned_day(family)
        self._known = self._read()
        wanted = "/".join((change.key, *change.entry)) if change is not None else _LIKELY
        self.rule = self._known.get(wanted) or next(iter(self._known.values()))
        self.value_typed: Decimal | bool = self.rule.value
        if change is not None and not isinstance(change.value, str):
            self.value_typed = change.value

    def _read(self) -> Mapping[str, Supposable]:
        area = self._seen.holder.area_on(self._seen.family.as_of)
        return {one.id: one for one in supposable(self._seen.book, area, self.since)}

    @property
    def topics(self) -> tuple[Choice, ...]:
        return tuple(Choice(one, one) for one in dict.fromkeys(rule.topic for rule in self._known.values()))

    @property
    def rules(self) -> tuple[Choice, ...]:
        """Those of the topic, with what holds."""
        return tuple(
            Choice(one.id, f"{one.title}：{one.words(one.value)}")
            for one in self._known.values()
            if one.topic == self.rule.topic
        )

    @property
    def now(self) -> str:
        """What holds, as the packs have it."""
        words = self.tr("现在：{value}")
        return words.format(value=self.rule.words(self.rule.value))

    @property
    def number(self) -> Decimal | None:
        """What is supposed; None while it is still what holds, so that the field is empty."""
        known = self.value_typed == self.rule.value and self.origin is None
        return None if known or isinstance(self.value_typed, bool) else self.value_typed

    @property
    def sum(self) -> Money | None:
        return None if self.number is None else Money.yuan(self.number)

    @property
    def value(self) -> RuleChange:
        return RuleChange(self.rule.key, self.since, self.value_typed, self.rule.entry)

    def _outcome_of(self, family: Family, change: RuleChange) -> Change | Refused:
        faults = tuple(change_faults(self._seen.book, self.rule, change, family.as_of))
        return Refused(faults) if faults else Change("", family)

    def made(self) -> Scenario:
        scenario = self._draft.scenario
        if self.origin is not None:
            kept = tuple(one for one in scenario.rules if one != self.origin)
            scenario = replace(scenario, rules=kept)
        return suppose(scenario, self.value)

    @property
    def title(self) -> str:
        return self.tr("假设一条规则")

    @property
    @override
    def verb(self) -> str:
        return self.tr("加入方案") if self.origin is None else self.tr("保存")

    def choose_topic(self, topic: str) -> None:
        self.choose(next(one.id for one in self._known.values() if one.topic == topic))

    def choose(self, rule: str) -> None:
        self.rule = self._known[rule]
        self.value_typed = self.rule.value
        self._troubles.pop("value", None)
        self._touched.discard("value")
        self.changed.emit()

    def edit(self, trouble: str, value: Decimal | bool | None) -> None:
        missing = "" if value is not None else self.tr("请填一个数。")
        self._touch("value", trouble or missing)
        if value is not None:
            self.value_typed = value
        self.changed.emit()

    def edit_sum(self, trouble: str, money: Money | None) -> None:
        self.edit(trouble, None if money is None else Decimal(str(money)))

    def edit_day(self, trouble: str, day: date | None) -> None:
        self._touch("since", trouble)
        if day is not None and not trouble:
            self.since = day
            self._known = self._read()
            self.rule = self._known.get(self.rule.id, self.rule)
        self.changed.emit()


_LIKELY = "premium.personal"
"""What people ask about most: next year's premium."""
