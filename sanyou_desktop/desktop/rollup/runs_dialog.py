"""汇总记录: the roll-ups of this ledger, any of which can be taken back as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.widgets.copy_table import CopyTable
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.rollup_undo import Run
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.fields import fields_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

_WIDTH, _HEIGHT = 760, 480


@dataclass(frozen=True)
class _TakenBack:
    changes: Changes = field(default_factory=Changes)


class RunsDialog(QDialog):
    """Lists the runs, the latest first."""

    def __init__(self, parent: QWidget, session: Session, runs: list[Run]) -> None:
        """Show ``runs``."""
        super().__init__(parent)
        self._session, self._runs = session, runs
        self.setWindowTitle(_("汇总记录"))
        told = _(
            "每次汇总都可以整体撤销：新增的记录进回收站，改动的恢复原样，登记的上报一并撤销。"
            "后面的汇总用到它的结果时，先撤销后面的。"
        )
        self.table = CopyTable()
        self.table.setAccessibleName(_("汇总记录"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.work = LongWork(session)
        self.state = text_label("", "caption")
        self.undo = button(_("撤销这次汇总"), self.take_back, icon_name="undo-2")
        self.work.hold(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(text_label(told, "muted", wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self.work)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for made in (self.state, spacer(), self.undo, button(_("关闭"), self.reject)):
            foot.addWidget(made)
        column.addLayout(foot)
        self.resize(_WIDTH, _HEIGHT)
        self.table.currentCellChanged.connect(lambda *_cells: self._offer())
        self.show_runs(runs)

    def show_runs(self, runs: list[Run]) -> None:
        """Show other runs; the current row stays."""
        self._runs = runs
        row = max(self.table.currentRow(), 0)
        at = fields_of(Record)["created_at"]
        cells = [
            (
                at.show(run.at),
                run.told,
                _("{when} 已撤销").format(when=at.show(run.undone_at)) if run.undone_at else "",
            )
            for run in runs
        ]  # fmt: skip - one thing
        header = (_("时间"), _("内容"), _("状态"))
        self.table.show_rows(header, cells, texts=None)
        for narrow in (0, 2):
            self.table.horizontalHeader().setSectionResizeMode(
                narrow, QHeaderView.ResizeMode.ResizeToContents
            )
        self.table.setCurrentCell(min(row, len(runs) - 1), 0)
        self.state.setText("" if runs else _("还没有汇总过。"))
        self._offer()

    def _offer(self) -> None:
        run = self._current()
        able = run is not None and not run.undone_at and not self._session.read_only
        self.undo.setEnabled(able and not self.work.is_busy)

    def _current(self) -> Run | None:
        row = self.table.currentRow()
        return self._runs[row] if 0 <= row < len(self._runs) else None

    def take_back(self) -> None:
        """Take the current run back, after asking: it cannot be brought back by 撤销."""
        run = self._current()
        question = _("整体撤销这次汇总？撤销后要恢复，需要用原来的上报工作簿重新汇总。")
        if run is None or not self._session.ask.confirm(self, question, _("撤销这次汇总")):
            return
        number = run.id

        def work(ledger: Ledger, progress: Progress) -> _TakenBack:
            with ledger.telling(progress):
                return _TakenBack(ledger.undo_rollup(number))

        self.work.run_on(
            self._session.operations.run_long,
            _("正在撤销汇总"),
            work,
            lambda _done: self._look_again(),
            cancelled=_("没有撤销，台账没有改动。"),
        )

    def _look_again(self) -> None:
        self._session.jobs.read(lambda ledger: ledger.rollups(), self.show_runs, owner=self)

    def reject(self) -> None:
        """Leave, unless a run is being taken back."""
        if not self.work.is_busy:
            super().reject()


def open_runs(parent: QWidget, session: Session) -> None:
    """Read the runs and show them."""
    session.jobs.read(
        lambda ledger: ledger.rollups(),
        lambda runs: show(RunsDialog(parent, session, runs)),
        owner=parent,
    )
