"""界面测试。A dressed application, and a look that is undone afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.ui.look.look import Look
from desktop.ui.look.style import dress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """A look of its own for each test; the application wears it until the next one."""
    made = Look(RESOURCES)
    dress(qapp, made)
    return made


@pytest.fixture(scope="session", autouse=True)
def an_empty_clipboard_at_the_end(qapp: QApplication) -> Iterator[None]:
    """The offscreen clipboard outlives Python, and would free what Python has given it too late."""
    yield
    qapp.clipboard().clear()
