"""From which day to which: two dates, and the periods that are asked for most at one key."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.editors.date import DateEditor
from sanyou_desktop.desktop.theme.parts import button
from sanyou_desktop.desktop.theme.tokens import SPACE_1, SPACE_2, SPACE_4
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.model.edtf import BadDate, PartialDate
from sanyou_desktop.model.periods import Period
from sanyou_desktop.wording import _


class PeriodFields(QWidget):
    """Both empty means all time."""

    def __init__(self, today: date, help_text: str) -> None:
        """Suggest this year."""
        super().__init__()
        self.first, self.last = DateEditor(), DateEditor()
        self.first_field = LabelledField(_("起始日期"), self.first, help_text=help_text)
        self.last_field = LabelledField(_("截止日期"), self.last)
        fields = QHBoxLayout()
        fields.setSpacing(SPACE_4)
        fields.addWidget(self.first_field)
        fields.addWidget(self.last_field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addLayout(fields)
        column.addLayout(self._usual(today))
        self.choose(Period.of("year", today))

    def _usual(self, today: date) -> QHBoxLayout:
        last_year = Period.of("year", date(today.year - 1, 1, 1))
        half = Period.of("half", today)
        before = Period.of("quarter", today).before() or half
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        for text, period in (
            (_("本年"), Period.of("year", today)),
            (half.in_words(), half),
            (before.in_words(), before),
            (last_year.in_words(), last_year),
            (_("全部时间"), Period()),
        ):
            row.addWidget(
                button(text, lambda period=period: self.choose(period), role="link")  # type: ignore[misc] # the default binds this turn's
            )
        row.addStretch()
        return row

    def choose(self, period: Period) -> None:
        """Show a period."""
        for editor, day in ((self.first, period.first), (self.last, period.last)):
            editor.set_raw(str(day) if day else "")
        self.first_field.set_error("")
        self.last_field.set_error("")

    def period(self) -> tuple[str, str] | None:
        """Return both ends (EDTF, "" open); None, with the reason beside its field, if wrong."""
        found = []
        for editor, field in ((self.first, self.first_field), (self.last, self.last_field)):
            text = str(editor.raw()).strip()
            try:
                parsed = PartialDate.parse(text) if text else None
            except BadDate as error:
                field.set_error(str(error))
                editor.setFocus()
                return None
            if parsed is not None and parsed.year is None:
                field.set_error(_("期间的起止日期须有年份"))
                editor.setFocus()
                return None
            field.set_error("")
            found.append(str(parsed) if parsed else "")
        first, last = found
        if first and last and last < first[: len(last)]:
            self.last_field.set_error(_("截止日期早于起始日期"))
            self.last.setFocus()
            return None
        return first, last
