"""What a table would bring, looked at and put right before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, QTimer
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.editors.choice import CalmComboBox
from sanyou_desktop.desktop.intake.import_lines import import_lines
from sanyou_desktop.desktop.intake.sources import source_choices
from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.own_form.column_table import ColumnTable
from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.rollup.lines import Line, counts_of, title_of
from sanyou_desktop.desktop.rollup.lines_view import LinesTable
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.widgets.flow_layout import FlowLayout
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.incoming import State
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.exchange.tables.grid import Grid
    from sanyou_desktop.exchange.tables.heads import Head
    from sanyou_desktop.exchange.tables.importing import SheetLook

_WIDTH, _HEIGHT = 1120, 700
_COLUMNS_WIDTH, _LINES_WIDTH = 400, 720
_DETAIL_LINES = 3
_NOTES = 3


@dataclass(frozen=True)
class _Read:
    """The sheets of a file that hold tables, and the look at one of them."""

    heads: Mapping[str, Head]
    grids: Mapping[str, Grid]
    look: SheetLook


@dataclass(frozen=True)
class _Taken:
    """What importing changed."""

    changes: Changes


class ImportDialog(QDialog):
    """Shows a table of records sheet by sheet; 导入 takes the shown sheet in one step."""

    def __init__(
        self,
        place: Place,
        kind: str,
        name: str,
        read: Callable[[Progress], Sequence[Grid]],
    ) -> None:
        """Read the table once the dialog is on the screen."""
        super().__init__(place.widget)
        self._place, self._kind, self._name = place, kind, name
        self._found: _Read | None = None
        self.setWindowTitle(_("导入表格"))
        self.head = text_label(name, "title", wrap=True)
        self.notes = text_label("", "muted", wrap=True)
        self.sheet = CalmComboBox()
        self.columns = ColumnTable(self._remap, _("读作"))
        self.states = QButtonGroup(self)
        self.table = LinesTable()
        self.table.hide_choices()
        self.detail = text_label("", "muted", wrap=True)
        self.detail.setMinimumHeight(_DETAIL_LINES * self.detail.fontMetrics().lineSpacing())
        self.work = LongWork(place.session)
        self.told = text_label("", "caption", wrap=True)
        self.take_button = button(_("导入"), self.take, role="primary", icon_name="check")
        self.take_button.setEnabled(False)
        self._lines: list[Line] = []
        self._lay_out()
        self.sheet.currentTextChanged.connect(self._other_sheet)
        self.table.selectionModel().currentRowChanged.connect(self._explain)
        self.resize(QSize(_WIDTH, _HEIGHT).boundedTo(place.widget.window().size()))
        QTimer.singleShot(0, self, lambda: self._begin(read))

    def _lay_out(self) -> None:
        self.chips = QWidget()
        self._chip_line = FlowLayout(self.chips)
        self.sheet_field = LabelledField(_("表"), self.sheet)
        self.sheet_field.hide()
        left, right = QWidget(), QWidget()
        columns, lines = QVBoxLayout(left), QVBoxLayout(right)
        for column in (columns, lines):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(SPACE_2)
        columns.addWidget(self.sheet_field)
        columns.addWidget(self.columns, 1)
        lines.addWidget(self.chips)
        lines.addWidget(self.table, 1)
        lines.addWidget(self.detail)
        both = QSplitter()
        both.addWidget(left)
        both.addWidget(right)
        both.setChildrenCollapsible(False)
        both.setSizes([_COLUMNS_WIDTH, _LINES_WIDTH])
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(self.told, 1)
        for part in (spacer(), button(_("取消"), self.reject), self.take_button):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        for part in (self.head, self.notes):
            column.addWidget(part)
        column.addWidget(both, 1)
        column.addWidget(self.work)
        column.addLayout(foot)

    # Reading and comparing

    def _begin(self, read: Callable[[Progress], Sequence[Grid]]) -> None:
        source, kind, name = self._place.session.path, self._kind, self._name

        def work(progress: Progress) -> _Read:
            from sanyou_desktop.exchange.tables.importing import look_at_grids

            grids = read(progress)
            with Ledger.open(source, read_only=True) as ledger:
                found = look_at_grids(ledger, grids, name, kind, progress)
            heads = {sheet.grid.name: sheet.head for sheet in found.sheets}
            known = {sheet.grid.name: sheet.grid for sheet in found.sheets}
            return _Read(heads, known, found.sheets[0])

        self.work.run(_("正在读表"), work, self._show, cancelled=_("已取消，台账没有改动。"))

    def _compare(self, head: Head) -> None:
        """Look at the shown sheet again, read as ``head`` says."""
        found = self._found
        if found is None:
            return
        self.work.stop()
        source, name, grid = self._place.session.path, self._name, found.grids[self._shown_name()]

        def work(progress: Progress) -> _Read:
            from sanyou_desktop.exchange.tables.importing import SheetLook
            from sanyou_desktop.exchange.tables.taking import compare

            with Ledger.open(source, read_only=True) as ledger:
                looked = compare(ledger, grid, head, name, progress)
            heads = {**found.heads, grid.name: head}
            return _Read(heads, found.grids, SheetLook(grid, head, looked))

        self.take_button.setEnabled(False)
        self.work.run(_("正在比对"), work, self._show, cancelled=_("已取消，台账没有改动。"))

    def _shown_name(self) -> str:
        return str(self.sheet.currentData() or "")

    def _other_sheet(self, _text: str) -> None:
        if self._found is not None:
            self._compare(self._found.heads[self._shown_name()])

    def _remap(self) -> None:
        if self._found is not None:
            head = self._found.heads[self._shown_name()]
            self._compare(head.chosen(self._kind, self.columns.chosen()))

    # Showing

    def _show(self, found: _Read) -> None:
        is_new = self._found is None or found.look.grid.name != self._found.look.grid.name
        if self._found is None:
            self._list_sheets(found)
        self._found = found
        head, preview = found.look.head, found.look.looked.preview
        if is_new:
            self.columns.show_columns(head.columns, source_choices(self._kind), head.sources)
        self.head.setText(_("{name}：{counts}").format(name=self._name, counts=preview))
        self.notes.setText("\n".join(preview.notes[:_NOTES]))
        self.notes.setVisible(bool(preview.notes))
        self._lines = import_lines(preview, self._name)
        self._show_chips()
        self._show_state("")
        self._tell()

    def _list_sheets(self, found: _Read) -> None:
        self.sheet.blockSignals(True)
        for name in found.grids:
            self.sheet.addItem(name or self._name, name)
        self.sheet.setCurrentIndex(self.sheet.findData(found.look.grid.name))
        self.sheet.blockSignals(False)
        self.sheet_field.setVisible(len(found.grids) > 1)

    def _show_chips(self) -> None:
        assert self._found is not None
        while (item := self._chip_line.takeAt(0)) is not None:
            chip = item.widget()
            if chip is not None:
                chip.deleteLater()
        counts = counts_of(self._lines, self._found.look.looked.preview)
        total = _("全部 {count}").format(count=f"{sum(counts.values()):,}")
        told = [("", total)]
        told += [(key, f"{title_of(key)} {count:,}") for key, count in counts.items()]
        for key, words in told:
            chip = button(words, partial(self._show_state, key), role="chip")
            chip.setCheckable(True)
            chip.setChecked(not key)
            self.states.addButton(chip)
            self._chip_line.addWidget(chip)

    def _show_state(self, state: str) -> None:
        lines = [line for line in self._lines if not state or line.state == state]
        self.table.lines.show_lines(lines)
        if lines:
            self.table.selectRow(0)
        self._explain(self.table.currentIndex(), QModelIndex())

    def _explain(self, now: QModelIndex, _old: QModelIndex) -> None:
        line = self.table.lines.lines[now.row()] if now.isValid() else Line("", "")
        self.detail.setText("\n".join(filter(None, (line.place, line.whole))))

    def _tell(self) -> None:
        assert self._found is not None
        looked = self._found.look.looked
        invalid = looked.preview.counts.get(State.INVALID, 0)
        count = len(looked.records)
        self.take_button.setEnabled(bool(count) and not self._place.session.read_only)
        self.take_button.setText(_("导入 {count} 条").format(count=count) if count else _("导入"))
        if invalid:
            text = _("有 {count} 行读不了，将跳过；改正表格后再导入一次即可补上。")
            self.told.setText(text.format(count=invalid))
        elif count:
            self.told.setText(_("导入后可以整批撤销。表中空着的格子不会清空台账原有的内容。"))
        else:
            self.told.setText(_("没有要导入的内容：表中各行与台账相同。"))

    # Taking

    def take(self) -> None:
        """Save what is shown, and remember how such a table is read."""
        found = self._found
        if found is None:
            return
        records, name, head = found.look.looked.records, self._name, found.look.head

        def work(ledger: Ledger, progress: Progress) -> _Taken:
            from sanyou_desktop.exchange.tables.importing import keep_head, take

            changes = take(ledger, records, name, progress)
            keep_head(ledger, head)
            return _Taken(changes)

        self.work.run_on(
            self._place.session.operations.run_long,
            _("正在导入"),
            work,
            lambda _taken: self.accept(),
            cancelled=_("已停止，台账没有改动。"),
        )

    def reject(self) -> None:
        """Stop what is being done, else leave."""
        if self.work.is_busy and self._found is not None:
            self.work.stop()
            return
        self.work.stop()
        super().reject()
