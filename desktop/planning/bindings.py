"""共济关系。Which bindings stand, judged on their first day as an office would, and which may pay."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop.domain.binding import Binding, Channel
from desktop.domain.finding import Finding, Severity
from desktop.domain.money import total
from desktop.domain.people import Scheme, Status
from desktop.domain.settlement import Side
from desktop.policy.policy import NotCovered
from desktop.rules import checks
from desktop.rules.case import BindingCase
from desktop.rules.checks.account_notes import not_opened_yet
from desktop.rules.checks.policy_not_covered import binding_not_covered
from desktop.rules.premium import PROXY
from desktop.rules.wallet import ends_by_itself

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desktop.domain.money import Money
    from desktop.domain.people import Person
    from desktop.planning.accounts import Accounts
    from desktop.planning.findings import Findings
    from desktop.policy.book import Book

_DAY = timedelta(days=1)


@dataclass(slots=True)
class Bindings:
    people: Mapping[str, Person]
    book: Book
    accounts: Accounts
    findings: Findings
    standing: list[Binding] = field(default_factory=list)
    refused: list[Binding] = field(default_factory=list)
    _for_premiums: list[Binding] = field(default_factory=list)
    ended: dict[str, tuple[date, Person]] = field(default_factory=dict)
    """The wallet relations that end by themselves: the first day without, and whose insurance ended it."""
    quotas: dict[str, Binding] = field(default_factory=dict)
    """The wallet relations for which a quota was ever opened, in the order of opening."""
    given: set[str] = field(default_factory=set)
    """Who was ever sent money, or had a quota opened for them."""

    def begin(self, binding: Binding) -> None:
        """Judge a binding on its first day. One refused then stays invalid and takes no place."""
        case = self._case(binding, binding.since)
        try:
            found = [finding for check in checks.ON_BINDING for finding in check(case)]
            broken = tuple(finding for finding in found if finding.severity is Severity.ERROR)
            if not broken:
                found += [finding for check in checks.ON_STANDING_BINDING for finding in check(case)]
        except NotCovered as missing:
            found = [binding_not_covered((binding.id, binding.beneficiary), binding.since, missing)]
            broken = tuple(found)
        self.findings.add(found)
        if not broken:
            self.standing.append(self.while_insured(binding))
        elif self._good_for_premiums(case, broken):
            self._for_premiums.append(binding)
        else:
            self.refused.append(binding)

    def paying_for(self, patient: str, day: date) -> list[Binding]:
        """The in-province bindings that stand for a patient on a day, in the order they were made.

        A wallet moves money by transfers and quotas of its own, not by being bound.
        """
        held = [one for one in self.standing if one.beneficiary == patient and one.holds_on(day)]
        return sorted((one for one in held if one.channel is Channel.IN_PROVINCE), key=lambda one: one.since)

    def may_pay(self, binding: Binding, day: date, event: str) -> bool:
        """Judge again, on a day it should pay: the payer's account, the beneficiary's coverage, the area."""
        case = self._case(binding, day, event)
        self.say_if_unopened(case.payer, day)
        if not self._still_good(case):
            return False
        self.findings.add(finding for check in checks.ON_STANDING_BINDING for finding in check(case))
        return True

    def wallet_between(self, payer: str, beneficiary: str, day: date) -> Binding | None:
        """The wallet relation in which one may give to the other on a day."""
        for one in self.standing:
            between = (one.payer, one.beneficiary) == (payer, beneficiary)
            if between and one.channel is Channel.WALLET and one.holds_on(day):
                return one
        return None

    def while_insured(self, binding: Binding) -> Binding:
        """A wallet relation ends with the insurance of either side, as if it had been ended that day."""
        if binding.channel is Channel.IN_PROVINCE:
            return binding
        payer = self.people[binding.payer]
        sides = payer, self.people[binding.beneficiary]
        ends = ends_by_itself(binding, sides, lambda day: self.book.law(payer.area_on(day), day))
        if ends is None or not binding.holds_on(ends[0]):
            return binding
        self.ended[binding.id] = ends
        return replace(binding, until=ends[0] - _DAY)

    def quotas_for(self, patient: str, day: date) -> Iterator[Binding]:
        """The relations by which a patient may have a quota on a day, in the order of opening."""
        return (one for one in self.quotas.values() if one.beneficiary == patient and one.holds_on(day))

    def may_give(self, relation: Binding, day: date, event: str) -> bool:
        """Judge a wallet relation again, on a day it should be used: account, coverage and area."""
        return self._still_good(self._case(relation, day, event))

    def frozen(self, payer: str) -> Money:
        """What of a payer's money is set aside in quotas."""
        mine = (one.id for one in self.quotas.values() if one.payer == payer)
        return total(self.accounts.held((Side.QUOTA, one)) for one in mine)

    def may_pay_premium(self, payer: str, insured: str, day: date, event: str) -> bool | None:
        """None: there is a binding, but it was refused, and that says why."""
        binding = self.bound_in_province(payer, insured, day)
        if binding is not None:
            return self.may_pay(binding, day, event) or None
        between = [one for one in self.refused if (one.payer, one.beneficiary) == (payer, insured)]
        return None if any(one.holds_on(day) for one in between) else False

    def bound_in_province(self, payer: str, insured: str, day: date) -> Binding | None:
        """The binding by which one may pay the other's premium."""
        for binding in (*self.standing, *self._for_premiums):
            fits = (binding.payer, binding.beneficiary) == (payer, insured)
            if fits and binding.channel is Channel.IN_PROVINCE and binding.holds_on(day):
                return binding
        return None

    def say_if_unopened(self, person: Person, day: date) -> None:
        """An account whose opening is recorded for a later day holds nothing that is known."""
        if self.accounts.known_balance(person) is None and _had_account(person, day):
            self.findings.add([not_opened_yet(person, day)])

    def _still_good(self, case: BindingCase) -> bool:
        found = [finding for check in checks.ON_PAYING for finding in check(case)]
        self.findings.add(found)
        return not any(finding.severity is Severity.ERROR for finding in found)

    def _good_for_premiums(self, case: BindingCase, broken: tuple[Finding, ...]) -> bool:
        """代缴居民医保费的亲属范围开放得更早。"""
        if any(finding.rule != "binding.relation_not_allowed" for finding in broken):
            return False
        policy = case.law.policy
        allowed = case.law.optional(lambda: policy.words("mutual_aid.relations", channel=PROXY))
        return allowed is not None and case.binding.relation.value in allowed.value

    def _case(self, binding: Binding, day: date, event: str | None = None) -> BindingCase:
        payer = self.people[binding.payer]
        return BindingCase(
            binding=binding,
            payer=payer,
            beneficiary=self.people[binding.beneficiary],
            day=day,
            law=self.book.law(payer.area_on(day), day),
            standing=tuple(self.standing),
            balance=self.accounts.known_balance(payer),
            event=event,
        )


def _had_account(person: Person, day: date) -> bool:
    """Whether there may have been an account by a day: who first works or retires later had none before."""
    return any(
        one.scheme is Scheme.EMPLOYEE and one.status is not Status.FLEXIBLE and one.since <= day
        for one in person.coverage
    )
