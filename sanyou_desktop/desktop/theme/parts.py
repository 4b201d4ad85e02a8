"""The small parts every page is built of: titles, captions, buttons, lines."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.tokens import ICON_SMALL, SPACE_1


def shortened(text: str, longest: int) -> str:
    """Return ``text`` in one line, cut after ``longest`` characters."""
    # Of 100,000 characters only the beginning is looked at.
    begin = text[: 4 * longest]
    tidy = " ".join(begin.split())
    is_whole = len(tidy) <= longest and len(begin) == len(text)
    return tidy if is_whole else tidy[:longest] + "…"


def text_label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label; ``role`` is caption, muted, section, title, page, big, error or ""."""
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(wrap)
    return label


def button(
    text: str, run: Callable[[], object], *, role: str = "plain", icon_name: str = ""
) -> QPushButton:
    """Return a push button; ``role`` is primary, plain, danger, link or chip."""
    made = QPushButton(text)
    made.setProperty("role", role)
    if icon_name:
        tone = {"primary": "on_accent", "danger": "bad", "link": "accent"}.get(role, "text")
        made.setIcon(icon(icon_name, tone))
        made.setIconSize(QSize(ICON_SMALL + SPACE_1, ICON_SMALL))
    made.clicked.connect(lambda _checked=False: run())
    return made


def icon_button(icon_name: str, name: str, run: Callable[[], object]) -> QToolButton:
    """Return a button that shows only an icon; ``name`` is its tooltip and accessible name."""
    made = QToolButton()
    made.setIcon(icon(icon_name, "muted"))
    made.setIconSize(QSize(ICON_SMALL, ICON_SMALL))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.clicked.connect(lambda _checked=False: run())
    return made


def line() -> QFrame:
    """Return a thin dividing line."""
    made = QFrame()
    made.setProperty("role", "line")
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def spacer() -> QWidget:
    """Return a widget that takes the free width of a row."""
    made = QWidget()
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made
