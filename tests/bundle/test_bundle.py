"""打包。What `make bundle` built is whole: it settles the sample, and its window opens and paints every page.

The program is started the way a double-click does: from another folder, with nothing of this checkout's
Python. Run by `make bundle-smoke`; the rest of the tests leave this folder out.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

BUNDLE = Path(__file__).resolve().parents[2] / "dist" / "gongji"
PROGRAM = BUNDLE / ("gongji.exe" if sys.platform == "win32" else "gongji")
SAMPLE = BUNDLE / "_internal" / "resources" / "samples" / "sandwich-family.json"

LARGEST = 224_000_000
"""Bytes: 178 million before there was a store, tables, a font for paper and an integer programme."""


def start(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    if "DISPLAY" in plain:
        plain.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [PROGRAM, *arguments],
        cwd=home,
        env=plain | {"HOME": str(home)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def read_answer(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert "Traceback" not in done.stderr, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_that_the_bundle_settles_the_sample_family(tmp_path: Path) -> None:
    done = start(tmp_path, "settle", SAMPLE, "--json")
    answer = read_answer(done)
    errors = [finding for finding in answer["findings"] if finding["severity"] == "error"]
    assert answer["format"] == "gongji-settlements/1"
    assert answer["settlements"]
    assert done.returncode == (1 if errors else 0), done.stderr


def test_that_the_bundle_plays_futures_and_says_who_should_bind_whom(tmp_path: Path) -> None:
    played = read_answer(start(tmp_path, "plan", SAMPLE, "--until", "2028-12", "--paths", "2048", "--json"))
    assert (played["paths"], played["runs_out"]) == (2048, "2028-05")
    assert played["driver"]["person"] == "mother"
    found = read_answer(start(tmp_path, "assign", SAMPLE, "--until", "2028-12", "--json"))
    assert found["proven"]


def test_that_the_bundles_window_opens_and_paints_every_page(tmp_path: Path) -> None:
    done = start(tmp_path, "--smoke")
    assert done.returncode == 0, done.stderr
    assert read_answer(done)


def test_that_the_bundle_is_small_and_can_open_no_connection() -> None:
    files = [file for file in BUNDLE.rglob("*") if file.is_file() and not file.is_symlink()]
    assert sum(file.stat().st_size for file in files) <= LARGEST
    assert [file for file in files if "QtNetwork" in file.name or "Qt6Network" in file.name] == []


def test_that_no_link_in_the_bundle_leads_nowhere() -> None:
    assert [file for file in BUNDLE.rglob("*") if file.is_symlink() and not file.exists()] == []
