"""Where a page shows its form: made when first needed, a piece with each turn of the event loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget

from sanyou_desktop.desktop.theme.parts import text_label
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.forms.form import RecordForm


class PageForm(QStackedWidget):
    """Shows a hint or the form that ``make`` begins; built in one go it would stop the window."""

    def __init__(self, make: Callable[[], RecordForm]) -> None:
        """Show the hint."""
        super().__init__()
        hint = text_label(_("在左侧选择一条记录，内容会显示在这里。"), "muted", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(hint)
        self._make = make
        self._form: RecordForm | None = None
        self._then: Callable[[], None] | None = None
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._build_on)

    @property
    def begun(self) -> RecordForm | None:
        """The form as far as it has been built, None before that."""
        return self._form

    @property
    def shows_form(self) -> bool:
        """Tell whether the form is shown."""
        return self._form is not None and self.currentWidget() is self._form

    def show_form(self) -> None:
        """Show the form in place of the hint."""
        self.setCurrentWidget(self.whole())

    def show_hint(self) -> None:
        """Show the hint in place of the form."""
        self.setCurrentIndex(0)

    def whole(self) -> RecordForm:
        """Return the form; what is missing of it is built at once."""
        form = self._begin()
        form.build()
        return form

    def build(self) -> None:
        """Build it while there is nothing else to do."""
        if self._form is None or not self._form.is_built:
            self._turn.start()

    def once_built(self, then: Callable[[], None]) -> None:
        """Call ``then`` with the form built; of several only the last, the others are outdated."""
        if self._form is not None and self._form.is_built:
            self._then = None
            then()
            return
        self._then = then
        self._turn.start()

    def _begin(self) -> RecordForm:
        if self._form is None:
            self._form = self._make()
            self.addWidget(self._form)
        return self._form

    def _build_on(self) -> None:
        if self._begin().build_next():
            return
        self._turn.stop()
        then, self._then = self._then, None
        if then is not None:
            then()
