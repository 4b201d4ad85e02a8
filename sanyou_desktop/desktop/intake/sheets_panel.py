"""How a file is read: which of its sheets, as which kind of record, which column as which field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from sanyou_desktop.desktop.editors.choice import CalmComboBox
from sanyou_desktop.desktop.intake.sources import source_choices
from sanyou_desktop.desktop.own_form.column_table import ColumnTable
from sanyou_desktop.desktop.own_form.sheet_list import SheetList
from sanyou_desktop.desktop.theme.tokens import SPACE_2
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.exchange.tables.heads import Head
    from sanyou_desktop.exchange.tables.importing import FileLook, Wanted


class SheetsPanel(QWidget):
    """Keeps what was chosen of every sheet; shows one sheet's columns at a time.

    Signals:
        changed: something is to be read otherwise.
    """

    changed = Signal()

    def __init__(self, likely: str) -> None:
        """Show nothing yet; ``likely`` is the kind of the list that the file came to."""
        super().__init__()
        self._likely = likely
        self._heads: dict[str, Head] = {}
        self._kinds: dict[str, str] = {}
        self._chosen: dict[str, Head] = {}
        self._shown: tuple[str, str] | None = None
        self.sheets = SheetList()
        self.kind = CalmComboBox()
        for key in REPORTED:
            self.kind.addItem(_(kind_of(key).title), key)
        self.columns = ColumnTable(self._remap, _("读作"))
        self.blank = QCheckBox(_("空白表示清空"))
        self.blank.setToolTip(_("勾选后，表中空着的格子会清空台账原有的内容；不勾选则不作改动。"))
        self.blank.setAccessibleDescription(self.blank.toolTip())
        self.lines = QCheckBox(_("一条记录占多行"))
        self.lines.setToolTip(
            _(
                "勾选后，记录的各列空白、合并或与上一行相同的行并入上面的记录："
                "每行添一项检查项目、一条承诺条款或一轮整改。"
            )
        )
        self.lines.setAccessibleDescription(self.lines.toolTip())
        self.sheet_field = LabelledField(_("读入哪些表（空格键勾选）"), self.sheets)
        self.sheet_field.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.sheet_field)
        column.addWidget(LabelledField(_("记录种类"), self.kind))
        column.addWidget(self.columns, 1)
        column.addWidget(self.lines)
        column.addWidget(self.blank)
        self.sheets.currentItemChanged.connect(lambda _now, _old: self._show_sheet())
        self.sheets.itemChanged.connect(lambda _item: self.changed.emit())
        self.kind.activated.connect(lambda _index: self._other_kind())
        self.lines.clicked.connect(lambda _on: self._remap())
        self.blank.toggled.connect(lambda _on: self.changed.emit())

    def wanted(self) -> Wanted:
        """Return how the file is to be read."""
        from sanyou_desktop.exchange.tables.importing import Wanted

        return Wanted(
            likely=self._likely,
            kinds=dict(self._kinds),
            heads=dict(self._chosen),
            without=frozenset(self._heads.keys() - set(self.sheets.ticked)),
            blank_clears=self.blank.isChecked(),
        )

    def taken(self) -> list[Head]:
        """Return the headers of the sheets that are chosen."""
        without = self.wanted().without
        return [head for name, head in self._heads.items() if name not in without]

    def show_look(self, look: FileLook) -> None:
        """Show how the sheets of a file were read."""
        self._heads = {sheet.grid.name: sheet.head for sheet in look.sheets}
        if not self.sheets.count():
            self.sheets.show_sheets(self._heads, self._heads)
            self.sheet_field.setVisible(self.sheets.count() > 1)
        for name, head in self._heads.items():
            kind = _(kind_of(head.kind).title)
            self.sheets.tell(
                name, _("{sheet}（{kind}）").format(sheet=name or look.name, kind=kind)
            )
        self._show_sheet()

    def _show_sheet(self) -> None:
        head = self._heads.get(self.sheets.current)
        if head is not None:
            self.lines.setChecked(head.many_lines)
            self.lines.setVisible(head.has_rows)
        if head is None or self._shown == (self.sheets.current, head.kind):
            return
        self._shown = (self.sheets.current, head.kind)
        self.kind.setCurrentIndex(self.kind.findData(head.kind))
        self.columns.show_columns(head.columns, source_choices(head.kind), head.sources)

    def _other_kind(self) -> None:
        self._kinds[self.sheets.current] = str(self.kind.currentData())
        self._chosen.pop(self.sheets.current, None)
        # The columns are read anew, also where the kind is the same.
        self._shown = None
        self.changed.emit()

    def _remap(self) -> None:
        head = self._heads[self.sheets.current]
        self._chosen[self.sheets.current] = head.chosen(
            head.kind, self.columns.chosen(), many_lines=self.lines.isChecked()
        )
        self.changed.emit()
