"""整写文件。A file is written whole, or stays as it was."""

import os
from pathlib import Path

import pytest

from desktop.domain.trouble import FileTrouble
from desktop.exchange.whole_file import write_whole


def test_that_a_file_is_written_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.json", "新的\n")
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]
    assert (tmp_path / "a.json").read_text("utf-8") == "新的\n"


def test_that_a_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text("旧的")
    file.chmod(0o600)
    write_whole(file, "新的")
    assert file.stat().st_mode & 0o777 == 0o600


def test_that_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="没有这个文件夹"):
        write_whole(tmp_path / "nowhere" / "a.json", "新的")


def test_that_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "a.json"
    file.write_text("旧的", "utf-8")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileTrouble, match="磁盘满了"):
        write_whole(file, "新的")
    assert [one.read_text("utf-8") for one in tmp_path.iterdir()] == ["旧的"]
