"""Matching the columns of a superior's form to fields, before it is filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.editors.choice import CalmComboBox
from sanyou_desktop.desktop.own_form.column_table import ColumnTable, fill_choices
from sanyou_desktop.desktop.theme.parts import button, shortened, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.exchange.own_form.layout import Layout
from sanyou_desktop.exchange.own_form.looking import Form, Look
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.wording import _

_WIDTH, _HEIGHT = 760, 680
_NAMED = 3
# Characters of a row that are shown beside its number.
_LONGEST = 24


@dataclass(frozen=True)
class Ready:
    """A sheet that was looked at, and how many records would fill it."""

    look: Look
    records: int


@dataclass(frozen=True)
class Chosen:
    """How the form is to be filled."""

    look: Look
    columns: Mapping[int, str]
    replacing: bool

    @property
    def layout(self) -> Layout:
        """The layout that was chosen."""
        return replace(self.look.layout, columns=self.columns)


class OwnFormDialog(QDialog):
    """Shows sheet, kind and columns; accepted when the form is to be filled.

    ``look_again`` is asked for another sheet, kind or header row, and calls ``show_look``.
    """

    def __init__(
        self,
        parent: QWidget,
        form: Form,
        ready: Ready,
        look_again: Callable[[str, str, int], object],
    ) -> None:
        """Show what was made out of ``form``."""
        super().__init__(parent)
        self._look_again = look_again
        self._ready = ready
        self.setWindowTitle(_("填写上级套表"))
        self.sheet, self.kind, self.header_row = CalmComboBox(), CalmComboBox(), CalmComboBox()
        self.sheet.addItems(list(form.sheets))
        for kind in REPORTED:
            self.kind.addItem(_(kind_of(kind).title), kind)
        self.told = text_label("", "muted", wrap=True)
        self.columns = ColumnTable(self._tell, _("填入"))
        self.replace = QCheckBox()
        self.summary = text_label("", wrap=True)
        self.warning = Banner()
        self._lay_out(form)
        self.resize(_WIDTH, _HEIGHT)
        self.show_look(ready)
        self.sheet.currentTextChanged.connect(lambda _text: self._ask(sheet=True))
        self.kind.currentIndexChanged.connect(lambda _index: self._ask())
        self.header_row.currentIndexChanged.connect(lambda _index: self._ask(header=True))
        self.replace.toggled.connect(lambda _on: self._tell())
        self.fill_button.setFocus()

    def show_look(self, ready: Ready) -> None:
        """Show another look at the form."""
        self._ready = ready
        layout = ready.look.layout
        for widget in (self.sheet, self.kind, self.header_row):
            widget.blockSignals(True)
        self.sheet.setCurrentText(layout.sheet)
        self.kind.setCurrentIndex(self.kind.findData(layout.kind))
        self.header_row.clear()
        for row, shown in ready.look.rows.items():
            told = _("第 {row} 行　{shown}").format(row=row, shown=shortened(shown, _LONGEST))
            self.header_row.addItem(told, row)
        self.header_row.setCurrentIndex(self.header_row.findData(layout.header_row))
        for widget in (self.sheet, self.kind, self.header_row):
            widget.blockSignals(False)
        known = _("这样的表以前填过，各列已照上次对应好。")
        guessed = _("各列按表头作了对应，请核对；对应好后，同样的表下次不必再选。")
        self.told.setText(known if ready.look.known else guessed)
        self.columns.show_columns(
            ready.look.head.columns, fill_choices(layout.kind), layout.columns
        )
        filled = len(ready.look.body.filled)
        self.replace.setText(_("覆盖表中已填的 {count} 行（不选则接在后面）").format(count=filled))
        self.replace.setVisible(bool(filled))
        self._tell()

    def chosen(self) -> Chosen:
        """Return what is shown now."""
        is_replacing = self.replace.isVisibleTo(self) and self.replace.isChecked()
        return Chosen(self._ready.look, self.columns.chosen(), is_replacing)

    def _lay_out(self, form: Form) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_6)
        column.setSpacing(SPACE_3)
        column.addWidget(text_label(form.path.name, "title", wrap=True))
        fields = QHBoxLayout()
        fields.setSpacing(SPACE_4)
        for label, editor, stretch in (
            (_("表"), self.sheet, 3),
            (_("填入哪类记录"), self.kind, 2),
            (_("表头最后一行"), self.header_row, 4),
        ):
            fields.addWidget(LabelledField(label, editor), stretch)
        column.addLayout(fields)
        for part in (self.told, self.columns, self.replace, self.summary, self.warning):
            column.addWidget(part, 1 if part is self.columns else 0)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self.fill_button = button(
            _("填写并另存为…"), self.accept, role="primary", icon_name="file-spreadsheet"
        )
        self.fill_button.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for part in (spacer(), button(_("取消"), self.reject), self.fill_button):
            foot.addWidget(part)
        return foot

    def _ask(self, *, sheet: bool = False, header: bool = False) -> None:
        kind = "" if sheet else str(self.kind.currentData())
        row = int(self.header_row.currentData() or 0) if header else 0
        if not sheet and not header:
            row = self._ready.look.layout.header_row
        self._look_again(self.sheet.currentText(), kind, row)

    def _tell(self) -> None:
        """Say what filling would do, and what stands in its way."""
        chosen, records = self.columns.chosen(), self._ready.records
        self.summary.setText(self._what_it_does(records))
        twice = self.columns.twice()
        if not chosen:
            text = _("还没有一列对应上。请选对表和表头所在的行，再为各列选择填入什么。")
        elif not records:
            text = _("这个期间没有这类记录，填出来的表是空的。")
        elif twice:
            text = _("有内容填进不止一列：{names}。").format(names=_("、").join(twice[:_NAMED]))
        else:
            text = ""
        self.fill_button.setEnabled(bool(chosen))
        if text:
            self.warning.show_message(text, "warn")
        else:
            self.warning.hide()

    def _what_it_does(self, records: int) -> str:
        body = self._ready.look.body
        told = _("将填 {count} 行，从第 {first} 行起。原表不变，另存为新文件。")
        start = body.first
        if body.filled and not self.chosen().replacing:
            start = max(body.filled) + 1
        told = told.format(count=records, first=start)
        missing = start + records - 1 - body.last
        if missing > 0 and not body.is_open:
            told += _("表中空行不够，会按原样加 {count} 行，合计、备注等顺次下移。").format(
                count=missing
            )
        return told
