"""Which set of colours is in use, and who wants to know when it changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from sanyou_desktop.desktop.theme.tokens import LIGHT, Colours


class _Current(QObject):
    """The colours in use; ``changed`` after they were exchanged."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.colours = LIGHT
        self.is_dark = False


current = _Current()


def colours() -> Colours:
    """Return the colours in use."""
    return current.colours


def tone_colours(tone: str) -> tuple[str, str]:
    """Return text and tint for a tone: "good", "warn", "bad", "accent", "muted" or ""."""
    now = current.colours
    return {
        "good": (now.good, now.good_tint),
        "warn": (now.warn, now.warn_tint),
        "bad": (now.bad, now.bad_tint),
        "accent": (now.accent, now.selection),
    }.get(tone, (now.muted, now.muted_tint))
