"""What a roll-up would do, looked at and decided before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.dialogs.asked import WholeDay
from sanyou_desktop.desktop.editors.date import DateEditor
from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.rollup.lines import OF_REPORTS, Line, counts_of
from sanyou_desktop.desktop.rollup.lines_panel import LinesPanel
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.fields import Refused
from sanyou_desktop.wording import N_, _

if TYPE_CHECKING:
    from sanyou_desktop.exchange.rollup import RolledUp

_WIDTH, _HEIGHT = 1080, 680
# Of the field for the day, in the height of its letters.
_DAY = 9
_RECEIVED = WholeDay(N_("收到日期"), required=True)


class RollupPreview(QDialog):
    """Shows what came; 接收 takes it over in one step that can be taken back as one.

    Signals:
        taken: the ``RolledUp`` after it was taken over.
    """

    taken = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        paths: Sequence[Path],
        found: RolledUp,
        lines: list[Line],
    ) -> None:
        """Show a rehearsal of ``paths``; ``lines`` are what ``lines_of`` makes of it."""
        super().__init__(parent)
        self._session, self._paths, self._found = session, list(paths), found
        self.setWindowTitle(_("汇总预览"))
        self.head = text_label(self._head(), "title", wrap=True)
        self.panel = LinesPanel(OF_REPORTS)
        self.table = self.panel.table
        self.table.setAccessibleName(_("汇总预览"))
        self.work = LongWork(session)
        self.received = DateEditor()
        self.received.set_raw(date.today().isoformat())
        self.received.setAccessibleName(_("收到日期"))
        self.received.setToolTip(_("按这一天判断按时还是迟报。"))
        self.received.changed.connect(self._count)
        self.told = text_label("", "caption", wrap=True)
        self.cancel = button(_("取消"), self.reject)
        self.accept_button = button(_("接收"), self.take, role="primary", icon_name="check")
        self.work.hold(self.accept_button, self.received, self.panel.keep, self.panel.adopt)
        self._lay_out()
        self.table.chosen.connect(self._count)
        self.panel.show_lines(lines, counts_of(lines, found.preview))
        self._count()
        self.resize(QSize(_WIDTH, _HEIGHT).boundedTo(parent.window().size()))
        self.table.setFocus()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(self.told, 1)
        foot.addWidget(spacer())
        foot.addWidget(self.cancel)
        foot.addWidget(self.accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addLayout(self._head_line())
        column.addWidget(self.panel, 1)
        column.addWidget(self.work)
        column.addLayout(foot)

    def _head_line(self) -> QHBoxLayout:
        made = QHBoxLayout()
        made.setSpacing(SPACE_2)
        made.addWidget(self.head, 1)
        label = text_label(_("收到日期"), "muted")
        label.setBuddy(self.received)
        made.addWidget(label)
        self.received.setFixedWidth(_DAY * self.fontMetrics().height())
        made.addWidget(self.received)
        return made

    @property
    def received_on(self) -> date | None:
        """The day on which the files came, None if what was entered is no day until today."""
        try:
            found = _RECEIVED.read(self.received.raw())
        except Refused:
            return None
        day = found.first() if found else None
        return day if day and day <= date.today() else None

    def _head(self) -> str:
        return _("{files} 份上报工作簿：{counts}").format(
            files=len(self._found.files), counts=self._found.preview
        )

    def _count(self) -> None:
        left = self.panel.undecided
        able = bool(self._found.files) and not (self._session.read_only or self.work.is_busy)
        day = self.received_on
        self.accept_button.setEnabled(able and day is not None)
        if not self._found.files:
            self.told.setText(_("没有可以接收的工作簿，台账没有改动。"))
        elif day is None:
            self.told.setText(_("收到日期要写到日，并且不晚于今天，例如 2026-10-09。"))
        elif left:
            self.told.setText(
                _("还有 {count} 处冲突待定；待定的保留台账原值，下次汇总再问。").format(count=left)
            )
        else:
            self.told.setText(_("接收后可以整体撤销。"))

    def take(self) -> None:
        """Take over what is shown, with what was decided."""
        paths, choices, day = self._paths, dict(self.table.lines.choices), self.received_on

        def work(ledger: Ledger, progress: Progress) -> RolledUp:
            from sanyou_desktop.exchange.rollup import roll_up

            return roll_up(ledger, paths, choices=choices, received_on=day, progress=progress)

        def done(found: RolledUp) -> None:
            self.taken.emit(found)
            self.accept()

        self.work.run_on(
            self._session.operations.run_long,
            _("正在汇总"),
            work,
            done,
            cancelled=_("已停止，台账没有改动。"),
        )

    def reject(self) -> None:
        """Stop what is being done, else leave; choices that were made are not lost by a slip."""
        if self.work.is_busy:
            self.work.stop()
            return
        question = _("已作的决定还没有接收，放弃吗？")
        made = self.table.lines.choices
        if not made or self._session.ask.confirm(self, question, _("放弃")):
            super().reject()
