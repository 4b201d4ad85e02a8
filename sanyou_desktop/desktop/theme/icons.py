"""Icons of the Lucide set, drawn in the theme's colours and redrawn when it changes."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from sanyou_desktop.desktop.theme.current import current
from sanyou_desktop.resources import resource_path


def icon(name: str, tone: str = "text") -> QIcon:
    """Return an icon by its file name; ``tone`` is a colour of the tokens, e.g. "accent"."""
    return QIcon(_Engine(name, tone))


class _Engine(QIconEngine):
    """Draws the icon when asked, so that a change of theme needs no new icons."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into ``rect``."""
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self._drawn(rect.size(), mode, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon at a size in device pixels."""
        return self._drawn(size, mode, 1.0)

    def scaledPixmap(  # noqa: N802 - Qt's name
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """Return the icon at a size in device pixels, for a screen of that scale."""
        drawn = QPixmap(self._drawn(size, mode, 1.0))
        drawn.setDevicePixelRatio(scale)
        return drawn

    def clone(self) -> QIconEngine:
        """Return another engine of the same icon."""
        return _Engine(self._name, self._tone)

    def _drawn(self, size: QSize, mode: QIcon.Mode, ratio: float) -> QPixmap:
        tone = "faint" if mode == QIcon.Mode.Disabled else self._tone
        colour = getattr(current.colours, tone)
        return _pixmap(self._name, colour, size.width(), size.height(), ratio)


@cache
def _source(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _pixmap(name: str, colour: str, width: int, height: int, ratio: float) -> QPixmap:
    # A window too low for all it shows asks for icons of no height.
    if width <= 0 or height <= 0:
        return QPixmap()
    # QtSvg is not needed before the first icon is drawn.
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(QSize(round(width * ratio), round(height * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    side = min(pixmap.width(), pixmap.height())
    # In a wider room at its left: what is over keeps a button's text away from it.
    left, top = 0, (pixmap.height() - side) / 2
    renderer.render(painter, QRectF(left, top, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
