"""Matching the columns of a superior's form to fields, sheet by sheet, before it is filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.editors.choice import CalmComboBox
from sanyou_desktop.desktop.own_form.column_table import ColumnTable
from sanyou_desktop.desktop.own_form.filling_ways import (
    choices_for,
    chosen_of_all,
    filling_ways,
    shown_of,
)
from sanyou_desktop.desktop.own_form.sheet_list import SheetList
from sanyou_desktop.desktop.theme.parts import button, shortened, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.exchange.own_form.layout import CARD, FIGURES, TABLE, Layout
from sanyou_desktop.exchange.own_form.looking import Form, Look, best_of
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

_WIDTH, _HEIGHT = 760, 680
_NAMED = 3
# Characters of a row that are shown beside its number.
_LONGEST = 24


@dataclass(frozen=True)
class Chosen:
    """How a sheet is to be filled, and how many records would fill it."""

    look: Look
    records: int
    columns: Mapping[int, str]
    replacing: bool = False

    @classmethod
    def guessed(cls, look: Look, records: int) -> Chosen:
        """Return what is chosen before anybody chose."""
        return cls(look, records, look.layout.columns)

    @property
    def layout(self) -> Layout:
        """The layout that was chosen."""
        return replace(self.look.layout, columns=self.columns)


class OwnFormDialog(QDialog):
    """Shows the sheets, and of one its kind and columns; accepted when the form is to be filled.

    ``look_again`` is asked for a sheet with another kind, header row or shape, and calls
    ``show_look``.
    """

    def __init__(
        self,
        parent: QWidget,
        form: Form,
        found: Sequence[Chosen],
        look_again: Callable[[Look, str, int, str], object],
    ) -> None:
        """Show what was made out of ``form``, a ``Chosen`` a sheet."""
        super().__init__(parent)
        self._look_again = look_again
        self._asked = ""
        self._sheets = {one.look.name: one for one in found}
        self.setWindowTitle(_("填写上级套表"))
        self.sheets, self.kind, self.header_row = SheetList(), CalmComboBox(), CalmComboBox()
        for shape, kind, words in filling_ways():
            self.kind.addItem(words, f"{shape}:{kind}")
        self.told = text_label("", "muted", wrap=True)
        self.columns = ColumnTable(self._keep, _("填入"))
        self.replace = QCheckBox()
        self.summary = text_label("", wrap=True)
        self.warning = Banner()
        self._lay_out(form)
        self.resize(_WIDTH, _HEIGHT)
        best = best_of([one.look for one in found]).name
        likely = {name for name, one in self._sheets.items() if one.look.is_likely}
        self.sheets.show_sheets(self._sheets, likely | {best}, best)
        self._show()
        self.sheets.currentItemChanged.connect(lambda _now, _old: self._show())
        self.sheets.itemChanged.connect(lambda _item: self._tell())
        self.kind.currentIndexChanged.connect(lambda _index: self._ask())
        self.header_row.currentIndexChanged.connect(lambda _index: self._ask(header=True))
        self.replace.toggled.connect(lambda _on: self._keep())
        self.fill_button.setFocus()

    def show_look(self, found: Chosen) -> None:
        """Take another look at one of the sheets."""
        self._sheets[self._asked] = found
        if self._asked == self.sheets.current:
            self._show()
        else:
            self._tell()

    def chosen(self) -> list[Chosen]:
        """Return how the sheets that are ticked are to be filled."""
        return [self._sheets[name] for name in self.sheets.ticked]

    def _show(self) -> None:
        """Show the sheet that is looked at."""
        now = self._sheets[self.sheets.current]
        layout = now.layout
        for widget in (self.kind, self.header_row, self.replace):
            widget.blockSignals(True)
        self.kind.setCurrentIndex(self.kind.findData(f"{layout.shape}:{layout.kind}"))
        self.rows.setVisible(layout.shape == TABLE)
        self.header_row.clear()
        for row, shown in now.look.rows.items():
            told = _("第 {row} 行　{shown}").format(row=row, shown=shortened(shown, _LONGEST))
            self.header_row.addItem(told, row)
        self.header_row.setCurrentIndex(self.header_row.findData(layout.header_row))
        filled = len(now.look.body.filled)
        self.replace.setText(_("覆盖表中已填的 {count} 行（不选则接在后面）").format(count=filled))
        self.replace.setVisible(not now.look.is_empty)
        self.replace.setChecked(now.replacing)
        for widget in (self.kind, self.header_row, self.replace):
            widget.blockSignals(False)
        known = _("这样的表以前填过，各列已照上次对应好。")
        guessed = _("各列按表头作了对应，请核对；对应好后，同样的表下次不必再选。")
        if layout.shape != TABLE:
            known = _("这样的表以前填过，各格已照上次对应好。")
            guessed = _("各格按旁边的文字作了对应，请核对；对应好后，同样的表下次不必再选。")
        self.told.setText(known if now.look.known else guessed)
        choices = choices_for(layout.shape, layout.kind)
        self.columns.show_columns(
            shown_of(now.look.head.columns),
            choices,
            layout.columns,
            single_cells=layout.shape != TABLE,
        )
        self._tell()

    def _keep(self) -> None:
        """Keep what was chosen of the sheet that is looked at."""
        name = self.sheets.current
        is_replacing = self.replace.isVisibleTo(self) and self.replace.isChecked()
        now = self._sheets[name]
        columns = chosen_of_all(now.look.head.columns, self.columns.chosen())
        now = replace(now, columns=columns, replacing=is_replacing)
        self._sheets[name] = now
        self._tell()

    def _lay_out(self, form: Form) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_6)
        column.setSpacing(SPACE_3)
        column.addWidget(text_label(form.path.name, "title", wrap=True))
        sheets = LabelledField(_("填哪些表（空格键勾选）"), self.sheets)
        sheets.setVisible(len(self._sheets) > 1)
        column.addWidget(sheets)
        fields = QHBoxLayout()
        fields.setSpacing(SPACE_4)
        fields.addWidget(LabelledField(_("填入什么"), self.kind), 2)
        self.rows = LabelledField(_("表头最后一行"), self.header_row)
        fields.addWidget(self.rows, 4)
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

    def _ask(self, *, header: bool = False) -> None:
        now = self._sheets[self.sheets.current]
        row = int(self.header_row.currentData() or 0) if header else now.layout.header_row
        shape, _colon, kind = str(self.kind.currentData()).partition(":")
        # What is shown is not what would be filled, until the answer comes.
        self.fill_button.setEnabled(False)
        self._asked = self.sheets.current
        self._look_again(now.look, kind, row, shape)

    def _tell(self) -> None:
        """Say what filling would do, and what stands in its way."""
        now, wanted = self._sheets[self.sheets.current], self.chosen()
        for name, one in self._sheets.items():
            self.sheets.tell(name, _told_of(one) if one in wanted else name)
        self.summary.setText(_what_it_does(now) if now in wanted else _("这张表没有勾选，不填。"))
        blank = [one.look.name for one in wanted if not one.columns]
        self.fill_button.setEnabled(bool(wanted) and not blank and not _mixed(wanted))
        text = self._warning(now, blank)
        if text:
            self.warning.show_message(text, "warn")
        else:
            self.warning.hide()

    def _warning(self, now: Chosen, blank: Sequence[str]) -> str:
        if not now.look.head.columns and now.layout.shape != TABLE:
            return _("在这张表里没有认出这样的空格。请换一种填法。")
        if not now.columns:
            return _("还没有一列对应上。请选对表头所在的行，再为各列选择填入什么。")
        if blank:
            names = _("、").join(blank[:_NAMED])
            return _("{names} 还没有一列对应上，请对应或者取消勾选。").format(names=names)
        if _mixed(self.chosen()):
            return _("一条记录一张的表要单独填：请只勾选填同一类记录的这种表。")
        if not now.records and now.layout.shape != FIGURES:
            return _("这个期间没有这类记录，填出来的表是空的。")
        # Figures of several units or themes are asked for again and again.
        twice = [] if now.layout.shape == FIGURES else self.columns.twice()
        if twice:
            return _("有内容填进不止一列：{names}。").format(names=_("、").join(twice[:_NAMED]))
        return ""


def _what_it_does(chosen: Chosen) -> str:
    body, records = chosen.look.body, chosen.records
    if chosen.layout.shape == FIGURES:
        told = _("将填 {count} 格数字，按所选期间计算。原表不变，另存为新文件。")
        return told.format(count=len(chosen.columns))
    if chosen.layout.shape == CARD:
        told = _("每条记录一份，共 {count} 份，存进一个新建的文件夹。原表不变。")
        return told.format(count=records)
    if chosen.look.groups:
        told = _("{count} 条按表中的 {groups} 分组填写，哪组行数不够就在那组加行。原表不变。")
        names = _("、").join(chosen.look.groups[:_NAMED])
        more = _("等") if len(chosen.look.groups) > _NAMED else ""
        return told.format(count=records, groups=names + more)
    told = _("将填 {count} 行，从第 {first} 行起。原表不变，另存为新文件。")
    start = body.first
    if body.filled and not chosen.replacing:
        start = max(body.filled) + 1
    told = told.format(count=records, first=start)
    missing = start + records - 1 - body.last
    if body.pages and not body.filled:
        missing = records - body.room
    if missing > 0 and not body.is_open:
        told += _("表中空行不够，会按原样加 {count} 行，合计、备注等顺次下移。").format(
            count=missing
        )
    return told


def _told_of(chosen: Chosen) -> str:
    """Return the name of a sheet with what fills it."""
    layout = chosen.layout
    if layout.shape == FIGURES:
        words = _("{sheet}（统计数字 {count} 格）")
        return words.format(sheet=layout.name, count=len(chosen.columns))
    words = _("{sheet}（{kind} {count} 条）")
    kind = _(kind_of(layout.kind).title)
    return words.format(sheet=layout.name, kind=kind, count=chosen.records)


def _mixed(chosen: Sequence[Chosen]) -> bool:
    """Tell cards beside anything but cards of the same kind: a file holds one record of them."""
    ways = {(one.layout.shape, one.layout.kind) for one in chosen}
    return len(ways) > 1 and any(shape == CARD for shape, _kind in ways)
