"""整个窗口。S2 and S3: everything loaded, the longest stall meanwhile, and what idling costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.benchmarks.table import Row, Section, at_most, within

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE = "S2 S3 整个窗口 · the sample family open, every page built; then idle"
LOADED_TO_BARE = 6.0
LONGEST_STALL = 50.0  # milliseconds
MEMORY_TO_BARE = 2.2
IDLE_CPU = 0.02  # seconds in five

_ROOT = Path(__file__).resolve().parents[2]
_SAMPLE = _ROOT / "resources" / "samples" / "sandwich-family.json"
_ROUNDS = 3
_PATIENCE = 90.0  # seconds
_MEGABYTE = 1 << 20

Told = dict[str, float]


def benchmark() -> Section:
    with TemporaryDirectory() as home:
        world = _world(home)
        rounds = [
            (_watched("anchors.idle_window", world), _watched("open_watch", world)) for _ in range(_ROUNDS)
        ]
    bare = _middle([one for one, _ in rounds])
    ours = _middle([one for _, one in rounds])
    notes = [f"Median of {_ROUNDS} rounds, the two programs in turn.", _where(ours)]
    return Section(TITLE, _rows(bare, ours), notes)


def _world(home: str) -> dict[str, str]:
    """A user's own: with a screen where there is one, and a first start."""
    world = os.environ | {"XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home}
    if world.get("DISPLAY"):
        world.pop("QT_QPA_PLATFORM", None)
    else:
        world["QT_QPA_PLATFORM"] = "offscreen"
    return world


def _where(ours: Told) -> str:
    """Which pages stall longest while they are built."""
    stalls = {name.removeprefix("stall "): took for name, took in ours.items() if name.startswith("stall ")}
    longest = sorted(stalls, key=stalls.__getitem__, reverse=True)
    return "Stalls: " + ", ".join(f"{page} {stalls[page] * 1e3:.0f} ms" for page in longest) + "."


def _watched(watcher: str, world: Mapping[str, str]) -> Told:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{watcher}", str(_SAMPLE)],
        cwd=_ROOT,
        env=world,
        capture_output=True,
        encoding="utf-8",
        timeout=_PATIENCE,
        check=True,
    )
    told: Told = json.loads(done.stdout)
    return told


def _middle(told: list[Told]) -> Told:
    return {name: median(one[name] for one in told) for name in told[0]}


def _rows(bare: Told, ours: Told) -> list[Row]:
    loaded, memory = ours["loaded"] / bare["loaded"], ours["memory"] / bare["memory"]
    stall = ours["stall"] * 1e3
    return [
        Row("bare PySide6 window, painted", f"{bare['loaded'] * 1e3:6.0f} ms", "(anchor)"),
        Row(
            "family open, every page built",
            f"{ours['loaded'] * 1e3:6.0f} ms",
            f"{loaded:5.2f}× the bare window",
            *at_most(loaded, LOADED_TO_BARE),
        ),
        Row("longest stall meanwhile", f"{stall:6.0f} ms", "", *within(stall, LONGEST_STALL, "ms")),
        Row("bare window, memory", f"{bare['memory'] / _MEGABYTE:6.0f} MiB", "(anchor)"),
        Row(
            "sample open, memory",
            f"{ours['memory'] / _MEGABYTE:6.0f} MiB",
            f"{memory:5.2f}× the bare window",
            *at_most(memory, MEMORY_TO_BARE),
        ),
        Row("CPU in 5 s of idling", f"{ours['cpu']:6.3f} s", "", *within(ours["cpu"], IDLE_CPU, "s")),
    ]
