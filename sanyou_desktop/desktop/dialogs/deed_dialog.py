"""The dialog of a deed: carries it out in the background, and closes once it is done.

What a deed asks for is for the subclasses. That nothing entered is lost is seen to here: what is
refused is told where it can be mended, what is being saved cannot be typed over, and leaving asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.dialogs.frame import WIDTH, Heading
from sanyou_desktop.desktop.editors.composition import finish_typing
from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.not_saved import tell_not_saved
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, line, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_6
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.records import Saved
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.wording import _

Work = Callable[[Ledger], Changes | Saved]
D = TypeVar("D", bound=QDialog)


class DeedDialog(QDialog):
    """What is asked between a heading and a button that names the deed.

    Attributes:
        content: what the user fills in; out of reach while it is being saved.
        confirm, cancel: the buttons.
    """

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        title: str,
        about: str = "",
        confirm: str = "",
        *,
        icon_name: str = "check",
        hint: str = "",
    ) -> None:
        """Begin the dialog; the subclass ends it with ``_lay_out``."""
        super().__init__(parent)
        self._session = session
        self._hint = hint or _("Ctrl+Enter 确认，Esc 取消")
        self._is_saving = False
        self._cursor: QWidget | None = None
        self._awaited: Editor | None = None
        self.setWindowTitle(title)
        self.about = Heading(about)
        self.banner = Banner()
        self.hint = text_label(self._hint, "caption")
        self.cancel = button(_("取消"), self.reject)
        self.confirm = button(confirm or title, self.carry_out, role="primary", icon_name=icon_name)

    def _lay_out(self, content: QWidget, *beside: QWidget, enter_confirms: bool = True) -> None:
        """Put ``content`` in the middle and ``beside`` at the foot, left of the buttons.

        Where Enter has a meaning of its own in the content, it presses no button.
        """
        self.content = content
        content.setProperty("role", "form")
        self.confirm.setDefault(enter_confirms)
        for made in (self.cancel, self.confirm):
            made.setAutoDefault(enter_confirms)
        told = QVBoxLayout()
        told.setContentsMargins(SPACE_6, SPACE_2, SPACE_6, SPACE_2)
        told.addWidget(self.banner)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE_6, SPACE_3, SPACE_6, SPACE_3)
        foot.setSpacing(SPACE_2)
        self._beside = QWidget()
        left = QHBoxLayout(self._beside)
        left.setContentsMargins(0, 0, 0, 0)
        for widget in beside:
            left.addWidget(widget)
        self._beside.setVisible(bool(beside))
        foot.addWidget(self._beside)
        foot.addWidget(self.hint)
        foot.addStretch()
        foot.addWidget(self.cancel)
        foot.addWidget(self.confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.about)
        column.addLayout(told)
        column.addWidget(line())
        column.addWidget(content, 1)
        column.addWidget(line())
        column.addLayout(foot)
        self.setMinimumWidth(WIDTH)
        # Return may make a new line in a text or go down in a table.
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.carry_out)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin as high as the texts are at this width, unless it was given a size."""
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            layout = self.layout()
            assert layout is not None
            width = max(layout.totalMinimumSize().width(), WIDTH)
            self.resize(width, layout.totalHeightForWidth(width))
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        """Grow when a message or a long text needs room; never shrink under the cursor."""
        done = super().event(event)
        # Not after any other: it may have been the one that takes the dialog away.
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return done

    def _grow(self) -> None:
        layout = self.layout()
        wanted = layout.totalHeightForWidth(self.width()) if layout is not None else 0
        if self.height() < wanted:
            most = self.screen().availableGeometry().height()
            self.resize(self.width(), min(wanted, most))

    # What the subclasses say

    @property
    def is_dirty(self) -> bool:
        """Tell whether anything was entered that was not there at the beginning."""
        raise NotImplementedError

    def _prepare(self) -> Work | None:
        """Return what does the deed with what is entered; None once it is told why it can't.

        The work runs in the background and must not look at the dialog.

        Raises:
            Invalid: something of it is wrong; it is told here.
        """
        raise NotImplementedError

    def _busy(self) -> Editor | None:
        """Return an editor that still waits for what was put into it."""
        return None

    def _tell_at_place(self, problem: Problem) -> bool:
        """Tell a problem where it can be mended; False where there is no such place."""
        return False

    def _question(self) -> str:
        """Return what is asked before what was entered is dropped."""
        return _("已填写的内容还没有保存，放弃吗？")

    def _done(self) -> None:
        """Go on from what was done; the dialog has gone already."""

    # Doing

    @property
    def is_saving(self) -> bool:
        """Tell whether the deed is being carried out."""
        return self._is_saving

    def carry_out(self) -> None:
        """Do it, or show what must be mended first."""
        if self._is_saving:
            return
        finish_typing(self)
        if self._waits():
            return
        self.banner.hide()
        try:
            work = self._prepare()
        except Invalid as invalid:
            self._tell(invalid.problems)
            return
        if work is None:
            return
        self._set_saving(saving=True)
        self._session.operations.run(
            work, owner=self, done=self._was_done, failed=self._was_refused
        )

    def _waits(self) -> bool:
        """Tell whether a file is still being added; then it goes on by itself."""
        busy = self._busy()
        if busy is None:
            self._awaited = None
            return False
        self.hint.setText(_("正在添加附件，完成后继续…"))
        if busy is not self._awaited:
            self._awaited = busy
            busy.settled.connect(self._go_on, Qt.ConnectionType.SingleShotConnection)
        return True

    def _go_on(self) -> None:
        self._awaited = None
        self.hint.setText(self._hint)
        self.carry_out()

    def _was_done(self, _result: Changes | Saved) -> None:
        self._set_saving(saving=False)
        self.accept()
        self._done()

    def _was_refused(self, error: Exception) -> None:
        self._set_saving(saving=False)
        if isinstance(error, Invalid):
            self._tell(error.problems)
        else:
            tell_not_saved(self.banner, error)

    def _tell(self, problems: Iterable[Problem]) -> None:
        """Tell each problem at its place, and on top those that have none here."""
        elsewhere = [problem for problem in problems if not self._tell_at_place(problem)]
        if elsewhere:
            self.banner.show_message("\n".join(map(str, elsewhere)), "bad")

    def _set_saving(self, *, saving: bool) -> None:
        """Put everything out of reach while it is saved, and the cursor back afterwards."""
        self._is_saving = saving
        if saving:
            self._cursor = self.focusWidget()
        for widget in (self.cancel, self.confirm, self._beside, self.content):
            widget.setEnabled(not saving)
        self.hint.setText(_("正在保存…") if saving else self._hint)
        if not saving and self._cursor is not None:
            self._cursor.setFocus()

    # Leaving

    def reject(self) -> None:
        """Close without doing it; what was entered is not thrown away by a slip of the finger."""
        if self._is_saving:
            return
        finish_typing(self)
        if not self.is_dirty or self._session.ask.confirm(self, self._question(), _("放弃")):
            super().reject()


def show(dialog: D) -> D:
    """Open a dialog over its page; it goes away by itself.

    One that was asked for twice, before the first had been read and shown, is not opened again.
    """
    over = dialog.parentWidget()
    shown = QApplication.activeModalWidget()
    if shown is not None and over is not None and over.window() is not shown:
        dialog.deleteLater()
        return dialog
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
