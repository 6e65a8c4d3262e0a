"""日志。Named steps, and their undo and redo: below everything, by row images, by construction.

Triggers watch the tables of facts. They are made for one connection, so a file holds tables and nothing that
runs; and they see every statement, bulk or not, whoever sends it. A change outside a step is an error.

A row has two images, one before a step and one after it, and one of the two always stands in the table. The
journal keeps the other. Turning a step puts the kept images back, last first, and the triggers then keep what
stood there: so undo and redo are the same function, and a step turned twice is as it was.

    step      change of a row               image kept
    done      insert, update, delete        none, before, before
    undone    delete, update, insert        after, after, none
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import DDL, delete, func, insert, select, text, update

from db.rows import delete_rows, insert_rows, update_rows
from db.tables import FACTS, ChangeRow, Row, StepRow
from desktop.usecases.ports import History, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from sqlalchemy import Connection, Table

KEPT = 1000
"""Steps that can be undone; a tenth more before the oldest are forgotten, since that reads the journal."""

OUTSIDE = "a change outside a step"


_TRIGGER = """
CREATE TEMP TRIGGER journal_%(fact)s_%(kind)s AFTER %(kind)s ON main.%(fact)s BEGIN
    INSERT INTO change (step, fact, place, kind, image) VALUES (
        ifnull((SELECT id FROM open_step), RAISE(ABORT, '%(outside)s')),
        '%(fact)s', %(stands)s.place, '%(kind)s', %(image)s
    );
END
"""


def watch(connection: Connection) -> None:
    """Make the triggers. From now on, for this connection, every change of a fact belongs to a step."""
    connection.execute(text("CREATE TEMP TABLE open_step (id INTEGER NOT NULL)"))
    for row in FACTS:
        table = row.table()
        image = ", ".join(f"'{column.name}', OLD.\"{column.name}\"" for column in table.columns)
        for kind, stands in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
            told = {"fact": table.name, "kind": kind, "stands": stands, "outside": OUTSIDE}
            told["image"] = "NULL" if kind == "insert" else f"json_object({image})"
            connection.execute(DDL(_TRIGGER, context=told))  # type: ignore[no-untyped-call]


@contextmanager
def step(connection: Connection, name: str, at: datetime) -> Iterator[int]:
    """What is written inside is one step, and the steps that were undone are forgotten."""
    before = last(connection)
    if connection.execute(delete(StepRow).where(StepRow.id > before)).rowcount:
        connection.execute(delete(ChangeRow).where(ChangeRow.step > before))
    number = before + 1
    connection.execute(insert(StepRow).values(id=number, name=name, at=at, undone=False))
    with _open(connection, number):
        yield number
    _thin(connection, number)


@contextmanager
def _open(connection: Connection, number: int) -> Iterator[None]:
    """After an error the step is not closed: it is rolled back, and this with it."""
    connection.execute(text("INSERT INTO temp.open_step VALUES (:number)"), {"number": number})
    yield
    connection.execute(text("DELETE FROM temp.open_step"))


def _thin(connection: Connection, number: int) -> None:
    first = connection.scalar(select(func.min(StepRow.id))) or number
    if number - first >= KEPT + KEPT // 10:
        connection.execute(delete(ChangeRow).where(ChangeRow.step <= number - KEPT))
        connection.execute(delete(StepRow).where(StepRow.id <= number - KEPT))


def undo(connection: Connection) -> bool:
    """Take the last step back that is not undone; False where there is none."""
    number = last(connection)
    return bool(number) and _turn(connection, number, undone=True)


def redo(connection: Connection) -> bool:
    """Do the first undone step again; False where there is none."""
    number = connection.scalar(select(func.min(StepRow.id)).where(StepRow.undone)) or 0
    return bool(number) and _turn(connection, number, undone=False)


def _turn(connection: Connection, number: int, *, undone: bool) -> bool:
    of_step = ChangeRow.step == number
    wanted = select(ChangeRow.fact, ChangeRow.kind, ChangeRow.place, ChangeRow.image)
    changes = connection.execute(wanted.where(of_step).order_by(ChangeRow.id.desc())).all()
    connection.execute(delete(ChangeRow).where(of_step))
    with _open(connection, number):
        for (fact, kind), alike in groupby(changes, key=lambda change: (change.fact, change.kind)):
            _put_back(connection, Row.metadata.tables[fact], kind, list(alike))
    connection.execute(update(StepRow).where(StepRow.id == number).values(undone=undone))
    return True


def _put_back(connection: Connection, table: Table, kind: str, changes: Sequence[Any]) -> None:
    """What was inserted goes; of the rest the image is put back."""
    if kind == "insert":
        delete_rows(connection, table, [(change.place,) for change in changes])
        return
    images = [tuple(json.loads(change.image).values()) for change in changes]
    if kind == "update":
        update_rows(connection, table, images, [change.place for change in changes])
    else:
        insert_rows(connection, table, images)


def last(connection: Connection) -> int:
    """The number of the last step that is not undone; 0 where there is none."""
    return connection.scalar(select(func.max(StepRow.id)).where(~StepRow.undone)) or 0


def last_day(connection: Connection) -> date | None:
    """The day of the newest step."""
    at = connection.scalar(select(StepRow.at).order_by(StepRow.id.desc()).limit(1))
    return None if at is None else at.date()


def history(connection: Connection) -> History:
    done = select(StepRow.name).where(~StepRow.undone).order_by(StepRow.id.desc()).limit(1)
    undone = select(StepRow.name).where(StepRow.undone).order_by(StepRow.id).limit(1)
    return History(connection.scalar(done) or "", connection.scalar(undone) or "")


def steps(connection: Connection) -> tuple[Step, ...]:
    """Newest first."""
    wanted = select(StepRow.name, StepRow.at, StepRow.undone).order_by(StepRow.id.desc())
    return tuple(Step(*values) for values in connection.execute(wanted))


def forget(connection: Connection) -> None:
    """A migration changes what an image means."""
    connection.execute(delete(ChangeRow))
    connection.execute(delete(StepRow))
