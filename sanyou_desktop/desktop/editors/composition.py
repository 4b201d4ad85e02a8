"""What an input method is still composing, so that saving does not lose it.

A text widget does not hold its preedit text: it is on the screen, but not in ``text()``. Qt asks
the input method to commit when the focus leaves; not every input method does.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

_COMPOSING = "composing"


class CompositionWatch(QObject):
    """Event filter that notes on a widget what is being composed in it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the preedit text."""
        if isinstance(event, QInputMethodEvent):
            watched.setProperty(_COMPOSING, event.preeditString())
        return False


def finish_composition(widget: QWidget) -> None:
    """Have what is being composed in ``widget`` entered as it stands."""
    if not widget.property(_COMPOSING):
        return
    QGuiApplication.inputMethod().commit()
    left = widget.property(_COMPOSING)
    if left:
        commit = QInputMethodEvent()
        commit.setCommitString(str(left))
        QApplication.sendEvent(widget, commit)


def finish_typing(form: QWidget) -> None:
    """Have a cell or an input method in ``form`` hand over its text; the cursor stays there."""
    focused = QApplication.focusWidget()
    if focused is None or not form.isAncestorOf(focused):
        return
    finish_composition(focused)
    sheet = focused.parent()
    while sheet is not None and sheet is not form and not isinstance(sheet, QAbstractItemView):
        sheet = sheet.parent()
    focused.clearFocus()
    stays = sheet if isinstance(sheet, QAbstractItemView) else focused
    stays.setFocus()
