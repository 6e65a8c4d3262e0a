"""临终。Run as a program: books whose writers are killed at any moment, and what is left of them, in JSON.

One process imports the store once; each writer is a fork of it, and dies by SIGKILL.

    python -m tests.db.dying steps FOLDER SECONDS      writers of steps, killed after a while
    python -m tests.db.dying migration OLD FOLDER      openings of an old book, killed at each statement
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import QueuePool

from db.engine import raw_connection
from db.shelf import Shelf
from db.tables import SCHEMA
from tests import families as small
from tests.db.conftest import TODAY, Clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.domain.family import Family


def in_a_fork(work: Callable[[int], None], live: float | None, awaited: int = 0) -> tuple[bytes, bool]:
    """What the work wrote before it ended or was killed, and whether it was killed.

    It lives so many seconds after it wrote as many bytes as are awaited; `live` None: as long as it likes.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        failed = 1
        with suppress(Exception):
            work(writing)
            failed = 0
        os._exit(failed)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read(awaited)
        if live is not None:
            time.sleep(live)
            os.kill(child, signal.SIGKILL)
        said += pipe.read()
    _, status = os.waitpid(child, 0)
    if status and not os.WIFSIGNALED(status):
        raise ChildProcessError(status)
    return said, os.WIFSIGNALED(status)


# --------------------------------------------------------------------------------------------------- steps


def start() -> Family:
    return small.family(small.worker(), small.resident(), as_of=TODAY)


def grown(steps: int) -> Family:
    """Each step brings a visit, and each third another name."""
    visits = [replace(small.visit(f"v{number}"), note="字" * (number % 97)) for number in range(steps)]
    name = f"{steps // 3} 家" if steps else ""
    return replace(start(), events=tuple(visits), name=name)


def steps(folder: str, seconds: str) -> dict[str, int]:
    shelf = Shelf(Path(folder), now=Clock())
    book = shelf.create(start())
    book.close()
    file = book.file or Path()
    seen = {"kills": 0, "acknowledged": 0, "lost": 0, "torn": 0}
    here, chance, until = 0, random.Random(7), time.monotonic() + float(seconds)

    def write(pipe: int) -> None:
        store = shelf.open(file, TODAY)
        for number in count(here + 1):
            store.keep(f"第 {number} 步", grown(number))
            os.write(pipe, b".")

    while time.monotonic() < until:
        said, _ = in_a_fork(write, chance.uniform(0, 0.05), chance.choice((0, 1, 1, 2)))
        store = shelf.open(file, TODAY)
        found = len(store.family().events)
        whole = store.family() == grown(found) and store.history().undo == (f"第 {found} 步" if found else "")
        store.close()
        seen["kills"] += 1
        seen["acknowledged"] += len(said)
        seen["lost"] += found < here + len(said)
        seen["torn"] += not whole
        here = found
    return seen


# ----------------------------------------------------------------------------------------------- migration


def migration(old: str, folder: str) -> dict[str, int]:
    """Killed before the first statement, the second … until one is opened alive."""
    seen = {"kills": 0, "neither": 0, "unopened": 0}
    for number in count(1):
        shelf = Shelf(Path(folder) / str(number))
        shelf.folder.mkdir(parents=True)
        file = shelf.folder / "家.gongji"
        file.write_bytes(Path(old).read_bytes())

        def die_at(_pipe: int, file: Path = file, shelf: Shelf = shelf, number: int = number) -> None:
            left = iter(range(number))

            @event.listens_for(Engine, "before_cursor_execute")
            def before(connection: Connection, *_: object) -> None:
                if isinstance(connection.engine.pool, QueuePool) and next(left, None) is None:
                    os.kill(os.getpid(), signal.SIGKILL)

            shelf.open(file, TODAY)

        _, killed = in_a_fork(die_at, None)
        if not killed:
            return seen
        raw = raw_connection(file)
        (version,) = raw.execute("PRAGMA user_version").fetchone()
        added = "SELECT count(*) FROM sqlite_master WHERE name IN ('snooze', 'snapshot')"
        (tables,) = raw.execute(added).fetchone()
        raw.close()
        seen["kills"] += 1
        seen["neither"] += (version, tables) not in {(1, 0), (SCHEMA, 2)}
        store = shelf.open(file, TODAY)
        seen["unopened"] += not store.family().events
        store.close()
    raise AssertionError


if __name__ == "__main__":
    sys.stdout.write(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
