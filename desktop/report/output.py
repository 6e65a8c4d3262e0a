"""输出。A document on a printer, as a PDF whose text can be searched, or as pictures of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.exchange.whole_file import write_whole
from desktop.report.sheet import paint_page

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPagedPaintDevice
    from PySide6.QtPrintSupport import QPrinter

    from desktop.report.sheet import Document

_DOTS = 600  # an inch
_COARSE = 250  # dots an inch of a head that knows no greys, and would make them out of dots
_PROGRAM = "共济家账"


def page_layout(document: Document) -> QPageLayout:
    """The paper of a document, without margins: the document has its own."""
    size = QPageSize(QSizeF(*document.millimetres), QPageSize.Unit.Millimeter)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


def print_document(printer: QPrinter, document: Document) -> None:
    """Every page, or those between the ones the person chose."""
    last = len(document.pages)
    _print(printer, document, range(printer.fromPage() or 1, min(printer.toPage() or last, last) + 1))


def write_pdf(file: Path, document: Document) -> None:
    """All or nothing. Raises `FileTrouble`."""
    write_whole(file, pdf_bytes(document))


def pdf_bytes(document: Document) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(document.title)
    writer.setCreator(_PROGRAM)
    writer.setResolution(_DOTS)
    writer.setPageLayout(page_layout(document))
    _print(writer, document, range(1, len(document.pages) + 1))
    buffer.close()
    return bytes(content.data())


def _print(device: QPagedPaintDevice, document: Document, numbers: range) -> None:
    """As large as the paper allows that is really in the printer."""
    painter = QPainter(device)
    try:
        frame = document.frame
        scale = min(device.width() / frame.width, device.height() / frame.height)
        for number in numbers:
            if number > numbers.start:
                device.newPage()
            painter.save()
            painter.scale(scale, scale)
            if document.one_bit and device.logicalDpiX() <= _COARSE:
                painter.drawImage(0, 0, picture(document, number))
            else:
                paint_page(painter, document, number)
            painter.restore()
    finally:
        painter.end()


def pictures(document: Document) -> list[QImage]:
    """A picture of each page."""
    return [picture(document, number) for number in range(1, len(document.pages) + 1)]


def picture(document: Document, number: int) -> QImage:
    """Page `number`, a dot a unit; in black and white alone where the document knows no other colours."""
    frame = document.frame
    image = QImage(round(frame.width), round(frame.height), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    try:
        paint_page(painter, document, number)
    finally:
        painter.end()
    if document.one_bit:
        return image.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)
    return image
