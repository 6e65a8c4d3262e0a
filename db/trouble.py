"""存储的麻烦。What SQLite says went wrong, as a sentence for a person."""

from __future__ import annotations

from contextlib import contextmanager
from errno import EACCES, ENOENT, ENOSPC, EROFS
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from desktop.domain.trouble import BookDamaged, BookInUse, BookLocked, FileTrouble, NotABook, NotWritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PRIMARY = 0xFF  # of an extended result code, the part that tells its kind


@contextmanager
def in_words(file: Path) -> Iterator[None]:
    """Errors of SQLite and of the system come out as `FileTrouble`; what is our own mistake as it is."""
    try:
        yield
    except DBAPIError as error:
        raise told(file, error.orig) or error from error
    except dbapi2.Error as error:
        raise told(file, error) or error from error
    except UnicodeDecodeError as error:  # even what SQLite says of it cannot be read
        raise damaged(file, "这个家庭档案残缺或损坏了") from error
    except OSError as error:
        known = {ENOENT: "没有这个文件夹", EACCES: "没有权限", ENOSPC: "磁盘满了", EROFS: "这里只能读"}
        what = f"读写不了（{known.get(error.errno or 0, error.strerror)}）"
        raise NotWritable(str(file), what, _LOOK) from error


_LOOK = "请检查文件夹、权限和磁盘空间，已经记下的都还在"
_BACKUP = "请从备份恢复，这个文件没有动过"


# What the driver says where it gives no code: when it makes a backup, and of text that is none.
_WORDS = {
    "disk I/O error": dbapi2.SQLITE_IOERR,
    "database or disk is full": dbapi2.SQLITE_FULL,
    "attempt to write a readonly database": dbapi2.SQLITE_READONLY,
    "unable to open database file": dbapi2.SQLITE_CANTOPEN,
    "database is locked": dbapi2.SQLITE_BUSY,
    "database disk image is malformed": dbapi2.SQLITE_CORRUPT,
    "Could not decode to UTF-8": dbapi2.SQLITE_CORRUPT,
}


def _code(error: BaseException | None) -> int:
    said = str(error)
    unnumbered = next((code for words, code in _WORDS.items() if said.startswith(words)), 0)
    return getattr(error, "sqlite_errorcode", unnumbered) & _PRIMARY


def told(file: Path, error: BaseException | None) -> FileTrouble | None:
    """None: an error that no file is to blame for."""
    code = _code(error)
    name = str(file)
    if code in {dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED}:
        return in_use(file)
    if code in {dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB}:
        return damaged(file, "这个家庭档案残缺或损坏了")
    writing = {
        dbapi2.SQLITE_READONLY: "这个文件是只读的，写不进去",
        dbapi2.SQLITE_PERM: "没有权限，写不进去",
        dbapi2.SQLITE_CANTOPEN: "没有权限读写这个文件，或者它的文件夹是只读的",
        dbapi2.SQLITE_FULL: "磁盘满了，写不进去",
        dbapi2.SQLITE_IOERR: "磁盘出错，写不进去",
    }
    return NotWritable(name, writing[code], _LOOK) if code in writing else None


def in_use(file: Path) -> BookInUse:
    return BookInUse(str(file), "另一个窗口或程序正开着这个家庭档案", "请先在那里关上，再打开")


def damaged(file: Path, what: str) -> BookDamaged:
    return BookDamaged(str(file), what, _BACKUP)


def not_a_book(file: Path) -> NotABook:
    return NotABook(str(file), "这不是本程序的家庭档案", "请检查是不是选错了文件，它没有动过")


def locked(file: Path) -> BookLocked:
    return BookLocked(str(file), "这个家庭档案加了密，没有钥匙或者钥匙不对", "请用原来的钥匙打开，它没有动过")


def not_locked(file: Path) -> BookLocked:
    what = "这个家庭档案没有加密，而这里只打开加密的档案"
    return BookLocked(str(file), what, "请检查是不是选错了文件，它没有动过")


def missing(file: Path) -> FileTrouble:
    what = "这是一个文件夹" if file.is_dir() else "没有这个文件"
    return FileTrouble(str(file), what, "请检查文件名，或另选一个家庭档案")


def there_already(file: Path) -> FileTrouble:
    return FileTrouble(str(file), "已经有这个文件", "请换一个文件名，原来的文件没有动")
