"""整批推演。How many families a second `gongji plan --batch` plans: alone, on two cores, on two Dask workers.

Each run is the whole program, from its start to the file it writes, over the same families: the samples with
other balances, ten years ahead. All must write the very same rows.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.table import Row, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "E7 整批推演 · many families at once"
FAMILIES = 200

_ROOT = Path(__file__).resolve().parents[2]
_UNTIL = "2035-12"
_ROUNDS = 3  # in turn; the best of each counts
_ALONE = "one process"


def write_families(folder: Path) -> None:
    """The samples in turn, with balances drawn at random."""
    samples = [json.loads(file.read_text("utf-8")) for file in sorted(_ROOT.glob("resources/samples/*.json"))]
    draw = random.Random(7)
    for number in range(FAMILIES):
        document = samples[number % len(samples)]
        for person in document["people"]:
            if "opening" in person.get("account", {}):
                person["account"]["opening"]["balance"] = (
                    f"{draw.randrange(30_000)}.{draw.randrange(100):02d}"
                )
        (folder / f"{number:04d}.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")


def seconds(folder: Path, out: Path, *options: str) -> float:
    command = ["desktop", "plan", "--batch", str(folder), "-o", str(out), "--until", _UNTIL, *options]
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", *command], cwd=_ROOT, check=True, capture_output=True)
    return time.perf_counter() - began


@contextmanager
def started(says: str, times: int, *command: str) -> Iterator[str]:
    """A process of Dask's, once it has said something so many times; and what it said last."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *command], cwd=_ROOT, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    try:
        found = (one[1] for line in process.stderr if (one := re.search(says, line)))
        yield [next(found) for _ in range(times)][-1]
    finally:
        process.terminate()
        process.communicate()


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    listening = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with started(r"Scheduler at:\s+(tcp://\S+)", 1, *listening) as address:
        joining = ("worker", address, "--nworkers", str(workers), "--nthreads", "1", "--no-dashboard")
        with started(r"Registered to:\s+(tcp://\S+)", workers, *joining):
            yield address


def benchmark() -> Section:
    load = os.getloadavg()[0]
    taken: dict[str, list[float]] = {}
    written: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "families"
        folder.mkdir()
        write_families(folder)
        with cluster(2) as address:
            ways = {
                _ALONE: ("--workers", "1"),
                "two processes": ("--workers", "2"),
                "two Dask workers": ("--scheduler", address),
            }
            for _ in range(_ROUNDS):
                for way, options in ways.items():
                    out = Path(made) / f"{way}.parquet"
                    taken.setdefault(way, []).append(seconds(folder, out, *options))
                    written[way] = out.read_bytes()
    best = {way: min(rounds) for way, rounds in taken.items()}
    rows = [
        Row(
            way,
            f"{FAMILIES / one:6.1f} a second",
            "(anchor)" if way == _ALONE else f"{best[_ALONE] / one:5.2f}× as many as one process",
        )
        for way, one in best.items()
    ]
    same = len(set(written.values())) == 1
    notes = [
        f"{FAMILIES} families to {_UNTIL}, start of the program and of its processes included.",
        f"Two cores count only if idle: the load was {load:.1f} of {os.cpu_count()} cores before.",
        "All wrote the same rows." if same else "THE ROWS DIFFER.",
    ]
    return Section(TITLE, rows, notes)
