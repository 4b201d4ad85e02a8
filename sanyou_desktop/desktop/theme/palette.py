"""Putting the theme on: Fusion, a palette from the tokens, the style sheet, the font's size."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from sanyou_desktop.desktop.theme.current import current
from sanyou_desktop.desktop.theme.style_sheet import style_sheet
from sanyou_desktop.desktop.theme.tokens import DARK, LIGHT, READABLE, Colours

_base_size = 0.0


def apply_theme(
    app: QApplication, scheme: Qt.ColorScheme | None = None, font_scale: float = 1.0
) -> None:
    """Dress the application; ``scheme`` None follows the system, now and when it changes."""
    global _base_size
    hints = app.styleHints()
    if not _base_size:
        _base_size = max(app.font().pointSizeF(), READABLE)
        app.setStyle("Fusion")
        hints.colorSchemeChanged.connect(lambda now: _dress(app, now) if _follows else None)
    _follow(scheme is None)
    font = QFont(app.font())
    font.setPointSizeF(_base_size * font_scale)
    app.setFont(font)
    _dress(app, hints.colorScheme() if scheme is None else scheme)


_follows = True


def _follow(system: bool) -> None:
    global _follows
    _follows = system


def _dress(app: QApplication, scheme: Qt.ColorScheme) -> None:
    current.is_dark = scheme == Qt.ColorScheme.Dark
    current.colours = DARK if current.is_dark else LIGHT
    app.setPalette(_palette(current.colours))
    app.setStyleSheet(style_sheet(current.colours, app.font().pointSizeF()))
    current.changed.emit()


def _palette(c: Colours) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: c.canvas,
        QPalette.ColorRole.Base: c.surface,
        QPalette.ColorRole.AlternateBase: c.header,
        QPalette.ColorRole.Button: c.surface,
        QPalette.ColorRole.ToolTipBase: c.raised,
        QPalette.ColorRole.WindowText: c.text,
        QPalette.ColorRole.Text: c.text,
        QPalette.ColorRole.ButtonText: c.text,
        QPalette.ColorRole.ToolTipText: c.text,
        QPalette.ColorRole.PlaceholderText: c.faint,
        QPalette.ColorRole.Highlight: c.accent,
        QPalette.ColorRole.HighlightedText: c.on_accent,
        QPalette.ColorRole.Link: c.accent,
        QPalette.ColorRole.Accent: c.accent,
        QPalette.ColorRole.Mid: c.line_strong,
        QPalette.ColorRole.Midlight: c.line,
        QPalette.ColorRole.Light: c.line,
        QPalette.ColorRole.Dark: c.line_strong,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.muted))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, QColor(c.faint))
    return palette


def restyle(widget: QObject, name: str, value: object) -> None:
    """Set a dynamic property that the style sheet selects by, and have it looked at again.

    Nothing is done where it has that value already: looking again takes time, and a form has
    many fields.
    """
    if (widget.property(name) or None) == (value or None):
        return
    widget.setProperty(name, value)
    if hasattr(widget, "style"):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
    QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
