"""首个窗口。S1: from starting the program to its first painted window, beside a bare PySide6 window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.benchmarks.screen import NoScreen, Screen
from tests.benchmarks.table import Row, Section, at_most

if TYPE_CHECKING:
    from collections.abc import Mapping

    Command = tuple[str | Path, ...]

TITLE = "S1 首个窗口 · start of the process to first painted window"
TO_BARE = 1.3
BUNDLE_TO_SOURCE = 1.15

NOT_YET = ("alembic", "numpy", "pydantic", "pyqtgraph", "sqlalchemy")
"""What the program loads only behind the painted window."""

_ROOT = Path(__file__).resolve().parents[2]
_SAMPLE = _ROOT / "resources" / "samples" / "sandwich-family.json"
_BARE, _SOURCE, _BUNDLE = "bare PySide6 window", "gongji from source", "gongji from the bundle"
_ROUNDS = 11
_LOOKS = 3  # a worker that starts too early is not always seen
_PATIENCE = 30.0  # seconds
_NOT_A_USERS = ("QT_QPA_PLATFORM", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")


class NeverPainted(Exception):
    """A program ended, or let time pass, and showed no window."""

    def __str__(self) -> str:
        return f"{self.args[0]} showed no window"


def benchmark() -> Section:
    programs, notes = commands(), list[str]()
    with TemporaryDirectory() as bytecode:
        world = {name: value for name, value in os.environ.items() if name not in _NOT_A_USERS}
        # What Python compiles in the first round it finds in the next, as it does for a user.
        world["PYTHONPYCACHEPREFIX"] = bytecode
        world["XDG_DATA_HOME"] = world["XDG_CONFIG_HOME"] = bytecode  # whoever measures keeps their own
        try:
            rows = _rows(measure(Screen(), programs, world))
        except (NoScreen, NeverPainted) as why:
            rows = [Row("not measured", "", str(why))]
            world["QT_QPA_PLATFORM"] = "offscreen"
        else:
            notes.append("Median of interleaved runs, seen from outside through the X server, files warm.")
        notes.append(_modules_at_first_paint(world))
        notes.append(_family_on_screen(world))
    if _BUNDLE not in programs:
        notes.append("dist/gongji is not there; `make bundle` builds it.")
    return Section(TITLE, rows, notes)


def commands() -> dict[str, Command]:
    bundle = _ROOT / "dist" / "gongji" / "gongji"
    programs: dict[str, Command] = {
        _BARE: (sys.executable, Path(__file__).parent / "anchors" / "bare_window.py"),
        _SOURCE: (Path(sys.executable).parent / "gongji", _SAMPLE),
        _BUNDLE: (bundle, _SAMPLE),
    }
    return {name: command for name, command in programs.items() if name != _BUNDLE or bundle.is_file()}


def measure(
    screen: Screen, programs: Mapping[str, Command], world: Mapping[str, str]
) -> dict[str, list[float]]:
    """Seconds of each program in each round, less a first round that only warms the files."""
    rounds = [
        {name: start(screen, name, command, world) for name, command in programs.items()}
        for _ in range(_ROUNDS + 1)
    ]
    return {name: [one[name] for one in rounds[1:]] for name in programs}


def start(screen: Screen, name: str, command: Command, world: Mapping[str, str]) -> float:
    """Start a program, see it paint, end it."""
    screen.forget()
    began = time.perf_counter()
    program = subprocess.Popen(
        command, cwd=_ROOT, env=world, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        painted = screen.wait_for_paint(program, _PATIENCE)
    finally:
        program.kill()
        program.wait()
    if painted is None:
        raise NeverPainted(name)
    return painted - began


def _rows(found: Mapping[str, list[float]]) -> list[Row]:
    rows = []
    for name, seconds in found.items():
        taken = f"{median(seconds) * 1e3:6.0f} ms"
        if name == _BARE:
            rows.append(Row(name, taken, "(anchor)"))
            continue
        times = _times(seconds, found[_BARE])
        rows.append(Row(name, taken, f"{times:5.2f}× the bare window", *at_most(times, TO_BARE)))
        if name == _BUNDLE:
            times = _times(seconds, found[_SOURCE])
            rows.append(Row("", "", f"{times:5.2f}× from source", *at_most(times, BUNDLE_TO_SOURCE)))
    return rows


def _times(ours: list[float], theirs: list[float]) -> float:
    """The median of the ratios of each round, so that a busy minute weighs on both."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def _watched(watcher: str, world: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """What one of the watchers beside this file says of a run of its own."""
    return subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{watcher}", str(_SAMPLE)],
        cwd=_ROOT,
        env=world,
        capture_output=True,
        encoding="utf-8",
        timeout=_PATIENCE,
        check=False,
    )


def _family_on_screen(world: Mapping[str, str]) -> str:
    """How long until the sample family itself is shown, in the frame that was painted first."""
    runs = [_watched("family_watch", world) for _ in range(_LOOKS)]
    if any(done.returncode != 0 for done in runs):
        return "How long until the family is on screen could not be seen."
    taken = median(float(done.stdout) for done in runs) * 1e3
    return f"First painted is the bare frame; the sample family is on screen after {taken:.0f} ms."


def _modules_at_first_paint(world: Mapping[str, str]) -> str:
    """Which modules the program has when its window is painted, in any of a few runs of their own."""
    loaded: set[str] = set()
    for _ in range(_LOOKS):
        done = _watched("paint_watch", world)
        if done.returncode != 0:
            said = done.stderr.strip().splitlines() or ["it said nothing"]
            return f"Which modules are loaded at first paint could not be seen: {said[-1]}"
        loaded.update(json.loads(done.stdout))
    ours = sum(one.partition(".")[0] in {"desktop", "db"} for one in loaded)
    early = sorted({one.partition(".")[0] for one in loaded} & set(NOT_YET))
    verdict = f"TOO EARLY: {', '.join(early)}" if early else f"none of {', '.join(NOT_YET)}"
    return f"Loaded at first paint: {len(loaded)} modules, {ours} of them ours; {verdict}."
