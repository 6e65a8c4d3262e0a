"""许可证测试。Every library the program needs is named with what it says of itself."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.usecases.licences import LIBRARIES, Library, libraries

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_that_every_library_of_the_program_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[<>=!~ ]", one, maxsplit=1)[0] for one in project["dependencies"]}
    assert {plain(one) for one in LIBRARIES} == {plain(one) for one in needed}


def test_that_each_is_told_with_version_and_licence() -> None:
    found = {one.name.lower(): one for one in libraries()}
    assert {plain(name) for name in found} <= {plain(name) for name in LIBRARIES}
    assert found["pydantic"].licence == "MIT"
    assert re.match(r"\d+\.\d+", found["numpy"].version)


def test_that_one_that_is_not_there_is_left_out() -> None:
    assert libraries(("segno", "no-such-library")) == libraries(("segno",))


def test_that_a_licence_written_out_in_full_is_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "wordy-1.0.dist-info"
    folder.mkdir()
    said = "Metadata-Version: 2.1\nName: wordy\nVersion: 1.0\nLicense: Hereby\n        granted\n"
    (folder / "METADATA").write_text(said, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert libraries(("wordy",)) == (Library("wordy", "1.0", ""),)
