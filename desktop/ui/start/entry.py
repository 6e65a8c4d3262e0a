"""本人的登记。What was filled in of a new family so far, what is wrong with it, and the change it makes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThreadPool, Signal

from desktop.ui.work import Work, raised
from desktop.usecases.changes import Change
from desktop.usecases.new_family import NewFamily, new_family

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from desktop.usecases.areas import Area


class NewFamilyModel(QObject):
    """`changed` comes with every edit, `offered` once the places to choose from are known.

    A field complains once it was touched, and all of them once the family was to be made.
    """

    changed = Signal()
    offered = Signal()

    def __init__(self, resources: Path, today: Callable[[], date], packs: Sequence[Path] = ()) -> None:
        super().__init__()
        self._resources, self._today, self._packs = resources, today, packs
        self.ask = NewFamily(person="", since=today(), area="", opened_on=today())
        self.areas: tuple[Area, ...] = ()
        self._typed = {"since": self.tr("请填日期，例如 2019-07-01。"), "area": self.tr("请选参保地。")}
        self._touched: set[str] = set()
        self._all = False
        self._work = Work(self._job, self)
        self._work.news.connect(self._offer)
        self._work.failed.connect(raised)

    def read_areas(self) -> None:
        """Off the GUI thread; the rest can be filled in meanwhile."""
        self._work.start(QThreadPool.globalInstance())

    def _job(self, _stop: threading.Event) -> Iterator[object]:
        from desktop.usecases.areas import areas
        from desktop.usecases.open_book import open_book

        yield areas(open_book(self._resources, self._packs)[0])

    def _offer(self, areas: tuple[Area, ...]) -> None:
        self.areas = areas
        self.offered.emit()

    def edit(self, field: str, trouble: str = "", **values: Any) -> None:
        """A field was touched; `trouble` says what is wrong with the words typed, where they are no value."""
        self._touched.add(field)
        self._typed.pop(field, None)
        if trouble:
            self._typed[field] = trouble
        else:
            self.ask = replace(self.ask, **values)
        self.changed.emit()

    @property
    def faults(self) -> dict[str, str]:
        """What is wrong by field, wherever it stands."""
        made = new_family(self.ask, self._today())
        found = (
            {}
            if isinstance(made, Change)
            else {one.place: _sentence(one.what, one.todo) for one in made.faults}
        )
        return found | self._typed

    @property
    def shown_faults(self) -> dict[str, str]:
        """Of the fields one has been at."""
        return {field: says for field, says in self.faults.items() if self._all or field in self._touched}

    def commit(self) -> Change | None:
        """None while something is wrong; then every field says so."""
        self._all = True
        made = new_family(self.ask, self._today())
        if self._typed or not isinstance(made, Change):
            self.changed.emit()
            return None
        return made


def _sentence(what: str, todo: str) -> str:
    return f"{what}，{todo}。" if todo else f"{what}。"
