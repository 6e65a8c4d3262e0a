"""规划的内容。The comparison, the fan of the chosen column, and what may be done, for one family."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.money import NOTHING
from desktop.domain.trouble import InputRefused, Trouble
from desktop.ui.planning.turns import Turns
from desktop.ui.planning.words import Wording, name_of
from desktop.ui.widgets.brush import month_later
from desktop.usecases.chances import USUAL_FUTURES, Ready, fans
from desktop.usecases.changes import Change
from desktop.usecases.compare import MOST_SCENARIOS, Comparison, compare, differences
from desktop.usecases.kin import kinship
from desktop.usecases.plan_items import set_illness
from desktop.usecases.scenarios import (
    duplicate_scenario,
    remove_scenario,
    remove_snapshot,
    rename_scenario,
    take_snapshot,
)
from desktop.usecases.yearly_flows import yearly_flows

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence
    from datetime import date

    from desktop.domain.family import Family
    from desktop.domain.money import Money
    from desktop.domain.plan import Snapshot
    from desktop.domain.trouble import Fault
    from desktop.ui.work import Job
    from desktop.usecases.chances import Fan
    from desktop.usecases.changes import Refused
    from desktop.usecases.compare import Difference, Run
    from desktop.usecases.review import Review
    from desktop.usecases.yearly_flows import YearlyFlow

YEARS = tuple(range(1, 21))
FUTURES, FUTURES_AT_A_GLANCE = USUAL_FUTURES, 1_000
MOST_SEED = 99_999_999
_YEARS_FIRST = 5
_PER_CENT = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What a fan was drawn of: another one has to be drawn where this differs.

    `illness` is where the slider was moved to, in per cent of the usual; None: where the plan has it.
    """

    scenario: str
    years: int
    seed: int
    illness: int | None


@dataclass(frozen=True, slots=True)
class Drawn:
    asked: Asked
    fan: Fan


class PlanningModel(QObject):
    """`compared`: there is another comparison; `chosen`: another column is looked at; `drawn`: the fan grew;
    `refused` comes with a sentence, empty when all is well again; `working` while old numbers stand.
    """

    compared = Signal()
    chosen = Signal()
    drawn = Signal()
    refused = Signal(str)
    working = Signal(bool)
    change = Signal(object)

    def __init__(self, review: Review) -> None:
        super().__init__()
        self.comparison: Comparison | None = None
        self.fan: Fan | None = None
        self.stale = self.fan_stale = True
        self.years, self.column = _YEARS_FIRST, 0
        self.beside: tuple[str, ...] = ()
        self._made_room: tuple[str, ...] = ()
        self._read(review)
        self.seed = int(f"{self.family.as_of:%Y%m%d}")
        self.illness = self._planned_illness()
        self.beside = self.names[:MOST_SCENARIOS]
        self._comparing, self._drawing = Turns(self), Turns(self)
        self._ready = Ready()
        self._comparing.answered.connect(self._take_comparison)
        self._drawing.answered.connect(self._take_fan)
        self._comparing.idle.connect(self._rest)
        self._drawing.idle.connect(self._rest)

    def renew(self, review: Review) -> None:
        """A new scenario joins those side by side where there is room; what is gone leaves them, and what
        made room for it comes back.
        """
        looked_at, before = self.scenario, set(self.names)
        self._read(review)
        kept = {name for name in self.beside if name in self.names}
        new = [name for name in self.names if name not in before]
        joining = [*new, *(name for name in self._made_room if name in before.intersection(self.names))]
        self._put_beside(kept.union(joining[: MOST_SCENARIOS - len(kept)]))
        self._made_room = tuple(name for name in self._made_room if name in self.aside)
        if looked_at in self.beside:
            self.column = self.beside.index(looked_at) + 1
        self.column = min(self.column, len(self.beside))
        self.illness = self._planned_illness()
        self.compare()

    def _put_beside(self, names: set[str]) -> None:
        """In the order of the family."""
        self.beside = tuple(name for name in self.names if name in names)

    def _read(self, review: Review) -> None:
        self.review, self.family = review, review.family
        self.words = Wording(review.family, kinship(review.family, review.holder.id))

    # ------------------------------------------------------------------------------------------ what there is

    @property
    def account(self) -> str:
        return self.review.holder.id

    @property
    def has_account(self) -> bool:
        return self.review.holder.account is not None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.family.scenarios)

    @property
    def aside(self) -> tuple[str, ...]:
        """The scenarios that do not stand side by side."""
        return tuple(name for name in self.names if name not in self.beside)

    @property
    def until(self) -> date:
        return month_later(self.family.as_of, 12 * self.years)

    @property
    def first_month(self) -> date:
        return month_later(self.family.as_of.replace(day=1), 1)

    @property
    def balance(self) -> Money:
        """What the account holds today."""
        return self.review.ledger.balance(self.account, self.family.as_of) if self.has_account else NOTHING

    @property
    def run(self) -> Run | None:
        """The column that is looked at."""
        if self.comparison is None:
            return None
        return self.comparison.runs[min(self.column, len(self.comparison.runs) - 1)]

    @property
    def scenario(self) -> str:
        """The name of the column that is looked at; empty: the baseline."""
        return "" if not self.column else self.beside[self.column - 1]

    def column_name(self) -> str:
        run = self.run
        return "" if run is None else name_of(run)

    def differences(self) -> tuple[Difference, ...]:
        run = self.run
        if self.comparison is None or run is None or run is self.comparison.baseline:
            return ()
        return differences(self.comparison, run)

    def flows(self) -> tuple[YearlyFlow, ...]:
        run = self.run
        return () if self.comparison is None or run is None else yearly_flows(self.comparison, run)

    # ------------------------------------------------------------------------------------------ what is asked

    def choose_years(self, years: int) -> None:
        self.years = years
        self.compare()

    def choose_column(self, column: int) -> None:
        column = min(max(column, 0), len(self.beside))
        if column != self.column:
            self.column, self.fan_stale = column, True
            self.chosen.emit()
            self.draw()

    def choose_scenario(self, name: str) -> None:
        """Bring it side by side, in place of the last if there is no room; empty: the baseline."""
        if name in self.names and name not in self.beside:
            self.stand(name, beside=True)
        if name in self.beside or not name:
            self.choose_column(self.beside.index(name) + 1 if name else 0)

    def stand(self, name: str, *, beside: bool) -> None:
        """Put a scenario side by side with the others, or take it away."""
        looked_at = self.scenario
        left = [one for one in self.beside if one != name]
        if beside:
            self._made_room = (*left[MOST_SCENARIOS - 1 :], *(one for one in self._made_room if one != name))
            self._put_beside({*left[: MOST_SCENARIOS - 1], name})
        else:
            self._made_room = ()  # whoever takes one away wants the place empty
            self._put_beside(set(left))
        self.column = self.beside.index(looked_at) + 1 if looked_at in self.beside else 0
        self.compare()

    def next_column(self) -> None:
        self.choose_column((self.column + 1) % (len(self.beside) + 1))

    def choose_seed(self, seed: int) -> None:
        if seed != self.seed:
            self.seed, self.fan_stale = seed, True
            self.draw()

    def try_illness(self, per_cent: int) -> None:
        """While the slider moves: few futures, and none is stopped for the next."""
        self.illness, self.fan_stale = per_cent, True
        self.draw(FUTURES_AT_A_GLANCE)

    def set_illness(self) -> None:
        """The slider was let go of: what it says is kept, and drawn in full."""
        self.draw()
        if self.illness != self._planned_illness():
            self.do(set_illness(self.family, Decimal(self.illness) / _PER_CENT))

    def do(self, made: Change | Refused) -> None:
        """A change goes out; what makes no sense is said in the page."""
        if isinstance(made, Change):
            self.refused.emit("")
            self.change.emit(made)
        else:
            self.refused.emit(_told(made.faults))

    # ----------------------------------------------------------------------------------------------- the jobs

    def compare(self) -> None:
        """Both runs and the fan; what is shown stays, greyed, until new numbers are there."""
        self.stale = self.fan_stale = True
        self._drawing.drop()
        if self.has_account:
            self._comparing.ask(_comparing(self.family, self.review, self.until, self.beside, self.account))
            self.working.emit(True)

    def draw(self, futures: int = FUTURES) -> None:
        if self.comparison is None or self.stale:
            return
        job = Drawing(self.review, self.until, self._asked, futures, self._ready)
        self._drawing.ask(job, at_once=futures == FUTURES)
        self.working.emit(True)

    @property
    def in_full(self) -> Drawing:
        """What draws all futures of the column that is looked at."""
        return Drawing(self.review, self.until, self._asked, FUTURES, Ready())

    def cancel(self) -> None:
        """What was drawn so far stays."""
        self._comparing.drop()
        self._drawing.drop()
        if self.stale:
            self.refused.emit(self.tr("已经停下，数字还是以前的。按 F5 重新计算。"))

    @property
    def _asked(self) -> Asked:
        moved = self.illness != self._planned_illness()
        return Asked(self.scenario, self.years, self.seed, self.illness if moved else None)

    @property
    def busy(self) -> bool:
        return self._comparing.busy or self._drawing.busy

    def _rest(self) -> None:
        if not self.busy:
            self.working.emit(False)

    def _take_comparison(self, news: object) -> None:
        if isinstance(news, Trouble):
            self.comparison = None
            self.refused.emit(_sentence(news))
            self.compared.emit()
        elif isinstance(news, Comparison):
            self.comparison, self.stale = news, False
            self.refused.emit("")
            self.compared.emit()
            self.draw()

    def _take_fan(self, news: object) -> None:
        """While the slider moves, a fan of where it was a moment ago is better than none."""
        if isinstance(news, Trouble):
            self.refused.emit(_sentence(news))
        elif isinstance(news, Drawn) and replace(news.asked, illness=self._asked.illness) == self._asked:
            self.fan, self.fan_stale = news.fan, False
            self.drawn.emit()

    def _planned_illness(self) -> int:
        plan = self.family.plan
        return _PER_CENT if plan is None else round(plan.illness * _PER_CENT)

    # -------------------------------------------------------------------------------------------- the changes

    def take_snapshot(self) -> None:
        if self.comparison is not None and not self.stale:
            self.do(take_snapshot(self.family, self.comparison, self.scenario, self.family.as_of))

    def remove_snapshot(self, snapshot: Snapshot) -> None:
        self.do(remove_snapshot(self.family, snapshot))

    def duplicate(self) -> None:
        if self.column:
            self.do(duplicate_scenario(self.family, self.scenario))

    def rename(self, name: str) -> None:
        if self.column:
            self.do(rename_scenario(self.family, self.scenario, name.strip()))

    def remove(self) -> None:
        if self.column:
            self.do(remove_scenario(self.family, self.scenario))


def _comparing(family: Family, review: Review, until: date, names: tuple[str, ...], account: str) -> Job:
    def job(stop: threading.Event) -> Iterator[object]:
        if stop.is_set():
            return
        try:
            yield compare(family, review.book, until, names, account=account)
        except Trouble as trouble:
            yield trouble

    return job


@dataclass(frozen=True, slots=True)
class Drawing:
    """The job that draws a fan and tells each time it has grown."""

    review: Review
    until: date
    asked: Asked
    futures: int
    ready: Ready

    def __call__(self, stop: threading.Event) -> Iterator[object]:
        try:
            for fan in futures_of(self, stop):
                yield Drawn(self.asked, fan)
        except Trouble as trouble:
            yield trouble


def futures_of(drawing: Drawing, stop: threading.Event) -> Iterator[Fan]:
    asked = drawing.asked
    ready = drawing.ready.script(drawing.review, asked.scenario, drawing.until)
    if asked.illness is not None:
        ready = ready.with_illness(Decimal(asked.illness) / _PER_CENT)
    return fans(ready, seed=asked.seed, futures=drawing.futures, stop=stop)


def _sentence(trouble: Trouble) -> str:
    return _told(trouble.faults) if isinstance(trouble, InputRefused) else str(trouble)


def _told(faults: Sequence[Fault]) -> str:
    """Without their places, which are those of a request."""
    return "".join(str(replace(fault, place="")) for fault in faults)
