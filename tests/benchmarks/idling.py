"""闲时。What a process holds and uses while nobody touches its window, told in one line of JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer

SETTLE = 1500  # milliseconds until what was begun is done
IDLE = 5000  # milliseconds over which idling is watched


def tell_when_idle(**more: float) -> None:
    """After a while of settling and one of idling; then the process ends."""
    QTimer.singleShot(SETTLE, lambda: _watch(more))


def age_of_this_process() -> float:
    """Seconds since it began, by the clock that counts from the machine's start."""
    ticks = int(Path("/proc/self/stat").read_text("ascii").rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")


def _watch(more: dict[str, float]) -> None:
    used = time.process_time()
    QTimer.singleShot(IDLE, lambda: _tell(used, more))


def _tell(used: float, more: dict[str, float]) -> None:
    said = {"cpu": time.process_time() - used, "memory": _private_memory(), **more}
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
    os._exit(0)


def _private_memory() -> int:
    """Bytes this process has for itself and its share of what it has with others."""
    for line in Path("/proc/self/smaps_rollup").read_text("ascii").splitlines():
        name, _, value = line.partition(":")
        if name == "Pss":
            return int(value.split()[0]) * 1024
    raise LookupError
