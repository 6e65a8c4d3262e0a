"""整写文件。Writes a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from errno import EACCES, ENOENT, ENOSPC, EROFS
from pathlib import Path

from desktop.domain.trouble import FileTrouble


def write_whole(path: Path, content: str | bytes) -> None:
    """Text in UTF-8. Until the new file is safe on disk the old one stays as it was. Raises `FileTrouble`.

    A link leads to its file, which is written; a device or pipe is written to, never replaced.
    """
    path = path.resolve()
    data = content.encode() if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise not_written(path, error) from error
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        written.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        written.replace(path)
    except OSError as error:
        written.unlink(missing_ok=True)
        raise not_written(path, error) from error


def not_written(path: Path, error: OSError) -> FileTrouble:
    """Why a file can't be written, for a person."""
    known = {ENOENT: "没有这个文件夹", EACCES: "没有权限", ENOSPC: "磁盘满了", EROFS: "这里只能读"}
    what = f"写不进去（{known.get(error.errno or 0, error.strerror)}）"
    return FileTrouble(str(path), what, "请检查文件夹、权限和磁盘空间，原来的文件没有动")
