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


def test_that_a_link_stays_and_its_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("旧的", "utf-8")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    write_whole(tmp_path / "link.json", "新的")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text("utf-8") == "新的"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_that_a_pipe_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, "新的")
    assert os.read(reader, 100).decode() == "新的"
    os.close(reader)
    assert not pipe.is_file()


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
