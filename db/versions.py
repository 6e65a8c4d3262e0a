"""版本。Which schema a file has, how one is made, and how an older one becomes ours.

The number stands in `user_version` and nowhere else. Alembic is imported only where there is something to
migrate.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from db import journal
from db.engine import PAGE, memory_engine
from db.tables import APPLICATION, SCHEMA, Row
from db.trouble import damaged

if TYPE_CHECKING:
    from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"

_STRANGE = "这个家庭档案里有不属于它的内容"
_CORRUPT = "这个家庭档案残缺或损坏了"


def version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def make(connection: Connection) -> None:
    """Our tables in an empty database, within a transaction."""
    Row.metadata.create_all(connection, checkfirst=False)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def migrate(connection: Connection) -> None:
    """To our schema in one transaction: after an error, or the end of the world, it is the old one.

    What can be undone is forgotten, since images of rows are images of the old tables.
    """
    _references(connection, "OFF")  # a table may be rebuilt; they are checked when the book is opened
    with connection.begin():
        upgrade(connection, version(connection), SCHEMA)
        journal.forget(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    _references(connection, "ON")


def _references(connection: Connection, looked_at: str) -> None:
    """Outside a transaction, for inside one SQLite turns nothing on or off."""
    connection.connection.cursor().execute(f"PRAGMA foreign_keys = {looked_at}")


def upgrade(connection: Connection, old: int, new: int) -> None:
    """Run the migrations between two schemas; 0 is an empty database."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(MIGRATIONS)).iterate_revisions(revision(new), revision(old))
    with Operations.context(MigrationContext.configure(connection)):
        for script in reversed(list(scripts)):
            script.module.upgrade()


def revision(number: int) -> str:
    """What Alembic calls a schema."""
    return f"{number:04d}" if number else "base"


def check(connection: Connection, file: Path) -> None:
    """Whole, consistent, and tables of ours only: what came with a file could run at our next write.

    What is cut off of an empty last page SQLite does not miss; what is written there next may be lost.
    """
    if file.stat().st_size % PAGE:
        raise damaged(file, _CORRUPT)
    if connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() != ["ok"]:
        raise damaged(file, _CORRUPT)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise damaged(file, _CORRUPT)
    if schema(connection) != expected(version(connection)):
        raise damaged(file, _STRANGE)


def schema(connection: Connection) -> frozenset[tuple[str, ...]]:
    """Everything that a database consists of, with its text less what layout and quotes differ in."""
    wanted = "SELECT type, name, tbl_name, coalesce(sql, '') FROM main.sqlite_master"
    return frozenset(
        (kind, name, of, re.sub(r'["\s]+', "", text))
        for kind, name, of, text in connection.exec_driver_sql(wanted)
    )


def expected(number: int) -> frozenset[tuple[str, ...]]:
    """The schema that a book of this number has."""
    engine = memory_engine()
    with engine.begin() as connection:
        if number == SCHEMA:
            make(connection)
        else:
            upgrade(connection, 0, number)
        found = schema(connection)
    engine.dispose()
    return found
