"""启动。What is loaded when, and that nothing ever opens a connection."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.app import has_display

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "resources" / "samples" / "sandwich-family.json"


def python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def loaded(code: str) -> set[str]:
    """The top-level packages that are loaded once the code has run."""
    return set(
        python(f"{code}\nimport sys\nprint(*{{one.partition('.')[0] for one in sys.modules}})").split()
    )


def test_that_the_use_cases_know_neither_screen_nor_store() -> None:
    every = "\n".join(
        f"import desktop.usecases.{file.stem}" for file in (ROOT / "desktop" / "usecases").glob("[a-z]*.py")
    )
    assert loaded(every) & {"PySide6", "sqlalchemy", "numpy", "pyqtgraph"} == set()


def test_that_a_command_loads_no_screen() -> None:
    settle = f"from desktop.__main__ import main\nmain(['settle', {str(SAMPLE)!r}, '--json'])\nprint()"
    assert loaded(settle) & {"PySide6", "sqlalchemy", "numpy", "pyqtgraph"} == set()


def test_that_importing_the_program_loads_next_to_nothing() -> None:
    assert loaded("import desktop.__main__") & {"PySide6", "pydantic", "tomllib", "json"} == set()


NO_SOCKET = """
import socket
class Forbidden(socket.socket):
    def __init__(self, *arguments, **named):
        raise AssertionError("a connection was opened")
socket.socket = Forbidden
from desktop.__main__ import main
"""


@pytest.mark.parametrize("arguments", [["settle", str(SAMPLE)], ["--smoke"]], ids=["command", "window"])
def test_that_the_program_opens_no_connection(arguments: list[str]) -> None:
    assert python(f"{NO_SOCKET}\nassert main({arguments!r}) in (0, 1)")


def test_that_without_a_display_the_main_job_is_done_all_the_same(tmp_path: Path) -> None:
    plain = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    plain.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "-m", "desktop"],
        cwd=tmp_path,
        env=plain | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr.startswith("没有可用的显示器")
    assert len(done.stderr.splitlines()) == 1
    assert "[不可以]" in done.stdout
    pictures = sorted(file.stem for file in (tmp_path / "gongji-pictures").iterdir())
    assert {"family", "findings", "ledger", "overview", "policies", "settings", "visits"} <= set(pictures)


def test_that_a_refused_file_has_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "bad.json", "--pictures", "out"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("bad.json：内容在第 1 行")
    assert not (tmp_path / "out").exists()


def test_that_a_display_that_is_not_there_is_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    for display, found in ((":4711", False), ("", False), ("elsewhere:0", True)):
        monkeypatch.setenv("DISPLAY", display)
        assert has_display() is found


def test_that_pictures_that_cant_be_saved_are_not_claimed(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--pictures", "taken"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("taken：图片存不进去")
