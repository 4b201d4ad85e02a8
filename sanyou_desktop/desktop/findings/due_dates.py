"""整改时限: counted in working days, and the editor that offers the usual ones."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sanyou_desktop.desktop.editors.date import DateEditor
from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1
from sanyou_desktop.desktop.widgets.flow_layout import FlowLayout
from sanyou_desktop.ledger.holidays import working_days_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.working_days import WorkingDays
from sanyou_desktop.wording import _

# The limits that offices set most.
USUAL = (3, 5, 10, 15)
_LINK_HEIGHT = 24


class DueDateEditor(Editor):
    """A date, with the usual numbers of working days from today one click away."""

    def __init__(self, session: Session) -> None:
        """Start empty."""
        super().__init__()
        self._session = session
        self.date = DateEditor()
        self.date.changed.connect(self.changed)
        self.usual = {
            count: button(
                _("{count} 天").format(count=count),
                partial(self.count_from_today, count),
                role="link",
            )
            for count in USUAL
        }
        row = QWidget()
        flow = FlowLayout(row, SPACE_1)
        lead = text_label(_("工作日后："), "caption")
        lead.setMinimumHeight(_LINK_HEIGHT)
        flow.addWidget(lead)
        for count, made in self.usual.items():
            # In a dialog Return would press it instead of confirming.
            made.setAutoDefault(False)
            made.setAccessibleName(_("{count} 个工作日后").format(count=count))
            flow.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self.date)
        column.addWidget(row)
        self.note = text_label("", "caption", wrap=True)
        self.note.hide()
        column.addWidget(self.note)
        self.setFocusProxy(self.date)

    def raw(self) -> Json:
        """Return the text as typed."""
        return self.date.raw()

    def set_raw(self, raw: Json) -> None:
        """Show a date."""
        self.note.hide()
        self.date.set_raw(raw)

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anything be changed."""
        self.date.set_read_only(read_only)
        for made in self.usual.values():
            made.setEnabled(not read_only)

    def count_from_today(self, count: int) -> None:
        """Enter the day so many working days from today, and say if it may not be the right one."""
        today = date.today()

        def look(ledger: Ledger) -> tuple[date, str]:
            calendar = working_days_of(ledger)
            day = calendar.after(today, count)
            return day, told_of_unknown(calendar, today, day)

        def enter(found: tuple[date, str]) -> None:
            day, told = found
            self.set_raw(str(PartialDate.of(day)))
            self.note.setText(told)
            self.note.setVisible(bool(told))
            self.changed.emit()

        self._session.jobs.read(look, enter, owner=self)


def told_of_unknown(calendar: WorkingDays, first: date, last: date) -> str:
    """Return that days were counted over a year without a holiday table, "" if they were not."""
    years = calendar.unknown_years(first, last)
    if not years:
        return ""
    text = _("{years} 年没有节假日表，只避开周末；可在「设置」里导入")
    return text.format(years=_("、").join(map(str, years)))
