"""引擎。The one way to a database: nothing else in the program connects to one.

The driver is SQLCipher's, a modern SQLite, with a key or without. The pools are named, because the one that
SQLAlchemy chooses for such a driver closes connections that are in use.
"""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2

from db.tables import APPLICATION, SCHEMA
from db.trouble import damaged, in_words, locked, missing, not_a_book, not_locked
from desktop.domain.trouble import BookTooNew

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

OLDEST_SQLITE = (3, 51, 3)
"""Older ones lack what is used here, or have faults that lose what was written."""

_PATIENCE = 0.3  # seconds: whoever has a book open keeps it
_KEY = re.compile(r"[0-9a-fA-F]{64}([0-9a-fA-F]{32})?")

_MANNERS = (
    "locking_mode = EXCLUSIVE",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "journal_mode = TRUNCATE",
    "synchronous = EXTRA",
)

_MAGIC = b"SQLite format 3\0"
_APPLICATION_AT = slice(68, 72)
PAGE = 4096


def file_engine(file: Path, key: str = "", *, new: bool = False) -> Engine:
    """To one file, which it keeps to itself while a connection is open. `key` is 64 or 96 hex digits.

    Connecting raises `FileTrouble` for what is no book of ours; `new`: the file is to become one.
    """
    _check_library()
    if key and not _KEY.fullmatch(key):
        raise ValueError("a key is 64 or 96 hex digits")  # noqa: TRY003
    made = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=partial(_connect, file, key, new=new),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
    )
    return _immediate(made)


def memory_engine() -> Engine:
    """To a database of its own, which is gone with its one connection."""
    _check_library()
    made = create_engine(
        "sqlite://", module=dbapi2, creator=_in_memory, poolclass=StaticPool, hide_parameters=True
    )
    return _immediate(made)


def _check_library() -> None:
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(dbapi2.sqlite_version)


def _immediate(engine: Engine) -> Engine:
    """A transaction takes the lock at its start, and holds definitions of tables too."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "close")
    def close(raw: dbapi2.Connection, _record: object) -> None:
        """No empty journal is left beside the file."""
        with suppress(dbapi2.Error):
            raw.execute("PRAGMA locking_mode = NORMAL")
            raw.execute("PRAGMA journal_mode = DELETE")

    return engine


@contextmanager
def transaction(connection: Connection) -> Iterator[Connection]:
    """All or nothing. A commit that fails leaves open in SQLite what SQLAlchemy takes for ended."""
    try:
        with connection.begin():
            yield connection
    finally:
        raw = connection.connection.driver_connection
        if raw is not None and raw.in_transaction:
            raw.rollback()


def _in_memory() -> dbapi2.Connection:
    raw = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    for manner in _MANNERS:
        raw.execute(f"PRAGMA {manner}")
    return raw


def _connect(file: Path, key: str, *, new: bool) -> dbapi2.Connection:
    if not new:
        _check_kind(file, key)
    with in_words(file):
        raw = raw_connection(file, key)
        try:
            _settle_in(raw, file, new=new)
        except BaseException as error:
            raw.close()
            if key and getattr(error, "sqlite_errorcode", 0) == dbapi2.SQLITE_NOTADB:
                raise locked(file) from error
            raise
    return raw


def raw_connection(file: Path, key: str = "", mode: str = "rw") -> dbapi2.Connection:
    """Of the driver itself, for one thread at a time; the file must be there."""
    raw = dbapi2.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=_PATIENCE,
        check_same_thread=False,
    )
    if key:
        raw.execute("PRAGMA cipher_log_level = NONE")
        raw.execute(f"PRAGMA key = \"x'{key}'\"")
    return raw


def _settle_in(raw: dbapi2.Connection, file: Path, *, new: bool) -> None:
    """The lock is taken before anything else is asked, and never given back."""
    (manner, *manners) = _MANNERS
    raw.execute(f"PRAGMA {manner}")
    raw.execute("BEGIN EXCLUSIVE")
    raw.execute("COMMIT")
    if not new:
        (schema,) = raw.execute("PRAGMA user_version").fetchone()
        if schema > SCHEMA:
            raise BookTooNew(str(file), schema, SCHEMA)
    for manner in manners:
        raw.execute(f"PRAGMA {manner}")


# ----------------------------------------------------------------------------------- what kind of file it is


def _check_kind(file: Path, key: str) -> None:
    """Looked at without a lock, and without the right to write: a stranger's file stays as it is."""
    if not file.is_file():
        raise missing(file)
    if file.stat().st_size == 0:
        raise damaged(file, "这个文件是空的")
    peeked = raw_connection(file, mode="ro&immutable=1")
    try:
        (application,) = peeked.execute("PRAGMA application_id").fetchone()
    except dbapi2.Error as error:
        _check_unreadable(file, key, error)
        return
    finally:
        peeked.close()
    if application != APPLICATION:
        raise not_a_book(file)
    if key:
        raise not_locked(file)


def _check_unreadable(file: Path, key: str, error: dbapi2.Error) -> None:
    """Encrypted, damaged, or nothing of ours? Returns where the key may be the right one."""
    with in_words(file), file.open("rb") as opened:
        start = opened.read(len(_MAGIC) + 84)
    if start[_APPLICATION_AT] == APPLICATION.to_bytes(4, "big"):
        return  # perhaps in the middle of a step that its journal takes back
    if start.startswith(_MAGIC) or file.stat().st_size % PAGE:
        raise not_a_book(file) from error
    if not key:
        raise (locked(file) if file.suffix == ".gongji" else not_a_book(file)) from error
