"""装配。The composition root: the one module that sees every layer.

A command: resources → command. The window: settings → look → window → first paint → packs and family in a
worker → pages, each built on its first visit.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace


def resources_folder() -> Path:
    """Where the program's data lie, frozen by PyInstaller or not; everyone else is handed this path."""
    return Path(__file__).resolve().parents[1] / "resources"


def _today() -> date:
    """The day on this machine's own calendar: a family asks about its own today."""
    return datetime.now().astimezone().date()


def command(arguments: Namespace) -> int:
    """Run one command of the command line. Exit code 2: the input was refused, nothing was written."""
    from desktop import cli
    from desktop.domain.trouble import Trouble

    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        return cli.run(arguments, resources_folder(), _today())
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 2
