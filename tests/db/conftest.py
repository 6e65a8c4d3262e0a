"""存储的测试。A shelf in a folder of its own, a clock that stands still, and families to keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.shelf import Shelf
from desktop.exchange.family_document import read_family

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.store import Store
    from desktop.domain.family import Family

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"
TODAY = date(2026, 3, 1)


@dataclass
class Clock:
    """It goes on when it is told to."""

    at: datetime = field(default=datetime(2026, 3, 1, 9, 30, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def go(self, **much: int) -> None:
        self.at += timedelta(**much)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shelf(tmp_path: Path, clock: Clock) -> Shelf:
    return Shelf(tmp_path / "家里 的账", now=clock)


@pytest.fixture(scope="session")
def sandwich() -> Family:
    return read_family(SAMPLES / "sandwich-family.json", TODAY)


@pytest.fixture
def book(shelf: Shelf, sandwich: Family) -> Iterator[Store]:
    store = shelf.create(sandwich)
    yield store
    store.close()


@pytest.fixture
def file(shelf: Shelf, sandwich: Family) -> Path:
    """A closed book of the sandwich family."""
    store = shelf.create(sandwich)
    store.close()
    assert store.file is not None
    return store.file
