"""唱票录入: one reads the answers out, the other presses 1 to 5."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.about_record import named, newest_of, undo_of
from sanyou_desktop.desktop.dialogs.deed_dialog import DeedDialog, Work, show
from sanyou_desktop.desktop.theme.fonts import tabular
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.percent import percent
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.survey import GRADES, Survey
from sanyou_desktop.model.tallying import Count
from sanyou_desktop.wording import _

_LAST_SHOWN = 12


def open_tally(place: Place, survey: Survey) -> QDialog:
    """Go on counting where the survey's tallies stand."""
    return show(TallyDialog(place, survey))


class TallyDialog(DeedDialog):
    """Five counters, each with its key; Backspace takes back, Ctrl+S saves."""

    def __init__(self, place: Place, survey: Survey) -> None:
        """Show the tallies of the survey."""
        words = _("一份一份唱，按 1 到 5 各记一份；按错了用退格键收回上一份。")
        super().__init__(
            place.widget,
            place.session,
            _("唱票录入"),
            named(survey, words),
            _("保存"),
            icon_name="save",
            hint=_("Ctrl+S 保存，Esc 取消"),
        )
        self._survey = survey
        self.count = Count.of(survey)
        fields = kind_of("survey").fields
        self._titles = {grade: _(fields[grade].title) for grade in GRADES}
        self.figures: dict[str, QLabel] = {}
        self.shares: dict[str, QLabel] = {}
        self.keys: dict[str, QPushButton] = {}
        self.summary = text_label("", "section")
        self.last = text_label("", "caption", wrap=True)
        self.back = button(_("收回上一份"), self.take_back, icon_name="undo-2")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addLayout(self._counters())
        for label in (self.summary, self.last):
            column.addWidget(label)
        column.addStretch()
        self._lay_out(content, self.back, enter_confirms=False)
        self._leave_keys_to_the_dialog()
        self._show()

    def _counters(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_2)
        grid.setColumnStretch(3, 1)
        for row, grade in enumerate(GRADES):
            made = button(str(row + 1), self._calling(grade))
            made.setAccessibleName(self._titles[grade])
            figure, share = text_label("0", "big"), text_label("", "muted")
            figure.setFont(tabular(figure.font()))
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            figure.setMinimumWidth(self.fontMetrics().averageCharWidth() * 12)
            for place, widget in enumerate((made, QLabel(self._titles[grade]), figure, share)):
                grid.addWidget(widget, row, place)
            self.keys[grade], self.figures[grade], self.shares[grade] = made, figure, share
        return grid

    def _calling(self, grade: str) -> Callable[[], None]:
        return lambda: self.call(grade)

    def _leave_keys_to_the_dialog(self) -> None:
        """Let no button take the space bar, and a held finger press none."""
        for made in self.keys.values():
            made.setAutoDefault(False)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for made in (self.back, self.cancel, self.confirm):
            made.setAutoDefault(False)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    # Counting

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Count with 1 to 5, take back with Backspace."""
        figure = "" if event.isAutoRepeat() else event.text()
        if len(figure) == 1 and figure in "12345":
            self.call(GRADES[int(figure) - 1])
        elif event.key() == Qt.Key.Key_Backspace:
            self.take_back()
        else:
            super().keyPressEvent(event)

    def call(self, grade: str) -> None:
        """Count one answer."""
        if not self.is_saving:
            self.count.call(grade)
            self._show()

    def take_back(self) -> None:
        """Take the last answer back."""
        if not self.is_saving:
            self.count.take_back()
            self._show()

    def _show(self) -> None:
        tallies = self.count.tallies()
        for grade, number in tallies.items():
            self.figures[grade].setText(f"{number:,}")
            share = percent(number, self.count.answers)
            self.shares[grade].setText("" if share is None else f"{plain(share)}%")
        survey = self.count.counted_into(self._survey)
        parts = [_("已计 {count} 份").format(count=self.count.answers)]
        rate = survey.satisfaction_rate()
        if rate is not None:
            parts.append(_("满意率 {rate}%").format(rate=plain(rate)))
        self.summary.setText(" · ".join(parts))
        called = [self._titles[grade] for grade in self.count.called[-_LAST_SHOWN:]]
        self.last.setText(_("最近：{answers}").format(answers=" ".join(called)) if called else "")
        self.back.setEnabled(bool(called))
        self.banner.hide()

    # Saving

    @property
    def is_dirty(self) -> bool:
        """Tell whether any answer was counted."""
        return bool(self.count.called)

    def _question(self) -> str:
        count = len(self.count.called)
        return _("已唱 {count} 份还没有保存，放弃吗？").format(count=count)

    def _prepare(self) -> Work:
        called = tuple(self.count.called)

        def work(ledger: Ledger) -> Changes:
            # What was counted elsewhere meanwhile is counted too.
            now = newest_of(ledger, self._survey)
            counted = Count.of(now)
            for grade in called:
                counted.call(grade)
            return ledger.save_many([counted.counted_into(now)], undo_of(_("唱票录入"), now))

        return work
