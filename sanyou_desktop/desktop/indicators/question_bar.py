"""What the page is asked: the period, the unit, the theme, within how many days is a repeat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from sanyou_desktop.desktop.editors.choice import CalmComboBox
from sanyou_desktop.desktop.indicators.look import Question
from sanyou_desktop.desktop.theme.fonts import tabular
from sanyou_desktop.desktop.theme.parts import icon_button, text_label
from sanyou_desktop.desktop.widgets.flow_layout import FlowLayout
from sanyou_desktop.model.edtf import FIRST_YEAR, LAST_YEAR
from sanyou_desktop.model.periods import GRAIN_TITLES, Period
from sanyou_desktop.model.record import THEMES
from sanyou_desktop.model.repeats import REPEAT_CHOICES, REPEAT_DAYS
from sanyou_desktop.wording import _

_EVERYTHING = "all"


class QuestionBar(QWidget):
    """Emits ``changed`` after the user asked for something else."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        """Ask for this year, everybody, everything."""
        super().__init__()
        self._today = today
        self._has_chosen_days = False
        self.period = Period.of("year", today)
        self.grain = _combo(_("期间"))
        for grain, title in GRAIN_TITLES.items():
            self.grain.addItem(_(title), grain)
        self.grain.addItem(_("全部时间"), _EVERYTHING)
        self.earlier = icon_button("chevron-left", _("上一期"), lambda: self._step(-1))
        self.later = icon_button("chevron-right", _("下一期"), lambda: self._step(1))
        self.name = text_label("", "section")
        self.name.setFont(tabular(self.name.font()))
        self.unit = _combo(_("单位"))
        self.unit.addItem(_("全部单位"), "")
        self.theme = _combo(_("活动内容"))
        self.theme.addItem(_("全部活动内容"), "")
        for theme in THEMES:
            self.theme.addItem(_(theme.title), theme.value)
        self.days = _combo(_("重复问题的天数"))
        for days in REPEAT_CHOICES:
            self.days.addItem(_("{days} 天内再次出现算重复").format(days=days), days)
        self.days.setCurrentIndex(REPEAT_CHOICES.index(REPEAT_DAYS))
        row = FlowLayout()
        self.setLayout(row)
        row.addWidget(self.grain)
        for part in (self.earlier, self.name, self.later):
            row.addWidget(part)
        for combo in (self.unit, self.theme, self.days):
            row.addWidget(combo)
        self.unit.hide()
        self.grain.activated.connect(lambda _index: self._choose_grain())
        self.days.activated.connect(lambda _index: self._choose_days())
        for combo in (self.unit, self.theme, self.days):
            combo.activated.connect(lambda _index: self.changed.emit())
        self._show_period()

    def question(self) -> Question:
        """Return what is asked now."""
        return Question(
            self.period,
            date.today(),
            str(self.unit.currentData()),
            str(self.theme.currentData()),
            int(self.days.currentData()) if self._has_chosen_days else 0,
        )

    def show_days(self, days: int) -> None:
        """Show what the ledger has, as far as nothing else was chosen here."""
        if not self._has_chosen_days:
            self.days.setCurrentIndex(max(self.days.findData(days), 0))

    def _choose_days(self) -> None:
        self._has_chosen_days = True

    def ask_everything(self) -> None:
        """Ask for all time, as the user may."""
        self.grain.setCurrentIndex(self.grain.findData(_EVERYTHING))
        self._choose_grain()

    def offer_units(self, units: Sequence[tuple[str, str]]) -> None:
        """Offer units to choose from; with one unit there is no choice."""
        known = [self.unit.itemData(at) for at in range(1, self.unit.count())]
        if known == [code for code, _name in units]:
            return
        chosen = self.unit.currentData()
        with QSignalBlocker(self.unit):
            while self.unit.count() > 1:
                self.unit.removeItem(1)
            for code, name in units:
                self.unit.addItem(name, code)
            self.unit.setCurrentIndex(max(self.unit.findData(chosen), 0))
        self.unit.setVisible(bool(units))

    def _choose_grain(self) -> None:
        grain = str(self.grain.currentData())
        self._today = date.today()
        day = self.period.last or self._today
        # From a year to its month: the one that is now, or its last.
        self.period = Period() if grain == _EVERYTHING else Period.of(grain, min(day, self._today))
        self._show_period()
        self.changed.emit()

    def _step(self, by: int) -> None:
        first, last = self.period.first, self.period.last
        if first is None or last is None:
            return
        day = first - timedelta(days=1) if by < 0 else last + timedelta(days=1)
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            self.period = Period.of(str(self.grain.currentData()), day)
            self._show_period()
            self.changed.emit()

    def _show_period(self) -> None:
        is_everything = self.period.is_everything
        for part in (self.earlier, self.name, self.later):
            part.setVisible(not is_everything)
        self.name.setText(self.period.in_words())


def _combo(name: str) -> QComboBox:
    made = CalmComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made
