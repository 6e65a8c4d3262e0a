"""行。Records of the domain as rows and back, by the column; many at once, and past the ORM.

Written record by record, a hundred thousand visits would take thirty times as long as SQLite needs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects import sqlite

from db.tables import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import Column, Connection, Executable, Table

    from db.tables import Row

R = TypeVar("R")

Values = tuple[Any, ...]

_AT_ONCE = 2_000
"""Rows converted at one time: many more would be of no use but to the garbage collector."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind(Generic[R]):
    """How one kind of record is kept. `values` are those of the columns after `place`, in their order."""

    row: type[Row]
    values: Callable[[R], Values]
    record: Callable[[Values], R]


Placed = tuple[int, Any]
"""A record and where it stands."""


@dataclass(slots=True)
class Changes:
    """What is to be written, by kind of record; of deletes the places alone."""

    deletes: defaultdict[Kind[Any], list[tuple[int]]] = field(default_factory=lambda: defaultdict(list))
    updates: defaultdict[Kind[Any], list[Placed]] = field(default_factory=lambda: defaultdict(list))
    inserts: defaultdict[Kind[Any], list[Placed]] = field(default_factory=lambda: defaultdict(list))

    def __bool__(self) -> bool:
        return bool(self.deletes or self.updates or self.inserts)


def write(connection: Connection, changes: Changes) -> None:
    """What goes, goes first: an id may move to another table or another place."""
    for kind, places in changes.deletes.items():
        delete_rows(connection, kind.row.table(), places)
    for kind, placed in changes.updates.items():
        update_rows(connection, kind.row.table(), _rows(kind, placed), [place for place, _ in placed])
    for kind, placed in changes.inserts.items():
        for start in range(0, len(placed), _AT_ONCE):
            insert_rows(connection, kind.row.table(), _rows(kind, placed[start : start + _AT_ONCE]))


def _rows(kind: Kind[Any], placed: Sequence[Placed]) -> list[Values]:
    values = kind.values
    return stored(kind.row.table(), [(place, *values(record)) for place, record in placed])


def read(connection: Connection, kind: Kind[R]) -> list[tuple[int, R]]:
    """Every record of a kind with its place, in order."""
    table = kind.row.table()
    rows = connection.exec_driver_sql(_sql(select(table).order_by(table.c.place))).all()
    return [(values[0], kind.record(values[1:])) for values in loaded(table, rows)]


def stored(table: Table, rows: Sequence[Values]) -> list[Values]:
    """Rows of domain values as SQLite keeps them."""
    columns = zip(table.columns, zip(*rows, strict=True), strict=True)
    return list(zip(*(_stored(column, values) for column, values in columns), strict=True))


def loaded(table: Table, rows: Sequence[Sequence[Any]]) -> Iterable[Values]:
    """Rows as SQLite keeps them, as domain values."""
    columns = zip(table.columns, zip(*rows, strict=True), strict=bool(rows))
    return zip(*(_loaded(column, values) for column, values in columns), strict=True)


def _stored(column: Column[Any], values: Iterable[Any]) -> Iterable[Any]:
    if not isinstance(column.type, Kept):
        return values
    write = column.type.write
    return [None if one is None else write(one) for one in values] if column.nullable else map(write, values)


def _loaded(column: Column[Any], values: Iterable[Any]) -> Iterable[Any]:
    if not isinstance(column.type, Kept):
        return values
    read = column.type.read
    return [None if one is None else read(one) for one in values] if column.nullable else map(read, values)


# ------------------------------------------------------------------------------------------ rows as they are


def insert_rows(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    connection.exec_driver_sql(_sql(insert(table)), list(rows))


def update_rows(connection: Connection, table: Table, rows: Sequence[Values], places: Sequence[int]) -> None:
    """`places` are where the rows stand now."""
    values: dict[str, Any] = {column.name: bindparam(column.name) for column in table.columns}
    statement = update(table).where(table.c.place == bindparam("stands")).values(values)
    connection.exec_driver_sql(
        _sql(statement), [(*row, place) for row, place in zip(rows, places, strict=True)]
    )


def delete_rows(connection: Connection, table: Table, places: Sequence[Values]) -> None:
    statement = delete(table).where(table.c.place == bindparam("row"))
    connection.exec_driver_sql(_sql(statement), list(places))


def _sql(statement: Executable) -> str:
    """Its text with a question mark for each value, as the driver takes it."""
    return str(statement.compile(dialect=sqlite.dialect(paramstyle="qmark")))  # type: ignore[attr-defined]
