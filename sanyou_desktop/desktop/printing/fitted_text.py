"""Text that is set as large as its box allows, and never beyond it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

_SMALLEST = 4
Align = Qt.AlignmentFlag


def sized(font: QFont, pixels: float) -> QFont:
    """Return ``font`` in that many of the device's pixels, scaled without hinting."""
    made = QFont(font)
    made.setPixelSize(max(_SMALLEST, round(pixels)))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def draw_fitted(
    painter: QPainter,
    box: QRectF,
    text: str,
    font: QFont,
    pixels: float,
    colour: str,
    align: Align = Align.AlignCenter,
) -> None:
    """Draw ``text`` into ``box``: in one line if it fits so, else wrapped, as large as it can be.

    ``pixels`` is the largest size wanted.
    """
    one_line = _one_line(text, font, pixels, box)
    layout = (
        _laid_out(text, one_line, box.width()) if one_line else _wrapped(text, font, pixels, box)
    )
    painter.setPen(QColor(colour))
    spare = box.height() - layout.boundingRect().height()
    top = box.top() + (spare if align & Align.AlignBottom else spare / 2)
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        beside = box.width() - line.naturalTextWidth()
        left = 0.0
        if align & Align.AlignHCenter:
            left = beside / 2
        elif align & Align.AlignRight:
            left = beside
        line.draw(painter, QPointF(box.left() + left, top))


def _laid_out(text: str, font: QFont, width: float) -> QTextLayout:
    """Break the text into lines; every position in it is from the upper left."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout


def _one_line(text: str, font: QFont, pixels: float, box: QRectF) -> QFont | None:
    """Return the font in which the text takes one line, None if that is half as large or less."""
    if "\n" in text:
        return None
    made = sized(font, min(pixels, box.height() * 0.72))
    wide = QFontMetricsF(made).horizontalAdvance(text)
    if wide > box.width():
        made = sized(made, made.pixelSize() * box.width() / wide * 0.985)
    return made if made.pixelSize() > pixels / 2 else None


def _wrapped(text: str, font: QFont, pixels: float, box: QRectF) -> QTextLayout:
    low, high = _SMALLEST, max(_SMALLEST + 1, round(pixels))
    while high - low > 1:
        middle = (low + high) // 2
        found = _laid_out(text, sized(font, middle), box.width())
        if found.boundingRect().height() <= box.height():
            low = middle
        else:
            high = middle
    return _laid_out(text, sized(font, low), box.width())
