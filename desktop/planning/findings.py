"""提示汇总。Gathers findings as facts are folded, and what results rest on that is disputed or unchecked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.policy.policy import Silence
from desktop.rules.checks.policy_disputed import disputed, not_checked_since

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from desktop.domain.clause import Clause
    from desktop.domain.finding import Finding
    from desktop.policy.law import Law


class Findings:
    """Each is kept once: the same rule about the same records on a later day adds nothing.

    What is disputed is said once a clause, with all records that rest on it.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, tuple[str, ...]], Finding] = {}
        self._disputed: dict[str, tuple[Clause, date, dict[str, None]]] = {}
        self._unchecked: tuple[date, date, list[str]] | None = None

    def add(self, found: Iterable[Finding]) -> None:
        for one in found:
            if one.rule != "policy.disputed":
                self._kept.setdefault((one.rule, one.about), one)
            self.rests_on(one.about[0], one.on, [one.because])

    def rests_on(self, record: str, on: date, clauses: Iterable[Clause]) -> None:
        """Remember that a record's result rests on these clauses, where one is disputed."""
        for clause in clauses:
            if clause.in_dispute:
                _, _, records = self._disputed.setdefault(clause.key, (clause, on, {}))
                records[record] = None

    def settled(self, record: str, on: date, law: Law) -> None:
        """Remember that a record was settled after the packs were last compared with their sources."""
        if law.policy.unchecked:
            self._unchecked = self._unchecked or (law.policy.checked_on, on, [])
            self._unchecked[2].append(record)

    def all(self) -> tuple[Finding, ...]:
        """In order of day, errors first within a day; the notes about the law itself last."""
        order = {"error": 0, "warning": 1, "note": 2}
        kept = sorted(self._kept.values(), key=lambda one: (one.on, order[one.severity]))
        notes = [disputed(clause, tuple(records), on) for clause, on, records in self._disputed.values()]
        if self._unchecked is not None:
            checked_on, first, records = self._unchecked
            clause = Silence("pack.checked_on", says="规则包最近一次与原文核对的日子", since=checked_on)
            notes.append(not_checked_since(clause, checked_on, tuple(records), first))
        return (*kept, *notes)
