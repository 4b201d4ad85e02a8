"""What every editor can do.

To add an editor: subclass ``Editor`` in a file of its own, give it a line in ``for_field`` and run
``tests/desktop/editors``; the laws there hold for every editor.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sanyou_desktop.desktop.theme.palette import restyle
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.problems import Problem


class Editor(QWidget):
    """Shows and takes the raw value of one field.

    ``changed`` comes only of the user's edits, never of ``set_raw``.
    """

    changed = Signal()
    # What was still under way in ``is_busy`` has come to its end.
    settled = Signal()
    # A whole line of the form is wanted, not half of it.
    wants_line = False

    def raw(self) -> Json:
        """Return what is entered now."""
        raise NotImplementedError

    def set_raw(self, raw: Json) -> None:
        """Show a raw value."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anything be changed."""
        raise NotImplementedError

    @property
    def is_busy(self) -> bool:
        """Tell whether something that the user entered has not arrived in ``raw`` yet."""
        return False

    def words_for(self, problem: Problem) -> str:
        """Return how to tell a problem of this field, where the editor knows better."""
        return problem.message

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """Mark the editor as holding something to mend."""
        restyle(self.focusProxy() or self, "invalid", bool(problems))

    def focus_problem(self, problem: Problem) -> None:
        """Put the cursor where the problem is."""
        self.setFocus()

    def place_of_cursor(self) -> QRect:
        """Return what must be seen of the editor while the cursor is in it."""
        return self.rect()

    def _hold(self, *widgets: QWidget) -> None:
        """Lay out the widgets in a row; the first takes the focus and the width."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for index, widget in enumerate(widgets):
            row.addWidget(widget, 1 if index == 0 else 0)
        self.setFocusProxy(widgets[0])
