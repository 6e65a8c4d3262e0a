"""屏幕。Sees from outside when a program's window is on an X screen and when it is painted.

Speaks to the X server through the C library that Qt's own platform plugin brings along, so that it measures
any program, the bundle too, and nothing is added to one.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import select
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from subprocess import Popen

_MAP_NOTIFY, _SUBSTRUCTURE_NOTIFY = 19, 1 << 19
_ALL_PLANES, _Z_PIXMAP = 0xFFFFFFFF, 2
_SMALLEST = 200  # a side of what counts as a window
_ROWS = (0.02, 0.1, 0.25, 0.5, 0.75, 0.95)  # where it is looked at, from top to bottom
_EMPTY = 2  # a window that shows no more colours than this is not painted yet
_LOOK_AGAIN = 0.002  # seconds
_PIXEL = 4


class NoScreen(Exception):
    """There is no X screen to look at."""

    def __str__(self) -> str:
        return "there is no X screen (make bench brings one, where xvfb-run is installed)"


class _MapEvent(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("sent", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("event", ctypes.c_ulong),
        ("window", ctypes.c_ulong),
        ("override_redirect", ctypes.c_int),
        ("_rest", ctypes.c_byte * 192),  # an event of another kind is longer
    )


class _Image(ctypes.Structure):
    """The first fields of an XImage."""

    _fields_ = (
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.POINTER(ctypes.c_char)),
    )


# A window may vanish while it is looked at: go on.
_GO_ON = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda _display, _error: 0)


class Screen:
    """The screen that `DISPLAY` names."""

    def __init__(self) -> None:
        name = ctypes.util.find_library("X11")
        if name is None or not os.environ.get("DISPLAY"):
            raise NoScreen
        self._x = ctypes.CDLL(name)
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XGetImage.restype = ctypes.POINTER(_Image)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(None))
        if not self._display:
            raise NoScreen
        self._x.XSetErrorHandler(_GO_ON)
        root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self._x.XSelectInput(self._display, root, ctypes.c_long(_SUBSTRUCTURE_NOTIFY))
        self._x.XSync(self._display, 1)

    def wait_for_paint(self, program: Popen[bytes], seconds: float) -> float | None:
        """When the first window of a program shows something, by `time.perf_counter`.

        No other program may start now. None: it ended before, or the time is over.
        """
        until, window = time.perf_counter() + seconds, None
        while time.perf_counter() < until and program.poll() is None:
            for mapped in self._mapped():
                window = window or mapped
            if window is not None and self._is_painted(window):
                return time.perf_counter()
            select.select([self._x.XConnectionNumber(self._display)], [], [], _LOOK_AGAIN)
        return None

    def forget(self) -> None:
        """Drop what was told of windows that are gone."""
        self._x.XSync(self._display, 1)

    def _mapped(self) -> Iterator[int]:
        """The windows that appeared since the last look."""
        event = _MapEvent()
        while self._x.XPending(self._display):
            self._x.XNextEvent(self._display, ctypes.byref(event))
            if event.type == _MAP_NOTIFY and not event.override_redirect:
                width, height = self._size(event.window)
                if min(width, height) >= _SMALLEST:
                    yield event.window

    def _size(self, window: int) -> tuple[int, int]:
        root, x, y = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_int()
        width, height, border, depth = (ctypes.c_uint() for _ in range(4))
        wanted = (ctypes.byref(one) for one in (root, x, y, width, height, border, depth))
        self._x.XGetGeometry(self._display, ctypes.c_ulong(window), *wanted)
        return width.value, height.value

    def _is_painted(self, window: int) -> bool:
        width, height = self._size(window)
        colours: set[bytes] = set()
        for place in _ROWS:
            colours |= self._colours(window, int(height * place), width)
            if len(colours) > _EMPTY:
                return True
        return False

    def _colours(self, window: int, y: int, width: int) -> set[bytes]:
        """The colours of one row of pixels."""
        if not width:
            return set()
        area = (0, y, ctypes.c_uint(width), ctypes.c_uint(1))
        kind = (ctypes.c_ulong(_ALL_PLANES), _Z_PIXMAP)
        image = self._x.XGetImage(self._display, ctypes.c_ulong(window), *area, *kind)
        if not image:
            return set()
        row = image.contents.data[: width * _PIXEL]
        self._x.XDestroyImage(image)
        return {row[at : at + _PIXEL] for at in range(0, len(row), _PIXEL)}
