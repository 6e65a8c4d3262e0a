"""界面测试。A dressed application, and a look that is undone afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QThreadPool
from PySide6.QtWidgets import QScrollArea

from desktop.ui.look.look import Look
from desktop.ui.look.style import dress
from desktop.ui.look.tokens import Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    FitsWidth = Callable[[QWidget, float, int], bool]

WIDTHS = [(1.0, 1136), (1.0, 800), (1.25, 744), (1.5, 960), (2.0, 904)]
"""Text sizes with the widths a page has in the window: as designed, and the least."""
RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """A look of its own for each test; the application wears it until the next one.

    Pages of earlier tests that only wait to be deleted are deleted first: each would be dressed again.
    """
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    made = Look(RESOURCES)
    dress(qapp, made)
    return made


@pytest.fixture(scope="session", autouse=True)
def an_empty_clipboard_at_the_end(qapp: QApplication) -> Iterator[None]:
    """The offscreen clipboard outlives Python, and would free what Python has given it too late."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def fits_width(look: Look, qtbot: QtBot) -> FitsWidth:
    """Does a page fit that width, in each theme, in an area that scrolls as the window's does?"""

    def fits(page: QWidget, scale: float, width: int) -> bool:
        area = QScrollArea()
        qtbot.addWidget(area)
        area.setWidgetResizable(True)
        area.setWidget(page)
        area.resize(width, 600)
        area.show()
        qtbot.waitExposed(area)
        fitting = []
        for theme in Theme:
            look.wear(theme=theme, scale=scale)
            fitting.append(page.minimumSizeHint().width() <= area.viewport().width())
        area.takeWidget()
        return all(fitting)

    return fits


@pytest.fixture(scope="session", autouse=True)
def no_job_at_the_end(qapp: QApplication) -> Iterator[None]:
    """A job that is still at work when Python ends would tell its news to what is gone."""
    yield
    QThreadPool.globalInstance().waitForDone()
