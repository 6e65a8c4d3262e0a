"""OpenFisca 的环境。Made on first use, for the anchor that runs in it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.benchmarks.anchors.rule import Totals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from tests.benchmarks.anchors.rule import Month

_ANCHORS = Path(__file__).resolve().parent / "anchors"
_LOCK = _ANCHORS / "openfisca.lock"
_FOLDER = Path(__file__).resolve().parents[2] / "build" / "bench-openfisca"
_PYTHON = _FOLDER / "bin" / "python"


class NotInstalled(Exception):
    """The anchor cannot be measured here; its argument says why."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else "it was installed, and does not start"


def make_environment() -> None:
    """What the lock pins, in `build/bench-openfisca`; made anew when the lock changed."""
    installed = _FOLDER / "installed.lock"
    if installed.is_file() and installed.read_bytes() == _LOCK.read_bytes():
        return
    print(f"Making {_FOLDER.relative_to(_FOLDER.parents[1])} for OpenFisca-Core ...", flush=True)
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
    pinned = ("--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", _LOCK)
    for command in ((sys.executable, "-m", "venv", "--clear", _FOLDER), (_PYTHON, *pip, *pinned)):
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise NotInstalled(said[-1] if said else "no reason was given")
    shutil.copyfile(_LOCK, installed)


class OpenFisca:
    """The anchor, running; each `run` is one fresh simulation of all months."""

    def __init__(self, months: Sequence[Month] = (), *, people: int = 0) -> None:
        """Of one person's months, or of so many `people` that the anchor draws for itself."""
        one = (_PYTHON, _ANCHORS / "openfisca_rule.py", json.dumps(months))
        command = (_PYTHON, _ANCHORS / "openfisca_arrays.py", str(people)) if people else one
        self.bytes = 0
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8")

    def run(self) -> tuple[float, Totals]:
        """The seconds of processor time that it took, and who paid."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise NotInstalled
        answer = json.loads(line)
        self.bytes = answer.get("bytes", 0)
        return answer["seconds"], Totals(*answer["totals"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()
