"""What a table would bring, looked at, decided and put right before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.intake.import_work import (
    Compared,
    LookedAgain,
    RowPlace,
    Taken,
    again,
    compare,
    let_go,
    taking,
)
from sanyou_desktop.desktop.intake.mend_bar import MendBar
from sanyou_desktop.desktop.intake.sheets_panel import SheetsPanel
from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.rollup.lines import OF_TABLES, THEIRS, Line, counts_of
from sanyou_desktop.desktop.rollup.lines_panel import LinesPanel
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.model.incoming import Part, State
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.exchange.tables.grid import Grid

_WIDTH, _HEIGHT = 1180, 760
_COLUMNS_WIDTH, _LINES_WIDTH = 380, 760
_NOTES = 4


class ImportDialog(QDialog):
    """Shows all sheets of a file that hold records; 导入 takes the chosen ones in one step."""

    def __init__(
        self,
        place: Place,
        kind: str,
        name: str,
        read: Callable[[Progress], Sequence[Grid]],
    ) -> None:
        """Read the table once the dialog is on the screen."""
        super().__init__(place.widget)
        self._place, self._name = place, name
        self._found: Compared | None = None
        # Records put right, in which row, and what its cells said before; the last at the end.
        self._mended: list[tuple[RowPlace, int, dict[int, str]]] = []
        self._is_looking = False
        # The sheets are to be read otherwise than what is shown was.
        self._is_old = False
        # Compared, but its lines are not on the screen yet.
        self._is_to_show = False
        self.setWindowTitle(_("导入表格"))
        self.head = text_label(name, "title", wrap=True)
        self.notes = text_label("", "muted", wrap=True)
        self.notes.hide()
        self.sheets = SheetsPanel(kind)
        self.panel = LinesPanel(OF_TABLES)
        self.table = self.panel.table
        self.table.setAccessibleName(_("导入预览"))
        self.table.mends = True
        self.mend = MendBar()
        self.work = LongWork(place.session)
        self.told = text_label("", "caption", wrap=True)
        self.cancel_button = button(_("取消"), self.reject)
        self.take_button = button(_("导入"), self.take, role="primary", icon_name="check")
        self.take_button.setEnabled(False)
        decide = (self.panel.keep, self.panel.adopt)
        for made in (*decide, self.cancel_button, self.take_button):
            # Enter puts right what stands in the preview; it must not import.
            made.setAutoDefault(False)
        self._lay_out()
        self._connect()
        self._current_changed(None)
        self.resize(QSize(_WIDTH, _HEIGHT).boundedTo(place.widget.window().size()))
        QTimer.singleShot(0, self, lambda: self._begin(read))

    def _lay_out(self) -> None:
        right = QWidget()
        lines = QVBoxLayout(right)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(SPACE_2)
        lines.addWidget(self.panel, 1)
        lines.addWidget(self.mend)
        self.both = QSplitter()
        self.both.addWidget(self.sheets)
        self.both.addWidget(right)
        self.both.setChildrenCollapsible(False)
        self.both.setHandleWidth(SPACE_4)
        self.both.setSizes([_COLUMNS_WIDTH, _LINES_WIDTH])
        self.both.setStretchFactor(1, 1)
        room = self.both.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.both.setSizePolicy(room)
        # Until the file is read there is nothing to choose.
        self.both.hide()
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(self.told, 1)
        for part in (spacer(), self.cancel_button, self.take_button):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        for part in (self.head, self.work, self.notes):
            column.addWidget(part)
        column.addWidget(self.both, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.sheets.changed.connect(self._compare)
        self.panel.current_changed.connect(self._current_changed)
        self.table.chosen.connect(self._tell)
        self.table.mending_wanted.connect(self._begin_mending)
        self.mend.mended.connect(self._put_right)
        self.mend.left.connect(self.table.setFocus)
        self.work.ended.connect(self._ended)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.activated.connect(self.undo)

    @property
    def is_busy(self) -> bool:
        """Tell whether anything is being read, looked at or saved."""
        return self._is_looking or self._is_to_show or self.work.is_busy

    # Reading and comparing

    def _begin(self, read: Callable[[Progress], Sequence[Grid]]) -> None:
        source, name, wanted = self._place.session.path, self._name, self.sheets.wanted()

        def work(progress: Progress) -> Compared:
            return compare(source, lambda: read(progress), name, wanted, progress)

        self.work.run(_("正在读表"), work, self._show, cancelled=_("已取消，台账没有改动。"))

    def _compare(self) -> None:
        """Look at the chosen sheets again, as they are to be read now."""
        if self._found is None:
            return
        self._is_old = True
        self.take_button.setEnabled(False)
        if self._is_looking:
            # Begun anew once the row is in.
            return
        self.work.drop()
        source, name, wanted = self._place.session.path, self._name, self.sheets.wanted()
        look = self._found.look

        def work(progress: Progress) -> Compared:
            return compare(source, lambda: look.grids, name, wanted, progress)

        stopped = _("比对已停止，台账没有改动。改动一处工作表或列的选择，就会重新比对。")
        self.work.run(_("正在比对"), work, self._show, cancelled=stopped)

    def _show(self, found: Compared) -> None:
        is_first = self._found is None
        self._let_go()
        self._found = found
        self._is_to_show = True
        self.sheets.show_look(found.look)
        # Boxes for every column and thousands of lines in one go are felt.
        QTimer.singleShot(0, self, lambda: self._show_lines(found, is_first=is_first))

    def _show_lines(self, found: Compared, *, is_first: bool) -> None:
        if self._found is not found:
            return
        self._is_to_show = self._is_old = False
        self.panel.show_lines(found.lines, found.counts)
        units = {line.unit for line in found.lines if line.unit}
        kinds = {sheet.head.kind for sheet in found.look.sheets if sheet.looked is not None}
        self.table.show_only(
            units=len(units) > 1,
            kinds=len(kinds) > 1,
            choices=State.CONFLICTING.value in found.counts,
        )
        if is_first:
            self.both.show()
            self.table.setFocus()
        self._tell()

    # Showing

    def _current_changed(self, line: Line | None) -> None:
        if self._found is None or line is None or line.row is None:
            self.mend.show_row("", [], "")
            return
        look, at = self._found.look, line.row
        wrong = next((fault for fault in self._faults(at)), "")
        self.mend.show_row(look.sheet(at[0]).head.kind, look.cells(*at), wrong)

    def _faults(self, at: RowPlace) -> list[str]:
        """Return the addresses of the cells of a row that are wrong."""
        assert self._found is not None
        found = self._found.look.incoming(*at).faults
        return [fault.place.cell for fault in found if not fault.place.cell.isdigit()]

    def _tell(self) -> None:
        assert self._found is not None
        preview = self._found.preview
        count, undecided = self._taken_count(), self.panel.undecided
        decides = bool(self.table.lines.choices)
        self.head.setText(_("{name}：{counts}").format(name=self._name, counts=preview))
        self.notes.setText("\n".join(preview.notes[:_NOTES]))
        self.notes.setToolTip("\n".join(preview.notes))
        self.notes.setVisible(bool(preview.notes))
        may = not (self._place.session.read_only or self.work.is_busy or self._is_old)
        self.take_button.setEnabled(may and (bool(count) or decides))
        self.take_button.setText(_("导入 {count} 条").format(count=count) if count else _("导入"))
        self.told.setText(self._foot(preview.counts.get(State.INVALID, 0), undecided, count))

    def _foot(self, invalid: int, undecided: int, count: int) -> str:
        told = []
        if invalid:
            text = _("有 {count} 行读不了：按 Enter 当场改正，不改的将跳过。")
            told.append(text.format(count=invalid))
        if undecided:
            text = _("还有 {count} 处冲突待定；待定的保留台账原值，下次导入再问。")
            told.append(text.format(count=undecided))
        if not told and count and self.sheets.blank.isChecked():
            told.append(_("导入后可以整批撤销。表中空着的格子会清空台账原有的内容。"))
        elif not told and count:
            told.append(_("导入后可以整批撤销。表中空着的格子不会清空台账原有的内容。"))
        return " ".join(told) or _("没有要导入的内容：表中各行与台账相同。")

    def _taken_count(self) -> int:
        """Return how many records would be written."""
        assert self._found is not None
        preview, choices = self._found.preview, self.table.lines.choices
        count = preview.counts.get(State.NEW, 0) + preview.counts.get(State.CHANGED, 0)
        for row in preview.of(State.CONFLICTING):
            sides = [
                choices.get(("", row.id, one.part), one.choice) if one.conflicting else THEIRS
                for one in row.changes
            ]
            count += THEIRS in sides
        return count

    # Putting right

    def _begin_mending(self) -> None:
        if self.mend.isEnabled():
            self.mend.begin()

    def _put_right(self, row: int, column: int, text: str) -> None:
        line = self.panel.current
        if line is None or line.row is None or self._found is None:
            return
        cells = self._found.look.cells(*line.row)
        now = {(one.row, one.column): one.text for one in cells}
        before = {column: now[row, column]}
        at = line.row
        self._look_again(at, row, {column: text}, lambda: self._mended.append((at, row, before)))

    def undo(self) -> None:
        """Take back what was put right last; nothing was written yet."""
        if self._mended and not self.is_busy:
            at, row, cells = self._mended[-1]
            self._look_again(at, row, cells, lambda: self._mended.pop(), forward=False)

    def _look_again(
        self,
        at: RowPlace,
        row: int,
        cells: dict[int, str],
        done: Callable[[], object],
        *,
        forward: bool = True,
    ) -> None:
        if self._found is None or self.is_busy:
            return
        now = self._found
        self._is_looking = True

        def looked(found: LookedAgain) -> None:
            self._is_looking = False
            done()
            self._replace(found)
            if self._is_old:
                self._compare()
            elif forward:
                self._go_on(at)
            else:
                self.table.setFocus()

        def failed(error: Exception) -> None:
            self._is_looking = False
            self.work.banner.show_message(explain(error), "bad")
            if self._is_old:
                self._compare()

        self._place.session.jobs.read(
            lambda ledger: again(ledger, now, at, row, cells), looked, owner=self, failed=failed
        )

    def _replace(self, found: LookedAgain) -> None:
        assert self._found is not None
        self.panel.replace_lines(found.rows, found.lines)
        counts = counts_of(self.panel.lines, found.preview)
        self._found = replace(
            self._found, preview=found.preview, lines=self.panel.lines, counts=counts
        )
        self.panel.show_counts(counts)
        self._tell()

    def _go_on(self, at: RowPlace) -> None:
        """Go to the next cell that is wrong: of the same row, else of the next row with one."""
        if self._faults(at) or self.panel.go_to_next(State.INVALID.value):
            self.mend.begin()
        else:
            self.table.setFocus()

    def _let_go(self) -> None:
        """Have what was shown freed in the background: thousands of records take a while."""
        if self._found is None:
            return
        self.panel.show_lines([], {})
        held, self._found = [self._found], None
        self._place.session.jobs.run(
            lambda _progress: let_go(held), lambda _none: None, owner=self._place.widget
        )

    def done(self, result: int) -> None:
        """Close."""
        self._let_go()
        super().done(result)

    # Taking

    def take(self) -> None:
        """Save what is shown, with what was decided, and remember how such tables are read."""
        if self._found is None or self.is_busy:
            return
        choices: dict[tuple[str, Part], str] = {
            (record_id, part): side
            for (_sender, record_id, part), side in self.table.lines.choices.items()
        }
        self.take_button.setEnabled(False)
        self.both.setEnabled(False)
        self.work.run_on(
            self._place.session.operations.run_long,
            _("正在导入"),
            taking(self._found, choices, self.sheets.taken()),
            self._taken,
            cancelled=_("已停止，台账没有改动。"),
        )

    def _ended(self) -> None:
        self.both.setEnabled(True)
        if self._found is not None:
            self._tell()

    def _taken(self, taken: Taken) -> None:
        if taken.unfit is None:
            self.accept()
            return
        self._replace(taken.unfit)
        self.work.banner.show_message(
            _(
                "有 {count} 条记录的取舍合不到一起，没有导入，台账没有改动。原因写在各行，请改选。"
            ).format(count=len(taken.unfit.rows)),
            "bad",
        )

    def reject(self) -> None:
        """Stop what is being done, else leave; what was decided or put right is asked about."""
        if self.work.is_busy and self._found is not None:
            self.work.stop()
            return
        question = _("已作的决定和改正还没有导入，放弃吗？")
        made = bool(self._mended or self.table.lines.choices)
        if not made or self._place.session.ask.confirm(self, question, _("放弃")):
            self.work.stop()
            super().reject()
