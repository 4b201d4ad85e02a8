"""The end of a print without Python's lock, or the window could not move meanwhile.

``QPainter::end`` embeds the fonts of a PDF (0.05 s for a thousand different characters) or hands
the pages to the printer, which may be on a slow network. PySide holds the lock of the interpreter
over it; ``ctypes`` lets it go over the same call.
"""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from typing import Any

import shiboken6
from PySide6.QtGui import QPainter

# ``bool QPainter::end()``: part of Qt's interface, whose names and calls Qt 6 keeps.
_LIBRARY, _NAME = (
    ("Qt6Gui.dll", "?end@QPainter@@QEAA_NXZ")
    if sys.platform == "win32"
    else ("libQt6Gui.so.6", "_ZN8QPainter3endEv")
)


def end_unlocked(painter: QPainter) -> None:
    """End the painter; where the library is not found by its name, as PySide does."""
    end = _end()
    if end is None:
        painter.end()
    else:
        (address,) = shiboken6.getCppPointer(painter)
        end(ctypes.c_void_p(address))


@cache
def _end() -> Any:  # noqa: ANN401 - ctypes makes the type of a function from its name
    try:
        # Only the library that PySide itself has loaded: another Qt of the system would take the
        # painter for one of its own. Windows has no such flag, and gives the loaded one by name.
        loaded = os.RTLD_LAZY | os.RTLD_NOLOAD if sys.platform != "win32" else 0
        found = getattr(ctypes.CDLL(_LIBRARY, mode=loaded), _NAME)
    except (OSError, AttributeError):
        # Another build of Qt; it works all the same, and holds the window up a little.
        return None
    found.restype = ctypes.c_bool
    return found
