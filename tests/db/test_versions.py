"""版本。An older book is backed up and migrated, a newer one refused, and tables and migrations agree."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event

from db import versions
from db.backup import BEFORE_UPGRADE
from db.engine import memory_engine, raw_connection
from db.tables import SCHEMA
from desktop.domain.errand import Errand
from desktop.domain.family import Snooze
from desktop.domain.matter import Retirement
from desktop.domain.people import History
from desktop.domain.trouble import BookDamaged, BookTooNew
from desktop.exchange.family_document import read_family
from desktop.usecases import ports
from tests.db.conftest import TODAY
from tests.families import snapshot

if TYPE_CHECKING:
    from db.shelf import Shelf

ROOT = Path(__file__).resolve().parents[2]
OLD = sorted((Path(__file__).parent / "old").glob("*.gongji"))


@pytest.fixture(params=OLD, ids=lambda old: f"schema {old.stem}")
def old(request: pytest.FixtureRequest, shelf: Shelf) -> Path:
    """A copy of a real book of a past schema; the family in it stands beside it as a document."""
    shelf.folder.mkdir()
    return Path(shutil.copyfile(request.param, shelf.folder / f"{request.param.stem}.gongji"))


def user_version(file: Path) -> int:
    raw = raw_connection(file)
    (number,) = raw.execute("PRAGMA user_version").fetchone()
    raw.close()
    return int(number)


def test_that_there_is_a_real_book_of_every_past_schema() -> None:
    assert [old.stem for old in OLD] == [str(number) for number in range(1, SCHEMA)]


def test_that_an_older_book_has_the_same_family(old: Path, shelf: Shelf) -> None:
    store = shelf.open(old, TODAY)
    assert store.family() == read_family(OLD[0].with_name(f"{old.stem}.json"), TODAY)
    assert store.history() == ports.History()
    store.close()
    assert user_version(old) == SCHEMA


def test_that_it_is_backed_up_before_and_says_so(old: Path, shelf: Shelf) -> None:
    was = user_version(old)
    store = shelf.open(old, TODAY)
    (backup,) = shelf.backups(old)
    assert backup.why == BEFORE_UPGRADE
    assert user_version(backup.file) == was
    (notice,) = store.notices
    assert backup.file.name in str(notice)
    assert f"从第 {was} 版升级到了第 {SCHEMA} 版" in str(notice)
    store.close()
    again = shelf.open(old, TODAY)
    assert again.notices == ()
    again.close()


def test_that_what_is_new_can_be_used_at_once(old: Path, shelf: Shelf) -> None:
    store = shelf.open(old, TODAY)
    before = store.family()
    after = replace(
        before,
        snoozes=(Snooze("x", TODAY),),
        snapshots=(snapshot(),),
        people=(replace(before.people[0], history=History(TODAY, 120), retires_at=55), *before.people[1:]),
        events=(*before.events, Retirement("matter", TODAY, before.people[0].id)),
        errands=(Errand("errand", "transfer.in_province", before.people[0].id, TODAY),),
    )
    store.keep("留存", after)
    assert store.undo() == before
    assert store.redo() == after
    store.close()


def test_that_a_migration_that_fails_leaves_the_old_book(old: Path, shelf: Shelf) -> None:
    before = sha256(old.read_bytes()).digest()

    def fail(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("PRAGMA user_version ="):
            raise ZeroDivisionError

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        with pytest.raises(ZeroDivisionError):
            shelf.open(old, TODAY)
    finally:
        event.remove(Engine, "before_cursor_execute", fail)
    assert sha256(old.read_bytes()).digest() == before
    shelf.open(old, TODAY).close()


def test_that_an_older_backup_is_restored_and_migrated(old: Path, shelf: Shelf) -> None:
    store = shelf.open(old, TODAY)
    family = store.family()
    store.keep("改名", replace(family, name="别的名字"))
    store.close()
    (backup,) = shelf.backups(old)
    again = shelf.restore(backup.file, old, TODAY)
    assert again.family() == family
    again.close()


def test_that_a_newer_book_is_refused_with_both_numbers(file: Path, shelf: Shelf) -> None:
    raw = raw_connection(file)
    raw.execute("PRAGMA user_version = 9")
    raw.close()
    before = file.read_bytes()
    with pytest.raises(BookTooNew, match=f"档案第 9 版，本程序认识到第 {SCHEMA} 版") as refused:
        shelf.open(file, TODAY)
    assert (refused.value.theirs, refused.value.ours) == (9, SCHEMA)
    assert file.read_bytes() == before


def test_that_a_book_without_a_version_is_damaged(file: Path, shelf: Shelf) -> None:
    raw = raw_connection(file)
    raw.execute("PRAGMA user_version = 0")
    raw.close()
    with pytest.raises(BookDamaged):
        shelf.open(file, TODAY)


def test_that_migrations_make_the_very_tables_that_are_used() -> None:
    engine = memory_engine()
    with engine.begin() as connection:
        versions.upgrade(connection, 0, SCHEMA)
        made = versions.schema(connection)
    engine.dispose()
    assert made == versions.expected(SCHEMA)


def test_that_alembic_finds_nothing_to_migrate() -> None:
    command = [sys.executable, "-m", "alembic", "check"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_that_alembic_writes_a_migration_without_the_programs_types(tmp_path: Path) -> None:
    """As it would for a table that no migration makes yet: of types of ours there is nothing in it."""
    folder = tmp_path / "migrations"
    shutil.copytree(versions.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__", "0004*"))
    code = (
        "import sys; from alembic.config import main; import db.versions as v; "
        "from pathlib import Path; v.MIGRATIONS = Path(sys.argv[1]); "
        "main(['-x', 'y', 'revision', '--autogenerate', '--rev-id', '0004', '-m', 'Matters'])"
    )
    (tmp_path / "pyproject.toml").write_text('[tool.alembic]\nscript_location = "migrations"\n', "utf-8")
    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (written,) = (folder / "versions").glob("0004*.py")
    text = written.read_text("utf-8")
    assert "sa.Column('content', sa.Text(), nullable=False)" in text
    assert "db." not in text


def test_that_each_migration_follows_the_one_before_and_imports_nothing_of_the_program() -> None:
    scripts = list(ScriptDirectory(str(versions.MIGRATIONS)).walk_revisions())
    assert [script.revision for script in scripts] == [versions.revision(one) for one in range(SCHEMA, 0, -1)]
    for script in scripts:
        text = Path(script.path).read_text("utf-8")
        assert "import db" not in text
        assert "from db" not in text
        assert "desktop" not in text
        assert "\nWhy: " in script.doc or "\nWhy: " in script.longdoc


def test_that_opening_a_book_of_today_does_not_import_alembic(file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import date; from db.shelf import Shelf; "
        "Shelf(Path()).open(Path(sys.argv[1]), date(2026, 3, 1)).close(); print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(file)]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout == "False\n"
