"""催报: who still owes a report, to be called, copied into a message, or printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.copied_cells import CopiedCells
from sanyou_desktop.desktop.lists.copying import copy_noted
from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.printing.laid_out import LaidOut
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.submissions.papers import cells_of
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.widgets.copy_table import CopyTable
from sanyou_desktop.desktop.withheld import may_print
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.chasing import Owed, notice, owed
from sanyou_desktop.model.report_request import ReportRequest
from sanyou_desktop.model.submission_board import board_of, unasked
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import _

_WIDTH, _HEIGHT = 760, 520


@dataclass(frozen=True)
class Chase:
    """What is asked, and who owes it; the units among these whose entries have a mark."""

    request: ReportRequest
    many: list[Owed]
    marked: list[Unit]

    @property
    def confidential(self) -> int:
        """How many of the records that the list is made of have a mark of secrecy."""
        return int(bool(self.request.confidential)) + len(self.marked)


class ChaseDialog(QDialog):
    """Shows the list and hands it on."""

    def __init__(self, parent: QWidget, session: Session, chase: Chase) -> None:
        """Show who owes the report."""
        super().__init__(parent)
        self._session, self._chase = session, chase
        self.setWindowTitle(_("催报名单：{report}").format(report=chase.request.title))
        self.table = CopyTable(self._put)
        self.table.setAccessibleName(_("催报名单"))
        header = (_("单位"), _("情况"), _("联系人"), _("联系电话"))
        self.table.show_rows(header, [cells_of(one) for one in chase.many], texts=None)
        self.table.setVisible(bool(chase.many))
        count = len(chase.many)
        words = _("尚欠 {count} 个单位。").format(count=count) if count else _("没有单位欠报。")
        self.told = text_label(words, "muted", wrap=True)
        self.copied = text_label("", "caption")
        self.copy_list = button(_("复制名单"), self.table.copy, icon_name="copy")
        self.copy_notice = button(_("复制催报通知"), self._notice, icon_name="copy")
        self.print = button(_("打印…"), self._print, role="primary", icon_name="printer")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        self.work = LongWork(session)
        self.work.hold(self.print)
        column.addWidget(self.work)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(self.copied)
        foot.addWidget(spacer())
        for made in (button(_("关闭"), self.reject), self.copy_list, self.copy_notice, self.print):
            foot.addWidget(made)
        for made in (self.copy_list, self.copy_notice, self.print):
            made.setEnabled(bool(count))
        column.addLayout(foot)
        self.resize(_WIDTH, _HEIGHT)

    def _put(self, cells: CopiedCells | str) -> None:
        """Put list or message on the clipboard, after a question where something has a mark."""
        chase = self._chase
        entries = [one for one in (chase.request, *chase.marked) if one.confidential]
        marked = {one.id: one.revision for one in entries}
        what = f"chase:{chase.request.id}"
        if copy_noted(self, self._session, cells, what, self.windowTitle(), marked):
            self.copied.setText(_("已复制，可粘贴到消息或文档里。"))

    def _notice(self) -> None:
        chase = self._chase
        self._put(notice(chase.request, chase.many, self._session.unit_name, date.today()))

    def _print(self) -> None:
        from sanyou_desktop.desktop.submissions.chase_paper import lay_out_chase

        chase, sender = self._chase, self._session.unit_name
        if not may_print(self, self._session, chase.confidential):
            return
        self.work.run(
            _("正在排版"),
            lambda progress: lay_out_chase(
                chase.request, chase.many, sender, chase.marked, progress
            ),
            self._show_paper,
            cancelled=_("已取消，没有打印。"),
        )

    def _show_paper(self, paper: LaidOut) -> None:
        from sanyou_desktop.desktop.printing.preview import offer_print

        offer_print(self, self._session, paper)

    def reject(self) -> None:
        """Stop what is being laid out, else close."""
        if self.work.is_busy:
            self.work.stop()
        else:
            super().reject()


def open_chase(parent: QWidget, session: Session, request_id: str) -> None:
    """Read who owes a report, and show the list."""

    def show(chase: Chase | None) -> None:
        if chase is not None:
            dialog = ChaseDialog(parent, session, chase)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    session.jobs.read(lambda ledger: _chase(ledger, request_id), show, owner=parent)


def _chase(ledger: Ledger, request_id: str) -> Chase | None:
    with ledger.as_of_now():
        request = ledger.get(request_id)
        if not isinstance(request, ReportRequest):
            return None
        units = {unit.code: unit for unit in ledger.units()}
        names = {code: unit.name for code, unit in units.items()}
        every = [one for one in ledger.records("request") if isinstance(one, ReportRequest)]
        entries = ledger.submission_entries()
        loose = unasked(every, entries)
        board = board_of([request], entries, date.today(), names, loose)
    many = owed(board, request_id, units)
    known = (units.get(one.unit) for one in many)
    return Chase(request, many, [unit for unit in known if unit and unit.confidential])
