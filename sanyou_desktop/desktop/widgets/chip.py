"""Chips: a status that reads at a glance, and a filter that can be taken off."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from sanyou_desktop.desktop.theme.current import current, tone_colours
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.tokens import ICON_SMALL, SPACE_1, SPACE_2
from sanyou_desktop.wording import _

_ICONS = {"good": "circle-check", "warn": "clock", "bad": "circle-alert", "muted": "circle"}
_TONES = {"good": "good", "warn": "warn", "bad": "bad"}
_HEIGHT = 24


def chip_width(text: str, metrics: QFontMetrics) -> int:
    """Return how wide a status chip with that text is, in pixels."""
    return metrics.horizontalAdvance(text) + ICON_SMALL + SPACE_1 + 2 * SPACE_2


def paint_chip(painter: QPainter, rect: QRect, text: str, tone: str) -> None:
    """Draw icon, word and tint at the left of ``rect``; colour never stands alone."""
    metrics = painter.fontMetrics()
    height = max(_HEIGHT, metrics.height() + 4)
    width = min(chip_width(text, metrics), rect.width())
    box = QRect(rect.left(), rect.center().y() - height // 2 + 1, width, height)
    colour, tint = tone_colours(tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tint))
    painter.drawRoundedRect(box, height / 2, height / 2)
    mark = QRect(
        box.left() + SPACE_2, box.center().y() - ICON_SMALL // 2 + 1, ICON_SMALL - 2, ICON_SMALL - 2
    )
    icon(_ICONS.get(tone, "circle-dot"), _TONES.get(tone, "muted")).paint(painter, mark)
    painter.setPen(QColor(colour))
    space = box.adjusted(SPACE_2 + ICON_SMALL + SPACE_1 - 2, 0, -SPACE_1, 0)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, space.width())
    painter.drawText(space, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


class StatusChip(QWidget):
    """A status: icon, word, tint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._text = ""
        self._tone = ""
        current.changed.connect(self.update)

    @property
    def text(self) -> str:
        """The word shown."""
        return self._text

    def show_status(self, text: str, tone: str) -> None:
        """Show a word in a tone ("good", "warn", "bad", "muted", "")."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size the word needs."""
        metrics = self.fontMetrics()
        return QSize(chip_width(self._text, metrics), max(_HEIGHT, metrics.height() + 4))

    def minimumSizeHint(self) -> QSize:
        """Return the size the word needs."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._text, self._tone)
        painter.end()


class FilterChip(QPushButton):
    """A condition in force: click to change it, ✕ (or Delete) to take it off."""

    removed = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Show ``text`` with a mark to take it off."""
        super().__init__(f"{text}  ✕", parent)
        self.setProperty("role", "chip")
        self.setAccessibleName(_("筛选：{text}，按删除键取消").format(text=text))
        self.setToolTip(_("点击更改；按 ✕ 或删除键取消"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the condition off when the mark was clicked."""
        mark = self.fontMetrics().horizontalAdvance("✕") + 2 * SPACE_2 + SPACE_1
        if self.rect().contains(event.pos()) and event.position().x() > self.width() - mark:
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the condition off with Delete or Backspace."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)
