"""数的输入。A line for a number with its unit behind it: per cent, times, so many a year."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.painting import paint_text

if TYPE_CHECKING:
    from desktop.ui.look.look import Look

_SHAPE = re.compile(r"-?\d{1,6}(\.\d{1,4})?", re.ASCII)
_NARROW = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0E: ".", 0xFF05: "%", 0xFF0D: "-"}
_HUNDRED = Decimal(100)


def typed_number(text: str, unit: str) -> Decimal | None:
    """
    >>> typed_number("80%", "%"), typed_number("1.5 倍", "倍"), typed_number("a lot", "%")
    (Decimal('80'), Decimal('1.5'), None)
    """
    plain = text.strip().translate(_NARROW).removesuffix(unit).strip()
    return Decimal(plain) if _SHAPE.fullmatch(plain) else None


def plain(number: Decimal) -> str:
    """
    >>> plain(Decimal("80.00")), plain(Decimal("0.5"))
    ('80', '0.5')
    """
    return f"{number:.4f}".rstrip("0").rstrip(".")


class NumberLine(QLineEdit):
    """A number at the right with its unit in grey. One in per cent is given and told as a ratio."""

    def __init__(self, look: Look, caption: str, unit: str, hint: str = "") -> None:
        super().__init__()
        self._look, self._unit, self.caption = look, unit, caption
        self._scale = _HUNDRED if unit == "%" else Decimal(1)
        self.setAccessibleName(self.tr("{caption}，单位{unit}").format(caption=caption, unit=unit))
        self.setPlaceholderText(hint)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._dress()
        look.changed.connect(self._dress)

    def put(self, number: Decimal | None) -> None:
        """A number from elsewhere; what is being typed stays while it says the same."""
        if number != self.number() or (number is None and self.text()):
            self.setText("" if number is None else plain(number * self._scale))

    def number(self) -> Decimal | None:
        """None where nothing is typed, or no number."""
        typed = typed_number(self.text(), self._unit)
        return None if typed is None else typed / self._scale

    def trouble(self) -> str:
        """What is wrong with the words typed; empty: they are a number, or nothing at all."""
        if not self.text().strip() or self.number() is not None:
            return ""
        return self.tr("请填一个数，例如 {example}。").format(example="80" if self._unit == "%" else "1.5")

    def _dress(self) -> None:
        unit = QFontMetricsF(self._look.font(Kind.TABLE)).horizontalAdvance(self._unit)
        self.setTextMargins(0, 0, round(unit) + self._look.unit(1.5), 0)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = self._look
        area = QRectF(self.rect()).adjusted(0, 0, -look.unit(2.5), 0)
        right = Qt.AlignmentFlag.AlignRight
        paint_text(
            QPainter(self), area, self._unit, look.font(Kind.TABLE), look.colour("text_3"), align=right
        )
