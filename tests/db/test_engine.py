"""引擎。The one way to a database, with the manners that lose nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from db.engine import file_engine, memory_engine
from db.tables import BaseRow, BindingRow, Fen, PersonRow, SnoozeRow, VisitRow
from db.versions import make
from desktop.domain.money import MOST_YUAN, Money
from desktop.domain.people import Sex

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


@pytest.fixture
def made() -> Engine:
    """Our tables in memory, and nobody who watches them."""
    made = memory_engine()
    with made.begin() as connection:
        make(connection)
    return made


def test_the_manners(file: Path) -> None:
    opened = file_engine(file)
    with opened.connect() as connection:
        manners = {
            "locking_mode": "exclusive",
            "foreign_keys": 1,
            "recursive_triggers": 1,
            "trusted_schema": 0,
            "cell_size_check": 1,
            "secure_delete": 1,
            "temp_store": 2,
            "journal_mode": "truncate",
            "synchronous": 3,
        }
        said = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in manners}
    opened.dispose()
    assert said == manners


def test_that_many_threads_may_ask_at_once(file: Path) -> None:
    opened = file_engine(file)

    def ask(_: int) -> int:
        with opened.begin() as connection:
            return len(connection.execute(select(PersonRow.id)).all())

    with ThreadPoolExecutor(24) as threads:
        seen = set(threads.map(ask, range(24 * 60)))
    opened.dispose()
    assert len(seen) == 1


def test_that_values_are_not_told_in_errors(made: Engine) -> None:
    with Session(made) as session:
        session.add(PersonRow(place=1, id="x", name="y", id_number="43010019860504002X", opening=Money(1)))
        with pytest.raises(IntegrityError) as told:
            session.flush()
    assert "43010019860504002X" not in str(told.value)


def test_that_an_old_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbapi2, "sqlite_version_info", (3, 40, 1))
    with pytest.raises(RuntimeError):
        memory_engine()


@pytest.mark.parametrize("value", [12.5, True, 100, "100", Money(MOST_YUAN * 100) + Money(1)])
def test_that_only_money_is_kept_as_fen(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        Fen.write(value)


def test_that_a_row_says_what_the_domain_says(made: Engine) -> None:
    with Session(made) as session:
        session.add(
            PersonRow(
                place=1, id="me", name="本人", sex=Sex.FEMALE, opened_on=date(2025, 1, 1), opening=Money(5)
            )
        )
        session.add(SnoozeRow(place=1, finding="x", until=date(1988, 4, 10)))
        session.commit()
    with Session(made) as session:
        person = session.scalars(select(PersonRow)).one()
        assert (person.sex, person.opening, person.born) == (Sex.FEMALE, Money(5), None)
        assert type(person.opening) is Money
        assert session.scalars(select(SnoozeRow.until)).one() == date(1988, 4, 10)


def test_that_a_sum_of_another_kind_is_refused(made: Engine) -> None:
    with Session(made) as session:
        session.add(BaseRow(place=1, person="me", since=date(2025, 1, 1), monthly=8000))
        with pytest.raises(StatementError):
            session.flush()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO person (place, id, name, opening) VALUES (1, 'me', 'x', 1)",
        "INSERT INTO person (place, id, name, sex) VALUES (1, 'me', 'x', 'unknown')",
        "INSERT INTO person (place, id, name, opened_on, opening) VALUES (1, 'me', 'x', '2025-01-01', 12.5)",
        "INSERT INTO person (place, id, name, opened_on, opening) VALUES (1, 'me', 'x', '2025-01-01', '元')",
        "INSERT INTO coverage VALUES (1, 'nobody', 'employee', 'active', '430100', '2025-01-01', NULL)",
        "INSERT INTO coverage VALUES (1, 'a', 'employee', 'active', '430100', '2025-01-02', '2025-01-01')",
        "INSERT INTO binding VALUES (1, 'b', 'a', 'a', 'child', 'wallet', '2025-01-01', NULL)",
        "INSERT INTO base VALUES (1, 'a', '2025-01-01', 99999999999999999)",
        "INSERT INTO plan VALUES (2, '{}')",
        "INSERT INTO plan VALUES (1, '{')",
        "INSERT INTO scenario VALUES (1, '甲', '{}'), (2, '甲', '{}')",
        "INSERT INTO refund VALUES (1, 'r', '2025-01-01', NULL, 'r', '', NULL)",
    ],
)
def test_that_the_shape_is_held_by_the_database(made: Engine, statement: str) -> None:
    with made.begin() as connection:
        connection.exec_driver_sql("INSERT INTO person (place, id, name) VALUES (9, 'a', '甲')")
    with pytest.raises(IntegrityError), made.begin() as connection:
        connection.exec_driver_sql(statement)


def test_that_what_is_law_is_not_held_by_the_database(made: Engine) -> None:
    """Two payers for one beneficiary are against the rules, and may have happened."""
    with Session(made) as session:
        session.add_all(PersonRow(place=n, id=one, name=one) for n, one in enumerate("abc", start=1))
        for place, payer in enumerate("ab", start=1):
            session.add(
                BindingRow(
                    place=place, id=payer, payer=payer, beneficiary="c", relation="parent",
                    channel="wallet", since=date(2025, 1, 1),
                )
            )  # fmt: skip
        session.commit()
    assert VisitRow.table().foreign_keys
