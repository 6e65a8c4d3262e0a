"""迁移的环境。For who writes migrations: `alembic check`, `alembic revision --autogenerate --rev-id 0003`.

Both compare the tables with what the migrations make of an empty database in memory. The program itself runs
migrations without this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator

from db.engine import memory_engine
from db.tables import Row
from db.versions import upgrade

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext

_STANDS = "CREATE TABLE alembic_version (version_num TEXT PRIMARY KEY)"


def _render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """A migration must run when types of the program are long gone: it names what they are kept as."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl).__name__}()"
    return False


def compare() -> None:
    newest = context.get_head_revision()
    with memory_engine().begin() as connection:
        upgrade(connection, 0, int(str(newest)))
        connection.exec_driver_sql(_STANDS)
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (newest,))
        context.configure(
            connection=connection,
            target_metadata=Row.metadata,
            render_as_batch=True,
            render_item=_render,
        )
        context.run_migrations()


compare()
