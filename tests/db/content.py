"""内容。All that a book holds, as bytes: what two books must have in common to be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.tables import FACTS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from db.store import Store


def content(store: Store) -> bytes:
    """Every row of every table of facts, in order."""
    connection = connection_of(store)
    with connection.begin():
        rows = {
            row.__tablename__: [
                tuple(one) for one in connection.exec_driver_sql(_ALL.format(row.__tablename__))
            ]
            for row in FACTS
        }
    return repr(rows).encode()


_ALL = "SELECT * FROM {} ORDER BY place"


def connection_of(store: Store) -> Connection:
    return store._held.connection
