"""被杀。A writer that is killed loses nothing that was acknowledged, and leaves a book that opens."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OLD = Path(__file__).parent / "old" / "1.gongji"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no forks to kill")


def killed(*arguments: object) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.db.dying", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=120)
    seen: dict[str, int] = json.loads(done.stdout)
    return seen


def test_that_no_acknowledged_step_is_lost(tmp_path: Path) -> None:
    seen = killed("steps", tmp_path, 5)
    assert seen["kills"] > 3
    assert seen["acknowledged"] > 0
    assert (seen["lost"], seen["torn"]) == (0, 0)


def test_that_a_migration_is_whole_or_not_at_all(tmp_path: Path) -> None:
    seen = killed("migration", OLD, tmp_path)
    assert seen["kills"] > 10
    assert (seen["neither"], seen["unopened"]) == (0, 0)
