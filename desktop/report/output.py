"""输出。A document on a printer, in a PDF file, or as pictures of its pages."""

from __future__ import annotations

import os
from contextlib import suppress
from errno import ENOSPC
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.domain.trouble import FileTrouble
from desktop.report.sheet import paint_page

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter

    from desktop.report.sheet import Document

_DOTS = 600  # an inch
_PROGRAM = "共济家账"


def page_layout(document: Document) -> QPageLayout:
    """The paper of a document, without margins: the document has its own."""
    size = QPageSize(QSizeF(*document.millimetres), QPageSize.Unit.Millimeter)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


def print_document(printer: QPrinter, document: Document) -> None:
    """Every page, or those between the ones the person chose."""
    first = printer.fromPage() or 1
    last = min(printer.toPage() or len(document.pages), len(document.pages))
    painter = QPainter(printer)
    try:
        scale = printer.width() / document.frame.width
        for number in range(first, last + 1):
            if number > first:
                printer.newPage()
            painter.save()
            painter.scale(scale, scale)
            paint_page(painter, document, number)
            painter.restore()
    finally:
        painter.end()


def write_pdf(file: Path, document: Document) -> None:
    """All or nothing. Raises `FileTrouble`."""
    under_way = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        _write(under_way, document)
        under_way.replace(file)
    except OSError as error:
        todo = "请检查文件夹、权限和磁盘空间，或换一个地方再存"
        raise FileTrouble(str(file), "PDF 写不进去，没有改动任何东西", todo) from error
    finally:
        with suppress(OSError):
            under_way.unlink(missing_ok=True)


def _write(file: Path, document: Document) -> None:
    with file.open("wb"):  # whether it may be written at all is asked of the system, which says why not
        pass
    writer = QPdfWriter(str(file))
    writer.setTitle(document.title)
    writer.setCreator(_PROGRAM)
    writer.setResolution(_DOTS)
    writer.setPageLayout(page_layout(document))
    painter = QPainter(writer)
    try:
        scale = writer.width() / document.frame.width
        for number in range(1, len(document.pages) + 1):
            if number > 1:
                writer.newPage()
            painter.save()
            painter.scale(scale, scale)
            paint_page(painter, document, number)
            painter.restore()
    finally:
        painter.end()
    if not file.stat().st_size:  # the writer says nothing of a disk that is full
        raise OSError(ENOSPC, os.strerror(ENOSPC))


def pictures(document: Document, scale: float = 1.0) -> list[QImage]:
    """A picture of each page, `scale` dots a unit."""
    return [_picture(document, number, scale) for number in range(1, len(document.pages) + 1)]


def _picture(document: Document, number: int, scale: float) -> QImage:
    frame = document.frame
    image = QImage(round(frame.width * scale), round(frame.height * scale), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.scale(scale, scale)
        paint_page(painter, document, number)
    finally:
        painter.end()
    return image
