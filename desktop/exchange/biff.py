"""老式 xls。How far the sheets of an old xls file reach: its container is walked, its cells are not read.

An xls is a file system in a file (sectors, a table that chains them, a directory), in which one stream holds
records: a kind, a length, and of each cell its row and column.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_STREAMS = {"workbook", "book"}
_LOCKED = "encryptedpackage"  # an xlsx with a password comes in such a container
_LAST_SECTOR = 0xFFFFFFFA  # from here on a number is a mark and no sector
_DIRECTORY_ENTRY, _STREAM, _ROOT = 128, 2, 5
_BOF = {0x0809, 0x0409, 0x0209, 0x0009}
_ONE_CELL = {
    0x0006,
    0x00D6,
    0x00FD,
    0x0203,
    0x0204,
    0x0205,
    0x027E,
    0x0003,
    0x0004,
    0x0005,
    0x0002,
    0x0206,
    0x0406,
}
_MANY_NUMBERS = 0x00BD
_PASSWORD = 0x002F


class DamagedStream(Exception):
    """It does not hold together."""


class LockedStream(Exception):
    """It is encrypted."""


def biff_reaches(data: bytes) -> list[tuple[int, int]]:
    """Rows and columns that each sheet reaches with filled cells. Raises `DamagedStream`, `LockedStream`."""
    try:
        return [reach for stream in _Container(data).streams() for reach in _reaches(stream)]
    except (struct.error, IndexError, ValueError) as error:
        raise DamagedStream from error


class _Container:
    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:  # noqa: PLR2004 - sectors of 512 or 4096 bytes, small ones of 64
            raise DamagedStream
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        self._first_directory, _, self._cutoff, self._first_mini = struct.unpack_from("<IIII", data, 48)
        self._table = self._read_table()

    def streams(self) -> Iterator[bytes]:
        """The streams that may hold a workbook."""
        directory = self._chained(self._first_directory)
        entries = [
            directory[start : start + _DIRECTORY_ENTRY]
            for start in range(0, len(directory), _DIRECTORY_ENTRY)
        ]
        root = next((one for one in entries if one[66] == _ROOT), None)
        small = self._chained(struct.unpack_from("<I", root, 116)[0]) if root is not None else b""
        for entry in entries:
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace").lower()
            if name == _LOCKED:
                raise LockedStream
            if entry[66] != _STREAM or name not in _STREAMS:
                continue
            first, length = struct.unpack_from("<II", entry, 116)
            whole = self._small_chain(first, small) if length < self._cutoff else self._chained(first)
            yield whole[:length]

    def _read_table(self) -> list[int]:
        """The table that says which sector comes after each; where it stands is in the header and beyond."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        more, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, len(self._data) // self._size)):
            if more >= _LAST_SECTOR:
                break
            *inside, more = self._numbers(more)
            listed += inside
        return [number for sector in listed if sector < _LAST_SECTOR for number in self._numbers(sector)]

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self._size // 4}I", self._sector(sector))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size].ljust(self._size, b"\0")

    def _chained(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in _walk(first, self._table))

    def _small_chain(self, first: int, small: bytes) -> bytes:
        size = self._mini_size
        chains = self._chained(self._first_mini)
        table = list(struct.unpack(f"<{len(chains) // 4}I", chains))
        return b"".join(small[number * size : (number + 1) * size] for number in _walk(first, table))


def _walk(first: int, table: list[int]) -> Iterator[int]:
    """Each sector of a chain; one that never ends is damaged."""
    number = first
    for _ in range(len(table) + 1):
        if number >= _LAST_SECTOR:
            return
        yield number
        number = table[number]
    raise DamagedStream


def _reaches(stream: bytes) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    spot = 0
    while spot + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, spot)
        if kind == _PASSWORD:
            raise LockedStream
        if kind in _BOF:
            found.append((0, 0))
        elif found and length >= 4 and (kind in _ONE_CELL or kind == _MANY_NUMBERS):  # noqa: PLR2004
            row, column = struct.unpack_from("<HH", stream, spot + 4)
            if kind == _MANY_NUMBERS:
                column = struct.unpack_from("<H", stream, spot + 2 + length)[0]
            found[-1] = max(found[-1][0], row + 1), max(found[-1][1], column + 1)
        spot += 4 + length
    return found
