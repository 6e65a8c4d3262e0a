"""整写文件夹。Writes a folder of files whole or not at all: beside its place first, then moved there."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.exchange.whole_file import not_written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def write_whole_folder(
    folder: Path, files: Mapping[str, str], work: Path, check: Callable[[Path], object]
) -> None:
    """`work` is a folder on the same disk; `check` looks at the files there, and what it raises ends it.

    `folder` must not exist: one move brings it to its place. Raises `FileTrouble`.
    """
    made: Path | None = None
    try:
        work.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=work))
        made.chmod(0o755)
        for name, text in files.items():
            with (made / name).open("wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
        check(made)
        made.rename(folder)
    except OSError as error:
        raise not_written(folder, error) from error
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
